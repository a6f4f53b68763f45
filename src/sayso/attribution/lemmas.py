"""Lemmas of English verbs and nouns, by rule and a table of irregular forms: enough to look cues up."""

from __future__ import annotations

from functools import lru_cache

from sayso.attribution.lexicon import known_cue

_IRREGULAR = {
    form: base
    for base, forms in {
        "be": "is are was were been being am 's s re 're", "have": "has had having ve 've", "do": "does did done doing", "not": "n't",
        "can": "ca", "will": "wo 'll", "shall": "sha", "say": "said says", "gainsay": "gainsaid", "unsay": "unsaid", "tell": "told",
        "retell": "retold", "foretell": "foretold", "write": "wrote written writing", "rewrite": "rewrote rewritten",
        "underwrite": "underwrote underwritten", "speak": "spoke spoken", "misspeak": "misspoke misspoken", "think": "thought",
        "rethink": "rethought", "know": "knew known", "see": "saw seen", "foresee": "foresaw foreseen", "oversee": "oversaw overseen",
        "find": "found", "hold": "held", "uphold": "upheld", "withhold": "withheld", "put": "putting", "go": "went gone goes going",
        "undergo": "underwent undergone", "forgo": "forwent forgone", "begin": "began begun beginning", "make": "made making",
        "take": "took taken taking", "mistake": "mistook mistaken", "undertake": "undertook undertaken", "give": "gave given giving",
        "forgive": "forgave forgiven", "come": "came coming", "become": "became becoming", "overcome": "overcame",
        "get": "got gotten getting", "forget": "forgot forgotten forgetting", "feel": "felt", "mean": "meant", "dream": "dreamt",
        "learn": "learnt", "spell": "spelt", "leap": "leapt", "deal": "dealt", "burn": "burnt", "swear": "swore sworn",
        "forswear": "forswore forsworn", "foreswear": "foreswore foresworn", "bear": "bore borne", "tear": "tore torn", "wear": "wore worn",
        "understand": "understood", "misunderstand": "misunderstood", "stand": "stood", "withstand": "withstood", "let": "letting",
        "set": "setting", "show": "shown", "hear": "heard", "overhear": "overheard", "lie": "lied lying", "belie": "belies belied belying",
        "vie": "vied vying", "die": "died dying", "tie": "tied tying", "lay": "laid", "pay": "paid", "shoot": "shot",
        "strike": "struck stricken", "stick": "stuck", "throw": "threw thrown", "overthrow": "overthrew overthrown", "blow": "blew blown",
        "draw": "drew drawn", "withdraw": "withdrew withdrawn", "grow": "grew grown", "fly": "flew flown", "fight": "fought",
        "seek": "sought", "beseech": "besought", "teach": "taught", "catch": "caught", "bring": "brought", "buy": "bought",
        "break": "broke broken", "choose": "chose chosen choosing", "freeze": "froze frozen", "forsake": "forsook forsaken",
        "shake": "shook shaken", "forbid": "forbade forbad forbidden forbidding", "bid": "bade bidden bidding", "bite": "bit bitten",
        "hide": "hid hidden", "bind": "bound", "wind": "wound", "bet": "betting", "plead": "pled", "lead": "led", "mislead": "misled",
        "feed": "fed", "bleed": "bled", "drive": "drove driven", "strive": "strove striven", "ride": "rode ridden",
        "override": "overrode overridden", "rise": "rose risen", "arise": "arose arisen", "sing": "sang sung", "ring": "rang rung",
        "sink": "sank sunk", "shrink": "shrank shrunk", "drink": "drank drunk", "spring": "sprang sprung", "cling": "clung",
        "sling": "slung", "fling": "flung", "sting": "stung", "swing": "swung", "hang": "hung", "spin": "spun spinning",
        "win": "won winning", "run": "ran running", "sit": "sat sitting", "spit": "spat spitting", "meet": "met", "sweep": "swept",
        "weep": "wept", "keep": "kept", "leave": "left", "lose": "lost", "send": "sent", "lend": "lent", "bend": "bent", "spend": "spent",
        "build": "built", "sell": "sold", "fall": "fell fallen", "sue": "sued suing", "argue": "argued arguing", "agree": "agreed agreeing",
        "disagree": "disagreed disagreeing", "decree": "decreed decreeing", "panic": "panicked panicking", "mimic": "mimicked mimicking",
        "frolic": "frolicked", "quiz": "quizzed quizzing quizzes", "tap": "tapped tapping", "rap": "rapped rapping",
        "hypothesis": "hypotheses", "thesis": "theses", "analysis": "analyses", "diagnosis": "diagnoses", "prognosis": "prognoses",
        "emphasis": "emphases", "basis": "bases", "crisis": "crises", "synopsis": "synopses", "cite": "citing", "float": "floated floating",
        "note": "noted noting", "quote": "quoted quoting", "vote": "voted voting", "urge": "urged urging", "pledge": "pledged pledging",
        "judge": "judged judging", "promise": "promising", "praise": "praising", "accuse": "accusing", "tweet": "tweeted",
        "rate": "rated rating", "state": "stated stating", "hope": "hoped hoping", "plan": "planned planning", "add": "added adding",
        "plot": "plotted plotting", "ban": "banned banning", "bar": "barred barring", "pan": "panned panning", "dub": "dubbed dubbing",
        "rip": "ripped ripping", "beg": "begged begging", "brag": "bragged bragging", "chat": "chatted chatting", "sum": "summed summing",
        "happy": "happier happiest", "proud": "prouder proudest", "angry": "angrier", "sad": "sadder", "sorry": "sorrier", "keen": "keener",
        "sure": "surer", "clear": "clearer", "harsh": "harsher",
    }.items()
    for form in forms.split()
}
_E_BEFORE = ("c", "v", "g", "s", "z", "u", "dl", "bl", "pl", "tl", "gl", "in", "at", "ir", "ar", "or", "ur", "id", "od", "ud", "os", "is", "us",
             "ot", "it", "et", "ok", "ak", "ik", "am", "im", "um", "om", "ib", "ob", "ub", "op", "ip", "yp", "ap", "el", "ul", "il", "ol", "al", "er")
_KEEP_DOUBLE = ("ll", "ss", "ff", "zz")
_NO_PLURAL = ("ss", "us", "is", "as")
#: Words that end in s, ed or ing by themselves.
_WHOLE = frozenset([
    "news", "lens", "always", "perhaps", "series", "species", "nothing", "something", "anything", "everything", "during", "morning", "evening",
    "spring", "string", "indeed", "hundred", "sacred", "proceed", "succeed", "exceed", "newlywed", "sibling", "ceiling", "wedding",
])


@lru_cache(maxsize=65536)
def lemma(word: str) -> str:
    """Base form of *word*, lower case; the word itself where no rule fits."""
    w = word.lower().replace("’", "'")
    if w in _IRREGULAR:
        return _IRREGULAR[w]
    if w in _WHOLE:
        return w
    for tail in ("'s", "s'"):
        if w.endswith(tail) and len(w) > 3:
            return lemma(w[: -2 if tail == "'s" else -1])
    if w.endswith("ies") and len(w) > 4:
        return w[:-3] + "y"
    if w.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return w[:-2]
    if w.endswith(("oes", "uses")) and known_cue(w[:-2]):
        return w[:-2]
    if w.endswith("s") and not w.endswith(_NO_PLURAL) and len(w) > 3:
        return w[:-1]
    if w.endswith("ied") and len(w) > 4:
        return w[:-3] + "y"
    for tail in ("ing", "ed"):
        if w.endswith(tail) and len(w) > len(tail) + 2:
            return _stem(w[: -len(tail)])
    return w


def _stem(stem: str) -> str:
    doubled = len(stem) > 2 and stem[-1] == stem[-2]
    for candidate in (stem, *([stem[:-1]] if doubled else []), stem + "e"):
        if known_cue(candidate):
            return candidate
    if doubled and not stem.endswith(_KEEP_DOUBLE):
        return stem[:-1]
    return stem + "e" if not doubled and stem.endswith(_E_BEFORE) and not stem.endswith(("er", "en", "on", "it", "et")) else stem
