"""What the network sees of odd texts."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

import sayso
from sayso.attribution.engine import shared_engine
from sayso.attribution.features import Encoded, distance_buckets, encode, windows


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    made = Tokenizer.from_file(str(Path(sayso.__file__).parent / "models" / "attribution" / "tokenizer.json"))
    made.no_truncation()
    made.no_padding()
    return made


def sound(text: str, encoded: Encoded) -> None:
    pieces = len(encoded.ids)
    assert len(encoded.shape) == len(encoded.line) == len(encoded.quote) == pieces
    assert len(encoded.first) == len(encoded.tokens)
    assert (np.diff(encoded.first) >= 0).all()
    if pieces:
        assert ((encoded.first >= 0) & (encoded.first < pieces)).all()
    last = 0
    for token in encoded.tokens:
        assert last <= token.start < token.end <= len(text)
        last = token.end


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\n\r\n", "...", "“”", "?!", "😀", "👩‍👧 🇺🇳", "\u200b", "\x00\x01", "\ufeffPier", "e\u0301",
        "\u0301", "日本語の記事", "ﬃ½İ", "a\u00adb\u200bc",
        "\u202eabc", "x" * 3000, "pier\rmill\r\nlock\x0bdam\u2028end",
    ],
)  # fmt: skip
def test_odd_texts_are_encoded(text, tokenizer):
    sound(text, encode(text, tokenizer))


@settings(deadline=None, max_examples=150)
@given(text=st.text(st.sampled_from("ab \n.’“”\u0301\u200b\x00😀日é\ufeff\u00adA1\r\t½ﬁ") | st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_is_encoded(text, tokenizer):
    sound(text, encode(text, tokenizer))


def test_each_token_begins_with_its_own_first_piece(tokenizer):
    text = "Venn’s otterkeepers uninstalled 2,463 weatherproofed lobsterpots."
    encoded = encode(text, tokenizer)
    shown = [tokenizer.id_to_token(int(encoded.ids[first])) for first in encoded.first]
    for token, piece in zip(encoded.tokens, shown, strict=True):
        assert text[token.start : token.end].lower().startswith(piece)
    assert len(set(encoded.first.tolist())) == len(encoded.tokens)


def test_pieces_know_quotation_and_line_breaks(tokenizer):
    text = "Venn: “go”\n“or stay\nnow"
    encoded = encode(text, tokenizer)
    words = [text[t.start : t.end] for t in encoded.tokens]
    assert dict(zip(words, encoded.quote[encoded.first].tolist(), strict=True)) == {
        "Venn": 0, ":": 0, "“": 2, "go": 1, "”": 1, "or": 2, "stay": 2, "now": 0,
    }  # fmt: skip
    assert [w for w, line in zip(words, encoded.line[encoded.first].tolist(), strict=True) if line] == ["Venn", "“", "now"]


@pytest.mark.parametrize("piece", ["a", "ab ", "😀", ".", "“a” ", "\n", "pier. "])
def test_cost_is_linear_in_the_length_of_a_text(piece, tokenizer):
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        started = time.process_time()
        sound(text, encode(text, tokenizer))
        return time.process_time() - started

    seconds(1000)
    assert min(seconds(100_000) for _ in range(3)) < 35 * max(seconds(12_500), 0.01)


def test_texts_longer_than_a_chunk_read_as_in_one(tokenizer):
    line = "The clerk of Tarn said the pier was “lost” to them. "
    one = encode(line, tokenizer)
    many = encode(line * 1000, tokenizer)
    np.testing.assert_array_equal(many.ids, np.tile(one.ids, 1000))
    np.testing.assert_array_equal(many.shape, np.tile(one.shape, 1000))


@pytest.mark.parametrize("text", ["", "...", "“”", ":", "😀 said 😀", "x" * 3000])
def test_texts_without_statements_have_none(text):
    assert shared_engine().statements(text) == ()


def test_a_text_of_invisible_characters_has_no_statements():
    assert shared_engine().statements("\u200b") == ()


def test_distances_from_a_cue_are_told_apart_when_near():
    at = np.arange(60)
    buckets = distance_buckets(at, 30, 32)
    assert buckets.min() >= 0
    assert buckets.max() <= 39
    assert (buckets[:30] < 20).all()
    assert (buckets[30:33] == 20).all()
    assert len(set(buckets[33:39].tolist())) == 6
    assert (np.diff(buckets[33:]) >= 0).all()
    assert (np.diff(buckets[:30]) <= 0).all()


@pytest.mark.parametrize("lines", [[40] * 40, [700], [3] * 300, [120, 350, 60, 200], []])
def test_every_token_is_asked_for_once_with_its_neighbours(tokenizer, lines):
    encoded = encode("\n".join(" ".join(["boat"] * n) for n in lines), tokenizer)
    at, begins = 0, []
    for lo, hi, feed in windows(encoded, (101, 102)):
        assert lo == at
        assert feed["ids"].shape[1] <= 240
        assert list(feed["ids"][0, feed["first"]]) == list(encoded.ids[encoded.first[lo:hi]])
        assert not lo or feed["first"][0] > 16  # what comes before is read, too
        begins.append(lo)
        at = hi
    assert at == len(encoded.tokens)
    if lines == [40] * 40:
        assert all(encoded.tokens[k].after_break for k in begins), "windows part the text where it has paragraphs"
