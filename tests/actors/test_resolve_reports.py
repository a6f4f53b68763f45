"""Who a whole report's sources are, with the registry and the day of publication."""

from __future__ import annotations

import pytest

import sayso


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("President Trump sat down with Vladimir Putin on Monday, with the Russian president suggesting that talks would go on.", "Vladimir Putin"),
        ("Hours after President Trump left the palace, the Russian president said the sanctions had failed.", "Vladimir Putin"),
        ("President Trump flew home on Monday. The president said the talks had gone well.", "Donald Trump"),
        ("Prime Minister Theresa May spoke first. The Canadian prime minister said he was content.", "Justin Trudeau"),
    ],
)
def test_an_office_of_a_state_is_not_another_states_holder(text, speaker):
    found = sayso.analyse(text, published="2018-07-16", outlet="CNN")
    assert [v.speaker.name for v in found.voices if v.speaker] == [speaker]


def test_a_group_that_only_a_pronoun_names_goes_by_its_members():
    text = "Lavrov was referring to remarks by US President Donald Trump and other Western officials, who have branded the plan a “mistake”."
    found = sayso.analyse(text, published="2018-07-16", outlet="CNN")
    groups = [v.speaker.name for v in found.voices if v.speaker and v.speaker.kind == "group"]
    assert groups == ["Donald Trump and other Western officials"]
