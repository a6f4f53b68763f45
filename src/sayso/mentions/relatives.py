"""Relative pronouns: whom "who", "which" and "that" take up."""

from __future__ import annotations

from sayso.attribution.lemmas import lemma
from sayso.attribution.lexicon import known_cue
from sayso.mentions.chain import Chain
from sayso.mentions.lexicon import GENERIC, nouns
from sayso.mentions.page import Run
from sayso.mentions.phrases import PREPOSITIONS
from sayso.mentions.work import Work, entity_of


def taken_up(work: Work, k: int) -> int | None:
    """The entity that a relative pronoun takes up: who is named right before it, not what stands between ("X of Y, the head of Z, who")."""
    page, drafts, made = work.page, work.drafts, work.made
    at = drafts[k].run[0]
    if page.words[at][0].isupper():
        return None  # it asks: "Who knew?"
    person = page.lower[at] in ("who", "whom", "whose")
    stop = at
    while stop and page.lower[stop - 1] in (",", "—", "–", "(", "of", "for", "to", "with", "and", "but"):
        stop -= 1
    apart = stop < at and page.words[stop] in ",—–("
    if person and stop == at and page.lower[at - 1] not in GENERIC and _asks(work, at):
        return None
    if page.lower[at] == "whom" and at > 2 and page.lower[at - 1] == "of" and page.lower[at - 2] in _ALL and (listed := _listed(work, k)) is not None:
        return listed
    if person and (described := _described_before(work, k)) is not None:
        return described
    before = [j for j in range(k - 1, max(-1, k - 16), -1) if page.sentence[drafts[j].run[0]] == page.sentence[at]]
    if page.lower[at - 1] in ("and", "but"):  # "who did this, and who said that"
        alike = ("who", "whom", "whose") if person else (page.lower[at],)
        same = next((drafts[j].entity for j in before if drafts[j].pronoun is not None and page.lower[drafts[j].run[0]] in alike), None)
        if same is not None:
            return same
    phrases = [j for j in before if drafts[j].entity is not None and drafts[j].pronoun is None and not drafts[j].adjective]
    phrases = [j for j in phrases if not drafts[j].possessor]
    beside = next((j for j in phrases if stop in (drafts[j].run[1], drafts[j].head + 1)), None)
    unknown = beside is None and stop == at and at > 0 and page.words[at - 1].isalpha()
    if unknown and person and (page.words[at - 1].islower() or page.lower[at - 1] in GENERIC):
        said_of = _said_of(work, k, _begin(work, at - 1))
        if said_of is not None:
            return said_of
        return _unnamed(work, (at - 1, at + (page.lower[at - 1] in GENERIC)))  # "those who", or a noun that no lexicon knows
    if not person:
        fitting = [j for j in phrases if page.lower[at] != "which" or made[entity_of(drafts[j])].type != "person"]
        if beside is not None and beside in fitting:
            name = drafts[beside]
            told_apart = name.how != "name" or name.type == "people" or page.lower[name.run[0] - 1] not in PREPOSITIONS
            if page.lower[at] == "that" and stop == at and not told_apart:
                # "a speech in Velmora that", "a president of Velmora that": no name is told apart so
                outer = next((j for j in fitting if drafts[j].how == "noun" and name.run[0] - 1 in (drafts[j].run[1], drafts[j].head + 1)), None)
                return None if outer is None else drafts[outer].entity
            return _with_others(work, beside) or drafts[beside].entity
        if unknown and page.lower[at] == "that" and page.words[at - 1].islower() and (page.lower[at - 1],) not in nouns():
            return None  # "places that"
        return next((drafts[j].entity for j in fitting if at - drafts[j].run[1] <= 12), None)
    people = [j for j in phrases if made[entity_of(drafts[j])].type in ("person", "people")]
    people = [j for j in people if drafts[j].type != "people" or drafts[j].number != "singular"]
    if beside is not None and beside in people:
        d = drafts[beside]
        like = d.how == "name" and next((n for n in (1, 2) if page.lower[d.run[0] - n : d.run[0]] in (["like"], ["such", "as"])), 0)
        if like:  # "councillors such as X who"
            group = next((j for j in people if drafts[j].run[1] == d.run[0] - like and drafts[j].number == "plural"), None)
            if group is not None:
                return drafts[group].entity
        if not apart and d.entity is not None and (d.how == "name" or made[d.entity].named):
            if made[d.entity].type == "people":  # of those only some
                return _unnamed(work, (d.run[0], at + 1), d.entity)
            whose = next((j for j in people if j < beside and drafts[j].how == "noun" and 0 < d.run[0] - drafts[j].head <= 4), None)
            if whose is not None and drafts[whose].run[1] >= d.run[0] - 1:  # "critics of X who say"
                return drafts[whose].entity
        if d.how == "noun" and d.number == "singular" and d.entity is not None and not made[d.entity].named:
            said_of = _said_of(work, k, d.run[0])
            if said_of is not None:
                return said_of
        return _with_others(work, beside) or _described_by(work, beside)
    if beside is not None and not apart and made[entity_of(drafts[beside])].type in ("organisation", "other", "people"):
        return drafts[beside].entity
    near = next((j for j in people if at - drafts[j].head <= 18), None)
    if near is not None and (apart or beside is None):
        return _described_by(work, near)
    if beside is not None and made[entity_of(drafts[beside])].type in ("organisation", "other", "people"):
        return drafts[beside].entity
    return None if near is None else drafts[near].entity


_ALL = frozenset("all both neither none each".split())


def _listed(work: Work, k: int) -> int | None:
    """Those whom a list before "all of whom" names."""
    page, drafts = work.page, work.drafts
    at = drafts[k].run[0] - 2
    end = at - 1 if page.words[at - 1] == "," else at
    return next((x.entity for x in drafts[max(0, k - 12) : k] if x.whole and x.run[1] == end), None)


def _asks(work: Work, at: int) -> bool:
    """Whether the pronoun at token *at* begins what is asked or not told: "do not say who", "to decide who"."""
    page = work.page
    word = page.lower[at - 1] if at else ""
    return known_cue(lemma(word)) and (word,) not in nouns() and at > 1 and (page.lower[at - 2] in _BEFORE_VERBS or lemma(word) != word)


# Before the plain form of a verb.
_BEFORE_VERBS = frozenset("to not n't t will would can could may might must should shall do does did never".split())


def _described_before(work: Work, k: int) -> int | None:
    """The person described by the apposition that a relative pronoun goes on from: "X, an anchor at Y who", "X (R-Ohio), an early ally, who"."""
    page, drafts = work.page, work.drafts
    at = drafts[k].run[0]
    end = at - 1 if page.words[at - 1] == "," else at
    comma = next((i for i in range(end - 2, max(0, end - _APPOSITION), -1) if page.words[i] in _BREAKS), 0)
    if page.words[comma] != "," or page.lower[comma + 1] not in ("a", "an", "the", "one") or page.sentence[comma] != page.sentence[at]:
        return None
    if any(word in _VERBS for word in page.lower[comma + 1 : end]):
        return None
    close = comma
    if page.words[comma - 1] == ")":
        close = next((i for i in range(comma - 2, max(0, comma - 8), -1) if page.words[i] == "("), comma)
    named = next((x for x in reversed(drafts[max(0, k - 12) : k]) if x.how == "name" and x.run[1] == close and not x.whole), None)
    if named is None or named.type != "person" or named.possessor or named.entity is None or work.made[named.entity].type != "person":
        return None
    inside = [x for x in drafts[max(0, k - 12) : k] if comma < x.run[0] and x.run[1] <= end and x.how != "pronoun"]
    if any(x.type == "person" and x.how == "name" and x.run[1] == end for x in inside):
        return None
    head = next((x for x in inside if x.run[0] == comma + 1 and x.how == "noun"), None)
    return None if head is not None and (head.number == "plural" or head.type not in ("person", "other")) else named.entity


# Tokens of an apposition, and what it does not go over.
_APPOSITION = 18
_BREAKS = frozenset(",;:—–()“”\"")
_VERBS = frozenset("is was are were has had have said says will would did does".split())


def _unnamed(work: Work, run: Run, owner: int | None = None) -> int:
    """A new entity: those of whom only the words of *run* tell."""
    work.made.append(Chain("people", False, False, "plural", described=work.page.written(run), owner=owner))
    return len(work.made) - 1


# Tokens from a noun back to its article, and from a relative pronoun on to whom its clause is put before.
_BACK, _ON = 5, 16
_COPULAS = frozenset("is was s be been being became becomes remains remained as".split())


def _begin(work: Work, noun: int) -> int | None:
    """Where the phrase of a noun that no lexicon knows begins: at its article, if it has one."""
    page = work.page
    for i in range(noun - 1, max(-1, noun - _BACK), -1):
        if page.lower[i] in ("a", "an", "the"):
            return i
        if not page.words[i].isalpha() and page.words[i] not in "-'’":
            return None
    return None


def _said_of(work: Work, k: int, begin: int | None) -> int | None:
    """Of whom it is said that they are "a voter who": "X is a voter who", "seen X as a voter who", "A voter who left, X …"."""
    page, drafts, made = work.page, work.drafts, work.made
    if begin is None:
        return None
    at, sentence = drafts[k].run[0], page.sentence[drafts[k].run[0]]
    if begin == page.begins[sentence]:
        if page.lower[begin] == "the":
            return None
        comma = next((i for i in range(at, min(len(page.words) - 1, at + _ON)) if page.words[i] == ","), None)
        for x in drafts[k + 1 : k + _ON]:
            if comma is not None and x.run[0] == comma + 1 and x.how == "name" and x.type == "person" and page.sentence[x.run[0]] == sentence:
                listed = x.run[1] < len(page.words) and page.words[x.run[1]] in (",", "’", "'")
                return None if listed or x.possessor or x.entity is None else x.entity
        return None
    if page.lower[begin - 1] not in _COPULAS:
        return None
    persons = (x for x in reversed(drafts[max(0, k - 8) : k]) if x.entity is not None and x.run[1] < begin and page.sentence[x.run[0]] == sentence)
    found = next((x for x in persons if made[entity_of(x)].type in ("person", "people")), None)
    if found is None or found.possessor or found.adjective or found.number == "plural":
        return None
    if page.lower[begin - 1] != "as" and begin - found.run[1] > 3:
        return None
    return found.entity


def predicate_of(work: Work, k: int) -> int | None:
    """Of whom the source *k* is said behind a copula: "Holt, who on Monday became | the first official | to blame Orlan"."""
    page, drafts, d = work.page, work.drafts, work.drafts[k]
    begin = d.run[0]
    if d.noun is None or d.noun.type != "person" or d.number == "plural" or begin == 0 or page.lower[begin - 1] not in _COPULAS - {"as", "s"}:
        return None
    if d.entity is None or work.made[d.entity].named or work.made[d.entity].mentions[:1] != [k]:
        return None
    before = (x for x in reversed(drafts[max(0, k - 4) : k]) if x.entity is not None and page.sentence[x.run[0]] == page.sentence[begin])
    found = next((x for x in before if work.made[entity_of(x)].type == "person" and not x.possessor and not x.adjective), None)
    if found is None or found.number == "plural" or begin - found.run[1] > (_ASIDE if found.pronoun is not None and found.pronoun.relative else 3):
        return None
    return found.entity


# Tokens between "who" and its copula: "who on Monday became".
_ASIDE = 6


def _described_by(work: Work, j: int) -> int:
    """Whom draft *j* means, or describes if it stands apart behind a name ("X of Y, the head of Z"; "X, a lawyer and activist")."""
    page, d = work.page, work.drafts[j]
    begin = d.run[0]
    if d.how != "noun" or d.number != "singular" or work.made[entity_of(d)].named or begin < 2:
        return entity_of(d)
    before = [x for x in reversed(work.drafts[max(0, j - 5) : j]) if x.entity is not None and page.sentence[x.run[0]] == page.sentence[begin]]
    if page.lower[begin - 1] == "and":
        earlier = next((x for x in before if x.how == "noun" and x.run[1] == begin - 1), None)
        return entity_of(earlier) if earlier is not None and work.made[entity_of(earlier)].named else entity_of(d)
    if page.words[begin - 1] == ",":
        named = next((x for x in before if x.how == "name" and x.type == "person" and not x.possessor and not x.whole), None)
        if named is not None and begin - named.run[1] <= 6 and page.lower[named.run[1]] in ("of", "from", "("):
            return entity_of(named)
    return entity_of(d)


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
