"""sayso: on whose say-so? Reads news reports and keeps a record of who said, claimed, denied, promised or demanded what."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.actors.actor import Actor
    from sayso.actors.resolve import Voice
    from sayso.analysis import Analysis, analyse, analyse_many
    from sayso.dates.anchoring import Time
    from sayso.dates.dating import Dating
    from sayso.dates.expression import TimeExpression
    from sayso.dates.said import Said
    from sayso.dates.saying import Saying
    from sayso.errors import RecordError, SaysoError
    from sayso.export import schema
    from sayso.intake import Problem, read_reports
    from sayso.mentions.mention import Entity, Mention
    from sayso.reading import Reading
    from sayso.record import ImportSummary, Progress, Record, Summary
    from sayso.reports import Publication, Report
    from sayso.statements import Act, Statement, acts
    from sayso.terminal import clean, render_actor, render_actors, render_table, render_timeline

__version__ = "0.1.0"

# onnxruntime writes down where and for what it is used, for its makers, unless this is set before it is imported.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

# Loaded when first asked for, so that `sayso --help` need not wait for the models' libraries.
_HOMES = {
    "Act": "statements", "Actor": "actors.actor", "Analysis": "analysis", "Dating": "dates.dating", "Entity": "mentions.mention",
    "ImportSummary": "record", "Mention": "mentions.mention", "Problem": "intake", "Progress": "record", "Publication": "reports",
    "Reading": "reading", "Record": "record", "RecordError": "errors", "Report": "reports", "Said": "dates.said", "Saying": "dates.saying",
    "SaysoError": "errors", "Statement": "statements", "Summary": "record", "Time": "dates.anchoring", "TimeExpression": "dates.expression",
    "Voice": "actors.resolve", "acts": "statements", "analyse": "analysis", "analyse_many": "analysis", "clean": "terminal",
    "read_reports": "intake", "render_actor": "terminal", "render_actors": "terminal", "render_table": "terminal", "render_timeline": "terminal",
    "schema": "export",
}

__all__ = [
    "Act", "Actor", "Analysis", "Dating", "Entity", "ImportSummary", "Mention", "Problem", "Progress", "Publication", "Reading", "Record",
    "RecordError", "Report", "Said", "Saying", "SaysoError", "Statement", "Summary", "Time", "TimeExpression", "Voice", "acts", "analyse",
    "analyse_many", "clean", "read_reports", "render_actor", "render_actors", "render_table", "render_timeline", "schema",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"sayso.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'sayso' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *__all__]
