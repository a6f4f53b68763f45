"""Saying: the expression of a text that tells when a statement was made, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from sayso.dates.expression import TimeExpression
from sayso.dates.recogniser import is_day

#: Where it is told: in the clause of the cue; in the paragraph; or elsewhere, of the occasion (an interview, a speech) that the words come from.
Grounds = Literal["clause", "paragraph", "occasion"]
#: The confidence from which on a saying tells how an expression is meant.
_SURE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Saying:
    """The expression (index) that tells when a statement was made, on which grounds, and the chance that it does, as far as the text tells."""

    time: int
    how: Grounds
    confidence: float = 1.0


def as_past(times: Sequence[TimeExpression], said: Sequence[Saying | None]) -> tuple[TimeExpression, ...]:
    """*times*, the months and seasons in which something was said in the past, where the tense did not tell."""
    past = {s.time for s in said if s is not None and s.confidence >= _SURE}
    return tuple(
        replace(e, direction="past") if k in past and e.direction in ("near", "recent") and e.anchor == "published" and not is_day(e.pick) else e
        for k, e in enumerate(times)
    )
