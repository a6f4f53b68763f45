"""Groups: what holds of them whatever the contents."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sayso.claims.grouping import BARRED, JOINED, Link, components, grouped

KEYS = [f"k{n}" for n in range(9)]
PAIRS = st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)).filter(lambda p: p[0] < p[1])
LINKS = st.dictionaries(PAIRS, st.tuples(st.floats(0, 1), st.sampled_from([1, -1])), max_size=20)


def groups(links, **judged):
    found = {(a, b): (s, sign) for (a, b), (s, sign) in links.items()}
    keys = KEYS[:]
    made = [Link(a, b, s, sign) for (a, b), (s, sign) in links.items() if s >= 0.4]
    out = []
    for component in components(keys, [*made, *(Link(min(a, b), max(a, b), 1.0) for a, b, *_ in judged.get("same", ()))]):
        inside = [x for x in made if x.a in component]
        here = {kind: [j for j in some if {*j[:2]} <= {*component}] for kind, some in judged.items()}
        out += grouped(component, inside, lambda a, b: found.get((a, b), (0.0, 1)), **here)
    return sorted(out, key=lambda g: g.signs)


@given(LINKS, st.randoms())
def test_the_order_does_not_matter_and_each_stands_in_one(links, rng: random.Random):
    shuffled = list(links.items())
    rng.shuffle(shuffled)
    made = groups(links)
    assert made == groups(dict(shuffled))
    assert sorted(key for g in made for key, _ in g.signs) == KEYS
    assert all(dict(g.signs)[g.label] == 1 for g in made)


def test_a_chain_of_neighbours_is_not_one_group():
    chain = dict.fromkeys(pairwise(KEYS), (0.5, 1))
    assert max(len(g.signs) for g in groups(chain)) < 5, JOINED


def test_what_negates_has_the_other_sign():
    (one, *_) = sorted(groups({("k0", "k1"): (0.9, -1), ("k1", "k2"): (0.9, 1), ("k0", "k2"): (0.8, -1)}), key=lambda g: -len(g.signs))
    signs = dict(one.signs)
    assert signs["k1"] == signs["k2"] == -signs["k0"]


def test_judgements_win():
    links = {("k0", "k1"): (0.95, 1), ("k2", "k3"): (0.1, 1)}
    made = groups(links, same=[("k2", "k3", 1)], apart=[("k0", "k1")])
    together = [{key for key, _ in g.signs} for g in made]
    assert {"k2", "k3"} in together
    assert {"k0", "k1"} not in together


def test_what_cannot_be_one_is_not_joined_by_what_lies_between():
    links = [Link("a", "b", 0.9), Link("b", "c", 0.9)]
    scores = {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): 0.0}
    assert len(grouped(["a", "b", "c"], links, lambda a, b: (scores[a, b], 1))) == 1
    scores["a", "c"] = BARRED
    assert len(grouped(["a", "b", "c"], links, lambda a, b: (scores[a, b], 1))) == 2
