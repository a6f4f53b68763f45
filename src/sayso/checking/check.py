"""A check: quotations held against transcripts, one verdict each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sayso.analysis import Analysis
from sayso.checking.passages import Source
from sayso.checking.transcripts import Transcript, Turn, same_speaker
from sayso.checking.transcripts import transcript as parsed
from sayso.checking.verdicts import VERDICTS, Finding, judge
from sayso.language.quotation import quoted_stretches
from sayso.quotes.stretches import quotations
from sayso.quotes.words import Wording, keys, words_of
from sayso.reports import Report
from sayso.spans import GAP, Span, Spans, surface

_LONGEST: Final = 3000  # words
_BEFORE_MARK: Final = re.compile(r" (?=[,.;:!?])")  # where a tag stood
_TELLING: Final = 2  # words of content
_RANK: Final = {verdict: n for n, verdict in enumerate(VERDICTS)}


@dataclass(frozen=True)
class Check:
    """One quotation and what became of it: *finding* is that of the *transcript* which has it best.

    *spans* are the quotation's characters in *text* (the report's, or the quotation itself), marks apart; *speaker* is who the
    report says said it, *statement* the id of the statement that carries it.
    """

    text: str
    spans: Spans
    finding: Finding
    transcript: Transcript | None
    speaker: str | None = None
    statement: str | None = None
    report: Report | None = None

    @property
    def quote(self) -> str:
        return surface(self.text, self.spans)

    @property
    def verdict(self) -> str:
        return self.finding.verdict

    @property
    def passage(self) -> str | None:
        """What the transcript has, the pieces joined by " … "."""
        return GAP.join(map(self._said, self.finding.passages)) if self.finding.passages else None

    def _said(self, span: Span) -> str:
        """The transcript's words in *span*; of captions without their numbers, times and tags."""
        if self.transcript is None:
            return ""
        if not self.transcript.captions:
            return self.transcript.report.text[slice(*span)]
        return _BEFORE_MARK.sub("", _line(self.transcript.spoken[slice(*span)]))

    @property
    def said_by(self) -> tuple[str, ...]:
        """The labels of the turns in which it stands."""
        if self.transcript is None:
            return ()
        turns = [turn for turn in self.transcript.turns if turn.spans]
        return tuple(dict.fromkeys(label for n in self.finding.turns if (label := turns[n].label) is not None))

    @property
    def passes(self) -> bool:
        """Whether a desk can let it through: word for word, or shortened without loss and, inside, visibly."""
        finding = self.finding
        if finding.verdict == "verbatim":
            return True
        return finding.verdict == "trimmed" and not finding.lost and (finding.disclosed or "middle" not in finding.cuts)

    def row(self) -> dict[str, Any]:
        """The check as a row: what ``sayso check --format jsonl`` prints."""
        finding, where = self.finding, self.transcript
        return {
            "quote": self.quote,
            "spans": [list(span) for span in self.spans],
            "verdict": finding.verdict,
            "passes": self.passes,
            "cuts": list(finding.cuts),
            "lost": list(finding.lost),
            "disclosed": finding.disclosed,
            "passage": None if where is None or not finding.passages else {
                "text": self.passage, "spans": [list(span) for span in finding.passages], "transcript": where.origin, "speakers": list(self.said_by),
            },
            "diff": [
                {
                    "kind": d.kind, "quote": list(d.quote), "passage": list(d.passage), "disclosed": d.disclosed,
                    "quoted": self.text[slice(*d.quote)], "said": _line(self._said(d.passage)),
                }
                for d in finding.differences
            ],
            "share": round(finding.share, 3),
            "speaker": self.speaker,
            "statement": self.statement,
            "report": None if self.report is None else {
                "id": self.report.id, "path": self.report.origin, "outlet": self.report.publication.outlet, "title": self.report.publication.title,
                "published": self.report.publication.published, "url": self.report.publication.url,
            },
        }  # fmt: skip


def _line(text: str) -> str:
    return " ".join(text.split())


def check_quote(quote: str, transcripts: Iterable[Transcript | str], *, speaker: str | None = None) -> Check:
    """Hold one quotation against *transcripts* (as read_transcripts gives them, or their text).

    *speaker* is the name of who is said to have said it. Marks around the quotation are not part of it. Raises ValueError for
    a quotation without words.
    """
    spans = _unmarked(quote)
    words = words_of(quote, spans)
    if not words:
        raise ValueError("a quotation without a word in it: give the words that are said to have been said")
    if len(words) > _LONGEST:
        raise ValueError(f"a quotation of more than {_LONGEST:,} words: give one passage at a time")
    return _best(quote, spans, _sources(transcripts), (speaker,) if speaker else (), ())


def check(report: Analysis, transcripts: Iterable[Transcript | str]) -> Iterator[Check]:
    """Hold every quoted stretch of a report against *transcripts*, in the order of the report.

    Stretches of one statement that the cue splits inside a sentence are one quotation; of a block quotation every paragraph is one.
    """
    sources = _sources(transcripts)
    text = report.report.text
    for number, spans in _single(text, report):
        statement, voice = report.statements[number], report.voices[number]
        names = [voice.speaker.name] if voice.speaker and voice.speaker.kind == "person" else []
        if statement.source:
            names.append(surface(text, statement.source))
        parts = statement.source + statement.cue + statement.content
        context = () if statement.form in ("direct", "block") else _context(text, parts, statement.quoted)
        made = _best(text, spans, sources, tuple(names), context)
        speaker = voice.speaker.name if voice.speaker else names[0] if names else None
        yield Check(text, spans, made.finding, made.transcript, speaker, statement.id(report.report.id), report.report)


def _single(text: str, report: Analysis) -> Iterator[tuple[int, Spans]]:
    """What is quoted, one thing at a time: of a block quotation every paragraph, of a hostile one what can be held against anything."""
    for number, spans in quotations(text, report.statements):
        for one in ((span,) for span in spans) if report.statements[number].form == "block" else (spans,):
            words = words_of(text, one)
            if len(words) > _LONGEST:
                yield number, ((one[0][0], words[_LONGEST - 1].end),) if words[_LONGEST - 1].end <= one[0][1] else one[:1]
            elif words:
                yield number, one


def _sources(transcripts: Iterable[Transcript | str]) -> list[Source]:
    return [Source(parsed(t) if isinstance(t, str) else t) for t in transcripts]


def _unmarked(quote: str) -> Spans:
    """The quotation without the marks around it; between two quoted stretches stands a cue."""
    stretches = quoted_stretches(quote)
    if stretches and stretches[0].start <= len(quote) - len(quote.lstrip()) and stretches[-1].end >= len(quote.rstrip()) - 1:
        return tuple((s.inner_start, s.inner_end) for s in stretches)
    return ((0, len(quote)),) if quote else ()


def _context(text: str, parts: Spans, quoted: Spans) -> tuple[str, ...]:
    """Keys of the words of a statement that are not quoted."""
    words = words_of(text, sorted(parts))
    return keys([word for word in words if not any(a <= word.start < b for a, b in quoted)])


def _best(text: str, spans: Spans, sources: Sequence[Source], names: Sequence[str], context: Sequence[str]) -> Check:
    quote = words_of(text, spans)
    best: tuple[tuple[int, float, int], Finding, Source] | None = None
    for number, source in enumerate(sources):
        finding = _finding(source, quote, names, context)
        rank = (_RANK[finding.verdict], -finding.share, number)
        if best is None or rank < best[0]:
            best = (rank, finding, source)
    if best is None or best[1].verdict == "not found":
        return Check(text, spans, Finding("not found", share=best[1].share if best else 0.0), None, names[0] if names else None)
    return Check(text, spans, best[1], best[2].transcript, names[0] if names else None)


def _finding(source: Source, quote: Wording, names: Sequence[str], context: Sequence[str]) -> Finding:
    """The finding among what the speaker says; else, where others say it better, that."""
    turns = [turn for turn in source.transcript.turns if turn.spans]
    anywhere = judge(source, quote, context=context)
    if not names or anywhere.verdict == "not found":
        return anywhere
    if sum(word.content for word in quote) < _TELLING:  # a word that anybody says: it must be the speaker who says it
        labelled = [turn.label is not None and not turn.answers and not any(same_speaker(n, turn.label) for n in names) for turn in turns]
        return judge(source, quote, allowed=lambda word: not labelled[source.turn(word)], context=context)
    theirs = [_says(turn, turns, names) for turn in turns]
    if not any(theirs[n] is False for n in anywhere.turns):
        return anywhere
    own = judge(source, quote, allowed=lambda word: theirs[source.turn(word)] is not False, context=context)
    if own.verdict != "not found" and (_RANK[own.verdict] <= _RANK[anywhere.verdict] or own.share >= anywhere.share):
        return own
    if all(theirs[n] is False for n in anywhere.turns):
        return Finding(
            "other speaker", anywhere.passages, anywhere.differences, anywhere.cuts, anywhere.lost, anywhere.disclosed, anywhere.share, anywhere.turns
        )
    return anywhere


def _says(turn: Turn, turns: Sequence[Turn], names: Sequence[str]) -> bool | None:
    """Whether a turn is the speaker's. It is another's only where the transcript has turns of the speaker's, or it asks the questions."""
    if turn.label is None:
        return None
    told = [same_speaker(name, turn.label) for name in names]
    if True in told:
        return True
    if turn.asks and False in told:
        return False
    known = any(same_speaker(name, other.label) for name in names for other in turns if other.label)
    return False if known and False in told else None
