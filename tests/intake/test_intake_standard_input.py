"""Standard input: a text, a page or JSON Lines, told apart by how it begins."""

import io
import os

import pytest

from sayso.intake import Problem, read_reports
from sayso.reports import Publication


def outcome(stream, **options):
    return [(made.origin, made.reason if isinstance(made, Problem) else made.text) for made in read_reports(["-"], stdin=stream, **options)]


def test_a_text(ferry):
    (report,) = read_reports(["-"], stdin=io.BytesIO(ferry.encode()), given=Publication(outlet="The Halde Courier"))
    assert (report.text, report.origin, report.publication.outlet) == (ferry, "-", "The Halde Courier")


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"\n \n", b" " * 20_000])
def test_json_lines(start):
    blank = start.count(b"\n")
    stream = io.BytesIO(start + b'{"text": "One sails."}\n{"text"\n{"text": "Two sail."}\n')
    assert [origin for origin, _ in outcome(stream)] == [f"-:{n + blank}" for n in (1, 2, 3)]


def test_an_object_over_several_lines():
    assert outcome(io.BytesIO(b'{\n "text": "One sails."\n}\n')) == [("-", "One sails.")]


def test_a_page(page):
    ((origin, text),) = outcome(io.BytesIO(page().encode()))
    assert origin == "-"
    assert text.startswith("Ferry of Halde to sail again\n\n")


@pytest.mark.parametrize("raw", [b"", b"  \n"])
def test_nothing(raw):
    assert outcome(io.BytesIO(raw)) == [("-", "empty")]


def test_rows_of_a_pipe_come_before_it_ends():
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb") as stream, os.fdopen(writer, "wb") as feed:
        feed.write(b'{"text": "One sails."}\n')
        feed.flush()
        reading = read_reports(["-"], stdin=stream)
        assert next(reading).text == "One sails."
        reading.close()


def test_the_caller_s_stream_stays_open():
    stream = io.BytesIO(b"The ferry sails again.")
    list(read_reports(["-"], stdin=stream))
    assert not stream.closed
