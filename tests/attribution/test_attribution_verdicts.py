"""What is said of a claim that a noun names is no part of the claim."""

from __future__ import annotations

import pytest

import sayso
from sayso.attribution.verdicts import claimed, verdict


@pytest.mark.parametrize("text, sign, rest", [
    ("that the ferry sank were false", -1, "that the ferry sank"),
    ("that it sank has no basis in fact.", -1, "that it sank"),
    ("that it sank do not correspond to reality", -1, "that it sank"),
    ("that it sank were entirely accurate", 1, "that it sank"),
    ("that it sank in spring", 0, ""),
])
def test_verdict(text, sign, rest):
    found = verdict(text)
    assert (found is not None) == bool(sign)
    if found is not None:
        assert (found.sign, text[: found.start]) == (sign, rest)


@pytest.mark.parametrize("head, before, content, after, outer, cut", [
    ("allegations", "Halyard ", 'that the mill was burned "do not correspond to reality."', "\n", "said", "that the mill was burned"),
    ("claims", "", "that the bridge had been sold are “pure fantasy”", ".", "said", "that the bridge had been sold"),
    ("claim", "the ", "that the story was false", ".", "said", None),  # what is claimed is the verdict
    ("accusations", "", "that the firm knew the tests were false", ".", "rejected", None),  # the noun is an object
    ("accusations", "Holt faces ", "that he said things that were untrue", ".", None, None),
    ("claims", "", "that the bridge was sold are false", " and dangerous", "said", None),
])
def test_what_a_noun_claims_ends_before_the_verdict(head, before, content, after, outer, cut):
    stop = claimed(head, before, content, after, outer)
    assert (None if stop is None else content[:stop]) == cut


def test_the_accuser_does_not_deny_the_accusation():
    analysis = sayso.analyse('Tarrow said Halyard allegations that Veldara carried out the attack "do not correspond to reality."')
    said, accused = analysis.reading.statements
    text = analysis.report.text
    assert text[slice(*accused.content[-1])] == "that Veldara carried out the attack"
    assert accused.parent == 0 and text[said.content[0][0] :].startswith("Halyard")
