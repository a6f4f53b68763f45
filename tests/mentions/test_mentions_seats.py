"""Members of the Congress of the United States are of its side; what stands in a quotation of theirs is not of them."""

from __future__ import annotations

import pytest

import sayso


@pytest.mark.parametrize("who", ["Rep. Steve Halloran (D-Ohio)", "Sen. Ann Morrow, R-Ariz.,", "Jane Tarrow (R-New York)", "Bo Lind (D-VT)"])
def test_a_party_and_a_state_behind_a_name_tell_a_seat(who):
    a = sayso.analyse(f"{who} said on Monday that the bill would pass.", published="2017-04-03")
    side = a.resolution.voices[0].side
    assert side is not None and side.id == "state:united-states"


def test_a_bracket_that_is_none_tells_nothing():
    a = sayso.analyse("Steve Halloran (R-rated, as he says) said on Monday that the bill would pass.", published="2017-04-03")
    assert a.resolution.voices[-1].side is None


def test_whom_i_speaks_of_is_not_who_speaks():
    a = sayso.analyse("King Orvan of Veldara called on Monday. “I think he understands what is at stake,” Jonas Fenn said.", published="2017-04-03")
    said = [(s, v.speaker) for s, v in zip(a.statements, a.resolution.voices, strict=True) if v.speaker and s.source]
    names = {a.report.text[slice(*s.source[0])]: who.name for s, who in said}
    assert names.get("he", "") != "Jonas Fenn"
