"""Nodes: the statements and the expressions of time of a text, as the network that reads them together sees them (sayso.dates.attention).

A text of many statements is seen in windows, so that cost is linear in its length; most reports are one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sayso.dates.evidence import SHAPE, Candidate, Evidence
from sayso.spans import Span

if TYPE_CHECKING:
    from sayso.attribution.network import Encoding

Floats = np.ndarray[Any, np.dtype[np.float32]]
Ints = np.ndarray[Any, np.dtype[np.int64]]

#: Statements of one window, and those on either side that are seen but not weighed there; expressions seen, beside those that are weighed.
_CORE: Final = 64
_MARGIN: Final = 16
_SEEN: Final = 96
#: Tokens of a content, and around an expression, that are looked at.
_OPENING: Final = 8
_AROUND: Final = 8
#: Paragraphs, and tokens, by which two nodes are told apart; the last paragraph that has a place of its own.
_PARAGRAPHS: Final = 13
_TOKENS: Final = np.array([1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512])
LAST: Final = 40
#: Where the rows of a table of links begin: paragraphs between, kinds of the two, tokens between, and what holds of the two or not.
KINDS: Final = 2 * _PARAGRAPHS + 1
DISTANCES: Final = KINDS + 4
FLAGS: Final = DISTANCES + len(_TOKENS) + 1
LINKS: Final = FLAGS + 7


@dataclass(frozen=True, slots=True)
class Window:
    """Nodes that see each other: statements, then expressions of time.

    told (statements, 3, width) and tellings (expressions, 3, width) are means of the encoder's states: of cue, source and the opening of the content;
    of the expression, what is around it and its sentence. filled says which of the statements' there are. rows number the candidates weighed here;
    of is the node of the statement of each, near that of its expression, group (candidates, nodes) those that tell its day.
    """

    told: Floats
    filled: Floats
    own: Floats
    tellings: Floats
    shapes: Floats
    paragraph: Ints
    links: Ints  # (nodes, nodes, 3): rows of the table of links
    flags: Floats  # (nodes, nodes, 7)
    rows: Ints
    of: Ints
    near: Ints
    group: np.ndarray[Any, np.dtype[np.bool_]]


class Nodes:
    """The nodes of one text."""

    def __init__(self, evidence: Evidence, found: Sequence[Candidate], encoding: Encoding) -> None:
        self.evidence, self.work, self.found = evidence, evidence.work, found
        self.states = np.hstack([encoding.token, encoding.as_cue])
        self.starts = [t.start for t in encoding.text.tokens]
        self.of_statement: dict[int, list[int]] = defaultdict(list)
        for i, c in enumerate(found):
            self.of_statement[c.statement].append(i)
        self.tellings = {t.time: t for ts in evidence.groups.values() for t in ts}

    def windows(self) -> Iterator[Window]:
        """The windows, in the order of the text; each candidate is weighed in one."""
        order = self.evidence.speaker_order
        told = [t.time for t in self.evidence.all_tellings]
        for begin in range(0, len(order), _CORE):
            core = order[begin : begin + _CORE]
            rows = [i for k in core for i in self.of_statement.get(k, ())]
            if not rows:
                continue
            seen = order[max(0, begin - _MARGIN) : begin + _CORE + _MARGIN]
            low = self.evidence.anchors[seen[0]] if begin > _MARGIN else 0
            last = begin + _CORE + _MARGIN >= len(order)
            a = bisect_left(self.evidence.places, low)
            b = len(told) if last else bisect_right(self.evidence.places, self.evidence.anchors[seen[-1]])
            times = sorted({*told[a : min(b, a + _SEEN)], *(self.found[i].time for i in rows)})
            yield self._window(seen, times, rows)

    def _run(self, span: Span) -> tuple[int, int]:
        """The encoder's tokens of a span, one at least."""
        first = max(0, bisect_right(self.starts, span[0]) - 1)
        return first, min(max(first + 1, bisect_left(self.starts, span[1])), len(self.starts))

    def _mean(self, first: int, end: int) -> Floats:
        states = self.states[max(0, first) : end]
        out: Floats = np.add.reduce(states, axis=0) / np.float32(len(states))
        return out

    def _window(self, seen: Sequence[int], times: Sequence[int], rows: Sequence[int]) -> Window:
        work, count = self.work, len(seen)
        told = np.zeros((count, 3, self.states.shape[1]), np.float32)
        filled = np.ones((count, 3, 1), np.float32)
        at = []
        for n, k in enumerate(seen):
            s = work.statements[k]
            first, end = self._run(s.cue[0] if s.cue else s.content[0])
            opening = self._run(s.content[0])
            at.append(first)
            told[n, 0] = self._mean(first, end if s.cue else first + 1)
            if s.source:
                told[n, 1] = self._mean(*self._run(s.source[0]))
            else:
                filled[n, 1] = 0
            told[n, 2] = self._mean(opening[0], min(opening[1], opening[0] + _OPENING))
        tellings = np.zeros((len(times), 3, self.states.shape[1]), np.float32)
        for n, time in enumerate(times):
            first, end = self._run(work.times[time].span)
            begin, stop = work.sentence(work.times[time].span[0])
            at.append(first)
            tellings[n, 0] = self._mean(first, end)
            tellings[n, 1] = self._mean(first - _AROUND, end + _AROUND)
            tellings[n, 2] = self._mean(min(first, bisect_left(self.starts, begin)), max(end, bisect_left(self.starts, stop)))
        node = {k: n for n, k in enumerate(seen)}
        node_of_time = {time: count + n for n, time in enumerate(times)}
        meant = [work.meant(time) for time in times]
        weighed = [self.found[i] for i in rows]
        days = {g: n for n, g in enumerate(dict.fromkeys(meant))}
        group = np.zeros((len(rows), count + len(times)), np.bool_)
        group[:, count:] = np.array([days.get(c.meant, -1) for c in weighed])[:, None] == np.array([days[g] for g in meant])
        shapes = [[*(float(self.tellings[time].shape[name]) for name in SHAPE), *self._telling(time)] for time in times]
        links, flags, paragraphs = self._links(seen, times, np.array(at), node, node_of_time, meant)
        return Window(
            told, filled, np.array([self.evidence.own_row(k) for k in seen], np.float32), tellings,
            np.array(shapes, np.float32).reshape(len(times), len(SHAPE) + 3), np.minimum(paragraphs, LAST), links, flags,
            np.array(rows), np.array([node[c.statement] for c in weighed]), np.array([node_of_time[c.time] for c in weighed]), group,
        )  # fmt: skip

    def _telling(self, time: int) -> list[float]:
        t = self.tellings[time]
        return [float(t.content), float(t.past), float(bool(t.nouns))]

    def _links(
        self,
        seen: Sequence[int],
        times: Sequence[int],
        at: Ints,
        node: dict[int, int],
        node_of_time: dict[int, int],
        meant: Sequence[tuple[str, str]],
    ) -> tuple[Ints, Floats, Ints]:
        """What each two nodes are to each other, and the paragraphs of all."""
        work, count = self.work, len(seen)
        places = [self.evidence.anchors[k] for k in seen] + [work.times[time].span[0] for time in times]
        paragraphs = np.array([work.paragraph(place) for place in places])
        sentences = np.array([bisect_right(work.sentence_starts, place) for place in places])
        kind = np.repeat([0, 1], [count, len(times)])
        between = at[None] - at[:, None]
        links = np.stack([
            np.clip(paragraphs[None] - paragraphs[:, None], -_PARAGRAPHS, _PARAGRAPHS) + _PARAGRAPHS, KINDS + 2 * kind[:, None] + kind[None],
            DISTANCES + np.searchsorted(_TOKENS, np.abs(between), "right"),
        ], axis=-1)  # fmt: skip
        flags = np.zeros((len(places), len(places), 7), np.float32)
        who = np.array([-1 - n if self.evidence.who[k] is None else self.evidence.who[k] for n, k in enumerate(seen)], np.int64)
        numbers = {g: n for n, g in enumerate(dict.fromkeys(meant))}
        days = np.array([numbers[g] for g in meant], np.int64)
        flags[:count, :count, 0] = who[None] == who[:, None]
        flags[..., 1] = sentences[None] == sentences[:, None]
        flags[count:, count:, 2] = days[None] == days[:, None]
        for k in seen:
            clause, parent = self.evidence.clauses[k], work.statements[k].parent
            if clause is not None and clause.time in node_of_time:
                flags[node[k], node_of_time[clause.time], 3] = flags[node_of_time[clause.time], node[k], 3] = 1
            if parent is not None and parent in node:
                flags[node[k], node[parent], 4] = flags[node[parent], node[k], 5] = 1
        flags[..., 6] = between < 0
        return links, flags, paragraphs
