"""Cue words: what of the lexicon stands in a cue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from sayso.attribution.lemmas import lemma
from sayso.attribution.lexicon import entries

# A word of a cue; "didn't" and "cannot" are two.
WORD = re.compile(r"can(?=not\b)|[^\W_]+?(?=n[’']t\b)|n[’']t\b|[^\W_]+(?:[-’'][^\W_]+)*", re.I)
#: Cues that say nothing about the act, so that a better one is looked for first.
_WEAK = frozenset("be have do make get give take go in of to for on about with as at by per name list point".split())
# First words of phrases that only an adverb may part; others may hold up to two words ("cast serious doubt on").
_TIGHT = frozenset("be have do get go not in of for on at to the no it by would can could as with".split())
_NEVER_BETWEEN = frozenset("that to and but or who which".split())
_DETERMINERS = frozenset("a an the this that these those his any no one another every some".split())
_ADVERBS = frozenset("not never no also still now very so just long too even more most all then again ever once".split())
_NO_ADVERBS = frozenset("reply rely rally imply apply ally comply".split())
#: What refuses, avoids or leaves undone the act that follows it ("declined to say", "stopped short of calling").
AVOIDERS = re.compile(
    r"\b(?:(?:refus\w+|declin\w+|fail\w*(?: \w+ times| repeatedly| again| so far)?|"
    r"unwilling\w*|unable|inability|yet|reluctan\w+|hesita\w+|neglect\w*|omit\w*|forg[eo]t\w*) to|"
    r"stop\w* short of|h[eo]ld(?:s|ing)? (?:back|off) (?:from|on)|avoid\w*|sh(?:ied|ies|y|ying) away from|refrain\w* from|resist\w*|"
    r"stopp?(?:ed|s|ing)|quit|ceas\w+|instead of|rather than|far from|fell short of|falls? short of|steer\w* clear of|"
    r"(?:refus\w+|declin\w+)(?=\s*$))(?:\s+(?:to|from|having|ever|even|be|any|all|outright|an?|the|\w+ly))*\s*$",
    re.I,
)
_OWN = {
    **dict.fromkeys(("my", "your", "his", "her", "its", "our", "their"), "his"),
    **dict.fromkeys(("myself", "yourself", "himself", "herself", "itself", "ourselves", "themselves", "oneself"), "himself"),
}


@dataclass(frozen=True, slots=True)
class Match:
    """An entry of the lexicon found in a cue: its words there [first, last], its act, and where in the cue it begins and ends."""

    first: int
    last: int
    words: tuple[str, ...]
    act: str
    start: int
    end: int

    @property
    def weak(self) -> bool:
        return len(self.words) == 1 and self.words[0] in _WEAK

    @property
    def aside(self) -> bool:
        """Whether this is an adverb or says where: it decides only where nothing else does."""
        if len(self.words) > 1:
            return self.words[0] in ("in", "by", "under")
        return self.words[0].endswith("ly") and self.words[0] not in _NO_ADVERBS

    @property
    def parted(self) -> bool:
        return self.last - self.first >= len(self.words)


def words_of(text: str) -> list[str]:
    """The words of *text*, lower case."""
    return [word.group().lower() for word in WORD.finditer(text)]


def key(word: str) -> str:
    """What stands for *word* in phrases: its lemma, and one word for all possessives and all reflexives."""
    return _OWN.get(word.lower()) or lemma(word)


def knows(cue: str) -> float:
    """1 where the lexicon knows a word of *cue* that marks attribution, 0.5 where it knows only weak ones, else 0."""
    return max((0.5 if found.weak else 1.0 for found in matches(cue, "")), default=0.0)


@lru_cache(maxsize=4096)
def matches(cue: str, opening: str) -> tuple[Match, ...]:
    """Entries of the lexicon found in *cue* before content with *opening*: from each word on the longest, none within another."""
    tokens = list(WORD.finditer(cue))
    lemmas = [key(token.group()) for token in tokens]
    acts = _acts()
    out: list[Match] = []
    for i, token in enumerate(tokens):
        noun = acts.get((("the", lemmas[i]), "")) if _is_noun(token.group(), lemmas, i) else None
        for words, last in (*_phrases_at(lemmas, i), ((token.group().lower(),), i), ((lemmas[i],), i)):
            act = (noun if len(words) == 1 else None) or acts.get((words, opening)) or acts.get((words, ""))
            if act is None:
                continue
            if not any(last <= around.last and not around.parted for around in out):
                out.append(Match(i, last, words, act, token.start(), tokens[last].end()))
            break
    return tuple(out)


def _is_noun(word: str, lemmas: Sequence[str], i: int) -> bool:
    """Whether *word*, the one numbered *i*, has no ending of a verb and stands after a determiner, which one word may part from it."""
    if word.lower().endswith(("ed", "ing")) or not i:
        return False
    return lemmas[i - 1] in _DETERMINERS or (i > 1 and lemmas[i - 2] in _DETERMINERS and word.lower() == lemmas[i])


@cache
def _acts() -> dict[tuple[tuple[str, ...], str], str]:
    """Acts by cue and opening of the content; the words of a phrase as lemmas, a single word as it stands."""
    return {(cue if len(cue) == 1 else tuple(map(key, cue)), opening): act for cue, opening, act in entries()}


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]]:
    """Entries of several words by the first, the longest before others, each with the set of its further words."""
    out: dict[str, dict[tuple[str, ...], frozenset[str]]] = {}
    for cue, _ in sorted(_acts(), key=lambda entry: (-len(entry[0]), entry)):
        if len(cue) > 1:
            out.setdefault(cue[0], {})[cue] = frozenset(cue[1:])
    return {first: tuple(cues.items()) for first, cues in out.items()}


def _phrases_at(lemmas: Sequence[str], i: int) -> list[tuple[tuple[str, ...], int]]:
    """Phrases that begin with word *i*, with the number of their last word: long before short, then whole before parted."""
    there = frozenset(lemmas[i + 1 :])
    found = [
        (words, last) for words, rest in _phrases().get(lemmas[i], ()) if rest <= there and (last := _last(lemmas, i, words)) is not None
    ]
    return sorted(found, key=lambda phrase: (-len(phrase[0]), phrase[1]))


def _last(lemmas: Sequence[str], i: int, words: Sequence[str]) -> int | None:
    """The number of the last of *words* in *lemmas* from *i* on, at most two others before each; None if they are not there."""
    at = i
    for word in words[1:]:
        for j in range(at + 1, min(at + 4, len(lemmas))):
            if lemmas[j] == word:
                at = j
                break
            if lemmas[j] in _NEVER_BETWEEN or (words[0] in _TIGHT and lemmas[j] not in _ADVERBS and not lemmas[j].endswith("ly")):
                return None
        else:
            return None
    return at
