"""Judgements: a person's decisions on what the machine proposed, append-only."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal, cast

from sayso.errors import SaysoError
from sayso.reports import content_hash
from sayso.spans import Spans

Kind = Literal[
    "same", "not same", "same claim", "not same claim", "same quote", "not same quote", "speaker", "position", "right", "wrong", "spans", "missed",
    "withdrawn",
]
KINDS: Final[tuple[Kind, ...]] = (
    "same", "not same", "same claim", "not same claim", "same quote", "not same quote", "speaker", "position", "right", "wrong", "spans", "missed",
    "withdrawn",
)  # fmt: skip
#: What one may ask a record to write down: same and not same are of actors, or of what two statements claim.
ASKED: Final = ("same", "not same", "same quote", "not same quote", "speaker", "position", "right", "wrong", "spans", "missed")
#: Kinds that hold on to a statement of a text and say of one field of it what is right.
FIELDS: Final = {
    "speaker": "speaker", "position": "position", "same claim": "claim", "not same claim": "claim", "same quote": "quote", "not same quote": "quote",
}  # fmt: skip
#: Fields of which two statements have the same, or not.
PAIRED: Final = ("claim", "quote")
POSITIONS: Final = ("for", "against", "other")
#: What of a statement can be judged right or wrong.
JUDGED: Final = ("statement", "speaker")

JUDGEMENT_TABLES: Final = """
CREATE TABLE judgements (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,          -- hash of all the rest: tells it from others in any record
  time TEXT NOT NULL,                -- UTC
  coder TEXT NOT NULL,
  kind TEXT NOT NULL,                -- same, not same, speaker, right, wrong, spans, missed, withdrawn
  a TEXT, b TEXT,                    -- same, not same: ids of two actors
  text_id TEXT, spans TEXT,          -- else: of which text, and where in it, JSON: {"source": [[start, end], …], "cue": …, "content": …}
  field TEXT, value TEXT,            -- speaker: what of it, and what is right: id of an actor, or a name; spans: the right ones, JSON
  withdraws TEXT REFERENCES judgements (uid)
);
CREATE INDEX judgements_text ON judgements (text_id) WHERE text_id IS NOT NULL;
CREATE TRIGGER judgements_stay BEFORE UPDATE ON judgements BEGIN SELECT RAISE(ABORT, 'judgements are only added'); END;
CREATE TRIGGER judgements_remain BEFORE DELETE ON judgements BEGIN SELECT RAISE(ABORT, 'judgements are only added'); END;
"""

_COLUMNS: Final = "id, uid, time, coder, kind, a, b, text_id, spans, field, value, withdraws"
#: Ids that the reading of reports made, for actors that stand in no register.
_UNREGISTERED: Final = ("name:", "office:", "anonymous:")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00")


@dataclass(frozen=True, slots=True)
class Place:
    """The spans of a statement to which a judgement holds on."""

    source: Spans = ()
    cue: Spans = ()
    content: Spans = ()

    def to_dict(self) -> dict[str, list[list[int]]]:
        return {key: [list(span) for span in getattr(self, key)] for key in ("source", "cue", "content")}

    @classmethod
    def from_dict(cls, value: object) -> Place:
        """Raises ValueError for what are no spans."""
        if not isinstance(value, Mapping) or not value.keys() <= {"source", "cue", "content"}:
            raise ValueError("spans are an object with source, cue and content")
        place = cls(**{key: _spans(part) for key, part in value.items()})
        if not (place.content or place.cue or place.source):
            raise ValueError("spans of nothing")
        return place


def _spans(value: object) -> Spans:
    out: list[tuple[int, int]] = []
    for span in value if isinstance(value, (list, tuple)) else [None]:
        if not (isinstance(span, (list, tuple)) and len(span) == 2 and {type(n) for n in span} == {int}):
            raise ValueError(f"{value!r} are no spans: give [[start, end], …]")
        start, end = span
        if not (out[-1][1] if out else 0) <= start < end < 2**53:
            raise ValueError(f"the spans {value!r} are not in order")
        out.append((start, end))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision. *id* counts within its record; *uid* is the same in every record that it is brought to."""

    id: int
    uid: str
    time: str  #: ISO 8601, UTC
    coder: str
    kind: Kind
    a: str | None = None
    b: str | None = None
    text_id: str | None = None
    place: Place | None = None
    field: str | None = None
    value: str | None = None
    withdraws: str | None = None  #: uid

    @property
    def order(self) -> tuple[str, str]:
        """By what the later of two is told."""
        return self.time, self.uid

    def to_row(self) -> dict[str, Any]:
        """As one object of JSON Lines; what does not belong to its kind is not in it."""
        row: dict[str, Any] = {"uid": self.uid, "time": self.time, "coder": self.coder, "kind": self.kind}
        for key in ("a", "b", "text_id", "field", "value", "withdraws"):
            if getattr(self, key) is not None:
                row[key] = getattr(self, key)
        if self.place is not None:
            row["spans"] = self.place.to_dict()
        return row


def place_value(text_id: str, place: Place) -> str:
    """A statement as the value of a judgement."""
    return json.dumps({"text_id": text_id, "spans": place.to_dict()}, sort_keys=True, separators=(",", ":"))


def other_place(value: str) -> tuple[str, Place]:
    """The statement that place_value() gave. Raises SaysoError for what is none."""
    try:
        read = json.loads(value)
        return str(read["text_id"]), Place.from_dict(read["spans"])
    except (ValueError, TypeError, KeyError):
        raise SaysoError("the other statement cannot be read", "It is an object with text_id and spans") from None


# -- adding --------------------------------------------------------------------------------------------------------


def add(
    db: sqlite3.Connection, kind: Kind, coder: str, *, a: str | None = None, b: str | None = None, text_id: str | None = None,
    place: Place | None = None, field: str | None = None, value: str | None = None,
) -> Judgement:  # fmt: skip
    """Write down a decision of *coder*, now.

    "same" and "not same" take the actors *a* and *b*; the others a statement (*text_id*, *place*) and a *value*: "speaker" the id
    of an actor or a name, "position" one of for, against and other, the kinds of claims and quotes the other statement, as
    place_value() gives it; "right" and "wrong" as *field* "statement", or "speaker" with the id of the one that it is or is not;
    "spans" the right ones as JSON; "missed" none. To withdraw one, use undo(). Raises SaysoError for anything else. To be called in a transaction, as
    all that writes here.
    """
    if kind == "withdrawn":
        raise SaysoError("a judgement is withdrawn with undo()", "Call undo() with its id")
    if field is None:
        field = FIELDS.get(kind)
    return _add(db, _checked(kind, coder, a, b, text_id, place, field, value, None))


def undo(db: sqlite3.Connection, judgement_id: int, coder: str) -> Judgement:
    """Withdraw the judgement with this id; to withdraw a withdrawal is to judge again as before.

    Raises SaysoError if there is none, or if it is withdrawn already.
    """
    found = next(iter(_select(db, "WHERE id = ?", (judgement_id,))), None)
    if found is None:
        raise SaysoError(f"there is no judgement {judgement_id}", "List them to see their numbers")
    if found.uid not in {j.uid for j in effective(all(db))}:
        raise SaysoError(f"judgement {judgement_id} is withdrawn already", "To judge so again, withdraw the withdrawal, or judge anew")
    return _add(db, _checked("withdrawn", coder, None, None, None, None, None, None, found.uid))


def redo(db: sqlite3.Connection, judgement_id: int, coder: str) -> list[Judgement]:
    """Withdraw what withdrew the judgement with this id. Raises SaysoError if it stands, or there is none."""
    every = all(db)
    found = next((j for j in every if j.id == judgement_id), None)
    if found is None:
        raise SaysoError(f"there is no judgement {judgement_id}", "List them to see their numbers")
    standing_ids = {j.uid for j in effective(every)}
    against = [j for j in every if j.withdraws == found.uid and j.uid in standing_ids]
    if not against:
        raise SaysoError(f"judgement {judgement_id} is not withdrawn", "Nothing is to be done")
    return [undo(db, j.id, coder) for j in against]


def _checked(
    kind: str, coder: object, a: object, b: object, text_id: object, place: Place | None, field: object, value: object, withdraws: object,
) -> dict[str, Any]:  # fmt: skip
    """The columns of a judgement. Raises SaysoError for one that cannot be."""
    if kind not in KINDS:
        raise SaysoError(f"there is no kind {kind!r} of judgement", "It is one of: " + ", ".join(KINDS))
    given = {"a": a, "b": b, "text_id": text_id, "place": place, "field": field, "value": value, "withdraws": withdraws}
    judged = {"text_id", "place"}
    wanted = {
        "same": {"a", "b"}, "not same": {"a", "b"}, "withdrawn": {"withdraws"}, "missed": judged, "spans": {*judged, "value"},
        "right": {*judged, "field"}, "wrong": {*judged, "field"},
    }.get(kind, {*judged, "field", "value"})  # fmt: skip
    if kind in ("right", "wrong"):
        if field not in JUDGED:
            raise SaysoError(f"there is no field {field!r} to judge", "It is one of: " + ", ".join(JUDGED))
        if field == "speaker":
            wanted.add("value")
    for name, one in (("coder", coder), *given.items()):
        needed = name == "coder" or name in wanted
        if needed and (one is None or (isinstance(one, str) and not one.strip())):
            raise SaysoError(f"a judgement {kind!r} without {name}", f"Give {name}")
        if not needed and one is not None:
            raise SaysoError(f"a judgement {kind!r} has no {name}", f"Leave {name} out")
        if needed and name != "place" and not isinstance(one, str):
            raise SaysoError(f"{name} is not a string", "Give a string")
        if isinstance(one, str) and any("\ud800" <= c <= "\udfff" for c in one):
            raise SaysoError(f"{name} holds half a surrogate pair", "Repair it")
    if a is not None and a == b:
        raise SaysoError(f"{a} and {b} are one id", "Give two")
    if kind in FIELDS and field != FIELDS[kind]:
        raise SaysoError(f"there is no field {field!r} to judge", f"It is {FIELDS[kind]}")
    if kind == "position" and value not in POSITIONS:
        raise SaysoError(f"there is no position {value!r}", "It is one of: " + ", ".join(POSITIONS))
    if FIELDS.get(kind) in PAIRED:
        other_place(cast(str, value))
    if kind == "missed" and place is not None and not place.content:
        raise SaysoError("a statement that was missed has content", "Mark the words that are attributed")
    if kind == "spans":
        value = _checked_spans(value)
        given["value"] = value
    return {"kind": kind, "coder": cast(str, coder).strip(), **given}


def _checked_spans(value: object) -> str:
    """Spans as JSON, written in one way. Raises SaysoError for what are none."""
    try:
        place = Place.from_dict(json.loads(str(value)))
        if not place.content:
            raise ValueError("a statement has content")
    except (ValueError, RecursionError) as error:
        raise SaysoError(f"the right spans are none: {error}", 'Give {"source": [[start, end], …], "cue": …, "content": …}') from None
    return json.dumps(place.to_dict(), separators=(",", ":"))


def _add(db: sqlite3.Connection, columns: dict[str, Any]) -> Judgement:
    now = datetime.now(UTC)
    while True:
        made = _made(0, now.isoformat(timespec="microseconds"), columns)
        if db.execute("SELECT 1 FROM judgements WHERE uid = ?", (made.uid,)).fetchone() is None:
            break
        now += timedelta(microseconds=1)  # judged so in the same moment: still a judgement of its own
    return _insert(db, made)


def _made(number: int, time: str, columns: dict[str, Any]) -> Judgement:
    place: Place | None = columns["place"]
    shown = json.dumps(place.to_dict(), sort_keys=True) if place is not None else ""
    # kinds of judgement that are symmetrical are the same either way, but are kept as they were given
    uid = content_hash(time, *(columns[key] or "" for key in ("coder", "kind", "a", "b", "text_id", "field", "value", "withdraws")), shown)
    return Judgement(number, uid, time, **columns)


def _insert(db: sqlite3.Connection, j: Judgement) -> Judgement:
    spans = json.dumps(j.place.to_dict(), separators=(",", ":")) if j.place is not None else None
    cursor = db.execute(
        f"INSERT INTO judgements ({_COLUMNS}) VALUES (NULL{', ?' * 11})",
        (j.uid, j.time, j.coder, j.kind, j.a, j.b, j.text_id, spans, j.field, j.value, j.withdraws),
    )
    assert cursor.lastrowid is not None
    return Judgement(cursor.lastrowid, j.uid, j.time, j.coder, j.kind, j.a, j.b, j.text_id, j.place, j.field, j.value, j.withdraws)


# -- asking --------------------------------------------------------------------------------------------------------


def all(db: sqlite3.Connection) -> list[Judgement]:
    """Every judgement, withdrawn ones and withdrawals among them, the earliest first."""
    return sorted(_select(db), key=lambda j: j.order)


def standing(db: sqlite3.Connection) -> list[Judgement]:
    """The judgements that are not withdrawn, without the withdrawals, the earliest first."""
    return [j for j in effective(all(db)) if j.kind != "withdrawn"]


def effective(every: Iterable[Judgement]) -> list[Judgement]:
    """Those that no withdrawal in effect withdraws, withdrawals among them."""
    judgements = list(every)
    against: dict[str, list[str]] = defaultdict(list)
    for j in judgements:
        if j.withdraws is not None:
            against[j.withdraws].append(j.uid)
    stands: dict[str, bool] = {}
    for j in judgements:
        todo = [j.uid]  # a withdrawal's withdrawal's … first; a uid is a hash of what it withdraws, so there are no circles
        while todo:
            uid = todo[-1]
            open_ones = [w for w in against[uid] if w not in stands]
            if len(todo) > 2 * len(judgements) + 2:
                raise ValueError("judgements withdraw each other in a circle")
            if open_ones:
                todo += open_ones
            else:
                stands[uid] = not any(stands[w] for w in against[uid])
                todo.pop()
    return [j for j in judgements if stands[j.uid]]


def _select(db: sqlite3.Connection, where: str = "", values: tuple[Any, ...] = ()) -> Iterator[Judgement]:
    for row in db.execute(f"SELECT {_COLUMNS} FROM judgements {where}", values).fetchall():
        place = Place.from_dict(json.loads(row[8])) if row[8] is not None else None
        yield Judgement(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], place, row[9], row[10], row[11])


# -- going out and coming in ---------------------------------------------------------------------------------------


def to_rows(db: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Every judgement as an object of JSON Lines, the earliest first; ids of the record are not in it, uids are."""
    return (j.to_row() for j in all(db))


def from_rows(db: sqlite3.Connection, rows: Iterable[Mapping[str, Any]]) -> int:
    """Bring in judgements that to_rows() gave; how many were new. What is there already is left as it is.

    Raises SaysoError, with the place of the row (from 1), for one that cannot be, or withdraws what is nowhere.
    """
    new: dict[str, Judgement] = {}
    numbers: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        try:
            made = _from_row(row)
        except (ValueError, SaysoError) as error:
            said = error.message if isinstance(error, SaysoError) else str(error)
            raise SaysoError(f"judgement {number} cannot be taken: {said}", "Correct it; nothing was brought in") from None
        new[made.uid] = made
        numbers.setdefault(made.uid, number)
    there = {uid for (uid,) in db.execute("SELECT uid FROM judgements")}
    for j in new.values():
        if j.withdraws is not None and j.withdraws not in there and j.withdraws not in new:
            raise SaysoError(f"judgement {numbers[j.uid]} withdraws one that is not there", "Export all judgements, not some; nothing was brought in")
    fresh = {uid: j for uid, j in new.items() if uid not in there}
    for j in sorted(fresh.values(), key=lambda j: j.order):
        way: list[Judgement] = []
        at: Judgement | None = j
        while at is not None and at.uid not in there:  # what is withdrawn goes in first
            way.append(at)
            at = fresh.get(at.withdraws or "")
        for one in reversed(way):
            _insert(db, one)
            there.add(one.uid)
    return len(fresh)


def _from_row(row: object) -> Judgement:
    if not isinstance(row, Mapping):
        raise ValueError("not an object")
    unknown = row.keys() - {"uid", "time", "coder", "kind", "a", "b", "text_id", "spans", "field", "value", "withdraws", "id"}
    if unknown:
        raise ValueError(f"unknown key {min(map(str, unknown))!r}")
    time = row.get("time")
    if not isinstance(time, str) or not _TIME.fullmatch(time):
        raise ValueError(f"{time!r} is not a time as sayso writes it (2025-01-31T12:00:00.000000+00:00)")
    datetime.fromisoformat(time)
    place = Place.from_dict(row["spans"]) if row.get("spans") is not None else None
    kind = row.get("kind")
    columns = _checked(
        kind if isinstance(kind, str) else repr(kind), row.get("coder"), row.get("a"), row.get("b"), row.get("text_id"), place,
        row.get("field"), row.get("value"), row.get("withdraws"),
    )  # fmt: skip
    made = _made(0, time, columns)
    if row.get("uid", made.uid) != made.uid:
        raise ValueError("its uid does not fit it: it was changed after it was judged")
    return made


# -- what follows --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Conflict:
    """A judgement that does not hold, because later ones (*against*) say the opposite."""

    judgement: Judgement
    against: tuple[Judgement, ...]


class Links:
    """Which actors are one, and which are not, by the judgements that stand: a pure function of them, in whatever order.

    The latest is taken first, and each earlier one that those already taken leave possible; one that they do not is a
    conflict. Safe to share between threads: nothing in it changes.
    """

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        self._above: dict[str, str] = {}
        self._apart: dict[str, dict[str, Judgement]] = defaultdict(dict)  # top of a group: tops that are another
        self._conflicts: list[Conflict] = []
        edges: dict[str, dict[str, Judgement]] = defaultdict(dict)
        for j in sorted((j for j in judgements if j.kind in ("same", "not same")), key=lambda j: j.order, reverse=True):
            if j.a is None or j.b is None:
                raise ValueError(f"judgement {j.id} is of nobody")
            a, b = self._top(j.a), self._top(j.b)
            if j.kind == "same":
                if a == b:
                    continue
                if b in self._apart[a]:
                    self._conflicts.append(Conflict(j, (self._apart[a][b],)))
                    continue
                self._join(a, b)
                edges[j.a].setdefault(j.b, j)
                edges[j.b].setdefault(j.a, j)
            elif a == b:
                self._conflicts.append(Conflict(j, tuple(_way(edges, j.a, j.b))))
            else:
                self._apart[a].setdefault(b, j)
                self._apart[b].setdefault(a, j)
        groups: dict[str, list[str]] = defaultdict(list)
        for one in list(self._above):
            groups[self._top(one)].append(one)
        self._members = {top: tuple(sorted(ids)) for top, ids in groups.items()}
        self._canonical = {top: min(ids, key=lambda i: (i.startswith(_UNREGISTERED), i)) for top, ids in self._members.items()}
        self._tops = {one: top for top, ids in self._members.items() for one in ids}

    def _top(self, one: str) -> str:
        self._above.setdefault(one, one)
        while self._above[one] != one:
            self._above[one] = one = self._above[self._above[one]]
        return one

    def _join(self, a: str, b: str) -> None:
        if len(self._apart[a]) < len(self._apart[b]):
            a, b = b, a
        self._above[b] = a
        for other, j in self._apart.pop(b).items():
            del self._apart[other][b]
            kept = max(j, self._apart[a].get(other, j), key=lambda x: x.order)
            self._apart[a][other] = self._apart[other][a] = kept

    def canonical(self, actor_id: str) -> str:
        """The id by which the actor goes: a registered one if its group has one, then the smallest; its own if nothing was judged."""
        top = self._tops.get(actor_id)
        return actor_id if top is None else self._canonical[top]

    @property
    def groups(self) -> list[tuple[str, ...]]:
        """The ids of each actor that has several."""
        return [ids for ids in self._members.values() if len(ids) > 1]

    def members(self, actor_id: str) -> tuple[str, ...]:
        """All ids of the actor, in order."""
        top = self._tops.get(actor_id)
        return (actor_id,) if top is None else self._members[top]

    def apart(self, a: str, b: str) -> bool:
        """Whether it was judged that the two, or two with whom they are the same, are not the same."""
        first, second = self._tops.get(a), self._tops.get(b)
        return first is not None and second is not None and second in self._apart.get(first, ())

    def changed(self, other: Links) -> set[str]:
        """Ids that go by another id in *other* than here."""
        return {one for one in self._tops.keys() | other._tops.keys() if self.canonical(one) != other.canonical(one)}

    def conflicts(self) -> tuple[Conflict, ...]:
        """The judgements that do not hold, the latest first."""
        return tuple(self._conflicts)


def _way(edges: Mapping[str, Mapping[str, Judgement]], a: str, b: str) -> list[Judgement]:
    """The judgements that join *a* and *b*, in the order of the shortest way."""
    came: dict[str, str] = {a: a}
    todo = deque([a])
    while todo and b not in came:
        at = todo.popleft()
        for other in sorted(edges[at]):
            if other not in came:
                came[other] = at
                todo.append(other)
    out = []
    while b != a:
        out.append(edges[came[b]][b])
        b = came[b]
    return out[::-1]
