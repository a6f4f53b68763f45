"""Scene: the states that a report is about, by which bodies are told apart whose names many states have ("the Supreme Court")."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sayso.actors.naming import folded

# The report's own state is named so often, and so many times as often as any other.
_OFTEN, _TIMES = 3, 2


@cache
def shared_names() -> frozenset[str]:
    """Names, folded, that bodies of many states have."""
    with (files("sayso.actors") / "tables" / "shared_names.csv").open(encoding="utf-8") as lines:
        return frozenset(folded(row["name"]) for row in csv.DictReader(lines))


@dataclass(frozen=True, slots=True)
class Scene:
    """How often a report names each state, by itself, its people, or what only it has; home: where its outlet is based."""

    named: Counter[str]
    home: str | None = None

    def elsewhere(self, state: str) -> str | None:
        """The one state that the report is about, if it names *state* nowhere: what many states have is hardly that of *state* then."""
        most = self.named.most_common(2)
        if state == self.home or self.named[state] or not most or most[0][1] < _OFTEN:
            return None
        return None if len(most) > 1 and most[0][1] < _TIMES * most[1][1] else most[0][0]
