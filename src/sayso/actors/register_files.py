"""Files of registers: opened, recognised by what is in them, and taken apart into rows."""

from __future__ import annotations

import codecs
import csv
import gzip
import json
import re
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Literal, cast

from sayso.intake.facts import named_type, parse_json
from sayso.intake.problems import UnreadableError

Format = Literal["FollowTheMoney", "Wikidata", "offices", "actors"]
FORMATS: Final = (
    "sayso takes FollowTheMoney entities (JSON Lines), a CSV with the columns position, person, wikidata_id, start, end (and country), "
    "Wikidata query results (JSON or CSV with person, personLabel, positionLabel, start, end, countryLabel), "
    "and a CSV with the columns id, name, names, kind, part_of, since, until; each may be compressed with gzip"
)
#: Longest line of JSON Lines that is read, and longest object of a JSON array.
MAX_LINE: Final = 32 * 1024 * 1024
MAX_OBJECT: Final = 1024 * 1024
#: A quoted field of a CSV may run over so many lines; a mark that is never closed spoils its own line only.
MAX_QUOTED_LINES: Final = 20
_SAMPLE: Final = 65_536
_PIECE: Final = 262_144
_BINDINGS: Final = re.compile(r'"bindings"\s*:\s*\[')
_NEXT_OBJECT: Final = re.compile(r"\}\s*,\s*(?=\{)")


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One object or row; *number* is its line, in a JSON array its place (from 1)."""

    number: int
    format: Format
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class BadRow:
    number: int
    reason: str
    advice: str


def read_rows(path: Path) -> Iterator[RegisterRow | BadRow]:
    """The rows of the register at *path*, one after the other; what is no row comes as a BadRow, and the rest goes on.

    Raises UnreadableError where the file is empty or in no known format.
    """
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            if packed:
                with gzip.open(raw) as stream:
                    yield from _read(cast(BinaryIO, stream), path.name)
            else:
                yield from _read(raw, path.name)
    except FileNotFoundError:
        raise UnreadableError("there is no such file", "check the path") from None
    except IsADirectoryError:
        raise UnreadableError("a folder", "give the files in it one by one") from None
    except OSError as error:
        if isinstance(error, gzip.BadGzipFile):
            raise _broken_archive() from None
        raise UnreadableError(error.strerror or str(error), "check the file and its permissions") from None
    except (EOFError, zlib.error):
        raise _broken_archive() from None


def _broken_archive() -> UnreadableError:
    return UnreadableError("the compressed file is broken or ends early; what comes after that is missing", "fetch it again")


def _read(stream: BinaryIO, name: str) -> Iterator[RegisterRow | BadRow]:
    buffered = _Peeked(stream)
    sample = buffered.peek(_SAMPLE)
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableError("in UTF-16", "save it as UTF-8")
    text = sample.decode("utf-8-sig", "replace").lstrip()
    if not text.strip() and len(sample) < _SAMPLE:
        raise UnreadableError("empty", "give the file of a register")
    if "\0" in text[:1024]:
        raise UnreadableError("no register that sayso knows", FORMATS)
    if text[0] == "[" or (text[0] == "{" and _BINDINGS.search(text)):
        yield from _array(buffered, bindings=text[0] == "{")
    elif text[0] == "{":
        yield from _lines(buffered, _format_of_lines(text, name))
    else:
        yield from _table(buffered)


class _Peeked:
    """A stream of bytes of which the beginning can be looked at first."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._first = b""

    def peek(self, size: int) -> bytes:
        while len(self._first) < size and (piece := self._stream.read(size - len(self._first))):
            self._first += piece
        return self._first

    def read(self, size: int) -> bytes:
        if self._first:
            out, self._first = self._first[:size], self._first[size:]
            return out
        return self._stream.read(size)

    def readline(self, size: int) -> bytes:
        if not self._first:
            return self._stream.readline(size)
        end = self._first.find(b"\n", 0, size) + 1 or min(size, len(self._first))
        out, self._first = self._first[:end], self._first[end:]
        return out if out.endswith(b"\n") or len(out) == size else out + self._stream.readline(size - len(out))


# -- JSON ----------------------------------------------------------------------------------------------------------


def _format_of(values: Mapping[str, object]) -> Format | None:
    if isinstance(values.get("schema"), str):
        return "FollowTheMoney"
    if is_wikidata(values.keys()):
        return "Wikidata"
    return None


#: Under what names queries give the person.
PERSON_KEYS: Final = ("person", "item", "human", "politician", "holder", "officeholder", "minister")


def is_wikidata(keys: Collection[str]) -> bool:
    """Whether a row with these keys is one of a query's results: somebody, with a label."""
    return any(f"{key}Label" in keys for key in PERSON_KEYS)


def _format_of_lines(sample: str, name: str) -> Format | None:
    """By the first line that is an object; None if that does not tell, or no line is one."""
    if ".ftm." in name:
        return "FollowTheMoney"
    for line in sample.splitlines():
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and (found := _format_of(value)):
            return found
    return None


def _lines(stream: _Peeked, format_: Format | None) -> Iterator[RegisterRow | BadRow]:
    number = 0
    known = format_ is not None
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE and not line.endswith(b"\n"):
            if not known:
                raise UnreadableError("no register that sayso knows", FORMATS)
            yield BadRow(number, f"a line longer than {MAX_LINE // 1024 // 1024} MB", "shorten its lists")
            while (piece := stream.readline(_PIECE)) and not piece.endswith(b"\n"):
                pass
            continue
        line = line.removeprefix(codecs.BOM_UTF8 if number == 1 else b"").strip()
        if not line:
            continue
        try:
            value = parse_json(line)
        except UnreadableError as error:
            if known:
                yield BadRow(number, error.reason, error.advice)
                continue
            raise UnreadableError("no register that sayso knows", FORMATS) from None
        if not isinstance(value, dict):
            yield BadRow(number, f"{named_type(value)}, not an object", "give one entity a line")
        elif (found := _format_of(value)) is None:
            if not known:
                raise UnreadableError("no register that sayso knows", FORMATS)
            yield BadRow(number, "an object without a schema" if format_ == "FollowTheMoney" else "an object without a person", FORMATS)
        else:
            known = True
            yield RegisterRow(number, found, value)


def _array(stream: _Peeked, *, bindings: bool) -> Iterator[RegisterRow | BadRow]:
    known = False
    for number, value in _elements(stream, bindings=bindings):
        if isinstance(value, UnreadableError):
            if not known and number == 1:
                raise UnreadableError("no register that sayso knows", FORMATS)
            yield BadRow(number, value.reason, value.advice)
        elif not isinstance(value, dict):
            yield BadRow(number, f"{named_type(value)}, not an object", FORMATS)
        else:
            row = {k: v.get("value") if isinstance(v, dict) else v for k, v in value.items()} if bindings else value
            found = _format_of(row)
            if found is None:
                if not known:
                    raise UnreadableError("no register that sayso knows", FORMATS)
                yield BadRow(number, "a row without a person and its label", FORMATS)
            else:
                known = True
                yield RegisterRow(number, found, row)


def _elements(stream: _Peeked, *, bindings: bool) -> Iterator[tuple[int, object]]:
    """(place, value) of each element of a JSON array; a broken one is an UnreadableError, and the next good one follows."""
    decode = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape")
    decoder = json.JSONDecoder()
    buffer, at, number, ended = "", 0, 0, False

    def more() -> None:
        nonlocal buffer, at, ended
        piece = stream.read(_PIECE)
        buffer, at, ended = buffer[at:] + decode.decode(piece, final=not piece), 0, not piece

    more()
    if bindings:
        match = _BINDINGS.search(buffer)
        if match is None:
            raise UnreadableError("no register that sayso knows", FORMATS)
        at = match.end()
    else:
        at = buffer.index("[") + 1
    while True:
        while at < len(buffer) and buffer[at] in " \t\r\n,":
            at += 1
        if at == len(buffer):
            if ended:
                yield number + 1, UnreadableError("the file ends in the middle of its list; what comes after that is missing", "fetch it again")
                return
            more()
            continue
        if buffer[at] == "]":
            return
        try:
            value, at = decoder.raw_decode(buffer, at)
            number += 1
            yield number, value
            continue
        except (ValueError, RecursionError):
            if not ended and len(buffer) - at < MAX_OBJECT:
                more()
                continue
        number += 1
        yield number, UnreadableError("broken JSON", "repair it")
        while (match := _NEXT_OBJECT.search(buffer, at)) is None:
            if ended:
                return
            at = max(at, len(buffer) - _PIECE)
            more()
        at = match.end()


# -- CSV -----------------------------------------------------------------------------------------------------------


def _table(stream: _Peeked) -> Iterator[RegisterRow | BadRow]:
    lines = _physical(stream)
    number, heading = next(((n, line) for n, line in lines if line.strip()), (0, ""))
    delimiter = max(",;\t", key=heading.count)
    try:
        columns = [c.strip() for c in next(csv.reader([heading], delimiter=delimiter, strict=True))]
    except (csv.Error, StopIteration):
        raise UnreadableError("no register that sayso knows", FORMATS) from None
    lower = [c.lower().replace(" ", "_") for c in columns]
    format_: Format
    if is_wikidata(set(columns)):
        format_, names = "Wikidata", columns
    elif {"position", "person"} <= set(lower):
        format_, names = "offices", lower
    elif "name" in lower and {"id", "kind", "names", "part_of"} & set(lower):
        format_, names = "actors", lower
    else:
        raise UnreadableError("no register that sayso knows", FORMATS)
    held: list[tuple[int, str]] = []  # lines read ahead of a mark that is not closed
    while True:
        number, line = held.pop(0) if held else next(lines, (0, ""))
        if not number:
            return
        if not line.strip():
            continue
        if len(line) >= MAX_LINE:
            yield BadRow(number, f"a line longer than {MAX_LINE // 1024 // 1024} MB", "shorten its lists")
            continue
        taken = 0
        whole = line
        while whole.count('"') % 2 and taken < MAX_QUOTED_LINES:
            if taken == len(held):
                following = next(lines, (0, ""))
                if not following[0]:
                    break
                held.append(following)
            whole += held[taken][1]
            taken += 1
        fields = _fields(whole, delimiter) if whole.count('"') % 2 == 0 else None
        if fields is None or len(fields) != len(names):
            if taken:
                fields, taken = _fields(line, delimiter), 0
            if fields is None:
                yield BadRow(number, "a quotation mark that is not closed, or in the middle", "close it, or double it where it belongs to the text")
                continue
            if len(fields) != len(names):
                reason = f"{len(fields)} columns, where the heading has {len(names)}"
                yield BadRow(number, reason, f'put what holds a "{delimiter}" in quotation marks')
                continue
        del held[:taken]
        yield RegisterRow(number, format_, {name: value.strip() for name, value in zip(names, fields, strict=True)})


def _fields(text: str, delimiter: str) -> list[str] | None:
    if '"' not in text:  # whatever their length, which csv limits
        return text.rstrip("\r\n").split(delimiter)
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _physical(stream: _Peeked) -> Iterator[tuple[int, str]]:
    number = 0
    while line := stream.readline(MAX_LINE):
        number += 1
        if len(line) == MAX_LINE:
            while (piece := stream.readline(_PIECE)) and not piece.endswith(b"\n"):
                pass
            yield number, " " * MAX_LINE + "."
            continue
        yield number, line.decode("utf-8-sig" if number == 1 else "utf-8", "surrogateescape")
