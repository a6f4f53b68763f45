"""Measures how long it takes to group many statements: python benchmarks/claims_speed.py [N]. The statements are composed, seeded."""

from __future__ import annotations

import json
import random
import resource
import sys
import time

from sayso.actors.actor import Actor
from sayso.claims.claims import claims_of, node_of
from sayso.claims.contents import Content

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


def main() -> None:
    contents = composed(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    began, worked = time.perf_counter(), time.process_time()
    claims = claims_of(contents)
    print(json.dumps({
        "statements": len(contents), "texts": len({node_of(c)[0].key for c in contents}), "claims": len(claims),
        "seconds": round(time.perf_counter() - began, 1), "seconds_of_one_core": round(time.process_time() - worked, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }))


if __name__ == "__main__":
    main()
