"""Judging: a person's decisions are written down, and the reports that they touch resolved again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, TypeVar, cast

from sayso.claims.scorer import shared_scorer
from sayso.errors import SaysoError
from sayso.record import judgements as judging
from sayso.record import quotes as quoting
from sayso.record.actors import speaking_in
from sayso.record.aside import machines
from sayso.record.claims import count_claims, groups_heard, judged_nodes, regroup
from sayso.record.corrections import is_of_statements
from sayso.record.decisions import are_statements, judge_alike, judge_pair, judge_spans, judge_speaker, judge_statement, judge_whether
from sayso.record.held import holding
from sayso.record.nodes import HeldScores
from sayso.record.overlay import agree
from sayso.record.resolutions import put_actors
from sayso.record.rows import get_reading, get_report
from sayso.record.writing import Writing

T = TypeVar("T")

#: Keys of a judgement's row that hold in its record only.
_OF_RECORD: Final = frozenset({"id", "stands", "contradicted_by", "contradicts", "statements"})


class Judging(Writing):
    """A record on which persons judge."""

    def judge(self, kind: str, a: str, b: str | Mapping[str, Any] | None = None, *, coder: str) -> dict[str, Any]:
        """Write down a person's decision.

        "same" or "not same" of two actors (ids); "speaker" of a statement (its id, and who); "right" or "wrong" of a statement (its
        id, and "statement" or "speaker"; the former if not said); "spans" of a statement (its id, and the right ones as
        ``{"source": [[start, end], …], "cue": …, "content": …}``); "missed" in a report (its id, and the spans).
        "same claim" and "not same claim" of two statements (ids): whether they make one claim, as "same" and "not same" of statements do;
        "same quote" and "not same quote": whether they quote one utterance. "position" of a statement: its speaker is "for" or "against"
        what it says, or neither ("other").

        Gives the judgement as a row, with its id and those of the judgements that it contradicts: of two, the later holds.
        Reports that it touches are resolved again, in one transaction with it. Raises SaysoError where there is no such
        actor or statement, or somebody cannot be told from others.
        """
        self._check_write()
        if kind in ("spans", "missed"):
            if not isinstance(b, Mapping):
                raise SaysoError(f"a judgement {kind!r} without spans", "Give them")
            made = self._judging(lambda: judge_spans(self._db, "spans" if kind == "spans" else "missed", a, b, coder))
        elif b is not None and not isinstance(b, str):
            raise SaysoError(f"a judgement {kind!r} has no spans", "Leave them out")
        elif kind in ("right", "wrong"):
            made = self._judging(lambda: judge_whether(self._db, "right" if kind == "right" else "wrong", a, b or "statement", coder))
        elif kind == "speaker":
            made = self._judging(lambda: judge_speaker(self._db, self._register, self._links.canonical, a, b or "", coder))
        elif kind == "position":
            made = self._judging(lambda: judge_statement(self._db, "position", a, b or "", coder))
        elif judging.FIELDS.get(kind) in judging.PAIRED or (kind in ("same", "not same") and b is not None and are_statements(self._db, a, b)):
            pair = cast(judging.Kind, kind if kind in judging.FIELDS else f"{kind} claim")
            made = self._judging(lambda: judge_alike(self._db, pair, a, b or "", coder))
        elif kind in ("same", "not same"):
            made = self._judging(lambda: judge_pair(self._db, self._register, "same" if kind == "same" else "not same", a, b or "", coder))
        else:
            raise SaysoError(f"there is no judgement {kind!r}", "It is one of: " + ", ".join(judging.ASKED))
        contradicted = [row["id"] for row in self.judgements() if made.id in row["contradicted_by"]]
        return {"id": made.id, **made.to_row(), "contradicts": contradicted}

    def undo(self, judgement: int, *, coder: str) -> dict[str, Any]:
        """Withdraw the judgement with this id; withdrawing a withdrawal brings it back. Raises SaysoError if there is none."""
        self._check_write()
        made = self._judging(lambda: judging.undo(self._db, judgement, coder))
        return {"id": made.id, **made.to_row()}

    def judgements(self) -> Iterator[dict[str, Any]]:
        """Every judgement, the earliest first: a row with its id, and whether it *stands*, or was withdrawn.

        *contradicted_by* are the ids of later ones for which it does not hold although it stands; *statements*, for a
        speaker, the ids of those that it holds on to, in each report of its text (none: nothing there is like it any more).
        """
        with self._asking(), self._checked(LookupError):
            every = judging.all(self._db)
            effective = judging.effective(every)
            held, overruled = holding(self._db, every, self._stated)
            ids = {j.uid: j.id for j in every}
            against = {c.judgement.uid: sorted(ids[j.uid] for j in c.against) for c in self._links.conflicts()}
            told = [j for j in effective if j.text_id is not None and not is_of_statements(j) and judging.FIELDS.get(j.kind) not in judging.PAIRED]
            latest = {(s, j.kind == "position"): j for j in told for s in held.get(j.uid, ())}
            for j in told:
                others = {one.id for s in held.get(j.uid, ()) for one in (latest[s, j.kind == "position"],) if not agree(one, j)}
                against.setdefault(j.uid, sorted(others))
            against |= {uid: [later.id] for uid, later in overruled.items()}
            stands = {j.uid for j in effective}
            rows = [
                {"id": j.id, **j.to_row(), "stands": j.uid in stands, "contradicted_by": against.get(j.uid, []), "statements": held.get(j.uid, [])}
                for j in every
            ]
        return iter(rows)

    def bring_in(self, rows: Iterable[Mapping[str, Any]]) -> int:
        """Add judgements that another record's judgements() gave; how many were new. Raises SaysoError for a row that cannot be."""
        self._check_write()
        plain = [{k: v for k, v in row.items() if k not in _OF_RECORD} if isinstance(row, Mapping) else row for row in rows]
        return self._judging(lambda: judging.from_rows(self._db, plain))

    def _judging(self, judge: Callable[[], T]) -> T:
        """Write down what *judge* adds, and resolve again the reports that it touches, and no others; all or nothing."""
        with self._changing(), self._checked(LookupError):
            links, spoken, stood, alike, uttered, stated = self._links, self._spoken, self._stood, self._alike, self._uttered, self._stated
            before, before_quoted = judged_nodes(self._db, alike, shared_scorer()), quoting.judged_stretches(self._db, uttered)
            made = judge()
            self._load()
            other = links.changed(self._links)
            for one in sorted({self._links.canonical(i) for i in other}):
                actor = self._register.actor(one)
                if actor is not None:  # whom no report has named so far
                    put_actors(self._db, [actor])
            touched = speaking_in(self._db, other)
            anew: set[str] = set()  # other statements, not only other speakers or positions
            for old, new, into in ((spoken, self._spoken, touched), (stood, self._stood, touched), (stated, self._stated, anew)):
                for text_id in sorted(t for t in {*old, *new} if old.get(t) != new.get(t)):
                    into |= {i for (i,) in self._db.execute("SELECT report_id FROM reports WHERE text_id = ?", (text_id,))}
            for report_id in sorted(touched | anew):
                report, reading = get_report(self._db, report_id), get_reading(self._db, report_id)
                if report_id in anew:
                    self._put_over(report, machines(self._db, report_id, reading))
                else:
                    self._put(report, reading)
            other_groups = groups_heard(self._db, other)  # who counts as one there may have changed
            if alike != self._alike:
                now = judged_nodes(self._db, self._alike, shared_scorer())
                other_groups |= regroup(self._db, {*before.nodes, *now.nodes}, HeldScores(self._db, shared_scorer()), now)
            count_claims(self._db, other_groups, shared_scorer(), self._told)
            if uttered != self._uttered:
                quoted = quoting.judged_stretches(self._db, self._uttered)
                quoting.count_quotes(self._db, quoting.regroup(self._db, {*before_quoted.stretches, *quoted.stretches}, quoted))
        return made
