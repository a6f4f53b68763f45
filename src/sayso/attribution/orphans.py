"""Orphans: candidates that were read as standing in another statement, which was not found, and that are plain enough to stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.attribution.candidates import EVIDENCE, Candidate
from sayso.attribution.features import Encoded
from sayso.attribution.frames import framed
from sayso.attribution.lemmas import lemma
from sayso.attribution.verdicts import heads
from sayso.language.quotation import stretch_at

#: Verbs of saying, denying, blaming, demanding, pledging and expecting: what has somebody before one and words behind it is told, not done.
VERBS = frozenset((
    "accuse acknowledge add admit allege announce applaud argue assert blame boast call caution claim complain concede condemn confess confirm "
    "contend contest counter criticise criticize decry demand denounce deny describe disclose dismiss disparage dispute estimate expect explain "
    "forecast hail hint insist lambaste maintain note pledge praise predict proclaim promise propose question quip reiterate reject remark "
    "report respond retort reveal say signal slam speculate state stress submit suggest suspect swear tell testify threaten tweet urge vow warn write"
).split())
# Tokens between source and cue, at most: adverbs, "who both sent letters | warning".
_NEAR = 8
_LEAST = {"cue_deep": 0.85, "cue_known": 1.0, "source": 0.8, "content": 0.8}
_FRAMED = {"source": 0.7, "content": 0.7}
_INNER = 0.6
# Verbs that attribute whatever else the sentence tells of it: "X accused Y of theft, a charge that Z denied".
_BLAMING = frozenset("accuse blame deny".split())
_LOW = 0.3
# A verb of saying that is read as no more sure than this, were it in no other statement (PolNeAR dev: 8 of 11 are marked).
_TOP = 0.2
_SELVES = frozenset("i we you me us it this these those".split())
# What is held or felt in public, as well; not in a row of verbs, where it may be what is told.
_HELD = VERBS | frozenset("cite contradict endorse express favor favour lament oppose rebut refute regret thank voice welcome".split())
_OWNERS = frozenset("his her its their my our your".split())
_RELATIVES = frozenset("which that what it this something nothing".split())
_LEADS = frozenset("be have not never also once first previously often just only still later long".split())
_UNREAL = re.compile(r"(?i)\b(?:to|would|could|should|might|must|may|can|will|if)\b")


# What is only claimed, or not even that: "the claim that | X announced it", "no record that | she said it".
_ONLY = frozenset((*heads(), "record", "evidence", "proof", "sign", "indication", "question"))
_THAT = re.compile(r"(\w+) that \Z")


def stands_alone(text: str, encoded: Encoded, candidate: Candidate, top: float, inner: float) -> bool:
    """Whether *candidate*, as sure as *top*, or *inner* if it stood in another statement, is kept without one.

    What stands in quotation marks is not: whoever is quoted there was not found.
    """
    evidence = dict(zip(EVIDENCE, candidate.evidence.tolist(), strict=True))
    if _quotes(text, encoded, candidate, evidence) or (top >= _TOP and _suffers(text, encoded, candidate, evidence)):
        return True
    if all(evidence[name] >= least for name, least in _FRAMED.items()) and framed(text, encoded.stretches, encoded.tokens[candidate.cue[0]].start):
        return True
    if _closes(text, encoded, candidate, evidence):
        return True
    if (top < _TOP and inner < _LOW) or any(evidence[name] < least for name, least in _LEAST.items()) or len(candidate.source) != 1:
        return False
    (begin, end), (first, last), tokens = candidate.source[0], candidate.cue, encoded.tokens
    by = begin - last == 1 and text[tokens[last].start : tokens[last].end].lower() == "by"  # "a claim denied | by Orlan"
    by = by and len(candidate.content) == 1 and candidate.content[0][1] <= first
    if not (by or 0 <= first - end <= _NEAR) or stretch_at(encoded.stretches, tokens[first].start) is not None:
        return False
    if all(b - a < 2 and b <= first and text[tokens[a].start : tokens[a].end].lower() not in _RELATIVES for a, b in candidate.content):
        return False  # "his boastful | remarks"
    source, words = text[tokens[begin].start : tokens[end - 1].end].lower(), [text[token.start : token.end] for token in tokens[first:last]]
    if source in _SELVES or text.startswith("That", tokens[begin].start) or _UNREAL.search(text, tokens[end - 1].end, tokens[last - 1].end):
        return False
    only = _THAT.search(text, max(0, tokens[begin].start - 40), tokens[begin].start)
    if only is not None and only[1].lower() in _ONLY:
        return False
    if source in _OWNERS and words[0].endswith("ed"):  # "his | reported | closeness to"
        return False
    verb = _verb(words)
    going = not {"is", "are", "was", "were"}.isdisjoint(words[:-1])  # "are threatening"
    finite = any(word != verb and lemma(word) == verb and (going or not word.endswith("ing")) for word in words[-2:])
    plain = finite and ((top >= _TOP and verb in VERBS and words[-1] != "of") or verb in _BLAMING)
    return plain or (inner >= _INNER and verb in _HELD)


def _closes(text: str, encoded: Encoded, candidate: Candidate, evidence: dict[str, float]) -> bool:
    """Whether it is who says so at the end of a sentence: "The dam leaks, | the engineer has just announced |."."""
    tokens, (first, last) = encoded.tokens, candidate.cue
    if any(evidence[name] < least for name, least in _CLOSING.items()) or len(candidate.source) != 1 or len(candidate.content) != 1:
        return False
    (begin, end), (_, said), stop = candidate.source[0], candidate.content[0], tokens[last - 1].end
    if said + 1 != begin or end != first or text[tokens[said].start] != "," or not text.startswith((".", "\n"), stop):
        return False
    verb = _verb([text[token.start : token.end] for token in tokens[first:last]])
    return verb in VERBS and stretch_at(encoded.stretches, tokens[first].start) is None


_CLOSING = {"cue_known": 1.0, "source": 0.8, "content": 0.7}


def _suffers(text: str, encoded: Encoded, candidate: Candidate, evidence: dict[str, float]) -> bool:
    """Whether it tells of whom something is claimed, and not by whom: "The minister | was accused on Tuesday | of lying"."""
    if candidate.source or len(candidate.content) != 2 or any(evidence[name] < least for name, least in _PASSIVE.items()):
        return False
    tokens, (first, last), (subject, clause) = encoded.tokens, candidate.cue, candidate.content
    if stretch_at(encoded.stretches, tokens[first].start) is not None or subject[1] != first or not last <= clause[0] <= last + _NEAR:
        return False
    return _CLAIMED.fullmatch(text, tokens[first].start, tokens[last - 1].end) is not None


_PASSIVE = {"cue_flat": 0.8, "cue_deep": 0.9, "cue_known": 1.0, "source_absent": 0.9, "content": 0.7}
_CLAIMED = re.compile(
    r"(?i)(?:is|are|was|were|(?:has|have|had) been|stands?) (?:\w+ )?"
    r"(?:accused|blamed|suspected|alleged|reported|believed|understood|said|thought)\b.*"
)


def _quotes(text: str, encoded: Encoded, candidate: Candidate, evidence: dict[str, float]) -> bool:
    """Whether it is a plain verb of saying with its source, right before or behind a quotation: “"Shut up," the clerk was | told | by Holt”."""
    if any(evidence[name] < least for name, least in _QUOTED.items()) or len(candidate.source) != 1:
        return False
    tokens, (first, last), (begin, end) = encoded.tokens, candidate.cue, candidate.source[0]
    if _verb([text[token.start : token.end] for token in tokens[first:last]]) not in _SAYING:
        return False
    if stretch_at(encoded.stretches, tokens[first].start) is not None or not (0 <= first - end <= 1 or 0 <= begin - last <= 1):
        return False
    since, until = tokens[min(first, begin)].start, tokens[max(last, end) - 1].end
    for a, b in candidate.content:
        stretch = stretch_at(encoded.stretches, tokens[a].start + 1)
        if stretch is None or stretch.single or not stretch.closed or b - a < _WORDS or tokens[b - 1].end < stretch.inner_end - 1:
            continue
        between = text[stretch.end : since] if stretch.end <= since else text[until : stretch.start]
        if len(between) <= _BETWEEN and not any(c in between for c in ".\n"):
            return True
    return False


# How surely that is read; which verbs; tokens of such a quotation, and characters that may part it from them.
_QUOTED = {"cue_deep": 0.9, "cue_known": 1.0, "source": 0.8, "content": 0.5}
_SAYING = frozenset("say tell add write tweet ask reply note explain shout answer recall joke".split())
_WORDS, _BETWEEN = 5, 25


def _verb(words: Sequence[str]) -> str:
    """The lemma of the verb with which a cue begins, but for auxiliaries and adverbs; "" where there is none."""
    return next((base for word in words if (base := lemma(word)) not in _LEADS and not word.endswith("ly")), "")
