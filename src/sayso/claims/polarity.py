"""Polarity: a content that negates what it says, as what it negates and a sign."""

from __future__ import annotations

import re
from typing import Final

_AUXILIARY: Final = r"is|are|was|were|be|been|has|have|had|will|would|could|can|should|may|might|must|did|does|do"
_NOT: Final = re.compile(
    rf"\b(?P<aux>{_AUXILIARY}|ca|wo)(?P<nt>n['’]t| ?not)\b"
    r"(?! (?:only|just|merely|simply|solely|exclusively|even|yet|necessarily|always|all|every|enough))"
    r"(?!(?<=should not) have\b)(?!(?<=shouldn.t) have\b)|"
    r"\b(?P<never>never|(?:fails|failed|failing|fail|refuses|refused|unable) to)\b|\b(?P<to>not)(?= to | being | having )", re.I
)
# "had no role", "there is no collusion": the noun is what is negated.
_NO: Final = re.compile(
    r"\b(?P<has>has|have|had|having|is|are|was|were|been|be)(?P<no> no) (?!longer|more than|less than|fewer than|doubt|matter|one\b|later)", re.I
)
_NEGATIVE: Final = re.compile(
    r"\b(?:not|never|no|none|nothing|nobody|neither|nor|without|hardly|cannot|(?:fail(?:s|ed|ing)?|refuse[sd]?|unable)(?= to\b)|denie\w*|deny|"
    r"denial)\b|n['’]t\b", re.I
)
_BUT: Final = re.compile(r"\bnot\b[^.;:]*\bbut\b|\bunless\b|\buntil\b", re.I)
_WHOLE: Final = {"ca": "can", "wo": "will"}
# A negation further in than this share of the content, or behind one of these words, negates some part of it.
_FAR: Final = 0.6
_INNER: Final = re.compile(r"\b(?:that|which|who|whom|whose|because|if|when|while|although|though|after|before|since|and|but|or)\b|[,;:–—]", re.I)
# What may stand before the main clause: "in Veldara, the army did not …".
_BEFORE: Final = re.compile(r"[^,;:–—]{1,40}?(?:,| [–—-]{1,2})(?= )")
_FINITE: Final = re.compile(rf"\b(?:{_AUXILIARY}|if|when|while|as|because|who|which|that|said|says)\b|\w\w(?:ed|es)\b", re.I)
# What goes with a negation and not without: "any ties"; "has never been seen having ties".
_ANY: Final = re.compile(r"\b(?:any(?! (?:more|longer)\b)(?: kind of| sort of)?|at all|whatsoever|ever)(?= |\Z)", re.I)
_SEEN: Final = re.compile(r"\b(has|have|had) been (?:seen|known|found|shown|observed|caught) (?:having|to have) ")
_FURTHER: Final = re.compile(
    r"(?:,? (?:when|after|because|which|who|although|though|while|since|unless|as some|despite|but|n?or (?:any|some) other)\b| [–—] |; )"
)


def affirmed(text: str) -> tuple[str, int]:
    """*text* without the one negation of its main clause, and -1; where it has none, or several, as it is, and 1."""
    if len(_NEGATIVE.findall(text)) != 1 or _BUT.search(text):
        return text, 1
    match = _NOT.search(text) or _NO.search(text)
    if match is None or match.start() > _FAR * len(text) or _INNER.search(text, _main(text), match.start()):
        return text, 1
    groups = match.groupdict()
    if groups.get("no"):
        start, end, put = match.start("no"), match.end("no"), ""
    elif groups.get("never") or groups.get("to"):
        start, end, put = match.start(), match.end() + 1, ""
    else:
        aux = match["aux"]
        start, end, put = match.start(), match.end(), _WHOLE.get(aux.lower(), aux)
    rest = text[end:]
    further = _FURTHER.search(rest, min(len(rest), 4))
    if further:
        rest = rest[: further.start()]  # what is negated is the main clause
    made = " ".join((text[:start] + put + _ANY.sub("", rest)).split()).rstrip(" ,;–—")
    made = _SEEN.sub(r"\1 ", made, count=1)
    return made[:1].upper() + made[1:], -1


def negates(text: str) -> bool:
    """Whether *text*, as affirmed() gives it, negates in its main clause still."""
    match = _NEGATIVE.search(text)
    return match is not None and _INNER.search(text, _main(text), match.start()) is None


def _main(text: str) -> int:
    """Where the main clause begins, as far as what stands before it has no verb."""
    before = _BEFORE.match(text)
    return before.end() if before and not _FINITE.search(before[0]) else 0
