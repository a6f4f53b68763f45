"""Names: what the network tags as one, from its first word to its last."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.attribution.decoding import Chain, by_lines, line_starts
from sayso.attribution.lemmas import lemma
from sayso.attribution.lexicon import known_cue
from sayso.language.tokens import MARK
from sayso.mentions.kinds import BEFORE_NAME, is_office, one_kind
from sayso.mentions.lexicon import (
    ARTICLES,
    HONORIFICS,
    POSTNOMINALS,
    SHORT,
    given_names,
    nouns,
    office_holders,
)
from sayso.mentions.mention import Type
from sayso.mentions.page import Page, Run
from sayso.mentions.phrases import Draft

_LINES = 256  # decoded at a time
_SHORT = 128  # tokens of a line up to which it is decoded with any other
_TYPES: dict[str, Type] = {
    "person": "person",
    "organisation": "organisation",
    "state": "state",
    "place": "place",
    "people": "people",
    "other": "other",
}


def names(page: Page, scores: NDArray[np.float32], transitions: dict[str, Any]) -> list[Draft]:
    """The names of *page*, in order, from the network's scores (tokens, tags)."""
    if not page.words:
        return []
    chain = Chain.from_json(transitions)
    tags = _decoded(chain, scores, line_starts(page.tokens))
    found: list[tuple[Run, Type]] = []
    for i, tag in enumerate(tags.tolist()):
        label = chain.labels[tag]
        if label == "O" or page.words[i] in "/|":
            continue
        if label[0] == "B" or not found or found[-1][0][1] != i or page.line[i] != page.line[i - 1]:
            found.append(((i, i + 1), _TYPES[label[2:]]))
        else:
            found[-1] = ((found[-1][0][0], i + 1), found[-1][1])
    found = _hyphened(page, _with_articles(page, _mended(page, found)))
    trimmed = [(run, kind) for run, kind in (_trim(page, run, kind) for run, kind in found) if run[0] < run[1] and not _plain(page, run)]
    taken = {i for run, _ in trimmed for i in range(*run)}
    trimmed = [(_with_given(page, _with_initials(page, run, taken), taken) if kind == "person" else run, kind) for run, kind in trimmed]
    trimmed = [_with_rest(page, run, kind, taken) if kind in ("state", "place") else (run, kind) for run, kind in trimmed]
    trimmed = [(_with_first(page, run, taken) if kind == "organisation" else run, kind) for run, kind in trimmed]
    written = set(page.words)
    trimmed = [part for run, kind in trimmed for part in _headline(page, run, kind, written)]
    common = _common(page, [run for run, _ in trimmed])
    apart = _apart(page, [part for run, kind in trimmed if run not in common for part in _jointly(page, run, kind)])
    return one_kind(page, sorted([*apart, *_the_papers(page, apart), *_called(page, apart)]))


# Marks that letters with accents turn into where a text was decoded wrongly.
_WRECKED = frozenset("±³©¡¼¶¤§¨¢ª«®¯°²´¸¹º»½¾¿ÂÃ­")


def _mended(page: Page, found: Sequence[tuple[Run, Type]]) -> list[tuple[Run, Type]]:
    """Names whose letters were decoded wrongly, whole: "Pe±a"; and those written so elsewhere that the network passed over."""
    if not any(mark in page.text for mark in _WRECKED):
        return list(found)
    out: list[tuple[Run, Type]] = []
    last: dict[tuple[str, ...], Type] = {}
    for (a, b), kind in found:
        if out and a < out[-1][0][1]:
            continue
        end = b
        while end < len(page.words) and page.tokens[end].start == page.tokens[end - 1].end and _goes_on(page, end):
            end += 1
        if end > b and kind in ("person", "other"):
            first = next((i + 1 for i in range(end - 1, a, -1) if page.tokens[i].start > page.tokens[i - 1].end), a)
            begin = next((i for i in range(end - 1, a, -1) if page.tokens[i].start > page.tokens[i - 1].end), first)
            last[tuple(page.words[begin:end])] = kind
        out.append(((a, end), kind))
    taken = {i for (a, b), _ in out for i in range(a, b)}
    for words, kind in last.items():
        for i in range(len(page.words) - len(words) + 1):
            if page.words[i] == words[0] and i not in taken and tuple(page.words[i : i + len(words)]) == words:
                out.append(((i, i + len(words)), kind))
    return sorted(out)


def _with_articles(page: Page, found: Sequence[tuple[Run, Type]]) -> list[tuple[Run, Type]]:
    """Persons' names that the network cut at the article within: "Bashar al | -Assad", "Bashar | al-Assad"."""
    out: list[tuple[Run, Type]] = []
    for (a, b), kind in found:
        if out and a < out[-1][0][1]:
            continue
        at = b if page.lower[b - 1] in ARTICLES else b + 1
        if (
            kind == "person" and at + 1 < len(page.words) and page.lower[at - 1] in ARTICLES
            and page.words[at] == "-" and page.words[at + 1][0].isupper()
            and page.tokens[at - 1].end == page.tokens[at].start and page.tokens[at].end == page.tokens[at + 1].start
        ):  # fmt: skip
            b = at + 2
        out.append(((a, b), kind))
    return out


def _hyphened(page: Page, found: Sequence[tuple[Run, Type]]) -> list[tuple[Run, Type]]:
    """Persons' names of two with a hyphen that the network cut there, whole: "Mira Holt | -Venn", and "Holt | -Venn" where some name is."""

    def joined(at: int) -> bool:
        there = 0 < at < len(page.words) - 1 and page.words[at] == "-" and page.words[at + 1][0].isupper()
        return there and page.tokens[at - 1].end == page.tokens[at].start and page.tokens[at].end == page.tokens[at + 1].start

    within = [i for (a, b), kind in found if kind == "person" for i in range(a + 1, b + 1) if joined(i) and (i < b or _given(page, a, b))]
    pairs = {(page.lower[i - 1], page.lower[i + 1]) for i in within}
    out: list[tuple[Run, Type]] = []
    for (a, b), kind in found:
        if out and a < out[-1][0][1]:
            continue
        if kind == "person" and joined(b) and (page.lower[b - 1], page.lower[b + 1]) in pairs:
            b += 2
        out.append(((a, b), kind))
    return out


def _given(page: Page, a: int, b: int) -> bool:
    """Whether a name begins with a given name and goes on."""
    return b - a > 1 and page.lower[a] in given_names()


def _goes_on(page: Page, at: int) -> bool:
    """Whether token *at*, stuck to a name, is a wrecked letter or what follows one."""
    word = page.words[at]
    return all(c in _WRECKED for c in word) or (word.isalpha() and page.words[at - 1][-1] in _WRECKED)


# Nouns that are written with a capital wherever they stand.
_CAPITAL = frozenset("republicans democrats marines allies islamists tories greens".split())


def _common(page: Page, found: Sequence[Run]) -> set[Run]:
    """Those that are plain plurals, written with a capital because a line or a sentence begins with them ("Participants said")."""
    by_word: dict[str, list[Run]] = defaultdict(list)
    for a, b in found:
        noun = nouns().get((page.lower[a],)) if b - a == 1 else None
        plural = page.words[a].istitle() and page.lower[a].endswith("s") and page.lower[a] not in _CAPITAL
        if b - a == 1 and plural and (noun is None or (noun.number == "plural" and noun.type in ("person", "people"))):
            by_word[page.lower[a]].append((a, b))
    if not by_word:
        return set()
    written = set(page.words)
    out: set[Run] = set()
    for word, runs in by_word.items():
        opening = all(page.begins[page.sentence[a]] == a or page.tokens[a].after_break for a, _ in runs)
        if word in written or (opening and (word,) in nouns()):
            out.update(runs)
    return out


def _decoded(chain: Chain, scores: NDArray[np.float32], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Tags by token. Lines of like length are laid out together, so few lines at a time that memory stays bounded."""
    tags = np.zeros(len(scores), np.int64)
    lengths = np.diff(np.append(starts, len(scores)))
    order = np.argsort(lengths, kind="stable")
    begin = 0
    while begin < len(order):
        longest = max(_SHORT, 2 * int(lengths[order[begin]]))
        rows = order[begin : begin + _LINES]
        rows = rows[lengths[rows] <= longest]
        at = np.concatenate([np.arange(starts[k], starts[k] + lengths[k]) for k in rows])
        laid, count = by_lines(scores[at], np.concatenate([[0], np.cumsum(lengths[rows])[:-1]]))
        tags[at] = chain.best(laid, count)[np.arange(laid.shape[1]) < count[:, None]]
        begin += len(rows)
    return tags


def _trim(page: Page, run: Run, kind: Type) -> tuple[Run, Type]:
    """Without marks and forms of address at the edges; nothing is left of what has no capital."""
    a, b = run
    for k in range(a + 1, b - 3):  # "Velmora's King Orvan": the person alone
        if page.possessive(k) and page.lower[k + 1] == "s":
            name = max((j for j in range(k + 3, b) if is_office(page.lower[k + 2 : j])), default=None)
            if name is not None:
                return (name, b), "person"
    if kind == "person":  # "Carnegie's Holt": the person alone
        after = (k + 2 for k in range(a + 1, b - 2) if page.possessive(k) and page.lower[k + 1] == "s")
        a = next((k for k in after if page.words[k].istitle() and (page.lower[b - 1],) not in nouns()), a)
    while a < b and (
        page.tokens[a].shape == MARK or page.lower[a] in ("the", "a", "an", "s") or (kind == "person" and page.lower[a] in HONORIFICS and b - a > 1)
    ):
        a += 1
    while b > a and (
        (page.tokens[b - 1].shape == MARK and not (page.words[b - 1] == "." and b - a > 1 and len(page.words[b - 2]) == 1))
        or (page.lower[b - 1] == "s" and b - a > 2 and page.words[b - 2] in "'’")
    ):
        b -= 1
    if kind == "person":  # "Army Lt. Col. Ann Holt", "President Radomira Tesk": what somebody is, before the name
        a = max((k + 1 for k in range(a + 1, b - 1) if page.words[k] == "." and page.lower[k - 1] in SHORT), default=a)
        a = max((k for k in range(a + 1, b) if is_office(page.lower[a:k])), default=a)
        b = _unglued(page.words, a, b)
        while b - a > 2 and page.words[b - 1] in POSTNOMINALS:
            b -= 1
        b = next((k for k in range(a + 1, b) if _small(page, k)), b)
        if b - a > 1 and (any(page.words[k].isdigit() for k in range(a, b)) or page.lower[b - 1] in _THINGS):
            kind = "other"
        if b - a > 2 and (noun := nouns().get((page.lower[b - 1],))) is not None and noun.number == "plural" and noun.type == "person":
            b = next((k for k in range(a + 1, b - 1) if page.possessive(k)), b)  # "Holt's Supporters"
    b = next((k for k in range(a + 1, b) if page.lower[k] in _AGAINST and (kind == "person" or page.words[k - 1] == page.words[b - 1])), b)
    if not any(c.isupper() for w in page.words[a:b] for c in w):
        return (a, a), kind
    if kind in ("organisation", "other") and a < b and (is_office(page.lower[a:b]) or " ".join(page.lower[a:b]) in _PLAIN):
        return (a, a), kind  # "National Security Advisor", "the Committee": no name, but what somebody is
    if page.lower[a:b] == ["pac"] and a and page.lower[a - 1] == "super":
        return (a, a), kind  # "the super | PAC"
    return (a, b), kind


def _with_given(page: Page, run: Run, taken: set[int]) -> Run:
    """A surname with the given name before it that the network saw as a word of the sentence: "said Per | Venndal"."""
    a, b = run
    if b - a > 2 or a == 0 or a - 1 in taken or page.line[a - 1] != page.line[a] or page.begins[page.sentence[a]] >= a - 1:
        return run
    given = page.lower[a - 1] in given_names() or page.lower[a - 1] == "per"
    return (a - 1, b) if given and page.words[a - 1].istitle() and page.lower[a - 1] not in HONORIFICS else run


def _with_initials(page: Page, run: Run, taken: set[int]) -> Run:
    """A name with the initials before it: "R K | Venn", "R. | K. Venn"."""
    a, b = run
    for _ in range(_INITIALS):
        before = _initial(page, a) if a else a
        if before == a or not taken.isdisjoint(range(before, a)):
            break
        a = before
    return run if "".join(page.words[a : run[0]]).replace(".", "") in _PLACES else (a, b)


_INITIALS = 3
_PLACES = frozenset("US UK UN EU DC LA NY PM AM UAE USA".split())  # "in the U.S. Holt said"


def _initial(page: Page, a: int) -> int:
    """Where the initial that stands before token *a* begins ("R | K Venn", "R. | K. Venn"); *a*: there is none."""
    k = a - 1
    if page.words[k] == "." and k and page.tokens[k].start == page.tokens[k - 1].end:
        k -= 1
    article = page.words[k] == "A" and len(page.words[a]) > 1  # "A Venn aide"
    alone = len(page.words[k]) == 1 and page.words[k].isalpha() and page.words[k].isupper() and page.words[k] != "I" and not article
    before = page.words[k - 2] if k > 1 and page.words[k - 1] == "." else ""
    glued = len(before) == 1 and before.isalpha() and before.isupper()  # "H.R."
    return k if alone and page.line[k] == page.line[a] and (k == 0 or page.tokens[k].start > page.tokens[k - 1].end or glued) else a


def _small(page: Page, k: int) -> bool:
    """Whether token *k* of a person's name is a word that no name holds: "Ann Holt suing"."""
    word, apart = page.words[k], page.tokens[k].start > page.tokens[k - 1].end
    return apart and word.isalpha() and word.islower() and word not in _PARTICLES


# Between two who are set against each other: "President Holt Vs. Private Citizen Holt".
_AGAINST = frozenset(("vs", "versus"))
# Words without a capital inside persons' names, and words that end names of things that look like persons'.
_PARTICLES = frozenset("van von der den de del della di da dos du la le el al bin bint ibn ben abu ter ten zu y e s of and the".split())
_THINGS = frozenset("show act tour award prize poll news times series trilogy".split())
# Nouns for bodies that are written with a capital, too.
_PLAIN = frozenset(
    (
        "committee panel network newspaper group company agency department board commission council campaign firm "
        "leadership union bureau chamber administration"
    ).split()
) | {"super pac", "select committee", "news agency"}


def _unglued(words: Sequence[str], a: int, b: int) -> int:
    """Where a person's name ends that a page's link text is stuck to: "Ann Lee Ann Mary LeeMore", "Lee Ann Mary LeeMore"."""
    if b - a > 2 and b < len(words) and words[b] == "(" and words[b - 1].lower() in given_names() and words[a].lower() in given_names():
        return b - 1  # "Ann Lee Anna (Ann) Mary LeeMore"
    if b - a > 3 and len(words[a]) > 2:
        for k in range(a + 2, b):
            if words[k].startswith(words[a]):
                return k if words[k] == words[a] else a + 1
    return b


# Tokens from which a person's name is too long for one.
_TOO_LONG = 5


def _headline(page: Page, run: Run, kind: Type, written: set[str]) -> list[tuple[Run, Type]]:
    """The persons in a headline with capitals throughout that was taken for one's name: "Ann Holt | Slams | Peter Brill | On Harbour".

    *written* are the words of the text as they are written.
    """
    a, b = run
    if kind != "person":
        return [(run, kind)]
    led = b - a == 3 and page.lower[a] not in given_names() and page.lower[a + 1] in given_names() and page.lower[a + 2] not in given_names()
    if led and page.words[a].istitle() and page.lower[a] in written:  # "Used to | Kill | Ann Holt"
        return [((a + 1, b), kind)]
    if b - a < _TOO_LONG:
        return [(run, kind)]
    out: list[tuple[Run, Type]] = []
    i = a
    while i + 1 < b:
        if page.lower[i] in given_names() and page.words[i + 1].istitle() and page.lower[i + 1] not in given_names():
            out.append(((i, i + 2), kind))
            i += 1
        i += 1
    return out if len(out) > 1 else [(run, kind)]


# Words that describe a ministry or who holds an office.
_DESCRIBES = frozenset("foreign former senior interior defence defense deputy prime finance justice health military federal opposition local".split())


def _plain(page: Page, run: Run) -> bool:
    """Whether it only begins a sentence: "Rebuffing calls for a recount, Holt said", "Foreign ministry spokeswoman Mira Holt"."""
    a, b = run
    opens = a == 0 or page.line[a - 1] != page.line[a] or page.tokens[a - 1].shape == MARK
    on = b < len(page.words) and page.line[b] == page.line[a] and page.words[b][0].islower()
    verb = page.lower[a].endswith("ing") and known_cue(lemma(page.lower[a]))
    return b - a == 1 and opens and on and (verb or page.lower[a] in _DESCRIBES)


_OF = frozenset(("of", "for", "and", "&", "the"))


def _apart(page: Page, found: list[tuple[Run, Type]]) -> list[tuple[Run, Type]]:
    """Names that headlines in a row ran together, apart: "award for Ann Lee Holt opens bridge" is about Ann Lee, and Holt of whom all speak."""
    alone: Counter[str] = Counter()
    persons = {page.lower[b - 1] for (_, b), kind in found if kind == "person"}
    out: list[tuple[Run, Type]] = []
    for (a, b), kind in found:
        first, second, last = page.lower[a], page.lower[a + 1 : b - 1], page.lower[b - 1]
        alone[last] += b - a == 1
        others = {name for name, _ in office_holders().get(last, ())}
        ran_on = (
            kind == "person" and len(second) == 1 and len(second[0]) > 2 and alone[last] > 1 and others and first not in others
            and first in given_names() and second[0] not in given_names()
        )  # fmt: skip
        if ran_on:
            out += [((a, b - 1), kind), ((b - 1, b), kind)]
        elif kind == "organisation" and b - a > 2 and page.lower[a + 1] == "of" and first in persons and (first,) not in nouns():
            out += [((a, a + 1), "person"), ((a + 2 + (page.lower[a + 2] == "the"), b), kind)]  # "Holt of | Velmora House"
        elif kind == "organisation" and _ends_in_person(page, a, b, persons):
            out += [((a, b - 2), kind), ((b - 2, b), "person")]
        elif kind in ("organisation", "state") and _its_person(page, a, b, persons):
            out.append(((b - 1, b), "person"))
        elif kind == "organisation" and (role := _role_within(page, a, b)) is not None:
            out += [((a, role[0]), kind)] * (role[0] > a) + [((role[1], b), "person")]
        elif kind == "person" and b - a > 2 and page.lower[a + 1] in given_names() and page.lower[max(0, a - 2) : a] == ["of", "the"]:
            out.append(((a + 1, b), kind))  # "Secretary of the Interior | Ann Holt"
        else:
            out.append(((a, b), kind))
    return out


def _ends_in_person(page: Page, a: int, b: int, persons: set[str]) -> bool:
    """Whether a body's name ends in its head's: "director of | National Safety | Ann Holt", "director of the | FBI | Ann Holt"."""
    if b - a < 3 or page.lower[b - 2] not in given_names() or page.lower[b - 3] in _OF:
        return False
    of = a - 1 - (page.lower[a - 1] == "the") if a else 0
    headed = of > 0 and page.lower[of] == "of" and (noun := nouns().get((page.lower[of - 1],))) is not None and noun.type == "person"
    return headed or page.lower[b - 1] in persons


def _its_person(page: Page, a: int, b: int, persons: set[str]) -> bool:
    """Whether the last word alone names, and a person: "Senator | Holt", "the Tarrow Institute's | Holt" where the text has an Ann Holt."""
    last = page.lower[b - 1]
    if (last,) in nouns() or not last.isalpha():
        return False
    if b - a == 2 and (page.lower[a] in HONORIFICS or is_office([page.lower[a]])):
        return last in persons or last in given_names() or bool(office_holders().get(last))
    return b - a > 3 and page.lower[b - 2] == "s" and page.possessive(b - 3) and last in persons


def _role_within(page: Page, a: int, b: int) -> tuple[int, int] | None:
    """Where in a body's name the role begins and ends behind which somebody is named: "Orval | Political Director | Ann Holt"."""
    for k in range(b - 2, a - 1, -1):
        noun = nouns().get((page.lower[k],))
        if noun is None or noun.type != "person" or not page.words[k].istitle():
            continue
        if k == a or not 1 < b - k - 1 < 4 or not all(_proper(page, i) and page.words[i].istitle() for i in range(k + 1, b)):
            return None
        begin = k
        while begin > a and (page.lower[begin - 1] in _OF_ROLES or (page.lower[begin - 1],) in nouns()):
            begin -= 1
        return begin, k + 1
    return None


_OF_ROLES = frozenset(
    "political executive deputy managing campaign communications policy legislative national press general assistant senior chief associate".split()
)


_SURVEYS = frozenset("poll polls survey surveys".split())


def _jointly(page: Page, run: Run, kind: Type) -> list[tuple[Run, Type]]:
    """The names of those who poll together, apart: "an Orvan Post-Vel Research poll"."""
    a, b = run
    if b < len(page.words) and page.lower[b] in _SURVEYS and b - a > 3:
        for k in range(a + 1, b - 1):
            if page.words[k] in "-–" and page.words[k - 1][0].isupper() and page.words[k + 1][0].isupper():
                return [((a, k), kind), ((k + 1, b), kind)]
    return [(run, kind)]


def _the_papers(page: Page, found: Sequence[tuple[Run, Type]]) -> list[tuple[Run, Type]]:
    """Names that are nouns elsewhere, told by their article's capital inside a sentence: "the editors of The Lookout said"."""
    taken = {i for run, _ in found for i in range(*run)}
    out: list[tuple[Run, Type]] = []
    for i in range(2, len(page.words)):
        if page.words[i - 1] != "The" or i in taken or not page.words[i][0].isupper() or page.words[i].isupper() or (page.lower[i],) not in nouns():
            continue
        inside = page.words[i - 2].islower() and page.line[i - 2] == page.line[i]
        longer = i + 1 < len(page.words) and page.line[i + 1] == page.line[i] and page.words[i + 1][0].isupper()
        if inside and not longer:
            out.append(((i, i + 1), "organisation"))
    return out


# Words with a capital that are no names.
_DATED = frozenset(
    (
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november "
        "december mr mrs ms dr tv web"
    ).split()
)
_LONG = 5


def _called(page: Page, found: Sequence[tuple[Run, Type]]) -> list[tuple[Run, Type]]:
    """Names that the network saw as none, right behind what they are or before what they make: "the rights group | ORVAL", "an | Orval | poll"."""
    taken = {i for run, _ in found for i in range(*run)}
    out: list[tuple[Run, Type]] = []
    written = set(page.words)
    for i in range(1, len(page.words)):
        before = page.lower[i - 1]
        named = before in BEFORE_NAME and page.words[i - 1].islower()
        if i not in taken and page.line[i - 1] == page.line[i] and page.words[i - 1].istitle() and before in _TITLES and _full_name(page, i, taken):
            out.append(((i, i + 2), "person"))
            continue
        if i in taken or page.line[i - 1] != page.line[i] or not (named or before in _ARTICLES or before == "s") or not _proper(page, i):
            continue
        end = i + 1
        while end < min(len(page.words), i + _LONG) and end not in taken and page.line[end] == page.line[i] and _proper(page, end):
            end += 1
        polled = end < len(page.words) and page.words[end] in _SURVEYS
        if end not in taken and not written.issuperset(page.lower[i:end]) and (named or polled):
            out.append(((i, end), "organisation"))
    return out


def _with_rest(page: Page, run: Run, kind: Type, taken: set[int]) -> tuple[Run, Type]:
    """The body whose name begins with that of the state or place *run*, if it does: "Velmora | Air"; not "Velmora Mayor Ann Holt"."""
    (a, b), end = run, run[1]
    if a and page.lower[a - 1] in _BEFORE_PLACE and page.line[a - 1] == page.line[a]:
        return run, kind
    while end < min(len(page.words), b + 2) and end not in taken and page.line[end] == page.line[a] and _proper(page, end):
        end += 1
    rest = page.words[end : end + 1]
    if end == b or end in taken or not rest or page.line[end] != page.line[a] or not (rest[0].islower() or rest[0] == "’s"):
        return run, kind
    named = page.words[end - 1].istitle() and page.lower[end - 1] != "read" and not _titled(page, a)
    return ((a, end), "organisation") if named else (run, kind)


def _with_first(page: Page, run: Run, taken: set[int]) -> Run:
    """The body whose name the network cut at its "and", whole: "the Gay and | Lesbian Alliance", "the Fish and | Wildlife Service"."""
    a, b = run
    if a < 3 or b - a < 2 or page.lower[a - 1] not in ("and", "&") or a - 2 in taken or page.line[a - 2] != page.line[a] or not _proper(page, a - 2):
        return run
    begin = a - 2
    led = page.lower[begin - 1] == "the" or begin - 1 in taken
    return (begin, b) if led and not _titled(page, a) else run


_BEFORE_PLACE = frozenset("the a an of in at from to near".split())


def _titled(page: Page, i: int) -> bool:
    """Whether the line of token *i* is written as titles are."""
    near = range(max(0, i - 40), min(len(page.words), i + 40))
    line = [page.words[k] for k in near if page.line[k] == page.line[i] and len(page.words[k]) > _SHORT_WORD]
    return sum(word[0].isupper() for word in line) > _TITLED * len(line)


_SHORT_WORD, _TITLED = 3, 0.6


def _full_name(page: Page, i: int, taken: set[int]) -> bool:
    """Whether a first and a last name that the network saw as none begin at token *i*, behind a title: "President | Radomira Tesk"."""
    end = i + 2
    if end > len(page.words) or i + 1 in taken or page.line[i + 1] != page.line[i]:
        return False
    whole = end == len(page.words) or not page.words[end][0].isupper() or page.line[end] != page.line[i]
    return whole and all(_proper(page, k) and page.words[k].istitle() and len(page.words[k]) > 2 for k in (i, i + 1))


_TITLES = frozenset("president minister secretary senator governor mayor colonel captain judge justice professor chancellor ambassador".split())
_ARTICLES = frozenset("a an the new latest".split())


def _proper(page: Page, i: int) -> bool:
    """Whether token *i* has a capital, and is no noun, day or adverb that has one where a title begins."""
    word = page.words[i]
    return word[0].isupper() and word.isalpha() and len(word) > 1 and page.lower[i] not in _DATED and (page.lower[i],) not in nouns()


