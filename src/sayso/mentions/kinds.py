"""Kinds: what a name is the name of; one kind holds for one name in a text, and a surname is its bearer's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from sayso.attribution.lemmas import lemma
from sayso.attribution.lexicon import known_cue
from sayso.mentions.lexicon import (
    HONORIFICS,
    SUFFIXES,
    bodies,
    given_names,
    nouns,
    office_holders,
    sorts_of_name,
    without_article,
)
from sayso.mentions.mention import Type
from sayso.mentions.page import Page, Run
from sayso.mentions.phrases import Draft

#: Nouns for bodies that stand right before a name.
BEFORE_NAME = frozenset("group company firm giant newspaper magazine website site charity nonprofit startup retailer publisher broadcaster".split())
# Words before a place, and words behind whose government, army or people it is.
_WHERE = frozenset("in into across throughout inside".split())
_OF_STATES = frozenset(
    (
        "government president prime foreign defence defense interior finance parliament capital army military navy border borders economy "
        "ambassador embassy coast "
        "neighbour neighbor neighbours neighbors northern southern eastern western ministry minister territory constitution people"
    ).split()
)


def one_kind(page: Page, found: list[tuple[Run, Type]]) -> list[Draft]:
    """The names *found*, each with the kind that most tells of it wherever the text has it, and those that were found in some places only."""
    votes: dict[str, Counter[Type]] = defaultdict(Counter)
    for run, kind in found:
        votes[page.written(run)][kind] += 1
    for (a, b), kind in found:
        if kind == "person" and (_of_body(page, a) if b - a == 1 else page.lower[a] not in given_names() and a and page.lower[a - 1] in BEFORE_NAME):
            written = page.written((a, b))
            votes[written]["organisation"] += 1 + 2 * votes[written]["person"]
    located, titled = _clues(page, found, votes)
    capitals = {text.upper() for text, count in votes.items() if not text.isupper() and _personal(text, count)}
    for text in votes:
        if text in capitals and " " in text:  # the label of a speaker in a transcript
            votes[text]["person"] += 1 + sum(votes[text].values())
    for text, count in votes.items():  # well-known ones, and "Latinos", whatever the network takes them for
        noun = nouns().get((text.lower(),))
        if text in bodies() and not count["place"] and text.lower() not in given_names() and text not in titled:
            count["organisation"] += 1 + sum(count.values())
        elif noun is not None and noun.number == "plural" and noun.type in ("people", "person"):
            count["people"] += 1 + sum(count.values())
        elif count["organisation"] and not count["other"] and not count["state"] and not count["place"] and _of_office(text):
            count["person"] += 1 + sum(count.values())
    full = [text for text, count in votes.items() if _personal(text, count)]
    for text in full:
        if sorts_of_name(text) and text.split()[0].lower() not in given_names() and text not in titled:  # "Halden Pharma"
            votes[text]["organisation"] += 1 + 2 * sum(votes[text].values())
            if text.split()[0] in votes:
                votes[text.split()[0]]["organisation"] += 1 + 2 * sum(votes[text.split()[0]].values())
            continue
        votes[text]["person"] += sum(votes[text].values())
        if text.split()[-1] in bodies() and text.split()[0].lower() not in given_names():
            continue
        last = _last(text)
        if last in votes and (votes[last]["state"] + votes[last]["place"] < 4 or last not in located):  # the surname alone is that person's
            votes[last]["person"] += 1 + sum(votes[last].values())
    for initials in {"".join(w[0] for w in text.split()).upper() for text in full if len(text.split()) > 2}:
        for short in {initials, initials[0] + initials[1:-1].lower() + initials[-1]} & votes.keys() - bodies().keys():  # "MBS", "MbS"
            votes[short]["person"] += 1 + sum(votes[short].values())
    surnames = {word for text in full for word in (*text.split()[1:], _last(text))}
    for text in list(votes):  # "Norrund" beside "Norrund Steel"
        short = text.split()[0]
        company = " " in text and "company" in sorts_of_name(text) and max(votes[text], key=votes[text].__getitem__) == "organisation"
        personal = short in surnames or short in titled or _of_office(short) or short.lower() in given_names()
        if company and short in votes and not personal and not votes[short]["state"] and not votes[short]["place"]:
            votes[short]["organisation"] += 1 + sum(votes[short].values())
    best = {text: max(count, key=lambda kind: (count[kind], kind)) for text, count in votes.items()}
    out = [_draft(page, run, best[page.written(run)]) for run, _ in found]
    taken = {i for d in out for i in range(*d.run)}
    # a name found in one place is one in the others, too
    single: dict[str, tuple[Type, int]] = {}
    for text, count in votes.items():
        if sum(count.values()) > 1 or " " in text:
            single[text] = (best[text], len(text.split()))
    lowered = {word for word in page.words if word.islower()}
    for text in full:  # a surname that was never tagged by itself is its bearer's, too
        last = _last(text)
        plain = last.lower() in lowered or (last.lower(),) in nouns() or known_cue(lemma(last.lower()))
        if best[text] == "person" and last not in votes and len(last) > 2 and not plain:
            single.setdefault(last, ("person", 1))
    heads = {text.split()[0] for text in single}
    for i, word in enumerate(page.words):
        if i in taken or word not in heads:
            continue
        for k in range(min(len(page.words), i + 5), i, -1):
            text = page.written((i, k)) if page.line[k - 1] == page.line[i] else ""
            if text in single and not any(j in taken for j in range(i, k)):
                out.append(_draft(page, (i, k), single[text][0]))
                taken.update(range(i, k))
                break
    return sorted(out, key=lambda d: d.run)


def _clues(page: Page, found: Sequence[tuple[Run, Type]], votes: dict[str, Counter[Type]]) -> tuple[set[str], set[str]]:
    """Votes for how names stand: states and places ("in X", "X's government", "Xan"), persons ("President X").

    Returns those that stand as places, and those with a title.
    """
    words = set(page.words)
    located: set[str] = set()
    for run, _ in found:
        if run[1] - run[0] != 1:
            continue
        text = page.words[run[0]]
        before = page.lower[run[0] - 1] if run[0] else ""
        after = page.lower[run[1] + 2] if page.possessive(run[1]) and run[1] + 2 < len(page.words) else ""
        clue = (before in _WHERE) + (after in _OF_STATES and not _of_office(text))  # "Orlan's government"
        if clue:
            votes[text]["state"] += clue
            if before in _WHERE and not after:  # not "in X's district"
                located.add(text)
    titled: set[str] = set()
    for run, _ in found:  # "President X", "Sen. X", "Mr. X"
        k = run[0] - 1
        if k > 0 and page.words[k] == ".":
            k -= 1
        if (
            k >= 0
            and page.line[k] == page.line[run[0]]
            and page.words[k][0].isupper()
            and (page.lower[k] in HONORIFICS or is_office([page.lower[k]]))
        ):
            titled.add(page.written(run))
    for text in [t for t in votes if t.endswith(("a", "i", "o")) and len(t) > 3 and t.lower() not in given_names()]:
        stem = text.removesuffix("a") + "an"
        people = [form for form in (stem, stem + "s") if form in words]  # "Xa" is where the Xan live, "Xi" where the Xians
        if people:
            votes[text]["state"] += 1 + sum(votes[text].values())
        for form in people:
            if form in votes:
                votes[form]["people"] += 1 + sum(votes[form].values())
    for run, kind in found:  # "Velmora Ports, which bought …"
        if kind == "person" and page.words[run[1] : run[1] + 1] == [","] and page.lower[run[1] + 1 : run[1] + 2] == ["which"]:
            votes[page.written(run)]["organisation"] += 1 + sum(votes[page.written(run)].values())
    for text in titled:
        votes[text]["person"] += 1 + sum(votes[text].values())
    for text, count in votes.items():
        if (
            " " not in text
            and count["state"]
            and any(form in words for form in (text + "n", text + "ns", text.rstrip("aeiou") + "ian", text.rstrip("aeiou") + "an"))
        ):
            count["state"] += sum(count.values())
            located.add(text)
    return located, titled


def _personal(text: str, count: Counter[Type]) -> bool:
    """Whether a name of several words is a person's: tagged so, or a given name before words of no body."""
    words = [w for w in text.split() if w.lower().strip(".") not in SUFFIXES]
    if len(words) < 2 or not _last(text)[0].isupper() or "&" in words or "of" in words:
        return False
    kind = max(count, key=lambda k: (count[k], k))
    if kind == "person":
        return True
    known = words[0].lower() in given_names() and given_names()[words[0].lower()] is not None
    return (
        known
        and kind in ("organisation", "other")
        and len(words) <= 3
        and words[-1].lower() not in _OF_BODIES
        and words[-1].isalpha()
        and not words[-1].isupper()
    )


_OF_BODIES = frozenset(
    (
        "foundation university college school institute center centre inc corp company co group act party campaign street square avenue "
        "road house hotel tower hospital "
        "church award prize show report times post journal news press fund bank law museum library building stadium park airport county "
        "city beach island hall court "
        "association society club committee council commission academy trust partners partnership international studies university "
        "airlines motors industries show bill "
        "day war plan pac action poll law firm project network magazine"
    ).split()
)


def _last(text: str) -> str:
    """The surname by which the bearer of a full name is called: "Assad" of "Bashar al-Assad"."""
    last = [w for w in text.split() if w.lower().strip(".") not in SUFFIXES][-1]
    return last[len(last) - len(without_article(last.lower())) :]


def _of_body(page: Page, at: int) -> bool:
    """Whether the word at token *at* stands beside what is told to be a body: "the manufacturer, | Orvix,"."""
    if at < 3 or page.words[at - 1] != "," or page.words[at + 1 : at + 2] != [","] or page.lower[at - 3] not in ("the", "its", "their", "his", "her"):
        return False
    noun = nouns().get((page.lower[at - 2],))
    return noun is not None and noun.type == "organisation" and noun.number == "singular"


def _of_office(text: str) -> bool:
    """Whether a single word is the surname of office holders and no body's name: "Trump" in a text that never tells his first name."""
    word = text.lower()
    return text.isalpha() and not text.isupper() and text not in bodies() and (word,) not in nouns() and bool(office_holders().get(word))


def is_office(words: list[str]) -> bool:
    """Whether *words*, in lower case, end with what one person is: ["foreign", "minister"]."""
    noun = next((n for k in range(max(0, len(words) - 4), len(words)) if (n := nouns().get(tuple(words[k:]))) is not None), None)
    return noun is not None and noun.type == "person" and noun.number == "singular"


def _draft(page: Page, run: Run, kind: Type) -> Draft:
    a, b = run
    number = "plural" if kind == "people" and page.lower[b - 1].endswith("s") else "singular"
    following = page.lower[b] if b < len(page.words) and page.line[b] == page.line[a] else ""
    adjective = (
        kind == "people"
        and number == "singular"
        and following.isalpha()
        and following not in ("and", "or", "is", "are", "who", "in", "of", "have", "has")
    )
    return Draft(run, b - 1, "name", kind, number, None, possessor=page.possessive(b), adjective=adjective)  # type: ignore[arg-type]
