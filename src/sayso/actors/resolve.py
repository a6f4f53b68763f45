"""Resolution of one report's entities: which actor each one is, who makes each statement, and about whom it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sayso.actors.actor import Actor, Kind, ResolvedBy
from sayso.actors.link import Link
from sayso.actors.naming import folded, person_key, person_words, slug, sound_key, sounds
from sayso.actors.offices import Offices
from sayso.actors.registry import Named, Office, Register, Registry, above, path
from sayso.actors.scene import Scene, shared_names
from sayso.dates.anchoring import Time, anchored
from sayso.dates.said import Said, said, with_lead
from sayso.mentions.lexicon import PRONOUNS, given_names
from sayso.mentions.mention import Entity, Mention, Speaker
from sayso.reading import Reading
from sayso.reports import Publication, Report, content_hash
from sayso.spans import surface
from sayso.statements import Statement

_PREPOSITIONS = frozenset("in at near from to outside inside through across around into toward towards via throughout of".split())
_GOVERNMENT = frozenset("government administration authorities regime leadership state country nation republic kingdom".split())
#: What somebody runs who stands for an office.
_CAMPAIGN = re.compile(r"(?i)(?:[^,]{2,60}['’]s?|his|her)(?: (?:presidential|re-?election|senate|primary|general election))? campaign")
#: Who deals with a body from without.
_WITHOUT = frozenset(
    "user users customer customers client clients shopper shoppers reader readers viewer viewers listener listeners subscriber subscribers follower "
    "followers fan fans supporter supporters critic critics opponent opponents rival rivals foe foes observer observers watcher watchers".split()
)
#: Endings of nouns for what somebody says or makes, and of documents no lexicon knows ("his response", "her communications").
_UTTERED = ("tion", "tions", "ment", "ments", "sponse", "sponses", "sis", "ness", "posal", "posals", "profile", "page", "feed")  # fmt: skip
#: Heads of their state: who is meant by a surname that several bear.
_HEADS = frozenset(("president", "prime-minister", "supreme-leader", "monarch"))
#: Offices of so many that a surname alone does not mean their holder.
_MANY = frozenset(("lawmaker", "representative", "senator"))


# Whoever studies a state, or is sent there, is not its own.
_STUDIES = frozenset("analyst analysts expert experts specialist specialists scholar scholars watcher watchers researcher envoy".split())


def _is_topic(words: Sequence[str], at: int, end: int) -> bool:
    """Whether the state in *words* is what somebody deals with: "an Iran analyst", "the ambassador to Iran", "director for Iran"."""
    before = words[at - 1].lower() if at else ""
    if before in ("to", "on") or (before == "for" and not any(w.lower().startswith("spokes") for w in words[:at])):
        return True
    return end < len(words) and words[end].lower() in _STUDIES and not words[end - 1].isupper()


@dataclass(frozen=True, slots=True)
class Voice:
    """Who makes one statement, and about whom it is. path: what the speaker is part of, up to the side."""

    speaker: Actor | None = None
    how: ResolvedBy = "name"
    confidence: float = 0.0
    members: tuple[Actor, ...] = ()
    candidates: tuple[tuple[Actor, float], ...] = ()
    path: tuple[Actor, ...] = ()
    about: tuple[Actor, ...] = ()
    reason: str | None = None  # why there is no speaker

    @property
    def side(self) -> Actor | None:
        """The top of the path; a speaker that is part of nothing is its own side, unless it is somebody whose side is unknown."""
        if self.path:
            return self.path[-1]
        return self.speaker if self.speaker is not None and self.speaker.kind not in ("person", "group", "anonymous") else None


@dataclass(frozen=True, slots=True)
class Resolution:
    """One link an entity, one voice a statement, one time an expression of time; said: when each statement was made, if that is told."""

    links: tuple[Link, ...]
    voices: tuple[Voice, ...]
    times: tuple[Time, ...] = ()
    said: tuple[Said | None, ...] = ()


def resolve_reading(report: Report, reading: Reading, register: Register, phrases: Registry) -> Resolution:
    """Resolve one report. *register* holds the actors, *phrases* reads offices; the result depends on the arguments alone."""
    resolver = _Resolver(report.text, reading.mentions, reading.entities, report.publication, report.id, register, phrases)
    links = resolver.links()
    voices = [resolver.voice(s, who) for s, who in zip(reading.statements, reading.speakers, strict=True)]
    published = report.publication.published
    times = anchored(reading.times, published)
    when = said(report.text, reading.times, times, reading.said, published)
    when = with_lead(report.text, reading.statements, reading.speakers, [None if v.speaker is None else v.speaker.id for v in voices], when)
    return Resolution(tuple(links), tuple(voices), times, when)


class _Resolver:
    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        entities: Sequence[Entity],
        publication: Publication,
        report_id: str,
        register: Register,
        phrases: Registry,
    ) -> None:
        self.text, self.mentions, self.entities = text, mentions, entities
        self.publication, self.report, self.register, self.phrases = publication, report_id, register, phrases
        self.day = publication.published[:10] if publication.published else None
        self.home = self._home()
        self.offices = Offices(register, phrases, self.day, self.home)
        self.made: list[Link | None] = [None] * len(entities)
        self.starts = [m.span[0] for m in mentions]
        self.written: set[str] | None = None  # whom the report names by a name that is theirs alone, when asked for

    def _home(self) -> str | None:
        """The state in which the outlet is based."""
        if not self.publication.outlet:
            return None
        for named in self.register.named(folded(self.publication.outlet)):
            if named.actor.startswith("outlet:"):
                return self.phrases.states_of_outlets.get(named.actor)
        return None

    # -- entities --------------------------------------------------------------------------------------------------

    def links(self) -> list[Link]:
        for n, e in enumerate(self.entities):  # names that are no persons first: they tell the persons' states
            if e.named and e.type != "person":
                self.made[n] = self._named(e)
        self.states = {link.actor.id for link in self.made if link and link.actor and link.actor.kind == "state"}
        if self.home:
            self.states.add(self.home)
        for n, e in enumerate(self.entities):
            if e.named and e.type == "person":
                self.made[n] = self._person(e)
        self._set_scene()
        for n, e in enumerate(self.entities):
            if self.made[n] is None:
                self.made[n] = self._described(e, n)
        return [link for link in self.made if link is not None]

    def _set_scene(self) -> None:
        """Take from other states what the report calls by a name that many states have: a report from Lagos means no American court."""
        often = Counter(m.entity for m in self.mentions)
        named: Counter[str] = Counter()
        shared: list[tuple[int, str]] = []
        for n, link in enumerate(self.made):
            if link is None or link.actor is None or not often[n]:
                continue
            whole = self._path(link) if link.side is None or link.side.startswith("state:") else []
            first = (x.actor for x in self.register.named(folded(link.actor.name.split()[0])) if x.actor.startswith("state:"))
            top = whole[-1].id if whole else link.actor.id if link.actor.kind == "state" else next(first, "")  # "US Chamber of Commerce"
            if not top.startswith("state:"):
                continue
            names = (self.entities[n].name, *self.entities[n].aliases)
            if link.actor.kind not in ("state", "person") and all(folded(name) in shared_names() for name in names):
                shared.append((n, top))
            else:
                named[top] += often[n]
        scene = Scene(named, self.home)
        before: dict[int, set[str | None]] = {n: set() for n, _ in shared}
        for m in self.mentions:
            if m.entity in before and m.how == "name":
                before[m.entity].add(self._state_before(m))
        for n, top in shared:
            state = next(iter(before[n])) if len(before[n]) == 1 else None
            state = scene.elsewhere(top) if state is None else state
            if state is not None and state != top:
                self.made[n] = self._of_scene(self.entities[n], state)

    def _state_before(self, mention: Mention) -> str | None:
        """The state whose adjective stands right before a name: "the Philippine | Marine Corps"."""
        words = re.findall(r"[\w.]+", self.text[max(0, mention.span[0] - 20) : mention.span[0]])
        if not words or not words[-1][:1].isupper() or self.text[mention.span[0] - 1] != " ":
            return None
        return next((n.actor for n in self.register.named(folded(words[-1])) if n.actor.startswith("state:")), None)

    def _of_scene(self, e: Entity, state: str) -> Link:
        """A body of *state* whose name many states have."""
        whole = self.register.actor(state)
        body = self.phrases.body_of(f"{whole.name} {e.name}") if whole is not None else None
        if body is not None:
            return Link(body, "name", 0.8)
        return Link(Actor(f"name:{slug(e.name)}@{self.report[:8]}", e.name, "organisation", None), "name", 0.75, side=state)

    def _named(self, e: Entity) -> Link:
        for name in (e.name, *e.aliases):
            found = [n for n in self.register.named(folded(name)) if n.used_on(self.day) or not n.actor.startswith("state:")]
            found = [n for n in found if not (n.how == "people" and e.type != "people") or n.actor.startswith("state:")]
            if e.type in ("organisation", "state", "people", "place"):
                found = [n for n in found if not n.actor.startswith("person:")] or (
                    [n for n in found if " " in name] if e.type == "organisation" else []
                )
            if not found:
                continue
            if e.type == "people" and all(n.how == "people" for n in found):
                return self._people(e, found[0].actor)
            if e.type == "place" and all(n.how != "name" and n.actor.startswith("state:") for n in found):
                found = [n for n in found if n.how == "metonym"]
            hows, ended = ("name", "alias", "metonym", "people"), self.day is None
            best = min(found, key=lambda n: (not n.used_on(self.day), hows.index(n.how), ended and n.until is not None, n.actor), default=None)
            if best is not None:
                best = self._told_apart([n for n in found if n.how == best.how and n.used_on(self.day) == best.used_on(self.day)]) or best
            actor = self.register.actor(best.actor) if best else None
            if best is not None and actor is not None:
                others = [a for n in found if n.actor != best.actor and n.how == best.how and (a := self.register.actor(n.actor)) is not None]
                how: ResolvedBy = "metonym" if best.how == "metonym" else "alias" if best.how == "alias" else "name"
                return Link(actor, how, 0.97 if not others else 0.7, tuple((a, 0.2) for a in others[:3]))
        body = next((b for name in (e.name, *e.aliases) if (b := self.phrases.body_of(name)) is not None), None)
        if body is not None:
            return Link(body, "name", 0.95)
        administration = self.offices.administration(e)
        if administration is not None:
            return administration
        tail = self._tail(e.name)
        if tail is not None:
            return tail
        side = self._side_in(e.name)
        if side is not None and side.startswith("state:") and folded(e.name).split()[-1] in _GOVERNMENT:
            actor = self.register.actor(side)
            if actor is not None:
                return Link(actor, "alias", 0.9)
        kind: Kind = "group" if e.type == "people" else "body" if e.type in ("state", "place") else "organisation"
        return Link(Actor(f"name:{slug(e.name)}", e.name, kind, None), "name", 0.9, side=self._side_in(e.name))

    def _told_apart(self, several: Sequence[Named]) -> Named | None:
        """Of those who go by one name, the only one that the report names otherwise, with what it is part of; else that of the outlet's state."""
        if len(several) < 2:
            return None
        if self.written is None:
            self.written = set()
            for e in self.entities:
                ids = {n.actor for n in self.register.named(folded(e.name)) if n.how != "people" and n.used_on(self.day)} if e.named else set()
                if len(ids) == 1 and (actor := self.register.actor(next(iter(ids)))) is not None and actor.kind != "person":
                    self.written |= {actor.id, *path(self.register, actor, self.day)}
        for near in (self.written, {self.home}):
            here = [n for n in several if n.actor in near or self._top(n.actor) in near]
            if len(here) == 1:
                return here[0]
        return None

    def _tail(self, name: str) -> Link | None:
        """The actor whose name a description ends with: "monitoring group Airwars"."""
        words = name.split()
        for at in range(1, len(words)):
            if all(w[0].isupper() for w in words[at:]) and words[at - 1].islower() and words[at - 1] not in _PREPOSITIONS:
                found = [
                    n
                    for n in self.register.named(folded(" ".join(words[at:])))
                    if n.how in ("name", "alias") and not n.actor.startswith(("person:", "state:"))
                ]
                actor = self.register.actor(found[0].actor) if found else None
                if actor is not None:
                    return Link(actor, "name", 0.9)
        return None

    def _people(self, e: Entity, state: str) -> Link:
        return Link(Actor(f"people:{slug(e.name)}", e.name, "group", state), "name", 0.9)

    def _person(self, e: Entity) -> Link:
        words = person_words(e.name)
        if not words:
            return Link(Actor(f"name:{slug(e.name)}", e.name, "person"), "name", 0.5)
        offices = [o for t in e.titles if (o := self.phrases.office(t)) is not None]
        how: ResolvedBy = "name"
        ids: list[str] = []
        for name in (e.name, *e.aliases):
            ids += [n.actor for n in self.register.named(folded(name)) if n.actor.startswith("person:")]
            if len(person_words(name)) > 1 and not ids:
                ids += [n.actor for n in self.register.named(" ".join(person_words(name))) if n.actor.startswith("person:")]
                ids += [n.actor for n in self.register.named(person_key(name)) if n.actor.startswith("person:")]
        if not ids and len(words) == 1:  # "King X"
            ids = [n.actor for t in e.titles for n in self.register.named(folded(f"{t.split()[-1]} {e.name}")) if n.actor.startswith("person:")]
        sure = 0.97
        if not ids and len(words) > 1:
            ids = [p for p in self.register.sounding(sound_key(e.name)) if self._alike(e.name, p)]
            how, sure = "alias", 0.9
        if len(words) == 1 and not ids:
            return self._by_surname(e, words[0], offices)
        ids = list(dict.fromkeys(ids))
        if len(ids) > 1:
            ids = self._narrowed(ids, offices) or ids
        if len(ids) == 1:
            actor = self.register.actor(ids[0])
            if actor is not None:
                return Link(actor, how, sure)
        if ids:
            actors = [a for i in ids[:5] if (a := self.register.actor(i)) is not None]
            return Link(None, how, 0.0, tuple((a, round(1 / len(ids), 2)) for a in actors))
        return Link(Actor(f"name:{slug(person_key(e.name))}", e.name, "person", None, e.gender), "name", 0.9, side=self._side_of(e))

    def _alike(self, name: str, person: str) -> bool:
        """Whether a name that sounds like a person's is spelled near enough to it."""
        actor = self.register.actor(person)
        if actor is None:
            return False
        a, b = person_words(name), person_words(actor.name)
        return sounds(a[-1]) == sounds(b[-1]) and sounds(a[0]) == sounds(b[0]) and a[0][0] == b[0][0]

    def _narrowed(self, ids: Sequence[str], offices: Sequence[Office]) -> list[str]:
        """Those whose offices fit the titles in the text, else those in office about that time."""
        by_title = [p for p in ids if any(o.fits(h) for o in offices for h in self.register.held_by(p))]
        if by_title and len(by_title) < len(ids):
            return by_title
        if self.day is not None:
            near = [p for p in ids if self.offices.active(p)]
            if near and len(near) < len(ids):
                return near
        return list(by_title)

    def _by_surname(self, e: Entity, word: str, offices: Sequence[Office]) -> Link:
        if not e.titles and e.gender is None and word not in given_names() and not any(True for _ in self.register.surnamed(word)):
            other = self._named(replace(e, type="other"))  # "Kremlin", taken for somebody's name
            shared = any(word in person_words(o.name) for o in self.entities if o is not e and o.type == "person" and o.named)
            if other.actor is not None and not shared and not other.actor.id.startswith("name:"):
                return replace(other, confidence=min(other.confidence, 0.85))
        ids = sorted({*self.register.surnamed(word)})
        if e.gender is not None:
            ids = [p for p in ids if (a := self.register.actor(p)) is not None and a.gender in (None, e.gender)]
        held = {p: list(self.register.held_by(p)) for p in ids}
        then = {p: [(h, o) for h in held[p] for o in offices if self.offices.about_then(h, o)] for p in ids}
        titled = [p for p in ids if any(o.fits(h) for h, o in then[p])]
        titled = titled or [p for p in ids if any(h.role in o.roles and self._top(h.of) == o.of for h, o in then[p])]
        if titled:
            now = [p for p in titled if any(o.fits(h) and self.offices.then(h, o) for o in offices for h in held[p])] or titled
            if len(now) > 1:
                now = [p for p in now if any(h.of in self.states or self._top(h.of) in self.states for h in held[p])] or now
            if len(now) == 1:
                actor = self.register.actor(now[0])
                if actor is not None:
                    return Link(actor, "name", 0.95)
            ids = now
        elif not offices:
            here = {p: [h for h in held[p] if h.of in self.states or self._top(h.of) in self.states] for p in ids}
            near = [p for p in ids if self.offices.active(p) and any(h.role not in _MANY for h in here[p])]
            day = self.day
            heads = [p for p in near if day is not None and any(h.of in self.states and h.role in _HEADS and h.holds_on(day) for h in held[p])]
            one = near if len(near) == 1 else heads
            if len(one) == 1:
                actor = self.register.actor(one[0])
                if actor is not None:
                    return Link(actor, "name", 0.85)
            ids = near or ids
        else:
            ids = []
        actors = [a for p in ids[:4] if (a := self.register.actor(p)) is not None]
        local = Actor(f"name:{slug(e.name)}@{self.report[:8]}", e.name, "person", None, e.gender)
        return Link(local, "name", 0.75, tuple((a, round(0.5 / len(actors), 2)) for a in actors), side=self._side_of(e))

    def _top(self, actor_id: str) -> str:
        actor = self.register.actor(actor_id)
        whole = path(self.register, actor, self.day) if actor is not None else []
        return whole[-1] if whole else actor_id

    def _side_of(self, e: Entity) -> str | None:
        """The state or body that the titles of somebody unknown name."""
        return next((side for t in e.titles if (side := self._side_in(t)) is not None), None)

    def _side_in(self, phrase: str) -> str | None:
        """The state, body or organisation that *phrase* names, the longest name first."""
        words = re.findall(r"[\w.]+", re.sub(r"['’]s?\b", " ", phrase))
        for size in range(min(6, len(words)), 0, -1):
            for at in range(len(words) - size + 1):
                part = words[at : at + size]
                if not part[0][:1].isupper() and not part[0][:1].isdigit():
                    continue
                found = [n for n in self.register.named(folded(" ".join(part))) if n.actor.split(":")[0] in ("state", "body", "org", "group")]
                if at and found and folded(" ".join(part)) in shared_names():
                    before = [n.actor for n in self.register.named(folded(words[at - 1])) if n.actor.startswith("state:")]
                    if before and all(self._top(n.actor) != before[0] for n in found):
                        return before[0]  # "Philippine Marine Corps"
                if found and not (size == len(words) and size == 1 and found[0].how == "metonym"):
                    if found[0].actor.startswith("state:") and found[0].how != "people" and _is_topic(words, at, at + size):
                        continue
                    order = [(not n.used_on(self.day), not n.actor.startswith("state:")) for n in found]
                    best = [n for n, key in zip(found, order, strict=True) if key == min(order)]
                    if len({n.actor for n in best}) == 1:
                        return best[0].actor
                    told = self._told_apart(best)
                    return None if told is None else told.actor
        return None

    def _described(self, e: Entity, n: int) -> Link:
        if e.type == "author":
            return self._author(e)
        if e.type == "person" and e.number == "singular" and e.definite:
            held = self._holder(e)
            if held is not None:
                return held
        bare = re.sub(r"(?i)^(?:the|this)\s+", "", e.name)
        if (e.definite or " " in bare) and (any(c.isupper() for c in bare) or self._department(e, bare)):
            known = [x for x in self.register.named(folded(bare)) if x.used_on(self.day) and x.how != "people" and not x.actor.startswith("person:")]
            actor = self.register.actor(known[0].actor) if known else None
            if actor is not None:
                return Link(actor, "metonym" if known[0].how == "metonym" else "alias", 0.95)
        tail = self._tail(e.name)
        if tail is not None and e.type != "person":
            return tail
        if e.definite and e.number == "singular" and e.type in ("organisation", "state"):
            body = self.phrases.body_of(e.name)
            if body is not None:
                return Link(body, "role", 0.92)
            whole = self.offices.administration(e) or self.offices.administration_now(bare)
            if whole is not None:
                return replace(whole, how="role")
        behind = self.made[e.owner] if e.owner is not None and e.owner != n else None
        told = behind is not None and behind.actor is not None and (behind.actor.kind != "anonymous" or self._owned_body(e.owner))
        if told and behind is not None and (e.type == "document" or (e.type == "other" and e.name.lower().endswith(_UTTERED))):
            return replace(behind, how="role", confidence=round(0.85 * behind.confidence, 3))  # a document speaks for those who made it
        if behind is not None and behind.actor is not None and behind.actor.kind == "person" and _CAMPAIGN.fullmatch(e.name):
            key, whose = person_key(behind.actor.name).split()[-1:], behind.actor.name
            name = f"{next((x for x in whose.split() if folded(x).split()[-1:] == key), whose)} campaign"  # as others call "Ann Holt's campaign"
            return Link(Actor(f"name:{slug(name)}", name, "organisation"), "role", round(0.85 * behind.confidence, 3))
        side = self._side_in(e.name) or self._side_of(e)
        if side is None and behind is not None and behind.actor is not None and behind.actor.kind != "anonymous":
            side = behind.actor.id
        if side is not None and not side.startswith("state:") and not _WITHOUT.isdisjoint(folded(e.name).split()):
            side = None  # "a Halyard reader", "critics of the bank"
        last = folded(e.name).split()[-1:] or [""]
        if side is not None and side.startswith("state:") and last[0] in _GOVERNMENT:
            actor = self.register.actor(side)
            if actor is not None:
                return Link(actor, "role", 0.9)
        return Link(Actor(f"anonymous:{self.report[:12]}/{n}", e.name, "anonymous", None, e.gender), "role", 0.9, side=side)

    def _department(self, e: Entity, bare: str) -> bool:
        """Whether a description is the name of a department, written small ("the state department"); if many states have one, the outlet's."""
        if not e.definite or not bare.endswith((" department", "white house")):
            return False
        return folded(bare) not in shared_names() or any(self._top(x.actor) == self.home for x in self.register.named(folded(bare)))

    def _owned_body(self, n: int | None) -> bool:
        """Whether entity *n* is a body that has no name but an owner: "her campaign"."""
        return n is not None and self.entities[n].type == "organisation" and self.entities[n].owner is not None

    def _author(self, e: Entity) -> Link:
        byline = (self.publication.byline or "").removeprefix("By ").strip()
        if byline and len(person_words(byline)) in (2, 3) and " and " not in byline:
            return Link(Actor(f"name:{slug(person_key(byline))}", byline, "person"), "pronoun", 0.8)
        return Link(Actor(f"anonymous:{self.report[:12]}/author", e.name, "anonymous"), "pronoun", 0.8)

    def _holder(self, e: Entity) -> Link | None:
        here = (
            link.actor
            for k, link in enumerate(self.made)
            if link is not None and link.actor is not None and link.actor.kind == "person" and self.entities[k].named
        )
        return self.offices.holder(e, here, self.states)

    # -- statements ------------------------------------------------------------------------------------------------

    def voice(self, statement: Statement, who: Speaker | None) -> Voice:
        about = tuple(self._about(statement, who))
        if who is None:
            return Voice(about=about, reason="no source is named" if not statement.source else "the source names nobody")
        linked = [(n, link) for n in who.entities if (link := self.made[n]) is not None and link.actor is not None]
        if not linked:
            candidates = [(link.actor, p) for n, p in who.candidates if (link := self.made[n]) is not None and link.actor is not None]
            candidates += [c for n in who.entities if (link := self.made[n]) is not None for c in link.candidates]
            return Voice(about=about, candidates=tuple(_best(candidates)), reason="it cannot be known whom the source means")
        if len(linked) == 1 and len(who.entities) == 1 and (several := self._members(linked[0][0])):
            linked = [
                (n, link) for n in several if (link := self.made[n]) is not None and link.actor is not None
            ] or linked
        if len(linked) == 1:
            n, link = linked[0]
            if who.how == "noun" and len(who.entities) == 1:
                link = self._in_office(statement, n, link)
            assert link.actor is not None
            how: ResolvedBy = (
                "pronoun"
                if who.how == "pronoun"
                else "role"
                if who.how == "noun" and link.how not in ("alias", "metonym")
                else self._how(statement, link)
            )
            others = [(other.actor, p) for k, p in who.candidates if k != n and (other := self.made[k]) is not None and other.actor is not None]
            return Voice(
                link.actor,
                how,
                round(who.confidence * link.confidence, 3),
                (),
                tuple(_best([*link.candidates, *others])),
                tuple(self._path(link)),
                about,
            )
        members = list({link.actor.id: link.actor for _, link in linked if link.actor is not None}.values())
        named = [m.name for m in members]
        written = surface(self.text, statement.source)
        told = who.how != "pronoun" and any(m.kind == "anonymous" for m in members) and written.partition(" ")[0].lower() not in PRONOUNS
        name = written if told else " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))  # "Ann Holt and Piet Tarrow", however written
        number = content_hash(*sorted(m.id for m in members))[:12]
        unnamed = all(m.kind == "anonymous" for m in members)
        group = Actor(f"anonymous:{self.report[:12]}/{number}", name, "anonymous") if unnamed else Actor(f"group:{number}", name, "group")
        paths = [self._path(link) or [link.actor] for _, link in linked if link.actor is not None and (link.actor.kind != "anonymous" or link.side)]
        tops = {p[-1].id: p[-1] for p in paths if p}
        return Voice(
            group,
            "name",
            round(who.confidence * min(link.confidence for _, link in linked), 3),
            tuple(members),
            (),
            tuple(tops.values()) if len(tops) == 1 and next(iter(tops)) != group.id else (),
            about,
        )

    def _in_office(self, statement: Statement, n: int, link: Link) -> Link:
        """Who the source's words name by a state's office, where somebody else was taken up who is known not to hold it."""
        phrase = surface(self.text, statement.source)
        office = self.phrases.office(phrase)
        if self.day is None or office is None or office.of is None or office.other or office.former or not self.entities[n].named:
            return link
        if link.actor is None or any(office.fits(h) and self.offices.then(h, office) for h in self.register.held_by(link.actor.id)):
            return link
        if any((told := self.phrases.office(t)) is not None and told.of == office.of for t in self.entities[n].titles):
            return link  # the text itself gives it to them
        held = self._holder(replace(self.entities[n], name=phrase, titles=()))
        return link if held is None or held.actor is None or not held.actor.id.startswith("person:") else held

    def _members(self, n: int) -> tuple[int, ...]:
        """Of whom a group consists; a document speaks for the group that made it."""
        e = self.entities[n]
        return self.entities[e.owner].members if e.type == "document" and e.owner is not None else e.members

    def _how(self, statement: Statement, link: Link) -> ResolvedBy:
        """By which kind of name the source itself names its actor."""
        assert link.actor is not None
        written = surface(self.text, statement.source)
        for named in self.register.named(folded(written)):
            if named.actor == link.actor.id:
                return "metonym" if named.how == "metonym" else "alias" if named.how == "alias" else "name"
        return "metonym" if link.how == "metonym" and written == link.actor.name else link.how if link.how != "metonym" else "name"

    def _path(self, link: Link) -> list[Actor]:
        assert link.actor is not None
        whole = above(self.register, link.actor, self.day)
        side = self.register.actor(link.side) if not whole and link.side is not None and link.side != link.actor.id else None
        return whole if side is None else [side, *above(self.register, side, self.day)]

    def _about(self, statement: Statement, who: Speaker | None) -> Iterable[Actor]:
        """The actors named in the content, in the order of the text, each once; places only where they stand for an actor."""
        seen: set[str] = set()
        own = set(who.entities) if who is not None else set()
        for mention in self._within(statement):
            link = self.made[mention.entity]
            if link is None or link.actor is None or link.actor.kind == "anonymous" or mention.entity in own or link.actor.id in seen:
                continue
            entity = self.entities[mention.entity]
            if entity.members:
                continue  # its members stand there by themselves
            if entity.type == "people" and link.actor.kind == "group":
                state = self.register.actor(link.actor.part_of) if link.actor.part_of else None
                if state is None and not entity.name.endswith("s"):
                    continue  # an adjective
                if state is not None:
                    if state.id not in seen:
                        seen.add(state.id)
                        yield state
                    continue
            if (link.how == "metonym" or (entity.type in ("place", "state") and link.actor.kind != "state")) and self._locative(mention):
                continue
            if entity.type == "place" and link.actor.id.startswith("name:"):
                continue
            seen.add(link.actor.id)
            yield link.actor

    def _within(self, statement: Statement) -> Iterable[Mention]:
        for start, end in statement.content:
            for k in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
                if self.mentions[k].span[1] <= end:
                    yield self.mentions[k]

    def _locative(self, mention: Mention) -> bool:
        before = re.findall(r"[\w]+", self.text[max(0, mention.span[0] - 14) : mention.span[0]])
        return bool(before) and before[-1].lower() in _PREPOSITIONS


def _best(candidates: Iterable[tuple[Actor, float]]) -> list[tuple[Actor, float]]:
    best: dict[str, tuple[Actor, float]] = {}
    for actor, p in candidates:
        if actor.id not in best or best[actor.id][1] < p:
            best[actor.id] = (actor, p)
    return sorted(best.values(), key=lambda x: (-x[1], x[0].id))[:5]
