"""Whom a source can and cannot mean by where it stands: rules of grammar and of the page that hold whatever the weights say."""

from __future__ import annotations

import pytest

import sayso
from sayso.mentions.sources import untagged


def speaker(text: str, cue: str, **facts: str) -> str | None:
    """The name of who makes the statement with that cue; None where there is none."""
    row = next(row for row in sayso.analyse(text, **facts).rows() if row["cue"] and row["cue"]["text"] == cue)
    return row["speaker"]["name"] if row["speaker"] else None


@pytest.mark.parametrize(("text", "cue", "name"), [
    # what "he" says names somebody else
    ("Mr Piet Holt met Mr Bram Tarrow on Monday. He said Mr Tarrow had lied about the harbour.", "said", "Piet Holt"),
    # two verbs of one sentence
    ("“The pier is unsafe,” Mr Piet Holt said, and he urged Mr Bram Tarrow to close it.", "urged", "Piet Holt"),
    # what stands before its subject
    ("Mr Piet Holt left on Sunday. In his letter, Mr Bram Tarrow warned of floods.", "warned of", "Bram Tarrow"),
    ("Though Ms Inga Holt had been away, she said she knew of the plan.", "said", "Inga Holt"),
    # who speaks for somebody
    ("Mr Piet Holt was not in court; his lawyer said he denied every charge.", "denied", "Piet Holt"),
    # behind what somebody is, with "a"
    ("The port is shut. A spokeswoman, Inga Tarrow, said it would open on Monday.", "said", "Inga Tarrow"),
    ("The port is shut. “It will open,” said another driver, Inga Tarrow of Velmora.", "said", "Inga Tarrow"),
    # no apposition: the subject comes after what the sentence begins with
    ("Prime Minister Piet Holt flew home. In a post after a talk with Bram Tarrow, the prime minister said the pier was safe.", "said", "Piet Holt"),
])  # fmt: skip
def test_who_it_is_by_where_it_stands(text, cue, name):
    assert speaker(text, cue) == name


def test_the_man_is_the_man_of_the_sentence_before():
    text = "Mayor Piet Holt opened the pier. Police said a 44-year-old man had been held there. The man said he was sorry."
    row = next(row for row in sayso.analyse(text).rows() if row["source"]["text"] == "The man")
    assert row["speaker"]["name"] == "a 44-year-old man"


def test_those_who_are_told_that_they_do_something_are_they():
    text = "Mr Piet Holt and Mr Bram Tarrow were heard. Judge Mona Orlan told the jurors that they should disregard the letter."
    row = next(row for row in sayso.analyse(text).rows() if row["source"] and row["source"]["text"] == "they")
    assert row["speaker"]["name"] == "the jurors"


def test_of_whom_something_is_said_is_he_in_it():
    text = "Piet Holt met Bram Tarrow. “He believes in deals, not principles,” Mr Holt said of Mr Tarrow."
    row = next(row for row in sayso.analyse(text).rows() if row["source"] and row["source"]["text"] == "He")
    assert row["speaker"]["name"] == "Bram Tarrow"


@pytest.mark.parametrize(("text", "cue", "name"), [
    ("Crown Prince Orvan bin Tesk met traders, a day after King Tesk spoke. Tesk said the kingdom would not bow.", "said", "Tesk"),
    ("Colin and Patricia Marrow run a bakery. Mr Marrow said the council had erred.", "said", "Colin Marrow"),
    ("Councillor Derek Vale (Con, Low Tarrant) spoke first. Cllr Priya Marrow, a Labour councillor, spoke next. "
     "The Labour councillor accused officers of haste.", "accused", "Priya Marrow"),
    ("Teresa Pe±a wept. Her son had died there. Pe±a said the family wanted answers.", "said", "Teresa Pe±a"),
])  # fmt: skip
def test_namesakes_parties_couples_and_wrecked_letters(text, cue, name):
    assert speaker(text, cue) == name


def test_leaders_may_be_kings_and_senators_are_not():
    text = (
        "Sen. Ann Morrow (D-Ohio) and Sen. Bo Lind (R-Iowa) wrote a bill. President Orvan Tesk telephoned King Ilm on Monday. "
        "The two leaders agreed to meet. The two senators said they would vote."
    )
    rows = {row["source"]["text"]: row["speaker"] for row in sayso.analyse(text).rows() if row["source"]}
    assert {m["name"] for m in rows["The two leaders"]["members"]} >= {"Orvan Tesk"}
    assert {m["name"] for m in rows["The two senators"]["members"]} == {"Ann Morrow", "Bo Lind"}


def test_no_name_is_told_apart_by_that(read):
    names = {"Piet Holt": "person", "Velmora": "state"}
    scene = read("Piet Holt gave a speech in Velmora that warned of floods.", names, [("that", "warned", "of floods")])
    assert scene.name("that") != "Velmora"


def test_that_before_a_plural_is_no_article():
    row = next(row for row in sayso.analyse("Polls show that voters believe the mayor lied.").rows() if row["source"]["text"].endswith("voters"))
    assert row["speaker"]["name"] == "voters"


def test_who_answers_where_questions_and_answers_stand_without_marks(read):
    text = (
        "Interview with boat builder Inga Tarrow\n\nInga Tarrow builds boats.\n\nWhy did you start?\n\nWe think boats are honest.\n\n"
        "What comes next?\n\nSmall ones.\n\nWill you ever stop?\n\nNever."
    )
    assert read(text, {"Inga Tarrow": "person"}, [("We", "think", "boats are honest")]).speakers() == ["Inga Tarrow"]


def test_a_body_in_whose_name_a_source_speaks():
    text = "CIA Director Inga Tarrow told senators that the agency had tapes. Piet Holt left. She said the agency wanted more money."
    row = next(row for row in sayso.analyse(text, published="2019-02-02").rows() if row["source"]["text"] == "the agency")
    assert row["speaker"]["name"] == "Central Intelligence Agency"


def test_a_court_is_that_of_the_state_that_a_report_is_about():
    nigeria = "Nigeria's government closed the port. Nigerian traders went to court. The Supreme Court ruled that the closure was lawful in Nigeria."
    assert sayso.analyse(nigeria).voices[-1].side.id == "state:nigeria"
    america = "The U.S. Senate debated the pier. American traders went to court. The Supreme Court ruled that the closure was lawful."
    assert sayso.analyse(america).voices[-1].side.id == "state:united-states"


def test_whoever_studies_a_state_is_not_of_it():
    a = sayso.analyse("Piet Holt, an Iran analyst at a bank, said oil would fall. Inga Tarrow, the Iranian foreign minister, denied it.")
    sides = {v.speaker.name: v.side for v in a.voices if v.speaker}
    assert sides["Piet Holt"] is None
    assert sides["Inga Tarrow"] is not None and sides["Inga Tarrow"].id == "state:iran"


def test_a_guard_of_a_river_is_a_body(read):
    text = "Velmora's river guard said the boat sank. Inga Tarrow, who commands the river guard, left. A river guard said he was cold."
    said = [("Velmora's river guard", "said", "the boat sank"), ("A river guard", "said", "he was cold")]
    scene = read(text, {"Velmora": "state", "Inga Tarrow": "person"}, said)
    kinds = [scene.found.entities[s.entities[0]].type for s in scene.found.speakers]
    assert kinds == ["organisation", "person"]
    assert scene.speakers() == ["Velmora's river guard"]


def test_the_commission_is_the_one_called_so_last(read):
    text = (
        "The Holm Port Commission spoke. The Holm Port Commission said the pier was safe. The Holm Port Commission left. "
        "A Tarrow ballot commission met in May. The commission said it would wait."
    )
    known = {"Holm Port Commission": "organisation", "Tarrow": "place"}
    said = [("The Holm Port Commission", "said", "the pier was safe"), ("The commission", "said", "it would wait")]
    assert read(text, known, said).speakers(1) == ["A Tarrow ballot commission"]


def test_the_subject_comes_behind_what_stands_before_it(read):
    text = "Ann Holt swam.\n\nWhen Ann Holt told of a storm that sank a boat in Tarrow, Inga Marsh disagreed.\n\n“I think it was fog,” she said."
    scene = read(text, {"Ann Holt": "person", "Inga Marsh": "person", "Tarrow": "place"}, [("she", "said", "“I think it was fog,”")])
    assert scene.speakers() == ["Inga Marsh"]


KNOWN = {"Ann Holt": "person", "Inga Marsh": "person", "Marsh": "person", "Holt": "person", "Velmora": "state", "Harbour Board": "organisation"}


def test_the_subject_is_who_it_means_however_often_the_sentence_names_her(read):
    text = "Inga Marsh swam. Inga Marsh sang. Ann Holt was asked by Inga Marsh why her boat was late.\n\n“It is old,” she said."
    assert read(text, KNOWN, [("she", "said", "“It is old,”")]).speakers() == ["Ann Holt"]


def test_both_are_the_two_of_before(read):
    text = "Ann Holt and Inga Marsh swam. Both said the sea was calm. Neither said it was warm."
    scene = read(text, KNOWN, [("Both", "said", "the sea was calm"), ("Neither", "said", "it was warm")])
    both = scene.found.entities[scene.found.speakers[0].entities[0]]
    assert sorted(scene.found.entities[n].name for n in both.members) == ["Ann Holt", "Inga Marsh"]
    assert not scene.found.entities[scene.found.speakers[1].entities[0]].named


def test_two_ministries_of_one_state_are_two(read):
    text = "Velmora's defence ministry said no. Velmora's interior ministry said yes."
    scene = read(text, KNOWN, [("Velmora's defence ministry", "said", "no"), ("Velmora's interior ministry", "said", "yes")])
    assert scene.found.speakers[0].entities != scene.found.speakers[1].entities


def test_it_that_a_body_says_something_of_is_the_body(read):
    text = "The Harbour Board met. Velmora said it would wait."
    assert read(text, KNOWN, [("Velmora", "said", "it would wait")]).name("it") == "Velmora"
    text = "The Harbour Board met. Velmora denies it."
    assert read(text, KNOWN, [("Velmora", "denies", "it")]).name("it") != "Velmora"


def test_it_goes_on_about_the_document(read):
    text = "Ann Holt wrote a report for the Harbour Board. Her report was long. It said that the sea was calm."
    scene = read(text, KNOWN, [("It", "said", "that the sea was calm")])
    assert scene.found.entities[scene.found.entities[scene.found.speakers[0].entities[0]].owner].name == "Ann Holt"


def test_whom_and_who_are_one(read):
    text = "“No,” said Ann Holt, whom Inga Marsh had named envoy, and who swims."
    assert read(text, KNOWN).name("who", 1) == "Ann Holt"


def test_who_is_named_behind_what_she_does(read):
    text = "One pastor backing the ferry, Inga Marsh of Tarrow, said the sea was calm. A sailor who left, Ann Holt, 32, said no."
    scene = read(text, KNOWN, [("One pastor", "said", "the sea was calm"), ("A sailor", "said", "no")])
    assert scene.speakers(0) == ["Inga Marsh"]
    assert scene.speakers(1) == ["Ann Holt"]


def test_a_senator_of_one_state_is_not_of_another(read):
    text = "Inga Marsh swam with Sen. Ann Holt, R-Iowa. The Florida senator said the sea was calm."
    known = KNOWN | {"Florida": "state", "Iowa": "state"}
    assert read(text, known, [("The Florida senator", "said", "the sea was calm")]).speakers() != ["Ann Holt"]


def test_a_surname_that_is_a_noun_is_its_bearers_where_it_speaks(read):
    scene = read("The sea was calm, Law said. Ann Law swam.", {"Ann Law": "person"}, [("Law", "said", "The sea was calm,")])
    named = [d for d in scene.work.drafts if d.how == "name" and d.entity is not None]
    assert [scene.page.written(d.run) for d in untagged(scene.page, scene.statements, named)] == ["Law"]


def test_who_wrote_is_nobody_that_is_meant(read):
    text = "Ferry sinks\n\nBy Ann Holt\n\nThe ferry sank when she sang, she said."
    assert read(text, KNOWN, [("she", "said", "The ferry sank when she sang,")]).speakers() in ([], None)


def test_a_report_at_the_top_is_of_the_only_outlet_that_says_something(read):
    text = "Mayor resigns after report\n\nThe Orvan Post reported that the pier was unsafe."
    said = [("report", None, "Mayor resigns"), ("The Orvan Post", "reported", "that the pier was unsafe")]
    scene = read(text, {"Orvan Post": "organisation"}, said)
    made = scene.found.entities[scene.found.speakers[0].entities[0]]
    assert made.owner is not None and scene.found.entities[made.owner].name == "Orvan Post"


def test_whose_minister_speaks_is_not_whose_he_is(read):
    text = "As for Velmora, whose Secretary of State, Ann Holt, said that the sea was calm: it waited."
    said = [("whose Secretary of State, Ann Holt,", "said", "that the sea was calm")]
    assert read(text, KNOWN | {"State": "organisation"}, said).speakers() == ["Ann Holt"]


def test_who_says_we_inside_what_a_text_says(read):
    text = "“Collectively these emails show that we were honest,” Ann Holt said."
    said = [("Ann Holt", "said", "“Collectively these emails show that we were honest,”"), ("these emails", "show", "that we were honest")]
    assert read(text, KNOWN, [said[0], said[1]]).name("we") == "Ann Holt"


@pytest.mark.parametrize(("cue", "name"), [("said", "Iran Air"), ("denied", "Iran")])
def test_a_body_named_after_its_state_is_not_the_state(cue, name):
    text = "Iran shut its border on Monday. Iran Air said its flights would go on. Iran denied that the border was shut."
    assert speaker(text, cue) == name


def test_officials_of_one_country_are_not_those_of_another(read):
    text = "Ostlandic officials insist the boat left and that they saw nothing. But Westmarkian officials say it sank."
    known = {"Ostlandic": "people", "Westmarkian": "people"}
    scene = read(text, known, [("Ostlandic officials", "insist", "the boat left"), ("Westmarkian officials", "say", "it sank")])
    assert scene.speakers(1) == ["Westmarkian officials"]


@pytest.mark.parametrize("short", ["Tarrow", "al-Tarrow", "Mr. Tarrow"])
def test_the_article_of_a_name_is_no_part_of_the_surname(short):
    text = f"Ostlandic President Karim al-Tarrow spoke on Sunday. {short} said he was calm."
    assert [v.speaker.name for v in sayso.analyse(text).resolution.voices if v.speaker] == ["Karim al-Tarrow"] * len(sayso.analyse(text).statements)


def test_the_president_in_the_words_of_a_minister_is_his_own():
    text = (
        "Syrian President Bashar al-Assad was defiant on Sunday, after Donald Trump had spoken. "
        "“I think the president said what had to be said,” US Defence Secretary Jim Mattis said."
    )
    analysis = sayso.analyse(sayso.Report(text, sayso.Publication(published="2017-04-09")))
    inner = [v.speaker.name for s, v in zip(analysis.statements, analysis.resolution.voices, strict=True) if s.parent is not None and v.speaker]
    assert inner == ["Jim Mattis", "Donald Trump"]


def test_whose_government_it_is_is_said_by_name(read):
    text = "The Ostlandic government refused. Jonas Orlan's government didn't object, and Inga Tarrow's government said so."
    known = {"Ostlandic": "people", "Jonas Orlan": "person", "Inga Tarrow": "person"}
    scene = read(text, known, [("Inga Tarrow's government", "said", "so")])
    assert scene.speakers() == ["Inga Tarrow's government"]


@pytest.mark.parametrize(("label", "name"), [
    ("YAZAN AL-TARROW", "Yazan Al-Tarrow"), ("MR. HOLT", "Jonas Holt"), ("DR. AL-TARROW", "Yazan Al-Tarrow"),
])  # fmt: skip
def test_labels_with_articles_and_titles_are_names(label, name):
    turns = ["YAZAN AL-TARROW: We will begin.", "JONAS HOLT: I agree with that.", "YAZAN AL-TARROW: Then we go on.", "JONAS HOLT: Do we?"]
    turns += [f"{label}: The dam will hold.", "JONAS HOLT: It will.", f"{label}: Then we are done."]
    analysis = sayso.analyse("\n\n".join(turns))
    last = [v.speaker.name for s, v in zip(analysis.statements, analysis.resolution.voices, strict=True) if s.form == "block" and v.speaker][-1]
    assert last == name


@pytest.mark.parametrize(("before", "source"), [
    ("Ann Holt spoke. A farmer was shaken by the storm.", "The woman"),
    ("Ann Holt spoke. A designer said no. Rain fell. Snow fell. Ann Holt left.", "The designer"),
])  # fmt: skip
def test_who_came_in_without_a_name_is_meant_before_those_with_names(read, before, source):
    scene = read(f"{before} {source} said it was late.", KNOWN, [(source, "said", "it was late")])
    assert not scene.found.entities[scene.found.speakers[0].entities[0]].named


def test_the_couple_are_husband_and_wife(read):
    text = "On Monday Ann Holt, 25, and her husband, Bo Venn, 27, met Piet Lund. The couple said it was cold."
    scene = read(text, {"Piet Lund": "person", "Ann Holt": "person", "Bo Venn": "person"}, [("The couple", "said", "it was cold")])
    assert sorted(scene.found.entities[n].name for n in scene.found.entities[scene.found.speakers[0].entities[0]].members) == ["Ann Holt", "Bo Venn"]


@pytest.mark.parametrize("source", ["Both parties", "Both sides of the aisle", "The two powers", "Two of the officials"])
def test_no_two_are_meant_who_are_something_else(read, source):
    text = f"Ann Holt swam. Inga Marsh slept at the Harbour Board. The Pier Council wept. {source} said no."
    scene = read(text, {**KNOWN, "Pier Council": "organisation"}, [(source, "said", "no")])
    assert not scene.found.entities[scene.found.speakers[0].entities[0]].members


def test_the_company_is_the_only_body_named_just_before(read):
    text = "Ann Holt spoke at the Pier Fund. Inga Marsh worked at Orvan Line in Velmora. The company said it was sorry."
    known = {**KNOWN, "Orvan Line": "organisation", "Pier Fund": "organisation"}
    assert read(text, known, [("The company", "said", "it was sorry")]).speakers() == ["Orvan Line"]


def test_a_body_at_the_top_is_the_only_one_of_its_sort_named_soon_after(read):
    text = "A newspaper said the pier was rotten. Nobody cared. The Orvan Post printed a picture. The Harbour Board wept."
    scene = read(text, {**KNOWN, "Orvan Post": "organisation"}, [("A newspaper", "said", "the pier was rotten")])
    assert scene.speakers() == ["Orvan Post"]


def test_who_became_something_is_it(read):
    text = "Ann Holt answered Inga Marsh, who on Tuesday became the first senior official to blame Velmora for the flood."
    assert read(text, KNOWN, [("the first senior official", "blame", "Velmora for the flood")]).speakers() == ["Inga Marsh"]


def test_a_verb_is_no_part_of_a_title_and_the_president_stays_who_he_was():
    quiet = "\n\n".join(f"The harbour at pier {n} was cold. A crane stood still. A cook and a driver left for lunch." for n in range(40))
    text = f"The report vindicates President Radomira Tesk, who was sneered at.\n\n{quiet}\n\nOn Friday the president promised to raise the flow."
    rows = {row["source"]["text"]: row["speaker"] for row in sayso.analyse(text).rows() if row["source"]}
    assert rows["the president"]["name"] == "Radomira Tesk"


def test_a_diplomat_of_one_state_is_no_minister_of_another(read):
    text = "Orlan Foreign Minister Ann Holt spoke. The top Velmoran diplomat said no."
    scene = read(text, {**KNOWN, "Orlan": "people", "Velmoran": "people"}, [("The top Velmoran diplomat", "said", "no")])
    assert not scene.found.entities[scene.found.speakers[0].entities[0]].named


def test_a_body_named_behind_what_it_is(read):
    said = [("A Velmoran newspaper, the Orvan Post,", "said", "no")]
    assert read("A Velmoran newspaper, the Orvan Post, said no.", {"Orvan Post": "organisation"}, said).speakers() == ["Orvan Post"]


def test_the_group_is_the_subject_of_before(read):
    text = "The PFF insists that it shot nobody. In a statement on Saturday the group, which some call the Pier Brigade, said the police had fired."
    said = [("The PFF", "insists", "that it shot nobody"), ("the group", "said", "the police had fired")]
    assert set(read(text, {"Pier Brigade": "organisation"}, said).speakers()) == {"The PFF"}


def test_who_is_set_against_himself_has_one_name(read):
    text = "President Holt Vs. Private Citizen Holt On Rain. Ann Holt said no. Holt said it was late."
    known = {"Holt Vs. Private Citizen Holt": "organisation", "Ann Holt": "person", "Holt": "person"}
    assert read(text, known, [("Holt", "said", "it was late")]).speakers() == ["Ann Holt"]


def test_of_whom_only_instances_are_named_they_are_not_the_last_of_these(read):
    source = "other nations, including Velmora and Ostland,"
    scene = read(f"Praise came from {source} which supported the pier.", {**KNOWN, "Ostland": "state"}, [(source, "supported", "the pier")])
    assert not scene.found.entities[scene.found.speakers[0].entities[0]].named


def test_the_then_president_is_the_former_one(read):
    text = "President Ann Holt blamed former President Inga Marsh. Ann Holt cited a remark, in which the then-president said no."
    assert read(text, KNOWN, [("the then-president", "said", "no")]).speakers() == ["Inga Marsh"]


def test_ranks_are_no_part_of_a_name():
    analysis = sayso.analyse("Army Lt. Col. Daniel Holt said the dam was safe. Holt said it would hold.")
    assert [v.speaker.name for v in analysis.resolution.voices if v.speaker] == ["Daniel Holt", "Daniel Holt"]


def test_a_group_is_named_by_its_members():
    analysis = sayso.analyse("The bridge is shut. Finance minister Ann Tarrow and Mayor Peter Venn said it would open on Monday.")
    assert [v.speaker.name for v in analysis.resolution.voices if v.speaker] == ["Ann Tarrow and Peter Venn"]


def test_initials_of_a_name_of_three_words_are_its_bearers():
    analysis = sayso.analyse("Karim bin Tarrow met the envoys on Sunday. On Monday, KBT promised that the gates would open.")
    assert [v.speaker.name for v in analysis.resolution.voices if v.speaker] == ["Karim bin Tarrow"]


def test_initials_are_no_given_name_and_no_outlet():
    text = "Joe Venn left early. John Oliver Evans was away, as was Christopher Blake Sims. Joe said the dam would hold. CBS reported that it broke."
    assert [v.speaker.name for v in sayso.analyse(text).resolution.voices if v.speaker] == ["Joe Venn", "CBS"]


def test_departments_written_small_are_those_of_the_outlets_state():
    report = sayso.Report("The state department said it was pleased.", sayso.Publication(outlet="CNN", published="2018-10-16"))
    assert [v.speaker.name for v in sayso.analyse(report).resolution.voices if v.speaker] == ["State Department"]


@pytest.mark.parametrize(("whose", "name"), [("The U.S.", "Donald Trump"), ("The Russian", "Vladimir Putin")])
def test_presidents_of_two_states_are_told_apart_by_their_states(whose, name):
    text = f"President Donald Trump met President Vladimir Putin on Monday. {whose} president said the talks went well."
    analysis = sayso.analyse(sayso.Report(text, sayso.Publication(published="2018-07-17")))
    assert [v.speaker.name for v in analysis.resolution.voices if v.speaker] == [name]


def test_initials_without_a_space_belong_to_the_name():
    analysis = sayso.analyse("She lived in the U.S. Holt’s security adviser, Lt. Gen. H.R. McTarrow, told reporters it was late.")
    assert [v.speaker.name for v in analysis.resolution.voices if v.speaker] == ["H.R. McTarrow"]


def test_a_former_minister_is_not_who_is_minister():
    analysis = sayso.analyse("Marco Venn, a minister, said the dam was safe. A former minister said it was not.")
    assert [v.speaker.name for v in analysis.resolution.voices if v.speaker] == ["Marco Venn", "A former minister"]


def test_the_foreign_office_is_not_the_state_department():
    analysis = sayso.analyse("The State Department rejected the report. The foreign office said it was concerned. The department said no.")
    names = {row["source"]["text"]: row["speaker"]["name"] for row in analysis.rows() if row["source"]}
    assert names["The department"] == "State Department" != names["The foreign office"]
