"""Acts: what a cue does, by its words before those of its content."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from sayso.attribution.cue_words import AVOIDERS, WORD, Match, key, matches, words_of

#: Verbs that leave the act to the noun they carry: "expressed support", "repeated his demand".
_LIGHT = frozenset((
    "express voice issue offer launch continue renew reiterate repeat restate reaffirm show signal convey deliver declare utter state communicate "
    "indicate release"
).split())
#: Acts that leave what is done to the verb after "to": "refused to rule out", "was happy to confirm", "plans to announce".
_PASSING = frozenset("reject say know want intend feel suggest praise discuss".split())
_BREAKS = frozenset("in on at during for with to as that by of and about from after when".split())
_QUESTION = frozenset("whether if how why what who where when which".split())
_NO_DOING = frozenset("nothing something anything everything during thing things king spring morning evening beijing according".split())
# Words that a content may begin with and that belong to the cue: "called | for calm".
_PARTICLES = frozenset("for of about against upon with".split())
# Between "told" and what somebody was told to do stands whom; not where one of these comes before "to" or right after.
_FINITE = frozenset((
    "is are was were has have had will would can could should may might must be been did do does going able likely ready due according way "
    "road key back up want wants wanted need needs plan plans planned effort efforts right response answer access return threat that thanks "
    "close trying about"
).split())
# To call it untrue is to deny it; not so of people and things, which are no more than described ("called him a liar").
_UNTRUE = re.compile(
    r"(?:as )?(?:it|this|that|them|these|those|(?:[\w’'-]+ ){0,6}?(?:alleg|accus|claim|charg|report|stor(?:y|ies)|rumou?r|assertion|suggestion"
    r"|account)\w*)(?: [\w’'-]+){0,8}?(?: as)?(?: [\w-]+ly| an?| all)* [“\"‘'`]{0,2}"
    r"(?:(?:\w+ly|an?|all|outright|complete|total|utter) )*(?:baseless|false|untrue|unfounded|groundless|fabricated|a fabrication|fabrications?|"
    r"lies?|nonsense|bogus|without (?:foundation|merit|basis))[”\"’'`.,]*",
    re.I,
)
# "is said | to have sunk" asks nobody to do so.
_RUMOURED = re.compile(r"\b(?:is|are|was|were|be|been|being)(?: \w+ly)? said\Z", re.I)
_TO_HAVE = re.compile(r"to (?:have|be)\b")
# "can be heard saying": what is heard is said.
_HEARD = re.compile(r"\b(?:heard|seen|overheard|caught|recorded|filmed|shown|quoted|cited)(?: on \w+)?(?: as)? (\w+ing\b.*)", re.I)
# "offered him | a flat denial", "voiced | a wish": verbs that leave the act to a noun in the content.
_CARRIERS = frozenset("offer give voice launch issue put make deliver express repeat continue renew reiterate maintain".split())
# "has ruled | them out".
_OUT = re.compile(r"(?:it|them|this|that|him|her) out\b", re.I)
# "pleaded | not guilty".
_PLEA = re.compile(r"(not )?guilty\b", re.I)
# "held | the owner responsible for" it.
_HELD = re.compile(r"(?:held|holds?|holding)", re.I)
_RESPONSIBLE = re.compile(r"(?:[\w’'-]+ ){1,6}(?:responsible|accountable|liable|to blame)\b", re.I)
# "assured them that | nothing had been decided" promises nothing.
_TOLD = re.compile(r"that (?=.*\b(?:is|are|was|were|has|have|had|did|does|do)\b)", re.I | re.S)
_TO_COME = re.compile(r"\b(?:will|would|shall|should|can|could|may|might|must|won|going to|about to|wouldn)\b|[’'](?:ll|d)\b", re.I)
_WRITES = frozenset("write react respond".split())
_MANY = frozenset("people voters reporters".split())
_WHOM = _MANY | frozenset("him her them us me".split())
_DETERMINERS = frozenset("the a an his her their our my your its this that these those all any each no some him them".split())


@cache
def _nouns() -> dict[str, str]:
    """Acts of the nouns that such verbs carry."""
    with (files("sayso.attribution") / "nouns.csv").open(encoding="utf-8") as lines:
        return {row["noun"]: row["act"] for row in csv.DictReader(lines)}


@cache
def _carried() -> re.Pattern[str]:
    return re.compile(rf"(?:a|an|his|her|their|its|the|no)? ?(?:[\w’'-]+ ){{0,2}}?(?P<noun>{'|'.join(_nouns())})\b", re.I)


def act_of(cue: str, content: str) -> tuple[str, int]:
    """The act of the words *cue* before the words *content*, and where in *cue* the words that decide it begin.

    A cue that the lexicon does not know is *say*, the act that claims least, at its beginning.
    """
    if cue.lower() == "to":  # "To her, the wall is …"
        return "believe", 0
    particle = WORD.match(content)
    whole = f"{cue} {particle.group()}" if particle is not None and particle.group() in _PARTICLES else cue
    found = [m for m in matches(whole, _opening(content)) if m.start < len(cue)]
    strong = [m for m in found if not m.weak and not m.aside] or [m for m in found if not m.weak] or found
    if not strong:
        return "say", 0
    lemmas = [key(token.group()) for token in WORD.finditer(whole)]
    best = strong[0]
    for later in strong[1:]:
        if _gives_way(best, later, lemmas[best.last + 1 : later.first], whole):
            best = later
    if (heard := _HEARD.search(cue)) is not None and matches(heard[1], ""):
        return act_of(heard[1], content)[0], best.start
    if best.act == "demand" and (_RUMOURED.search(cue) or (best.words == ("say",) and _TO_HAVE.match(content))):
        return "report", best.start
    if best.words[0] in _CARRIERS and (carried := _carried().match(content)) is not None:
        return _nouns()[carried["noun"].lower()], best.start
    if best.words == ("rule",) and _OUT.match(content):
        return "reject", best.start
    if best.words == ("plead",) and (plea := _PLEA.match(content)) is not None:
        return "deny" if plea[1] else "admit", best.start
    if _HELD.fullmatch(cue) and _RESPONSIBLE.match(content):
        return "accuse", best.start
    if best.act == "discuss" and best.words[0] in _WRITES and _opening(content) in ("quote", "that"):
        return "say", best.start  # "wrote on a wall: “No”"
    if best.act == "promise" and _TOLD.match(content) and not _TO_COME.search(content):
        return "say", best.start
    if best.act == "describe" and _UNTRUE.fullmatch(content.strip(" \t\n.,;")):
        return "deny", best.start
    return best.act, best.start


def _gives_way(best: Match, later: Match, between: list[str], cue: str) -> bool:
    """Whether the act of *cue* is decided by *later* rather than *best*, with the words *between* them."""
    if later.first <= best.last:
        return len(later.words) > len(best.words) or (best.parted and len(later.words) > 1 and not later.parted)
    if not between and len(best.words) == 1 and cue[: best.start].split()[-1:] and cue[: best.start].split()[-1].lower() in _DETERMINERS:
        return True  # "any direct criticism"
    if AVOIDERS.search(cue, best.start, later.start):
        return True  # "refused to rule out", "held back from any indication"
    if best.words == ("question",) and "to" in between and re.search(r"\bus(?:ed?|es|ing)\b", cue[: best.start], re.I):
        return True  # "used the question to demand"
    if "," in cue[best.end : later.start] and re.fullmatch(r"\w+ing[\s:,]*", cue[later.start :]):
        return True  # "barely spoke of it, saying"
    told = best.act in ("say", "announce", "report") and later.act not in ("say", "announce", "report", "discuss")
    if told and len(between) <= 3 and not _BREAKS & set(between) and re.match(r"\w+ing\b", cue[later.start :]):
        return True  # "issued a statement condemning", "posted a letter online urging"
    if between[-1:] in (["before"], ["after"]) and re.match(r"\w+ing\b", cue[later.start :]):
        return True  # "deflected questions about it before saying"
    if told and between[-1:] == ["and"]:
        return True  # "weighed in and urged"
    if told and best.words == ("weigh", "in") and between[:1] == ["with"]:
        return True
    if len(best.words) == 1 and best.words[0] in _LIGHT and len(between) <= 3 and not _BREAKS & set(between):
        return True  # "expressed support"
    if between[-1:] and between[-1] in _DETERMINERS:
        return False  # "responded to the attack by saying"
    if "to" in between or (best.words[-1] == "to" and len(between) <= 1):
        if best.act not in _PASSING or (best.act in ("want", "intend") and later.act == "decree"):
            return False  # "threatened to sue", "wants to ban"
        return not (_BREAKS - {"to"}) & set(between)  # "was happy to confirm", "plans to announce"; not "said in a statement"
    return False


def _opening(content: str) -> str:
    """How *content* begins, as the lexicon tells it apart: "quote", "to", "whom to", "that", "wh", "ing", "as", or ""."""
    if content[:1] in ("“", '"', "‘", "'", "`", "„", "«", "”"):
        return "quote"
    words = words_of(content[:80])
    if not words:
        return ""
    if words[0] == "to" or words[:2] == ["not", "to"]:
        return "to"
    whom = words[0] in _WHOM and not content.startswith("US ")
    if whom and "to" in words[1:5] and (words[0] not in _MANY or not _FINITE & {*words[1 : words.index("to", 1)]}):
        return "to"
    if words[0] == "that":
        return "that"
    if words[0] in _QUESTION:
        return "wh"
    if _is_whom_to(words):
        return "whom to"
    if words[0].endswith("ing") and len(words[0]) > 4 and words[0] not in _NO_DOING:
        return "ing"
    if "as" in words[1:6]:
        return "as"
    return ""


def _is_whom_to(words: Sequence[str]) -> bool:
    """Whether *words* say who is to do what: "the crowd to go home"."""
    if "to" not in words[1:6]:
        return False
    at = words.index("to", 1)
    after = words[at + 1 : at + 3]
    return bool(after) and not _FINITE & {*words[:at], *after[1:]} and after[0] not in _DETERMINERS


def first_content(text: str, spans: Sequence[tuple[int, int]], cue_end: int) -> str:
    """The content as it goes on after the cue, else from its beginning."""
    for start, end in spans:
        if start >= cue_end:
            return text[start : min(end, start + 120)]
    return text[spans[0][0] : min(spans[0][1], spans[0][0] + 120)] if spans else ""
