"""What a cue does: its act, and whether it is negated, from the words of the cue and the opening of the content."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from sayso.attribution.lemmas import lemma

# A word of a cue; "didn't" and "cannot" are two.
_WORD = re.compile(r"can(?=not\b)|[^\W_]+?(?=n[’']t\b)|n[’']t\b|[^\W_]+(?:[-’'][^\W_]+)*", re.I)
#: Cues that say nothing about the act, so that a better one is looked for first.
_WEAK = frozenset("be have do make get give take go in of to for on about with as at by per name list point".split())
#: Verbs that leave the act to the noun they carry: "expressed support", "repeated his demand".
_LIGHT = frozenset((
    "express voice issue offer reiterate repeat restate reaffirm show signal convey deliver declare utter state communicate indicate "
    "release"
).split())
#: Acts that leave what is done to the verb after "to": "refused to rule out", "was happy to confirm", "plans to announce".
_PASSING = frozenset("reject say know want intend feel suggest praise discuss".split())
_BREAKS = frozenset("in on at during for with to as that by of and about from after when".split())
# First words of phrases that only an adverb may part; others may hold up to two words ("cast serious doubt on").
_TIGHT = frozenset("be have do get go not in of for on at to the no it by would can could as with".split())
_NEVER_BETWEEN = frozenset("that to and but or who which".split())
_ADVERBS = frozenset("not never no also still now very so just long too even more most all then again ever once".split())
_NO_ADVERBS = frozenset("reply rely rally imply apply ally comply".split())
_NEGATORS = frozenset("not never nor neither cannot no without hardly scarcely".split())
_NOTHING = frozenset("no nothing little not n't n’t never neither nobody".split())
#: What refuses, avoids or leaves undone the act that follows it ("declined to say", "stopped short of calling").
_AVOIDERS = re.compile(
    r"\b(?:(?:refus\w+|declin\w+|fail\w*|unwilling\w*|unable|inability|yet|reluctan\w+|hesita\w+|neglect\w*|omit\w*|forg[eo]t\w*) to|"
    r"stop\w* short of|h[eo]ld(?:s|ing)? (?:back|off) (?:from|on)|avoid\w*|sh(?:ied|ies|y|ying) away from|refrain\w* from|resist\w*|"
    r"stopp?(?:ed|s|ing)|quit|ceas\w+|instead of|rather than|far from|fell short of|falls? short of|steer\w* clear of|"
    r"(?:refus\w+|declin\w+)(?=\s*$))(?:\s+(?:to|from|having|ever|even|be|any|all|outright|\w+ly))*\s*$",
    re.I,
)
#: Words of negation that negate nothing, or undo one another.
_NOT_NEGATION = re.compile(
    r"\b(?:not (?:only|just|merely|simply|solely)|no doubt|no longer just|no less|no wonder|no sooner|no matter|no time(?: in)?|"
    r"(?:can ?not|can[’']t|could not|couldn[’']t) (?:wait|help(?: but)?|but|stop)|not surprisingly|not least|whether or not|if not|why not|"
    r"not long \w+|(?:not|\w+n[’']t|never|cannot|without|no) (?:\w+ly )?"
    r"(?:hesitat\w+|fail\w*|sh(?:y|ied|ies|ying)|refrain\w*|stop\w*|ceas\w+|tir(?:e|es|ed|ing)|h[eo]ld back|shr[aiu]n?k|resist\w*|"
    r"avoid\w*|miss\w*|neglect\w*|forg[eo]t\w*|afraid|shy|reluctan\w+|unwilling)"
    r"(?: (?:to|from|of|away from|short of|a chance to|an opportunity to))?)(?!\w)",
    re.I,
)
_NOBODY = re.compile(
    r"(?:no(?! ?\.| \d| fewer\b| less\b| doubt\b)|nobody|none(?! other\b)|neither|no[ -]one|nothing|few|hardly any\w*|scarcely any\w*|"
    r"(?:almost|virtually|practically) no\w*|not (?:one|a|all|every\w*|many|even|any\w*|each))\b",
    re.I,
)
_ENOUGH = re.compile(r"\b(?:ca|could)(?:n ?not| not|n[’']t) (?:\w+ ){1,4}enough\b|\bcould(?: not|n[’']t) be (?:more|\w+er)\b", re.I)
# A word of negation before one of these belongs to another clause.
_ANOTHER_CLAUSE = re.compile(r"\b(?:but|and|who|whom|whose|which|because|when|while|although|though)\b", re.I)
_QUESTION = frozenset("whether if how why what who where when which".split())
_NO_DOING = frozenset("nothing something anything everything during thing things king spring morning evening beijing according".split())
_OWN = {
    **dict.fromkeys(("my", "your", "his", "her", "its", "our", "their"), "his"),
    **dict.fromkeys(("myself", "yourself", "himself", "herself", "itself", "ourselves", "themselves", "oneself"), "himself"),
}
# Words that a content may begin with and that belong to the cue: "called | for calm".
_PARTICLES = frozenset("for of about against upon with".split())
# Between "told" and what somebody was told to do stands whom; not where one of these comes before "to" or right after.
_FINITE = frozenset((
    "is are was were has have had will would can could should may might must be been did do does going able likely ready due according way "
    "road key back up want wants wanted need needs plan plans planned effort efforts right response answer access return threat that thanks "
    "close trying about"
).split())
_DETERMINERS = frozenset("the a an his her their our my your its this that these those all any each no some him them".split())


@dataclass(frozen=True, slots=True)
class _Match:
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


@cache
def _rows() -> tuple[tuple[tuple[str, ...], str, str], ...]:
    """The lexicon as it stands in cues.csv, with -ise and -ize for each other."""
    out = []
    with (files("sayso.attribution") / "cues.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            for s, z in ("ss", "sz", "zs"):
                cue = re.sub(rf"(?<=[iy]){s}(?=(?:e|ation)\b)", z, row["cue"])
                out.append((tuple(cue.split()), row["content"], row["act"]))
    return tuple(out)


@cache
def _known() -> frozenset[str]:
    return frozenset(word for cue, _, _ in _rows() for word in cue)


@cache
def _lexicon() -> dict[tuple[tuple[str, ...], str], str]:
    """Acts by cue and opening of the content; the words of a phrase as lemmas, a single word as it stands."""
    return {(cue if len(cue) == 1 else tuple(map(_key, cue)), opening): act for cue, opening, act in _rows()}


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]]:
    """Entries of several words by the first, the longest before others, each with the set of its further words."""
    out: dict[str, dict[tuple[str, ...], frozenset[str]]] = {}
    for cue, _ in sorted(_lexicon(), key=lambda key: (-len(key[0]), key)):
        if len(cue) > 1:
            out.setdefault(cue[0], {})[cue] = frozenset(cue[1:])
    return {first: tuple(cues.items()) for first, cues in out.items()}


def known_cue(word: str) -> bool:
    """Whether *word* stands in the lexicon of cues."""
    return word in _known()


def knows(cue: str) -> float:
    """1 where the lexicon knows a word of *cue* that marks attribution, 0.5 where it knows only weak ones, else 0."""
    return max((0.5 if found.weak else 1.0 for found in _matches(cue, "")), default=0.0)


def _key(word: str) -> str:
    """What stands for *word* in phrases: its lemma, and one word for all possessives and all reflexives."""
    return _OWN.get(word.lower()) or lemma(word)


@lru_cache(maxsize=4096)
def _matches(cue: str, opening: str) -> tuple[_Match, ...]:
    """Entries of the lexicon found in *cue* before content with *opening*: from each word on the longest, none within another."""
    tokens = list(_WORD.finditer(cue))
    lemmas = [_key(token.group()) for token in tokens]
    lexicon = _lexicon()
    out: list[_Match] = []
    for i, token in enumerate(tokens):
        for words, last in (*_phrases_at(lemmas, i), ((token.group().lower(),), i), ((lemmas[i],), i)):
            act = lexicon.get((words, opening)) or lexicon.get((words, ""))
            if act is None:
                continue
            if not any(last <= around.last and not around.parted for around in out):
                out.append(_Match(i, last, words, act, token.start(), tokens[last].end()))
            break
    return tuple(out)


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


def act_of(cue: str, content: str) -> tuple[str, int]:
    """The act of the words *cue* before the words *content*, and where in *cue* the words that decide it begin.

    A cue that the lexicon does not know is *say*, the act that claims least, at its beginning.
    """
    particle = _WORD.match(content)
    whole = f"{cue} {particle.group()}" if particle is not None and particle.group() in _PARTICLES else cue
    found = [m for m in _matches(whole, _opening(content)) if m.start < len(cue)]
    strong = [m for m in found if not m.weak and not m.aside] or [m for m in found if not m.weak] or found
    if not strong:
        return "say", 0
    lemmas = [_key(token.group()) for token in _WORD.finditer(whole)]
    best = strong[0]
    for later in strong[1:]:
        if _gives_way(best, later, lemmas[best.last + 1 : later.first], whole):
            best = later
    return best.act, best.start


def _gives_way(best: _Match, later: _Match, between: list[str], cue: str) -> bool:
    """Whether the act of *cue* is decided by *later* rather than *best*, with the words *between* them."""
    if later.first <= best.last:
        return len(later.words) > len(best.words) or (best.parted and len(later.words) > 1 and not later.parted)
    if _AVOIDERS.search(cue, best.start, later.start):
        return True  # "refused to rule out", "held back from any indication"
    if best.act in ("say", "announce", "report") and not between and re.match(r"\w+ing\b", cue[later.start :]):
        return True  # "issued a statement condemning"
    if len(best.words) == 1 and best.words[0] in _LIGHT and len(between) <= 3 and not _BREAKS & set(between):
        return True  # "expressed support"
    if "to" in between or (best.words[-1] == "to" and len(between) <= 1):
        if best.act not in _PASSING or (best.act in ("want", "intend") and later.act == "decree"):
            return False  # "threatened to sue", "wants to ban"
        return not (_BREAKS - {"to"}) & set(between)  # "was happy to confirm", "plans to announce"; not "said in a statement"
    return False


def _opening(content: str) -> str:
    """How *content* begins, as the lexicon tells it apart: "quote", "to", "whom to", "that", "wh", "ing", "as", or ""."""
    if content[:1] in ("“", '"', "‘", "'", "`", "„", "«", "”"):
        return "quote"
    words = [w.group().lower() for w in _WORD.finditer(content[:80])]
    if not words:
        return ""
    if words[0] == "to" or ("to" in words[1:5] and words[0] in ("him", "her", "them", "us", "me", "people", "voters", "reporters")):
        return "to"
    if words[0] == "that":
        return "that"
    if words[0] in _QUESTION:
        return "wh"
    if _is_whom_to(words):
        return "whom to"
    if words[0].endswith("ing") and len(words[0]) > 4 and words[0] not in _NO_DOING:
        return "ing"
    if "as" in words[1:6]:
        return "as"
    return ""


def _is_whom_to(words: Sequence[str]) -> bool:
    """Whether *words* say who is to do what: "the crowd to go home"."""
    if "to" not in words[1:6]:
        return False
    at = words.index("to", 1)
    after = words[at + 1 : at + 3]
    return bool(after) and not _FINITE & {*words[:at], *after[1:]} and after[0] not in _DETERMINERS


def negated(cue: str, decides: int, before: str, source: str) -> bool:
    """Whether the act at offset *decides* of *cue* is negated, by words of the cue, just *before* it, or of the *source*."""
    near = f"{_without_source(before, source)} {cue[:decides]}"
    near = _ANOTHER_CLAUSE.split(_NOT_NEGATION.sub(" ", near))[-1]
    if _ENOUGH.search(near + cue[decides:]):
        return False
    if _AVOIDERS.search(near):
        return True
    words = [w.group().lower() for w in _WORD.finditer(near)][-6:]
    if any(w in _NEGATORS or w in ("n’t", "n't") for w in words) or words[-1:] in (["little"], ["few"], ["zero"]):
        return True
    return _negated_within(cue, decides) or _NOBODY.match(source) is not None


def _negated_within(cue: str, decides: int) -> bool:
    """Whether the deciding words hold or are followed by a negation that is not part of the phrase: "said nothing", "is not opposed to"."""
    entry = next((m for m in _matches(cue, "") if m.start == decides), None)
    if entry is not None and _NOTHING & set(entry.words):
        return False
    after = _NOT_NEGATION.sub(" ", cue[decides : entry.end if entry is not None and entry.parted else None])
    words = [w.group().lower() for w in _WORD.finditer(after)]
    return bool(_NOTHING & set(words if entry is not None and entry.parted else words[1:2]))


def _without_source(before: str, source: str) -> str:
    """*before* without the words of *source*, which often stand there, the first of them perhaps cut off."""
    whole, source = before.strip(), source.strip()
    if not whole or not source:
        return whole
    if source in whole:
        return whole.replace(source, " ")
    if source.endswith(whole):
        return ""
    for size in range(min(len(whole), len(source)) - 1, 2, -1):
        if whole.startswith(source[-size:]):
            return whole[size:]
    return whole


def words_before(text: str, start: int, size: int = 28) -> str:
    """The words of the same clause that stand right before *start*."""
    piece = text[max(0, start - size) : start]
    return re.split(r"[.!?;:,“”\"()—–\n]", piece)[-1]


def first_content(text: str, spans: Sequence[tuple[int, int]], cue_end: int) -> str:
    """The content as it goes on after the cue, else from its beginning."""
    for start, end in spans:
        if start >= cue_end:
            return text[start : min(end, start + 120)]
    return text[spans[0][0] : min(spans[0][1], spans[0][0] + 120)] if spans else ""
