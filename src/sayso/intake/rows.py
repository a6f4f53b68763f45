"""Rows: the objects of JSON Lines and JSON files, with where each stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

from sayso.intake.facts import named_type, parse_json
from sayso.intake.problems import Problem, UnreadableError

MAX_LINE: Final = 32 * 1024 * 1024
#: A JSON file is read whole, unless it turns out to be JSON Lines.
MAX_JSON: Final = 64 * 1024 * 1024
_PIECE: Final = 1024 * 1024
_UTF8_MARK: Final = b"\xef\xbb\xbf"
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_AS_OBJECT: Final = 'give {"text": "…"}, with the facts of its publication beside it if they are known'


@dataclass(frozen=True, slots=True)
class Row:
    origin: str
    values: Mapping[str, object]


def read_lines(stream: BinaryIO, origin: str) -> Iterator[Row | Problem]:
    """The objects of the JSON Lines in *stream*; origins count lines from 1. Empty lines are passed over.

    A line that is broken, no object, or longer than MAX_LINE is a Problem (and never in memory whole), and the rest
    goes on. An object or array that is spread over several lines is read too, as a JSON file.
    """
    number = 0
    anything = False
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        place = f"{origin}:{number}"
        if len(line) > MAX_LINE and not line.endswith(b"\n"):
            anything = True
            yield Problem(place, f"a line longer than {MAX_LINE // 1024 // 1024} MB", "split it into single reports")
            while (piece := stream.readline(_PIECE)) and not piece.endswith(b"\n"):
                pass
            continue
        if number == 1:
            if line.startswith(_WIDE_MARKS):
                raise UnreadableError("JSON in UTF-16", "save it as UTF-8")
            line = line.removeprefix(_UTF8_MARK)
        line = line.strip()
        if not line:
            continue
        if not anything and line in (b"{", b"["):
            yield from _read_whole(line + stream.read(MAX_JSON), origin)
            return
        anything = True
        yield _row(line, place)
    if not anything:
        raise UnreadableError("empty", "leave it out, or fetch its text again")


def read_json(stream: BinaryIO, origin: str) -> Iterator[Row | Problem]:
    """The object, or the array of objects, in *stream*; origins count the objects of an array from 1.

    A file that holds JSON Lines all the same is read as such.
    """
    first = stream.readline(MAX_LINE + 1)
    if len(first) > MAX_LINE:
        yield from _read_whole(first + stream.read(MAX_JSON), origin)
        return
    if _is_object(first):
        rest = stream.read(_PIECE)
        while rest and rest.isspace():
            rest = stream.read(_PIECE)
        if rest:
            stream.seek(0)
            yield from read_lines(stream, origin)
        else:
            yield _row(first.removeprefix(_UTF8_MARK), origin)
        return
    yield from _read_whole(first + stream.read(MAX_JSON), origin)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(parse_json(line.removeprefix(_UTF8_MARK)), dict)
    except UnreadableError:
        return False


def _read_whole(raw: bytes, origin: str) -> Iterator[Row | Problem]:
    if len(raw) > MAX_JSON:
        raise UnreadableError(f"a JSON file larger than {MAX_JSON // 1024 // 1024} MB", "make it JSON Lines: one object a line")
    if raw.startswith(_WIDE_MARKS):
        raise UnreadableError("JSON in UTF-16", "save it as UTF-8")
    raw = raw.removeprefix(_UTF8_MARK)
    if not raw.strip():
        raise UnreadableError("empty", "leave it out, or fetch its text again")
    value = parse_json(raw)
    if isinstance(value, dict):
        yield Row(origin, value)
    elif isinstance(value, list):
        if not value:
            raise UnreadableError("an empty array", _AS_OBJECT)
        for number, one in enumerate(value, 1):
            place = f"{origin}:{number}"
            yield Row(place, one) if isinstance(one, dict) else Problem(place, f"{named_type(one)}, not an object", _AS_OBJECT)
    else:
        raise UnreadableError(f"{named_type(value)}, not an object", _AS_OBJECT)


def _row(line: bytes, place: str) -> Row | Problem:
    try:
        value = parse_json(line)
    except UnreadableError as error:
        return error.at(place)
    if isinstance(value, dict):
        return Row(place, value)
    return Problem(place, f"{named_type(value)}, not an object", _AS_OBJECT)


