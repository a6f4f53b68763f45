"""Unanswered accusations: what a report lets somebody be accused of without a word of theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sayso.actors.actor import Actor
from sayso.actors.resolve import Resolution, Voice
from sayso.claims.words import content_words
from sayso.reading import Reading
from sayso.reports import Report
from sayso.spans import Spans, surface
from sayso.statements import Statement

#: Acts that accuse somebody or put something down to them.
ACCUSING: Final = frozenset(("accuse", "criticise"))
_SURE: Final = 0.6
# Words that carry meaning, beside the accused's name, that an accusation needs to be one that can be told.
_FEWEST: Final = 2
# What was done to somebody: they are its victim, not accused of it ("the allegations of his murder").
_VICTIM: Final = re.compile(
    r"\b(?:his|her|their|[A-Z]\w+['’]s?) (?:alleged |reported |apparent |suspected |brutal )?(?:murder|killing|death|disappearance|abduction"
    r"|kidnapping|torture|detention|arrest|assassination|execution|poisoning|beating|dismemberment|imprisonment)\b"
)
#: Kinds of actors that can answer.
_ANSWERING: Final = frozenset(("person", "state", "body", "organisation", "armed group", "outlet"))


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An accusation against *accused* in a report that carries no statement by them, or by anybody of their side."""

    report: str
    outlet: str | None
    day: str | None
    statement: str
    spans: Spans
    speaker: Actor | None
    accused: Actor
    confidence: float


def unanswered_of(report: Report, reading: Reading, resolution: Resolution) -> tuple[Unanswered, ...]:
    """The unanswered accusations of one report, in the order of its statements; each actor once for each speaker."""
    return tuple(_unanswered(report, reading.statements, resolution.voices))


def _unanswered(report: Report, statements: Iterable[Statement], voices: tuple[Voice, ...]) -> Iterator[Unanswered]:
    heard = {a.id for v in voices for a in (*([v.speaker] if v.speaker else ()), *v.members, *v.path)}
    day, outlet = report.publication.published, report.publication.outlet
    met: set[tuple[str | None, str]] = set()
    for s, v in zip(statements, voices, strict=True):
        if s.act not in ACCUSING or s.negated or s.confidence < _SURE or v.speaker is None:
            continue
        own = {v.speaker.id, *(m.id for m in v.members), *(a.id for a in v.path)}
        accused = next((a for a in v.about if a.kind in _ANSWERING), None)  # named first: the others say of what
        if accused is None or not (_known(accused) and _known(v.speaker)) or accused.id in heard | own or (v.speaker.id, accused.id) in met:
            continue
        text = surface(report.text, s.content)
        if _VICTIM.search(text) or len(set(content_words(text)) - set(content_words(accused.name))) < _FEWEST:
            continue
        met.add((v.speaker.id, accused.id))
        yield Unanswered(report.id, outlet, day[:10] if day else None, s.id(report.id), s.content, v.speaker, accused, s.confidence)


def _known(actor: Actor) -> bool:
    """Whether it is somebody of a register, or a person: other names that a report alone gives are often no actors."""
    return actor.kind == "person" or not actor.id.startswith(("name:", "anonymous:"))
