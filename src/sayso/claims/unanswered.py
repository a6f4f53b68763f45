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
# Words before a name by which it is not the one accused: "the attack in Veldara", "the banks of working for Orlan".
_ASIDE: Final = re.compile(
    r"(?i)\b(?:about|against|along|among|as|at|before|between|by|during|for|from|in|inside|into|like|of|on|over|that|to|toward|towards|under|when"
    r"|where|while|who|whom|whose|with)\b|[,;:]\s"
)
_RELATIVE: Final = re.compile(r"(?:which|who|whom|whose|him|her|his|it|its|them|their)\b")
_PEOPLE: Final = re.compile(r"\w+(?:[ae]ns|is|ese|ish)")
_WORD: Final = re.compile(r"[A-Z]\w+")
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
        if not _is_object(text, accused):
            continue
        met.add((v.speaker.id, accused.id))
        yield Unanswered(report.id, outlet, day[:10] if day else None, s.id(report.id), s.content, v.speaker, accused, s.confidence)


def _is_object(content: str, accused: Actor) -> bool:
    """Whether *content* begins with the name of the *accused*, or a word that stands for it: it is said of them, and of no people of theirs."""
    found = [m for word in _WORD.findall(accused.name) if (m := re.search(rf"\b{word[:-1] if len(word) > 4 else word}\w*", content))]
    if not found:
        return _RELATIVE.match(content) is not None
    first = min(found, key=lambda m: m.start())
    return _ASIDE.search(content, 0, first.start()) is None and not (accused.kind == "state" and _PEOPLE.fullmatch(first[0]))


def _known(actor: Actor) -> bool:
    """Whether it is somebody of a register, or a person: other names that a report alone gives are often no actors."""
    return actor.kind == "person" or not actor.id.startswith(("name:", "anonymous:"))
