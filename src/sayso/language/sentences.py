"""Sentences: where one ends, by punctuation, capitals and a list of abbreviations; a line break always ends one."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[—–-]*[\w$£€])|[.!?…]+[\"'”’»)\]]*(?=\s*$)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"‘])(?:[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Cmdr|Adm|Rev|Hon|Pres|"
    r"St|Jr|Sr|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|No|Inc|Corp|Co|Ltd|vs|etc|approx|Ave|Blvd|Mt|Ft|"
    r"Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|"
    r"Tenn|Tex|Va|Vt|Wash|Wis|Wyo)\.$"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Half-open offsets of the sentences of *text*, without the white space around them."""
    out: list[tuple[int, int]] = []
    base = 0
    for line in text.splitlines(keepends=True):
        begin = 0
        for match in _END.finditer(line):
            if line[match.start()] == "." and _ABBREVIATION.search(line, max(0, match.start() - 12), match.start() + 1):
                after = line[match.end() :].lstrip()
                if after:
                    continue
            following = line[match.end() :].lstrip().lstrip("\"'“‘«([—–-")[:1]
            if following.islower():
                continue
            _add(line, begin, match.end(), base, out)
            begin = match.end()
        _add(line, begin, len(line), base, out)
        base += len(line)
    return out


def _add(line: str, begin: int, end: int, base: int, out: list[tuple[int, int]]) -> None:
    piece = line[begin:end]
    lead = len(piece) - len(piece.lstrip())
    body = piece.strip()
    if body:
        out.append((base + begin + lead, base + begin + lead + len(body)))
