"""Quotes as rows of JSON Lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sayso.actors.actor import Actor
from sayso.quotes.alignment import Alignment, align
from sayso.quotes.grouping import Quote
from sayso.quotes.speakers import SpeakerKey
from sayso.quotes.stretches import Stretch
from sayso.quotes.words import Word, keys
from sayso.reports import Report
from sayso.spans import GAP

# The most other wordings that one is held against: those with most words in common with it.
_TRIED: Final = 4


def quote_row(quote: Quote, reports: Mapping[str, Report], copies: Mapping[str, str], actor: Callable[[str], Actor | None]) -> dict[str, Any]:
    """One quote. *reports* are those that carry it, *copies* the text that stands for each text, *actor* gives the actor of an id."""

    def named(speaker: object) -> dict[str, str] | None:
        who = actor(speaker.id) if isinstance(speaker, SpeakerKey) else None
        return None if who is None else {"id": who.id, "name": who.name, "kind": who.kind}

    def variant(k: int) -> dict[str, Any]:
        v = quote.variants[k]
        against, alignment = bases.of(k)
        stretch, base = v.stretch, quote.variants[against].stretch
        published = reports[stretch.report_id].publication
        return {
            "text": stretch.text, "spans": [list(span) for span in stretch.spans], "report": stretch.report_id, "statement": stretch.statement_id,
            "speaker": named(stretch.speaker), "change": list(v.changes if alignment is v.alignment or alignment is None else alignment.changes),
            "against": against, "diff": [] if alignment is None else _diff(alignment, reports[base.report_id].text, reports[stretch.report_id].text),
            "outlet": published.outlet, "published": published.published, "path": reports[stretch.report_id].origin,
        }  # fmt: skip

    bases = _Bases(quote)
    first: dict[str, str] = {}  # report by the text that stands for its text
    carriers = []
    for stretch in quote.carriers:
        report = reports[stretch.report_id]
        known = report.publication
        carriers.append({
            "report": stretch.report_id, "path": report.origin, "outlet": known.outlet, "title": known.title, "published": known.published,
            "url": known.url, "same_text_as": first.get(copies.get(stretch.text_id, stretch.text_id)),
        })  # fmt: skip
        first.setdefault(copies.get(stretch.text_id, stretch.text_id), stretch.report_id)
    return {
        "id": quote.id, "speaker": named(quote.speaker), "variants": [variant(k) for k in range(len(quote.variants))],
        "first": _first(quote), "carriers": carriers, "texts": quote.texts, "reports": len(carriers),
    }  # fmt: skip


def _first(quote: Quote) -> list[str]:
    """The report that carried it first; several where only the day is known, for none of that day is known to be first."""
    days = [(stretch.published, stretch.report_id) for stretch in quote.carriers if stretch.published is not None]
    if not days:
        return []
    earliest = [(published, report) for published, report in days if published[:10] == days[0][0][:10]]
    timed = all(len(published) > 10 for published, _ in earliest)
    return [report for published, report in earliest if not timed or published == earliest[0][0]]


class _Bases:
    """Which variant of a quote each other is told by; of those in the same words once."""

    def __init__(self, quote: Quote) -> None:
        self._quote = quote
        self._wordings: dict[tuple[str, ...], tuple[int, Counter[str]]] = {}  # the first variant in these words, and the words counted
        for n, v in enumerate(quote.variants):
            wording = keys(v.stretch.words)
            if n and wording not in self._wordings:
                self._wordings[wording] = n, Counter(wording)
        self._known: dict[tuple[str, ...], tuple[int, Alignment]] = {}

    def of(self, k: int) -> tuple[int, Alignment | None]:
        """The base of the *k*-th: the fullest, unless most of its words stand in none of that and more of them in another.

        Parts of one remark may be quoted apart, so that a variant has nothing of the fullest, but all of what a third joins to it.
        """
        v = self._quote.variants[k]
        if v.alignment is None or v.changes == ("retranslated",) or 2 * v.alignment.shared >= len(v.stretch.words):
            return 0, v.alignment
        wording = keys(v.stretch.words)
        if wording not in self._known:
            self._known[wording] = self._best(wording, v.stretch, v.alignment)
        base, alignment = self._known[wording]
        return base, v.alignment if base == 0 else replace(alignment, variant=v.stretch.words)

    def _best(self, wording: tuple[str, ...], stretch: Stretch, found: Alignment) -> tuple[int, Alignment]:
        own, best = Counter(wording), 0
        longer = (other for words, other in self._wordings.items() if len(words) > len(wording))
        for _, n in sorted((-(own & counted).total(), n) for n, counted in longer)[:_TRIED]:
            made = align(self._quote.variants[n].stretch.words, stretch.words)
            if made.shared > found.shared:
                best, found = n, made
        return best, found


def _diff(alignment: Alignment, base: str, variant: str) -> list[dict[str, Any]]:
    """The runs of words of both wordings: what is the same, trimmed, inserted, replaced, or moved (once on each side)."""
    return [
        {
            "kind": s.kind, "base": _words(base, alignment.base[slice(*s.base)]), "variant": _words(variant, alignment.variant[slice(*s.variant)]),
            "disclosed": s.disclosed,
        }
        for s in alignment.segments
    ]  # fmt: skip


def _words(text: str, words: Sequence[Word]) -> str:
    """Words as they stand in the text; where the reporter's stand between, a gap."""
    pieces: list[tuple[int, int]] = []
    for word in words:
        if pieces and not word.joint and word.start >= pieces[-1][0]:
            pieces[-1] = pieces[-1][0], max(pieces[-1][1], word.end)
        else:
            pieces.append((word.start, word.end))
    return GAP.join(text[start:end] for start, end in pieces)
