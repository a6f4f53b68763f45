"""Transcripts: what was said, by whom, and where in the file it stands.

Plain text, text with the speakers named before what they say, WebVTT (W3C) and SubRip. Nothing is rewritten: a transcript is the
text of record with the spans of it that were spoken, so that every offset leads into the file.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from sayso.intake import Problem, read_reports
from sayso.reports import Report
from sayso.spans import Span, Spans, trimmed

_TIME: Final = r"(?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMES: Final = re.compile(rf"[ \t]*{_TIME}[ \t]*--?>[ \t]*{_TIME}(?:[ \t][^\r\n]*)?")
_LINE: Final = re.compile(r"[^\r\n]+")
_TAG: Final = re.compile(r"</?(?P<name>[A-Za-z]{0,20}|[\d:.]{1,20})(?:\.[\w.-]{0,80})?(?P<rest>[^<>\r\n]{0,200})>|\{\\[^{}\r\n]{0,80}\}")
_CHANGE: Final = re.compile(r"(?:>>+|[-–])[ \t]*")  # another one speaks
#: A file of captions is text in blocks, so many of which have a line of times.
_CAPTION_SHARE: Final = 0.5
_ENTITY: Final = re.compile(r"&(?:nbsp|lrm|rlm);")
_ENCLOSED: Final = re.compile(r"\(([^()\r\n]{1,120})\)|\[([^\[\]\r\n]{1,120})\]|♪[^♪\r\n]{0,200}♪?")
_STAMP: Final = re.compile(r"[\d:.,]{4,12}")
_WORD: Final = r"[^\W\d_a-zß-öø-ÿ][\w.’'-]*"  # begins with a capital
_NAME: Final = rf"{_WORD}(?:[ \t]+(?:(?:de|van|von|der|bin|al|el|of|the|and|for)[ \t]+)?{_WORD}){{0,6}}"
_CLOCK: Final = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?"
_LABEL: Final = re.compile(
    rf"[ \t>*_#]*(?:{_CLOCK}[ \t]*[-–—]?[ \t]*)?(?P<label>[QA]|{_NAME}(?:,[ \t][^:\r\n]{{2,60}}?)?)[*_]*[ \t]*"
    rf"(?:[(\[][^()\[\]\r\n]{{1,60}}[)\]])?[ \t]*(?P<mark>:[*_]*|[ \t][–—-]{{1,2}}(?=\s)|[–—]|\.(?=[ \t]))[ \t]*"
)
_CAPITALS: Final = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.’'-]+"
_INLINE: Final = re.compile(
    rf"(?<=[.?!…”\"’)\]-])[ \t]+(?P<label>{_CAPITALS}(?:[ \t]{_CAPITALS}){{0,4}})(?P<mark>:)[ \t]+(?=\S)"
)
_PARAGRAPH: Final = re.compile(r"\n[ \t\r]*\n")
_LONGEST_LABEL: Final = 80


@cache
def _kind(name: str) -> frozenset[str]:
    """Words of labels and asides of one kind (transcript_words.csv)."""
    with (files("sayso.checking") / "transcript_words.csv").open(encoding="utf-8") as lines:
        return frozenset(row["word"] for row in csv.DictReader(lines) if row["kind"] == name)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says without another between: the *label* that names them, None where nothing does, and the *spans* said."""

    label: str | None
    spans: Spans

    @property
    def asks(self) -> bool:
        """Whether the label is that of whoever asks the questions."""
        return self.label is not None and bool(set(_label_words(self.label)) & _kind("asks"))

    @property
    def answers(self) -> bool:
        return self.label is not None and set(_label_words(self.label)) <= _kind("answers")


@dataclass(frozen=True)
class Transcript:
    """What was said on one occasion: the *report* it stands in (its text of record), and its turns in order."""

    report: Report
    turns: tuple[Turn, ...]
    captions: bool = False  # lines and blocks are broken where the screen is full, not where a paragraph ends

    @property
    def origin(self) -> str:
        return self.report.origin

    @cached_property
    def spoken(self) -> str:
        """The text with everything that was not spoken blanked, character for character; a line ends where a paragraph or turn does."""
        text = self.report.text
        out = [" "] * len(text)
        last = 0
        for turn in self.turns:
            for n, (start, end) in enumerate(turn.spans):
                if start > last > 0 and (n == 0 or (not self.captions and _PARAGRAPH.search(text, last, start))):
                    out[last] = "\n"
                out[start:end] = text[start:end]
                last = end
        return "".join(out)


def read_transcripts(paths: Iterable[str | Path], *, stdin: BinaryIO | None = None) -> Iterator[Transcript | Problem]:
    """The transcripts in files, folders, patterns and "-", and a Problem for each thing that is none.

    Text, captions (.vtt, .srt), saved web pages and JSON Lines, in any language.
    """
    for made in read_reports(_with_captions(paths), languages=None, stdin=stdin):
        yield made if isinstance(made, Problem) else _read(made)


def transcript(text: str | Report) -> Transcript:
    """The transcript in *text*. Raises ValueError for captions in which nothing is said."""
    made = _read(text if isinstance(text, Report) else Report(text))
    if isinstance(made, Problem):
        raise ValueError(f"{made.reason}: {made.advice}")
    return made


def _read(report: Report) -> Transcript | Problem:
    captions = _is_captions(report.text)
    turns = tuple(_caption_turns(report.text) if captions else _text_turns(report.text))
    if not any(turn.spans for turn in turns):
        what = "captions in which nothing is said" if captions else "a transcript in which nothing is said"
        return Problem(report.origin, what, "check that it is complete, or save what was said as plain text")
    return Transcript(report, turns, captions)


def _with_captions(paths: Iterable[str | Path]) -> Iterator[str | Path]:
    """*paths*, with the captions in those that are folders, which hold no reports."""
    for path in paths:
        yield path
        if str(path) != "-" and "\0" not in str(path) and Path(path).is_dir():
            yield from sorted(p for p in Path(path).rglob("*") if p.suffix.lower() in (".vtt", ".srt") and p.is_file())


def _blocks(text: str, end: int) -> Iterator[list[Span]]:
    """The lines of each run of lines that are not empty, up to *end*."""
    block: list[Span] = []
    last = 0
    for match in _LINE.finditer(text, 0, end):
        start, stop = match.span()
        blank = not match.group().strip()
        if block and (blank or text.count("\n", last, start) > 1 or text.count("\r", last, start) > 1):
            yield block
            block = []
        if not blank:
            block.append((start, stop))
        last = stop
    if block:
        yield block


def _is_captions(text: str) -> bool:
    if text.lstrip()[:6] == "WEBVTT":
        return True
    blocks = list(islice(_blocks(text, min(len(text), 20_000)), 20))
    timed = sum(any(_TIMES.fullmatch(text, *line) for line in block[:2]) for block in blocks)
    return bool(timed) and timed >= _CAPTION_SHARE * len(blocks)


def _caption_turns(text: str) -> Iterator[Turn]:
    """Cues joined: identifiers, times, notes, styles and tags are not spoken; <v NAME> and "NAME:" open a turn."""
    label: str | None = None
    spans: list[Span] = []
    for begin, end, said_by in _cue_lines(text):
        pieces = _pieces(text, begin, end)
        if said_by is None and pieces:
            opened = _LABEL.match(text, *pieces[0])
            dash = _CHANGE.match(text, *pieces[0])
            if opened and opened["mark"].startswith(":") and _plausible(opened["label"]) and opened["label"].isupper():
                said_by = opened["label"]
                pieces[0] = trimmed(text, opened.end(), pieces[0][1])
            elif dash:
                named = _LABEL.match(text, dash.end(), pieces[0][1])
                if named and named["mark"].startswith(":") and _plausible(named["label"]):
                    dash, said_by = named, named["label"]
                elif dash.group()[0] == ">":
                    said_by = ""
                pieces[0] = (dash.end(), pieces[0][1])
        if said_by is not None and (said_by or None) != label:
            if spans:
                yield Turn(label, tuple(spans))
            label, spans = said_by or None, []
        spans += [piece for piece in pieces if piece[0] < piece[1]]
    if spans:
        yield Turn(label, tuple(spans))


def _cue_lines(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Parts of the lines of the cues, and the voice that a tag names before them. A line that only rolls up the one before is left out."""
    previous: list[str] = []
    for lines in _blocks(text, len(text)):
        timed = next((n for n, line in enumerate(lines[:2]) if _TIMES.fullmatch(text, *line)), None)
        if timed is None:
            continue  # the heading, a note, a style
        said = []
        for start, end in lines[timed + 1 :]:
            plain = _TAG.sub("", text[start:end]).strip()
            said.append(plain)
            if plain in previous:
                continue
            at, voice = start, None
            for tag in _TAG.finditer(text, start, end):
                if tag["name"] and tag["name"].lower() == "v" and not tag.group().startswith("</"):
                    if at < tag.start() and text[at : tag.start()].strip():
                        yield at, tag.start(), voice
                    at, voice = tag.end(), (tag["rest"] or "").strip()
            yield at, end, voice
        previous = said


def _pieces(text: str, start: int, end: int) -> list[Span]:
    """What is spoken of [start, end): without tags and asides."""
    out: list[Span] = []
    at = start
    cuts = [match.span() for pattern in (_TAG, _ENTITY) for match in pattern.finditer(text, start, end)]
    cuts += [match.span() for match in _ENCLOSED.finditer(text, start, end) if _is_aside(match[1] or match[2])]
    cuts.sort()
    for a, b in [*cuts, (end, end)]:
        piece = trimmed(text, at, max(at, a))
        if piece[0] < piece[1]:
            out.append(piece)
        at = max(at, b)
    return out


def _is_aside(inside: str | None) -> bool:
    """Whether what stands in brackets was not said by anybody: music, laughter, a time, a direction in capitals."""
    if inside is None or _STAMP.fullmatch(inside.strip()):
        return True
    words = _label_words(inside)
    return bool(words) and (words[0] in _kind("aside") or (inside.isupper() and len(inside) > 2))


def _text_turns(text: str) -> Iterator[Turn]:
    found = _labels(text)
    first = found[0][0] if found else len(text)
    yield from _turn(text, None, 0, first)
    for n, (_, begin, label) in enumerate(found):
        yield from _turn(text, label, begin, found[n + 1][0] if n + 1 < len(found) else len(text))


def _turn(text: str, label: str | None, start: int, end: int) -> Iterator[Turn]:
    spans = tuple(piece for line in _LINE.finditer(text, start, end) for piece in _pieces(text, *line.span()))
    if spans:
        yield Turn(label, spans)


def _labels(text: str) -> list[tuple[int, int, str]]:
    """Where a label begins, where what it names is said, and the label; none where the text is nobody's talk."""
    found = [match for line in _LINE.finditer(text) if (match := _LABEL.match(text, *line.span())) and _plausible(match["label"])]
    inline = list(_INLINE.finditer(text))
    counts = Counter(_key(match["label"]) for match in (*found, *inline))
    kept = [m for m in found if _sure(m, counts[_key(m["label"])])]
    names = {_key(match["label"]) for match in kept}
    kept += [m for m in inline if _key(m["label"]) in names or counts[_key(m["label"])] >= 2]
    if len(kept) < 2:
        return []
    kept.sort(key=lambda match: match.start("label"))
    return [(match.start(), match.end(), match["label"].strip()) for match in kept]


def _sure(match: re.Match[str], count: int) -> bool:
    label, mark = match["label"], match["mark"]
    if label in ("Q", "A"):
        return True
    if mark == ".":
        return label.isupper() and count >= 2 and len(label) > 2
    if set(_label_words(label)) & (_kind("asks") | _kind("answers")) and len(label.split()) <= 3:
        return True
    if mark.strip()[0] in "–—-":
        return label.isupper() and count >= 2
    return count >= 2 or (label.isupper() and len(label) > 2)


def _plausible(label: str) -> bool:
    words = _label_words(label)
    return bool(words) and len(label) <= _LONGEST_LABEL and words[0] not in _kind("heading")


def _label_words(label: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", label.casefold())


def _key(label: str) -> str:
    """Labels that name one speaker: "Ann Marsh, host" and later "MARSH"."""
    words = _label_words(label.split(",")[0])
    return words[-1] if words else ""


def same_speaker(name: str, label: str) -> bool | None:
    """Whether *label* names the person called *name*; None where that cannot be told."""
    wanted = [word for word in _label_words(name) if word not in _kind("title")]
    given = [word for word in _label_words(label.split(",")[0]) if word not in _kind("title")]
    if not wanted:
        return None
    if set(given) & _kind("asks"):
        return bool(set(wanted) & _kind("asks"))
    if not given or set(given) <= _kind("answers"):
        return None
    if wanted[-1] == given[-1]:
        other_first = len(wanted) > 1 and len(given) > 1 and wanted[0][0] != given[0][0]
        return None if other_first else True
    return (len(given) == 1 and given[0] in wanted) or (len(wanted) == 1 and wanted[0] in given)
