"""Line marks: the times of a live report's entries, at the beginning of a line. They are part of no sentence."""

from __future__ import annotations

import re
from typing import Final

from sayso.spans import Spans

_MARK: Final = re.compile(
    r"^[ \t]{0,12}\d{1,2}[.:]\d{2}(?:[ ]?[ap]\.?m\.?)?(?: ?(?:GMT|UTC|BST|CES?T|[ECMP][DS]?T|IST))?[ \t]+(?=[A-Z“\"‘'][^\n])", re.MULTILINE
)


def line_marks(text: str) -> Spans:
    """Where line marks stand in *text*, with the spaces behind them; in order."""
    return tuple(match.span() for match in _MARK.finditer(text))
