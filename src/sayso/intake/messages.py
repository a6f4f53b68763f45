"""Messages: error, login and consent pages that were saved in place of a report."""

from __future__ import annotations

import re
from typing import Final

from sayso.intake.lexicon import patterns

# A message may be this many words long: with a first line that is nothing else; with one telling phrase where it
# opens, or two anywhere; with three (consent notices are wordy). Set so that no text of shared/data/polnear or
# shared/data/basil is taken for one.
_LINE_WORDS: Final = 60
_PHRASE_WORDS: Final = 120
_NOTICE_WORDS: Final = 300
_NOTICE_PHRASES: Final = 3


def message_in(text: str) -> str | None:
    """The telling words of *text*, if an error, login or consent message is all that it is; otherwise None."""
    head = text[: _NOTICE_WORDS * 12]
    if len(head) < len(text):
        return None
    words = len(head.split())
    if not words or words > _NOTICE_WORDS:
        return None
    lines = [line for line in (re.sub(r"\s+", " ", line).strip(" \t#*|-–—") for line in head.splitlines()) if line]
    if words <= _LINE_WORDS:
        for line in lines[:2]:
            if any(pattern.fullmatch(line) for pattern in patterns("message_line")):
                return line
    hits = [match for match in (pattern.search(head) for pattern in patterns("message_phrase")) if match]
    if not hits:
        return None
    first = min(hits, key=lambda match: match.start())
    opens = first.start() <= len(lines[0]) + 1
    if (words <= _PHRASE_WORDS and (opens or len(hits) > 1)) or len(hits) >= _NOTICE_PHRASES:
        return re.sub(r"\s+", " ", first.group())
    return None
