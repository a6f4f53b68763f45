"""Groups of a record's statements: claims, disputes, quotes, figures; and accusations without an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from sayso.actors.actor import Actor
from sayso.actors.resolve import Resolution
from sayso.claims.claims import Claim
from sayso.claims.contents import Content
from sayso.claims.disputes import SIDES
from sayso.claims.figures import conflicts_of
from sayso.claims.unanswered import unanswered_of
from sayso.errors import SaysoError
from sayso.export.claims import claim_row, figures_row, named, unanswered_row
from sayso.export.quotes import quote_row
from sayso.quotes.grouping import quote_of
from sayso.record import quotes as quoting
from sayso.record import standings
from sayso.record.actors import get_actor
from sayso.record.asking import Asking
from sayso.record.claims import every_content, get_claims, group_founded
from sayso.record.filters import day, fold
from sayso.record.listing import Page
from sayso.record.packing import number_id
from sayso.record.rows import Texts, get_reading, get_report, get_resolved
from sayso.record.search import MOST

#: Claims that are looked up at once.
_AT_ONCE: Final = 25


class Groups(Asking):
    """A record that is asked for what its statements make together."""

    def claims(
        self, claim: str | None = None, *, speaker: str | None = None, side: str | None = None, about: str | None = None, text: str | None = None,
        outlet: str | None = None, since: str | None = None, until: str | None = None, limit: int | None = None,
    ) -> Iterator[dict[str, Any]]:
        """The claims that two contents or more make, those first on which most speakers take a position; with *claim* (an id) that one.

        Rows have id, label, for, against and other (each a list of positions: speaker, side, statement, said_on …). Filters are those of
        find_statements(), *text* its words: a claim is kept of which some statement matches all that are given. An id under which a claim
        went before it was joined to another leads to that. Raises SaysoError where there is no such claim.
        """
        return self._asked_for("claims", claim, text, speaker, side, about, outlet, since, until, limit)

    def disputes(
        self, claim: str | None = None, *, speaker: str | None = None, side: str | None = None, about: str | None = None, text: str | None = None,
        outlet: str | None = None, since: str | None = None, until: str | None = None, limit: int | None = None,
    ) -> Iterator[dict[str, Any]]:
        """The claims with opposed positions, those first of which most stands on either side; rows and filters as of claims()."""
        return self._asked_for("disputes", claim, text, speaker, side, about, outlet, since, until, limit)

    def _asked_for(
        self, kind: str, claim: str | None, text: str | None, speaker: str | None, side: str | None, about: str | None, outlet: str | None,
        since: str | None, until: str | None, limit: int | None,
    ) -> Iterator[dict[str, Any]]:  # fmt: skip
        with self._asking(), self._checked(LookupError):
            if claim is not None:
                group = group_founded(self._db, claim)
                if group is None:
                    raise SaysoError(f"there is no claim {claim!r}", "sayso claims RECORD --format jsonl has the ids")
                groups = [group] if kind == "claims" or standings.disputed(self._db, group) else []
            else:
                groups, _ = self._matching_groups(kind, text, speaker, side, about, outlet, since, until, 0, -1 if limit is None else limit)
        return self._claim_rows(islice(self._claims_of(groups), limit))

    def find_claims(
        self, words: str | None = None, *, speaker: str | None = None, side: str | None = None, about: str | None = None, outlet: str | None = None,
        since: str | None = None, until: str | None = None, disputed: bool = False, offset: int = 0, limit: int = 25,
    ) -> Page:  # fmt: skip
        """One page of claims() (*disputed*: of disputes()), found in the index: quick in a large record, too.

        Rows are brief: of each position they name the first twelve speakers, each with one statement; speakers has how many there are.
        Filters are those of find_statements(): a claim is kept of which some statement matches all that are given.
        """
        return self._page("disputes" if disputed else "claims", words, speaker, side, about, outlet, since, until, offset, limit)

    def find_quotes(
        self, words: str | None = None, *, speaker: str | None = None, side: str | None = None, about: str | None = None, outlet: str | None = None,
        since: str | None = None, until: str | None = None, offset: int = 0, limit: int = 25,
    ) -> Page:  # fmt: skip
        """One page of quotes(), found in the index: rows have the fullest of the variants alone, renderings (how many there are), and no carriers.

        Filters are those of find_statements(): a quote is kept of which some statement matches all that are given.
        """
        return self._page("quotes", words, speaker, side, about, outlet, since, until, offset, limit)

    def _page(
        self, kind: str, words: str | None, speaker: str | None, side: str | None, about: str | None, outlet: str | None, since: str | None,
        until: str | None, offset: int, limit: int,
    ) -> Page:  # fmt: skip
        self._check_page("newest", offset, limit)
        with self._asking(), self._checked(LookupError):
            groups, total = self._matching_groups(kind, words, speaker, side, about, outlet, since, until, offset, limit)
            rows = [self._brief_quote(n) for n in groups] if kind == "quotes" else standings.briefs(self._db, groups)
        return Page(tuple(rows), min(total, MOST), offset, limit, total > MOST)

    def _matching_groups(
        self, kind: str, words: str | None, speaker: str | None, side: str | None, about: str | None, outlet: str | None, since: str | None,
        until: str | None, offset: int, limit: int,
    ) -> tuple[list[int], int]:  # fmt: skip
        return standings.found(
            self._db, kind, words=words, actors=self._roles(speaker, side, about), outlet=outlet, since=day(since), until=day(until), offset=offset,
            limit=limit,
        )  # fmt: skip

    def positions(self, actor_id: str, *, limit: int = 25) -> dict[str, Any]:
        """Where an actor (id) stands towards which claims, those first towards which others stand otherwise, then those of which most speak.

        *positions* (at most *limit* of *total*) have id and label of the claim, stands ("for" or "against"), statement (the latest),
        published, and against, the first of the actors who stand otherwise; *contradicted_by* are the actors who do so most often, with how
        many claims.
        """
        with self._asking(), self._checked(LookupError):
            ids = self._links.members(actor_id)
            every = standings.stands(self._db, ids)
            stands = [(group, way) for group, way, _ in every[:limit]]
            rows = []
            for (group, way), brief in zip(stands, standings.briefs(self._db, (group for group, _ in stands)), strict=True):
                statement, published = standings.latest(self._db, group, ids, way)
                against = {one["speaker"]["id"]: one["speaker"] for one in brief[SIDES[way > 0]] if one["speaker"]}
                rows.append({
                    "id": brief["id"], "label": brief["label"], "stands": SIDES[way < 0], "statement": statement, "published": published,
                    "against": [who for i, who in against.items() if i not in ids],
                })  # fmt: skip
            counts = Counter[str]()
            for other, n in standings.contrary(self._db, ((group, way) for group, way, opposed in every if opposed)).items():
                if other not in ids:
                    counts[self._links.canonical(other)] += n
            best = sorted(counts.items(), key=lambda x: (-x[1], x[0]))[:limit]
            others = [(self._register.actor(i) or get_actor(self._db, i), n) for i, n in best]
        contrary = [{"id": who.id, "name": who.name, "kind": who.kind, "claims": n} for who, n in others if who is not None]
        return {"positions": rows, "total": len(every), "contradicted_by": contrary}

    def _claims_of(self, groups: Sequence[int]) -> Iterator[Claim]:
        """The claims that these groups are, some at a time."""
        for begin in range(0, len(groups), _AT_ONCE):
            with self._asking(), self._checked(LookupError):
                found = get_claims(self._db, groups[begin : begin + _AT_ONCE], change=self._told)
            yield from found.values()

    def _claim_rows(self, claims: Iterable[Claim]) -> Iterator[dict[str, Any]]:
        texts = Texts(self._db)
        for claim in claims:
            with self._asking(), self._checked(LookupError):
                row = claim_row(claim, texts.__getitem__, lambda i: self._register.actor(i) or get_actor(self._db, i))
            yield row

    def quotes(
        self, quote: str | None = None, *, speaker: str | None = None, side: str | None = None, about: str | None = None, outlet: str | None = None,
        since: str | None = None, until: str | None = None, text: str | None = None, limit: int | None = None,
    ) -> Iterator[dict[str, Any]]:
        """The utterances that are quoted twice or more, those first that most texts carry; with *quote* (an id) that one.

        Rows have id, speaker, variants (text, report, statement, change, diff …; the fullest first, and the others held against it, in
        the order of publication), first and carriers (reports in the order of publication, each with the first one of which its text
        is a copy), texts (copies counted once) and reports. Filters are those of find_statements(), *text* its words: a quote is kept of
        which some statement matches all that are given. An id under which a quote went before it began earlier or was joined to another
        leads to that. Raises SaysoError where there is no such quote.
        """
        with self._asking(), self._checked(LookupError):
            if quote is not None:
                return self._quotes([self._quote_under(quote)])
            numbers, _ = self._matching_groups("quotes", text, speaker, side, about, outlet, since, until, 0, -1 if limit is None else limit)
        return self._quotes(numbers)

    def was_quote(self, quote: str) -> str | None:
        """The statement that was the first of a quote (its id) which is none any more, for others were judged to be of another utterance."""
        with self._asking(), self._checked(LookupError):
            return quoting.statement_under(self._db, quote)

    def quote(self, quote: str, *, offset: int = 0, limit: int = 25) -> dict[str, Any]:
        """One quote (its id) as quotes() gives it, but how a variant was altered (change, diff) is told only of so many, from the one after the
        *offset*-th on; the fullest is the 0th. Raises SaysoError where there is no such quote.
        """
        with self._asking(), self._checked(LookupError):
            return next(self._quotes([self._quote_under(quote)], range(offset + 1, offset + 1 + limit)))

    def _quote_under(self, quote: str) -> int:
        number = quoting.quote_under(self._db, quote)
        if number is None:
            raise SaysoError(f"there is no quote {quote!r}", "sayso quotes RECORD --format jsonl has the ids")
        return number

    def _quotes(self, numbers: Iterable[int], told: range | None = None) -> Iterator[dict[str, Any]]:
        for number in numbers:
            with self._asking(), self._checked(LookupError):
                members = quoting.stretches_in(self._db, number)
                if not members:  # the record has changed meanwhile
                    continue
                reports = {s.report_id: get_report(self._db, s.report_id) for s in members}
                copies = quoting.copied(self._db, {s.text_id for s in members})
                row = quote_row(quote_of(members, copies, told=told), reports, copies, self._actor_with)
            yield row

    def _brief_quote(self, number: int) -> dict[str, Any]:
        """A quote by the fullest of its wordings."""
        counts = quoting.counts(self._db, number)
        members = quoting.remark_with(self._db, counts.fullest)
        report_id = members[0].report_id
        row = quote_row(quote_of(members, {}), {report_id: get_report(self._db, report_id)}, {}, self._actor_with)
        speaker = self._actor_with(counts.speaker.id) if counts.speaker is not None else None
        return {
            "id": quoting.id_of(number), "speaker": named(speaker), "variants": row["variants"], "renderings": counts.renderings,
            "texts": counts.texts, "reports": counts.reports,
        }  # fmt: skip

    def _actor_with(self, actor_id: str) -> Actor | None:
        actor = self._register.actor(actor_id) or get_actor(self._db, actor_id)
        return None if actor is None else self._canonical(actor)

    def _told(self, c: Content) -> Content:
        """A content with the actors that stand for those judged to be the same."""
        return replace(c, voices=tuple(map(self._canonical, c.voices)), side=None if c.side is None else self._canonical(c.side))

    def grouped(self, report_id: str) -> dict[str, dict[str, dict[str, Any]]]:
        """In which *claims* and *quotes* the statements of one report stand together with others: by the statement's id, the id of the claim
        (of the quote) and how many contents make it (reports carry it); and whether it takes a position in a dispute.
        """
        with self._asking(), self._checked(LookupError):
            rows = self._db.execute("SELECT number, statement FROM statements JOIN reports USING (report) WHERE report_id = ?", (report_id,))
            ids = {number: number_id(statement) for number, statement in rows}
            claims, quotes = standings.claimed_in(self._db, report_id), quoting.quoted_in(self._db, report_id)
        return {
            "claims": {ids[number]: {"id": i, "contents": n, "disputed": yes} for number, (i, n, yes) in claims.items()},
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
