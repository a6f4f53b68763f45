"""Link text: titles of other reports that a page's own links left in the middle of a sentence.

Some outlets put a person's full name and the titles of what else they have on him behind his name, with no space where a title
begins: "Ann Lee Ann Mary LeeTown opens bridge Mill sold MORE said". Nobody says that there.
"""

from __future__ import annotations

import re
from typing import Final

from sayso.spans import Spans

_LINKED: Final = re.compile(
    r"(?<![\w.’'-])(?=[A-Z][\w.’'-]{0,30} (?P<last>[A-Z][\w’'-]{1,30})"
    r"(?P<titles> (?:[A-Z(][\w.()’'-]{0,30} ){0,4}?(?P=last)(?=[A-Z0-9 ])[^\n]{10,600}?\bMORE)\b)"
)
_NAME: Final = 40  # characters of a name and what stands before it: "Senator Ann | Lee", "Ann | Lee"


def link_text(text: str) -> Spans:
    """Where link text stands in *text*, with the spaces around it; in order."""
    if "MORE" not in text:
        return ()
    found: dict[int, int] = {}  # where titles begin, by where they end
    for match in _LINKED.finditer(text):
        start, end = match.span("titles")
        if start - found.get(end, start) <= _NAME:
            found[end] = start
    return tuple((start, end + text[end : end + 1].isspace()) for end, start in sorted(found.items()))


def blanked(text: str, spans: Spans) -> str:
    """*text* with blanks for what *spans* hold: as long as before."""
    out, last = [], 0
    for start, end in spans:
        out += [text[last:start], " " * (end - start)]
        last = end
    return "".join([*out, text[last:]])
