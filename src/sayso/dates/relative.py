"""Relative words: how an expression's meaning is told where no day of publication is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sayso.dates.expression import TimeExpression

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SEASONS: Final = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
_UNITS: Final = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year", "E": "decade", "C": "century"}
_SIDES: Final = {"past": "on or before", "recent": "nearest to", "before": "before", "future": "on or after", "after": "after", "near": "nearest to"}


def relative(times: Sequence[TimeExpression], index: int, text: str) -> str | None:
    """The expression *index* of *text* in words that need no day of publication ("the Monday on or before publication"); None if there are none."""
    e = times[index]
    if e.problem or (e.anchor == "none") or (e.anchor == "told" and e.told is None):
        return None
    hook = "publication" if e.anchor == "published" or e.told is None else f"“{text[slice(*times[e.told].span)]}”"
    named = _name(e.pick)
    if e.shift is None:
        return None if named is None else f"the {named} {_SIDES[e.direction]} {hook}"
    n, unit = e.shift
    whole = _shifted(n, _UNITS[unit], hook)
    return f"the {named} of {whole}" if named is not None else whole


def _name(pick: str) -> str | None:
    base = pick.split("@")[0].split("/")[0]
    if base.startswith("XXXX-WXX-"):
        return "weekend" if base.endswith("WE") else _DAYS[int(base[9:]) - 1]
    if base[5:] in _SEASONS:
        return _SEASONS[base[5:]]
    parts = base.split("-")[1:]
    if all(p.isdigit() for p in parts) and parts:
        month = _MONTHS[int(parts[0]) - 1]
        return month if len(parts) == 1 else f"{int(parts[1])} {month}"
    return "day of that name" if base.startswith("XXXX") else None


def _shifted(n: int, unit: str, hook: str) -> str:
    if n == 0:
        return f"the {unit} of {hook}"
    side = "before" if n < 0 else "after"
    if abs(n) == 1:
        return f"the {unit} {side} {hook}" if unit == "day" else f"the {unit} {side} that of {hook}"
    return f"{abs(n)} {unit}s {side} {hook}"
