"""Requests: what is asked for: the parts of an address that pages understand, checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self
from urllib.parse import urlencode

from fastapi import Request

from sayso.errors import SaysoError
from sayso.record.listing import Page

#: Filters that are words, ids or days; empty ones count as not given.
FILTERS: Final = ("words", "speaker", "side", "about", "outlet", "since", "until", "form", "act", "stance", "report", "kind", "a", "b")
#: Rows on one page of a list, unless another number is asked for.
ROWS: Final = 25
_LONGEST: Final = 500
_MOST: Final = 100


@dataclass(frozen=True)
class Asked:
    """One request for a page. Raises SaysoError (of()) for what cannot be."""

    path: str
    id: str
    given: dict[str, str]
    order: str
    offset: int
    limit: int
    part: int
    min_confidence: float
    nested: bool | None
    by: str

    @classmethod
    def of(cls, request: Request) -> Self:
        query = request.query_params
        given = {}
        for key in FILTERS:
            value = query.get(key, "").strip()
            if len(value) > _LONGEST:
                raise SaysoError(f"{key} is too long", f"Give at most {_LONGEST} characters")
            if value:
                given[key] = value
        nested = {"": None, "yes": True, "no": False}.get(query.get("nested", ""))
        limit = min(_MOST, _number(query.get("limit", ""), "limit", ROWS, 1))
        page = _number(query.get("page", ""), "page", 1, 1)
        confidence = query.get("min_confidence", "").strip()
        try:
            minimum = float(confidence) if confidence else 0.0
        except ValueError:
            raise SaysoError(f"{confidence!r} is no confidence", "Give a number from 0 to 1") from None
        if not 0 <= minimum <= 1:
            raise SaysoError(f"{confidence!r} is no confidence", "Give a number from 0 to 1")
        return cls(
            request.url.path, str(request.path_params.get("id", "")), given, query.get("order", "") or "newest", (page - 1) * limit, limit,
            _number(query.get("part", ""), "part", 1, 1), minimum, nested,
            query.get("by", "") or "all",
        )  # fmt: skip

    def taken(self, *names: str) -> dict[str, Any]:
        """Those of the filters that were given."""
        return {name: self.given[name] for name in names if name in self.given}

    @property
    def page(self) -> int:
        return self.offset // self.limit + 1

    def address(self, **changes: Any) -> str:
        """The address of this page with some filters set, or taken out (None)."""
        query: dict[str, Any] = dict(self.given)
        if self.order != "newest":
            query["order"] = self.order
        if self.min_confidence:
            query["min_confidence"] = f"{self.min_confidence:g}"
        if self.nested is not None:
            query["nested"] = "yes" if self.nested else "no"
        if self.by != "all":
            query["by"] = self.by
        if self.limit != ROWS:
            query["limit"] = self.limit
        query.update(changes)
        said = urlencode({key: value for key, value in query.items() if value not in (None, "")})
        path = self.path.removesuffix(".json")
        return f"{path}?{said}" if said else path


def stretch(rows: Sequence[dict[str, Any]], offset: int, limit: int) -> dict[str, Any]:
    """The rows from *offset* on of a list that is whole, told as listings of the record are."""
    return Page(tuple(rows[offset : offset + limit]), len(rows), offset, limit).to_dict()


def _number(value: str, name: str, default: int, least: int) -> int:
    if not value.strip():
        return default
    if not (value.isascii() and value.isdigit() and len(value) < 8 and int(value) >= least):
        raise SaysoError(f"{value[:40]!r} is no {name}", f"Give a whole number from {least}")
    return int(value)
