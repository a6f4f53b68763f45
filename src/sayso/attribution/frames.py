"""Frames: words that attribute in whatever report they stand, and are asked about though the network saw no cue: "accused Holt of lying"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.language.quotation import Stretch, stretch_at
from sayso.spans import Span

_HAS = r"(?:(?:has|have|had) )?(?:(?:also|again|then|later|repeatedly|since|now) )?"
# Whom one accuses, urges or calls on.
_WHOM = r"(?: (?!by\b|of\b|to\b|that\b)[\w’'.&-]+){1,10}?"
_FRAME = re.compile(
    rf"\b{_HAS}(?:accus(?:ed|es|ing)(?={_WHOM} of\b)|asked(?={_WHOM}(?:, [^,.;:]{{3,60}},)? to\b)|"
    rf"call(?:ed|s|ing) (?:up)?on(?={_WHOM} (?:not )?to\b)|urg(?:ed|es|ing)(?={_WHOM} (?:not )?to\b)|"
    r"appeal(?:ed|ing)(?= (?:to|for)\b)|(?:brand(?:s|ed)|label(?:s|ed|led)|dub(?:s|bed)|call(?:s|ed))(?= (?:[\w’'-]+ ){1,5}(?:an? |as )?[“\"‘'])|"
    r"(?:demand|insist|argu|claim|warn|alleg|declar|announc|acknowledg|admitt|confirm|assert|contend|complain|predict|stress|promis|vow|"
    r"conced|maintain|conclud|repli|respond|explain)(?:ed|es|s|ing)(?= that\b)|(?:denied|denies|disputes|disputed)(?= having\b)|"
    r"(?:takes?|took|has|had|have|offers|offered|gave|gives) (?:an?|another) (?:[a-z]+ ){0,2}"
    r"(?:view|explanation|answer|theory|message|warning|verdict|reply)(?=(?: (?:for|to) [\w ’']{2,30})?: )|"
    r"(?:admits|replies|denies|denied|denying|says|said|saying|warns|tells|wrote|writes|writing)(?= that\b))(?![\w’'-])|"
    r"\b(?:(?:has|have|had) been|was|were|is being|are being) (?:urged|accused|criticised|criticized|condemned|denounced|blamed|dismissed|rejected|"
    r"praised|welcomed|contradicted|disputed)(?= by\b)"
)
# What stands before who suffers it, or before a noun: "was accused", "their claims".
_NOT_FINITE = re.compile(
    r"(?i)\b(?:is|are|was|were|be|been|being|get|gets|got|stands?|stood|to|would|will|could|should|may|might|must|can|not|never|"
    r"the|a|an|his|her|their|its|our|my|no|any|of|those|which|by|for|about|over|with)(?: \w+ly)? \Z|[’']s? \Z|n[’']t \Z"
)


def frames(text: str, stretches: Sequence[Stretch]) -> list[Span]:
    """Where cues stand in *text* by the words that follow them, outside quotation marks."""
    return [found.span() for found in _FRAME.finditer(text) if framed(text, stretches, found.start())]


def framed(text: str, stretches: Sequence[Stretch], at: int) -> bool:
    """Whether the cue that begins at *at* attributes by the words that follow it."""
    if _FRAME.match(text, at) is None or _NOT_FINITE.search(text, max(0, at - 30), at) is not None:
        return False
    return stretch_at(stretches, at) is None
