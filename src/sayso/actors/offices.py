"""Offices on the day of a report: who holds them, and whose administration is meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from sayso.actors.actor import Actor, Holding
from sayso.actors.link import Link
from sayso.actors.naming import folded, person_words, slug
from sayso.actors.registry import Office, Register, Registry
from sayso.mentions.mention import Entity

_ADMINISTRATION = re.compile(r"(?i)^(?:the\s+)?(?P<whose>.+?)(?:['’]s?)?\s+(?P<what>administration|presidency|government|cabinet|white house)$")
#: Years around a term of office in which a surname alone still means its holder.
_AROUND = 4


class Offices:
    """The offices that *register* holds and *phrases* reads, on *day* (None: not known); *home* is the state in which the outlet is based."""

    def __init__(self, register: Register, phrases: Registry, day: str | None, home: str | None) -> None:
        self.register, self.phrases, self.day, self.home = register, phrases, day, home

    def holder(self, e: Entity, here: Iterable[Actor], states: Collection[str]) -> Link | None:
        """Who holds the office that a description names, on the day of the report; or, without one, who of those named in it.

        *here* are the persons named in the report, *states* the states that it names.
        """
        office = next((o for t in (e.name, *e.titles) if (o := self.phrases.office(t)) is not None), None)
        if office is None or (office.other and not office.acting):
            return None
        fitting = {a.id: a for a in here if any(office.fits(h) and self.then(h, office) for h in self.register.held_by(a.id))}
        if len(fitting) == 1:
            return Link(next(iter(fitting.values())), "role", 0.9 if office.of else 0.85)
        of = office.of
        if of is None and office.among:
            of = next((x for x in (self.home, *states) if x in office.among and (x == self.home or len(states) == 1)), None)
        if of is None and self.home is not None and {"president", "prime-minister"} & set(office.roles):
            of = self.home
        if of is None or office.former:
            return None if not fitting else Link(None, "role", 0.0, tuple((a, round(1 / len(fitting), 2)) for a in list(fitting.values())[:4]))
        for role in office.roles:
            held = list(self.register.holders(of, role))
            if self.day is not None:
                now = [h for h in held if h.holds_on(self.day)]
                if len({h.person for h in now}) > 1:
                    # a vague bound lets predecessor and successor overlap: the later one, if the day is not in doubt
                    sharp = [h for h in now if h.since and len(h.since) == 10 and (h.until is None or len(h.until) == 10)]
                    now = sharp if len({h.person for h in sharp}) == 1 else now
                if len({h.person for h in now}) == 1:
                    actor = self.register.actor(now[0].person)
                    if actor is not None:
                        return Link(actor, "role", 0.95 if office.of else 0.7)
                held = now
            if held:
                latest = sorted(held, key=lambda h: h.since or "", reverse=True)
                actors = list({a.id: a for h in latest if (a := self.register.actor(h.person)) is not None}.values())[:4]
                whose = self.register.actor(of)
                unknown = Actor(f"office:{of.replace(':', '-')}/{role}", e.name, "person", of) if whose is not None else None
                return Link(unknown, "role", 0.6, tuple((a, round(0.8 / len(actors), 2)) for a in actors))
        whose = self.register.actor(of)
        if office.of is not None and whose is not None:
            return Link(Actor(f"office:{of.replace(':', '-')}/{office.roles[0]}", e.name, "person", of), "role", 0.8)
        return None

    def then(self, held: Holding, office: Office) -> bool:
        """Whether *held* is held on the day of the report, or, if the office is a former one, no longer."""
        if self.day is None:
            return True
        return held.holds_on(self.day) if not office.former else (held.since or "") <= self.day and not held.holds_on(self.day)

    def about_then(self, held: Holding, office: Office) -> bool:
        """Whether *held* lies near the day of the report, or, if the office is a former one, before it."""
        if self.day is None or office.former:
            return self.day is None or (held.since or "") <= self.day
        return self._near(held)

    def active(self, person: str) -> bool:
        """Whether a person held an office near the day of the report, or may have."""
        if self.day is None:
            return True
        return any(self._near(h) for h in self.register.held_by(person))

    def _near(self, held: Holding) -> bool:
        """Whether *held* lies within some years of the day of the report."""
        assert self.day is not None
        year = int(self.day[:4])
        return (held.since is None or int(held.since[:4]) - _AROUND <= year) and (held.until is None or year <= int(held.until[:4]) + _AROUND)

    def administration(self, e: Entity) -> Link | None:
        """ "the Trump administration": a body of the state that its head leads; "the Russian government": the state."""
        match = _ADMINISTRATION.match(e.name)
        if match is None:
            return None
        whose = match["whose"]
        named = next((n for n in self.register.named(folded(whose)) if n.actor.startswith("state:")), None)
        if named is not None:
            actor = self.register.actor(named.actor)
            return Link(actor, "alias", 0.95) if actor else None
        heads = [
            p
            for p in self._surnamed(whose)
            if any(h.of.startswith("state:") and h.role in ("president", "prime-minister") for h in self.register.held_by(p))
        ]
        if len(heads) > 1 and self.day:
            day = self.day
            heads = [p for p in heads if any(h.holds_on(day) for h in self.register.held_by(p))] or heads
        if heads:
            states = {
                h.of for p in heads for h in self.register.held_by(p) if h.role in ("president", "prime-minister") and h.of.startswith("state:")
            }
            if len(states) == 1:
                state = states.pop()
                government = self.register.actor(f"body:{state[6:]}/government")
                now = self.day is None or any(h.holds_on(self.day) for p in heads for h in self.register.held_by(p) if h.of == state)
                if government is not None and now and match["what"].lower() == "government":
                    return Link(government, "name", 0.92)  # "Orlan's government", while she heads it
                return Link(self._led_by(heads[0] if len(heads) == 1 else None, whose, state, e.name), "name", 0.92)
        return None

    def administration_now(self, bare: str) -> Link | None:
        """ "The administration", with nothing that tells whose: that of the outlet's own president on the day of the report."""
        if folded(bare) != "administration" or self.home is None or self.day is None:
            return None
        heads = {h.person for h in self.register.holders(self.home, "president") if h.holds_on(self.day)}
        head = self.register.actor(heads.pop()) if len(heads) == 1 else None
        if head is None:
            return None
        surname = head.name.split()[-1]
        return Link(self._led_by(head.id, surname, self.home, f"{surname} administration"), "role", 0.8)

    def _led_by(self, head: str | None, whose: str, state: str, name: str) -> Actor:
        """The administration of *head*, one however he is called: "Orlan's administration", "the Ann Orlan presidency"."""
        person = self.register.actor(head) if head is not None else None
        if person is not None:
            whose = person.name.split()[-1]
            name = f"{whose} administration"
        return Actor(f"body:{state[6:]}/{slug(whose)}-administration", name, "body", state)

    def _surnamed(self, name: str) -> list[str]:
        words = person_words(name)
        return sorted(set(self.register.surnamed(words[-1]))) if words else []
