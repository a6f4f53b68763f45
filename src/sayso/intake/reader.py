"""The reader: from what was found to reports."""

from __future__ import annotations

import io
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from sayso.intake import decoding, pages, rows
from sayso.intake.facts import named_type, publication
from sayso.intake.files import Found, explained, find, open_regular, writable
from sayso.intake.language import language_of
from sayso.intake.messages import message_in
from sayso.intake.problems import Problem, UnreadableError
from sayso.intake.sidecar import read_sidecar
from sayso.reports import Publication, Report

_NOTHING: Final = Publication()
_ENGLISH: Final = ("en",)


def read_reports(
    paths: Iterable[str | Path],
    *,
    given: Publication | None = None,
    languages: Collection[str] | None = _ENGLISH,
    stdin: BinaryIO | None = None,
) -> Iterator[Report | Problem]:
    """The reports under *paths*, one after the other, and a Problem for each thing that could not be read.

    *paths* as for find(); *given*, *languages* and *stdin* as for open_found(). The order is that of *paths*, and of
    names inside a folder; no more than one file is in memory, and of JSON Lines no more than one line.
    """
    for found in find(paths):
        if isinstance(found, Problem):
            yield found
        else:
            yield from open_found(found, given=given or _NOTHING, languages=languages, stdin=stdin)


def open_found(
    found: Found,
    *,
    given: Publication = _NOTHING,
    languages: Collection[str] | None = _ENGLISH,
    stdin: BinaryIO | None = None,
) -> Iterator[Report | Problem]:
    """The reports in one file: one of a text or page, any number of JSON Lines.

    *given* are facts that the user states; they win over the sidecar or row, and these over what a page says of
    itself. A report in a language that is not one of *languages* is a Problem (None: any language is read). *stdin* is
    read where *found* is standard input; without it, the standard input of the process is.

    A text whose sidecar cannot be read, or says something wrong, is not read either: it would pass for a report of
    which nothing is known. Nor is what holds an error, login or consent message in place of a report.
    """
    wanted = _Wanted(given, languages)
    try:
        if found.kind == "stdin":
            yield from _stdin(found, wanted, stdin if stdin is not None else sys.stdin.buffer)
            return
        with open_regular(found.path) as stream:
            if found.kind == "rows":
                yield from _rows(rows.read_lines(stream, found.origin), wanted)
            elif found.kind == "json":
                yield from _rows(rows.read_json(stream, found.origin), wanted)
            else:
                yield from _document(found, _bounded(stream), wanted)
    except FileNotFoundError:
        yield Problem(found.origin, "gone since it was listed", "put it back, or read again without it")
    except OSError as error:
        yield Problem(found.origin, *explained(error))
    except UnreadableError as error:
        yield error.at(found.origin)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the user states of the reports, and in which languages they are wanted."""

    given: Publication
    languages: Collection[str] | None

    def report(
        self, text: str, own: Publication, origin: str, *, page: Publication = _NOTHING, notes: tuple[str, ...] = ()
    ) -> Report:
        known = self.given.filled_from(own)
        language = language_of(text, declared=known.language, hinted=page.language, languages=self.languages)
        return Report(text, replace(known.filled_from(page), language=language), origin, notes)


def _stdin(found: Found, wanted: _Wanted, stream: BinaryIO) -> Iterator[Report | Problem]:
    with _peekable(stream) as buffered:
        if buffered.peek(4).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
            yield from _rows(rows.read_lines(buffered, found.origin), wanted)
            return
        raw = _bounded(buffered)
    # Only white space, or nothing, may have arrived by the time of the first look.
    if raw.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        yield from _rows(rows.read_lines(io.BytesIO(raw), found.origin), wanted)
    else:
        yield from _document(found, raw, wanted)


@contextmanager
def _peekable(stream: BinaryIO) -> Iterator[Any]:
    if isinstance(stream, io.BufferedReader):
        yield stream
        return
    buffered = io.BufferedReader(cast(io.RawIOBase, stream))
    try:
        yield buffered
    finally:
        buffered.detach()  # or the caller's stream would be closed with ours


def _bounded(stream: BinaryIO) -> bytes:
    raw = stream.read(decoding.MAX_BYTES + 1)
    if len(raw) > decoding.MAX_BYTES:
        raise UnreadableError(f"larger than {decoding.MAX_BYTES // 1_000_000} MB", "split it into single reports")
    return raw


def _document(found: Found, raw: bytes, wanted: _Wanted) -> Iterator[Report | Problem]:
    own = _NOTHING
    if found.sidecar is not None:
        try:
            own = read_sidecar(found.sidecar)
        except UnreadableError as error:
            # Read without it, the report would pass for one of which nothing is known.
            reason = f"{error.reason}; {found.origin} was not read for it"
            yield Problem(writable(found.sidecar), reason, f"{error.advice}; or remove the sidecar")
            return
    if found.kind == "page" or pages.is_page(raw):
        yield _page(found.origin, raw, own, wanted)
    else:
        yield _text(found.origin, raw, own, wanted)


def _page(origin: str, raw: bytes, own: Publication, wanted: _Wanted) -> Report:
    if len(raw) > pages.MAX_BYTES:
        raise UnreadableError(f"a page larger than {pages.MAX_BYTES // 1_000_000} MB", "save its text as .txt")
    decoded = decoding.decode(raw, declared=pages.declared_charset(raw))
    page = pages.read_page(decoding.checked(decoded.text))
    return wanted.report(decoding.checked(page.text), own, origin, page=page.publication, notes=decoded.notes + page.notes)


def _text(origin: str, raw: bytes, own: Publication, wanted: _Wanted) -> Report:
    decoded = decoding.decode(raw)
    text = decoding.checked(decoded.text)
    if text.lstrip().startswith("<?xml"):
        raise UnreadableError("XML", "save each report as HTML or plain text first")
    _refuse_message(text)
    return wanted.report(text, own, origin, notes=decoded.notes)


def _rows(found: Iterable[rows.Row | Problem], wanted: _Wanted) -> Iterator[Report | Problem]:
    for row in found:
        if isinstance(row, Problem):
            yield row
            continue
        try:
            yield _row(row, wanted)
        except UnreadableError as error:
            yield error.at(row.origin)


def _row(row: rows.Row, wanted: _Wanted) -> Report:
    if "text" not in row.values:
        raise UnreadableError('no "text" in it', 'give the report\'s text as "text"')
    text = row.values["text"]
    if not isinstance(text, str):
        raise UnreadableError(f'"text" is {named_type(text)}, not a string', 'give the report\'s text as "text"')
    text = decoding.checked(text.removeprefix("\ufeff"))
    _refuse_message(text)
    return wanted.report(text, publication(row.values), row.origin)


def _refuse_message(text: str) -> None:
    said = message_in(text)
    if said is not None:
        raise UnreadableError(
            f"an error, login or consent message ({said[:60]!r}), not a report", "fetch its text again, or leave it out"
        )
