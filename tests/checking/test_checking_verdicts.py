"""What was done to a quotation, told by holding it against what was said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sayso

SAID = """Interview with Mr Orlan, 3 March

Q: Will you sell the northern mill to the council this year, Minister?
ORLAN: We will not sell the mill, if they
keep the treaty. Perhaps we will talk to the governor about the price of grain. I think the winter was long and the roads are bad.
And that is why we built the bridge at Tamber. My critics say that the bridge is a waste of money. We did not ask anybody for help.
In theory, the wheel turns by June. While I live, no toll is asked there. The council lied to the miller.
MR. HALE: The bridge fell down twice before it was opened to the public. We paid four million dollars for it. Iran's mill is ours.
ORLAN: It stands today. Our engineers, who know their trade, checked every bolt of it in the spring. We shall open the second one in May.
Let us not forget that the first mill was ours. They gave no bread to the miller nor to his sons. The millers of the north keep no grain.
The council, the governor, and the men of the valley have known since the flood that grain which is not milled here is milled nowhere.
"""


def checked(quote, speaker=None):
    return sayso.check_quote(quote, [SAID], speaker=speaker)


@pytest.mark.parametrize("quote", [
    "It stands today.", "“It stands today,”", "We paid $4m for it", "WE PAID FOUR MILLION DOLLARS FOR IT", "We didn't ask anybody for help",
    "“It stands today,” he said. “Our engineers, who know their trade, checked every bolt of it in the spring.”",
    "That's why we built the bridge at Tamber",
    "We shall open the\nsecond one in May", "[The mill] stands today", "Uh, it stands today", "Iran’s mill is ours",
])  # fmt: skip
def test_word_for_word(quote):
    made = checked(quote)
    assert (made.verdict, made.passes) == ("verbatim", True)


@pytest.mark.parametrize(("quote", "cuts", "lost", "passes"), [
    ("We will not sell the mill", ("tail",), ("condition",), False),
    ("We will sell the mill, if they keep the treaty", ("middle",), ("negation",), False),
    ("We did ask anybody for help", ("middle",), ("negation",), False),
    ("we will talk to the governor about the price of grain", ("head",), ("hedge",), False),
    ("the winter was long and the roads are bad", ("head",), ("hedge",), False),
    ("the bridge is a waste of money", ("head",), ("subject",), False),
    ("will not sell the mill, if they keep the treaty", ("head",), ("subject",), False),
    ("checked every bolt of it", ("head", "tail"), (), True),
    ("The bridge fell down twice", ("tail",), (), True),
    ("Our engineers … checked every bolt of it in the spring", ("middle",), (), True),
    ("Our engineers checked every bolt of it in the spring", ("middle",), (), False),
    ("every bolt of it", ("head", "tail"), (), True),
    ("fell down twice before it was opened", ("head", "tail"), ("subject",), False),
    ("paid four million dollars for it", ("head",), ("subject",), False),
    ("lied to the miller", ("head",), ("subject",), False),
    ("the wheel turns by June", ("head",), ("hedge",), False),
    ("no toll is asked there", ("head",), ("condition",), False),
    ("the first mill was ours", ("head",), (), True),
    ("They gave no bread to the miller", ("tail",), (), True),
    ("[The millers] keep no grain", ("middle",), (), True),
])  # fmt: skip
def test_trimmed_and_what_the_cut_takes_away(quote, cuts, lost, passes):
    made = checked(quote)
    assert (made.verdict, made.finding.cuts, made.finding.lost, made.passes) == ("trimmed", cuts, lost, passes)


@pytest.mark.parametrize(("quote", "verdict"), [
    ("Our engineers, who know their trade, checked every screw of it in the spring", "altered"),
    ("Our chief engineers, who know their trade, checked every bolt of it in the spring", "altered"),
    ("We shall open the third one in May", "altered"),
    ("We paid five million dollars for it", "altered"),
    ("The roads are bad and the winter was long", "reordered"),
    ("We built the bridge at Tamber and grain which is not milled here is milled nowhere", "spliced"),
    ("We will never surrender to the enemies of our people", "not found"),
    ("a marvel of our age", "not found"),
    ("toothless", "not found"),
])  # fmt: skip
def test_other_verdicts(quote, verdict):
    made = checked(quote)
    assert (made.verdict, made.passes) == (verdict, False)


@pytest.mark.parametrize(("quote", "speaker", "verdict"), [
    ("The bridge fell down twice before it was opened to the public", "Pavel Orlan", "other speaker"),
    ("The bridge fell down twice before it was opened to the public", "Jonas Hale", "verbatim"),
    ("The bridge fell down twice before it was opened to the public", "Minister Hale", "verbatim"),
    ("The bridge fell down twice before it was opened to the public", None, "verbatim"),
    ("The bridge fell down twice before it was opened to the public", "the council", "verbatim"),  # no label tells who that is
    ("Will you sell the northern mill to the council this year", "Pavel Orlan", "other speaker"),
    ("twice", "Pavel Orlan", "not found"),
])  # fmt: skip
def test_who_said_it(quote, speaker, verdict):
    assert checked(quote, speaker).verdict == verdict


def test_the_transcript_that_has_it_best_counts():
    made = sayso.check_quote("It stands today.", ["It stood yesterday.", SAID, "It stands today, they say."])
    assert made.transcript is not None and made.transcript.report.text == SAID
    assert sayso.check_quote("It stands today.", []).verdict == "not found"


@pytest.mark.parametrize("quote", ["", " ", "…", "“”", "—"])
def test_a_quotation_needs_words(quote):
    with pytest.raises(ValueError, match="without a word"):
        checked(quote)
    with pytest.raises(ValueError, match="3,000 words"):
        checked("the war " * 2000)


def test_differences_lead_back_to_both_texts():
    quote = "Our engineers checked every screw of it … We shall open [a bridge] in May"
    made = checked(quote)
    for d in made.finding.differences:
        if d.kind == "same":
            assert quote[slice(*d.quote)].lower().replace("\n", " ") == SAID[slice(*d.passage)].lower().replace("\n", " ")
    replaced = next(d for d in made.finding.differences if d.kind == "replaced")
    assert (quote[slice(*replaced.quote)], SAID[slice(*replaced.passage)]) == ("screw", "bolt")


def test_every_quotation_of_a_report():
    report = "“We will not sell the mill,” the minister, Pavel Orlan, said on Monday.\n\n“We paid $4m for it,” said Jonas Hale.\n"
    rows = [one.row() for one in sayso.check(sayso.analyse(report, outlet="Halyard"), [SAID])]
    assert [(row["quote"], row["verdict"], row["lost"]) for row in rows] == [
        ("We will not sell the mill,", "trimmed", ["condition"]), ("We paid $4m for it,", "verbatim", [])
    ]  # fmt: skip
    assert rows[0]["report"]["outlet"] == "Halyard" and rows[0]["statement"]
    assert all(report[slice(*span)] in row["quote"] for row in rows for span in row["spans"])


WORDS = st.lists(st.sampled_from("we will not sell the mill bridge grain if they , . perhaps …".split()), min_size=1, max_size=30).map(" ".join)


@given(WORDS, WORDS)
def test_any_two_texts_can_be_held_against_each_other(quote, said):
    try:
        made = sayso.check_quote(quote, [said])
    except ValueError:
        return
    for start, end in made.finding.passages:
        assert 0 <= start < end <= len(said)
    assert made.row()["verdict"] == made.verdict


@given(st.integers(0, 8), st.integers(1, 8))
def test_what_was_said_is_never_altered(start, size):
    words = "We shall open the second bridge in May whatever comes".split()
    quote = " ".join(words[start : start + size])
    if quote:
        assert sayso.check_quote(quote, [" ".join(words) + "."]).verdict in ("verbatim", "trimmed")


@pytest.mark.parametrize("quote", [
    "critics waste", "It was the mill of the council this year, I think, and the men of the valley sold it to the public",
])
def test_words_that_stand_about_are_not_found(quote):
    """Few words, or many that anybody uses, stand somewhere in a long text: that is neither a cut nor a splice."""
    assert checked(quote).verdict == "not found"


def test_words_said_once_are_found_once():
    said = "The grain is watched. This is very important for the valley."
    made = sayso.check_quote("I did say that this is very important. The grain is watched. This is very important for the valley.", [said])
    assert made.verdict == "altered"
