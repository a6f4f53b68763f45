"""Packing: values as they lie in the database, in few bytes, and back."""

from __future__ import annotations

import json
import zlib
from typing import Any, Final

from sayso.spans import Span, Spans

# The most bytes that one value may have unpacked: far beyond the longest text, and short of a computer's memory.
_MOST: Final = 1 << 28


def dumped(value: Any) -> str:
    """*value* as JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def packed(value: Any) -> bytes:
    """*value* as compressed JSON: for what belongs to a whole report, which says the same names over and over."""
    return zlib.compress(dumped(value).encode(), 9)


def unpacked(blob: bytes) -> Any:
    """What packed() was given, tuples as lists. Raises ValueError for what it did not make."""
    opened = zlib.decompressobj()
    try:
        plain = opened.decompress(blob, _MOST)
    except (zlib.error, TypeError) as error:
        raise ValueError(f"a packed value cannot be opened ({error})") from None
    if not opened.eof:
        raise ValueError("a packed value is cut short")
    return json.loads(plain)


def packed_spans(*parts: Spans) -> bytes:
    """Spans of several parts in about two bytes a span: how many in each part, then how far each lies from the end of the last, and its length."""
    out = bytearray()
    last = 0
    for spans in parts:
        _put(out, len(spans))
        for start, end in spans:
            _put(out, 2 * (start - last) if start >= last else 2 * (last - start) - 1)
            _put(out, end - start)
            last = end
    return bytes(out)


def unpacked_spans(blob: bytes, parts: int) -> tuple[Spans, ...]:
    """The spans of so many parts that packed_spans() was given. Raises ValueError for what it did not make."""
    numbers = _numbers(blob)
    out: list[Spans] = []
    last = at = 0
    try:
        for _ in range(parts):
            spans: list[Span] = []
            end = at + 1 + 2 * numbers[at]
            for k in range(at + 1, end, 2):
                step = numbers[k]
                start = last - (step + 1 >> 1) if step & 1 else last + (step >> 1)
                last = start + numbers[k + 1]
                spans.append((start, last))
            at = end
            out.append(tuple(spans))
    except IndexError:
        raise ValueError("spans are cut short") from None
    if at != len(numbers):
        raise ValueError("there are more spans than parts")
    return tuple(out)


def _put(out: bytearray, number: int) -> None:
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)


def _numbers(blob: bytes) -> list[int]:
    out = []
    number = shift = 0
    for byte in blob:
        if byte > 127:
            number |= (byte & 127) << shift
            shift += 7
        else:
            out.append(number | byte << shift)
            number = shift = 0
    if shift:
        raise ValueError("spans are cut short")
    return out


def id_number(one: str) -> int:
    """An id of sixteen hexadecimal digits as a number of SQLite's."""
    n = int(one, 16)
    return n - 2**64 if n >= 2**63 else n


def number_id(number: int) -> str:
    """The id that id_number() was given."""
    return f"{number % 2**64:016x}"


def is_id(one: str) -> bool:
    """Whether *one* may be an id of sixteen hexadecimal digits."""
    return len(one) == 16 and not set(one) - set("0123456789abcdef")
