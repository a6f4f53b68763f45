"""Quotes as they lie in the database: stretches, what they are looked up by, links between them, and which quote each is in."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from sayso.quotes.copies import are_copies, may_copy, runs_of, sampled
from sayso.quotes.grouping import group
from sayso.quotes.lexicon import tables_id
from sayso.quotes.links import NEAR, is_few, linked, marks, may_link
from sayso.quotes.speakers import SpeakerKey, compatible
from sayso.quotes.stretches import Stretch
from sayso.quotes.words import words_of
from sayso.record import dates
from sayso.record.filters import Wanted, fold
from sayso.record.held import statements_held
from sayso.record.judgements import Judgement, Place, other_place
from sayso.record.rows import get_report
from sayso.reports import Report, content_hash
from sayso.spans import surface

#: Tables of quotes: all of it follows from readings, resolutions and judgements, and is made anew where those change. Links are
#: written from either end.
QUOTE_TABLES: Final = """
CREATE TABLE stretches (
  stretch INTEGER PRIMARY KEY,       -- its key, as a number
  report_id TEXT NOT NULL REFERENCES reports,
  number INTEGER,                    -- of the statement in the report's reading
  spans TEXT NOT NULL,               -- JSON
  remark INTEGER NOT NULL,           -- first stretch of what is said in one go
  speaker TEXT,                      -- JSON
  published TEXT,
  content INTEGER NOT NULL, kinds INTEGER NOT NULL,  -- words of content, and different ones among them
  quote INTEGER                      -- first stretch of the quote that it is in
);
CREATE INDEX stretches_report ON stretches (report_id, remark);
CREATE INDEX stretches_quote ON stretches (quote) WHERE quote IS NOT NULL;

CREATE TABLE stretch_marks (
  mark INTEGER NOT NULL, few INTEGER NOT NULL,
  day INTEGER NOT NULL,              -- 0 where it is not known
  stretch INTEGER NOT NULL,
  PRIMARY KEY (mark, few, day, stretch)
) WITHOUT ROWID;

CREATE TABLE stretch_links (
  stretch INTEGER NOT NULL, other INTEGER NOT NULL,
  PRIMARY KEY (stretch, other)
) WITHOUT ROWID;

CREATE TABLE text_marks (
  mark INTEGER NOT NULL, text_id TEXT NOT NULL REFERENCES texts,
  PRIMARY KEY (mark, text_id)
) WITHOUT ROWID;

CREATE TABLE text_runs (
  text_id TEXT PRIMARY KEY REFERENCES texts,
  runs INTEGER NOT NULL              -- how many it has
) WITHOUT ROWID;

CREATE TABLE text_copies (
  text_id TEXT NOT NULL REFERENCES texts, other TEXT NOT NULL REFERENCES texts,
  PRIMARY KEY (text_id, other)
) WITHOUT ROWID;

CREATE TABLE quotes_made (
  report_id TEXT PRIMARY KEY REFERENCES reports,
  rules TEXT NOT NULL                -- id of the rules that its stretches were compared by
) WITHOUT ROWID;
"""

#: To be raised whenever sayso.quotes finds, compares or groups otherwise than before.
_RULES: Final = "1"
_TABLES: Final = ("stretches", "stretch_marks", "stretch_links", "text_marks", "text_runs", "text_copies", "quotes_made")
# The most values that one query names.
_AT_ONCE: Final = 500
# The most texts that one is compared with to find its copies.
_COPIES: Final = 200


@cache
def rules() -> str:
    """Id of the rules and tables by which stretches are compared."""
    return content_hash("quotes", _RULES, tables_id())


class Judged:
    """What persons judged of stretches: pairs (keys) that are of one quote, and pairs that are not."""

    def __init__(self, same: Iterable[tuple[str, str]] = (), apart: Iterable[tuple[str, str]] = ()) -> None:
        self.same, self.apart = tuple(sorted(same)), tuple(sorted(apart))
        self.beside: dict[int, set[int]] = defaultdict(set)
        for a, b in self.same:
            self.beside[_number(a)].add(_number(b))
            self.beside[_number(b)].add(_number(a))
        self.stretches: set[int] = {_number(key) for pair in (*self.same, *self.apart) for key in pair}


def judged_stretches(db: sqlite3.Connection, judgements: Iterable[Judgement]) -> Judged:
    """What *judgements* on statements say of the stretches that they quote, in every report of their texts."""
    same: dict[tuple[str, str], bool] = {}  # of two judgements the later holds
    for j in sorted(judgements, key=lambda j: j.order):
        if j.text_id is not None and j.place is not None and j.value is not None:
            others = _stretches_held(db, *other_place(j.value))
            for a in _stretches_held(db, j.text_id, j.place):
                same |= {(min(a, b), max(a, b)): j.kind == "same quote" for b in others if a != b}
    return Judged((pair for pair, one in same.items() if one), (pair for pair, one in same.items() if not one))


def _stretches_held(db: sqlite3.Connection, text_id: str, place: Place) -> list[str]:
    """The first stretch of the statement to which a place holds on, in each report of the text."""
    found = (stretches_at(db, *statement) for statement in statements_held(db, text_id, place))
    return [key for key in found if key is not None]


def put_stretches(
    db: sqlite3.Connection, report_id: str, text: str, found: Sequence[tuple[Stretch, int | None]], judged: Callable[[], Judged]
) -> None:
    """Write the stretches of one report, each with the number of its statement, in place of those it had, and group again what that touches.

    Stretches of earlier versions of the report are taken out.
    """
    _start_anew(db)
    db.execute("INSERT OR REPLACE INTO quotes_made VALUES (?, ?)", (report_id, rules()))
    earlier = "SELECT report_id FROM reports WHERE NOT current AND origin = (SELECT origin FROM reports WHERE report_id = ?)"
    touched: set[int] = set()
    for (other,) in db.execute(earlier, (report_id,)).fetchall():
        if other != report_id:
            touched |= _drop(db, dict(_rows(db, other)))
    new = {_number(s.key): (_row(s, number), s) for s, number in found}
    old = dict(_rows(db, report_id))
    touched |= _drop(db, {n: row for n, row in old.items() if n not in new or new[n][0] != row})
    fresh = [s for n, (row, s) in new.items() if old.get(n) != row]
    if fresh:
        db.executemany(
            f"INSERT INTO stretches VALUES ({', '.join('?' * 9)}, NULL)", [(n, *row) for n, (row, _) in new.items() if old.get(n) != row]
        )
        _link(db, fresh, [s for _, s in new.values()])
        for s in fresh:
            db.executemany("INSERT INTO stretch_marks VALUES (?, ?, ?, ?)", list(_marks_of(s)))
        touched |= {_number(s.key) for s in fresh}
    if touched:
        regroup(db, touched, judged())
    if found:
        _put_text(db, found[0][0].text_id, text)


def _link(db: sqlite3.Connection, fresh: Sequence[Stretch], here: Sequence[Stretch]) -> None:
    """Write the links of *fresh* stretches with all others; *here* are all of their report."""
    pairs = set(linked(here, compatible))
    for s in fresh:
        for n, content, speaker, near in _candidates(db, s):
            if may_link(min(content, _content(s)), compatible(s.speaker, speaker), near):
                pairs.update(pair for other in load(db, [n]) for pair in linked((s, other), compatible))
    numbers = {(_number(a), _number(b)) for a, b in pairs}
    db.executemany("INSERT OR IGNORE INTO stretch_links VALUES (?, ?)", sorted(numbers | {(b, a) for a, b in numbers}))


def _candidates(db: sqlite3.Connection, s: Stretch) -> Iterator[tuple[int, int, SpeakerKey | None, bool]]:
    """The stretches of other reports that may be linked with this one: words of content, who speaks, and whether published about then."""
    pairs, words = marks(s.words)
    few, day = is_few(_content(s)), _day(s.published)
    shared: defaultdict[int, int] = defaultdict(int)
    held: defaultdict[int, int] = defaultdict(int)  # words of content in common with what was published about then
    for part in _parts(pairs):
        for n, count in db.execute(f"SELECT stretch, count(*) FROM stretch_marks WHERE mark IN ({_places(part)}) GROUP BY 1", part):
            shared[n] += count
    for part in _parts(words if day else ()):
        query = f"SELECT stretch, count(*) FROM stretch_marks WHERE mark IN ({_places(part)}) AND few IN (?, 1) AND day BETWEEN ? AND ? GROUP BY 1"
        for n, count in db.execute(query, (*part, 0 if few else 1, day - NEAR, day + NEAR)):
            held[n] += count
    for part in _parts(shared.keys() | held.keys()):
        query = f"SELECT stretch, content, kinds, speaker, published FROM stretches WHERE stretch IN ({_places(part)}) AND report_id <> ?"
        for n, content, kinds, speaker, published in db.execute(query, (*part, s.report_id)):
            other_few = is_few(content)
            near = bool(day and _day(published)) and abs(_day(published) - day) <= NEAR
            by_pairs = shared.get(n, 0) >= (1 if few or other_few else min(2, max(1, len(pairs))))
            if by_pairs or (few and held.get(n, 0) == len(words)) or (other_few and held.get(n, 0) == kinds):
                yield n, content, _speaker(speaker), near


def _marks_of(s: Stretch) -> Iterator[tuple[int, int, int, int]]:
    """Rows by which a stretch is found: single words only where it is known when it was published."""
    pairs, words = marks(s.words)
    day = _day(s.published)
    for mark in pairs | words if day else pairs:
        yield mark, int(is_few(_content(s))), day, _number(s.key)


def _drop(db: sqlite3.Connection, gone: Collection[int]) -> set[int]:
    """Take out these stretches; gives those that were linked with them, or in one quote."""
    out: set[int] = set()
    for s in load(db, gone):
        n = _number(s.key)
        links = [other for (other,) in db.execute("SELECT other FROM stretch_links WHERE stretch = ?", (n,))]
        out |= {*links, *(other for (other,) in db.execute(_BESIDE, (n,)))}
        db.executemany("DELETE FROM stretch_marks WHERE mark = ? AND few = ? AND day = ? AND stretch = ?", list(_marks_of(s)))
        db.executemany("DELETE FROM stretch_links WHERE stretch = ? AND other = ?", [pair for other in links for pair in ((n, other), (other, n))])
    db.executemany("DELETE FROM stretches WHERE stretch = ?", [(n,) for n in sorted(gone)])
    return out - set(gone)


_BESIDE: Final = "SELECT stretch FROM stretches WHERE quote = (SELECT quote FROM stretches WHERE stretch = ?)"
_REMARK: Final = "SELECT o.stretch FROM stretches s JOIN stretches o USING (report_id, remark) WHERE s.stretch = ?"


def regroup(db: sqlite3.Connection, touched: Iterable[int], judged: Judged) -> None:
    """Group the components of *touched* stretches again, and no others."""
    done: set[int] = set()
    for start in sorted(touched):
        if start in done:
            continue
        component, todo = {start}, [start]
        while todo:
            n = todo.pop()
            found = [*db.execute("SELECT other FROM stretch_links WHERE stretch = ?", (n,)), *db.execute(_REMARK, (n,))]
            beside = (x for x in sorted(judged.beside.get(n, ())) if db.execute("SELECT 1 FROM stretches WHERE stretch = ?", (x,)).fetchone())
            for other in (*(x for (x,) in found), *beside):
                if other not in component:
                    component.add(other)
                    todo.append(other)
        done |= component
        members = list(load(db, component))
        parts: defaultdict[tuple[str, str], list[Stretch]] = defaultdict(list)
        for s in members:
            parts[s.report_id, s.remark].append(s)
        places: dict[int, int | None] = dict.fromkeys(component)
        for quote in group(members, compatible=compatible, must=judged.same, cannot=judged.apart):
            for held in (variant.stretch for variant in quote.variants):
                # parts of one remark may have been judged apart
                some = (s for s in parts[held.report_id, held.remark] if set(s.spans) <= set(held.spans))
                places |= dict.fromkeys((_number(s.key) for s in some), _number(quote.first.key))
        db.executemany("UPDATE stretches SET quote = ?1 WHERE stretch = ?2 AND quote IS NOT ?1", [(q, n) for n, q in sorted(places.items())])


# -- copies --------------------------------------------------------------------------------------------------------


def _put_text(db: sqlite3.Connection, text_id: str, text: str) -> None:
    """Find the texts that are nearly the same as this one, unless that was done."""
    if db.execute("SELECT 1 FROM text_runs WHERE text_id = ?", (text_id,)).fetchone() is not None:
        return
    runs = runs_of(text)
    held = [run >> 3 for run in sampled(runs)]  # a number of SQLite has 63 bits, and those of sampled runs end with three zeros
    counts: defaultdict[str, int] = defaultdict(int)
    for part in _parts(held):
        for other, count in db.execute(f"SELECT text_id, count(*) FROM text_marks WHERE mark IN ({_places(part)}) GROUP BY 1", part):
            counts[other] += count
    for other in sorted(counts, key=lambda o: (-counts[o], o))[:_COPIES]:
        size, other_text = db.execute("SELECT runs, text FROM text_runs JOIN texts USING (text_id) WHERE text_id = ?", (other,)).fetchone()
        if may_copy(counts[other], len(runs), size) and are_copies(runs, runs_of(other_text)):
            db.executemany("INSERT INTO text_copies VALUES (?, ?)", [(text_id, other), (other, text_id)])
    db.execute("INSERT INTO text_runs VALUES (?, ?)", (text_id, len(runs)))
    db.executemany("INSERT INTO text_marks VALUES (?, ?)", [(run, text_id) for run in held])


def copied(db: sqlite3.Connection, texts: Collection[str]) -> dict[str, str]:
    """For each of *texts* (ids) the one that stands for it and its copies among them: the smallest."""
    out: dict[str, str] = {}
    there = set(texts)
    links: defaultdict[str, list[str]] = defaultdict(list)
    for a, b in db.execute("SELECT text_id, other FROM text_copies"):
        links[a].append(b)
    for start in sorted(there):
        todo = [] if start in out else [start]
        while todo:
            one = todo.pop()
            if one not in out:
                out[one] = start
                todo += [other for other in links.get(one, ()) if other in there]
    return out


# -- asking --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Member:
    """A stretch of a quote: where it stands."""

    quote: int
    report_id: str
    number: int | None
    spans: tuple[tuple[int, int], ...]
    published: str | None


def members(db: sqlite3.Connection, quotes: Collection[int] | None = None) -> Iterator[Member]:
    """The stretches of all quotes, or of these, by quote."""
    query = "SELECT quote, report_id, number, spans, published FROM stretches WHERE quote {} ORDER BY quote, report_id, stretch"
    found: Iterator[Any] = iter(db.execute(query.format("IS NOT NULL"))) if quotes is None else (
        row for part in _parts(quotes) for row in db.execute(query.format(f"IN ({_places(part)})"), part)
    )
    for quote, report_id, number, spans, published in found:
        yield Member(quote, report_id, number, _spans(spans), published)


def matching(db: sqlite3.Connection, wanted: Wanted, outlet: str, text: str) -> Callable[[Member], bool]:
    """Whether a stretch matches; asked by report, so that what is known of one is not looked up for each."""
    known: tuple[str, Report, dict[int, tuple[str, str]], dict[int, list[str | None]]] | None = None

    def fits(member: Member) -> bool:
        nonlocal known
        if known is None or known[0] != member.report_id:
            rows = db.execute(
                "SELECT number, source_text, cue_text, content_text FROM statements WHERE report_id = ?", (member.report_id,)
            )
            parts = {number: [source, cue, content] for number, source, cue, content in rows}
            known = member.report_id, get_report(db, member.report_id), dates.days(db, member.report_id), parts
        _, report, days, parts = known
        words = surface(report.text, member.spans)
        number = -1 if member.number is None else member.number
        return (
            outlet in fold(report.publication.outlet) and text in fold(words)
            and wanted.said_then(days.get(number), report.publication.published)
            and wanted.holds(member.report_id, number, parts.get(number, [None, None, words]))
        )

    return fits


def quote_under(db: sqlite3.Connection, quote_id: str) -> int | None:
    """The quote that has this id, or had it before it began earlier or was joined with another."""
    told = db.execute("SELECT quote FROM stretches WHERE stretch = ?", (_TOLD.get(quote_id),)).fetchone()
    if told is not None and told[0] is not None:
        return int(told[0])
    query = "SELECT stretch, quote FROM stretches WHERE quote IS NOT NULL ORDER BY quote <> stretch, stretch"
    return next((quote for n, quote in db.execute(query) if content_hash("quote", _key(n)) == quote_id), None)


#: Stretches by the ids that quotes have of them: those that were told lately, for an id cannot be turned back into what it is of.
_TOLD: Final[dict[str, int]] = {}
_REMEMBERED: Final = 100_000


def id_of(quote: int) -> str:
    """The id of a quote."""
    made = content_hash("quote", _key(quote))
    if len(_TOLD) >= _REMEMBERED:
        _TOLD.clear()
    _TOLD[made] = quote
    return made


def remark(db: sqlite3.Connection, report_id: str, first: int) -> list[Stretch]:
    """The stretches of what is said in one go, from its first."""
    return list(load(db, [n for (n,) in db.execute("SELECT stretch FROM stretches WHERE report_id = ? AND remark = ?", (report_id, first))]))


def stretches_in(db: sqlite3.Connection, quote: int) -> list[Stretch]:
    """The stretches of one quote."""
    return list(load(db, [n for (n,) in db.execute("SELECT stretch FROM stretches WHERE quote = ?", (quote,))]))


def statement_under(db: sqlite3.Connection, quote_id: str) -> str | None:
    """The statement that quotes the first stretch of what was a quote under this id."""
    number = _TOLD.get(quote_id)
    if number is None:
        every = (n for (n,) in db.execute("SELECT stretch FROM stretches"))
        number = next((n for n in every if content_hash("quote", _key(n)) == quote_id), None)
    query = "SELECT statement_id FROM stretches JOIN statements USING (report_id, number) WHERE stretch = ?"
    row = db.execute(query, (number,)).fetchone()
    return None if row is None else str(row[0])


def quoted_in(db: sqlite3.Connection, report_id: str) -> dict[int, tuple[str, int]]:
    """For the statements of a report that quote what others do, too: the id of the quote, and how many reports carry it."""
    rows = db.execute(
        "SELECT number, quote, (SELECT count(DISTINCT o.report_id) FROM stretches o WHERE o.quote = s.quote) FROM stretches s "
        "WHERE report_id = ? AND quote IS NOT NULL AND number IS NOT NULL", (report_id,),
    )  # fmt: skip
    return {number: (id_of(quote), reports) for number, quote, reports in rows}


def stretches_at(db: sqlite3.Connection, report_id: str, number: int) -> str | None:
    """The first stretch of a statement (its key), if it has any."""
    rows = db.execute("SELECT spans, stretch FROM stretches WHERE report_id = ? AND number = ?", (report_id, number))
    first = min(((_spans(spans), n) for spans, n in rows), default=None)
    return None if first is None else _key(first[1])


def load(db: sqlite3.Connection, numbers: Collection[int]) -> Iterator[Stretch]:
    """These stretches, in the order of their reports."""
    query = (
        "SELECT report_id, stretch, spans, remark, speaker, s.published, text_id, statement_id FROM stretches s "
        "JOIN reports USING (report_id) LEFT JOIN statements USING (report_id, number) WHERE stretch IN ({})"
    )
    rows = sorted(row for part in _parts(numbers) for row in db.execute(query.format(_places(part)), part))
    text_of: tuple[str, str] = "", ""
    for report_id, n, spans, remark, speaker, published, text_id, statement_id in rows:
        if text_of[0] != text_id:
            text_of = text_id, db.execute("SELECT text FROM texts WHERE text_id = ?", (text_id,)).fetchone()[0]
        where, text = _spans(spans), text_of[1]
        yield Stretch(
            _key(n), report_id, text_id, statement_id, where, surface(text, where), words_of(text, where), _speaker(speaker), published, _key(remark)
        )


def _rows(db: sqlite3.Connection, report_id: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    query = "SELECT stretch, report_id, number, spans, remark, speaker, published, content, kinds FROM stretches WHERE report_id = ?"
    for n, *row in db.execute(query, (report_id,)):
        yield n, tuple(row)


def _row(s: Stretch, number: int | None) -> tuple[Any, ...]:
    key = s.speaker
    speaker = [key.id, key.kind, *map(sorted, (key.members, key.path, key.around)), key.sure] if isinstance(key, SpeakerKey) else None
    return (
        s.report_id, number, _dumped(s.spans), _number(s.remark or s.key), None if speaker is None else _dumped(speaker), s.published,
        _content(s), len(marks(s.words)[1]),
    )  # fmt: skip


def _speaker(value: str | None) -> SpeakerKey | None:
    if value is None:
        return None
    actor, kind, members, path, around, sure = json.loads(value)
    return SpeakerKey(actor, kind, frozenset(members), frozenset(path), frozenset(around), sure)


def _spans(value: str) -> tuple[tuple[int, int], ...]:
    return tuple((a, b) for a, b in json.loads(value))


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _content(s: Stretch) -> int:
    return sum(word.content for word in s.words)


def _day(published: str | None) -> int:
    return 0 if published is None else date.fromisoformat(published[:10]).toordinal()


def _number(key: str) -> int:
    """A key of sixteen hexadecimal digits as a number of SQLite's."""
    n = int(key, 16)
    return n - 2**64 if n >= 2**63 else n


def _key(number: int) -> str:
    return f"{number % 2**64:016x}"


def _start_anew(db: sqlite3.Connection) -> None:
    """Take out all that other rules made, if there is such."""
    if db.execute("SELECT 1 FROM quotes_made WHERE rules <> ? LIMIT 1", (rules(),)).fetchone() is not None:
        for table in _TABLES:
            db.execute(f"DELETE FROM {table}")


def _parts(values: Collection[Any]) -> Iterator[list[Any]]:
    some = sorted(values)
    for begin in range(0, len(some), _AT_ONCE):
        yield some[begin : begin + _AT_ONCE]


def _places(part: Sequence[Any]) -> str:
    return ", ".join("?" * len(part))
