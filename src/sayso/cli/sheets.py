"""Sheets: rows as the lines of a file of comma-separated values."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

# What makes a spreadsheet run a cell as a formula, as OWASP lists it; some take the full-width forms too.
_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")


@dataclass(frozen=True)
class Sheet:
    """The headings, and the lines that one row makes."""

    columns: Sequence[str]
    cells: Callable[[Mapping[str, Any]], Iterable[Sequence[Any]]]

    def lines(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
        """As RFC 4180 has them: a line of headings, then those of the rows (which line breaks in them may spread)."""
        stream = io.StringIO()
        writer = csv.writer(stream)
        writer.writerow(self.columns)
        for row in rows:
            for cells in self.cells(row):
                writer.writerow([_harmless(value) for value in cells])
                yield stream.getvalue()
                stream.seek(0)
                stream.truncate()
        yield stream.getvalue()


def _harmless(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula is kept from it by an apostrophe."""
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value


def _named(*columns: str) -> Sheet:
    """One line a row, of what it has under the names of the columns."""
    return Sheet(columns, lambda row: [[_flat(row[key]) for key in columns]])


def _flat(value: Any) -> Any:
    """The name of what has one; several one after another."""
    if isinstance(value, list):
        return "; ".join(map(_flat, value))
    return value["name"] if isinstance(value, dict) else value


def _spans(spans: Iterable[Sequence[int]]) -> str:
    return ";".join(f"{a}-{b}" for a, b in spans)


def _statement(row: Mapping[str, Any]) -> Iterator[list[Any]]:
    parts = {k: row[k] or {"text": "", "spans": []} for k in ("source", "cue", "content")}
    report, speaker = row["report"], row["speaker"] or {"id": None, "name": None, "kind": None, "side": None}
    yield [
        row["id"], report["path"], report["outlet"], report["title"], report["published"], *(p["text"] for p in parts.values()),
        *(_spans(p["spans"]) for p in parts.values()), row["form"], row["act"], row["negated"], row["stance"], row["parent"], row["confidence"],
        speaker["name"], speaker["kind"], speaker["side"], speaker["id"], _flat(row["about"]), row["said_on"], row["said"] and row["said"]["text"],
    ]


def _claim(row: Mapping[str, Any]) -> Iterator[list[Any]]:
    """One line a position."""
    for position in ("for", "against", "other"):
        for p in row[position]:
            speaker, teller = p["speaker"] or {"name": None, "id": None}, p["reported_by"] or {"name": None}
            yield [
                row["id"], row["label"], position, speaker["name"], speaker["id"], p["side"], p["text"], p["said_on"], p["published"], p["outlet"],
                p["report"], p["statement"], _spans(p["spans"]), teller["name"],
            ]


def _conflict(row: Mapping[str, Any]) -> Iterator[Sequence[Any]]:
    """One line a figure."""
    for figure in row["figures"]:
        yield [_flat({"label": row["label"], **figure}[key]) for key in _FIGURE_COLUMNS]


_FIGURE_COLUMNS = ("label", "figure", "speakers", "text", "said_on", "published", "outlet", "report", "statement")

STATEMENTS: Final = Sheet((
    "id", "path", "outlet", "title", "published", "source", "cue", "content", "source_spans", "cue_spans", "content_spans", "form", "act", "negated",
    "stance", "parent", "confidence", "speaker", "speaker_kind", "side", "speaker_id", "about", "said_on", "said",
), _statement)  # fmt: skip
CLAIMS: Final = Sheet((
    "id", "label", "position", "speaker", "speaker_id", "side", "text", "said_on", "published", "outlet", "report", "statement", "spans",
    "reported_by",
), _claim)  # fmt: skip
FIGURES: Final = Sheet(_FIGURE_COLUMNS, _conflict)
ACTORS: Final = _named("id", "name", "kind", "side", "statements", "about", "reports")
PROPOSALS: Final = _named("a", "b", "names", "score", "evidence")
UNANSWERED: Final = _named("outlet", "published", "accused", "speaker", "text", "report", "statement", "confidence")
