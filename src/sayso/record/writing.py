"""Writing one report into a record, with all that rests on its reading and on what persons judged."""

from __future__ import annotations

from dataclasses import replace

from sayso.actors.actor import Actor
from sayso.actors.registry import above, shipped
from sayso.actors.resolve import Resolution, resolve_reading
from sayso.claims.contents import contents_of
from sayso.claims.scorer import shared_scorer
from sayso.quotes.speakers import SpeakerKey, speaker_keys
from sayso.quotes.stretches import stretches_of
from sayso.reading import Reading
from sayso.record import quotes as quoting
from sayso.record.actors import actor_of
from sayso.record.aside import forget_aside, put_aside
from sayso.record.claims import judged_nodes, put_contents
from sayso.record.comparing import Comparing
from sayso.record.corrections import Corrected, corrected
from sayso.record.overlay import overlaid, positioned, sided
from sayso.record.resolutions import put_resolution
from sayso.record.rows import put_reading, put_report
from sayso.reports import Report


class Writing(Comparing):
    """A record into which reports are written."""

    def _put_report(self, report: Report, machine: Reading, *, alone: bool) -> bool:
        """Write one report with what the machine read and persons judged; True if it replaces one."""
        reading, corrected = self._corrected(report, machine)
        replaced = put_report(self._db, report, reading, alone=alone)
        self._put_aside(report, machine, corrected)
        self._put(report, reading)
        return replaced

    def _put_over(self, report: Report, machine: Reading) -> Reading:
        """Write what the machine read in a report that is there, and persons judged, in place of what it has; gives that."""
        reading, corrected = self._corrected(report, machine)
        put_reading(self._db, report, reading)
        self._put_aside(report, machine, corrected)
        self._put(report, reading)
        return reading

    def _corrected(self, report: Report, machine: Reading) -> tuple[Reading, Corrected | None]:
        judged = self._stated.get(report.text_id)
        if not judged:
            return machine, None
        made = corrected(report.text, machine, judged)
        return made.reading, made

    def _put_aside(self, report: Report, machine: Reading, made: Corrected | None) -> None:
        if made is None:
            forget_aside(self._db, report.id)
        else:
            put_aside(self._db, report.id, machine, made)

    def _put(self, report: Report, reading: Reading) -> None:
        """Write what rests on the reading of one report: who speaks, which claims are made, and what is quoted."""
        resolution = self._resolved(report, reading)
        put_resolution(self._db, report, reading, resolution, self._registry)
        (current,) = self._db.execute("SELECT current FROM reports WHERE report_id = ?", (report.id,)).fetchone()
        contents = positioned(contents_of(report, reading, resolution), reading.statements, self._stood.get(report.text_id, [])) if current else []
        # nodes that were judged one or apart may come or go with this report: what holds is looked up when it is written
        put_contents(
            self._db, report.id, contents, shared_scorer(), self._vectors, lambda: judged_nodes(self._db, self._alike, shared_scorer()), self._told
        )
        keys = [self._known(key) for key in speaker_keys(reading.statements, resolution.voices)]
        numbers = {s.id(report.id): n for n, s in enumerate(reading.statements)}
        found = stretches_of(report, reading.statements, keys) if current else []
        stretches = [(s, None if s.statement_id is None else numbers[s.statement_id]) for s in found]
        quoting.put_stretches(self._db, report.id, report.text, stretches, lambda: quoting.judged_stretches(self._db, self._uttered))

    def _known(self, key: SpeakerKey | None) -> SpeakerKey | None:
        """The speaker with the ids that stand for those judged to be the same."""
        if key is None:
            return None
        one = self._links.canonical
        return replace(key, id=one(key.id), members=frozenset(map(one, key.members)), around=frozenset(map(one, key.around)))

    def _resolved(self, report: Report, reading: Reading) -> Resolution:
        """The resolution of one report, with what persons judged about its speakers."""
        resolution = resolve_reading(report, reading, self._register, shipped())
        published = report.publication.published[:10] if report.publication.published else None

        def whole(actor: Actor) -> list[Actor]:
            return above(self._register, actor, published)

        def named(value: str) -> Actor:
            return actor_of(self._db, value, self._register)

        judged = self._spoken.get(report.text_id, [])
        return sided(overlaid(resolution, reading.statements, judged, named, whole), self._canonical, whole)
