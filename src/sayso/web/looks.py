"""How pages look: templates, and how names, days and numbers are written in them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from sayso import __version__
from sayso.web import charts
from sayso.web.room import Room

#: Words of offices that are initials.
_INITIALS: Final = frozenset("un us uk eu nato cia fbi imf wto".split())
_MONTHS: Final = "January February March April May June July August September October November December".split()


def renderer(room: Room) -> Callable[[str, Mapping[str, Any]], str]:
    """A function from a template's name and what it shows to a page. Everything in a page is escaped."""
    environment = Environment(
        loader=PackageLoader("sayso.web", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(when=long_day, act=act_words, brief=brief, span=span, role=role)
    environment.filters.update(day=day, short_day=short_day, number=number, percent=percent, actor=actor_address, outlet=outlet_name)
    environment.globals.update(
        charts=charts, token=room.gap, version=__version__, name=room.path.name, writable=room.write, query=query, spans_of=spans_of,
        coder=room.coder,
    )

    def render(template: str, shown: Mapping[str, Any]) -> str:
        return environment.get_template(template).render(shown)

    return render


def day(value: str | None) -> str:
    """"30 March 2017"; what is no day stays as it is."""
    try:
        found = date.fromisoformat((value or "")[:10])
    except ValueError:
        return value or ""
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"


def long_day(value: str) -> str:
    """"Thursday 30 March 2017", or what is known of it: "March 2017", "the week from 27 March 2017"."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return f"{date.fromisoformat(value):%A} {day(value)}"
    if week := re.fullmatch(r"(\d{4})-W(\d\d)", value):
        return f"the week from {day(date.fromisocalendar(int(week[1]), int(week[2]), 1).isoformat())}"
    if re.fullmatch(r"\d{4}-\d\d", value):
        return f"{_MONTHS[int(value[5:]) - 1]} {value[:4]}"
    return value


def short_day(value: str | None) -> str:
    """"30 Mar 2017", "Mar 2017" or "2017"."""
    said = value or ""
    if re.fullmatch(r"\d{4}-\d\d", said):
        return f"{_MONTHS[int(said[5:7]) - 1][:3]} {said[:4]}"
    try:
        found = date.fromisoformat(said[:10])
    except ValueError:
        return said
    return f"{found.day} {_MONTHS[found.month - 1][:3]} {found.year}"


def number(value: int) -> str:
    """"12 345": with thin spaces, which stand in no word."""
    return f"{value:,}".replace(",", "\u202f")


def role(value: str) -> str:
    """The key of an office as words: "foreign minister", "UN ambassador"."""
    return " ".join(word.upper() if word in _INITIALS else word for word in value.replace("-", " ").split())


def percent(value: float) -> str:
    return f"{round(100 * value)}\N{NO-BREAK SPACE}%"


def span(since: str | None, until: str | None) -> str:
    """"20 Jan 2017 – 20 Jan 2021", "since 2004", "until 2010"."""
    if since and until:
        return f"{short_day(since)} – {short_day(until)}"
    return f"since {short_day(since)}" if since else f"until {short_day(until)}" if until else ""


def brief(words: str, most: int = 12) -> str:
    """The first and the last few of many words: what is cut from a wording stands in full elsewhere on the page."""
    some = words.split()
    return words if len(some) <= most else f"{' '.join(some[:4])} … {' '.join(some[-3:])}"


def actor_address(actor_id: str) -> str:
    return "/actors/" + quote(actor_id, safe=":/@")


def outlet_name(value: str | None) -> str:
    return value or "outlet not known"


def act_words(row: Mapping[str, Any]) -> str:
    """What the speaker of a statement does: "denies", of several "deny"; negated "does not say"."""
    act = str(row["act"])
    several = row["speaker"] is not None and _are_several(row["speaker"])
    if row.get("negated"):
        return f"do not {act}" if several else f"does not {act}"
    return act if several else _third(act)


def _are_several(speaker: Mapping[str, Any]) -> bool:
    """Of those whom nobody names, what they are called tells: "two officials of the ministry"."""
    if speaker["kind"] == "anonymous":
        head = re.split(r" (?:of|in|from|at|who|with|on|for)\b", speaker["name"], maxsplit=1)[0]
        return head.endswith("s") and not head.endswith("ss")
    return bool(speaker["kind"] == "group")


def _third(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "s"


def query(**values: Any) -> str:
    return urlencode({key: value for key, value in values.items() if value not in (None, "")})


def spans_of(row: Mapping[str, Any]) -> str:
    """The spans of a statement's parts, as JSON."""
    return json.dumps({key: row[key]["spans"] if row[key] else [] for key in ("source", "cue", "content")}, separators=(",", ":"))
