"""Claims as they lie in the database: contents, the nodes that they make, links between nodes, and which claim each is in."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import numpy as np

from sayso.actors.actor import Actor
from sayso.claims.claims import LINKED, Claim, Node, Scores, claim_of, founder, founder_id, node_of
from sayso.claims.contents import Content
from sayso.claims.encoder import SIZE, Floats
from sayso.claims.grouping import Group, Link, grouped
from sayso.claims.neighbours import neighbours
from sayso.claims.scorer import Scorer
from sayso.record.filters import fold
from sayso.record.held import statements_held
from sayso.record.judgements import Judgement, Place, other_place

#: Tables of claims: all of it follows from readings, resolutions and judgements, and is made anew where those change.
CLAIM_TABLES: Final = """
CREATE TABLE contents (
  content TEXT PRIMARY KEY,
  report_id TEXT NOT NULL REFERENCES reports,
  number INTEGER NOT NULL,           -- of the statement in the report's reading
  node TEXT NOT NULL, sign INTEGER NOT NULL,
  value TEXT NOT NULL                -- JSON
) WITHOUT ROWID;
CREATE INDEX contents_report ON contents (report_id, number);
CREATE INDEX contents_node ON contents (node);

CREATE TABLE nodes (                 -- contents of one text, its negation taken out
  node TEXT PRIMARY KEY,
  text TEXT NOT NULL, mood TEXT NOT NULL,
  vector BLOB NOT NULL               -- 384 halves
) WITHOUT ROWID;

CREATE TABLE node_links (
  a TEXT NOT NULL, b TEXT NOT NULL,  -- a < b
  score REAL NOT NULL,
  PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX node_links_b ON node_links (b);

CREATE TABLE claim_groups (
  node TEXT PRIMARY KEY,
  claim_group TEXT NOT NULL,         -- the first of its nodes
  sign INTEGER NOT NULL,
  label INTEGER NOT NULL             -- 1: the most central
) WITHOUT ROWID;
CREATE INDEX claim_groups_group ON claim_groups (claim_group);

CREATE TABLE claims_made (
  report_id TEXT PRIMARY KEY REFERENCES reports,
  scorer TEXT NOT NULL               -- id of the scorer that its contents were compared with
) WITHOUT ROWID;
"""

_LINKS: Final = "SELECT a, b, score FROM node_links WHERE a = ?1 UNION ALL SELECT a, b, score FROM node_links WHERE b = ?1"
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

    def load(self, db: sqlite3.Connection) -> None:
        if self._loaded:
            return
        found = db.execute("SELECT node, vector FROM nodes ORDER BY node").fetchall()
        self._keys = [key for key, _ in found]
        self._place = {key: n for n, key in enumerate(self._keys)}
        self._matrix = np.stack([unpacked(v) for _, v in found]) if found else np.zeros((0, SIZE), np.float32)
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


def packed(vector: Floats) -> bytes:
    return vector.astype(np.float16).tobytes()


def unpacked(blob: bytes) -> Floats:
    made: Floats = np.frombuffer(blob, np.float16).astype(np.float32)
    return made


def put_contents(
    db: sqlite3.Connection, report_id: str, contents: Iterable[Content], scorer: Scorer, vectors: Vectors, judged: Callable[[], Judged]
) -> None:  # fmt: skip
    """Write the contents of one report in place of those it had (none, if it is not current), and group again what that touches.

    Contents of reports that are no longer current are taken out.
    """
    _start_anew(db, scorer.id, vectors)
    db.execute("INSERT OR REPLACE INTO claims_made VALUES (?, ?)", (report_id, scorer.id))
    old = "SELECT DISTINCT node FROM contents JOIN reports USING (report_id) WHERE report_id = ? OR NOT current"
    gone = {n for (n,) in db.execute(old, (report_id,))}
    db.execute("DELETE FROM contents WHERE report_id = ? OR report_id IN (SELECT report_id FROM reports WHERE NOT current)", (report_id,))
    nodes: dict[str, Node] = {}
    for c in contents:
        node, sign = node_of(c)
        nodes.setdefault(node.key, node)
        db.execute("INSERT OR REPLACE INTO contents VALUES (?, ?, ?, ?, ?, ?)", (c.id, report_id, c.number, node.key, sign, _dumped(_content_row(c))))
    touched = _put_nodes(db, nodes, scorer, vectors) | _drop_nodes(db, gone - nodes.keys(), vectors)
    regroup(db, touched, scorer, judged())


def _put_nodes(db: sqlite3.Connection, nodes: Mapping[str, Node], scorer: Scorer, vectors: Vectors) -> set[str]:
    """Write those of *nodes* that are new, with their links; gives them."""
    known = {n for part in _parts(nodes) for (n,) in db.execute(f"SELECT node FROM nodes WHERE node IN ({_marks(part)})", part)}
    new = sorted(nodes.keys() - known)
    if not new:
        return set()
    vectors.load(db)
    made = {key: unpacked(packed(scorer.encoder.vector(nodes[key].text))) for key in new}
    for key in new:
        db.execute("INSERT INTO nodes VALUES (?, ?, ?, ?)", (key, nodes[key].text, nodes[key].mood, packed(made[key])))
        vectors.add(key, made[key])
    near = [(new[i], other) for i, other, _ in vectors.near(np.stack([made[key] for key in new])) if other != new[i]]
    pairs = sorted({(min(p), max(p)) for p in near})
    score = scores(db, {key for pair in pairs for key in pair}, scorer)
    db.executemany("INSERT OR REPLACE INTO node_links VALUES (?, ?, ?)", [(a, b, s) for a, b in pairs if (s := score(a, b)[0]) >= LINKED])
    return set(new)


def _drop_nodes(db: sqlite3.Connection, gone: Collection[str], vectors: Vectors) -> set[str]:
    """Take out those of *gone* that no content makes any more; gives the nodes that were linked with them."""
    out: set[str] = set()
    for node in sorted(gone):
        if db.execute("SELECT 1 FROM contents WHERE node = ?", (node,)).fetchone() is not None:
            continue
        vectors.load(db)
        out |= {n for (n,) in db.execute("SELECT b FROM node_links WHERE a = ?1 UNION SELECT a FROM node_links WHERE b = ?1", (node,))}
        beside = "SELECT node FROM claim_groups WHERE claim_group = (SELECT claim_group FROM claim_groups WHERE node = ?)"
        out |= {n for (n,) in db.execute(beside, (node,))}
        db.execute("DELETE FROM node_links WHERE a = ?1 OR b = ?1", (node,))
        for table in ("nodes", "claim_groups"):
            db.execute(f"DELETE FROM {table} WHERE node = ?", (node,))
        vectors.remove(node)
    return {n for n in out if db.execute("SELECT 1 FROM nodes WHERE node = ?", (n,)).fetchone() is not None}


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
    query = "SELECT node FROM contents JOIN statements USING (report_id, number) WHERE statement_id = ?"
    one, other = ({node for (node,) in db.execute(query, (i,))} for i in (a, b))
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
            found = db.execute(_LINKS, (key,)).fetchall()
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
        for part in _parts(keys):
            weight.update(db.execute(f"SELECT node, count(*) FROM contents WHERE node IN ({_marks(part)}) GROUP BY 1", part))
        groups = grouped(keys, [Link(a, b, s) for (a, b), s in links.items()], score, same=same, apart=apart, weight=weight)
        for group in groups:
            first = group.signs[0][0]
            db.executemany(
                "INSERT OR REPLACE INTO claim_groups VALUES (?, ?, ?, ?)", [(key, first, sign, int(key == group.label)) for key, sign in group.signs]
            )


def _there(db: sqlite3.Connection, node: str) -> bool:
    return db.execute("SELECT 1 FROM nodes WHERE node = ?", (node,)).fetchone() is not None


def scores(db: sqlite3.Connection, keys: Collection[str], scorer: Scorer) -> Scores:
    """Scores of pairs of these nodes."""
    nodes: dict[str, Node] = {}
    vectors: dict[str, Floats] = {}
    for part in _parts(keys):
        for key, text, mood, vector in db.execute(f"SELECT node, text, mood, vector FROM nodes WHERE node IN ({_marks(part)})", part):
            nodes[key], vectors[key] = Node(key, text, mood), unpacked(vector)
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
        "SELECT claim_group, g.node, g.sign, label, text, mood, c.sign, value FROM claim_groups g JOIN nodes USING (node) "
        "JOIN contents c USING (node) {} ORDER BY claim_group, g.node, content"
    )
    if groups is None:
        more = "WHERE claim_group IN (SELECT claim_group FROM claim_groups JOIN contents USING (node) GROUP BY 1 HAVING count(*) > 1)"
        found: Iterator[Any] = iter(db.execute(query.format(more if several else "")))
    else:
        some, values = within or ("1", ())
        found = (
            row for part in _parts(groups)
            for row in db.execute(query.format(f"WHERE claim_group IN ({_marks(part)}) AND (label OR {some})"), (*part, *values))
        )
    for _, rows in groupby(found, key=lambda row: row[0]):
        nodes: dict[str, Node] = {}
        signs: dict[str, int] = {}
        members: dict[str, list[tuple[Content, int]]] = defaultdict(list)
        label = ""
        for _, node, turn, first, text, mood, sign, value in rows:
            nodes[node], signs[node] = Node(node, text, mood), turn
            label = node if first else label
            members[node].append((change(_content(json.loads(value))), sign))
        made = claim_of(Group(tuple(sorted(signs.items())), label or min(signs)), members, Scores(nodes, _Held(db), scorer))
        _id_by(founder(made.contents).id)
        yield made


class _Held(Mapping[str, Floats]):
    """The vectors of nodes, each read when it is asked for."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __getitem__(self, node: str) -> Floats:
        row = self._db.execute("SELECT vector FROM nodes WHERE node = ?", (node,)).fetchone()
        if row is None:
            raise KeyError(node)
        return unpacked(row[0])

    def __iter__(self) -> Iterator[str]:
        return (node for (node,) in self._db.execute("SELECT node FROM nodes"))

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM nodes").fetchone()[0])


def group_of(db: sqlite3.Connection, contents: Collection[str]) -> set[str]:
    """The groups in which these contents stand."""
    return {
        g for part in _parts(contents)
        for (g,) in db.execute(f"SELECT claim_group FROM contents JOIN claim_groups USING (node) WHERE content IN ({_marks(part)})", part)
    }


def every_content(db: sqlite3.Connection) -> Iterator[Content]:
    """All contents."""
    for (value,) in db.execute("SELECT value FROM contents ORDER BY content"):
        yield _content(json.loads(value))


#: Contents by the ids that claims have of them: those that were told lately, for an id cannot be turned back into what it is of.
_TOLD: Final[dict[str, str]] = {}
_REMEMBERED: Final = 100_000


def _id_by(content: str) -> str:
    """An id that leads to the claim of a content."""
    made = founder_id(content)
    if len(_TOLD) >= _REMEMBERED:
        _TOLD.clear()
    _TOLD[made] = content
    return made


def founders_of(db: sqlite3.Connection, claim: str) -> list[str]:
    """The content from which a claim has, or had, its id."""
    told = _TOLD.get(claim)
    if told is not None and db.execute("SELECT 1 FROM contents WHERE content = ?", (told,)).fetchone() is not None:
        return [told]
    return [c for (c,) in db.execute("SELECT content FROM contents") if founder_id(c) == claim]


def claimed_in(db: sqlite3.Connection, report_id: str) -> dict[int, tuple[str, int]]:
    """For the statements of a report that claim what others do, too: an id of the claim, and how many contents make it."""
    rows = db.execute(
        "SELECT number, content, (SELECT count(*) FROM claim_groups h JOIN contents d USING (node) WHERE h.claim_group = g.claim_group) "
        "FROM contents c JOIN claim_groups g USING (node) WHERE report_id = ? ORDER BY content", (report_id,),
    )  # fmt: skip
    return {number: (_id_by(content), n) for number, content, n in rows if n > 1}


def contents_at(db: sqlite3.Connection, report_id: str, number: int) -> list[tuple[Content, str, int]]:
    """The contents of one statement, each with its node and its sign there."""
    rows = db.execute("SELECT value, node, sign FROM contents WHERE report_id = ? AND number = ? ORDER BY content", (report_id, number))
    return sorted(((_content(json.loads(v)), node, sign) for v, node, sign in rows), key=lambda x: x[0].part)


def _start_anew(db: sqlite3.Connection, scorer: str, vectors: Vectors) -> None:
    """Take out all that another scorer made, if there is such."""
    if db.execute("SELECT 1 FROM claims_made WHERE scorer <> ? LIMIT 1", (scorer,)).fetchone() is not None:
        for table in ("contents", "nodes", "node_links", "claim_groups", "claims_made"):
            db.execute(f"DELETE FROM {table}")
        vectors.clear()


def _parts(keys: Collection[str]) -> Iterator[list[str]]:
    some = sorted(keys)
    for begin in range(0, len(some), _AT_ONCE):
        yield some[begin : begin + _AT_ONCE]


def _marks(part: Sequence[str]) -> str:
    return ", ".join("?" * len(part))


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _actor_row(a: Actor | None) -> list[Any] | None:
    return None if a is None else [a.id, a.name, a.kind, a.part_of, a.gender]


def _content_row(c: Content) -> list[Any]:
    return [
        c.id, c.report, c.statement, c.number, c.part, c.spans, c.text, c.position, [_actor_row(v) for v in c.voices], _actor_row(c.side), c.about,
        c.act, c.stance, c.direct, c.confidence, c.mood, c.outlet, c.day, c.said_on, c.first, c.reported_by,
    ]


def _content(r: Sequence[Any]) -> Content:
    return Content(
        r[0], r[1], r[2], r[3], r[4], tuple((a, b) for a, b in r[5]), r[6], r[7], tuple(Actor(*v) for v in r[8]),
        None if r[9] is None else Actor(*r[9]), tuple(r[10]), r[11], r[12], r[13], r[14], r[15], r[16], r[17], r[18], r[19], r[20],
    )
