"""Plain texts: what becomes the text of record, and which bytes are no text."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.intake import Found, Problem, find, open_found, read_reports
from sayso.intake.decoding import MAX_CHARACTERS, decode
from sayso.intake.problems import UnreadableError
from sayso.reports import Publication


def test_a_text_is_kept_character_for_character(saved, one):
    text = " \tThe ferry\r\nsails — “again”.\r\rThe mayor\x0b\u2028said\u200f \U0001f6a2 e\u0301\x07\x1b[1m\n\n"
    report = one(saved("a.txt", text))
    assert report.text == text
    assert report.origin == "a.txt"
    assert report.notes == ()
    assert report.publication == Publication()


def test_only_the_byte_order_mark_is_removed(saved, one, ferry):
    assert one(saved("a.txt", b"\xef\xbb\xbf" + ferry.encode())).text == ferry
    assert one(saved("b.txt", "\ufeff\ufeff" + ferry)).text == "\ufeff" + ferry
    assert one(saved("c.txt", ferry.encode("utf-16"))).text == ferry
    assert one(saved("d.txt", b"\xfe\xff" + ferry.encode("utf-16-be"))).text == ferry
    assert one(saved("e.txt", ferry.encode("utf-32"))).text == ferry


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1252", "windows-1252"), ("mac_roman", "mac-roman"), ("cp1251", "windows-1251"), ("big5", "big5")]
)
def test_another_encoding_is_told_and_said(saved, one, ferry, encoding, name):
    text = {
        "cp1251": "Мэр Хальде заявила в понедельник, что старый паром снова выйдет в море до зимы. Рыбаки отрицали это. ",
        "big5": "哈爾德市長星期一表示，舊渡輪將在冬天之前再次啟航。漁民否認他們封鎖了港口。",
    }.get(encoding, ferry.replace("Inga", "Ingà")) * 2
    report = one(saved("a.txt", text.encode(encoding)), languages=None)
    assert report.text == text
    assert report.notes == (f"decoded as {name}: not UTF-8",)


def test_damaged_utf_8_is_not_taken_for_another_encoding(saved, one, ferry):
    report = one(saved("a.txt", ferry.encode() + b" \xff The mayor\xe2\x80 left."))
    assert report.text == ferry + " \ufffd The mayor\ufffd left."
    assert report.notes == ("damaged UTF-8: 2 broken places replaced by U+FFFD",)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive or an Office document"),
        (b"\x89PNG\r\n\x1a\n\x00", "a PNG image"),
        (b"\x1f\x8b\x08\x00", "compressed (gzip)"),
        (b"{\\rtf1\\ansi The ferry}", "an RTF document"),
        (b"The ferry\x00sails", "binary: a NUL byte at offset 9"),
        (b"\x01\x02\x03 ferry \x04\x05\x06", "binary: too many control characters"),
        (b"\xff\xfeT\x00h\x00e\x00 ", "broken UTF-16 at byte 8"),
        (b"<?xml version='1.0'?><nitf/>", "XML"),
    ],
)
def test_what_is_no_text_is_named_for_what_it_is(saved, refused, raw, reason):
    assert refused(saved("a.txt", raw)) == ("a.txt", reason)


def test_a_text_that_is_too_long_is_named(saved, refused):
    saved("a.txt", b"a ferry " * (MAX_CHARACTERS // 8 + 1))
    assert refused("a.txt") == ("a.txt", "longer than 20 million characters")


def test_a_file_that_is_too_large_is_not_taken_into_memory(saved, refused):
    with Path(saved("a.txt", b"ferry")).open("r+b") as stream:
        stream.truncate(90_000_000)
    assert refused("a.txt") == ("a.txt", "larger than 80 MB")


def test_a_file_that_is_gone_or_exchanged_since_it_was_listed_is_named(saved):
    saved("a.txt", "The ferry sails again.")
    saved("b.txt", "The ferry sails again.")
    a, b = find(["a.txt", "b.txt"])
    Path("a.txt").unlink()
    Path("b.txt").unlink()
    os.mkfifo("b.txt")
    assert isinstance(a, Found) and isinstance(b, Found)
    assert [made.reason for made in open_found(a)] == ["gone since it was listed"]
    assert [made.reason for made in open_found(b)] == ["not a file but a named pipe"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_named(saved, refused):
    Path(saved("a.txt", "The ferry sails again.")).chmod(0)
    assert refused("a.txt") == ("a.txt", "no permission to read it")


def test_the_rest_is_read_when_one_cannot_be(saved, ferry):
    saved("r/1.txt", ferry)
    saved("r/2.txt", b"\x00")
    saved("r/3.txt", ferry)
    assert [(type(made) is Problem, made.origin) for made in read_reports(["r"])] == [
        (False, "r/1.txt"),
        (True, "r/2.txt"),
        (False, "r/3.txt"),
    ]


def test_reading_twice_gives_the_same(saved, ferry):
    saved("r/1.txt", ferry)
    saved("r/2.jsonl", '{"text": "The ferry sails again."}\nbroken\n')
    assert list(read_reports(["r"])) == list(read_reports(["r"]))


@given(st.text(min_size=1).filter(lambda text: not text.startswith(("\ufeff", "\0"))), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_decoding_gives_back_what_was_encoded(text, encoding):  # a mark and a NUL of two bytes are the mark of four
    try:
        decoded = decode(text.encode(encoding))
    except UnreadableError as error:  # NUL, too many control characters, or a text that begins like another format
        assert encoding in ("utf-8", "utf-8-sig")
        assert error.advice
    else:
        assert decoded.text == text


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ABCDEFG.,\n", min_size=40), st.integers(1, 3), st.sampled_from("“”’–é£€"))
def test_western_texts_come_back_from_windows_1252(text, count, mark):
    text = text + " " + f"{mark} " * count
    assert decode(text.encode("cp1252")).text == text


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_named(raw):
    try:
        decoded = decode(raw)
    except UnreadableError as error:
        assert error.reason and error.advice
    else:
        decoded.text.encode("utf-8")
