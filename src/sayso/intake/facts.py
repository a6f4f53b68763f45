"""Facts of publication, read from a JSON object."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from sayso.intake.problems import UnreadableError
from sayso.reports import FACTS, KINDS, Publication, language_code, parse_published

_TYPES: Final = {
    bool: "true or false", int: "a number", float: "a number", str: "a string", list: "a list", dict: "an object",
    type(None): "null",
}  # fmt: skip


# What other makers of data call the day of publication; taken where "published" is not given and the value is a date.
_DAYS: Final = (
    "date", "published_at", "published_on", "publishedAt", "date_published", "datePublished", "publication_date", "publicationDate",
    "pubdate", "pubDate", "pub_date",
)  # fmt: skip


def named_type(value: object) -> str:
    """What JSON calls the type of *value*."""
    return _TYPES.get(type(value), type(value).__name__)


def parse_json(raw: str | bytes) -> object:
    """The JSON value in *raw*. Raises UnreadableError for anything else, hostile nesting and numbers included."""
    try:
        return json.loads(raw)
    except json.JSONDecodeError as error:
        place = f"column {error.colno}" if error.lineno == 1 else f"line {error.lineno}, column {error.colno}"
        raise UnreadableError(f"broken JSON: {error.msg} ({place})", "repair it") from None
    except UnicodeDecodeError as error:
        raise UnreadableError(f"not UTF-8 (byte {error.start})", "save it as UTF-8") from None
    except RecursionError:
        raise UnreadableError("JSON nested too deeply", "give an object with strings only") from None
    except ValueError:  # the one that is left: more digits than Python reads into a number
        raise UnreadableError("broken JSON: a number of too many digits", "repair it") from None


def publication(row: Mapping[str, object]) -> Publication:
    """The facts of publication that *row* gives; other keys are passed over, null and "" count as not given. A day that stands
    under another common name ("date", "publication_date") is taken.

    Raises UnreadableError for a value of another type than string, a wrong date, kind or language.
    """
    facts: dict[str, str] = {}
    for key in FACTS:
        value = row.get(key)
        if value is None:
            continue
        if not isinstance(value, str):
            raise UnreadableError(f'"{key}" is {named_type(value)}, not a string', f'give "{key}" as a string, or leave it out')
        if value.strip():
            facts[key] = _checked(key, value.strip())
    if "published" not in facts and (day := _day(row)) is not None:
        facts["published"] = day
    return Publication(**facts)


def _day(row: Mapping[str, object]) -> str | None:
    """The day of publication under another name, None where there is none that is a date."""
    for key in _DAYS:
        value = row.get(key)
        if isinstance(value, str) and value.strip():
            try:
                return parse_published(value.strip())
            except ValueError:
                continue
    return None


def _checked(key: str, value: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise UnreadableError(f'"{key}" holds half a surrogate pair', "repair the escape, or remove it") from None
    if key == "published":
        try:
            return parse_published(value)
        except ValueError:
            raise UnreadableError(
                f'"published" is no date: {value[:40]!r}', "give YYYY-MM-DD or YYYY-MM-DDTHH:MM, or leave it out"
            ) from None
    if key == "kind" and value not in KINDS:
        raise UnreadableError(f'"kind" is {value[:40]!r}', f"give one of {', '.join(KINDS)}, or leave it out")
    if key == "language":
        code = language_code(value)
        if code is None:
            raise UnreadableError(f'"language" is {value[:40]!r}', "give a two-letter code (ISO 639-1) such as en")
        return code
    return value
