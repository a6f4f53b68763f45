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


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Ann Holt spoke in Sorrin. Ann Holt's campaign said she was ill.", "Holt campaign", "organisation"),
        ("Ann Holt spoke in Sorrin. Her campaign said she was ill.", "Holt campaign", "organisation"),
        ("On Monday the Game and Wildlife Service said the weir would go.", "Game and Wildlife Service", "organisation"),
        ("ORVAL Political Director Tam Brell said the vote was lost.", "Tam Brell", "person"),
        ("The Secretary of the Interior Ann Holt said the vote was lost.", "Ann Holt", "person"),
    ],
)
def test_campaigns_and_names_with_roles_or_and_in_them(text, name, kind):
    speakers = [v.speaker for v in sayso.analyse(text).voices if v.speaker]
    assert (speakers[-1].name, speakers[-1].kind) == (name, kind)


@pytest.mark.parametrize("who", ["One Halyard user", "A BBC viewer", "Critics of NATO"])
def test_who_deals_with_a_body_from_without_is_not_on_its_side(who):
    ((row),) = sayso.analyse(f"{who} said that the picture was too small.").rows()
    assert row["speaker"]["side"] is None
