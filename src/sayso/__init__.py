"""sayso: on whose say-so? Reads news reports and keeps a record of who said, claimed, denied, promised or demanded what."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.actors.actor import Actor
    from sayso.actors.resolve import Voice
    from sayso.analysis import Analysis, analyse, analyse_many
    from sayso.checking import Check, Difference, Finding, Transcript, Turn, check, check_quote, read_transcripts, transcript
    from sayso.dates.anchoring import Time
    from sayso.dates.dating import Dating
    from sayso.dates.expression import TimeExpression
    from sayso.dates.said import Said
    from sayso.dates.saying import Saying
    from sayso.errors import RecordError, SaysoError
    from sayso.export import cite, schema
    from sayso.intake import Problem, read_reports
    from sayso.mentions.mention import Entity, Mention
    from sayso.reading import Reading
    from sayso.record import ImportSummary, Page, Progress, Record, Summary
    from sayso.reports import Publication, Report
    from sayso.statements import Act, Statement, acts
    from sayso.terminal import (
        clean,
        render_actor,
        render_actors,
        render_checks,
        render_claim,
        render_claims,
        render_figures,
        render_quote,
        render_quotes,
        render_table,
        render_timeline,
        render_unanswered,
    )
    from sayso.web import application, serve

__version__ = "0.1.0"

# onnxruntime writes down where and for what it is used, for its makers, unless this is set before it is imported.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

# Where the public names are at home: loaded when first asked for, so that `sayso --help` need not wait for the models' libraries.
_HOMES = {
    "actors.actor": "Actor",
    "actors.resolve": "Voice",
    "analysis": "Analysis analyse analyse_many",
    "checking": "Check Difference Finding Transcript Turn check check_quote read_transcripts transcript",
    "dates.anchoring": "Time",
    "dates.dating": "Dating",
    "dates.expression": "TimeExpression",
    "dates.said": "Said",
    "dates.saying": "Saying",
    "errors": "RecordError SaysoError",
    "export": "cite schema",
    "intake": "Problem read_reports",
    "mentions.mention": "Entity Mention",
    "reading": "Reading",
    "record": "ImportSummary Page Progress Record Summary",
    "reports": "Publication Report",
    "statements": "Act Statement acts",
    "terminal": "clean render_actor render_actors render_checks render_claim render_claims render_figures render_quote "
    "render_quotes render_table render_timeline render_unanswered",
    "web": "application serve",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "Act",
    "Actor",
    "Analysis",
    "Check",
    "Dating",
    "Difference",
    "Entity",
    "Finding",
    "ImportSummary",
    "Mention",
    "Page",
    "Problem",
    "Progress",
    "Publication",
    "Reading",
    "Record",
    "RecordError",
    "Report",
    "Said",
    "Saying",
    "SaysoError",
    "Statement",
    "Summary",
    "Time",
    "TimeExpression",
    "Transcript",
    "Turn",
    "Voice",
    "acts",
    "analyse",
    "analyse_many",
    "application",
    "check",
    "check_quote",
    "cite",
    "clean",
    "read_reports",
    "read_transcripts",
    "render_actor",
    "render_actors",
    "render_checks",
    "render_claim",
    "render_claims",
    "render_figures",
    "render_quote",
    "render_quotes",
    "render_table",
    "render_timeline",
    "render_unanswered",
    "schema",
    "serve",
    "transcript",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"sayso.{_HOME[name]}"), name)
    raise AttributeError(f"module 'sayso' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *__all__]
