"""Citations: a statement or a checked quotation on one line, ready to paste, with what leads back to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_MARKS = "\"“”„‟«»"


def cite(row: Mapping[str, Any]) -> str:
    """*row*, a statement (Record.statements, Analysis.rows) or a check (Check.row), as one line.

    Words, speaker, outlet, date, URL, and the characters of the text of record. What is not known is left out. Words that the
    report does not quote are given as the report's, after its cue. The line holds outside text: clean() it for a terminal.
    """
    if "verdict" in row:
        return _check(row)
    words = _one_line(row["content"]["text"])
    quoted = row["form"] in ("direct", "block")
    source, cue = ((row[key] or {}).get("text") for key in ("source", "cue"))
    speaker = (row["speaker"] or {}).get("name") or source
    parts = [_in_marks(words) if quoted else words, f"{speaker or 'nobody named'}"]
    if not quoted:
        parts[1] += f" (in the report's words; “{_one_line(cue)}”)" if cue else " (in the report's words)"
    return _joined([f"{parts[0]} — {parts[1]}", *_report(row["report"], row["said_on"], row["content"]["spans"])])


def _check(row: Mapping[str, Any]) -> str:
    parts = [_in_marks(_one_line(row["quote"])) + (f" — {row['speaker']}" if row["speaker"] else "")]
    if row["report"]:
        parts += _report(row["report"], None, row["spans"])
    verdict = row["verdict"] + (f", losing {' and '.join(row['lost'])}" if row["lost"] else "")
    passage = row["passage"]
    if passage is None:
        return _joined([*parts, verdict])
    said = f"{_in_marks(_one_line(passage['text']))}{' — ' + ', '.join(passage['speakers']) if passage['speakers'] else ''}"
    return _joined([*parts, f"{verdict}: {said}", f"characters {_characters(passage['spans'])} of {passage['transcript']}"])


def _report(report: Mapping[str, Any], said_on: str | None, spans: Any) -> list[str]:
    published = report["published"] and f"published {report['published']}"
    known = (said_on and f"said on {said_on}", report["outlet"], published, report.get("url"))
    return [part for part in known if part] + [f"characters {_characters(spans)} of {report['path']}"]


def _characters(spans: Any) -> str:
    return ", ".join(f"{start}–{end}" for start, end in spans)


def _in_marks(words: str) -> str:
    bare = words.strip()
    if bare[:1] in _MARKS and bare[-1:] in _MARKS and not any(mark in bare[1:-1] for mark in _MARKS):
        bare = bare[1:-1]
    return bare if bare[:1] in _MARKS or bare[-1:] in _MARKS else f"“{bare}”"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _joined(parts: list[str]) -> str:
    return ". ".join(part.rstrip(".") for part in parts)
