"""Claims as they lie in the database: contents, the nodes that they make, links between nodes, and which claim each is in."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import numpy as np

from sayso.actors.actor import Actor
from sayso.claims.claims import LINKED, Claim, Node, Scores, claim_of, founder, founder_id, node_of
from sayso.claims.contents import Content, content_id
from sayso.claims.encoder import SIZE, Floats
from sayso.claims.grouping import Group, Link, grouped
from sayso.claims.neighbours import neighbours
from sayso.claims.scorer import Scorer
from sayso.record.filters import fold
from sayso.record.held import statements_held
from sayso.record.judgements import Judgement, Place, other_place
from sayso.record.packing import id_number, number_id, packed, unpacked
from sayso.record.rows import find_statement

#: Tables of claims: all of it follows from readings, resolutions and judgements, and is made anew where those change. Keys of contents and
#: nodes stand there as numbers.
CLAIM_TABLES: Final = """
CREATE TABLE contents (
  report INTEGER NOT NULL REFERENCES reports,
  number INTEGER NOT NULL,           -- of the statement in the report's reading
  part INTEGER NOT NULL,
  node INTEGER NOT NULL, sign INTEGER NOT NULL,
  PRIMARY KEY (report, number, part)
) WITHOUT ROWID;
CREATE INDEX contents_node ON contents (node);

CREATE TABLE nodes (                 -- contents of one text, its negation taken out
  number INTEGER PRIMARY KEY,
  node INTEGER NOT NULL UNIQUE,
  text TEXT NOT NULL, mood TEXT NOT NULL,
  claim_group INTEGER,               -- the first of the nodes of its claim
  sign INTEGER,                      -- in its claim
  label INTEGER                      -- 1: the most central
);
CREATE INDEX nodes_group ON nodes (claim_group);

CREATE TABLE node_vectors (
  number INTEGER PRIMARY KEY REFERENCES nodes,
  vector BLOB NOT NULL               -- 384 halves
);

CREATE TABLE node_links (
  a INTEGER NOT NULL, b INTEGER NOT NULL,  -- keys, a < b
  score REAL NOT NULL,
  PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX node_links_b ON node_links (b);

CREATE TABLE claims_made (
  report INTEGER PRIMARY KEY REFERENCES reports,
  scorer TEXT NOT NULL,              -- id of the scorer that its contents were compared with
  contents BLOB NOT NULL             -- packed
);
"""

_LINKS: Final = "SELECT a, b, score FROM node_links WHERE a = ?1 UNION ALL SELECT a, b, score FROM node_links WHERE b = ?1"
_VECTORS: Final = "SELECT node, vector FROM nodes JOIN node_vectors USING (number)"
# The most values that one query names.
_AT_ONCE: Final = 500


class Vectors:
    """The vectors of a record's nodes in memory, kept up with what this process writes."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self._keys: list[str] = []
        self._place: dict[str, int] = {}
        self._matrix = np.zeros((0, SIZE), np.float32)
        self._size = 0
        self._loaded = False

    def empty(self) -> None:
        """Begin with none, whatever the record has: what is added is compared with what was added since only."""
        self.clear()
        self._loaded = True

    def load(self, db: sqlite3.Connection) -> None:
        if self._loaded:
            return
        found = sorted((number_id(node), vector) for node, vector in db.execute(_VECTORS))
        self._keys = [key for key, _ in found]
        self._place = {key: n for n, key in enumerate(self._keys)}
        self._matrix = np.stack([from_halves(v) for _, v in found]) if found else np.zeros((0, SIZE), np.float32)
        self._size = len(found)
        self._loaded = True

    def add(self, key: str, vector: Floats) -> None:
        if self._size == len(self._matrix):
            self._matrix = np.concatenate([self._matrix, np.zeros((max(256, self._size), SIZE), np.float32)])
        self._matrix[self._size] = vector
        self._place[key] = self._size
        self._keys.append(key)
        self._size += 1

    def remove(self, key: str) -> None:
        at = self._place.pop(key)
        self._size -= 1
        last = self._keys.pop()
        if at != self._size:
            self._keys[at], self._place[last] = last, at
            self._matrix[at] = self._matrix[self._size]

    def near(self, vectors: Floats) -> Iterator[tuple[int, str, float]]:
        for i, j, s in neighbours(vectors, self._matrix[: self._size]):
            yield i, self._keys[j], s


def halves(vector: Floats) -> bytes:
    return vector.astype(np.float16).tobytes()


def from_halves(blob: bytes) -> Floats:
    made: Floats = np.frombuffer(blob, np.float16).astype(np.float32)
    return made


def put_contents(
    db: sqlite3.Connection, report_id: str, contents: Iterable[Content], scorer: Scorer, vectors: Vectors, judged: Callable[[], Judged]
) -> None:  # fmt: skip
    """Write the contents of one report in place of those it had (none, if it is not current), and group again what that touches.

    Contents of reports that are no longer current are taken out.
    """
    _start_anew(db, scorer.id, vectors)
    made = list(contents)
    (report,) = db.execute("SELECT report FROM reports WHERE report_id = ?", (report_id,)).fetchone()
    gone: set[str] = set()
    earlier = "SELECT report FROM reports WHERE NOT current AND origin = (SELECT origin FROM reports WHERE report = ?)"
    for one in {report, *(other for (other,) in db.execute(earlier, (report,)))}:
        gone |= {number_id(n) for (n,) in db.execute("SELECT DISTINCT node FROM contents WHERE report = ?", (one,))}
        db.execute("DELETE FROM contents WHERE report = ?", (one,))
        db.execute("UPDATE claims_made SET contents = ? WHERE report = ?", (_packed(()), one))
    db.execute("INSERT OR REPLACE INTO claims_made VALUES (?, ?, ?)", (report, scorer.id, _packed(made)))
    nodes: dict[str, Node] = {}
    for c in made:
        node, sign = node_of(c)
        nodes.setdefault(node.key, node)
        db.execute("INSERT INTO contents VALUES (?, ?, ?, ?, ?)", (report, c.number, c.part, id_number(node.key), sign))
    touched = _put_nodes(db, nodes, scorer, vectors) | _drop_nodes(db, gone - nodes.keys(), vectors)
    regroup(db, touched, scorer, judged())


def _put_nodes(db: sqlite3.Connection, nodes: Mapping[str, Node], scorer: Scorer, vectors: Vectors) -> set[str]:
    """Write those of *nodes* that are new, with their links; gives them."""
    parts = _parts(map(id_number, nodes))
    known = {number_id(n) for part in parts for (n,) in db.execute(f"SELECT node FROM nodes WHERE node IN ({_marks(part)})", part)}
    new = sorted(nodes.keys() - known)
    if not new:
        return set()
    vectors.load(db)
    made = {key: from_halves(halves(scorer.encoder.vector(nodes[key].text))) for key in new}
    for key in new:
        row = db.execute("INSERT INTO nodes (node, text, mood) VALUES (?, ?, ?)", (id_number(key), nodes[key].text, nodes[key].mood))
        db.execute("INSERT INTO node_vectors VALUES (?, ?)", (row.lastrowid, halves(made[key])))
        vectors.add(key, made[key])
    near = [(new[i], other) for i, other, _ in vectors.near(np.stack([made[key] for key in new])) if other != new[i]]
    pairs = sorted({(min(p), max(p)) for p in near})
    score = scores(db, {key for pair in pairs for key in pair}, scorer)
    rows = ((id_number(a), id_number(b), s) for a, b in pairs if (s := score(a, b)[0]) >= LINKED)
    db.executemany("INSERT OR REPLACE INTO node_links VALUES (?, ?, ?)", rows)
    return set(new)


def _drop_nodes(db: sqlite3.Connection, gone: Collection[str], vectors: Vectors) -> set[str]:
    """Take out those of *gone* that no content makes any more; gives the nodes that were linked with them."""
    out: set[int] = set()
    for key in sorted(gone):
        node = id_number(key)
        if db.execute("SELECT 1 FROM contents WHERE node = ?", (node,)).fetchone() is not None:
            continue
        vectors.load(db)
        out |= {n for (n,) in db.execute("SELECT b FROM node_links WHERE a = ?1 UNION SELECT a FROM node_links WHERE b = ?1", (node,))}
        beside = "SELECT node FROM nodes WHERE claim_group = (SELECT claim_group FROM nodes WHERE node = ?)"
        out |= {n for (n,) in db.execute(beside, (node,))}
        db.execute("DELETE FROM node_links WHERE a = ?1 OR b = ?1", (node,))
        db.execute("DELETE FROM node_vectors WHERE number = (SELECT number FROM nodes WHERE node = ?)", (node,))
        db.execute("DELETE FROM nodes WHERE node = ?", (node,))
        vectors.remove(key)
    return {key for key in map(number_id, out) if _there(db, key)}


class Judged:
    """What persons judged of nodes: pairs that are one claim (with the sign between them), and pairs that are not."""

    def __init__(self, same: Iterable[tuple[str, str, int]] = (), apart: Iterable[tuple[str, str]] = ()) -> None:
        self.same, self.apart = tuple(sorted(same)), tuple(sorted(apart))
        self.beside: dict[str, set[str]] = defaultdict(set)
        for a, b, _ in self.same:
            self.beside[a].add(b)
            self.beside[b].add(a)
        self.nodes: set[str] = {n for a, b, _ in self.same for n in (a, b)} | {n for pair in self.apart for n in pair}


def closest(
    db: sqlite3.Connection, some: Sequence[tuple[str, int]], others: Sequence[tuple[str, int]], scorer: Scorer
) -> tuple[str, str, int] | None:
    """Of the nodes of two statements the two most alike, and the sign between them: as they stand, for negations are taken out of nodes."""
    score = scores(db, {node for node, _ in (*some, *others)}, scorer)
    pairs = [(min(a, b), max(a, b), 1) for a, _ in some for b, _ in others if a != b]
    return min(pairs, key=lambda p: (-score(p[0], p[1])[0], p), default=None)


def judged_nodes(db: sqlite3.Connection, judgements: Iterable[Judgement], scorer: Scorer) -> Judged:
    """What *judgements* on statements say of the nodes of their contents."""
    same: list[tuple[str, str, int]] = []
    apart: list[tuple[str, str]] = []
    for j in sorted(judgements, key=lambda j: j.order):
        if j.text_id is None or j.place is None or j.value is None:
            continue
        pair = closest(db, _contents_held(db, j.text_id, j.place), _contents_held(db, *other_place(j.value)), scorer)
        if pair is None:
            continue
        a, b, sign = pair
        same = [s for s in same if {s[0], s[1]} != {a, b}]  # of two the later holds
        apart = [s for s in apart if set(s) != {a, b}]
        if j.kind == "same claim":
            same.append((a, b, sign))
        else:
            apart.append((a, b))
    return Judged(same, apart)


def in_same_words(db: sqlite3.Connection, a: str, b: str) -> bool:
    """Whether what two statements (ids) claim stands in the same words, so that nothing tells the one from the other."""
    held = (find_statement(db, i) for i in (a, b))
    one, other = (set() if at is None else {node for _, node, _ in contents_at(db, *at)} for at in held)
    return bool(one) and one == other


def _contents_held(db: sqlite3.Connection, text_id: str, place: Place) -> list[tuple[str, int]]:
    """Nodes and signs of the contents of the statement to which a place holds on."""
    for report_id, number in statements_held(db, text_id, place):
        return [(node, sign) for _, node, sign in contents_at(db, report_id, number)]
    return []


def regroup(db: sqlite3.Connection, touched: Iterable[str], scorer: Scorer, judged: Judged) -> None:
    """Group the components of *touched* nodes again, and no others."""
    open_ones, done = sorted(touched), set[str]()
    for start in open_ones:
        if start in done:
            continue
        component, links = {start}, dict[tuple[str, str], float]()
        todo = [start]
        while todo:
            key = todo.pop()
            found = [(number_id(a), number_id(b), s) for a, b, s in db.execute(_LINKS, (id_number(key),))]
            for a, b, s in found:
                links[a, b] = s
            for other in [*(x for a, b, _ in found for x in (a, b)), *judged.beside.get(key, ())]:
                if other not in component and (other not in judged.beside.get(key, ()) or _there(db, other)):
                    component.add(other)
                    todo.append(other)
        done |= component
        keys = sorted(component)
        score = scores(db, component, scorer)
        same = [j for j in judged.same if j[0] in component and j[1] in component]
        apart = [j for j in judged.apart if j[0] in component and j[1] in component]
        weight: dict[str, int] = {}
        for part in _parts(map(id_number, keys)):
            counted = db.execute(f"SELECT node, count(*) FROM contents WHERE node IN ({_marks(part)}) GROUP BY 1", part)
            weight.update((number_id(node), n) for node, n in counted)
        groups = grouped(keys, [Link(a, b, s) for (a, b), s in links.items()], score, same=same, apart=apart, weight=weight)
        for group in groups:
            first = group.signs[0][0]
            db.executemany(
                "UPDATE nodes SET claim_group = ?2, sign = ?3, label = ?4 WHERE node = ?1 AND (claim_group, sign, label) IS NOT (?2, ?3, ?4)",
                [(id_number(key), id_number(first), sign, int(key == group.label)) for key, sign in group.signs],
            )


def _there(db: sqlite3.Connection, node: str) -> bool:
    return db.execute("SELECT 1 FROM nodes WHERE node = ?", (id_number(node),)).fetchone() is not None


def scores(db: sqlite3.Connection, keys: Collection[str], scorer: Scorer) -> Scores:
    """Scores of pairs of these nodes."""
    nodes: dict[str, Node] = {}
    vectors: dict[str, Floats] = {}
    for part in _parts(map(id_number, keys)):
        query = f"SELECT node, text, mood, vector FROM nodes JOIN node_vectors USING (number) WHERE node IN ({_marks(part)})"
        for node, text, mood, vector in db.execute(query, part):
            key = number_id(node)
            nodes[key], vectors[key] = Node(key, text, mood), from_halves(vector)
    return Scores(nodes, vectors, scorer)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which claims are asked for: of which some position matches all that is given."""

    outlet: str
    since: str | None
    until: str | None
    speaker: set[str] | None
    side: set[str] | None
    about: set[str] | None
    words: str

    def by(self, claim: Claim) -> bool:
        return any(self._fits(c, claim) for c in claim.contents)

    def _fits(self, c: Content, claim: Claim) -> bool:
        day = c.first or c.day
        return (
            (not self.outlet or self.outlet in fold(c.outlet))
            and (self.since is None or (day is not None and day >= self.since))
            and (self.until is None or (day is not None and day <= self.until))
            and (self.speaker is None or any(v.id in self.speaker for v in c.voices))
            and (self.side is None or (c.side is not None and c.side.id in self.side) or any(v.id in self.side for v in c.voices))
            and (self.about is None or bool(self.about & set(c.about)) or self.words in fold(claim.label))
        )


# -- asking --------------------------------------------------------------------------------------------------------


def get_claims(
    db: sqlite3.Connection, scorer: Scorer, *, groups: Collection[str] | None = None, several: bool = False,
    within: tuple[str, tuple[str, ...]] | None = None, change: Callable[[Content], Content] = lambda c: c,
) -> Iterator[Claim]:
    """The claims of the record, or of these groups, by group; with *several* only those of two contents or more.

    Of groups that are asked for, *within* leaves in those contents (c) only that fit an SQL condition, its values with it, and those that
    give the label.
    """
    query = (
        "SELECT claim_group, node, n.sign, label, text, mood, c.sign, c.report, c.number, part FROM nodes n "
        "JOIN contents c USING (node) {} ORDER BY claim_group < 0, claim_group"
    )
    if groups is None:
        more = "WHERE claim_group IN (SELECT claim_group FROM nodes JOIN contents USING (node) GROUP BY 1 HAVING count(*) > 1)"
        found: Iterator[Any] = iter(db.execute(query.format(more if several else "")))
    else:
        some, values = within or ("1", ())
        found = (
            row for part in _parts(map(id_number, groups))
            for row in db.execute(query.format(f"WHERE claim_group IN ({_marks(part)}) AND (label OR {some})"), (*part, *values))
        )
    held = _Contents(db)
    for _, rows in groupby(found, key=lambda row: row[0]):
        nodes: dict[str, Node] = {}
        signs: dict[str, int] = {}
        members: dict[str, list[tuple[Content, int]]] = defaultdict(list)
        label = ""
        for _, number, turn, first, text, mood, sign, *at in rows:
            node = number_id(number)
            nodes[node], signs[node] = Node(node, text, mood), turn
            label = node if first else label
            members[node].append((change(held.at(*at)), sign))
        for some_contents in members.values():
            some_contents.sort(key=lambda m: m[0].id)
        made = claim_of(Group(tuple(sorted(signs.items())), label or min(signs)), members, Scores(nodes, _Held(db), scorer))
        first_one = founder(made.contents)
        _id_by(first_one.statement, first_one.part)
        yield made


class _Contents:
    """The contents of reports: those of one are unpacked when the first of them is asked for."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._held: dict[int, tuple[dict[tuple[int, int], list[Any]], Sequence[Any]]] = {}

    def at(self, report: int, number: int, part: int) -> Content:
        if report not in self._held:
            *of, blob = self._db.execute(f"{_MADE} WHERE report = ?", (report,)).fetchone()
            actors, rows = _opened(blob)
            self._held[report] = {(r[_NUMBER], r[_PART]): r for r in rows}, (actors, *of)
        held, of = self._held[report]
        return _content(held[number, part], *of)


class _Held(Mapping[str, Floats]):
    """The vectors of nodes, each read when it is asked for."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __getitem__(self, node: str) -> Floats:
        row = self._db.execute(f"{_VECTORS} WHERE node = ?", (id_number(node),)).fetchone()
        if row is None:
            raise KeyError(node)
        return from_halves(row[1])

    def __iter__(self) -> Iterator[str]:
        return (number_id(node) for (node,) in self._db.execute("SELECT node FROM nodes"))

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM nodes").fetchone()[0])


def group_founded(db: sqlite3.Connection, claim: str) -> set[str]:
    """The groups of the content from which a claim has, or had, its id; none where there is no such content."""
    told = _TOLD.get(claim)
    found = None if told is None else _group_at(db, id_number(told[0]), told[1])
    if found is None:
        every = db.execute("SELECT statement, part FROM contents JOIN statements USING (report, number)")
        found = next((_group_at(db, n, part) for n, part in every if founder_id(content_id(number_id(n), part)) == claim), None)
    return set() if found is None else {found}


def _group_at(db: sqlite3.Connection, statement: int, part: int) -> str | None:
    query = "SELECT claim_group FROM statements JOIN contents USING (report, number) JOIN nodes USING (node) WHERE statement = ? AND part = ?"
    row = db.execute(query, (statement, part)).fetchone()
    return None if row is None else number_id(row[0])


def every_content(db: sqlite3.Connection) -> Iterator[Content]:
    """All contents."""
    opened = ((*_opened(blob), of) for *of, blob in db.execute(_MADE))
    return iter(sorted((_content(r, actors, *of) for actors, rows, of in opened for r in rows), key=lambda c: c.id))


#: Statements and parts of their content by the ids that claims have of them: those that were told lately, for an id cannot be turned back into
#: what it is of.
_TOLD: Final[dict[str, tuple[str, int]]] = {}
_REMEMBERED: Final = 100_000


def _id_by(statement: str, part: int) -> str:
    """An id that leads to the claim of one part of a statement's content."""
    made = founder_id(content_id(statement, part))
    if len(_TOLD) >= _REMEMBERED:
        _TOLD.clear()
    _TOLD[made] = statement, part
    return made


def claimed_in(db: sqlite3.Connection, report_id: str) -> dict[int, tuple[str, int]]:
    """For the statements of a report that claim what others do, too: an id of the claim, and how many contents make it."""
    rows = db.execute(
        "SELECT c.number, statement, part, (SELECT count(*) FROM nodes h JOIN contents d USING (node) WHERE h.claim_group = g.claim_group) "
        "FROM reports JOIN contents c USING (report) JOIN statements USING (report, number) JOIN nodes g USING (node) "
        "WHERE report_id = ? ORDER BY c.number, part", (report_id,),
    )  # fmt: skip
    return {number: (_id_by(number_id(statement), part), n) for number, statement, part, n in rows if n > 1}


def contents_at(db: sqlite3.Connection, report_id: str, number: int) -> list[tuple[Content, str, int]]:
    """The contents of one statement, each with its node and its sign there."""
    query = "SELECT report, part, node, sign FROM contents JOIN reports USING (report) WHERE report_id = ? AND number = ? ORDER BY part"
    held = _Contents(db)
    return [(held.at(report, number, part), number_id(node), sign) for report, part, node, sign in db.execute(query, (report_id, number)).fetchall()]


_MADE: Final = "SELECT report_id, outlet, published, contents FROM claims_made JOIN reports USING (report)"


def _start_anew(db: sqlite3.Connection, scorer: str, vectors: Vectors) -> None:
    """Take out all that another scorer made, if there is such."""
    if db.execute("SELECT 1 FROM claims_made WHERE scorer <> ? LIMIT 1", (scorer,)).fetchone() is not None:
        for table in ("contents", "node_vectors", "nodes", "node_links", "claims_made"):
            db.execute(f"DELETE FROM {table}")
        vectors.clear()


def _parts(keys: Iterable[int]) -> Iterator[list[int]]:
    some = sorted(keys, key=number_id)  # as ids are ordered
    for begin in range(0, len(some), _AT_ONCE):
        yield some[begin : begin + _AT_ONCE]


def _marks(part: Sequence[int]) -> str:
    return ", ".join("?" * len(part))


def _packed(contents: Iterable[Content]) -> bytes:
    """The contents of one report; what the report itself tells is left out."""
    named: dict[Actor, int] = {}
    rows = [
        [
            c.statement, c.number, c.part, c.spans, c.text, c.position, [named.setdefault(v, len(named)) for v in c.voices],
            None if c.side is None else named.setdefault(c.side, len(named)), c.about, c.act, c.stance, c.direct, c.confidence, c.mood, c.said_on,
            c.first, c.reported_by,
        ]
        for c in contents
    ]  # fmt: skip
    return packed([[[a.id, a.name, a.kind, a.part_of, a.gender] for a in named], rows])


def _opened(blob: bytes) -> tuple[list[Actor], list[list[Any]]]:
    """The actors that the contents of one report name, and the rows of these."""
    named, rows = unpacked(blob)
    return [Actor(*a) for a in named], rows


# Where number and part stand in a row of _packed().
_NUMBER: Final = 1
_PART: Final = 2


def _content(r: Sequence[Any], actors: Sequence[Actor], report_id: str, outlet: str | None, published: str | None) -> Content:
    return Content(
        content_id(r[0], r[_PART]), report_id, r[0], r[_NUMBER], r[_PART], tuple((a, b) for a, b in r[3]), r[4], r[5],
        tuple([actors[n] for n in r[6]]), None if r[7] is None else actors[r[7]], tuple(r[8]), r[9], r[10], r[11], r[12], r[13], outlet,
        published[:10] if published else None, r[14], r[15], r[16],
    )  # fmt: skip
