"""Speakers: the one pass over a text's mentions that settles pronouns, and from them who makes each statement."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sayso.attribution.lemmas import lemma
from sayso.attribution.network import Encoding
from sayso.mentions.addressees import goes_on, same_it, told_of
from sayso.mentions.antecedents import class_of, probabilities, sole_holder, weigh
from sayso.mentions.cataphora import asked_of, bodies_named_after_all, fronted, named_after_all
from sayso.mentions.chain import Chain
from sayso.mentions.chains import chains, entities
from sayso.mentions.context import Context
from sayso.mentions.coordinations import coordinations
from sayso.mentions.documents import settle_makers
from sayso.mentions.identities import Decide, settle_identities
from sayso.mentions.interviews import interviewee
from sayso.mentions.lexicon import HONORIFICS, SHORT, THAT, Noun, sorts_of_noun
from sayso.mentions.mention import Entity, How, Mention, Speaker
from sayso.mentions.names import names
from sayso.mentions.owners import name_owned, owned_by_name, represented, settle_campaign, settle_owner
from sayso.mentions.page import Page, Run, lay_out
from sayso.mentions.phrases import PREPOSITIONS, Draft, phrases, pronouns
from sayso.mentions.plurals import settle_several, those_of_before
from sayso.mentions.relatives import predicate_of, taken_up
from sayso.mentions.sources import conjuncts, described, head, labels, pieces, untagged
from sayso.mentions.work import Work, entity_of
from sayso.statements import Statement

# An antecedent less likely than this is not taken: absent beats wrong.
SURE = 0.40
SURE_NOUN = 0.40
SURE_PERSON = 0.25
# Who says something is asked for, and is somebody: of a source it takes less, and more to be none of those spoken of.
SURE_SOURCE = 0.20
DOUBT = 0.5
# From here on a noun tells of whom it takes up what later ones rest on.
TEACHES = 0.5
# From here on a pronoun tells of whom the others of its sentence are.
SETTLED = 0.75
# Entities that a pronoun may mean: those mentioned last, and no more, so that cost stays linear.
_LIVE = 40
# Lines from the top and from the bottom of a text in which its author is named.
_EDGE = 3
_ARTICLES = frozenset(("a", "an", "the"))
# Tokens of a line that tells where somebody lives, and of what stands between an author's name and "is".
_PLACE, _ASIDE = 7, 16
_DOES = frozenset("is was writes teaches chairs leads heads directs covers hosts edits represents serves reports".split())
_PARTED = (",", ";", "—", "–", "(")


@dataclass(frozen=True)
class Found:
    """All that the stage finds in one text: mentions in order, the entities they mean, and one speaker (or None) a statement."""

    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    speakers: tuple[Speaker | None, ...]


def find(text: str, encoding: Encoding, statements: Sequence[Statement], transitions: dict[str, Any]) -> Found:
    """Mentions, entities and speakers of *text*, from what the encoder saw and the *statements*. Cost is linear in the length.

    *transitions* are the network's transition scores between the tags of names.
    """
    page = lay_out(text, encoding.text.tokens, encoding.text.stretches)
    named = names(page, encoding.names, transitions)
    named = sorted([*named, *labels(page, statements, named)], key=_place)
    more = untagged(page, statements, named)
    over = {i for d in more for i in range(*d.run)}
    named = sorted([*(d for d in named if d.run[0] not in over), *more], key=_place)
    work = prepare(page, named, statements)
    settle(work)
    return gather(work, statements)


def prepare(page: Page, named: list[Draft], statements: Sequence[Statement]) -> Work:
    """Drafts and chains of names and noun phrases, with the heads of all sources; pronouns still unsettled."""
    drafts = sorted([*named, *coordinations(page, named), *phrases(page, named), *pronouns(page)], key=_place)
    runs = [[part for run in pieces(page, s.source) for part in conjuncts(page, run, _between(drafts, run))] for s in statements]
    for parts, statement in zip(runs, statements, strict=True):
        cue = page.run(statement.cue[0])[0] if statement.cue else -1
        for run in parts:
            if page.words[run[1] : run[1] + 1] == ["-"]:
                continue  # "the Russian-backed plan"
            ends = run[1] >= len(page.words) or not page.words[run[1]].isalpha() or page.lower[run[1]] in _AUXILIARIES
            if ends or (run[1] == cue and not _noun_cue(page, cue)):
                _one_of_a_people(page, run, drafts)
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
    context = _context(page, statements, heads)
    for parts, named_by in zip(runs, heads, strict=True):
        whose = {drafts[k].entity for k in named_by}
        for run in parts if named_by else ():
            inside = range(bisect_left(starts, run[0]), bisect_left(starts, run[1]))
            context.aside.update(k for k in inside if k not in named_by and not drafts[k].whole and drafts[k].entity not in whose)
    for n, named_by in enumerate(heads):
        if len(named_by) != 1 or context.parent[n] >= 0 or (d := drafts[named_by[0]]).type != "person" or d.number != "singular":
            continue
        if context.opens[n] < d.run[0] and page.sentence[context.opens[n]] == page.sentence[d.run[0]]:
            context.tellers[page.sentence[d.run[0]]] = named_by[0]  # "The boat sank, | Holt | said"
    for d in drafts:
        if d.how == "name" and d.entity is not None:
            at = context.within[d.run[0]]
            while at >= 0:
                context.named_in.setdefault(at, set()).add(d.entity)
                at = context.parent[at]
    return Work(page, drafts, made, heads, context, first, subjects(page, drafts), _words(page, statements), {}, runs)


def _one_of_a_people(page: Page, run: Run, drafts: Sequence[Draft]) -> None:
    """Makes one of a people a person where a source ends so: "the Velmoran said", "the Democrat"."""
    a, b = run
    if b - a < 2 or page.lower[a] not in _ONE_OF:
        return
    for d in _between(drafts, run):
        if d.how == "name" and d.type == "people" and d.number == "singular" and d.run == (b - 1, b) and not page.possessive(b):
            d.how, d.type, d.adjective, d.possessor = "noun", "person", False, False
            d.run, d.noun, d.definite = run, Noun(page.lower[b - 1], "person", "singular", None), page.lower[a] == "the"


def _noun_cue(page: Page, cue: int) -> bool:
    """Whether a cue behind "a Velmoran" can be a noun alone: "demand", not "demands", "said"."""
    word = page.lower[cue]
    return not word.endswith(("s", "ed")) and lemma(word) == word


_ONE_OF = frozenset("the a an one another".split())
_AUXILIARIES = frozenset("who has had have is was will would could can does did also then later never further".split())


def _words(page: Page, statements: Sequence[Statement]) -> list[set[str]]:
    """By statement, the longer words of its content."""
    return [{w for span in s.content for w in page.lower[slice(*page.run(span))] if len(w) > 3} for s in statements]


# Words that begin what stands before a subject, and tokens within which its comma comes.
_FRONTED = PREPOSITIONS | frozenset("while when although though if as since because despite during following until unless once amid without".split())
_FRONT = 45


def subjects(page: Page, drafts: Sequence[Draft]) -> list[int]:
    """By sentence the draft that is most likely its subject (-1: none): the first that follows no preposition and is quoted only if all is.

    What a sentence sets before its subject ends with a comma: "On the dam in Tarrow, | Holt | disagreed".
    """
    out, fallback = [-1] * len(page.begins), [-1] * len(page.begins)
    for k, d in enumerate(drafts):
        at = d.run[0]
        s = page.sentence[at]
        if out[s] >= 0 or d.possessor or d.adjective or (d.pronoun is not None and d.pronoun.relative):
            continue
        if fallback[s] < 0:
            fallback[s] = k
        begin = page.begins[s]
        if at > begin and page.lower[at - 1] in PREPOSITIONS:
            continue
        if page.quote[at] >= 0 and not _all_quoted(page, s):
            continue
        if page.lower[begin] in _FRONTED and "," not in page.words[begin : min(at, begin + _FRONT)]:
            continue
        out[s] = k
    return [a if a >= 0 else b for a, b in zip(out, fallback, strict=True)]


def _all_quoted(page: Page, s: int) -> bool:
    """Whether sentence *s* ends within the quotation that it begins in."""
    end = page.begins[s + 1] if s + 1 < len(page.begins) else len(page.words)
    at = page.begins[s]
    return page.quote[min(at + 1, end - 1)] == page.quote[max(at, end - 3)]


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
        [min(page.run(span)[0] for span in (*s.source[:1], *s.cue[:1], s.content[0])) for s in statements],
        [page.run(s.content[0])[0] for s in statements],
        [bool(s.quoted) and s.form in ("direct", "mixed") for s in statements],
        [s.form == "block" for s in statements],
        tops,
    )


def settle(work: Work, decide: Decide | None = None, identify: Decide | None = None) -> None:
    """Settle every pronoun of the third person, in the order of the text; then those of the first.

    *decide* gives the probabilities for a pronoun (its draft, class, entities and their features), *identify* those for a source
    without a name; training looks in there.
    """
    page, drafts, made, context = work.page, work.drafts, work.made, work.context
    last: dict[int, int] = {}
    counts: dict[int, int] = {}
    live: list[int] = []
    waiting = _by_position(work)
    owned = owned_by_name(drafts, made)
    adjectives = {n for n, chain in enumerate(made) if chain.type == "people" and chain.mentions and all(drafts[k].adjective for k in chain.mentions)}
    def one(k: int) -> None:
        d = drafts[k]
        if d.pronoun is not None and d.pronoun.relative:
            d.entity = taken_up(work, k)
            if d.entity is not None:
                made[d.entity].mentions.append(k)
        if d.noun is not None and d.entity is not None and made[d.entity].mentions[:1] == [k]:
            settle_owner(work, k, owned)
        if d.noun is not None and d.definite and d.entity is not None:
            settle_several(work, k, live, last)
        if d.entity is None and d.pronoun is not None:
            d.entity = asked_of(work, k)
            if d.entity is None:
                d.entity = fronted(work, k)
            if d.entity is None:
                d.entity = told_of(work, k)
            if d.entity is None:
                d.entity = same_it(work, k)
            if d.entity is None:
                d.entity = goes_on(work, k)
            if d.entity is not None:
                made[d.entity].mentions.append(k)
                return
        if d.noun is not None and (whole := represented(work, k)) is not None:
            made[entity_of(d)].mentions.remove(k)
            made[whole].mentions.append(k)
            d.entity = whole
        if d.noun is not None and (before := same_again(work, k, live, last)) is not None:
            made[entity_of(d)].mentions.remove(k)
            made[before].mentions.append(k)
            d.entity = before
        told = only_body(work, k)
        if told is None and k in context.source_of:
            told = predicate_of(work, k)
        if told is not None:
            made[entity_of(d)].mentions.remove(k)
            made[told].mentions.append(k)
            d.entity = told
        kind = class_of(d) if d.entity is None or not made[d.entity].members else None
        if kind is not None and (d.entity is None or (d.how == "noun" and not made[d.entity].named and made[d.entity].mentions[:1] == [k])):
            found, rows = weigh(page, k, drafts, made, live[-_LIVE:], last, counts, context, work.first, work.subject)
            source = k in context.source_of
            p = probabilities(kind, source, rows) if decide is None else decide(k, kind, found, rows)
            ranked = sorted(zip(found, p[:-1].tolist(), strict=True), key=lambda x: (-x[1], x[0]))
            work.likely[k] = tuple((n, round(q, 3)) for n, q in ranked[:4] if q >= 0.05)
            sure = SURE_NOUN if d.pronoun is None else SURE_SOURCE if source else SURE
            if source and kind == "the person":
                sure = SURE_PERSON
            office = ranked and ranked[0][0] == sole_holder(page, d, kind, made, live)
            if ranked and (office or (ranked[0][1] >= sure and ranked[0][1] > p[-1] * (DOUBT if source else 1.0))):
                if d.noun is not None and d.entity is not None:
                    if ranked[0][1] >= TEACHES:
                        made[ranked[0][0]].nouns.add(d.noun.base)
                        made[ranked[0][0]].sorts |= sorts_of_noun(d.noun.base, d.noun.type == "person")
                    made[d.entity].mentions.remove(k)
                d.entity = ranked[0][0]
                if ranked[0][1] < SETTLED:
                    context.doubtful.add(k)
                chain = made[d.entity]
                chain.mentions.append(k)
                if d.pronoun is not None and d.pronoun.gender is not None and chain.gender is None and ranked[0][1] >= 0.8:
                    chain.gender = d.pronoun.gender
        campaign = d.noun is not None and d.noun.base == "campaign" and d.number != "plural"
        if campaign and k in context.source_of and d.entity is not None and not made[d.entity].named:
            settle_campaign(work, k, live, last, counts, owned)
        if kind == "they" and d.entity is None and k in context.source_of:
            d.entity = those_of_before(work, k, live, last)
            if d.entity is not None:
                made[d.entity].mentions.append(k)

    first = _quoted_before(work)
    done: set[int] = set()
    for k, d in enumerate(drafts):
        for s in first.get(k, ()):
            asked = work.heads[s][0]
            if asked not in done:
                one(asked)
                done.add(asked)
            who = drafts[asked].entity
            if who is not None:
                context.speakers[s] = who
        if k not in done:
            one(k)
        if d.entity is not None and d.entity not in adjectives and not _in_byline(page, d.run[0]):
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
    named_after_all(work)
    bodies_named_after_all(work)
    _persons(work)
    settle_identities(work, settle_makers(work), identify)
    name_owned(work)


def _in_byline(page: Page, at: int) -> bool:
    """Whether token *at* stands in a line at the top that tells who wrote: "By Ann Holt"; nobody is meant after it who is only named there."""
    return page.line[at] < _EDGE and page.lower[bisect_left(page.line, page.line[at])] == "by"


# Sentences within which "the man" is a man spoken of before, "the company" a company.
_AGAIN = {"person": 5, "organisation": 2}
_FIRMS = frozenset("company firm organization organisation nonprofit charity website".split())
_ANYBODY = frozenset("man woman boy girl".split())


def same_again(work: Work, k: int, live: Sequence[int], last: dict[int, int]) -> int | None:
    """Who was brought in without a name by the same noun just before, where nobody else is called so: "a man was held … | the man | said".

    Of bodies the one that was called so last, whoever else is: "the Tarrow commission agreed. A port commission did not. | The commission | said".
    """
    page, made, d = work.page, work.made, work.drafts[k]
    if d.noun is None or d.noun.type not in ("person", "organisation") or d.number == "plural":
        return None
    if page.lower[d.run[0]] != "the" or d.run[1] - d.run[0] != 2:
        return None
    if d.entity is None or made[d.entity].named or made[d.entity].mentions[:1] != [k]:
        return None
    here = page.sentence[d.run[0]]
    near = [n for n in live[-_LIVE:] if made[n].type == d.noun.type and made[n].number == "singular" and d.noun.base in made[n].nouns]
    if d.noun.type == "organisation":
        near = [] if d.noun.base == "campaign" else near[-1:]
    if not near and d.noun.base in _ANYBODY:
        near = _just_brought_in(work, k)
    if len(near) != 1 or made[near[0]].named or here - page.sentence[work.drafts[last[near[0]]].run[0]] > _AGAIN[d.noun.type]:
        return None
    return near[0] if page.quote[work.drafts[last[near[0]]].run[0]] == page.quote[d.run[0]] else None


def only_body(work: Work, k: int) -> int | None:
    """The only body that is named before "the company" in its sentence, else in the one before: "Holt worked at Orvan Line. | The company | said"."""
    page, made, d = work.page, work.made, work.drafts[k]
    group = d.noun is not None and d.noun.base == "group" and k in work.context.source_of
    if d.noun is None or not (d.noun.base in _FIRMS or group) or d.number == "plural" or page.lower[d.run[0]] != "the" or d.run[1] - d.run[0] != 2:
        return None
    if d.entity is None or made[d.entity].named or made[d.entity].mentions[:1] != [k]:
        return None
    here = page.sentence[d.run[0]]
    sorts = sorts_of_noun(d.noun.base, False) | {"outlet"}
    for back in (0, 1):
        near = [x for x in work.drafts[max(0, k - 40) : k] if page.sentence[x.run[0]] == here - back and x.entity is not None and not x.adjective]
        bodies = {entity_of(x) for x in near if x.pronoun is None and not x.whole and made[entity_of(x)].type == "organisation"}
        bodies = {n for n in bodies if made[n].named}
        if bodies:
            fit = [n for n in bodies if not made[n].sorts or made[n].sorts & sorts]
            subject = work.subject[here - back]
            if group and (d.possessor or subject < 0 or work.drafts[subject].entity not in bodies):
                return None
            return fit[0] if len(bodies) == len(fit) == 1 else None
    return None


def _just_brought_in(work: Work, k: int) -> list[int]:
    """Who is the subject of the sentence before, brought in there without a name: "A cashier was shaken. … | the woman | said"."""
    page, d = work.page, work.drafts[k]
    here = page.sentence[d.run[0]]
    subject = work.subject[here - 1] if here else -1
    x = work.drafts[subject] if subject >= 0 else d
    if x is d or x.how != "noun" or x.definite or x.number != "singular" or x.entity is None or work.made[x.entity].type != "person":
        return []
    gender = work.made[x.entity].gender
    return [x.entity] if gender in (None, d.gender) else []


def _quoted_before(work: Work) -> dict[int, list[int]]:
    """Statements quoted before their source is named, by the first draft of the quotation: who speaks is settled before what is said."""
    out: dict[int, list[int]] = {}
    starts = [d.run[0] for d in work.drafts]
    context = work.context
    for s, found in enumerate(work.heads):
        if len(found) != 1 or not context.quoted[s] or (work.drafts[found[0]].how != "name" and class_of(work.drafts[found[0]]) != "he"):
            continue
        k = bisect_left(starts, context.opens[s])
        if k < found[0]:
            out.setdefault(k, []).append(s)
    for several in out.values():
        several.sort(key=lambda s: (context.opens[s], -work.heads[s][0]))
    return out


def _by_position(work: Work) -> dict[int, list[int]]:
    """Statements by the draft after which their speaker can be known."""
    out: dict[int, list[int]] = {}
    for s, found in enumerate(work.heads):
        if found:
            out.setdefault(max(found), []).append(s)
    return out


def _persons(work: Work) -> None:
    """First person: who speaks the innermost quotation around it, else the author. Second person stays open."""
    context, drafts = work.context, work.drafts
    author: int | None = None
    signatures, guest = _signatures(work), interviewee(work)
    for k, d in enumerate(drafts):
        if d.pronoun is None or d.pronoun.person != 1:
            continue
        statement = context.within[d.run[0]]
        quoted = work.page.quote[d.run[0]] >= 0 or _in_block(context, statement)
        while statement >= 0 and not (context.quoted[statement] or context.block[statement]) and quoted and context.parent[statement] >= 0:
            statement = context.parent[statement]
        while statement >= 0 and context.parent[statement] >= 0 and not _is_somebody(work, context.speakers.get(statement)):
            statement = context.parent[statement]
        if statement >= 0:
            d.entity = context.speakers.get(statement)
        elif not quoted:
            signed = next((n for end, n in signatures if d.run[0] < end), None)
            if guest is not None and work.page.line[d.run[0]] not in guest[1]:
                d.entity = guest[0]
            elif d.pronoun.number == "singular" and signed is not None:  # "we" may be anybody
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


def _is_somebody(work: Work, who: int | None) -> bool:
    """Whether a speaker can say "I": no text does, nor what no lexicon knows."""
    return who is not None and (work.made[who].type not in ("document", "other") or work.made[who].named)


def _in_block(context: Context, statement: int) -> bool:
    """Whether a statement, or one around it, is quoted without marks."""
    while statement >= 0 and not context.block[statement]:
        statement = context.parent[statement]
    return statement >= 0


def _signatures(work: Work) -> list[tuple[int, int]]:
    """Who signs which part of a text, as (token before which it ends, entity): below a letter, in "By X", in the author's last line."""
    page, made = work.page, work.made
    if not page.line:
        return []
    last, end_of = page.line[-1], {n: i + 1 for i, n in enumerate(page.line)}
    letters: list[tuple[int, int]] = []
    whole: int | None = None
    for d in work.drafts:
        at, end = d.run
        if d.how != "name" or d.type != "person" or d.whole or d.entity is None or not made[d.entity].named:
            continue
        line = page.line[at]
        if line < _EDGE and at and page.lower[at - 1] == "by" and (at == 1 or page.line[at - 2] != line):
            return [(len(page.words), d.entity)]
        below = end_of[line]
        if line and end - at > 1 and (
            (_alone(page, d.run, end_of) and (line == last or _dwelling(page, below, end_of)))
            or (end + 1 < below and page.words[end] in _PARTED and _alone(page, (at, at), end_of) and _dwelling(page, end + 1, end_of))
        ):
            letters.append((at, d.entity))
        elif whole is None and line > max(_EDGE, last - _EDGE) and _alone(page, (at, at), end_of) and _told(page, end, end_of[line]):
            before = [page.line[work.drafts[k].run[0]] for k in made[d.entity].mentions]
            if all(n < _EDGE or n >= line for n in before):
                whole = d.entity
    if whole is not None:
        return [(len(page.words), whole)]
    return letters


def _alone(page: Page, run: Run, end_of: dict[int, int]) -> bool:
    """Whether nothing stands on its line but *run*, a title and a full stop; of an empty one, whether nothing stands before it."""
    a, b = run
    line = page.line[a]
    begins = end_of.get(line - 1, 0)
    titled = a == begins or (a == begins + 1 and page.words[begins] in _PARTED) or (a - begins <= 2 and page.lower[begins] in {*SHORT, *HONORIFICS})
    return titled and (a == b or end_of[line] == b or (end_of[line] == b + 1 and page.words[b] == "."))


def _dwelling(page: Page, at: int, end_of: dict[int, int]) -> bool:
    """Whether the line that begins at token *at* can tell where somebody lives: "Port Orvan, Vel."."""
    if at >= len(page.words):
        return False
    words = page.words[at : end_of[page.line[at]]]
    return len(words) <= _PLACE and "," in words[1:] and words[0][0].isupper() and all(w[0].isupper() or not w.isalpha() or len(w) < 4 for w in words)


def _told(page: Page, at: int, end: int) -> bool:
    """Whether a line goes on from its name with what the author is: "is a", "is Vel Post's", ", a teacher in Orvan, is"."""
    if page.words[at : at + 1] == [","]:
        at = next((i + 1 for i in range(at + 1, min(end, at + _ASIDE)) if page.words[i] == ","), end)
    if at >= end - 1 or page.lower[at] not in _DOES:
        return False
    return page.lower[at] != "is" or page.lower[at + 1] in _ARTICLES or page.words[at + 1][0].isupper()


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
