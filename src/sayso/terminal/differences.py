"""Differences between two wordings on the terminal, told without colour: [-left out-] {+put in+} ~elsewhere~ (+more+)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from sayso.terminal.characters import clean
from sayso.terminal.styles import Run

_CUT: Final = "31"
_PUT_IN: Final = "32"
_MOVED: Final = "36"
_BEYOND: Final = "34"


def difference(pieces: Iterable[tuple[str, str, str]]) -> Iterator[Run]:
    """*pieces*, each a kind and the words of either wording, as one line of runs."""
    first = True
    for kind, before, after in pieces:
        if not first:
            yield " ", ""
        first = False
        old, new = clean(before), clean(after)
        if kind == "same":
            yield new, ""
        elif kind == "moved":
            yield (f"~{new}~", _MOVED) if new else (f"[-{old}-]", _CUT)
        elif kind == "beyond":
            yield f"(+{new}+)", _BEYOND
        else:
            if old:
                yield f"[-{old}-]", _CUT
            if new:
                yield f"{{+{new}+}}", _PUT_IN
