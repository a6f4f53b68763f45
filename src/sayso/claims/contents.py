"""Contents: what of each statement is a proposition that can be told from others, and what the statement makes of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from sayso.actors.actor import Actor
from sayso.actors.resolve import Resolution, Voice
from sayso.attribution.verdicts import heads
from sayso.claims.deeds import clause
from sayso.claims.frames import unframed
from sayso.claims.inserted import bracketed
from sayso.claims.words import WORD, content_words, is_kin
from sayso.language.sentences import sentences
from sayso.mentions.phrases import DEFINITE
from sayso.reading import Reading
from sayso.reports import Report, content_hash
from sayso.spans import Span, Spans, normalised, overlap, surface
from sayso.statements import Statement, enclosing

Position = Literal["for", "against", "other"]

#: Statements less sure than this give no content.
MIN_CONFIDENCE: Final = 0.4
# A content has at least so many words that carry meaning, and is at most so long (words of any kind).
_FEWEST: Final = 3
_MOST: Final = 70
_FRAMES: Final = 3  # that may stand within each other
_TOLD: Final = 0.4  # share of a sentence's words that another may be said to have said in it
_SURE: Final = 0.75  # of a link, for its actor's name to stand in the content
_HEARD: Final = 0.6  # of a speaker who is not named there, to stand for or against anything

_POSSESSIVE: Final = frozenset("his her its their our my your".split())
_LONGEST_NAME: Final = 3  # words of a name that stands in no register
_LONGEST_GROUP: Final = 5  # words that name several, or somebody unnamed
_THINGS: Final = frozenset(("document", "place", "other"))
_PREPOSITIONS: Final = frozenset("in at near from to outside inside through across around into toward towards via throughout".split())
_QUOTES: Final = tuple("“”\"‘’'«»")
_SUBJECTS: Final = frozenset("he she they i we".split())
_NEAR: Final = 20  # characters between a subject and the object of its verb
_FIRST: Final = frozenset("we us our ours ourselves".split())
_THIRD: Final = frozenset("he him his himself she her hers herself they them their theirs themselves it its itself".split())
_MARKS: Final = re.compile(r"[“”\"„«»]|``|''|(?<![^\s(\[—-])[‘'’`](?=\w)|(?<=[\w.,!?])[’'](?![\w’'])(?<!s['’])")
_CONDITION: Final = re.compile(r"(?i)\b(?:if|unless|in case|provided that)\b")
_LEAD: Final = re.compile(
    r"(?i)(?:[\s,;:.…—–-]+|that(?!\s(?:is|was|will|would|has|had|can|could|may|might|should|must|does|did)\b|['’])[,\s]+|"
    r"(?:whether|how|and|but|so|because|also|as(?! (?:long|soon|far|if|though|much|well|many)\b)|yet|or|then|having said that)\b(?!['’])[,\s]*|"
    r"(?:well|yes|no|now|look|in fact|of course|with that being said|that said|i mean|you know|frankly|again|clearly|indeed|rather|instead)"
    r"\s*[,:;—–]\s*)+"
)
_TAIL: Final = re.compile(r"[\s,;:—–-]+\Z")
_CONTRACTED: Final = {"'m": " is", "'re": " is", "'ve": " has", "'ll": " will", "'d": " would"}
_LOST: Final = re.compile(
    r"(?i)\A(?:he|she|they|i|him|her|them|this|these|those|that|it|which|who|what|such)(?:['’](?:s|ve|re|m|ll|d)\b|\s(?:is|are|was|were|has|have|had|"
    r"will|would|could|can|may|might|should|must|do|does|did|doesn|don|didn|isn|wasn|won|wouldn|hasn|haven|not|also|never|\w+ed|\w+s)\b)"
)
# "It is wrong to …", "it would be hard for X to …": this "it" stands for nothing.
_EXPLETIVE: Final = re.compile(
    r"(?i)\Ait(?:['’]s| is| was| would be| will be| could be| might be| may be| has been| would have been| seems| remains) "
    r"(?:\w+ly |very |quite |too |more |so |not |also ){0,2}"
    r"(?:reasonable|hard|harder|difficult|easy|important|necessary|impossible|possible|inconceivable|unthinkable|clear|obvious|evident|right|wrong|"
    r"time|good|bad|better|best|fair|unfair|critical|crucial|essential|vital|imperative|unacceptable|acceptable|early|late|premature|dangerous|legal|illegal|"
    r"appropriate|inappropriate|vital|unfortunate|true|untrue|false|absurd|up to [\w ]{2,30}) (?:that|to|for)\b"
)
_HIM: Final = re.compile(r"(?i)\b(?:he|she|they|him|them|himself|herself|themselves)\b")
# Where a word is missing.
_CUT: Final = re.compile(r"\b(?:of|the|to|and|by|for|with|a) ?[,.;]")
# Contents that begin with whom something is done for: "Syria for the attack".
_FOR_WHOM: Final = re.compile(r"\A(?:[A-Z][\w’'-]+ (?:government |forces |administration )?){1,3}(?:for|over|from|against) ")
# Whose promise or denial it is that "they will" or "it did": the speaker's.
_SELF: Final = re.compile(r"(?i)\A(?:he|she|it|they|we|i)(?= (?:will|would|did|had|has|have|was|were|is|are|can|could|do|does)\b)")
_OF_SELF: Final = frozenset("promise intend threaten deny admit".split())
_ORDER: Final = re.compile(r"(?i)\A(?:(?:any |the |a |no |one )?reasons? (?:why|to|for)|do not|don['’]t|let['’]s|let us|please|stop|thank)\b")
_THIS: Final = re.compile(r"(?i)\b(?:this|that|it|these|those)[.!?]?\Z")
_AS: Final = re.compile(r"(?<=\w) as (?=(?:a|an|the|being|not|\w+)\b)")
# What ought to be, said in the main clause: "should have prevented" is told, and what follows "which" is beside the point.
_OUGHT: Final = re.compile(r"\b(?:(?:should|must|ought to)(?! have\b)|(?<!n['’]t )(?<!not )(?:needs? to|has to|have to)|gotta|there needs to)\b")
# A promise that something is or will be so, rather than to do it.
_PROMISED: Final = re.compile(r"\A(?!to\b)(?:(?!who|that\b|which\b|what|if\b|when\b)[\w.’'-]+ ){1,6}(?:will|would|is|are)\b", re.I)
_BESIDE: Final = re.compile(r"\b(?:which|who|whom|whose|that|because|if|where|when|while|as)\b|[;:–—]")
# Contents that begin so have no subject of their own: it is who speaks.
_BARE: Final = re.compile(r"(?i)\A(?:to |(?:having|being|any|no|all|(?!(?:some|any|no|every)thing\b|during\b|according\b)\w{3,}ing)\b)")
# What begins so and has a finite verb is a sentence with a subject: "any sanctions would", "cutting off the sales is".
_FINITE: Final = re.compile(
    r"(?i)\A(?!to\b)(?:(?!that\b|who|which\b|what\b|if\b|when\b)[\w’'/-]+,? ){1,14}"
    r"(?:will|would|could|can|may|might|is|are|was|were|has|have|had)\b"
)
# What is denied may stand in the cue: "denied any knowledge of".
_DENIED: Final = re.compile(
    r"(?i)\b(?:den(?:y|ies|ied|ying|ials?)|reject\w*|disput\w*|disclaim\w*)\b[”\"’']* "
    r"(?P<what>(?:\w+ ){0,3}\w{4,}[”\"’']? (?:of|in|with|to|for|about|on))\Z"
)
_CONTROLLED: Final = frozenset("deny reject admit promise threaten intend want agree oppose claim say announce know believe predict".split())
#: Acts that treat of a thing and say nothing that could be so or not.
_NO_CLAIM: Final = frozenset("discuss criticise praise feel ask".split())
#: Acts that are no speech: that somebody knows or saw a thing is told by whoever tells it.
_OF_FACTS: Final = frozenset("know decree".split())
# What is spoken of, and nothing told: "addressed the issue of meddling"; and to what somebody prefers another: "sided with Orlan over his agencies".
_SPOKEN_OF: Final = re.compile(
    r"(?i)\A(?:over\b(?! the (?:past|last|next)\b)|(?:the |this |that |an? )?(?:issues?|questions?|topics?|subjects?|matters?) of\b)"
)
# What is said, rather than what it says: "rejected the remarks".
_WORDS: Final = re.compile(r"(?i)\A(?:[\w.’'-]+ ){0,5}(?:comments?|remarks?|words?|statements?|questions?|calls?|interviews?)\b(?! that)")
#: Acts that are for or against a deed or a thing, unless their content is a clause.
_OF_DEEDS: Final = frozenset("reject oppose support want intend promise threaten demand propose".split())
#: Acts whose content may be named by a noun: "denied any role in the attack".
_OF_EVENTS: Final = frozenset("deny accuse admit doubt".split())
# A finite verb, as far as its form tells: an auxiliary, a past tense (but not "a hacked server"), or what follows a name and ends in s.
_PAST: Final = (
    r"is|are|was|were|am|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|shall|should|cannot|'re|need|needs|"
    r"(?<!\ba )(?<!\ban )(?<!\bthe )(?!(?:alleged|supposed|suspected|purported|so-called)\b)\w{2,}ed|said|made|took|knew|"
    r"went|came|gave|got|saw|left|kept|held|met|led|won|lost|sent|spent|built|broke|began|became|wrote|spoke|ran|fell|grew|paid|put|set|cut|hit|shot|"
    r"fought|sought|brought|bought|thought|felt|found|told|lied|died|stood|meant|drew|flew|chose|rose|hid|struck|told|sold|taught|caught|dealt"
)
_VERB: Final = re.compile(
    rf"(?i:\b(?:{_PAST})\b|n['’]t\b|\b(?:it|that|there|here|what|who|he|she)['’]s\b|['’](?:s|ve) got(?:ta)?\b|"
    r"['’](?:s|re|ve|ll) (?:a|an|the|not|no|going|been|\w+ing)\b)|"
    r"\b(?:(?![A-Z][a-z]+(?:ic|ian|ican|ish|ese)\b)[A-Z][\w.’'-]+[a-z]|it|he|she|who) "
    r"(?:\w+ly |also |now |still )?(?!(?:is|his|its|this|was|us)\b)[a-z]{3,}(?:[a-rt-z]s|ss?es)\b"
)
# A name and what it did or was, first thing in a content: the shortest of propositions.
_ASSERTS: Final = re.compile(rf"(?:the |The )?[A-Z][\w.’'-]*(?: (?:of |and |the )?[A-Z][\w.’'-]*){{0,5}} (?:{_PAST})\b")
_RUN: Final = re.compile(r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*")
# Left without a subject, these say of nobody that he did anything.
_NOBODY: Final = re.compile(r"(?i)\A(?:to (?!be sure\b)|any (?!(?:[\w-]+ ){1,7}(?:is|was|are|were|will|would|could|can|may|might|has|that)\b))")
# A noun that names what happened or was done, as far as its form tells.
_EVENT: Final = re.compile(
    r"(?i)\b(?:\w{3,}(?:ing|ings|tion|tions|sion|sions|ment|ments|ence|ances?|isal|isals|ure|failure)|attacks?|murders?|roles?|part|ties|links|use|knowledge|plots?|plans?|"
    r"coups?|thefts?|hacks?|strikes?|raids?|abuses?|fraud|death|deaths|contacts?|breach|breaches|deals?|visits?|talks|release|support|betrayal|removal|withdrawal)\b"
)
#: Acts that carry on what a noun in their content claims: "repeated the accusation that p".
_CARRIES: Final = frozenset("agree support admit believe claim say announce accuse warn".split())
_AGAIN: Final = re.compile(
    r"(?i)\b(?:repeat|reiterat|echo|restat|renew|reaffirm|made|make|making|press|advanc|stood by|stand by|stands by|back|levell?ed)\w*"
)
_ENDED: Final = re.compile(r"[.!?]\s*[“\"‘']?\s*\Z")
_IF: Final = re.compile(r"(?i)\b(?:if|unless|whether)\b[^.;:!?\n]{0,60}\Z")


@dataclass(frozen=True, slots=True)
class Content:
    """One proposition of one statement, and where its speaker stands.

    text is how it is shown and, brackets aside, compared: in brackets names for what the report resolved and other words that
    are not the source's; quotation marks and frames left out. part counts the sentences of the statement's content. voices are the
    speakers (the members of a group, each by itself), none where it is not known; side belongs to all of them.
    """

    id: str
    report: str
    statement: str
    number: int
    part: int
    spans: Spans
    text: str
    position: Position
    voices: tuple[Actor, ...]
    side: Actor | None
    about: tuple[str, ...]
    act: str
    stance: str
    direct: bool
    confidence: float
    mood: str  # "so" or "wish": whether it can be so, or is a deed that somebody wants
    outlet: str | None
    day: str | None
    said_on: str | None = None  # ISO 8601: a day, or as precise as it is told
    first: str | None = None  # the first day that this may be
    reported_by: str | None = None  # id of the actor who reports it, where it stands in another's statement


def content_id(statement_id: str, part: int) -> str:
    """The id of one part of a statement's content."""
    return content_hash(statement_id, str(part))


def contents_of(report: Report, reading: Reading, resolution: Resolution) -> tuple[Content, ...]:
    """The contents of one report, in the order of its statements."""
    return tuple(_Contents(report, reading, resolution))


def content_text(report: Report, reading: Reading, resolution: Resolution, number: int) -> str:
    """All of one statement's content as contents are compared, frames left in; for training."""
    text, _ = _Contents(report, reading, resolution)._written(
        reading.statements[number].content, resolution.voices[number], reading.statements[number].quoted
    )
    lead = _LEAD.match(text)
    text = _TAIL.sub("", text[lead.end() :] if lead else text)
    return text[:1].upper() + text[1:]


class _Contents:
    def __init__(self, report: Report, reading: Reading, resolution: Resolution) -> None:
        self.report, self.text = report, report.text
        self.statements, self.voices = reading.statements, resolution.voices
        self.said = resolution.said or (None,) * len(reading.statements)
        self.children: list[list[int]] = [[] for _ in reading.statements]
        for k, s in enumerate(reading.statements):
            if s.parent is not None:
                self.children[s.parent].append(k)
        self.names: list[tuple[int, int, str | None, bool]] = []  # start, end, name, whether it is a pronoun
        for m in reading.mentions:
            link, entity = resolution.links[m.entity], reading.entities[m.entity]
            words = self.text[slice(*m.span)]
            name = None
            if link.actor is not None and link.actor.kind != "anonymous" and link.confidence >= _SURE:
                name = link.actor.name
            elif entity.named and entity.type != "people":
                name = entity.name
            if entity.members or entity.type in _THINGS or (m.how == "noun" and not (_plain_noun(words) or _government(words, link.actor))):
                name = None
            if name is not None and len(name.split()) > _LONGEST_NAME and (link.actor is None or link.actor.id.startswith("name:")):
                name = None  # a headline taken for a name
            if m.how == "name" and self._located(m.span, name):
                name = None
            self.names.append((*m.span, name, m.how == "pronoun"))
        self.names.sort(key=lambda n: (n[0], -n[1]))
        self.starts = [n[0] for n in self.names]

    def __iter__(self) -> Iterator[Content]:
        for k, s in enumerate(self.statements):
            if s.confidence >= MIN_CONFIDENCE and not self._unasserted(k):
                yield from self._of(k, s, self.voices[k])

    def _located(self, span: Span, name: str | None) -> bool:
        """Whether the name there is a place, or part of a longer name, rather than what it often stands for."""
        words = self.text[slice(*span)]
        if name is None or words in name or name in words:
            return False
        before = re.findall(r"[\w]+", self.text[max(0, span[0] - 14) : span[0]])
        return bool(before) and (before[-1].lower() in _PREPOSITIONS or before[-1][:1].isupper())

    # -- which statements count ------------------------------------------------------------------------------------

    def _unasserted(self, k: int) -> bool:
        """Whether the statement is not reported as made: under a condition, or in what somebody denies, doubts, wants or asks."""
        s = self.statements[k]
        at = (s.cue or s.content)[0][0]
        if _IF.search(self.text[max(0, at - 80) : at]):
            return True
        inner = k
        for outer in reversed(enclosing(self.statements, k)):
            o = self.statements[outer]
            if o.stance != "affirm" and not self._presupposed(o, self.statements[inner]) and not self._own(outer, inner):
                return True
            inner = outer
        return False

    def _presupposed(self, outer: Statement, inner: Statement) -> bool:
        """Whether *inner* is made by a noun, so that what is said of it leaves it standing: "dismissed accusations that"."""
        cue = re.findall(r"[\w-]+", surface(self.text, inner.cue).lower())
        return (bool(cue) and (cue[-1] in heads() or cue[0] in heads())) or outer.stance == "none"

    def _own(self, outer: int, inner: int) -> bool:
        a, b = self.voices[outer].speaker, self.voices[inner].speaker
        return a is not None and b is not None and a.id == b.id

    # -- the propositions of one -----------------------------------------------------------------------------------

    def _of(self, k: int, s: Statement, voice: Voice) -> Iterator[Content]:
        sure = voice.how == "name" or voice.confidence >= _HEARD
        speakers = voice.members or ((voice.speaker,) if voice.speaker is not None and sure else ())
        outer = enclosing(self.statements, k)
        teller = next((v.speaker for o in reversed(outer) if (v := self.voices[o]).speaker is not None and not self._own(o, k)), None)
        about = tuple(dict.fromkeys(a.id for a in voice.about))
        sid = s.id(self.report.id)
        day = self.report.publication.published
        for part, spans in enumerate(self._sentences(s)):
            made = self._proposition(k, s, voice, spans)
            if made is None:
                continue
            text, spans, sign, head = made
            wish = head is None and not (s.act == "promise" and _PROMISED.search(text)) and (
                s.stance == "want" or (s.act in _OF_DEEDS and not _clause(surface(self.text, s.content)))
            )
            wish = wish or _ought(text)
            position, when = self._position(s, sign, head), self.said[k]
            yield Content(
                content_id(sid, part), self.report.id, sid, k, part, spans, text, position, tuple(speakers), voice.side, about, s.act,
                s.stance, s.form in ("direct", "block"), s.confidence, "wish" if wish else "so",
                self.report.publication.outlet, day[:10] if day else None, None if when is None else when.on,
                None if when is None else when.first, None if teller is None else teller.id,
            )  # fmt: skip

    def _position(self, s: Statement, sign: int, head: str | None) -> Position:
        if s.act == "ask" or s.stance in ("doubt", "none"):
            return "other"
        cue = surface(self.text, s.cue)
        if head is not None:  # what is done to a claim, not to the proposition itself
            if s.stance == "deny" or (s.act == "criticise" and not s.negated):
                return "against" if sign > 0 else "for"
            if s.act in _CARRIES and (_AGAIN.search(cue) or s.act in ("agree", "support")):
                return "for" if sign > 0 else "against"
            return "other"
        return "for" if (s.stance in ("affirm", "want")) == (sign > 0) else "against"

    def _sentences(self, s: Statement) -> list[Spans]:
        """The content, sentence by sentence, its pieces read on over what parts them."""
        raw: list[str] = []
        at: list[int] = []
        last = None
        for start, end in s.content:
            if last is not None:
                gap = self.text[last:start]
                apart = ("\n" in gap and not self.text[:last].rstrip(" ”\"’'").endswith((",", "—"))) or _ENDED.search(gap)
                raw.append("\n" if apart and self.text[start:end].lstrip(" “\"‘'")[:1].isupper() else " ")
                at.append(-1)
            raw.append(self.text[start:end].replace("\n", " "))
            at.extend(range(start, end))
            last = end
        joined = "".join(raw)
        out = []
        for a, b in sentences(joined):
            spans = normalised((at[i], at[i] + 1) for i in range(a, b) if at[i] >= 0)
            if spans:
                out.append(spans)
        return out

    def _proposition(self, k: int, s: Statement, voice: Voice, spans: Spans) -> tuple[str, Spans, int, str | None] | None:
        if joined_question(surface(self.text, spans)):
            return None
        for inner in self.children[k]:
            if self._reports(spans, self.statements[inner], other=not self._own(k, inner)):
                return None  # what another said, or the same speaker in more words: the inner statement tells it
        text, at = self._written(spans, voice, s.quoted)
        if (denied := _DENIED.search(surface(self.text, s.cue))) and s.act == "deny":
            text, at = f"{denied['what']} {text}", [-1] * (len(denied["what"]) + 1) + at
        sign, head, decided, whole = 1, None, False, text.lstrip()
        for _ in range(_FRAMES):
            lead, tail = _LEAD.match(text), _TAIL.search(text)
            begin, end = lead.end() if lead else 0, tail.start() if tail else len(text)
            text, at = text[begin:end], at[begin:end]
            framed = unframed(text)
            text, at = text[framed.start : framed.end], at[framed.start : framed.end]
            sign *= framed.sign
            decided = decided or framed.verdict
            head = head or (None if decided else framed.head)
        places = [p for p in at if p >= 0]
        if not places:
            return None
        first, last = places[0], places[-1] + 1
        while self.text[first - 1 : first] in _QUOTES and any(a < first <= b for a, b in spans):
            first -= 1
        while self.text[last : last + 1] in _QUOTES and any(a <= last < b for a, b in spans):
            last += 1
        spans = normalised((max(a, first), min(b, last)) for a, b in spans)
        if _BARE.match(text) and not _FINITE.match(text) and s.act in _CONTROLLED and voice.speaker is not None and (
            voice.speaker.kind not in ("group", "anonymous") or len(voice.speaker.name.split()) <= _LONGEST_GROUP
        ):
            if voice.speaker.name in text and re.match(r"\w+ing\b", text):
                return None  # nobody is said to have done it to himself: somebody else speaks
            named = f"X {text}"
            if s.act == "deny":
                named = clause(named, accusing=False)
                if named[2:] == text and re.match(r"(?:any|all|no)\b", text, re.I) and not _VERB.search(text):
                    return None  # what he denies has no name: "any involvement"
            text = voice.speaker.name + named[1:]
        elif s.act in _OF_SELF and voice.speaker is not None and len(voice.speaker.name.split()) <= _LONGEST_GROUP and _SELF.match(text):
            text = _SELF.sub(voice.speaker.name, text, count=1)
        elif s.act == "accuse":
            text = clause(text, accusing=True)
        text = text[:1].upper() + text[1:]
        if _NOBODY.match(text) and s.stance != "want" and s.act not in _OF_DEEDS:
            return None
        if s.act == "know" and not decided and not _clause(surface(self.text, s.content)) and not _ASSERTS.match(text):
            return None  # a thing that is known: "knows the struggle that towns face"
        if s.act == "describe" and not decided:
            text, count = _AS.subn(" is ", text, count=1)
            if not count:
                return None  # "called it X": a name, no sentence
        told = _CONDITION.split(text, maxsplit=1)[0].strip() or text  # "a heavy fine if it was involved" tells no involvement
        if head is None and not decided and s.act not in _OF_EVENTS and s.stance != "want" and s.act not in _OF_DEEDS and not _VERB.search(told):
            return None
        if head is None and not decided and s.act in _OF_EVENTS and not _VERB.search(text) and not _EVENT.search(text):
            return None  # a thing, of which it is not told what is so
        if s.act == "accuse" and voice.about and voice.speaker is not None and voice.about[0].id == voice.speaker.id:
            return None
        if _SPOKEN_OF.match(text) or _SPOKEN_OF.match(whole):
            return None
        if (s.act in _NO_CLAIM and head is None) or (_WORDS.match(text) and not _VERB.search(text)):
            return None
        if not self._understood(text, voice, least=_FEWEST if s.stance == "want" else _FEWEST + 1):
            return None
        return bracketed(text, surface(self.text, spans)), spans, sign, head

    def _reports(self, spans: Spans, inner: Statement, *, other: bool) -> bool:
        """Whether *spans* hold hardly more than the statement *inner*, or what it says is that of an *other* speaker."""
        whole = normalised((*inner.source, *inner.cue, *inner.content))
        if not inner.cue or not overlap(inner.content, spans) or inner.confidence < MIN_CONFIDENCE:
            return False
        cue = set(re.findall(r"[\w-]+", surface(self.text, inner.cue).lower()))
        if cue & heads().keys():
            return False  # headed by a noun: what it does to the claim is told by the frame
        tells = other or len(content_words(surface(self.text, inner.content))) >= _FEWEST
        if tells and len(content_words(self._without(spans, whole))) < _FEWEST:
            return inner.act not in _OF_FACTS or not other
        # what the other says is most of it; less, and it is a part of what the teller says ("if Orlan imposes sanctions, it will …")
        within = len(content_words(self._within(spans, inner.content)))
        size = len(content_words(self._within(spans, spans)))
        return other and inner.act not in _OF_FACTS and (inner.stance == "deny" or within > _TOLD * size)

    def _within(self, spans: Spans, taken: Spans) -> str:
        return " ".join(self.text[max(a, x) : min(b, y)] for a, b in spans for x, y in taken if x < b and a < y)

    def _without(self, spans: Spans, taken: Spans) -> str:
        out = []
        for a, b in spans:
            for x, y in taken:
                if x < b and a < y:
                    if a < x:
                        out.append(self.text[a:x])
                    a = max(a, min(b, y))
            if a < b:
                out.append(self.text[a:b])
        return " ".join(out)

    def _understood(self, text: str, voice: Voice, least: int) -> bool:
        """Whether *text* can be understood without its surroundings."""
        words = content_words(text)
        names = {part for w in WORD.findall(text) if w[0].isupper() for part in content_words(w)}
        size = len(text.split())
        said = set(words) - names
        if size > _MOST or not said:
            return False
        # two names and a deed of the news between them will do: "Orlan armed Veldara"
        told = len(words) >= _FEWEST and len(_RUN.findall(text)) > 1 and any(is_kin(w) for w in said) and _ASSERTS.match(text)
        if not told and (len(words) < _FEWEST or (len(words) < least and not voice.about) or len(said) < 2):
            return False
        if _ORDER.match(text) or _CUT.search(text) or (_FOR_WHOM.match(text) and not _VERB.search(text)):
            return False
        if (_LOST.match(text) and not _EXPLETIVE.match(text)) or _THIS.search(text):
            return False
        return len(_HIM.findall(text)) * 8 <= size

    def _written(self, spans: Spans, voice: Voice, quoted: Spans) -> tuple[str, list[int]]:
        """The words of *spans* with names for what they refer to, and for each character where it comes from (-1: from a name)."""
        out: list[str] = []
        at: list[int] = []

        def put(piece: str, places: Iterable[int]) -> None:
            out.append(piece)
            at.extend(places)

        for n, (start, end) in enumerate(spans):
            if n:
                put(" ", [-1])
            here, last = start, None
            for i in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
                a, b, name, pronoun = self.names[i]
                if a < here or b > end or name is None:
                    continue
                word = self.text[a:b].lower()
                if pronoun and word in _THIRD and voice.speaker is not None and name == voice.speaker.name and overlap(((a, b),), quoted):
                    continue  # nobody calls himself "he"
                if pronoun and word in _FIRST:
                    if voice.side is None or voice.side.kind != "state":
                        continue
                    name = voice.side.name
                if last is not None and name == last[0]:
                    if pronoun and word not in _POSSESSIVE and a - last[1] <= _NEAR and word not in _SUBJECTS:
                        continue  # a verb's object is not its subject, unless it says so ("itself")
                    if not pronoun and not self.text[last[1] : a].strip(" ,()[]/"):
                        here = b
                        continue  # "President | Donald Trump", "Daesh | (Islamic State)"
                if name.startswith("The ") and self.text[max(0, a - 4) : a].lower() == "the ":
                    name = name[4:]
                put(self.text[here:a], range(here, a))
                owned = (pronoun and word in _POSSESSIVE and not (word == "her" and self._object(b))) or re.search(r"['’]s?\Z", word) is not None
                name = f"{name}'s" if owned and not name.endswith("'s") else name
                last = name, b
                put(name, [a, *[-1] * (len(name) - 2), b - 1] if len(name) > 1 else [a])
                here = b
                for short, full in _CONTRACTED.items():
                    if pronoun and self.text[b : b + len(short)].replace("’", "'") == short:
                        put(full, [-1] * len(full))
                        here = b + len(short)
            put(self.text[here:end], range(here, end))
        return _cleaned("".join(out), at)

    def _object(self, end: int) -> bool:
        """Whether "her" that ends here is no possessive: no word follows it in the clause."""
        return re.match(r"\s*(?:[.,;:!?)”\"]|\Z|(?:to|and|in|on|at|with|for|as|that|from|by|of|about)\b)", self.text[end : end + 12]) is not None


def joined_question(text: str) -> bool:
    """Whether *text* ends in a question mark."""
    return text.rstrip(" ”\"'’)").endswith("?")


def has_verb(text: str) -> bool:
    """Whether *text* has a finite verb, as far as forms tell."""
    return _VERB.search(text) is not None


def _clause(content: str) -> bool:
    return re.match(r"(?i)[\s“\"‘',]*that\b", content) is not None


def _ought(text: str) -> bool:
    """Whether the main clause tells what ought to be."""
    match = _OUGHT.search(text)
    return match is not None and _BESIDE.search(text, 0, match.start()) is None


def _plain_noun(words: str) -> bool:
    """Whether a description may be replaced by the name: "the president", "the kingdom", "Prime Minister", but not "Obama's Russian counterpart",
    "a senator", "US resident"."""
    told = words.split()
    if len(told) > 3 or not words[:1].isalpha() or re.search(r"['’]s\b|\bof\b", words):
        return False
    return told[0].lower() in DEFINITE or all(w[0].isupper() for w in told)


def _government(words: str, actor: Actor | None) -> bool:
    """Whether somebody's government is that of a state: "Orlan's government", "the Orlan regime"."""
    return actor is not None and actor.id.endswith("/government") and len(words.split()) <= _LONGEST_GROUP


def _cleaned(text: str, at: list[int]) -> tuple[str, list[int]]:
    """*text* without quotation marks and brackets, white space made single."""
    keep = [True] * len(text)
    for mark in _MARKS.finditer(text):
        for i in range(*mark.span()):
            keep[i] = False
    out: list[str] = []
    places: list[int] = []
    for i, c in enumerate(text):
        if not keep[i] or c in "[]":
            continue
        c = " " if c.isspace() else c
        if c == " " and (not out or out[-1] == " "):
            continue
        out.append(c)
        places.append(at[i])
    return "".join(out), places
