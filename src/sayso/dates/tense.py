"""Tense: whether the clause around an expression of time tells of what was or of what is to come."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sayso.dates.expression import Direction
from sayso.dates.lexicon import BREAK, contexts

#: How far, in tokens, the verb may stand before and after the expression.
_BEFORE = 14
_AFTER = 16
#: How far before the expression stands a verb in the present that tells of what is to come.
_CLOSE = 3
#: Of the verbs of the present those that are mostly none, but after a plural: "talks open Monday".
_NO_VERBS = frozenset(("open", "start", "leave"))
#: How far before the expression stands the "to" of a verb that it tells the time of.
_NEAR_TO = 5
#: How far before the expression stands what somebody is up for.
_UP_FOR = 5
#: How far before the expression the verb stands right before it.
_BESIDE = 5
#: How far before a verb stands what makes it none of the past: "will put", "hopes to cut".
_AUXILIARY = 3
_ENDS = frozenset((";", "!", "?", BREAK, "“", "”", '"'))
#: Forms of the past that are no participles.
_FINITE = frozenset(("was", "were", "did", "had"))
#: Words after which "may" is the month.
_BEFORE_MAY = frozenset(("in", "of", "since", "until", "from", "by", "early", "late", "mid", "through", "to", "last", "next"))
_BE = frozenset(("is", "are", "be", "being", "s", "re", "to"))
#: What tells that what was to come has been: "the rally planned for Sunday was called off".
_WAS = frozenset(("was", "were", "had"))
#: Words that make a noun of what they stand before, with the expression between: "the November election".
_DETERMINERS = frozenset(("the", "a", "an", "this", "that", "his", "her", "its", "their", "our", "s", "'", "’"))


def direction(words: Sequence[str], begin: int, end: int) -> Direction:
    """Tense of the clause around the tokens [begin, end) of *words* (folded): the nearest verb before it tells, else the one after."""
    before, after = range(begin - 1, max(-1, begin - 1 - _BEFORE), -1), range(end, min(len(words), end + _AFTER))
    if _is_ahead(words, begin):
        return "future"
    if "since" in words[max(0, begin - 2) : begin]:
        return "past"
    left = _tense(words, before)
    if left == "future" and end < len(words) and words[end] in _WAS:
        return "past"
    if left is not None and not _is_attribute(words, begin, end):
        return left
    right = _tense(words, after, weak=left is None)
    return right or left or "near"


def _is_ahead(words: Sequence[str], begin: int) -> bool:
    """Whether the words right before the expression look ahead whatever the verb: "looking ahead to", "postponed until", "gave them until"."""
    lists = contexts()
    at = begin - 1 - (begin > 1 and words[begin - 1] == "the")
    if at >= 1 and words[at - 1 : at + 1] == ["ahead", "to"]:
        return True
    if ["up", "for"] in [list(words[i : i + 2]) for i in range(max(0, at - _UP_FOR), at)]:
        return True  # "is up for re-election in"
    if at < 1 or words[at] not in ("until", "till"):
        return False
    return bool(lists["put_off"] & set(words[max(0, at - 4) : at])) or bool(lists["deadline"] & set(words[max(0, at - 2) : at]))


def beside_past(words: Sequence[str], begin: int, end: int) -> bool:
    """Whether a verb in the past stands right before the expression, or after it and none before."""
    near = range(begin - 1, max(-1, begin - 1 - _BESIDE), -1)
    return _tense(words, near) == "past" or _tense(words, range(begin - 1, max(-1, begin - 1 - _BEFORE), -1)) is None


def _is_attribute(words: Sequence[str], begin: int, end: int) -> bool:
    """Whether the expression stands within the words of a noun: whose time it is, the verb that comes after that tells as well."""
    after = words[end] if end < len(words) else BREAK
    return begin > 0 and words[begin - 1] in _DETERMINERS and after.isalpha() and after not in contexts()["after_vague"]


def _is_coming(words: Sequence[str], at: int, coming: Collection[str]) -> bool:
    """Whether a word close before the expression is a verb that tells of what is to come."""
    if words[at] == "would":
        after = words[at + 1 : at + 3]
        return after[:1] != ["have"] and after != ["be", "on"]
    before = words[at - 1] if at else BREAK
    if words[at] in _NO_VERBS and not before.endswith("s"):
        return False  # "a rocky start", "kept it open"
    if words[at] in contexts()["going"]:
        return before in _BE
    return words[at] in coming and before != "to" and "did" not in words[max(0, at - _AUXILIARY) : at]


def _is_purpose(words: Sequence[str], at: int) -> bool:
    """Whether "to" at that place begins what somebody means to do, or was to: "agreed to meet Monday", "was to meet Monday"."""
    after = words[at + 1] if at + 1 < len(words) else BREAK
    return words[at - 1] in contexts()["to_come"] and after != "have" and after not in _DETERMINERS


def _tense(words: Sequence[str], places: range, *, weak: bool = True) -> Direction | None:
    """What the nearest verb tells; if *weak*, one that may be of either, too."""
    lists = contexts()
    maybe: Direction | None = None
    for n, i in enumerate(places):
        word = words[i]
        if word in _ENDS or (word == "." and i and len(words[i - 1]) > 3):
            break
        if word == "but" and i and words[i - 1] == ",":
            break
        if word in lists["plans"] and places.step > 0 and i and words[i - 1] not in _BE:
            return "past"  # "On Friday the cabinet planned to"
        if word == "set" and not (i and words[i - 1] in _BE) and (words[i + 1] if i + 1 < len(words) else BREAK) not in ("to", "for", "on"):
            return "past"  # "set up barriers"
        if word == "likely" and words[i + 1 : i + 2] == ["to"]:
            return "future"
        if word in ("plan", "plans", "hopes", "aims") and places.step > 0 and i and words[i - 1] in _DETERMINERS:
            continue  # "in his May 4 letter that the plan was dead"
        if word in lists["future"]:
            return "past" if words[max(0, i - 2) : i] == ["had", "been"] else "future"  # "had been scheduled"
        if places.step < 0 and n <= _CLOSE and _is_coming(words, i, lists["coming"]):
            return "future"  # "the talks open Monday", "said that it would vote Monday"
        if word in lists["past"] or (len(word) > 4 and word.endswith("ed") and word not in lists["not_past"]):
            if words[i - 1 : i] == ["be"] and words[max(0, i - 2)] in ("will", "would", "to"):
                continue  # "would be held"
            if n and i and words[i - 1] in ("to", "be", "is", "are", "being") and word not in _FINITE:
                continue
            if word in lists["unchanged"] and lists["auxiliary"] & set(words[max(0, i - _AUXILIARY) : i]):
                continue
            return "past"
        if word == "to" and i and (words[i - 1] in ("is", "are") or (n <= _NEAR_TO and places.step < 0 and _is_purpose(words, i))):
            return "future"
        if weak and word in lists["future_weak"] and not (word == "may" and i and words[i - 1] in _BEFORE_MAY):
            if word in lists["modal"]:
                return "future"
            maybe = maybe or "future"
    return maybe
