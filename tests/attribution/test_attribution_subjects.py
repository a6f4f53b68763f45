"""Who says what a verb tells that stands far from its subject, or in a row of verbs."""

from __future__ import annotations

import numpy as np
import pytest

import sayso
from sayso.attribution.candidates import EVIDENCE, Candidate
from sayso.attribution.features import Encoded
from sayso.attribution.joined import joined
from sayso.attribution.subjects import _OF_WHOM, _who
from sayso.language.sentences import sentences
from sayso.language.tokens import tokenise


def said(text: str) -> dict[str, tuple[str | None, str]]:
    """Source and content by cue."""
    return {row["cue"]["text"]: (row["source"] and row["source"]["text"], row["content"]["text"]) for row in sayso.analyse(text).rows()}


@pytest.mark.parametrize(("lead", "cue", "who"), [
    ("Mira Holt, who had written to the clerks in May, ", "said", "Mira Holt"),
    ("A second clerk who attended ", "said", "A second clerk"),
    ("The harbour official who first told the papers, and so began it all, ", "denied", "The harbour official"),
    ("The complaint, filed in the spring, ", "claims", "The complaint"),
    ("Holt answered the clerks in a letter, ", "saying", "Holt"),
    ("Holt answered the clerks, who had asked, ", "saying", None),
    ("For weeks, Republicans led by Senator Ann Holt of Tarrow ", "urged", "Republicans"),
    ("His comments echoed older ones, ", "saying", None),
    ("On Friday, after the vote, ", "said", None),
    ("She knows that she did not expect to meet with ", "questions", None),
    ("Holt met the clerks and ", "said", None),
])  # fmt: skip
def test_a_sentence_begins_with_whose_verb_it_is(lead, cue, who):
    found = _who(lead, [cue])
    assert (found and lead[slice(*found)]) == who


def test_verbs_in_a_row_have_one_source():
    found = said("The bank, in an open letter, blamed the board for ten years of drift, demanded its resignation, and promised a boycott.")
    assert {found[cue][0] for cue in ("blamed", "demanded", "promised")} == {"The bank"}


def test_but_turns_to_what_else_the_speaker_said():
    found = said("Sources in the party said the mayor was unhappy with the council, but ruled out a vote.")
    assert found["said"][1] == "the mayor was unhappy with the council"
    assert found["ruled out"] == ("Sources in the party", "a vote")


def test_but_goes_on_with_what_another_is_told_to_have_done():
    found = said("Brill admitted that Orlan asked her for the keys, but didn't ask her to wait.")
    assert found["didn't ask"][0] == "Orlan"


def test_participles_in_a_row_have_one_source():
    found = said("Mira Holt attacked the council on Friday, calling its plan a fraud and saying that the dam would not hold.")
    assert found["saying"][0] == found["calling"][0] == "Mira Holt"


def test_a_participle_behind_a_comma_has_the_source_of_the_sentence():
    found = said("The board met. Treasurer Ines Holt has rejected claims that she will dump the levy, labelling a leaked paper “a draft”.")
    assert found["labelling"] == ("Treasurer Ines Holt", "a leaked paper “a draft”")
    found = said("Velmora's clerk promises to fight on after Orlan and Tarrow asked the court to rule, saying the drug flows freely.")
    assert found["saying"][0] != "Velmora's clerk"


def test_what_and_adds_has_a_source_of_its_own():
    found = said("The court sat in Harun. Holt has rejected the claims and Orlan denies it paid for the dam.")
    assert found["has rejected"][1] == "the claims"
    assert found["denies"] == ("Orlan", "it paid for the dam")


def test_what_cannot_go_on_in_the_tense_of_a_content_is_said_anew():
    found = said("Holt said there was no record of two of the calls but conceded that a third had not been properly logged.")
    assert found["said"][1] == "there was no record of two of the calls"
    assert found["conceded"] == ("Holt", "that a third had not been properly logged")
    found = said("Meanwhile, Holt hinted that goalkeeper Tom Brill could leave on loan and confirmed skipper Jan Venn will miss the trip to Tarrow.")
    assert found["hinted"][1] == "that goalkeeper Tom Brill could leave on loan"


def test_neither_is_nobody_where_a_subject_stands_before_it():
    found = said("An official of the finance ministry, when approached, neither confirmed nor denied the report.")
    assert found["neither confirmed nor denied"] == ("An official of the finance ministry", "the report")


def test_a_relative_clause_between_two_verbs_has_no_part_in_the_second():
    found = said("Orlan has denied the regime carried out the attack, which killed more than 80 people, and has denounced the strike as illegal.")
    assert found["has denounced"][0] == "Orlan"


def test_what_somebody_holds_now_is_no_part_of_what_was_said():
    found = said("A Velmora spokesman said there were no plans for a meeting, but officials are expecting the two to meet on Wednesday.")
    assert found["said"][1] == "there were no plans for a meeting"


def test_while_begins_what_another_says():
    found = said("According to the minister, the talks had gone well, while his Veldaran counterpart said they had gone nowhere.")
    assert found["According to"][1] == "the talks had gone well"


def test_what_is_held_back_ends_what_was_said():
    found = said("She confirmed an offer had been made but would not be drawn on its size.")
    assert found["confirmed"][1] == "an offer had been made"


def test_who_is_promised_something_promises_nothing():
    found = said("Residents of Ardal have been promised compensation within a month, the mayor announced yesterday.")
    assert found["have been promised"][0] is None


def test_a_threat_going_on_stands_alone():
    found = said("Farmers are threatening to blockade the capital unless the government drops its plan to tax diesel.")
    assert found["are threatening"][0] == "Farmers"


def test_what_was_found_is_no_part_of_what_was_recommended():
    found = said("The commission found that soldiers had acted on orders from above and recommended that three generals be put on trial.")
    assert found["found"][1] == "that soldiers had acted on orders from above"
    assert found["recommended"] == ("The commission", "that three generals be put on trial")


def test_but_begins_what_another_says():
    found = said("Mr Brill claimed that he acted in self-defence, but the prosecution said he was the aggressor.")
    assert found["claimed"][1] == "that he acted in self-defence"
    assert found["said"] == ("the prosecution", "he was the aggressor")


def test_whom_something_is_claimed_of_stands_alone():
    found = said("The minister was accused on Tuesday of lying to parliament, a charge he dismissed as “nonsense on stilts”.")
    assert found["was accused"] == (None, "The minister … of lying to parliament")


def test_parents_hold_those_that_stand_in_them():
    rows = sayso.analyse("The report is out. It found no evidence that the boat had crossed the median line, as Orlan has alleged.").rows()
    contents = {row["id"]: row["content"]["spans"] for row in rows}
    for row in rows:
        at = row["cue"]["spans"][0][0]
        assert row["parent"] is None or any(a <= at < b for a, b in contents[row["parent"]])


def test_what_somebody_was_in_a_clause_is_not_who_says_it():
    lead = "On Friday, the aide, Ann Holt, 31, who has many friends in Orvan and at the time was "
    found = _OF_WHOM.fullmatch(lead)
    assert found is not None and found["who"] == "the aide, Ann Holt"
    assert _OF_WHOM.fullmatch("On Friday, Ann Holt met ") is None


@pytest.mark.parametrize(("text", "cue", "source"), [
    ("The mayor delivered a speech in front of the council warning that the ferry would sink.", "warning", "The mayor"),
    ("The Front, which Tarrow's ministers have branded a terrorist group, vowed on Monday to close the road to the dam. "
     "\"It is our road,\" it said.", "vowed", "The Front"),
    ("Mr. Holt acknowledged that his decree on the port would be challenged in the courts and even predicted that his side would lose.",
     "even predicted", "Mr. Holt"),
    ("The board insisted there had been no cuts and challenged the union to prove otherwise.", "challenged", "The board"),
])  # fmt: skip
def test_who_speaks_is_the_subject_of_the_sentence(text, cue, source):
    assert said(text)[cue][0] == source


def test_a_verb_right_behind_the_name_that_opens_its_sentence_is_of_who_bears_it():
    assert _who("Mira Holt ", ["disputed"]) == (0, 9) and _who("The reports ", ["disputed"]) is None


def test_a_second_verb_that_was_read_with_the_source_of_the_first_is_not_in_what_that_says():
    text = "An official conceded that the report had come from one source and said it was being checked."
    tokens, none = tokenise(text), np.zeros(0, np.int64)
    said = [text[token.start : token.end] for token in tokens].index("said")
    first, later = (
        Candidate((k, k + 1), ((0, 2),), ((k + 1, len(tokens) - 1),), np.ones(len(EVIDENCE), np.float32)) for k in (2, said)
    )
    first, later = joined(text, Encoded(tokens, (), none, none, none, none, none), [first, later], sentences(text))
    assert first.content == ((3, said - 1),) and later.source == ((0, 2),)
