"""One deed told in other words is one dispute; to know of a deed is not the deed."""

from __future__ import annotations

import numpy as np

import sayso
from sayso.claims.claims import LINKED, OPPOSED, Node, Scores
from sayso.claims.encoder import shared_encoder
from sayso.claims.scorer import shared_scorer


def scores(*texts: str) -> Scores:
    nodes = {str(n): Node(str(n), text, "so") for n, text in enumerate(texts)}
    return Scores(nodes, {key: np.asarray(shared_encoder().vector(node.text)) for key, node in nodes.items()}, shared_scorer())


def test_one_deed_told_in_other_words_is_one():
    assert scores("Halyard did kill Mira Holt", "Halyard agents killed and buried Mira Holt")("0", "1")[0] >= OPPOSED
    assert scores("Orvan Sorrin opened a school", "The ministry sold three bridges to the company")("0", "1")[0] < LINKED


def test_to_know_of_a_deed_is_not_the_deed(tmp_path):
    rows = [
        ("Veldaran agents killed Mira Holt at the ferry, Halyard officials said.", "a"),
        ("Veldara denied any knowledge of the killing of Mira Holt at the ferry.", "b"),
    ]
    with sayso.Record(tmp_path / "r.db") as record:
        record.add([sayso.Report(text, sayso.Publication(outlet=name), name) for text, name in rows])
        assert list(record.disputes()) == []


def test_who_knew_of_a_thing_is_what_is_said():
    score = scores(
        "King Orlan knew of what happened to Mira Holt", "King Orlan knew of the fate of Mira Holt", "Veldara knew of the fate of Mira Holt",
    )  # fmt: skip
    assert score("0", "1")[0] >= LINKED
    assert score("0", "2")[0] == score("1", "2")[0] == 0
