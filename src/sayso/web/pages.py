"""Pages: what each address of the room shows, as a page and, with .json, as data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from sayso.claims.disputes import POSITIONS
from sayso.errors import SaysoError
from sayso.record import Record
from sayso.statements import FORMS, STANCES, acts
from sayso.web import prose
from sayso.web.asked import ROWS, Asked, stretch
from sayso.web.room import Room


@dataclass(frozen=True)
class Answer:
    """What a page shows: *data*, as its .json twin gives it; *more*, what only its template needs."""

    template: str
    data: Mapping[str, Any]
    more: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    whole: bool = True  #: told by the record alone, so that it may be kept


Make = Callable[[Room, Record, Asked], "Answer | str"]


class Missing(Exception):  # noqa: N818 - it is an answer
    """There is nothing at this address."""


def record_page(room: Room, record: Record, asked: Asked) -> Answer:
    """The front page."""
    overview = room.counted("overview", lambda r: r.overview())
    speakers = room.counted("speakers", lambda r: r.find_actors(kind="named", limit=15))
    newest = record.find_reports(limit=8)
    data = {
        "disputes": list(record.find_claims(disputed=True, limit=6).rows),
        "overview": overview, "speakers": [a for a in speakers.rows if a["statements"]],
        "newest": list(newest.rows),
    }  # fmt: skip
    return Answer("record.html", data)


def reports_page(room: Room, record: Record, asked: Asked) -> Answer:
    """Reports, found by words and facts."""
    filters = asked.taken("words", "speaker", "side", "about", "outlet", "since", "until")
    page = record.find_reports(filters.pop("words", None), **filters, order=asked.order, offset=asked.offset, limit=asked.limit)
    return Answer("reports.html", {"filters": asked.given, **page.to_dict()}, {"outlets": _outlets(room), "who": _who(record, asked)})


def statements_page(room: Room, record: Record, asked: Asked) -> Answer:
    """Statements, found by words, actors, facts of publication and what they are."""
    names = ("words", "speaker", "side", "about", "outlet", "since", "until", "form", "act", "stance", "report")
    filters = asked.taken(*names)
    page = record.find_statements(
        filters.pop("words", None), **filters, min_confidence=asked.min_confidence, nested=asked.nested, order=asked.order,
        offset=asked.offset, limit=asked.limit,
    )  # fmt: skip
    more = {
        "outlets": _outlets(room), "acts": list(acts()), "forms": FORMS, "stances": STANCES, "who": _who(record, asked),
        "colours": prose.sides(page.rows),
    }  # fmt: skip
    return Answer("statements.html", {"filters": asked.given, **page.to_dict()}, more)


def timeline_page(room: Room, record: Record, asked: Asked) -> Answer:
    """Statements in the order in which they were made."""
    filters = asked.taken("words", "speaker", "side", "about", "outlet", "since", "until")
    # In order of what the text tells, where that is of somebody; of all, by publication: nobody waits for all of them to be put in order.
    order = "said" if {"speaker", "about", "words", "side"} & filters.keys() else "oldest"
    page = record.find_statements(
        filters.pop("words", None), **filters, min_confidence=asked.min_confidence, nested=False, order=order, offset=asked.offset, limit=asked.limit
    )
    more = {"outlets": _outlets(room), "who": _who(record, asked), "colours": prose.sides(page.rows), "days": _days(page.rows)}
    return Answer("timeline.html", {"filters": asked.given, "order": order, **page.to_dict()}, more)


def _days(rows: tuple[dict[str, Any], ...]) -> list[tuple[str | None, list[dict[str, Any]]]]:
    """The rows by the day on which they were said, or published, as they come."""
    out: list[tuple[str | None, list[dict[str, Any]]]] = []
    for row in rows:
        published = row["report"]["published"]
        when = row["said_on"] or (published[:10] if published else None)
        if not out or out[-1][0] != when:
            out.append((when, []))
        out[-1][1].append(row)
    return out


def _outlets(room: Room) -> list[str]:
    return room.counted("outlets", lambda r: r.outlets())


def _who(record: Record, asked: Asked) -> dict[str, str]:
    """Names of the actors whose ids are asked for."""
    return {key: record.name_of(value) or value for key in ("speaker", "side", "about") if (value := asked.given.get(key))}


def actors_page(room: Room, record: Record, asked: Asked) -> Answer:
    """Actors, by how much they speak, or found by words of their names."""
    words, kind = asked.given.get("words"), asked.given.get("kind")
    page = record.find_actors(words, kind=kind or (None if words else "named"), offset=asked.offset, limit=asked.limit)
    return Answer("actors.html", {"filters": asked.given, **page.to_dict()})


def actor_page(room: Room, record: Record, asked: Asked) -> Answer | str:
    """One actor."""
    try:
        who = record.actor(asked.id)
    except SaysoError as error:
        raise Missing(error.message) from None
    if who["id"] != asked.id:
        return f"/actors/{who['id']}"
    heard = record.heard(who["id"])
    by = record.find_statements(speaker=who["id"], limit=12)
    about = record.find_statements(about=who["id"], limit=12)
    stands = record.positions(who["id"])
    data = {
        **who, "heard": heard, "by": list(by.rows), "said_about": list(about.rows), "positions": stands["positions"],
        "positions_in_all": stands["total"], "contradicted_by": stands["contradicted_by"],
    }  # fmt: skip
    return Answer("actor.html", data, {"colours": prose.sides([*by.rows, *about.rows])})


def report_page(room: Room, record: Record, asked: Asked) -> Answer:
    """One report, its statements in place."""
    try:
        report = record.report(asked.id)
        cuts = prose.parts(report.text)
        part = min(max(asked.part, 1), len(cuts))
        start, end = cuts[part - 1]
        within = (start, end) if len(cuts) > 1 else ()
        rows = record.report_statements(asked.id, *within, by=asked.by)
        judged = record.judged(asked.id)
        versions = record.versions(asked.id)
        grouped = record.grouped(asked.id)
    except KeyError:
        raise Missing("there is no such report") from None
    rows = [row for row in rows if row["confidence"] >= asked.min_confidence]
    data = {
        "id": asked.id, "text_id": report.text_id, **report.publication.to_dict(), "path": report.origin, "notes": list(report.notes),
        "versions": versions, "part": part, "parts": [list(cut) for cut in cuts], "text": report.text[start:end], "statements": rows,
        "by": asked.by, "judged": judged, **grouped,
    }  # fmt: skip
    colours = prose.sides(rows)
    more = {
        "paragraphs": prose.paragraphs(report.text, rows, start, end), "colours": colours,
        "own": prose.own_share(report.text[start:end], _moved(rows, -start)) if rows else None, "acts": list(acts()),
        "nested": any(row["parent"] for row in rows), "sides": _sides(rows, colours), "minimum": asked.min_confidence,
        "disputed": {i for i, claim in grouped["claims"].items() if claim["disputed"]},
    }  # fmt: skip
    return Answer("report.html", data, more)


def _moved(rows: list[dict[str, Any]], by: int) -> list[dict[str, Any]]:
    if not by:
        return rows
    return [{"content": {"spans": [[max(0, a + by), max(0, b + by)] for a, b in row["content"]["spans"] if b + by > 0]}} for row in rows]


def _sides(rows: list[dict[str, Any]], colours: Mapping[str, int]) -> list[dict[str, Any]]:
    """The sides heard, with how many statements each makes, the most first; those of no known side at the end."""
    counts: dict[str | None, int] = {}
    for row in rows:
        side = prose.side_of(row)
        counts[side] = counts.get(side, 0) + 1
    return [
        {"side": side, "statements": n, "colour": colours.get(side or "", 0)}
        for side, n in sorted(counts.items(), key=lambda x: (x[0] is None, -x[1], x[0] or ""))
    ]


def statement_page(room: Room, record: Record, asked: Asked) -> Answer | str:
    """One statement, with the words around it."""
    try:
        row = record.statement(asked.id)
        text = record.report(row["report"]["id"]).text
    except KeyError:
        return _became(record, asked.id)
    spans = [span for key in ("source", "cue", "content") if row[key] for span in row[key]["spans"]]
    start = text.rfind("\n", 0, min(a for a, _ in spans)) + 1
    end = text.find("\n", max(b for _, b in spans))
    end = len(text) if end < 0 else end
    first, last = min(a for a, _ in spans), max(b for _, b in spans)
    start, end = max(start, first - 600), min(end, last + 600, first + 8000)
    inner = [r for r in record.report_statements(row["report"]["id"], start, end) if r["parent"] == row["id"]]
    around = [record.statement(link["statement"]) for link in row["chain"][1:-1]]
    judged = record.judged(row["report"]["id"])["statements"].get(row["id"], [])
    grouped = record.grouped(row["report"]["id"])
    data = {
        **row, "around": around, "inside": inner, "judged": judged,
        "claim": grouped["claims"].get(row["id"]), "quote": grouped["quotes"].get(row["id"]),
        "pairs": [*record.pairs_judged("quote", [row["id"]]), *record.pairs_judged("claim", [row["id"]])],
    }  # fmt: skip
    others = {other: record.statement(other) for pair in data["pairs"] for other in (pair["a"], pair["b"]) if other != row["id"]}
    return Answer("statement.html", data, {
        "others": others, "disputed": bool(data["claim"] and data["claim"]["disputed"]),
        "paragraphs": prose.paragraphs(text, [row], start, end), "colours": prose.sides([*around, row, *inner]), "acts": acts(),
    })  # fmt: skip


def _became(record: Record, statement_id: str) -> str:
    """Where one went that persons judged."""
    try:
        report, now = record.became(statement_id)
    except KeyError:
        raise Missing("there is no such statement") from None
    if now is None:
        raise Missing(f"a person judged this to be no statement; the report is at /reports/{report}")
    return f"/statements/{now}"


def search_page(room: Room, record: Record, asked: Asked) -> Answer:
    """Reports, statements and actors that hold some words."""
    words = asked.given.get("words", "")
    found: dict[str, Any] = {"words": words, "reports": None, "statements": None, "actors": None}
    more: dict[str, Any] = {"colours": {}}
    if words:
        statements = record.find_statements(words, limit=10)
        found = {
            "words": words, "actors": record.find_actors(words, limit=10).to_dict(), "statements": statements.to_dict(),
            "reports": record.find_reports(words, limit=10).to_dict(),
        }  # fmt: skip
        more = {"colours": prose.sides(statements.rows)}
    return Answer("search.html", found, more)


#: Disputes that the map shows.
MAPPED: Final = 24
_FILTERS: Final = ("speaker", "side", "about", "outlet", "since", "until")


def disputes_page(room: Room, record: Record, asked: Asked) -> Answer:
    """Claims with opposed positions, and a map of them."""
    return _claims(room, record, asked, "disputes")


def claims_page(room: Room, record: Record, asked: Asked) -> Answer:
    """What several contents say alike."""
    return _claims(room, record, asked, "claims")


def _claims(room: Room, record: Record, asked: Asked, kind: str) -> Answer:
    page = record.find_claims(asked.given.get("words"), **asked.taken(*_FILTERS), disputed=kind == "disputes", offset=asked.offset, limit=asked.limit)
    mapped = page.rows[:MAPPED] if kind == "disputes" else ()
    more = {"kind": kind, "mapped": mapped, "colours": _standing(page.rows), "outlets": _outlets(room), "who": _who(record, asked)}
    return Answer("claims.html", {"filters": asked.given, **page.to_dict()}, more)


def claim_page(room: Room, record: Record, asked: Asked) -> Answer | str:
    """One claim, the sides facing each other."""
    try:
        row = next(record.claims(asked.id))
    except SaysoError as error:
        raise Missing(error.message) from None
    if row["id"] != asked.id:
        return f"/claims/{row['id']}"
    ids = {one["statement"] for key in POSITIONS for one in row[key]}
    pairs = record.pairs_judged("claim", ids)
    shown = {key: row[key][asked.offset : asked.offset + asked.limit] for key in POSITIONS}
    most = max((row[key] for key in POSITIONS), key=len)
    return Answer("claim.html", {**row, "judged": {"positions": record.positions_judged(ids), "pairs": pairs}}, {
        "colours": _standing([row]), "shown": shown, "pages": stretch(most, asked.offset, asked.limit), "apart": _apart(record, pairs, ids),
        "ids": ids, "base": row["labelled"] or row["strongest"]["for"] or row["strongest"]["against"],
    })  # fmt: skip


def _apart(record: Record, pairs: list[dict[str, Any]], ids: set[str]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The judgements by which statements stand no longer with these, each with the statement."""
    away = ((j, other) for j in pairs if j["kind"].startswith("not") for other in (j["a"], j["b"]) if other not in ids)
    return [(j, record.statement(other)) for j, other in away]


def _standing(rows: Iterable[dict[str, Any]]) -> dict[str, int]:
    """The colours of the sides that take a position."""
    return prose.sides({"speaker": {"side": one["side"]}} for row in rows for key in POSITIONS for one in row[key])


def quotes_page(room: Room, record: Record, asked: Asked) -> Answer:
    """Utterances that are quoted twice or more."""
    page = record.find_quotes(asked.given.get("words"), **asked.taken(*_FILTERS), offset=asked.offset, limit=asked.limit)
    return Answer("quotes.html", {"filters": asked.given, **page.to_dict()}, {"outlets": _outlets(room), "who": _who(record, asked)})


def quote_page(room: Room, record: Record, asked: Asked) -> Answer | str:
    """One utterance: its wordings side by side, and who carried it when."""
    try:
        # its twin of data tells all; a page how those were altered that it shows
        row = next(record.quotes(asked.id)) if asked.path.endswith(".json") else record.quote(asked.id, offset=asked.offset, limit=asked.limit)
    except SaysoError as error:
        if (left := record.was_quote(asked.id)) is not None:
            return f"/statements/{left}"  # where one can take back that the others are of another utterance
        raise Missing(error.message) from None
    if row["id"] != asked.id:
        return f"/quotes/{row['id']}"
    ids = {variant["statement"] for variant in row["variants"] if variant["statement"]}
    judged = record.pairs_judged("quote", ids)
    others = row["variants"][1:]
    return Answer("quote.html", {**row, "judged": judged}, {
        "variants": others[asked.offset : asked.offset + asked.limit], "pages": stretch(others, asked.offset, asked.limit),
        "apart": _apart(record, judged, ids), "ids": ids,
    })  # fmt: skip


def judgements_page(room: Room, record: Record, asked: Asked) -> Answer:
    """What was judged, by whom and when."""
    rows = list(record.judgements())[::-1]
    data = stretch(rows, asked.offset, asked.limit)
    shown = data["rows"]
    numbers = {row["uid"]: row["id"] for row in rows}
    names = {i: record.name_of(i) or i for row in shown for i in (row.get("a"), row.get("b"), row.get("value")) if i and ":" in i and "{" not in i}
    spots = _spots(record, shown)
    others = {}
    for alike in ("claim", "quote"):
        paired = [row for row in shown if row.get("field") == alike and row["id"] in spots]
        for pair in record.pairs_judged(alike, [spots[row["id"]]["id"] for row in paired]):
            others[pair["id"]] = record.statement(pair["b"])
    return Answer("judgements.html", data, {"numbers": numbers, "names": names, "spots": spots, "others": others})


def _spots(record: Record, rows: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """The statement that each judgement holds on to, in the first report of its text."""
    out = {}
    for row in rows:
        for statement_id in row["statements"][:1]:
            out[row["id"]] = record.statement(statement_id)
    return out


def add_page(room: Room, record: Record, asked: Asked) -> Answer:
    """Where reports are handed in, and how far they are."""
    return Answer("add.html", {"jobs": [job.to_dict() for job in room.jobs.all()[:20]]}, whole=False)


def check_page(room: Room, record: Record, asked: Asked) -> Answer:
    """Where a quotation or a report is held against what was said."""
    return Answer("check.html", {"rows": None}, {"given": {}, "wrong": None})


def compare_page(room: Room, record: Record, asked: Asked) -> Answer:
    """Two outlets, or two reports, side by side; with one report, what might stand beside it."""
    a, b = asked.given.get("a"), asked.given.get("b")
    if a and b:
        found = record.compare(a, b, limit=asked.limit if asked.limit != ROWS else _SIDE_BY_SIDE)
        return Answer("compare.html", {"filters": asked.given, **found}, {"outlets": _outlets(room), "voices": _voices(found)})
    data: dict[str, Any] = {"filters": asked.given, "a": None, "b": None, "beside": None, "found": None}
    if a:
        try:
            data["beside"] = [row for row in record.beside(a) if row["id"] != a]
            data["a"] = {"report": a, **record.report(a).publication.to_dict()}
        except KeyError:
            raise Missing("there is no such report") from None
        if words := asked.given.get("words"):
            page = record.find_reports(words, limit=asked.limit)
            data["found"] = [{**row, "shared": None} for row in page.rows if row["id"] != a]
    return Answer("compare.html", data, {"outlets": _outlets(room), "voices": None})


#: Rows of each kind that two side by side have, unless another number is asked for.
_SIDE_BY_SIDE: Final = 10
#: Most actors of one kind that a page lists.
_NAMED: Final = 25


def _voices(found: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Who is heard in both, who in one only, and who in neither but is spoken of."""
    rows = found["actors"]
    heard = {key: {row["id"] for row in rows if row[key]["direct"]} for key in ("a", "b")}
    return {
        "both": [row for row in rows if row["id"] in heard["a"] & heard["b"]][:_NAMED],
        "a": [row for row in rows if row["id"] in heard["a"] - heard["b"]][:_NAMED],
        "b": [row for row in rows if row["id"] in heard["b"] - heard["a"]][:_NAMED],
        "neither": [row for row in rows if row["id"] not in heard["a"] | heard["b"]][:_NAMED],
    }


def programs_page(room: Room, record: Record, asked: Asked) -> Answer:
    """What programs may ask."""
    return Answer("api.html", {"openapi": "/api/openapi.json", "schema": "/api/schema"})


PAGES: Final[dict[str, Make]] = {
    "/": record_page, "/search": search_page, "/reports": reports_page, "/statements": statements_page, "/actors": actors_page,
    "/reports/{id}": report_page, "/statements/{id}": statement_page, "/actors/{id:path}": actor_page,
    "/timeline": timeline_page, "/disputes": disputes_page, "/claims": claims_page,
    "/claims/{id}": claim_page, "/quotes": quotes_page, "/quotes/{id}": quote_page,
    "/judgements": judgements_page, "/add": add_page, "/check": check_page, "/compare": compare_page,
    "/api": programs_page,
}  # fmt: skip


def pages(room: Room, render: Callable[[str, Mapping[str, Any]], str]) -> APIRouter:
    """A route for every page, and for its twin."""
    router = APIRouter(include_in_schema=False)
    for path, make in PAGES.items():
        for twin in (True, False):
            address = (("/index" if path == "/" else path) + ".json") if twin else path
            router.add_api_route(address, _endpoint(room, render, make, twin=twin), methods=["GET"], name=f"{make.__name__}{'.json' * twin}")
    return router


def _endpoint(room: Room, render: Callable[[str, Mapping[str, Any]], str], make: Make, *, twin: bool) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        asked = Asked.of(request)
        state = room.state
        address = f"{request.url.path}?{urlencode(sorted(request.query_params.multi_items()))}"
        token = room.keys.token(request.scope["state"]["session"])
        kept = room.page(state, address)
        status = 200
        if kept is None:
            with room.pool.reading() as record, room.telling() as told:
                made = make(room, record, asked)
            if isinstance(made, str):
                return RedirectResponse(made + (".json" if twin else ""), 307)
            kept = dumped(made.data) if twin else render(made.template, {**made.more, "data": made.data, "asked": asked}).encode()
            status = made.status
            if status == 200 and made.whole and not told.late:
                room.keep(state, address, kept)
        if not twin:
            kept = kept.replace(room.gap.encode(), token.encode())
        return Response(kept, status, media_type="application/json" if twin else "text/html; charset=utf-8")

    return endpoint


def dumped(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
