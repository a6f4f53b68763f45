"""Quotes of a record, from reading to asking; and that they are what grouping everything at once gives, whatever the order."""

from __future__ import annotations

import json
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sayso
from sayso.quotes.grouping import group, quote_of
from sayso.quotes.speakers import SpeakerKey, compatible
from sayso.quotes.stretches import Stretch
from sayso.quotes.translations import Translations
from sayso.quotes.words import words_of
from sayso.reading import Reading
from sayso.record import quotes as quoting
from sayso.record.rows import put_report
from sayso.reports import content_hash
from sayso.spans import surface

TEXTS = {
    "a.txt": ("2025-03-05", "Halyard", "“We shall open the second bridge in May, whatever the river does to its piers,” Inga Tarrow said.\n"),
    "b.txt": ("2025-03-06", "Veldara Today", "Inga Tarrow told the council: “We shall open the second bridge in June, whatever the river does.”\n"),
    "c.txt": ("2025-03-07", "The Other Bank", "“The ferry to Velm will be late again on Sunday, as it was last week,” Jonas Fenn said.\n"),
    "e.txt": ("2025-03-08", "Halyard", "“No pump in this valley is older than I am,” Inga Tarrow said.\n"),
    "d.txt": ("2025-03-09", "Halyard", "Inga Tarrow said that the bridge would open “whatever the river does to its piers”.\n"),
}


def test_a_quote_has_its_variants_and_says_what_each_did_to_the_fullest(record):
    (row,) = record.quotes()
    assert row["speaker"]["name"] == "Inga Tarrow"
    assert [v["change"] for v in row["variants"]] == [["kept"], ["trimmed", "replaced"], ["trimmed"]]
    for v in row["variants"]:
        assert v["text"] == " … ".join(record.report(v["report"]).text[a:b] for a, b in v["spans"])
        assert v["statement"] in {r["id"] for r in record.statements() if r["report"]["id"] == v["report"]}
    second = row["variants"][1]["diff"]
    assert [(d["kind"], d["base"], d["variant"]) for d in second][:2] == [
        ("same", "We shall open the second bridge in", "We shall open the second bridge in"), ("replaced", "May", "June")
    ]  # fmt: skip
    assert [c["outlet"] for c in row["carriers"]] == ["Halyard", "Veldara Today", "Halyard"]
    assert row["first"] == [row["carriers"][0]["report"]]
    assert (row["texts"], row["reports"]) == (3, 3)
    assert list(record.quotes(row["id"])) == [row]


def test_filters_ask_for_one_variant_that_matches_all(record):
    (row,) = record.quotes()
    for asked in ({"speaker": "Tarrow"}, {"outlet": "veldara"}, {"text": "second BRIDGE"}, {"since": "2025-03-09"}, {"limit": 1}):
        assert list(record.quotes(**asked)) == [row], asked
    for asked in ({"speaker": "Fenn"}, {"outlet": "Other"}, {"text": "ferry"}, {"since": "2025-03-10"}, {"outlet": "veldara", "since": "2025-03-09"}):
        assert not list(record.quotes(**asked)), asked
    with pytest.raises(sayso.SaysoError, match="no quote"):
        record.quotes("0123456789abcdef")


def test_the_order_of_reading_does_not_matter_nor_does_reading_anew(record, in_folder, dump, put, told):
    with sayso.Record("other.db") as other:
        for name in reversed(TEXTS):
            put(other, name)
        assert told(other.quotes()) == told(record.quotes())
    one, two = dump(Path("r.db")), dump(Path("other.db"))
    assert all(one[table] == two[table] for table in ("stretches", "stretch_marks", "stretch_links", "quotes_made"))
    with sayso.Record("r.db") as again:
        again._db.execute("UPDATE quotes_made SET rules = 'earlier'")
        assert again.reread().replaced == len(TEXTS)
    assert dump(Path("r.db")) == one


def test_ids_of_what_was_joined_or_began_earlier_lead_on(record, in_folder, put):
    (row,) = record.quotes()
    with sayso.Record("later.db") as other:
        put(other, "d.txt")
        Path("f.txt").write_text(TEXTS["d.txt"][2] + "That is all.\n", encoding="utf-8")
        other.read(["f.txt"], given=sayso.Publication(published="2025-03-10"))
        (alone,) = other.quotes()
        put(other, "a.txt")
        (joined,) = other.quotes()
        assert joined["id"] == row["id"] != alone["id"]
        assert next(other.quotes(alone["id"]))["id"] == row["id"]


def test_a_report_that_changed_takes_its_stretches_with_it(record):
    Path("a.txt").write_text("Mayor Inga Tarrow said nothing of the kind on Tuesday.\n", encoding="utf-8")
    record.read(["a.txt"], given=sayso.Publication(published="2025-03-05", outlet="Halyard"))
    assert not list(record.quotes()), "what was left out by one is all that the other has"


def test_judgements_on_statements_hold_and_can_be_taken_back(record, told):
    before = told(record.quotes())
    (row,) = record.quotes()
    by_path = {v["path"]: v["statement"] for v in row["variants"]}
    record.judge("not same quote", by_path["b.txt"], by_path["a.txt"], coder="ina")
    (row,) = record.quotes()
    assert {v["path"] for v in row["variants"]} == {"a.txt", "d.txt"}
    pump = next(r["id"] for r in record.statements(text="pump"))
    record.judge("same quote", pump, by_path["d.txt"], coder="ina")
    (row,) = record.quotes()
    assert {v["path"] for v in row["variants"]} == {"a.txt", "d.txt", "e.txt"}
    for number in (1, 2):
        record.undo(number, coder="ina")
    assert told(record.quotes()) == before


def test_copies_are_one_text_with_several_carriers(in_folder):
    body = " ".join(f"The council of district {n} heard about levee number {n * 7} and the cost of its {n}th pump." for n in range(12))
    quote = "“We shall not wait for the flood to teach us arithmetic again,” Mayor Inga Tarrow said."
    for name, more in (("a.txt", ""), ("b.txt", " Read more on page four."), ("c.txt", None)):
        Path(name).write_text(quote + (f" {body}{more}\n" if more is not None else "\n"), encoding="utf-8")
    with sayso.Record("r.db") as record:
        for day, name in enumerate(("c.txt", "b.txt", "a.txt"), 1):
            record.read([name], given=sayso.Publication(published=f"2025-03-0{day}"))
        (row,) = record.quotes()
    assert (row["texts"], row["reports"]) == (2, 3)
    assert [c["same_text_as"] for c in row["carriers"]] == [None, None, row["carriers"][1]["report"]]


def test_the_command_prints_the_list_and_one_in_full(record, call):
    (row,) = record.quotes()
    done = call("quotes", "r.db")
    assert (done.exit_code, row["id"] in done.stdout, "[-" in done.stdout) == (0, True, False)
    full = call("quotes", "r.db", row["id"]).stdout
    assert "[-May-]{+June+}" in " ".join(full.split())
    assert json.loads(call("quotes", "r.db", "--format", "jsonl").stdout) == row
    assert call("quotes", "r.db", "--speaker", "Fenn").stderr == "no quote matches\n"


# -- against grouping everything at once ---------------------------------------------------------------------------

WORDS = "harbour bank poisoned river council vote bridge open May gates shut road Karn ferry late levy grain".split()
SPEAKERS = [None, *(SpeakerKey(f"person:{a}-{b}", "person") for a in "ab" for b in ("tarrow", "fenn")), SpeakerKey("body:x", "organisation")]
SPEAKERS.append(SpeakerKey("person:a-holt", "person", path=frozenset({"body:x"}), sure=False))


@st.composite
def collections(draw):
    """Reports with made stretches: pieces of a few sentences, some with a word changed."""
    rng = random.Random(draw(st.integers(0, 10**9)))
    sentences = [[rng.choice([*WORDS, "the", "of", "we", "will"]) for _ in range(rng.randint(6, 16))] for _ in range(3)]
    out = []
    for number in range(rng.randint(3, 8)):
        pieces = []
        for _ in range(rng.randint(1, 4)):
            words = list(rng.choice(sentences))
            start = rng.randrange(len(words) - 1)
            words = words[start : start + rng.choice([1, 2, 3, 4, 8, 16])]
            if rng.random() < 0.3:
                words[rng.randrange(len(words))] = rng.choice(WORDS)
            pieces.append((" ".join(words), rng.choice(SPEAKERS), rng.random() < 0.2))
        published = rng.choice([None, f"2025-03-0{rng.randint(1, 9)}"])
        out.append((sayso.Report("\n".join(p for p, _, _ in pieces), sayso.Publication(published=published), f"{number}.txt"), pieces))
    return out, rng


def made(report, pieces):
    found, start, remark = [], 0, ""
    for text, speaker, goes_on in pieces:
        spans = ((start, start + len(text)),)
        key = content_hash(report.id, repr(spans))
        remark = remark if goes_on and found and found[-1].speaker == speaker else key
        found.append(Stretch(
            key, report.id, report.text_id, None, spans, surface(report.text, spans), words_of(report.text, spans), speaker,
            report.publication.published, remark,
        ))  # fmt: skip
        start += len(text) + 1
    return found


@settings(max_examples=20, deadline=None)
@given(collections())
def test_what_is_stored_is_what_grouping_everything_at_once_gives(collection):
    reports, rng = collection
    everything = {report.id: made(report, pieces) for report, pieces in reports}
    all_keys = sorted(s.key for some in everything.values() for s in some)
    same, apart = tuple(rng.sample(all_keys, 2)), tuple(rng.sample(all_keys, 2))
    judged = quoting.Judged([same], [apart])
    with TemporaryDirectory() as folder, sayso.Record(Path(folder) / "r.db") as record:
        db = record._db
        steps = [report for report, _ in reports]
        for report in [*rng.sample(steps, len(steps)), *rng.sample(steps, 2)]:
            with record._changing():
                put_report(db, report, Reading(report.text_id, "m", ()), alone=True)
                wanted = [] if rng.random() < 0.2 else everything[report.id]  # some lose theirs, and have them again
                quoting.put_stretches(db, report.id, report.text, [(s, None) for s in wanted], lambda: judged)
        for report in steps:
            with record._changing():
                quoting.put_stretches(db, report.id, report.text, [(s, None) for s in everything[report.id]], lambda: judged)
        stored = [quote_of(quoting.stretches_in(db, q), {}) for (q,) in db.execute("SELECT DISTINCT quote FROM stretches WHERE quote IS NOT NULL")]
    made_at_once = [s for some in everything.values() for s in some]
    expected = group(made_at_once, compatible=compatible, similar=Translations(), must=judged.same, cannot=judged.apart)
    def plain(quotes):
        return {q.id: [v.stretch for v in q.variants] for q in quotes}

    assert plain(stored) == plain(expected)
