"""Anchoring, relative words, inference and doubts: what a text tells with its day of publication, and without."""

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.dates.anchoring import anchored
from sayso.dates.dateline import dateline
from sayso.dates.dating import doubts, infer
from sayso.dates.periods import easter, period
from sayso.dates.recogniser import find
from sayso.dates.relative import relative

TODAY = date(2026, 1, 1)


def ranges(text, published):
    return [(t.first, t.last) for t in anchored(find(text), published)]


def test_a_part_of_a_month_narrows_the_days():
    assert ranges("They met in late January.", "2017-02-07") == [("2017-01-16", "2017-01-31")]
    assert ranges("They met in early January.", "2017-02-07") == [("2017-01-01", "2017-01-16")]


def test_winter_is_that_of_its_december():
    assert ranges("They met last winter.", "2017-06-01") == [("2016-12-01", "2017-02-28")]


def test_the_start_and_the_end_of_a_stretch():
    times = find("They fought from March 6 to March 9, and since 2014, until May 2015, before 2016 and by Friday.")
    assert [e.bound for e in times] == ["since", "until", "since", "until", "before", "by"]


def test_without_a_day_of_publication_only_what_hangs_on_nothing_has_a_value():
    text = "On Monday, since September 2015 and two weeks ago, Orlan said so; the next day he left."
    assert [t.value for t in anchored(find(text), None)] == [None, "2015-09", None, None]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Orlan said so on Monday.", "the Monday on or before publication"),
        ("Orlan said so last Wednesday.", "the Wednesday before publication"),
        ("Orlan said so yesterday.", "the day before publication"),
        ("Orlan said so last week.", "the week before that of publication"),
        ("Orlan said so three weeks ago.", "3 weeks before publication"),
        ("Orlan said so last December.", "the December before publication"),
        ("Orlan said so in June last year.", "the June of the year before that of publication"),
        ("Orlan said so in 2015.", None),
    ],
)
def test_relative_words(text, words):
    times = find(text)
    assert relative(times, len(times) - 1, text) == words


def test_relative_words_hang_on_what_was_told():
    text = "They met on March 6; two days later they left."
    assert relative(find(text), 1, text) == "2 days after “March 6”"


def inferred(text):
    return infer(text, find(text))


def test_a_text_that_tells_of_a_month_as_past_was_published_after_it_began():
    made = inferred("The envoys have met since September 2015. On Monday Orlan left.")
    assert (made.first, made.last, made.grounds) == ("2015-09-01", None, ("September 2015",))


def test_days_past_and_yet_to_come_pin_the_time_of_the_year():
    made = inferred("The July 2015 accord holds. See the bulletin of Feb 6: all calm. The next round is scheduled for February 20.")
    assert (made.first, made.season) == ("2016-02-06", ("02-06", "02-20"))
    assert set(made.grounds) == {"July 2015", "Feb 6", "February 20"}
    assert "Feb 6" in str(made)


def test_a_weekday_with_a_date_tells_the_year():
    made = inferred("The law of May 2014 holds. Orlan was shot on Friday, Oct. 23. The trial is scheduled for Nov. 6.")
    assert (made.first, made.last) == ("2015-10-23", "2015-11-06")


def test_a_text_without_dates_tells_nothing():
    assert inferred("Orlan said on Monday that the port was closed.") is None


@pytest.mark.parametrize(
    ("text", "published", "words"),
    [
        ("It was signed on 31 February 2016.", "2017-03-30", "there is no day 31 in February 2016"),
        ("It was signed on 12/11/10.", "2017-03-30", "may be several days"),
        ("It was signed on March 5, 20177.", "2017-03-30", "there is no year 20177"),
        ("It was signed in the year 0.", "2017-03-30", "there is no year 0"),
        ("It was signed on 15 Ramadan 1437.", "2017-03-30", "Hijri calendar"),
        ("It was signed in Mordad 1395.", "2017-03-30", "Persian calendar"),
        ("It was signed on Monday, March 14, 2017.", "2017-03-30", "14 March 2017 was no Monday"),
        ("They have fought since September 2015.", "1917-03-30", "tells of “September 2015” as past"),
        ("They have fought since September 2015.", "2117-03-30", "yet to come"),
        ("They fought in September 2015.", "2085-03-30", "the last day that it tells of is in 2015"),
    ],
)
def test_what_cannot_be_is_said(text, published, words):
    assert any(words in line for line in doubts(text, find(text), published, today=TODAY))


def test_nothing_is_said_of_what_fits():
    text = "They have fought since September 2015, and met on Thursday, March 23."
    assert doubts(text, find(text), "2017-03-30", today=TODAY) == ()


def test_easter():
    assert [easter(y).isoformat() for y in (1998, 2000, 2016, 2017, 2024)] == ["1998-04-12", "2000-04-23", "2016-03-27", "2017-04-16", "2024-03-31"]


@given(st.text(st.sampled_from("0123456789-WQXESUPA"), max_size=12))
def test_a_value_is_a_period_or_none(value):
    made = period(value)
    assert made is None or made.first <= made.last


WORDS = (
    "Monday may March 1999 2016 31 February the last next this two days weeks ago earlier later since until of in on , . - / ' \n 12 11 10 quarter "
    "year fiscal said will first week Ramadan Easter s p m : noon spring ’ ₂ ² ٣ century 0 00000 Sept 99999999999"
).split(" ")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40), st.sampled_from(["", " "]), st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_any_text_and_any_day_give_spans_in_order_and_days_in_order(words, gap, day):
    text = gap.join(words)
    times = find(text)
    assert [e.span for e in times] == sorted(e.span for e in times)
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(times))
    for e, t in zip(times, anchored(times, day.isoformat()), strict=True):
        assert 0 <= e.span[0] < e.span[1] <= len(text)
        assert t.first is None or (t.last is not None and t.first <= t.last)
    infer(text, times)
    doubts(text, times, day.isoformat(), today=TODAY)


@pytest.mark.parametrize("piece", ["the last ", "10 to ", "March ", "1999 - ", "two ", "' s ", "a quarter of ", "12/", "9", "in the late "])
def test_cost_is_linear(piece):
    find("warm up")
    begin = time.process_time()
    find(piece * 20_000)
    assert time.process_time() - begin < 60


def test_a_lead_that_only_the_next_sentence_names_has_its_day():
    import sayso

    text = (
        "The Russian foreign minister has denied that Moscow armed the rebels.\n"
        "In an interview on Monday, Sergei Lavrov said that the charge was false."
    )
    a = sayso.analyse(text, published="2017-02-07")
    assert [s.on for s in a.said if s is not None] == ["2017-02-06"] * 2
    assert a.said[0] is not None and a.said[0].how == "occasion"


def test_a_dateline_tells_the_day_of_filing():
    made = inferred("Port closed.\n\nORLANVILLE, Tellia, March 6, 2017 (Newsline) — The port was closed on Sunday.")
    assert (made.first, made.last, made.grounds) == ("2017-03-06", "2017-03-07", ("March 6, 2017",))


def test_a_day_without_its_year_may_be_before_a_whole_date():
    made = inferred("The bridge was closed on 12 March 2019. The contract was signed on 3 February.")
    assert (made.first, made.last) == ("2019-03-12", None)


def test_a_dateline_without_its_year_tells_the_time_of_the_year():
    made = inferred("ORLANVILLE, Dec. 31 — The port has been closed since September 2015. Talks are scheduled for January 20.")
    assert (made.season, made.first) == (("12-31", "01-01"), "2015-12-31")


@pytest.mark.parametrize(
    "text", ["Orlanville, March 6, was a quiet town.", "ORLAN SAID, March 6 was a holiday.", "ORLANVILLE — On March 6 the port was closed."]
)
def test_a_place_and_a_day_in_a_sentence_are_no_dateline(text):
    assert dateline(text, find(text)) is None


def test_a_dateline_is_held_against_the_day_of_publication():
    text = "ORLANVILLE, March 6 (Newsline) - The port was closed."
    assert doubts(text, find(text), "2017-03-07", today=TODAY) == ()
    assert doubts(text, find(text), "2017-03-20", today=TODAY) == ("published on 2017-03-20, but its dateline says “March 6”",)


def test_what_is_only_named_by_its_year_is_not_told_as_past():
    for text in (
        "Orlan asked the 2027 candidates about it.", "Tesk said that she was running for president in 2027.",
        "The plan expected the debt to fall by 2030.", "They called a vote for June 5, 2027.", "The note was printed on February 8, 2025.",
    ):  # fmt: skip
        assert not doubts(text, find(text), "2025-02-07", today=TODAY), text
    for text in ("The bridge was sold in 2027, and then fell.", "Tesk died on June 5, 2027."):
        assert doubts(text, find(text), "2025-02-07", today=TODAY), text
