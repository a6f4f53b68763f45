"""Evidence: what speaks for each day that a text tells being the one on which a statement of it was made."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from sayso.dates.clauses import ATTITUDES, YET
from sayso.dates.lexicon import contexts
from sayso.dates.proposals import Proposals
from sayso.dates.recogniser import is_day
from sayso.dates.saying import Saying
from sayso.spans import Span

#: Paragraphs before and after a statement in which a day must be told to be looked at, but for those at the top of the text; days looked at.
_BACK: Final = 12
_AHEAD: Final = 3
_TOP: Final = 3
_LOOKED_AT: Final = 8
_FAR: Final = 15.0
#: Tellings of one day, and statements, on either side of a statement that are looked at: cost stays linear.
_NEAREST: Final = 40
_HABIT: Final = frozenset(("often", "famously", "repeatedly", "previously", "once", "long", "always", "never", "usually"))
_DEFINITE: Final = frozenset(("the", "that", "this", "his", "her", "their", "its", "same"))

FEATURES: Final = (
    "clause", "carried", "occasion", "other", "none",
    "in sentence", "before cue", "tokens", "own content", "back", "ahead", "same paragraph", "between", "between ahead", "rank back",
    "groups", "only", "share", "told", "first", "order",
    "speaker back", "speaker ahead", "speaker share", "speaker elsewhere", "others back", "clauses", "clause share",
    "named back", "named ahead", "subject back", "occasions", "gatherings", "taken up", "names occasion", "definite occasion",
    "past", "present", "perfect", "had", "attitude", "negated", "yet", "according", "verbless", "participle", "then",
    "direct", "mixed", "indirect", "quoted", "nested", "parent", "parent dated", "cue",
    "paragraph", "place", "headline", "weekday", "dayword", "calendar day", "week", "month", "year", "clock", "absolute", "attribute",
    "speaker known", "pronoun", "statements of speaker", "between speakers", "first person", "speaker's first", "told past", "words",
    "habit", "venue", "venue shared", "writing", "tells writing", "others shared", "lead subject", "lead names", "speakers",
    "share of speaker", "plain share", "same quote", "told first in sentence", "told by preposition", "speaker clauses elsewhere", "own day",
    "parent same speaker", "asks", "elsewhere private",
)  # fmt: skip
_in_order = itemgetter(*FEATURES)
#: What an expression is like, whatever the statement, as the network sees it.
SHAPE: Final = (
    "weekday", "dayword", "calendar day", "week", "month", "year", "clock", "absolute", "attribute", "told first in sentence", "told by preposition",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A day (the expression that tells it, the nearest one) for a statement, and the features of the two."""

    statement: int
    time: int
    meant: tuple[str, str]
    features: tuple[float, ...]


@dataclass(slots=True)
class Telling:
    """One expression that tells a day."""

    time: int
    place: int
    paragraph: int
    sentence: int
    content: bool
    subject: int | None
    named: frozenset[int]
    nouns: frozenset[str]
    past: bool
    words: frozenset[str]
    writing: bool  # whether its sentence tells of something written
    token: int
    shape: dict[str, float]  # what the expression is like, whatever the statement


class Evidence:
    """The evidence of one text; *made* are the sayings that the rules propose. Cost is linear in the length of the text."""

    def __init__(self, work: Proposals, made: Sequence[Saying | None]) -> None:
        self.work, self.clauses, self.made = work, work.clauses, made
        self.groups: dict[tuple[str, str], list[Telling]] = defaultdict(list)
        for n in work.told:
            self.groups[work.meant(n)].append(self._telling(n))
        self.of = {t.time: g for g, ts in self.groups.items() for t in ts}
        self.all_tellings = sorted((t for ts in self.groups.values() for t in ts), key=lambda t: t.place)
        self.places = [t.place for t in self.all_tellings]
        self.told_outside = [None if t.content else self.of[t.time] for t in self.all_tellings]  # the day of each that stands in no content
        outside = [t for t in self.all_tellings if not t.content and work.is_day(t.time)]
        days = list(dict.fromkeys(self.of[t.time] for t in outside))
        order = {g: i for i, g in enumerate(dict.fromkeys(self.of[t.time] for t in self.all_tellings))}
        self.group_places = {g: [t.place for t in ts] for g, ts in self.groups.items()}
        counts = {g: sum(not t.content and work.is_day(t.time) for t in ts) for g, ts in self.groups.items()}
        self.shares = {  # what a day is like in the text, whatever the statement
            g: {
                "groups": min(10, len(days)), "only": days == [g], "share": counts[g] / max(1, len(outside)), "told": min(6, len(ts)),
                "first": min(20, ts[0].paragraph), "order": min(6, order[g]),
            }
            for g, ts in self.groups.items()
        }  # fmt: skip
        self.anchors = [work.anchor(k)[0] for k in range(len(work.statements))]
        self.paragraphs = [work.paragraph(a) for a in self.anchors]
        self.who = [work.who(k) for k in range(len(work.statements))]
        self.dated: dict[tuple[str, str], list[int]] = defaultdict(list)  # statements whose clause tells each day
        self.dated_of: dict[int, list[int]] = defaultdict(list)  # the same by speaker
        self.by_speaker: dict[int | None, list[int]] = defaultdict(list)
        for k in sorted(range(len(work.statements)), key=lambda k: self.anchors[k]):
            self.by_speaker[self.who[k]].append(k)
            c = self.clauses[k]
            if c is not None and c.time in self.of:
                self.dated[self.of[c.time]].append(k)
                if self.who[k] is not None:
                    self.dated_of[self.who[k]].append(k)  # type: ignore[index]
        self.dated_count = sum(map(len, self.dated.values()))
        self.speaker_order = sorted(range(len(work.statements)), key=lambda k: self.anchors[k])
        self.sorted_anchors = [self.anchors[k] for k in self.speaker_order]
        self.sorted_speakers = [self.who[k] for k in self.speaker_order]
        self.venues = [self._venue(k) for k in range(len(work.statements))]
        self.mentioned = [self._mentioned(k) for k in range(len(work.statements))]
        lead = [m.entity for m in work.mentions if work.paragraph(m.span[0]) <= 2]
        self.lead_names = frozenset(lead)
        self.lead_subject = lead[0] if lead else None
        self.speaker_count = len(set(self.who) - {None})
        plain = [k for k in range(len(work.statements)) if work.told_plainly(k) and work.statements[k].act not in ATTITUDES]
        self.plain_share = len(plain) / max(1, len(work.statements))
        self.last_paragraph = max(work.paragraphs, default=1)
        self._owns: dict[int, dict[str, float]] = {}

    def _telling(self, n: int) -> Telling:
        w = self.work
        place = w.times[n].span[0]
        begin, end = w.sentence(place)
        mentions = range(bisect_left(w.mention_starts, begin), bisect_left(w.mention_starts, end))
        named = frozenset(w.mentions[j].entity for j in mentions if not w.is_said(min(w.token(w.mention_starts[j]), len(w.holder) - 1)))
        nouns, words, lists = frozenset(x.removesuffix("s") for x in w.nouns_near(n)), frozenset(w.words(begin, end)), contexts()
        return Telling(
            n, place, w.paragraph(place), begin, w.within[n] is not None, w.subject(begin, end), named, nouns, w.is_told_as_past(begin, end),
            words, not words.isdisjoint(lists["writing"] | lists["writings"]), w.token(place), self._shape(n, begin),
        )  # fmt: skip

    def _shape(self, n: int, begin: int) -> dict[str, float]:
        """What an expression in the sentence that begins at *begin* is like."""
        w, e = self.work, self.work.times[n]
        weekday = e.pick.startswith("XXXX-WXX-") and e.pick[9:].isdigit()
        at, stop = w.token(e.span[0]), w.token(e.span[1])
        return {
            "weekday": weekday, "dayword": e.shift is not None and e.shift[1] == "D", "calendar day": is_day(e.pick.split("@")[0]) and not weekday,
            "week": e.shift is not None and e.shift[1] == "W" and not e.pick,
            "month": not w.is_day(n) and (e.pick.count("-") == 1 or (e.shift is not None and e.shift[1] == "M")),
            "year": e.pick.isdigit() or (e.shift is not None and e.shift[1] == "Y"), "clock": bool(e.clock), "absolute": e.anchor == "none",
            "attribute": stop < len(w.page.words) and w.page.words[stop] in ("'", "’"), "told first in sentence": at - w.token(begin) <= 2,
            "told by preposition": bool({"on", "in", "during", "at"} & set(w.page.words[max(0, at - 2) : at])),
        }  # fmt: skip

    def _venue(self, k: int) -> str | None:
        """The first word of the name of whom a statement was made to or where, as its cue tells ("told the Gazette", "said on Orlan Live")."""
        w, s = self.work, self.work.statements[k]
        if not s.cue:
            return None
        at = w.token(s.cue[-1][1])
        if "told" not in w.words(*s.cue[-1]):
            if w.page.words[at : at + 1] not in (["on"], ["to"]):
                return None
            at += 1
        at += w.page.words[at : at + 1] == ["the"]
        if at >= len(w.page.words) or at in w.time_tokens:
            return None
        return w.page.words[at] if w.page.text[slice(*w.page.spans[at])][:1].isupper() else None

    def _mentioned(self, k: int) -> frozenset[int]:
        """Who is named in the sentence of a statement, outside of what is said."""
        w = self.work
        begin, end = w.sentence(self.anchors[k])
        return frozenset(m.entity for m in w.mentions[bisect_left(w.mention_starts, begin) : bisect_left(w.mention_starts, end)])

    def candidates(self) -> list[Candidate]:
        """All candidates, in the order of their statements."""
        out: list[Candidate] = []
        for k in range(len(self.work.statements)):
            days = self._looked_at(k)
            own = self.own(k) if days else {}
            begin, end = self.work.sentence(self.anchors[k])
            sentence = frozenset(x.removesuffix("s") for x in self.work.words(begin, end)) if days else frozenset()
            here = self.work.token(self.anchors[k])
            who = self.who[k]
            mine = [j for j in self._near(self.dated_of.get(who, ()), self.anchors[k]) if j != k] if who is not None else []
            out += [self._candidate(k, g, own, (begin, end), here, sentence, mine) for g in days]
        return out

    def _looked_at(self, k: int) -> list[tuple[str, str]]:
        """The days that may be that of a statement, the nearest first."""
        at, p = bisect_left(self.places, self.anchors[k]), self.paragraphs[k]
        near: dict[tuple[str, str], int] = {}
        rule = self.made[k]
        if rule is not None and rule.time in self.of:
            near[self.of[rule.time]] = -1
        for step, places in ((1, range(at, min(len(self.places), at + 2 * _LOOKED_AT))), (0, range(at - 1, max(-1, at - 1 - 4 * _LOOKED_AT), -1))):
            for i in places:
                t = self.all_tellings[i]
                if (t.paragraph > p + _AHEAD) if step else (t.paragraph < p - _BACK):
                    break
                g = self.of[t.time]
                near[g] = min(near.get(g, 1 << 30), abs(t.place - self.anchors[k]))
        for t in self.all_tellings[: 2 * _LOOKED_AT]:
            if t.paragraph <= _TOP:
                near.setdefault(self.of[t.time], abs(t.place - self.anchors[k]))
        return sorted(near, key=lambda g: near[g])[:_LOOKED_AT]

    def own_row(self, k: int) -> list[float]:
        """What a statement is like, as a row of numbers."""
        return [float(value) for value in self.own(k).values()]

    def own(self, k: int) -> dict[str, float]:
        """What a statement is like, whatever the day."""
        if k not in self._owns:
            self._owns[k] = self._own(k)
        return self._owns[k]

    def _own(self, k: int) -> dict[str, float]:
        w, s = self.work, self.work.statements[k]
        words = w.page.words
        at = w.token(self.anchors[k])
        before = set(words[max(0, at - 3) : at])
        cue = [x for a, b in s.cue for x in w.words(a, b)]
        begin, end = w.sentence(self.anchors[k])
        nouns = contexts()["sayings"]
        there = [i for i in range(w.token(begin), w.token(end)) if words[i] in nouns and not w.is_said(i)]
        after = w.token(s.cue[-1][1]) if s.cue else 0
        speaker = w.speakers[k] if k < len(w.speakers) else None
        of = self.by_speaker[self.who[k]] if self.who[k] is not None else []
        return {
            "names occasion": bool(there),
            "definite occasion": any(_DEFINITE & set(words[max(0, i - 4) : i]) for i in there),
            "past": w.told_plainly(k), "present": bool(s.cue) and w.is_present(k),
            "perfect": bool({"has", "have", "ve"} & (before | set(cue))), "had": "had" in before or "had" in cue,
            "attitude": s.act in ATTITUDES, "negated": s.negated, "yet": bool(YET & before) or "to" in words[max(0, at - 1) : at] or "to" in cue[:1],
            "according": "according" in cue, "verbless": not any(x.isalpha() for x in cue), "participle": any(x.endswith("ing") for x in cue),
            "then": "then" in before or "then" in words[after : after + 1] or "later" in before,
            "direct": s.form == "direct", "mixed": s.form == "mixed", "indirect": s.form == "indirect", "quoted": bool(s.quoted),
            "nested": s.parent is not None, "cue": bool(s.cue), "paragraph": min(20, self.paragraphs[k]),
            "place": self.paragraphs[k] / max(1, self.last_paragraph), "headline": self.paragraphs[k] == 1,
            "speaker known": self.who[k] is not None, "pronoun": speaker is not None and speaker.how == "pronoun",
            "statements of speaker": min(10, len(of)), "speaker's first": bool(of) and of[0] == k,
            "first person": bool({"i", "we"} & {x for a, b in s.source for x in w.words(a, b)}),
            "writing": bool(contexts()["writing"] & set(cue)), "venue": self.venues[k] is not None,
            "lead names": self.who[k] is not None and self.who[k] in self.lead_names,
            "lead subject": self.who[k] is not None and self.who[k] == self.lead_subject,
            "speakers": min(10, self.speaker_count), "share of speaker": len(of) / max(1, len(w.statements)), "plain share": self.plain_share,
            "own day": any(w.within[n] is None and not w.is_current(n) for n in w.told_in(begin, end)),
            "parent same speaker": s.parent is not None and self.who[s.parent] is not None and self.who[s.parent] == self.who[k],
            "asks": s.act == "ask", "elsewhere private": bool(s.cue) and w.is_elsewhere(k),
            "words": min(8, len(cue)), "habit": bool(_HABIT & (before | set(cue))),
        }  # fmt: skip

    def _candidate(
        self, k: int, g: tuple[str, str], own: dict[str, float], sentence: Span, token: int, words: frozenset[str], mine: Sequence[int]
    ) -> Candidate:
        """A day for a statement: *own* is what that is like, *token* where it stands, *words* those of its *sentence*.

        *mine* are the other statements of its speaker near by whose clause tells a day.
        """
        w, s = self.work, self.work.statements[k]
        here, p, who = self.anchors[k], self.paragraphs[k], self.who[k]
        at, content = bisect_left(self.group_places[g], here), s.content
        tellings = self.groups[g][max(0, at - _NEAREST) : at + _NEAREST]
        outside = [t for t in tellings if not t.content or w.within[t.time] == s.parent] or tellings
        f = own | self.shares[g]
        rule, clause = self.made[k], self.clauses[k]
        ruled = rule is not None and self.of.get(rule.time) == g
        f["clause"] = clause is not None and self.of.get(clause.time) == g
        f["carried"] = ruled and rule is not None and rule.how == "paragraph"
        f["occasion"] = ruled and rule is not None and rule.how == "occasion"
        f["other"], f["none"] = rule is not None and not ruled, rule is None
        begin, end = sentence
        inside = {t.place for t in tellings for a, b in content if a <= t.place < b}
        same = [t for t in tellings if begin <= t.place < end and t.place not in inside]
        f["in sentence"] = bool(same)
        nearest = min(same, key=lambda t: abs(t.place - here), default=None)
        f["before cue"] = nearest is not None and nearest.place < here
        f["tokens"] = min(40, abs(nearest.token - token)) if nearest is not None else 40
        f["own content"] = bool(inside)
        back = [t for t in outside if t.place < here]
        ahead = outside[len(back) :]
        last, following = (back[-1] if back else None), (ahead[0] if ahead else None)
        f["back"] = min(_FAR, p - last.paragraph) if last else _FAR
        f["ahead"] = min(_FAR, following.paragraph - p) if following else _FAR
        f["same paragraph"] = f["back"] == 0 or f["ahead"] == 0
        f["between"], f["rank back"] = self._between(last, here, g)
        f["between ahead"] = self._between(following, here, g)[0]
        dated = self._near(self.dated.get(g, ()), here)
        in_group = [j for j in mine if self.of[self.clauses[j].time] == g]  # type: ignore[union-attr]
        f["speaker back"] = f["speaker ahead"] = _FAR
        if in_group:
            f["speaker back"] = min([_FAR, *[p - self.paragraphs[j] for j in in_group if self.anchors[j] < here]])
            f["speaker ahead"] = min([_FAR, *[self.paragraphs[j] - p for j in in_group if self.anchors[j] >= here]])
        f["speaker share"] = len(in_group) / max(1, len(mine))
        f["speaker elsewhere"] = len(mine) > len(in_group)
        f["others back"] = min([_FAR, *[p - self.paragraphs[j] for j in dated if self.who[j] != who and self.anchors[j] < here]])
        f["clauses"] = min(8, len(dated) - (k in dated))
        f["clause share"] = f["clauses"] / max(1, self.dated_count)
        f["named back"] = f["named ahead"] = f["subject back"] = _FAR
        if who is not None:
            f["named back"] = min([_FAR, *[p - t.paragraph for t in back if who in t.named]])
            f["named ahead"] = min([_FAR, *[t.paragraph - p for t in ahead if who in t.named]])
            f["subject back"] = min([_FAR, *[p - t.paragraph for t in back if who == t.subject]])
        nouns = {x for t in outside for x in t.nouns}
        f["occasions"] = bool(nouns)
        f["gatherings"] = not nouns.isdisjoint(contexts()["gatherings"])
        f["taken up"] = not nouns.isdisjoint(words) and not same
        parent = s.parent
        above = self.made[parent] if parent is not None else None
        f["parent"] = above is not None and self.of.get(above.time) == g
        f["parent dated"] = above is not None
        shown = nearest or last or following or tellings[0]
        f.update(shown.shape)
        f["told past"] = shown.past
        venue = self.venues[k]
        f["venue shared"] = venue is not None and any(venue in t.words for t in outside)
        f["tells writing"] = any(t.writing for t in outside)
        mentioned = self.mentioned[k] - {who}
        f["others shared"] = min(4, max(len(t.named & mentioned) for t in outside)) if mentioned else 0
        f["same quote"] = parent is not None and any(w.within[t.time] == parent for t in tellings)
        f["speaker clauses elsewhere"] = min(5, len(mine) - len(in_group))
        f["between speakers"] = self._speakers_between(shown.place, here, who)
        time = clause.time if f["clause"] and clause is not None else rule.time if ruled and rule is not None else shown.time
        return Candidate(k, time, g, _in_order(f))

    def _near(self, statements: Sequence[int], here: int) -> Sequence[int]:
        """Those of *statements*, in the order of the text, that are next to a place."""
        if len(statements) <= 2 * _NEAREST:
            return statements
        at = bisect_left(statements, here, key=lambda j: self.anchors[j])
        return statements[max(0, at - _NEAREST) : at + _NEAREST]

    def _between(self, telling: Telling | None, here: int, g: tuple[str, str]) -> tuple[int, int]:
        """How many other days are told between a telling and a place, and how many times."""
        if telling is None:
            return 6, 12
        low, high = (telling.place, here) if telling.place < here else (here, telling.place)
        between = self.told_outside[bisect_left(self.places, low) : bisect_left(self.places, high)][:40]
        others = [day for day in between if day is not None and day != g]
        return min(6, len(set(others))), min(12, len(others))

    def _speakers_between(self, place: int, here: int, who: int | None) -> int:
        """How many others speak between two places."""
        low, high = (place, here) if place < here else (here, place)
        between = self.sorted_speakers[bisect_left(self.sorted_anchors, low) : bisect_left(self.sorted_anchors, high)][:30]
        return min(6, len({*between} - {who}))
