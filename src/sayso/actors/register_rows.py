"""Rows of registers: what each format says of its actors, offices and memberships."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from sayso.actors.actor import KINDS, Kind
from sayso.actors.drafts import Draft, DraftHolding, Post, Tie
from sayso.actors.entries import MAX_NAMES, EntryName, checked_date, checked_name, checked_times
from sayso.actors.naming import folded, slug
from sayso.actors.places import office_of, state_of, wikidata_id
from sayso.actors.register_files import PERSON_KEYS, BadRow, RegisterRow
from sayso.mentions.mention import Gender

Item = Draft | Post | Tie | BadRow
Times = tuple[str | None, str | None]

_GENDERS: Final[dict[str, Gender]] = {
    "m": "m", "male": "m", "man": "m", "Q6581097": "m", "Q2449503": "m", "trans man": "m",
    "f": "f", "female": "f", "woman": "f", "Q6581072": "f", "Q1052281": "f", "trans woman": "f",
}  # fmt: skip
_SCHEMATA: Final[dict[str, Kind]] = {
    "Person": "person", "PublicBody": "body", "Organization": "organisation", "Company": "organisation", "LegalEntity": "organisation",
}  # fmt: skip
_GOVERNMENT: Final = re.compile(r"gov(?:\.(?:national|state|muni|head|admin|executive|legislative|judicial|security|financial))?|pol\.party")
#: Links of FollowTheMoney that make somebody part of something: its two ends.
_LINKS: Final = {"Membership": ("member", "organization"), "Employment": ("employee", "employer"), "Directorship": ("director", "organization")}
_PREFIXES: Final[dict[str, Kind]] = {
    "person": "person", "state": "state", "body": "body", "org": "organisation", "group": "armed group", "outlet": "outlet",
}  # fmt: skip
_KIND_WORDS: Final[dict[str, Kind]] = {
    **dict.fromkeys(("people", "individual", "human"), "person"),
    **dict.fromkeys(("country",), "state"),
    **dict.fromkeys(("ministry", "agency", "military", "parliament", "court", "police", "intelligence", "government"), "body"),
    **dict.fromkeys(("central bank", "public body"), "body"),
    **dict.fromkeys(("organization", "party", "company", "ngo", "think tank", "alliance", "university"), "organisation"),
    **dict.fromkeys(("movement", "union", "institute"), "organisation"),
    **dict.fromkeys(("international organisation", "international organization", "religious body"), "organisation"),
    **dict.fromkeys(("newspaper", "broadcaster", "site", "magazine", "news agency"), "outlet"),
    **dict.fromkeys(("militia", "rebel group"), "armed group"),
}  # fmt: skip
_DEPTH: Final = 6  # of entities inside entities
_ADVICE_NAME: Final = "write names as they stand in reports, or leave this one out"
_ADVICE_DATE: Final = "correct it, or leave it out"


@dataclass
class RowReader:
    """Reads rows into drafts. *state* is the id of the state whose offices are listed, where the rows do not say it."""

    state: str | None = None
    _bad: list[BadRow] = field(default_factory=list)

    def items(self, row: RegisterRow) -> Iterator[Item]:
        """What *row* says, and what is wrong with it."""
        read: dict[str, Callable[[RegisterRow], Iterable[Item]]] = {
            "FollowTheMoney": self._entity_row, "Wikidata": self._result, "offices": self._office, "actors": self._actor,
        }  # fmt: skip
        yield from read[row.format](row)
        yield from self._bad
        self._bad.clear()

    # -- cells -----------------------------------------------------------------------------------------------------

    def _wrong(self, number: int, reason: str, advice: str) -> None:
        self._bad.append(BadRow(number, reason, advice))

    def _names(self, number: int, values: Iterable[tuple[str, str]], times: Times = (None, None)) -> list[EntryName]:
        """The names among (value, how), each once; how is "name", "alias", or "weak" for one that must not be one word."""
        out: dict[str, EntryName] = {}
        count = wrong = 0
        for value, how in values:
            count += 1
            if len(out) >= MAX_NAMES or wrong > MAX_NAMES:
                continue
            try:
                name = checked_name(value)
                if how == "weak" and " " not in name and not (name.isupper() and len(name) > 2):
                    raise ValueError(f"the weak alias {name!r} is one word")
            except ValueError as error:
                self._wrong(number, f"{error}; it is passed over", _ADVICE_NAME)
                wrong += 1
                continue
            key = folded(name)
            if key and key not in out:
                out[key] = EntryName(name, "alias" if out else "name", *times)
        if count > MAX_NAMES:
            self._wrong(number, f"{count:,} names; the first {len(out):,} are taken", f"give an actor {MAX_NAMES} names at most")
        return list(out.values())

    def _date(self, number: int, value: str | None, what: str, precision: str | None = None) -> str | None:
        """The date. Raises ValueError after the problem is noted."""
        try:
            return checked_date(value, precision)
        except ValueError as error:
            self._wrong(number, f"{error}; the {what} is passed over", _ADVICE_DATE)
            raise

    def _times(self, number: int, since: str | None, until: str | None, what: str, precisions: Times = (None, None)) -> Times | None:
        """Both bounds; None, with the problem noted, if they cannot be."""
        try:
            first, last = self._date(number, since, what, precisions[0]), self._date(number, until, what, precisions[1])
        except ValueError:
            return None
        try:
            return checked_times(first, last)
        except ValueError as error:
            self._wrong(number, f"the {what} is passed over: {error}", _ADVICE_DATE)
            return None

    def _add_office(self, draft: Draft, position: str, state: str | None, times: Times | None) -> None:
        if times is None:
            draft.official = True
            return
        of, role = office_of(position, state)
        if of is None:
            reason = f"it is not known whose office {position[:80]!r} is; the office is passed over"
            self._wrong(draft.number, reason, "give the state: a column country with names in English or ISO codes, or --state for the whole file")
        elif times == (None, None):  # nobody knows when: it must not stand beside who holds it now
            draft.official = True
        else:
            draft.holdings.append(DraftHolding(of, role, *times, draft.number))

    # -- offices and query results ---------------------------------------------------------------------------------

    def _office(self, row: RegisterRow) -> Iterator[Item]:
        cell = _cells(row.values)
        yield from self._holder(
            row.number, cell("person"), cell("wikidata_id", "wikidata", "id"), cell("position"), cell("country", "state", "of"),
            (cell("start", "since", "start_date", "startdate"), cell("end", "until", "end_date", "enddate")), cell("gender"),
            cell("names", "aliases").split("|"),
        )  # fmt: skip

    def _result(self, row: RegisterRow) -> Iterator[Item]:
        cell = _cells(row.values)
        key = next(k for k in PERSON_KEYS if f"{k}Label" in row.values)
        name, own = cell(f"{key}Label"), cell(key, f"{key}Id", "qid")
        if wikidata_id(name):
            self._wrong(row.number, f"{name} has no label in the language of the query; it is passed over", "ask for labels in English")
            return
        labels = [label for label in ("country", "jurisdiction", "state", "of", "organization", "organisation") if f"{label}Label" in row.values]
        yield from self._holder(
            row.number, name, own, cell("positionLabel", "officeLabel", "position", "office"),
            cell(*(f"{x}Label" for x in labels), "countryCode", "country"),
            (cell("start", "startDate", "start_date", "startTime", "since"), cell("end", "endDate", "end_date", "endTime", "until")),
            cell("genderLabel", "sexLabel", "gender", "sex"), cell(f"{key}AltLabel", "aliases").replace("|", ",").split(","),
            (cell("startPrecision") or None, cell("endPrecision") or None),
        )  # fmt: skip

    def _holder(
        self,
        number: int,
        name: str,
        own: str,
        position: str,
        country: str,
        times: tuple[str, str],
        gender: str,
        aliases: list[str],
        precisions: Times = (None, None),
    ) -> Iterator[Item]:
        if not name:
            self._wrong(number, "the name of the person is missing; the row is passed over", "give it, or leave the row out")
            return
        name = _turned(name)
        names = self._names(number, [(name, "name"), *((_turned(a), "weak") for a in aliases if a.strip())])
        if not names or folded(names[0].name) != folded(name):  # the name itself was wrong, which is told
            return
        state = state_of(country) if country else self.state
        qid = wikidata_id(own)
        key = qid or (f"csv/{own}" if own else f"name/{slug(name)}" + (f"@{state.split(':')[1]}" if state else ""))
        draft = Draft(key, number, "person", names, _GENDERS.get(wikidata_id(gender) or gender.lower()), qid=qid, states={state} if state else set())
        if position and not wikidata_id(position):
            self._add_office(draft, position, state, self._times(number, *times, "office", precisions))
        yield draft

    # -- tables like sayso's own -----------------------------------------------------------------------------------

    def _actor(self, row: RegisterRow) -> Iterator[Item]:
        cell, number = _cells(row.values), row.number
        own, name = cell("id"), cell("name")
        if not name:
            self._wrong(number, "the name is missing; the row is passed over", "give it, or leave the row out")
            return
        prefix, colon, rest = own.partition(":")
        known = prefix in _PREFIXES and bool(colon and rest)
        word = cell("kind").lower().replace("_", " ")
        kind: Kind | None = next((k for k in KINDS if k == word), None) or _KIND_WORDS.get(word)
        if known and (kind is None or prefix_of(kind) != prefix):
            kind = _PREFIXES[prefix] if prefix != "group" or word == "armed group" else "organisation"
        if kind is None and not word and "part_of" not in row.values:
            kind = "person"  # a table of people has no kinds
        if kind is None or kind in ("group", "anonymous"):
            advice = "give one of: " + ", ".join(k for k in KINDS if k not in ("group", "anonymous"))
            self._wrong(number, f"its kind {word!r} is not known; the row is passed over", advice)
            return
        times = self._times(number, cell("since"), cell("until"), "time of the names")
        names = self._names(number, [(name, "name"), *((n, "alias") for n in cell("names").split("|") if n.strip())], times or (None, None))
        if not names or folded(names[0].name) != folded(name):
            return
        state = state_of(cell("state", "country")) if cell("state", "country") else None
        key = own if known else wikidata_id(own) or (f"csv/{own}" if own else f"name/{slug(name)}")
        qid = wikidata_id(own) or wikidata_id(cell("wikidata_id")) or wikidata_id(cell("source").removeprefix("Wikidata "))
        yield Draft(
            key, number, kind, names, _GENDERS.get(cell("gender").lower()) if kind == "person" else None, {state} if state else set(), qid,
            (cell("part_of") or None) if kind != "person" else None,
        )  # fmt: skip

    # -- FollowTheMoney --------------------------------------------------------------------------------------------

    def _entity_row(self, row: RegisterRow) -> Iterator[Item]:
        yield from self._entity(row.values, row.number, None, _DEPTH)

    def _entity(self, entity: Mapping[str, object], number: int, around: str | None, depth: int) -> Iterator[Item]:
        own, schema = entity.get("id"), entity.get("schema")
        if not isinstance(own, str) or not own.strip() or len(own) > 200 or not own.isprintable():
            self._wrong(number, "an entity without an id; it is passed over", "give it an id")
            return
        properties = entity.get("properties")
        values = properties if isinstance(properties, dict) else entity
        if depth:
            for inner in _inner(values):
                yield from self._entity(inner, number, own, depth - 1)
        one = _Properties(values)
        if schema == "Position":
            yield from self._post(own, number, one)
        elif schema == "Occupancy":
            yield from self._occupancy(number, one, around)
        elif schema in _LINKS:
            yield from self._link(number, one, *_LINKS[str(schema)], around)
        elif schema in _SCHEMATA:
            yield from self._party(own, number, entity, one, _SCHEMATA[str(schema)])

    def _states(self, one: _Properties) -> set[str]:
        found = {state_of(c) for c in one.all("country", "jurisdiction", "citizenship", "nationality", "mainCountry")}
        return {s for s in found if s is not None}

    def _post(self, own: str, number: int, one: _Properties) -> Iterator[Item]:
        names = one.all("name", "caption")
        states = {s for c in one.all("country", "jurisdiction") if (s := state_of(c)) is not None}
        if not names:
            self._wrong(number, "a position without a name; it is passed over", "give it a name")
            return
        of, role = office_of(names[0], states.pop() if len(states) == 1 else None)
        yield Post(own, number, of, role)

    def _occupancy(self, number: int, one: _Properties, around: str | None) -> Iterator[Item]:
        holder, post = one.first("holder") or around, one.first("post")
        if holder is None or post is None:
            self._wrong(number, "an occupancy without a holder or a post; it is passed over", "give both")
            return
        times = self._times(number, _earliest(one.all("startDate")), _latest(one.all("endDate")), "office")
        if times is None:
            times = (None, None)
        yield Tie(_key(holder), post, number, None, *times, ended=times[1] is None and "ended" in one.all("status"))

    def _link(self, number: int, one: _Properties, holder: str, whole: str, around: str | None) -> Iterator[Item]:
        ends = (one.first(holder) or around, one.first(whole) or around)
        if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
            self._wrong(number, f"a membership without {holder} or {whole}, or of itself; it is passed over", "give both")
            return
        times = self._times(number, _earliest(one.all("startDate")), _latest(one.all("endDate")), "membership")
        if times is not None:
            role = slug(one.first("role", "position") or "member") if any(times) else "member"
            yield Tie(_key(ends[0]), _key(ends[1]), number, role, *times, ended=False)

    def _party(self, own: str, number: int, entity: Mapping[str, object], one: _Properties, kind: Kind) -> Iterator[Item]:
        if entity.get("schema") == "LegalEntity" and one.all("firstName", "lastName", "birthDate"):
            kind = "person"
        first, last = one.first("firstName"), one.first("lastName")
        listed = one.all("name")
        if not listed and first and last:
            listed = [f"{first} {last}"]
        caption = entity.get("caption")
        main = caption if isinstance(caption, str) and caption in listed else next((n for n in listed if _latin(n)), listed[0] if listed else None)
        if main is None:
            self._wrong(number, f"{own} has no name; it is passed over", "give it a name")
            return
        ordered = chain(  # lists may be very long: one is made after the other
            ((main, "name"),), ((n, "alias") for n in listed if n != main), ((n, "alias") for n in one.each("alias", "previousName")),
            ((n, "weak") for n in one.each("weakAlias", "abbreviation")),
        )  # fmt: skip
        names = self._names(number, ((_turned(n) if kind == "person" else n, how) for n, how in ordered))
        if not names:
            self._wrong(number, f"{own} has no name that can be used; it is passed over", "give it a name")
            return
        genders = {g for v in one.all("gender") if (g := _GENDERS.get(v.lower())) is not None}
        topics, positions = one.all("topics"), one.all("position")
        qid = wikidata_id(own) or next((q for v in one.all("wikidataId") if (q := wikidata_id(v)) is not None), None)
        parent = one.first("parent") if kind != "person" else None
        yield Draft(
            _key(own), number, kind, names, genders.pop() if kind == "person" and len(genders) == 1 else None, self._states(one), qid,
            _key(parent) if parent is not None else None,
            bool(positions) or "role.pep" in topics if kind == "person" else kind == "body" or any(_GOVERNMENT.fullmatch(t) for t in topics),
            [s for s in map(folded, one.all("lastName")[:8]) if s] if kind == "person" else [],
            _plain_date(one.first("birthDate")), _plain_date(one.first("deathDate")),
        )  # fmt: skip


def _key(own: str) -> str:
    """How an entity of FollowTheMoney is told from others: a Wikidata id is the same everywhere."""
    return own if wikidata_id(own) == own else f"ftm/{own}"


class _Properties:
    """The values of an entity: strings, or ids of the entities that are given inside it."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def each(self, *keys: str) -> Iterator[str]:
        for key in keys:
            value = self._values.get(key)
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    one = one.get("id")
                if isinstance(one, str) and one.strip():
                    yield one.strip()

    def all(self, *keys: str) -> list[str]:
        return list(self.each(*keys))

    def first(self, *keys: str) -> str | None:
        return next(self.each(*keys), None)


def _inner(values: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    for value in values.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict) and "schema" in one:
                yield one


def _cells(values: Mapping[str, object]) -> Callable[..., str]:
    """Asks for the first of several columns that has a value."""

    def cell(*names: str) -> str:
        for name in names:
            value = values.get(name)
            if isinstance(value, (str, int)) and str(value).strip():
                return str(value).strip()
        return ""

    return cell


def prefix_of(kind: Kind) -> str:
    """What the ids of actors of this kind begin with."""
    return next((p for p, k in _PREFIXES.items() if k == kind), "group")


def _latin(name: str) -> bool:
    return all(c < "\u0250" or "\u1e00" <= c <= "\u1eff" for c in name if c.isalpha())


def _turned(name: str) -> str:
    """ "LAVROV, Sergei" as it stands in a report."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() and "," not in first else name


def _earliest(dates: list[str]) -> str | None:
    """The first of several dates of a start, the most precise among those that agree."""
    return min(dates, key=lambda d: (d[:4], -len(d), d), default=None)


def _latest(dates: list[str]) -> str | None:
    return max(dates, key=lambda d: (d[:4], len(d), d), default=None)


def _plain_date(value: str | None) -> str | None:
    try:
        return checked_date(value)
    except ValueError:
        return None  # it would only have told two people apart
