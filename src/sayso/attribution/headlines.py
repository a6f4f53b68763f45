"""Headlines: who speaks at the end of one, told by its layout ("Dam is safe: minister", "Dam safe – Holt", "Dam is safe, insists Holt")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.attribution.layout import lines_of
from sayso.attribution.lemmas import lemma
from sayso.attribution.orphans import VERBS
from sayso.spans import Span

_LONGEST, _SHORTEST = 160, 12
_ENDS = re.compile(
    r"(?P<said>[^\n]+?)(?:(?P<mark>:| [–—-])|(?:,|(?<=['’”\"])) (?P<verb>[a-z]+)) (?P<who>[\w.’'-]+(?: [\w.’'-]+){0,4})"
)
#: Who speaks in headlines without a name.
SPEAKERS = frozenset((
    "activist aide ambassador analyst army bishop board boss campaigner centre chairman charity chief cm cop council court doctor economist "
    "envoy expert family farmer fm government governor govt group insider judge king lawyer leader mayor military minister ministry mp ngo "
    "observer official opposition palace parent pm police policeman poll premier presidency president prosecutor regulator report researcher "
    "resident scientist senator source spokesman spokesperson spokeswoman study survey teacher trader un union victim watchdog widow "
    "witness"
).split())


@dataclass(frozen=True, slots=True)
class Headline:
    """What a headline says, the mark or verb behind it, and who says so."""

    said: Span
    cue: Span
    source: Span


def headline(text: str, speakers: Iterable[str]) -> Headline | None:
    """The statement of the first line of *text*, if it ends with who makes it; *speakers* are those who say something in the text."""
    start, end = next(lines_of(text), (0, 0))
    if not _SHORTEST < end - start <= _LONGEST or text[end - 1] in ".?!:;," or not text[end:].strip():
        return None
    found = _ENDS.fullmatch(text, start, end)
    if found is None or found.end("said") - start < _SHORTEST or not _speaks(found["who"], speakers):
        return None
    if found["verb"] is not None and lemma(found["verb"]) not in VERBS:
        return None
    cue = found.span("verb") if found["verb"] is not None else (found.start("mark") + (found["mark"] != ":"), found.end("mark"))
    return Headline(found.span("said"), cue, found.span("who"))


def _speaks(who: str, speakers: Iterable[str]) -> bool:
    """Whether *who* is an office or body that may speak without a name, or the words of one of the *speakers*."""
    words = who.lower().split()
    if lemma(words[-1]) in SPEAKERS and len(words) <= 3 and words[0] not in ("the", "a", "an", "and", "or", "for", "of", "to", "with", "by"):
        return True
    return any(set(words) <= set(speaker.lower().replace(",", "").split()) for speaker in speakers)
