"""Edges: where source, cue and content of a statement begin and end, put right by rule once the network has read them.

A rule takes the text around and the parts as they stand, and gives the parts as they should be. `straightened` applies all, in order.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sayso.attribution.cue_words import AVOIDERS, matches
from sayso.attribution.forms import quoted_in
from sayso.attribution.verdicts import claimed, heads, subject
from sayso.language.quotation import Stretch
from sayso.spans import Span, Spans, normalised, overlap, surface


@dataclass(frozen=True, slots=True)
class Parts:
    """Source, cue and content of a statement, in characters."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True)
class Around:
    """What a rule may look at beside the parts.

    bounds are the sentences. taken are the characters that statements have which stand in no other, in order. inner and turn tell what
    the statement is; outer is the cue of the statement that it stands in, and where the content of that begins.
    """

    text: str
    bounds: Sequence[Span] = ()
    stretches: Sequence[Stretch] = ()
    taken: Sequence[Span] = ()
    inner: bool = False
    turn: bool = False
    outer: tuple[str, int] | None = None


def straightened(around: Around, parts: Parts) -> Parts:
    """*parts* after every rule."""
    for rule in _RULES:
        parts = rule(around, parts)
    return parts

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


# A day behind who speaks: "Ann Holt | Monday | denied".
_DAY_BEHIND = re.compile(rf"[A-Z][^\n]*?(?=,? (?:on )?(?:{'|'.join(calendar.day_name)})\Z)")


def without_day_behind(around: Around, parts: Parts) -> Parts:
    """The source without the day on which it spoke."""
    if len(parts.source) != 1 or not parts.cue or (who := _DAY_BEHIND.match(around.text[slice(*parts.source[0])])) is None:
        return parts
    start, end = parts.source[0]
    return replace(parts, source=((start, start + who.end()),)) if end < parts.cue[0][0] else parts


# What somebody does meanwhile: "Opening the case at the court, | Orla Venn told".
_DOING = re.compile(
    r"[A-Z][a-z]+(?:ing|ed) (?:the|a|an|to|on|in|at|from|with|about|for|into|by|of|after|his|her|their|its|this|that|what|whether|how|why)\b"
    r"[^,\n]*(?:, (?![A-Z]|the |a |an |his |her |their )[^,\n]*)?, (?=[A-Z]|the |a |an |his |her |their )"
)


def without_doing(around: Around, parts: Parts) -> Parts:
    """The source without the clause that opens its sentence."""
    source = parts.source
    if len(source) != 1 or (opening := _DOING.match(around.text, *source[0])) is None:
        return parts
    return replace(parts, source=((opening.end(), source[0][1]),))


# Who belongs to whom a relative clause tells of: "Brennia, | whose envoy, Ann Holt," said so.
_WHOSE = re.compile(r"[^,]{2,80}, (?=whose (?:[\w’'-]+ ){0,6}[\w’'-]+, [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)*,?\Z)")


def of_whose(around: Around, parts: Parts) -> Parts:
    """The source without whose it is, where an apposition says who speaks: "Brennia, | whose envoy, Ann Holt," declared."""
    if len(parts.source) != 1 or (owner := _WHOSE.match(around.text[slice(*parts.source[0])])) is None:
        return parts
    start, end = parts.source[0]
    return replace(parts, source=((start + owner.end(), end),))


# The document in which somebody says so: "In | a voice message its commander |, known as Teal, said".
_DOCUMENT = re.compile(
    r"(?:a|an|the|his|her|its|their) [\w ]{0,20}\b(?:message|statement|video|letter|interview|post|tweet|speech|e-?mail|note|report|article)"
    rf"(?: (?:on )?(?:{'|'.join(sorted(_DAYS))}))? (?=(?:its|his|her|their|the|an?) )"
)


def without_document(around: Around, parts: Parts) -> Parts:
    """The source without the document in which it speaks."""
    if len(parts.source) != 1 or (found := _DOCUMENT.match(around.text, *parts.source[0])) is None:
        return parts
    return replace(parts, source=((found.end(), parts.source[0][1]),))


_AS_WHAT = re.compile(r"(?<!such),? (?=as (?:an? )?[\w“\"‘])")


def without_as(around: Around, parts: Parts) -> Parts:
    """The source without what somebody dismisses something as: "dismissed by | the firm | as guesswork"."""
    (start, end), text = parts.source[-1] if parts.source else (0, 0), around.text
    found = _AS_WHAT.search(text, start, end)
    if len(parts.source) != 1 or found is None or start < parts.cue[-1][1] or not text[:start].endswith("by ") or parts.content[-1][1] > start:
        return parts
    return replace(parts, source=((start, found.start()),), content=normalised((*parts.content, (found.end(), end))))


# What opens an item of a list, before who says so, or how long a video is.
_BULLET = re.compile(r"[-–•·▪●◦‣*] (?=\w)|(?<=\d:)\d\d (?=[A-Z])")


def without_bullet(around: Around, parts: Parts) -> Parts:
    """The source without a list's bullet."""
    found = _BULLET.match(around.text, *parts.source[0]) if parts.source else None
    return parts if found is None else replace(parts, source=((found.end(), parts.source[0][1]), *parts.source[1:]))


# Where somebody wrote so.
_MEDIUM = re.compile(r" (?:on|via) (?:X|Twitter|Instagram|Facebook|TikTok|Telegram|WhatsApp|YouTube|Truth Social|social media)\Z")


def without_medium(around: Around, parts: Parts) -> Parts:
    """The source behind its verb without where it wrote: "wrote | Holt | on Instagram"."""
    (start, end) = parts.source[-1] if parts.source else (0, 0)
    found = _MEDIUM.search(around.text, start, end)
    return parts if found is None or start != parts.cue[-1][1] + 1 else replace(parts, source=(*parts.source[:-1], (start, found.start())))


# What a colon parts from who speaks: "The council was doubtful: | its clerk, Ann Holt,".
_COLON = re.compile(r"[^:]{3,}: (?=(?:its|his|her|their) [^:]{2,}\Z)")


def behind_colon(around: Around, parts: Parts) -> Parts:
    """The source without the clause that a colon parts from it."""
    found = _COLON.match(around.text[slice(*parts.source[0])]) if len(parts.source) == 1 else None
    return parts if found is None else replace(parts, source=((parts.source[0][0] + found.end(), parts.source[0][1]),))


_RELATIVE = re.compile(r",? who,?\Z")


def without_relative(around: Around, parts: Parts) -> Parts:
    """The source without the pronoun of a clause that tells of it: "Orla Venn, | who | called it a shame, accused …"."""
    if len(parts.source) != 1 or (who := _RELATIVE.search(around.text[slice(*parts.source[0])])) is None:
        return parts
    return replace(parts, source=((parts.source[0][0], parts.source[0][0] + who.start()),))


# What is done about claims that somebody else makes: "Holt | faced calls to go and | suggestions | that she had lied".
_FACED = re.compile(r"(?i)(?:\w+ly )?(?:fac(?:e|es|ed|ing)|br(?:ing|ings|ought) up|discuss\w*|dismiss\w*|reject\w*|den(?:y|ies|ied)|address\w*)\b")


def without_who_faces(around: Around, parts: Parts) -> Parts:
    """No source where a noun names a claim and who stands before it only faces it."""
    cue = surface(around.text, parts.cue).lower().split()
    if not parts.source or parts.source[-1][1] > parts.cue[0][0] or len(cue) > 2 or not (cue[0] in heads() or cue[-1] in heads()):
        return parts
    between = around.text[parts.source[-1][1] : parts.cue[0][0]]
    return replace(parts, source=()) if _FACED.match(between.lstrip().removeprefix("to ")) else parts


# What stands before an item of a list, between "What I accept" and "that …", or closes the marks around the cue.
_LEAD = re.compile(
    r"(?:[-–•·▪●◦‣*] ?(?=[^\s-])|(?:all along|throughout|full well|early on|repeatedly|publicly|privately) (?=that\b)|"
    r"(?:is|was) (?=that\b)|as saying (?:by (?:[\w’'-]+ ){1,6}?(?=that\b))?|[\"”’'] (?=\w))"
)


# How something is rejected: "rejected | out of hand | allegations that".
_HOW = re.compile(r"(?:out of hand|outright|flatly|categorically|firmly|strongly) ")


def with_how(around: Around, parts: Parts) -> Parts:
    """The cue with how it was done: "rejected | out of hand claims" is "rejected out of hand | claims"."""
    start, end = parts.content[0]
    how = _HOW.match(around.text, start, end)
    if how is None or around.text[parts.cue[-1][1] : start] != " ":
        return parts
    return replace(_from(parts, how.end()), cue=_until(parts.cue, how.end() - 1))


_RULE = re.compile(r"(?i)\brul(?:es?|ed|ing)\Z")


def with_out(around: Around, parts: Parts) -> Parts:
    """"rules | out a vote" as "rules out | a vote"."""
    start, text = parts.content[0][0], around.text
    if not text.startswith("out ", start) or text[parts.cue[-1][1] : start] != " " or _RULE.search(surface(text, parts.cue)) is None:
        return parts
    return replace(_from(parts, start + 4), cue=_until(parts.cue, start + 3))


# What "as Orlan alleges" is said of, in a sentence that tells of it: "Nobody knows whether | the boat strayed |, as Orlan alleges".
_AS = re.compile(r", as ")
_TOLD = re.compile(r".*\b(?:that|whether|if) (?=\w)", re.S)


def as_alleged(around: Around, parts: Parts) -> Parts:
    """The content without the clause around it, where somebody says so behind "as"."""
    (start, end), begin = parts.content[-1], min((*parts.source, *parts.cue))[0]
    if len(parts.content) > 1 or not parts.source or end > begin or _AS.fullmatch(around.text, end, begin) is None:
        return parts
    told = _TOLD.match(around.text, start, end)
    return parts if told is None else _from(parts, told.end())


# A clause of which only the subject was read, and what may stand before its verb: "that the boat |, which sank on Friday, had struck a mine".
_CLAUSE = re.compile(
    r".*\b(?:that|as(?= (?:the|an?|his|her|their|its) )|why|whether|because|when|while|where) (?:(?:the|an?|his|her|its|their|this) )?(?=\w)", re.S
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|do|does|did|will|would|can|could|may|might|must|should|to|[a-z]{2,}(?:ed|s)|said|went|came|made|took|left)\b"
    r"|[’']|n[’']t\b"
)
_PARENTHESIS = re.compile(
    r", (?:which|who|whose|where) [^,.;“”\"\n]{3,120}, (?=[a-z])|, [^,.;:“”\"\n]{2,70}, (?=(?:[a-z]+ly )?(?:had|was|were|[a-z]{2,}ed)\b)"
)
_VERB = re.compile(
    r" (?=(?:(?:also|now|still|never|already|only|even|[a-z]+ly) )?"
    r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should)\b)"
)
_NOUN_FIRST = re.compile(r"(?!(?:he|she|it|they|we|I|you|there)\b)", re.I)
# What leads to a clause that was not read: "that in addition to Orlan |, others had come".
_LEADS_ON = re.compile(
    r"(?:.*\b)?that (?:in (?:addition|order|return|exchange|spite) to|in|under|despite|with|without|for|from|at|on|by|after|before|during|since|"
    r"unlike|like|given|beyond|apart|if|when|once|unless|although|though|while|because|until) [^,;:“”\"]+", re.S
)
_ON_TO = re.compile(r", (?=\w)(?!(?:and|but|or|which|who|as)\b)")
_THINKS = frozenset("say says said believe believes believed know knows knew think thinks thought signaled signalled".split())


def with_its_verb(around: Around, parts: Parts) -> Parts:
    """The content with the verb of its clause, where only the subject was read."""
    text, (start, end) = around.text, parts.content[0]
    if len(parts.content) > 1 or start < parts.cue[-1][1]:
        return parts
    k = bisect_right(around.bounds, start, key=lambda span: span[0]) - 1
    if k >= 0 and end < around.bounds[k][1] and _LEADS_ON.fullmatch(text, start, end) and (on := _ON_TO.match(text, end)) is not None:
        stop = _stop(around, on.end(), around.bounds[k][1])
        return replace(parts, content=((start, stop),)) if stop > on.end() else parts
    clause = _CLAUSE.match(text, start, end)
    bare = clause is None and not around.inner and start == parts.cue[-1][1] + 1 and surface(text, parts.cue).split()[-1] in _THINKS
    if (clause is None and not (bare and _NOUN_FIRST.match(text, start))) or _FINITE.search(text, start if clause is None else clause.end(), end):
        return parts
    verb = _PARENTHESIS.match(text, end) or (_VERB.match(text, end) if bare else None)
    if verb is None or k < 0 or verb.end() >= around.bounds[k][1]:
        return parts
    stop = around.bounds[k][1]
    return replace(parts, content=((start, stop - (text[stop - 1] in ".!?")),))


# What is told of a document, between it and what it says: "According to a leaked memo, | seen by this paper, two routes were to close".
_OF_DOCUMENT = re.compile(
    r",? ?(?:seen|obtained|reviewed|marked|published|released|leaked|issued|dated|circulated|commissioned|conducted|made public)\b"
    r"[^,.;“”\"\n]{2,80}, (?=\w)"
)


# A second one that says so: "According to the council, | and a report by Orlan, | the dam leaks".
_AND_WHOM = re.compile(r"and (?:an?|the|another|other|[A-Z])\b[^,.;:“”\"\n]{2,100}(?=, \w)")


def with_whom_else(around: Around, parts: Parts) -> Parts:
    """The source with a second one that was read as what both say."""
    text, source, (start, end) = around.text, parts.source, parts.content[0]
    if not source or text[source[-1][1] : start] != ", " or not surface(text, parts.cue).lower().startswith("according to"):
        return parts
    other = _AND_WHOM.match(text, start, end)
    return parts if other is None else replace(_from(parts, other.end() + 2), source=(*source[:-1], (source[-1][0], other.end())))


# The same behind a sentence that ends with the document: "… were to close, according to the report, | titled “Lines”".
_TITLED = re.compile(
    r"(?:titled|entitled|called|headed|seen|obtained|reviewed|marked|published|released|leaked|issued|dated|circulated|commissioned|conducted|which|who)\b"
)

# The same of a person: "According to Holt, | who was in Harun, the talks had failed".
_OF_PERSON = re.compile(r"who(?:se)? [^,.;:“”\"\n]{2,80}, (?=\w)")


def without_its_origin(around: Around, parts: Parts) -> Parts:
    """The content without where the document before it comes from."""
    text, source, (start, end) = around.text, parts.source, parts.content[0]
    if source and len(parts.content) > 1 and parts.content[-1][0] - source[-1][1] in (1, 2) and _TITLED.match(text, *parts.content[-1]):
        return replace(parts, content=parts.content[:-1])
    if not source or source[-1][1] > start or text[source[-1][1] : start].strip(" ,"):
        return parts
    origin = _OF_DOCUMENT.match(text, start, end) or (_OF_PERSON.match(text, start, end) if text[start - 2] == "," else None)
    return parts if origin is None else _from(parts, origin.end())


_WHAT = re.compile(r", [^,.;:\n“”\"]{2,60},(?= that )")


def with_what_it_claims(around: Around, parts: Parts) -> Parts:
    """The content with the clause of the claim with which it ends, though something parts them: "charges, | aired by a paper, that it lied"."""
    (start, end), text = parts.content[-1], around.text
    noun = re.search(r"\w+\Z", text[start:end])
    if around.turn or start < parts.cue[-1][1] or noun is None or noun[0].lower() not in heads():
        return parts
    k = bisect_right(around.bounds, start, key=lambda span: span[0]) - 1
    between = _WHAT.match(text, end)
    if between is None or k < 0:
        return parts
    stop = _stop(around, between.end(), around.bounds[k][1])
    return replace(parts, content=(*parts.content[:-1], (start, stop))) if stop > between.end() else parts


_GERUND = re.compile(r"[a-z]+ing")
_ITS_OBJECT = re.compile(r" (?:the|an?|his|her|its|their|this|these|that|[A-Z])\b[^,.;:–—“”\"\n]*")


def with_its_object(around: Around, parts: Parts) -> Parts:
    """The content with what a gerund is done to, of which only that was read: "is accused of | hiding | the report"."""
    (start, end), text = parts.content[-1], around.text
    if start != parts.cue[-1][1] + 1 or not surface(text, parts.cue).lower().endswith(" of") or not _GERUND.fullmatch(text, start, end):
        return parts
    more = _ITS_OBJECT.match(text, end)
    return parts if more is None else replace(parts, content=(*parts.content[:-1], (start, len(text[: more.end()].rstrip()))))


def without_lead(around: Around, parts: Parts) -> Parts:
    """The content without a list's bullet, or the verb of "What I accept | is that …"."""
    start, end = parts.content[0]
    lead = _LEAD.match(around.text, start, end)
    return parts if lead is None or lead.end() >= end else _from(parts, lead.end())


def without_sentence_before(around: Around, parts: Parts) -> Parts:
    """The quotation without a sentence of the report before it: "Why so long? | “Nobody asked,” she shrugs"."""
    text, (start, end) = around.text, parts.content[0]
    if around.inner or around.turn or end > min((*parts.source, *parts.cue))[0]:
        return parts
    k = bisect_right(around.stretches, start, key=lambda stretch: stretch.start)
    if k == len(around.stretches) or not around.stretches[k].start < end or (k and start < around.stretches[k - 1].end):
        return parts
    begin = around.stretches[k].start
    return _from(parts, begin) if re.search(r"\w[.?!]\s+\Z", text[start:begin]) else parts


# A quotation within a quotation, by its marks: it ends with a mark that no letter follows.
_INNER = re.compile(r"[‘'](?=\w)[^‘\"“”\n]{2,600}?[.,!?…][’'](?!\w)")


_ADDRESSEE = 30


def within_marks(around: Around, parts: Parts) -> Parts:
    """What is quoted within a quotation ends with its marks: "They said, | 'We will pay.' | We waited"."""
    text, after, (start, end) = around.text, parts.cue[-1][1], parts.content[0]
    inner = _INNER.match(text, start, end) if around.inner else None
    if len(parts.content) > 1 or inner is None or start < after or end - inner.end() < 3:
        return parts
    between = text[after:start].strip()  # "told | us:"
    if len(between) > _ADDRESSEE or between[-1:] not in ("", ":", ","):
        return parts
    return replace(parts, content=((start, inner.end()),))


# "declined | to say whether": what is held back from belongs to the cue, if more follows.
_HELD_BACK = re.compile(r"(?i)\b(?:declin|refus)(?:es|ed|e|ing)\Z")
_TO_SAY = re.compile(
    r"to (?:rule out|condemn|endorse|accept|acknowledge|recogni[sz]e|apologi[sz]e for|commit to|guarantee|criticise|criticize|blame|back|name|"
    r"say|confirm|tell|reveal|discuss|specify|disclose|speculate|explain|answer|comment (?:on|about)|elaborate on|respond to) (?=\w)"
)


def with_what_is_declined(around: Around, parts: Parts) -> Parts:
    """"declined | to say whether …" as "declined to say | whether …"."""
    text, cue, (start, end) = around.text, parts.cue, parts.content[0]
    said = _TO_SAY.match(text, start, end)
    if said is None or _HELD_BACK.search(surface(text, cue)) is None or text[cue[-1][1] : start].strip() or cue[-1][1] > start:
        return parts
    return replace(_from(parts, said.end()), cue=_until(cue, said.end() - 1))


_ACCUSED = re.compile(r"(?i)\baccus(?:es|ed|e|ing)\Z")
_CALLED = re.compile(r"(?i)\bcall(?:s|ed|ing)?\Z")
# Verbs of what somebody is praised or blamed "for".
_PRAISED = re.compile(
    r"(?i)\b(?:thank|prais|applaud|commend|congratulat|blam|fault|criticis|criticiz|condemn|denounc|attack|slam|chid|rebuk|scold|mock)"
    r"(?:s|es|ed|e|ing)?\Z"
)
# Who or what is called something, between "calling" and the words that it is called by.
_NAMED = re.compile(r"(?i)\b(?:call|label|brand|dub|term)(?:s|l?ed|l?ing|d|ing)?\Z")
_OBJECT = re.compile(r" (?!(?:from|by|for|to|in|on|it|on)\b)[\w’' -]+ ")
# Verbs that ask somebody to do something, and what may stand between them and "to" and is not whom: "promised | on Monday | to pay".
_ASKED = re.compile(
    r"(?i)\b(?:ask|urg|tell|told|order|warn|remind|direct|instruct|encourag|press|plead|begg?|advis|invit|implor|beseech|exhort|persuad|challeng|dar|caution|counsel|"
    r"appeal|petition|summon|lobb)(?:s|es|ed|e|ing|y|ying|ied|ies)?\Z"
)
_TELLS = re.compile(r"(?i)\bt(?:ell|ells|old|elling)\Z")
_NOT_WHOM = re.compile(
    rf"(?i)\s*(?:[^\w\s@]|(?:by|in|on|at|during|after|before|last|this|next|late|early|earlier|yesterday|today|again|{'|'.join(_DAYS)}|\w+ly)\b)"
)
_UPON = re.compile(r"\s+(?:on|upon|for)(?=\s)")


def with_whom(around: Around, parts: Parts) -> Parts:
    """The content with whom it is asked or told of: "accused Holt | of lying", "called on | all sides | to wait", "warned | jurors | not to"."""
    text, cue, start = around.text, parts.cue, parts.content[0][0]
    at, words = cue[-1][1], surface(text, cue)
    between = text[at:start]
    if not 1 < len(between) < _WHOM_LONG or _ENDS.search(between) is not None or overlap(((at, start),), parts.source):
        return parts
    upon = _UPON.match(between)
    asked = text.startswith(("to ", "not to ", "against "), start) and _ASKED.search(words) is not None and _NOT_WHOM.match(between) is None
    asked = asked and not (between.endswith(", ") and _TELLS.search(words))  # "He had come, he told the House, to help"
    praised = text.startswith("for ", start) and _PRAISED.search(words) is not None and _NOT_WHOM.match(between) is None
    if asked or praised or (text.startswith("of ", start) and _ACCUSED.search(words)):
        return _from(parts, start - len(between.lstrip()))
    if text[start] in _MARKS and _NAMED.search(words) and _OBJECT.fullmatch(between):
        return _from(parts, start - len(between.lstrip()))
    if text.startswith("to ", start) and _CALLED.search(words) and upon is not None and between[upon.end() :].strip():
        return replace(_from(parts, at + upon.end() + 1), cue=_until(cue, at + upon.end()))
    return parts


_WHOM_LONG = 90
# The end of a sentence or clause, not of a title.
_ENDS = re.compile(r"[!?;:\n“”\"]|(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bGen)(?<!\b[A-Z])\.")


_ON_DAY = re.compile(rf" (?:{'|'.join(sorted(_DAYS))})\b")
_SAID_OF = re.compile(r"(?i)((?:\w+ )*(?:said|says|wrote|told|tweeted|added|asked)) (?:of|about|on|regarding|after|in|at)\Z")


def with_quotation(around: Around, parts: Parts) -> Parts:
    """The quotation that follows is what was said, not what it is of: "said of | the deal |, “It is dead.”"."""
    (start, end), found = parts.content[-1], _SAID_OF.match(surface(around.text, parts.cue))
    if found is None or len(parts.content) > 1 or around.inner or start < parts.cue[-1][1] or quoted_in(parts.content, around.stretches):
        return parts
    k = bisect_left(around.stretches, end, key=lambda stretch: stretch.start)
    if k == len(around.stretches) or around.text[end : around.stretches[k].start] not in (", ", ": ", " "):
        return parts
    quoted = around.stretches[k].start, around.stretches[k].end
    k = bisect_right(around.taken, quoted[0], key=lambda span: span[1])
    if any(a < quoted[1] for a, _ in around.taken[k : k + 1]):
        return parts
    at = parts.cue[0][0]
    return replace(parts, cue=((at, at + found.end(1)),), content=(quoted,))


_WAS_TOLD = re.compile(r"(?i)(?:was|were|(?:has|have|had) been) (?:\w+ )?(?:told|asked|warned|informed)")


_HANGING = re.compile(
    r"(?<! of)(?<! to)(?<! from)(?<! with)(?<! for)(?<! in)(?<! by)(?<! on)(?<! at),? (?:who|which|whose|whom|and|but|because|while)\Z"
)


def without_hanging(around: Around, parts: Parts) -> Parts:
    """The content without a word that begins what is not in it: "lashed out at ministers | who |, she said, did nothing"."""
    start, end = parts.content[-1]
    hanging = _HANGING.search(around.text[start:end]) if start >= parts.cue[-1][1] else None
    return parts if hanging is None else replace(parts, content=(*parts.content[:-1], (start, start + hanging.start())))


def without_hearer(around: Around, parts: Parts) -> Parts:
    """The quotation without who heard it: “"Shut up," | the clerk | was told by two men”."""
    (start, end), stretches = parts.content[-1], around.stretches
    if end > parts.cue[0][0] or _WAS_TOLD.fullmatch(surface(around.text, parts.cue)) is None:
        return parts
    k = bisect_left(stretches, start, key=lambda stretch: stretch.start)
    if k == len(stretches) or stretches[k].start != start or not stretches[k].end < end or quoted_in(((stretches[k].end, end),), stretches):
        return parts
    return replace(parts, content=(*parts.content[:-1], (start, stretches[k].end)))


# Nobody in particular: "The bridge, it is often said, …".
_IT_IS_SAID = re.compile(
    r"(?i)(?:as )?it (?:is|was|has been|had been|would be|will be|may be|should be|must be) (?:\w+ )?(?:said|believed|thought|claimed|argued|alleged|"
    r"rumou?red|understood|assumed|reported|hoped|feared|expected|suggested|recalled|noted|remembered)"
)
_IS_SAID = re.compile(
    r"(?i)(?:is|are|was|were|has been|have been|had been) (?:\w+ )?(?:said|believed|understood|thought|reported|expected|alleged|rumou?red)"
)


_TO_BLAME = re.compile(r"(?i)(?:\w+ly )?(?:is|are|was|were|be) (?:\w+ly )?to blame(?: for)?")
_HEARSAY = re.compile(r"(?i)(?:reportedly|allegedly|supposedly|purportedly)")


def said_by_nobody(around: Around, parts: Parts) -> Parts:
    """No source where the cue tells that somebody or other says it: who stands before it is what it is said of ("Holt | is said | to leave")."""
    source, cue = parts.source, surface(around.text, parts.cue)
    if source and (_HEARSAY.fullmatch(cue) or (_TO_BLAME.fullmatch(cue) and source[-1][1] <= parts.cue[0][0])):
        return replace(parts, source=(), content=normalised((*source, *parts.content)))
    passive = bool(source) and source[-1][1] < parts.cue[0][0] and around.text.startswith("to ", parts.content[0][0]) and _IS_SAID.fullmatch(cue)
    if not source or not (passive or _IT_IS_SAID.fullmatch(cue)):
        return parts
    near = passive or 0 <= parts.cue[0][0] - source[-1][1] < 3  # what stands farther off is not told of
    return replace(parts, source=(), content=normalised((*source, *parts.content)) if near or source[0][0] >= parts.content[0][0] else parts.content)


# Participles that say of whom stands before them what others want or say: "Minister | urged | to resign".
_ASIDE = re.compile(r"(?i)(?:asked|pressed|pushed|questioned|quizzed|challenged)(?: about| on| by)?")
_SUFFERED = re.compile(r"(?i)(?:accused(?= of )|(?:urged|told|ordered|advised|instructed|reminded|warned)(?= (?:not )?to ))")


# Words between commas, between who speaks and the verb: "Orlan, | however, | came out in support of it".
_HOWEVER = re.compile(r", (?:however|meanwhile|too|though|of course|in turn|by contrast|for (?:his|her|its|their) part), ")
_SUFFERS = re.compile(r"(?i)(?:(?:has|have|had) been|is|are|was|were|being)\b")


def however(around: Around, parts: Parts) -> Parts:
    """Who does it as the source, where "however" parted them from the verb and they were read as what is said."""
    content, cue = parts.content, parts.cue
    if parts.source or len(content) < 2 or _HOWEVER.fullmatch(around.text, content[0][1], cue[0][0]) is None or content[1][0] < cue[-1][1]:
        return parts
    return parts if _SUFFERS.match(around.text, cue[0][0]) else replace(parts, source=content[:1], content=content[1:])


_SAYS_SO = re.compile(r" [^“”\".;:]{2,60}, (?P<cue>[a-z]+(?:ed|d|s|id)):? ")


def with_answer(around: Around, parts: Parts) -> Parts:
    """What somebody answers has the verb before it: "Holt, | asked | the same, | agreed: | “Yes.”"."""
    cue, start = parts.cue, parts.content[0][0]
    if start < cue[-1][1] or _ASIDE.fullmatch(surface(around.text, cue)) is None or not quoted_in(parts.content[:1], around.stretches):
        return parts
    says = _SAYS_SO.fullmatch(around.text, cue[-1][1], start)
    return parts if says is None else replace(parts, cue=(says.span("cue"),))


def of_whom(around: Around, parts: Parts) -> Parts:
    """No source where a bare participle tells what is asked or said of who stands before it: "Minister | accused | of lying" in a headline.

    "The dean, | asked | whether fees would rise, declined" tells nothing that the dean said, either.
    """
    source, cue, content = parts.source, parts.cue, parts.content
    set_off = len(source) == 1 and around.text[source[0][1] : cue[0][0]] == ", " and "," not in surface(around.text, source)
    if set_off and around.text.startswith(",", content[-1][1]) and _ASIDE.fullmatch(surface(around.text, cue)):
        return replace(parts, source=())
    if len(source) != 1 or source[0][1] + 1 != cue[0][0] or content[0][0] != cue[-1][1] + 1:
        return parts
    found = _SUFFERED.match(around.text, cue[0][0])
    if found is None or found.end() != cue[-1][1]:
        return parts
    return replace(parts, source=(), content=normalised((*source, *content)))


_OF_DOING = re.compile(r" (?=of \w+ing\b)")


def by_whom(around: Around, parts: Parts) -> Parts:
    """Who accuses without what they accuse of: "Minister accused by | union of lying |" is "… by | union | of lying"."""
    text, source, cue = around.text, parts.source, surface(around.text, parts.cue).lower()
    if len(source) != 1 or not source[0][0] > parts.cue[-1][1] or not cue.endswith(("accused", "accused by")):
        return parts
    (start, end), of = source[0], _OF_DOING.search(text, *source[0])
    if of is None or not text[:start].endswith("by "):
        return parts
    k = bisect_right(around.bounds, start, key=lambda span: span[0]) - 1
    line = text.find("\n", end, around.bounds[k][1])
    stop = len(text[: line if line >= 0 else around.bounds[k][1]].rstrip(" \n."))
    return replace(parts, source=((start, of.start()),), content=normalised((*parts.content, (of.end(), stop))))


_AMID = re.compile(r"(?i)\bamid (?:[\w-]+ ){0,2}\Z")
_OVER = re.compile(r"(?i)\b(?:over|after|despite|following|because of|in response to|in the face of) (?:[\w-]+ ){0,2}\Z")


def amid(around: Around, parts: Parts) -> Parts:
    """No source for what something happens amid: "MPs will vote | amid warnings | that it leaks", "Holt sued Orlan over | claims | that he lied"."""
    at = parts.cue[0][0]
    if not parts.source or parts.source[-1][1] > at:
        return parts
    since = max(parts.source[-1][1], at - 40)
    over = surface(around.text, parts.cue).split()[-1].lower() in heads() and _OVER.search(around.text, since, at) is not None
    return replace(parts, source=()) if over or _AMID.search(around.text, since, at) is not None else parts


_CALLS = re.compile(r"(?i)(?:calls?|demands?|pleas?|appeals?|requests?|pressure)(?: from| by)?\Z")
_FOR_WHOM = re.compile(r" (?=(?:for|on) )")


def for_whom(around: Around, parts: Parts) -> Parts:
    """Who is to do it belongs to what is called for: "calls | from Orlan for Holt | to resign" is "calls | from Orlan | for Holt to resign"."""
    text, source, at = around.text, parts.source, parts.content[0][0]
    if len(source) != 1 or _CALLS.search(surface(text, parts.cue)) is None or not text.startswith("to ", at):
        return parts
    start, end = source[0]
    whom = _FOR_WHOM.search(text, start, end)
    if whom is None or not parts.cue[-1][1] <= start or text[end:at].strip():
        return parts
    return replace(_from(parts, whom.end()), source=((start, whom.start()),))


def with_its_noun(around: Around, parts: Parts) -> Parts:
    """What is held back from belongs to the cue: "held back from | any hint that …" is "held back from any hint | that …"."""
    text, cue, (start, end) = around.text, parts.cue, parts.content[0]
    noun = _NOUN.match(text, start, end)
    if noun is None or text[cue[-1][1] : start].strip() or not AVOIDERS.search(surface(text, cue)) or not matches(noun[1], "that"):
        return parts
    return replace(_from(parts, noun.start(2)), cue=((cue[0][0], noun.end(1)),))


def without_day(around: Around, parts: Parts) -> Parts:
    """The cue without the day at its end: "said | Sunday", "said | on Sunday"."""
    start, end = parts.cue[-1]
    words = around.text[start:end].rsplit(" ", 1)
    if words[1:] == ["on"] and _ON_DAY.match(around.text, end):
        return replace(parts, cue=_until(parts.cue, start + len(words[0])))
    return replace(parts, cue=_until(parts.cue, start + len(words[0]))) if len(words) == 2 and words[1] in _DAYS else parts


def without_its_day(around: Around, parts: Parts) -> Parts:
    """The content without the day on which it was said: "said | Monday he had called" is "said Monday | he had called"."""
    text, cue, content = around.text, parts.cue, parts.content
    k = next((k for k, (start, _) in enumerate(content) if start >= cue[-1][1]), None)
    if k is None or text[cue[-1][1] : content[k][0]].strip():
        return parts
    start, end = content[k]
    day = _DAY.match(text, start, end)
    if day is None or text[cue[-1][0] : cue[-1][1]].split()[-1].lower() not in _SAID:
        return parts
    return replace(parts, content=(*content[:k], (day.end(), end), *content[k + 1 :]))


# The same behind whom is accused or asked: "accused Orlan | on Thursday | of shelling".
_ITS_DAY = re.compile(
    rf"(?!\w+ing )(?:[\w’'.-]+ ){{0,7}}?[\w’'.-]+(?P<day>,? (?:on |late |early )?(?:{'|'.join(sorted(_DAYS))}|yesterday|today)"
    r"(?: (?:morning|afternoon|evening|night))?,?) (?:of \w+ing|to|not to|against) "
)


def without_day_within(around: Around, parts: Parts) -> Parts:
    """The content without the day on which somebody was accused or asked: "Orlan | on Thursday | of shelling a boat"."""
    words, (start, end) = surface(around.text, parts.cue), parts.content[0]
    if start != parts.cue[-1][1] + 1 or not (_ACCUSED.search(words) or _ASKED.search(words)):
        return parts
    found = _ITS_DAY.match(around.text, start, end)
    if found is None:
        return parts
    return replace(parts, content=((start, found.start("day")), (found.end("day") + 1, end), *parts.content[1:]))


_DETERMINED = re.compile(r"(?i)(?<=\w )[“\"‘]?(?:any|the|an?|his|her|its|their|no)\Z")
_NOUN_NEXT = re.compile(r" (?:[\w’'-]+[”\"’']? )?")


def without_determiner(around: Around, parts: Parts) -> Parts:
    """The cue without the article that belongs to what follows: "does not see any | reason | why it sank" is "does not see | any reason why"."""
    text, cue, start = around.text, parts.cue, parts.content[0][0]
    found = _DETERMINED.search(surface(text, cue)) if len(cue) == 1 else None
    if found is None or start < cue[-1][1] or _NOUN_NEXT.fullmatch(text, cue[-1][1], start) is None:
        return parts
    begin = cue[0][0] + found.start()
    return replace(_from(parts, begin), cue=_until(cue, begin - 1))


# What opens a sentence and is no part of what is said: "In private, her aides say so", "What I am saying is that …".
_OPENING = re.compile(
    r"(?:To be (?:fair|clear|sure|honest|precise)|What|Instead|Meanwhile|After all|Of course|By contrast|As a result|[A-Z][a-z]+ly|Yet|Still|Now|"
    r"In (?:private|public|fact|short|turn|response|reply|return|addition|particular|contrast|effect|court|other words)|"
    r"For (?:example|instance|one thing|his part|her part|their part|its part)|At (?:least|first|one point|times)|Later|Earlier|Again|Also|However|"
    r"Then|On (?:[A-Z]\w+day|the other hand|the contrary)|Moreover|Besides|Nevertheless|Nonetheless|Even so|Last \w+|This \w+|Today|Yesterday),?"
)


def without_opening(around: Around, parts: Parts) -> Parts:
    """The content without the adverb that opens the sentence before source and cue, where what is said follows them."""
    cue, content = parts.cue, parts.content
    if len(content) < 2 or content[0][1] > cue[0][0] or content[1][0] < cue[-1][1] or quoted_in(content[:1], around.stretches):
        return parts
    return replace(parts, content=content[1:]) if _OPENING.fullmatch(around.text, *content[0]) else parts


# Where something was said, or on what: it stands before who said it and is no part of it.
_SETTING = re.compile(
    r"(?i)(?:(?:when |if )?(?:asked|pressed|questioned)|(?:responding|replying|reacting|speaking|writing|testifying|appearing|turning|referring)\b|"
    r".*\b(?:interview|statement|speech|conference|briefing|tweets?|letter|e-?mail|posts?|testimony|hearing|evidence|remarks|report|article|column|book|"
    r"memo|twitter|facebook|court|debate|television|radio|rally|meeting|told|said|says)\b)"
)
_COMMAS = re.compile(r",\s|\s(?:the |his |her |their )?[\w’'-]+(?: [\w’'-]+)?,\s|\s[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3},\s")


def with_clause_before(around: Around, parts: Parts) -> Parts:
    """The content with the words that open its sentence, where commas set off who says so: "At her age, | Holt said, | the stairs were hard".

    Not what tells where it was said, or to what it replies; not words taken by other statements. Only in a statement that stands in no other.
    """
    if around.inner or around.turn:
        return parts
    text, start, (begin, _) = around.text, parts.content[0][0], min((*parts.source, *parts.cue))
    stop = max(end for _, end in (*parts.source, *parts.cue))
    if start < stop or not text[start].islower() or text.startswith("that ", start) or _COMMAS.fullmatch(text, stop, start) is None:
        return parts
    opens = _opening(around, begin)
    if opens is None:
        return parts
    lead = text[opens:begin]
    words = lead.rstrip().removesuffix(",")
    if not lead.rstrip().endswith(",") or len(words.split()) < 3 or not words[:1].isupper() or _OPENING.fullmatch(words) or _SETTING.match(words):
        return parts
    return replace(parts, content=normalised(((opens, opens + len(words)), *parts.content)))


# A verb that has its rest behind who says so, or none yet.
_BROKEN_OFF = re.compile(
    r"(?i)(?:(?:it|he|she|they|we|there|this|that|(?:the |an? |his |her |their |its |no |some |many )?(?:[\w’'-]+ ){0,4}[\w’'-]+)"
    r"(?: (?:had|has|have|was|were|is|are|would|will|could|can|did|does|should|may|might|must|never|not|also|even|still|already|now))*),"
)
_VERB_NEXT = re.compile(
    r", (?=(?:[a-z]+ly )?(?:[a-z]+(?:ed|en|n|t)|understood|had|has|have|is|are|was|were|would|will|could|can|did|does|knew|came|went|made)\b)"
)


def with_its_rest(around: Around, parts: Parts) -> Parts:
    """The content with its rest, where who says so parts a subject from its verb: "The union, he said, | understood"."""
    (start, end), begin = parts.content[0], min((*parts.source, *parts.cue))[0]
    text, stop = around.text, max(stop for _, stop in (*parts.source, *parts.cue))
    if around.inner or around.turn or len(parts.content) > 1 or end > begin or text[end:begin].strip() != "," or not parts.source:
        return parts
    rest = _VERB_NEXT.match(text, stop)
    if rest is None or _opening(around, start) != start or _BROKEN_OFF.fullmatch(text[start:end] + ",") is None:
        return parts
    k = bisect_right(around.bounds, start, key=lambda span: span[0]) - 1
    after = _stop(around, stop, around.bounds[k][1])
    return replace(parts, content=((start, end), (rest.end(), after))) if rest.end() < after else parts


def _stop(around: Around, since: int, end: int) -> int:
    """Where what goes on from *since* ends: before what other statements have, or the mark of the sentence that ends at *end*."""
    k = bisect_right(around.taken, since, key=lambda span: span[1])
    stop = min(end, next((start for start, _ in around.taken[k:] if start >= since), end))
    return len(around.text[:stop].rstrip(" \n."))


def within_its_sentence(around: Around, parts: Parts) -> Parts:
    """What follows a verb without quotation marks ends with its sentence: "Orlan said he might. | The law forbids it"."""
    text, (start, end), after = around.text, parts.content[-1], parts.cue[-1][1]
    if around.inner or around.turn or not 0 <= start - after < 3 or ":" in text[parts.cue[0][0] : start]:
        return parts
    k = bisect_right(around.bounds, start, key=lambda span: span[0]) - 1
    stop = around.bounds[k][1] if k >= 0 else end
    if not start < stop < end or not re.search(r"\w[.!?]\Z", text[start:stop]) or re.search(r"[“”\"«»‘\n]|(?<!\w)'", text[after : end + 1]):
        return parts
    return replace(parts, content=(*parts.content[:-1], (start, stop - 1)))


def without_next_sentence(around: Around, parts: Parts) -> Parts:
    """What follows a verb without what was read of a later sentence, outside quotation marks: "said it leaked. By then, | it was shut"."""
    content, after = parts.content, parts.cue[-1][1]
    if around.inner or around.turn or len(content) < 2 or content[-2][0] < after or quoted_in(content[-1:], around.stretches):
        return parts
    start, end = content[-2][1], content[-1][0]
    k = bisect_right(around.bounds, end, key=lambda span: span[0]) - 1
    if k < 0 or not start <= around.bounds[k][0] < end or "\n" in around.text[start:end] or not around.text[around.bounds[k][0]].isupper():
        return parts
    return replace(parts, content=content[:-1])


# What ends a sentence behind who said it; what opens one before what is said, and is no part of it, or stands apart.
_REST = re.compile(r"[^.,;:!?\n“”\"]{0,60}\.")
_APART = re.compile(r"(?:[:;–—-]|\b(?:but|and|yet|so))\Z|\b(?:photos?|caption)\b", re.I)


def with_its_sentence(around: Around, parts: Parts) -> Parts:
    """The content from the start of its sentence, which who said it ends: "The boat sank where | the river bends, guards said."."""
    (start, end), begin = parts.content[0], min((*parts.source, *parts.cue))[0]
    text, stop = around.text, max(end for _, end in (*parts.source, *parts.cue))
    if around.inner or around.turn or len(parts.content) > 1 or end > begin or text[end:begin].strip() != "," or _REST.match(text, stop) is None:
        return parts
    opens = _opening(around, start)
    if opens is None:
        return parts
    lead = text[opens:start].strip()
    if len(lead.split()) < 2 or _APART.search(lead) or _OPENING.fullmatch(lead):
        return parts
    if any(mark in lead for mark in _MARKS) or _quotes(around, start, end):
        return parts
    return parts if lead.endswith(",") and _SETTING.match(lead) else replace(parts, content=((opens, end),))


_MARKS, _LOOSE = "“”\"«»", 2


def _quotes(around: Around, start: int, end: int) -> bool:
    """Whether marks stand there around more than a word or two."""
    if not any(mark in around.text[start:end] for mark in _MARKS):
        return False
    words = [around.text[a:b].split() for a, b in quoted_in(((start, end),), around.stretches)]
    return not words or around.text[start] in _MARKS or any(len(some) > _LOOSE for some in words)


def _opening(around: Around, at: int) -> int | None:
    """Where the sentence begins that *at* stands in; None where another statement has a part of what comes before."""
    k = bisect_right(around.bounds, at, key=lambda span: span[0]) - 1
    if k < 0:
        return None
    opens = around.bounds[k][0]
    k = bisect_right(around.taken, opens, key=lambda span: span[1])
    return None if k < len(around.taken) and around.taken[k][0] < at else opens


def without_verdict(around: Around, parts: Parts) -> Parts:
    """The content without what is said of the claim that the cue names: "accusations that | it sank" of "… that | it sank were false"."""
    text, outer, (start, end) = around.text, around.outer, parts.content[-1]
    if len(parts.content) > 1 or start < parts.cue[-1][1]:
        return parts
    at = parts.cue[0][0]
    begin = max(text.rfind(mark, max(0, at - 90), at) + 1 for mark in (".", "\n", "!", "?")) if outer is None else outer[1]
    if not at - 90 <= begin <= at:
        return parts
    stop = claimed(surface(text, parts.cue), text[begin:at], text[start:end], text[end : end + 3], None if outer is None else outer[0])
    return parts if stop is None else replace(parts, content=((start, start + stop),))


def with_subject(around: Around, parts: Parts) -> Parts:
    """The content whole, where it is a passive's subject: "claims that | the army fired | first were dismissed"."""
    text, (start, end), (at, stop) = around.text, parts.content[-1], (parts.cue[0][0], parts.cue[-1][1])
    if end > at or at - end > 20 or overlap(((end, at),), parts.source):
        return parts
    more = subject(text[max(0, start - 80) : start], text[start:end], text[end:at], text[at:stop])
    return parts if more is None else replace(parts, content=normalised((*parts.content[:-1], (start - more[0], end + more[1]))))


def _from(parts: Parts, start: int) -> Parts:
    """*parts* with a content that begins at *start*."""
    return replace(parts, content=((start, parts.content[0][1]), *parts.content[1:]))


def _until(cue: Spans, end: int) -> Spans:
    """*cue* up to *end*."""
    return *cue[:-1], (cue[-1][0], end)


_RULES: tuple[Callable[[Around, Parts], Parts], ...] = (
    without_doing, behind_colon, without_bullet, without_medium, without_as, without_who_faces, without_document, of_whose, without_relative,
    said_by_nobody, with_answer, however, of_whom, by_whom, amid, for_whom, with_its_noun, with_how, with_out, with_what_is_declined,
    with_quotation, with_whom, without_hearer, without_determiner, without_day_behind, without_sentence_before, without_day, without_its_day,
    without_day_within, without_verdict, with_subject, without_opening, without_lead, with_whom_else, without_its_origin, with_what_it_claims,
    with_its_object, within_marks, with_clause_before, with_its_sentence, as_alleged, with_its_verb, with_its_rest, within_its_sentence,
    without_next_sentence, without_hanging,
)
