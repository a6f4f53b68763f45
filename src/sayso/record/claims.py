"""Claims as they lie in the database: contents, the nodes that they make, links between nodes, and which claim each is in."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, Final

import numpy as np

from sayso.actors.actor import Actor
from sayso.claims.claims import LINKED, Claim, Node, Scores, claim_of, founder_id, node_of
from sayso.claims.contents import Content, Position, content_id
from sayso.claims.disputes import disputed, rank
from sayso.claims.grouping import Group
from sayso.claims.scorer import Scorer
from sayso.export.claims import brief_row
from sayso.record.batches import batches, slots
from sayso.record.briefs import packed_brief, unpacked_brief
from sayso.record.held import statements_held
from sayso.record.judgements import Judgement, Place, other_place
from sayso.record.neighbourhood import Judged, Neighbourhood
from sayso.record.nodes import HeldScores, parts
from sayso.record.packing import id_number, is_id, number_id, packed, unpacked
from sayso.record.relations import BY, Relation, heard_as, numbered
from sayso.record.rows import find_statement
from sayso.record.vectors import Held, Vectors, from_halves, halves

#: Tables of claims: all of it follows from readings, resolutions and judgements, and is made anew where those change. Keys of contents and
#: nodes stand there as numbers.
CLAIM_TABLES: Final = """
CREATE TABLE contents (
  report INTEGER NOT NULL REFERENCES reports,
  number INTEGER NOT NULL,           -- of the statement in the report's reading
  part INTEGER NOT NULL,
  node INTEGER NOT NULL, sign INTEGER NOT NULL,
  position INTEGER NOT NULL,         -- of its speaker towards it: 1 for, -1 against, 0 neither
  founds INTEGER NOT NULL,           -- id of the claim that begins with it, as a number
  PRIMARY KEY (report, number, part)
) WITHOUT ROWID;
CREATE INDEX contents_node ON contents (node);
CREATE INDEX contents_founds ON contents (founds);

CREATE TABLE nodes (                 -- contents of one text, its negation taken out
  number INTEGER PRIMARY KEY,
  node INTEGER NOT NULL UNIQUE,
  text TEXT NOT NULL, mood TEXT NOT NULL,
  claim_group INTEGER,               -- the first of the nodes of its claim
  sign INTEGER,                      -- in its claim
  label INTEGER                      -- 1: the most central
);
CREATE INDEX nodes_group ON nodes (claim_group);

CREATE TABLE claims (                -- groups of several contents
  claim_group INTEGER PRIMARY KEY,
  claim INTEGER NOT NULL,            -- its id, as a number
  way INTEGER NOT NULL,              -- -1: its label negates what its nodes say
  contents INTEGER NOT NULL, reports INTEGER NOT NULL,
  speakers INTEGER NOT NULL,         -- who stand for or against it
  weaker INTEGER NOT NULL,           -- of these, the fewer
  sides INTEGER NOT NULL,            -- from how many sides, where they are from fewer
  disputed INTEGER NOT NULL,
  brief BLOB NOT NULL                -- its row in lists, packed
);
CREATE INDEX claims_rank ON claims (speakers DESC, contents DESC, claim < 0, claim);
CREATE INDEX claims_disputed ON claims (weaker DESC, sides DESC, speakers DESC, claim < 0, claim) WHERE disputed;

CREATE TABLE claims_carried (        -- groups, those of one content among them
  outlet TEXT NOT NULL,
  claim_group INTEGER NOT NULL,
  reports INTEGER NOT NULL,          -- of the outlet that have it
  PRIMARY KEY (outlet, claim_group)
) WITHOUT ROWID;
CREATE INDEX claims_carried_group ON claims_carried (claim_group);

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

#: Tells a content with other actors in the place of those who are the same.
Change = Callable[[Content], Content]
#: How positions are numbered.
POSITIONS: Final[dict[Position, int]] = {"for": 1, "against": -1, "other": 0}


def as_it_is(c: Content) -> Content:
    return c


def put_contents(
    db: sqlite3.Connection, report_id: str, contents: Iterable[Content], scorer: Scorer, vectors: Vectors, judged: Callable[[], Judged],
    change: Change = as_it_is,
) -> None:  # fmt: skip
    """Write the contents of one report in place of those it had (none, if it is not current), and group again what that touches.

    Contents of reports that are no longer current are taken out. *change* tells for whom the actors of a content count.
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
        row = report, c.number, c.part, id_number(node.key), sign, POSITIONS[c.position], id_number(founder_id(c.id))
        db.execute("INSERT INTO contents VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    there = [*gone, *nodes]
    before = groups_of(db, there)
    score = HeldScores(db, scorer)
    touched = _put_nodes(db, nodes, score, vectors) | _drop_nodes(db, gone - nodes.keys(), vectors)
    count_claims(db, before | regroup(db, touched, score, judged()) | groups_of(db, there), scorer, change)


def groups_of(db: sqlite3.Connection, keys: Iterable[str]) -> set[int]:
    """The groups that these nodes are in."""
    query = "SELECT DISTINCT claim_group FROM nodes WHERE claim_group IS NOT NULL AND node IN ({})"
    return {group for part in parts(keys) for (group,) in db.execute(query.format(slots(part)), part)}


def groups_heard(db: sqlite3.Connection, actors: Collection[str]) -> set[int]:
    """The groups with a content of which one of *actors* (ids) is a speaker, or their side."""
    query = (
        "SELECT DISTINCT claim_group FROM heard JOIN contents USING (report, number) JOIN nodes USING (node) "
        f"WHERE actor IN {{}} AND relation IN {heard_as(*BY, Relation.SIDE)}"
    )
    return {group for part in batches(sorted(actors)) for (group,) in db.execute(query.format(numbered(part)), part) if group is not None}


def count_claims(db: sqlite3.Connection, groups: Iterable[int], scorer: Scorer, change: Change = as_it_is) -> None:
    """Note of these groups what orders them in lists; of those of one content, or none any more, nothing."""
    for group in sorted(groups):
        db.execute("DELETE FROM claims_carried WHERE claim_group = ?", (group,))
        db.execute(_CARRIED, (group,))
        (n,) = db.execute("SELECT count(*) FROM nodes JOIN contents USING (node) WHERE claim_group = ?", (group,)).fetchone()
        if n < 2:
            db.execute("DELETE FROM claims WHERE claim_group = ?", (group,))
            continue
        claim = get_claims(db, [group], scorer=scorer, change=change)[group]
        weaker, sides, speakers = rank(claim)
        row = group, id_number(claim.id), claim.way, n, len({c.report for c in claim.contents}), speakers, weaker, sides, disputed(claim)
        db.execute("INSERT OR REPLACE INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, packed_brief(brief_row(claim))))


_CARRIED: Final = (
    "INSERT INTO claims_carried SELECT outlet, claim_group, count(DISTINCT report) FROM nodes CROSS JOIN contents USING (node) "
    "CROSS JOIN reports USING (report) WHERE claim_group = ? AND outlet IS NOT NULL GROUP BY 1"
)


def _put_nodes(db: sqlite3.Connection, nodes: Mapping[str, Node], score: HeldScores, vectors: Vectors) -> set[str]:
    """Write those of *nodes* that are new, with their links; gives them."""
    known = {number_id(n) for part in parts(nodes) for (n,) in db.execute(f"SELECT node FROM nodes WHERE node IN ({slots(part)})", part)}
    new = sorted(nodes.keys() - known)
    if not new:
        return set()
    vectors.load(db)
    made = {key: from_halves(halves(score.scorer.encoder.vector(nodes[key].text))) for key in new}
    for key in new:
        row = db.execute("INSERT INTO nodes (node, text, mood) VALUES (?, ?, ?)", (id_number(key), nodes[key].text, nodes[key].mood))
        db.execute("INSERT INTO node_vectors VALUES (?, ?)", (row.lastrowid, halves(made[key])))
        vectors.add(key, made[key], wide=nodes[key].mood == "denied")
    wide = np.array([nodes[key].mood == "denied" for key in new], np.bool_)
    near = [(new[i], other) for i, other, _ in vectors.near(np.stack([made[key] for key in new]), wide) if other != new[i]]
    pairs = sorted({(min(p), max(p)) for p in near})
    score.hold(key for pair in pairs for key in pair)
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


def closest(
    db: sqlite3.Connection, some: Sequence[tuple[str, int]], others: Sequence[tuple[str, int]], scorer: Scorer
) -> tuple[str, str, int] | None:
    """Of the nodes of two statements the two most alike, and the sign between them: as they stand, for negations are taken out of nodes."""
    score = HeldScores(db, scorer)
    score.hold(node for node, _ in (*some, *others))
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


def regroup(db: sqlite3.Connection, touched: Iterable[str], score: HeldScores, judged: Judged) -> set[int]:
    """Group *touched* nodes again, and what that touches; gives the groups that are not what they were."""
    changed: set[int] = set()
    for group in Neighbourhood(db, judged).grouped(touched, score):
        now = {id_number(key): (id_number(group.signs[0][0]), sign, int(key == group.label)) for key, sign in group.signs}
        for part in parts(key for key, _ in group.signs):
            for node, *was in db.execute(f"SELECT node, claim_group, sign, label FROM nodes WHERE node IN ({slots(part)})", part).fetchall():
                if tuple(was) != now[node]:
                    changed |= {now[node][0], *([] if was[0] is None else [was[0]])}
                    db.execute("UPDATE nodes SET claim_group = ?, sign = ?, label = ? WHERE node = ?", (*now[node], node))
    return changed


def _there(db: sqlite3.Connection, node: str) -> bool:
    return db.execute("SELECT 1 FROM nodes WHERE node = ?", (id_number(node),)).fetchone() is not None


# -- asking --------------------------------------------------------------------------------------------------------


def get_claims(
    db: sqlite3.Connection, groups: Collection[int], *, scorer: Scorer | None = None, within: Collection[tuple[int, int, int]] | None = None,
    change: Change = as_it_is,
) -> dict[int, Claim]:  # fmt: skip
    """The claims that these groups are, as far as they are there, in this order.

    *within* leaves in these contents only (report, number, part), under the claim's own id and label. Without *scorer* it is not weighed how
    surely some oppose others.
    """
    some, values = "1", [] if within is None else [n for at in within for n in at]
    if within is not None:
        some = f"(c.report, c.number, part) IN (VALUES {', '.join(['(?, ?, ?)'] * len(within)) or '(0, 0, 0)'})"
    query = (
        "SELECT claim_group, node, n.sign, label, text, mood, c.sign, c.report, c.number, part FROM nodes n "
        f"JOIN contents c USING (node) WHERE claim_group IN ({{}}) AND {some} ORDER BY claim_group"
    )
    rows = (row for part in batches(sorted(set(groups))) for row in db.execute(query.format(slots(part)), (*part, *values)))
    held = _Contents(db)
    found: dict[int, Claim] = {}
    for group, of in groupby(rows, key=lambda row: row[0]):
        nodes: dict[str, Node] = {}
        signs: dict[str, int] = {}
        members: dict[str, list[tuple[Content, int]]] = defaultdict(list)
        label = ""
        for _, number, turn, first, text, mood, sign, *at in of:
            node = number_id(number)
            nodes[node], signs[node] = Node(node, text, mood), turn
            label = node if first or not label else label
            members[node].append((change(held.at(*at)), sign))
        for some_contents in members.values():
            some_contents.sort(key=lambda m: m[0].id)
        score = Scores(nodes, Held(db), scorer) if scorer is not None else None
        found[group] = claim_of(Group(tuple(sorted(signs.items())), label), members, score)
        if within is not None:
            found[group] = _as_known(db, group, found[group])
    return {group: found[group] for group in groups if group in found}


def _as_known(db: sqlite3.Connection, group: int, claim: Claim) -> Claim:
    """A claim of which some contents only are there under its id and label."""
    row = db.execute("SELECT claim, way, brief FROM claims WHERE claim_group = ?", (group,)).fetchone()
    if row is None:  # it has one content
        return claim
    found, way, brief = row
    members = tuple(replace(m, sign=m.sign * claim.way * way) for m in claim.members)
    return replace(claim, id=number_id(found), label=unpacked_brief("", brief)["label"], members=members, way=way)


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


def group_founded(db: sqlite3.Connection, claim: str) -> int | None:
    """The group of the content from which a claim has, or had, its id; None where there is no such content."""
    query = "SELECT claim_group FROM contents JOIN nodes USING (node) WHERE founds = ?"
    row = db.execute(query, (id_number(claim),)).fetchone() if is_id(claim) else None
    return None if row is None else row[0]


def every_content(db: sqlite3.Connection) -> Iterator[Content]:
    """All contents."""
    opened = ((*_opened(blob), of) for *of, blob in db.execute(_MADE))
    return iter(sorted((_content(r, actors, *of) for actors, rows, of in opened for r in rows), key=lambda c: c.id))


def contents_at(db: sqlite3.Connection, report_id: str, number: int) -> list[tuple[Content, str, int]]:
    """The contents of one statement, each with its node and its sign there."""
    query = "SELECT report, part, node, sign FROM contents JOIN reports USING (report) WHERE report_id = ? AND number = ? ORDER BY part"
    held = _Contents(db)
    return [(held.at(report, number, part), number_id(node), sign) for report, part, node, sign in db.execute(query, (report_id, number)).fetchall()]


_MADE: Final = "SELECT report_id, outlet, published, contents FROM claims_made JOIN reports USING (report)"


def _start_anew(db: sqlite3.Connection, scorer: str, vectors: Vectors) -> None:
    """Take out all that another scorer made, if there is such."""
    if db.execute("SELECT 1 FROM claims_made WHERE scorer <> ? LIMIT 1", (scorer,)).fetchone() is not None:
        for table in ("contents", "node_vectors", "nodes", "node_links", "claims", "claims_carried", "claims_made"):
            db.execute(f"DELETE FROM {table}")
        vectors.clear()


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
