"""Forms: what is changed from a page without a script, and the way in where a password is needed."""

# Without the postponed annotations of the other modules: FastAPI reads them where they are made.

import json
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Depends, File, Form, HTTPException, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from sayso.errors import SaysoError
from sayso.web.api import as_text, checked_facts, rows_in
from sayso.web.asked import Asked
from sayso.web.checks import checked
from sayso.web.guard import cookie, same
from sayso.web.looks import renderer
from sayso.web.room import Room

_Text = Annotated[str, Form(max_length=5000)]
_Short = Annotated[str, Form(max_length=300)]
#: How long the longest text is that a form may bring, in characters.
_LONGEST = 20_000_000


def forms(room: Room) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    render = renderer(room)

    def ours(request: Request, token: Annotated[str, Form()] = "") -> None:
        """The form comes from a page of this session."""
        if not same(token, room.keys.token(request.scope["state"]["session"])):
            raise HTTPException(403, "this form is of another session: go back, load the page again and repeat it; nothing was changed")
        if not room.write:
            raise HTTPException(403, "this room is open for reading only")

    def back(request: Request, path: str, at: str = "") -> Response:
        """To the page that the form was on, and the place *at* on it."""
        there = urlsplit(request.headers.get("referer", ""))
        page = f"{there.path}{'?' + there.query if there.query else ''}" if there.path.startswith("/") and not there.path.startswith("//") else path
        return RedirectResponse(f"{page}#{quote(at)}" if at else page, 303)

    @router.post("/judge", dependencies=[Depends(ours)])
    def judge(
        request: Request, kind: _Short = "", a: _Short = "", b: _Short = "", coder: _Short = "", deed: Annotated[str, Form(max_length=1000)] = ""
    ) -> Response:  # fmt: skip
        """Judge. A *deed* is kind, a, b and the place on the page, as one button of many in a form says them."""
        at = ""
        if deed:
            kind, a, b, at = (*deed.split("|"), "", "", "")[:4]
        other = urlsplit(b.strip()).path.rpartition("/statements/")[2] if "/statements/" in b else b.strip()
        with room.pool.writing() as record:
            if kind == "undo":
                record.undo(int(a) if a.isascii() and a.isdigit() and len(a) < 16 else -1, coder=coder.strip() or room.coder)
            else:
                record.judge(kind, a, other or None, coder=coder.strip() or room.coder)
        return back(request, "/judgements", at)

    @router.post("/undo", dependencies=[Depends(ours)])
    def undo(request: Request, judgement: Annotated[int, Form(ge=0, lt=2**53)], coder: _Short = "") -> Response:
        with room.pool.writing() as record:
            record.undo(judgement, coder=coder.strip() or room.coder)
        return back(request, "/judgements")

    @router.post("/judgements", dependencies=[Depends(ours)])
    def bring_in(file: Annotated[UploadFile, File()]) -> Response:
        rows = rows_in(file.file.read())
        with room.pool.writing() as record:
            record.bring_in(rows)
        return RedirectResponse("/judgements", 303)

    @router.get("/judgements.jsonl")
    def export() -> Response:
        """Every judgement, one a line: what import takes."""
        with room.pool.reading() as record:
            lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in record.judgements())
        name = quote(room.path.stem.encode("utf-8", "replace"), safe="")
        return Response(lines.encode("utf-8", "replace"), media_type="application/x-ndjson", headers={
            "content-disposition": f"attachment; filename*=UTF-8''{name}-judgements.jsonl"})  # fmt: skip

    @router.post("/add", dependencies=[Depends(ours)])
    def add(
        text: Annotated[str, Form(max_length=_LONGEST)] = "", file: Annotated[UploadFile | str | None, File()] = None, outlet: _Text = "",
        title: _Text = "", published: _Short = "", url: _Text = "", any_language: Annotated[bool, Form()] = False,
    ) -> Response:  # fmt: skip
        facts = checked_facts({key: value.strip() for key, value in (("outlet", outlet), ("title", title), ("published", published), ("url", url))})
        body = file.file.read() if file is not None and not isinstance(file, str) and file.size else b""
        if not body and not text.strip():
            raise HTTPException(400, "nothing was handed in: give a text, or a file")
        room.jobs.hand_in(body or as_text(text.replace("\r\n", "\n")), facts, None if any_language else ("en",))
        return RedirectResponse("/add", 303)

    @router.post("/check")
    def check(
        request: Request, quote: Annotated[str, Form(max_length=40_000)] = "", report: Annotated[str, Form(max_length=200_000)] = "",
        said: Annotated[str, Form(max_length=2_000_000)] = "", speaker: _Short = "", token: Annotated[str, Form()] = "",
    ) -> Response:  # fmt: skip
        if not same(token, room.keys.token(request.scope["state"]["session"])):
            raise HTTPException(403, "this form is of another session: go back, load the page again and repeat it")
        given = {key: value.replace("\r\n", "\n") for key, value in (("quote", quote), ("report", report), ("said", said), ("speaker", speaker))}
        wrong, rows = None, None
        try:
            rows = checked(**given)
        except SaysoError as error:
            wrong = error
        shown = render("check.html", {"data": {"rows": rows}, "asked": Asked.of(request), "given": given, "wrong": wrong})
        return HTMLResponse(shown.replace(room.gap, room.keys.token(request.scope["state"]["session"])), 200 if wrong is None else 400)

    @router.get("/login")
    def login_page() -> Response:
        return HTMLResponse(render("login.html", {"data": {}, "asked": None, "wrong": False}))

    @router.post("/login")
    def login(request: Request, password: Annotated[str, Form(max_length=1000)] = "") -> Response:
        if not room.keys.opens(password):
            return HTMLResponse(render("login.html", {"data": {}, "asked": None, "wrong": True}), 403)
        answer = RedirectResponse("/", 303)
        answer.headers["set-cookie"] = cookie(room.keys.session(known=True), secure=request.url.scheme == "https")
        return answer

    return router
