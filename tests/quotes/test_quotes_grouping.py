"""Which stretches are one quote, and which are not."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

import sayso
from sayso.quotes.copies import copies
from sayso.quotes.grouping import group
from sayso.quotes.speakers import SpeakerKey, compatible
from sayso.quotes.stretches import Stretch, quotations, stretches_of
from sayso.quotes.translations import Translations
from sayso.quotes.words import words_of
from sayso.statements import Statement


def stretch(text, report="a", speaker="orlan", published="2025-03-06", key=None, remark=""):
    return Stretch(key or f"{report}:{text}", report, report, "s", ((0, len(text)),), text, words_of(text), speaker, published, remark)


def grouped(*stretches, **more):
    return sorted(sorted(v.stretch.text for v in quote.variants) for quote in group(stretches, **more))


FULL = "We shall open the second bridge in May, whatever the river does to its piers"


@pytest.mark.parametrize("variant", [
    "We shall open the second bridge in May",
    "whatever the river does to its piers",
    "We will open the second bridge in May, whatever the river does to its piers",
    "[The ministry] shall open bridge No. 2 in May, whatever the river does to its piers",
    "We shall open the second bridge … whatever the river does to its piers",
    "WE SHALL OPEN THE 2ND BRIDGE IN MAY",
])  # fmt: skip
def test_one_utterance_whatever_was_done_to_it(variant):
    assert grouped(stretch(FULL), stretch(variant, "b")) == [sorted([FULL, variant])]


@pytest.mark.parametrize(("one", "other"), [
    ("number one grain thief", "grain thief number one"), ("a toothless river pact", "It is a toothless river pact between two sinking banks"),
])  # fmt: skip
def test_few_words_of_one_speaker(one, other):
    assert grouped(stretch(one), stretch(other, "b")) == [sorted([one, other])]
    assert grouped(stretch(one), stretch(other, "b", "tarrow")) == []


@pytest.mark.parametrize(("one", "other"), [
    ("no comment", "no comment"), ("human rights", "We stand for human rights and for nothing else"), ("war crimes", "war crimes"),
    ("Tamber Bridge", "We built Tamber Bridge with our own hands in May"), ("the bridge", "the bridge"),
    ("We shall sell the northern mill to the council", "We shall sell the harvest of the valley to the highest bidder"),
])  # fmt: skip
def test_common_phrases_names_and_like_sentences_are_no_quote(one, other):
    assert grouped(stretch(one), stretch(other, "b")) == []


def test_speakers_known_to_be_others_are_kept_apart():
    assert grouped(stretch("We shall not open the second bridge in May"), stretch("We shall not open the second bridge in May", "b", "tarrow")) == []
    assert len(grouped(stretch("We shall not open the second bridge in May"), stretch("We shall not open the second bridge in May", "b", None))) == 1


def test_a_speaker_is_compatible_with_the_group_and_not_judged_against_the_body():
    person, body = SpeakerKey("person:x", "person", path=frozenset({"body:m"})), SpeakerKey("body:m", "body")
    assert compatible(person, SpeakerKey("group:1", "group", members=frozenset({"person:x"}))) is True
    assert compatible(person, body) is None
    assert compatible(person, SpeakerKey("person:y", "person")) is False
    assert compatible(person, None) is None


def test_few_words_do_not_chain_two_utterances():
    one = "The old bridge is a rotten plank, said the men who crossed it before the flood came down"
    other = "Nobody with eyes would call it a rotten plank while our engineers stand by every single bolt"
    quotes = grouped(stretch(one, "a"), stretch("rotten plank", "c", published="2025-03-07"), stretch(other, "b"))
    assert all(not {one, other} <= set(quote) for quote in quotes)


def test_judgements_hold():
    a, b = stretch(FULL, key="a"), stretch("We shall open the second bridge in May", "b", key="b")
    c = stretch("Wir öffnen die Brücke", "c", key="c")
    assert grouped(a, b, cannot=[("b", "a")]) == []
    assert grouped(a, c, must=[("a", "c")]) == [sorted([a.text, c.text])]


def test_a_translation_is_found_among_one_speakers_words_of_one_time():
    one = "We shall not wait on the river bank until the others have decided our fate for us"
    other = "We will not sit by the river and wait while others settle our fate in our place"
    who = SpeakerKey("person:x", "person")
    a, b = stretch(one, speaker=who), stretch(other, "b", speaker=who)
    assert grouped(a, b) == []
    (quote,) = group([a, b], compatible=compatible, similar=Translations())
    assert [v.changes for v in quote.variants][1] == ("retranslated",)
    for far in (replace(b, published="2025-06-01"), replace(b, speaker=SpeakerKey("person:y", "person")), replace(b, speaker=None)):
        assert group([a, far], compatible=compatible, similar=Translations()) == []
    bread = stretch("Our bakers will never again sell their bread to the fleet of the governor", "c", speaker=who)
    assert group([a, bread], compatible=compatible, similar=Translations()) == []


def test_the_order_of_reading_changes_nothing():
    rng = random.Random(3)
    pool = "grain bridge mill dam council river harvest engineer flood treaty winter valley market school ferry".split()
    said = [" ".join(rng.choices(pool, k=12)) for _ in range(30)]
    made = [
        stretch(" ".join(text.split()[rng.randint(0, 3) :]), f"r{n}", key=f"k{n}", published=f"2025-03-{n % 28 + 1:02}")
        for n, text in enumerate(said * 2)
    ]
    wanted = group(made)
    for _ in range(3):
        rng.shuffle(made)
        assert group(made) == wanted


def test_ids_are_found_again_after_a_merge():
    later, other = stretch(FULL, "a", published="2025-03-08"), stretch(FULL, "b", published="2025-03-09")
    before = group([later, other])[0]
    earlier = stretch(FULL, "c", published="2025-03-01")
    after = group([later, other, earlier])[0]
    assert before.id in after.ids() and before.id != after.id
    assert [s.report_id for s in after.carriers] == ["c", "a", "b"] and after.first == earlier


def test_copies_count_once():
    body = " ".join(f"word{n} of the long agency report" for n in range(80))
    other = " ".join(f"line{n} from somebody else entirely" for n in range(80))
    found = copies({"a": body, "b": "DATELINE " + body[: len(body) * 4 // 5], "c": other})
    assert found == {"a": "a", "b": "a", "c": "c"}
    quotes = group([stretch(FULL, r) for r in "abc"], copies=found)
    assert (quotes[0].texts, len(quotes[0].carriers)) == (2, 3)


def statement(text, content, quoted, form="direct"):
    def spans(pieces):
        return tuple((text.index(p), text.index(p) + len(p)) for p in pieces)

    return Statement((), (), spans(content), spans(quoted), form, "say", False, None, 0.9)


def test_a_cue_within_a_sentence_parts_nothing():
    text = "“We will,” he said, “open the bridge.” “It is late,” he added. “The river is high.”"
    parts = ["“We will,”", "“open the bridge.”"]
    assert list(quotations(text, [statement(text, parts, parts)])) == [(0, ((1, 9), (21, 37)))]
    parts = ["“It is late,”", "“The river is high.”"]
    assert len(list(quotations(text, [statement(text, parts, parts)]))) == 2


def test_what_stands_in_several_statements_is_of_the_innermost_and_taken_once():
    text = "She said that the mayor called it “a rotten plank” in May."
    outer = statement(text, ["that the mayor called it “a rotten plank” in May"], ["“a rotten plank”"], "mixed")
    inner = statement(text, ["“a rotten plank”"], ["“a rotten plank”"])
    assert [number for number, _ in quotations(text, [outer, inner])] == [1]


def test_the_stretches_of_a_report_lead_back_to_it(examples):
    for path in sorted(examples.glob("*.txt"))[:3]:
        made = sayso.analyse(path.read_text(encoding="utf-8"))
        stretches = stretches_of(made.report, made.statements)
        assert stretches
        for one in stretches:
            assert one.text == " … ".join(made.report.text[a:b] for a, b in one.spans)
            assert one.statement_id is None or one.statement_id in {s.id(made.report.id) for s in made.statements}


@pytest.mark.parametrize(("few", "full"), [
    ("malarkey", "With respect, that tale about the mill is malarkey from first to last"),  # a word that is rare in English
    ("baseless", "baseless"),
    ("giving cover", "We are not giving cover to the men who robbed the granary in March"),
    ("you are under duress", "You are under a lot of duress, so let us hear the other councillors first"),
])  # fmt: skip
def test_few_telling_words_of_one_speaker_on_one_occasion(few, full):
    assert grouped(stretch(few), stretch(full, "b", published="2025-03-08")) == [sorted([few, full])]
    assert grouped(stretch(few), stretch(full, "b", "tarrow", published="2025-03-08")) == []


def test_one_telling_word_is_of_one_occasion():
    full = "That tale about the mill is malarkey from first to last"
    assert len(grouped(stretch("malarkey"), stretch(full, "b", published="2025-03-09"))) == 1
    assert grouped(stretch("malarkey"), stretch(full, "b", published="2025-04-09")) == []
    assert grouped(stretch("malarkey"), stretch(full, "b", published=None)) == []


@pytest.mark.parametrize(("few", "full"), [
    ("work", "We work on the northern mill until the river takes it away again"),
    ("in the region", "There are three bridges in the region which no engineer has seen since spring"),
    ("Grain for Tamber", "Grain for Tamber"), ("enemy of the people", "He called the miller an enemy of the people and of the whole valley"),
])  # fmt: skip
def test_common_words_tell_nothing(few, full):
    assert grouped(stretch(few), stretch(full, "b")) == []


def test_a_word_by_somebody_unknown_is_nobodys():
    assert grouped(stretch("malarkey", speaker=None), stretch("That tale about the mill is malarkey from first to last", "b")) == []


def test_a_list_of_names_is_no_utterance():
    one = "With us are Pavel Orlan, Inga Tarrow, Brother Hale of Upper Tamber and the chorus of the mill"
    other = "We shall come back to Pavel Orlan, Inga Tarrow, Brother Hale of Upper Tamber after these announcements"
    assert grouped(stretch(one), stretch(other, "b")) == []


def remarks(text, *quoted, speakers=None):
    """The remarks among the marked pieces of *text*, each of *quoted* being a statement of its own by Orlan."""
    report = sayso.Report(text)
    statements = [statement(text, [piece], [piece]) for piece in quoted]
    found = {}
    for one in stretches_of(report, statements, speakers or ["orlan"] * len(statements)):
        found.setdefault(one.remark, []).append(one.text)
    return list(found.values())


@pytest.mark.parametrize("between", [
    "” says Pavel Orlan of the Institute for Rivers and Other Running Waters in Upper Tamber. “", "” he said. “",
])  # fmt: skip
def test_what_only_the_naming_of_the_speaker_parts_is_one_remark(between):
    text = f"“The bridge is old,{between}The mill is older.”"
    assert remarks(text, "“The bridge is old,”", "“The mill is older.”") == [["The bridge is old,", "The mill is older."]]


@pytest.mark.parametrize("between", [
    "” he claimed in the council on Tuesday morning, although he also said, “", "” he said. Nobody in the council asked him what he meant. Then: “",
    "” he said.\n\nHe added: “",
])  # fmt: skip
def test_what_more_than_that_parts_is_not(between):
    text = f"“The bridge is old,{between}The mill is older.”"
    assert len(remarks(text, "“The bridge is old,”", "“The mill is older.”")) == 2


def test_marks_that_open_again_go_on():
    text = "“The bridge is old and it was never mended.\n\n“The mill is older,” he said."
    assert remarks(text, "“The mill is older,”") == [["The bridge is old and it was never mended.", "The mill is older,"]]


def test_a_piece_without_a_statement_has_the_speaker_of_its_remark():
    text = "“With that being said,” he went on, “the mill is older.”"
    made = statement(text, ["“the mill is older.”"], ["“the mill is older.”"])
    assert [one.speaker for one in stretches_of(sayso.Report(text), [made], ["orlan"])] == ["orlan"] * 2


def test_a_line_that_repeats_a_quotation_is_one():
    text = "“We shall open the second bridge in May or never,” he said.\nWe shall open the second bridge in May Pavel Orlan\nWe shall open the mill."
    piece = "“We shall open the second bridge in May or never,”"
    found = stretches_of(sayso.Report(text), [statement(text, [piece], [piece])], ["orlan"])
    assert [(one.text, one.speaker) for one in found][1:] == [("We shall open the second bridge in May", "orlan")]


def test_a_post_is_a_quotation_without_marks():
    text = "Orlan said no.\n\nThe mill will never be sold! — Pavel K. Orlan (@orlan) March 6, 2025"
    made = Statement(((0, 5),), ((6, 10),), ((11, 13),), (), "indirect", "say", False, None, 0.9)
    assert [(one.text, one.speaker) for one in stretches_of(sayso.Report(text), [made], ["orlan"])] == [("The mill will never be sold!", "orlan")]


def test_a_paragraph_of_quotation_goes_on_with_the_speaker_of_the_one_before():
    text = "Orlan said that the mill was his.\n\n“Nobody else has paid a penny for its wheel.”\n\n‘Nobody pays’"
    made = Statement(((0, 5),), ((6, 10),), ((11, 32),), (), "indirect", "say", False, None, 0.9)
    assert [one.speaker for one in stretches_of(sayso.Report(text), [made], ["orlan"])] == ["orlan", None]


def test_a_record_finds_translations_whichever_comes_first(tmp_path):
    told = {
        "Halyard": "“We shall not wait on the river bank until the others have decided our fate for us,” Sergei Lavrov said.",
        "Other Bank": "Sergei Lavrov said: “We will not sit by the river and wait while others settle our fate in our place.”",
    }
    reports = [sayso.Report(text, sayso.Publication(outlet=name, published="2017-03-30"), name) for name, text in told.items()]
    for n, order in enumerate((reports, reports[::-1])):
        with sayso.Record(tmp_path / f"{n}.db") as record:
            for report in order:
                record.add([report])
            (quote,) = record.quotes()
            assert "retranslated" in {change for v in quote["variants"] for change in v["change"]}
            record.reread()
            assert len(list(record.quotes())) == 1
