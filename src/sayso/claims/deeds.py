"""Deeds: what somebody denies or is accused of, named by a gerund or a noun, as a clause ("Orlan did arm the rebels")."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import Final

from sayso.attribution.lemmas import lemma

# Contents longer than this are left as they are: bounds the work of the expressions.
_LONGEST: Final = 400
_NAME: Final = r"(?:the |The )?[A-Z][\w.’'-]*(?: (?:of |and |the |bin |al |van |von |de |der )?[A-Z][\w.’'-]*){0,5}"
_GERUND: Final = r"(?P<how>\w+ly )?(?P<not>not )?(?P<verb>[a-z]{2,}ing)\b(?P<rest>.*)"
# "Orlan arming the rebels", "Orlan of arming the rebels": a name, so that no noun's participle is taken for its deed.
_NAMED: Final = re.compile(rf"(?P<who>{_NAME}) (?:(?:of|for) )?(?:ever )?{_GERUND}", re.S)
# "the ministry of hiding the report": whoever it is that is accused.
_ACCUSED: Final = re.compile(rf"(?P<who>[^,;:]{{2,80}}?) (?:of|for) (?:ever )?{_GERUND}", re.S)
_NO_GERUNDS: Final = frozenset("during according including regarding concerning following something nothing anything everything".split())
_NO_E: Final = re.compile(r"[aeiou]{2}[dfklmnprtwx]\Z")
_MARKS: Final = str.maketrans("", "", "“”\"„«»")
_BE: Final = {"being": "was", "having": "has"}


@cache
def _nouns() -> tuple[re.Pattern[str], dict[str, str]]:
    with (files("sayso.claims") / "deeds.csv").open(encoding="utf-8") as lines:
        table = {row["noun"]: row["clause"] for row in csv.DictReader(lines)}
    nouns = "|".join(re.escape(noun) for noun in sorted(table, key=lambda n: (-len(n), n)))
    return re.compile(
        rf"(?P<who>{_NAME}) (?:of )?(?:having (?:had )?)?(?:(?:any|all|a|an|the|direct|personal|prior|previous|advance|active) ){{0,3}}"
        rf"(?P<noun>{nouns}) (?P<rest>.+)", re.S,
    ), table


def clause(text: str, *, accusing: bool) -> str:
    """*text* with what is named made a clause; as it is where it names no deed. *accusing*: whoever stands before "of" did it."""
    if len(text) > _LONGEST:
        return text
    nouns, table = _nouns()
    if match := nouns.fullmatch(text.translate(_MARKS)):
        return f"{match['who']} {table[match['noun']]} {match['rest']}"
    match = _NAMED.fullmatch(text) or (_ACCUSED.fullmatch(text) if accusing else None)
    if match is None or match["verb"] in _NO_GERUNDS:
        return text
    verb = _BE.get(match["verb"])
    said = f"{verb} {match['not'] or ''}" if verb else f"did {match['not'] or ''}{match['how'] or ''}{_plain(match['verb'])}"
    return f"{match['who']} {said.strip()}{match['rest']}"


def _plain(gerund: str) -> str:
    """The verb of *gerund*. Two vowels and a consonant take no e: failing, not "faile"."""
    bare = gerund.removesuffix("ing")
    made = lemma(gerund)
    return bare if made == bare + "e" and _NO_E.search(bare) else made
