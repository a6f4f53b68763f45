"""Filters: what is asked for when a record is asked for its statements."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sayso.errors import SaysoError
from sayso.spans import GAP
from sayso.statements import FORMS, STANCES, acts


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words for source, content and whole, and where the actors that the words may mean are heard (None: not asked for)."""

    speaker: str
    about: str
    text: str
    by: dict[str, set[int]] | None
    of: dict[str, set[int]] | None
    side: dict[str, set[int]] | None
    since: str | None
    until: str | None

    @property
    def words(self) -> bool:
        """Whether any words are to be looked for."""
        return bool(self.speaker or self.about or self.text)

    def may_hold(self, report_id: str) -> bool:
        return self.side is None or report_id in self.side

    def holds(self, report_id: str, number: int, parts: list[str | None]) -> bool:
        return (
            (self.side is None or number in self.side.get(report_id, ()))
            and (self.by is None or number in self.by.get(report_id, ()) or _has(parts[0], self.speaker))
            and (self.of is None or number in self.of.get(report_id, ()) or _has(parts[2], self.about))
            and self.text in fold(" ".join(filter(None, parts)))
        )


    def said_then(self, known: tuple[str, str] | None, published: str | None) -> bool:
        """Whether a statement may have been made on the days asked for: *known* are the first and last day that the text tells for it.

        Where it does not tell, the day of publication stands for it; where that is not known either, it is not.
        """
        if self.since is None and self.until is None:
            return True
        if known is None:
            if published is None:
                return False
            known = published[:10], published[:10]
        return (self.since is None or known[1] >= self.since) and (self.until is None or known[0] <= self.until)


def _has(value: str | None, words: str) -> bool:
    """Whether *value* has these words, folded, and whole: "us" does not stand in "Russia"."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", fold(value)) is not None


def statement_query(
    *, form: str | None, act: str | None, stance: str | None, min_confidence: float, nested: bool | None
) -> tuple[str, list[Any]]:  # fmt: skip
    """The query for one report's statements, number and packed parts, and its values but the first, the number of the report.

    Raises SaysoError for a filter that cannot be.
    """
    conditions = statement_conditions(form=form, act=act, stance=stance, min_confidence=min_confidence, nested=nested)
    where = " AND ".join(["report = ?", *(condition for condition, _ in conditions)])
    values = [value for _, some in conditions for value in some]
    return f"SELECT number, parts FROM statements WHERE {where} ORDER BY number", values


def statement_conditions(
    *, form: str | None, act: str | None, stance: str | None, min_confidence: float, nested: bool | None
) -> list[tuple[str, list[Any]]]:  # fmt: skip
    """Conditions on the columns of a statement, each with its values. Raises SaysoError for a filter that cannot be."""
    where: list[tuple[str, list[Any]]] = []
    for name, value, allowed in (("form", form, FORMS), ("act", act, tuple(acts())), ("stance", stance, STANCES)):
        if value is not None:
            if value not in allowed:
                raise SaysoError(f"there is no {name} {value!r}", "It is one of: " + ", ".join(allowed))
            where.append((f"manner IN (SELECT manner FROM manners WHERE {name} = ?)", [value]))
    if not 0 <= min_confidence <= 1:
        raise SaysoError(f"a confidence of {min_confidence} cannot be", "Give a number from 0 to 1")
    if min_confidence > 0:
        where.append(("confidence >= ?", [min_confidence]))
    if nested is not None:
        where.append((f"parent IS {'NOT ' if nested else ''}NULL", []))
    return where


# Quotation marks and apostrophes that are typed and printed in several shapes.
_MARKS: Final = str.maketrans({**dict.fromkeys("‘’‚‛`´ʼ", "'"), **dict.fromkeys("“”„‟«»", '"')})


def fold(value: str | None) -> str:
    """*value* without what readers do not tell apart: case, widths, shapes of quotation marks, line breaks and other gaps."""
    return "" if value is None else " ".join(unicodedata.normalize("NFKC", value.replace(GAP, " ").translate(_MARKS)).casefold().split())


def day(value: str | None) -> str | None:
    try:
        return None if value is None else date.fromisoformat(value).isoformat()
    except ValueError:
        raise SaysoError(f"{value!r} is not a day", "Give YYYY-MM-DD") from None
