"""Quotes as they lie in the database: stretches, what they are looked up by, links between them, and which quote each is in."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from hashlib import blake2b
from typing import Any, Final

from sayso.claims.encoder import Floats, shared_encoder
from sayso.quotes.copies import are_copies, may_copy, runs_of, sampled
from sayso.quotes.grouping import founder_id, gist, parted
from sayso.quotes.lexicon import tables_id
from sayso.quotes.links import is_few, linked, marks, may_link
from sayso.quotes.speakers import SpeakerKey, compatible
from sayso.quotes.stretches import NEAR, Stretch
from sayso.quotes.translations import ALIKE, Translations, may_be_one, vector
from sayso.quotes.words import keys, words_of
from sayso.record.batches import batches, slots
from sayso.record.held import statements_held
from sayso.record.judgements import Judgement, Place, other_place
from sayso.record.packing import dumped, id_number, is_id, number_id, packed_spans, unpacked_spans
from sayso.record.rows import number_of
from sayso.record.vectors import from_halves, halves
from sayso.reports import content_hash
from sayso.spans import surface

#: Tables of quotes: all of it follows from readings, resolutions and judgements, and is made anew where those change. Links are
#: written from either end; not all of them, but so many that what is linked hangs together (_link).
QUOTE_TABLES: Final = """
CREATE TABLE stretches (
  place INTEGER PRIMARY KEY,
  stretch INTEGER NOT NULL UNIQUE,   -- its key, as a number
  report INTEGER NOT NULL REFERENCES reports,
  number INTEGER,                    -- of the statement in the report's reading
  spans BLOB NOT NULL,               -- packed
  remark INTEGER NOT NULL,           -- first stretch of what is said in one go
  speaker TEXT,                      -- JSON
  published TEXT,
  wording INTEGER NOT NULL,          -- hash of the words
  content INTEGER NOT NULL, kinds INTEGER NOT NULL,  -- words of content, and different ones among them
  founds INTEGER NOT NULL,           -- id of the quote that begins with it, as a number
  quote INTEGER                      -- first stretch of the quote that it is in
);
CREATE INDEX stretches_report ON stretches (report, remark);
CREATE INDEX stretches_founds ON stretches (founds);
CREATE INDEX stretches_quote ON stretches (quote) WHERE quote IS NOT NULL;

CREATE TABLE quotes (
  quote INTEGER PRIMARY KEY,         -- its first stretch
  texts INTEGER NOT NULL,            -- that carry it, copies counted once
  reports INTEGER NOT NULL,
  published TEXT NOT NULL,           -- for the first time; "~" where it is not known
  renderings INTEGER NOT NULL,
  fullest INTEGER NOT NULL,          -- first stretch of the fullest of them
  speaker TEXT                       -- JSON
);
CREATE INDEX quotes_rank ON quotes (texts DESC, reports DESC, published, quote);

CREATE TABLE stretch_marks (
  mark INTEGER NOT NULL, few INTEGER NOT NULL,
  day INTEGER NOT NULL,              -- 0 where it is not known
  place INTEGER NOT NULL,            -- of the stretch
  PRIMARY KEY (mark, few, day, place)
) WITHOUT ROWID;

CREATE INDEX stretches_speaker ON stretches (speaker, published) WHERE speaker IS NOT NULL;
CREATE TABLE stretch_vectors (
  place INTEGER PRIMARY KEY,         -- of a stretch that may be a translation
  vector BLOB NOT NULL               -- 384 halves
);

CREATE TABLE stretch_links (
  stretch INTEGER NOT NULL, other INTEGER NOT NULL,
  PRIMARY KEY (stretch, other)
) WITHOUT ROWID;

CREATE TABLE text_marks (
  mark INTEGER NOT NULL,
  number INTEGER NOT NULL REFERENCES texts,
  PRIMARY KEY (mark, number)
) WITHOUT ROWID;

CREATE TABLE text_runs (
  number INTEGER PRIMARY KEY REFERENCES texts,
  runs INTEGER NOT NULL              -- how many it has
);

CREATE TABLE text_copies (
  text_id TEXT NOT NULL REFERENCES texts (text_id), other TEXT NOT NULL REFERENCES texts (text_id),
  PRIMARY KEY (text_id, other)
) WITHOUT ROWID;

CREATE TABLE quotes_made (
  report INTEGER PRIMARY KEY REFERENCES reports,
  rules TEXT NOT NULL                -- id of the rules that its stretches were compared by
);
"""

#: To be raised whenever sayso.quotes finds, compares or groups otherwise than before.
_RULES: Final = "2"
_TABLES: Final = ("stretches", "quotes", "stretch_marks", "stretch_vectors", "stretch_links", "text_marks", "text_runs", "text_copies", "quotes_made")
# What sums of products may differ by where they are made one by one.
_ROUNDING: Final = 1e-4
# Marks are cut to so many bits: what shares one by chance is found not to be the same when it is compared.
_BITS: Final = 48
# The most texts that one is compared with to find its copies.
_COPIES: Final = 200


@cache
def rules() -> str:
    """Id of the rules and tables by which stretches are compared."""
    return content_hash("quotes", _RULES, tables_id(), shared_encoder().id)


class Judged:
    """What persons judged of stretches: pairs (keys) that are of one quote, and pairs that are not."""

    def __init__(self, same: Iterable[tuple[str, str]] = (), apart: Iterable[tuple[str, str]] = ()) -> None:
        self.same, self.apart = tuple(sorted(same)), tuple(sorted(apart))
        self.beside: dict[int, set[int]] = defaultdict(set)
        for a, b in self.same:
            self.beside[id_number(a)].add(id_number(b))
            self.beside[id_number(b)].add(id_number(a))
        self.stretches: set[int] = {id_number(key) for pair in (*self.same, *self.apart) for key in pair}


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
    (report,) = db.execute("SELECT report FROM reports WHERE report_id = ?", (report_id,)).fetchone()
    db.execute("INSERT OR REPLACE INTO quotes_made VALUES (?, ?)", (report, rules()))
    earlier = "SELECT report FROM reports WHERE NOT current AND origin = (SELECT origin FROM reports WHERE report = ?)"
    touched: set[int] = set()
    loose: set[int] = set()
    before = _quotes_in(db, report)
    for (other,) in db.execute(earlier, (report,)).fetchall():
        if other != report:
            _drop(db, dict(_rows(db, other)), touched, loose)
    new = {id_number(s.key): (_row(report, s, number), s) for s, number in found}
    old = dict(_rows(db, report))
    gone = {n: row for n, row in old.items() if n not in new or new[n][0] != row}
    _drop(db, gone, touched, loose)
    fresh = [s for n, (row, s) in new.items() if old.get(n) != row]
    if fresh:
        db.executemany(
            f"INSERT INTO stretches VALUES (NULL, {', '.join('?' * 11)}, NULL)", [(n, *row) for n, (row, _) in new.items() if old.get(n) != row]
        )
        for s in fresh:
            db.executemany("INSERT INTO stretch_marks VALUES (?, ?, ?, ?)", list(_marks_of(db, s)))
            if may_be_one(s):
                db.execute("INSERT INTO stretch_vectors SELECT place, ? FROM stretches WHERE stretch = ?", (halves(vector(s)), id_number(s.key)))
        touched |= {id_number(s.key) for s in fresh}
    if fresh or gone:
        _link(db, fresh, [s for _, s in new.values()])
    if loose:  # what hung together by a stretch that is gone
        _link(db, list(load(db, loose)))
    changed = regroup(db, touched, judged()) if touched else set()
    if found:
        _put_text(db, found[0][0].text_id, text)
    count_quotes(db, before | changed | _quotes_in(db, report))


def _link(db: sqlite3.Connection, fresh: Sequence[Stretch], here: Sequence[Stretch] = ()) -> None:
    """Write the links of *fresh* stretches with those of other reports, and all links among those *here*, of one report.

    Whether two are linked is told by the wordings, the speakers, and whether they were published about the same day; so of all that are
    alike in these one is compared. Where two of that wording and speaker are linked whatever the day, all of them hang together already,
    and one link is enough: what is quoted in a thousand reports has some thousand links, not a million.
    """
    similar = _similar(db)
    pairs = set(linked(here, compatible))
    for s in fresh:
        alike: defaultdict[tuple[int, int, str | None, bool], list[int]] = defaultdict(list)
        for n, wording, content, speaker, near in _near(db, s):
            alike[wording, content, speaker, near].append(n)
        held = _content(s)
        for (_, content, speaker, near), some in alike.items():
            if not may_link(min(content, held), compatible(s.speaker, _speaker(speaker)), near):
                continue
            first = min(some)
            (other,) = load(db, [first])
            if linked((s, other), compatible, similar):
                pairs.update((s.key, number_id(n)) for n in ([first] if len(some) == 1 or _hang_together(other) else some))
    numbers = {(id_number(a), id_number(b)) for a, b in pairs}
    db.executemany("INSERT OR IGNORE INTO stretch_links VALUES (?, ?)", sorted(numbers | {(b, a) for a, b in numbers}))


def _hang_together(s: Stretch) -> bool:
    """Whether two stretches of other reports with this one's wording and speaker are linked, whenever they were published."""
    return bool(linked((replace(s, key=key, report_id=key, remark="", published=None) for key in ("a", "b")), compatible))


def _near(db: sqlite3.Connection, s: Stretch) -> Iterator[tuple[int, int, int, str | None, bool]]:
    """The stretches of other reports that may be linked with this one: wording, words of content, who speaks, and whether published about then."""
    pairs, words = (set(map(_cut, some)) for some in marks(s.words))
    few, day = is_few(_content(s)), _day(s.published)
    shared: defaultdict[int, int] = defaultdict(int)
    held: defaultdict[int, int] = defaultdict(int)  # words of content in common with what was published about then
    for part in batches(sorted(pairs)):
        for n, count in db.execute(f"SELECT place, count(*) FROM stretch_marks WHERE mark IN ({slots(part)}) GROUP BY 1", part):
            shared[n] += count
    for part in batches(sorted(words if day else ())):
        query = f"SELECT place, count(*) FROM stretch_marks WHERE mark IN ({slots(part)}) AND few IN (?, 1) AND day BETWEEN ? AND ? GROUP BY 1"
        for n, count in db.execute(query, (*part, 0 if few else 1, day - NEAR, day + NEAR)):
            held[n] += count
    translated = set(_translations(db, s))
    for part in batches(sorted(shared.keys() | held.keys() | translated)):
        query = (
            "SELECT place, stretch, wording, content, kinds, speaker, s.published FROM stretches s JOIN reports USING (report) "
            f"WHERE place IN ({slots(part)}) AND report_id <> ?"
        )
        for place, n, wording, content, kinds, speaker, published in db.execute(query, (*part, s.report_id)):
            other_few = is_few(content)
            near = bool(day and _day(published)) and abs(_day(published) - day) <= NEAR
            by_pairs = shared.get(place, 0) >= (1 if few or other_few else min(2, max(1, len(pairs))))
            if place in translated or by_pairs or (few and held.get(place, 0) == len(words)) or (other_few and held.get(place, 0) == kinds):
                yield n, wording, content, speaker, near


def _translations(db: sqlite3.Connection, s: Stretch) -> list[int]:
    """Places of the stretches that say the same in other words, as far as vectors tell."""
    if not may_be_one(s):
        return []
    assert isinstance(s.speaker, SpeakerKey) and s.published is not None
    begins, day = dumped([s.speaker.id])[:-1], date.fromisoformat(s.published[:10])
    rows = db.execute(
        "SELECT place, vector FROM stretches JOIN stretch_vectors USING (place) WHERE speaker > ? AND speaker < ? AND published BETWEEN ? AND ? "
        "AND stretch <> ?",
        (begins + ",", begins + "-", (day - timedelta(NEAR)).isoformat(), (day + timedelta(NEAR)).isoformat() + "~", id_number(s.key)),
    ).fetchall()
    if not rows:
        return []
    (mine,) = db.execute("SELECT vector FROM stretches JOIN stretch_vectors USING (place) WHERE stretch = ?", (id_number(s.key),)).fetchone()
    alike = from_halves(b"".join(found for _, found in rows)).reshape(len(rows), -1) @ from_halves(mine)
    return [place for (place, _), score in zip(rows, alike.tolist(), strict=True) if score >= ALIKE - _ROUNDING]


def _similar(db: sqlite3.Connection) -> Translations:
    """What compares stretches by the vectors that are kept."""

    def held(s: Stretch) -> Floats:
        row = db.execute("SELECT vector FROM stretches JOIN stretch_vectors USING (place) WHERE stretch = ?", (id_number(s.key),)).fetchone()
        return vector(s) if row is None else from_halves(row[0])

    return Translations(held)


def _marks_of(db: sqlite3.Connection, s: Stretch) -> Iterator[tuple[int, int, int, int]]:
    """Rows by which a stretch that is there is found: single words only where it is known when it was published."""
    pairs, words = marks(s.words)
    day = _day(s.published)
    (place,) = db.execute("SELECT place FROM stretches WHERE stretch = ?", (id_number(s.key),)).fetchone()
    few = int(is_few(_content(s)))
    for mark in sorted(set(map(_cut, pairs | words if day else pairs))):
        yield mark, few, day, place


def _cut(mark: int) -> int:
    """A mark as it stands in the index."""
    return (mark & (1 << _BITS) - 1) - (1 << _BITS - 1)


def _drop(db: sqlite3.Connection, gone: Collection[int], touched: set[int], loose: set[int]) -> None:
    """Take out these stretches; what was linked with them becomes *loose*, and *touched*, as what was in one quote with them."""
    for s in load(db, gone):
        n = id_number(s.key)
        links = [other for (other,) in db.execute("SELECT other FROM stretch_links WHERE stretch = ?", (n,))]
        loose |= {*links}
        touched |= {*links, *(other for (other,) in db.execute(_BESIDE, (n,)))}
        db.executemany("DELETE FROM stretch_marks WHERE mark = ? AND few = ? AND day = ? AND place = ?", list(_marks_of(db, s)))
        db.execute("DELETE FROM stretch_vectors WHERE place = (SELECT place FROM stretches WHERE stretch = ?)", (n,))
        db.executemany("DELETE FROM stretch_links WHERE stretch = ? AND other = ?", [pair for other in links for pair in ((n, other), (other, n))])
    db.executemany("DELETE FROM stretches WHERE stretch = ?", [(n,) for n in sorted(gone)])
    loose -= set(gone)
    touched -= set(gone)


_BESIDE: Final = "SELECT stretch FROM stretches WHERE quote = (SELECT quote FROM stretches WHERE stretch = ?)"
_REMARK: Final = "SELECT o.stretch FROM stretches s JOIN stretches o USING (report, remark) WHERE s.stretch = ?"


def regroup(db: sqlite3.Connection, touched: Iterable[int], judged: Judged) -> set[int]:
    """Group the components of *touched* stretches again, and no others; gives the quotes that are not what they were."""
    changed: set[int] = set()
    done: set[int] = set()
    similar = _similar(db)
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
        places: dict[int, int | None] = dict.fromkeys(component)
        for first, some in parted(members, compatible=compatible, must=judged.same, cannot=judged.apart, similar=similar):
            places |= dict.fromkeys((id_number(s.key) for s in some), id_number(first.key))
        for part in batches(sorted(places)):
            for n, was in db.execute(f"SELECT stretch, quote FROM stretches WHERE stretch IN ({slots(part)})", part).fetchall():
                if was != places[n]:
                    changed |= {q for q in (was, places[n]) if q is not None}
                    db.execute("UPDATE stretches SET quote = ? WHERE stretch = ?", (places[n], n))
    return changed


def count_quotes(db: sqlite3.Connection, quotes: Iterable[int]) -> None:
    """Note of these quotes what orders them in lists; of those that are none any more, nothing."""
    for quote in sorted(quotes):
        held = stretches_in(db, quote)
        if not held:
            db.execute("DELETE FROM quotes WHERE quote = ?", (quote,))
            continue
        fullest, speaker, renderings = gist(held)
        texts = len(set(copied(db, {s.text_id for s in held}).values()))
        row = quote, texts, len({s.report_id for s in held}), min(s.published or "~" for s in held), renderings, id_number(fullest.key)
        db.execute("INSERT OR REPLACE INTO quotes VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, _speaker_row(speaker)))


def _quotes_in(db: sqlite3.Connection, report: int) -> set[int]:
    """The quotes that are in a report, in earlier versions of it, or in copies of any."""
    of = "SELECT DISTINCT text_id FROM reports WHERE origin = (SELECT origin FROM reports WHERE report = ?)"
    texts = {text_id for (text_id,) in db.execute(of, (report,))}
    query = "SELECT quote FROM reports JOIN stretches USING (report) WHERE text_id = ? AND quote IS NOT NULL"
    return {quote for text_id in sorted(copies_of(db, texts)) for (quote,) in db.execute(query, (text_id,))}




# -- copies --------------------------------------------------------------------------------------------------------


def _put_text(db: sqlite3.Connection, text_id: str, text: str) -> None:
    """Find the texts that are nearly the same as this one, unless that was done."""
    (number,) = db.execute("SELECT number FROM texts WHERE text_id = ?", (text_id,)).fetchone()
    if db.execute("SELECT 1 FROM text_runs WHERE number = ?", (number,)).fetchone() is not None:
        return
    runs = runs_of(text)
    held = sorted({_cut(run >> 3) for run in sampled(runs)})  # those of sampled runs end with three zeros
    counts: defaultdict[str, int] = defaultdict(int)
    for part in batches(sorted(held)):
        query = f"SELECT number, count(*) AS n FROM text_marks WHERE mark IN ({slots(part)}) GROUP BY 1"
        for other, count in db.execute(f"SELECT text_id, n FROM ({query}) JOIN texts USING (number)", part):
            counts[other] += count
    for other in sorted(counts, key=lambda o: (-counts[o], o))[:_COPIES]:
        size, other_text = db.execute("SELECT runs, text FROM text_runs JOIN texts USING (number) WHERE text_id = ?", (other,)).fetchone()
        if may_copy(counts[other], len(runs), size) and are_copies(runs, runs_of(other_text)):
            db.executemany("INSERT INTO text_copies VALUES (?, ?)", [(text_id, other), (other, text_id)])
    db.execute("INSERT INTO text_runs VALUES (?, ?)", (number, len(runs)))
    db.executemany("INSERT INTO text_marks VALUES (?, ?)", [(run, number) for run in held])


def copies_of(db: sqlite3.Connection, texts: Iterable[str]) -> set[str]:
    """These texts (ids) with all of the record's that are copies of any, of reports that are not current among them."""
    out, todo = set(texts), sorted(texts)
    while todo:
        more = {other for (other,) in db.execute("SELECT other FROM text_copies WHERE text_id = ?", (todo.pop(),))} - out
        out |= more
        todo += sorted(more)
    return out


def copied(db: sqlite3.Connection, texts: Collection[str]) -> dict[str, str]:
    """For each of *texts* (ids) the one that stands for it and its copies among those of current reports: the smallest."""
    links = {
        text_id: {other for (other,) in db.execute(
            "SELECT other FROM text_copies c WHERE text_id = ? AND EXISTS (SELECT 1 FROM reports WHERE text_id = c.other AND current)", (text_id,))}
        for text_id in sorted(copies_of(db, texts))
    }  # fmt: skip
    out: dict[str, str] = {}
    for start in sorted(texts):
        held, todo = {start}, [start]
        while todo:
            more = links[todo.pop()] - held
            held |= more
            todo += sorted(more)
        out[start] = min(held)
    return out


# -- asking --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counts:
    """What is noted of a quote."""

    texts: int
    reports: int
    renderings: int
    fullest: int
    speaker: SpeakerKey | None


def counts(db: sqlite3.Connection, quote: int) -> Counts:
    """What is noted of one quote."""
    row = db.execute("SELECT texts, reports, renderings, fullest, speaker FROM quotes WHERE quote = ?", (quote,)).fetchone()
    return Counts(row[0], row[1], row[2], row[3], _speaker(row[4]))


def quote_under(db: sqlite3.Connection, quote_id: str) -> int | None:
    """The quote that has this id, or had it before it began earlier or was joined with another."""
    query = "SELECT quote FROM stretches WHERE founds = ? AND quote IS NOT NULL"
    row = db.execute(query, (id_number(quote_id),)).fetchone() if is_id(quote_id) else None
    return None if row is None else int(row[0])


def id_of(quote: int) -> str:
    """The id of a quote."""
    return founder_id(number_id(quote))


def remark(db: sqlite3.Connection, report_id: str, first: int) -> list[Stretch]:
    """The stretches of what is said in one go, from its first."""
    report = number_of(db, report_id)
    return list(load(db, [n for (n,) in db.execute("SELECT stretch FROM stretches WHERE report = ? AND remark = ?", (report, first))]))


def remark_with(db: sqlite3.Connection, stretch: int) -> list[Stretch]:
    """The stretches of the remark, as far as they are of its quote, that a stretch is of."""
    query = "SELECT o.stretch FROM stretches s JOIN stretches o USING (report, remark, quote) WHERE s.stretch = ?"
    return list(load(db, [n for (n,) in db.execute(query, (stretch,))]))


def stretches_in(db: sqlite3.Connection, quote: int) -> list[Stretch]:
    """The stretches of one quote."""
    return list(load(db, [n for (n,) in db.execute("SELECT stretch FROM stretches WHERE quote = ?", (quote,))]))


def statement_under(db: sqlite3.Connection, quote_id: str) -> str | None:
    """The statement that quotes the first stretch of what was a quote under this id."""
    query = "SELECT statement FROM stretches JOIN statements USING (report, number) WHERE founds = ?"
    row = db.execute(query, (id_number(quote_id),)).fetchone() if is_id(quote_id) else None
    return None if row is None else number_id(row[0])


def quoted_in(db: sqlite3.Connection, report_id: str) -> dict[int, tuple[str, int]]:
    """For the statements of a report that quote what others do, too: the id of the quote, and how many reports carry it."""
    rows = db.execute(
        "SELECT number, quote, q.reports FROM reports JOIN stretches s USING (report) JOIN quotes q USING (quote) "
        "WHERE report_id = ? AND number IS NOT NULL", (report_id,),
    )  # fmt: skip
    return {number: (id_of(quote), reports) for number, quote, reports in rows}


def stretches_at(db: sqlite3.Connection, report_id: str, number: int) -> str | None:
    """The first stretch of a statement (its key), if it has any."""
    rows = db.execute("SELECT spans, stretch FROM stretches JOIN reports USING (report) WHERE report_id = ? AND number = ?", (report_id, number))
    first = min(((unpacked_spans(spans, 1), n) for spans, n in rows), default=None)
    return None if first is None else number_id(first[1])


def load(db: sqlite3.Connection, numbers: Collection[int]) -> Iterator[Stretch]:
    """These stretches, in the order of their reports."""
    query = (
        "SELECT report_id, stretch, spans, remark, speaker, s.published, text_id, statement FROM stretches s "
        "JOIN reports USING (report) LEFT JOIN statements USING (report, number) WHERE stretch IN ({})"
    )
    rows = sorted(row for part in batches(sorted(numbers)) for row in db.execute(query.format(slots(part)), part))
    text_of: tuple[str, str] = "", ""
    for report_id, n, spans, remark, speaker, published, text_id, statement in rows:
        if text_of[0] != text_id:
            text_of = text_id, db.execute("SELECT text FROM texts WHERE text_id = ?", (text_id,)).fetchone()[0]
        (where,), text = unpacked_spans(spans, 1), text_of[1]
        yield Stretch(
            number_id(n), report_id, text_id, None if statement is None else number_id(statement), where, surface(text, where), words_of(text, where),
            _speaker(speaker), published, number_id(remark),
        )


def _rows(db: sqlite3.Connection, report: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
    query = "SELECT stretch, report, number, spans, remark, speaker, published, wording, content, kinds, founds FROM stretches WHERE report = ?"
    for n, *row in db.execute(query, (report,)):
        yield n, tuple(row)


def _row(report: int, s: Stretch, number: int | None) -> tuple[Any, ...]:
    return (
        report, number, packed_spans(s.spans), id_number(s.remark or s.key), _speaker_row(s.speaker), s.published,
        _wording(s), _content(s), len(marks(s.words)[1]), id_number(founder_id(s.key)),
    )  # fmt: skip


def _speaker_row(key: object) -> str | None:
    if not isinstance(key, SpeakerKey):
        return None
    return dumped([key.id, key.kind, *map(sorted, (key.members, key.path, key.around)), key.sure])


def _speaker(value: str | None) -> SpeakerKey | None:
    if value is None:
        return None
    actor, kind, members, path, around, sure = json.loads(value)
    return SpeakerKey(actor, kind, frozenset(members), frozenset(path), frozenset(around), sure)


def _wording(s: Stretch) -> int:
    return int.from_bytes(blake2b(" ".join(keys(s.words)).encode("utf-8", "surrogatepass"), digest_size=_BITS // 8).digest(), "big", signed=True)


def _content(s: Stretch) -> int:
    return sum(word.content for word in s.words)


def _day(published: str | None) -> int:
    return 0 if published is None else date.fromisoformat(published[:10]).toordinal()


def _start_anew(db: sqlite3.Connection) -> None:
    """Take out all that other rules made, if there is such."""
    if db.execute("SELECT 1 FROM quotes_made WHERE rules <> ? LIMIT 1", (rules(),)).fetchone() is not None:
        for table in _TABLES:
            db.execute(f"DELETE FROM {table}")
