"""Asking a record for the statements, reports and actors that match."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from sayso.actors.actor import KINDS, Actor
from sayso.actors.proposals import proposals
from sayso.errors import SaysoError
from sayso.record import dates
from sayso.record.actors import get_actor, heard, listing, page, seen
from sayso.record.counts import acts_of, company, over_time, overview
from sayso.record.filters import Wanted, day, fold, statement_query
from sayso.record.listing import ORDERS, Page, find_reports, find_statements
from sayso.record.relations import ABOUT, BY, SIDE, Relation
from sayso.record.reports import Reports
from sayso.record.rows import report_row, surfaces
from sayso.record.search import MOST, matching_actors

#: Reports whose rows a timeline keeps at hand.
_BUILT: Final = 64
_NO_WORDS: Final[list[str | None]] = [None, None, None]


class Asking(Reports):
    """A record that is asked for what matches, and for what there is of it in all."""

    def statements(
        self, *, speaker: str | None = None, side: str | None = None, about: str | None = None, outlet: str | None = None, since: str | None = None,
        until: str | None = None, form: str | None = None, act: str | None = None, stance: str | None = None, text: str | None = None,
        min_confidence: float = 0.0, nested: bool | None = None, limit: int | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Rows (sayso.schema()) of the statements that match every filter given, by report and place in it.

        *speaker* and *about* are an actor (id, name or words of a name), or words of the source and the content; *side* is a
        state, body or organisation that the speaker is part of. *text* is looked for in all of the statement, *outlet* in the
        outlet's name; case, line breaks and the shape of quotation marks make no difference. *since* and *until* are days
        (inclusive) on which it was said: one of which only the month is known matches if it may have been then. Where the
        text does not tell, the day of publication stands for it; without that, it does not match. *nested* asks for
        statements inside others, or for those in none. Raises SaysoError for a filter that cannot be.
        """
        query, values = statement_query(form=form, act=act, stance=stance, min_confidence=min_confidence, nested=nested)
        wanted = self._wanted(speaker=speaker, side=side, about=about, text=text, since=since, until=until)
        reports = self._current(outlet=fold(outlet))
        rows = (row for report_id in reports if wanted.may_hold(report_id) for row in self._matching(report_id, query, values, wanted))
        return islice(rows, limit)

    def timeline(
        self, *, speaker: str | None = None, side: str | None = None, about: str | None = None, outlet: str | None = None, since: str | None = None,
        until: str | None = None, min_confidence: float = 0.0, limit: int | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Rows (sayso.schema()) of the statements that match every filter given, as for statements(), in the order in which they were made.

        One whose time is not known stands where its report was published, after those said on that day: by then it was said.
        Those of which neither is known come last.
        """
        query, values = statement_query(form=None, act=None, stance=None, min_confidence=min_confidence, nested=None)
        wanted = self._wanted(speaker=speaker, side=side, about=about, text=None, since=since, until=until)
        found = []
        for report_id in self._current(outlet=fold(outlet)):
            if wanted.may_hold(report_id):
                published, known, hits = self._hits(report_id, query, values, wanted)
                for number in hits:
                    first, last = known.get(number, ("", published or ""))
                    found.append(((last == "", last, first == "", first), report_id, number))
        found.sort()  # of one report in the order of its text; of several, of their ids
        return islice(self._in_order(found[:limit]), limit)

    def _in_order(self, found: list[tuple[tuple[bool, str, bool, str], str, int]]) -> Iterator[dict[str, Any]]:
        """Rows of the statements with these reports and numbers; a report is not built again for each."""
        made: dict[str, list[dict[str, Any]]] = {}
        for _, report_id, number in found:
            if report_id not in made:
                if len(made) >= _BUILT:
                    made.pop(next(iter(made)))
                made[report_id] = self._rows(report_id)
            yield made[report_id][number]

    def _wanted(
        self, *, speaker: str | None, side: str | None, about: str | None, text: str | None, since: str | None, until: str | None
    ) -> Wanted:  # fmt: skip
        by, of, sides = self._heard(speaker, BY), self._heard(about, ABOUT), self._heard(side, SIDE)
        return Wanted(fold(speaker), fold(about), fold(text), by, of, sides, day(since), day(until))

    def _heard(self, words: str | None, relations: tuple[Relation, ...]) -> dict[str, set[int]] | None:
        """Where the actors that *words* mean stand in *relations*; None where no words are given."""
        if words is None:
            return None
        with self._asking(), self._checked(LookupError):
            return heard(self._db, self._same(words, whole=relations == SIDE), relations)

    def _matching(self, report_id: str, query: str, values: list[Any], wanted: Wanted) -> list[dict[str, Any]]:
        """Rows of the statements of one report that *query* finds and that are wanted."""
        with self._asking():
            _, _, hits = self._hits(report_id, query, values, wanted)
            rows = self._rows(report_id) if hits else []
        return [rows[number] for number in hits]

    def _hits(self, report_id: str, query: str, values: list[Any], wanted: Wanted) -> tuple[str | None, dict[int, tuple[str, str]], list[int]]:
        """The day of publication of one report, on which days its statements were made, and the numbers of those that are wanted."""
        with self._asking(), self._checked(LookupError):
            looked_in = "text" if wanted.words else "NULL"
            report, published, text = self._db.execute(
                f"SELECT report, published, {looked_in} FROM reports JOIN texts USING (text_id) WHERE report_id = ?", (report_id,)
            ).fetchone()
            known = dates.days(self._db, report)
            return published, known, [
                number for number, parts in self._db.execute(query, (report, *values))
                if wanted.said_then(known.get(number), published)
                and wanted.holds(report_id, number, surfaces(text, parts) if wanted.words else _NO_WORDS)
            ]

    def find_statements(
        self, words: str | None = None, *, speaker: str | None = None, side: str | None = None, about: str | None = None, report: str | None = None,
        outlet: str | None = None, since: str | None = None, until: str | None = None, form: str | None = None, act: str | None = None,
        stance: str | None = None, min_confidence: float = 0.0, nested: bool | None = None, order: str = "newest", offset: int = 0, limit: int = 25,
    ) -> Page:  # fmt: skip
        """One page of the statements that match every filter given, found in the index: quick in a large record, too.

        *words* are looked for in the whole statement, inflected or not; those between quotation marks in this order. The other
        filters are those of statements(), but *speaker*, *side* and *about* are actors only, and *report* is the id of one.
        *order* is "newest" or "oldest" by day of publication, or "said", the earliest said first. Raises SaysoError for a filter that cannot be.
        """
        self._check_page(order, offset, limit)
        with self._asking(), self._checked(LookupError):
            actors = self._roles(speaker, side, about)
            hits, total = find_statements(
                self._db, words=words, actors=actors, report=report, outlet=outlet, since=day(since), until=day(until), form=form, act=act,
                stance=stance, min_confidence=min_confidence, nested=nested, order=order, offset=offset, limit=limit,
            )
            rows = self._some_rows(hits)
        return Page(tuple(rows), min(total, MOST), offset, limit, total > MOST)

    def find_reports(
        self, words: str | None = None, *, speaker: str | None = None, side: str | None = None, about: str | None = None, outlet: str | None = None,
        since: str | None = None, until: str | None = None, order: str = "newest", offset: int = 0, limit: int = 25,
    ) -> Page:  # fmt: skip
        """One page of the reports that match, as rows of id, facts of publication, path, characters and how many statements. Filters as above."""
        self._check_page(order, offset, limit)
        with self._asking(), self._checked(LookupError):
            actors = self._roles(speaker, side, about)
            ids, total = find_reports(
                self._db, words=words, actors=actors, outlet=outlet, since=day(since), until=day(until), order=order, offset=offset, limit=limit
            )
            rows = [report_row(self._db, report_id, words) for report_id in ids]
        return Page(tuple(rows), min(total, MOST), offset, limit, total > MOST)

    def find_actors(self, words: str | None = None, *, kind: str | None = None, offset: int = 0, limit: int = 25) -> Page:
        """One page of actors, those who speak most first; with *words*, those one of whose names has them (the last may be begun only).

        *kind* is one of theirs, or "named": all but the anonymous.
        """
        self._check_page("newest", offset, limit)
        self._check_kind(kind, "named")
        with self._asking(), self._checked(LookupError):
            found = None if words is None else {same for i in matching_actors(self._db, words) for same in self._links.members(i)}
            rows, total = listing(self._db, self._register, self._links, among=found, kind=kind, offset=offset, limit=limit)
        return Page(tuple(rows), total, offset, limit)

    def _check_kind(self, kind: str | None, *more: str) -> None:
        if kind is not None and kind not in (*KINDS, *more):
            raise SaysoError(f"there is no kind {kind!r}", "It is one of: " + ", ".join(KINDS))

    def _check_page(self, order: str, offset: int, limit: int) -> None:
        if order not in ORDERS:
            raise SaysoError(f"there is no order {order!r}", "It is one of: " + ", ".join(ORDERS))
        if not 0 <= offset < 2**31 or not 0 < limit <= 1000:
            raise SaysoError("there is no such page", "Give an offset from 0, and a limit from 1 to 1000")

    def _roles(self, speaker: str | None, side: str | None, about: str | None) -> list[tuple[set[str], tuple[Relation, ...]]]:
        """Ids of the actors that are asked for, each with the relations in which they are to stand."""
        return [(self._same(who), relations) for who, relations in ((speaker, BY), (side, SIDE), (about, ABOUT)) if who is not None]

    def name_of(self, actor_id: str) -> str | None:
        """The name of the actor with this id; None if there is none."""
        with self._asking(), self._checked(LookupError):
            one = self._links.canonical(actor_id)
            actor = self._register.actor(one) or get_actor(self._db, one)
        return None if actor is None else actor.name

    def overview(self) -> dict[str, Any]:
        """What is in the record: counts of reports, texts and statements, over time, by outlet, act, stance and form."""
        with self._asking(), self._checked(LookupError):
            return overview(self._db)

    def outlets(self) -> list[str]:
        """The outlets of the current reports, by name."""
        with self._asking():
            rows = self._db.execute("SELECT DISTINCT outlet FROM reports WHERE current AND outlet IS NOT NULL ORDER BY outlet")
            return [name for (name,) in rows]

    def heard(self, actor_id: str, *, limit: int = 12) -> dict[str, Any]:
        """When and in which outlets an actor (id) speaks and is spoken about, its acts, whom it speaks about and who speaks about it."""
        with self._asking(), self._checked(LookupError):
            ids = self._links.members(actor_id)
            return {
                **over_time(self._db, ids), "acts": acts_of(self._db, ids),
                "speaks_about": company(self._db, ids, BY, ABOUT, self._links, limit),
                "spoken_about_by": company(self._db, ids, ABOUT, BY, self._links, limit),
            }

    def actors(self, words: str | None = None, *, kind: str | None = None, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """The actors that speak or are spoken about, those who speak most first; with *words*, those whom they may mean.

        Rows have id, name, kind, side, statements (how many they make), about (how many are about them) and reports.
        """
        self._check_kind(kind)
        with self._asking(), self._checked(LookupError):
            among = None if words is None else self._same(words)
            rows, _ = listing(self._db, self._register, self._links, among=among, kind=kind, limit=-1 if limit is None else limit)
        return iter(rows)

    def actor(self, words: str) -> dict[str, Any]:
        """What the record knows of one actor (an id, a name or words of one): names and titles used, offices, counts.

        Raises SaysoError where nobody is meant, or several.
        """
        with self._asking(), self._checked(LookupError):
            among = self._same(words, whole=True)
            rows, _ = listing(self._db, self._register, self._links, among=among)
            if not rows:
                raise SaysoError(f"nobody in this record goes by {words!r}", "sayso actors RECORD lists them")
            # "Orlan" is not "Orlan and his aides", nor an aide of Orlan's
            rows = [row for row in rows if row["kind"] not in ("group", "anonymous")] or rows
            if len(rows) > 1:
                names = ", ".join(f"{row['name']} ({row['id']})" for row in rows[:6])
                raise SaysoError(f"{words!r} may mean several: {names}", "Give the id of one")
            only = rows[0]["id"]
            actor = self._register.actor(only) or get_actor(self._db, only) or Actor(only, rows[0]["name"], rows[0]["kind"])
            return page(self._db, actor, self._links.members(only), self._register)

    def proposals(self, *, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """Pairs of actors that may be one, the likeliest first, with the evidence; those judged already are left out."""
        with self._asking(), self._checked(LookupError):
            known = list(seen(self._db, self._register, self._links.canonical))
            links = self._links
        rows = (
            {"a": p.a, "b": p.b, "names": list(p.names), "score": p.score, "evidence": list(p.evidence)}
            for p in proposals(known, self._register)
            if links.canonical(p.a) != links.canonical(p.b) and not links.apart(p.a, p.b)
        )
        return islice(rows, limit)
