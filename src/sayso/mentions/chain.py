"""A chain: an entity while its mentions are gathered."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from sayso.mentions.lexicon import SUFFIXES, UNKNOWN, Known, known, sorts_of_name, sorts_of_noun, without_article
from sayso.mentions.mention import Entity, Gender, Number, Type
from sayso.mentions.phrases import Draft


@dataclass
class Chain:
    """An entity while its mentions are gathered (numbers of drafts, in the order of the text)."""

    type: Type
    named: bool
    definite: bool
    number: Number
    gender: Gender | None = None
    mentions: list[int] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    nouns: set[str] = field(default_factory=set)  # head nouns of its titles and descriptions
    sorts: frozenset[str] = frozenset()  # of person or body, as far as names and nouns tell
    described: str = ""
    members: tuple[int, ...] = ()
    owner: int | None = None
    known: Known = UNKNOWN
    party: str | None = None  # that the text tells
    seat: str | None = None  # of a member of Congress, the state as the text tells it

    def add(self, k: int, draft: Draft, number: int) -> None:
        """Take in draft *k*; *number* is the chain's own."""
        self.mentions.append(k)
        draft.entity = number

    def sort_out(self) -> None:
        """Take the sorts that its names and nouns tell."""
        if self.type == "person":
            self.sorts = frozenset().union(*(sorts_of_noun(noun, True) for noun in self.nouns))
            self.known = self._known()
        elif self.type in ("state", "place"):
            self.sorts = frozenset(("state",))
        elif self.named:
            self.sorts = frozenset().union(*map(sorts_of_name, self.names))
            if not self.sorts:
                self.sorts = frozenset().union(*(sorts_of_noun(noun, False) for noun in self.nouns))
        else:
            self.sorts = frozenset().union(*(sorts_of_noun(noun, False) for noun in self.nouns))

    def _known(self) -> Known:
        """What is known of who has its name, the fullest first."""
        for name in sorted(self.names, key=lambda n: (-len(n), n)):
            key = name_key(name)
            if key and (found := known().get((key[0], key[-1]) if len(key) > 1 else key)) is not None:
                return found
            if len(key) > 1:
                break  # somebody else of that surname
        return UNKNOWN

    def entity(self) -> Entity:
        full = max(self.names, key=lambda n: (len(n.split()), not n.isupper(), self.names[n], n), default=self.described)
        shouted = self.type == "person" and full.isupper() and " " in full  # as transcripts print them
        return Entity(
            full.title().replace("’S", "’s").replace("'S", "'s") if shouted else full,
            self.type,
            self.named,
            self.definite,
            self.number,
            self.gender,
            tuple(t for t, _ in self.titles.most_common(6)),
            tuple(sorted(n for n in self.names if n != full)),
            self.members,
            self.owner,
        )


def name_key(name: str) -> tuple[str, ...]:
    """Words of a person's name without initials, suffixes, articles ("al-") and marks, in lower case."""
    name = name.replace("’", "'")
    words = [w.strip(".,'’\"“”").lower() for w in re.split(r"[\s]+", re.sub(r"[“\"‘(].*?[”\"’)]", " ", name))]
    kept = [w for w in words if w and w not in SUFFIXES]
    inner = [w for k, w in enumerate(kept) if k in (0, len(kept) - 1) or len(w.rstrip(".")) > 1]
    return tuple(map(without_article, inner))
