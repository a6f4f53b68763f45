"""Ranking: which of the days that a text tells is the one on which a statement was made, as two forests and a network weigh it (training/said_on.py).

The first forest weighs each day for each statement by itself; the second sees what the first made of the statements around, too. The network
(`attention`) reads what the encoder made of the words; the mean of the two is the chance.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

import numpy as np

from sayso.dates.aging import fitted
from sayso.dates.attention import chances, networks
from sayso.dates.evidence import FEATURES, Candidate, Evidence
from sayso.dates.expression import TimeExpression
from sayso.dates.forest import Floats, Forest
from sayso.dates.nodes import Nodes
from sayso.dates.proposals import Proposals
from sayso.dates.recogniser import Page
from sayso.dates.saying import Grounds, Saying
from sayso.mentions.mention import Mention, Speaker
from sayso.spans import Span
from sayso.statements import Statement

if TYPE_CHECKING:
    from sayso.attribution.network import Encoding

#: What the second forest sees beside the first's features.
AROUND: Final = (
    "chance", "chance of others", "speaker before", "speaker before that", "speaker after", "speaker after that", "before", "before that", "after",
    "after that", "in text", "of speaker", "best of speaker", "paragraphs since speaker", "paragraphs to speaker", "surest of speaker",
)  # fmt: skip
#: The chance of a day that stands right beside the verb.
_BESIDE: Final = 0.97
_NONE: Final = -0.1
_FAR: Final = 15.0
#: Statements of the same speaker on either side that are looked at: cost stays linear.
_OF_SPEAKER: Final = 20


@dataclass(frozen=True)
class Weights:
    """The two forests."""

    first: Forest
    second: Forest


@cache
def weights() -> Weights:
    """The weights of the package."""
    loaded = fitted()
    if tuple(loaded["features"]) != FEATURES + AROUND:
        raise ValueError("said_on.json was fitted on other features: run training/said_on.py again")
    return Weights(Forest.load(loaded["first"]), Forest.load(loaded["second"]))


def sayings(
    page: Page,
    times: Sequence[TimeExpression],
    statements: Sequence[Statement],
    speakers: Sequence[Speaker | None],
    mentions: Sequence[Mention],
    quoted: Sequence[Span],
    encoding: Encoding,
) -> tuple[Saying | None, ...]:
    """The likeliest saying for each statement, None where the text tells no day that it may be of. Cost is linear in the length of the text.

    Whether the likeliest is likely enough depends on the day of publication, too, which is not known here: `aging` decides.
    *quoted* are the stretches in quotation marks, *encoding* is what the encoder made of the text.
    """
    out: list[Saying | None] = [None] * len(statements)
    work = Proposals(page, times, statements, speakers, mentions, quoted)
    if not work.told:
        return tuple(out)
    evidence = Evidence(work, work.all())
    found = evidence.candidates()
    if not found:
        return tuple(out)
    used = weights()
    rows = np.array([c.features for c in found], dtype=np.float64)
    first = used.first.chances(rows)
    second = used.second.chances(np.hstack([rows, around(work, found, first)]))
    weighed = (second + chances(Nodes(evidence, found, encoding), rows.astype(np.float32), networks())) / 2
    best: dict[int, int] = {}
    for i, c in enumerate(found):
        if c.statement not in best or weighed[i] > weighed[best[c.statement]]:
            best[c.statement] = i
    for k, i in best.items():
        how = _grounds(work, k, found[i])
        time, chance = found[i].time, round(float(weighed[i]), 3)
        if _counted(work, k, time) or (how != "clause" and work.is_apart(k, time)):
            continue
        if how == "clause" and work.is_beside(k, time):
            chance = max(chance, _BESIDE)
        if statements[k].parent is None or how == "clause":  # what others say inside what is said was said at another time
            out[k] = Saying(time, how, chance)
    work.date_inner(out)
    return tuple(out)


# "resigned on Friday, a day after a report | found": that was another day.
_COUNTED: Final = re.compile(
    r"(?i)\b(?:a|one|two|three|four|five|six|\d+|several|some|just|barely) (?:full )?(?:days?|weeks?|months?|years?) (?:after|before)\b"
    r"[^.;!?\n]{0,80}\Z"
)


def _counted(work: Proposals, k: int, time: int) -> bool:
    """Whether a statement stands in a clause that counts days from what was told before."""
    end, at = work.times[time].span[1], work.anchor(k)[0]
    return end < at and at - end < 200 and _COUNTED.search(work.page.text, end, at) is not None


def _grounds(work: Proposals, k: int, c: Candidate) -> Grounds:
    clause = work.clauses[k]
    if clause is not None and work.meant(clause.time) == c.meant:
        return "clause"
    return "paragraph" if work.paragraph(work.times[c.time].span[0]) == work.paragraph(work.anchor(k)[0]) else "occasion"


def around(work: Proposals, found: Sequence[Candidate], chance: Floats) -> Floats:
    """For each candidate what the statements around it make of its day: one row of AROUND each."""
    count = len(work.statements)
    chances: list[dict[tuple[str, str], float]] = [{} for _ in range(count)]
    total: dict[tuple[str, str], float] = defaultdict(float)
    for c, p in zip(found, chance, strict=True):
        chances[c.statement][c.meant] = float(p)
        total[c.meant] += float(p)
    surest = [max(p.values(), default=0.0) for p in chances]
    places = [work.anchor(k)[0] for k in range(count)]
    paragraphs = [work.paragraph(at) for at in places]
    order = sorted(range(count), key=lambda k: places[k])
    position = {k: i for i, k in enumerate(order)}
    by_speaker: dict[int, list[int]] = defaultdict(list)
    for k in order:
        if (who := work.who(k)) is not None:
            by_speaker[who].append(k)
    numbers = {who: [position[k] for k in ks] for who, ks in by_speaker.items()}
    rows = []
    for k, of_statement in groupby(zip(found, chance.tolist(), strict=True), key=lambda x: x[0].statement):
        who, i = work.who(k), position[k]
        mine = by_speaker[who] if who is not None else []
        j = bisect_left(numbers[who], i) if who is not None else 0
        before, after = mine[max(0, j - 2) : j][::-1], mine[j + 1 : j + 3]
        of_speaker = [q for q in mine[max(0, j - _OF_SPEAKER) : j + _OF_SPEAKER] if q != k]
        near = [n for some in (before, after, order[max(0, i - 2) : i][::-1], order[i + 1 : i + 3]) for n in (*some, None, None)[:2]]
        since = float(paragraphs[k] - paragraphs[before[0]]) if before else _FAR
        until = float(paragraphs[after[0]] - paragraphs[k]) if after else _FAR
        sure = max([surest[q] for q in of_speaker], default=_NONE)
        for c, p in of_statement:
            g = c.meant
            others = [chances[q].get(g, 0.0) for q in of_speaker]
            rows.append(
                [
                    p,
                    max([v for h, v in chances[k].items() if h != g], default=0.0),
                    *[_NONE if n is None else chances[n].get(g, 0.0) for n in near],
                    (total[g] - p) / max(1, count - 1),
                    sum(others) / len(others) if others else _NONE,
                    max(others, default=_NONE), since, until, sure,
                ]
            )  # fmt: skip
    return np.array(rows)
