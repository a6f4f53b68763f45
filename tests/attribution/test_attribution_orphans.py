"""What was read as standing in another statement that was not found: plain statements stand alone, others do not."""

from __future__ import annotations

import numpy as np
import pytest

from sayso.attribution.candidates import EVIDENCE, Candidate
from sayso.attribution.features import Encoded
from sayso.attribution.frames import frames
from sayso.attribution.orphans import stands_alone
from sayso.language.quotation import quoted_stretches
from sayso.language.tokens import tokenise


def read(text: str, source: str, cue: str, content: str, *, content_read: float = 1.0, sure: float = 0.9) -> bool:
    """Whether a candidate of *text* with these words, read surely, stands alone."""
    tokens = tokenise(text)
    none = np.zeros(0, np.int64)

    def run(words: str) -> tuple[int, int]:
        begin = text.index(words)
        inside = [i for i, token in enumerate(tokens) if begin <= token.start < begin + len(words)]
        return inside[0], inside[-1] + 1

    numbers = {name: content_read if name == "content" else 1.0 for name in EVIDENCE}
    candidate = Candidate(run(cue), (run(source),), (run(content),), np.array(list(numbers.values()), np.float32))
    return stands_alone(text, Encoded(tokens, quoted_stretches(text), none, none, none, none, none), candidate, 0.1, sure)


@pytest.mark.parametrize(("text", "source", "cue", "content", "alone"), [
    ("Two drivers who said they had been cheated came.", "who", "said", "they had been cheated", True),
    ("After what they called foul play, it closed.", "they", "called", "what", True),
    ("His boastful remarks drew laughs.", "His", "remarks", "boastful", False),
    ("He left after his reported quarrel with Holt.", "his", "reported", "quarrel with Holt", False),
    ("I told them that it sank.", "I", "told", "that it sank", False),
    ("Holt would say that it sank.", "Holt", "would say", "that it sank", False),
    ("It began: \"Holt said that it sank\".", "Holt", "said", "that it sank", False),
    ("The claim that Holt announced a levy is false.", "Holt", "announced", "a levy", False),
    ("There is no record that Holt announced a levy.", "Holt", "announced", "a levy", False),
    ("The harbour that Holt announced a levy for sank.", "Holt", "announced", "a levy", True),
    ("Holt built a dam that sank.", "Holt", "built", "a dam", False),
])  # fmt: skip
def test_plain_statements_stand_alone(text, source, cue, content, alone):
    assert read(text, source, cue, content) is alone


@pytest.mark.parametrize(("text", "source", "cue", "content", "alone"), [
    ("“If you want to live, shut up,” the clerk was told by two men.", "two men", "was told by", "“If you want to live, shut up,”", True),
    ("“If you want to live, shut up,” he burned the paper.", "he", "burned", "“If you want to live, shut up,”", False),
    ("“Shut up.” The clerk left. Two men said little.", "Two men", "said", "“Shut up.”", False),
])  # fmt: skip
def test_a_verb_of_saying_beside_a_quotation_stands_alone(text, source, cue, content, alone):
    assert read(text, source, cue, content, sure=0.1) is alone


def test_what_was_hardly_read_does_not():
    assert not read("Two drivers who said they had been cheated came.", "who", "said", "they had been cheated", content_read=0.5)


@pytest.mark.parametrize(("text", "found"), [
    ("The group has demanded that the mine close.", ["has demanded"]),
    ("Owen Pask called on both parties to return, adding that he was sad.", ["called on"]),
    ("One user accused Holt of lying; Holt was accused of lying.", ["accused"]),
    ("Her claims that it sank were false. She would not claim that.", []),
    ("The boss has been urged by Holt to go, and was tired by noon.", ["has been urged"]),
    ("Orlan dubs the plan ‘a joke’ and calls for peace.", ["dubs"]),
    ("Kestria asked the union, a bloc of nine, to look into it; he was asked to go.", ["asked"]),
    ("The union takes a different view: nobody came. It takes a different view.", ["takes a different view"]),
    ("“Orlan denied that it sank,” she said. They urged the guards to wait.", ["urged"]),
])  # fmt: skip
def test_words_attribute_by_what_follows_them(text, found):
    assert [text[a:b] for a, b in frames(text, quoted_stretches(text))] == found


def test_what_stands_in_a_frame_is_kept_though_it_was_hardly_read():
    assert read("Veldara appealed to both sides to wait.", "Veldara", "appealed", "to both sides to wait", sure=0.1)
    assert not read("Veldara grieved for both sides to wait.", "Veldara", "grieved", "for both sides to wait", sure=0.1)


def test_who_ends_the_sentence_that_he_said_stands_alone():
    assert read("Turnout is low, the clerk has just announced.", "the clerk", "has just announced", "Turnout is low", sure=0.1)
    assert not read("Turnout is low, the clerk has just announced in court.", "the clerk", "has just announced", "Turnout is low", sure=0.1)
