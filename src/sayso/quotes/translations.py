"""Translations: stretches of one speaker, published about the same day, that render one utterance in quite other words.

Told by the encoder of contents (sayso.claims.encoder), which is taught on translations too.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np

from sayso.claims.encoder import Floats, shared_encoder
from sayso.quotes.speakers import SpeakerKey
from sayso.quotes.stretches import Stretch

#: Words below which nothing is taken for a translation; and days within which the same was said.
_FEWEST: Final = 7
DAYS: Final = 3
#: How alike two renderings are (cosine). Chosen on one labelled story, scored on another (benchmarks/quotes.py).
ALIKE: Final = 0.8
# Those of whom each is its own.
_NOBODY: Final = frozenset(("anonymous", "group"))


def may_be_one(s: Stretch) -> bool:
    """Whether *s* is long enough, its day known, and its speaker somebody, to be looked at."""
    return s.published is not None and len(s.words) >= _FEWEST and isinstance(s.speaker, SpeakerKey) and s.speaker.kind not in _NOBODY


def compared(a: Stretch, b: Stretch) -> bool:
    """Whether the two, both of which may be one, are of one speaker and time, and of different reports."""
    assert isinstance(a.speaker, SpeakerKey) and isinstance(b.speaker, SpeakerKey) and a.published is not None and b.published is not None
    apart = (date.fromisoformat(a.published[:10]) - date.fromisoformat(b.published[:10])).days
    return a.speaker.id == b.speaker.id and a.report_id != b.report_id and abs(apart) <= DAYS


def vector(s: Stretch) -> Floats:
    """The vector (384) of what is quoted, as coarse as it is kept."""
    made: Floats = shared_encoder().vector(" ".join(s.text.split())).astype(np.float16).astype(np.float32)
    return made


class Translations:
    """Compares stretches; each vector is made, or taken from *known* (by the key of the stretch), once."""

    def __init__(self, known: dict[str, Floats] | None = None) -> None:
        self._known = {} if known is None else known

    def __call__(self, a: Stretch, b: Stretch) -> float:
        return float(self._vector(a) @ self._vector(b))

    def _vector(self, s: Stretch) -> Floats:
        if s.key not in self._known:
            self._known[s.key] = vector(s)
        return self._known[s.key]


def is_translation(a: Stretch, b: Stretch) -> bool:
    """Whether the two, of one quote, say the same in other words."""
    return may_be_one(a) and may_be_one(b) and compared(a, b) and Translations()(a, b) >= ALIKE
