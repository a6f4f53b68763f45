"""Amounts: how many or how much a content says it was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

#: Numbers that are written out and count things.
WRITTEN: Final = {w: n for n, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1) if n > 1}
_SCALES: Final = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_AMOUNT: Final = re.compile(
    r"(?i)(?P<bound>at least|more than|over|above|no fewer than|up to|fewer than|less than|under|nearly|almost|about|around|some|roughly|"
    r"approximately)?"
    r"\s?(?<![\w.,-])[$£€]?(?P<number>\d[\d,]*(?:\.\d+)?|" + "|".join(WRITTEN) + r")(?![\w]*-)"
    r"(?:\s(?P<scale>hundred|thousand|million|billion|trillion))?"
    r"(?P<after>\s?%|\s(?:percent|per cent))?\b(?!(?:st|nd|rd|th)\b)"
)
# Numbers that count nothing: years, days of a month, times.
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\.?"
_NO_AMOUNT: Final = re.compile(
    rf"(?i)\b(?:19|20)\d\d\b|\b{_MONTH} \d{{1,2}}\b|\b\d{{1,2}} {_MONTH}|\b\d{{1,2}}[:.]\d\d\b|\b\d{{1,2}} ?[ap]\.?m\b|\b\d+-year-old"
)
_AT_LEAST: Final = frozenset(("at least", "more than", "over", "above", "no fewer than"))
_AT_MOST: Final = frozenset(("up to", "fewer than", "less than", "under", "nearly", "almost"))
_ABOUT: Final = 0.15


@dataclass(frozen=True, slots=True)
class Figure:
    """One amount in a content: the least and the most that it may be, and its words."""

    low: float
    high: float
    words: str


def figure_of(text: str) -> tuple[Figure, str] | None:
    """The only amount in *text*, and the text without it; None where there is none, or several."""
    plain = _NO_AMOUNT.sub(lambda m: "#" * len(m[0]), text)
    found = list(_AMOUNT.finditer(plain))
    if len(found) != 1:
        return None
    m = found[0]
    raw = m["number"].lower().replace(",", "")
    value = float(WRITTEN.get(raw) or raw) * _SCALES.get((m["scale"] or "").lower(), 1)
    bound = (m["bound"] or "").lower()
    low = value if bound in _AT_LEAST else 0.0 if bound in _AT_MOST else value * (1 - _ABOUT) if bound else value
    high = float("inf") if bound in _AT_LEAST else value if bound in _AT_MOST else value * (1 + _ABOUT) if bound else value
    masked = " ".join(f"{text[: m.start()]} {text[m.end() :]}".split())
    return Figure(low, high, text[m.start() : m.end()].strip()), masked


def excluding(a: Figure, b: Figure) -> bool:
    """Whether both cannot be so."""
    return a.high < b.low or b.high < a.low
