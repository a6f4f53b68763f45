"""One JSON object a statement: the contract of ``sayso statements --format jsonl``, described by statement.schema.json."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from typing import Any

from sayso.actors.actor import Actor
from sayso.actors.resolve import Voice
from sayso.dates.said import Said
from sayso.reports import Publication
from sayso.spans import Spans, surface
from sayso.statements import Statement, enclosing, source_text


def schema() -> dict[str, Any]:
    """The JSON Schema of one row."""
    loaded: dict[str, Any] = json.loads((files("sayso.export") / "statement.schema.json").read_text(encoding="utf-8"))
    return loaded


def statement_rows(
    text: str, statements: Sequence[Statement], voices: Sequence[Voice], *, report_id: str, origin: str, publication: Publication,
    canonical: Callable[[Actor], Actor] = lambda actor: actor, said: Sequence[Said | None] = (),
) -> Iterator[dict[str, Any]]:
    """The rows of one report's *statements*, in their order, with their *voices* and when they were *said* (none, where the report was not resolved).

    *canonical* gives the actor that stands for all those that a person judged to be the same.
    """
    voices = voices or [Voice()] * len(statements)
    said = said or [None] * len(statements)
    ids = [s.id(report_id) for s in statements]
    for number, statement in enumerate(statements):
        yield {
            "id": ids[number],
            "report": {
                "id": report_id, "path": origin, "outlet": publication.outlet, "title": publication.title, "published": publication.published,
                "url": publication.url,
            },
            "source": _part(text, statement.source),
            "cue": _part(text, statement.cue),
            "content": _part(text, statement.content),
            "quoted": _lists(statement.quoted),
            "form": statement.form,
            "act": statement.act,
            "negated": statement.negated,
            "stance": statement.stance,
            "parent": None if statement.parent is None else ids[statement.parent],
            "chain": [
                {"outlet": publication.outlet},
                *(
                    {"statement": ids[k], "source": source_text(text, statements[k]), "actor": _id(voices[k].speaker, canonical)}
                    for k in [*enclosing(statements, number), number]
                ),
            ],
            "speaker": _speaker(voices[number], canonical),
            "candidates": [{**_named(canonical(a)), "confidence": p} for a, p in voices[number].candidates],
            "about": list({row["id"]: row for a in voices[number].about for row in (_named(canonical(a)),)}.values()),
            "said_on": None if (when := said[number]) is None else when.on,
            "said": None if when is None else _said(text, when),
            "confidence": statement.confidence,
        }


def _id(actor: Actor | None, canonical: Callable[[Actor], Actor]) -> str | None:
    return None if actor is None else canonical(actor).id


def _named(actor: Actor) -> dict[str, Any]:
    return {"id": actor.id, "name": actor.name}


def _speaker(voice: Voice, canonical: Callable[[Actor], Actor]) -> dict[str, Any] | None:
    if voice.speaker is None:
        return None
    actor, side = canonical(voice.speaker), voice.side
    return {
        **_named(actor), "kind": actor.kind, "side": None if side is None else canonical(side).name, "resolved_by": voice.how,
        "confidence": voice.confidence, "members": [_named(canonical(m)) for m in voice.members],
    }


def _said(text: str, when: Said) -> dict[str, Any]:
    return {**(_part(text, (when.span,)) or {}), "by": when.how, "first": when.first, "last": when.last, "relative": when.relative}


def _lists(spans: Spans) -> list[list[int]]:
    return [[start, end] for start, end in spans]


def _part(text: str, spans: Spans) -> dict[str, Any] | None:
    return {"text": surface(text, spans), "spans": _lists(spans)} if spans else None
