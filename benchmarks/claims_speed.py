"""Measures how long it takes to group many statements, and to add a report to a record that has them: python benchmarks/claims_speed.py [N]

The statements are composed, seeded. The record has what reading them one report after the other would have put there; 25 more statements are
added as one report, in a process that has just opened it and then again and again, and taken out.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import sayso
from sayso.actors.actor import Actor
from sayso.claims.claims import LINKED, Node, Scores, founder_id, links_of, node_of
from sayso.claims.contents import Content, content_id
from sayso.claims.grouping import Group, Link, components, grouped
from sayso.claims.scorer import shared_scorer
from sayso.reading import Reading
from sayso.record.claims import POSITIONS, _packed, put_contents
from sayso.record.neighbourhood import Judged
from sayso.record.packing import id_number
from sayso.record.rows import put_report
from sayso.record.vectors import halves

FIRST = "Orla Piet Mira Jonas Sanna Inga Tarek Lena Omar Vera Nils Ada Bruno Carla Dario Edda Fenn Gita Hugo Iris".split()
LAST = "Tarrow Holt Brook Arne Sollen Tellik Varga Quist Rahn Stelz Umber Vail Wick Yarrow Zeller Abel Bonn Crane Dahl Ester".split()
BEGIN = "Vel Or Har Mon Tir Gar Lin Sor Bel Kes Dor Pal Nav Rud Yil Zan Fer Hol Jas Quen".split()
END = "dara lan mere port wick stad burg ness holm vale".split()
VERBS = (
    "closed sold flooded repaired poisoned guarded taxed bombed visited searched bought blocked painted lost moved rebuilt burned inspected renamed leased"
).split()
THINGS = (
    "ferry dam school bridge market mill harbour tunnel prison refinery hospital airport archive chapel granary railway reservoir theatre barracks quarry"
).split()
HOW = "in the spring;before the vote;without a permit;to please the bank;after the strike;for the army;against the law;by mistake;at night".split(";")


def composed(count: int, seed: int = 3) -> list[Content]:
    """*count* contents about a quarter as many facts, in four wordings, one of them negated."""
    rng = random.Random(seed)
    places = [a + b for a in BEGIN for b in END]
    facts = [(rng.choice(places), rng.choice(VERBS), rng.choice(THINGS), rng.choice(places), rng.choice(HOW)) for _ in range(count // 4)]
    out = []
    for n in range(count):
        who, verb, thing, where, how = rng.choice(facts)
        text = rng.choice((
            f"{who} {verb} the {thing} of {where} {how}", f"The {thing} of {where} was {verb} by {who} {how}",
            f"{who} had {verb} the {thing} in {where}", f"{who} had not {verb} the {thing} of {where} {how}",
        ))
        name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
        out.append(Content(
            f"{n:016x}", f"r{n // 25}", f"s{n}", n % 25, 0, ((0, 5),), text, "for", (Actor(f"name:{name}", name, "person"),), None, (), "say", "affirm",
            False, 0.9, "so", "Halyard", "2020-01-01",
        ))
    return out


def kept(path: Path, contents: list[Content], nodes: dict[str, Node], links: list[Link], score: Scores, groups: list[Group]) -> None:
    """A record of these contents and no more."""
    signs = {key: (group.signs[0][0], sign, int(key == group.label)) for group in groups for key, sign in group.signs}
    with sayso.Record(path) as record, record._changing():
        db, rows = record._db, {}
        for report_id, some in groupby(contents, key=lambda c: c.report):
            report = sayso.Report(report_id, sayso.Publication(outlet="Halyard", published="2020-01-01"), report_id)
            put_report(db, report, Reading(report.text_id, "composed", ()), alone=True)
            (number,) = db.execute("SELECT report FROM reports WHERE report_id = ?", (report.id,)).fetchone()
            made = [placed(c, report) for c in some]
            db.execute("INSERT INTO claims_made VALUES (?, ?, ?)", (number, score.scorer.id, _packed(made)))
            for c in made:
                node, sign = node_of(c)
                rows[number, c.number] = (id_number(node.key), sign, POSITIONS[c.position], id_number(founder_id(c.id)))
        db.executemany("INSERT INTO contents VALUES (?, ?, 0, ?, ?, ?, ?)", [(*at, *row) for at, row in rows.items()])
        for n, (key, node) in enumerate(sorted(nodes.items())):
            group, sign, label = signs[key]
            db.execute("INSERT INTO nodes VALUES (?, ?, ?, ?, ?, ?, ?)", (n, id_number(key), node.text, node.mood, id_number(group), sign, label))
            db.execute("INSERT INTO node_vectors VALUES (?, ?)", (n, halves(score.vectors[key])))
        db.executemany("INSERT INTO node_links VALUES (?, ?, ?)", [(id_number(x.a), id_number(x.b), x.score) for x in links])


def placed(c: Content, report: sayso.Report) -> Content:
    return replace(c, report=report.id, id=content_id(c.id, 0), statement=c.id)


def adding(path: Path, contents: list[Content]) -> list[tuple[float, float]]:
    """How long it takes to add each report, in seconds: on the clock, and of one core."""
    out = []
    with sayso.Record(path) as record:
        for n, (_, some) in enumerate(groupby(contents, key=lambda c: c.report)):
            report = sayso.Report(f"more {n}", sayso.Publication(outlet="Halyard", published="2020-01-01"), f"more/{n}")
            began, worked = time.perf_counter(), time.process_time()
            with record._changing():
                put_report(record._db, report, Reading(report.text_id, "composed", ()), alone=True)
                made = [placed(replace(c, id=f"{n:08x}{c.id[8:]}"), report) for c in some]
                put_contents(record._db, report.id, made, shared_scorer(), record._vectors, Judged)
            out.append((time.perf_counter() - began, time.process_time() - worked))
    return out


def told(seconds: float, of_one_core: float) -> dict[str, float]:
    return {"seconds": round(seconds, 2), "of_one_core": round(of_one_core, 2)}


def main() -> None:
    contents = composed(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    began, worked = time.perf_counter(), time.process_time()
    nodes, members = {}, Counter()
    for c in contents:
        node, _ = node_of(c)
        nodes.setdefault(node.key, node)
        members[node.key] += 1
    links, score = links_of(nodes, shared_scorer(), least=LINKED)
    groups = [group for component, inside in apart(nodes, links) for group in grouped(component, inside, score, weight=members)]
    took, cpu = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.db"
        kept(path, contents, nodes, links, score, groups)
        added = adding(path, composed(250, seed=9))
    print(json.dumps({
        "statements": len(contents), "texts": len(nodes), "claims": len(groups), "links": len(links),
        "seconds": round(took, 1), "seconds_of_one_core": round(cpu, 1), "peak_mb": peak,
        "adding_first": told(*added[0]), "adding": told(*map(statistics.median, zip(*added[1:], strict=True))), "adding_most": told(*max(added[1:])),
    }))


def apart(nodes: dict[str, Node], links: list[Link]) -> Iterator[tuple[list[str], list[Link]]]:
    """The connected components, each with its links."""
    by_key = defaultdict(list)
    for link in links:
        by_key[link.a].append(link)
    for component in components(nodes, links):
        yield component, [link for key in component for link in by_key[key]]


if __name__ == "__main__":
    main()
