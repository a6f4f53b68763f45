"""Readings: what the models make of one text, a function of text and models and nothing else."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from sayso.dates.expression import TimeExpression
from sayso.dates.saying import Saying
from sayso.errors import SaysoError
from sayso.language.line_marks import line_marks
from sayso.language.link_text import blanked, link_text
from sayso.mentions.mention import Entity, Mention, Speaker
from sayso.reports import content_hash
from sayso.spans import Spans, normalised, without
from sayso.statements import Statement

T = TypeVar("T")

# Texts that wait for each worker process: enough to keep it busy, few enough to keep memory flat.
_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """What the models with this id found in one text of record.

    Statements and mentions stand in the order of their first character; speakers has one entry a statement, None where the
    text names none; said one, None where the text does not tell when it was made. times are the expressions of time.
    """

    text_id: str
    models: str
    statements: tuple[Statement, ...]
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    speakers: tuple[Speaker | None, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    said: tuple[Saying | None, ...] = ()


def shared_models() -> str:
    """Id of the models that this process reads with."""
    from sayso.attribution.engine import shared_engine
    from sayso.dates import lexicon as dates
    from sayso.mentions import lexicon as mentions

    return content_hash(shared_engine().id, mentions.tables_id(), dates.tables_id())[:16]


def read_text(text: str) -> Reading:
    """The reading of *text*."""
    from sayso.attribution.engine import shared_engine
    from sayso.dates.ranking import sayings
    from sayso.dates.recogniser import expressions, lay_out
    from sayso.dates.saying import as_past
    from sayso.mentions.speakers import find

    text_id, linked, marked = content_hash(text), link_text(text), line_marks(text)
    whole = blanked(text, linked)
    text = blanked(whole, marked)
    unread = normalised((*linked, *marked))
    engine = shared_engine()
    encoding = engine.encode(text)
    statements = engine.statements(text, encoding)
    found = find(text, encoding, statements, engine.network.transitions["name"])
    page = lay_out(whole)
    times = expressions(page)
    quoted = [(s.start, s.end) for s in encoding.text.stretches]
    said = sayings(page, times, statements, found.speakers, found.mentions, quoted, encoding)
    if unread:
        statements = tuple(_beside(s, unread) for s in statements)
    return Reading(
        text_id, shared_models(), statements, found.mentions, found.entities, found.speakers, as_past(times, said), said
    )


def _beside(statement: Statement, unread: Spans) -> Statement:
    """*statement* without the characters that were not read."""
    parts = (statement.source, statement.cue, statement.content, statement.quoted)
    begin, end = min(a for spans in parts for a, _ in spans), max(b for spans in parts for _, b in spans)
    within = unread[bisect_left(unread, (begin, begin)) : bisect_left(unread, (end, end))]
    if not within:
        return statement
    source, cue, content, quoted = (without(spans, within) for spans in parts)
    return replace(statement, source=source, cue=cue, content=content, quoted=quoted)


def read_texts(items: Iterable[tuple[str | None, T]], *, jobs: int = 1) -> Generator[tuple[T, Reading | Exception | None], None, None]:
    """Each thing with the reading of its text, in order; ``jobs`` worker processes read beside each other.

    A thing without a text (None) keeps its place in the stream and comes back with None; one whose text lays a bug open
    comes back with the exception, and the rest goes on. Raises SaysoError if a worker dies.
    """
    if jobs <= 1:
        for text, thing in items:
            yield thing, None if text is None else tried(partial(read_text, text))
        return
    from sayso.workers import Workers

    waiting: deque[tuple[T, Future[Reading] | None]] = deque()
    with Workers(read_text, jobs) as workers:
        for text, thing in items:
            waiting.append((thing, None if text is None else workers.submit(text)))
            while len(waiting) > _AHEAD * jobs or (waiting and waiting[0][1] is None):
                done, future = waiting.popleft()
                yield done, None if future is None else tried(future.result)
        while waiting:
            done, future = waiting.popleft()
            yield done, None if future is None else tried(future.result)


def tried(do: Callable[[], T]) -> T | Exception:
    """What *do* gives, or the exception that nobody foresaw: a bug. What is the user's to mend is raised."""
    try:
        return do()
    except (SaysoError, MemoryError):
        raise
    except Exception as error:
        return error
