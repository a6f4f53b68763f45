"""Sources: which mention is the head of the words that name a statement's speaker."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from sayso.attribution.lemmas import lemma
from sayso.attribution.lexicon import known_cue
from sayso.language.tokens import MARK
from sayso.mentions.lexicon import GENERIC, HONORIFICS, PRONOUNS, SHORT, Noun, given_names, nouns
from sayso.mentions.page import Page, Run
from sayso.mentions.phrases import DEFINITE, DETERMINERS, POSSESSIVES, Draft, holder
from sayso.mentions.titles import past_role
from sayso.spans import Spans
from sayso.statements import Statement

# What ends the core of a noun phrase: its head stands before.
_ENDS = frozenset(
    (
        "who",
        "whom",
        "which",
        "that",
        "for",
        "at",
        "from",
        "in",
        "with",
        "on",
        "by",
        "about",
        "within",
        "inside",
        "outside",
        "among",
        "to",
        "as",
        "including",
        "like",
        "such",
        "where",
        "whose",
        "when",
        "involved",
        "familiar",
        "close",
        "working",
        "seen",
        "obtained",
        "reviewed",
        "viewed",
        "examined",
        "consulted",
    )
)
# By whom a document was only read.
_READ = frozenset("seen obtained reviewed viewed examined consulted read heard".split())
# Before the name of a people: only some of them are meant.
_FEW = frozenset(
    (
        "some many most several few percent number majority handful dozens hundreds thousands millions other others certain half "
        "two three four five"
    ).split()
)
_ALL = frozenset("fellow ordinary and or these those".split())
# What parts a head from what tells more of it.
_APART = frozenset("close in inside outside within among across around near from at against who that for with familiar".split())
_PARTICIPLES = frozenset(
    "supporting backing opposing encouraging seeking running working covering advising representing facing living trailing".split()
)
_PARTS = frozenset(
    (
        "one",
        "some",
        "many",
        "most",
        "several",
        "few",
        "both",
        "none",
        "all",
        "each",
        "number",
        "majority",
        "group",
        "dozens",
        "hundreds",
        "thousands",
        "two",
        "three",
        "four",
        "five",
        "six",
        "any",
        "half",
        "part",
        "handful",
        "lot",
        "members",
        "percent",
        "rest",
        "host",
        "variety",
        "range",
        "couple",
    )
)


_NOT_ALL = _PARTS - {"both", "all", "each", "none"}
_SOME = frozenset("some many most others several few those all both".split())
# Pronouns that are several people, not named.
_UNNAMED = frozenset("some many most others several few those".split())
_AMONG = frozenset("in inside outside within among at on around near from across".split())
# Endings of nouns for persons that no lexicon need know.
_PERSONS = tuple(
    (
        "ologist ographer onomist ologists ographers onomists surgeon surgeons man woman men women arian arians ician icians orian orians year-old"
    ).split()
)


def pieces(page: Page, source: Spans) -> list[Run]:
    """The token runs of *source*, without marks at their edges."""
    out = []
    for span in source:
        a, b = page.run(span)
        while a < b and page.tokens[a].shape == MARK and page.words[a] not in "@#$":
            a += 1
        while b > a and page.tokens[b - 1].shape == MARK and page.words[b - 1] not in ".)%":
            b -= 1
        if b - a > 2 and page.lower[b - 1] == "s" and page.possessive(b - 2):  # "Washington's" before its cue
            b -= 2
        if a < b:
            out.append((a, b))
    return out


def labels(page: Page, statements: Sequence[Statement], named: Sequence[Draft]) -> list[Draft]:
    """The names before a transcript's turns that the network saw as none: "MIRA HOLT: …". One that holds a noun ("AUDIENCE MEMBER") is no name.

    One word alone is the name of somebody named more fully: "HOLT: …".
    """
    by_run = {d.run: d for d in named}
    taken = {i for d in named for i in range(*d.run)}
    parts = {page.lower[i] for d in named if d.type == "person" and d.run[1] - d.run[0] > 1 for i in range(*d.run)}
    out: dict[Run, Draft] = {}
    for s in statements:
        for a, b in pieces(page, s.source):
            turns = b < len(page.words) and page.words[b] == ":" and (a == 0 or page.line[a - 1] != page.line[a])
            while a + 1 < b and (page.lower[a] in HONORIFICS or page.lower[a] in SHORT or page.words[a] == "."):  # "MR. | HOLT"
                a += 1
            written = all(word in ("-", ".") or (word[0].isupper() and word.isalpha()) for word in page.words[a:b])
            if not turns or not written or not 0 < b - a < 6 or any((word,) in nouns() for word in page.lower[a:b]):
                continue
            if b - a == 1 and page.lower[a] not in parts:
                continue
            parts.update(page.lower[a:b])
            if (a, b) in by_run and page.lower[a] in given_names():
                by_run[a, b].type = "person"
            elif taken.isdisjoint(range(a, b)):
                out[a, b] = Draft((a, b), b - 1, "name", "person", "singular", None)
    return list(out.values())


def untagged(page: Page, statements: Sequence[Statement], named: Sequence[Draft]) -> list[Draft]:
    """The names that the network saw as none at the end of a source, right behind what they are: "the maker, Orvix,"; "broker Kestor"."""
    taken = {i: d for d in named for i in range(*d.run)}
    surnames = {page.words[d.run[1] - 1] for d in named if d.type == "person" and d.run[1] - d.run[0] > 1}
    out: dict[Run, Draft] = {}
    for s in statements:
        for a, b in pieces(page, s.source):
            while b > a and page.words[b - 1] in ",;":
                b -= 1
            if b - a == 1 and a not in taken and page.words[a] in surnames and not page.words[a].isupper():  # "Law said", of Ann Law
                out[a, b] = Draft((a, b), a, "name", "person", "singular", None)
            if (apposed := _before_what_it_is(page, a, b, taken)) is not None:
                out[apposed.run] = apposed
            at = b
            while at > a + 1 and page.words[at - 1].isalpha() and page.words[at - 1].istitle():
                if at - 1 in taken and taken[at - 1].type != "people":
                    break
                at -= 1
            before = at - 1 - (page.words[at - 1] == ",")
            if not a <= before < at < b or b - at > 4 or at - before > 2 or (at < b and b - 1 in taken):
                continue
            noun = nouns().get((page.lower[before],))
            if noun is None or noun.type not in ("person", "organisation", "people") or (noun.number == "plural" and noun.type == "person"):
                continue
            plain = any((page.lower[i],) in nouns() for i in range(at, b) if i not in taken) or page.lower[b - 1] in _TIMES
            if page.words[before].islower() and not plain:
                out[at, b] = Draft((at, b), b - 1, "name", "person" if noun.type == "person" else "organisation", "singular", None)
    return list(out.values())


def _before_what_it_is(page: Page, a: int, b: int, taken: Mapping[int, Draft]) -> Draft | None:
    """The name at the head of a source that the network saw as none, before what it is: "Orvix, a boat maker in Tarrow,"."""
    end = next((i for i in range(a + 1, min(b, a + 4)) if page.words[i] == ","), b)
    if end + 2 >= b or page.lower[end + 1] not in ("a", "an", "the") or not taken.keys().isdisjoint(range(a, end)):
        return None
    if not all(page.words[i].istitle() and page.words[i].isalpha() and (page.lower[i],) not in nouns() for i in range(a, end)):
        return None
    if page.lower[a] in DETERMINERS | POSSESSIVES | _TIMES or page.lower[a] in PRONOUNS or page.lower[a] in page.words:
        return None
    noun = next((found for i in range(end + 2, min(b, end + 7)) if (found := nouns().get((page.lower[i],))) is not None), None)
    if noun is None or noun.number == "plural" or noun.type not in ("person", "organisation"):
        return None
    return Draft((a, end), end - 1, "name", noun.type, "singular", None)


_TIMES = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


def conjuncts(page: Page, run: Run, drafts: Sequence[Draft]) -> list[Run]:
    """The members of a coordination ("the US and a number of its allies"); the run alone where there is none."""
    a, b = run
    b = next((i for i in range(a + 1, b) if page.words[i] in _DASHES), b)
    names = [d.run for d in drafts if d.how == "name" and not d.whole and a <= d.run[0] and d.run[1] <= b]
    called = {d.run[0]: d for d in drafts if d.how == "name" and not d.whole}

    ends = {y for _, y in names}

    def with_role(at: int) -> bool:
        """"X, | finance minister Y": not the second role of one ("former aide and | current anchor Y")."""
        return at < past_role(page, at, called) < b and (at - 1 in ends or at - 2 in ends or page.lower[a] in POSSESSIVES)

    cuts = []
    for i in range(a + 1, b - 1):
        if any(x < i < y for x, y in names):
            continue
        if (page.lower[i] in ("and", "&") and (_member(page, (i + 1, b)) or with_role(i + 1))) or (
            page.words[i] == ","
            and any(page.lower[k] == "and" for k in range(i + 1, b))
            and page.lower[i + 1] not in ("who", "which", "a", "an", "the")
            and (any(x == i + 1 for x, _ in names) or with_role(i + 1))
        ):
            cuts.append(i)
    if not cuts or any(page.lower[k] in ("like", "such", "including") for k in range(a + 1, cuts[0])):  # "friends like X and Y" are friends
        return [run]
    if _of_several(page, run, cuts[0], drafts):
        return [run]
    named_first = next((y for x, y in names if x <= a + 1 and y < cuts[0]), None)
    if (
        named_first is not None
        and page.words[named_first] == ","
        and named_first + 1 < len(page.words)
        and not any(x == named_first + 1 for x, _ in names)
        and not with_role(named_first + 1)
    ):
        return [run]  # "X, publisher and editor of Y": what X is
    last = cuts[-1]
    if page.lower[last] not in ("and", "&"):
        return [run]
    if any(page.lower[k] in ("who", "which", "between", "whose") for k in range(a, last)) or page.words[last - 1] == ",":
        cuts = [last] if page.words[last - 1] == "," and len(cuts) == 1 else cuts
    parts, begin = [], a
    for cut in cuts:
        parts.append((begin, cut))
        begin = cut + 1
    parts.append((begin, b))
    parts = [(x + (page.words[x] == ","), y - (page.words[y - 1] == ",")) for x, y in parts if x < y]
    parts = [(x + (page.lower[x] == "both"), y) for x, y in parts if x < y]
    # "his wife and children", "black and Hispanic voters", "the House and Senate leaders": one phrase
    good = [p for p in parts if p[0] < p[1] and (_member(page, p) or p[0] < past_role(page, p[0], called) < p[1])]
    heads = [any(p[0] <= d.run[0] and d.run[1] <= p[1] and not d.adjective for d in drafts) for p in good]
    if len(good) != len(parts) or not all(heads):
        return [run]
    if any(d.how == "noun" and d.run[0] < cuts[-1] < d.run[1] for d in drafts):
        return [run]
    if any(d.how == "name" and d.type == "people" and d.number == "singular" and d.run[1] == y and d.head > x for d in drafts for x, y in good[:-1]):
        return [run]  # "twenty Westmark and Ostland councillors"
    return good


_DASHES = ("—", "–", "--")


def _of_several(page: Page, run: Run, cut: int, drafts: Sequence[Draft]) -> bool:
    """Whether a coordination stands within what a plural head goes on with: "voters in Velmora and Ostland", "aides to X and Y"."""
    a = run[0]
    at = next((i for i in range(a + 1, cut) if page.lower[i] in _WITHIN), None)
    if at is None or page.words[at - 1][0].isupper() or not page.lower[at - 1].endswith("s"):
        return False
    if any(page.words[i] == "," for i in range(a, at)):
        return False
    inside = [d for d in drafts if d.how == "name" and not d.whole and at < d.run[0] and d.run[1] <= run[1]]
    before = any(d.run[1] <= cut for d in inside)
    after = next((d for d in inside if d.run[0] > cut), None)
    if not before or after is None:
        return False
    return all(page.words[i][0].isupper() or page.lower[i] in ("the", ".", ",") for i in range(cut + 1, after.run[0]))


_WITHIN = frozenset("in of to from for at across with".split())


def _member(page: Page, run: Run) -> bool:
    a = run[0]
    return a < run[1] and (
        page.words[a][0].isupper()
        or page.lower[a] in DETERMINERS
        or page.lower[a] in POSSESSIVES
        or page.lower[a] in PRONOUNS
        or page.lower[a] == "other"
        or (page.lower[a].endswith("s") and page.lower[a].isalpha())
    )


def head(page: Page, run: Run, drafts: Sequence[Draft], starts: Sequence[int]) -> int | None:
    """Number of the draft that is the head of the noun phrase *run*; *starts* are where the drafts begin. None: it has none."""
    a, b = run
    if b - a >= 3 and page.lower[a] in ("the", "a") and page.lower[a + 1] in _PARTS and "of" in page.lower[a + 2 : min(a + 4, b - 1)]:
        a = page.lower.index("of", a + 2) + 1
    elif b - a >= 3 and page.lower[a] in _PARTS and page.lower[a + 1] == "of":
        a += 2
    if b - a >= 3 and page.lower[a] in _SOME and page.lower[a + 1] in _AMONG:
        return None  # "some in the council": not the council
    if a == run[0] + 2 and page.lower[run[0]] in _NOT_ALL and page.lower[a] in ("them", "us"):
        return None  # "many of them": not they
    if page.lower[a] == "whose" and b - a > 1:
        a += 1  # "whose minister, Holt,"
    lo = bisect_left(starts, a)
    inside = [k for k in range(lo, bisect_left(starts, b)) if drafts[k].head < b and not drafts[k].whole]
    if not inside:
        # a phrase may have begun before the source does
        inside = [k for k in range(max(0, lo - 6), lo) if a <= drafts[k].head < b]
        return inside[-1] if inside else None
    if (owner := _holder(page, drafts, inside)) is not None:
        return owner
    names = {drafts[k].run[0]: drafts[k] for k in inside if drafts[k].how == "name"}
    offices = [drafts[k].head for k in inside if drafts[k].how == "noun" and drafts[k].type == "person"]
    if (named := next((x for at in offices if (x := holder(page, at, names)) is not None), None)) is not None:
        return next(k for k in inside if drafts[k] is named)
    if (apposed := _apposed(page, run, drafts, inside)) is not None:
        return apposed
    if _some_of(page, run, drafts[inside[0]]) or _apart(page, a, drafts[inside[0]]):
        return None
    stop = b
    seen = False
    for i in range(a, b):
        seen = seen or any(drafts[k].head < i for k in inside)
        if i > a and page.words[i] in ",(—–" and seen:
            stop = i
            break
        if (
            i > a
            and seen
            and (page.lower[i] in _ENDS or page.lower[i] == "of" or page.lower[i] in _PARTICIPLES)
            and not any(drafts[k].how == "name" and drafts[k].run[0] < i < drafts[k].run[1] for k in inside)
            and not any((noun := drafts[k].noun) is not None and drafts[k].head - _words(noun) < i <= drafts[k].head for k in inside)
        ):
            stop = i
            break
    instances = next((i for i in range(a + 1, stop) if page.lower[i] == "including" or page.lower[i : i + 2] == ["such", "as"]), None)
    if instances is not None and drafts[inside[0]].run[0] > instances:
        return None  # "other nations, including X"
    core = [k for k in inside if drafts[k].head < stop and not drafts[k].adjective]
    if not core:
        return inside[0] if not drafts[inside[0]].adjective else None
    ends = max(drafts[k].head for k in core)
    best = max((k for k in core if drafts[k].head == ends), key=lambda k: (drafts[k].how == "noun", drafts[k].run[1] - drafts[k].run[0]))
    if drafts[best].how == "pronoun" and len(core) > 1 and ends != stop - 1:
        return core[0]
    if drafts[best].head + 1 < stop and drafts[best].possessor:
        return None  # "Trump's gambit": its head is a word that the lexicon does not know
    if (
        drafts[best].how == "name"
        and drafts[best].head + 1 < stop
        and any(page.lower[i].isalpha() and page.words[i].islower() for i in range(drafts[best].head + 1, stop))
    ):
        return None  # "the Reuters story"
    # "Michael Flynn, the adviser": the name, whichever comes first
    return best


def _apposed(page: Page, run: Run, drafts: Sequence[Draft], inside: Sequence[int]) -> int | None:
    """Whose name stands in *run* behind a comma and what he is: "another pollster, Orla Venn of Port Dora"; "the council's convener, Orla Venn".

    What he is, is one person, by a word that the lexicon knows for one, or whose it is.
    """
    a, b = run
    comma = next((i for i in range(a + 1, b) if page.words[i] == ","), None)
    if comma is None or not _SEVERAL_MORE.isdisjoint(page.lower[a + (page.lower[a] == "whose") : comma]):
        return None
    if (body := _apposed_body(page, comma, b, drafts, inside)) is not None:
        return body
    names = [k for k in inside if drafts[k].how == "name" and drafts[k].type == "person" and comma < drafts[k].run[0] <= comma + _RANKS]
    if not names or drafts[names[0]].possessor:
        return None
    before = next((drafts[k] for k in inside if drafts[k].how == "name" and drafts[k].type == "person" and drafts[k].run[1] == comma), None)
    if before is not None and _OF_WHOM.isdisjoint(page.lower[max(a, before.run[0] - 3) : before.run[0]]):
        return None  # not "a lawyer for Mr. Holt, Orla Venn"
    begin, end = drafts[names[0]].run
    if any(not _is_rank(page, i) for i in range(comma + 1, begin)):
        return None
    if end < b and page.lower[end] not in _GOES_ON:
        return None
    if end < b and page.words[end] == "," and any(word in ("and", "or") for word in page.lower[end + 1 : min(b, end + 6)]):
        return None  # a list
    described = [nouns().get((page.lower[i],)) for i in range(a, comma)]
    one = any(noun is not None and noun.type == "person" and noun.number == "singular" for noun in described)
    of_several = page.lower[a : a + 2] == ["one", "of"]
    owned = page.lower[a] in _OWNED or any(page.possessive(i) for i in range(a + 1, comma))
    heads = [noun for i, noun in enumerate(described) if a + i + 1 == comma or page.lower[a + i + 1] in _OF_WHOM]
    plural = any(noun is not None and noun.number == "plural" for noun in heads)
    return names[0] if of_several or ((one or (owned and page.words[comma - 1].islower())) and not plural) else None


def _apposed_body(page: Page, comma: int, end: int, drafts: Sequence[Draft], inside: Sequence[int]) -> int | None:
    """The body that is named, and no more, behind the comma at the head of what it is: "a Velmoran daily, the Orvan Post"."""
    described = next((drafts[k] for k in inside if drafts[k].head == comma - 1 and drafts[k].how == "noun"), None)
    if described is None or described.type != "organisation" or described.number == "plural":
        return None
    at = comma + 1 + (page.lower[comma + 1] == "the")
    return next((k for k in inside if drafts[k].run == (at, end - (page.words[end - 1] == ",")) and drafts[k].type == "organisation"), None)


_OF_WHOM = frozenset("of for to in with from at on".split())
_OWNED = frozenset("the his her its their our my whose".split())
_SEVERAL_MORE = frozenset("and or including like such who which whose that".split())
_GOES_ON = frozenset((",", "(", "of", "—", "–", "who", "from", "at", ";"))
# Tokens of ranks and titles between the comma and the name.
_RANKS = 6


def _is_rank(page: Page, i: int) -> bool:
    """Whether token *i* may stand between the comma and the name: "Sen.", "former Gov.", "Representative"."""
    noun = nouns().get((page.lower[i],))
    return (
        page.words[i] in ".-" or page.lower[i] in SHORT or page.lower[i] in HONORIFICS or page.lower[i] in ("former", "ex", "then", "retired")
        or page.words[i][0].isupper() or (noun is not None and noun.type == "person" and noun.number == "singular")
    )


def _words(noun: Noun) -> int:
    """How many tokens a noun of the lexicon has."""
    return len(noun.base.replace("-", " - ").split())


def _some_of(page: Page, run: Run, first: Draft) -> bool:
    """Whether only some of those are meant whom a name calls all: "many Velmorans", "85% of Velmorans"."""
    if first.how != "name" or first.type != "people" or first.number != "plural":
        return False
    before = page.lower[run[0] : first.run[0]]
    if bool(_FEW & set(before)) or any(w.isdigit() or w.endswith("%") for w in before):
        return True
    opening = page.begins[page.sentence[run[0]]]
    told = [i for i in range(run[0], first.run[0]) if page.words[i].isalpha() and page.lower[i] not in DETERMINERS and page.lower[i] not in _ALL]
    return bool(told) and all(page.words[i].islower() or i == opening for i in told)  # "conservative Velmorans"


def _apart(page: Page, at: int, first: Draft) -> bool:
    """Whether the head stands before all that has a name or a known noun: "people close to X", "delegates supporting X"."""
    begins = range(at + 1, first.run[0])
    if any(page.lower[i] == "by" and page.lower[i - 1] in _READ for i in begins):
        return True  # "minutes seen by X"
    return any(page.lower[i] in _APART | _PARTICIPLES for i in begins) and page.lower[at] not in _APART


def _holder(page: Page, drafts: Sequence[Draft], inside: Sequence[int]) -> int | None:
    """The name that an office of a body stands before: "Republican Speaker of the House | Mira Holt", not "a friend of the late | Mira Holt"."""
    for k in inside:
        name = drafts[k]
        if name.how != "name" or name.type != "person":
            continue
        bodies = [d for d in (drafts[j] for j in inside) if d.run[1] == name.run[0] and d.type in ("organisation", "place", "state")]
        for body in bodies:
            of = body.run[0] - (page.lower[body.run[0] - 1] == "the") - 1
            office = page.lower[of - 1 : of] if of > 0 and page.lower[of] in ("of", "for") else []
            noun = nouns().get((office[0],)) if office else None
            if noun is not None and noun.type == "person" and noun.number == "singular":
                return k
    return None


def _is_name(page: Page, at: int) -> bool:
    """Whether a source that is one word is a name that the network took for none: "Kyiv welcomed the report"."""
    word, lower = page.words[at], page.lower[at]
    if lower in _NOBODY or not word.istitle() or not word.isalpha() or len(word) < 4:
        return False
    if (lower,) in nouns() or lower in PRONOUNS or known_cue(lemma(lower)):
        return False
    return not lower.endswith(("s", "ing", "ed", "ly")) and lower not in page.words


_NOBODY = frozenset("both neither either another each every such whoever nobody everybody nothing".split())
_EXPLETIVES = frozenset(("there", "here"))


def described(page: Page, run: Run) -> Draft | None:
    """A draft for a source whose head no lexicon knows: its words describe somebody."""
    a, b = run
    if b - a == 1 and page.lower[a] in _EXPLETIVES:
        return None
    stop = b
    some = b - a >= 3 and page.lower[a] in _SOME and page.lower[a + 1] in _AMONG  # "some in the council"
    for i in range(a + 1, a + 1 if some else b):
        if page.words[i] in ",(—–" or page.lower[i] in _ENDS or (page.lower[i] == "of" and page.lower[i - 1] not in _PARTS):
            stop = i
            break
    at = a if some else stop - 1
    while at > a and page.tokens[at].shape == MARK:
        at -= 1
    word = page.lower[at]
    if word == "old" and at - 3 >= a and page.lower[at - 2] == "year":  # "the 46-year-old"
        word = "year-old"
    if b - a == 1 and word in _UNNAMED:
        return Draft(run, at, "noun", "people", "plural", None, Noun(word, "people", "plural", None), definite=False)
    if page.tokens[at].shape == MARK or (b - a == 1 and (word in GENERIC or word in PRONOUNS)):
        return None
    if b - a == 1 and _is_name(page, a):
        return Draft(run, a, "name", "other", "singular", None)
    plural = word in ("two", "three", "four", "pair", "duo", "trio", "both", "people") or some or (word.endswith("s") and not word.endswith("ss"))
    definite = not some and (
        page.lower[a] in DEFINITE
        or any(page.possessive(k) for k in range(a, at))
        or (page.words[a][0].isupper() and not page.tokens[a].after_break and page.lower[a] not in DETERMINERS)
    )
    known = next((noun for k in range(max(a, at - 3), at + 1) if (noun := nouns().get(tuple(page.lower[k : at + 1]))) is not None), None)
    noun = known or Noun(word, "person" if word.endswith(_PERSONS) else "other", "plural" if plural else "singular", None)
    return Draft((a, stop), at, "noun", noun.type, noun.number, noun.gender, noun, definite=definite)
