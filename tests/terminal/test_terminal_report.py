"""`sayso show`: what a reader sees of a whole report."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from rich.cells import cell_len

from sayso.reports import Publication, Report
from sayso.statements import Statement
from sayso.terminal import render_report

SGR = re.compile(r"\x1b\[[0-9;]*m")

NESTED = "The minister dismissed accusations by the opposition that the dam was unsafe, saying it would “stand for ever”."
ACCUSATIONS = "accusations by the opposition that the dam was unsafe"
TWO_PARAGRAPHS = """Orla Venn answered her critics on Tuesday:

The dam will stand.

It will stand when we are gone.

Nobody replied."""


def show(text: str, *statements: Statement, width: int = 80, colour: bool = False, **facts: str) -> list[str]:
    return list(render_report(Report(text, Publication(**facts)), statements, width=width, colour=colour))


@pytest.fixture
def nested(build):
    return (
        build(NESTED, "The minister", "dismissed", ACCUSATIONS, act="reject", confidence=0.97),
        build(NESTED, "the opposition", "accusations", "the dam was unsafe", act="accuse", parent=0, confidence=0.934),
        build(NESTED, "The minister", "saying", "it would “stand for ever”", form="mixed", confidence=0.999),
    )


@pytest.fixture
def block(build):
    content = "The dam will stand. … It will stand when we are gone."
    return build(TWO_PARAGRAPHS, "Orla Venn", "answered", content, form="block", confidence=0.6)


def test_a_whole_page_in_plain_text(nested):
    assert show(NESTED, *nested, outlet="Tarn Courier", published="2024-05-14") == [
        "  Tarn Courier · Tuesday 14 May 2024",
        "  Not known: title, byline",
        "  ──────────────────────────────────────────────────────────────────────────────",
        "",
        "  ‹The minister›¹·³ _dismissed_¹ ⟦¹_accusations_² by ‹the opposition›² that",
        "  ⟦²the dam was unsafe⟧²⟧¹, _saying_³ ⟦³it would “stand for ever”⟧³.",
        "     1  The minister                               reject  deny    indirect  97%",
        "     2  the opposition                             accuse  affirm  indirect  93%",
        "        in Tarn Courier › 1 The minister",
        "     3  The minister                               say     affirm  mixed     99%",
        "",
        "  ──────────────────────────────────────────────────────────────────────────────",
        "  3 statements: 1 mixed, 2 indirect. 1 inside another.",
        "",
        "  ‹source›¹    the words that name the speaker",
        "  _cue_¹       the words that attribute",
        "  ⟦¹content⟧¹  what is attributed; inside other brackets: a statement within a",
        "               statement",
        "   1           the note on statement 1: speaker; act and stance; form;",
        "               confidence, the chance that a trained annotator would mark it so;",
        "               after “in”, what it stands in, from the outlet inwards",
    ]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 109, 110, 140, 250])
def test_no_line_is_wider_than_the_terminal(nested, width):
    for colour in (False, True):
        lines = show(NESTED, *nested, width=width, colour=colour, title="Dam safe, minister says", byline="Ada Renn " * 9)
        assert max(cell_len(SGR.sub("", line)) for line in lines) <= width


def test_colour_adds_styles_and_changes_no_character(nested):
    plain, coloured = (show(NESTED, *nested, width=120, colour=colour) for colour in (False, True))
    assert [SGR.sub("", line) for line in coloured] == plain
    assert any("\x1b[" in line for line in coloured)
    for line in coloured:  # each style ends on its line
        assert line.count("\x1b[0m") == len(re.findall(r"\x1b\[[1-9]", line))


def test_a_wide_terminal_has_the_note_beside_the_line_where_the_cue_begins(build):
    content = "“The dam will stand, and it will stand when all of us in this room are dead and gone,”"
    text = f"{content} Orla Venn, who was reading, said."
    lines = show(text, build(text, "Orla Venn", "said", content, form="direct"), width=110)
    (beside,) = [line for line in lines if "_said_¹" in line]
    assert beside != next(line for line in lines if "⟦¹" in line)
    assert re.search(r"│  1  Orla Venn  say · affirm · direct · 90%$", beside)
    assert not any("│  1" in line for line in lines if line != beside)


def test_a_wide_terminal_keeps_notes_in_order_where_there_are_more_than_lines(build):
    text = "A said this, B said that, C said so, D said no.\nE said yes."
    parts = zip("ABCDE", ("this", "that", "so", "no", "yes"), strict=True)
    made = [build(text, name, "said", what, after=f"{name} said") for name, what in parts]
    lines = show(text, *made, width=110)
    numbers = [int(match.group(1)) for line in lines if (match := re.search(r"│ +(\d) ", line))]
    assert numbers == [1, 2, 3, 4, 5]
    (last,) = [line for line in lines if "_said_⁵" in line]
    assert "│  5  E" in last


def test_what_is_not_known_of_the_publication_is_said_quietly():
    assert show("Text.")[0] == "  Not known: title, outlet, date, byline"
    full = show("Text.", title="Dam", outlet="Tarn Courier", published="2024-05-14T09:30", byline="Ada Renn", kind="opinion")
    assert full[:2] == ["  Dam", "  Tarn Courier · opinion · Tuesday 14 May 2024, 09:30 · Ada Renn"]
    assert not any("Not known" in line for line in full)


def test_where_the_report_was_read_and_how_is_told():
    lines = list(render_report(Report("Text.", origin="in/a\x1b[31m.txt", notes=("decoded as windows-1252",)), ()))
    assert lines[1:3] == ["  in/a␛[31m.txt", "  decoded as windows-1252"]


def test_no_statements_and_no_text():
    assert "  No statements found." in show("It rained.")
    assert "  It rained." in show("It rained.")
    assert "  No statements found." in show("")
    assert "  No statements found." in show(" \n\t\n", width=140)


def test_a_negated_cue_says_not_and_a_missing_speaker_is_named_as_missing(build):
    text = "It was not said that the dam was unsafe."
    lines = show(text, build(text, "", "was not said", "the dam was unsafe", negated=True))
    (note,) = [line for line in lines if line.startswith("     1  ")]
    assert note.split() == ["1", "no", "speaker", "named", "not", "say", "no", "stance", "indirect", "90%"]
    assert "  1 statement: 1 indirect. 1 negated, 1 with no speaker named." in lines


def test_a_statement_without_a_cue_is_noted_where_its_content_begins(build):
    text = "First.\n\n“Never!”\n\nLast."
    lines = show(text, build(text, "", "", "“Never!”", form="direct"))
    assert lines[lines.index("  ⟦¹“Never!”⟧¹") + 1].startswith("     1  no speaker named")


def test_a_quotation_over_paragraphs_is_marked_in_each_and_says_whose_it_is(block):
    lines = show(TWO_PARAGRAPHS, block)
    assert lines[lines.index("  ⟦¹The dam will stand.⟧¹") + 1] == "     1  Orla Venn, continued"
    assert lines[lines.index("  ⟦¹It will stand when we are gone.⟧¹") + 1] == "     1  Orla Venn, continued"
    assert "  ‹Orla Venn›¹ _answered_¹ her critics on Tuesday:" in lines


def test_one_span_over_paragraphs_is_opened_and_closed_in_each(block):
    whole = (block.content[0][0], block.content[-1][1])
    one = Statement(block.source, block.cue, (whole,), (), "block", "say", False, None, 0.6)
    assert show(TWO_PARAGRAPHS, one) == show(TWO_PARAGRAPHS, block)


def test_words_whose_speaker_comes_only_later_point_ahead(build):
    text = "“We go.\n\n“We go now.” So said Venn."
    lines = show(text, build(text, "Venn", "said", "“We go. … “We go now.”", form="direct"))
    assert lines[lines.index("  ⟦¹“We go.⟧¹") + 1] == "     1  Venn, named below"


def test_a_speaker_named_in_another_paragraph_is_in_the_note(build):
    text = "Orla Venn came in.\n\n“No.”\n"
    lines = show(text, build(text, "Orla Venn", "", "“No.”", form="direct"))
    assert "  ‹Orla Venn›¹ came in." in lines
    assert lines[lines.index("  ⟦¹“No.”⟧¹") + 1].startswith("     1  Orla Venn ")


def test_a_discontinuous_content_has_its_number_at_each_piece(build):
    text = "“The dam,” Venn said, “will stand.”"
    assert "  ⟦¹“The dam,”⟧¹ ‹Venn›¹ _said_¹, ⟦¹“will stand.”⟧¹" in show(
        text, build(text, "Venn", "said", "“The dam,” … “will stand.”", form="direct")
    )


def test_overlapping_contents_can_be_told_apart_by_their_numbers():
    text = "one two three four five"
    first, second = (Statement((), (), (span,), (), "indirect", "say", False, None, 0.5) for span in ((0, 13), (4, 18)))
    assert "  ⟦¹one ⟦²two three⟧¹ four⟧² five" in show(text, first, second)


def test_two_statements_with_the_same_content_share_its_brackets():
    text = "one two three"
    same = Statement((), (), ((4, 7),), (), "indirect", "say", False, None, 0.5)
    assert "  one ⟦¹·²two⟧¹·² three" in show(text, same, same)


def test_the_chain_of_a_deeply_nested_statement_names_the_nearest_and_leaves_out_the_middle(build):
    text = "A says B says C says D says E says no."
    made = [
        build(text, name, "says", text[7 * (depth + 1) : -1], parent=depth - 1 if depth else None, after=name)
        for depth, name in enumerate("ABCDE")
    ]
    lines = show(text, *made, outlet="Tarn Courier")
    assert "        in Tarn Courier › 1 A › 2 B › 3 C" in lines
    assert "        in Tarn Courier › … › 2 B › 3 C › 4 D" in lines
    assert any("⟦⁵no⟧⁵⟧⁴⟧³⟧²⟧¹." in line for line in lines)


def test_parents_that_lead_in_a_circle_do_not_hang():
    text = "one two"
    first = Statement((), (), ((0, 3),), (), "indirect", "say", False, 1, 0.5)
    second = Statement((), (), ((4, 7),), (), "indirect", "say", False, 0, 0.5)
    assert "  ⟦¹one⟧¹ ⟦²two⟧²" in show(text, first, second)


def test_confidence_is_never_rounded_to_certainty(build):
    text = "Venn said no."
    for confidence, shown in ((0.9999, "99%"), (0.0001, "1%"), (1.0, "100%"), (0.0, "0%"), (0.505, "50%")):
        assert any(line.endswith(f" {shown}") for line in show(text, build(text, "Venn", "said", "no", confidence=confidence)))


def test_escape_sequences_controls_and_overrides_are_shown_harmlessly(build):
    text = "Venn said \x1b]0;owned\x07\x1b[2J\u202egone\u2066\x9b31m\x00 \ud800."
    content = text[text.index("\x1b") : -1]
    for width in (60, 130):
        made = build(text, "Venn", "said", content)
        page = "\n".join(show(text, made, width=width, outlet="a\x1bb", title="\u202ex\ry", byline="c\x9bd"))
        assert all(char.isprintable() or char == "\n" for char in page)
        assert "␛]0;owned␇␛[2J�gone��31m␀ �" in page.replace("\n  ", " ")
        page.encode()


def test_tabs_are_expanded():
    assert "  a    b" in show("a\tb")


def test_wide_characters_are_wrapped_between_characters_and_not_before_a_full_stop():
    lines = show("外交部长说，伊朗支持恐怖主义的指控毫无根据。" * 6, width=40)
    body = [line for line in lines if "外" in line or "根" in line]
    assert len(body) > 5
    assert all(36 <= cell_len(line) <= 40 for line in body[:-1])
    assert not any(line.startswith(("，", "。")) for line in body)


def test_marks_do_not_part_a_letter_from_its_accent():
    text = "cafe\u0301s"
    inside = Statement(((0, 1),), (), ((1, 4),), (), "indirect", "say", False, None, 0.5)  # ends between e and its accent
    assert "  ‹c›¹⟦¹afe\u0301⟧¹s" in show(text, inside)


def test_an_accent_with_nothing_to_stand_on_does_not_fall_on_a_mark():
    text = "a \u0301b"
    assert "  a ⟦¹◌\u0301b⟧¹" in show(text, Statement((), (), ((2, 4),), (), "indirect", "say", False, None, 0.5))


def test_emoji_sequences_are_not_broken():
    family = "👨\u200d👩\u200d👧"
    lines = show(family * 30, width=40)
    body = [line for line in lines if "👨" in line]
    assert len(body) == 2
    assert "".join(body) == family * 30


def test_invisible_characters_do_not_widen_or_break_a_line():
    assert "  Bundeskanzler said" in show("\ufeffBundes\u00adkanz\u2060ler sa\u200bid")


def test_right_to_left_text_has_no_margin_that_a_terminal_could_mix_in(build):
    text = "קלמן אמר שלא"
    lines = show(text, build(text, "קלמן", "אמר", "שלא"), width=140)
    assert not any("│" in line for line in lines)


def test_text_broken_to_fit_a_width_is_set_anew():
    text = """The minister said on Tuesday that the dam would
stand for as long as there was a valley for it
to stand in, and that nobody who had seen the
plans in the last ten years could doubt it for a
moment, or had ever had any reason to, unless it
was envy.

A second paragraph."""
    lines = show(text)
    assert "  The minister said on Tuesday that the dam would stand for as long as there was" in lines
    assert "  A second paragraph." in lines


def test_lines_that_are_short_on_purpose_stay_lines():
    text = "DAM STANDS\nBy Ada Renn\nTarn, Tuesday\n\nThe dam stands.\n"
    lines = show(text)
    at = lines.index("  DAM STANDS")
    assert lines[at : at + 5] == ["  DAM STANDS", "  By Ada Renn", "  Tarn, Tuesday", "", "  The dam stands."]


def test_paragraphs_without_blank_lines_between_them_are_set_apart():
    lines = show("The dam stands.\r\nNobody doubts it.\r\n")
    at = lines.index("  The dam stands.")
    assert lines[at : at + 3] == ["  The dam stands.", "", "  Nobody doubts it."]


def test_a_word_longer_than_the_line_is_broken():
    address = "https://example.org/" + "a" * 90
    lines = show(f"See {address} for more.", width=40)
    assert address in "".join(lines)


def test_a_hundred_thousand_words_take_time_in_proportion(build):
    unit = "The minister said that the dam would stand and that nobody could doubt it.\n"
    one = build(unit, "The minister", "said", "the dam would stand and that nobody could doubt it")

    def rendering(copies: int) -> float:
        shift = len(unit)
        parts = [
            [tuple((start + k * shift, end + k * shift) for start, end in part) for part in (one.source, one.cue, one.content)]
            for k in range(copies)
        ]
        made = [Statement(*part, (), "indirect", "say", False, None, 0.9) for part in parts]
        begin = time.process_time()
        assert sum("_said_" in line for line in show(unit * copies, *made, width=120)) == copies
        return time.process_time() - begin

    rendering(100)
    small, large = min(rendering(700) for _ in range(3)), min(rendering(7000) for _ in range(2))
    assert large < 40 * small  # 100,000 words; ten times the work, with room for a busy machine


def test_lines_come_one_by_one():
    lines = render_report(Report("One.\n\n" * 1000), ())
    assert next(lines) == "  Not known: title, outlet, date, byline"


def test_every_number_in_the_text_has_one_note_and_the_other_way_round(nested):
    lines = show(NESTED, *nested)
    body = "\n".join(lines[2 : next(number for number, line in enumerate(lines) if "statements:" in line)])
    marked = {int(found.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))) for found in re.findall("[⁰¹²³⁴-⁹]+", body)}
    noted = [int(found) for found in re.findall(r"^ +(\d+)  ", body, re.M)]
    assert marked == set(noted)
    assert all(a < b for a, b in pairwise(noted))
