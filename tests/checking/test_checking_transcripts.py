"""Transcripts in all their forms: who says what, and where in the file it stands."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sayso

INTERVIEW = """Interview with Mr Orlan, 3 March

Q: Will you sell the mill?
ORLAN: We will not, if they
keep the treaty. (Laughter)
Q: When? And by whom?
MR. ORLAN (through translator): Soon [inaudible] enough.
"""
VTT = """WEBVTT - council

NOTE made by hand

STYLE
::cue { color: red }

intro
00:00:01.000 --> 00:00:04.000 align:start
<v Inga Tarrow>We will <i>not</i> sell

00:00:04.000 --> 00:00:06.000
<v Inga Tarrow>the mill today.</v>

00:06.500 --> 00:08.000
<v Jonas Fenn>Why?
"""
SRT = (
    "1\r\n00:00:01,000 --> 00:00:04,000\r\n- We will not sell\r\n\r\n2\r\n00:00:05,000 --> 00:00:06,000\r\n"
    "{\\an8}the mill <b>today</b>.\r\n>> FENN: Why?\r\n"
)
ROLLING = "WEBVTT\n\n00:01.000 --> 00:02.000\nwe will\n\n00:02.000 --> 00:03.000\nwe will\nnot sell\n\n00:03.000 --> 00:04.000\nnot sell\nthe mill\n"


def said(text):
    return [(turn.label, [text[a:b] for a, b in turn.spans]) for turn in sayso.transcript(text).turns]


def test_labels_open_turns():
    assert said(INTERVIEW) == [
        (None, ["Interview with Mr Orlan, 3 March"]),
        ("Q", ["Will you sell the mill?"]),
        ("ORLAN", ["We will not, if they", "keep the treaty."]),
        ("Q", ["When? And by whom?"]),
        ("MR. ORLAN", ["Soon", "enough."]),
    ]


@pytest.mark.parametrize("text", [
    "INTERVIEWER — Will you?\nORLAN — No.\nINTERVIEWER — Why?\nORLAN — So.",
    "**Interviewer:** Will you?\n**Orlan:** No.\n**Interviewer:** Why?\n**Orlan:** So.",
    "[00:01] Interviewer: Will you?\n[00:04] Orlan: No.\n[00:09] Interviewer: Why?\n[00:11] Orlan: So.",
    "INTERVIEWER: Will you? ORLAN: No. INTERVIEWER: Why? ORLAN: So.",
])  # fmt: skip
def test_labels_of_many_kinds(text):
    turns = said(text)
    assert [(label.upper(), spans) for label, spans in turns] == [
        ("INTERVIEWER", ["Will you?"]), ("ORLAN", ["No."]), ("INTERVIEWER", ["Why?"]), ("ORLAN", ["So."])
    ]  # fmt: skip


def test_a_speech_has_no_turns():
    text = "My friends: we sold the mill.\n\nIt was old. The price: four million.\n"
    assert [label for label, _ in said(text)] == [None]


def test_captions_are_joined_and_their_furniture_dropped():
    assert said(VTT) == [("Inga Tarrow", ["We will", "not", "sell", "the mill today."]), ("Jonas Fenn", ["Why?"])]
    assert said(SRT) == [(None, ["We will not sell", "the mill", "today", "."]), ("FENN", ["Why?"])]
    assert said(ROLLING) == [(None, ["we will", "not sell", "the mill"])]


@pytest.mark.parametrize("text", [VTT, SRT, ROLLING, INTERVIEW])
def test_a_quotation_runs_over_cues_and_leads_back_to_the_file(text):
    words = {VTT: "We will not sell the mill today", SRT: "we will not sell the mill today", ROLLING: "we will not sell the mill"}
    quote = words.get(text, "We will not, if they keep the treaty")
    made = sayso.check_quote(quote, [text])
    assert made.verdict == "verbatim"
    ((start, end),) = made.finding.passages
    assert text[start:end].lower().startswith("we will") and text[end - 3 : end] in quote + "ill"
    assert " ".join(made.passage.lower().split()) == quote.lower() == made.row()["diff"][0]["said"].lower()


@pytest.mark.parametrize("text", ["WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "WEBVTT\n\nNOTE nothing here\n", "(Applause)\n"])
def test_where_nothing_is_said_that_is_told(text, tmp_path):
    with pytest.raises(ValueError, match="nothing is said"):
        sayso.transcript(text)
    path = tmp_path / "a.vtt"
    path.write_text(text, encoding="utf-8")
    (problem,) = sayso.read_transcripts([path])
    assert "nothing is said" in problem.reason and problem.advice


def test_files_of_all_kinds_are_read(tmp_path):
    said = "ORLAN: We will not sell the mill while the river runs past it, whatever they pay us for it in"
    page = "".join(f"<p>{said} month {n}.</p>" for n in range(9))
    for name, text in {
        "a.vtt": VTT, "b.srt": SRT, "c.txt": INTERVIEW,
        "d.html": f"<!doctype html><html><body><article><h1>Mills</h1>{page}</article></body></html>",
    }.items():  # fmt: skip
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    made = list(sayso.read_transcripts([tmp_path]))
    assert sorted(one.origin.rsplit("/", 1)[1] for one in made if isinstance(one, sayso.Transcript)) == ["a.vtt", "b.srt", "c.txt", "d.html"]
    (tmp_path / "e.txt").write_bytes(b"%PDF-1.4 nothing")
    problems = [p for p in sayso.read_transcripts([tmp_path / "e.txt", tmp_path / "no.srt"]) if isinstance(p, sayso.Problem)]
    assert [p.origin[-5:] for p in problems] == ["e.txt", "o.srt"]


@pytest.mark.parametrize("text", [
    " " * 60_000 + "x", "\n " * 30_000 + "x", "<" * 60_000 + " a", "<1.1" * 15_000 + " a", ". AB" * 15_000 + " x", "[" * 60_000 + " a",
    "Aa: b\n" * 10_000,
], ids=["spaces", "lines", "tags", "times", "labels", "brackets", "turns"])  # fmt: skip
def test_hostile_text_takes_no_longer_than_other_text(text):
    began = time.process_time()
    sayso.check_quote("the war was long and the war was lost", [text])
    assert time.process_time() - began < 60


@given(st.text(alphabet="AQ: \n.-–[]()<>0123v\r♪", max_size=120))
def test_spans_are_in_order_and_within(text):
    try:
        made = sayso.transcript(text)
    except ValueError:
        return
    last = 0
    for turn in made.turns:
        for start, end in turn.spans:
            assert last <= start < end <= len(text)
            last = end
    assert len(made.spoken) == len(text)
