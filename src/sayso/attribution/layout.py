"""Layout: the lines of a page that are nobody's statement, and the turns of a transcript."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sayso.spans import Span, Spans, trimmed

# A longer line, or one that ends like a sentence, is text.
_FURNITURE_MAX = 220
_LABEL = re.compile(
    r"(?P<label>[QA]|Question|Answer|Interviewer|Moderator|Host|(?:The )?[A-Z][\w.’'-]*(?:[ \t]+(?:(?:de|van|von|der|bin|al|el|of|the)[ \t]+)?"
    r"[A-Z(][\w.’')-]*){0,5}(?:,[ \t][^:\n]{2,40})?)[ \t]?(?P<mark>:|\.[ \t]?[–—-])[ \t]*(?=\S|$)"
)
# What may stand before a colon at the beginning of a line and is no speaker.
_NOT_A_SPEAKER = re.compile(
    r"(?i)(?:photo|image|picture|video|related|read|see|watch|update|updated|breaking|live|opinion|analysis|note|correction|source|sources|"
    r"background|context|transcript|editor[’']s note|fact|facts|claim|verdict|location|date|time|subject|re|from|to|cc|warning|caption|file)\b"
)
# A transcript has at least so many turns, and they make up this share of its lines that are not turns' continuations.
_TURNS_MIN = 4
_TURNS_SHARE = 0.34


# Where and when a report was filed: "HARUN, Oct 3 (GNW) - ", "WEST HARUN —".
_DATELINE = re.compile(
    r"[A-Z][A-Z.’'-]{1,30}(?:[ ,/]{1,3}(?:[A-Z][A-Z.’'-]{1,30}|[A-Z][a-z]{1,11}\.?(?: \d{1,2})?)){0,4},?(?: \([^()\n]{2,30}\))?"
    r"(?:[ \xa0][—–_-]{1,2}|(?<=\))[—–_-]{1,2}|—)(?=[ \xa0]{0,2}[A-Z“\"‘'])[ \xa0]{0,2}|"
    r"(?:[A-Z][\w.’'-]{1,30}(?:,? [A-Z][\w.’'-]{1,30}){0,3},? )?(?:\([A-Z][\w .&/]{1,24}\)(?: ?[—–-]{1,2} ?(?=[A-Z“\"‘'])|(?=[A-Z]))|"
    r"\((?:[A-Z]{2,8}|Reuters|Bloomberg|Xinhua|Interfax|Anadolu|Kyodo|Yonhap)\) (?=[A-Z“\"‘']))"
)
# "Nandipur: The …": nobody, where it stands before a paragraph of so many words at the top and nowhere else.
_PLACE = re.compile(r"(?P<place>[A-Z][\w-]+(?: [A-Z][\w-]+){0,2}):(?= [A-Z][a-z]* )")
_PARAGRAPH, _TOP = 18, 3


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's turn in a transcript: the label that names the speaker, the mark after it, what is said, by lines."""

    label: Span
    mark: Span
    said: Spans


@cache
def _furniture() -> re.Pattern[str]:
    lines = (files("sayso.attribution") / "furniture.txt").read_text(encoding="utf-8").splitlines()
    return re.compile("|".join(f"(?:{line})" for line in lines if line and not line.startswith("#")), re.IGNORECASE)


def lines_of(text: str) -> Iterator[Span]:
    """The lines of *text* that hold more than white space, without the white space at their edges."""
    base = 0
    for line in text.splitlines(keepends=True):
        start, end = trimmed(text, base, base + len(line))
        if start < end:
            yield start, end
        base += len(line)


def furniture(text: str) -> list[Span]:
    """Lines that point elsewhere, credit, date or sell: see-also lines, bylines, photo credits, subscription lines."""
    pattern = _furniture()
    return [
        (start, end)
        for start, end in lines_of(text)
        if end - start <= _FURNITURE_MAX and text[end - 1] not in ".!?”\"’…" and pattern.match(text, start, end)
    ]


def dateline(text: str, at: int) -> int | None:
    """Where the dateline that begins a line at *at* ends; None where none does."""
    found = _DATELINE.match(text, at)
    return None if found is None else found.end()


def datelines(text: str) -> Spans:
    """The datelines of *text*, in order."""
    return tuple((start, end) for start, _ in lines_of(text) if (end := dateline(text, start)) is not None)


def places(text: str) -> list[Span]:
    """The place before a colon with which a report's first paragraph begins, as Indian papers have it: "Nandipur: The assembly …"."""
    for n, (start, end) in enumerate(lines_of(text)):
        found = _PLACE.match(text, start, end)
        if found is not None and text.count(" ", start, end) >= _PARAGRAPH and text.count(found["place"].split()[-1]) == 1:
            return [found.span()]
        if n == _TOP:
            break
    return []


def turns(text: str) -> list[Turn]:
    """The turns of a transcript (question and answer, or names before colons); none if *text* is no transcript."""
    lines = list(lines_of(text))
    found = []
    for n, (start, end) in enumerate(lines):
        match = _LABEL.match(text, start, end)
        if match and not _NOT_A_SPEAKER.match(match["label"]) and len(match["label"].split()) <= 8:
            found.append((n, match))
    labels = Counter(_key(m["label"]) for _, m in found)
    repeated = [(n, m) for n, m in found if labels[_key(m["label"])] >= 2]
    if len(repeated) < _TURNS_MIN or len({_key(m["label"]) for _, m in repeated}) < 2:
        return []
    if sum(m["label"].isupper() for _, m in repeated) > 0.8 * len(repeated):  # then so is every speaker's
        found = [(n, m) for n, m in found if m["label"].isupper()]
        repeated = [(n, m) for n, m in repeated if m["label"].isupper()]
    first = repeated[0][0]
    spoken = [n for n, _ in found if n >= first]
    if len(spoken) < _TURNS_SHARE * (len(lines) - first):
        return []
    out = []
    openings = {n: m for n, m in found if n >= first}
    order = sorted(openings)
    for place, n in enumerate(order):
        match = openings[n]
        last = order[place + 1] if place + 1 < len(order) else _end_of_last(n, len(lines))
        said = [trimmed(text, match.end(), lines[n][1]), *(lines[k] for k in range(n + 1, last) if not _aside(text, lines[k]))]
        said = [s for s in said if s[0] < s[1]]
        if said:
            out.append(Turn(match.span("label"), match.span("mark"), tuple(said)))
    return out


def _key(label: str) -> str:
    """Labels that name one speaker: "Ann Marsh, host" and later "MARSH"."""
    name = label.split(",")[0].strip().casefold()
    return name.split()[-1] if name else name


def _end_of_last(n: int, count: int) -> int:
    """What follows the last turn's first line may be the outlet again: only that line is surely the speaker's."""
    return min(n + 1, count)


def _aside(text: str, line: Span) -> bool:
    """A stage direction, a break, a credit between turns."""
    body = text[line[0] : line[1]]
    return (body[0] in "([" and body[-1] in ")]") or set(body) <= set("*-–—_=• ") or bool(_furniture().match(body))
