"""Negation: whether the act of a cue is negated."""

from __future__ import annotations

import re

from sayso.attribution.cue_words import AVOIDERS, matches, words_of

_NEGATORS = frozenset("not never nor neither cannot no without hardly scarcely".split())
_NOTHING = frozenset("no nothing little not n't n’t never neither nobody".split())
#: Words of negation that negate nothing, or undo one another.
_NOT_NEGATION = re.compile(
    r"\b(?:not (?:only|just|merely|simply|solely)|no doubt|no longer just|no less|no wonder|no sooner|no matter|no time(?: in)?|"
    r"(?:can ?not|can[’']t|could not|couldn[’']t) (?:wait|help(?: but)?|but|stop)|not surprisingly|not least|whether or not|if not|why not|"
    r"not long \w+|(?:not|\w+n[’']t|never|cannot|without|no) (?:\w+ly )?"
    r"(?:hesitat\w+|fail\w*|sh(?:y|ied|ies|ying)|refrain\w*|stop\w*|ceas\w+|tir(?:e|es|ed|ing)|h[eo]ld back|shr[aiu]n?k|resist\w*|"
    r"avoid\w*|miss\w*|neglect\w*|forg[eo]t\w*|afraid|shy|reluctan\w+|unwilling)"
    r"(?: (?:to|from|of|away from|short of|a chance to|an opportunity to))?)(?!\w)",
    re.I,
)
_NOBODY = re.compile(
    r"(?:no(?! ?\.| \d| fewer\b| less\b| doubt\b)|nobody|none(?! other\b)|neither|no[ -]one|nothing|few|hardly any\w*|scarcely any\w*|"
    r"(?:almost|virtually|practically) no\w*|not (?:one|a|all|every\w*|many|even|any\w*|each))\b",
    re.I,
)
_OF_NEITHER = re.compile(r"\b(?:of|by|from|in) (?:neither|no)\b(?! \.| \d)", re.I)
_ENOUGH = re.compile(r"\b(?:ca|could)(?:n ?not| not|n[’']t) (?:\w+ ){1,4}enough\b|\bcould(?: not|n[’']t) be (?:more|\w+er)\b", re.I)
# A word of negation before one of these belongs to another clause.
_ANOTHER_CLAUSE = re.compile(r"\b(?:but|and|who|whom|whose|which|what|that|whether|how|if|because|when|while|although|though)\b", re.I)
_LEFT = re.compile(
    r"\b(?:(?:offer|provid|present|express|voic|issu|giv)\w*|gave|made|make|makes)(?: (?:him|her|them|us|me|it|any|up))?(?: (?:no|nothing))?\Z", re.I
)
# "said | no such thing": nothing of what is asked about.
_SAYS = re.compile(r"(?i)\b(?:said|says?|saying|told|claim(?:s|ed)?|announced|promised|suggested|wrote|stated)\Z")
_NO_SUCH = re.compile(r"(?i)(?:no such (?:thing|\w+)|nothing of the (?:sort|kind))\W*\Z")
_NONE = re.compile(r"(?:no|nothing|little)\b(?! (?:doubt|longer|less|fewer|more))", re.I)
# What may stand before a source and yet negate what it does: "nor did Orlan say", "without the council's consent", "won no union's support".
_TURNED = re.compile(
    r"\b(?:nor|neither|never|nowhere|at no \w+|(?:not|hardly|scarcely)(?: \w+)?)"
    r" (?:do|does|did|has|have|had|is|was|were|will|would|can|could|should)\s*$|"
    r"\b(?:without|no|nor|lack(?:s|ed|ing)?(?: of)?)(?: the| a| his| her| its| their)?\s*$|"
    r"(?:\bnot|\bnever|n[’']t)(?: yet| even| \w+ly)? (?:have|had|get|got|win|won|gain(?:ed)?|receive[d]?|enjoy(?:ed)?|secure[d]?|need)"
    r"(?: the| a| any)?\s*$",
    re.I,
)


def negated(cue: str, decides: int, before: str, source: str) -> bool:
    """Whether the act at offset *decides* of *cue* is negated, by words of the cue, just *before* it, or of the *source*."""
    near = f"{_of_the_source(before, source)} {cue[:decides]}"
    near = _ANOTHER_CLAUSE.split(_NOT_NEGATION.sub(" ", near))[-1]
    if _ENOUGH.search(near + cue[decides:]):
        return False
    if AVOIDERS.search(near):
        return True
    words = words_of(near)[-6:]
    least = words[-1:] in (["little"], ["few"], ["zero"]) and words[-2:-1] != ["a"]
    if any(w in _NEGATORS or w in ("n’t", "n't") for w in words) or least:
        return True
    return _negated_within(cue, decides) or _NOBODY.match(source) is not None or _OF_NEITHER.search(source) is not None


def gives_nothing(cue: str, content: str) -> bool:
    """Whether nothing is given, by a verb that leaves to its object what: "has offered | no evidence", "said | no such thing"."""
    if _SAYS.search(cue) and _NO_SUCH.match(content):
        return True
    return _LEFT.search(cue) is not None and (cue.lower().endswith((" no", " nothing")) or _NONE.match(content) is not None)


def _negated_within(cue: str, decides: int) -> bool:
    """Whether the deciding words hold or are followed by a negation that is not part of the phrase: "said nothing", "is not opposed to"."""
    entry = next((m for m in matches(cue, "") if m.start == decides), None)
    if entry is not None and _NOTHING & set(entry.words):
        return False
    after = _NOT_NEGATION.sub(" ", cue[decides : entry.end if entry is not None and entry.parted else None])
    words = words_of(after)
    return bool(_NOTHING & set(words if entry is not None and entry.parted else words[1:2]))


def _of_the_source(before: str, source: str) -> str:
    """The words of *before* on what the *source* does: those after it, if it stands there, the first of its words perhaps cut off."""
    whole, source = before.strip(), source.strip()
    if not whole or not source:
        return whole
    at = whole.rfind(source)
    while at > 0 and whole[at - 1].isalnum():  # "he" in "the"
        at = whole.rfind(source, 0, at + len(source) - 1)
    if at >= 0 and not whole[at + len(source) : at + len(source) + 1].isalnum():
        turned = _TURNED.search(whole[:at])
        return f"{turned.group() if turned is not None else ''} {whole[at + len(source) :]}"
    if source.endswith(whole):
        return ""
    for size in range(min(len(whole), len(source)) - 1, 2, -1):
        if whole.startswith(source[-size:]):
            return whole[size:]
    return whole


def words_before(text: str, start: int, size: int = 28, *, after: int = 0) -> str:
    """The words of the same clause that stand right before *start*, none of them before *after*."""
    piece = text[max(0, after, start - size) : start]
    return re.split(r"[.!?;:,“”\"()—–\n]|''|(?:(?<=\s)|^)[‘'`]", piece)[-1]
