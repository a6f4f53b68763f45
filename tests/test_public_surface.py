"""What a Python user imports, and what holds for it."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

import sayso
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
    assert set(sayso._HOMES) == set(sayso.__all__)
    assert set(sayso.__all__) <= set(dir(sayso))
    space: dict[str, object] = {}
    exec("from sayso import *", space)
    assert set(space) - {"__builtins__"} == set(sayso.__all__)
    for name in sayso.__all__:
        assert getattr(sayso, name).__doc__, name
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = sayso.nothing


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


@pytest.mark.parametrize("one", [TEXT, sayso.Report(TEXT)])
def test_analyse_many_is_not_for_one(one):
    with pytest.raises(TypeError, match="several texts"):
        sayso.analyse_many(one)


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
