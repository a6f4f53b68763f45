"""Edges: where the cue and the content of a statement begin and end, put right by rule once the network has read them."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from collections.abc import Sequence

from sayso.attribution.cue_words import AVOIDERS, matches
from sayso.attribution.verdicts import claimed, subject
from sayso.spans import Spans, normalised, overlap, surface

_DAYS = frozenset(calendar.day_name)

# "any indication" before "that", where a content begins so.
_NOUN = re.compile(r"((?:(?:any|all|a|an|the|further|such|public) )*[a-z]+) (that)\b")
# A day right after what was done on it, with a subject after it: not the day of "said Monday was too late", nor of "said Sunday Times readers".
_DAY = re.compile(
    rf"(?:(?:on|late|early|last) )?(?:{'|'.join(calendar.day_name)}|yesterday|today)(?: (?:morning|afternoon|evening|night))?,? "
    r"(?=(?:that|he|she|it|they|we|I|there|the|his|her|its|their|a|an|no|[A-Z][\w.’'-]+ (?:[A-Z][\w.’'-]+ ){0,2}"
    r"(?:is|was|were|are|has|have|had|will|would|can|could|should|may|might|must|did|does|do)) )"
)
_SAID = frozenset(
    "said says say added announced told tweeted wrote warned claimed insisted argued confirmed denied acknowledged reported declared".split()
)


# What somebody does meanwhile: "Opening the case at the court, | Orla Venn told".
_DOING = re.compile(
    r"[A-Z][a-z]+(?:ing|ed) (?:the|a|an|to|on|in|at|from|with|about|for|into|by|of|after|his|her|their|its|this|that|what|whether|how|why)\b"
    r"[^,\n]*(?:, (?![A-Z]|the |a |an |his |her |their )[^,\n]*)?, (?=[A-Z]|the |a |an |his |her |their )"
)


def without_doing(text: str, source: Spans) -> Spans:
    """*source* without the clause that opens its sentence."""
    if len(source) != 1 or (opening := _DOING.match(text, *source[0])) is None:
        return source
    return ((opening.end(), source[0][1]),)


# What stands before an item of a list, between "What I accept" and "that …", or closes the marks around the cue.
_LEAD = re.compile(r"(?:[-–•·▪●◦‣*] ?(?=[^\s-])|(?:is|was) (?=that\b)|[\"”’'] (?=\w))")


# What is told of a document, between it and what it says: "According to a leaked memo, | seen by this paper, two routes were to close".
_OF_DOCUMENT = re.compile(
    r",? ?(?:seen|obtained|reviewed|published|released|leaked|issued|dated|circulated|commissioned|conducted|made public)\b[^,.;“”\"\n]{2,80}, (?=\w)"
)


def without_its_origin(text: str, source: Spans, content: Spans) -> Spans:
    """*content* without where the document before it comes from."""
    start, end = content[0]
    if not source or source[-1][1] > start or text[source[-1][1] : start].strip(" ,"):
        return content
    origin = _OF_DOCUMENT.match(text, start, end)
    return content if origin is None else ((origin.end(), end), *content[1:])


def without_lead(text: str, content: Spans) -> Spans:
    """*content* without a list's bullet, or the verb of "What I accept | is that …"."""
    start, end = content[0]
    lead = _LEAD.match(text, start, end)
    return content if lead is None or lead.end() >= end else ((lead.end(), end), *content[1:])


# A quotation within a quotation, by its marks: it ends with a mark that no letter follows.
_INNER = re.compile(r"[‘'](?=\w)[^‘\"“”\n]{2,600}?[.,!?…][’'](?!\w)")


_ADDRESSEE = 30


def within_marks(text: str, cue: Spans, content: Spans) -> Spans:
    """What is quoted within a quotation ends with its marks: "They said, | 'We will pay.' | We waited"."""
    start, end = content[0]
    inner = _INNER.match(text, start, end)
    if len(content) > 1 or inner is None or start < cue[-1][1] or end - inner.end() < 3:
        return content
    between = text[cue[-1][1] : start].strip()  # "told | us:"
    if len(between) > _ADDRESSEE or between[-1:] not in ("", ":", ","):
        return content
    return ((start, inner.end()),)


# "declined | to say whether": what is held back from belongs to the cue, if more follows.
_HELD_BACK = re.compile(r"(?i)\b(?:declin|refus)(?:es|ed|e|ing)\Z")
_TO_SAY = re.compile(
    r"to (?:say|confirm|tell|reveal|discuss|specify|disclose|speculate|explain|answer|comment (?:on|about)|elaborate on|respond to) (?=\w)"
)


def with_what_is_declined(text: str, cue: Spans, content: Spans) -> tuple[Spans, Spans]:
    """"declined | to say whether …" as "declined to say | whether …"."""
    start, end = content[0]
    said = _TO_SAY.match(text, start, end)
    if said is None or _HELD_BACK.search(surface(text, cue)) is None or text[cue[-1][1] : start].strip() or cue[-1][1] > start:
        return cue, content
    return (*cue[:-1], (cue[-1][0], said.end() - 1)), ((said.end(), end), *content[1:])


_ACCUSED = re.compile(r"(?i)\baccus(?:es|ed|e|ing)\Z")
_CALLED = re.compile(r"(?i)\bcall(?:s|ed|ing)?\Z")
_UPON = re.compile(r"\s+(?:on|upon|for)(?=\s)")


def with_whom(text: str, source: Spans, cue: Spans, content: Spans) -> tuple[Spans, Spans]:
    """*content* with whom it is asked or told of: "accused Holt | of lying", "called on | all sides | to wait"."""
    (start, end), at, words = content[0], cue[-1][1], surface(text, cue)
    between = text[at:start]
    if not 1 < len(between) < _WHOM_LONG or re.search(r"[.!?;:\n“”\"]", between) or overlap(((at, start),), source):
        return cue, content
    upon = _UPON.match(between)
    if text.startswith("of ", start) and _ACCUSED.search(words):
        return cue, ((start - len(between.lstrip()), end), *content[1:])
    if text.startswith("to ", start) and _CALLED.search(words) and upon is not None and between[upon.end() :].strip():
        return (*cue[:-1], (cue[-1][0], at + upon.end())), ((at + upon.end() + 1, end), *content[1:])
    return cue, content


_WHOM_LONG = 60


# Nobody in particular: "The bridge, it is often said, …".
_IT_IS_SAID = re.compile(
    r"(?i)(?:as )?it (?:is|was|has been|had been) (?:\w+ )?(?:said|believed|thought|claimed|argued|alleged|rumou?red|understood|assumed|"
    r"reported|hoped|feared|expected|suggested)"
)


def said_by_nobody(text: str, source: Spans, cue: Spans, content: Spans) -> tuple[Spans, Spans]:
    """Source and content where the cue tells that somebody or other says it: who stands before it is what it is said of."""
    if not source or _IT_IS_SAID.fullmatch(surface(text, cue)) is None:
        return source, content
    return (), normalised((*source, *content))


_CALLS = re.compile(r"(?i)(?:calls?|demands?|pleas?|appeals?|requests?|pressure)(?: from| by)?\Z")
_FOR_WHOM = re.compile(r" (?=(?:for|on) )")


def for_whom(text: str, source: Spans, cue: Spans, content: Spans) -> tuple[Spans, Spans]:
    """Who is to do it belongs to what is called for: "calls | from Orlan for Holt | to resign" is "calls | from Orlan | for Holt to resign"."""
    if len(source) != 1 or _CALLS.search(surface(text, cue)) is None or not text.startswith("to ", content[0][0]):
        return source, content
    (start, end), at = source[0], content[0][0]
    whom = _FOR_WHOM.search(text, start, end)
    if whom is None or not cue[-1][1] <= start or text[end:at].strip():
        return source, content
    return ((start, whom.start()),), ((whom.end(), content[0][1]), *content[1:])


def with_its_noun(text: str, cue: Spans, content: Spans) -> tuple[Spans, Spans]:
    """What is held back from belongs to the cue: "held back from | any hint that …" is "held back from any hint | that …"."""
    start, end = content[0]
    noun = _NOUN.match(text, start, end)
    if noun is None or text[cue[-1][1] : start].strip() or not AVOIDERS.search(surface(text, cue)) or not matches(noun[1], "that"):
        return cue, content
    return ((cue[0][0], noun.end(1)),), ((noun.start(2), end), *content[1:])


def without_day(text: str, cue: Spans) -> Spans:
    """*cue* without the day at its end: "said | Sunday"."""
    start, end = cue[-1]
    words = text[start:end].rsplit(" ", 1)
    return (*cue[:-1], (start, start + len(words[0]))) if len(words) == 2 and words[1] in _DAYS else cue


def without_its_day(text: str, cue: Spans, content: Spans) -> Spans:
    """*content* without the day on which it was said: "said | Monday he had called" is "said Monday | he had called"."""
    k = next((k for k, (start, _) in enumerate(content) if start >= cue[-1][1]), None)
    if k is None or text[cue[-1][1] : content[k][0]].strip():
        return content
    start, end = content[k]
    day = _DAY.match(text, start, end)
    if day is None or text[cue[-1][0] : cue[-1][1]].split()[-1].lower() not in _SAID:
        return content
    return (*content[:k], (day.end(), end), *content[k + 1 :])


# What opens a sentence and is no part of what is said: "In private, her aides say so", "What I am saying is that …".
_OPENING = re.compile(
    r"(?:To be (?:fair|clear|sure|honest|precise)|What|Instead|Meanwhile|After all|Of course|By contrast|As a result|[A-Z][a-z]+ly|Yet|Still|Now|"
    r"In (?:private|public|fact|short|turn|response|reply|return|addition|particular|contrast|effect|court|other words)|"
    r"For (?:example|instance|one thing|his part|her part|their part|its part)|At (?:least|first|one point|times)|Later|Earlier|Again|Also|However|"
    r"Then|On (?:[A-Z]\w+day|the other hand|the contrary)|Moreover|Besides|Nevertheless|Nonetheless|Even so|Last \w+|This \w+|Today|Yesterday),?"
)


def without_opening(text: str, cue: Spans, content: Spans, quoted: Spans) -> Spans:
    """*content* without the adverb that opens the sentence before source and cue, where what is said follows them."""
    if len(content) < 2 or content[0][1] > cue[0][0] or content[1][0] < cue[-1][1] or overlap(content[:1], quoted):
        return content
    return content[1:] if _OPENING.fullmatch(text, *content[0]) else content


# Where something was said, or on what: it stands before who said it and is no part of it.
_SETTING = re.compile(
    r"(?i)(?:(?:when |if )?(?:asked|pressed|questioned)|(?:responding|replying|reacting|speaking|writing|testifying|appearing|turning|referring)\b|"
    r".*\b(?:interview|statement|speech|conference|briefing|tweets?|letter|e-?mail|posts?|testimony|hearing|evidence|remarks|report|article|column|book|"
    r"memo|twitter|facebook|court|debate|television|radio|rally|meeting|told|said|says)\b)"
)
_COMMAS = re.compile(r",\s|\s[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3},\s")


def with_clause_before(text: str, cue: Spans, source: Spans, content: Spans, taken: Sequence[tuple[int, int]]) -> Spans:
    """*content* with the words that open its sentence, where commas set off who says so: "At her age, | Holt said, | the stairs were hard".

    Not what tells where it was said, or to what it replies; not words *taken* by other statements, which are in order.
    """
    (start, _), (begin, _) = content[0], min((*source, *cue))
    stop = max(end for _, end in (*source, *cue))
    if start < stop or not text[start].islower() or text.startswith("that ", start) or _COMMAS.fullmatch(text, stop, start) is None:
        return content
    since = max(0, begin - 200)
    opens = max((at + len(mark) for mark in (". ", "? ", "! ", "\n", "” ", '" ') if (at := text.rfind(mark, since, begin)) >= 0), default=since)
    if opens == since > 0:
        return content
    lead = text[opens:begin]
    words = lead.rstrip().removesuffix(",")
    if not lead.rstrip().endswith(",") or len(words.split()) < 3 or not words[:1].isupper() or _OPENING.fullmatch(words) or _SETTING.match(words):
        return content
    k = bisect_right(taken, opens, key=lambda span: span[1])
    if k < len(taken) and taken[k][0] < opens + len(words):
        return content
    return normalised(((opens, opens + len(words)), *content))


def without_verdict(text: str, cue: Spans, content: Spans, outer: tuple[str, int] | None) -> Spans:
    """*content* without what is said of the claim that the cue names: "accusations that | it sank" of "… that | it sank were false".

    *outer* is the cue around, and where its content begins.
    """
    start, end = content[-1]
    if len(content) > 1 or start < cue[-1][1]:
        return content
    at = cue[0][0]
    begin = max(text.rfind(mark, max(0, at - 90), at) + 1 for mark in (".", "\n", "!", "?")) if outer is None else outer[1]
    if not at - 90 <= begin <= at:
        return content
    stop = claimed(surface(text, cue), text[begin:at], text[start:end], text[end : end + 3], None if outer is None else outer[0])
    return content if stop is None else ((start, start + stop),)


def with_subject(text: str, content: Spans, cue: Spans) -> Spans:
    """*content* whole, where it is a passive's subject: "claims that | the army fired | first were dismissed"."""
    (start, end), at = content[-1], cue[0][0]
    if end > at or at - end > 20:
        return content
    more = subject(text[max(0, start - 80) : start], text[start:end], text[end:at], text[at : cue[-1][1]])
    return content if more is None else normalised((*content[:-1], (start - more[0], end + more[1])))
