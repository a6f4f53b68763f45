"""Copies: texts that are nearly the same, as when several outlets carry one agency's.

Texts are compared by their runs of five words (Broder 1997); which runs stand in the index is decided by each run alone, so that
a text's copies do not depend on what else is there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from hashlib import blake2b
from typing import Final

from sayso.quotes.words import keys, words_of
from sayso.unions import Unions

_RUN: Final = 5
#: One run in so many stands in the index.
_SAMPLED: Final = 8
#: Share of the shorter text's runs that a copy has, and the share of the longer one's: an agency's report cut by half is one still.
_CONTAINED: Final = 0.75
_COVERED: Final = 0.4
#: A text with fewer runs is too short to be known again.
_FEWEST: Final = 40
#: A sampled run that stands in more texts than this is a line that everybody prints.
_MOST: Final = 200


def copies(texts: Mapping[str, str]) -> dict[str, str]:
    """For each id of a text the id that stands for it and all its copies: the smallest of them; its own, where there is none."""
    runs = {key: runs_of(text) for key, text in texts.items()}
    index: defaultdict[int, list[str]] = defaultdict(list)
    for key in sorted(runs):
        for run in sampled(runs[key]):
            index[run].append(key)
    shared: Counter[tuple[str, str]] = Counter()
    for holders in index.values():
        if 1 < len(holders) <= _MOST:
            for n, a in enumerate(holders):
                for b in holders[n + 1 :]:
                    shared[a, b] += 1
    unions = Unions(texts)
    for (a, b), count in shared.items():
        if may_copy(count, len(runs[a]), len(runs[b])) and are_copies(runs[a], runs[b]):
            unions.join(a, b)
    return {key: unions.find(key) for key in texts}


def runs_of(text: str) -> frozenset[int]:
    """Numbers for the runs of five words of a text, the same in every process."""
    words = keys(words_of(text))
    return frozenset(
        int.from_bytes(blake2b(" ".join(words[k : k + _RUN]).encode(), digest_size=8).digest(), "big") for k in range(len(words) - _RUN + 1)
    )


def sampled(runs: Collection[int]) -> list[int]:
    """Those of a text's runs that stand in an index; none, where the text is too short to be known again."""
    return sorted(run for run in runs if run % _SAMPLED == 0) if len(runs) >= _FEWEST else []


def may_copy(shared: int, one: int, other: int) -> bool:
    """Whether two texts of so many runs, of whose sampled ones so many are shared, are worth comparing."""
    return shared * _SAMPLED * 2 >= _CONTAINED * min(one, other)


def are_copies(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether texts with these runs are nearly the same."""
    least, most = sorted((len(one), len(other)))
    same = len(one & other)
    return same >= _CONTAINED * least and same >= _COVERED * most
