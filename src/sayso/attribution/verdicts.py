"""Verdicts: what is said of a claim that a noun names, behind the claim itself ("the accusation that p is a lie")."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from sayso.attribution.lemmas import lemma

# Longer texts are not looked at: bounds the work of the expressions.
_LONGEST: Final = 600
_MARKS: Final = frozenset("“”\"„«»")
# Verbs after which a noun can only begin a clause: "said reports that …", but not "repeated reports that …".
_CLAUSAL: Final = frozenset(
    "say tell add think believe argue insist note stress warn acknowledge maintain assert contend explain write tweet reply".split()
)
_ENDS: Final = re.compile(r"[\s“”\"’']*(?:[.;!?,\n]|\Z)")
_FINITE: Final = re.compile(
    r"(?i)\b(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|might|must|should|\w{2,}ed|sank|made|took|knew|went|came|gave|got|saw|"
    r"left|kept|held|met|led|won|lost|sent|spent|built|broke|began|became|wrote|ran|fell|put|set|cut|hit|shot|fought|sought|brought|bought|thought|felt|"
    r"found|told|lied|died|stole|sold|paid|said|shot|struck)\b|\b\w{3,}[a-rt-z]s\b"
)
_MANNER: Final = re.compile(r"(?i)\s*(?:in|with|by|of|about|despite|after|for|from) (?:his|her|their|its|the|this|that) ")
_OWNER: Final = re.compile(
    r"(?:\b(?:the|our|his|her|their|its|my)(?: [\w.-]+){1,4}|(?<![\w’'-])[A-Z][\w.-]+(?: (?:of )?[A-Z][\w.-]+){0,3})(?:['’]s|(?<=s)['’])\s\Z"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where the verdict begins, and whether it says that the claim is so (1) or not (-1)."""

    start: int
    sign: int


@cache
def heads() -> dict[str, str]:
    """Nouns that name what somebody claims, with the kind of each ("claim", "denial"), singular and plural."""
    with (files("sayso.attribution") / "heads.csv").open(encoding="utf-8") as lines:
        rows = [(row["noun"], row["kind"]) for row in csv.DictReader(lines)]
    return {form: kind for noun, kind in rows for form in (noun, noun[:-1] + "ies" if noun.endswith("y") else noun + "s")}


@cache
def _verdicts() -> tuple[tuple[re.Pattern[str], int], ...]:
    with (files("sayso.attribution") / "verdicts.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple((re.compile(rf"(?<=\S) {row['words'].replace(chr(39), '[' + chr(39) + '’]')}[.,;!]?\Z", re.I), int(row["sign"])) for row in rows)


def verdict(text: str, start: int = 0) -> Verdict | None:
    """The verdict at the end of *text*, looked for from *start*; None where there is none."""
    if len(text) > _LONGEST:
        return None
    for pattern, sign in _verdicts():
        if found := pattern.search(text, start):
            return Verdict(found.start(), sign)
    return None


def named(cue: str) -> bool:
    """Whether *cue* ends in a noun that names what somebody claims."""
    return cue.lower().split()[-1:] != [] and cue.lower().split()[-1] in heads()


def in_passing(cue: str, between: str) -> bool:
    """Whether the noun only tells how what stands before it was said or done: "he was firm | in his | denial"."""
    return named(cue) and _MANNER.fullmatch(between) is not None


def owner(cue: str, before: str) -> int | None:
    """Where in *before* the words begin that tell whose claim the noun *cue* names: "accept | our agencies' | conclusion"."""
    found = _OWNER.search(before) if named(cue) else None
    return None if found is None else found.start()


def claimed(head: str, before: str, content: str, after: str, outer: str | None) -> int | None:
    """Where what a noun's clause claims ends in *content*, if a verdict follows: "that it sank" of 'that it sank were "pure fantasy"'.

    *head* is the cue with the noun last; *before* is what of the sentence, or of the content of the *outer* cue, stands before it, and *after*
    what follows *content*. None where nothing is to be cut off, or the noun is no subject: then the verdict may be what is claimed.
    """
    noun = re.findall(r"\w+", head.lower())[-1:]
    if not noun or noun[0] not in heads() or len(content) > _LONGEST or not _ENDS.match(after) or _FINITE.search(before):
        return None
    if outer is not None and _CLAUSAL.isdisjoint(map(lemma, re.findall(r"\w+", outer.lower())[-1:])):
        return None
    at = [i for i, c in enumerate(content) if c not in _MARKS]
    found = verdict("".join(content[i] for i in at))
    if found is None:
        return None
    said = content[: at[found.start]].rstrip("“”\"„«» ")
    return len(said) if _FINITE.search(said.partition(" ")[2]) else None
