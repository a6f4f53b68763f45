"""Second cues of one speaker: "two clerks told Orlan that the vault was empty but said …"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from calendar import day_name
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sayso.attribution.candidates import EVIDENCE, Candidate, Run
from sayso.attribution.features import Encoded
from sayso.attribution.lemmas import lemma
from sayso.attribution.lexicon import known_cue
from sayso.attribution.orphans import VERBS
from sayso.language.quotation import stretch_at
from sayso.language.tokens import MARK, Token
from sayso.spans import Span

# Verbs that report and do little else.
_PLAIN = frozenset("say add tell warn argue insist note stress acknowledge concede claim call cite".split())
_JOINS = frozenset(("and", "but", "then"))
# Verbs that "but" turns to, beside those of saying: "but ruled out a vote".
_TURNS = frozenset(
    "rule decline refuse offer thank apologise apologize welcome accept recommend recognise recognize deliver issue voice express".split()
)
# Verbs that stand behind a comma before who does: "…, said Holt".
_INVERTED = frozenset("say add tell write ask reply note explain".split())
_ADVERBS = frozenset("also then later even still again".split())
# Words of a day between "and" and a verb: "and last week accused".
_WHEN = frozenset(("on", "last", "this", "week", "month", "year", "night", "earlier", "yesterday", "today", *map(str.lower, day_name)))
_AUXILIARIES = frozenset("have do be not n ’ ' t didn doesn don hasn haven hadn".split()) | _ADVERBS
_FEW = 6
# Verbs after the subject with which a sentence begins.
_DOES = frozenset("did didn does has had is was were declined refused also later never".split())
_OPENERS = frozenset((
    "the a an in on at but and or so yet after before when while if as it this that these those there here for by from with his her their its our my "
    "some many most all no not none nobody nothing what who which where why how to of i we you"
).split())
_CLAUSES = frozenset(("and", "but", "as", "while", "when", "who", "which", "that", "because", ";", ":"))
_NAME = 4
# What is read for a cue with a source, as a rule: how sure, how surely absent, how sure by the reading of sources alone.
_AS_READ = (0.9, 0.05, 0.9)
# Tokens that a sentence is looked through back for: bounds the work on text without full stops.
_LONGEST = 200
# What agrees with no verb of the past, or of the plural, that "and" joins to it.
_NOT_PAST = re.compile(
    r"\b(?:can|will|would|may|might|could|should|must|is|are|has|have|does|do|doesn|isn|aren|won|ca|wo)\b|[’'](?:ll|re|ve)\b", re.I
)
_NOT_PLURAL = re.compile(r"\b(?:is|has|does|doesn|isn|was|wasn|hasn|can|will|would|may|might|could|should|must)\b", re.I)
_PLUPERFECT = re.compile(r"\b(?:had|[’']d) (?:not |never |been |[a-z]+ly )*[a-z]+\b|\b[a-z]+ed by\b", re.I)
# What is done to something by others is no verb of what "and" joins to it: "would be decided in court and | predicted".
_DONE = re.compile(r"\b(?:be|been|being) (?:[a-z]+ly )?[a-z]+ed\b")
_NOT_PRESENT = re.compile(r"\b(?:can|will|would|may|might|could|should|must|was|were|had|did)\b", re.I)
# A verb to which "and" may join another of the same tense.
_HAPPENED = {
    "past": re.compile(
        r"\b(?:was|were|had|did|been|(?!indeed\b|need\b|hundred\b)[a-z]{2,}ed|came|went|made|took|gave|said|told|left|met|held|got|saw|won|lost|"
        r"who|which)\b"
    ),
    "present": re.compile(r"\b(?:is|has|does|says|who|which)\b"),
}
#: A finite verb, or what leads to one; and how what is said goes on after its verb.
CLAUSE = re.compile(
    r"\b(?:that|who|which|what|whether|if|when|because|how|why|is|are|was|were|am|has|have|had|do|does|did|will|would|can|could|may|might|must|should|"
    r"to|(?!(?:sacred|naked|wicked|hundred|indeed|need|speed)\b)[a-z]{2,}ed|he|she|they|it|we|I)\b|[’'](?:s|re|ve|ll|d|m)\b|n[’']t\b"
)
_HAS = re.compile(r"\b(?:has|have|had)\b|[’'](?:ve|s|d)\b")
# What is wanted is told in the subjunctive.
_WANTING = frozenset("demand ask urge request recommend propose insist require suggest".split())
_THAT = re.compile(r"\W*that ")
# Verbs that demand, blame or deny, behind what somebody said of themselves.
_ASKING = frozenset("urge appeal challenge call accuse demand condemn deny warn promise pledge vow denounce plead".split())
_IS = re.compile(r"\W*(?:that )?(?:(?:it|he|she|they) (?:was|were)|there (?:was|were|had been|has been|is|are))\b")
# ", but | did not say why": what the speaker of the sentence did not do, as a rule.
_REFUSES = re.compile(
    r"(?:(?:did|does|do|has|have|had|would) (?:not|n[’']t)|didn[’']t|doesn[’']t|hasn[’']t|haven[’']t|wouldn[’']t|declined|refused|stopped short|"
    r"(?:(?:has|have|had) )?(?:offered|gave|given|provided|presented|made) no|(?:also )?(?:acknowledged|conceded|admitted|cautioned|warned))\b"
)
# The same without a comma: what only who speaks can hold back.
_SILENT = re.compile(
    r"(?:would not|wouldn[’']t|did not|didn[’']t|declined to|refused to) "
    r"(?:be drawn|say|comment|give|name|reveal|elaborate|confirm|disclose|discuss|specify|answer|provide|identify|explain)\b"
)
_ON = re.compile(r" (?:that|[“\"])")
_PRONOUN = re.compile(r"\W*(?:that )?(?:he|she|they|there|it|I|we)\b", re.I)
_SOURCES = tuple(map(EVIDENCE.index, ("source", "source_absent", "source_flat")))
_CUES = tuple(map(EVIDENCE.index, ("cue_flat", "cue_deep", "cue_both")))  # low where the cue was read as part of a content
_FLAT, _DEEP = EVIDENCE.index("cue_flat"), EVIDENCE.index("cue_deep")


def joined(text: str, encoded: Encoded, found: Sequence[Candidate], bounds: Sequence[Span]) -> list[Candidate]:
    """*found*, in the order of cues, with sources for cues that are joined to another of the same speaker and the same tense.

    What the first attributes ends where the second begins, if its content ran on over it and the tenses tell that it must not. *bounds* are those of
    the sentences.
    """
    out = _in_headline(text, encoded, _beside_each_other(text, encoded, list(found)))
    tokens = encoded.tokens
    for k, later in enumerate(out):
        at = _join(text, tokens, later.cue[0]) or _comma(text, tokens, later)
        if at is None or stretch_at(encoded.stretches, tokens[at].start) is not None:
            continue
        content = tuple(run for run in later.content if run[0] >= later.cue[1])
        how = _tense(text, tokens, later.cue)
        begin = _sentence(tokens, at, bounds)
        silent = _REFUSES if _word(text, tokens[at - 1]) == "," else _SILENT
        refuses = _word(text, tokens[at]) == "but" and silent.match(text, tokens[at + 1].start) is not None
        since = bisect_left(out, begin, hi=k, key=lambda candidate: candidate.cue[0])
        before = [n for n in range(since, k) if out[n].source and out[n].evidence[_DEEP] >= 0.5]
        if (main := next((out[n] for n in reversed(before) if _goes_on(text, tokens, out[n], later, at)), None)) is not None:
            out[k] = replace(later, source=main.source)
            continue
        for n in before:
            first = out[n]
            if not content or not (how or refuses) or any(b > first.cue[0] for _, b in first.source):
                continue
            ends = {b for _, b in first.content if first.cue[1] < b <= at}
            over = any(a < at and later.cue[0] < b for a, b in first.content)
            same = _agree(_tense(text, tokens, first.cue), how)
            if (over or how == "doing" or first.source[0][0] != begin) and not same and not refuses:
                continue
            if over:
                own = _read_alike(text, tokens, first, later)
                if not own and any(not any(s <= a and b <= e for s, e in first.content) for a, b in later.source):
                    continue
                others = [c for c in out[n + 1 : k] if c.source and c.cue[0] < at]
                if refuses and any(_verb(text, tokens, c.cue) == _verb(text, tokens, later.cue) for c in others):
                    continue  # "said that Holt asked her in, but did not ask her why"
                between = first.cue, at, later.cue
                if not (refuses or own or _parts(text, tokens, *between, how) or _turns(text, tokens, *between, others)):
                    continue
                stop = at - (_word(text, tokens[at - 1]) == ",")
                for m in range(n, k):  # what it attributes in turn ends there, too
                    if any(a < stop < b for a, b in out[m].content):
                        out[m] = replace(out[m], content=tuple((a, min(b, stop)) for a, b in out[m].content if a < stop))
            elif not any(_only_marks(text, tokens, b, at) for b in ends) or (later.source and not _again(text, tokens, first, at, later)):
                continue
            elif how == "base" and not (_opens_with_that(text, tokens, first, first.content) and _opens_with_that(text, tokens, later, content)):
                continue  # "plans to leave and says" goes on, "plans to leave and say" may be what is planned
            evidence = later.evidence.copy()
            read = [*_SOURCES, *(_CUES if over or later.source else ())]
            evidence[read] = first.evidence[read] if not later.source else np.maximum(later.evidence[read], first.evidence[read])
            out[k] = replace(later, source=first.source, content=content, evidence=evidence)
            break
        else:
            taken = any(a <= at < b for c in out[since:k] for a, b in c.content)
            who = _subject(text, tokens, begin, at) if content and how == "past" and not later.source and not taken else None
            if later.source and later.source[-1][1] < at and content and how == "past" and not taken and _verb(text, tokens, later.cue) in VERBS:
                told = any(a <= later.source[0][0] < b for c in out[since:k] for a, b in c.content)
                who = None if told else later.source[0]  # "left it as it was, but | hinted that …"
            if who is not None:
                evidence = later.evidence.copy()
                evidence[list(_SOURCES)] = _AS_READ
                out[k] = replace(later, source=(who,), evidence=evidence)
    return out


def _goes_on(text: str, tokens: Sequence[Token], first: Candidate, later: Candidate, at: int) -> bool:
    """Whether *later* has the auxiliary of *first* and not the pronoun read with it: "has denied the raid, | which | killed 80, and has called"."""
    source, verb = later.source, _word(text, tokens[later.cue[0]])
    if len(source) != 1 or source[0][1] - source[0][0] > 1 or not first.cue[1] <= source[0][0] < at or _word(text, tokens[at - 1]) != ",":
        return False
    relative = _word(text, tokens[source[0][0]]) in ("which", "who") and _word(text, tokens[source[0][1]]) != verb
    return relative and verb in ("has", "have", "had") and _word(text, tokens[first.cue[0]]) == verb and first.source[-1][1] <= first.cue[0]


def _beside_each_other(text: str, encoded: Encoded, out: list[Candidate]) -> list[Candidate]:
    """*out* with the content of one participle ending before another's source: "with Holt calling it a fraud | and Brill saying …"."""
    tokens = encoded.tokens
    for k, later in enumerate(out):
        if not later.source or not _word(text, tokens[later.cue[0]]).endswith("ing") or later.source[-1][1] != later.cue[0]:
            continue
        who = later.source[0]
        if _word(text, tokens[who[0]]) in ("and", "while") and who[1] - who[0] > 1:  # read as part of the source
            later = replace(later, source=((who[0] + 1, who[1]), *later.source[1:]))
        at = later.source[0][0] - 1
        if at < 1 or _word(text, tokens[at]) not in ("and", "while") or stretch_at(encoded.stretches, tokens[at].start) is not None:
            continue
        for n in range(max(0, k - _FEW), k):
            first = out[n]
            over = any(a < at and later.cue[0] < b for a, b in first.content)
            if over and first.source and first.cue[0] < at and _word(text, tokens[first.cue[0]]).endswith("ing"):
                evidence = later.evidence.copy()
                evidence[list(_CUES)] = first.evidence[list(_CUES)]
                out[n] = replace(first, content=tuple((a, min(b, at)) for a, b in first.content if a < at))
                out[k] = replace(later, evidence=evidence)
    return out


def _in_headline(text: str, encoded: Encoded, out: list[Candidate]) -> list[Candidate]:
    """*out* with what the headline tells first ending before its second verb: "Inquiry says a blast sank the boat | , names no culprit"."""
    tokens = encoded.tokens
    line = next((k for k in range(1, len(tokens)) if tokens[k].after_break), 0)
    first = next((c for c in out if c.source and c.source[-1][1] <= c.cue[0] < line and _tense(text, tokens, c.cue) == "present"), None)
    if first is None or not line <= _LONGEST or text[tokens[line - 1].start] == ".":
        return out
    at = next((k for k in range(first.cue[1] + 1, line - 1) if _word(text, tokens[k - 1]) in (",", ";") and _second(text, encoded, k)), None)
    if at is None or not any(a < at < b for a, b in first.content):
        return out
    later = next((c for c in out if c.cue[0] == at), None)
    for n, candidate in enumerate(out):
        if candidate is later:
            evidence = candidate.evidence.copy()
            read = [*_SOURCES, *_CUES]
            evidence[read] = np.maximum(candidate.evidence[read], first.evidence[read])
            out[n] = replace(candidate, source=first.source, evidence=evidence)
        elif candidate.cue[0] < at and any(a < at - 1 < b for a, b in candidate.content):
            out[n] = replace(candidate, content=tuple((a, min(b, at - 1)) for a, b in candidate.content if a < at - 1))
    return out


def _second(text: str, encoded: Encoded, at: int) -> bool:
    """Whether token *at* is a verb of the present, and not one before who says so: ", says Holt"."""
    tokens, word = encoded.tokens, _word(text, encoded.tokens[at])
    verb = word.endswith("s") and word != lemma(word) and known_cue(lemma(word)) and stretch_at(encoded.stretches, tokens[at].start) is None
    return verb and not (lemma(word) in _INVERTED and text[tokens[at + 1].start].isupper())


def _subject(text: str, tokens: Sequence[Token], begin: int, at: int) -> Run | None:
    """Who does what a sentence tells first, if it begins with a name or "he": "Holt did not answer, but | told …"."""
    end = begin
    while end < at and end - begin < _NAME and tokens[end].shape != MARK and text[tokens[end].start].isupper():
        end += 1
    if begin == end or end >= at or _word(text, tokens[end]) not in _DOES or _word(text, tokens[begin]) in _OPENERS:
        return None
    return None if any(_word(text, token) in _CLAUSES for token in tokens[end:at]) else (begin, end)


def _join(text: str, tokens: Sequence[Token], first: int) -> int | None:
    """The token of "and" or "but" before *first*, with adverbs at most between them, or a day."""
    at = first - 1
    while at > 0 and at > first - _FEW and ((word := _word(text, tokens[at])) in _ADVERBS - _JOINS | _WHEN or word.endswith("ly")):
        at -= 1
    return at if at > 0 and _word(text, tokens[at]) in _JOINS else None


def _comma(text: str, tokens: Sequence[Token], later: Candidate) -> int | None:
    """The token of a comma right before a verb that stands in a row of them: "blamed the board, | called for a vote and promised …"."""
    at, verb = later.cue[0] - 1, _word(text, tokens[later.cue[0]])
    if later.source or at < 1 or _word(text, tokens[at]) != "," or lemma(verb) in _INVERTED or verb in ("been", "being"):
        return None
    if _verb(text, tokens, later.cue) not in VERBS:
        return None
    return at if _tense(text, tokens, later.cue) == "past" else None


def _opens_with_that(text: str, tokens: Sequence[Token], candidate: Candidate, content: Sequence[Run]) -> bool:
    return any(a == candidate.cue[1] and _word(text, tokens[a]) == "that" for a, _ in content)


def _only_marks(text: str, tokens: Sequence[Token], begin: int, end: int) -> bool:
    return begin == end or not any(c.isalnum() for c in text[tokens[begin].start : tokens[end - 1].end])


def _parts(text: str, tokens: Sequence[Token], first: Run, at: int, later: Run, how: str) -> bool:
    """Whether the verb of *later* goes with that of *first* and not with what lies between it and token *at*."""
    lead = text[tokens[first[1] - 1].end : tokens[at].start]
    if how in ("past", "present") and not CLAUSE.search(lead) and _ON.match(text, tokens[later[1] - 1].end):
        return True  # "calls critics idle and promises that …"
    if how == "perfect":  # "insists that she knew, and has called on her to go"
        return _word(text, tokens[at - 1]) == "," and _verb(text, tokens, later) in VERBS and _HAS.search(lead) is None
    clash = {"past": _NOT_PAST, "base": _NOT_PLURAL, "present": _NOT_PRESENT}.get(how)
    clashes = clash is not None and clash.search(lead) is not None
    verb = _verb(text, tokens, later)
    if how == "past" and verb in VERBS and _verb(text, tokens, first) in _WANTING and _THAT.match(lead) and not _HAPPENED[how].search(lead):
        return True  # "demanded that she go and accused her of lying"
    if how == "past" and verb in _ASKING and (told := _IS.match(lead)) is not None and not CLAUSE.search(lead, told.end()):
        return True  # "said they were aware of threats and appealed for calm"
    opens = all(_word(text, tokens[end]) == "that" for _, end in (first, later))
    if opens and how == "past" and verb in VERBS | _TURNS and not _HAPPENED[how].search(_PLUPERFECT.sub("", lead)):
        return True  # "found that they had acted on orders and recommended that …"
    if verb not in _PLAIN:
        return clashes and verb in VERBS | _TURNS and _HAPPENED[how].search(_DONE.sub("", lead)) is None if how in _HAPPENED else False
    if how == "past" and _word(text, tokens[at - 1]) == ",":
        return True  # "dismissed reports that it sank, and said it would wait"
    if how == "past" and _word(text, tokens[at]) == "but" and _PRONOUN.match(lead):
        return True
    return clashes


def _read_alike(text: str, tokens: Sequence[Token], first: Candidate, later: Candidate) -> bool:
    """Whether *later*, a verb of saying, was read with the source of *first*, though it stands in what that attributes."""
    return later.source == first.source and bool(later.evidence[_SOURCES[0]] >= 0.5) and _verb(text, tokens, later.cue) in VERBS


def _again(text: str, tokens: Sequence[Token], first: Candidate, at: int, later: Candidate) -> bool:
    """Whether *later* is a verb of saying that was read with the source of *first*, but hardly as a cue."""
    same = later.source == first.source and at + 1 == later.cue[0]
    return same and bool(later.evidence[_FLAT] < 0.5) and _verb(text, tokens, later.cue) in VERBS


def _turns(text: str, tokens: Sequence[Token], first: Run, at: int, later: Run, others: Sequence[Candidate]) -> bool:
    """Whether "but" turns from what was said to what else was: "said the mayor was unhappy, but | ruled out a vote"; nobody else speaks between."""
    if _word(text, tokens[at]) != "but" or _tense(text, tokens, first) != "past" or _verb(text, tokens, later) not in VERBS | _TURNS:
        return False
    return _tense(text, tokens, later) == "past" and not any(_verb(text, tokens, other.cue) in VERBS for other in others)


def _verb(text: str, tokens: Sequence[Token], cue: Run) -> str:
    """The lemma of the verb of a cue, but for adverbs, auxiliaries and "not"."""
    words = (lemma(_word(text, token)) for token in tokens[slice(*cue)])
    return next((word for word in words if word not in _AUXILIARIES and not word.endswith("ly")), "")


def _tense(text: str, tokens: Sequence[Token], cue: Run) -> str:
    """"past", "present", "perfect", "doing" or "base", as the verb stands with which a cue begins, but for adverbs; else ""."""
    for token in tokens[slice(*cue)]:
        word = _word(text, token)
        if word.endswith("ly") or word in _ADVERBS:
            continue
        base = lemma(word)
        if word in ("has", "have"):
            return "perfect"
        if not known_cue(base):
            return ""
        if word.endswith("ing"):
            return "doing"
        return "base" if word == base else "present" if word.endswith("s") else "past"
    return ""


def _agree(first: str, later: str) -> bool:
    """Whether verbs of these tenses may have one subject: "has demanded … and accused", "insists …, and has called"."""
    return first == later or (first, later) in (("perfect", "past"), ("present", "perfect"))


def _sentence(tokens: Sequence[Token], at: int, bounds: Sequence[Span]) -> int:
    """The token with which the sentence of token *at* begins, if it is not farther back than a sentence can be."""
    k = bisect_right(bounds, tokens[at].start, key=lambda span: span[0]) - 1
    since = max(0, at - _LONGEST)
    return bisect_left(tokens, bounds[k][0], lo=since, hi=at, key=lambda token: token.start) if k >= 0 else since


def _word(text: str, token: Token) -> str:
    return text[token.start : token.end].lower()
