"""One JSON object a statement: the contract of ``sayso statements --format jsonl``, described by statement.schema.json."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

from sayso.reports import Publication
from sayso.spans import Spans, surface
from sayso.statements import Statement, enclosing, source_text


def schema() -> dict[str, Any]:
    """The JSON Schema of one row."""
    loaded: dict[str, Any] = json.loads((files("sayso.export") / "statement.schema.json").read_text(encoding="utf-8"))
    return loaded


def statement_rows(
    text: str, statements: Sequence[Statement], *, report_id: str, origin: str, publication: Publication
) -> Iterator[dict[str, Any]]:
    """The rows of one report's *statements*, in their order."""
    ids = [s.id(report_id) for s in statements]
    for number, statement in enumerate(statements):
        yield {
            "id": ids[number],
            "report": {
                "id": report_id, "path": origin, "outlet": publication.outlet, "title": publication.title, "published": publication.published,
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
                    {"statement": ids[k], "source": source_text(text, statements[k]), "actor": None}
                    for k in [*enclosing(statements, number), number]
                ),
            ],
            "speaker": None,
            "candidates": [],
            "about": [],
            "said_on": None,
            "confidence": statement.confidence,
        }


def _lists(spans: Spans) -> list[list[int]]:
    return [[start, end] for start, end in spans]


def _part(text: str, spans: Spans) -> dict[str, Any] | None:
    return {"text": surface(text, spans), "spans": _lists(spans)} if spans else None
