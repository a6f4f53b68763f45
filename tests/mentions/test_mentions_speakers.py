"""Who makes each statement; and what holds of every text."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sayso
from sayso.language.quotation import quoted_stretches
from sayso.language.tokens import tokenise
from sayso.mentions.names import names
from sayso.mentions.page import lay_out
from sayso.mentions.speakers import gather, prepare, settle
from sayso.statements import Statement

KNOWN = {"Mary Venn": "person", "John Arne": "person", "Venn": "person", "Arne": "person", "Harbour Board": "organisation", "Jonas Fenn": "person"}


class TestFirstPerson:
    def test_in_a_quotation_it_is_the_speaker(self, read):
        scene = read("“I know nothing,” John Arne said.", KNOWN, [("John Arne", "said", "“I know nothing,”")])
        assert scene.name("I") == "John Arne"

    def test_in_an_inner_quotation_it_is_the_inner_speaker(self, read):
        text = "Mary Venn said: “Then John Arne told us ‘I lied’ and left.”"
        scene = read(text, KNOWN, [("Mary Venn", "said", "“Then John Arne told us ‘I lied’ and left.”"), ("John Arne", "told", "‘I lied’")])
        assert scene.name("us") == "Mary Venn"

    def test_outside_all_quotations_it_is_the_author(self, read):
        scene = read("I met John Arne. My boat sank.", KNOWN)
        assert scene.name("I") == scene.name("My") == "the author"
        assert not scene.who("I").named

    def test_in_a_quotation_of_nobody_it_stays_open(self, read):
        assert read("The sign read “I float”.", KNOWN).who("I") is None

    def test_it_carries_on_into_statements_inside(self, read):
        scene = read(
            "“I said that the dam held,” John Arne told them.",
            KNOWN,
            [("John Arne", "told", "“I said that the dam held,”"), ("I", "said", "that the dam held")],
        )
        assert scene.speakers(1) == ["John Arne"]


def test_the_second_person_stays_open(read):
    assert read("“You know it,” John Arne said.", KNOWN, [("John Arne", "said", "“You know it,”")]).who("You") is None


def test_a_pronoun_speaks_for_whom_it_means(read):
    scene = read("Mary Venn met John Arne. She said the dam held.", KNOWN, [("She", "said", "the dam held")])
    assert scene.speakers() == ["Mary Venn"]
    assert scene.found.speakers[0].how == "pronoun"
    assert [scene.found.entities[n].name for n, _ in scene.found.speakers[0].candidates][:1] == ["Mary Venn"]


def test_where_it_cannot_be_known_there_is_no_speaker_but_there_may_be_candidates(read):
    scene = read("He said the dam held.", KNOWN, [("He", "said", "the dam held")])
    assert scene.speakers() == []
    assert scene.found.speakers[0].confidence <= 0.5


def test_a_group_speaks_as_all_of_its_members(read):
    scene = read("Mary Venn and John Arne said the dam held.", KNOWN, [("Mary Venn and John Arne", "said", "the dam held")])
    assert scene.speakers() == ["Mary Venn", "John Arne"]


def test_two_that_are_one_speak_once(read):
    scene = read("So John Arne and Arne said the dam held.", KNOWN, [("John Arne and Arne", "said", "the dam held")])
    assert scene.speakers() == ["John Arne"]


def test_who_after_and_other_officials_is_the_whole_group(read):
    scene = read("John Arne and other officials, who feared for it, left.", KNOWN)
    assert [scene.found.entities[n].name for n in scene.who("who").members] == ["John Arne", "other officials"]


def test_a_number_of_people_are_so_many_named_in_one_sentence(read):
    scene = read("Mary Venn met John Arne. Jonas Fenn was away. The two officials argued.", KNOWN)
    assert {scene.found.entities[n].name for n in scene.who("The two officials").members} == {"Mary Venn", "John Arne"}


def test_names_with_titles_between_them_are_named_together(read):
    text = "Sen. Mary Venn (R-Utah) and former Gov. John Arne met. They argued that the dam held."
    scene = read(text, KNOWN, [("They", "argued", "that the dam held")])
    assert {scene.found.entities[n].name for n in scene.who("They").members} == {"Mary Venn", "John Arne"}


def test_a_camp_is_the_campaign(read):
    known = {**KNOWN, "Venn campaign": "organisation", "Venn camp": "organisation"}
    scene = read("Mary Venn spoke. The Venn campaign left. The Venn camp said little.", known)
    assert scene.who("Venn campaign") is scene.who("Venn camp", 1)


def test_the_campaign_is_that_of_the_candidate_spoken_of(read):
    text = "Mary Venn, a candidate, met voters. The campaign said that all was well."
    scene = read(text, KNOWN, [("The campaign", "said", "that all was well")])
    assert scene.speakers() == ["Mary Venn's campaign"]


def test_who_signs_a_text_is_its_i(read):
    text = "By Mary Venn\nThe dam held.\nThe town slept.\nThe river rose.\nSo far I think that the dam holds."
    scene = read(text, KNOWN, [("I", "think", "that the dam holds")])
    assert scene.speakers() == ["Mary Venn"]


@pytest.mark.parametrize(
    "text",
    [
        "The Harbour Board released a report on Monday. The report said that the dam held.",
        "A report released on Monday by the Harbour Board was short. The report said that the dam held.",
        "A Harbour Board report came out. The report said that the dam held.",
        "The Harbour Board hit back with a report. The report said that the dam held.",
    ],
)
def test_a_document_is_of_whoever_is_named_beside_it(read, text):
    scene = read(text, KNOWN, [("The report", "said", "that the dam held")])
    document = scene.found.entities[scene.found.speakers[0].entities[0]]
    assert document.owner is not None
    assert scene.found.entities[document.owner].name == "Harbour Board"


def test_a_poll_is_of_the_institute_named_around_it(read):
    text = "A poll came out on Monday. Researchers at Ostland University asked nine people. The poll found that the dam held."
    scene = read(text, {"Ostland University": "organisation"}, [("The poll", "found", "that the dam held")])
    document = scene.found.entities[scene.found.speakers[0].entities[0]]
    assert scene.found.entities[document.owner].name == "Ostland University"


def test_the_two_are_those_spoken_of_last(read):
    scene = read("Mary Venn met John Arne. The two officials argued.", KNOWN)
    assert {scene.found.entities[n].name for n in scene.who("The two officials").members} == {"Mary Venn", "John Arne"}


@pytest.mark.parametrize(
    "text",
    [
        "A report by the Harbour Board said the dam held.",
        "A report from the Harbour Board said the dam held.",
        "The Harbour Board met. A report on the Harbour Board’s website said the dam held.",
    ],
)
def test_a_document_speaks_for_its_maker(read, text):
    source = text[text.index("A report") : text.index(" said")]
    scene = read(text, KNOWN, [(source, "said", "the dam held")])
    report = scene.found.entities[scene.found.speakers[0].entities[0]]
    assert report.type == "document"
    assert scene.found.entities[report.owner].name == "Harbour Board"


def test_a_report_about_somebody_is_not_by_them(read):
    text = "A report on the Harbour Board’s failures said the dam held."
    scene = read(text, KNOWN, [("A report on the Harbour Board’s failures", "said", "the dam held")])
    assert scene.found.entities[scene.found.speakers[0].entities[0]].owner is None


def test_a_document_brought_in_by_a_speaker_is_that_speakers(read):
    scene = read("In a letter, Mary Venn said the dam held. The letter was long.", KNOWN, [("Mary Venn", "said", "the dam held")])
    assert scene.found.entities[scene.who("a letter").owner].name == "Mary Venn"


def test_people_are_taken_up_by_they(read):
    text = "Two people familiar with the talks said the dam held. They said the pier fell."
    scene = read(text, KNOWN, [("Two people familiar with the talks", "said", "the dam held"), ("They", "said", "the pier fell")])
    assert scene.speakers(1) == scene.speakers(0) == ["Two people"]


def test_an_empty_text_has_nothing(read):
    assert read("", {}).found.mentions == ()


PIECES = (
    "Inga Tarrow", "Tarrow", "Mr. Tarrow", "Jonas Fenn", "J. Fenn Jr.", "Fenn’s", "King Orvan", "Gov.", "the Harbour Board", "Harbour Board (HB)",
    "HB", "Ostland", "Ostlanders", "Ostland’s government", "he", "she", "his", "her", "hers", "they", "it", "its", "who", "which", "whose", "I",
    "we", "my", "you", "the minister", "Minister", "officials", "and", "and other officials", ", the minister,", "critics", "a report by",
    "the report", "the two", "one of the", "a number of", "both", "said", "it is clear that", "’s", "'", "“", "”", '"', "-", "—", ".", ",", "\n",
    "\n\n", "\u2028", "\x0b", "\x1c", "(", ")", "\u200d", "é", "ß", "İ", "ﬁ", "日本", "🦦", "\u0301", "US", "us", "12", "of", "the",
)  # fmt: skip
texts = st.one_of(
    st.text(max_size=400),
    st.lists(st.sampled_from(PIECES), max_size=90).map(" ".join),
    st.lists(st.sampled_from(PIECES) | st.text(max_size=9), max_size=60).map("".join),
)


@st.composite
def statements_of(draw, text):
    """Any statements: parts of any tokens, in any order, inside each other as it comes."""
    tokens = tokenise(text)
    if not tokens:
        return []
    at = st.integers(0, len(tokens) - 1)

    def spans(least):
        out, last = [], 0
        for i, length in sorted(draw(st.lists(st.tuples(at, st.integers(0, 12)), min_size=least, max_size=3))):
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


@pytest.mark.parametrize("text", ["A NUMBER OF", "the rest of", "Many of", "whose envoy"])
def test_a_source_that_breaks_off_is_read(text, labels, transitions):
    tokens = tokenise(text)
    page = lay_out(text, tokens, [])
    statement = Statement(((0, len(text)),), (), ((0, 1),), (), "indirect", "say", False, None, 0.5)
    work = prepare(page, names(page, np.zeros((len(tokens), len(labels)), np.float32), transitions), [statement])
    settle(work)
    assert len(gather(work, [statement]).speakers) == 1


@settings(deadline=None, max_examples=250)
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


SYLLABLES = "ka ro men tis vel dor lin sa bo rak ul fen mar go pe zu".split()


def _name(number):
    return "".join(SYLLABLES[number >> shift & 15] for shift in (0, 4, 8)).capitalize()


def _report(number):
    first, last = _name(number), _name(number * 7 + 1)
    return [
        (f"{first} {last}", "person"), (" said he would meet ", ""), (f"{last} Guild", "organisation"),
        (" and its officials, who denied it. She told the minister that they knew him.\n", ""),
    ]  # fmt: skip


TEXTS = {
    "everybody has another name": _report,
    "one surname": lambda n: [(f"{_name(n)} Singh", "person"), (" said so. ", ""), ("Singh", "person"), (" and others agreed with him.\n", "")],
    "pairs of one surname": lambda n: [(f"{_name(n)} Bo", "person"), (" and ", ""), (f"{_name(n + 3)} Ul", "person"), (" met. ", "")],
    "one given name": lambda n: [(f"Ivan {_name(n)}", "person"), (" said so to his friend.\n", "")],
    "bodies and other bodies": lambda n: [
        (f"{_name(n)} Guild", "organisation"),
        (" met ", ""),
        (_name(n + 1)[::-1].capitalize(), "organisation"),
        (".\n", ""),
    ],
    "a list without an end": lambda n: [(f"Ana {_name(n)}", "person"), (", ", "")],
    "one name without an end": lambda n: [("Ana ", "person")],
    "only roles": lambda n: [("The minister said her officials told his minister that they lied. ", "")],
    "only pronouns": lambda n: [("who he said they told her it was theirs ", "")],
    "short lines and a long one": lambda n: [("So it is.\n" if n else "word " * 400 + "\n", "")],
}


@pytest.mark.parametrize("make", TEXTS.values(), ids=TEXTS)
def test_ten_times_the_text_takes_about_ten_times_as_long(make, labels, transitions):
    def seconds(words):
        parts, tags, number = [], [], 0
        while len(tags) < words:
            for k, (part, kind) in enumerate(make(number)):
                parts.append(part)
                tags += [f"{'I' if i else 'B'}-{kind}" if kind else "O" for i, _ in enumerate(tokenise(part))]
                assert k < 9
            number += 1
        text = "".join(parts)
        tokens = tokenise(text)
        scores = np.zeros((len(tags), len(labels)), np.float32)
        scores[np.arange(len(tags)), [labels.index(tag) for tag in tags]] = 9
        best = float("inf")
        for _ in range(3 if words < 5000 else 1):
            begin = time.process_time()
            page = lay_out(text, tokens, [])
            work = prepare(page, names(page, scores, transitions), [])
            settle(work)
            gather(work, [])
            best = min(best, time.process_time() - begin)
        return best

    seconds(500)  # loads the tables
    small = seconds(2000)
    assert min(seconds(20_000), seconds(20_000)) < 25 * small + 0.5


class TestWhoSigns:
    @pytest.mark.parametrize("signature", ["Inga Tarrow.\n\nPort Fenn, Vel.", "Inga Tarrow, Port Fenn, Vel.", "— Inga Tarrow; Port Fenn, Vel."])
    def test_each_letter_is_by_whom_stands_below_it(self, read, signature):
        text = f"Letters.\n\nI like the dam.\n\n{signature}\n\nMy cat does not.\n\nJonas Fenn."
        scene = read(text, {"Inga Tarrow": "person", "Jonas Fenn": "person"})
        assert (scene.name("I"), scene.name("My")) == ("Inga Tarrow", "Jonas Fenn")

    @pytest.mark.parametrize("tail", ["is a teacher in Ostland", ", a teacher in Ostland, is a member of our board", "is Vel Post’s critic"])
    def test_the_last_line_tells_who_the_author_is(self, read, tail):
        text = f"The dam.\n\nStones hold.\n\nMost do.\n\nI like it.\n\nInga Tarrow{'' if tail[0] == ',' else ' '}{tail}."
        assert read(text, {"Inga Tarrow": "person"}).name("I") == "Inga Tarrow"

    def test_nobody_of_whom_the_text_told_before_is_its_author(self, read):
        text = "The dam.\n\nStones hold.\n\nMost do.\n\nInga Tarrow built it.\n\nMy cat likes it.\n\nInga Tarrow is a teacher."
        assert read(text, {"Inga Tarrow": "person"}).name("My") == "the author"


def test_a_poll_of_two_is_both_theirs(read):
    known = {"Daily Bugle": "organisation", "Vel News": "organisation"}
    scene = read("A Daily Bugle/Vel News poll saw a tie.", known, [("A Daily Bugle/Vel News poll", "saw", "a tie")])
    poll = scene.found.entities[scene.found.speakers[0].entities[0]]
    assert [scene.found.entities[n].name for n in scene.found.entities[poll.owner].members] == ["Daily Bugle", "Vel News"]


@pytest.mark.parametrize("source", [
    "Her rival, Mayor Piet Holt,", "His barrister, Piet Holt QC,", "The head of the harbour union, Piet Holt,", "His deputy, Councillor Piet Holt,",
    "The head of the union, Dr. Piet Holt,",
])
def test_an_apposition_is_who_is_named_in_it(read, source):
    text = f"Inga Tarrow left. {source} said the pier was unsafe."
    scene = read(text, {"Inga Tarrow": "person", "Piet Holt": "person"}, [(source, "said", "the pier was unsafe")])
    assert scene.speakers() == ["Piet Holt"]


def test_whom_a_question_is_put_to_is_he_in_it(read):
    text = "Inga Tarrow left. Asked whether she had paid, Orla Venn shook her head. Orla Venn said no."
    said = [(None, "Asked", "whether she had paid"), ("Orla Venn", "said", "no")]
    assert read(text, {"Inga Tarrow": "person", "Orla Venn": "person"}, said).name("she") == "Orla Venn"


def test_a_document_is_not_whose_who_saw_it(read):
    said = [("Minutes seen by the Vel Post", "showed", "the pier was sold")]
    assert read("Minutes seen by the Vel Post showed the pier was sold.", {"Vel Post": "organisation"}, said).speakers() == ["Minutes"]


def test_who_is_asked_for_takes_up_nobody(read):
    scene = read("The minutes do not say who proposed it.", {}, [("The minutes", "do not say", "who proposed it")])
    assert scene.name("who") is None


@pytest.mark.parametrize(("text", "cue", "name"), [
    ("Ilka Rane accused the ministry of theft. Minister of State for Home Vinod Tarrel said the charge was baseless.", "said", "Vinod Tarrel"),
    ("Ilka Rane accused the ministry of theft. Director of Public Prosecutions Max Hallum denied it.", "denied", "Max Hallum"),
    ("Justice R K Mennor said the poor could not wait.", "said", "R K Mennor"),
    ("Gwen Tully met Mia Orlan in court. Asked by Ms Orlan why she had not called the police, she replied that she had been asleep.",
     "replied", "Gwen Tully"),
])  # fmt: skip
def test_who_it_is_beside_an_office_an_initial_or_who_asks(text, cue, name):
    row = next(row for row in sayso.analyse(text).rows() if row["cue"]["text"] == cue)
    assert row["speaker"]["name"] == name


MAYOR = (
    "Mayor Colm Ferris wants a bridge. Councillor Dara Quill has costed a ferry, and her figures are on the table in the library for all who care to "
    "look. The mayor refuses to read them. Nobody, said the mayor, needs a ferry."
)


def test_the_mayor_is_who_was_called_so():
    rows = [row for row in sayso.analyse(MAYOR).rows() if row["source"] and row["source"]["text"].lower() == "the mayor"]
    assert rows and {row["speaker"]["name"] for row in rows} == {"Colm Ferris"}


def test_labels_of_one_word_are_those_of_the_full_name():
    text = (
        "Tamsin Orde has run the ferries for six years. She spoke to Martin Hale.\n\nMARTIN HALE: Did you see the strike coming?\n\n"
        "TAMSIN ORDE: No. The union told us nothing.\n\nHALE: They say you walked out.\n\nORDE: That is untrue. I said I would come back."
    )
    rows = [row for row in sayso.analyse(text).rows() if row["cue"]["text"] == ":"]
    assert [row["speaker"]["name"] for row in rows] == ["Martin Hale", "Tamsin Orde", "Martin Hale", "Tamsin Orde"]


@pytest.mark.parametrize(("text", "name"), [
    ("Norrund Steel cut its forecast on Thursday. The union was angry. Norrund said it would close a mill.", "Norrund Steel"),
    ("The manufacturer, Optivar, said it could not comment on the case.", "Optivar"),
    ("The cut was a shock, said Per Lindvall, an analyst.", "Per Lindvall"),
])  # fmt: skip
def test_companies_and_given_names(text, name):
    assert name in {row["speaker"]["name"] for row in sayso.analyse(text).rows() if row["speaker"]}


def test_the_two_are_those_of_whom_two_were_told():
    text = (
        "The review found that two junior doctors had been warned. Sheila Markham and her husband, Ron Markham, want answers. "
        "The two doctors said they felt relieved."
    )
    row = next(row for row in sayso.analyse(text).rows() if row["source"]["text"] == "The two doctors")
    assert "Markham" not in str(row["speaker"])


@pytest.mark.parametrize(("source", "name"), [
    ("Another pollster, Davi Woodor,", "Davi Woodor"),
    ("A Hobart city councilman, Davi Mellor,", "Davi Mellor"),
    ("Another Republican, Rep. Justa Amarr of Michigan,", "Justa Amarr"),
    ("One of her lawyers, Tomas Kirsh,", "Tomas Kirsh"),
    ("The U.S. Ambassador to Velmora, Jonna Huntley,", "Jonna Huntley"),
    ("RNC Chief of Staff Katya Wallis", "Katya Wallis"),
    ("BuzzLine Editor-in-Chief Benno Smythe", "Benno Smythe"),
    ("A lawyer for Mr. Grimm, Willem McGuin of Patter Boggs,", "Willem McGuin"),
    ("Democratic front-runner and former secretary of state Hilda Clinter", "Hilda Clinter"),
    ("The council's convener, Alastair Munn,", "Alastair Munn"),
])  # fmt: skip
def test_who_he_is_beside_his_name_is_no_other(source, name):
    text = f"Mr. Grimm met Dana Trask in the capital on Monday. Mr. Trask had asked for it. {source} said the talks had failed. Mr. Grimm was away."
    row = next(row for row in sayso.analyse(text).rows() if "talks had failed" in row["content"]["text"])
    assert row["speaker"]["name"] == name


def test_supporters_of_somebody_named_are_not_he():
    text = "Holt won the state. Supporters of her opponent, Sen. Bernd Sander, said they were dismayed."
    row = next(row for row in sayso.analyse(text).rows() if "dismayed" in row["content"]["text"])
    assert row["speaker"]["kind"] == "anonymous"


def test_the_officer_is_the_sergeant():
    text = (
        "Det Sgt Imran Sheik said the phone had been near the house. Mr Denholt, defending, suggested the data was unreliable; "
        "the officer agreed that it could not tell who held the phone."
    )
    row = next(row for row in sayso.analyse(text).rows() if row["source"]["text"] == "the officer")
    assert row["speaker"]["name"] == "Imran Sheik"
