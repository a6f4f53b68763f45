"""Which of the days that a text tells is given for a statement: the likeliest, if it is likely enough for its age."""

import numpy as np
import pytest

import sayso
from sayso.attribution.engine import shared_engine
from sayso.dates.aging import is_given
from sayso.dates.forest import Forest
from sayso.dates.ranking import sayings
from sayso.dates.recogniser import expressions, lay_out
from sayso.dates.saying import Saying
from sayso.mentions.mention import Speaker
from sayso.statements import Statement


def place(text, words):
    at = text.index(words)
    return ((at, at + len(words)),)


def ranked(text, statements, who, encoding=None):
    page = lay_out(text)
    times = expressions(page)
    encoding = shared_engine().encode(text) if encoding is None else encoding
    return [
        None if s is None else (text[slice(*times[s.time].span)], s)
        for s in sayings(page, times, statements, [Speaker((n,), "name", 0.9) for n in who], [], [], encoding)
    ]


def test_a_day_in_the_clause_of_the_cue_is_given_whatever_its_age():
    text = "Orlan said on Monday that the port was closed.\n\nNo ship came in."
    s = Statement(place(text, "Orlan"), place(text, "said"), place(text, "that the port was closed"), (), "indirect", "say", False, None, 0.9)
    ((words, saying),) = ranked(text, [s], [0])
    assert (words, saying.how) == ("Monday", "clause")
    assert is_given(saying, 0, is_day=True)
    assert is_given(saying, 3, is_day=True)
    assert is_given(saying, None, is_day=True)


def test_what_others_say_inside_what_is_said_has_not_its_day():
    text = "Orlan said on Monday that Tellik claims the port is closed."
    whole = place(text, "that Tellik claims the port is closed")
    outer = Statement(place(text, "Orlan"), place(text, "said"), whole, (), "indirect", "say", False, None, 0.9)
    inner = Statement(place(text, "Tellik"), place(text, "claims"), place(text, "the port is closed"), (), "indirect", "say", False, 0, 0.9)
    made = ranked(text, [outer, inner], [0, 1])
    assert made[0] is not None
    assert made[1] is None


def test_a_text_that_tells_no_day_dates_nothing():
    text = "Orlan said that the port was closed."
    s = Statement(place(text, "Orlan"), place(text, "said"), place(text, "that the port was closed"), (), "indirect", "say", False, None, 0.9)
    assert ranked(text, [s], [0]) == [None]


def test_news_of_the_day_before_is_given_sooner_than_of_days_before():
    unsure = Saying(0, "occasion", 0.65)
    assert is_given(unsure, 1, is_day=True)
    assert not is_given(unsure, 5, is_day=True)


def test_a_forest_is_the_mean_of_its_trees():
    tree = {"feature": [0, 0, 0], "bound": [1.5, 0, 0], "low": [1, 1, 2], "high": [2, 1, 2], "chance": [0, 0.2, 0.8]}
    leaf = {"feature": [0], "bound": [0], "low": [0], "high": [0], "chance": [0.4]}
    assert Forest.load([tree, leaf]).chances(np.array([[1.0], [2.0]])) == pytest.approx([0.3, 0.6])


def test_cost_is_linear():
    import time

    spent = []
    for times in (80, 320):  # a window of the network is full with the first
        text = "".join(f"Orlan said on Monday that port {n} was closed.\n\n" for n in range(times))
        statements, at = [], 0
        for _ in range(times):
            begin = text.index("Orlan", at)
            cue, content = text.index("said", begin), text.index("that", begin)
            at = text.index(".", content)
            statements.append(Statement(((begin, begin + 5),), ((cue, cue + 4),), ((content, at),), (), "indirect", "say", False, None, 0.9))
        encoding = shared_engine().encode(text)
        begin_at = time.process_time()
        assert all(s is not None for s in ranked(text, statements, [0] * times, encoding))
        spent.append(time.process_time() - begin_at)
    assert spent[1] < 12 * spent[0]


@pytest.mark.parametrize(("told", "on"), [("in 2014", None), ("in May 2014", "2014-06")])
def test_a_month_is_not_counted_from_a_year(told, on):
    text = f"Orlan lost the vote {told}. About a month later, Mira Holt announced that the bridge would be built."
    (row,) = sayso.analyse(text, published="2015-07-15").rows()
    assert row["said_on"] == on
    assert (row["said"] is None) is (on is None)


def test_a_day_from_which_days_are_counted_is_not_that_of_what_was_said_then():
    import sayso

    a = sayso.analyse("The chief resigned on Friday, a day after a report found that officers had ignored the pleas.", published="2022-06-11")
    assert [s for s in a.said if s is not None and s.on == "2022-06-10"] == []


@pytest.mark.parametrize(
    ("text", "cue", "on"),
    [
        ("The port is shut.\n\nLast month, Tesk said that it would open.", "said", "2025-02"),
        ("The port is shut.\n\nTesk told the Gazette last year that it would open.", "told", "2024"),
        ("The port is shut.\n\nOn January 9, Tesk announced that it would open.", "announced", "2025-01-09"),
        ("Tesk wrote in his January 4 letter that the plan was dead.", "wrote", "2025-01-04"),
        ("Tesk denied the charge on Tuesday.", "denied", "2025-03-04"),
    ],
)
def test_a_day_right_beside_the_verb_is_given_however_long_ago(text, cue, on):
    a = sayso.analyse(text, published="2025-03-06")
    made = next(said for s, said in zip(a.statements, a.said, strict=True) if cue in text[slice(*s.cue[0])])
    assert made is not None
    assert (made.on, made.how) == (on, "clause")


@pytest.mark.parametrize(
    "told",
    [
        "Tesk had called the port a ruin.", "Tesk had previously announced that the port would stay.", "Tesk famously said that the port was a ruin.",
        "Tesk wrote in her 1990 autobiography that the port was a ruin.",
    ],
)  # fmt: skip
def test_what_was_said_at_another_time_has_no_day_from_around_it(told):
    text = f"Tesk said on Tuesday that the port was safe. {told}\n\nShe said that it would open soon."
    a = sayso.analyse(text, published="2025-03-06")
    at = text.index(told)
    made = [said for s, said in zip(a.statements, a.said, strict=True) if s.cue and at <= s.cue[0][0] < at + len(told)]
    assert made
    assert not any(made)


def test_a_newspaper_is_no_weekday():
    assert not expressions(lay_out("She told the Orlan Sun. Then she left."))
    assert expressions(lay_out("The game is on Sun. at noon."))
