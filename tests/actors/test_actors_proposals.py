"""Proposals: who may be one and the same is put to a person, with reasons; who cannot be is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.actors.proposals import Seen, proposals
from sayso.actors.registry import shipped


def seen(name, id_=None, side=None, reports=(), **more):
    return Seen(id_ or f"name:{name}", name, more.pop("kind", "person"), side, frozenset(reports), **more)


def pairs(*actors, register=None):
    return {p.names: p for p in proposals(actors, register)}


@pytest.mark.parametrize(("one", "other", "why"), [
    ("Orvan Tellik", "Tellik", "is the surname of Orvan Tellik"),
    ("O. Tellik", "Orvan Tellik", "has the surname and the first letter"),
    ("Sergei Tellik", "Sergey Tellik", "sound alike"),
    ("Mohammed Tellik", "Muhammad Tellik", "sound alike"),
    ("Bill Tellik", "William Tellik", "are forms of one name"),
    ("Orvan Tellik", "Tellik Orvan", "same words in another order"),
    ("Jun-ho Tellik Sollen", "Tellik Sollen", "is a part of"),
    ("Orvan Piet Tellik", "Orvan Tellik", "bear the name|is a part of"),
])  # fmt: skip
def test_pairs_that_may_be_one(one, other, why):
    (proposal,) = pairs(seen(one), seen(other)).values()
    assert {seen(one).id, seen(other).id} == {proposal.a, proposal.b}
    assert proposal.a < proposal.b
    assert 0 < proposal.score <= 1
    assert any(part in proposal.evidence[0] for part in why.split("|"))


@pytest.mark.parametrize(("one", "other"), [
    (seen("Orvan Tellik", side="state:russia"), seen("Tellik", side="state:chad")),
    (seen("Orvan Tellik", gender="m"), seen("Tellik", gender="f")),
    (seen("Mary Tellik"), seen("M. Tellik", gender="m")),
    (seen("Orvan Tellik"), seen("Mira Tellik")),
    (seen("Orvan Tellik"), seen("Orvan Sollen")),
    (seen("Orvan Tellik"), seen("Tellik", kind="organisation")),
    (seen("Tellik"), seen("Tellik", "name:2")),
    (seen("Robert Tellik"), seen("William Tellik")),
    (seen("George Bush", "person:george-w-bush"), seen("George H. W. Bush", "person:george-h-w-bush")),
    (seen("a senior Tellik", "anonymous:1"), seen("Tellik")),
])  # fmt: skip
def test_pairs_that_are_not(one, other):
    assert shipped().actor("person:george-w-bush") is not None
    assert pairs(one, other) == {}


def test_what_they_share_speaks_for_them_and_others_against():
    alone = pairs(seen("Orvan Tellik"), seen("Tellik"))["Orvan Tellik", "Tellik"]
    two = seen("Orvan Tellik", side="state:russia", reports="ab"), seen("Tellik", side="state:russia", reports="bc")
    shared = pairs(*two)["Orvan Tellik", "Tellik"]
    assert shared.score > alone.score
    assert shared.evidence[1:] == ("both are of Russia", "1 report names both")
    rivals = pairs(seen("Orvan Tellik"), seen("Piet Tellik"), seen("Tellik"))
    assert len(rivals) == 2
    assert rivals["Orvan Tellik", "Tellik"].score < alone.score
    assert "1 other may be meant as well" in rivals["Orvan Tellik", "Tellik"].evidence


def test_persons_of_a_register_whom_no_report_names_yet():
    found = pairs(seen("Sergej Lavrov"), seen("Lavrov", "name:lavrov@1"), register=shipped())
    assert ("Sergej Lavrov", "Sergei Lavrov") in found
    assert ("Lavrov", "Sergei Lavrov") in found
    assert pairs(seen("Sergej Lavrov", side="state:chad"), register=shipped()) == {}


def test_order_makes_no_difference_and_the_likeliest_come_first():
    actors = [seen(n) for n in ("Orvan Tellik", "Tellik", "O. Tellik", "Tellik Orvan", "Orwan Tellik", "Sergei Sollen", "Sergey Sollen")]
    one, two = list(proposals(actors)), list(proposals(actors[::-1]))
    assert one == two
    assert [p.score for p in one] == sorted((p.score for p in one), reverse=True)


def test_ten_thousand_of_one_surname_do_not_cost_their_square():
    actors = [seen(f"{'KMRTV'[n % 5]}a{'bcdfgh'[n % 6]}o{n} Kimm", side=f"s{n % 7}", reports=[f"r{n % 500}"]) for n in range(5000)]
    actors += [seen("Kimm", f"name:kimm@{n}", side=f"s{n % 7}", reports=[f"r{n % 500}"]) for n in range(5000)]
    found = list(proposals(actors))
    assert 0 < len(found) <= 20 * len(actors)


NAMES = st.lists(st.sampled_from("Orvan Orwan O. Tellik Telik Bill William Sergei Sergey Mary de Jr.".split()), min_size=1, max_size=4).map(" ".join)


REPORTS = st.frozensets(st.sampled_from("xyz"))


@settings(deadline=None)
@given(st.lists(st.tuples(NAMES, st.sampled_from([None, "a", "b"]), st.sampled_from([None, "m", "f"]), REPORTS), max_size=12))
def test_no_proposal_contradicts_itself(rows):
    actors = {f"name:{n}": Seen(f"name:{n}", name, "person", side, reports, gender) for n, (name, side, gender, reports) in enumerate(rows)}
    found = list(proposals(actors.values()))
    assert len({(p.a, p.b) for p in found}) == len(found)
    for p in found:
        a, b = actors[p.a], actors[p.b]
        assert p.a < p.b
        assert 0 < p.score <= 1
        assert p.evidence
        assert not (a.side and b.side and a.side != b.side)
        assert not (a.gender and b.gender and a.gender != b.gender)
