"""What a cue does: its act, and whether it is negated, from the words of the cue and the opening of the content."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from sayso.attribution.lemmas import lemma

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_LONGEST = 4
#: Cues that say nothing about the act, so that a better one is looked for first.
_WEAK = frozenset(["be", "have", "do", "make", "get", "give", "take", "go", "in", "of", "to", "for", "on", "about", "with", "as", "at", "by", "per", "name", "list", "point"])
_NEGATORS = frozenset(["not", "never", "nor", "neither", "cannot", "no", "without", "hardly", "scarcely"])
#: What refuses, avoids or leaves undone the act that follows it ("declined to say", "stopped short of calling").
_AVOIDERS = re.compile(
    r"\b(?:refus\w+|declin\w+|fail\w*|unwilling|unable|yet|reluctan\w+|hesita\w+|stop\w* short of|held? back from|holds? back from|"
    r"avoid\w*|shied away from|shies away from|refrain\w* from|resist\w*|neglect\w*|stopped|instead of|rather than|far from|"
    r"before|ceas\w+)\b(?:\s+(?:to|from|having|ever|even|publicly|directly|explicitly))*\s*$",
    re.I,
)
_NOT_NEGATION = re.compile(r"\b(?:not only|not just|not merely|no doubt|no longer just|cannot wait|can’t wait|no less)\b", re.I)
_NOBODY = re.compile(r"^(?:no|nobody|none|neither|no one|no-one|nothing|few)\b", re.I)


@cache
def _lexicon() -> dict[tuple[tuple[str, ...], str], str]:
    with (files("sayso.attribution") / "cues.csv").open(encoding="utf-8") as lines:
        return {(tuple(row["cue"].split()), row["content"]): row["act"] for row in csv.DictReader(lines)}


@cache
def _known() -> frozenset[str]:
    return frozenset(word for cue, _ in _lexicon() for word in cue)


def known_cue(word: str) -> bool:
    """Whether *word* stands in the lexicon of cues."""
    return word in _known()


def knows(cue: str) -> float:
    """1 where the lexicon knows a word of *cue* that marks attribution, 0.5 where it knows only weak ones, else 0."""
    return max((0.5 if found[1] == 1 and found[4] in _WEAK else 1.0 for found in _matches(cue, "")), default=0.0)


def _matches(cue: str, opening: str) -> list[tuple[int, int, str, int, str]]:
    """Entries of the lexicon found in *cue*: first word, number of words, act, offset, first lemma."""
    words = list(_WORD.finditer(cue))
    lemmas = [lemma(w.group()) for w in words]
    lexicon = _lexicon()
    found = []
    for i in range(len(words)):
        for n in range(min(_LONGEST, len(words) - i), 0, -1):
            key = tuple(lemmas[i : i + n])
            act = lexicon.get((key, opening)) or lexicon.get((key, ""))
            if act is None and n == 1:
                form = (words[i].group().lower(),)
                act = lexicon.get((form, opening)) or lexicon.get((form, ""))
            if act is not None:
                found.append((i, n, act, words[i].start(), lemmas[i]))
                break
    return found


def act_of(cue: str, content: str) -> tuple[str, int]:
    """The act of the words *cue* before the words *content*, and where in *cue* the words that decide it begin.

    A cue that the lexicon does not know is *say*, the act that claims least, at its beginning.
    """
    lemmas = [lemma(w.group()) for w in _WORD.finditer(cue)]
    opening = _opening(content)
    found = _matches(cue, opening)
    strong = [f for f in found if f[1] > 1 or lemmas[f[0]] not in _WEAK] or found
    if not strong:
        return ("demand" if opening == "to" and "ask" in lemmas else "say"), 0
    best = strong[0]
    for later in strong[1:]:  # "plans to announce" announces; "said in a statement" says
        between = lemmas[best[0] + best[1] : later[0]]
        if ("to" in between and not {"in", "on", "at", "during", "for", "with"} & set(between)) or (later[0] < best[0] + best[1] and later[1] > best[1]):
            best = later
    return best[2], best[3]


def _opening(content: str) -> str:
    if content[:1] in "“\"'‘`":
        return ""
    head = content.lower()
    words = [w.group() for w in _WORD.finditer(head[:80])]
    if not words:
        return ""
    if words[0] == "to" or ("to" in words[1:5] and words[0] in ("him", "her", "them", "us", "me", "people", "voters", "reporters")):
        return "to"
    if words[0] == "that":
        return "that"
    if words[0].endswith("ing") and len(words[0]) > 4:
        return "ing"
    if "as" in words[1:6]:
        return "as"
    return ""


def negated(cue: str, decides: int, before: str, source: str) -> bool:
    """Whether the act at offset *decides* of *cue* is negated, by words of the cue, just *before* it, or of the *source*."""
    lead = cue[:decides]
    near = _NOT_NEGATION.sub(" ", f"{before} {lead}")
    if _AVOIDERS.search(lead) or (not lead.strip() and _AVOIDERS.search(near)):
        return True
    words = re.findall(r"[a-z]+(?:[’'][a-z]+)?", near.lower())[-6:]
    if any(w in _NEGATORS or w.endswith(("n’t", "n't")) for w in words):
        return True
    after = cue[decides:].lower()
    if re.match(r"\w+ (?:no|nothing|little|not|never|neither)\b", after) and not _NOT_NEGATION.search(after):
        return True
    return bool(_NOBODY.match(source))


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
