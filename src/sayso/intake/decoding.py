"""Decoding: from bytes to a text of record."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from sayso.intake.problems import UnreadableError

MAX_CHARACTERS: Final = 20_000_000
#: No text of MAX_CHARACTERS is longer in UTF-8 (four bytes a character, and a byte order mark).
MAX_BYTES: Final = 4 * MAX_CHARACTERS + 4

_SAVE_AS_TEXT: Final = "save it as plain text (UTF-8) first"
_MARKS: Final = (  # UTF-32 first: its little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC: Final = (
    (b"%PDF-", "a PDF", "save it as text first, for instance with pdftotext"),
    (b"PK\x03\x04", "a ZIP archive or an Office document", "unpack it, or save the document as plain text"),
    (b"\x1f\x8b", "compressed (gzip)", "unpack it first, for instance with gunzip"),
    (b"BZh", "compressed (bzip2)", "unpack it first, for instance with bunzip2"),
    (b"\xfd7zXZ\x00", "compressed (xz)", "unpack it first, for instance with unxz"),
    (b"\x28\xb5\x2f\xfd", "compressed (zstd)", "unpack it first, for instance with unzstd"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it first"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document", _SAVE_AS_TEXT),
    (b"{\\rtf", "an RTF document", _SAVE_AS_TEXT),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", "give its text: sayso reads no images"),
    (b"\xff\xd8\xff", "a JPEG image", "give its text: sayso reads no images"),
    (b"GIF8", "a GIF image", "give its text: sayso reads no images"),
    (b"SQLite format 3\x00", "a SQLite database", "a record is read with the other sayso commands, not with read"),
    (b"\x7fELF", "a program", "pass a text, an HTML page or JSON Lines"),
)
# More than this share of control characters, line ends and tabs aside, and the file is no text.
_CONTROL_SHARE: Final = 0.05
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Single-byte encodings of western texts, tried in this order before any detection: on a text with few letters
# beyond ASCII, charset-normalizer often takes one of their many relatives.
_WESTERN: Final = ("cp1252", "mac_roman")
_SAMPLE: Final = 65_536
# A western text has at most this share of accented letters among its letters, and of its other characters beyond
# ASCII at most this share out of place; tried on English, French, German and Spanish texts of our own.
_ACCENTED_SHARE: Final = 0.2
_MISPLACED_SHARE: Final = 0.05
_PUNCTUATION: Final = frozenset("“”‘’–—…•€£¥§©®°·«»‹›¿¡ºª½¼¾´†™\u00a0±×")
_MISPLACED_CAPITAL: Final = re.compile(r"(?<=[a-zà-öø-ÿ.,!?])[À-ÖØ-ÞŠŽŒŸ]")


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    notes: tuple[str, ...] = ()


def decode(raw: bytes, declared: str | None = None) -> Decoded:
    """The text in *raw*: its byte order mark removed, otherwise character for character as it came.

    *declared* is the encoding that the document itself names; valid UTF-8 is taken as such whatever it says.
    Raises UnreadableError for bytes that are no text, or in no encoding that can be told.
    """
    for magic, what, advice in _MAGIC:
        if raw.startswith(magic):
            raise UnreadableError(what, advice)
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _marked(raw, encoding)
    if b"\x00" in raw:
        raise UnreadableError(
            f"binary: a NUL byte at offset {raw.index(0)}", "if it is a UTF-16 text, save it as UTF-8; otherwise leave it out"
        )
    decoded = _unmarked(raw, declared)
    sample = decoded.text[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) > _CONTROL_SHARE * len(sample):
        raise UnreadableError("binary: too many control characters", "pass a text, an HTML page or JSON Lines")
    return decoded


def checked(text: str) -> str:
    """*text*, if it can be a text of record. Raises UnreadableError if it is empty, too long or not storable as UTF-8."""
    if not text or text.isspace():
        raise UnreadableError("empty", "leave it out, or fetch its text again")
    if len(text) > MAX_CHARACTERS:
        raise UnreadableError(f"longer than {MAX_CHARACTERS // 1_000_000} million characters", "split it into single reports")
    if "\x00" in text:
        raise UnreadableError(f"a NUL character at offset {text.index(chr(0))}", "remove it")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnreadableError(
            f"half a surrogate pair (U+{ord(text[error.start]):04X}) at offset {error.start}", "repair the escape, or remove it"
        ) from None
    return text


def _marked(raw: bytes, encoding: str) -> Decoded:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8-sig":
            return _repaired(raw[len(codecs.BOM_UTF8) :]) or _undecodable()
        raise UnreadableError(f"broken {encoding.upper()} at byte {error.start}", "save it again, as UTF-8") from None
    return Decoded(text, () if encoding == "utf-8-sig" else (f"decoded as {encoding}",))


def _unmarked(raw: bytes, declared: str | None) -> Decoded:
    try:
        return Decoded(raw.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if declared is not None:
        try:
            return Decoded(raw.decode(declared))
        except (LookupError, UnicodeError):
            pass
    repaired = _repaired(raw)
    if repaired is not None:
        return repaired
    for encoding in _WESTERN:
        text = _strictly(raw, encoding)
        if text is not None and _western(text):
            return _said(text, encoding)
    # Imported here: most runs meet nothing but UTF-8.
    from charset_normalizer import from_bytes

    best = from_bytes(_foreign_lines(raw)).best()
    text = _strictly(raw, best.encoding) if best is not None else None
    return _said(text, best.encoding) if best is not None and text is not None else _undecodable()


def _repaired(raw: bytes) -> Decoded | None:
    """UTF-8 with some damage: more whole characters beyond ASCII than broken ones, the longer ones proving more."""
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd") - raw.count("\ufffd".encode())
    whole = sum(len(char.encode()) for char in text if char > "\x7f" and char != "\ufffd")
    if whole <= 2 * broken:
        return None
    return Decoded(text, (f"damaged UTF-8: {broken} broken place{'s' if broken > 1 else ''} replaced by U+FFFD",))


def _undecodable() -> Decoded:
    raise UnreadableError("in an encoding that cannot be told", "save it as UTF-8")


def _strictly(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (LookupError, UnicodeError):
        return None


def _said(text: str, encoding: str) -> Decoded:
    name = encoding.replace("_", "-")
    if name.startswith("cp125"):
        name = "windows-" + name.removeprefix("cp")
    return Decoded(text, (f"decoded as {name}: not UTF-8",))


def _western(text: str) -> bool:
    foreign = [char for char in text if char > "\x7f"]
    accented = sum(1 for char in foreign if char.isalpha() and char not in "ªº")
    misplaced = sum(1 for char in foreign if not char.isalpha() and char not in _PUNCTUATION)
    misplaced += len(_MISPLACED_CAPITAL.findall(text))
    letters = sum(1 for char in text if char.isalpha())
    return accented <= _ACCENTED_SHARE * letters and misplaced <= _MISPLACED_SHARE * len(foreign)


def _foreign_lines(raw: bytes) -> bytes:
    """Up to 64 KB of the lines that hold bytes beyond ASCII: what can tell the encoding."""
    out: list[bytes] = []
    size = 0
    for line in raw.splitlines(keepends=True):
        if not line.isascii():
            out.append(line[: _SAMPLE - size])
            size += len(out[-1])
            if size >= _SAMPLE:
                break
    return b"".join(out)
