"""Documents: whose reports, letters, polls and advertisements speak."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from sayso.mentions.chain import Chain
from sayso.mentions.context import Context
from sayso.mentions.phrases import POSSESSIVES, Draft, modifiers
from sayso.mentions.work import Work, entity_of

# Sentences within which who spoke last is behind a document that nothing else is said of.
_NEAR = 3
# Mentions of a document at which its maker is looked for.
_MENTIONS = 8
# Mentions around the first one of a survey among which its institute is looked for.
_AROUND = 30
_POLLSTERS = frozenset(("outlet", "school", "institute", "group"))
_OUTLETS = frozenset(("outlet", "news_agency"))
PUBLISHERS = {
    **dict.fromkeys(("poll", "survey", "exit poll", "tracking poll", "study"), _POLLSTERS),
    **dict.fromkeys(("editorial", "op-ed", "article", "story", "headline"), _OUTLETS),
}
_SURVEYS = frozenset(("poll", "survey", "exit poll", "tracking poll", "polling", "study", "census", "data"))
_MADE = frozenset(
    (
        "released published issued sent wrote written conducted commissioned posted filed tweeted produced signed distributed unveiled "
        "launched aired ran releasing publishing issuing sending writing posting filing producing distributing launching airing running "
        "circulated circulating compiled prepared authored penned drafted submitted sponsored"
    ).split()
)
_SPENT = frozenset("spend spends spent spending pay pays paid paying".split())
_AUXILIARIES = frozenset("has have had was were is are been being".split())
# What others than those make who speak of it.
LAWS = frozenset("bill law legislation act provision measure amendment rule regulation treaty agreement deal constitution policy suit".split())
# What stands on such a thing comes from those who own it.
_SITES = frozenset(("website", "web site", "site", "blog"))


def settle_makers(work: Work) -> dict[int, int]:
    """Documents speak for those whom a mention names as their makers. Gives, of the others, whom they may come from.

    That is the only institute or outlet near by, or who says something in the sentence that brings one in; of the rest, one that is definite
    and says something itself comes from who spoke last, unless it is a survey.
    """
    guessed: dict[int, int] = {}
    page, context = work.page, work.context
    cues: dict[int, int] = {}  # by sentence, the statement in no other whose cue stands there
    verbs: dict[int, int] = {}  # by token of a cue, its statement
    for at, s in context.tops:
        cues.setdefault(page.sentence[min(at, len(page.sentence) - 1)], s)
        verbs[at] = s
    sources = set(context.source_of)
    for chain in work.made:
        if chain.type == "other" and _is_owners(work, chain):
            chain.type = "document"
    for n, chain in enumerate(work.made):
        if chain.type != "document" or not chain.mentions:
            continue
        mentions = sorted(chain.mentions)
        if chain.owner is None:
            chain.owner = _sayer(work, mentions[0], n, verbs)
        if chain.owner is None:
            chain.owner = next((m for k in mentions[:_MENTIONS] if (m := _maker(work, k, n)) is not None), None)
        if chain.owner is not None:
            chain.owner = _together(work, mentions, _for_whom(work, chain.owner))
    pollsters = _pollsters(work)
    for chain in sorted((c for c in work.made if c.type == "document" and c.mentions and c.owner is None), key=lambda c: min(c.mentions)):
        chain.owner = _surveyed(work, chain, min(chain.mentions), pollsters)
        if chain.owner is None:
            chain.owner = _same_document(work, chain)
    table = _makers_by_kin(work)
    for n, chain in enumerate(work.made):
        if chain.type != "document" or not chain.mentions or chain.owner is not None:
            continue
        mentions = sorted(chain.mentions)
        k = mentions[0]
        chain.owner = _only_maker(work, k, table)
        if chain.owner is not None:
            continue
        chain.owner = _reporter(work, chain, k)
        if chain.owner is not None:
            continue
        publisher = _publisher(work, chain, mentions) if chain.number == "singular" else None
        if publisher is not None:
            guessed[n] = publisher
            continue
        survey = bool(chain.nouns & _SURVEYS)
        at = work.drafts[k].head
        said = cues.get(page.sentence[at])
        definite = work.drafts[k].definite
        spoken_of = said is not None and (context.within[at] == said or (definite and _within(context, at, context.speakers.get(said))))
        told = said is not None and not spoken_of and context.speakers.get(said, n) != n
        if told and said is not None and not chain.nouns & LAWS and not (survey and k in sources):
            guessed[n] = context.speakers[said]
            continue
        asked = next((m for m in mentions if m in sources), None)
        if asked is not None and work.drafts[k].definite and not survey and chain.number == "singular":
            at = work.drafts[asked].run[0]
            end = bisect_left(context.tops, (at, -1))
            for token, s in reversed(context.tops[max(0, end - 3) : end]):
                if _within(context, at, context.speakers.get(s, n)):
                    break
                if context.speakers.get(s, n) != n and page.sentence[at] - page.sentence[token] <= _NEAR:
                    guessed[n] = context.speakers[s]
                    break
    return guessed


def _within(context: Context, at: int, who: int | None) -> bool:
    """Whether token *at* stands in what *who* says: the text that one speaks of is another's."""
    s = context.within[at]
    while s >= 0 and context.speakers.get(s) != who:
        s = context.parent[s]
    return s >= 0


def _sayer(work: Work, k: int, n: int, verbs: dict[int, int]) -> int | None:
    """Who says something in document *n*, which mention *k* brings in behind the verb: "X said | in a statement"."""
    page, context = work.page, work.context
    d = work.drafts[k]
    at = d.run[0] - 1
    if at < 1 or page.lower[at] not in ("in", "via", "through") or d.definite or work.made[n].number != "singular":
        return None
    s = next((verbs[i] for i in range(at, max(0, at - _VERB), -1) if i in verbs and page.sentence[i] == page.sentence[at]), None)
    return None if s is None or context.within[at] == s or context.speakers.get(s, n) == n else context.speakers[s]


# Tokens from a verb on within which the document comes.
_VERB = 3


def _is_owners(work: Work, chain: Chain) -> bool:
    """Whether what no lexicon knows is somebody's who speaks by it: "her economic plan", "the group's page", "his words"."""
    if chain.owner is None or chain.named or not chain.mentions:
        return False
    owner, d, page = work.made[chain.owner], work.drafts[chain.mentions[0]], work.page
    if not owner.named or owner.type not in ("person", "organisation") or owner.number != "singular" or d.noun is None:
        return False
    owned = page.lower[d.run[0]] in POSSESSIVES or any(page.possessive(i) for i in range(d.run[0] + 1, d.head))
    return owned and page.lower[d.head] in _SPEAKING


# What somebody speaks by, or sets out; "her election" says nothing.
_SPEAKING = frozenset(
    (
        "words comments remarks tweets emails e-mails communications writings posts post message messages response reply answer argument "
        "plan plans proposal proposals agenda platform pitch page profile account feed channel "
        "blog show program programme column arm wing address keynote lecture sermon eulogy rhetoric plea"
    ).split()
)


def _pollsters(work: Work) -> list[tuple[int, int]]:
    """Where the surveys stand of which the text tells who made them, and who did: (token, maker), in order."""
    made = work.made
    found = [(k, c.owner) for c in made if c.owner is not None and c.mentions and c.nouns & _SURVEYS for k in c.mentions]
    return sorted((work.drafts[k].run[0], owner) for k, owner in found)


def _surveyed(work: Work, chain: Chain, k: int, pollsters: Sequence[tuple[int, int]]) -> int | None:
    """Whose a survey is, or what one found, that first stands at mention *k*: who is named before, at the top of a report who is named after."""
    d, page = work.drafts[k], work.page
    at = d.run[0]
    if not pollsters or {page.lower[i] for i in range(at, d.head)} & _OTHER:
        return None
    if not chain.nouns & (_FOUND if chain.number == "plural" else _POLLS):
        return None
    before = [owner for token, owner in pollsters if token < at]
    if before and (page.lower[at] == "the" or page.lower[at] in _DAYS):
        return before[-1]
    if before or (page.sentence[at] > _TOP and len({owner for _, owner in pollsters}) > 1):
        return None
    return pollsters[0][1]


def _same_document(work: Work, chain: Chain) -> int | None:
    """Whose the last document called so before is, where nothing tells it apart: "a Holt Institute report … This study … | the report | finds"."""
    page, k = work.page, min(chain.mentions)
    d = work.drafts[k]
    kin = next((kin for kin in _KIN if d.noun is not None and d.noun.base in kin), frozenset[str]())
    if chain.named or chain.number != "singular" or not kin or page.lower[d.run[0]] not in _TAKING_UP:
        return None
    earlier = [c for c in work.made if c is not chain and c.type == "document" and c.nouns & kin and c.mentions and min(c.mentions) < k]
    if not earlier:
        return None
    last = max(earlier, key=lambda c: max(m for m in c.mentions if m < k))
    telling = {page.lower[i] for i in modifiers(page, d)}
    told = {page.lower[i] for m in last.mentions if work.drafts[m].noun is not None for i in range(*work.drafts[m].run)}
    maker = last.owner if telling <= told else None
    return maker if maker is not None and (work.made[maker].named or work.made[maker].members) else None


def _makers_by_kin(work: Work) -> dict[frozenset[str], dict[int, int]]:
    """By nouns that call one document, who is told to have made such ones, and where the first of theirs stands."""
    out: dict[frozenset[str], dict[int, int]] = {kin: {} for kin in _KIN}
    for chain in work.made:
        if chain.type == "document" and chain.mentions and chain.owner is not None:
            for kin in _KIN:
                if chain.nouns & kin:
                    out[kin].setdefault(chain.owner, work.drafts[min(chain.mentions)].run[0])
    return out


def _only_maker(work: Work, k: int, table: dict[frozenset[str], dict[int, int]]) -> int | None:
    """Who made the document at mention *k*, if later only one maker of such documents is told: "a report … Holt's report"."""
    page, d = work.page, work.drafts[k]
    makers = next((table[kin] for kin in _KIN if d.noun is not None and d.noun.base in kin), {})
    if len(makers) != 1 or d.number == "plural" or page.lower[d.run[0]] in POSSESSIVES or {page.lower[i] for i in range(d.run[0], d.head)} & _OTHER:
        return None
    (maker, first), = makers.items()
    named = work.made[maker].named and work.made[maker].type not in ("state", "place")
    if work.made[maker].type == "person" and page.sentence[d.head] > _TOP:
        return None
    return maker if named and first > d.run[0] and page.quote[d.run[0]] < 0 else None


_TAKING_UP = frozenset("the this that".split())
# Nouns by which one document is called in turn.
_KIN = (
    frozenset("report study analysis paper review assessment findings audit".split()) | {"white paper"},
    frozenset("ad advertisement commercial spot video".split()),
    frozenset("editorial op-ed column article piece essay".split()),
    frozenset("lawsuit suit complaint petition".split()),
    frozenset("letter petition missive".split()),
    frozenset("memo memorandum document".split()),
)


# Sentences that are the top of a report.
_TOP = 4
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday".split())
_POLLS = frozenset(("study", "poll", "survey", "exit poll", "tracking poll", "polling"))
_FOUND = frozenset(("findings", "finding", "result", "poll result"))
_OTHER = frozenset("other another some earlier previous separate different recent every each any no last internal".split())


def _maker(work: Work, k: int, n: int) -> int | None:
    """Who is said to have made document *n* beside its mention *k*.

    "An FBI summary", "a report by the ministry", "a statement on the ministry's website", "the ministry released a report".
    """
    page, drafts, made = work.page, work.drafts, work.made
    d = drafts[k]
    if d.how != "noun":
        return None
    around = [x for x in drafts[max(0, k - 8) : k + 8] if x is not d and d.run[0] <= x.run[0] and x.run[1] <= d.head]
    inside = next((x for x in around if _names_maker(work, x, n)), None)
    if inside is not None:
        return inside.entity
    at = d.head + 1
    near = [x for x in drafts[k + 1 : k + 9] if x.entity is not None and x.entity != n]
    if at < len(page.words) and page.line[at] == page.line[at - 1]:
        if page.lower[at] in _AUXILIARIES:  # "has been filed by"
            made_at = next((i for i in range(at + 1, min(len(page.words), at + 4)) if page.lower[i] not in _AUXILIARIES), at)
            at = made_at if page.lower[made_at] in _MADE else at
        if page.words[at] == "," and page.lower[at + 1 : at + 2] and page.lower[at + 1] in _MADE:  # "the survey, conducted in May by"
            at += 1
        if page.lower[at] in _MADE:  # "released on Monday by"
            at = next((i for i in range(at + 1, min(len(page.words), at + _BY)) if page.lower[i] in ("by", "from")), at)
        if page.lower[at] in ("by", "from"):
            return next((x.entity for x in near if at < x.run[0] <= at + 3 and not x.possessor and _names_maker(work, x, n)), None)
        if page.lower[at] == "on":
            site = next((x for x in near if at < x.run[0] <= at + 2 and x.noun is not None and x.noun.base in _SITES), None)
            if site is not None:
                return next((x.entity for x in near if x.possessor and x.head < site.head), None)
    first = work.first[page.sentence[d.head]]
    if page.lower[d.run[0] - 1] == "with" and not d.definite and 0 <= first < k and not drafts[first].possessor:
        return drafts[first].entity if _names_maker(work, drafts[first], n) else None  # "X hit back with an ad"
    verbs = page.lower[max(page.begins[page.sentence[d.head]], d.run[0] - _BY) : d.run[0]]
    if page.lower[d.run[0] - 1] in ("on", "for") and not _SPENT.isdisjoint(verbs):
        payer = work.subject[page.sentence[d.head]]  # "X spent £2 million on an ad"
        return drafts[payer].entity if 0 <= payer < k and not drafts[payer].possessor and _names_maker(work, drafts[payer], n) else None
    for i in range(d.run[0] - 1, max(0, d.run[0] - 4), -1):  # "X released a report"
        if page.sentence[i] != page.sentence[d.head] or page.words[i] in ",;:":
            return None
        if page.lower[i] in _MADE:
            named = [x for x in drafts[max(0, k - 6) : k] if x.run[1] <= i and page.sentence[x.run[0]] == page.sentence[i] and x.entity is not None]
            maker = max((x for x in named if not x.possessor and not x.adjective), key=lambda x: (x.head, -x.run[0]), default=None)
            if (subject := _far_subject(work, i)) is not None:
                return subject
            if maker is None or i - maker.run[1] > 3 or made[entity_of(maker)].type in ("document", "place", "other"):
                return None
            return maker.entity
    return None


# Tokens from the verb on within which it is told by whom.
_BY = 8


def _far_subject(work: Work, verb: int) -> int | None:
    """Who does what the verb at token *verb* tells, named before an apposition: "X and Y, the parents of two, have filed"."""
    page, drafts = work.page, work.drafts
    sentence = page.sentence[verb]
    k = work.subject[sentence]
    if k < 0 or drafts[k].how != "name" or drafts[k].possessor:
        return None
    begin = page.begins[sentence]
    joined = (x for x in drafts[k : k + 4] if x.whole and x.run[0] == drafts[k].run[0])
    subject = max(joined, key=lambda x: x.run[1], default=drafts[k])
    end = verb
    while end > begin and page.lower[end - 1] in _AUXILIARIES:
        end -= 1
    inner = page.words[subject.run[1] + 1 : end - 1]
    apart = end - 1 > subject.run[1] and page.words[subject.run[1]] == "," and page.words[end - 1] == "," and not any(w in ";:—" for w in inner)
    return subject.entity if apart and len(inner) <= _APPOSITION else None


# Tokens of an apposition that a subject and its verb may stand on both sides of.
_APPOSITION = 25


def _together(work: Work, mentions: Sequence[int], maker: int) -> int:
    """The maker of a document, or the group of those that a stroke joins to it where it is named: "an Orvan Post/Vel News poll"."""
    page, made = work.page, work.made
    for k in mentions[:_MENTIONS]:
        d = work.drafts[k]
        inside = [x for x in work.drafts[max(0, k - 8) : k + 8] if x.how == "name" and not x.whole and x.entity is not None and x.run[1] <= d.head]
        i = next((i for i, x in enumerate(inside) if x.entity == maker and d.run[0] <= x.run[0]), None)
        if i is None:
            continue
        low, high = i, i
        while low and inside[low - 1].run[1] == inside[low].run[0] - 1 and page.words[inside[low].run[0] - 1] in _STROKES:
            low -= 1
        while high + 1 < len(inside) and inside[high].run[1] == inside[high + 1].run[0] - 1 and page.words[inside[high].run[1]] in _STROKES:
            high += 1
        at = inside[low].run[0]
        members = list(dict.fromkeys(entity_of(x) for x in inside[low : high + 1]))
        if len(members) > 1:
            group = Chain("people", True, True, "plural", described=page.written((at, d.head)), members=tuple(members))
            group.names[group.described] += 1
            made.append(group)
            return len(made) - 1
    return maker


_STAFF = frozenset("editor researcher official analyst economist auditor investigator scientist staff".split())


def _for_whom(work: Work, maker: int) -> int:
    """The body of those who make a document for it without names: "the editors of the Orvan Post"."""
    chain = work.made[maker]
    unnamed = bool(chain.nouns & _STAFF) and chain.number == "plural" and not chain.named and not chain.members
    return chain.owner if unnamed and chain.owner is not None and work.made[chain.owner].type == "organisation" else maker


_STROKES = ("/", "-", "–")


def _publisher(work: Work, chain: Chain, mentions: Sequence[int]) -> int | None:
    """The institute behind a survey, the outlet behind an editorial: the only such body named in the sentences around its first mention."""
    sorts = next((sorts for noun, sorts in PUBLISHERS.items() if noun in chain.nouns), None)
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


def _reporter(work: Work, chain: Chain, k: int) -> int | None:
    """The only outlet that says something in the text, of a report without a maker at its top: "Mayor resigns after | report |"."""
    page, d = work.page, work.drafts[k]
    if d.noun is None or d.noun.base != "report" or page.sentence[d.head] > 1 or d.number == "plural":
        return None
    if not {page.lower[i] for i in modifiers(page, d)} <= _OF_NEWS:
        return None
    outlets = {n for s, n in work.context.speakers.items() if work.context.parent[s] < 0 and work.made[n].named and work.made[n].sorts & _OUTLETS}
    return outlets.pop() if len(outlets) == 1 else None


_OF_NEWS = frozenset("news new newspaper media press explosive bombshell".split())


def _names_maker(work: Work, x: Draft, n: int) -> bool:
    """Whether a mention beside document *n* can name who made it."""
    return x.entity is not None and x.entity != n and not x.adjective and work.made[x.entity].type not in ("document", "place", "author")
