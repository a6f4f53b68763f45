"""The interface for programs, under /api, described in OpenAPI."""

# Without the postponed annotations of the other modules: FastAPI reads them where they are made.

import json
import re
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Header, HTTPException, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from sayso.actors.actor import KINDS
from sayso.errors import SaysoError
from sayso.intake.pages import is_page
from sayso.record import Record
from sayso.reports import FACTS, Publication
from sayso.statements import FORMS, STANCES, acts
from sayso.web.asked import stretch
from sayso.web.checks import LONGEST_REPORT, LONGEST_TRANSCRIPT, checked
from sayso.web.room import Room

_Words = Annotated[str | None, Query(max_length=500)]
_Day = Annotated[str | None, Query(pattern=r"^\d{4}-\d\d-\d\d$", description="YYYY-MM-DD")]
_Id = Annotated[str, Path(max_length=300)]
Offset = Annotated[int, Query(ge=0, lt=2**31)]
Limit = Annotated[int, Query(ge=1, le=1000)]
#: Of what is told with all that it rests on.
Some = Annotated[int, Query(ge=1, le=100)]
Order = Literal["newest", "oldest"]


def _one_of(allowed: tuple[str, ...]) -> Any:
    """A query's value that is one of these, and said to be so in the description."""
    return Query(json_schema_extra={"enum": list(allowed)}, pattern=f"^({'|'.join(map(re.escape, allowed))})$")


Kind = Annotated[str | None, _one_of(KINDS)]
Form = Annotated[str | None, _one_of(FORMS)]
Stance = Annotated[str | None, _one_of(STANCES)]
Act = Annotated[str | None, _one_of(tuple(acts()))]

#: What may be handed in as it is, beside JSON.
_RAW: Final = ("text/plain", "text/html", "application/x-ndjson")


class Listing(BaseModel):
    """A stretch of a list."""

    total: int = Field(description="How many match; at most 10000 are counted")
    total_is_at_least: bool = Field(description="There are more than total")
    offset: int
    limit: int
    rows: list[dict[str, Any]]


class Failure(BaseModel):
    """What went wrong, and what to do."""

    error: str
    advice: str = ""


class HandedIn(BaseModel):
    """One report."""

    model_config = ConfigDict(extra="forbid")

    text: str | None = Field(None, description="The report as plain text; this or html")
    html: str | None = Field(None, description="A saved web page")
    outlet: str | None = Field(None, max_length=1000)
    title: str | None = Field(None, max_length=5000)
    byline: str | None = Field(None, max_length=5000)
    published: str | None = Field(None, max_length=40, description="ISO 8601: YYYY-MM-DD, or with a time")
    url: str | None = Field(None, max_length=5000)
    language: str | None = Field(None, max_length=40)
    kind: Literal["news", "opinion", "transcript"] | None = None


class Judged(BaseModel):
    """One judgement: what of (a), and where it takes it, what is right (b)."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal[
        "same", "not same", "same claim", "not same claim", "same quote", "not same quote", "position", "speaker", "right", "wrong", "spans", "missed"
    ]
    a: str = Field(max_length=300, description="The id of an actor (same, not same), a statement, or a report (missed)")
    b: Annotated[str, Field(max_length=300)] | dict[str, list[tuple[int, int]]] | None = Field(
        None, description="The other actor or statement; for, against or other (position); who the speaker is; statement or speaker (right, wrong); "
        "spans of source, cue and content"
    )
    coder: str = Field("", max_length=200, description="Who judges; the room's own if not said")


class ToCheck(BaseModel):
    """A quotation or a report, and what was said."""

    model_config = ConfigDict(extra="forbid")

    quote: str = Field("", max_length=40_000)
    report: str = Field("", max_length=LONGEST_REPORT)
    transcript: str = Field(max_length=LONGEST_TRANSCRIPT)
    speaker: str = Field("", max_length=300)


class JobState(BaseModel):
    """How far a job is, and what came of it."""

    id: str
    state: Literal["waiting", "reading", "done", "failed"]
    handed_in: str
    read: int
    unchanged: int
    statements: int
    reports: list[str]
    problems: list[dict[str, str | None]]


_SAID: Final[dict[int | str, dict[str, Any]]] = {
    400: {"model": Failure, "description": "What is asked for cannot be"}, 401: {"model": Failure, "description": "A password is needed"},
    404: {"model": Failure, "description": "There is no such thing"}, 422: {"model": Failure, "description": "What is asked for cannot be"},
    503: {"model": Failure, "description": "Somebody else is writing; try again in a moment"},
}  # fmt: skip
_CHANGES: Final = {
    **_SAID, 403: {"model": Failure, "description": "It came from another site, or the room is open for reading only"},
    413: {"description": "Too large"},
}  # fmt: skip


def api(room: Room) -> APIRouter:
    router = APIRouter(prefix="/api", responses=_SAID)

    def record() -> Any:
        with room.pool.reading() as opened:
            yield opened

    reading = Annotated[Record, Depends(record)]

    @router.get("/record", tags=["record"])
    def get_record() -> dict[str, Any]:
        """What is in the record: counts, over time and by outlet, act, stance and form."""
        return room.counted("overview", lambda r: r.overview())

    @router.get("/reports", tags=["reports"], response_model=Listing)
    def get_reports(
        opened: reading, text: _Words = None, speaker: _Words = None, side: _Words = None, about: _Words = None, outlet: _Words = None,
        since: _Day = None, until: _Day = None, order: Order = "newest", offset: Offset = 0, limit: Limit = 25,
    ) -> dict[str, Any]:  # fmt: skip
        """Reports that match every filter; text is looked for in title and text."""
        return opened.find_reports(
            text, speaker=speaker, side=side, about=about, outlet=outlet, since=since, until=until, order=order, offset=offset, limit=limit,
        ).to_dict()  # fmt: skip

    @router.get("/reports/{report_id}", tags=["reports"])
    def get_report(opened: reading, report_id: _Id) -> dict[str, Any]:
        """One report with its text of record. Offsets of statements count code points into it."""
        try:
            report = opened.report(report_id)
            versions = opened.versions(report_id)
        except KeyError:
            raise HTTPException(404, "there is no such report") from None
        return {
            "id": report_id, "text_id": report.text_id, **report.publication.to_dict(), "path": report.origin, "notes": list(report.notes),
            "versions": versions, "text": report.text,
        }  # fmt: skip

    @router.get("/statements", tags=["statements"], response_model=Listing)
    def get_statements(
        opened: reading, text: _Words = None, speaker: _Words = None, side: _Words = None, about: _Words = None, report: _Words = None,
        outlet: _Words = None, since: _Day = None, until: _Day = None, form: Form = None, act: Act = None,
        stance: Stance = None, nested: bool | None = None, min_confidence: Annotated[float, Query(ge=0, le=1)] = 0.0,
        order: Order = "newest", offset: Offset = 0, limit: Limit = 25,
    ) -> dict[str, Any]:  # fmt: skip
        """Statements that match every filter, as rows of the contract (GET /api/schema). report is the id of one."""
        return opened.find_statements(
            text, speaker=speaker, side=side, about=about, report=report, outlet=outlet, since=since, until=until, form=form, act=act,
            stance=stance, nested=nested, min_confidence=min_confidence, order=order, offset=offset, limit=limit,
        ).to_dict()  # fmt: skip

    @router.get("/statements/{statement_id}", tags=["statements"])
    def get_statement(opened: reading, statement_id: _Id) -> dict[str, Any]:
        """One statement."""
        try:
            return opened.statement(statement_id)
        except KeyError:
            raise HTTPException(404, "there is no such statement") from None

    @router.get("/actors", tags=["actors"], response_model=Listing)
    def get_actors(opened: reading, text: _Words = None, kind: Kind = None, offset: Offset = 0, limit: Limit = 25) -> dict[str, Any]:
        """Actors, those who speak most first; with text those one of whose names has it."""
        return opened.find_actors(text or None, kind=kind, offset=offset, limit=limit).to_dict()

    @router.get("/actors/{actor_id:path}", tags=["actors"])
    def get_actor(opened: reading, actor_id: _Id) -> dict[str, Any]:
        """One actor: offices, names used, how often heard and spoken about, when and where."""
        try:
            found = opened.actor(actor_id)
        except SaysoError as error:
            raise HTTPException(404, error.message) from None
        return {**found, "heard": opened.heard(found["id"])}

    @router.get("/claims", tags=["claims"], response_model=Listing)
    def get_claims(
        opened: reading, text: _Words = None, speaker: _Words = None, side: _Words = None, about: _Words = None, outlet: _Words = None,
        since: _Day = None, until: _Day = None, offset: Offset = 0, limit: Some = 25,
    ) -> dict[str, Any]:  # fmt: skip
        """What several statements say alike, and who is for and against it; of which some statement matches every filter (text is looked
        for in these). Most speakers first."""
        return opened.find_claims(
            text, speaker=speaker, side=side, about=about, outlet=outlet, since=since, until=until, offset=offset, limit=limit,
        ).to_dict()  # fmt: skip

    @router.get("/claims/{claim_id}", tags=["claims"])
    def get_claim(opened: reading, claim_id: _Id) -> dict[str, Any]:
        """One claim; an id under which it went before leads to it."""
        return _only(lambda: opened.claims(claim_id))

    @router.get("/disputes", tags=["claims"], response_model=Listing)
    def get_disputes(
        opened: reading, text: _Words = None, speaker: _Words = None, side: _Words = None, about: _Words = None, outlet: _Words = None,
        since: _Day = None, until: _Day = None, offset: Offset = 0, limit: Some = 25,
    ) -> dict[str, Any]:  # fmt: skip
        """Claims with opposed positions, those first of which most stands on either side; filters as of claims."""
        return opened.find_claims(
            text, speaker=speaker, side=side, about=about, outlet=outlet, since=since, until=until, disputed=True, offset=offset, limit=limit,
        ).to_dict()  # fmt: skip

    @router.get("/quotes", tags=["quotes"], response_model=Listing)
    def get_quotes(
        opened: reading, text: _Words = None, speaker: _Words = None, side: _Words = None, about: _Words = None, outlet: _Words = None,
        since: _Day = None, until: _Day = None, offset: Offset = 0, limit: Some = 25,
    ) -> dict[str, Any]:  # fmt: skip
        """What is quoted twice or more, of which some statement matches every filter; text is looked for in these. Most carried first."""
        return opened.find_quotes(
            text, speaker=speaker, side=side, about=about, outlet=outlet, since=since, until=until, offset=offset, limit=limit,
        ).to_dict()  # fmt: skip

    @router.get("/quotes/{quote_id}", tags=["quotes"])
    def get_quote(opened: reading, quote_id: _Id) -> dict[str, Any]:
        """One utterance: its wordings, each held against another, and who carried it; an id under which it went before leads to it."""
        return _only(lambda: opened.quotes(quote_id))

    @router.post("/check", tags=["check"], responses=_CHANGES)
    def post_check(asked: ToCheck) -> list[dict[str, Any]]:
        """Hold a quotation, or every quotation of a report, against what was said: word by word, with a verdict for each."""
        return checked(asked.quote, asked.report, asked.transcript, asked.speaker)

    @router.get("/schema", tags=["statements"])
    def get_schema() -> dict[str, Any]:
        """The JSON Schema of a statement's row."""
        from sayso.export import schema

        return schema()

    @router.post(
        "/reports", tags=["reports"], status_code=202, response_model=JobState, responses=_CHANGES,
        openapi_extra={"requestBody": {"required": True, "content": {
            "application/json": {"schema": HandedIn.model_json_schema()}, **{kind: {"schema": {"type": "string"}} for kind in _RAW},
        }}},
    )  # fmt: skip
    async def post_reports(
        request: Request, content_type: Annotated[str, Header(include_in_schema=False)] = "", any_language: bool = False,
        outlet: _Words = None, title: _Words = None, byline: _Words = None, published: _Words = None, url: _Words = None,
    ) -> JSONResponse:  # fmt: skip
        """Hand in a report: JSON, or as it is (text/plain, text/html, application/x-ndjson with one report a line), its facts in the query.

        It is read behind the scenes: GET /api/jobs/{id} says how far it is.
        """
        if not room.write:
            raise HTTPException(403, "this room is open for reading only")
        kind = content_type.partition(";")[0].strip().lower()
        body = await request.body()
        facts: dict[str, Any] = {"outlet": outlet, "title": title, "byline": byline, "published": published, "url": url}
        if kind == "application/json":
            body, facts = _unpacked(body)
        elif kind == "text/plain":
            body = as_text(body.decode("utf-8-sig", "replace"))
        elif kind == "text/html":
            body = as_page(body)
        elif kind not in _RAW:
            raise HTTPException(415, f"give application/json, {', '.join(_RAW)}")
        job = room.jobs.hand_in(body, checked_facts(facts), None if any_language else ("en",))
        return JSONResponse(job.to_dict(), 202, {"location": f"/api/jobs/{job.id}"})

    @router.get("/jobs", tags=["reports"])
    def get_jobs() -> list[JobState]:
        """The jobs of this session of the room, the latest first."""
        return [JobState(**job.to_dict()) for job in room.jobs.all()]

    @router.get("/jobs/{job_id}", tags=["reports"])
    def get_job(job_id: _Id) -> JobState:
        """How far a job is."""
        try:
            return JobState(**room.jobs.job(job_id).to_dict())
        except KeyError:
            raise HTTPException(404, "there is no such job") from None

    @router.get("/judgements", tags=["judgements"], response_model=Listing)
    def get_judgements(opened: reading, offset: Offset = 0, limit: Limit = 25) -> dict[str, Any]:
        """Every judgement, the latest first: whether it stands, what contradicts it, and the statements that it holds on to."""
        rows = list(opened.judgements())[::-1]
        return stretch(rows, offset, limit)

    @router.post("/judgements", tags=["judgements"], status_code=201, responses=_CHANGES)
    def post_judgement(judged: Judged) -> dict[str, Any]:
        """Judge. Gives the judgement as it was written down, with the ids of those that no longer hold because of it."""
        with room.pool.writing() as writer:
            return writer.judge(judged.kind, judged.a, judged.b, coder=judged.coder or room.coder)

    @router.post("/judgements/{judgement_id}/undo", tags=["judgements"], status_code=201, responses=_CHANGES)
    def post_undo(judgement_id: Annotated[int, Path(ge=0, lt=2**53)], coder: Annotated[str, Query(max_length=200)] = "") -> dict[str, Any]:
        """Withdraw a judgement; withdrawing the withdrawal brings it back."""
        with room.pool.writing() as writer:
            return writer.undo(judgement_id, coder=coder.strip() or room.coder)

    @router.post(
        "/judgements/import", tags=["judgements"], responses=_CHANGES,
        openapi_extra={"requestBody": {"required": True, "content": {"application/x-ndjson": {"schema": {"type": "string"}}}}},
    )  # fmt: skip
    async def post_import(request: Request) -> dict[str, int]:
        """Bring in judgements, one JSON object a line as /judgements.jsonl gives them: all of them or none."""
        rows = rows_in(await request.body())

        def bring_in() -> int:
            with room.pool.writing() as writer:
                return writer.bring_in(rows)

        return {"added": await run_in_threadpool(bring_in)}

    return router


def _only(ask: Callable[[], Iterator[dict[str, Any]]]) -> dict[str, Any]:
    try:
        return next(ask())
    except SaysoError as error:
        raise HTTPException(404, error.message) from None


def rows_in(body: bytes) -> list[Any]:
    """The objects of JSON Lines. Raises SaysoError, with the line, for what is none."""
    rows = []
    for number, line in enumerate(body.decode("utf-8-sig", "replace").splitlines(), 1):
        if line.strip():
            try:
                rows.append(json.loads(line))
            except (ValueError, RecursionError) as error:
                raise SaysoError(f"line {number} is not JSON ({error})", "Give what the room or sayso judge exported") from None
    return rows


def _unpacked(body: bytes) -> tuple[bytes, dict[str, Any]]:
    """Text or page and facts of a report that was handed in as JSON."""
    try:
        handed = HandedIn.model_validate_json(body)
    except ValueError as error:
        raise HTTPException(422, f"the body is no report: {str(error).splitlines()[0]}") from None
    if (handed.text is None) == (handed.html is None):
        raise HTTPException(422, "give text or html")
    facts = handed.model_dump(include=set(FACTS))
    if handed.html is not None:
        return as_page(handed.html.encode("utf-8", "replace")), facts
    return as_text(handed.text or ""), facts


def as_text(text: str) -> bytes:
    """*text* so that it is read as text, whatever it looks like."""
    return (json.dumps({"text": text}) + "\n").encode()


def as_page(markup: bytes) -> bytes:
    """*markup* so that it is read as a page, even where it holds no more than a piece of one."""
    return markup if is_page(markup) else b"<!doctype html>\n" + markup


def checked_facts(facts: dict[str, Any]) -> Publication:
    try:
        return Publication(**{key: value for key, value in facts.items() if value})
    except ValueError as error:
        raise SaysoError(str(error), "Correct it; nothing was read") from None
