"""Short passages read with the shipped models: who speaks."""

from __future__ import annotations

import pytest

import sayso
from sayso.spans import surface


def voices(text):
    """(source, names of the speakers) of each statement that names a source, in the order of the text."""
    reading = sayso.analyse(text).reading
    return [
        (surface(text, s.source), [reading.entities[n].name for n in who.entities])
        for s, who in zip(reading.statements, reading.speakers, strict=True)
        if s.source and who is not None
    ]


CASES = {
    "he and she": (
        "Orla Venn, the mayor of Castlebrook, met Piet Arne, the head of the dockers’ union, on Monday. She said the ferry would return in May. "
        "He warned that the dockers would strike first.\n\n“We cannot wait,” he said.\n\nShe replied that the city had no money.",
        [("She", ["Orla Venn"]), ("He", ["Piet Arne"]), ("he", ["Piet Arne"]), ("She", ["Orla Venn"])],
    ),
    "a quotation, then she said": (
        "Minister Sanna Brook arrived in Castlebrook on Tuesday and met reporters at the harbour. “The dam will hold,” she said. "
        "“Nobody has to leave.”",
        [("she", ["Sanna Brook"])],
    ),
    "a role after the name": (
        "Defence Minister Jonas Fenn visited the base on Friday. "
        "The minister said the army would leave the valley by June.\n\n“There is no other way,” the minister said.",
        [("The minister", ["Jonas Fenn"]), ("the minister", ["Jonas Fenn"])],
    ),
    "the surname after the full name": (
        "Mira Holt resigned on Monday after a vote in the council. Holt said the members had left her no choice. Ms. "
        "Holt denied that money had changed hands.",
        [("Holt", ["Mira Holt"]), ("Ms. Holt", ["Mira Holt"])],
    ),
    "two people of one surname": (
        "Liam Orde and Mira Orde both ran for mayor. Liam Orde said he would win. Orde said the count was slow. Mira Orde said that she was sure. "
        "Ms. Orde thanked her voters. Mr. Orde accused the board of fraud.",
        [
            ("Liam Orde", ["Liam Orde"]),
            ("Orde", ["Liam Orde"]),
            ("Mira Orde", ["Mira Orde"]),
            ("Ms. Orde", ["Mira Orde"]),
            ("Mr. Orde", ["Liam Orde"]),
        ],
    ),
    "first person in a quotation": (
        "“I have never taken a bribe,” Jonas Fenn told the court. “I told the police that I was at home.”",
        [("Jonas Fenn", ["Jonas Fenn"]), ("I", ["Jonas Fenn"])],
    ),
    "first person of the author": ("I told the mayor, Orla Venn, that it was late. In my view, the council has failed.", [("I", ["the author"])]),
    "two who speak together": (
        "Orla Venn and Piet Arne said on Tuesday that the strike was over. They thanked the dockers.",
        [("Orla Venn and Piet Arne", ["Orla Venn", "Piet Arne"]), ("They", ["Orla Venn and Piet Arne"])],
    ),
    "two bodies": (
        "The Harbour Board and the Ministry of Transport said the ferry would not sail before May.",
        [("The Harbour Board and the Ministry of Transport", ["Harbour Board", "Ministry of Transport"])],
    ),
    "somebody unnamed": (
        "A senior official in the ministry said the talks had collapsed. "
        "The official, who spoke on condition of anonymity, said that the minister was furious.",
        [("A senior official in the ministry", ["A senior official"]), ("The official", ["A senior official"])],
    ),
    "people unnamed": (
        "Two people familiar with the talks said that a deal was near. They said it would be signed on Friday.",
        [("Two people familiar with the talks", ["Two people"]), ("They", ["Two people"])],
    ),
    "her campaign and his": (
        "Mira Holt is running for mayor against Piet Arne. Her campaign said on Monday that the poll was false. His campaign accused her of lying.",
        [("Her campaign", ["Mira Holt's campaign"]), ("His campaign", ["Piet Arne's campaign"])],
    ),
    "an abbreviation": (
        "The Castlebrook Harbour Board (CHB) said the ferry would return in May. The CHB denied that the ship was unsafe. "
        "The board said that it had checked the hull.",
        [
            ("The Castlebrook Harbour Board (CHB)", ["Castlebrook Harbour Board"]),
            ("The CHB", ["Castlebrook Harbour Board"]),
            ("The board", ["Castlebrook Harbour Board"]),
        ],
    ),
    "an office written short": (
        "Texas Gov. Liam Orde said he would sign the bill. The governor said that it was overdue. Sen. Mira Holt called it a disgrace.",
        [("Texas Gov. Liam Orde", ["Liam Orde"]), ("The governor", ["Liam Orde"]), ("Sen. Mira Holt", ["Mira Holt"])],
    ),
    "a body as it": (
        "The company said it would appeal. It also denied that it had paid anyone. Its chairman, Liam Orde, said: “We paid nobody.”",
        [("The company", ["The company"]), ("It", ["The company"]), ("Its chairman, Liam Orde,", ["Liam Orde"])],
    ),
    "somebody else in one's own words": (
        "Piet Arne led the talks for years.\n\n"
        "“When the ambassador says that the port is safe, he is lying,” Piet Arne wrote. “He’s not honest,” he added.",
        [("the ambassador", ["the ambassador"]), ("he", ["Piet Arne"])],
    ),
    "what the registry knows of both": (
        "Jeb Bush and Marco Rubio spoke in Miami. The former Florida governor said he was ready. The senator said he was not.",
        [("The former Florida governor", ["Jeb Bush"]), ("The senator", ["Marco Rubio"])],
    ),
    "some of them": (
        "Mira Holt and Orla Venn met reporters. Many of them said that the bridge was unsafe.",
        [("Many of them", ["Many of them"])],
    ),
    "both": (
        "Orla Venn met Mira Holt on Monday. Both women said that the talks went well.",
        [("Both women", ["Both women"])],
    ),
    "a document taken up again": (
        "A report by the Harbour Board found that the pier was rotten. The report said repairs would cost nine million.",
        [("A report by the Harbour Board", ["A report by the Harbour Board"]), ("The report", ["A report by the Harbour Board"])],
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_who_speaks(text, expected):
    found = voices(text)
    for source, names in expected:
        where = next((k for k, (words, _) in enumerate(found) if words == source), None)
        assert where is not None, (source, found)
        assert found.pop(where) == (source, names)


def test_who_after_and_other_officials_is_all_of_them():
    text = "Piet Arne and other officials, who asked not to be named in the report, said that the bridge was unsafe."
    assert dict(voices(text))["Piet Arne and other officials"] == ["Piet Arne", "other officials"]


@pytest.mark.parametrize(
    ("text", "maker"),
    [
        ("A report by the Harbour Board found that the pier was rotten.", "Harbour Board"),
        ("The ministry was silent. A statement on the ministry’s website denied that the pier was rotten.", "The ministry"),
        ("A post on Mira Holt’s blog said that the report was a lie.", "Mira Holt"),
        ("A lawsuit filed by a former clerk named Orla Venn alleges that the mayor lied.", "Orla Venn"),
        ("Mira Holt’s campaign was late. According to a Holt campaign memo, the race is tight.", "Mira Holt's campaign"),
    ],
)
def test_a_document_speaks_for_whoever_made_it(text, maker):
    reading = sayso.analyse(text).reading
    document = reading.entities[reading.speakers[-1].entities[0]]
    assert document.type == "document"
    assert reading.entities[document.owner].name == maker


@pytest.mark.parametrize(
    "text",
    [
        "A spokesman for the port warned on Monday that it would close. “Nothing will move,” the spokesman, Piet Arne, told reporters.",
        "The mayor of Castlebrook said on Monday that the dam would hold. The mayor, Orla Venn, added that nobody would be moved.",
    ],
)
def test_a_name_given_only_later(text):
    assert voices(text)[0][1] == [voices(text)[1][1][0]]
    assert voices(text)[0][1][0] in ("Piet Arne", "Orla Venn")


def test_an_ambassador_is_who_is_named_beside_him():
    text = "The vote was on Monday. Ostland’s ambassador, Sacha Mirelles, said that the text was weak. “We will vote no,” Mirelles said."
    assert [names for _, names in voices(text)][:2] == [["Sacha Mirelles"], ["Sacha Mirelles"]]


def test_its_website_is_that_of_the_body_spoken_of():
    text = "The ministry said nothing on Monday. A statement on its website said that the pier was safe."
    reading = sayso.analyse(text).reading
    document = reading.entities[reading.speakers[-1].entities[0]]
    assert document.owner is not None
    assert reading.entities[document.owner].name == "The ministry"


def test_the_labels_of_a_transcript_name_persons():
    text = (
        "MIRA HOLT: The dam leaked all winter, and I told the council so in January.\n\nAMY TARROW: Who knew of it? Did the mayor?\n\n"
        "MIRA HOLT: The council knew of it. The mayor said that nobody had asked him.\n\nAMY TARROW: Thank you for coming.\n"
    )
    rows = {(row["source"]["text"], row["cue"]["text"]): row["speaker"] for row in sayso.analyse(text).rows()}
    assert rows["MIRA HOLT", ":"]["id"] == rows["I", "told"]["id"] == "name:mira-holt"
    assert rows["AMY TARROW", ":"]["name"] == "Amy Tarrow"
    assert rows["The mayor", "said"]["kind"] == "anonymous"  # she does not call herself so
    assert ("Who", "knew") not in rows or rows["Who", "knew"] is None
