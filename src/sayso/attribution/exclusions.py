"""What looks like attribution and is none: words that only distance, auxiliaries, fillers of speech, deeds."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from sayso.attribution.cue_words import WORD, words_of
from sayso.attribution.lemmas import lemma

# An adjective that only distances ("its alleged support of …") is a choice of words; not the verb of a source ("the complaint alleged that").
_DISTANCING = re.compile(
    r"(?i)(?:the |its |his |her |their |any |an? )?(?:alleged|purported|supposed|so-called|suspected|presumed|putative|would-be)\b(?! that)"
)
_ALLEGED = re.compile(r"(?i)alleged|suspected|presumed|supposed")
_WHOSE = re.compile(r"(?i)(?:['’]s|s['’]|\b(?:the|a|an|its|his|her|their|our|my|your|this|that|these|those|of|in|and|or))\Z")
# "To her, the wall is …": whose view it is.
_VIEW = re.compile(r"(?i)to")
_CLAUSE = re.compile(
    r"(?:that|he|she|it|they|we|there|the|his|her|their|its|an?)\b|(?:[A-Z][\w.’'-]* ){1,4}(?:had|has|have|was|were|is|are|would|will|could|did)\b"
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
# A bare preposition says what somebody is praised or blamed for ("faulted him | for | misleading them"); a bare apostrophe nothing.
_BARE = frozenset("for against ' ’".split())
# To challenge somebody for an office is to run for it.
_RUNS = re.compile(r"(?i)(?:will |would |to |is |are |\w+ly )*challeng(?:e|es|ed|ing)\b")
_OFFICE = re.compile(r"(?i)\bfor (?:the|his|her|a|an) (?:[\w-]+ ){0,4}?(?:position|seat|nomination|job|leadership|title|post|office|presidency)\b")
# To call somebody, or to call to do something, is to telephone.
_CALLED = re.compile(r"(?i)(?:\w+ly |had |has |have |also |ever )*call(?:s|ed|ing)?")
_PHONED = re.compile(
    r"(?i)(?:him|her|them|me|us|you|911)|(?:(?:him|her|them|me|us|you|911|(?-i:[A-Z])[\w ]+?) )?(?:on \w+ )?"
    r"to (?:discuss|ask|say|tell|defend|thank|apologi[sz]e)\b.*|"
    r"(?:his|her|their|the) (?!(?:for|on)\b)[^.;:“”\"]*? to (?:congratulate|concede|offer|express|complain|inform|apologi[sz]e)\b.*"
)
_SOMEBODY = re.compile(r"(?:[A-Z][\w.’'-]*(?: |\Z)){1,4}")
# What opens a question before "you".
_ASKED = re.compile(r"(?i)\b(?:do|did|does|have|are|were|would|could|can|don[’']t|didn[’']t|wouldn[’']t|aren[’']t) \Z")
# To call a strike or an election is to do so.
_ARRANGED = re.compile(
    r"(?i)(?:(?:an?|another) )?(?:(?!an?\b|the\b)[\w-]+ ){0,3}?(?:strike|walkout|boycott|truce|ceasefire|halt|elections?|polls?|ballot|referendum|"
    r"vote|meetings?|conference|summit|session|rally|protests?|witness(?:es)?|emergency|holiday|penalty)(?:\W*|"
    r" (?:for|on|at|in|to|next|this|last|early|late|after|before|over|against|because|when|and|by|of)\b(?:(?! an? |[“”\"‘]).)*)"
)
# What was before somebody "responded" is no answer.
_ANSWERS = re.compile(r"(?i)(?:has |had |have )?(?:later |quickly |also )?(?:respond|repli|reply|react|retort)\w*(?: (?:on|by|in|with)\b.*)?")
# To do something "in response to" what happened tells nothing.
_IN_RESPONSE = re.compile(r"(?i)(?:ha(?:s|ve|d) )?(?:\w+ )?in (?:response|reaction|reply) to")
_TO_WHAT = re.compile(r"(?i).*\b(?:respond|reply|repli|react)\w* to")
_BY_DEED = re.compile(
    r"(?:[^“”\",;:]* )?by (?!(?:say|tell|announc|declar|claim|ask|accus|insist|warn|argu|deny|reject|critici|threat|promis|vow|not|point|demand|urg|"
    r"condemn|blam|dismiss|describ|suggest|writ|tweet|issu|releas|brand|label|call)\w*ing\b(?! in\b))\w+ing\b"
)
_BEFORE = re.compile(r"(?:After|When|While|As|Before|Since|Although|Though|Once) (?!if\b)\w")
# When an entry of a running report was made: "Update at 8:07 a.m. ET: …", "14:35 — …".
_STAMP = re.compile(r"(?i)(?:(?:last |first )?(?:updated?|posted|published|corrected)\b[^\n]*\d|(?:at )?\d{1,2}[:.]\d\d\b)[^\n]*")
# What heads a line and is nobody: "CLAIM: …", "Our rating: …".
_HEADING = re.compile(
    r"(?i)(?:[\w ]{3,40} live(?: updates| blog)?|live updates)|(?:the |our )?(?:(?:false |viral )?claim|(?:final )?(?:verdict|ruling)|rating|facts)|"
    r"(?:facts?|fact[ -]?check|analysis|opinion|explained|explainer|"
    r"exclusive|breaking|update|correction|clarification|(?:editor[’']s )?note|photos?|images?|video|watch|read|live|profile|review|obituary|"
    r"background|summary|conclusion|context|timeline|key points)"
)
# "X's | reported | death": told by whoever reports it, not by X.
_REPORTED = re.compile(r"(?i)reported|rumou?red|presumed")
_OWN = re.compile(r"(?i)(?:.*['’]s|.*s['’]|his|her|its|their)")
# To "beg | to differ" tells nothing of what one holds.
_DIFFER = re.compile(r"(?i)to differ\W*")
# To "find | it difficult to win" is what happens to one.
_FIND = re.compile(r"(?i)(?:\w+ )*f(?:ind|inds|ound|inding)")
_HARD = re.compile(
    r"(?i)it (?:\w+ly |more |too |very |so )*(?:difficult|hard|easy|easier|harder|impossible|tough|tougher|necessary) to "
    r"(?!believe|see|imagine|understand)"
)
# What is backed by deeds whatever is said of it.
_VIOLENCE = re.compile(r"(?i)(?:[\w-]+ ){0,2}?(?:terror|terrorism|terrorists|extremism|extremists|militants|militias|insurgents|jihadists)\W*")
_DOES_BACK = re.compile(
    r"(?i)(?:(?:is|are|was|were|be|been|being|has|have|had|would|will|also|still) )*"
    r"(?:(?:back|support|sponsor|fund|aid|arm)(?:s|ed|ing)?|financ(?:es?|ed|ing))(?: up)?"
)
# What somebody would have said; and votes that were cast.
_NEVER_DONE = re.compile(
    r"(?i)(?:would|could|might|should|must) (?:\w+ly )?have (?!to\b)\w+|"
    r"(?:(?:still|would|will) )*(?:has|have|needs?) to be (?:approved|ratified|endorsed|accepted|agreed|authori[sz]ed|signed)|"
    r"(?:cast|casts|casting|to cast) (?:a |an |their |his |her )?(?:\w+ )?(?:ballots?|votes?)\b"
)
# "no evidence | to support | the claim": it says nothing.
_EVIDENCE = re.compile(r"(?i)\b(?:evidence|proof|facts?|reasons?|grounds|basis)\Z")
# What anybody ought to do: "you have to know when to stop".
_ANYBODY = frozenset(("you", "one", "we"))
_OUGHT = re.compile(
    r"(?i)(?:have to|need to|must|should|ought to|['’]ve got to|got to|have got to|gotta) (?:\w+ly )?"
    r"(?:know|understand|remember|realise|realize|accept|learn)\b"
)
# "God knows", and "the £80m claimed".
_HEAVEN = re.compile(r"(?i)(?:god|heaven|goodness|the lord|lord|christ) (?:alone |only )?knows?")
_SUM = re.compile(r"(?i)(?:the |some |about )?[£$€]\d")
# "let him publish the figures": he has not.
_LET = re.compile(r"(?i)\blet \Z")
# What somebody told is set against what is so: "Contrary to what | Holt told them, no deal was signed".
_AGAINST = re.compile(r"(?i)\b(?:contrary to|unlike|despite) what \Z")
# What the writer hastens to add: "none of this is to say that".
_NOT_TO_SAY = re.compile(r"(?i)(?:(?:none|nothing|all) of (?:this|that|it|these)|this|that|which|it)\b (?:is|was)(?: not|n['’]t)?(?: to say| as if)")
# How somebody is told of, and not what is said: "asked not to be named", "on condition of anonymity".
_UNNAMED = re.compile(
    r"(?i)(?:not |n['’]t )?(?:to )?(?:(?:remain|stay)(?:ing)? anonymous|be(?:ing)? (?:publicly )?(?:named|identified|quoted)(?: by name)?|"
    r"(?:his|her|their) names? (?:not )?to be used|(?:\w+ )?anonymity)"
    r"(?:\W*|\W+(?:because|due|as|since|for|so|while|when|citing|given)\b.*)",
    re.S,
)
# Nothing is said: "because we are told | to", "Who | says | so".
_EMPTY, _ASKS = frozenset("to of for and as".split()), frozenset(("who", "what"))
# "a reason | to part ways" says nothing.
_REASON = re.compile(r"(?i)(?:an?|the|every|good|no|any|his|her|their)? ?reasons?")
# What something is called: "a report | titled | “Lines”".
_TITLED = re.compile(r"(?i)(?:also )?(?:titled|entitled|subtitled)")
# A law that allows or requires speaks to nobody.
_LAW = re.compile(r"(?i)\b(?:law|bill|act|measure|legislation|rule|statute|provision|amendment|constitution|treaty|clause|code)s?\s*\Z")
_LAWFUL = frozenset("allow permit require let enable mandate ban bar".split())
# "a proposed sale": a participle between a determiner and what it describes.
_DETERMINED = re.compile(r"(?i)\b(?:a|an|the|this|that|these|those|any|some|every|each|no)(?: [\w$.,]+){0,1} $")
_PARTICIPLE = re.compile(r"[a-z]+ed|new|known|given|written|unknown|unclear")
_GOES_ON = re.compile(r"(?:that|to|by|as|of|for|in|on|about|with|against|whether|who|if|when|how|why|what)\b|[^\w$€£]", re.I)
_MOVED = frozenset("be have do will would can could may might must shall should to not never also and again still then".split())


@cache
def _deeds() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Verbs of deeds.csv: what must follow one where it is speech ("~": among the first six words), and what may not ("*": anything)."""
    with (files("sayso.attribution") / "deeds.csv").open(encoding="utf-8") as lines:
        return {row["cue"]: (frozenset(row["only"].split()), frozenset(row["never"].split())) for row in csv.DictReader(lines)}


def _is_deed(source: str, cue: str, content: str, follows: bool) -> bool:
    """Whether *cue* is one verb that does something, by what follows it in cue and content."""
    words = [m.group() for m in WORD.finditer(cue)]
    at = next((k for k, word in enumerate(words) if lemma(word) not in _MOVED and not word.endswith("ly")), None)
    if at is None:
        return False
    verb = lemma(words[at])
    if (verb in _LAWFUL and _LAW.search(source)) or (verb == "require" and source.lower() in ("it", "that", "which")):
        return True
    entry = _deeds().get(verb)
    if entry is None or len(words) - at > 2:
        return False
    after = [word.lower() for word in words[at + 1 :]] + (words_of(content)[:6] if follows else [])
    only, never = entry
    if only:
        return not (after[:1] and after[0] in only) and not any(f"~{word}" in only for word in after[:6])
    return "*" in never or bool(never.intersection(after[:2]))


def is_asked(source: str, before: str) -> bool:
    """Whether the reader is only asked what he thinks, by the words *before* the *source*: "Do | you | think it will hold?"."""
    return source.lower() == "you" and _ASKED.search(before) is not None


def is_excluded(
    source: str, cue: str, content: str, before: str, after: str, *, view: bool = False, beside: bool = True, ahead: bool = False
) -> bool:
    """Whether the words of a candidate are no attribution; *before* are the characters before source and cue, *after* the one behind the cue.

    *view* tells that source and a comma follow the cue, and then the content: "To her, the wall is …"; *beside* that the cue follows it at once;
    *ahead* that the content stands before both: what follows the cue is who speaks.
    """
    if view and _VIEW.fullmatch(cue):
        return False
    clause = _CLAUSE.match(content) is not None
    alleged = _ALLEGED.fullmatch(cue) is not None and _WHOSE.search(source) is None and (clause or (bool(source) and beside))
    if (_DISTANCING.match(cue) and not alleged) or _AUXILIARY.fullmatch(cue) or (not source and cue.lower() == "it"):
        return True
    if cue.lower() in _BARE or "not to mention" in cue.lower() or (_RUNS.match(cue) and _OFFICE.search(content)):
        return True
    if _CALLED.fullmatch(cue) and (_PHONED.fullmatch(content) or (source and after == " " and _SOMEBODY.fullmatch(content))):
        return True
    if not source and _TITLED.fullmatch(cue):
        return True
    if _REASON.fullmatch(cue) and content.startswith("to "):
        return True
    if content.lower() in _EMPTY or (source.lower() in _ASKS and content.lower() == "so"):
        return True
    if _UNNAMED.fullmatch(content) or _NEVER_DONE.match(cue) or (_EVIDENCE.search(source) and cue.lower().startswith("to ")):
        return True
    if _is_deed(source, cue, content, after[:1] == " " and not ahead) or (source.lower() in _ANYBODY and _OUGHT.match(cue)):
        return True
    if not source and _PARTICIPLE.fullmatch(cue) and _DETERMINED.search(before) and after[:1] == " " and content and not _GOES_ON.match(content):
        return True
    if not any(c.isalnum() for c in cue) and (_STAMP.fullmatch(source) or _HEADING.fullmatch(source)):
        return True
    if _REPORTED.fullmatch(cue) and _OWN.fullmatch(source) and after[:1] == " " and beside:
        return True
    if (_CALLED.fullmatch(cue) and _ARRANGED.fullmatch(content)) or (_ANSWERS.fullmatch(cue) and _BEFORE.match(content)):
        return True
    if _IN_RESPONSE.fullmatch(cue) or (_TO_WHAT.fullmatch(cue) and _BY_DEED.match(content)):
        return True
    if _DIFFER.fullmatch(content) or (_FIND.fullmatch(cue) and _HARD.match(content)):
        return True
    if (_AGAINST.search(before) and source) or (_LET.search(before) and source) or _HEAVEN.fullmatch(f"{source} {cue}") or _SUM.match(source):
        return True
    if _NOT_TO_SAY.fullmatch(f"{source} {cue}"):
        return True
    paused = before.rstrip()[-1:] in (",", "", "“", '"', "—") and (after[:1] == "," or cue.endswith(","))
    if paused and _FILLER.fullmatch(f"{source} {cue}".strip(" ,")):
        return True
    helped = _HELP.search(cue)
    if helped and _MATERIAL.match(f"{cue[helped.end() :]} {content}".strip()):
        return True
    return bool((_BACKED.search(cue) and _WITH_MEANS.match(content)) or (_DOES_BACK.fullmatch(cue) and _VIOLENCE.fullmatch(content)))
