"""What is wanted or foreseen that somebody say: nobody has said it ("urged Orlan to veto the bill")."""

from __future__ import annotations

import re

from sayso.attribution.lemmas import lemma

_WANTED = frozenset(("demand", "propose", "want", "ask"))
_FORESEEN = frozenset(("predict", "suggest"))
_TO = re.compile(r"(?:\s*(?:,|\b(?:not|also|\w+ly|(?:on )?[A-Z]\w+day|(?:last|this|next) \w+)\b))*\s*\bto(?:\s+(?:not|also|\w+ly))*\s*", re.I)
_MODAL = re.compile(r"\b(?:will|would|might|may|could|should|shall|wo(?=n[’']t))(?:n[’']t)?\b(?:\s+(?:not|never|also|soon|be|have|\w+ly))*\s*", re.I)
_WORD = re.compile(r"[^\W\d_]+")


def is_unsaid(text: str, act: str, around: int, source: tuple[int, int] | None, cue: tuple[int, int]) -> bool:
    """Whether what *cue* attributes to *source* is only what a statement of *act*, whose cue ends at *around*, wants or foresees.

    It wants it of whom it speaks to: of the source right after its cue, with the inner cue an infinitive ("to") or, after "that", a subjunctive.
    """
    if source is None and f"{text[around : cue[0]]} {text[slice(*cue)]}".lower().split()[:1] == ["to"] and cue[0] - around < 6:
        return True  # "refused | to rule out": what he does himself with the words of another cue
    if act in _FORESEEN and _modal(text, source, cue):
        return True
    if act == "predict" and source is not None and around <= source[0] and not text[around : source[0]].strip():
        return (to := _TO.match(text, source[1])) is not None and to.end() >= cue[0]  # "expects Orlan to explain"
    if act not in _WANTED:
        return False
    first = _WORD.search(text, *cue)
    if first is None:
        return False
    if source is None:  # an imperative: it opens a sentence or a quotation
        before = text[max(0, cue[0] - 3) : cue[0]].rstrip()
        return before[-1:] in tuple("“\"‘.!?:") and first.group().lower() == lemma(first.group()) and first.start() == cue[0]
    if not around <= source[0] < source[1] <= cue[0]:
        return False
    lead = text[around : source[0]].strip(" ,:“\"‘").lower()
    if lead not in ("", "on", "for", "upon", "to", "that", "with"):
        return False
    between = text[source[1] : first.start()]
    if first.group().lower() == "to":
        between, first = text[source[1] : first.end()], _WORD.search(text, first.end(), cue[1])
        if first is None:
            return False
    if _TO.fullmatch(between):
        return True
    bare = first.group().lower() == lemma(first.group()) and not between.strip()
    return bare and (lead == "that" or act == "demand") and not text[source[0] : source[1]].endswith("s")


def _modal(text: str, source: tuple[int, int] | None, cue: tuple[int, int]) -> bool:
    """Whether *cue* is under "will", "would" or the like: it begins so, or such words stand right before it."""
    if _MODAL.match(text, *cue):
        return True
    begin = source[1] if source is not None and source[1] <= cue[0] else max(0, cue[0] - 20)
    return any(found.end() == cue[0] for found in _MODAL.finditer(text, begin, cue[0]))
