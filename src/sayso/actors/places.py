"""Places in a register: which state a code, a name or an office belongs to."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files

from sayso.actors.naming import folded, slug
from sayso.actors.registry import path, shipped

_QID = re.compile(r"(?:https?://www\.wikidata\.org/(?:entity|wiki)/)?(Q[1-9]\d{0,11})")
#: Codes of parts of these states begin with the state's; of others, a part may be in dispute.
_WHOLE = ("gb-", "us-")


@cache
def _codes() -> dict[str, str]:
    with (files("sayso.actors") / "tables" / "codes.csv").open(encoding="utf-8") as lines:
        return {row["code"]: row["actor"] for row in csv.DictReader(lines)}


@lru_cache(maxsize=4096)
def state_of(value: str) -> str | None:
    """Id of the state with this id, code (ISO 3166) or name; None if there is none, or more than one."""
    text = value.strip()
    actor = shipped().actor(text)
    if actor is not None:
        return actor.id if actor.kind == "state" else None
    code = text.lower()
    if code.startswith(_WHOLE):
        code = code[:2]
    if code in _codes():
        return _codes()[code]
    found = {n.actor for n in shipped().named(folded(text)) if n.how in ("name", "alias") and n.actor.startswith("state:")}
    return found.pop() if len(found) == 1 else None


def wikidata_id(value: str) -> str | None:
    """The Q-number in an id or address of Wikidata."""
    match = _QID.fullmatch(value.strip())
    return match[1] if match else None


@cache
def shipped_wikidata() -> dict[str, str]:
    """Ids of the package's actors by the Wikidata entry that their row names as its source."""
    out: dict[str, str] = {}
    for table in ("people", "organisations", "groups", "bodies", "outlets", "states"):
        with (files("sayso.actors") / "tables" / f"{table}.csv").open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                source = row.get("source") or ""
                if source.startswith("Wikidata ") and (qid := wikidata_id(source.removeprefix("Wikidata "))):
                    out[qid] = row["id"]
    return out


@lru_cache(maxsize=65536)
def office_of(position: str, state: str | None) -> tuple[str | None, str]:
    """Of what the office named *position* is, and its role; *state* is where it is held.

    A deputy's and an acting one's are roles of their own, as is what the tables do not know; of such an office no more is
    known than its state.
    """
    registry = shipped()
    own = slug(position)
    whole = registry.actor(state) if state is not None else None
    plain = registry.office(position)
    local = (
        registry.office(f"{whole.name} {position}")
        if whole is not None and (plain is None or plain.of is None or not _within(plain.of, state))
        else None
    )
    for office in (local, plain):  # what the state itself calls so comes first: its own secretary of state
        if office is None or not office.roles:
            continue
        of = office.of or state
        if office.other or office.former:
            return of if _within(of, state) else state, own
        if of is None:
            break
        if not _within(of, state):  # "ambassador to the United Kingdom"
            return state, own
        return of, next((r for r in office.roles if any(True for _ in registry.holders(of, r))), office.roles[0])
    return state, own


def _within(of: str | None, state: str | None) -> bool:
    """Whether *of* is *state*, a part of it, or part of no state."""
    if of is None or state is None or of == state:
        return True
    actor = shipped().actor(of)
    above = path(shipped(), actor, None) if actor is not None else []
    return state in above or not (of.startswith("state:") or any(i.startswith("state:") for i in above))


@lru_cache(maxsize=8192)
def states_of(actor_id: str) -> frozenset[str]:
    """The states that a shipped actor is, or has ever been, part of."""
    registry = shipped()
    actor = registry.actor(actor_id)
    if actor is None:
        return frozenset()
    ids = {actor.part_of} | {h.of for h in registry.held_by(actor_id)}
    for one in list(ids):
        above = registry.actor(one) if one else None
        if above is not None:
            ids |= set(path(registry, above, None))
    if actor.kind == "outlet":
        ids.add(registry.states_of_outlets.get(actor_id))
    return frozenset(i for i in ids if i and i.startswith("state:"))
