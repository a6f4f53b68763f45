"""What is done, not said; names that are broken off; sources that stand before "with"."""

from __future__ import annotations

from dataclasses import replace

import pytest

import sayso
from sayso.attribution.edges import (
    Around,
    Parts,
    amid,
    behind_colon,
    by_whom,
    for_whom,
    however,
    of_whom,
    said_by_nobody,
    with_answer,
    with_its_object,
    with_its_rest,
    with_its_verb,
    with_out,
    with_quotation,
    with_what_it_claims,
    with_whom,
    with_whom_else,
    within_its_sentence,
    without_as,
    without_bullet,
    without_day_within,
    without_determiner,
    without_doing,
    without_hanging,
    without_hearer,
    without_its_day,
    without_its_origin,
    without_lead,
    without_medium,
    without_next_sentence,
    without_opening,
    without_relative,
    without_sentence_before,
)
from sayso.attribution.engine import _from_before
from sayso.attribution.exclusions import is_asked, is_excluded
from sayso.language.quotation import quoted_stretches
from sayso.language.sentences import sentences


@pytest.mark.parametrize(("cue", "content", "excluded"), [
    ("has been backing up", "Kestria's ground operations with airstrikes since May", True),
    ("supports", "the rebels with money and arms", True),
    ("is supporting", "terrorism", True),
    ("would fund", "armed militants", True),
    ("supports", "a deal with Kestria on weapons", False),
    ("backed", "plans to hit the harbour with missiles", False),
    ("supports", "sharing what it knows with drones over the river", False),
    ("supports", "the fight against terrorism", False),
    ("denied", "that it arms rebels with weapons", False),
])  # fmt: skip
def test_to_back_by_deeds_is_no_statement(cue, content, excluded):
    assert is_excluded("Orlan", cue, content, ". ", " ") is excluded


@pytest.mark.parametrize(("text", "source"), [
    ("Mira Holt denied claims by Orvan Tellik that the dam leaked.", "Orvan Tellik"),
    ("Holt Monday denied that the dam leaked.", "Holt"),
])  # fmt: skip
def test_a_source_is_a_whole_name(text, source):
    assert source in {row["source"]["text"] for row in sayso.analyse(text).rows() if row["source"]}


def test_who_agrees_with_a_claim_is_not_its_source():
    rows = sayso.analyse("The council met. Holt disagreed strongly with the claim that the dam had leaked.").rows()
    assert "Holt" not in {row["source"]["text"] for row in rows if row["source"] and row["cue"]["text"].endswith("claim")}


@pytest.mark.parametrize(("text", "cue", "source"), [
    ("Orlan responded on Tuesday with the assertion that Veldara had armed the rebels.", "assertion", "Orlan"),
    ("Holt followed in a radio interview with the accusation that the council had hidden the report.", "accusation", "Holt"),
    ("The council met. Holt countered on Friday with a warning that the dam would not hold.", "warning", "Holt"),
])  # fmt: skip
def test_who_comes_with_a_claim_is_its_source(text, cue, source):
    (row,) = (row for row in sayso.analyse(text).rows() if cue in row["cue"]["text"])
    assert row["source"]["text"] == source


@pytest.mark.parametrize(("source", "cue", "excluded"), [
    ("Update at 8:07 a.m. ET", ":", True),
    ("UPDATED 14.35", " —", True),
    ("11:20", "—", True),
    ("The Update", ":", False),
    ("Mira Holt, 41", ":", False),
    ("The 9:30 Club", ":", False),
])  # fmt: skip
def test_the_time_of_an_entry_says_nothing(source, cue, excluded):
    assert is_excluded(source, cue, "“A mistake”", "\n", " ") is excluded


@pytest.mark.parametrize(("text", "cue", "source"), [
    ("Two traders told The Courier there were some sharp words at the meeting but said that the mood was not hostile.", "said", "Two traders"),
    ("Orlan told reporters that he was glad that the vote had been held but said Veldara would not take part.", "said", "Orlan"),
    ("Orlan says that he can wait and argues that the dam should stand.", "argues", "Orlan"),
    ("Orlan wrote that the dam would fail and warned that the valley should be cleared.", "warned", "Orlan"),
])  # fmt: skip
def test_a_second_cue_has_the_source_of_the_first(text, cue, source):
    rows = list(sayso.analyse(text).rows())
    assert [(row["source"]["text"], row["parent"]) for row in rows if row["cue"]["text"] == cue] == [(source, None)]
    assert cue not in rows[0]["content"]["text"]


def test_what_the_source_of_a_content_did_then_is_no_second_statement():
    text = "Orlan said he met Holt and told her to leave."
    assert next(iter(sayso.analyse(text).rows()))["content"]["text"] == "he met Holt and told her to leave"


def test_a_quotation_begins_in_the_paragraphs_whose_marks_stay_open():
    first, second = "“The gate has leaked since spring, and nobody has come to look at it.", "“We have asked for help again and again,”"
    text = f"The council met on the pier.\n\n{first}\n\n{second} said Sella Orn, who keeps the lock."
    content = [row["content"]["text"] for row in sayso.analyse(text).rows() if row["source"] and row["source"]["text"].startswith("Sella Orn")]
    assert content == [f"{first} … {second}"]
    spans = [(text.index(second), text.index(second) + len(second))]
    stretches = quoted_stretches(text)
    starts = [s.start for s in stretches]
    assert _from_before(text, spans, [(text.index(first), text.index(first) + 9)], stretches, starts) == spans
    other = text.replace("“The gate", '"The gate')
    assert _from_before(other, spans, [], quoted_stretches(other), starts) == spans


@pytest.mark.parametrize(("source", "cue", "content", "before", "excluded"), [
    ("Orlan", "committed", "a prank", "", True),
    ("Orlan", "has committed", "to a longer truce", "", False),
    ("Orlan", "will seek", "new sanctions", "", True),
    ("Orlan", "sought", "answers from the board", "", False),
    ("Orlan", "sought", "to reassure voters", "", False),
    ("the council", "invited", "Veldara", "", True),
    ("the council", "invited", "the pilots to speak", "", False),
    ("shops", "deny", "service over belief", "", True),
    ("Orlan", "denies", "that it armed rebels", "", False),
    ("Orlan", "hired", "a guard to find out who knew", "", True),
    ("The law", "requires", "candidates to show their books", "", True),
    ("the mayor", "requires", "candidates to show their books", "", False),
    ("", "proposed", "sale of the dock", "halt a ", True),
    ("", "proposed", "$110 million sale", "about the ", True),
    ("", "demand", "that the dock be sold", "about the ", False),
    ("", "accused", "of theft", "found the ", False),
    ("she", "lied", "to voters", "", True),
    ("she", "lied", "about the meeting", "", False),
    ("You", "have to know", "when to stop", "", True),
    ("Holt", "has to know", "when to stop", "", False),
])  # fmt: skip
def test_a_deed_is_no_statement(source, cue, content, before, excluded):
    assert is_excluded(source, cue, content, before, " ") is excluded


@pytest.mark.parametrize(("content", "left"), [
    ("Monday he had called", "he had called"),
    ("on Tuesday night that the lock leaks", "that the lock leaks"),
    ("Friday Sella Orn would go", "Sella Orn would go"),
    ("Monday was too late", "Monday was too late"),
    ("Sunday Times readers know", "Sunday Times readers know"),
    ("Monday's vote was lost", "Monday's vote was lost"),
])  # fmt: skip
def test_the_day_of_saying_is_not_said(content, left):
    text = f"Holt said {content}."
    ((start, end),) = without_its_day(Around(text), Parts((), ((5, 9),), ((10, len(text) - 1),))).content
    assert text[start:end] == left


@pytest.mark.parametrize(("text", "cue", "source"), [
    ("Mira Holt has repeatedly called on Tarrow to be patient, and last week accused her of theft.", "accused", "Mira Holt"),
    ("Tarrow did not respond directly, but told lawmakers on Tuesday: “Our mandate is prices.”", "told", "Tarrow"),
    ("Tarrow added it was right for the council to debate, but did not mention a vote.", "did not mention", "Tarrow"),
    ("Mira Holt calls critics idle and promises that jobs will come.", "promises", "Mira Holt"),
])  # fmt: skip
def test_a_joined_verb_has_the_subject_of_its_sentence(text, cue, source):
    made = {row["cue"]["text"]: row for row in sayso.analyse(text).rows()}
    assert made[cue]["source"]["text"] == source and made[cue]["parent"] is None


def test_who_is_warned_is_not_who_warns():
    rows = sayso.analyse("Prosecutor Ada Rahn said the man had been warned three times that the sprinklers did not work.").rows()
    assert [row["source"] for row in rows if "warned" in row["cue"]["text"]] == [None]


def test_a_survey_tells():
    text = "The vote is near. In a survey by the Orvan Post last week, 14 of 20 farmers said they thought the mill would close."
    sources = [row["source"]["text"] for row in sayso.analyse(text).rows() if row["source"]]
    assert "14 of 20 farmers" in sources


@pytest.mark.parametrize(("opening", "left"), [("To be fair", False), ("In private", False), ("What", False), ("The ports", True)])
def test_an_adverb_that_opens_the_sentence_is_not_said(opening, left):
    text = f"{opening}, aides say that ports need money."
    at = text.index("say")
    opens, said = (0, len(opening)), (at + 4, len(text) - 1)
    found = without_opening(Around(text), Parts((), ((at, at + 3),), (opens, said)))
    assert found.content == ((opens, said) if left else (said,))


def test_participles_of_two_speakers_stand_beside_each_other():
    text = (
        "The two candidates for governor traded accusations Thursday night in their last debate before the Nov. 6 election, with Republican Dan "
        "Brill calling his opponent \"a career politician\" and Democrat Ruth Akin saying Brill \"wouldn't "
        "know a budget if it bit him.\""
    )
    rows = list(sayso.analyse(text).rows())
    assert [(row["source"]["text"], row["parent"]) for row in rows] == [("Republican Dan Brill", None), ("Democrat Ruth Akin", None)]
    assert rows[1]["form"] == "mixed"


@pytest.mark.parametrize(("source", "cue", "content", "excluded"), [
    ("The complaint", "alleged", "that the ferry had been overloaded", False),
    ("She", "alleged", "he had bought the petrol himself", False),
    ("they", "suspected", "that the ledger was forged", False),
    ("Keldania's", "alleged", "support of the rebels", True),
    ("", "alleged", "support of the rebels", True),
    ("A clerk", "asked", "not to be named because he feared for his post", True),
    ("who", "did not wish", "to be identified", True),
    ("an officer", "spoke on condition of", "anonymity", True),
    ("She", "asked", "to be named head of the mission", False),
    ("He", "was happy", "to be quoted in her book on the flood", False),
])  # fmt: skip
def test_to_allege_is_to_say_and_to_stay_unnamed_is_not(source, cue, content, excluded):
    assert is_excluded(source, cue, content, ". ", " ") is excluded


def test_to_somebody_something_is_so():
    assert not is_excluded("Mira Holt", "To", "it is a scar across the town", ". ", " ", view=True)
    assert is_excluded("Mira Holt", "to", "a scar across the town", " it was ", " ")


def test_one_voice_speaks_in_a_pair_of_marks():
    text = '"We wrote four letters. The minister did not find time to reply to even one," Ilka Rane had said while touring the flooded district.'
    (row,) = sayso.analyse(text).rows()
    assert row["content"]["text"].startswith('"We wrote')


@pytest.mark.parametrize(("source", "left"), [
    ("Opening the case at the court, Mira Holt KC", "Mira Holt KC"),
    ("Asked about the flood, the mayor", "the mayor"),
    ("Speaking to reporters in Orvan, before the vote, Holt", "Holt"),
    ("United Ferries, a company in Orvan,", "United Ferries, a company in Orvan,"),
    ("Retired teacher Ann Holt, of Orvan, the oldest resident,", "Retired teacher Ann Holt, of Orvan, the oldest resident,"),
])  # fmt: skip
def test_what_somebody_does_meanwhile_is_no_part_of_who_speaks(source, left):
    ((start, end),) = without_doing(Around(source), Parts(((0, len(source)),), (), ())).source
    assert source[start:end] == left


def test_whom_a_call_is_for_is_part_of_what_is_called_for():
    text = "calls from Blackfen Capital for Holt to resign"
    parts = for_whom(Around(text), Parts(((11, 36),), ((0, 5),), ((37, 46),)))
    assert [text[a:b] for a, b in parts.source] == ["Blackfen Capital"] and [text[a:b] for a, b in parts.content] == ["for Holt to resign"]


@pytest.mark.parametrize(("cue", "source", "content"), [
    ("it is often said", [], ["Opponents of the bridge, ", "have no plan"]),
    ("he once said", ["Opponents of the bridge, "], ["have no plan"]),
])  # fmt: skip
def test_what_is_often_said_nobody_says(cue, source, content):
    text = f"Opponents of the bridge, {cue}, have no plan"
    found = said_by_nobody(Around(text), Parts(((0, 25),), ((25, 25 + len(cue)),), ((len(text) - 12, len(text)),)))
    assert [[text[a:b] for a, b in spans] for spans in (found.source, found.content)] == [source, content]


@pytest.mark.parametrize(("content", "left"), [
    ("- At least 14 people have died", "At least 14 people have died"),
    ("is that I was angry", "that I was angry"),
    ('" concerns raised by two doctors', "concerns raised by two doctors"),
    ("-10 degrees by Friday", "10 degrees by Friday"),
    ("is a lie", "is a lie"),
    ('"No," he said', '"No," he said'),
])  # fmt: skip
def test_what_leads_into_a_content_is_no_part_of_it(content, left):
    ((start, end),) = without_lead(Around(content), Parts((), (), ((0, len(content)),))).content
    assert content[start:end] == left


def test_a_quotation_within_a_quotation_ends_with_its_marks():
    text = '"They told us: \'Take them in, we will pay.\' We took them in," said Orla Venn.'
    inner = [row["content"]["text"] for row in sayso.analyse(text).rows() if row["parent"]]
    assert inner == ["'Take them in, we will pay.'"]


@pytest.mark.parametrize(("source", "cue", "before", "excluded"), [
    ("None of this", "is to say", ". ", True),
    ("him", "publish", "let ", True),
    ("her", "tell", "Let ", True),
    ("the minister", "told parliament", "Contrary to what ", True),
    ("the minister", "told parliament", "Despite ", False),
    ("The outlet", "publish", "outlet ", False),
    ("This", "is said to", ". ", False),
])  # fmt: skip
def test_what_the_writer_wants_or_hastens_to_add_is_no_statement(source, cue, before, excluded):
    assert is_excluded(source, cue, "that the bank is forgotten", before, " ") is excluded


def test_who_is_quoted_goes_on_in_a_paragraph_of_nothing_else():
    text = (
        "The talks failed.\n\n“They have never used that word here,” Orla Farrow told the radio.\n\n“So he said what he was told to say.”\n\n"
        "“And there is more to come, I promise.”\n\nA poll has Ms Farrow in front.\n\n“Nobody knows who said this one, my friend.”"
    )
    (row,) = (row for row in sayso.analyse(text).rows() if row["cue"]["text"] == "told")
    assert "So he said" in row["content"]["text"] and "more to come" in row["content"]["text"] and "my friend" not in row["content"]["text"]


@pytest.mark.parametrize(("source", "cue", "content", "excluded"), [
    ("Holt", "signed", "the bill", True),
    ("Holt", "signed", "a letter that urged a vote", False),
    ("some clerks", "signed on", "to help the harbour", False),
    ("the council", "passed", "a measure on dogs", True),
    ("Orlan", "called", "him", True),
    ("Orlan", "called", "Mira Holt on Friday to discuss the dam", True),
    ("Orlan", "called", "him a racist", False),
    ("Holt", "for", "leaving the vote", True),
    ("Holt", "will challenge", "Brill for the nomination", True),
    ("Holt", "challenged", "the figures", False),
    ("CLAIM", ":", "The dam leaks", True),
    ("Our rating", ":", "False", True),
    ("Holt", ":", "The dam leaks", False),
    ("Brill's", "reported", "death in custody", True),
    ("the guards", "reported", "a death in custody", False),
    ("Holt", "begged", "to differ", True),
    ("the union", "has called", "a strike for Monday", True),
    ("Holt", "called", "an early general election", True),
    ("Holt", "called", "a vote on the dam a farce", False),
    ("Holt", "called", "the meeting “useful”", False),
    ("Brill", "responded", "After Holt called the club a disgrace", True),
    ("Brill", "responded", "He is wrong", False),
    ("Holt", "greets", "envoys at the dam", True),
    ("farmers", "alleged", "they were underpaid", False),
    ("its", "alleged", "support of rebels", True),
    ("a report", "added", "another jolt to the week", True),
    ("a report", "added", "that the dam leaked", False),
])  # fmt: skip
def test_measures_calls_and_bare_prepositions_are_no_statements(source, cue, content, excluded):
    assert is_excluded(source, cue, content, ". ", " ") is excluded


def test_the_answers_of_an_interview_are_by_a():
    text = "\n".join(f"Q: Is the dam safe in {year}?\nA: Nobody in the council knows that." for year in (1931, 1932, 1933))
    assert {row["source"]["text"] for row in sayso.analyse(text).rows() if row["parent"] is None} == {"Q", "A"}


def test_where_a_document_comes_from_is_not_what_it_says():
    text = "According to a leaked memo, seen by this paper, two routes were to close."
    parts = Parts(((13, 26),), ((0, 12),), ((28, len(text) - 1),))
    assert [text[a:b] for a, b in without_its_origin(Around(text), parts).content] == ["two routes were to close"]
    person = "According to Orla, who was in Harun, two routes were to close."
    parts_of_person = Parts(((13, 17),), ((0, 12),), ((19, len(person) - 1),))
    assert [person[a:b] for a, b in without_its_origin(Around(person), parts_of_person).content] == ["two routes were to close"]
    unnamed = replace(parts, source=())
    assert without_its_origin(Around(text), unnamed) == unnamed


def _parts(text: str, source: str, cue: str, *content: str) -> Parts:
    def spans(*words: str) -> tuple[tuple[int, int], ...]:
        return tuple((text.index(word), text.index(word) + len(word)) for word in words if word)

    return Parts(spans(source), spans(cue), spans(*content))


@pytest.mark.parametrize(("text", "cue", "content"), [
    ("Holt warned jurors not to apportion blame", "warned", "jurors not to apportion blame"),
    ("It told people living along the Yselt to move away", "told", "people living along the Yselt to move away"),
    ("Holt begged her to come home", "begged", "her to come home"),
    ("Holt asked on Monday to be heard", "asked", "to be heard"),
    ("The wall is, as Holt warned, to be built", "warned", "to be built"),
    ("Holt promised Veldara to pay", "promised", "to pay"),
])  # fmt: skip
def test_whom_one_asks_is_part_of_what_is_asked(text, cue, content):
    at = "not to" if "not to" in text else "to "
    parts = _parts(text, "", cue, text[text.index(at) :])
    assert [text[a:b] for a, b in with_whom(Around(text), parts).content] == [content]


def test_what_is_said_of_somebody_he_does_not_say():
    text = "Tom Holt is understood to be leaving"
    found = said_by_nobody(Around(text), _parts(text, "Tom Holt", "is understood", "to be leaving"))
    assert (found.source, [text[a:b] for a, b in found.content]) == ((), ["Tom Holt", "to be leaving"])
    text = "Holt pleaded not guilty and is expected to testify"
    found = said_by_nobody(Around(text), _parts(text, "Holt", "is expected", "to testify"))
    assert (found.source, [text[a:b] for a, b in found.content]) == ((), ["Holt", "to testify"])
    text = "Holt left. It would be recalled that the dam broke"
    found = said_by_nobody(Around(text), _parts(text, "Holt", "It would be recalled", "that the dam broke"))
    assert (found.source, [text[a:b] for a, b in found.content]) == ((), ["that the dam broke"])


def test_who_is_told_more_of_is_named_without_that():
    text = "The convener, Ines Brill, who lamented the flood, left"
    found = without_relative(Around(text), _parts(text, "The convener, Ines Brill, who", "lamented", "the flood"))
    assert [text[a:b] for a, b in found.source] == ["The convener, Ines Brill"]
    alone = _parts(text, "who", "lamented", "the flood")
    assert without_relative(Around(text), alone) == alone


@pytest.mark.parametrize(("text", "lead", "rest"), [
    ("The farmers' union, Brill said, understood.", "The farmers' union", ["understood"]),
    ("He had, Brill said, spoken to Holt and she had agreed.", "He had", ["spoken to Holt and she had agreed"]),
    ("The boat sank, Brill said, and the guards left.", "The boat sank", []),
    ("The boat sank, Brill said, waving a map.", "The boat sank", []),
])  # fmt: skip
def test_who_says_so_does_not_part_a_subject_from_its_verb(text, lead, rest):
    found = with_its_rest(Around(text, ((0, len(text)),)), _parts(text, "Brill", "said", lead))
    assert [text[a:b] for a, b in found.content] == [lead, *rest]


@pytest.mark.parametrize(("text", "content"), [
    ("Holt said he might. The law of Velmora forbids it.", "he might"),
    ("Holt said “he might. The law forbids it”.", "“he might. The law forbids it”"),
    ("Holt said: He might. The law forbids it.", "He might. The law forbids it"),
])  # fmt: skip
def test_what_is_told_without_marks_ends_with_its_sentence(text, content):
    end = text.index("might.") + 6
    parts = _parts(text, "Holt", "said", text[text.index("said") + 5 :].lstrip(": ").removesuffix("."))
    found = within_its_sentence(Around(text, ((0, end), (end + 1, len(text)))), parts)
    assert [text[a:b] for a, b in found.content] == [content]


@pytest.mark.parametrize(("text", "cue", "source"), [
    ("Minister accused of lying", "accused", []),
    ("Minister urged to resign", "urged", []),
    ("Minister urged the board to resign", "urged", ["Minister"]),
    ("Minister has accused Holt of lying", "has accused", ["Minister"]),
])  # fmt: skip
def test_who_is_accused_says_nothing(text, cue, source):
    found = of_whom(Around(text), _parts(text, "Minister", cue, text.partition(f"{cue} ")[2]))
    assert [text[a:b] for a, b in found.source] == source
    assert source == ["Minister"] or "Minister" in [text[a:b] for a, b in found.content]


def test_who_is_asked_something_in_passing_does_not_ask():
    text = "The dean, asked about fees, declined to answer"
    assert of_whom(Around(text), _parts(text, "The dean", "asked about", "fees")).source == ()
    text = "Ann Brill, a clerk, asked about fees"
    assert of_whom(Around(text), _parts(text, "Ann Brill, a clerk,", "asked about", "fees")).source


@pytest.mark.parametrize(("text", "read", "content"), [
    ("Holt denied allegations, first aired by the Post, that he took bribes.", "allegations",
     "allegations, first aired by the Post, that he took bribes"),
    ("Holt denied the harbour, first built by the Post, that he sold.", "the harbour", "the harbour"),
])  # fmt: skip
def test_a_claim_has_its_clause_behind_what_parts_them(text, read, content):
    found = with_what_it_claims(Around(text, ((0, len(text)),)), _parts(text, "Holt", "denied", read))
    assert [text[a:b] for a, b in found.content] == [content]


def test_who_is_quoted_as_saying_is_no_part_of_what_he_says():
    content = "as saying by state media that it sank"
    ((start, end),) = without_lead(Around(content), Parts((), (), ((0, len(content)),))).content
    assert content[start:end] == "that it sank"


def test_what_was_said_of_something_is_the_quotation():
    text = "Holt said of the deal, “It is dead and gone.”"
    stretches = quoted_stretches(text)
    found = with_quotation(Around(text, stretches=stretches), _parts(text, "Holt", "said of", "the deal"))
    assert [text[a:b] for a, b in (*found.cue, *found.content)] == ["said", "“It is dead and gone.”"]
    taken = ((stretches[0].start, stretches[0].end),)
    assert with_quotation(Around(text, stretches=stretches, taken=taken), _parts(text, "Holt", "said of", "the deal")).cue != found.cue


def test_who_hears_a_quotation_is_no_part_of_it():
    text = "“Shut up and go home,” the clerk was told by two men"
    found = without_hearer(Around(text, stretches=quoted_stretches(text)), _parts(text, "two men", "was told", "“Shut up and go home,” the clerk"))
    assert [text[a:b] for a, b in found.content] == ["“Shut up and go home,”"]


def test_who_sues_over_claims_claims_nothing():
    text = "Holt sued the paper over claims that he had lied"
    assert amid(Around(text), _parts(text, "Holt", "claims", "that he had lied")).source == ()
    text = "Holt left after claiming that he had lied"
    assert amid(Around(text), _parts(text, "Holt", "claiming", "that he had lied")).source


def test_what_happens_amid_warnings_warns_nobody():
    text = "Clerks vote amid stark warnings that it leaks"
    assert amid(Around(text), _parts(text, "Clerks", "warnings", "that it leaks")).source == ()
    text = "Clerks vote with stark warnings that it leaks"
    assert amid(Around(text), _parts(text, "Clerks", "warnings", "that it leaks")).source


def test_a_content_does_not_end_with_what_begins_another_clause():
    text = "Holt lashed out at ministers who, she said, did nothing"
    found = without_hanging(Around(text), _parts(text, "Holt", "lashed out at", "ministers who"))
    assert [text[a:b] for a, b in found.content] == ["ministers"]
    text = "Holt backs a base from which"
    assert without_hanging(Around(text), _parts(text, "Holt", "backs", "a base from which")).content == ((11, 28),)


@pytest.mark.parametrize("text", ["according to", "accused", "said as saying", "nor ' as saying"])
def test_a_cue_alone_says_nothing(text):
    assert sayso.analyse(text).statements == ()


@pytest.mark.parametrize(("text", "rule", "source", "cue", "read", "whole"), [
    ("Orlan does not see any reason why it sank", without_determiner, "Orlan", "does not see any", "why it sank", "any reason why it sank"),
    ("Guards say Holt fell as his aide, Ann Tarrow, waited below.", with_its_verb, "Guards", "say", "Holt fell as his aide",
     "Holt fell as his aide, Ann Tarrow, waited below"),
    ("Guards say that the aide, Ann Tarrow, and Holt", with_its_verb, "Guards", "say", "that the aide", "that the aide"),
    ("Guards say the Tarrow plan will fail.", with_its_verb, "Guards", "say", "the Tarrow plan", "the Tarrow plan will fail"),
    ("Guards who back the Tarrow plan will march.", with_its_verb, "who", "back", "the Tarrow plan", "the Tarrow plan"),
])  # fmt: skip
def test_what_breaks_off_is_made_whole(text, rule, source, cue, read, whole):
    found = rule(Around(text, ((0, len(text)),)), _parts(text, source, cue, read))
    assert [text[a:b] for a, b in found.content] == [whole]


@pytest.mark.parametrize(("text", "rule", "cue", "read", "source"), [
    ("* City hall says it burned", without_bullet, "says", "* City hall", "City hall"),
    ("“No,” wrote Mira Holt on Instagram.", without_medium, "wrote", "Mira Holt on Instagram", "Mira Holt"),
    ("Those on Instagram wrote “no”.", without_medium, "wrote", "Those on Instagram", "Those on Instagram"),
])  # fmt: skip
def test_who_speaks_is_no_bullet_or_medium(text, rule, cue, read, source):
    found = rule(Around(text), _parts(text, read, cue, text[-5:]))
    assert [text[a:b] for a, b in found.source] == [source]


def test_what_something_is_dismissed_as_does_not_dismiss_it():
    text = "The remarks were dismissed by Ann Venn, as an invention"
    found = without_as(Around(text), _parts(text, "Ann Venn, as an invention", "were dismissed", "The remarks"))
    assert [text[a:b] for spans in (found.source, found.content) for a, b in spans] == ["Ann Venn", "The remarks", "as an invention"]


def test_the_report_s_own_sentence_before_a_quotation_is_not_said():
    text = "Why so long? “Nobody asked me,” she shrugs."
    around = Around(text, stretches=quoted_stretches(text))
    parts = _parts(text, "she", "shrugs", "Why so long? “Nobody asked me,”")
    assert [text[a:b] for a, b in without_sentence_before(around, parts).content] == ["“Nobody asked me,”"]


def test_whom_somebody_tells_in_passing_is_not_told_to():
    rows = sayso.analyse('The envoy had come, he told the House, to "set the record straight".').rows()
    row = next(row for row in rows if row["cue"]["text"] == "told")
    assert (row["act"], row["content"]["text"]) == ("say", 'The envoy had come … to "set the record straight"')


@pytest.mark.parametrize(("source", "cue", "content"), [
    ("soldiers", "raising", "a flag over the mill"),
    ("the council", "had referred", "the matter to the police"),
    ("anyone", "claim", "a refund"),
    ("they", "were telling", "the truth"),
    ("who", "asked", "to remain anonymous"),
    ("she", "called", "her opponent, Tom Elk, to congratulate him"),
    ("Orlan", "finds", "it hard to win"),
    ("Election night live", ":", "Greens gain ground"),
])  # fmt: skip
def test_what_else_is_done_is_no_statement(source, cue, content):
    assert is_excluded(source, cue, content, ". ", " ")


@pytest.mark.parametrize("text", [
    '"It was a mistake," said Mira Holt, a member of the board that ran the mill for years. "Nobody will be paid for it now."',
    "Mira Holt said the mill would close in May.\n\n“Nobody will be paid for it, and nobody should be.”\n\nIt had run for years.",
])  # fmt: skip
def test_who_speaks_goes_on_in_a_quotation_of_nobody_else(text):
    said = [row for row in sayso.analyse(text).rows() if row["cue"]["text"] == "said"]
    assert "Nobody will be paid for it" in said[0]["content"]["text"]


def test_a_quotation_that_ends_no_sentence_goes_on_with_nobody():
    text = 'Mira Holt said the mill would close, in a talk on "The Slow Rivers of Orlan Today." It had run for years.'
    assert all("Slow" not in row["content"]["text"] for row in sayso.analyse(text).rows() if row["cue"]["text"] == "said")


def test_to_rule_out_is_one_cue():
    text = "Tesk rules out a vote"
    found = with_out(Around(text), _parts(text, "Tesk", "rules", "out a vote"))
    assert [text[a:b] for spans in (found.cue, found.content) for a, b in spans] == ["rules out", "a vote"]


def parts(text: str, source: str, cue: str, *content: str) -> Parts:
    """The parts of a statement by their words in *text*."""
    def span(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    return Parts((span(source),) if source else (), (span(cue),), tuple(map(span, content)))


def words(text: str, found: Parts) -> tuple[str, str, str]:
    """Source, cue and content of *found*."""
    source, cue, content = (" … ".join(text[a:b] for a, b in spans) for spans in (found.source, found.cue, found.content))
    return source, cue, content


@pytest.mark.parametrize(("rule", "text", "before", "after"), [
    (without_day_within, "Orlan accused Holt on Monday of lying to it.", ("Orlan", "accused", "Holt on Monday of lying to it"),
     ("Orlan", "accused", "Holt … of lying to it")),
    (without_day_within, "Orlan asked for talks on Monday to end it.", ("Orlan", "asked for", "talks on Monday to end it"),
     ("Orlan", "asked for", "talks on Monday to end it")),
    (by_whom, "Minister accused by union of wrecking talks", ("union of wrecking talks", "accused", "Minister"),
     ("union", "accused", "Minister … of wrecking talks")),
    (by_whom, "Minister accused by union of miners", ("union of miners", "accused", "Minister"), ("union of miners", "accused", "Minister")),
    (with_its_object, "Holt stands accused of hiding the report on it, and is silent.", ("", "stands accused of", "Holt", "hiding"),
     ("", "stands accused of", "Holt … hiding the report on it")),
    (with_its_object, "Holt stands accused of stealing and is silent.", ("", "stands accused of", "Holt", "stealing"),
     ("", "stands accused of", "Holt … stealing")),
    (with_whom_else, "According to Orlan, and a letter by Holt, it sank.", ("Orlan", "According to", "and a letter by Holt, it sank"),
     ("Orlan, and a letter by Holt", "According to", "it sank")),
    (behind_colon, "Kestria was in doubt: its envoy, Ann Holt, asked why.", ("Kestria was in doubt: its envoy, Ann Holt,", "asked", "why"),
     ("its envoy, Ann Holt,", "asked", "why")),
    (behind_colon, "The author of “Ports: a History” said why.", ("The author of “Ports: a History”", "said", "why"),
     ("The author of “Ports: a History”", "said", "why")),
    (with_answer, "Marsh, asked the same question, agreed: “It was not safe.”", ("Marsh", "asked", "“It was not safe.”"),
     ("Marsh", "agreed", "“It was not safe.”")),
    (without_next_sentence, "Holt said it leaked. By then, it was shut.", ("Holt", "said", "it leaked", "it was shut"),
     ("Holt", "said", "it leaked")),
    (with_its_verb, "He said that in addition to Orlan, others had come.", ("He", "said", "that in addition to Orlan"),
     ("He", "said", "that in addition to Orlan, others had come")),
    (with_its_verb, "He knew that by noon, and left.", ("He", "knew", "that by noon"), ("He", "knew", "that by noon")),
    (with_whom, "I thank my friend for his honesty.", ("I", "thank", "for his honesty"), ("I", "thank", "my friend for his honesty")),
    (with_whom, "Holt urged Mr. Tesk to wait.", ("Holt", "urged", "to wait"), ("Holt", "urged", "Mr. Tesk to wait")),
    (with_whom, "Holt urged calm. It was time to wait.", ("Holt", "urged", "to wait"), ("Holt", "urged", "to wait")),
    (however, "Orlan, however, came out in support of the ban.", ("", "came out in support of", "Orlan", "the ban"),
     ("Orlan", "came out in support of", "the ban")),
    (however, "Orlan, however, was accused of theft.", ("", "was accused of", "Orlan", "theft"), ("", "was accused of", "Orlan … theft")),
    (with_whom, "Holt persuaded the clerk to wait.", ("Holt", "persuaded", "to wait"), ("Holt", "persuaded", "the clerk to wait")),
    (said_by_nobody, "The tape reportedly proves it.", ("The tape", "reportedly", "proves it"), ("", "reportedly", "The tape … proves it")),
    (said_by_nobody, "Both ports were to blame for it.", ("Both ports", "were to blame for", "it"), ("", "were to blame for", "Both ports … it")),
    (without_bullet, "Play Video 0:48 Mira Holt says no", ("48 Mira Holt", "says", "no"), ("Mira Holt", "says", "no")),
    (without_bullet, "And 48 Republicans say no", ("48 Republicans", "say", "no"), ("48 Republicans", "say", "no")),
    (without_lead, "Holt insisted throughout that it held.", ("Holt", "insisted", "throughout that it held"), ("Holt", "insisted", "that it held")),
    (without_its_origin, "It leaks, says the report, titled Lines.", ("the report", "says", "It leaks", "titled Lines"),
     ("the report", "says", "It leaks")),
])  # fmt: skip
def test_edges_of_parts(rule, text, before, after):
    around = Around(text, sentences(text), quoted_stretches(text))
    assert words(text, rule(around, parts(text, *before))) == after


@pytest.mark.parametrize(("source", "cue", "content", "excluded"), [
    ("Kestria", "recalled", "its envoy from Tarrow", True),
    ("Holt", "recalled", "that it sank", False),
    ("Holt", "called", "Mayor Tesk", True),
    ("Holt", "called", "Mayor Tesk a liar", False),
    ("several councils", "has to be approved", "The deal", True),
    ("Orlan", "responded to", "the attack by closing the port", True),
    ("Orlan", "responded to", "the claim by saying it was false", False),
    ("Orlan", "will not stand by", "when ports are shut", True),
    ("Holt", "In response to", "the pressure", True),
    ("", "a reason", "to stay open", True),
    ("", "titled", "“Lines”", True),
])  # fmt: skip
def test_more_deeds_are_no_statements(source, cue, content, excluded):
    assert is_excluded(source, cue, content, "", " ") is excluded


def test_whoever_is_asked_has_not_said_so():
    assert is_asked("you", "And do ") and not is_asked("you", "As ") and not is_asked("they", "Do ")


def test_a_headline_s_second_verb_is_not_said():
    text = "Orlan dismisses Kestrian charge that it sank the ferry, keeps the port shut\n\nThe ministers met on Monday."
    assert next(iter(sayso.analyse(text).rows()))["content"]["text"] == "Kestrian charge that it sank the ferry"


def test_a_quotation_behind_a_colon_that_nobody_has_is_of_who_speaks_there():
    text = 'He accused Marsh of behaving "badly, offensively and rudely" before concluding: "Don\'t you dare insult this council again!"'
    rows = list(sayso.analyse(text).rows())
    assert [(row["source"]["text"], row["cue"]["text"]) for row in rows if row["content"]["text"].startswith('"Don')] == [("He", "concluding:")]


def test_what_stands_before_who_added_it_is_no_thing_that_was_added():
    text = "Orlan holds sway over the Dawn movement, another party which is “legitimately” helping the army, added the envoy."
    ((row),) = sayso.analyse(text).rows()
    assert (row["source"]["text"], row["cue"]["text"], row["content"]["text"]) == ("the envoy", "added", text.removesuffix(", added the envoy."))
    assert is_excluded("the envoy", "added", "another party which is helping", "", " ", beside=False)
    assert not is_excluded("the envoy", "added", "another party which is helping", "", " ", beside=False, ahead=True)
