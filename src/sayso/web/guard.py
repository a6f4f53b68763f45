"""The guard at the door: who may ask, from where, how much, and what browsers may do with the answer."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: The largest body that a request may have, in bytes: one of a report, and any other.
LARGEST_REPORT: Final = 64 * 1024 * 1024
LARGEST: Final = 1024 * 1024

COOKIE: Final = "sayso"
FIELD: Final = "token"  # of a form
HEADER: Final = "x-sayso-token"

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS: Final = {
    "content-security-policy": _POLICY, "x-content-type-options": "nosniff", "referrer-policy": "same-origin", "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin", "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_SAFE: Final = frozenset(("GET", "HEAD", "OPTIONS"))
#: What may be had without a password: how the page that asks for it looks.
_OPEN: Final = ("/login", "/static/")


def is_loopback(host: str) -> bool:
    """Whether only programs on this machine reach the address *host*."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _named(host: str) -> str | None:
    """The name in a Host header, without the port; None if it is none."""
    try:
        return urlsplit(f"//{host}").hostname if host and not set("@/?#") & set(host) else None
    except ValueError:
        return None


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class Keys:
    """What tells a session from one that is made up. A session lasts as long as the room is open."""

    def __init__(self, password: str | None) -> None:
        self._secret = secrets.token_bytes(32)
        self._password = password

    @property
    def guarded(self) -> bool:
        return self._password is not None

    def session(self, *, known: bool) -> str:
        """A new session; *known*: of somebody who gave the password."""
        made = f"{secrets.token_urlsafe(18)}.{int(known)}"
        return f"{made}.{self._sign('session', made)}"

    def holds(self, session: str) -> bool:
        made, _, sign = session.rpartition(".")
        return same(sign, self._sign("session", made))

    def known(self, session: str) -> bool:
        return self.holds(session) and session.rpartition(".")[0].endswith(".1")

    def token(self, session: str) -> str:
        """What a form of this session brings along, and no other site can know."""
        return self._sign("token", session)

    def opens(self, password: str) -> bool:
        return self._password is not None and same(password, self._password)

    def _sign(self, purpose: str, value: str) -> str:
        return hmac.new(self._secret, f"{purpose}:{value}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def same(a: str, b: str) -> bool:
    """Compared in the same time whatever differs."""
    digests = [hashlib.sha256(x.encode("utf-8", "replace")).digest() for x in (a, b)]
    return hmac.compare_digest(*digests)


class TooLargeError(Exception):
    """The body of a request is larger than may be."""


class Guard:
    """Stands before the application *app*; *hosts* are the names by which the room may be called, beside the loopback ones."""

    def __init__(self, app: ASGIApp, *, keys: Keys, hosts: Iterable[str] = ()) -> None:
        self.app, self.keys = app, keys
        self.hosts = {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        session = _cookie(headers)
        fresh = not self.keys.holds(session)
        if fresh:
            session = self.keys.session(known=False)
        scope.setdefault("state", {})["session"] = session
        secure = scope.get("scheme") == "https"
        started = too_large = False

        async def answer(message: Message) -> None:
            nonlocal started
            if too_large:
                return  # whatever is said of half a body
            if message["type"] == "http.response.start":
                started = True
                out = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    out.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    out.setdefault("cache-control", "no-store" if self.keys.guarded else "no-cache")
                if fresh and "set-cookie" not in out and out.get("content-type", "").startswith("text/html"):
                    out.append("set-cookie", cookie(session, secure=secure))
            await send(message)

        refused = self._refusal(scope, headers, session)
        if refused is not None:
            await refused(scope, receive, answer)
            return
        limit = LARGEST_REPORT if scope["path"] in ("/api/reports", "/add", "/check", "/api/check") else LARGEST
        declared = headers.get("content-length", "0")
        taken = 0

        async def bounded() -> Message:
            nonlocal taken, too_large
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                too_large = True
                raise TooLargeError
            return message

        if not declared.isascii() or not declared.isdigit() or int(declared) > limit:
            too_large = True
        else:
            try:
                await self.app(scope, bounded, answer)
            except Exception:
                if not too_large:
                    raise
        if too_large and not started:
            too_large = False
            said = f"That is too large: a request may have {limit // 1024 // 1024} MB here."
            await _said(413, said, {"connection": "close"})(scope, receive, answer)

    def _refusal(self, scope: Scope, headers: Headers, session: str) -> PlainTextResponse | RedirectResponse | None:
        host = headers.get("host", "")
        name = _named(host)
        # A page of another site may point its own name at this machine (DNS rebinding): it still calls the room by that name,
        # never by an address in figures.
        if name is None or not (_is_address(name) or name.lower() == "localhost" or name.lower() in self.hosts):
            return _said(421, "This room is not called by that name. Give it with --host NAME when starting it.")
        changes = scope["method"] not in _SAFE
        if changes:
            origin, site = headers.get("origin"), headers.get("sec-fetch-site")
            if (origin is not None and urlsplit(origin).netloc.lower() != host.lower()) or site not in (None, "same-origin", "none"):
                return _said(403, "That came from another site; nothing was changed.")
        bearer = headers.get("authorization", "").partition(" ")
        by_key = bearer[0].lower() == "bearer" and self.keys.opens(bearer[2].strip())
        if self.keys.guarded and not by_key and not self.keys.known(session) and not scope["path"].startswith(_OPEN):
            if scope["path"].startswith("/api") or scope["path"].endswith(".json") or changes:
                return _said(401, "A password is needed: send it as Authorization: Bearer PASSWORD.", {"www-authenticate": "Bearer"})
            return RedirectResponse("/login", 303)
        if changes and scope["path"].startswith("/api") and not by_key:
            # A program without cookies is no browser that somebody else could steer.
            browser = "cookie" in headers or headers.get("sec-fetch-site") is not None
            if browser and not same(headers.get(HEADER, ""), self.keys.token(session)):
                return _said(403, f"A change needs the token of this session in the header {HEADER}.")
        return None


def token_of(request: Request, keys: Keys) -> str:
    return keys.token(request.scope["state"]["session"])


def cookie(session: str, *, secure: bool) -> str:
    return f"{COOKIE}={session}; Path=/; HttpOnly; SameSite=Strict{'; Secure' if secure else ''}"


def _cookie(headers: Headers) -> str:
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(headers.get("cookie", ""))
    except CookieError:
        return ""
    return jar[COOKIE].value if COOKIE in jar else ""


def _said(status: int, text: str, headers: dict[str, str] | None = None) -> PlainTextResponse:
    return PlainTextResponse(text + "\n", status, headers)
