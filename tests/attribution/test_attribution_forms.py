"""The form of a statement, by where its quotation marks are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.attribution.forms import form_of, quoted_in
from sayso.language.quotation import quoted_stretches
from sayso.spans import contains, normalised


def read(text, cue, *pieces):
    """Form and quoted words of the content that consists of *pieces*."""
    content = []
    position = 0
    for piece in pieces:
        start = text.index(piece, position)
        position = start + len(piece)
        content.append((start, position))
    quoted = quoted_in(tuple(content), quoted_stretches(text))
    cue_end = None if cue is None else text.index(cue) + len(cue)
    return form_of(text, tuple(content), quoted, cue_end), [text[a:b] for a, b in quoted]


@pytest.mark.parametrize(
    ("text", "cue", "pieces", "form", "quoted"),
    [
        ("“The pier is lost,” Venn said.", "said", ["“The pier is lost,”"], "direct", ["“The pier is lost,”"]),
        ("“The pier,” Venn said, “is lost.”", "said", ["“The pier,”", "“is lost.”"], "direct", ["“The pier,”", "“is lost.”"]),
        ("Venn said that “the pier we all loved as children is lost for good.”", "said",
         ["that “the pier we all loved as children is lost for good.”"], "direct", ["“the pier we all loved as children is lost for good.”"]),
        ("Venn said the pier was “lost” to them.", "said", ["the pier was “lost” to them"], "mixed", ["“lost”"]),
        ("Venn said the pier was lost.", "said", ["the pier was lost"], "indirect", []),
        ("Venn: “😀🦦”", ":", ["“😀🦦”"], "direct", ["“😀🦦”"]),
        ("Venn said the mark “…” was hers.", "said", ["the mark “…” was hers"], "indirect", ["“…”"]),
        ("Venn wrote:\n\nThe pier is lost.\n\nSo am I.\n", ":", ["The pier is lost.", "So am I."], "block", []),
        ("Venn wrote:\r\n\r\nThe pier is lost.\r\n", "wrote:", ["The pier is lost."], "block", []),
        ("Venn wrote:\rThe pier is lost.\r", "wrote", ["The pier is lost."], "block", []),
        ("Venn wrote:\n\nThe pier is “lost”.\n", "wrote", ["The pier is “lost”."], "block", ["“lost”"]),
        ("Venn wrote:\n\n“The pier is lost.”\n", "wrote", ["“The pier is lost.”"], "direct", ["“The pier is lost.”"]),
        ("Venn wrote: the pier is lost.", "wrote", ["the pier is lost."], "indirect", []),
        ("Venn wrote\n\nthe pier is lost.", "wrote", ["the pier is lost."], "indirect", []),
        ("The pier is lost.\n\nSo Venn wrote: and left.", "wrote", ["The pier is lost."], "indirect", []),
        ("The pier is lost.", None, ["The pier is lost."], "indirect", []),
        ("“The pier is lost. \n“So am I,” Venn said.", "said", ["“The pier is lost.", "“So am I,”"], "direct", ["“The pier is lost.", "“So am I,”"]),
    ],
)  # fmt: skip
def test_form_and_quoted_words(text, cue, pieces, form, quoted):
    assert read(text, cue, *pieces) == (form, quoted)


def test_stretches_are_cut_at_the_edges_of_the_content():
    text = "“The pier is lost,” he said, “and the mill.”"
    assert quoted_in(((5, 12), (30, 34)), quoted_stretches(text)) == ((5, 12), (30, 34))


def test_a_mark_alone_quotes_nothing():
    text = "“The pier is lost,” he said."
    assert quoted_in(((0, 1), (18, 20)), quoted_stretches(text)) == ()


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4)


@settings(deadline=None)
@given(st.text(st.sampled_from("“”\"' ab.,\n"), max_size=60), spans, st.none() | st.integers(0, 60))
def test_quoted_words_lie_within_content_and_stretches(text, raw, cue_end):
    stretches = quoted_stretches(text)
    content = normalised((min(a, len(text)), min(b, len(text))) for a, b in raw)
    quoted = quoted_in(content, stretches)
    assert contains(content, quoted)
    assert contains([(s.start, s.end) for s in stretches], quoted)
    assert list(quoted) == sorted(quoted)
    if content:
        assert form_of(text, content, quoted, cue_end) in ("direct", "mixed", "indirect", "block")
