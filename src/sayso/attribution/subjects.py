"""Subjects: who says what a verb without a source tells, where the sentence begins with whose verb it is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from calendar import day_name
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sayso.attribution.candidates import EVIDENCE, Candidate, Run
from sayso.attribution.features import Encoded
from sayso.attribution.layout import dateline
from sayso.attribution.lemmas import lemma
from sayso.attribution.orphans import VERBS
from sayso.language.quotation import stretch_at
from sayso.language.tokens import Token
from sayso.spans import Span

# What is read for a cue with a source, as a rule: how sure, how surely absent, how sure by the reading of sources alone.
AS_READ = (0.9, 0.05, 0.9)
SOURCES = tuple(map(EVIDENCE.index, ("source", "source_absent", "source_flat")))
# Longer sentences are not looked at: bounds the work of the expressions.
_LONGEST = 600
_NAME = r"[A-Z][\w.’'-]*(?: (?:(?:of|de|van|von|bin|al|el) (?:the )?)?[A-Z][\w.’'-]*){0,6}"
# "Mira Holt, who had written to the council, | said": whom a clause or a title parts from the verb. "A clerk who asked not to be named | said".
_WHEN = rf"(?:{'|'.join(day_name)}|yesterday|today|week|month|year|night|evening|morning|afternoon)"
_PARTED = re.compile(
    rf"(?:(?:In|On|At|For|During|After|Before|Late|Early|Last|Earlier|Later)\b[^,]{{0,80}}?(?:,|\b{_WHEN}),? )?"
    rf"(?P<who>(?:(?:[Tt]he|[Aa]|[Aa]n|One|Another|Two|Three|Some|Several|Many)(?: [\w’'.-]+){{1,8}}?|{_NAME}(?: [a-z][\w’'-]*){{0,4}}?))"
    r"(?: who\b[^,]* (?!(?:the|a|an|of|to|in|on|with|for|by|from|at|about|his|her|its|their)\b)[\w’'-]+|(?:,|\s?—|\s?–| who\b) .*[,—–)]|, .*\)"
    r"| (?:led|headed|backed|chaired|represented) by [^,]{3,80})\s*"
)
# "Holt | disputed both readings".
_PLAIN = re.compile(rf"(?P<who>{_NAME}) (?:also |then |later )?")
# "Holt answered the clerks in a letter, | saying".
_DOES = re.compile(
    rf"(?:(?:But|And|Yet|Still|Later|Meanwhile|Then),? )?(?P<who>He|She|They|{_NAME}) (?P<verb>(?:also |then |later |[a-z]+ly )?[a-z]+)\b"
)
_AUXILIARY = frozenset("has had have was were is are did does".split())
# What begins a sentence and is nobody.
_NOBODY = frozenset((
    "a after again also although amid among an and as asked at because before both but by despite during earlier either even for from given her "
    "here his how however if in instead it its just last later like meanwhile moreover my neither never next no not now of on once only or our "
    "over since so still that the their then there these this those though through to today under unless unlike until what when where which "
    "while who why with within without yesterday yet your"
).split())
_DETERMINERS = frozenset("the a an".split())
_BESIDE = frozenset("also then later neither has had have".split())
#: Verbs that give something a name: what they tell of stands in the clause before.
NAMING = frozenset("brand call deem dub label term".split())
#: Verbs that tell, as participles behind a comma, what the speaker of the sentence says.
PARTICIPLES = VERBS | NAMING | frozenset("plead beg appeal find rule conclude".split())
# What begins a clause of another subject: "promises to fight on after Velmora asked for a truce, | saying …".
_TURNED = re.compile(r"\b(?:after|as|when|while|because|since|before) (?:[A-Z]|the |an? |he |she |they )")
_CUES = tuple(map(EVIDENCE.index, ("cue_flat", "cue_both", "source_flat")))  # low where the cue was read as part of a content
_FLAT, _DEEP = EVIDENCE.index("cue_flat"), EVIDENCE.index("cue_deep")
# A verb of its own, where only names and nouns should be.
_VERBAL = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|do|does|did|will|would|can|could|may|might|must|should|he|she|they|it|we|I|to|(?!united\b)[a-z]{2,}ed|said|says"
    r"|told|that|who|which)\b|[’'](?:re|ve|ll|d|m)\b|n[’']t\b"
)
_CLAUSES = re.compile(r"\b(?:who|which|that|whether|as|while|when|because|after|before|if|whom|whose)\b|[;:“”\"]")


def with_subjects(text: str, encoded: Encoded, found: Sequence[Candidate], bounds: Sequence[Span]) -> list[Candidate]:
    """*found* with sources for verbs of saying that have none: the one with whom the sentence begins, a clause or the main verb apart.

    *bounds* are those of the sentences.
    """
    out = [_of_main_clause(text, encoded, _of_whom(text, encoded, _with_neither(text, encoded, c), bounds), bounds) for c in found]
    out = _of_whoever_writes(text, encoded, out, bounds)
    bare = [k for k, candidate in enumerate(out) if not candidate.source and candidate.content[-1][0] >= candidate.cue[1]]
    tokens = encoded.tokens
    for k in bare:
        first = out[k].cue[0]
        at = tokens[first].start
        begin, end = bounds[max(0, bisect_right(bounds, (at, len(text))) - 1)]
        begin = dateline(text, begin) or begin
        if not begin < at < end or at - begin > _LONGEST or stretch_at(encoded.stretches, at) is not None:
            continue
        who = _who(text[begin:at], [text[token.start : token.end] for token in tokens[slice(*out[k].cue)]])
        run = _run(tokens, begin + who[0], begin + who[1]) if who is not None else _of_main(text, encoded, out, k, begin)
        if run is None:
            continue
        if any(a < run[1] and run[0] < b for a, b in out[k].content):
            continue
        evidence = out[k].evidence.copy()
        evidence[list(SOURCES)] = AS_READ
        out[k] = replace(out[k], source=(run,), evidence=evidence)
    return out


# "On Friday, the aide, Ann Holt, 31, who lives in Orvan and was | a clerk", behind which a participle has her as its subject.
_OF_WHOM = re.compile(
    rf"(?:(?:In|On|At|During|After|Before)\b[^,]{{0,80}}, )?(?P<who>(?:(?:[Tt]he|[Aa]n?) [a-z-]+(?: [a-z-]+)?, )?{_NAME})(?:, \d{{1,3}})?, who\b.* "
    r"(?:is|was|were|are|became|as) "
)


def _of_whom(text: str, encoded: Encoded, candidate: Candidate, bounds: Sequence[Span]) -> Candidate:
    """*candidate*, a participle, with whom its sentence is about for its source, where what they are in a clause was read as that."""
    tokens, first = encoded.tokens, candidate.cue[0]
    if len(candidate.source) != 1 or not text[tokens[first].start : tokens[first].end].endswith("ing") or not candidate.source[0][1] < first:
        return candidate
    at = tokens[candidate.source[0][0]].start
    begin = bounds[max(0, bisect_right(bounds, (at, len(text))) - 1)][0]
    begin = dateline(text, begin) or begin
    found = _OF_WHOM.fullmatch(text, begin, at) if 0 < at - begin < _LONGEST else None
    return candidate if found is None else replace(candidate, source=(_run(tokens, *found.span("who")),))


# "The Front, which Veldaran officials have banned, | threatened": who is told of, and not who tells of them.
_WHICH = re.compile(
    rf"(?P<who>(?:(?:[Tt]he|[Aa]n?) (?:[\w’'-]+ ){{0,4}}[\w’'-]+|{_NAME})(?:, [^,]{{2,60}})?), "
    r"(?:which|whom|who|whose) [^,;:]{3,150}, (?:\w+ly )?"
)


# "wrote to | the council | asking it to wait": who is written to is not who asks.
_TO_WHOM = re.compile(
    r".*\b(?:wrote|written|writing|letters?|memos?|messages?|e-?mails?|speech|statements?|tweets?|petition|spoke|address|testimony|appeared)\b"
    r"[^,;:“”\"]{0,60} (?:to|before|in front of) (?:the )?(?:U\.S\. )?", re.S
)


def _of_whoever_writes(text: str, encoded: Encoded, found: Sequence[Candidate], bounds: Sequence[Span]) -> list[Candidate]:
    """*found* with who writes or speaks as the source of participles behind whom they address; to write to somebody attributes nothing else."""
    out, tokens = list(found), encoded.tokens
    for candidate in found:
        first = candidate.cue[0]
        if len(candidate.source) != 1 or candidate.source[0][1] != first or not _doing(text, encoded, candidate):
            continue
        whom = candidate.source[0]
        at = tokens[whom[0]].start
        begin = bounds[max(0, bisect_right(bounds, (at, len(text))) - 1)][0]
        if not 0 < at - begin < _LONGEST or _TO_WHOM.fullmatch(text, begin, at) is None:
            continue
        main = next((c for c in out if c.source and tokens[c.source[0][0]].start >= begin and c.source[-1][1] <= c.cue[0] < whom[0]), None)
        opening = _PLAINLY.match(text, begin, at)
        if main is None and opening is None:
            continue
        who = main.source if main is not None else (_run(tokens, *opening.span("who")),) if opening is not None else ()
        around = main if main is not None and all(a <= whom[0] < first < b for a, b in main.content) else None
        told = [c for c in out if c is not around]
        out = [_told_by(c, who, around) if c.source == (whom,) and _doing(text, encoded, c) else c for c in told]
    return out


def _told_by(candidate: Candidate, who: tuple[Run, ...], around: Candidate | None) -> Candidate:
    """*candidate* with *who* for its source, read as surely as the one *around* it, which told nothing else."""
    evidence = candidate.evidence.copy()
    if around is not None:
        evidence[list(_CUES)] = np.maximum(evidence[list(_CUES)], around.evidence[list(_CUES)])
    return replace(candidate, source=who, evidence=evidence)


def _doing(text: str, encoded: Encoded, candidate: Candidate) -> bool:
    token = encoded.tokens[candidate.cue[0]]
    return text[token.start : token.end].endswith("ing")


# Who does something at the beginning of a sentence.
_PLAINLY = re.compile(
    rf"(?:[A-Z]\w+, )?(?P<who>He|She|They|The(?: [\w’'-]+){{1,4}}?|{_NAME}) (?:also |then |later )?(?:[a-z]+ed|wrote|sent|gave|made|spoke) "
)


def _of_main_clause(text: str, encoded: Encoded, candidate: Candidate, bounds: Sequence[Span]) -> Candidate:
    """*candidate* with whom its sentence begins with for its source, where the source was read within a clause that tells of them."""
    tokens, first = encoded.tokens, candidate.cue[0]
    if len(candidate.source) != 1 or not candidate.source[0][1] < first:
        return candidate
    at = tokens[first].start
    begin = bounds[max(0, bisect_right(bounds, (at, len(text))) - 1)][0]
    begin = dateline(text, begin) or begin
    found = _WHICH.fullmatch(text, begin, at) if 0 < at - begin < _LONGEST else None
    if found is None or tokens[candidate.source[0][0]].start <= found.end("who"):
        return candidate
    who = _run(tokens, *found.span("who"))
    content = tuple(run for run in candidate.content if run[0] >= candidate.cue[1])
    return replace(candidate, source=(who,), content=content) if content else candidate


def _with_neither(text: str, encoded: Encoded, candidate: Candidate) -> Candidate:
    """*candidate* whose cue holds "neither", where that was read as its source: "the clerk, when asked, | neither | confirmed nor denied"."""
    (first, last), tokens = candidate.cue, encoded.tokens
    if candidate.source != ((first - 1, first),) or text[tokens[first - 1].start : tokens[first - 1].end] != "neither":
        return candidate
    return replace(candidate, source=(), cue=(first - 1, last))


def _of_main(text: str, encoded: Encoded, out: Sequence[Candidate], k: int, begin: int) -> Run | None:
    """Who speaks in the sentence before a participle that a comma sets off: "rejected claims that it leaks, | calling them idle"."""
    tokens, first = encoded.tokens, out[k].cue[0]
    verb = text[tokens[first].start : tokens[first].end].lower()
    if not verb.endswith("ing") or lemma(verb) not in PARTICIPLES or text[tokens[first - 1].start] != ",":
        return None
    for before in reversed(out[:k]):
        if tokens[before.cue[0]].start < begin:
            return None
        sure = min(before.evidence[_FLAT], before.evidence[_DEEP]) >= 0.5
        if sure and len(before.source) == 1 and before.source[0][1] <= before.cue[0]:
            turned = _TURNED.search(text, tokens[before.cue[1]].start, tokens[first].start)
            return before.source[0] if turned is None else None
    return None


def _who(lead: str, cue: Sequence[str]) -> tuple[int, int] | None:
    """Where in *lead*, the sentence before a *cue*, its subject stands."""
    verb = next((word.lower() for word in cue if not word.endswith("ly") and word.lower() not in _BESIDE), "")
    if lemma(verb) not in VERBS or verb == lemma(verb):
        return None
    if verb.endswith("ing"):
        found = _DOES.match(lead) if lead.rstrip().endswith(",") else None
        if found is None or _CLAUSES.search(lead, found.end()) or not _acts(found["verb"].split()[-1]):
            return None
    else:
        found = _PARTED.fullmatch(lead) or _PLAIN.fullmatch(lead)
        if found is None or _VERBAL.search(found["who"]) or any(lemma(word) in VERBS for word in found["who"].split()):
            return None
    word = found["who"].split()[0].lower()
    return None if word in _NOBODY - _DETERMINERS or (verb.endswith("ing") and word in _DETERMINERS) or word.endswith("ly") else found.span("who")


def _acts(word: str) -> bool:
    return word in _AUXILIARY or (word != lemma(word) and not word.endswith("ing"))


def _run(tokens: Sequence[Token], begin: int, end: int) -> Run:
    return bisect_left(tokens, begin, key=_start), bisect_left(tokens, end, key=_start)


def _start(token: Token) -> int:
    return token.start
