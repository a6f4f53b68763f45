"""Grouping again only what a report touches gives what grouping everything at once does, in whatever order reports come and go."""

from __future__ import annotations

import random
from copy import copy

import pytest

import sayso
from sayso.actors.actor import Actor
from sayso.claims.claims import claims_of
from sayso.claims.contents import Content, content_id
from sayso.claims.disputes import disputed, rank
from sayso.claims.grouping import LOOKED_AT
from sayso.claims.scorer import shared_scorer
from sayso.reading import Reading
from sayso.record.claims import put_contents
from sayso.record.neighbourhood import Judged
from sayso.record.packing import number_id
from sayso.record.rows import put_report
from sayso.record.vectors import Vectors, from_halves, halves

WHO = "Veldara Orlan Harmere Monport Tirwick Garstad".split()
DEEDS = ("closed the ferry of Kestria", "sold the dam of Brennia", "flooded the mill of Lomm")
HOW = ("in the spring", "without a permit", "to please the bank", "after the strike", "against the law", "by mistake", "at night", "for the army")


class Halved:
    """The encoder, its vectors as a record keeps them."""

    def __init__(self, encoder):
        self.id, self._encoder = encoder.id, encoder

    def vector(self, text):
        return from_halves(halves(self._encoder.vector(text)))


@pytest.fixture(scope="module")
def scorer():
    made = copy(shared_scorer())
    made.encoder = Halved(made.encoder)
    return made


def composed(count, seed):
    """Contents by report: a few facts in many wordings, so that groups are large and lie close together."""
    rng = random.Random(seed)
    out = {}
    for n in range(count):
        report = sayso.Report(f"report {n}", sayso.Publication(outlet="Halyard", published="2020-01-01"), f"r{n}")
        made = []
        for k in range(4):
            who, deed = rng.choice(WHO[:3]), rng.choice(DEEDS)
            how = rng.choice(HOW)
            text = rng.choice((f"{who} {deed} {how}", f"{who} had {deed}", f"{who} had not {deed}", f"{deed} was what {who} did {how}"))
            name = rng.choice(WHO) + " Holt"
            statement, speaker = f"{n:08x}{k:08x}", Actor(f"name:{name}", name, "person")
            made.append(Content(
                content_id(statement, 0), report.id, statement, k, 0, ((0, 5),), text, "for", (speaker,), None, (), "say", "affirm", False, 0.9,
                "so", "Halyard", "2020-01-01",
            ))  # fmt: skip
        out[report] = made
    return out


def put(record, report, contents, scorer):
    with record._changing():
        put_report(record._db, report, Reading(report.text_id, "none", ()), alone=True)
        put_contents(record._db, report.id, contents, scorer, record._vectors, Judged)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_touched_alone_is_grouped_as_all_at_once(tmp_path, scorer, seed):
    every = composed(30, seed)
    order = sorted(every, key=lambda report: random.Random(f"{seed} {report.origin}").random())
    with sayso.Record(tmp_path / "r.db") as record:
        for report in order:
            put(record, report, every[report], scorer)
        for report in order[::4]:  # some go again
            put(record, report, every.pop(report)[:0], scorer)
        record._vectors = Vectors()
        for report in order[1:5]:  # and some come back otherwise
            if report in every:
                every[report] = every[report][1:]
                put(record, report, every[report], scorer)
        whole = claims_of([c for some in every.values() for c in some], scorer=scorer)
        assert max(len({c.text for c in claim.contents}) for claim in whole) > LOOKED_AT
        noted = {
            number_id(claim): (contents, speakers, weaker, sides, bool(opposed)) for claim, contents, speakers, weaker, sides, opposed in
            record._db.execute("SELECT claim, contents, speakers, weaker, sides, disputed FROM claims")
        }  # fmt: skip
        assert noted == {c.id: (len(c.contents), rank(c)[2], *rank(c)[:2], disputed(c)) for c in whole if len(c.contents) > 1}
        labels = {row["id"]: row["label"] for row in record.find_claims(limit=100).rows}
        assert labels == {c.id: c.label for c in whole if len(c.contents) > 1}
