"""Reports of a record: their texts, readings and statements, and what persons judged about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sayso.actors.registry import shipped
from sayso.actors.resolve import resolve_reading
from sayso.errors import SaysoError
from sayso.export.rows import statement_rows
from sayso.reading import Reading
from sayso.record.aside import became, machines
from sayso.record.corrections import corrected
from sayso.record.held import held_in, statements_held
from sayso.record.judgements import Place, other_place
from sayso.record.opened import Opened
from sayso.record.packing import number_id
from sayso.record.rows import find_statement, get_reading, get_report, get_resolved, numbers_within, some_statements, versions
from sayso.reports import Publication, Report
from sayso.spans import surface


class Reports(Opened):
    """A record that is asked for single reports."""

    def reports(self) -> Iterator[tuple[str, Publication, str]]:
        """(id, publication, origin) of each current report, in the order of origin."""
        for report_id in self._current():
            report = self._held(report_id)
            yield report_id, report.publication, report.origin

    def report(self, report_id: str) -> Report:
        """The report with *report_id*. Raises KeyError if the record does not hold it."""
        with self._asking(), self._checked():
            return get_report(self._db, report_id)

    def reading(self, report_id: str) -> Reading:
        """The reading of the report with *report_id*. Raises KeyError if the record does not hold it."""
        with self._asking(), self._checked():
            return get_reading(self._db, report_id)

    def versions(self, report_id: str) -> list[str]:
        """The ids of the report's versions that the record holds, the earliest first. Raises KeyError if it does not hold it."""
        with self._asking(), self._checked():
            return versions(self._db, report_id)

    def report_statements(
        self, report_id: str, start: int | None = None, end: int | None = None, *, by: str = "all"
    ) -> list[dict[str, Any]]:  # fmt: skip
        """The rows of one report's statements, in their order; with *start* and *end* those that have a part in between.

        *by*: "all", what the machine found with what persons judged; "machine", what it found alone; "person", what a person
        judged right, corrected or found, or whose speaker a person told.

        Raises KeyError if the record does not hold it.
        """
        if by not in ("all", "machine", "person"):
            raise SaysoError(f"there is no view {by!r}", "It is all, machine or person")
        with self._asking(), self._checked():
            if by == "machine":
                report = get_report(self._db, report_id)
                machine = machines(self._db, report_id, get_reading(self._db, report_id))
                made = resolve_reading(report, machine, self._register, shipped())
                return list(statement_rows(
                    report.text, machine.statements, made.voices, report_id=report_id, origin=report.origin, publication=report.publication,
                    said=made.said,
                ))  # fmt: skip
            if by == "person":
                kept = {i for i, some in self.judged(report_id)["statements"].items() if any(j["kind"] != "wrong" for j in some)}
                return [row for row in self.report_statements(report_id, start, end) if row["id"] in kept]
            if start is not None or end is not None:
                within = numbers_within(self._db, report_id, start or 0, 2**53 if end is None else end)
                return self._some_rows((report_id, number) for number in within)
            versions(self._db, report_id)  # raises KeyError
            return self._rows(report_id)

    def statement(self, statement_id: str) -> dict[str, Any]:
        """The row of one statement. Raises KeyError if the record does not hold it."""
        with self._asking(), self._checked():
            row = find_statement(self._db, statement_id)
            if row is None:
                raise KeyError(statement_id)
            return self._some_rows([row])[0]

    def judged(self, report_id: str) -> dict[str, Any]:
        """What persons judged about one report: *statements*, for each id of a statement the rows of the judgements that hold on to it, the
        latest last; *struck*, the statements of the machine that were judged to be none, each with the *judgement*.

        Raises KeyError if the record does not hold the report.
        """
        with self._asking(), self._checked():
            report = get_report(self._db, report_id)
            some = [j for judged in (self._spoken, self._stood, self._stated) for j in judged.get(report.text_id, ())]
            out: dict[str, list[dict[str, Any]]] = defaultdict(list)
            if not some:
                return {"statements": out, "struck": []}
            reading = get_reading(self._db, report_id)
            machine, made = reading, None
            if self._stated.get(report.text_id):
                machine = machines(self._db, report_id, reading)
                made = corrected(report.text, machine, self._stated[report.text_id])
            held = held_in(reading, some, made)
            for j in sorted(some, key=lambda j: j.order):
                number = held.get(j.uid)
                if number is not None:
                    out[reading.statements[number].id(report_id)].append({"id": j.id, **j.to_row()})
            struck = []
            for s, j2 in zip(machine.statements, made.struck, strict=True) if made else ():
                if j2 is not None:
                    words = {key: surface(report.text, getattr(s, key)) for key in ("source", "cue", "content")}
                    struck.append({"id": s.id(report_id), **words, "judgement": {"id": j2.id, **j2.to_row()}})
            return {"statements": out, "struck": struck}

    def positions_judged(self, statement_ids: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
        """The rows of the judgements on positions that stand and hold on to these statements, by id, the latest last."""
        wanted = set(statement_ids)
        out: dict[str, list[dict[str, Any]]] = defaultdict(list)
        with self._asking(), self._checked():
            for text_id in sorted(self._texts_of(wanted) & self._stood.keys()):
                for j in sorted(self._stood[text_id], key=lambda j: j.order):
                    for one in self._held_by(text_id, j.place):
                        if one in wanted:
                            out[one].append({"id": j.id, **j.to_row()})
        return out

    def pairs_judged(self, field: str, statement_ids: Iterable[str]) -> list[dict[str, Any]]:
        """The judgements that stand on whether one of these statements has the same *field* ("claim" or "quote") as another, the latest last.

        Rows have id, kind, coder, time, and ids of both statements (*a* and *b*) in the first report of their texts.
        """
        wanted = set(statement_ids)
        out = []
        with self._asking(), self._checked():
            texts = self._texts_of(wanted)
            for j in sorted(self._alike if field == "claim" else self._uttered, key=lambda j: j.order):
                if j.text_id is None or j.place is None or j.value is None:
                    continue
                other, place = other_place(j.value)
                if not texts & {j.text_id, other}:
                    continue
                a, b = self._held_by(j.text_id, j.place), self._held_by(other, place)
                if a and b and wanted & {*a, *b}:
                    ends = (next((i for i in some if i in wanted), some[0]) for some in (a, b))
                    out.append({"id": j.id, "kind": j.kind, "coder": j.coder, "time": j.time, **dict(zip("ab", ends, strict=True))})
        return out

    def _texts_of(self, statement_ids: Iterable[str]) -> set[str]:
        query = "SELECT text_id FROM reports WHERE report_id = ?"
        held = {at[0] for at in (find_statement(self._db, i) for i in statement_ids) if at is not None}
        return {text_id for report_id in held for (text_id,) in self._db.execute(query, (report_id,))}

    def _held_by(self, text_id: str, place: Place | None) -> list[str]:
        """Ids of the statements to which a place holds on."""
        query = "SELECT statement FROM statements JOIN reports USING (report) WHERE report_id = ? AND number = ?"
        held = statements_held(self._db, text_id, place) if place is not None else ()
        return [number_id(self._db.execute(query, one).fetchone()[0]) for one in held]

    def became(self, statement_id: str) -> tuple[str, str | None]:
        """The report of a statement that the machine found and persons judged, and the statement that it became; None: it was judged to be none.

        Raises KeyError for one of which that cannot be said.
        """
        with self._asking(), self._checked():
            return became(self._db, statement_id)

    def _rows(self, report_id: str) -> list[dict[str, Any]]:
        """Rows of all statements of one report."""
        with self._asking(), self._checked(LookupError):
            report, found = get_report(self._db, report_id), get_reading(self._db, report_id).statements
            voices, said = get_resolved(self._db, report_id, len(found))
            return list(statement_rows(
                report.text, found, voices, report_id=report_id, origin=report.origin, publication=report.publication, canonical=self._canonical,
                said=said,
            ))

    def _some_rows(self, hits: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
        """Rows of single statements, in their order; only they and those around them are looked up."""
        wanted = list(hits)
        numbers: dict[str, set[int]] = defaultdict(set)
        for report_id, number in wanted:
            numbers[report_id].add(number)
        made: dict[tuple[str, int], dict[str, Any]] = {}
        for report_id, some in numbers.items():
            report = get_report(self._db, report_id)
            found, voices, said = some_statements(self._db, report_id, some)
            rows = statement_rows(
                report.text, list(found.values()), voices, report_id=report_id, origin=report.origin, publication=report.publication,
                canonical=self._canonical, said=said,
            )  # fmt: skip
            for number, row in zip(found, rows, strict=True):
                made[report_id, number] = row
        return [made[hit] for hit in wanted]
