"""The network in which statements and expressions of time see each other: each candidate is weighed once, and chances are shared out."""

import numpy as np
import pytest

from sayso.attribution.engine import shared_engine
from sayso.dates.attention import chances, networks, shared_out
from sayso.dates.evidence import Evidence
from sayso.dates.nodes import FLAGS, LINKS, Floats, Nodes
from sayso.dates.proposals import Proposals
from sayso.dates.recogniser import expressions, lay_out
from sayso.mentions.mention import Speaker
from sayso.statements import Statement


def features(nodes: Nodes) -> Floats:
    return np.array([c.features for c in nodes.found], np.float32)


def seen(text):
    """The nodes of a text in which each "said" opens a statement up to the next full stop."""
    statements, at = [], 0
    while (cue := text.find(" said ", at)) >= 0:
        begin, at = text.rfind("\n", 0, cue) + 1, text.index(".", cue)
        said = text.index("that", cue)
        statements.append(Statement(((begin, cue),), ((cue + 1, cue + 5),), ((said, at),), (), "indirect", "say", False, None, 0.9))
    page = lay_out(text)
    work = Proposals(page, expressions(page), statements, [Speaker((n % 2,), "name", 0.9) for n in range(len(statements))], [], [])
    evidence = Evidence(work, work.all())
    return Nodes(evidence, evidence.candidates(), shared_engine().encode(text))


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def paragraphs(count):
    of = range(count)
    return "\n\n".join(f"Orlan said on {DAYS[n % 5]} that port {n} was closed." if n % 3 else f"Tellik said that ship {n} was late." for n in of)


def test_a_report_is_one_window_and_its_chances_are_shared_out():
    nodes = seen(paragraphs(12))
    assert len(list(nodes.windows())) == 1
    made = chances(nodes, features(nodes), networks())
    for k in range(12):
        of = [p for c, p in zip(nodes.found, made, strict=True) if c.statement == k]
        assert of and 0 <= sum(of) <= 1.0001


def test_a_day_in_the_clause_is_likelier_than_another():
    nodes = seen("Orlan said on Monday that the port was closed.\n\nThe ship had left on Friday.")
    weighed = chances(nodes, features(nodes), networks())
    by_words = {nodes.work.page.text[slice(*nodes.work.times[c.time].span)]: p for c, p in zip(nodes.found, weighed, strict=True)}
    assert by_words["Monday"] > 0.5 > by_words["Friday"]


def test_each_candidate_of_a_long_text_is_weighed_in_one_window_of_bounded_size():
    nodes = seen(paragraphs(300))
    windows = list(nodes.windows())
    assert len(windows) > 1
    assert sorted(i for w in windows for i in w.rows) == list(range(len(nodes.found)))
    assert max(len(w.paragraph) for w in windows) < 1000
    for w in windows:
        assert w.group.any(axis=1).all()
        assert w.links.max() < FLAGS and w.flags.shape[2] == LINKS - FLAGS


def test_chances_of_days_and_of_none_sum_to_one():
    made = shared_out(np.array([[0.0, 0.0, 5.0]]), np.array([[0.0, -100.0]]), np.array([0, 0, 1]))
    assert made[0] == pytest.approx([1 / 3, 1 / 3, 1.0])


def test_the_networks_of_the_package_are_whole():
    assert len({len(array) for array in networks().values()}) == 1
    assert all(np.isfinite(array).all() for array in networks().values())
