"""Translations: stretches of one speaker, published about the same day, that render one utterance in quite other words.

Told by the encoder of contents (sayso.claims.encoder), which is taught on translations too.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

import numpy as np

from sayso.claims.encoder import Floats, shared_encoder
from sayso.quotes.speakers import SpeakerKey
from sayso.quotes.stretches import NEAR, Stretch

#: Words below which nothing is taken for a translation.
_FEWEST: Final = 7
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
    return a.speaker.id == b.speaker.id and a.report_id != b.report_id and abs(apart) <= NEAR


def vector(s: Stretch) -> Floats:
    """The vector (384) of what is quoted, as coarse as it is kept."""
    made: Floats = shared_encoder().vector(" ".join(s.text.split())).astype(np.float16).astype(np.float32)
    return made


class Translations:
    """Compares stretches; *vector_of* gives the vector of one, and is asked once for each."""

    def __init__(self, vector_of: Callable[[Stretch], Floats] = vector) -> None:
        self._vector_of = vector_of
        self._known: dict[str, Floats] = {}

    def __call__(self, a: Stretch, b: Stretch) -> float:
        return float(self._vector(a) @ self._vector(b))

    def are(self, a: Stretch, b: Stretch) -> bool:
        """Whether the two, of one quote, say the same in other words."""
        return may_be_one(a) and may_be_one(b) and compared(a, b) and self(a, b) >= ALIKE

    def _vector(self, s: Stretch) -> Floats:
        if s.key not in self._known:
            self._known[s.key] = self._vector_of(s)
        return self._known[s.key]
