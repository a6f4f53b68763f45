"""Who the speakers are, on the terminal: in the notes of a report, in the list of actors, on the page of one."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from sayso.actors.actor import Actor
from sayso.actors.resolve import Voice
from sayso.reports import Report
from sayso.terminal import render_actor, render_actors, render_report

TEXT = "Lavrov said no."
RUSSIA, IRAN = Actor("state:russia", "Russia", "state"), Actor("state:iran", "Iran", "state")
LAVROV = Actor("person:sergei-lavrov", "Sergei Lavrov", "person")
GROUP = Actor("group:1", "they", "group")
SOMEBODY = Actor("anonymous:1/2", "a senior official", "anonymous")


@pytest.mark.parametrize(("voice", "said"), [
    (Voice(LAVROV, path=(RUSSIA,)), "=\u00a0Sergei Lavrov, Russia"),
    (Voice(LAVROV), "=\u00a0Sergei Lavrov"),
    (Voice(RUSSIA, "metonym"), "=\u00a0Russia"),
    (Voice(Actor("name:lavrov", "Lavrov", "person")), None),
    (Voice(Actor("name:lavrov", "Lavrov", "person"), path=(RUSSIA,)), "=\u00a0Lavrov, Russia"),
    (Voice(GROUP, members=(RUSSIA, IRAN)), "=\u00a0Russia, Iran"),
    (Voice(SOMEBODY), None),
    (Voice(SOMEBODY, path=(RUSSIA,)), "=\u00a0unnamed, Russia"),
    (Voice(candidates=((LAVROV, 0.5), (RUSSIA, 0.3))), "perhaps\u00a0Sergei Lavrov or Russia"),
    (Voice(reason="no source is named"), None),
])  # fmt: skip
def test_a_note_says_who_the_speaker_is_where_the_words_do_not(build, voice, said):
    made = build(TEXT, "Lavrov", "said", "no")
    plain = list(render_report(Report(TEXT), [made]))
    lines = list(render_report(Report(TEXT), [made], [voice]))
    new = [line.strip().replace("= ", "=\u00a0").replace("perhaps ", "perhaps\u00a0") for line in lines if line not in plain]
    assert new == ([] if said is None else [said])
    assert [line for line in lines if line in plain] == plain


def test_names_of_actors_steer_no_terminal_and_keep_to_the_width(build):
    evil = Actor("name:x", "x\x1b]0;t\x07" + "外" * 200, "person", None)
    made = build(TEXT, "Lavrov", "said", "no")
    for voice in (Voice(evil, path=(evil,)), Voice(GROUP, members=(evil, evil)), Voice(candidates=((evil, 0.5),))):
        for width in (40, 80, 140):
            lines = list(render_report(Report(TEXT), [made], [voice], width=width))
            assert all(char.isprintable() for line in lines for char in line)
            assert all(cell_len(line) <= width for line in lines)


def row(**more):
    made = {"id": "a", "name": "Sergei Lavrov", "kind": "person", "side": "Russia", "statements": 3, "about": 1, "reports": 2}
    return {**made, **more}


@pytest.mark.parametrize("width", [40, 70, 80, 120])
def test_the_list_has_a_line_an_actor(width):
    rows = [row(), row(name="外\x1b[2J" * 60, side=None), row(kind="armed group", side="y" * 99, statements=10**6)]
    heading, *lines = render_actors(rows, width=width)
    shown = {40: (), 70: ("side",), 80: ("kind", "side"), 120: ("kind", "side")}[width]
    assert heading.split() == ["actor", *shown, "says", "about", "reports"]
    assert len(lines) == 3
    assert {cell_len(line) for line in (heading, *lines)} == {width}
    assert all(char.isprintable() for line in lines for char in line)
    assert lines[0].split() == ["Sergei", "Lavrov", *({"kind": "person", "side": "Russia"}[key] for key in shown), "3", "1", "2"]
    assert list(render_actors([], width=width)) == []
    assert any("\x1b[" in line for line in render_actors(rows, width=width, colour=True))


def test_the_page_has_names_offices_and_the_first_statements():
    page = {
        **row(), "part_of": ["Russia"], "same": ["name:sergej-lawrow"], "titles": [{"name": "minister", "mentions": 2}],
        "names": [{"name": f"Lavrov{n}", "mentions": 20 - n} for n in range(10)], "statements": 12, "about": 0,
        "offices": [
            {"of": "Russia", "role": "foreign-minister", "since": "2004-03-09", "until": None},
            {"of": "Russia", "role": "x", "since": None, "until": "1990"},
        ],
    }  # fmt: skip
    said = [{"source": {"text": "he"}, "cue": None, "content": {"text": f"no {n}"}, "act": "say", "confidence": 0.5} for n in range(12)]
    lines = list(render_actor(page, iter(said), (), width=80))
    assert lines[:3] == ["Sergei Lavrov", "person of Russia · a", "judged to be the same: name:sergej-lawrow"]
    assert "  2004-03-09 –             foreign minister, Russia" in lines
    assert "  ? – 1990                 x, Russia" in lines
    assert any(line.startswith("names used: Lavrov0 (20), Lavrov1 (19)") for line in lines)
    assert any("and 2 more" in line for line in lines)
    assert "called: minister (2)" in lines
    assert "says: 12 statements" in lines
    assert sum(" no " in line for line in lines) == 10
    assert lines[lines.index("… and 2 more") + 1 :] == ["", "is spoken about: 0 statements"]
    assert all(cell_len(line) <= 80 for line in lines)
