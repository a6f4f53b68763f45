"""Claims on the terminal: the list of claims or disputes, one in full, and accusations left unanswered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from sayso.terminal.characters import clean, cut, wrapped
from sayso.terminal.styles import BOLD, QUIET, STANCES, Run, painted

_NARROWEST: Final = 40
#: Speakers whom the list names on each side.
_NAMES: Final = 5
_STYLES: Final = {"for": "", "against": STANCES["deny"], "other": QUIET}
_INDENT: Final = 10


def render_claims(rows: Iterable[Mapping[str, Any]], *, width: int, colour: bool = False) -> Iterator[str]:
    """*rows* of Record.claims() or .disputes(), a few lines each: the claim, who is for and against it, and the strongest statement of each."""
    width = max(width, _NARROWEST)
    first = True
    for row in rows:
        if not first:
            yield ""
        first = False
        yield from _lines(clean(row["label"]), width, BOLD, colour, indent=0)
        yield painted([(cut(_counted(row), width), QUIET)], colour=colour)
        for position in ("for", "against"):
            if not row[position]:
                continue
            yield from _lines(", ".join(_speakers(row[position])), width, _STYLES[position], colour, head=position)
            shown = next((p for p in row[position] if p["statement"] == row["strongest"][position]), row[position][0])
            yield from _lines(f"{_name(shown)}{_deed(shown)}: {_marked(shown)} {_where(shown)}", width, QUIET, colour)


def render_claim(row: Mapping[str, Any], *, width: int, colour: bool = False) -> Iterator[str]:
    """One claim in full: every position, the earliest first."""
    width = max(width, _NARROWEST)
    yield from _lines(clean(row["label"]), width, BOLD, colour, indent=0)
    yield painted([(cut(_counted(row), width), QUIET)], colour=colour)
    for position in ("for", "against", "other"):
        for n, p in enumerate(row[position]):
            if not n:
                yield painted([(position, _heading(position))], colour=colour)
            side = f" ({clean(p['side'])})" if p["side"] and p["speaker"] and p["side"] != p["speaker"]["name"] else ""
            told = f", as told by {clean(p['reported_by']['name'])}" if p["reported_by"] else ""
            yield from _lines(f"{_name(p)}{side}{_deed(p)}{told}: {_marked(p)} {_where(p)}", width, "", colour, indent=2)
    for who in row["changed"]:
        yield from _lines(f"{clean(who['name'])} has taken both positions", width, QUIET, colour, indent=0)


def render_unanswered(rows: Iterable[Mapping[str, Any]], *, width: int, colour: bool = False) -> Iterator[str]:
    """*rows* of Record.unanswered(), under the outlet that carries them."""
    width = max(width, _NARROWEST)
    last: str | None = None
    for row in sorted(rows, key=lambda r: (r["outlet"] or "", r["published"] or "")):
        outlet = clean(row["outlet"] or "no outlet known")
        if outlet != last:
            yield painted([(cut(outlet, width), BOLD)], colour=colour)
            last = outlet
        said = f"{clean(row['accused']['name'])} — {clean(row['speaker']['name'])}: {clean(row['text'])}"
        day = f" [{clean(row['published'])}]" if row["published"] else ""
        yield from _lines(said + day, width, "", colour, indent=2)


def render_figures(rows: Iterable[Mapping[str, Any]], *, width: int, colour: bool = False) -> Iterator[str]:
    """*rows* of Record.figures(): each thing, and under it who says which number of it."""
    width = max(width, _NARROWEST)
    for row in rows:
        yield from _lines(clean(row["label"]), width, BOLD, colour, indent=0)
        for f in row["figures"]:
            who = ", ".join(clean(s["name"]) for s in f["speakers"]) or "nobody named"
            yield from _lines(f"{clean(f['figure'])} — {who}: {clean(f['text'])} {_where(f)}", width, "", colour, indent=2)


def _heading(position: str) -> str:
    return ";".join(s for s in (BOLD, _STYLES[position]) if s)


def _counted(row: Mapping[str, Any]) -> str:
    n = row["speakers"]
    return f"{clean(row['id'])}  {n['for']} for, {n['against']} against"


def _speakers(positions: Sequence[Mapping[str, Any]]) -> list[str]:
    names = list(dict.fromkeys(_name(p) for p in positions))
    return [*names[:_NAMES], *([f"and {len(names) - _NAMES} more"] if len(names) > _NAMES else [])]


def _deed(position: Mapping[str, Any]) -> str:
    """What was done to the words that follow, where that decides the position."""
    return f" [{clean(position['act'])}]" if position["stance"] == "deny" or position["act"] in ("reject", "deny", "doubt") else ""


def _name(position: Mapping[str, Any]) -> str:
    return clean(position["speaker"]["name"]) if position["speaker"] else "nobody named"


def _marked(position: Mapping[str, Any]) -> str:
    text = clean(position["text"])
    return text if position["direct"] and text[:1] in "“\"‘«'" else f"“{text}”" if position["direct"] else text


def _where(position: Mapping[str, Any]) -> str:
    told = [clean(str(x)) for x in (position["outlet"], position.get("said_on") or position["published"]) if x]
    return f"[{', '.join(told)}]" if told else ""


def _lines(text: str, width: int, style: str, colour: bool, *, head: str = "", indent: int = _INDENT) -> Iterator[str]:
    for n, line in enumerate(wrapped(text.strip(), width - indent)):
        runs: list[Run] = [(f"{head if not n else '':<{indent}}", ""), (line, style)]
        yield painted(runs, colour=colour)


