"""Words that two cues of one sentence were read with, and which of them has them."""

from __future__ import annotations

import pytest

import sayso
from sayso.attribution.edges import Around, Parts, of_whose, with_its_sentence
from sayso.language.sentences import sentences


def said(text: str) -> list[tuple[str | None, str, str, bool]]:
    """Source, cue and content of each statement, and whether it stands in another."""
    rows = sayso.analyse(text).rows()
    return [(row["source"] and row["source"]["text"], row["cue"]["text"], row["content"]["text"], row["parent"] is not None) for row in rows]


def test_what_one_says_ends_where_the_sentence_turns_to_what_else_it_claims():
    found = said("Veldara Today wrote that the minister had confessed; it also claimed that the inquiry had cleared Veldara.")
    assert ("Veldara Today", "wrote", "that the minister had confessed", False) in found
    assert ("it", "also claimed", "that the inquiry had cleared Veldara", False) in found


def test_who_tells_what_another_says_has_both():
    found = said('"The dam is safe," Orlan said, per the Tolmark Gazette. "Nobody has to leave the valley."')
    assert {(source, inner) for source, _, _, inner in found} == {("the Tolmark Gazette", False), ("Orlan", True)}
    found = said("Tarrow, according to Holt, told the clerks there would be no vote before the summer.")
    assert ("Tarrow", True) in {(source, inner) for source, _, _, inner in found}


def test_a_colon_after_a_clause_is_nobody_s():
    text = "As for the mine, whose owner, Cara Whitlock, said two weeks ago that the gate was shut: it has held back since."
    assert [source for source, _, _, _ in said(text)] == ["whose owner, Cara Whitlock,"]


@pytest.mark.parametrize(("source", "left"), [
    ("Brennia, whose envoy, Cara Whitlock,", "whose envoy, Cara Whitlock,"),
    ("Brennia, whose army lost the war,", "Brennia, whose army lost the war,"),
])  # fmt: skip
def test_whose_envoy_speaks_is_no_part_of_who_speaks(source, left):
    ((start, end),) = of_whose(Around(source), Parts(((0, len(source)),), (), ())).source
    assert source[start:end] == left


@pytest.mark.parametrize(("text", "content", "whole"), [
    ("The boat sank near the quay, where the river bends, the guard said.", "the river bends", "The boat sank near the quay, where the river bends"),
    ("In an interview with Holt, the plan was sound, the mayor said.", "the plan was sound", "the plan was sound"),
    ("The result: nobody came, the mayor said.", "nobody came", "nobody came"),
    ("The road is shut but nobody came, the mayor said, and left.", "nobody came", "nobody came"),
])  # fmt: skip
def test_who_said_it_ends_the_sentence_that_is_said(text, content, whole):
    source = text.index("the guard" if "guard" in text else "the mayor")
    cue = text.index(" said") + 1
    at = text.index(content)
    parts = Parts(((source, cue - 1),), ((cue, cue + 4),), ((at, at + len(content)),))
    ((start, end),) = with_its_sentence(Around(text, sentences(text)), parts).content
    assert text[start:end] == whole


def test_a_content_does_not_run_on_into_other_paragraphs_around_quotations():
    text = (
        "The union was angry. Nobody had told it of the sale.\n\n“The dam is safe,” the mayor, Ann Holt, told reporters.\n\n"
        "The engineers laughed. “She has not been inside,” said Peter Tarrow.\n\nKestria accused Veldara of theft, a charge that Sorrin denied."
    )
    assert all("\n\n" not in content for _, _, content, _ in said(text))
    assert ("Kestria", "accused") in {(source, cue) for source, cue, _, _ in said(text)}


def test_a_dateline_is_not_read():
    accused = "Veldara on Thursday dismissed accusations by Brennia that it sank a boat last week"
    found = said(f"SORRIN, March 13 (Halyard) - {accused}, and said it would not open the gates of the dam under pressure.")
    assert ("Veldara", "dismissed", "accusations by Brennia that it sank a boat last week", False) in found
    assert ("Brennia", "accusations", "that it sank a boat last week", True) in found
    assert ("Veldara", "said", "it would not open the gates of the dam under pressure", False) in found


def test_what_a_group_alleged_is_told():
    found = said("In a statement on Saturday the group, which some in Ambrel still call the Reed Brigade, alleged that the police had fired first.")
    assert ("the group", "alleged", "that the police had fired first", False) in found


@pytest.mark.parametrize(("text", "source", "cue", "content"), [
    ("The minister spoke on Friday. Ambrel had supplied it, she alleged, calling Kestria “the number one arms dealer on this river”.",
     "she", "calling", "Kestria “the number one arms dealer on this river”"),
    ("Ilko Marenz dismissed out of hand allegations by Ambrel that the army had opened fire on the boat.",
     "Ilko Marenz", "dismissed out of hand", "allegations by Ambrel that the army had opened fire on the boat"),
    ("In a voice message its commander, known as “Teal”, said that the group had no quarrel with the boats.",
     "its commander", "said", "that the group had no quarrel with the boats"),
    ("Orla Venn repeated her ministry’s assertion that the patrol boat Merganser, which sank last Wednesday, had struck a mine.",
     "Orla Venn", "repeated", "her ministry’s assertion that the patrol boat Merganser, which sank last Wednesday, had struck a mine"),
    ("Two sailors were found. Neither could say whether the boat had strayed across the line, as Sorrin alleges.",
     "Sorrin", "alleges", "the boat had strayed across the line"),
])  # fmt: skip
def test_edges_of_what_is_said(text, source, cue, content):
    assert (source, cue, content) in {(who, how, what) for who, how, what, _ in said(text)}


def test_a_claim_that_another_denies_ends_before_who_does():
    found = said("Kestria's army said on Wednesday its troops held the town of Orvan after a week of fighting, a claim swiftly denied by Brennia.")
    assert ("Kestria's army", "said", "its troops held the town of Orvan after a week of fighting", False) in found
    assert ("Brennia", "swiftly denied", "a claim", False) in found


def test_a_participle_of_who_agrees_tells_it():
    found = said('"She jumped," says the Orvan Courier. The Herald agrees, reporting that the ministry had lined up a successor days ago.')
    assert ("The Herald", "reporting", "that the ministry had lined up a successor days ago", False) in found
    assert all(not content.startswith("reporting") for _, _, content, _ in found)


@pytest.mark.parametrize(("text", "cue", "source", "content"), [
    ("The group has demanded that the mine close and accused its owners of lying.", "accused", "The group", "its owners of lying"),
    ("The guard insists that the bank knew, and has called on it to pay.", "has called on", "The guard", "it to pay"),
    ("Police said they were aware of the threats and urged shops to close.", "urged", "Police", "shops to close"),
])  # fmt: skip
def test_a_second_verb_that_the_clause_cannot_have_is_the_speaker_s(text, cue, source, content):
    assert (source, cue, content, False) in said(text)


def test_a_verb_that_ends_its_sentence_has_not_what_somebody_says_in_the_next():
    assert ("she", "says", '"The people have spoken,"', False) in said('Holt concedes. "The people have spoken," she says, before leaving.')


def test_what_tells_of_something_suggests_what_stands_behind_it():
    text = "The Pentagon's target, an old air base, is of little use. Initial accounts of the attack suggest that the hangars were destroyed."
    found = said(text)
    assert ("Initial accounts of the attack", "suggest", "that the hangars were destroyed", False) in found
