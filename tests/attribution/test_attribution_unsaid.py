"""What is wanted or foreseen that somebody say is nobody's statement."""

from __future__ import annotations

import pytest

from sayso.attribution.unsaid import is_unsaid


@pytest.mark.parametrize(("act", "text", "unsaid"), [
    ("demand", "They |urged Holt to |veto|Holt| the bill", True),
    ("demand", "They |instructed Holt last week to |order|Holt| a search", True),
    ("demand", "They |called on Holt to |reiterate|Holt| her view", True),
    ("demand", "They |demanded that Holt |reject|Holt| the sale", True),
    ("demand", "They |urged Holt, who |opposes|who| the sale, to wait", False),
    ("want", "They |want a deal that unions |support|unions|", False),
    ("want", "They |want what Holt |promised|Holt|", False),
    ("say", "They |told Holt to |veto|Holt| the bill", False),
    ("demand", "They |posted a plea: “|Urge|| your mayor to wait”", True),
    ("predict", "They |foresee that Holt |will veto|Holt| the bill", True),
    ("predict", "They |foresee that Holt will |veto|Holt| the bill", True),
    ("predict", "They |expect Holt |to explain|Holt| the sale", True),
    ("suggest", "They |hinted that Holt |had vetoed|Holt| the bill", False),
    ("suggest", "They |signalled |willingness|| to sell", False),
])  # fmt: skip
def test_what_is_only_wanted_or_foreseen(act, text, unsaid):
    before, around, cue, source, rest = text.split("|")
    whole = f"{before}{around}{cue}{rest}"
    verb = before + around.split(" ")[0]
    at = (len(before) + len(around), len(before) + len(around) + len(cue))
    spans = (whole.rindex(source, 0, at[0]), whole.rindex(source, 0, at[0]) + len(source)) if source else None
    assert is_unsaid(whole, act, len(verb), spans, at) is unsaid


def test_a_run_of_adverbs_is_parted_in_one_way():
    text = "They urged Orlan " + "ly" * 400 + " zz veto the bill."
    assert not is_unsaid(text, "demand", 11, (11, 16), (text.index("veto"), text.index("veto") + 4))  # parted in every way it would never end
