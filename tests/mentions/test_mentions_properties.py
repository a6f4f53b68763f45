"""What holds of every text: nothing is raised, mentions are inside it, numbers are valid, twice is once, cost is linear."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.language.quotation import quoted_stretches
from sayso.language.tokens import tokenise
from sayso.mentions.names import names
from sayso.mentions.page import lay_out
from sayso.mentions.speakers import gather, prepare, settle
from sayso.statements import Statement

PIECES = (
    "Inga Tarrow", "Tarrow", "Mr. Tarrow", "Jonas Fenn", "J. Fenn Jr.", "Fenn’s", "King Orvan", "Gov.", "the Harbour Board", "Harbour Board (HB)", "HB", "Ostland", "Ostlanders",
    "Ostland’s government", "he", "she", "his", "her", "hers", "they", "it", "its", "who", "which", "whose", "I", "we", "my", "you", "the minister", "Minister", "officials",
    "and", "and other officials", ", the minister,", "critics", "a report by", "the report", "the two", "one of the", "a number of", "both", "said", "it is clear that", "’s",
    "'", "“", "”", '"', "-", "—", ".", ",", "\n", "\n\n", "\u2028", "\x0b", "\x1c", "(", ")", "\u200d", "é", "ß", "İ", "ﬁ", "日本", "🦦", "\u0301", "US", "us", "12", "of", "the",
)  # fmt: skip
texts = st.one_of(st.text(max_size=400), st.lists(st.sampled_from(PIECES), max_size=90).map(" ".join), st.lists(st.sampled_from(PIECES) | st.text(max_size=9), max_size=60).map("".join))


@st.composite
def statements_of(draw, text):
    """Any statements: parts of any tokens, in any order, inside each other as it comes."""
    tokens = tokenise(text)
    if not tokens:
        return []
    at = st.integers(0, len(tokens) - 1)

    def spans(least):
        runs = draw(st.lists(st.tuples(at, st.integers(0, 12)), min_size=least, max_size=3))
        out, last = [], 0
        for i, length in sorted(runs):
            start, end = tokens[i].start, tokens[min(len(tokens) - 1, i + length)].end
            if start >= last:
                out.append((start, end))
                last = end
        return tuple(out)

    out = []
    for k in range(draw(st.integers(0, 6))):
        content = spans(1)
        quoted = content if draw(st.booleans()) else ()
        parent = draw(st.integers(0, k - 1)) if k and draw(st.booleans()) else None
        out.append(Statement(spans(0), spans(0), content, quoted, "direct" if quoted else "indirect", "say", False, parent, 0.5))
    return out


@settings(deadline=None, max_examples=300)
@given(data=st.data(), text=texts, seed=st.integers(0, 999), often=st.sampled_from((-6.0, 0.0, 2.0)))
def test_any_text_is_read(data, text, seed, often, labels, transitions):
    statements = data.draw(statements_of(text))

    def once():
        tokens = tokenise(text)
        scores = np.random.default_rng(seed).normal(0, 2, (len(tokens), len(labels))).astype(np.float32)
        scores[:, 0] -= often
        page = lay_out(text, tokens, quoted_stretches(text))
        work = prepare(page, names(page, scores, transitions), statements)
        settle(work)
        return gather(work, statements)

    found = once()
    size = len(found.entities)
    for mention in found.mentions:
        start, end = mention.span
        assert 0 <= start < end <= len(text)
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        assert 0 <= mention.entity < size
    assert [m.span for m in found.mentions] == sorted(m.span for m in found.mentions)
    assert len(found.speakers) == len(statements)
    for speaker in found.speakers:
        if speaker is not None:
            assert 0 <= speaker.confidence <= 1
            assert all(0 <= n < size for n in (*speaker.entities, *(n for n, _ in speaker.candidates)))
            assert len(set(speaker.entities)) == len(speaker.entities)
    for number, entity in enumerate(found.entities):
        assert entity.name.strip()
        assert all(0 <= n < size and n != number for n in entity.members)
        assert entity.owner is None or (0 <= entity.owner < size and entity.owner != number)
    assert once() == found
