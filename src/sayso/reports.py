"""Reports: one published text each, with what is known of its publication."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

KINDS: Final = ("news", "opinion", "transcript")
#: The facts of publication that a sidecar, a JSON Lines row or the command line may give.
FACTS: Final = ("outlet", "title", "byline", "published", "url", "language", "kind")
_LANGUAGE: Final = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9_-]+)?")


def content_hash(*parts: str) -> str:
    """A 16-digit hexadecimal digest of *parts* (SHA-256, parts kept apart)."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.hexdigest()[:16]


def parse_published(value: str) -> str:
    """*value* as an ISO 8601 date or date and time, checked.

    Raises ValueError, with what is wrong, for anything else.
    """
    text = value.strip()
    try:
        if len(text) <= 10:
            return date.fromisoformat(text).isoformat()
        return datetime.fromisoformat(text.replace("Z", "+00:00")).isoformat()
    except ValueError as error:
        raise ValueError(f"{value!r} is not a date: give YYYY-MM-DD or YYYY-MM-DDTHH:MM ({error})") from None


def language_code(value: str) -> str | None:
    """The ISO 639-1 code in a language tag such as "en-GB"; None if there is none."""
    match = _LANGUAGE.fullmatch(value.strip())
    return match[1].lower() if match else None


@dataclass(frozen=True, slots=True)
class Publication:
    """What is known of a report's publication; what is not known is None."""

    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None  # ISO 8601, by parse_published
    url: str | None = None
    language: str | None = None  # ISO 639-1, by language_code
    kind: str | None = None  # one of KINDS

    def __post_init__(self) -> None:
        if self.kind is not None and self.kind not in KINDS:
            raise ValueError(f"kind {self.kind!r} is not one of {', '.join(KINDS)}")
        if self.published is not None:
            object.__setattr__(self, "published", parse_published(self.published))
        if self.language is not None:
            code = language_code(self.language)
            if code is None:
                raise ValueError(f"{self.language!r} is no language code: give two letters (ISO 639-1) such as en")
            object.__setattr__(self, "language", code)

    def filled_from(self, other: Publication) -> Publication:
        """This publication, with what it lacks taken from *other*."""
        return Publication(**{key: getattr(self, key) if getattr(self, key) is not None else getattr(other, key) for key in FACTS})

    def to_dict(self) -> dict[str, Any]:
        return {key: getattr(self, key) for key in FACTS}


@dataclass(frozen=True, slots=True)
class Report:
    """A text of record and its publication.

    *text* is decoded, its byte order mark removed, otherwise as it came; all spans count code points into it.
    *origin* says where it was first read: a path, a path and a line number ("file.jsonl:7"), or "-".
    """

    text: str
    publication: Publication = field(default_factory=Publication)
    origin: str = "-"
    notes: tuple[str, ...] = ()  # what the reader should know of how it was read: "decoded as windows-1252"

    @property
    def text_id(self) -> str:
        """Hash of the text of record."""
        return content_hash(self.text)

    @property
    def id(self) -> str:
        """Hash of the text and where the report was first read."""
        return content_hash(self.text_id, self.origin)
