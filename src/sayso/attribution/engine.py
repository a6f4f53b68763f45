"""The attribution engine: a text in, its statements out."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

import numpy as np

from sayso.attribution.acts import act_of, first_content
from sayso.attribution.candidates import EVIDENCE, Candidate, Run, candidates
from sayso.attribution.clauses import in_clauses
from sayso.attribution.confidence import Confidence
from sayso.attribution.edges import Around, Parts, straightened
from sayso.attribution.exclusions import is_asked, is_excluded
from sayso.attribution.forms import form_of, quoted_in
from sayso.attribution.headlines import SPEAKERS, headline
from sayso.attribution.joined import joined
from sayso.attribution.layout import Turn, datelines, furniture, places, turns
from sayso.attribution.lemmas import lemma
from sayso.attribution.negation import gives_nothing, negated, words_before
from sayso.attribution.network import Encoding, Network
from sayso.attribution.orphans import VERBS, stands_alone
from sayso.attribution.paragraphs import in_its_paragraph
from sayso.attribution.quoting import quoting
from sayso.attribution.reach import whole
from sayso.attribution.rivals import rivals
from sayso.attribution.subjects import with_subjects
from sayso.attribution.unsaid import is_unsaid
from sayso.attribution.verdicts import in_passing, owner
from sayso.language.link_text import blanked
from sayso.language.quotation import Stretch
from sayso.language.sentences import sentences
from sayso.language.tokens import MARK, Token
from sayso.spans import Span, Spans, normalised, surface
from sayso.statements import Statement

# Confidence from which on a candidate is kept: where F1 is highest on the held-out tenth of the training part.
TOP_FLOOR = 0.34
INNER_FLOOR = 0.33
# The same for a cue of words that the lexicon does not know, in another only where no clause or quotation follows: below it, two of three are deeds
# ("has been pounding").
STRANGE_FLOOR = 0.70
_KNOWN, _MARK = EVIDENCE.index("cue_known"), EVIDENCE.index("mark_only")
# What those do who come with a claim of their own (they "agree with" others').
_CAME = frozenset(
    "answered answers began begins broke came comes closed concluded counters countered ended fired follows followed goes hit hits opened reacts "
    "reacted replied replies responded responds retaliated returned returns shot surprised went".split()
)
# What has a capital beside a name and is no part of it: "Orlan Monday denied …".
_TIMES = frozenset((*calendar.day_name, *calendar.month_name))
# "X had been warned three times | that …": X is who heard it.
_TOLD = re.compile(
    r"(?i)^(?:(?:had|has|have|was|were|is|are|been|be|being|also|repeatedly|not|never|then|already|\w+ly)\s+)*(?:was|were|is|are|been|be|being)\s+"
    r"(?:\w+ly\s+)?(?:told|warned|informed|advised|notified|briefed|reminded|instructed|urged|ordered|promised|assured|accused|"
    r"blamed|summoned)\b(?!\s+by\b)"
)
# "would be denied | treatment": who stands before it gets none.
_REFUSED = re.compile(r"(?i)\b(?:be|been|being|is|are|was|were) denied\Z")
# The next paragraph, where it begins in the first person and holds no quotation marks; and how many of them a block may go on for.
_GOES_ON = re.compile(r"[ \t]*\n\s*((?:I|We|My|Our|I[’']m|I[’']ve|We[’']re|We[’']ve)\b[^\n“”\"]{20,2000})(?=\n|\Z)")
_PARAGRAPHS = 6
# How what is said, and not done, goes on after a cue: " that …", " whether …", " to …", or with a quotation.
_OPENS = re.compile(r"\W*(?:(?:that|whether|if|why|how|what|who|where|when|to)\b|[“\"‘'])", re.I)
_SAID = frozenset("said says told tells added adds explained".split())
# What tells something by being read, and the prepositions before it.
_TELLING = frozenset(
    "survey poll polls surveys study studies report reports letter memo email statement filing book memoir essay editorial article interview column "
    "tweet post ruling opinion document documents complaint lawsuit indictment affidavit testimony review analysis census".split()
)
_IN = frozenset("in per from".split())
_ARTICLES = frozenset(("a", "an", "the"))
# Confidence of what was read as standing in another statement, which was not found (PolNeAR dev: 7 of 12 are marked).
ORPHAN = 0.5
_PARTED = re.compile(r"[,:;–—]| - ?")
# Confidence of a headline that ends with who says so.
HEADLINE = 0.8
# Confidence of a transcript's turn: its layout is plain, but what is a transcript is judged by rule.
TURN = 0.95


# Whether a candidate stands alone, by its confidence as one that does and as one that stands in another.
Alone = Callable[[Candidate, float, float], bool]


@dataclass
class _Draft:
    """A candidate while it competes with the others for its words."""

    candidate: Candidate
    content: set[int]
    top: float
    inner: float
    turn: bool = False
    parent: int | None = None
    alone: bool = False

    @property
    def confidence(self) -> float:
        if self.parent is not None:
            return self.inner
        return max(self.top, ORPHAN) if self.alone else self.top

    @property
    def strange(self) -> bool:
        """Whether its cue is words that the lexicon of cues does not know."""
        evidence = self.candidate.evidence
        return not self.turn and not evidence[_KNOWN] and not evidence[_MARK]


class Engine:
    """Finds the statements of texts. Safe to use from several threads; the result depends on text and models alone."""

    def __init__(self, directory: Path | None = None, *, threads: int = 1) -> None:
        self.network = Network(directory or default_models(), threads=threads)
        self._confidence = Confidence(self.network.calibration)

    @property
    def id(self) -> str:
        """Hash of the models."""
        return self.network.id

    def encode(self, text: str) -> Encoding:
        """The one pass of the encoder over *text* that serves all stages. Datelines are not read: behind one, subjects were missed."""
        return self.network.encode(blanked(text, datelines(text)))

    def statements(self, text: str, encoding: Encoding | None = None) -> tuple[Statement, ...]:
        """The statements of *text*, in the order of their first character. *encoding* is what encode() made of it."""
        encoding = encoding or self.encode(text)
        found = candidates(self.network, text, encoding)
        barred = [_tokens_of(line, encoding) for line in (*furniture(text), *places(text))]
        spoken = [_turn(turn, encoding) for turn in turns(text)]
        for draft in spoken:
            barred += [(min(r[0] for r in draft.candidate.source), draft.candidate.cue[1])]
        if (head := _headline(text, encoding, found)) is not None:
            spoken.append(head)
            barred.append((head.candidate.cue[0], head.candidate.source[0][1]))
        barred.sort()
        found = [c for c in found if not _meets(c.cue, barred) and not _is_name(text, c, encoding.text.tokens)]
        found = [c for c in (in_its_paragraph(text, encoding.text, c) for c in found) if c is not None]
        bounds = sentences(text)
        found = joined(text, encoding.text, [whole(_telling(text, c, encoding.text.tokens), encoding.text) for c in found], bounds)
        found = in_clauses(text, encoding.text, with_subjects(text, encoding.text, found, bounds), bounds)
        found = rivals(text, encoding.text, quoting(text, encoding.text, found, bounds), bounds)
        drafts = select(found, self._confidence, spoken, partial(stands_alone, text, encoding.text))
        return assemble(text, encoding, drafts, bounds)


def default_models() -> Path:
    """The folder of the models in the package."""
    return Path(__file__).parent.parent / "models" / "attribution"


@cache
def shared_engine() -> Engine:
    """One engine for the process, loaded at first use."""
    return Engine()


def _tokens_of(span: Span, encoding: Encoding) -> Run:
    """Numbers of the tokens that begin in *span*."""
    tokens = encoding.text.tokens
    return bisect_left(tokens, span[0], key=_start), bisect_left(tokens, span[1], key=_start)


def _start(token: Token) -> int:
    return token.start


def _meets(run: Run, barred: Sequence[Run]) -> bool:
    k = bisect_right(barred, run[0], key=lambda r: r[0])
    return any(barred[i][0] < run[1] and run[0] < barred[i][1] for i in range(max(0, k - 1), min(len(barred), k + 1)))


def _is_name(text: str, candidate: Candidate, tokens: Sequence[Token]) -> bool:
    """Whether a cue is words with capitals that no lexicon knows, beside its source: the rest of a name ("claims by Orvan | Tellik | that")."""
    first, last = candidate.cue
    if candidate.evidence[_KNOWN] or candidate.evidence[_MARK] or not any(b == first for _, b in candidate.source):
        return False
    return all(text[token.start].isupper() for token in tokens[first - 1 : last])


def _telling(text: str, candidate: Candidate, tokens: Sequence[Token]) -> Candidate:
    """*candidate* as one whose cue the lexicon knows, where it is a preposition before what tells: "In a survey, most said that …"."""
    first, last = candidate.cue
    if last - first > 1 or text[tokens[first].start : tokens[first].end].lower() not in _IN or len(candidate.source) != 1:
        return candidate
    begin, end = candidate.source[0]
    words = {text[token.start : token.end].lower() for token in tokens[begin:end]}
    if begin != last or words.isdisjoint(_TELLING):
        return candidate
    evidence = candidate.evidence.copy()
    evidence[_KNOWN] = 1
    return replace(candidate, evidence=evidence)


def _turn(turn: Turn, encoding: Encoding) -> _Draft:
    """A turn of a transcript as a draft that needs no network: its layout says who speaks."""
    said = [_tokens_of(span, encoding) for span in turn.said]
    candidate = Candidate(_tokens_of(turn.mark, encoding), (_tokens_of(turn.label, encoding),), tuple(said), np.zeros(0, np.float32))
    return _Draft(candidate, {i for a, b in said for i in range(a, b)}, TURN, TURN, turn=True)


def _headline(text: str, encoding: Encoding, found: Sequence[Candidate]) -> _Draft | None:
    """The statement of a headline that ends with who makes it: one whom the text lets speak elsewhere."""
    tokens = encoding.text.tokens
    speakers = {text[tokens[a].start : tokens[b - 1].end] for c in found for a, b in c.source}
    line = headline(text, speakers)
    if line is None:
        return None
    said, cue, source = (_tokens_of(span, encoding) for span in (line.said, line.cue, line.source))
    if said[0] == said[1] or cue[0] == cue[1] or source[0] == source[1]:
        return None
    return _Draft(Candidate(cue, (source,), (said,), np.ones(len(EVIDENCE), np.float32)), set(range(*said)), HEADLINE, HEADLINE)


def select(
    found: Sequence[Candidate], confidence: Confidence, sure: Sequence[_Draft] = (), alone: Alone = lambda *_: False, *,
    top_floor: float = TOP_FLOOR, inner_floor: float = INNER_FLOOR,
) -> list[_Draft]:
    """The candidates that stand, each with its parent (index into the result); those *sure* stand whatever comes, those *alone* without
    one.

    The most confident take their words first. A later one may lie inside an earlier one's content, or enclose it; where
    two only compete for the same words, the earlier keeps them.
    """
    evidence = np.array([c.evidence for c in found], np.float32).reshape(-1, len(EVIDENCE))
    chances = zip(confidence.each(evidence, inner=False), confidence.each(evidence, inner=True), strict=True)
    drafts = [
        _Draft(c, {i for a, b in c.content for i in range(a, b)} - set(range(*c.cue)), top, inner, alone=top < ORPHAN and alone(c, top, inner))
        for c, (top, inner) in zip(found, chances, strict=True)
    ]
    drafts = [draft for draft in drafts if draft.content] + list(sure)  # not what is read of a text that is a cue and no more
    order = sorted(range(len(drafts)), key=lambda k: (-drafts[k].top, drafts[k].candidate.cue))
    near = _neighbours(drafts)
    kept: set[int] = set()
    for k in order:
        draft = drafts[k]
        if max(draft.top, draft.inner) < min(top_floor, inner_floor) and not draft.alone:
            continue
        if _fits(k, drafts, [j for j in near[k] if j in kept]):
            kept.add(k)
    while True:  # parents decide which floor holds, and dropping one can change another's parent
        for k in kept:
            drafts[k].parent = _parent(k, drafts, [j for j in near[k] if j in kept])
        low = {k for k in kept if drafts[k].confidence < _floor(drafts[k], top_floor, inner_floor)}
        if not low:
            break
        kept -= {min(low, key=lambda k: drafts[k].confidence)} if len(low) < 50 else low
    number = {k: i for i, k in enumerate(sorted(kept))}
    out = [drafts[k] for k in sorted(kept)]
    for draft in out:
        if draft.parent is not None:
            draft.parent = number[draft.parent]
    return out


def _floor(draft: _Draft, top_floor: float, inner_floor: float) -> float:
    if draft.parent is not None:
        return inner_floor
    return max(top_floor, STRANGE_FLOOR) if draft.strange else top_floor


def _neighbours(drafts: list[_Draft]) -> list[list[int]]:
    """For each draft those whose extent meets its own: only they can compete with it."""
    extents = [_extent(d) for d in drafts]
    reach = max((e - s for s, e in extents), default=0)
    starts = sorted((s, k) for k, (s, _) in enumerate(extents))
    out: list[list[int]] = []
    for k, (s, e) in enumerate(extents):
        lo = bisect_right(starts, (s - reach - 1, -1))
        hi = bisect_right(starts, (e, len(drafts)))
        out.append([j for _, j in starts[lo:hi] if j != k and extents[j][1] >= s])
    return out


def _extent(draft: _Draft) -> Run:
    cue = draft.candidate.cue
    return min(cue[0], *draft.content), max(cue[1], max(draft.content) + 1)


def _inside(cue: Run, content: set[int]) -> bool:
    return cue[0] in content and cue[1] - 1 in content


def _fits(k: int, drafts: list[_Draft], others: list[int]) -> bool:
    """Whether draft *k* can stand beside *others*, giving up words that belong to them; its content may shrink."""
    me = drafts[k]
    content = set(me.content)
    for j in others:
        other = drafts[j]
        shared = content & other.content
        if not shared:
            continue
        mine_in, its_in = _inside(me.candidate.cue, other.content), _inside(other.candidate.cue, content)
        if mine_in and its_in:
            return False
        if mine_in:  # inside the other: what reaches beyond it is not this one's
            if 2 * len(shared) < len(content):
                return False
            content = shared
        elif its_in:  # around the other, which must lie in it for the most part
            if 2 * len(shared) < len(other.content):
                return False
            content |= other.content
        else:
            content -= other.content
            if 2 * len(content) < len(me.content) and not _one_run_left(me.candidate, content):
                return False
    if not content:
        return False
    me.content = content
    return True


def _one_run_left(candidate: Candidate, content: set[int]) -> bool:
    """Whether *content* is whole runs of the candidate's own, before its cue: "the plan | was mocked by Orlan, who wrote …"."""
    runs = [run for run in candidate.content if run[0] in content]
    return bool(runs) and runs[-1][1] <= candidate.cue[0] and len(content) == sum(b - a for a, b in runs) and content.issuperset(
        i for a, b in runs for i in range(a, b)
    )


def _parent(k: int, drafts: list[_Draft], others: list[int]) -> int | None:
    around = [
        j for j in others
        if _inside(drafts[k].candidate.cue, drafts[j].content) and len(drafts[j].content) > len(drafts[k].content)
    ]
    return min(around, key=lambda j: (len(drafts[j].content), j), default=None)


def assemble(text: str, encoding: Encoding, drafts: list[_Draft], bounds: Sequence[Span]) -> tuple[Statement, ...]:
    """Drafts as statements (*bounds*: the sentences): token runs become spans, quotation marks are taken in, quotations go on over paragraphs."""
    tokens = encoding.text.tokens
    stretches = encoding.text.stretches
    starts = [s.start for s in stretches]

    def span(run: Run) -> Span:
        return tokens[run[0]].start, tokens[run[1] - 1].end

    drafts = _admitted(text, drafts, tokens)
    used = sorted(
        span(r) for d in drafts for r in (d.candidate.cue, *d.candidate.source, *_runs(sorted(d.content), encoding)) if d.parent is None
    )
    made: list[Statement] = []
    for draft in drafts:
        runs = _runs(sorted(draft.content), encoding)
        content = [_with_marks(span(r), stretches, starts) for r in runs]
        if draft.parent is None:
            taken = [span(r) for r in (draft.candidate.cue, *draft.candidate.source)]
            content = [_whole(text, c, taken, used, stretches, starts) for c in content]
        content = _continued(text, content, used if draft.parent is None else (), stretches, starts)
        if draft.parent is None:
            content = _from_before(text, content, used, stretches, starts)
        spans = normalised(content)
        draft.candidate = _named_whole(text, draft.candidate, tokens)
        cue: Spans = (span(draft.candidate.cue),)
        speaking = draft.candidate.source or _speaking_before(draft, drafts, tokens)
        speaking = speaking or _coming_with(text, draft, tokens) or _owner(text, draft, tokens)
        if speaking and speaking[-1][1] <= draft.candidate.cue[0] and _TOLD.search(surface(text, cue)):
            speaking = ()
        source = normalised(span(_whole_name(text, r, draft, tokens)) for r in speaking)
        if not draft.turn and surface(text, source).lower() in _ARTICLES:
            source = ()
        outer = None if draft.parent is None else drafts[draft.parent]
        within = None if outer is None else (surface(text, (span(outer.candidate.cue),)), tokens[min(outer.content)].start)
        around = Around(text, bounds, stretches, used, inner=draft.parent is not None, turn=draft.turn, outer=within)
        parts = straightened(around, Parts(source, cue, spans))
        to_do = text.startswith(("to ", "not to "), spans[0][0]) and cue[0][0] < parts.content[0][0] < spans[0][0]  # whom was put before it
        opening = first_content(text, spans if to_do else parts.content, cue[0][1])
        if opening.startswith("to ") and source and parts.content[0][1] <= cue[0][0] and surface(text, cue).lower() in _SAID:
            opening = first_content(text, parts.content, len(text))  # "He had come, | he told the House, | to help"
        source, cue, spans = parts.source, parts.cue, parts.content
        quoted = quoted_in(spans, stretches)
        words = surface(text, cue)
        act, decides = act_of(words, opening)
        form = form_of(text, spans, quoted, cue[0][1])
        if form == "block" and not draft.turn and not quoted:
            spans = _first_person_on(text, spans, [span(d.candidate.cue)[0] for d in drafts])
        since = 0 if outer is None else span(outer.candidate.cue)[1]
        if draft.turn:
            form = "block"
            act = "ask" if text[spans[-1][1] - 1] == "?" else "say"
        told = spans[0][1] if spans[0][1] <= cue[0][0] and _PARTED.search(text, spans[0][1], cue[0][1]) else 0  # what is said there negates no cue
        begins = words_before(text, cue[0][0], after=max(told, since if since <= cue[0][0] else 0))
        no = gives_nothing(words, first_content(text, spans, cue[0][1])) or negated(words, decides, begins, surface(text, source))
        made.append(Statement(
            source=source, cue=cue, content=spans, quoted=quoted, form=form, act=act,
            negated=no,
            parent=draft.parent, confidence=round(draft.confidence, 3),
        ))
    held = _quoted_on(text, _held(made, [draft.top for draft in drafts]), stretches)
    return _ordered([*held, *_behind_colons(text, held, stretches, bounds)])


def _held(made: Sequence[Statement], tops: Sequence[float]) -> list[Statement]:
    """*made* with parents whose contents, straightened, still hold them; those that none holds are as sure as *tops*, or as an orphan."""
    out = []
    for statement, top in zip(made, tops, strict=True):
        mark, parent = statement.cue or statement.content, statement.parent
        while parent is not None and not all(any(a <= start and end <= b for a, b in made[parent].content) for start, end in mark):
            parent = made[parent].parent
        sure = statement.confidence if parent is not None or statement.parent is None else round(max(top, ORPHAN), 3)
        out.append(replace(statement, parent=parent, confidence=sure))
    return out


def _admitted(text: str, drafts: list[_Draft], tokens: Sequence[Token]) -> list[_Draft]:
    """The drafts but those that are no attribution; what stood in one stands in its parent."""

    def words(run: Run) -> str:
        return text[tokens[run[0]].start : tokens[run[1] - 1].end]

    dropped = set()
    for k, draft in enumerate(drafts):
        cue, source = draft.candidate.cue, draft.candidate.source
        begin, end = tokens[min([cue[0], *(a for a, _ in source)])].start, tokens[cue[1] - 1].end
        at = tokens[min(draft.content)].start
        content = text[at : min(at + 120, tokens[max(draft.content)].end)]
        before, after = text[max(0, begin - 30) : begin], text[end : end + 1]
        over = tokens[max(draft.content)].end
        none = _doubles(k, drafts, text, tokens)
        none = none or (over <= begin and in_passing(words(cue), text[over : tokens[cue[0]].start]))
        refused = bool(source) and source[-1][1] <= cue[0] and _REFUSED.search(words(cue)) is not None
        named = " ".join(words(r) for r in source)
        behind = text[tokens[source[0][1] - 1].end] if len(source) == 1 and cue[1] == source[0][0] < min(draft.content) else ""
        beside = bool(source) and source[-1][1] == cue[0]
        none = none or refused or is_excluded(named, words(cue), content, before, after, view=behind == ",", beside=beside, ahead=over <= begin)
        none = none or (draft.parent is None and is_asked(named, before))
        if draft.parent is not None and not none:
            none = draft.strange and draft.inner < STRANGE_FLOOR and _OPENS.match(f"{after}{content}") is None
            none = none or _is_unsaid(text, draft, drafts[draft.parent], tokens)
        if none:
            dropped.add(k)
    if not dropped:
        return drafts

    def above(k: int) -> int | None:
        parent = drafts[k].parent
        while parent is not None and parent in dropped:
            parent = drafts[parent].parent
        return parent

    # What stood in a content and now stands in none needs what those need that never did.
    weak = {k for k, draft in enumerate(drafts) if draft.parent is not None and draft.top < TOP_FLOOR and not draft.alone}
    while low := {k for k in weak - dropped if above(k) is None}:
        dropped |= low
    kept = [k for k in range(len(drafts)) if k not in dropped]
    place = {k: n for n, k in enumerate(kept)}
    parents = [above(k) for k in kept]
    for k, parent in zip(kept, parents, strict=True):
        drafts[k].parent = None if parent is None else place[parent]
    return [drafts[k] for k in kept]


def _doubles(k: int, drafts: Sequence[_Draft], text: str, tokens: Sequence[Token]) -> bool:
    """Whether it is but a quotation mark between another's source and cue: 'said that it "deeply | regrets'."""
    draft = drafts[k]
    first, last = draft.candidate.cue
    if last - first != 1 or tokens[first].shape != MARK or not draft.candidate.source or draft.turn:
        return False
    return any(
        other.candidate.source == draft.candidate.source and draft.candidate.source[-1][1] <= first < other.candidate.cue[0] <= first + 3
        for n, other in enumerate(drafts) if n != k
    )


def _is_unsaid(text: str, draft: _Draft, parent: _Draft, tokens: Sequence[Token]) -> bool:
    """Whether *draft* is only what *parent* wants or foresees."""

    def span(run: Run) -> Span:
        return tokens[run[0]].start, tokens[run[1] - 1].end

    (begin, end), source = span(parent.candidate.cue), draft.candidate.source
    after = [i for i in parent.content if i >= parent.candidate.cue[1]]
    act, _ = act_of(text[begin:end], text[tokens[min(after)].start :][:120] if after else "")
    return is_unsaid(text, act, end, span(source[0]) if source else None, span(draft.candidate.cue))


def _speaking_before(draft: _Draft, drafts: Sequence[_Draft], tokens: Sequence[Token]) -> tuple[Run, ...]:
    """The source for a block that opens with a bare colon: that of the last statement in the same line before it."""
    first, last = draft.candidate.cue
    if last - first != 1 or tokens[first].shape != MARK or draft.parent is not None:
        return ()
    begin = first
    while begin and not tokens[begin].after_break:
        begin -= 1
    before = [d for d in drafts if begin <= d.candidate.cue[0] < first and d.candidate.source and d.parent is None]
    return max(before, key=lambda d: d.candidate.cue).candidate.source if before else ()


def _whole_name(text: str, source: Run, draft: _Draft, tokens: Sequence[Token]) -> Run:
    """A source that breaks off within a name, with the rest of it: "claims by Orvan | Tellik that"."""
    first, last = source
    end = last
    while text[tokens[end - 1].start].isupper() and end < len(tokens) and end - last < 3:
        word, next_to = tokens[end], text[tokens[end - 1].end : tokens[end].start]
        written = text[word.start : word.end]
        if word.after_break or next_to != " " or not written[0].isupper() or not written.isalpha() or written in _TIMES:
            break
        if end in range(*draft.candidate.cue) or end in draft.content:
            break
        end += 1
    return first, end


def _named_whole(text: str, candidate: Candidate, tokens: Sequence[Token]) -> Candidate:
    """*candidate* whose cue does not begin with the end of its source's name: "the charity Memory | Now said"."""
    first, last = candidate.cue
    if last - first < 2 or not candidate.source or candidate.source[-1][1] != first or tokens[first].after_break:
        return candidate
    before, word = (text[tokens[k].start : tokens[k].end] for k in (first - 1, first))
    speaks = lemma(word) in SPEAKERS and lemma(text[tokens[first + 1].start : tokens[first + 1].end]) in VERBS  # "Ministry | sources said"
    if not (speaks or (before[0].isupper() and word.istitle() and word.isalpha() and word not in _TIMES)) or text[tokens[first + 1].start].isupper():
        return candidate
    return replace(candidate, cue=(first + 1, last), source=(*candidate.source[:-1], (candidate.source[-1][0], first + 1)))


def _coming_with(text: str, draft: _Draft, tokens: Sequence[Token]) -> tuple[Run, ...]:
    """The source of what somebody comes "with": the name that opens the sentence, in "Orlan hit back hours later with the claim that …"."""
    first, last = draft.candidate.cue
    words = [text[token.start : token.end].lower() for token in tokens[max(0, first - 3) : last]]
    if last - first > 3 or words[-1] == "with" or "with" not in words or not set(words).intersection(("the", "a", "an")):
        return ()
    begin = first
    while begin and not tokens[begin].after_break and text[tokens[begin - 1].start : tokens[begin - 1].end] not in ".?!”\"":
        begin -= 1
    end = begin
    while end < first and text[tokens[end].start].isupper():
        end += 1
    return ((begin, end),) if begin < end < first and text[tokens[end].start : tokens[end].end] in _CAME else ()


def _owner(text: str, draft: _Draft, tokens: Sequence[Token]) -> tuple[Run, ...]:
    """The source of a claim that a noun names right behind whose it is: "accepts the agencies' conclusion that …"."""
    first, last = draft.candidate.cue
    since = tokens[max(0, first - 7)].start
    at = owner(text[tokens[first].start : tokens[last - 1].end], text[since : tokens[first].start])
    if at is None:
        return ()
    begin = next((k for k in range(max(0, first - 7), first) if tokens[k].start >= since + at), first)
    end = next((k for k in range(begin, first) if text[tokens[k].start] in "'’"), first)
    return ((begin, end),) if begin < end and draft.content.isdisjoint(range(begin, end)) else ()


def _runs(content: Sequence[int], encoding: Encoding) -> list[Run]:
    """Maximal runs of token numbers; a line break between two tokens ends a run."""
    out: list[Run] = []
    for i in content:
        if out and out[-1][1] == i and not encoding.text.tokens[i].after_break:
            out[-1] = (out[-1][0], i + 1)
        else:
            out.append((i, i + 1))
    return out


def _with_marks(span: Span, stretches: Sequence[Stretch], starts: Sequence[int]) -> Span:
    """*span* with the quotation marks that belong to it at its edges, and without half a pair."""
    start, end = span
    i = bisect_right(starts, start) - 1
    if i >= 0 and start < stretches[i].end and start - stretches[i].inner_start <= 1 and start >= stretches[i].start:
        start = stretches[i].start
    i = bisect_right(starts, end - 1) - 1
    if i >= 0 and end <= stretches[i].end and stretches[i].inner_end - end <= 1 and stretches[i].start >= start:
        end = stretches[i].end
    return start, end


def _whole(
    text: str, content: Span, taken: Sequence[Span], used: Sequence[Span], stretches: Sequence[Stretch], starts: Sequence[int]
) -> Span:
    """*content* with the first words of a quotation that it ends with; what is cue, source (*taken*) or another's (*used*) stays out."""
    start, end = content
    i = bisect_right(starts, start) - 1
    if i < 0 or not stretches[i].inner_start < start < stretches[i].end or end < stretches[i].inner_end:
        return content
    first = stretches[i].start
    lead = text[stretches[i].inner_start : start]
    few = len(lead.split()) <= 2 and not re.search(r"[.!?:;]", lead)
    if not few:  # whole sentences before it: one voice speaks in a pair of marks
        k = bisect_right(used, first, key=lambda s: s[1])
        if stretches[i].single or not stretches[i].closed or not re.search(r"[.!?…]\s*\Z", lead) or any(s < start for s, _ in used[k : k + 1]):
            return content
    if any(first < e and s < start for s, e in taken):
        return content
    return first, end


def _continued(text: str, content: list[Span], used: Sequence[Span], stretches: Sequence[Stretch], starts: Sequence[int]) -> list[Span]:
    """Content whose last stretch did not close goes on in the next paragraph that re-opens the marks, unless it is *used* for another."""
    out = list(content)
    while out:
        i = bisect_right(starts, out[-1][1] - 1) - 1
        if i < 0 or i + 1 >= len(stretches) or stretches[i].closed or out[-1][1] < stretches[i].end:
            break
        following = stretches[i + 1]
        if text[stretches[i].end : following.start].strip() or following.single:
            break
        k = bisect_right(used, following.start, key=lambda s: s[1])
        if any(following.start < e and s < following.end for s, e in (*out, *used[k : k + 1])):
            break
        out.append((following.start, following.end))
    return out


def _from_before(text: str, content: list[Span], used: Sequence[Span], stretches: Sequence[Stretch], starts: Sequence[int]) -> list[Span]:
    """Content that re-opens the marks of a paragraph before, which were left open there, begins in that one, unless it is *used* for another."""
    out = list(content)
    while True:
        i = bisect_left(starts, out[0][0])
        if not 0 < i < len(stretches) or starts[i] != out[0][0]:
            return out
        before = stretches[i - 1]
        if before.closed or before.single or text[before.start] != text[starts[i]] or text[before.end : starts[i]].strip():
            return out
        if not _opens(text, before.start) or not _opens(text, starts[i]):
            return out
        k = bisect_right(used, before.start, key=lambda s: s[1])
        if any(s < before.end for s, _ in used[k : k + 1]):
            return out
        out.insert(0, (before.start, before.end))


def _opens(text: str, at: int) -> bool:
    """Whether character *at* is the first of its paragraph."""
    return not text[max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1 : at].strip()


def _first_person_on(text: str, content: Spans, cues: Sequence[int]) -> Spans:
    """A block without quotation marks goes on in paragraphs that begin in the first person: the voice has not changed.

    Not in those in which a cue begins (*cues*, characters): they tell somebody's statement of their own.
    """
    out = list(content)
    for _ in range(_PARAGRAPHS):
        found = _GOES_ON.match(text, out[-1][1])
        if found is None or any(found.start(1) <= at < found.end(1) for at in cues):
            break
        out.append((found.start(1), found.start(1) + len(found[1].rstrip())))
    return tuple(out)


def _quoted_on(text: str, made: list[Statement], stretches: Sequence[Stretch]) -> list[Statement]:
    """*made* with the quotations of whole sentences which nobody has: who speaks in the last sentence before goes on there."""
    tops = [k for k, s in enumerate(made) if s.parent is None]
    taken = sorted(span for k in tops for spans in (made[k].source, made[k].cue, made[k].content) for span in spans)
    ends = {
        max(end for spans in (made[k].source, made[k].cue, made[k].content) for _, end in spans): k
        for k in tops if made[k].quoted or (made[k].act in _TELLS and made[k].source)
    }
    last = sorted(ends)
    out = list(made)
    for stretch in stretches:
        start, end = stretch.start, stretch.end
        said = text[stretch.inner_start : stretch.inner_end].rstrip()
        alone = (_ENDS_LINE if _opens(text, start) else _NEXT).match(text, end) is not None and (_opens(text, start) or said[:1].isupper())
        if not alone or stretch.single or not stretch.closed or len(said.split()) < _WORDS or not said.endswith((".", "!", "?", "…")):
            continue
        near = max(0, bisect_right(taken, (start, 0)) - 1)
        if any(a < end and start < b for a, b in taken[near : near + 3]):
            continue
        i = bisect_right(last, start) - 1
        if i < 0 or not _ENDS.fullmatch(text, last[i], start):
            continue
        k = ends[last[i]]
        form = "mixed" if out[k].form == "indirect" else out[k].form
        out[k] = replace(out[k], content=(*out[k].content, (start, end)), quoted=(*out[k].quoted, (start, end)), form=form)
        ends[end] = k
        insort(last, end)
    return out


def _behind_colons(text: str, made: Sequence[Statement], stretches: Sequence[Stretch], bounds: Sequence[Span]) -> list[Statement]:
    """The quotations of whole sentences behind a colon that nobody has, as said by who speaks last in that sentence: "named Orlan: “…”"."""
    taken = sorted(span for s in made for spans in (s.source, s.cue, s.content) for span in spans)
    tops = sorted((s.cue[0][0], s.source) for s in made if s.parent is None and s.cue and s.source)
    out = []
    for stretch in stretches:
        start, end, said = stretch.start, stretch.end, text[stretch.inner_start : stretch.inner_end].rstrip()
        whole = stretch.closed and not stretch.single and len(said.split()) >= _WORDS and said.endswith((".", "!", "?", "…"))
        if not whole or text[max(0, start - 2) : start] != ": " or not said[:1].isupper():
            continue
        near = max(0, bisect_right(taken, (start - 2, 0)) - 1)
        k = bisect_right(bounds, start - 2, key=_first) - 1
        i = bisect_left(tops, start, key=_first) - 1
        if k < 0 or i < 0 or tops[i][0] < bounds[k][0] or any(a < end and start - 2 < b for a, b in taken[near : near + 3]):
            continue
        out.append(Statement(
            source=tops[i][1], cue=((start - 2, start - 1),), content=((start, end),), quoted=((start, end),), form="direct", act="say",
            negated=False, parent=None, confidence=ORPHAN,
        ))
    return out


def _first(pair: tuple[int, object]) -> int:
    return pair[0]


# What may stand between the last words of a statement and the next paragraph: the rest of its sentence.
_ENDS = re.compile(r"[^.!?\n“”\"]{0,100}(?:[.!?”\"’']{0,3}\s*\n\s*|(?:[.!?]| ?[–—]| --)[”\"’']{0,2}[ \t]+)|(?<=[.!?][”\"’]) ")
# What follows such a quotation: the end of its paragraph, or another sentence.
_ENDS_LINE = re.compile(r"[ \t\r]*(?:\n|\Z)")
_NEXT = re.compile(r"[ \t\r]*(?:\n|\Z|(?<= )[“\"A-Z])")
# Acts that a quotation behind them goes on with.
_TELLS = frozenset(("say", "announce", "claim", "warn"))
# Words of a quotation that goes on in a paragraph of its own.
_WORDS = 5


def _ordered(made: list[Statement]) -> tuple[Statement, ...]:
    def first(k: int) -> tuple[int, int]:
        s = made[k]
        return min(a for spans in (s.source, s.cue, s.content) for a, _ in spans), s.cue[0][0] if s.cue else s.content[0][0]

    order = sorted(range(len(made)), key=first)
    place = {k: i for i, k in enumerate(order)}
    return tuple(replace(made[k], parent=None if (p := made[k].parent) is None else place[p]) for k in order)

