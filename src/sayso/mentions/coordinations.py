"""Coordinations: names that stand together ("X and Y", "X, Y and Z"), and the groups that they make."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.mentions.chain import Chain
from sayso.mentions.page import Page
from sayso.mentions.phrases import Draft
from sayso.mentions.titles import past_office, past_party, past_role, past_titles


def coordinations(page: Page, names: Sequence[Draft]) -> list[Draft]:
    """Drafts for "X and Y" and "X, Y and Z", where all are persons' names or all are others."""
    out: list[Draft] = []
    by_first = {d.run[0]: d for d in names}
    taken = -1
    for d in names:
        if d.run[0] < taken or d.possessor or d.adjective:
            continue
        end, count, closed = past_party(page, d.run[1]), 1, False
        while end + 1 < len(page.words) and page.line[end] == page.line[d.run[0]] and not closed:
            at = end
            if page.words[at] == ",":
                at += 1
            closed = page.lower[at] in ("and", "&")
            if closed:
                at += 1
                if at < len(page.words) and page.lower[at] == "the":
                    at += 1
            following = by_first.get(at)
            if following is None and d.type == "person":
                at = past_titles(page, at)
                following = by_first.get(at)
            if d.type == "person" and (following is None or following.type != "person"):
                at = past_role(page, past_office(page, at, by_first), by_first)
                following = by_first.get(at)
            if following is None or at == end or page.line[at] != page.line[d.run[0]] or following.type != d.type or following.adjective:
                closed = False
                break
            end, count = past_party(page, following.run[1]), count + 1
        if closed and count > 1 and not page.possessive(end):
            out.append(Draft((d.run[0], end), end - 1, "name", "people", "plural", None, whole=True))
        taken = end  # a list that comes to nothing does so from its middle, too
    return out


def groups(drafts: Sequence[Draft], made: list[Chain], page: Page) -> None:
    """Chains of coordinations, one for each set of members."""
    known: dict[tuple[int, ...], int] = {}
    for k, d in enumerate(drafts):
        if not d.whole:
            continue
        members = tuple(
            x.entity
            for x in drafts[max(0, k - 2) : k + 30]
            if not x.whole and x.how == "name" and d.run[0] <= x.run[0] and x.run[1] <= d.run[1] and x.entity is not None
        )
        if members and made[members[0]].type == "person":  # "X and Harbour Committee Chairman Y"
            members = tuple(m for m in members if made[m].type == "person")
        key = tuple(sorted(set(members)))
        if len(key) < 2:
            continue
        if key not in known:
            known[key] = len(made)
            made.append(Chain("people", True, True, "plural", described=page.written(d.run), members=key))
        made[known[key]].names[page.written(d.run)] += 1
        made[known[key]].add(k, d, known[key])
