"""Aging: whether a saying is sure enough to be given, seen from the day of publication."""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files
from typing import Any

from sayso.dates.saying import Saying


@cache
def fitted() -> dict[str, Any]:
    """What training/said_on.py fitted: two forests, the weights of a chance and of its day's age, and the chances from which on a day is given."""
    loaded: dict[str, Any] = json.loads((files("sayso.dates") / "said_on.json").read_text(encoding="utf-8"))
    return loaded


def aged(chance: float, days: int, *, is_day: bool, clause: bool) -> dict[str, float]:
    """What the weight of a chance depends on, seen from a publication *days* after the day told."""
    bounded = min(0.999, max(0.001, chance))
    odds = math.log(bounded / (1 - bounded))
    return {
        "odds": odds, "same day": float(days == 0), "day before": float(days == 1), "days before": float(2 <= days <= 3),
        "week": float(4 <= days <= 7), "long before": float(days > 7), "no day": float(not is_day), "odds of news": odds * (days <= 1),
        "clause": float(clause), "bias": 1.0,
    }  # fmt: skip


def is_given(saying: Saying, days: int | None, *, is_day: bool) -> bool:
    """Whether a saying is sure enough to be given, *days* before publication (None: that is not known)."""
    used = fitted()
    if days is None:
        return bool(saying.confidence >= used["given_undated"])
    told = aged(saying.confidence, days, is_day=is_day, clause=saying.how == "clause")
    odds = sum(used["ages"][name] * value for name, value in told.items())
    return bool(1 / (1 + math.exp(-odds)) >= used["given"])
