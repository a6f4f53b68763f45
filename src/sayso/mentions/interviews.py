"""Interviews: who answers where questions and answers stand as paragraphs, without marks or names before them."""

from __future__ import annotations

from sayso.mentions.work import Work

_INTERVIEW = frozenset("interview interviews interviewed".split())
# Before who asks, and before what is talked about.
_TOPIC = frozenset("by on about of".split())
# Lines from the top in which the interview is announced, and questions from which on it is one.
_TOP, _QUESTIONS = 3, 3


def interviewee(work: Work) -> tuple[int, set[int]] | None:
    """The only person whom the heading announces, and the lines that ask; None if the text is no such interview."""
    page = work.page
    if not page.line:
        return None
    ends = {n: i for i, n in enumerate(page.line)}
    asking = {n for n, i in ends.items() if page.words[i] == "?" and page.quote[i] < 0}
    if len(asking) < _QUESTIONS:
        return None
    for n in range(_TOP):
        begin, end = ends.get(n - 1, -1) + 1, ends.get(n, -1) + 1
        told = [i for i in range(begin, end) if page.lower[i] in _INTERVIEW]
        if not told:
            continue
        persons = {
            d.entity
            for d in work.drafts
            if begin <= d.run[0] < end and d.how == "name" and d.type == "person" and not d.whole and d.entity is not None
            and " " in page.written(d.run) and page.lower[d.run[0] - 1] not in _TOPIC
        }  # fmt: skip
        return (persons.pop(), asking) if len(persons) == 1 else None
    return None
