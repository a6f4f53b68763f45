"""Composes training text that the corpus lacks: attribution inside attribution, unmarked block quotation, captions,
other quotation marks. Everything is built from the document's own sentences and from speakers of the corpus.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from corpus import Attribution, Document, Span
from sayso.language.quotation import quoted_stretches
from sayso.language.sentences import sentences

THAT_CUES = (
    "said told reporters|said|said|added|insisted|argued|claimed|acknowledged|believes|noted|wrote|has said|suggested|warned|"
    "denied|announced|maintained|told reporters|stressed|conceded|thinks|says|knows|predicted|alleged|has repeatedly said|"
    "did not say|reiterated|told lawmakers|recalled|asserted|confirmed|revealed"
).split("|")[1:]
BARE_CUES = "said|says|added|believes|thinks|told reporters|argued|insisted|noted|wrote".split("|")
TAIL_CUES = "said|said|says|added|wrote|argued|noted|told reporters|insisted|continued|recalled|tweeted".split("|")
NOUNS = (
    "claim|claims|accusations|accusation|allegations|allegation|assertion|assertions|suggestion|statement|statements|warning|"
    "warnings|charge|charges|declaration|declarations|belief|view|insistence|argument|contention|reports|prediction|predictions|"
    "concern|concerns|complaint|complaints|conclusion|finding|admission|announcement|boast|promise|pledge|denial|denials|hint|"
    "suspicion|suspicions|opinion|testimony|remark|remarks|revelation|criticism|vow|threat"
).split("|")
ON_NOUNS = (
    "dismissed|rejected|denied|repeated|echoed|disputed|confirmed|welcomed|ridiculed|questioned|challenged|cited|pushed back against|"
    "cast doubt on|seized on|defended|mocked|condemned|responded to|discussed|referred to|brushed aside|denounced|pushed back|"
    "has dismissed|has rejected|has repeatedly denied|pointed to|shrugged off|contradicted|backed up|endorsed|took issue with|"
    "waved away|repudiated|was quick to reject|called out|laughed off|withdrew|stood by|branded as false|agreed with"
).split("|")
ON_REMARKS = (
    "was referring to|was responding to|criticized|praised|cited|rejected|dismissed|alluded to|condemned|pointed to|welcomed|"
    "echoed|quoted|objected to|reacted to|took aim at|defended"
).split("|")
REACTIONS = (
    "drew laughter|surfaced last week|has spread quickly|drew fire|went unanswered|was soon withdrawn|has circulated for months|"
    "was greeted with applause|has not been forgotten|rattled investors|caused a stir|set off a storm"
).split("|")
LOWER_FIRST = frozenset(
    "The A An It He She They We But And His Her Their Its This That These Those There In On At By For Many Most Some Several Two "
    "Three No Not All Both If When While As After Before Since Such Our My Your Other Another Even Still One".split()
)


#: Speakers whose words a wrapping quotation turns into the first person.
FIRST_PERSON = {"He": "I", "She": "I", "he": "I", "she": "I", "They": "We", "they": "we", "We": "We", "we": "we", "I": "I"}


@dataclass
class Pool:
    """Speakers, that-contents, quotations and attributions of the corpus, to fill the templates with."""

    speakers: list[str]  # names and noun phrases that begin with a capital
    groups: list[str]  # noun phrases that begin with a small letter: "the committee and its chairman"
    clauses: list[str]
    quotations: list[str]
    tails: list[tuple[str, str]]  # cue and content that follows it at once


def build_pool(documents: list[Document]) -> Pool:
    speakers, groups, clauses, quotations, tails = [], [], [], [], []
    for doc in documents:
        for item in doc.attributions:
            if len(item.source) == 1:
                s = doc.text[slice(*item.source[0])]
                if 2 <= len(s.split()) <= 10 and s.split()[0] in ("the", "a", "an", "some", "many", "several", "other", "most", "two") and (
                    re.match(r"[\w.]", s[-1]) and "," not in s and "\n" not in s
                ):
                    groups.append(s)
                if (
                    1 <= len(s.split()) <= 9 and s[0].isupper() and re.match(r"[\w.]", s[-1]) and "," not in s and "\n" not in s
                    and not re.search(r"(?i)['’]s?$|^(he|she|they|i|we|who|it|you|his|her|their|its|my|our|investigations?|messages|emails)$", s)
                ):
                    speakers.append(s)
            if len(item.content) == 1:
                c = doc.text[slice(*item.content[0])]
                if "\n" in c:
                    continue
                if c.startswith("that ") and 5 <= len(c.split()) <= 40:
                    clauses.append(c.rstrip(".,;"))
                if c[0] in "“\"" and c[-1] in "”\"" and len(c.split()) >= 8 and not re.search("[“”\"]", c[1:-1]):
                    quotations.append(c[1:-1])
                if len(item.cue) == 1 and 0 < item.content[0][0] - item.cue[0][1] <= 2 and len(c.split()) <= 35:
                    cue = doc.text[slice(*item.cue[0])]
                    if cue.split()[0] in ("said", "has", "have", "called", "accused", "told", "wrote", "believe", "believes", "claimed",
                                          "argued", "wants", "want", "described", "insisted", "suggested", "warned", "think", "say"):
                        tails.append((cue, c.rstrip(".,;")))
    return Pool(speakers, groups, clauses, quotations, tails)


class _Builder:
    """Text under construction, with named span marks and a map from old offsets to new."""

    def __init__(self, old: str) -> None:
        self.old, self.parts, self.length = old, [], 0
        self.copied: list[tuple[int, int, int]] = []
        self.items: list[Attribution] = []
        self.shrunk: dict[Span, Span] = {}  # spans whose words were replaced by others

    def lit(self, s: str) -> Span:
        self.parts.append(s)
        self.length += len(s)
        return self.length - len(s), self.length

    def copy(self, a: int, b: int, change=None) -> Span:
        s = self.old[a:b]
        if change is not None:
            s = change(s)
            assert len(s) == b - a
        self.copied.append((a, b, self.length))
        return self.lit(s)

    def remap(self, spans: list[Span]) -> list[Span] | None:
        out = []
        for s, e in spans:
            if (s, e) in self.shrunk:
                out.append(self.shrunk[s, e])
                continue
            for a, b, new in self.copied:
                if a <= s and e <= b:
                    out.append((s - a + new, e - a + new))
                    break
            else:
                pieces = [(max(s, a) - a + new, min(e, b) - a + new) for a, b, new in self.copied if max(s, a) < min(e, b)]
                if not pieces:
                    return None
                out.append((pieces[0][0], pieces[-1][1]))
        return out


def compose(doc: Document, pool: Pool, rng: random.Random, rate: float) -> Document:
    """A variant of *doc* with composed sentences in it; *rate* scales how many."""
    text = doc.text
    sents = sentences(text)
    owners = _owners(doc, sents)
    b = _Builder(text)
    pos = 0
    inner_ids = set()
    for k, (s, e) in enumerate(sents):
        wrap = owners[k] and rng.random() < 0.22 * rate and _wrappable(text, s, e)
        if wrap:
            b.copy(pos, s)
            speakers = [doc.attributions[n].source[0] for n in owners[k] if doc.attributions[n].source]
            _wrap(b, s, e, pool, rng, [x for x in speakers if text[slice(*x)] in FIRST_PERSON or rng.random() < 0.25])
            inner_ids.update(owners[k])
            pos = e
        elif e < len(text) and text[e : e + 1] in ("\n", "\r") and rng.random() < 0.07 * rate:
            b.copy(pos, e)
            pos = e
            b.lit("\n\n")
            rng.choice((_noun, _noun, _noun, _noun, _relative, _relative, _block, _block, _caption))(b, pool, rng)
    b.copy(pos, len(text))
    out = Document(doc.name, "".join(b.parts))
    for n, item in enumerate(doc.attributions):
        spans = {role: b.remap(parts) for role, parts in item.parts()}
        if all(v is not None for v in spans.values()):
            out.attributions.append(Attribution(**spans, opaque=item.opaque, inner=item.inner or n in inner_ids))
    out.attributions.extend(b.items)
    return out


def _owners(doc: Document, sents: list[Span]) -> list[set[int]]:
    """For each sentence the attributions that lie wholly in it, or the empty set where one only reaches in."""
    out = []
    extents = [(min(s for _, p in a.parts() for s, _ in p), max(e for _, p in a.parts() for _, e in p)) for a in doc.attributions]
    for s, e in sents:
        inside = {n for n, (a, b) in enumerate(extents) if s <= a and b <= e}
        partly = any(a < e and s < b and not (s <= a and b <= e) for a, b in extents)
        out.append(set() if partly else inside)
    return out


def _wrappable(text: str, s: int, e: int) -> bool:
    sentence = text[s:e]
    return (
        4 <= len(sentence.split()) <= 42
        and sentence[-1] in ".”\""
        and not sentence.endswith(("?", "!"))
        and sentence.count("“") == sentence.count("”")
        and sentence.count('"') % 2 == 0
        and ":" not in sentence
    )


def _lower_first(s: str) -> str:
    word = re.match(r"\w+", s)
    return s[0].lower() + s[1:] if word and word.group() in LOWER_FIRST else s


def _singles(s: str) -> str:
    s = s.replace("“", "‘").replace("”", "’")
    return re.sub(r'"([^"]*)"', r"‘\1’", s)


def _quoted(b: _Builder, s: int, end: int, speakers: list[Span]) -> None:
    """The sentence as somebody's own words: inner marks single, *speakers* turned into I or we."""
    at = s
    for start, stop in sorted(speakers):
        if not (at <= start and stop <= end) or len(b.old[start:stop].split()) > 6:
            continue
        b.copy(at, start, _singles)
        said = b.old[start:stop]
        new = FIRST_PERSON.get(said, "we" if said.endswith("s") and " " in said else "I")
        b.copied.append((start, stop, b.length))
        b.lit(new[0].upper() + new[1:] if start == s else new)
        b.shrunk[start, stop] = (b.length - len(new), b.length)
        at = stop
    b.copy(at, end, _singles)


def _wrap(b: _Builder, s: int, e: int, pool: Pool, rng: random.Random, speakers: list[Span]) -> None:
    end = e
    while b.old[end - 1] in ".":
        end -= 1
    if b.old[end - 1] in "”\"" and b.old[end - 2] == ".":
        pass
    x = rng.choice(pool.speakers)
    kind = rng.random()
    if kind < 0.36:
        source = b.lit(x)
        b.lit(" ")
        if kind < 0.24:
            cue = b.lit(rng.choice(THAT_CUES))
            b.lit(" ")
            start = b.length
            b.lit("that ")
        else:
            cue = b.lit(rng.choice(BARE_CUES))
            b.lit(" ")
            start = b.length
        b.copy(s, end, _lower_first)
        content = (start, b.length)
        b.lit(".")
    elif kind < 0.46:
        cue = b.lit("According to")
        b.lit(" ")
        source = b.lit(x)
        b.lit(", ")
        content = b.copy(s, end, _lower_first)
        b.lit(".")
    elif kind < 0.56:
        content = b.copy(s, end)
        if rng.random() < 0.35:
            b.lit(", ")
            cue = b.lit("according to")
            b.lit(" ")
            source = b.lit(x)
        else:
            b.lit(", ")
            source = b.lit(x)
            b.lit(" ")
            cue = b.lit(rng.choice(TAIL_CUES))
        b.lit(".")
    elif kind < 0.84:
        start = b.length
        b.lit("“")
        _quoted(b, s, end, speakers)
        b.lit(",”")
        content = (start, b.length)
        b.lit(" ")
        if rng.random() < 0.5:
            source = b.lit(x)
            b.lit(" ")
            cue = b.lit(rng.choice(TAIL_CUES))
        else:
            cue = b.lit(rng.choice(("said", "says")))
            b.lit(" ")
            source = b.lit(x)
        b.lit(".")
    else:
        source = b.lit(x)
        b.lit(" ")
        cue = b.lit(rng.choice(TAIL_CUES))
        b.lit(", ")
        start = b.length
        b.lit("“")
        _quoted(b, s, end, speakers)
        b.lit(".”")
        content = (start, b.length)
    b.items.append(Attribution([source], [cue], [content], opaque=False))


def _noun_phrase(b: _Builder, pool: Pool, rng: random.Random, *, initial: bool) -> Attribution:
    """A noun cue with its content: "accusations by Y that P", "Y’s claim that P"."""
    y = rng.choice(pool.speakers if initial or rng.random() < 0.6 else pool.groups)
    noun, clause = rng.choice(NOUNS), rng.choice(pool.clauses)
    kind = rng.random()
    source: list[Span] = []
    if kind < 0.35:
        lead = "" if noun.endswith("s") and rng.random() < 0.6 else rng.choice(("the ", "an earlier ", "a new ", "the latest "))
        b.lit(lead.capitalize() if initial else lead)
        cue = b.lit(noun.capitalize() if initial and not lead else noun)
        b.lit(rng.choice((" by ", " by ", " by ", " from ", " of ")))
        source = [b.lit(y)]
        b.lit(" ")
    elif kind < 0.72:
        source = [b.lit(y)]
        b.lit(rng.choice(("’s ", "’s ", "'s ")) + rng.choice(("", "", "", "own ", "oft-repeated ", "recent ", "latest ")))
        cue = b.lit(noun)
        b.lit(" ")
    elif kind < 0.84:
        b.lit("The " if initial else "the ")
        cue = b.lit(noun)
        b.lit(rng.choice((", made by ", " made by ", ", voiced by ", " put forward by ", " attributed to ")))
        source = [b.lit(y)]
        b.lit(" ")
    else:
        b.lit(rng.choice(("The ", "Any ", "Widespread ") if initial else ("the ", "any ", "widespread ")))
        cue = b.lit(noun)
        b.lit(" ")
    content = b.lit(clause)
    return Attribution(source, [cue], [content])


def _noun(b: _Builder, pool: Pool, rng: random.Random) -> None:
    if rng.random() < 0.15:
        b.items.append(_noun_phrase(b, pool, rng, initial=True))
        b.lit(" " + rng.choice(REACTIONS) + ".")
        return
    if rng.random() < 0.15:  # two levels above it
        z = b.lit(rng.choice(pool.speakers))
        b.lit(" ")
        said = b.lit(rng.choice(THAT_CUES))
        b.lit(" ")
        outer_start = b.length
        b.lit("that ")
    else:
        z = said = None
    x = b.lit(rng.choice(pool.speakers))
    b.lit(" ")
    cue = b.lit(rng.choice(ON_NOUNS))
    b.lit(" ")
    start = b.length
    inner = _noun_phrase(b, pool, rng, initial=False)
    inner.inner = True
    content = (start, b.length)
    b.items.append(inner)
    b.items.append(Attribution([x], [cue], [content], opaque=False, inner=z is not None))
    if z is not None and said is not None:
        b.items.append(Attribution([z], [said], [(outer_start, b.length)], opaque=False))
    b.lit(".")


def _relative(b: _Builder, pool: Pool, rng: random.Random) -> None:
    inner_cue, inner_content = rng.choice(pool.tails)
    x = b.lit(rng.choice(pool.speakers))
    b.lit(" ")
    cue = b.lit(rng.choice(ON_REMARKS))
    b.lit(" ")
    start = b.length
    b.lit(rng.choice(("remarks by ", "comments by ", "a speech by ", "", "", "an interview with "))
          + rng.choice(pool.speakers if rng.random() < 0.7 else pool.groups) + ", ")
    who = b.lit("who")
    b.lit(" ")
    said = b.lit(inner_cue)
    b.lit(" ")
    content = b.lit(inner_content)
    b.items.append(Attribution([who], [said], [content], inner=True))
    b.items.append(Attribution([x], [cue], [(start, b.length)], opaque=False))
    b.lit(".")


def _paragraphs(quotation: str, rng: random.Random) -> list[str]:
    parts = [quotation[s:e] for s, e in sentences(quotation)]
    if len(parts) < 2:
        return [quotation]
    cut = rng.randrange(1, len(parts))
    return [" ".join(parts[:cut]), " ".join(parts[cut:])] if rng.random() < 0.6 else [quotation]


def _block(b: _Builder, pool: Pool, rng: random.Random) -> None:
    """A quotation with no marks, opened by a colon, in paragraphs of its own."""
    texts = [p for q in rng.sample(pool.quotations, rng.choice((1, 1, 2))) for p in _paragraphs(q, rng)]
    x = b.lit(rng.choice(pool.speakers))
    b.lit(" ")
    if rng.random() < 0.4:  # first in the reporter's words, then in the speaker's own
        said = b.lit(rng.choice(THAT_CUES))
        b.lit(" ")
        b.items.append(Attribution([x], [said], [b.lit(rng.choice(pool.clauses))]))
        cue = b.lit(":")
    else:
        cue = b.lit(rng.choice(("said", "wrote", "said in a statement", "declared", "added", "explained", "responded", "told reporters",
                                "tweeted", "put it this way", "had this to say", "continued")) + ":")
    spans = []
    for part in texts:
        b.lit("\n\n")
        spans.append(b.lit(part[0].upper() + part[1:].rstrip(",") + ("" if part[-1] in ".!?," else ".")))
    b.items.append(Attribution([x], [cue], spans))


def _caption(b: _Builder, pool: Pool, rng: random.Random) -> None:
    b.lit(rng.choice(("PHOTO: ", "", "Photo: ", "")))
    source = b.lit(rng.choice(pool.speakers))
    cue = b.lit(rng.choice((" — ", " – ", ": ", ": ")))
    mark = (cue[0] + 1, cue[1] - 1) if cue[1] - cue[0] == 3 else (cue[0], cue[1] - 1)
    quotation = rng.choice(pool.quotations)
    short = " ".join(quotation.split()[: rng.randrange(5, 16)]).rstrip(",.;—-")
    o, c = rng.choice(("“”", "“”", "‘’", '""'))
    b.items.append(Attribution([source], [mark], [b.lit(o + short + c)]))


def restyle(doc: Document, rng: random.Random) -> Document:
    """The same document with its double quotation marks typed another way: straight, doubled single, or single."""
    style = rng.choice(("straight", "doubled", "single", "single"))
    marks = []
    for q in quoted_stretches(doc.text):
        if not q.single:
            marks.append((q.start, q.inner_start, True))
            if q.closed:
                marks.append((q.inner_end, q.end, False))
    b = _Builder(doc.text)
    pos = 0
    for s, e, opening in marks:
        b.copy(pos, s)
        new = {"straight": '"', "doubled": "``" if opening else "''", "single": "‘" if opening else "’"}[style]
        b.copied.append((s, e, b.length))
        b.lit(new)
        pos = e
    b.copy(pos, len(doc.text))
    text = "".join(b.parts)
    starts = sorted(b.copied)

    def at(offset: int, end: bool) -> int:
        for a, z, new in starts:
            if a <= offset < z or (end and a < offset <= z):
                width = next((n for aa, zz, n in starts if aa >= z and aa == z), None)
                stop = width if width is not None else len(text)
                return min(offset - a + new, stop) if not (end and offset == z) else stop
        return len(text)

    out = Document(doc.name, text)
    for item in doc.attributions:
        spans = {role: [(at(s, False), at(e, True)) for s, e in parts] for role, parts in item.parts()}
        out.attributions.append(Attribution(**spans, opaque=item.opaque, inner=item.inner))
    return out
