"""Checks on the terminal: each quotation with its verdict, where it stands in the transcript, and what differs.

Differences are told without colour: [-words that were said and are not quoted-], {+words that are quoted and were not said+},
~words that stand elsewhere~.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sayso.terminal.characters import clean, cut
from sayso.terminal.differences import difference
from sayso.terminal.lines import Setter
from sayso.terminal.styles import BOLD, QUIET, Run, painted

_NARROWEST: Final = 40
_LABEL: Final = 10  # cells: "loses", "diff"
_LONGEST: Final = 100
_STYLES: Final = {
    "verbatim": "32", "trimmed": "33", "altered": "31", "reordered": "31", "spliced": "31", "other speaker": "31", "not found": "31",
}  # fmt: skip
_LEGEND: Final = "[-said, not quoted-] {+quoted, not said+} ~said elsewhere in the passage~"


def render_checks(rows: Iterable[Mapping[str, Any]], *, width: int, colour: bool = False) -> Iterator[str]:
    """*rows*, as Check.row() gives them, as lines of at most *width* cells; at the end how many there are of each verdict.

    Widths below 40 are taken as 40. The lines are safe to print.
    """
    width = min(max(width, _NARROWEST), _LONGEST)
    counts: Counter[str] = Counter()
    legend = False
    for row in rows:
        counts[row["verdict"]] += 1
        yield from _check(row, width, colour)
        legend = legend or _differs(row)
        yield ""
    if not counts:
        return
    total = sum(counts.values())
    listed = ", ".join(f"{counts[verdict]} {verdict}" for verdict in _STYLES if counts[verdict])
    yield painted([(cut(f"{total} quotation{'' if total == 1 else 's'}: {listed}", width), BOLD)], colour=colour)
    if legend:
        yield painted([(cut(_LEGEND, width), QUIET)], colour=colour)


def _differs(row: Mapping[str, Any]) -> bool:
    return any(d["kind"] != "same" for d in row["diff"])


def _check(row: Mapping[str, Any], width: int, colour: bool) -> Iterator[str]:
    verdict = row["verdict"]
    style = "32" if row["passes"] else _STYLES[verdict] if verdict != "trimmed" else "33"
    said = [(f"“{clean(row['quote'])}”", "")]
    if row["speaker"]:
        said.append((f" — {clean(row['speaker'])}", QUIET))
    yield from _labelled(verdict.upper() if not row["passes"] else verdict, said, width, colour, style, label=max(_LABEL, len(verdict) + 2))
    cuts = [("inside" if where == "middle" else f"at the {where}") for where in row["cuts"]]
    if cuts:
        told = "" if "middle" not in row["cuts"] else ", and says so" if row["disclosed"] else ", and does not say so"
        yield from _labelled("cut", [(" and ".join(cuts) + told, "")], width, colour)
    if row["lost"]:
        yield from _labelled("loses", [(", ".join(row["lost"]), BOLD)], width, colour)
    passage = row["passage"]
    if passage is not None:
        places = ", ".join(f"{start}–{end}" for start, end in passage["spans"])
        who = f", said by {clean(', '.join(passage['speakers']))}" if passage["speakers"] else ""
        yield from _labelled("in", [(f"{clean(passage['transcript'])}, characters {places}{who}", QUIET)], width, colour)
    if _differs(row):
        yield from _labelled("diff", list(difference((d["kind"], d["said"], d["quoted"]) for d in row["diff"])), width, colour)


def _labelled(name: str, runs: Iterable[Run], width: int, colour: bool, style: str = QUIET, *, label: int = _LABEL) -> Iterator[str]:
    """*runs* in lines beside a label."""
    setter = Setter(width - label)
    for text, run_style in runs:
        setter.text(text, run_style)
    for number, line in enumerate(setter.lines()):
        head: Run = (f"{name:<{label}}", style) if number == 0 else (" " * label, "")
        yield painted([head, *line.runs], colour=colour)
