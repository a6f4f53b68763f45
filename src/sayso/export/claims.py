"""Claims, disputes and unanswered accusations as rows of JSON Lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sayso.actors.actor import Actor
from sayso.claims.claims import Claim
from sayso.claims.contents import Content
from sayso.claims.disputes import POSITIONS, SIDES, changes, strongest
from sayso.claims.figures import Conflict
from sayso.claims.inserted import as_label
from sayso.claims.unanswered import Unanswered
from sayso.spans import surface
from sayso.statements import acts


def claim_row(claim: Claim, text: Callable[[str], str], actor: Callable[[str], Actor | None]) -> dict[str, Any]:
    """One claim as a row of JSON Lines. *text* gives the text of record of a report, *actor* the actor of an id."""

    signs = {m.content: m.sign for m in claim.members}

    def stand(c: Content, who: Actor | None) -> dict[str, Any]:
        return {
            "speaker": named(who), "side": None if c.side is None else c.side.name, "statement": c.statement, "act": c.act, "stance": c.stance,
            "negated": c.stance != acts()[c.act].stance,  # an act that is the same either way is told plain
            "text": surface(text(c.report), c.spans), "spans": [list(s) for s in c.spans], "understood": c.text, "said_on": c.said_on,
            "published": c.day, "outlet": c.outlet, "report": c.report,
            "reported_by": None if c.reported_by is None else named(actor(c.reported_by)),
            "direct": c.direct, "confidence": c.confidence, "negates": signs[c.id] < 0,
        }  # fmt: skip

    def best(position: str) -> str | None:
        found = strongest(c for c, p in claim.positions if p == position)
        return None if found is None else found.statement

    out: dict[str, Any] = {"id": claim.id, "label": claim.label}
    for position in POSITIONS:
        out[position] = [stand(c, who) for c, p in claim.positions if p == position for who in (c.voices or (None,))]
    people = {v.id: v for c in claim.contents for v in c.voices}
    labelled = [(p != "for", n, c.statement) for n, (c, p) in enumerate(claim.positions) if as_label(c.text) == claim.label]
    out["labelled"] = min(labelled)[2] if labelled else None
    out["strongest"] = {p: best(p) for p in SIDES}
    out["speakers"] = {p: len(claim.standing(p)) for p in SIDES}
    out["changed"] = [named(people[i]) for i in changes(claim) if i in people]
    return out


#: Speakers of each position whom a brief row names.
BRIEF: Final = 12


def brief_row(claim: Claim) -> dict[str, Any]:
    """One claim in short: of each position the first speakers, each once with the first statement in which they take it; and how many there are."""
    out: dict[str, Any] = {"id": claim.id, "label": claim.label}
    for position in POSITIONS:
        first: dict[str | None, dict[str, Any]] = {}
        for c, p in claim.positions:
            for who in (c.voices or (None,)) if p == position else ():
                if len(first) < BRIEF:
                    first.setdefault(None if who is None else who.id, {
                        "speaker": named(who), "side": None if c.side is None else c.side.name, "statement": c.statement, "said_on": c.said_on,
                        "published": c.day,
                    })  # fmt: skip
        out[position] = list(first.values())
    out["speakers"] = {p: len(claim.standing(p)) for p in SIDES}
    out["statements"] = len({c.statement for c in claim.contents})
    return out


def figures_row(conflict: Conflict, text: Callable[[str], str]) -> dict[str, Any]:
    """One thing of which reports say different numbers."""
    return {
        "label": conflict.label,
        "figures": [
            {
                "figure": f.words, "speakers": [named(v) for v in c.voices], "statement": c.statement, "text": surface(text(c.report), c.spans),
                "spans": [list(s) for s in c.spans], "said_on": c.said_on, "published": c.day, "outlet": c.outlet, "report": c.report,
            }
            for c, f in conflict.figures
        ],
    }  # fmt: skip


def named(actor: Actor | None) -> dict[str, str] | None:
    return None if actor is None else {"id": actor.id, "name": actor.name, "kind": actor.kind}


def unanswered_row(u: Unanswered, text: str) -> dict[str, Any]:
    """One accusation that its report leaves unanswered; *text* is the report's."""
    return {
        "report": u.report, "outlet": u.outlet, "published": u.day, "statement": u.statement, "speaker": named(u.speaker),
        "accused": named(u.accused), "text": surface(text, u.spans), "confidence": u.confidence,
    }
