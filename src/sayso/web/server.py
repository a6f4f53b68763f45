"""The server: the room, opened at an address until it is stopped."""

from __future__ import annotations

import secrets
import socket
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import uvicorn

from sayso.errors import SaysoError
from sayso.record import Record
from sayso.web.asgi import application
from sayso.web.guard import is_loopback


def serve(
    record: str | Path, *, host: str = "127.0.0.1", port: int = 8484, write: bool = True, password: str | None = None, names: Iterable[str] = (),
    coder: str = "unnamed", told: Callable[[str, str | None], None] | None = None,
) -> None:  # fmt: skip
    """Serve the reading room on *record* until it is stopped (Ctrl-C, SIGTERM).

    On an address that others reach, everybody needs a password: *password*, or one that is made. *names* are further names
    by which the room may be called. *told* is called with its address and the password once it answers. Port 0 takes a free one.
    Raises RecordError where the record cannot serve, SaysoError where the address cannot be had.
    """
    if password is None and not is_loopback(host):
        password = secrets.token_urlsafe(16)
    # A query of many rows gives way at each of them, and while another thread counts in Python comes back no sooner than this.
    sys.setswitchinterval(0.0005)
    Record(record, create=False, write=write).close()
    app = application(record, write=write, password=password, hosts=[host, *names], coder=coder)
    bound = _bound(host, port)
    with bound:
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{bound.getsockname()[1]}/"
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, timeout_keep_alive=30, lifespan="on",
                                timeout_graceful_shutdown=3)  # fmt: skip
        server = _Server(config, lambda: told(address, password) if told is not None else None)
        writer = Record(record, create=False, patience=1.0) if write else None
        try:
            if writer is not None:
                writer.share()
            server.run([bound])
        finally:
            if writer is not None:
                writer.share(on=False)
                writer.close()


class _Server(uvicorn.Server):
    """Tells when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def _bound(host: str, port: int) -> socket.socket:
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, kind, proto)
    except OSError as error:
        raise SaysoError(f"{host} is no address of this machine ({error.strerror or error})", "Give another with --host") from None
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
    except OSError as error:
        made.close()
        raise SaysoError(f"port {port} of {host} cannot be had ({error.strerror})", "Give another with --port; 0 takes a free one") from None
    return made
