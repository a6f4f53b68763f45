"""Likeness: numbers that tell whether two contents say the same, or the one what the other denies."""

from __future__ import annotations

import calendar
import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np

from sayso.claims.amounts import WRITTEN, Figure, figure_of
from sayso.claims.encoder import Floats
from sayso.claims.polarity import negates
from sayso.claims.words import NEGATIONS, WORD, content_words, root, stem, words

_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_MODAL: Final = frozenset("will would shall should can could may might must ought going".split())
# Days and months have capitals and are nobody's names.
_TIMES: Final = frozenset(w.lower() for w in (*calendar.day_name, *calendar.month_name) if w not in ("", "May", "April", "June", "August"))
_LIKELY: Final = frozenset("may might could possibly perhaps probably likely seem appear suggest suspect".split())

_AUXILIARY: Final = r"is|are|was|were|has|have|had|will|would|can|could|may|might|must|shall|should|did|does|do"
# A verb in s, rather than a plural before its verb: "Hitler needs", "rogue agents could".
_IN_S: Final = rf"[a-rt-z]s(?!['’]? (?:{_AUXILIARY})\b)"
# A first word without article or plural that a verb follows is a name: "Hitler used", not "Sanctions are".
_NAMED: Final = re.compile(rf"[A-Z][\w’'-]*[^s\W] (?:{_AUXILIARY}|\w{{2,}}ed|\w{{3,}}{_IN_S}|knew|took|made|went)\b")

# A participle and by whom: neither "by Friday" nor "by hiding it".
_DONE_BY: Final = re.compile(
    r"(?i)\b(?:[a-z]{2,}ed|done|made|led|run|sent|shot|taken|held|told|given|seen|written|driven|brought|won|hit|paid|struck|hurt|beaten|broken)"
    r" by (?!\w*ing\b|\d|(?:the )?(?:end|time|mid|early|late|next|then|now|mistake|law|air|sea|land|force|phone|hand|\w+day|january|february|march"
    r"|april|june|july|august|september|october|november|december)\b)(?P<doer>[\w'’-]+(?: (?!(?:in|on|at|to|for|from|with|that|who|which|after|before"
    r"|during|and|or|but|while|as|when|inside|outside)\b)[\w'’-]+){0,4})"
)

# The first finite verb after the first word, as far as forms tell; subjects of more words than this are not made out.
_FINITE: Final = re.compile(
    rf"(?<=\s)(?:{_AUXILIARY}|[a-z]{{2,}}ed|[a-z]{{3,}}{_IN_S}|made|took|knew"
    r"|went|came|gave|got|saw|left|kept|held|met|led|won|lost|sent|spent|built|broke|began|became|wrote|ran|fell|put|set|cut|hit|shot|fought|sought"
    r"|brought|bought|thought|felt|found|told|lied|died)\b"
)
_LONGEST_SUBJECT: Final = 6

#: Names of the numbers that features() gives, in their order.
FEATURES: Final = (
    "cosine", "jaccard", "within_least", "within_most", "names_shared", "names_apart", "names_jaccard", "no_names", "numbers_shared", "numbers_apart",
    "negation_apart", "negations", "antonyms", "length", "longest", "first_same", "order", "modal_apart", "modal_both", "hedge_apart", "bigrams",
    "future_apart",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parsed:
    """A content taken apart once, for all pairs that it stands in."""

    text: str
    vector: Floats
    words: tuple[str, ...]
    names: frozenset[str]
    sure_names: frozenset[str]  # without the first word, of which its capital tells nothing
    numbers: frozenset[str]
    negations: int
    open_negation: bool  # whether it is left open what of the main clause is negated
    modal: bool
    hedged: bool
    future: bool
    size: int
    figure: Figure | None
    subject: frozenset[str]  # what the content begins with, before its verb, where that can be made out
    doer: frozenset[str]  # by whom something was done, where a passive tells it: "killed by | rogue agents"

    @property
    def deed(self) -> tuple[str, ...]:
        """Its words without those of its subject: "killers" kill nobody there."""
        return tuple(word for word in self.words if word not in self.subject)


@cache
def antonyms() -> frozenset[tuple[str, str]]:
    """Pairs of stems that mean the opposite, either way round."""
    with (files("sayso.claims") / "antonyms.csv").open(encoding="utf-8") as lines:
        pairs = [(root(stem(row["a"])), root(stem(row["b"]))) for row in csv.DictReader(lines)]
    return frozenset([*pairs, *((b, a) for a, b in pairs)])


def parsed(text: str, vector: Floats) -> Parsed:
    """*text* taken apart; *vector* is the encoder's."""
    forms = words(text)
    roots = dict.fromkeys(map(root, content_words(text)))
    kept = tuple(roots)
    found = WORD.findall(text)
    capital = [(n, w, r) for n, w in enumerate(found) if w[0].isupper() and w.lower() not in _TIMES and (r := root(stem(w.lower()))) in roots]
    names = frozenset(r for n, w, r in capital if n or _is_name(w))
    sure = frozenset(
        r for n, _, r in capital if n or found[0].endswith(("'s", "’s")) or (len(found) > 1 and found[1][0].isupper()) or _NAMED.match(text)
    )
    numbers = frozenset(m.rstrip(".,").replace(",", "") for m in _NUMBER.findall(text)) | {str(WRITTEN[w]) for w in forms if w in WRITTEN}
    return Parsed(
        text, vector, kept, names, sure, numbers, sum(w in NEGATIONS or w.endswith("n't") for w in forms), negates(text),
        any(w in _MODAL for w in forms),
        any(stem(w) in _LIKELY for w in forms), "will" in forms or "going" in forms, len(forms),
        None if (figure := figure_of(text)) is None else figure[0], _subject(text),
        frozenset(root(stem(w)) for w in content_words(by["doer"])) if (by := _DONE_BY.search(text)) else frozenset(),
    )


def _subject(text: str) -> frozenset[str]:
    verb = _FINITE.search(text)
    begin = "" if verb is None else text[: verb.start()]
    return frozenset(map(root, content_words(begin))) if len(begin.split()) <= _LONGEST_SUBJECT else frozenset()


def _is_name(word: str) -> bool:
    """Whether the first word of a content is a name: it is no word that begins sentences."""
    return len(word) > 1 and not word.lower().endswith(("ing", "ed", "ly")) and word.lower() not in NEGATIONS


def features(a: Parsed, b: Parsed) -> Floats:
    """What likens *a* and *b*, as FEATURES names it; the same whichever comes first."""
    x, y = set(a.words), set(b.words)
    common = len(x & y)
    cosine = float(a.vector @ b.vector)
    shared = len(a.names & b.names)
    apart = len(a.names ^ b.names)
    least, most = min(len(x), len(y)), max(len(x), len(y))
    opposite = sum((p, q) in antonyms() for p in x - y for q in y - x) if common else 0
    order = _order(a.words, b.words)
    pairs_a, pairs_b = set(zip(a.words, a.words[1:], strict=False)), set(zip(b.words, b.words[1:], strict=False))
    return np.array((
        cosine, common / max(1, len(x | y)), common / max(1, most), common / max(1, least), min(shared, 4), min(apart, 6),
        shared / max(1, shared + apart), float(not a.names or not b.names), len(a.numbers & b.numbers), min(3, len(a.numbers ^ b.numbers)),
        float(a.negations % 2 != b.negations % 2), min(3, a.negations + b.negations), min(2, opposite),
        min(a.size, b.size) / max(1, a.size, b.size), min(40, max(a.size, b.size)) / 40, float(a.words[:1] == b.words[:1]), order,
        float(a.modal != b.modal), float(a.modal and b.modal), float(a.hedged != b.hedged),
        len(pairs_a & pairs_b) / max(1, min(len(pairs_a), len(pairs_b))),
        float(a.future != b.future),
    ), np.float32)  # fmt: skip


def _order(a: Sequence[str], b: Sequence[str]) -> float:
    """Share of the pairs of common words that stand in the same order in both: low where roles are swapped."""
    place = {w: n for n, w in enumerate(b)}
    there = [place[w] for w in a if w in place]
    total = len(there) * (len(there) - 1) // 2
    if not total:
        return 1.0
    return sum(p < q for n, p in enumerate(there) for q in there[n + 1 :]) / total
