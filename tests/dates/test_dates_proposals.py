"""When each statement was made, as the rules propose it: from its clause, from another saying of the same speaker, from the occasion; else absent."""

from sayso.dates.proposals import Proposals
from sayso.dates.recogniser import expressions, lay_out
from sayso.language.quotation import quoted_stretches
from sayso.mentions.mention import Mention, Speaker
from sayso.statements import Statement


def place(text, words, after=0):
    at = text.index(words, after)
    return (at, at + len(words))


def statement(text, source, cue, content, *, form="indirect", act="say", parent=None, after=0):
    parts = [(place(text, words, after),) if words else () for words in (source, cue, content)]
    return Statement(parts[0], parts[1], parts[2], (), form, act, False, parent, 0.9)


def told(text, statements, who=None, named=()):
    """The words that tell when each was made, and on which grounds; *named*: names and the entities that they mention."""
    speakers = [Speaker((n,), "name", 0.9) for n in (who or range(len(statements)))]
    page = lay_out(text)
    times = expressions(page)
    mentions = [Mention(place(text, name), "name", n) for name, n in named]
    made = Proposals(page, times, statements, speakers, mentions, [(q.start, q.end) for q in quoted_stretches(text)]).all()
    return [None if s is None else (text[slice(*times[s.time].span)], s.how) for s in made]


def test_a_day_in_the_clause_of_the_cue():
    for text in (
        "Orlan said on Monday that the port was closed.",
        "On Monday, Orlan said that the port was closed.",
        "Orlan on Monday said that the port was closed.",
        "Orlan said in an interview on Monday that the port was closed.",
        "Speaking at Monday's news conference, Orlan said that the port was closed.",
    ):
        assert told(text, [statement(text, "Orlan", "said", "that the port was closed")]) == [("Monday", "clause")], text


def test_a_day_of_something_else_is_not_when_it_was_said():
    for text in (
        "Orlan, who resigned on Monday, said that the port was closed.",
        "Before Monday's vote, Orlan said that the port was closed.",
        "Orlan said ahead of a vote on Monday that the port was closed.",
        "Since Monday, Orlan said that the port was closed.",
        "Orlan has said that the port was closed, as it was on Monday.",
    ):
        assert told(text, [statement(text, "Orlan", "said", "that the port was closed")]) == [None], text


def test_a_day_inside_what_was_said_is_not_when_it_was_said():
    text = "Orlan said that the port was closed on Monday."
    assert told(text, [statement(text, "Orlan", "said", "that the port was closed on Monday")]) == [None]


def test_a_day_yet_to_come_is_not_when_it_was_said():
    text = "Orlan said the envoys will meet next Monday."
    assert told(text, [statement(text, "Orlan", "said", "the envoys will meet")]) == [None]


def test_a_day_in_the_name_of_a_document_is_when_it_says_so():
    text = "A report on Monday said that the port was closed."
    assert told(text, [statement(text, "A report on Monday", "said", "that the port was closed")]) == [("Monday", "clause")]


def test_what_the_same_speaker_says_next_was_said_then_too():
    text = "Orlan said on Monday that the port was closed. It was late, Orlan added. Tellik noted that it was cold."
    statements = [
        statement(text, "Orlan", "said", "that the port was closed"),
        statement(text, "Orlan", "added", "It was late", after=47),
        statement(text, "Tellik", "noted", "that it was cold"),
    ]
    assert told(text, statements, [0, 0, 1]) == [("Monday", "clause"), ("Monday", "paragraph"), None]


def test_what_comes_from_an_interview_was_said_when_that_was():
    text = "Orlan said in an interview on Monday that the port was closed.\n\nIt was late, Orlan added."
    statements = [statement(text, "Orlan", "said", "that the port was closed"), statement(text, "Orlan", "added", "It was late", after=60)]
    assert told(text, statements, [0, 0]) == [("Monday", "clause"), ("Monday", "occasion")]


def test_the_top_of_a_report_sums_up_what_is_dated_below():
    text = "Orlan has denied that the port was closed.\n\nIn an interview on Monday, Orlan said that it was open."
    statements = [statement(text, "Orlan", "has denied", "that the port was closed"), statement(text, "Orlan", "said", "that it was open", after=40)]
    assert told(text, statements, [0, 0]) == [("Monday", "occasion"), ("Monday", "clause")]


def test_another_interview_of_no_told_day_is_not_that_one():
    text = "Orlan said on Monday that the port was closed.\n\nOrlan said in an interview that it was open."
    statements = [statement(text, "Orlan", "said", "that the port was closed"), statement(text, "Orlan", "said", "that it was open", after=47)]
    assert told(text, statements, [0, 0]) == [("Monday", "clause"), None]


def test_what_was_said_often_has_no_day():
    text = "Orlan said on Monday that the port was closed.\n\nOrlan has often said that it was open."
    statements = [
        statement(text, "Orlan", "said", "that the port was closed"),
        statement(text, "Orlan", "has often said", "that it was open", after=47),
    ]
    assert told(text, statements, [0, 0]) == [("Monday", "clause"), None]


def test_the_day_beside_the_cue_counts_whatever_the_words_before_it_tell():
    for text in (
        "As she has before, Orlan on Monday said that the port was closed.",
        "Orlan, who has led the city since 2014, on Monday said that the port was closed.",
        "The vote had been scheduled for the spring, but on Monday, Orlan said that the port was closed.",
        "Appearing before supporters on Monday, Orlan said that the port was closed.",
    ):
        assert told(text, [statement(text, "Orlan", "said", "that the port was closed")]) == [("Monday", "clause")], text


def test_what_the_words_before_according_to_tell_is_of_the_content():
    text = "On Monday the port was closed, according to the city."
    assert told(text, [statement(text, "the city", "according to", "the port was closed")]) == [None]
    text = "The port is closed, according to a report on Monday."
    assert told(text, [statement(text, "a report", "according to", "The port is closed")]) == [("Monday", "clause")]


def test_a_day_after_what_is_backed_or_denied_is_that_of_the_act():
    text = "Orlan praised the port on Monday, to cheers."
    assert told(text, [statement(text, "Orlan", "praised", "the port", act="praise")]) == [("Monday", "clause")]


def test_what_is_yet_to_be_said_has_no_day():
    text = "Today Orlan will say that the port is closed."
    assert told(text, [statement(text, "Orlan", "say", "that the port is closed")]) == [None]


def test_what_somebody_did_on_a_day_dates_what_they_say_next():
    text = "Orlan toured the port on Monday.\n\n“It is closed,” Orlan said.\n\nNothing moved.\n\nNo ship came.\n\n“It is late,” Orlan added."
    quotes = [
        statement(text, "Orlan", "said", "“It is closed,”", form="direct", after=30),
        statement(text, "Orlan", "added", "“It is late,”", form="direct", after=90),
    ]
    assert told(text, quotes, [0, 0], [("Orlan", 0)]) == [("Monday", "paragraph"), None]


def test_the_letter_is_the_one_that_was_told():
    text = "A letter on Monday named no ship.\n\nThe port is closed, the letter said.\n\nThe port is open, another letter said."
    statements = [
        statement(text, "the letter", "said", "The port is closed"),
        statement(text, "another letter", "said", "The port is open", after=70),
    ]
    assert told(text, statements) == [("Monday", "occasion"), None]


def test_whom_a_poll_asked_said_so_when_it_was_released():
    text = "A poll released on Monday is grim.\n\nMost voters want the port open.\n\nIn a Gazette poll, most voters want it closed."
    statements = [
        statement(text, "Most voters", "want", "the port open", act="want"),
        statement(text, "most voters", "want", "it closed", act="want", after=80),
    ]
    assert told(text, statements) == [("Monday", "occasion"), None]


def test_a_day_of_a_year_that_is_told_dates_only_its_own_paragraph():
    text = "Orlan said on March 6, 2008 that the port was closed.\n\nIt was late, Orlan added."
    statements = [statement(text, "Orlan", "said", "that the port was closed"), statement(text, "Orlan", "added", "It was late", after=55)]
    assert told(text, statements, [0, 0]) == [("March 6, 2008", "clause"), None]
