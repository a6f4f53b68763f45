"""Sidecars: NAME.json beside NAME.txt, with facts of its publication."""

from __future__ import annotations

from typing import Final

from sayso.intake.facts import named_type, parse_json, publication
from sayso.intake.files import explained, open_regular
from sayso.intake.problems import UnreadableError
from sayso.reports import Publication

MAX_BYTES: Final = 1_000_000


def read_sidecar(path: str) -> Publication:
    """The facts in the sidecar at *path*. Raises UnreadableError if it cannot be read or says something wrong."""
    try:
        with open_regular(path) as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableError(*explained(error)) from None
    if len(raw) > MAX_BYTES:
        raise UnreadableError("larger than a sidecar can be (1 MB)", "give an object with facts of publication only")
    row = parse_json(raw.removeprefix(b"\xef\xbb\xbf"))
    if not isinstance(row, dict):
        raise UnreadableError(f"{named_type(row)}, not an object", 'write it as {"outlet": "…", "published": "YYYY-MM-DD"}')
    return publication(row)
