"""Contents: whose a proposition is, and whose it is not."""

from __future__ import annotations

from dataclasses import replace

import sayso
from sayso.actors.actor import Actor
from sayso.claims.contents import _LEAD, contents_of
from sayso.claims.inserted import as_label


def said(text):
    a = sayso.analyse(text, published="2025-03-01")
    return {(c.voices[0].name if c.voices else None, c.text) for c in contents_of(a.report, a.reading, a.resolution)}


def test_what_another_is_said_to_have_denied_is_not_the_tellers():
    found = said(
        "Inga Tarrow said that she had spent an hour with the banker Jonas Fenn on Monday "
        "and that Jonas Fenn denied that the Harbour Bank poisoned the river."
    )
    assert {text for who, text in found if who == "Inga Tarrow"} == set()
    assert ("Jonas Fenn", "The Harbour Bank poisoned the river") in found


def test_what_one_says_of_what_one_thinks_is_ones_own():
    found = said("Inga Tarrow said that she believed that the Harbour Bank poisoned the river.")
    assert {who for who, _ in found} == {"Inga Tarrow"}


def test_nobody_denies_a_deed_done_to_himself():
    assert not any(text.startswith("Jonas Fenn") for _, text in said("Jonas Fenn denied killing Jonas Fenn in the harbour."))


def test_what_another_did_in_a_clause_beside_leaves_the_teller_his_claim():
    found = said(
        "Inga Tarrow said that if Veldara imposes sanctions on the Harbour Bank, "
        "the closure will ruin all the mills and farms of the southern valley."
    )
    assert any(who == "Inga Tarrow" and "will ruin" in text for who, text in found)


def test_names_put_in_stand_in_brackets():
    found = said("Inga Tarrow said on Monday that she had poisoned the river with the Harbour Bank's money.")
    assert {text for _, text in found} == {"[Inga Tarrow] had poisoned the river with the Harbour Bank's money"}


def test_what_is_denied_may_stand_in_the_cue():
    found = said("Inga Tarrow denied any knowledge of what happened to the missing engineer in Veldara.")
    assert any(text == "[Inga Tarrow knew] of what happened to the missing engineer in Veldara" for _, text in found)


def test_no_negation_is_cut_off_as_an_interjection():
    assert _LEAD.match("No deal means more war") is None
    assert _LEAD.match("No, the deal").end() == len("No, ")
    assert ("Inga Tarrow", "No treaty would mean more ships on the river") in said("Inga Tarrow said no treaty would mean more ships on the river.")


def test_a_speaker_who_is_only_guessed_stands_nowhere():
    a = sayso.analyse("He said that the Harbour Bank had poisoned the river.", published="2025-03-01")
    guessed = replace(a.resolution.voices[0], speaker=Actor("name:Fenn", "Fenn", "person"), how="pronoun", confidence=0.4)
    (content,) = contents_of(a.report, a.reading, replace(a.resolution, voices=(guessed,)))
    assert content.voices == ()


def test_somebodys_government_is_that_of_the_state():
    found = said("Syrian President Bashar al-Assad met envoys. Russia said Assad's government wasn't responsible for the attack.")
    assert {text for who, text in found if who == "Russia"} == {"[Syrian] government wasn't responsible for the attack"}


def test_what_somebody_is_besides_is_not_replaced():
    found = said("Orlan said that a prominent farmer and harbour resident, Inga Tarrow, was hurt by thieves at the ferry on Monday.")
    assert {text for _, text in found} == {"A prominent farmer and harbour resident, Inga Tarrow, was hurt by thieves at the ferry on Monday"}


def test_a_label_leaves_given_names_out():
    assert as_label("[Ann] Holt met [Veldara's] envoys and [Jonas] Fenn") == "Holt met [Veldara's] envoys and Fenn"
    assert as_label("[Jonas Fenn] met the board") == "[Jonas Fenn] met the board"
