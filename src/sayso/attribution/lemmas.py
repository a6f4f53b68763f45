"""Lemmas of English verbs and nouns, by rule and a table of irregular forms: enough to look cues up."""

from __future__ import annotations

from functools import lru_cache

_IRREGULAR = {
    form: base
    for base, forms in {
        "be": "is are was were been being am ’s 's s re ’re", "have": "has had having ve", "do": "does did done doing", "say": "said says",
        "tell": "told", "write": "wrote written writing", "speak": "spoke spoken", "think": "thought", "know": "knew known", "see": "saw seen",
        "find": "found", "hold": "held", "put": "putting", "go": "went gone goes going", "begin": "began begun beginning", "make": "made making",
        "take": "took taken taking", "give": "gave given giving", "come": "came coming", "get": "got gotten getting", "feel": "felt",
        "mean": "meant", "swear": "swore sworn", "forget": "forgot forgotten forgetting", "understand": "understood", "read": "reading",
        "let": "letting", "set": "setting", "show": "shown", "hear": "heard", "lie": "lied lying", "deny": "denied denies",
        "shoot": "shot", "strike": "struck", "throw": "threw thrown", "fight": "fought", "seek": "sought", "beseech": "besought",
        "break": "broke broken", "choose": "chose chosen choosing", "forbid": "forbade forbidden", "foresee": "foresaw foreseen",
        "stand": "stood", "withdraw": "withdrew withdrawn", "lay": "laid", "bet": "betting", "plead": "pled", "drive": "drove", "teach": "taught",
        "weigh": "weighed", "rip": "ripped ripping", "pan": "panned", "plan": "planned planning", "admit": "admitted admitting",
        "commit": "committed committing", "permit": "permitted permitting", "beg": "begged begging", "quip": "quipped quipping",
        "chat": "chatted", "brag": "bragged bragging", "dub": "dubbed dubbing", "refer": "referred referring", "prefer": "preferred preferring",
        "nod": "nodded", "rebut": "rebutted rebutting", "submit": "submitted", "slam": "slammed slamming", "knock": "knocked", "ban": "banned",
        "sum": "summed", "spin": "spun", "call": "calls calling", "signal": "signalled signalling", "label": "labelled labelling",
        "cancel": "cancelled", "spurn": "spurned", "expel": "expelled", "compel": "compelled compelling", "tap": "tapped", "plot": "plotted",
        "remind": "reminded", "allude": "alluded alluding", "agree": "agreed agreeing", "overhear": "overheard", "sue": "sued suing",
        "uphold": "upheld", "rise": "rose", "argue": "argued arguing", "decree": "decreed", "foretell": "foretold", "recant": "recanted",
        "rebuff": "rebuffed", "scoff": "scoffed", "assess": "assessed", "express": "expressed", "discuss": "discussed", "stress": "stressed",
        "confess": "confessed", "press": "pressed", "profess": "professed", "address": "addressed", "dismiss": "dismissed", "guess": "guessed",
        "witness": "witnessed", "pass": "passed", "bless": "blessed", "recall": "recalled", "yell": "yelled", "grill": "grilled",
        "float": "floated", "accuse": "accusing", "promise": "promising", "praise": "praising", "pledge": "pledging", "urge": "urging",
        "foresay": "", "quote": "quoting", "note": "noting", "vote": "voting", "tweet": "tweeted", "bill": "billed", "tell to": "",
    }.items()
    for form in forms.split()
}
_E_BEFORE = ("c", "v", "g", "s", "z", "u", "dl", "bl", "pl", "tl", "gl", "in", "at", "ir", "ar", "or", "ur", "id", "od", "ud", "os", "is", "us",
             "ot", "it", "et", "ok", "ak", "ik", "am", "im", "um", "om", "ib", "ob", "ub", "op", "ip", "yp", "ap", "el", "ul", "il", "ol", "al", "er")
_KEEP_DOUBLE = ("ll", "ss", "ff", "zz")


@lru_cache(maxsize=65536)
def lemma(word: str) -> str:
    """Base form of *word*, lower case; the word itself where no rule fits."""
    w = word.lower().replace("’", "'")
    if w in _IRREGULAR:
        return _IRREGULAR[w]
    for tail in ("'s", "s'"):
        if w.endswith(tail) and len(w) > 3:
            return lemma(w[: -2 if tail == "'s" else -1])
    if w.endswith("ies") and len(w) > 4:
        return w[:-3] + "y"
    if w.endswith(("sses", "shes", "ches", "xes", "zes")):
        return w[:-2]
    if w.endswith("s") and not w.endswith(("ss", "us", "is", "as", "ous")) and len(w) > 3:
        return w[:-1]
    if w.endswith("ied") and len(w) > 4:
        return w[:-3] + "y"
    for tail in ("ing", "ed"):
        if w.endswith(tail) and len(w) > len(tail) + 2:
            return _stem(w[: -len(tail)])
    return w


def _stem(stem: str) -> str:
    from sayso.attribution.acts import known_cue

    candidates = [stem, stem + "e"]
    if len(stem) > 2 and stem[-1] == stem[-2] and not stem.endswith(_KEEP_DOUBLE):
        candidates.insert(0, stem[:-1])
    for c in candidates:
        if known_cue(c):
            return c
    return stem + "e" if stem.endswith(_E_BEFORE) and not stem.endswith(("er", "en", "on", "it", "et")) else stem
