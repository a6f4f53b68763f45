"""Quoted stretches, however their marks were typed."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.language.quotation import quoted_stretches

MARKS = "“”„‟«»\"＂'‘’‚` "


def quoted(text):
    return [text[s.start : s.end] for s in quoted_stretches(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“Go home,” she said. “Now.”", ["“Go home,”", "“Now.”"]),
        ('"Go home," she said. "Now."', ['"Go home,"', '"Now."']),
        ("``Go home,'' she said. ``Now.''", ["``Go home,''", "``Now.''"]),
        ("''Go home,'' she said.", ["''Go home,''"]),
        ("‘‘Go home,’’ she said.", ["‘‘Go home,’’"]),
        ('""Go home,"" she said.', ['""Go home,""']),
        ("«Go home», she said. « Now »", ["«Go home»", "« Now »"]),
        ("»Go home«, she said. »Now«", ["»Go home«", "»Now«"]),
        ("„Go home“, she said. „Now“", ["„Go home“", "„Now“"]),
        ("„Go home,” she said.", ["„Go home,”"]),
        ("”Go home”, she said.", ["”Go home”"]),
        ("“Go home,“ she said. “Now.”", ["“Go home,“", "“Now.”"]),
        ("“Go home,\" she said. \"Now.”", ["“Go home,\"", "\"Now.”"]),
        ("‘Go home,’ she said. ‘Now.’", ["‘Go home,’", "‘Now.’"]),
        ("'Go home,' she said. 'Now.'", ["'Go home,'", "'Now.'"]),
        ("`Go home,' she said.", ["`Go home,'"]),
        ("She called it a “farce” and a 'joke'.", ["“farce”", "'joke'"]),
        ("(“so”) –“so”–and“so”on", ["“so”", "“so”", "“so”"]),
        ("“😀” 🦦“sí”🦦", ["“😀”", "“sí”"]),
        ("＂Go home,＂ she said.", ["＂Go home,＂"]),
    ],
)
def test_every_kind_of_marks_is_known(text, found):
    assert quoted(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“He told me ‘no,’ and left,” she said.", ["“He told me ‘no,’ and left,”"]),
        ("‘He told me “no,” and left,’ she said.", ["‘He told me “no,” and left,’"]),
        ('"He told me \'no,\' and left," she said.', ['"He told me \'no,\' and left,"']),
        ('"He told me "no" and left," she said.', ['"He told me "no"']),
        ('"He just told me "no"" was all she said.', ['"He just told me "no""']),
        ("«He told me “no” and left», she said.", ["«He told me “no” and left»"]),
        ("“He told me «no» and left,” she said.", ["“He told me «no» and left,”"]),
        ('"Yes.""No."', ['"Yes."', '"No."']),
    ],
)
def test_the_outermost_marks_count(text, found):
    assert quoted(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "’Tis the dogs’ bowl, O’Brien’s and the Joneses’, since the ’90s.",
        "'Tis the dogs' bowl, O'Brien's and the Joneses', since the '90s and the '07 flood.",
        "Rock 'n' roll, rock ‘n’ roll and fish 'n' chips.",
        "Get 'em out, 'cause the otters' den is flooded 'til May.",
        "The board is 6'2\" by 5'10\" and 3/4\" thick; the hose is 12\" long.",
        "The workers' union met the bosses' lawyers.",
        "She left 'nothing and nobody.",
        "It ended.” Nobody clapped.",
        'It ended." Nobody clapped.',
        'An empty "" field, an empty “” one and an empty \'\' one.',
        "“",
        '"',
        "'",
        "",
        "\n\n",
        "No marks at all.",
    ],
)
def test_apostrophes_inches_and_strays_quote_nothing(text):
    assert quoted(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("'Canes fans sang \"Home\" at the players' gate.", ['"Home"']),
        ("The 'boys' and the 'girl' left.", ["'boys'", "'girl'"]),
        ("The 'otters' came back; so did the keeper's cat.", ["'otters'"]),
        ("He sang 'of otters' and then rock 'n' roll.", ["'of otters'"]),
        ("‘We’re goin’ home,’ said Kell.", ["‘We’re goin’ home,’"]),
        ("‘The Joneses’ dog did it,’ said Kell.", ["‘The Joneses’ dog did it,’"]),
        ("'I can't stay,' he said. 'It's the boys' fault.'", ["'I can't stay,'", "'It's the boys' fault.'"]),
        ("'2,000 dead' in one night", ["'2,000 dead'"]),
        ("The so-called '90s kids' are 40 now.", []),
    ],
)
def test_single_marks_are_told_from_apostrophes(text, found):
    assert quoted(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"He is 6\'2" tall," she said. "Really."', ['"He is 6\'2" tall,"', '"Really."']),
        ("“He is 6’2” tall,” she said.", ["“He is 6’2” tall,”"]),
        ("“He is 6’2”” was all.", ["“He is 6’2””"]),
        ("“I am 6’2” was all she wrote.", ["“I am 6’2”"]),
        ('"It is a 12" pipe," she said.', ['"It is a 12" pipe,"']),
        ('"We won in 2012" and "we lost in 2016," he said.', ['"We won in 2012"', '"we lost in 2016,"']),
        ('<img width="40" alt="otter">', ['"40"', '"otter"']),
    ],
)
def test_inches_inside_a_quotation_do_not_end_it(text, found):
    assert quoted(text) == found


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n"])
def test_an_unclosed_stretch_ends_with_its_paragraph(end):
    text = f"“The pier is lost.{end}“The mill is lost. {end}“All is lost,” she said.{end}“Or"
    found = quoted_stretches(text)
    assert [text[s.start : s.end] for s in found] == ["“The pier is lost.", "“The mill is lost.", "“All is lost,”", "“Or"]
    assert [s.closed for s in found] == [False, False, True, False]
    assert [s.single for s in found] == [False] * 4


def test_a_mark_closed_on_the_next_line_closes_nothing_there():
    assert quoted("“The pier\nis lost,” she said. “Go.”") == ["“The pier", "“Go.”"]


def test_the_inner_part_is_without_marks():
    text = "``Go,'' she said, ‘Now,’ and “then"
    assert [text[s.inner_start : s.inner_end] for s in quoted_stretches(text)] == ["Go,", "Now,", "then"]


@settings(deadline=None)
@given(st.text(st.sampled_from(MARKS + "as6.,n\n\r–(") | st.characters(), max_size=60))
def test_stretches_are_in_order_apart_within_a_line_and_say_something(text):
    last = 0
    for s in quoted_stretches(text):
        assert last <= s.start < s.inner_start < s.inner_end <= s.end <= len(text)
        assert (s.inner_end < s.end) == s.closed
        assert text[s.inner_start : s.inner_end].strip()
        assert len(text[s.start : s.end].splitlines()) == 1
        last = s.end


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from(MARKS + "as6.,"), max_size=20), max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_paragraphs_are_read_by_themselves(lines, end):
    assert quoted(end.join(lines)) == [stretch for line in lines for stretch in quoted(line)]


@pytest.mark.parametrize("piece", [" 'a", '"', " \"a", "“", "`", "6'2\" ", " 'as' s", "''", "“a ", "a’ ‘"])
def test_cost_is_linear_in_the_length_of_a_line(piece):
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        started = time.process_time()
        quoted_stretches(text)
        return time.process_time() - started

    seconds(1000)
    assert min(seconds(80_000) for _ in range(3)) < 30 * max(seconds(10_000), 0.005)
