"""Laying a person's judgements over what the machine resolved: who the speaker of a statement is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sayso.actors.actor import Actor
from sayso.actors.resolve import Resolution, Voice
from sayso.claims.contents import Content
from sayso.record.judgements import Judgement, Place
from sayso.spans import Spans, length, overlap
from sayso.statements import Statement


def attached(judgements: Sequence[Judgement], statements: Sequence[Statement]) -> dict[str, int]:
    """Which statement each judgement (by uid) of a text's speakers holds on to, one to one, the best fitting first.

    A statement is held where its cue overlaps (or both have none) and at least half of the contents is common.
    """
    pairs = []
    for j in judgements:
        for number, s in enumerate(statements):
            if j.place is not None and (common := share(j.place, s)) >= 0.5:
                pairs.append((-common, j.order, j.uid, number))
    out: dict[str, int] = {}
    latest: dict[int, tuple[str, str]] = {}
    for _, order, uid, number in sorted(pairs):
        if uid not in out:
            out[uid] = number
            latest[number] = max(order, latest.get(number, order))
    return out


def agree(a: Judgement, b: Judgement) -> bool:
    """Whether two judgements on the speaker of one statement can both hold."""
    return (a.value == b.value) == ((a.kind == "wrong") == (b.kind == "wrong")) or (a.kind == b.kind == "wrong")


def share(place: Place, s: Statement) -> float:
    """How much of the contents is common, where the cues overlap or both have none; else 0."""
    if bool(place.cue) != bool(s.cue) or (place.cue and not overlap(place.cue, s.cue)):
        return 0.0
    common = overlap(place.content, s.content)
    return common / max(1, _union(place.content, s.content, common))


def _union(a: Spans, b: Spans, common: int) -> int:
    return length(a) + length(b) - common


def overlaid(
    resolution: Resolution, statements: Sequence[Statement], judgements: Sequence[Judgement], actor: Callable[[str], Actor],
    path: Callable[[Actor], Sequence[Actor]],
) -> Resolution:
    """*resolution* with the speakers that *judgements* (the standing ones of this text) say; of two on one statement the later holds.

    *actor* gives the actor of an id or a name, *path* what an actor is part of.
    """
    if not judgements:
        return resolution
    voices = list(resolution.voices)
    held = attached(judgements, statements)
    for j in sorted(judgements, key=lambda j: j.order):
        if j.uid not in held or j.value is None:
            continue
        found = voices[held[j.uid]]
        if j.kind == "wrong":
            if found.speaker is not None and found.speaker.id == j.value:
                others = tuple((a, p) for a, p in found.candidates if a.id != j.value)
                voices[held[j.uid]] = Voice(candidates=others, about=found.about, reason=f"a person judged that it is not {found.speaker.name}")
        elif j.kind == "right" and found.speaker is not None and found.speaker.id == j.value:
            voices[held[j.uid]] = replace(found, confidence=1.0)
        else:
            speaker = actor(j.value)
            voices[held[j.uid]] = Voice(speaker, "name", 1.0, path=tuple(path(speaker)), about=voices[held[j.uid]].about)
    return replace(resolution, voices=tuple(voices))


def positioned(contents: Sequence[Content], statements: Sequence[Statement], judgements: Sequence[Judgement]) -> list[Content]:
    """*contents* with the positions that *judgements* (the standing ones of this text) say; of two on one statement the later holds."""
    held = attached(judgements, statements)
    said = {held[j.uid]: j.value for j in sorted(judgements, key=lambda j: j.order) if j.uid in held}
    return [replace(c, position=said.get(c.number) or c.position) for c in contents]  # type: ignore[arg-type]


def sided(resolution: Resolution, canonical: Callable[[Actor], Actor], path: Callable[[Actor], Sequence[Actor]]) -> Resolution:
    """*resolution* with the sides of speakers who have none by themselves, but were judged to be somebody who has."""

    def placed(voice: Voice) -> Voice:
        if voice.speaker is None or voice.path:
            return voice
        one = canonical(voice.speaker)
        if one.id == voice.speaker.id:
            return voice
        above = tuple(path(one))
        return replace(voice, path=above or ((one,) if one.kind not in ("person", "group", "anonymous") else ()))

    return replace(resolution, voices=tuple(map(placed, resolution.voices)))
