"""Characters of outside text as a terminal may be shown them, and the cells that they take.

Nothing that steers a terminal passes: controls become their Unicode pictures (ESC becomes ␛), bidirectional embeddings,
overrides and isolates, lone surrogates, private and non-characters become "�", and what has neither width nor effect on the
letters around it (zero-width spaces, soft hyphens, tags) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from unicodedata import bidirectional, category

REPLACEMENT: Final = "�"
ELLIPSIS: Final = "…"
_JOINER: Final = "\u200d"
_NON_JOINER: Final = "\u200c"
#: Format characters that stand for something on the page: Arabic and Syriac number and verse signs, Kaithi number signs.
_VISIBLE_FORMATS: Final = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
_BIDI: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ANNOTATION: Final = frozenset("\ufff9\ufffa\ufffb")
#: The longest emoji that Unicode recommends for interchange (two people with skin tones, kissing) has ten code points.
_LONGEST_EMOJI: Final = 10
#: Characters that are one cell wide, stand alone and need no replacement: most of what Western reports are made of.
_SIMPLE: Final = re.compile("[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u20a0-\u20bf]*")
_SPACES: Final = re.compile(r"\s+")


class _Shown(dict[int, str]):
    """What each code point is shown as, worked out when first met; for str.translate."""

    def __missing__(self, code: int) -> str:
        shown = self[code] = _shown(chr(code))
        return shown


def _shown(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    kind = category(char)
    if kind == "Zs":
        return " "
    if kind in ("Cc", "Cs", "Co", "Zl", "Zp") or char in _BIDI or char in _ANNOTATION or (code & 0xFFFE) == 0xFFFE:
        return REPLACEMENT
    if kind == "Cf" and char not in _VISIBLE_FORMATS and char not in (_JOINER, _NON_JOINER):
        return ""
    return char


_SHOWN: Final = _Shown()


def is_simple(text: str) -> bool:
    """Whether every character of *text* is one cell wide and is shown as it is."""
    return _SIMPLE.fullmatch(text) is not None


def shown(text: str) -> str:
    """*text* with every character replaced by what is safe to print: tabs and line breaks too, by their pictures."""
    return text if is_simple(text) else text.translate(_SHOWN)


def clean(text: str) -> str:
    """*text* from outside as one harmless line: safe to print, white space and line breaks as single spaces.

    Meant for all that a message quotes: file names, titles, the words of a source.
    """
    line = " ".join(shown(_SPACES.sub(" ", text)).split())
    return f"◌{line}" if line and extends(line[0]) else line


def extends(char: str) -> bool:
    """Whether *char* takes no cell of its own but belongs to the one before it."""
    if char < "\u0300":
        return False
    from rich.cells import get_character_cell_size

    return get_character_cell_size(char) == 0


def clusters(text: str) -> list[tuple[str, int]]:
    """What stands in one place each (a letter with its accents, an emoji sequence), with its width in cells.

    *text* is as shown() gives it. Widths never come to less than `rich.cells.cell_len` finds for the whole.
    """
    if is_simple(text):
        return [(char, 1) for char in text]
    from rich.cells import cell_len, get_character_cell_size

    out: list[tuple[str, int]] = []
    for char in text:
        width = get_character_cell_size(char)
        if out:
            before, taken = out[-1]
            joined = before[-1] == _JOINER and width == taken == 2 and len(before) < _LONGEST_EMOJI
            if width == 0 or joined:
                whole = before + char
                out[-1] = (whole, max(taken, cell_len(whole[-_LONGEST_EMOJI:])) if char == "\ufe0f" else taken)
                continue
        out.append((char, width))
    return out


def cells(text: str) -> int:
    """Width of *text*, as shown() gives it, in terminal cells."""
    return len(text) if is_simple(text) else sum(width for _, width in clusters(text))


def cut(text: str, width: int) -> str:
    """*text*, as clean() gives it, in at most *width* cells: what does not fit gives way to an ellipsis."""
    if len(text) <= width and is_simple(text):
        return text
    kept: list[str] = []
    taken = room = 0  # cells of all that was looked at; characters of it that leave room for the ellipsis
    for cluster, size in clusters(text):
        taken += size
        if taken > width:
            return "".join(kept[:room]).rstrip(" ") + ELLIPSIS
        kept.append(cluster)
        if taken < width:
            room = len(kept)
    return text


def padded(text: str, width: int) -> str:
    """*text*, cut or filled with spaces to exactly *width* cells."""
    short = cut(text, width)
    return short + " " * (width - cells(short))


def is_right_to_left(text: str) -> bool:
    """Whether *text* holds letters that run from right to left, so that a terminal may reorder its lines."""
    return any(bidirectional(char) in ("R", "AL") for char in set(text))


def wrapped(text: str, width: int) -> Iterator[str]:
    """*text* as lines of at most *width* cells, broken at spaces; a word that is longer is cut."""
    current = ""
    for word in text.split(" "):
        if current and cells(current) + 1 + cells(word) > width:
            yield cut(current, width)
            current = word
        else:
            current = f"{current} {word}" if current else word
    if current:
        yield cut(current, width)
