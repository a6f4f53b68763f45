"""What a Python user imports, and what holds for it."""

from __future__ import annotations

import ast
import io
import multiprocessing
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

import sayso
import sayso.cli
from sayso.attribution.engine import Engine

TEXT = "Orlan denied claims by Veldara that it had armed the rebels. “We have not,” its envoy told reporters."
HEAVY = ("numpy", "onnxruntime", "tokenizers", "trafilatura", "rich", "py3langid", "lxml")


@pytest.fixture(scope="module")
def texts(examples):
    return [path.read_text(encoding="utf-8") for path in sorted(examples.glob("*.txt"))]


@pytest.fixture(scope="module")
def alone(texts):
    return [sayso.analyse(text).statements for text in texts]


def test_all_that_is_public_is_there_and_at_home():
    assert sayso.__all__ == sorted(sayso.__all__)
    assert set(sayso._HOME) == set(sayso.__all__)
    assert set(sayso.__all__) <= set(dir(sayso))
    space: dict[str, object] = {}
    exec("from sayso import *", space)
    assert set(space) - {"__builtins__"} == set(sayso.__all__)
    for name in sayso.__all__:
        assert getattr(sayso, name).__doc__, name
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = sayso.nothing


def test_the_command_line_uses_only_what_is_public():
    nodes = [node for path in Path(sayso.cli.__file__).parent.glob("*.py") for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    assert not any(node.level for node in nodes if isinstance(node, ast.ImportFrom)), "imports say from where"
    imported = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    assert {name for name in imported if name.split(".")[0] == "sayso" and name.split(".")[:2] != ["sayso", "cli"]} == {"sayso"}
    used = {node.attr for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "sayso"}
    assert used <= {*sayso.__all__, "__version__"}


@pytest.mark.parametrize("run", [
    "import sayso",
    "import sayso; sayso.Report('x'); sayso.Publication(); sayso.acts(); sayso.schema(); sayso.SaysoError('x')",
    "import sys; from sayso.cli import main\nfor args in (['--help'], ['read', '--help'], ['--version'], ['acts']):\n"
    "    main(args, standalone_mode=False)",
], ids=["import", "nouns", "help"])  # fmt: skip
def test_nothing_heavy_is_loaded_before_it_is_needed(run):
    code = f"{run}\nimport sys; sys.exit(' '.join(m for m in {HEAVY!r} if m in sys.modules) or 0)"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_analyse_reads_one_text():
    made = sayso.analyse(TEXT, outlet="Halyard", published="2025-03-06")
    assert (made.report.text, made.report.publication.outlet, made.report.publication.published) == (TEXT, "Halyard", "2025-03-06")
    assert made.statements == made.reading.statements
    assert [row["content"]["text"] for row in made.rows()]
    for row, statement in zip(made.rows(), made.statements, strict=True):
        assert row["id"] == statement.id(made.report.id)
        assert row["report"]["outlet"] == "Halyard"
        statement.check(len(TEXT))


def test_analyse_takes_a_report_and_facts_win_over_its_own():
    report = sayso.Report(TEXT, sayso.Publication(outlet="Halyard", title="Denied"), "a.txt")
    assert sayso.analyse(report).report is report
    made = sayso.analyse(report, outlet="The Other Bank")
    assert (made.report.publication.outlet, made.report.publication.title, made.report.origin) == ("The Other Bank", "Denied", "a.txt")


@pytest.mark.parametrize("text", [
    "", " \n", "…", "“", "☃", "no statement here",
    "\0", "\u200b", "\ufffd", "\u0301", "\xad\n\xad",
])  # fmt: skip
def test_analyse_takes_any_text(text):
    assert sayso.analyse(text).statements == ()


@pytest.mark.parametrize(("text", "facts", "error", "said"), [
    (TEXT, {"published": "soon"}, ValueError, "'soon' is not a date"),
    (TEXT, {"kind": "poem"}, ValueError, "news, opinion, transcript"),
    (TEXT, {"language": "english"}, ValueError, "give two letters"),
    (TEXT, {"author": "x"}, TypeError, "author"),
    ("half \ud800 a pair", {}, ValueError, "half a surrogate pair at 5"),
    (b"bytes", {}, TypeError, "not bytes"),
    (None, {}, TypeError, "not NoneType"),
])  # fmt: skip
def test_analyse_refuses_what_cannot_be(text, facts, error, said):
    with pytest.raises(error, match=said):
        sayso.analyse(text, **facts)


def test_analyse_many_keeps_the_order_and_streams(texts, alone):
    def coming():
        yield from texts
        raise AssertionError("asked for more than was needed")

    made = sayso.analyse_many(coming())
    assert [next(made).statements for _ in texts] == alone
    made.close()
    assert [a.statements for a in sayso.analyse_many([sayso.Report(t) for t in texts], jobs=2)] == alone


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="workers that are not forked know of no bug put in here")
def test_a_bug_is_raised_as_it_is(bug):
    error = ZeroDivisionError("gremlins")
    with bug(error):
        with pytest.raises(ZeroDivisionError) as raised:
            sayso.analyse("Ann said that there was a gremlin.")
        assert raised.value is error
        for jobs in (1, 2):
            made = sayso.analyse_many([TEXT, "Ann said that there was a gremlin.", TEXT], jobs=jobs)
            assert next(made).statements
            with pytest.raises(ZeroDivisionError, match=r"^gremlins$"):
                next(made)
            assert not multiprocessing.active_children()


@pytest.mark.parametrize("one", [TEXT, sayso.Report(TEXT)])
def test_analyse_many_is_not_for_one(one):
    with pytest.raises(TypeError, match="several texts"):
        sayso.analyse_many(one)


def test_reports_are_read_without_a_record(in_folder):
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    Path("b.txt").touch()
    given = sayso.Publication(outlet="Halyard")
    report, problem = sayso.read_reports(["a.txt", "b.txt"], given=given)
    assert report == sayso.Report(TEXT, given, "a.txt")
    assert (type(problem), problem.origin, problem.reason) == (sayso.Problem, "b.txt", "empty")
    assert next(sayso.read_reports("a.txt")).text == TEXT, "one path need not stand in a list"
    assert next(sayso.read_reports("-", stdin=io.BytesIO(TEXT.encode()))).text == TEXT


def test_an_analysis_is_rendered_for_a_terminal():
    made = sayso.analyse(TEXT, outlet="Halyard")
    plain = list(made.render(width=60))
    assert plain[0].strip() == "Halyard"
    assert max(map(len, plain)) <= 60
    assert not any("\x1b" in line for line in plain)
    assert any("\x1b" in line for line in made.render(colour=True))
    assert max(map(len, made.render())) <= 80


def test_what_is_not_sure_enough_is_left_out_and_what_stood_in_it_stands_alone():
    made = sayso.analyse(TEXT)
    outer, inner, *others = made.statements
    assert inner.parent == 0
    made = replace(made, reading=replace(made.reading, statements=(replace(outer, confidence=0.1), inner, *others)))
    assert "_denied_¹" in "\n".join(made.render())
    page = "\n".join(made.render(min_confidence=0.2))
    assert "_denied" not in page
    assert "_claims_¹" in page
    assert "inside another" not in page


def test_rows_are_rendered_as_a_table(examples_record):
    with sayso.Record(examples_record, write=False) as record:
        lines = list(sayso.render_table(record.statements(limit=5), width=90))
    assert len(lines) == 2 + 5
    assert max(map(len, lines)) <= 90


def test_what_comes_from_outside_is_made_safe_to_print():
    assert sayso.clean("a\x1b]0;title\x07\nb\u202e") == "a␛]0;title␇ b�"


def test_threads_read_the_same_at_once(texts, alone):
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: sayso.analyse(text).statements, texts)) == alone


def test_a_reading_depends_on_the_text_alone(texts, alone):
    """Not on what else is read with it: first, last or among 64 others."""
    others = [f"{text[:300 + 11 * n]}\n\n{TEXT}" for n in range(8) for text in texts[:8]]
    read = [a.statements for a in sayso.analyse_many([*others[:32], *texts, *others[32:]])]
    assert len(others) == 64
    assert read[32:-32] == alone


def test_a_reading_does_not_depend_on_the_number_of_threads(texts, alone):
    engine = Engine(threads=2)
    assert [engine.statements(text) for text in texts] == alone


def test_objects_are_frozen_and_equal_by_value():
    assert sayso.analyse(TEXT) == sayso.analyse(TEXT)
    with pytest.raises(AttributeError):
        sayso.analyse(TEXT).report.text = "other"
