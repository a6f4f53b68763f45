"""What looks like attribution and is none: words that only distance, auxiliaries, fillers of speech, deeds of material help."""

from __future__ import annotations

import re

# An adjective that only distances ("its alleged support of …") is a choice of words.
_DISTANCING = re.compile(
    r"(?i)(?:the |its |his |her |their |any |an? )?(?:alleged|purported|supposed|so-called|suspected|presumed|putative|would-be)\b(?! that)"
)
# "you know" and "I mean" between commas fill a pause.
_FILLER = re.compile(r"(?i)(?:you (?:know|see)|i (?:mean|guess)|mind you)")
# An auxiliary alone attributes nothing ("Iran | has | never been seen").
_AUXILIARY = re.compile(
    r"(?i)(?:(?:has|have|had|having|is|are|was|were|be|been|being|am|do|does|did|will|would|can|could|may|might|must|shall|should|to|not|never|also|n['’]t|"
    r"['’](?:s|re|ve|ll|d|m))\s*)+"
)
# To lend, give or send arms, money or troops is a deed, though "support" stands in it.
_HELP = re.compile(r"(?i)\b(?:lend|lent|giv|gave|provid|sen[dt]|suppl(?:y|ied)|extend|deliver|funnel|pour|pump|channel|ship)\w*\b")
_MATERIAL = re.compile(
    r"(?i)\W*(?:[\w-]+ ){0,3}?(?:military|material|financial|logistical|technical|advisory|humanitarian|medical|air)[\w-]*(?: [\w-]+)? "
    r"(?:support|aid|assistance|help|backing|training|advice|cover)\b|\W*(?:[\w-]+ ){0,2}?(?:arms|weapons|ammunition|troops|fuel|money|funds|cash)\b"
)
# To back or help somebody with bombs, arms or money is one, too; not to back a plan, a deal or a deed in which these come up.
_BACKED = re.compile(r"(?i)\b(?:back|support|help|aid|assist|reinforc)\w*\b")
_WITH_MEANS = re.compile(
    r"(?i)\W*(?:(?!\w+ing\b|(?:that|to|for|against|who|which|if|when|plans?|deals?|talks?|ties)\b)[\w’'-]+ ){1,5}?with (?:[\w-]+ ){0,2}?"
    r"(?:air ?strikes?|bomb(?:s|ing|ers)|shelling|artillery|missiles|jets|tanks|drones|arms|weapons|weaponry|ammunition|fuel|money|funds|cash|loans|"
    r"supplies|air ?power)\b"
)
# When an entry of a running report was made: "Update at 8:07 a.m. ET: …", "14:35 — …".
_STAMP = re.compile(r"(?i)(?:(?:last |first )?(?:updated?|posted|published|corrected)\b[^\n]*\d|(?:at )?\d{1,2}[:.]\d\d\b)[^\n]*")
# What is backed by deeds whatever is said of it.
_VIOLENCE = re.compile(r"(?i)(?:[\w-]+ ){0,2}?(?:terror|terrorism|terrorists|extremism|extremists|militants|militias|insurgents|jihadists)\W*")
_DOES_BACK = re.compile(
    r"(?i)(?:(?:is|are|was|were|be|been|being|has|have|had|would|will|also|still) )*"
    r"(?:(?:back|support|sponsor|fund|aid|arm)(?:s|ed|ing)?|financ(?:es?|ed|ing))(?: up)?"
)


def is_excluded(source: str, cue: str, content: str, before: str, after: str) -> bool:
    """Whether the words of a candidate are no attribution; *before* and *after* are the characters around source and cue."""
    if _DISTANCING.match(cue) or _AUXILIARY.fullmatch(cue):
        return True
    if not any(c.isalnum() for c in cue) and _STAMP.fullmatch(source):
        return True
    paused = before.rstrip()[-1:] in (",", "", "“", '"', "—") and (after[:1] == "," or cue.endswith(","))
    if paused and _FILLER.fullmatch(f"{source} {cue}".strip(" ,")):
        return True
    helped = _HELP.search(cue)
    if helped and _MATERIAL.match(f"{cue[helped.end() :]} {content}".strip()):
        return True
    return bool((_BACKED.search(cue) and _WITH_MEANS.match(content)) or (_DOES_BACK.fullmatch(cue) and _VIOLENCE.fullmatch(content)))
