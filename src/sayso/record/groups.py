"""Groups of a record's statements: claims, disputes, quotes, figures; and accusations without an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from sayso.actors.actor import Actor
from sayso.actors.resolve import Resolution
from sayso.claims.claims import Claim
from sayso.claims.contents import Content
from sayso.claims.disputes import disputes_of
from sayso.claims.figures import conflicts_of
from sayso.claims.scorer import shared_scorer
from sayso.claims.unanswered import unanswered_of
from sayso.errors import SaysoError
from sayso.export.claims import claim_row, figures_row, unanswered_row
from sayso.export.quotes import quote_row
from sayso.quotes.grouping import quote_of
from sayso.record import quotes as quoting
from sayso.record.actors import get_actor
from sayso.record.asking import Asking
from sayso.record.claims import Asked, claimed_in, every_content, get_claims, group_founded
from sayso.record.filters import day, fold
from sayso.record.packing import number_id
from sayso.record.rows import get_reading, get_report, get_resolved


class Groups(Asking):
    """A record that is asked for what its statements make together."""

    def claims(
        self, claim: str | None = None, *, speaker: str | None = None, side: str | None = None, about: str | None = None, outlet: str | None = None,
        since: str | None = None, until: str | None = None, limit: int | None = None,
    ) -> Iterator[dict[str, Any]]:
        """The claims that two contents or more make, those first on which most speakers take a position; with *claim* (an id) that one.

        Rows have id, label, for, against and other (each a list of positions: speaker, side, statement, said_on …). A filter keeps
        the claims of which some position matches all that are given: an actor who speaks, a side, an actor or words that it is
        about, part of an outlet's name, first and last day. An id under which a claim went before it was joined to another leads
        to that. Raises SaysoError where there is no such claim.
        """
        found = self._claims(claim, speaker, side, about, outlet, since, until)
        found.sort(key=lambda c: (-len(c.standing("for").keys() | c.standing("against").keys()), -len(c.contents), c.id))
        return self._rows_of(found[:limit])

    def disputes(
        self, claim: str | None = None, *, speaker: str | None = None, side: str | None = None, about: str | None = None, outlet: str | None = None,
        since: str | None = None, until: str | None = None, limit: int | None = None,
    ) -> Iterator[dict[str, Any]]:
        """The claims with opposed positions, those first of which most stands on either side; rows and filters as of claims()."""
        return self._rows_of(disputes_of(self._claims(claim, speaker, side, about, outlet, since, until))[:limit])

    def _claims(
        self, claim: str | None, speaker: str | None, side: str | None, about: str | None, outlet: str | None, since: str | None, until: str | None
    ) -> list[Claim]:
        with self._asking(), self._checked(LookupError):
            groups = None
            if claim is not None:
                groups = group_founded(self._db, claim)
                if not groups:
                    raise SaysoError(f"there is no claim {claim!r}", "sayso claims RECORD --format jsonl has the ids")
            by, of, among = (self._same(words) if words else None for words in (speaker, about, side))
            wanted = Asked(outlet=fold(outlet), since=day(since), until=day(until), speaker=by, side=among, about=of, words=fold(about))
            found = get_claims(self._db, shared_scorer(), groups=groups, several=True, change=self._told)
            return [c for c in found if claim is not None or wanted.by(c)]

    def _rows_of(self, found: Iterable[Claim]) -> Iterator[dict[str, Any]]:
        for claim in found:
            with self._asking(), self._checked(LookupError):
                texts = {report_id: get_report(self._db, report_id).text for report_id in {c.report for c in claim.contents}}
                row = claim_row(claim, texts.__getitem__, lambda i: self._register.actor(i) or get_actor(self._db, i))
            yield row

    def quotes(
        self, quote: str | None = None, *, speaker: str | None = None, side: str | None = None, about: str | None = None, outlet: str | None = None,
        since: str | None = None, until: str | None = None, text: str | None = None, limit: int | None = None,
    ) -> Iterator[dict[str, Any]]:
        """The utterances that are quoted twice or more, those first that most texts carry; with *quote* (an id) that one.

        Rows have id, speaker, variants (text, report, statement, change, diff …; the fullest first, and the others held against it, in
        the order of publication), first and carriers (reports in the order of publication, each with the first one of which its text
        is a copy), texts (copies counted once) and reports. A filter keeps the quotes of which some variant matches all that are
        given, as for statements(); *text* is looked for in the words quoted. An id under which a quote went before it began earlier
        or was joined to another leads to that. Raises SaysoError where there is no such quote.
        """
        wanted = self._wanted(speaker=speaker, side=side, about=about, text=None, since=since, until=until)
        filtered = any(value is not None for value in (speaker, side, about, outlet, since, until, text))
        with self._asking(), self._checked(LookupError):
            among = None
            if quote is not None:
                number = quoting.quote_under(self._db, quote)
                if number is None:
                    raise SaysoError(f"there is no quote {quote!r}", "sayso quotes RECORD --format jsonl has the ids")
                among = [number]
            texts = dict(self._db.execute("SELECT report_id, text_id FROM reports WHERE current"))
            copies = quoting.copied(self._db, texts.values())
            held: dict[int, list[quoting.Member]] = {}
            for member in quoting.members(self._db, among):
                held.setdefault(member.quote, []).append(member)
            if filtered and quote is None:
                fits = quoting.matching(self._db, wanted, fold(outlet), fold(text))
                matching = {m.quote for m in sorted((m for some in held.values() for m in some), key=lambda m: m.report_id) if fits(m)}
                held = {n: some for n, some in held.items() if n in matching}

        def rank(n: int) -> tuple[int, int, str, int]:
            reports = {m.report_id for m in held[n]}
            return -len({copies[texts[r]] for r in reports}), -len(reports), min(m.published or "~" for m in held[n]), n

        return self._quotes(sorted(held, key=rank)[:limit], copies)

    def was_quote(self, quote: str) -> str | None:
        """The statement that was the first of a quote (its id) which is none any more, for others were judged to be of another utterance."""
        with self._asking(), self._checked(LookupError):
            return quoting.statement_under(self._db, quote)

    def _quotes(self, numbers: Iterable[int], copies: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        for number in numbers:
            with self._asking(), self._checked(LookupError):
                members = quoting.stretches_in(self._db, number)
                if not members:  # the record has changed meanwhile
                    continue
                reports = {s.report_id: get_report(self._db, s.report_id) for s in members}
                row = quote_row(quote_of(members, {**{s.text_id: s.text_id for s in members}, **copies}), reports, copies, self._actor_with)
            yield row

    def _actor_with(self, actor_id: str) -> Actor | None:
        actor = self._register.actor(actor_id) or get_actor(self._db, actor_id)
        return None if actor is None else self._canonical(actor)

    def _told(self, c: Content) -> Content:
        """A content with the actors that stand for those judged to be the same."""
        return replace(c, voices=tuple(map(self._canonical, c.voices)), side=None if c.side is None else self._canonical(c.side))

    def grouped(self, report_id: str) -> dict[str, dict[str, dict[str, Any]]]:
        """In which *claims* and *quotes* the statements of one report stand together with others: by the statement's id, the id of the claim
        (of the quote) and how many contents make it (reports carry it).
        """
        with self._asking(), self._checked(LookupError):
            rows = self._db.execute("SELECT number, statement FROM statements JOIN reports USING (report) WHERE report_id = ?", (report_id,))
            ids = {number: number_id(statement) for number, statement in rows}
            claims, quotes = claimed_in(self._db, report_id), quoting.quoted_in(self._db, report_id)
        return {
            "claims": {ids[number]: {"id": i, "contents": n} for number, (i, n) in claims.items()},
            "quotes": {ids[number]: {"id": i, "reports": n} for number, (i, n) in quotes.items()},
        }

    def figures(self, *, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """Things of which different speakers say numbers that exclude each other, with who says which, and where."""
        with self._asking(), self._checked(LookupError):
            found = conflicts_of(map(self._told, every_content(self._db)))[:limit]
            rows = [figures_row(c, lambda report_id: get_report(self._db, report_id).text) for c in found]
        return iter(rows)

    def unanswered(
        self, *, outlet: str | None = None, since: str | None = None, until: str | None = None, limit: int | None = None
    ) -> Iterator[dict[str, Any]]:
        """Accusations whose report carries no statement by the accused, or by anybody of their side; by report and place in it."""
        first, last = day(since) or "", day(until) or "9999"
        every = (row for report_id in self._current(outlet=fold(outlet)) for row in self._unanswered(report_id))
        rows = (row for row in every if not (since or until) or first <= (row["published"] or "") <= last)
        return islice(rows, limit)

    def _unanswered(self, report_id: str) -> list[dict[str, Any]]:
        with self._asking(), self._checked(LookupError):
            report, reading = get_report(self._db, report_id), get_reading(self._db, report_id)
            voices, _ = get_resolved(self._db, report_id, len(reading.statements))
            return [unanswered_row(u, report.text) for u in unanswered_of(report, reading, Resolution((), tuple(voices)))] if voices else []
