"""Inserted words: what of a content's text stands in brackets, because it is not what the source said there."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

_BRACKETS: Final = str.maketrans("", "", "[]")
_EDGE: Final = "“”„«»\"'‘’`.,;:!?()[]—–-…"
_GIVEN: Final = re.compile(r"\[[A-Z][\w’'.-]*\] (?=[A-Z])")
_END: Final = re.compile(r"[.,;:!?…]+\Z")


def bracketed(text: str, said: str) -> str:
    """*text* with brackets around the words that *said* has not, in its order; case and marks at the edges of words aside."""
    words = text.translate(_BRACKETS).split()
    matcher = SequenceMatcher(None, [_bare(w) for w in said.translate(_BRACKETS).split()], [_bare(w) for w in words], autojunk=False)
    out: list[str] = []
    for what, _, _, start, end in matcher.get_opcodes():
        some = " ".join(words[start:end])
        if some and what != "equal" and any(map(_bare, words[start:end])):
            tail = _END.search(some)
            at = tail.start() if tail else len(some)
            some = f"[{some[:at]}]{some[at:]}"
        if some:
            out.append(some)
    return " ".join(out)


def unbracketed(text: str) -> str:
    """*text* as it is compared: inserted words like all others."""
    return text.translate(_BRACKETS)


def as_label(text: str) -> str:
    """*text* as a heading: without given names put in before the source's own name ("[Rex] Tillerson")."""
    return _GIVEN.sub("", text)


def _bare(word: str) -> str:
    return word.strip(_EDGE).lower().replace("’", "'")
