"""Identities: whom those mean who say something and are called by no name where they do ("the documentarian", "a new poll").

All that a text names is weighed, before and after, by what the whole of it tells of each. A mean of small networks with one
hidden layer over the candidates and "somebody not named", one for each class of mentions; weights from training/identities.py.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sayso.mentions.antecedents import OFFICES, ONCE, RELATED, UNNAMED, kin_of_nobody, other_portfolio
from sayso.mentions.cataphora import take_over
from sayso.mentions.chain import Chain
from sayso.mentions.documents import LAWS, PUBLISHERS
from sayso.mentions.lexicon import sorts_of_noun
from sayso.mentions.phrases import Draft, modifiers
from sayso.mentions.states import named_peoples, peoples_in, titled_elsewhere
from sayso.mentions.titles import party_in
from sayso.mentions.work import Work

Floats = NDArray[np.float64]
#: Gives the chance of each candidate, and last of nobody named, for a mention (its draft, class, candidates and their features).
Decide = Callable[[int, str, list[int], Floats], Floats]

FEATURES: Final = (
    "none",
    # the mention, alike in all rows
    "headline",
    "top",
    "the",
    "a",
    "bare",
    "possessive",
    "modified",
    "repeated",
    "unnamed_noun",
    "office_noun",
    "survey",
    "law",
    "outlet_noun",
    "record",
    "other",
    "inner",
    "candidates",
    "taken",
    # where the candidate is named
    "before_same",
    "before_one",
    "before_few",
    "before_far",
    "after_same",
    "after_one",
    "after_few",
    "after_far",
    "last_before",
    "first_after",
    "second_after",
    "first_of_all",
    "next_source",
    "former_source",
    "in_headline",
    "in_own",
    "in_phrase",
    "beside",
    # what it is in the text
    "share",
    "most_named",
    "spoken",
    "spoken_share",
    "content_overlap",
    "sentence_overlap",
    "is_person",
    "is_body",
    "is_state",
    "is_people",
    "owned",
    # whether the words fit
    "noun_match",
    "known_for",
    "known_for_there",
    "known_unseen",
    "modifier_match",
    "modifiers_all",
    "modifiers_none",
    "sort_fits",
    "sort_clashes",
    "sort_fits_alone",
    "other_office",
    "gender_fits",
    "titled",
    "noun_beside",
    "publishes",
    "legislates",
    "owner",
    "owner_related",
    "guessed",
    "likely",
    "took",
)
_AT: Final = {name: k for k, name in enumerate(FEATURES)}
#: Candidates that are weighed: those named most often, so that cost stays linear.
_MOST: Final = 40
#: From here on somebody is taken to be meant; and from here on, in place of whom the pass through the text took up.
SURE: Final = {"person": 0.5, "body": 0.5, "document": 0.4}
#: What was taken up with less than this is weighed again.
DOUBTFUL: Final = 0.7
_SURVEYS = frozenset("poll survey polling study census research".split()) | {"exit poll", "tracking poll"}
_LAWS = LAWS | {"lawsuit"}
# What no state makes alone.
_TREATIES = frozenset("treaty agreement deal constitution".split())
_OUTLETS = frozenset("editorial op-ed article story headline report column interview".split())
# What others leak, find or keep.
_RECORDS = frozenset("email emails document documents record records transcript transcripts filing filings photo photograph memo data".split())
# Long words that tell nothing of what is spoken of.
_SMALL = frozenset("that this with from have been will would said says about their they were".split())


# Between a document and what it is about, which stands within so many tokens.
_ABOUT, _AFTER = frozenset("on of about into against".split()), 5
_OF_WHOM = frozenset("of for to with".split())
# Mentions beside which the noun is looked for, and tokens to either side.
_NEAR, _WIDE = 8, 6
# Mentions of what has no name that are looked at.
_MENTIONS = 8
# Tokens behind a description within which the name can follow that it stands beside.
_BESIDE = 12


# Before a noun that means several, one by one.
_SEVERAL = frozenset("neither each every either both any no".split())
# Bodies that are no organisation which the text names, but that of a state.
_UNTOLD = frozenset("government suit lawsuit complaint petition indictment".split())
# Words by which it is told, within so many tokens, that somebody is not to be named.
_SECRETS, _SECRET = frozenset("anonymity anonymously unauthorized unauthorised pseudonym".split()), 30


def _anybody(work: Work, d: Draft) -> bool:
    """Whether it is said of anybody that he may or may not: "unusual for | a judge | to speak"."""
    lower = work.page.lower
    a, b = d.run
    return lower[a] in ("a", "an") and a > 0 and lower[a - 1] == "for" and lower[b : b + 1] == ["to"]


@dataclass
class Candidate:
    """Somebody named in the text, with what the features need of them."""

    entity: int
    at: list[int]  # tokens of the mentions, in order
    words: set[str] = field(default_factory=set)  # of the sentences that name them first
    said: set[str] = field(default_factory=set)  # of what they say
    called: set[str] = field(default_factory=set)  # words of their names and titles
    spoken: int = 0


def settle_identities(work: Work, guessed: dict[int, int], decide: Decide | None = None) -> None:
    """Give a name to those sources that have none, where one can be told; *guessed* are the makers of documents that rules suggest."""
    asked = _asked(work)
    made = work.made
    documents = {work.drafts[k].entity for k, kind in asked if kind == "document"}
    for n, maker in guessed.items():
        if n not in documents:
            made[n].owner = maker
    if not asked:
        return
    known = _Known(work)
    for k, kind in asked:
        d = work.drafts[k]
        assert d.entity is not None
        found, rows = known.weigh(k, kind, guessed.get(d.entity))
        if not found:
            continue
        p = probabilities(kind, rows) if decide is None else decide(k, kind, found, rows)
        best = int(p[:-1].argmax())
        new = found[best]
        if p[best] < SURE[kind] or new == d.entity:
            continue
        ranked = sorted(zip(found, p[:-1].tolist(), strict=True), key=lambda x: (-x[1], x[0]))
        likely = tuple((n, round(q, 3)) for n, q in ranked[:4] if q >= 0.05)
        if kind == "document":
            made[d.entity].owner = new
            made[d.entity].type = "document"
            continue
        work.likely[k] = likely
        if made[d.entity].named:
            made[d.entity].mentions.remove(k)
            made[new].mentions = sorted({*made[new].mentions, k})
            d.entity = new
            s = work.context.source_of[k]
            if work.heads[s] == [k]:
                work.context.speakers[s] = new
        else:
            take_over(work, d.entity, new)


_CLASSES: Final[dict[str, str]] = {"person": "person", "organisation": "body", "document": "document", "other": "document"}


def _asked(work: Work) -> list[tuple[int, str]]:
    """The mentions to settle, with their class: of each entity without a name the first that says something, and those taken up in doubt."""
    out: list[tuple[int, str]] = []
    seen: set[int] = set()
    for k in sorted(work.context.source_of):
        d = work.drafts[k]
        if d.noun is None or d.entity is None or (d.number == "plural" and d.type != "document" and d.type != "other"):
            continue
        chain = work.made[d.entity]
        if chain.members or d.entity in seen:
            continue
        if chain.named:
            if d.how != "noun" or d.type not in ("person", "organisation") or chain.mentions[:1] == [k]:
                continue
            if dict(work.likely.get(k, ())).get(d.entity, 1.0) >= DOUBTFUL:
                continue
        else:
            seen.add(d.entity)
        kind = _CLASSES.get(d.type if chain.named else chain.type)
        if kind == "person" and (work.page.lower[d.run[0]] in _SEVERAL or _in_secret(work, d) or _anybody(work, d)):
            continue
        quoted = d.definite and work.context.quoted[work.context.source_of[k]] and work.page.quote[d.run[0]] < 0
        if chain.type == "other" and len(d.noun.base) > 1 and not quoted:
            continue  # "the strike shows that": what no lexicon knows is mostly nobody's word, but for who is quoted, and the "A" of an interview
        if d.noun.base in _UNTOLD:
            continue
        if kind is None or (chain.type == "organisation" and chain.owner is not None) or (kind == "document" and chain.owner is not None):
            continue
        out.append((k, kind))
    return out


def _in_secret(work: Work, d: Draft) -> bool:
    """Whether it is told right behind the mention that its bearer is not to be named: "who spoke on condition of anonymity"."""
    page = work.page
    here = page.sentence[d.run[0]]
    words = [page.lower[i] for i in range(d.run[1], min(len(page.words), d.run[1] + _SECRET)) if page.sentence[i] == here]
    return not _SECRETS.isdisjoint(words) or any(a == "be" and b in ("named", "identified", "quoted") for a, b in pairwise(words))


class _Known:
    """All that the text names, and what it tells of each."""

    def __init__(self, work: Work) -> None:
        self.work = work
        page, made, context = work.page, work.made, work.context
        self.words: dict[int, set[str]] = {}  # by sentence
        self.contents = [self._content(s) for s in range(len(context.opens))]
        counts = [(len(chain.mentions), n) for n, chain in enumerate(made) if chain.mentions and self._can(chain)]
        most = sorted(counts, key=lambda x: (-x[0], x[1]))[:_MOST]
        self.total = sum(c for c, _ in most) or 1
        self.most = most[0][1] if most else -1
        by_speaker: dict[int, list[int]] = defaultdict(list)
        for s, n in context.speakers.items():
            by_speaker[n].append(s)
        self.spoken = sum(map(len, by_speaker.values())) or 1
        self.candidates: dict[int, Candidate] = {}
        for n in sorted(n for _, n in most):
            chain = made[n]
            c = Candidate(n, sorted(work.drafts[k].run[0] for k in chain.mentions))
            for at in c.at[:6]:
                c.words |= self._sentence(page.sentence[at])
            for s in by_speaker[n]:
                c.said |= self.contents[s]
            c.spoken = len(by_speaker[n])
            c.called = set(" ".join([*chain.titles, *chain.names, chain.described]).lower().replace("-", " ").split())
            self.candidates[n] = c
        self.sources = sorted((work.drafts[k].run[0], work.drafts[k].entity) for k in context.source_of if work.drafts[k].entity is not None)

    def _can(self, chain: Chain) -> bool:
        if chain.type == "document" or chain.type == "author":
            return False
        if chain.named:
            return True
        return chain.type == "organisation" and chain.owner is not None and self.work.made[chain.owner].named

    def _sentence(self, s: int) -> set[str]:
        if s not in self.words:
            page = self.work.page
            end = page.begins[s + 1] if s + 1 < len(page.begins) else len(page.words)
            self.words[s] = {w for w in page.lower[page.begins[s] : end] if len(w) > 3 and w not in _SMALL}
        return self.words[s]

    def _content(self, s: int) -> set[str]:
        return self.work.said[s] - _SMALL

    def weigh(self, k: int, kind: str, guess: int | None) -> tuple[list[int], Floats]:
        """Those whom mention *k* may mean, and their features (candidates + 1, features); the last row is nobody that the text names."""
        work, page, made, context = self.work, self.work.page, self.work.made, self.work.context
        d = work.drafts[k]
        assert d.noun is not None and d.entity is not None
        chain = made[d.entity]
        at, end = d.run
        here = page.sentence[at]
        statement = context.source_of[k]
        sources = [x for x in chain.mentions if x in context.source_of] if not chain.named else [k]
        content = set[str]().union(*(self.contents[context.source_of[x]] for x in sources[:4]))
        around = self._sentence(here)
        telling = {page.lower[i] for i in modifiers(page, d)}
        base = d.noun.base
        kin = kin_of_nobody(page, d, work.drafts[max(0, k - 2) : k + 6], made)
        party = party_in(page, d.run) if kind == "person" else None
        sorts = sorts_of_noun(base, d.type == "person")
        likely = dict(work.likely.get(k, ()))
        owner = chain.owner if not chain.named else None
        if owner is None:
            within = [x for x in work.drafts[k : k + 6] if x.possessor and at <= x.run[0] and x.run[1] <= d.head]
            owner = next((x.entity for x in within if x.entity is not None), None)
        peoples = peoples_in(page, d, [x for x in work.drafts[k + 1 : k + 6] if x.how == "name" and x.run[0] < d.run[1]])
        named_there = named_peoples(made) if peoples and kind == "person" else set[str]()
        surnames = {name.split()[-1] for name in made[owner].names} if owner is not None and made[owner].type == "person" else set[str]()
        inside = {x.entity for x in work.drafts[max(0, k - 3) : k + 8] if at <= x.run[0] and x.run[1] <= end and x is not d}
        if kind == "person" and page.lower[end : end + 1] and page.lower[end] in _OF_WHOM:  # "a lawyer for Mr. Holt" is not Mr. Holt
            inside |= {x.entity for x in work.drafts[k : k + 5] if end < x.run[0] <= end + 3}
        family = _SURVEYS if base in _SURVEYS else frozenset((base.split()[-1],))
        publishers = PUBLISHERS.get(base, frozenset[str]())
        if kind == "document" and page.lower[end : end + 1] and page.lower[end] in _ABOUT:
            inside |= {x.entity for x in work.drafts[k : k + 8] if end < x.run[0] <= end + _AFTER}
        selves = set[int]().union(*(self._selves(x) for x in (chain.mentions[:_MENTIONS] if not chain.named else [k])))
        around_it = {context.speakers.get(s) for s in self._enclosing(statement)} if owner is None else set[int | None]()
        later = [n for n, c in self.candidates.items() if kind == "body" and base in made[n].nouns and n != d.entity and c.at[0] > at]
        lead = page.lower[at]
        common = dict.fromkeys(FEATURES, 0.0)
        common["headline"] = float(here == 0)
        common["top"] = float(0 < here <= 3)
        common["the"] = float(lead in ("the", "this", "that"))
        common["a"] = float(lead in ("a", "an", "one", "another"))
        first = work.drafts[chain.mentions[0]] if not chain.named else d
        brought_in = first.noun is not None and page.lower[first.run[0]] in ("a", "an", "one", "another")
        common["possessive"] = float(owner is not None)
        common["bare"] = float(not (common["the"] or common["a"] or owner is not None))
        common["modified"] = float(bool(telling))
        common["repeated"] = math.log1p(len(chain.mentions) - 1) if not chain.named else 0.0
        common["unnamed_noun"] = float(base in UNNAMED)
        common["office_noun"] = float(base in OFFICES)
        common["survey"] = float(base in _SURVEYS)
        common["law"] = float(base in _LAWS)
        common["outlet_noun"] = float(base in _OUTLETS)
        common["record"] = float(base in _RECORDS)
        common["other"] = float(d.type == "other")
        common["inner"] = float(context.parent[statement] >= 0)
        common["taken"] = float(chain.named)
        found: list[int] = []
        rows: list[list[float]] = []
        places: list[tuple[int, int]] = []  # the last token before and the first after
        fitting: list[int] = []
        for n, c in self.candidates.items():
            who = made[n]
            if not _may_be(kind, d, who) or (n == d.entity and not chain.named):
                continue
            if n in inside or (kind != "document" and n == owner):
                continue  # what a report is about has not made it; "his aide" is not he
            if party is not None and who.party is not None and party != who.party:
                continue
            if kin and base not in who.nouns:
                continue
            if kind == "person" and n in selves:
                continue  # in their own words people are "I"
            if kind == "document" and common["the"] and n in around_it:
                continue  # the text that one speaks of is another's
            if kind == "person" and base in OFFICES and base not in who.nouns | who.known.nouns and (who.nouns | who.known.nouns) & OFFICES:
                continue  # the senator is no president
            titles = [title.lower() for title in who.titles] if kind == "person" and common["a"] and ONCE & telling else []
            if any(base in title and ONCE.isdisjoint(title.split()) for title in titles):
                continue  # "a former minister" is not the minister
            if kind == "document" and who.type in ("state", "place") and (not common["law"] or base in _TREATIES):
                continue
            if named_there and titled_elsewhere(who, peoples, named_there):
                continue
            if kind == "body" and base in who.nouns and ((telling and not telling & c.called) or (n in later and len(later) > 1)):
                continue  # another committee, or any of several that are named later
            if kind == "body" and other_portfolio(base, telling, who):
                continue
            if kind == "person" and who.gender is not None and d.gender is not None and who.gender != d.gender:
                continue
            f = dict(common)
            i = bisect_left(c.at, at)
            before = next((x for x in reversed(c.at[:i]) if x < at), -1)
            after = next((x for x in c.at[i:] if x >= end), -1)
            places.append((before, after))
            if before >= 0:
                apart = here - page.sentence[before]
                f["before_same" if apart == 0 else "before_one" if apart == 1 else "before_few" if apart <= 3 else "before_far"] = 1.0
            if after >= 0:
                apart = page.sentence[after] - here
                f["after_same" if apart == 0 else "after_one" if apart == 1 else "after_few" if apart <= 3 else "after_far"] = 1.0
                f["beside"] = float(after - end <= _BESIDE and apart == 0 and "," in page.words[end:after])
            f["in_headline"] = float(page.sentence[c.at[0]] == 0)
            f["in_own"] = float(n in context.named_in.get(statement, ()))
            f["in_phrase"] = float(n in inside)
            f["share"] = len(made[n].mentions) / self.total
            f["most_named"] = float(n == self.most)
            f["spoken"] = math.log1p(c.spoken)
            f["spoken_share"] = c.spoken / self.spoken
            f["content_overlap"] = len(content & c.said) / (len(content) + 3) if not chain.named else 0.0
            f["sentence_overlap"] = len(around & c.words) / (len(around) + 3)
            f["is_person"] = float(who.type == "person")
            f["is_body"] = float(who.type in ("organisation", "other"))
            f["is_state"] = float(who.type in ("state", "place"))
            f["is_people"] = float(who.type == "people")
            f["owned"] = float(who.owner is not None)
            match = base in who.nouns or base.split()[-1] in who.nouns
            f["noun_match"] = float(match)
            f["known_for"] = float(base in who.known.nouns)
            f["known_for_there"] = float(base in who.known.nouns and bool(telling & who.known.where))
            f["known_unseen"] = float(bool(who.known.nouns) and not match and base not in who.known.nouns)
            if telling:
                told = len(telling & (c.called | who.known.where)) / len(telling)
                f["modifier_match"] = told
                f["modifiers_all"] = float(told == 1)
                f["modifiers_none"] = float(told == 0)
            if sorts and who.sorts:
                fits = bool(sorts & who.sorts)
                f["sort_fits"] = float(fits)
                f["sort_clashes"] = float(not fits)
                if fits:
                    fitting.append(len(rows))
            f["other_office"] = float(not match and base in OFFICES and bool(who.nouns & OFFICES))
            f["gender_fits"] = float(d.gender is not None and who.gender == d.gender)
            f["titled"] = float(bool(who.titles))
            f["noun_beside"] = float(any(x != at and self._beside(x, family) for x in c.at[:_NEAR]))
            f["publishes"] = float(bool(publishers & who.sorts))
            f["legislates"] = float(common["law"] > 0 and (who.type in ("state", "place") or "parliament" in who.sorts))
            f["owner"] = float(n == owner)
            f["owner_related"] = float(bool(surnames) and any(name.split()[-1] in surnames for name in who.names))
            known_so = f["noun_match"] or f["noun_beside"] or f["known_for"] or f["beside"]
            if kind != "document" and (common["a"] or brought_in):  # "a farmer … the woman" is nobody who is called no farmer
                another = not (known_so or (f["sort_fits"] and common["a"]))
            else:  # "Holt's pollster" is not whoever else the text is about
                another = kind == "person" and owner is not None and base not in RELATED and not (known_so or f["owner_related"])
            if kind == "person" and page.quote[at] >= 0 and not (known_so or f["sort_fits"]):
                another = True  # in somebody's own words "the nurse" is whom the writer calls so, or nobody named
            if another:
                places.pop()
                fitting = [k for k in fitting if k < len(rows)]
                continue
            f["guessed"] = float(n == guess)
            f["likely"] = likely.get(n, 0.0)
            f["took"] = float(n == d.entity)
            found.append(n)
            rows.append(list(f.values()))
        if not found:
            return [], np.zeros((1, len(FEATURES)))
        if len(fitting) == 1:
            rows[fitting[0]][_AT["sort_fits_alone"]] = 1.0
        _rank(found, rows, places, [self.candidates[n].at[0] for n in found])
        self._neighbours(at, end, found, rows)
        none = dict(common)
        none["none"] = 1.0
        rows.append(list(none.values()))
        out = np.asarray(rows)
        out[:, _AT["candidates"]] = math.log1p(len(found))
        return found, out

    def _beside(self, at: int, family: frozenset[str]) -> bool:
        """Whether a word of *family* stands near the name at token *at*, in its sentence."""
        page = self.work.page
        s = page.sentence[at]
        return any(page.lower[i] in family and page.sentence[i] == s for i in range(max(0, at - _WIDE), min(len(page.words), at + _WIDE + 2)))

    def _enclosing(self, statement: int) -> list[int]:
        """The statements in whose contents one stands."""
        out, parent = [], self.work.context.parent
        while parent[statement] >= 0:
            statement = parent[statement]
            out.append(statement)
        return out

    def _selves(self, k: int) -> set[int]:
        """Who speaks the quotations around mention *k*."""
        context, page = self.work.context, self.work.page
        out: set[int] = set()
        at = self.work.drafts[k].run[0]
        own = context.parent[context.source_of[k]] if k in context.source_of else -1
        around = own if own >= 0 else context.within[at]
        while around >= 0:
            if around in context.speakers and (context.quoted[around] or context.block[around] or page.quote[at] >= 0):
                out.add(context.speakers[around])
            if context.block[around]:  # a transcript: those who take turns are called by name, or "you"
                out |= {n for s, n in context.speakers.items() if context.block[s]}
            around = context.parent[around]
        return out

    def _neighbours(self, at: int, end: int, found: list[int], rows: list[list[float]]) -> None:
        """Marks who is the source before this one, and the next."""
        i = bisect_left(self.sources, (at, -1))
        former = next((n for _, n in reversed(self.sources[max(0, i - 3) : i]) if n in found), None)
        after = next((n for x, n in self.sources[i : i + 4] if x >= end and n in found), None)
        for k, n in enumerate(found):
            rows[k][_AT["former_source"]] = float(n == former)
            rows[k][_AT["next_source"]] = float(n == after)


def _rank(found: Sequence[int], rows: list[list[float]], places: Sequence[tuple[int, int]], first: Sequence[int]) -> None:
    """Marks who was named last before the mention, who first after it, who first of all."""
    before = max(range(len(found)), key=lambda i: places[i][0])
    if places[before][0] >= 0:
        rows[before][_AT["last_before"]] = 1.0
    after = sorted((i for i in range(len(found)) if places[i][1] >= 0), key=lambda i: places[i][1])
    new = [i for i in after if places[i][0] < 0]
    if after:
        rows[after[0]][_AT["first_after"]] = 1.0
    if new:
        rows[new[0]][_AT["second_after"]] = 1.0
    rows[min(range(len(found)), key=lambda i: first[i])][_AT["first_of_all"]] = 1.0


def _may_be(kind: str, d: Draft, chain: Chain) -> bool:
    if kind == "person":
        return chain.type == "person" and chain.number == "singular"
    if kind == "body":
        return chain.type in ("organisation", "other") and chain.number == "singular"
    return chain.type in ("person", "organisation", "people", "state", "other")


@dataclass(frozen=True)
class _Net:
    hidden: Floats  # (networks, features, units)
    hidden_bias: Floats
    out: Floats  # (networks, units)
    straight: Floats  # (networks, features): past the hidden layer


@cache
def _nets() -> dict[str, _Net]:
    loaded = json.loads((files("sayso.mentions") / "identities.json").read_text(encoding="utf-8"))
    if tuple(loaded["features"]) != FEATURES:
        raise ValueError("identities.json was fitted on other features: run training/identities.py again")
    parts = ("hidden", "hidden_bias", "out", "straight")
    return {kind: _Net(*(np.asarray(net[part], np.float64) for part in parts)) for kind, net in loaded["nets"].items()}


def probabilities(kind: str, rows: Floats) -> Floats:
    """Of each candidate, and last of nobody named: the mean over the networks."""
    net = _nets()[kind]
    hidden = np.maximum(0, np.einsum("rf,nfu->nru", rows, net.hidden) + net.hidden_bias[:, None])
    z = np.einsum("nru,nu->nr", hidden, net.out) + net.straight @ rows.T
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray((e / e.sum(axis=1, keepdims=True)).mean(axis=0))
