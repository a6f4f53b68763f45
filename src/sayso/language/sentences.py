"""Sentences: where one ends, by punctuation, capitals and a list of abbreviations; a line break always ends one."""

from __future__ import annotations

import re

_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+")
# What follows an end: white space, the marks that may open a sentence, and its first character.
_NEXT = re.compile(r"\s+[\"'“‘«(\[—–-]*+([\w$£€¥¿¡#@])|\s*$")
# Abbreviations that stand before what they belong to: no sentence ends with one.
_BEFORE_NAME = re.compile(
    r"(?:^|[\s(\[“\"‘'—–/-])(?:Mr|Mrs|Ms|Mx|Dr|Drs|Messrs|Mmes|Mme|Mlle|Prof|Sens?|Reps?|Govs?|Gens?|Lt|Col|Cols|Maj|Capt|Sgt|"
    r"Cpl|Pvt|Pfc|Spc|Brig|Cmdr|Adm|Revs?|Fr|Hon|Pres|Supt|Insp|Det|Ofc|Atty|Asst|Assoc|Amb|Sec|Treas|St|Ste|Mt|Ft|"
    r"vs?|cf|e\.g|i\.e|approx|ca|est|pp?|viz)\.$"
)
# Abbreviations before a figure: "No. 2", "pp. 4-9", "Sept. 11".
_BEFORE_FIGURE = re.compile(r"(?:^|[\s(\[“\"‘'—–/-])(?:Nos?|[Vv]ol|[Cc]h|[Ff]ig|[Ss]ec|[Pp]ar|[Aa]rt|Rte|Hwy|Apt|Pt|c)\.$")
# Abbreviations that may also end a sentence: one does where a word follows that mostly begins one.
_EITHER = re.compile(
    r"(?:^|[\s(\[“\"‘'—–/-])(?:[A-Z]|(?:[A-Za-z]\.-?)+[A-Za-z]|Ph\.?D|Jr|Sr|Esq|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Tues|Wed|Thurs|"
    r"Inc|Corp|Co|Cos|Ltd|Bros|Assn|Dept|Univ|etc|al|Ave|Blvd|Rd|ft|lbs?|oz|mph|"
    r"Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Ont|Pa|Que|"
    r"Tenn|Tex|Va|Vt|Wash|Wis|Wyo)\.$"
)
_BEGINS = re.compile(
    r"(?:The|An?|It|Its|He|She|They|We|I|You|His|Her|Their|Our|My|This|That|These|Those|There|Here|In|On|At|But|And|Or|So|Yet|As|"
    r"If|When|While|Where|What|Who|Why|How|After|Before|Since|Because|Although|Though|For|With|From|By|Both|All|Some|Many|Most|"
    r"Another|Other|Not|No|Now|Then|Still|Also|However|Meanwhile|Instead|Under|According|Asked|One|Two|Three)\b"
)
# The number or letter of an item of a list is not a sentence.
_ITEM = re.compile(r"[(\[]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})\.$")


def sentences(text: str) -> list[tuple[int, int]]:
    """Half-open offsets of the sentences of *text*, without the white space around them. Cost is linear in its length."""
    out: list[tuple[int, int]] = []
    base = 0
    for line in text.splitlines(keepends=True):
        begin = _begin(line, 0)
        for match in _END.finditer(line):
            if _ends(line, begin, match):
                out.append((base + begin, base + match.end()))
                begin = _begin(line, match.end())
        end = len(line.rstrip())
        if begin < end:
            out.append((base + begin, base + end))
        base += len(line)
    return out


def _ends(line: str, begin: int, match: re.Match[str]) -> bool:
    """Whether the sentence that began at *begin* ends with the punctuation of *match*."""
    following = _NEXT.match(line, match.end())
    if following is None:
        return False
    first = following.group(1)
    if first is None:
        return True
    if first.islower():
        return False
    dot = match.start() + 1
    if match.group()[0] == "." and match.group()[1:2] not in (".", "!", "?", "…"):
        at = max(0, dot - 14)
        if _ITEM.fullmatch(line, begin, dot) or _BEFORE_NAME.search(line, at, dot):
            return False
        if _BEFORE_FIGURE.search(line, at, dot):
            return not first.isdigit()
        if _EITHER.search(line, at, dot):
            return _BEGINS.match(line, following.start(1)) is not None
    return True


def _begin(line: str, at: int) -> int:
    while at < len(line) and line[at].isspace():
        at += 1
    return at
