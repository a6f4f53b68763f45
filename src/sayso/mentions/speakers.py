"""Speakers: the one pass over a text's mentions that settles pronouns, and from them who makes each statement."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.attribution.network import Encoding
from sayso.mentions.antecedents import Context, Floats, class_of, probabilities, weigh
from sayso.mentions.chains import Chain, chains, coordinations, entities, modifiers
from sayso.mentions.lexicon import GENERIC, THAT, sorts_of_noun
from sayso.mentions.mention import Entity, How, Mention, Speaker, Type
from sayso.mentions.names import names
from sayso.mentions.page import Page, Run, lay_out
from sayso.mentions.phrases import Draft, phrases, pronouns
from sayso.mentions.sources import conjuncts, described, head, pieces
from sayso.statements import Statement

# An antecedent less likely than this is not taken: absent beats wrong.
SURE = 0.30
SURE_NOUN = 0.40
SURE_PERSON = 0.25
# Who says something is asked for, and is somebody: of a source it takes less, and more to be none of those spoken of.
SURE_SOURCE = 0.20
DOUBT = 0.5
# Entities that a pronoun may mean: those mentioned last, and no more, so that cost stays linear.
_LIVE = 40
# Sentences within which who spoke last is behind a document that nothing else is said of.
_NEAR = 3
# Mentions of a document at which its maker is looked for.
_MENTIONS = 8
_AROUND = 30
_POLLSTERS = frozenset(("outlet", "school", "institute", "group"))
_OUTLETS = frozenset(("outlet", "news_agency"))
_PUBLISHERS = {
    **dict.fromkeys(("poll", "survey", "exit poll", "tracking poll", "study"), _POLLSTERS),
    **dict.fromkeys(("editorial", "op-ed", "article", "story", "headline"), _OUTLETS),
}
_SURVEYS = frozenset(("poll", "survey", "exit poll", "tracking poll", "polling", "study", "census", "data"))
_MADE = frozenset("released published issued sent wrote written conducted commissioned posted filed tweeted produced signed distributed unveiled launched aired ran".split())
# Bodies that go by the name of a person.
_AFTER_PERSONS = frozenset("campaign administration team camp office foundation organization".split())
# By the type of a plural noun, those that it can mean.
_KINDS: dict[Type, tuple[Type, ...]] = {"person": ("person",), "people": ("person",), "state": ("state", "place"), "organisation": ("organisation", "state")}
_SEVERAL = frozenset("the these those both two".split())
_COUNTS = {"two": 2, "pair": 2, "duo": 2, "both": 2, "brothers": 2, "sisters": 2, "couple": 2, "three": 3, "trio": 3, "four": 4}
# Sentences within which a plural without a number takes up those who were named together.
_TOGETHER = 3
# Mentions over which those whom a plural means are looked for.
_BACK = 80
_SAME_BODY = {"camp": "campaign"}
# Lines from the top and from the bottom of a text in which its author is named.
_EDGE = 3
# What stands on such a thing comes from those who own it.
_SITES = frozenset(("website", "web site", "site", "blog"))


@dataclass(frozen=True)
class Found:
    """All that the stage finds in one text: mentions in order, the entities they mean, and one speaker (or None) a statement."""

    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    speakers: tuple[Speaker | None, ...]


@dataclass
class Work:
    """The state of the pass: drafts in order, their chains, and the heads of the statements' sources."""

    page: Page
    drafts: list[Draft]
    made: list[Chain]
    heads: list[list[int]]  # by statement, drafts that its source names (several: a coordination)
    context: Context
    first: list[int]  # by sentence, its first draft that is no possessor (-1: none)
    likely: dict[int, tuple[tuple[int, float], ...]]  # by pronoun, entities with probabilities, best first


def find(text: str, encoding: Encoding, statements: Sequence[Statement], transitions: dict[str, Any]) -> Found:
    """Mentions, entities and speakers of *text*, from what the encoder saw and the *statements*. Cost is linear in the length.

    *transitions* are the network's transition scores between the tags of names.
    """
    page = lay_out(text, encoding.text.tokens, encoding.text.stretches)
    work = prepare(page, names(page, encoding.names, transitions), statements)
    settle(work)
    return gather(work, statements)


def prepare(page: Page, named: list[Draft], statements: Sequence[Statement]) -> Work:
    """Drafts and chains of names and noun phrases, with the heads of all sources; pronouns still unsettled."""
    drafts = sorted([*named, *coordinations(page, named), *phrases(page, named), *pronouns(page)], key=_place)
    runs = [[part for run in pieces(page, s.source) for part in conjuncts(page, run, _between(drafts, run))] for s in statements]
    starts = [d.run[0] for d in drafts]
    added = []
    for parts in runs:
        for run in parts:
            if run[1] - run[0] == 1 and run[0] and page.lower[run[0]] == "that" and page.words[run[0] - 1].isalnum():
                added.append(Draft(run, run[0], "pronoun", "other", None, None, pronoun=THAT))  # "an ad that says"
            elif head(page, run, drafts, starts) is None:
                more = described(page, run)
                if more is not None:
                    added.append(more)
    if added:
        seen = set[Run]()
        drafts = sorted([*drafts, *(d for d in added if not (d.run in seen or seen.add(d.run)))], key=_place)  # type: ignore[func-returns-value]
        starts = [d.run[0] for d in drafts]
    by_start = {d.run[0]: k for k, d in enumerate(drafts) if d.how == "noun" or d.pronoun is THAT}
    heads = []
    for parts in runs:
        found = [head(page, run, drafts, starts) for run in parts]
        found = [by_start.get(run[0]) if k is None else k for k, run in zip(found, parts, strict=True)]
        heads.append([k for k in found if k is not None])
    made = chains(page, drafts)
    first = [-1] * len(page.begins)
    for k, d in enumerate(drafts):
        s = page.sentence[d.run[0]]
        if first[s] < 0 and not d.possessor and not d.adjective:
            first[s] = k
    return Work(page, drafts, made, heads, _context(page, statements, heads), first, {})


def _place(d: Draft) -> tuple[int, int, int]:
    return d.run[0], d.run[1], d.head


def _between(drafts: Sequence[Draft], run: Run) -> list[Draft]:
    lo = max(0, bisect_right(drafts, run[0], key=lambda d: d.run[0]) - 3)
    out = []
    for d in drafts[lo:]:
        if d.run[0] >= run[1]:
            break
        out.append(d)
    return out


def _context(page: Page, statements: Sequence[Statement], heads: Sequence[Sequence[int]]) -> Context:
    within = [-1] * len(page.words)
    order = sorted(range(len(statements)), key=lambda k: -sum(e - s for s, e in statements[k].content))
    for k in order:  # the smallest last: it holds
        for span in statements[k].content:
            a, b = page.run(span)
            within[a:b] = [k] * (b - a)
    for k, s in enumerate(statements):  # cue and source of an inner statement are its parent's
        for span in (*s.source, *s.cue):
            a, b = page.run(span)
            for i in range(a, b):
                if within[i] == k:
                    within[i] = -1 if s.parent is None else s.parent
    tops = sorted((page.run((s.cue or s.content)[0])[0], k) for k, s in enumerate(statements) if s.parent is None)
    return Context(
        within,
        {k: n for n, found in enumerate(heads) for k in found},
        [-1 if s.parent is None else s.parent for s in statements],
        [bool(s.quoted) and s.form in ("direct", "mixed") for s in statements],
        tops,
    )


def settle(work: Work, decide: Callable[[int, str, list[int], Floats], Floats] | None = None) -> None:
    """Settle every pronoun of the third person, in the order of the text; then those of the first.

    *decide* gives the probabilities for a pronoun (its draft, class, entities and their features); training looks in there.
    """
    page, drafts, made, context = work.page, work.drafts, work.made, work.context
    last: dict[int, int] = {}
    counts: dict[int, int] = {}
    live: list[int] = []
    waiting = _by_position(work)
    owned = _owned_by_name(drafts, made)
    for k, d in enumerate(drafts):
        if d.pronoun is not None and d.pronoun.relative:
            d.entity = _relative(work, k)
            if d.entity is not None:
                made[d.entity].mentions.append(k)
        if d.noun is not None and d.entity is not None and made[d.entity].mentions[:1] == [k]:
            _settle_owner(work, k, owned)
        if d.noun is not None and d.definite and d.entity is not None:
            _settle_several(work, k, live, last)
        kind = class_of(d) if d.entity is None or not made[d.entity].members else None
        if kind is not None and (d.entity is None or (d.how == "noun" and not made[d.entity].named and made[d.entity].mentions[:1] == [k])):
            found, rows = weigh(page, k, drafts, made, live[-_LIVE:], last, counts, context, work.first)
            source = k in context.source_of
            p = probabilities(kind, source, rows) if decide is None else decide(k, kind, found, rows)
            ranked = sorted(zip(found, p[:-1].tolist(), strict=True), key=lambda x: (-x[1], x[0]))
            work.likely[k] = tuple((n, round(q, 3)) for n, q in ranked[:4] if q >= 0.05)
            sure = SURE_NOUN if d.pronoun is None else SURE_SOURCE if source else SURE
            if source and kind == "the person":
                sure = SURE_PERSON
            if ranked and ranked[0][1] >= sure and ranked[0][1] > p[-1] * (DOUBT if source else 1.0):
                if d.noun is not None and d.entity is not None:
                    made[ranked[0][0]].nouns.add(d.noun.base)
                    made[ranked[0][0]].sorts |= sorts_of_noun(d.noun.base, d.noun.type == "person")
                    made[d.entity].mentions.remove(k)
                d.entity = ranked[0][0]
                chain = made[d.entity]
                chain.mentions.append(k)
                if d.pronoun is not None and d.pronoun.gender is not None and chain.gender is None and ranked[0][1] >= 0.8:
                    chain.gender = d.pronoun.gender
        if d.noun is not None and d.noun.base == "campaign" and k in context.source_of and d.entity is not None and not made[d.entity].named:
            _settle_campaign(work, k, live, last, counts, owned)
        if kind == "they" and d.entity is None and k in context.source_of:
            d.entity = _settle_they(work, k, live, last)
            if d.entity is not None:
                made[d.entity].mentions.append(k)
        if d.entity is not None:
            if d.entity in last:
                live.remove(d.entity)
            live.append(d.entity)
            if len(live) > 4 * _LIVE:
                for gone in live[: 2 * _LIVE]:
                    last.pop(gone)
                del live[: 2 * _LIVE]
            last[d.entity] = k
            counts[d.entity] = counts.get(d.entity, 0) + 1
        for s in waiting.get(k, ()):
            named = [drafts[i].entity for i in work.heads[s]]
            if len(named) == 1 and named[0] is not None:
                context.speakers[s] = named[0]
                context.spoken[named[0]] += 1
    _persons(work)
    _makers(work)


def _settle_several(work: Work, k: int, live: Sequence[int], last: dict[int, int]) -> None:
    """Whom a definite plural means: "the two senators", "both", "the brothers": those named together, or so many spoken of last."""
    d, made, page = work.drafts[k], work.made, work.page
    assert d.entity is not None and d.noun is not None
    if made[d.entity].mentions[:1] != [k] or d.number != "plural" or made[d.entity].members:
        return
    words = set(page.lower[d.run[0] : d.run[1]])
    if not words & _SEVERAL:
        return
    count = next((n for word, n in _COUNTS.items() if word in words), None)
    if count is None and (d.noun.type not in _KINDS or modifiers(page, d)):
        return
    kinds = _KINDS.get(d.noun.type, ("person",))
    sorts = sorts_of_noun(d.noun.base, d.noun.type == "person")
    here = page.sentence[d.run[0]]

    def fits(n: int) -> bool:
        chain = made[n]
        known = chain.sorts if chain.type != "person" or chain.titles else frozenset[str]()
        return chain.type in kinds and chain.number == "singular" and chain.named and not (sorts and known and not sorts & known)

    for n in reversed(live):
        members = made[n].members
        near = here - page.sentence[work.drafts[last[n]].run[0]] <= _TOGETHER
        if members and (near or count is not None) and (count is None or len(members) == count) and all(made[m].type in kinds for m in members):
            made[d.entity].members = members
            return
    seen: dict[int, None] = {}
    at = here
    for x in reversed(work.drafts[max(0, k - _BACK) : k]):  # those of one sentence, the nearest first
        if page.sentence[x.run[0]] != at:
            if _are_meant(seen, count, made, sorts, here - at):
                break
            seen, at = {}, page.sentence[x.run[0]]
        if x.entity is not None and x.how == "name" and not x.whole and not x.adjective and fits(x.entity):
            seen[x.entity] = None
    if not _are_meant(seen, count, made, sorts, here - at):
        seen = dict.fromkeys([n for n in reversed(live) if fits(n)][:count]) if count is not None else {}
    if len(seen) > 1 and len(seen) == (count or len(seen)):
        made[d.entity].members = tuple(sorted(seen))


def _are_meant(seen: Mapping[int, None], count: int | None, made: Sequence[Chain], sorts: frozenset[str], apart: int) -> bool:
    """Whether a definite plural can mean those *seen* in a sentence: so many as it says, or near by and all known to be of its sort."""
    if count is not None:
        return len(seen) == count
    return len(seen) > 1 and apart <= _TOGETHER and all(sorts & made[n].sorts for n in seen)


def _settle_campaign(work: Work, k: int, live: Sequence[int], last: dict[int, int], counts: dict[int, int], owned: dict[tuple[int, str], int]) -> None:
    """ "The campaign" that nobody's is said to be: of the candidate of whom the sentences before say most."""
    d, made, page = work.drafts[k], work.made, work.page
    assert d.entity is not None
    if not d.definite or made[d.entity].owner is not None or made[d.entity].mentions[:1] != [k] or modifiers(page, d):
        return
    here = page.sentence[d.run[0]]
    near = [n for n in live if "politician" in made[n].sorts and made[n].named and here - page.sentence[work.drafts[last[n]].run[0]] <= _NEAR]
    if not near:
        return
    owner = max(near, key=lambda n: (counts[n], last[n]))
    made[d.entity].owner = owner
    same = owned.setdefault((owner, "campaign"), d.entity)
    if same != d.entity:
        made[d.entity].mentions.remove(k)
        d.entity = same
        made[same].mentions.append(k)
    elif (name := max(made[owner].names, key=len, default="")) != "":
        made[d.entity].described = f"{name}'s campaign"


def _settle_they(work: Work, k: int, live: Sequence[int], last: dict[int, int]) -> int | None:
    """Those whom a "they" that says something means where it is nobody by itself: the persons of the sentence before, if they are few."""
    page, made = work.page, work.made
    here = page.sentence[work.drafts[k].run[0]]
    own = work.context.source_of[k]
    persons = [
        n
        for n in live
        if made[n].type == "person"
        and made[n].named
        and 0 <= here - page.sentence[work.drafts[last[n]].run[0]] <= 1
        and work.context.within[work.drafts[last[n]].run[0]] != own
    ]
    if not 2 <= len(persons) <= 4:
        return None
    members = tuple(sorted(persons))
    known = next((n for n in reversed(live) if made[n].members == members), None)
    if known is not None:
        return known
    described = ", ".join(max(made[n].names, key=len) for n in members)
    made.append(Chain("people", False, True, "plural", described=described, members=members))
    return len(made) - 1


def _makers(work: Work) -> None:
    """Documents speak for those whom a mention names as their makers, else for who says something in the sentence that brings one in.

    Of the rest, one that is definite and says something itself comes from who spoke last, unless it is a survey.
    """
    page, context = work.page, work.context
    cues: dict[int, int] = {}  # by sentence, the statement in no other whose cue stands there
    for at, s in context.tops:
        cues.setdefault(page.sentence[min(at, len(page.sentence) - 1)], s)
    sources = set(context.source_of)
    for n, chain in enumerate(work.made):
        if chain.type != "document" or not chain.mentions:
            continue
        mentions = sorted(chain.mentions)
        if chain.owner is None:
            chain.owner = next((m for k in mentions[:_MENTIONS] if (m := _maker(work, k, n)) is not None), None)
        if chain.owner is not None:
            continue
        k = mentions[0]
        if chain.number == "singular":
            chain.owner = _publisher(work, chain, mentions)
        if chain.owner is not None:
            continue
        survey = bool(chain.nouns & _SURVEYS)
        at = work.drafts[k].head
        said = cues.get(page.sentence[at])
        if said is not None and context.within[at] != said and context.speakers.get(said, n) != n and not (survey and k in sources):
            chain.owner = context.speakers[said]
            continue
        asked = next((m for m in mentions if m in sources), None)
        if asked is not None and work.drafts[k].definite and not survey and chain.number == "singular":
            at = work.drafts[asked].run[0]
            end = bisect_left(context.tops, (at, -1))
            for token, s in reversed(context.tops[max(0, end - 3) : end]):
                if context.speakers.get(s, n) != n and page.sentence[at] - page.sentence[token] <= _NEAR:
                    chain.owner = context.speakers[s]
                    break


def _maker(work: Work, k: int, n: int) -> int | None:
    """Who is said to have made document *n* beside its mention *k*.

    "An FBI summary", "a report by the ministry", "a statement on the ministry's website", "the ministry released a report".
    """
    page, drafts, made = work.page, work.drafts, work.made
    d = drafts[k]
    if d.how != "noun":
        return None
    inside = next((x for x in drafts[max(0, k - 8) : k + 8] if x is not d and _names_maker(work, x, n) and d.run[0] <= x.run[0] and x.run[1] <= d.head), None)
    if inside is not None:
        return inside.entity
    at = d.head + 1
    near = [x for x in drafts[k + 1 : k + 9] if x.entity is not None and x.entity != n]
    if at < len(page.words) and page.line[at] == page.line[at - 1]:
        if page.lower[at] in _MADE:  # "released on Monday by"
            at = next((i for i in range(at + 1, min(len(page.words), at + 5)) if page.lower[i] in ("by", "from")), at)
        if page.lower[at] in ("by", "from"):
            return next((x.entity for x in near if at < x.run[0] <= at + 3 and not x.possessor and _names_maker(work, x, n)), None)
        if page.lower[at] == "on":
            site = next((x for x in near if at < x.run[0] <= at + 2 and x.noun is not None and x.noun.base in _SITES), None)
            if site is not None:
                return next((x.entity for x in near if x.possessor and x.head < site.head), None)
    first = work.first[page.sentence[d.head]]
    if page.lower[d.run[0] - 1] == "with" and not d.definite and 0 <= first < k and _names_maker(work, drafts[first], n) and not drafts[first].possessor:
        return drafts[first].entity  # "X hit back with an ad"
    for i in range(d.run[0] - 1, max(0, d.run[0] - 4), -1):  # "X released a report"
        if page.sentence[i] != page.sentence[d.head] or page.words[i] in ",;:":
            return None
        if page.lower[i] in _MADE:
            named = [x for x in drafts[max(0, k - 6) : k] if x.run[1] <= i and page.sentence[x.run[0]] == page.sentence[i] and x.entity is not None]
            maker = max((x for x in named if not x.possessor and not x.adjective), key=lambda x: (x.head, -x.run[0]), default=None)
            if maker is None or i - maker.run[1] > 3 or made[_of(maker)].type in ("document", "place", "other"):
                return None
            return maker.entity
    return None


def _publisher(work: Work, chain: Chain, mentions: Sequence[int]) -> int | None:
    """The institute behind a survey, the outlet behind an editorial: the only such body named in the sentences around its first mention."""
    sorts = next((sorts for noun, sorts in _PUBLISHERS.items() if noun in chain.nouns), None)
    if sorts is None:
        return None
    page, drafts, made = work.page, work.drafts, work.made
    k = mentions[0]
    here = page.sentence[drafts[k].run[0]]
    found: dict[int, int] = {}  # by body, how many sentences away
    for x in drafts[max(0, k - _AROUND) : k + _AROUND]:
        apart = abs(page.sentence[x.run[0]] - here)
        if x.how == "name" and x.entity is not None and apart <= 1 and made[x.entity].sorts & sorts:
            found[x.entity] = min(apart, found.get(x.entity, 1))
    near = [n for n, apart in found.items() if not apart] or list(found)
    return near[0] if len(near) == 1 else None


def _names_maker(work: Work, x: Draft, n: int) -> bool:
    """Whether a mention beside document *n* can name who made it."""
    return x.entity is not None and x.entity != n and not x.adjective and work.made[x.entity].type not in ("document", "place", "author")


def _owned_by_name(drafts: Sequence[Draft], made: list[Chain]) -> dict[tuple[int, str], int]:
    """Bodies that are named after a person of the text ("the X campaign"), by that person and the kind of body; who has a campaign is a candidate."""
    called: dict[str, int] = {}
    for n, chain in enumerate(made):
        if chain.type == "person" and chain.named:
            for name in chain.names:
                called.setdefault(name, n)
                called.setdefault(name.split()[-1], n)
    out: dict[tuple[int, str], int] = {}
    for n, chain in enumerate(made):
        if chain.type != "organisation" or not chain.named:
            continue
        for name in list(chain.names):
            whose, _, word = name.removeprefix("the ").rpartition(" ")
            owner, kind = called.get(whose), _SAME_BODY.get(word, word)
            if owner is None or kind not in _AFTER_PERSONS:
                continue
            chain.owner = owner
            same = out.setdefault((owner, kind), n)
            if same != n:  # "the X camp" is the X campaign
                first, second = (n, same) if word == kind else (same, n)
                _merge(drafts, made, first, second)
                out[owner, kind] = first
            if kind == "campaign":
                made[owner].nouns.add("candidate")
                made[owner].sorts |= sorts_of_noun("candidate", True)
    return out


def _merge(drafts: Sequence[Draft], made: list[Chain], first: int, second: int) -> None:
    """Make the mentions of the second entity the first one's."""
    for k in made[second].mentions:
        drafts[k].entity = first
    made[first].mentions = sorted({*made[first].mentions, *made[second].mentions})
    made[first].names.update(made[second].names)
    made[second].mentions = []


def _settle_owner(work: Work, k: int, owned: dict[tuple[int, str], int]) -> None:
    """To whom a noun phrase belongs ("Trump's lawyer", "her campaign", "an FBI summary"); bodies of one owner and noun are one."""
    d, drafts = work.drafts[k], work.drafts
    assert d.noun is not None and d.entity is not None
    owner = None
    for other in drafts[max(0, k - 8) : k + 8]:
        if (
            other is d
            or other.entity is None
            or not (d.run[0] <= other.run[0] and other.run[1] <= d.run[1])
            or other.adjective
            or other.entity == d.entity
        ):
            continue
        if other.possessor or other.how == "name":
            owner = other.entity
            break
    if owner is None:
        return
    chain = work.made[d.entity]
    chain.owner = owner
    if d.noun.type != "organisation" or work.made[owner].type not in ("person", "organisation"):
        return
    key = owner, _SAME_BODY.get(d.noun.base, d.noun.base)
    if d.noun.base in ("team", "operation", "brain trust") and (owner, "campaign") in owned:
        key = owner, "campaign"
    if d.noun.base == "campaign" and work.made[owner].type == "person":
        work.made[owner].nouns.add("candidate")
        work.made[owner].sorts |= sorts_of_noun("candidate", True)
    if key in owned and owned[key] != d.entity:
        chain.mentions.remove(k)
        d.entity = owned[key]
        work.made[d.entity].mentions.append(k)
    else:
        owned[key] = d.entity
        name = max(work.made[owner].names, key=len, default="")
        if name and not chain.named:
            chain.described = f"{name}'s {d.noun.base}"


def _by_position(work: Work) -> dict[int, list[int]]:
    """Statements by the draft after which their speaker can be known."""
    out: dict[int, list[int]] = {}
    for s, found in enumerate(work.heads):
        if found:
            out.setdefault(max(found), []).append(s)
    return out


def _relative(work: Work, k: int) -> int | None:
    """The entity that a relative pronoun takes up: who is named right before it, not what stands between ("X of Y, the head of Z, who")."""
    page, drafts, made = work.page, work.drafts, work.made
    at = drafts[k].run[0]
    person = page.lower[at] in ("who", "whom", "whose")
    stop = at
    while stop and page.lower[stop - 1] in (",", "—", "–", "(", "of", "for", "to", "with", "and", "but"):
        stop -= 1
    apart = stop < at and page.words[stop] in ",—–("
    before = [j for j in range(k - 1, max(-1, k - 16), -1) if page.sentence[drafts[j].run[0]] == page.sentence[at]]
    if page.lower[at - 1] in ("and", "but"):  # "who did this, and who said that"
        same = next((drafts[j].entity for j in before if drafts[j].pronoun is not None and page.lower[drafts[j].run[0]] == page.lower[at]), None)
        if same is not None:
            return same
    nouns = [j for j in before if drafts[j].entity is not None and not drafts[j].adjective and not drafts[j].possessor and drafts[j].pronoun is None]
    beside = next((j for j in nouns if stop in (drafts[j].run[1], drafts[j].head + 1)), None)
    if beside is None and not apart and person and stop == at and at and page.words[at - 1].isalpha() and (page.words[at - 1].islower() or page.lower[at - 1] in GENERIC):
        return _unnamed(work, (at - 1, at + 1))  # "those who", or a noun that no lexicon knows
    if not person:
        fitting = [j for j in nouns if page.lower[at] != "which" or made[_of(drafts[j])].type != "person"]
        if beside in fitting:
            return _with_others(work, beside) or drafts[beside].entity  # type: ignore[arg-type, index]
        return next((drafts[j].entity for j in fitting if at - drafts[j].run[1] <= 12), None)
    people = [j for j in nouns if made[_of(drafts[j])].type in ("person", "people") and not (drafts[j].type == "people" and drafts[j].number == "singular")]
    if beside is not None and beside in people:
        d = drafts[beside]
        if not apart and d.entity is not None and (d.how == "name" or made[d.entity].named):
            if made[d.entity].type == "people":  # of those only some
                return _unnamed(work, (d.run[0], at + 1), d.entity)
            whose = next((j for j in people if j < beside and drafts[j].how == "noun" and drafts[j].head < d.run[0] and d.run[0] - drafts[j].head <= 4), None)
            if whose is not None and drafts[whose].run[1] >= d.run[0] - 1:  # "critics of X who say"
                return drafts[whose].entity
        return _with_others(work, beside) or _described_by(work, beside)
    if beside is not None and not apart and made[_of(drafts[beside])].type in ("organisation", "other", "people"):
        return drafts[beside].entity
    near = next((j for j in people if at - drafts[j].head <= 18), None)
    if near is not None and (apart or beside is None):
        return _described_by(work, near)
    if beside is not None and made[_of(drafts[beside])].type in ("organisation", "other", "people"):
        return drafts[beside].entity
    return None if near is None else drafts[near].entity


def _of(d: Draft) -> int:
    assert d.entity is not None
    return d.entity


def _unnamed(work: Work, run: Run, owner: int | None = None) -> int:
    """A new entity: those of whom only the words of *run* tell."""
    work.made.append(Chain("people", False, False, "plural", described=work.page.written(run), owner=owner))
    return len(work.made) - 1


def _described_by(work: Work, j: int) -> int:
    """Whom draft *j* means, or describes if it stands apart behind a name ("X of Y, the head of Z"; "X, a lawyer and activist")."""
    page, d = work.page, work.drafts[j]
    begin = d.run[0]
    if d.how != "noun" or d.number != "singular" or work.made[_of(d)].named or begin < 2:
        return _of(d)
    before = [x for x in reversed(work.drafts[max(0, j - 5) : j]) if x.entity is not None and page.sentence[x.run[0]] == page.sentence[begin]]
    if page.lower[begin - 1] == "and":
        earlier = next((x for x in before if x.how == "noun" and x.run[1] == begin - 1), None)
        return _of(earlier) if earlier is not None and work.made[_of(earlier)].named else _of(d)
    if page.words[begin - 1] == ",":
        named = next((x for x in before if x.how == "name" and x.type == "person" and not x.possessor and not x.whole), None)
        if named is not None and begin - named.run[1] <= 6 and page.lower[named.run[1]] in ("of", "from", "("):
            return _of(named)
    return _of(d)


def _with_others(work: Work, j: int) -> int | None:
    """The group "X and other officials" that ends with draft *j*, made if that is how it stands there."""
    page, d = work.page, work.drafts[j]
    begin = d.run[0]
    if page.lower[begin] != "other" or begin < 2 or page.lower[begin - 1] != "and":
        return None
    before = next((x for x in reversed(work.drafts[max(0, j - 8) : j]) if x.how == "name" and x.run[1] == begin - 1 and x.entity is not None), None)
    if before is None or before.entity is None or d.entity is None:
        return None
    group = Chain("people", True, True, "plural", described=page.written((before.run[0], d.run[1])), members=(before.entity, d.entity))
    group.names[group.described] += 1
    work.made.append(group)
    return len(work.made) - 1


def _persons(work: Work) -> None:
    """First person: who speaks the innermost quotation around it, else the author. Second person stays open."""
    context, drafts = work.context, work.drafts
    author: int | None = None
    signed = _signed(work)
    for k, d in enumerate(drafts):
        if d.pronoun is None or d.pronoun.person != 1:
            continue
        statement = context.within[d.run[0]]
        quoted = work.page.quote[d.run[0]] >= 0
        while statement >= 0 and not context.quoted[statement] and quoted and context.parent[statement] >= 0:
            statement = context.parent[statement]
        while statement >= 0 and statement not in context.speakers and context.parent[statement] >= 0:
            statement = context.parent[statement]
        if statement >= 0:
            d.entity = context.speakers.get(statement)
        elif not quoted:
            if d.pronoun.number == "singular" and signed is not None:  # "we" may be anybody
                d.entity = signed
            else:
                if author is None:
                    author = len(work.made)
                    work.made.append(Chain("author", False, True, "singular", described="the author"))
                d.entity = author
        if d.entity is not None:
            work.made[d.entity].mentions.append(k)
            if k in context.source_of and work.heads[context.source_of[k]] == [k]:
                context.speakers[context.source_of[k]] = d.entity


def _signed(work: Work) -> int | None:
    """Who signs a text: "By X" in its first lines, or "X is a professor of …" as one of its last."""
    page, made = work.page, work.made
    last = page.line[-1] if page.line else 0
    for d in work.drafts:
        at, end = d.run
        if d.how != "name" or d.type != "person" or d.whole or d.entity is None or not made[d.entity].named or end >= len(page.words):
            continue
        begins = at == 0 or page.line[at - 1] != page.line[at]
        if page.line[at] < _EDGE and at and page.lower[at - 1] == "by" and (at == 1 or page.line[at - 2] != page.line[at]):
            return d.entity
        if begins and page.line[at] > max(_EDGE, last - _EDGE) and page.lower[end] == "is" and page.lower[end + 1 : end + 2] in (["a"], ["an"], ["the"]):
            return d.entity
    return None


def gather(work: Work, statements: Sequence[Statement]) -> Found:
    """What the stage found, as the nouns of the reading."""
    page, drafts = work.page, work.drafts
    mentions = [Mention(page.span(d.run), d.how, d.entity) for d in drafts if d.entity is not None]
    speakers = [_speaker(work, s) for s in range(len(statements))]
    return Found(tuple(sorted(mentions, key=lambda m: m.span)), entities(work.made), tuple(speakers))


def _speaker(work: Work, s: int) -> Speaker | None:
    found = work.heads[s]
    if not found:
        return None
    known: list[int] = []
    how: How = "name"
    sure = 1.0
    candidates: tuple[tuple[int, float], ...] = ()
    for k in found:
        d = work.drafts[k]
        how = d.how
        likely = work.likely.get(k, ())
        if d.entity is not None and d.entity not in known:
            known.append(d.entity)
            sure *= dict(likely).get(d.entity, 0.97 if d.how == "name" else 0.9)
        elif d.entity is None:
            candidates = likely
            sure *= 0.5
    return Speaker(tuple(known), how, round(sure, 3), candidates or (work.likely.get(found[0], ()) if len(found) == 1 else ()))
