"""Speakers: whether two statements are by the same one, as far as their resolution tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sayso.actors.resolve import Voice
from sayso.statements import Statement, enclosing

#: Below this confidence that a speaker is who it was taken for, it is no evidence that somebody else spoke.
_SURE: Final = 0.6


@dataclass(frozen=True, slots=True)
class SpeakerKey:
    """What tells speakers apart: an actor, the members of a group, what the actor is part of, and those who report what it says (ids).

    *sure*: whether it is so likely to be this actor that two different ones are two.
    """

    id: str
    kind: str
    members: frozenset[str] = frozenset()
    path: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    sure: bool = True


def speaker_keys(statements: Sequence[Statement], voices: Sequence[Voice]) -> list[SpeakerKey | None]:
    """The key of who makes each statement; None for nobody known, the anonymous of no known side included: each of those is its own.

    Marks inside "Orlan said that the king issued a “flat denial”" may quote either, so those who report a statement are part of its key.
    """
    out = []
    for number, voice in enumerate(voices):
        outer = (voices[k].speaker for k in enclosing(statements, number))
        around = frozenset(actor.id for actor in outer if actor is not None and actor.kind != "anonymous")
        out.append(_key(voice, around))
    return out


def _key(voice: Voice, around: frozenset[str]) -> SpeakerKey | None:
    actor = voice.speaker
    if actor is None or (actor.kind == "anonymous" and not voice.path):
        return None
    members, path = frozenset(m.id for m in voice.members), frozenset(p.id for p in voice.path) - {actor.id}
    return SpeakerKey(actor.id, actor.kind, members, path, around, voice.confidence >= _SURE)


def compatible(a: object, b: object) -> bool | None:
    """Whether two keys mean one speaker. A body and who speaks for it cannot be told apart by a report: neither yes nor no."""
    if not isinstance(a, SpeakerKey) or not isinstance(b, SpeakerKey):
        return None
    if a.id == b.id or a.id in b.members | b.around or b.id in a.members | a.around or a.members & b.members:
        return True
    if a.id in b.path or b.id in a.path or not (a.sure and b.sure):
        return None
    if a.kind != "person" or b.kind != "person":
        return None if a.path & b.path or (a.kind == "person") != (b.kind == "person") else False
    return None if _bare(a) == _bare(b) else False


def _bare(key: SpeakerKey) -> str:
    """The last word of a person's id, which is the surname."""
    return key.id.rsplit(":", 1)[-1].rsplit("-", 1)[-1]
