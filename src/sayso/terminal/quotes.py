"""Quotes on the terminal: the list of quotes, and one in full."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sayso.terminal.characters import clean, cut
from sayso.terminal.differences import difference
from sayso.terminal.lines import Setter
from sayso.terminal.styles import BOLD, QUIET, Run, painted

_NARROWEST: Final = 40
#: Carriers, and variants that differ, which the list tells of each quote.
_LISTED: Final = 5
_LONGEST: Final = 400  # characters of the fullest wording that the list shows
_INDENT: Final = 2
_LEGEND: Final = "[-left out-] {+put in+} ~elsewhere in it~ (+more than the other quotes+)"


def render_quotes(rows: Iterable[Mapping[str, Any]], *, width: int, colour: bool = False) -> Iterator[str]:
    """*rows* of Record.quotes(), a few lines each: the fullest wording, who says it, who carries it, and what was altered."""
    width = max(width, _NARROWEST)
    first = True
    for row in rows:
        if not first:
            yield ""
        first = False
        text = clean(row["variants"][0]["text"])
        yield from _lines([(f"“{text[:_LONGEST].rsplit(' ', 1)[0] + ' …' if len(text) > _LONGEST else text}”", BOLD)], width, colour, 0)
        yield from _lines([(_counted(row), QUIET)], width, colour, 0)
        told = "; ".join(_where(c) for c in row["carriers"][:_LISTED])
        yield from _lines([(told + _more(len(row["carriers"]) - _LISTED), "")], width, colour, _INDENT)
        altered = list(_altered(row))
        for change, said, where in altered[:_LISTED]:
            yield from _lines([(f"{change}: ", QUIET), (f"“{said}”", ""), (f" [{where}]", QUIET)], width, colour, _INDENT)
        if len(altered) > _LISTED:
            yield painted([(" " * _INDENT + _more(len(altered) - _LISTED)[2:], QUIET)], colour=colour)


def render_quote(row: Mapping[str, Any], *, width: int, colour: bool = False) -> Iterator[str]:
    """One quote in full: every variant, held against the fullest, and its carriers in the order of publication."""
    width = max(width, _NARROWEST)
    fullest, *others = row["variants"]
    yield from _lines([(f"“{clean(fullest['text'])}”", BOLD)], width, colour, 0)
    yield from _lines([(_counted(row), QUIET)], width, colour, 0)
    yield from _lines([("1  the fullest  ", QUIET), (_where(fullest), QUIET)], width, colour, 0)
    for number, variant in enumerate(others, 2):
        yield ""
        told = f", held against {variant['against'] + 1}" if variant["against"] else ""
        head: list[Run] = [(f"{number}  ", QUIET), (", ".join(variant["change"]), BOLD)]
        yield from _lines([*head, (f"{told}  {_where(variant)}{_by(row, variant)}", QUIET)], width, colour, 0)
        runs = list(difference((d["kind"], d["base"], d["variant"]) for d in variant["diff"])) if variant["change"] != ["kept"] else []
        yield from _lines(runs or [(f"“{clean(variant['text'])}”", "")], width, colour, _INDENT)
    yield ""
    yield painted([("carried by", BOLD)], colour=colour)
    places = {c["report"]: _where(c) for c in row["carriers"]}
    for c in row["carriers"]:
        copy = f" (the same text as {places[c['same_text_as']]})" if c["same_text_as"] else ""
        title = f": {clean(c['title'])}" if c["title"] else ""
        yield from _lines([(f"{places[c['report']]}{title}{copy}", ""), (f" {clean(c['url'] or c['path'])}", QUIET)], width, colour, _INDENT)
    if any(d["kind"] != "same" for v in others for d in v["diff"]):
        yield ""
        yield painted([(cut(_LEGEND, width), QUIET)], colour=colour)


def _altered(row: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The variants that are worded otherwise, each wording once."""
    seen: set[str] = set()
    for v in row["variants"][1:]:
        said = clean(v["text"])
        wording = " ".join(re.findall(r"\w+", said.casefold()))
        if v["change"] != ["kept"] and wording not in seen:
            seen.add(wording)
            yield ", ".join(v["change"]), said, _where(v)


def _counted(row: Mapping[str, Any]) -> str:
    who = clean(row["speaker"]["name"]) if row["speaker"] else "nobody named"
    copies = f", {row['texts']} of them not copies" if row["texts"] < row["reports"] else ""
    return f"{row['id']}  {who}, quoted {len(row['variants'])} times in {row['reports']} report{'s' if row['reports'] > 1 else ''}{copies}"


def _by(row: Mapping[str, Any], variant: Mapping[str, Any]) -> str:
    """Whom a variant gives the words to, if not to whom the quote does."""
    who = variant["speaker"]
    return f", said by {clean(who['name'])}" if who and row["speaker"] and who["id"] != row["speaker"]["id"] else ""


def _where(place: Mapping[str, Any]) -> str:
    outlet = clean(place["outlet"] or place["path"])
    return f"{outlet} {clean(place['published'])}" if place["published"] else outlet


def _more(count: int) -> str:
    return f"; and {count} more" if count > 0 else ""


def _lines(runs: Iterable[Run], width: int, colour: bool, indent: int) -> Iterator[str]:
    setter = Setter(width - indent)
    for text, style in runs:
        setter.text(text, style)
    for line in setter.lines():
        yield painted([(" " * indent, ""), *line.runs], colour=colour)
