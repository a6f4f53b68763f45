"""Comparing two outlets, or two reports, of a record."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from sayso.claims.claims import Claim
from sayso.errors import SaysoError
from sayso.export.quotes import quote_row
from sayso.quotes.grouping import quote_of
from sayso.record import comparison
from sayso.record import quotes as quoting
from sayso.record.claims import get_claims
from sayso.record.comparison import Part
from sayso.record.groups import Groups
from sayso.record.rows import get_report, report_row

#: Reports of each outlet of which the wordings of one quote are shown.
_REPORTS: Final = 4
#: Statements of each outlet that are shown of one claim.
_STATEMENTS: Final = 4
#: Actors heard in both, in one alone and in neither that are told of at most.
_HEARD: Final = 25


class Comparing(Groups):
    """A record of which two parts are laid side by side."""

    def compare(self, a: str, b: str, *, limit: int = 20) -> dict[str, Any]:
        """Two outlets (names), or two reports (ids), side by side: what both carry, and what only one does.

        *actors* say how often each is heard *direct*, *reported* by somebody else who speaks, and spoken *about* in *a* and *b*: at most
        25 of those heard directly in both, in one alone, and in neither.
        *quotes* and *claims* have at most *limit* rows under *both*, *a* and *b* (what only that one of the two has, with *elsewhere*, how
        many other reports have it; a quote as it was carried there first, of a claim the first statements), and how many there are of each
        under *counts*; rows are those of quotes() and claims() with nothing of other reports, wordings that differ in no word told once (*alike*:
        in how many reports). *unshared* are utterances that nothing else in the record quotes. Raises SaysoError where the record has nothing of
        one, or for one and the same.
        """
        with self._asking(), self._checked(LookupError):
            parts: dict[str, Part] = {}
            for key, name in (("a", a), ("b", b)):
                one = comparison.part(self._db, name)
                if one is None:
                    advice = "Give the names of two outlets as the record has them, or the ids of two reports"
                    raise SaysoError(f"nothing in this record is of {name!r}", advice)
                parts[key] = one
            if parts["a"] == parts["b"]:
                raise SaysoError("these are one and the same", "Give two outlets, or two reports")
            said, claimed = comparison.quotes(self._db, parts, limit), comparison.claims(self._db, parts, limit)
            out: dict[str, Any] = {key: comparison.size(self._db, one) for key, one in parts.items()}
            out["actors"] = comparison.heard(self._db, parts, self._links, _HEARD)
            for name, shares, rows in (("quotes", said, self._quoted), ("claims", claimed, self._claimed)):
                out[name] = {"both": rows(shares.both, parts)}
                for key, one in parts.items():
                    some = tuple(shares.only[key])
                    made = zip(rows(some, {key: one}), some, strict=True)
                    out[name][key] = [{**row, "elsewhere": shares.only[key][group]} for row, group in made]
                out[name]["counts"] = shares.counts
            out["unshared"] = {}
            for key, one in parts.items():
                remarks, total = comparison.unshared(self._db, one, 3 * limit)
                wordings: dict[str, dict[str, Any]] = {}
                for remark in remarks:
                    if len(wordings) < limit:
                        row = self._alone(*remark)
                        wordings.setdefault(row["text"].lower(), row)
                out["unshared"][key] = {"total": total, "rows": list(wordings.values())}
        return out

    def beside(self, report_id: str, *, limit: int = 8) -> list[dict[str, Any]]:
        """The reports that have most in common with one: rows of find_reports() with *shared*, how many quotes and claims.

        Raises KeyError if the record does not hold the report.
        """
        with self._asking(), self._checked():
            get_report(self._db, report_id)
            return [{**report_row(self._db, i), "shared": n} for i, n in comparison.beside(self._db, report_id, limit)]

    def _quoted(self, numbers: tuple[int, ...], parts: dict[str, Part]) -> list[dict[str, Any]]:
        out = []
        for number in numbers:
            most = _REPORTS if len(parts) > 1 else 1  # with nothing to hold it against, as it was carried first
            members = list(quoting.load(self._db, comparison.in_parts(self._db, number, parts, most)))
            reports = {s.report_id: get_report(self._db, s.report_id) for s in members}
            row = quote_row(quote_of(members, {}), reports, {}, self._actor_with)
            alike: dict[tuple[str, str], list[dict[str, Any]]] = {}
            for variant in row["variants"]:
                variant["in"] = next(k for k, p in parts.items() if p.value in (variant["report"], variant["outlet"]))
                words = " ".join(re.findall(r"\w+", variant["text"].casefold()))
                alike.setdefault((variant["in"], words), []).append(variant)
            told = [{**some[0], "alike": len({variant["report"] for variant in some})} for some in alike.values()]
            out.append({**row, "id": quoting.id_of(number), "variants": told})
        return out

    def _alone(self, report_id: str, remark: int) -> dict[str, Any]:
        """One utterance that one report quotes."""
        quote = quote_of(quoting.remark(self._db, report_id, remark), {})
        row = quote_row(quote, {report_id: get_report(self._db, report_id)}, {}, self._actor_with)
        keys = ("text", "spans", "report", "statement", "speaker", "outlet", "published")
        return {key: row["variants"][0][key] for key in keys}

    def _claimed(self, groups: tuple[int, ...], parts: dict[str, Part]) -> list[dict[str, Any]]:
        some = comparison.first_contents(self._db, groups, parts, _STATEMENTS)
        found = get_claims(self._db, groups, within=some, change=self._told)
        rows = list(self._claim_rows(_within(claim, parts) for claim in found.values()))
        for row in rows:
            for position in ("for", "against", "other"):
                for one in row[position]:
                    one["in"] = next(k for k, p in parts.items() if p.value in (one["report"], one["outlet"]))
        return rows


def _within(claim: Claim, parts: dict[str, Part]) -> Claim:
    """The claim with its contents in these outlets or reports only."""
    values = {p.value for p in parts.values()}
    kept = [(c, m) for c, m in zip(claim.contents, claim.members, strict=True) if c.report in values or c.outlet in values]
    return replace(claim, contents=tuple(c for c, _ in kept), members=tuple(m for _, m in kept))
