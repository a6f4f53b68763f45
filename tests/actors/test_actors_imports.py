"""Registers read from files: every format, what becomes of bad input, and who is taken for whom."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.actors.actor import Holding
from sayso.actors.entries import MAX_NAMES, Entry, checked_date, checked_name, checked_times
from sayso.actors.imports import read_register
from sayso.errors import SaysoError
from sayso.intake.problems import Problem


@pytest.fixture
def read(tmp_path):
    """Reads a file with this content; its entries by actor, and its problems by line."""

    def go(content, name="register", **more):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        items = list(read_register(path, **more))
        entries = [i for i in items if isinstance(i, Entry)]
        problems = [(p.origin.removeprefix(str(path)), p.reason) for p in items if isinstance(p, Problem)]
        assert len({e.actor.id for e in entries}) == len(entries), "one entry an actor"
        assert all(p.advice for p in items if isinstance(p, Problem))
        return {e.actor.id: e for e in entries}, problems

    return go


def ftm(*entities):
    return "".join(json.dumps(e) + "\n" for e in entities)


def person(id_, *names, **properties):
    return {"id": id_, "schema": "Person", "caption": names[0], "properties": {"name": list(names), **properties}}


POST = {"id": "p1", "schema": "Position", "properties": {"name": ["Minister of Foreign Affairs"], "country": ["ru"]}}


def occupancy(holder, post="p1", **properties):
    return {"id": "o1", "schema": "Occupancy", "properties": {"holder": [holder], "post": [post], **properties}}


# -- formats -------------------------------------------------------------------------------------------------------


def test_followthemoney_links_may_come_before_what_they_link(read):
    entries, problems = read(ftm(
        occupancy("NK-1", startDate=["2031-05-01", "2031"], endDate=["2033"]), POST,
        person("NK-1", "Orvan Tellik", alias=["Orvan T. Tellik"], weakAlias=["Orv"], country=["ru"], gender=["male"], lastName=["Tellik"]),
        {"id": "NK-2", "schema": "PublicBody", "properties": {"name": ["Office of Tides"], "jurisdiction": ["ru"]}},
        {"id": "NK-3", "schema": "Company", "properties": {"name": ["Tideworks Holding"], "parent": ["NK-2"], "country": ["cy"]}},
        {"id": "m1", "schema": "Membership", "properties": {"member": ["NK-1"], "organization": ["NK-3"], "role": ["Board member"]}},
        {"id": "a1", "schema": "Address", "properties": {"full": ["somewhere"]}},
    ))  # fmt: skip
    assert problems == [(":3", "the weak alias 'Orv' is one word; it is passed over")]
    assert set(entries) == {"person:ftm/NK-1", "body:ftm/NK-2", "org:ftm/NK-3"}
    orvan = entries["person:ftm/NK-1"]
    assert orvan.holdings == (
        Holding("state:russia", "foreign-minister", "person:ftm/NK-1", "2031-05-01", "2033"),
        Holding("org:ftm/NK-3", "member", "person:ftm/NK-1", None, None),
    )
    assert [n.name for n in orvan.names] == ["Orvan Tellik", "Orvan T. Tellik"]
    assert [n.how for n in orvan.names] == ["name", "alias"]
    assert (orvan.actor.kind, orvan.actor.gender, orvan.surnames, orvan.register_id) == ("person", "m", ("tellik",), "NK-1")
    assert entries["body:ftm/NK-2"].actor.part_of == "state:russia"
    assert entries["org:ftm/NK-3"].actor.part_of == "body:ftm/NK-2"


def test_followthemoney_nested_and_flat(read):
    nested = person("NK-1", "Orvan Tellik", positionOccupancies=[{
        "id": "o1", "schema": "Occupancy", "properties": {"post": [POST], "startDate": ["2031-05"], "holder": ["NK-1"]}}])  # fmt: skip
    flat = {"id": "NK-2", "schema": "Person", "name": "Mira Sollen", "country": "ru"}
    entries, problems = read(ftm(nested, flat))
    assert problems == []
    assert entries["person:ftm/NK-1"].holdings == (Holding("state:russia", "foreign-minister", "person:ftm/NK-1", "2031-05", None),)
    assert entries["person:ftm/NK-2"].names[0].name == "Mira Sollen"
    assert read(json.dumps([nested, flat], indent=1))[0].keys() == entries.keys(), "as one array too"


def test_who_held_an_office_nobody_knows_when_does_not_hold_it_now(read):
    entries, _ = read(ftm(person("NK-1", "Orvan Tellik"), POST, occupancy("NK-1"), person("NK-2", "Mira Sollen"),
                          {**occupancy("NK-2", startDate=["2001"], status=["ended"]), "id": "o2"}))  # fmt: skip
    for entry in entries.values():
        assert entry.holdings == ()
        assert entry.actor.part_of == "state:russia", "but speaks for the state"


OFFICES = """position,person,wikidata_id,start,end
Minister of Defence,Orvan Tellik,Q990000001,2031-05-01,2032
President,Orvan Tellik,Q990000001,2033,
"""


def test_a_table_of_offices_needs_to_know_whose_they_are(read):
    entries, problems = read(OFFICES, state="Russia")
    assert problems == []
    assert entries["person:Q990000001"].holdings == (
        Holding("state:russia", "defence-minister", "person:Q990000001", "2031-05-01", "2032"),
        Holding("state:russia", "president", "person:Q990000001", "2033", None),
    )
    for state in ("ru", "state:russia", "Russian Federation"):
        assert read(OFFICES, state=state)[0] == entries
    entries, problems = read(OFFICES)
    assert [line for line, _ in problems] == [":2", ":3"]
    assert "whose office 'Minister of Defence' is" in problems[0][1]
    assert entries["person:Q990000001"].holdings == (), "the person is taken"
    with pytest.raises(SaysoError, match="no state 'Ruritania'"):
        read(OFFICES, state="Ruritania")


def test_a_column_country_tells_it_and_names_are_not_matched_loosely(read):
    entries, problems = read(
        "country;position;person;start\nNiger;Minister of Foreign Affairs;Aba Sollen;2031\nNigeria;Foreign Minister;Obi Tellik;2031\n"
        "Nigera;Foreign Minister;Ita Holt;2031\n"
    )
    assert {e.actor.name: [h.of for h in e.holdings] for e in entries.values()} == {
        "Aba Sollen": ["state:niger"], "Obi Tellik": ["state:nigeria"], "Ita Holt": [],
    }  # fmt: skip
    assert [line for line, _ in problems] == [":4"]
    assert "person:name/aba-sollen@niger" in entries


@pytest.mark.parametrize(("position", "of", "role"), [
    ("Secretary of State", "state:united-states", "foreign-minister"),
    ("United States Ambassador to the United Kingdom", "state:united-states", "united-states-ambassador-to-the-united-kingdom"),
    ("Deputy Secretary of Tides", "state:united-states", "deputy-secretary-of-tides"),
    ("Secretary-General of the United Nations", "org:united-nations", "secretary-general"),
])  # fmt: skip
def test_offices(read, position, of, role):
    (entry,) = read(f"position,person,start\n{position},Orvan Tellik,2031\n", state="United States")[0].values()
    assert [(h.of, h.role) for h in entry.holdings] == [(of, role)]


WIKIDATA = {
    "person": "http://www.wikidata.org/entity/Q990000001", "personLabel": "Orvan Tellik", "positionLabel": "Minister of Foreign Affairs",
    "countryLabel": "Russia", "start": "2031-05-01T00:00:00Z", "end": "2033-01-01T00:00:00Z", "endPrecision": "9",
}  # fmt: skip


def test_query_results_in_every_shape_say_the_same(read):
    second = {**WIKIDATA, "positionLabel": "Prime Minister of Russia", "start": "2035-02-03T00:00:00Z", "end": "t77"}
    rows = [WIKIDATA, second]
    bindings = [{k: {"type": "literal", "value": v} for k, v in row.items()} for row in rows]
    sparql = {"head": {"vars": list(WIKIDATA)}, "results": {"bindings": bindings}}
    table = ",".join(WIKIDATA) + "\n" + "".join(",".join(r.values()) + "\n" for r in rows)
    shapes = [json.dumps(sparql), json.dumps(sparql, indent=2), json.dumps(rows), json.dumps(rows, indent=1), ftm(*rows), table]
    for content in shapes:
        entries, problems = read(content)
        assert problems == []
        assert entries["person:Q990000001"].holdings == (
            Holding("state:russia", "foreign-minister", "person:Q990000001", "2031-05-01", "2033"),
            Holding("state:russia", "prime-minister", "person:Q990000001", "2035-02-03", None),
        )


OWN = """id,name,names,kind,part_of,since,until
org:tide-union,Tide Union,Union of Tides|TUN,ngo,,2031,2040
body:russia/tide-office,Tide Office of Russia,,agency,Russia,,
x7,Orvan Tellik,O. Tellik,person,,,
,Harbour Watch,,organisation,org:tide-union,,
"""


def test_a_table_with_the_columns_of_sayso_itself(read):
    entries, problems = read(OWN, "people.csv")
    assert problems == []
    assert set(entries) == {"org:tide-union", "body:russia/tide-office", "person:csv/x7", "org:name/harbour-watch"}
    assert [(n.name, n.since, n.until) for n in entries["org:tide-union"].names][1:] == [("Union of Tides", "2031", "2040"), ("TUN", "2031", "2040")]
    assert entries["body:russia/tide-office"].actor.part_of == "state:russia"
    assert entries["org:name/harbour-watch"].actor.part_of == "org:tide-union"
    assert read("id,name,gender\nperson:orvan-tellik,Orvan Tellik,m\n")[0]["person:orvan-tellik"].actor.gender == "m"


def test_gzip_is_unpacked_and_what_came_before_its_break_is_taken(read):
    content = ftm(*(person(f"NK-{n}", f"Orvan Tellik{n}") for n in range(5000))).encode()
    whole = gzip.compress(content)
    assert len(read(whole, "entities.ftm.json.gz")[0]) == 5000
    entries, problems = read(whole[: len(whole) // 2], "entities.ftm.json.gz")
    assert 0 < len(entries) < 5000
    assert problems[0] == ("", "the compressed file is broken or ends early; what comes after that is missing")


# -- bad input -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", ["", " \n\n", b"\xef\xbb\xbf"])
def test_an_empty_file(read, content):
    assert read(content) == ({}, [("", "empty")])


@pytest.mark.parametrize("content", [
    "It was a dark night, she said.\n", '{"text": "a report"}\n', "[1, 2]", "a,b,c\n1,2,3\n", "{", "[", b"\x00\x01\x02", b"%PDF-1.4\n",
    "iso2,name_of\nRU,x\n",
])  # fmt: skip
def test_an_unknown_format_is_told_with_those_that_are_known(tmp_path, content):
    path = tmp_path / "x"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    items = list(read_register(path))
    assert items
    assert all(isinstance(i, Problem) for i in items)
    if len(items) == 1:
        assert "FollowTheMoney" in items[0].advice or "empty" in items[0].reason


def test_what_is_no_file(tmp_path):
    assert [p.reason for p in read_register(tmp_path / "none")] == ["there is no such file"]
    assert [p.reason for p in read_register(tmp_path)] == ["a folder"]


def test_broken_lines_are_named_and_the_rest_is_taken(read):
    lines = [json.dumps(person(f"NK-{n}", f"Orvan Tellik{n}")) for n in range(6)]
    nameless = '{"schema": "Person", "properties": {"name": ["No Id"]}}'
    lines[1:1] = ['{"id": "NK-9", "schema": "Person", "prop', "[1]", "7", '{"id": "x"}', nameless, "\udcff"]
    entries, problems = read("\n".join(lines).encode("utf-8", "surrogateescape"))
    assert len(entries) == 6
    assert [line for line, _ in problems] == [":2", ":3", ":4", ":5", ":6", ":7"]
    assert problems[0][1].startswith("broken JSON")


def test_a_broken_object_of_an_array_does_not_hide_the_next(read):
    rows = [json.dumps({**WIKIDATA, "person": f"Q99000000{n}", "personLabel": f"Orvan Tellik{n}"}) for n in range(5)]
    rows[2] = rows[2].replace('"countryLabel":', '"countryLabel"')
    entries, problems = read("[" + ",\n".join(rows) + "]")
    assert len(entries) == 4
    assert problems == [(":3", "broken JSON")]
    entries, problems = read("[" + ",\n".join(rows[:2]) + ",\n" + rows[3][:50])
    assert len(entries) == 2
    assert problems[0][0] == ":3"


def test_rows_of_a_table_that_do_not_fit_its_heading(read):
    content = (
        "position,person,start,end\n"
        'President,"Orvan\nTellik",2031,\n'  # a field over two lines is one row
        "Minister of Tides, Salt,Mira Sollen,2031,\n"
        'President,"Piet Arne,2033,\n'
        "President,Ita Holt,2035,2036\n"
        "President,Abe Fenn\n"
    )
    entries, problems = read(content, state="Russia")
    assert {e.actor.name for e in entries.values()} == {"Orvan Tellik", "Ita Holt"}
    assert [line for line, _ in problems] == [":4", ":5", ":7"]


@pytest.mark.parametrize(("start", "end", "said"), [
    ("2033-02-01", "2031-02-01", "it starts on 2033-02-01, after its end on 2031-02-01"),
    ("2033", "2032-12-31", "it starts on 2033, after its end on 2032-12-31"),
    ("2031-02-30", "", "there is no day '2031-02-30'"),
    ("2031-13", "", "there is no day '2031-13'"),
    ("soon", "", "'soon' is not a date"),
    ("0000", "", "there is no day '0000'"),
    ("9999", "", "the year 9999 cannot be"),
])  # fmt: skip
def test_dates_that_cannot_be_cost_the_office_not_the_person(read, start, end, said):
    content = f"position,person,start,end\nPresident,Orvan Tellik,{start},{end}\nPrime Minister,Orvan Tellik,2031,2031-05\n"
    (entry,), problems = (lambda e, p: (list(e.values()), p))(*read(content, state="Russia"))
    assert [h.role for h in entry.holdings] == ["prime-minister"]
    assert len(problems) == 1
    assert problems[0][0] == ":2"
    assert said in problems[0][1]
    assert "the office is passed over" in problems[0][1]


def test_names_that_cannot_be_told_from_words_are_passed_over(read):
    entries, problems = read(ftm(
        person("NK-1", "Orvan Tellik", alias=["may", "X", "us", "Us", "42", "", "Turkey", "Georgia", "x" * 400, "Tellik"]),
        person("NK-2", "bush"), person("NK-3", "Chad"),
        {"id": "NK-4", "schema": "Company", "properties": {"name": ["Jordan"]}},
        {"id": "NK-5", "schema": "Company", "properties": {"name": []}},
        {"id": "NK-6", "schema": "Company", "properties": {"name": ["\ud800 Ltd"]}},
    ))  # fmt: skip
    assert set(entries) == {"person:ftm/NK-1"}
    assert [n.name for n in entries["person:ftm/NK-1"].names] == ["Orvan Tellik"]
    said = " / ".join(reason for _, reason in problems)
    for part in (
        "'may' in lower case", "'X' is one letter", "'us' in lower case", "'Us' is a common word", "'42' has no letters", "400 characters",
        "'Turkey' of ftm/NK-1 already means Turkey", "'bush' in lower case", "'Chad' of ftm/NK-3 already means Chad", "'Jordan'",
        "NK-5 has no name", "is not UTF-8",
    ):  # fmt: skip
        assert part in said
    assert {line for line, _ in problems} == {f":{n}" for n in range(1, 7)}


def test_a_million_names_are_bounded_and_told(read):
    entries, problems = read(ftm(person("NK-1", "Orvan Tellik", alias=[f"Orvan {n:x}" for n in range(10**6)]), person("NK-2", "Mira Sollen")))
    assert len(entries["person:ftm/NK-1"].names) == MAX_NAMES
    assert problems == [(":1", f"1,000,001 names; the first {MAX_NAMES} are taken")]
    assert "person:ftm/NK-2" in entries


def test_a_circle_of_parts_is_opened_at_its_last_link(read):
    rows = "id,name,kind,part_of\n" + "".join(f"org:{a},Harbour {a.upper()}{a},ngo,org:{b}\n" for a, b in ("ab", "bc", "cd", "db", "ea", "ff", "gz"))
    entries, problems = read(rows)
    assert {e.actor.id[4:]: e.actor.part_of and e.actor.part_of[4:] for e in entries.values()} == {
        "a": "b", "b": "c", "c": "d", "d": None, "e": "a", "f": None, "g": None,
    }  # fmt: skip
    assert sorted(line for line, _ in problems) == [":5", ":7", ":8"]
    assert "a circle of parts" in dict(problems)[":5"]


def test_links_to_nothing_are_named(read):
    entries, problems = read(ftm(person("NK-1", "Orvan Tellik"), POST, occupancy("NK-1", "p9"), occupancy("NK-9")))
    assert entries["person:ftm/NK-1"].holdings == ()
    assert [line for line, _ in problems] == [":3", ":4"]
    assert ["p9" in problems[0][1], "NK-9" in problems[1][1]] == [True, True]


def test_one_id_for_two_kinds_of_things(read):
    entries, problems = read(ftm(person("NK-1", "Orvan Tellik"), {"id": "NK-1", "schema": "Company", "properties": {"name": ["Tide Co"]}}))
    assert list(entries) == ["person:ftm/NK-1"]
    assert problems == [(":2", "ftm/NK-1 is an organisation here, a person in line 1; this one is passed over")]


# -- who is who ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("entity", "taken"), [
    (person("NK-1", "Sergei Lavrov", country=["ru"]), True),
    (person("NK-1", "LAVROV, Sergey", country=["ru"]), True),
    (person("NK-1", "Sergei Lavrov"), True),
    (person("Q58217", "S. W. Lawrow"), True),  # the id of Wikidata that stands in the package
    (person("NK-1", "Sergei Lavrov", country=["us"]), False),
    (person("NK-1", "Sergei Lavrov", gender=["female"]), False),
    (person("NK-1", "Sergei Lavrov", birthDate=["1999"]), False),
    (person("NK-1", "Sergei Lavrov", deathDate=["1950"]), False),
    (person("Q990000001", "Sergei Lavrov", country=["ru"]), False),  # another id of Wikidata
    (person("NK-1", "Lavrov", country=["ru"]), False),
    ({"id": "NK-1", "schema": "Company", "properties": {"name": ["Sergei Lavrov"]}}, False),
])  # fmt: skip
def test_who_is_taken_for_one_of_the_package(read, entity, taken):
    entries, _ = read(ftm(entity))
    assert list(entries) == (["person:sergei-lavrov"] if taken else [next(iter(entries))])
    assert ("person:sergei-lavrov" in entries) is taken


def test_who_is_taken_brings_only_new_names_and_who_is_not_says_whose_name_it_has(read):
    entries, _ = read(ftm(person("NK-1", "Sergei Lavrov", "Sergej Lawrow", country=["ru"])))
    assert [n.name for n in entries["person:sergei-lavrov"].names] == ["Sergej Lawrow"]
    entries, _ = read(ftm(person("NK-1", "Sergei Lavrov", country=["us"])))
    assert entries["person:ftm/NK-1"].like == ("person:sergei-lavrov",)


def test_two_of_one_register_are_never_one_of_the_package(read):
    entries, _ = read(ftm(person("NK-1", "Sergei Lavrov", country=["ru"]), person("NK-2", "Sergei Lavrov", country=["ru"])))
    assert set(entries) == {"person:sergei-lavrov", "person:ftm/NK-2"}


def test_the_same_office_in_the_same_time_and_the_sound_of_the_name_will_do(read):
    content = "position,person,start,end\nMinister of Foreign Affairs,Sergej Lavrov,{},\n"
    assert "person:sergei-lavrov" in read(content.format("2004-03-09"), state="Russia")[0]
    assert "person:sergei-lavrov" not in read(content.format("1997-03-09"), state="Russia")[0]
    assert "person:sergei-lavrov" not in read(content.format("2004-03-09"), state="Chad")[0]


def test_states_and_bodies_of_the_package_are_found_too(read):
    entries, problems = read("id,name,kind\n1,Russia,state\n2,NATO,alliance\n3,Nato Tide Ltd,company\n")
    assert set(entries) == {"state:russia", "org:nato", "org:csv/3"}
    assert problems == []


# -- properties ----------------------------------------------------------------------------------------------------


@given(st.text(max_size=60))
def test_a_checked_name_stays_as_it_is(value):
    try:
        name = checked_name(value)
    except ValueError as error:
        assert str(error)
        return
    assert checked_name(name) == name
    assert name == " ".join(name.split())
    name.encode()


@given(st.dates(), st.dates(), st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_terms_that_share_no_day_are_refused_and_no_others(first, last, a, b):
    since, until = str(first)[:a], str(last)[:b]
    if not "0001" <= since[:4] <= "2200" or not until[:4] <= "2200":
        return
    assert checked_date(since) == since
    assert checked_date(since + "T00:00:00Z") == since
    size = min(a, b)
    if since[:size] <= until[:size]:
        assert checked_times(since, until) == (since, until)
    else:
        with pytest.raises(ValueError, match="after its end"):
            checked_times(since, until)


KEYS = st.sampled_from("id schema properties name holder post parent country startDate personLabel person results bindings".split())
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["Person", "NK-1", "Orvan Tellik", "Occupancy", "2031-02-30"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(JSON, min_size=1, max_size=4), st.booleans())
def test_no_json_makes_it_fail(tmp_path, values, lines):
    path = tmp_path / "any"
    path.write_text("\n".join(map(json.dumps, values)) if lines else json.dumps(values))
    for item in read_register(path):
        assert isinstance(item, (Entry, Problem))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(alphabet='abP,;"|\n\r\t 2031-é\0', max_size=80), st.sampled_from(["position,person,start,end\n", "id,name,kind,part_of,since\n", ""]))
def test_no_table_makes_it_fail(tmp_path, rows, heading):
    path = tmp_path / "any.csv"
    path.write_bytes((heading + rows).encode())
    for item in read_register(path, state="Russia"):
        assert isinstance(item, (Entry, Problem))
