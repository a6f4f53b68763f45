"""How well expressions of time are found and valued, on TempEval-3's TimeBank and AQUAINT, beside dateparser's search.

    python benchmarks/dates.py            # the half of the documents that nothing was tuned on
    python benchmarks/dates.py --tune     # the other half

Prints JSON: for each part precision, recall and F1 of detection (relaxed: spans overlap; strict: spans are the same), F1 of value and of type among
the relaxed matches, as TempEval-3 counts them; how much of the pipeline's time the stage takes; and how often `said_on` is right and is given, on
statements of PolNeAR labelled by hand (dev; with --tune those of train that the ranking was fitted on).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sayso.dates.anchoring import anchored
from sayso.dates.recogniser import expressions, find, lay_out
from sayso.dates.said import Said
from sayso.statements import Statement

SHARED = Path(__file__).resolve().parents[2] / "shared"
ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold" / "said_on_polnear_dev.jsonl"
TUNED = ROOT / "training" / "said_on_polnear.jsonl"  # 831 statements of 116 reports of the corpus's train part, labelled by hand: offsets and days only

Found = tuple[int, int, str, str | None]  # start, end, type, value


def plain(value: str | None) -> str | None:
    """One spelling for values that TIMEX3 lets one write in several: weeks of one figure, "1949-XX" for 1949, "T17" for T17:00, "198" for 198X, three quarters for nine months."""
    if value is None:
        return None
    value = re.sub(r"-W(\d)(?!\d)", r"-W0\1", value)
    value = re.sub(r"^(\d{4}(?:-\d\d)?)(?:-XX)+$", r"\1", value)
    value = re.sub(r"T(\d\d)$", r"T\1:00", value)
    value = re.sub(r"^P(\d+)Q$", lambda m: f"P{3 * int(m[1])}M", value)
    return value + "X" * (4 - len(value)) if value.isdigit() and len(value) < 4 else value


@dataclass
class Counts:
    """Matches of one part."""

    gold: int = 0
    found: int = 0
    relaxed: int = 0
    strict: int = 0
    value: int = 0
    raw: int = 0
    type: int = 0
    wrong: Counter[tuple[str, str, str | None]] = field(default_factory=Counter)

    def add(self, gold: list[Found], found: list[Found]) -> list[tuple[Found | None, Found | None]]:
        self.gold += len(gold)
        self.found += len(found)
        pairs: list[tuple[Found | None, Found | None]] = []
        used: set[int] = set()
        for g in gold:
            best = max(
                (k for k, f in enumerate(found) if k not in used and f[0] < g[1] and g[0] < f[1]),
                key=lambda k: min(found[k][1], g[1]) - max(found[k][0], g[0]),
                default=None,
            )
            if best is None:
                pairs.append((g, None))
                continue
            used.add(best)
            f = found[best]
            self.relaxed += 1
            self.strict += f[:2] == g[:2]
            self.type += f[2] == g[2]
            self.raw += f[3] == g[3]
            self.value += plain(f[3]) == plain(g[3])
            pairs.append((g, f))
        pairs += [(None, f) for k, f in enumerate(found) if k not in used]
        return pairs

    def figures(self) -> dict[str, float]:
        def f1(hits: int) -> float:
            return round(2 * hits / max(1, self.gold + self.found), 4)

        return {
            "expressions": self.gold,
            "precision": round(self.relaxed / max(1, self.found), 4),
            "recall": round(self.relaxed / max(1, self.gold), 4),
            "relaxed_f1": f1(self.relaxed),
            "strict_f1": f1(self.strict),
            "value_f1": f1(self.value),
            "value_f1_as_spelt": f1(self.raw),
            "type_f1": f1(self.type),
            "value_right": round(self.value / max(1, self.relaxed), 4),
            "type_right": round(self.type / max(1, self.relaxed), 4),
        }


def documents(name: str, shared: Path, *, tune: bool) -> list[dict[str, Any]]:
    """Half of a corpus, split by document."""
    rows = [json.loads(line) for line in (shared / "data" / "dates" / name).read_text(encoding="utf-8").splitlines()]
    return [r for r in rows if (int(hashlib.sha256(r["id"].encode()).hexdigest(), 16) % 2 == 0) == tune]


def ours(text: str, day: str) -> list[Found]:
    times = find(text)
    return [(*e.span, e.type, t.value) for e, t in zip(times, anchored(times, day), strict=True)]


def dateparser_search() -> Callable[[str, str], list[Found]] | None:
    try:
        from dateparser.search import search_dates
    except ImportError:
        return None
    from datetime import datetime

    def search(text: str, day: str) -> list[Found]:
        base = datetime.fromisoformat(day[:10])
        out: list[Found] = []
        at = 0
        for words, when in search_dates(text, languages=["en"], settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}) or ():
            start = text.find(words, at)
            if start >= 0:
                out.append((start, start + len(words), "DATE", when.date().isoformat()))
                at = start + len(words)
        return out

    return search


def run(system: Callable[[str, str], list[Found]], *, shared: Path, tune: bool, show: bool = False) -> dict[str, Any]:
    every, out = Counts(), dict[str, Any]()
    spent = 0.0
    for name in ("timebank.jsonl", "aquaint.jsonl"):
        part = Counts()
        for row in documents(name, shared, tune=tune):
            gold = [(t["start"], t["end"], t["type"], t["value"]) for t in row["timexes"]]
            begin = time.perf_counter()
            found = system(row["text"], row["dct"])
            spent += time.perf_counter() - begin
            pairs = part.add(gold, found)
            every.add(gold, found)
            if show:
                for g, f in pairs:
                    if g is None or f is None or (g[2], plain(g[3])) != (f[2], plain(f[3])):
                        a, b = (g or f)[:2]  # type: ignore[index]
                        near = f"{row['text'][max(0, a - 50) : a]}[{row['text'][a:b]}]{row['text'][b : b + 30]}".replace("\n", "/")
                        kind = "FALSE" if g is None else "MISS" if f is None else "VALUE" if plain(g[3]) != plain(f[3]) else "TYPE"
                        print(f"{kind:6}{row['dct'][:10]} {(g or '') and g[2:]} {(f or '') and f[2:]} | {near}", file=sys.stderr)
        out[name.split(".")[0]] = part.figures()
    return {"all": every.figures(), **out, "seconds": round(spent, 2)}


def _lies_in(first: str | None, last: str | None, gold: str) -> bool:
    return first is not None and last is not None and first[: len(gold)] == gold == last[: len(gold)]


def said_on(gold: Path, corpus: Path) -> dict[str, Any]:
    """`said_on` on statements of PolNeAR labelled by hand: how many of those given are right, and of those that can be known are given.

    *found*: among the statements that the engine finds (the one whose cue overlaps, and at least half of whose content is common; those not found are
    counted). *marked*: the corpus's own statements in their place, so that dating is judged by itself. A time that lies within the label's period is right.
    """
    import sayso

    if not gold.exists() or not corpus.exists():
        return {"skipped": f"{gold} or {corpus} is not there"}
    labels: dict[str, list[dict[str, Any]]] = {}
    for row in map(json.loads, gold.read_text(encoding="utf-8").splitlines()):
        labels.setdefault(row["doc"], []).append(row)
    counts: dict[str, Counter[str]] = {"found": Counter(), "marked": Counter()}
    for report in map(json.loads, corpus.read_text(encoding="utf-8").splitlines()):
        if report["doc"] not in labels:
            continue
        rows = labels.pop(report["doc"])
        a = sayso.analyse(report["text"], published=report["publication_date"])
        _count(counts["found"], rows, a.statements, a.said)
        _count(counts["marked"], rows, *_marked(report))
    return {
        name: {
            **c, "given_right": round(c["right"] / max(1, c["given"]), 4), "knowable_given": round(c["knowable given"] / max(1, c["knowable"]), 4),
            "knowable_right": round(c["right"] / max(1, c["knowable"]), 4),
        }
        for name, c in counts.items()
    }  # fmt: skip


def marked_statements(report: dict[str, Any]) -> tuple[list[Statement], Any]:
    """The statements that the corpus marks, with the acts of their cues, and who speaks in them."""
    from sayso.attribution.acts import act_of, first_content
    from sayso.attribution.engine import shared_engine
    from sayso.attribution.negation import negated, words_before
    from sayso.mentions.speakers import find as find_speakers
    from sayso.spans import surface
    from speakers import gold_statements

    text, engine, statements = report["text"], shared_engine(), []
    for s in gold_statements(text, report["annotations"][0]["attributions"]):
        if s.cue:
            cue = surface(text, s.cue)
            act, decides = act_of(cue, first_content(text, s.content, s.cue[0][1]))
            s = replace(s, act=act, negated=negated(cue, decides, words_before(text, s.cue[0][0]), surface(text, s.source)))
        statements.append(s)
    return statements, find_speakers(text, engine.encode(text), tuple(statements), engine.network.transitions["name"])


def _marked(report: dict[str, Any]) -> tuple[Sequence[Statement], Sequence[Said | None]]:
    """The statements that the corpus marks, and when they were made."""
    from sayso.actors.registry import shipped
    from sayso.actors.resolve import resolve_reading
    from sayso.attribution.engine import shared_engine
    from sayso.dates.ranking import sayings
    from sayso.dates.saying import as_past
    from sayso.language.quotation import quoted_stretches
    from sayso.reading import Reading
    from sayso.reports import Publication, Report

    text = report["text"]
    statements, who = marked_statements(report)
    page = lay_out(text)
    times = expressions(page)
    made = sayings(page, times, statements, who.speakers, who.mentions, [(q.start, q.end) for q in quoted_stretches(text)], shared_engine().encode(text))
    reading = Reading("", "", tuple(statements), who.mentions, who.entities, who.speakers, as_past(times, made), made)
    return statements, resolve_reading(Report(text, Publication(published=report["publication_date"])), reading, shipped(), shipped()).said


def best_match(row: dict[str, Any], statements: Sequence[Statement]) -> int | None:
    """The statement that a label is of: its cue overlaps, and at least half of the content is common."""
    from sayso.spans import length, overlap

    content, cue = (tuple((x, y) for x, y in row[key]) for key in ("content", "cue"))
    fits = [
        (overlap(s.content, content) / max(1, length(s.content) + length(content) - overlap(s.content, content)), k)
        for k, s in enumerate(statements)
        if not cue or overlap(s.cue, cue)
    ]
    best = max(fits, default=(0.0, 0))
    return best[1] if best[0] >= 0.5 else None


def _count(counts: Counter[str], rows: list[dict[str, Any]], statements: Sequence[Statement], said: Sequence[Said | None]) -> None:
    for row in rows:
        best = best_match(row, statements)
        counts["labelled"] += 1
        if best is None:
            counts["statement not found"] += 1
            continue
        made = said[best]
        given = made is not None and made.on is not None
        counts["knowable"] += bool(row["knowable"])
        counts["given"] += given
        counts["right"] += made is not None and given and row["said_on"] is not None and _lies_in(made.first, made.last, row["said_on"])
        counts["knowable given"] += bool(row["knowable"]) and given


def share() -> float:
    """The part of the time of reading that the stage takes, on the repository's own reports."""
    from sayso.attribution.engine import shared_engine
    from sayso.dates.ranking import sayings
    from sayso.language.quotation import quoted_stretches
    from sayso.reading import read_text

    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests" / "gold" / "own_reports").glob("*.txt"))]
    readings = [read_text(text) for text in texts]  # the first is slow: models are loaded
    quoted = [[(q.start, q.end) for q in quoted_stretches(text)] for text in texts]  # known from the reading
    encodings = [shared_engine().encode(text) for text in texts]
    whole, stage = [], []
    for _ in range(3):  # the fastest of three: others may be at work on the machine
        begin = time.perf_counter()
        for text in texts:
            read_text(text)
        whole.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        for text, r, marks, encoding in zip(texts, readings, quoted, encodings, strict=True):
            page = lay_out(text)
            sayings(page, expressions(page), r.statements, r.speakers, r.mentions, marks, encoding)
        stage.append(time.perf_counter() - begin)
    return round(min(stage) / min(whole), 4)


def measure(shared: Path) -> dict[str, Any]:
    """The figures that floors are pinned for."""
    out: dict[str, Any] = {}
    if (shared / "data" / "dates").exists():
        out["dates"] = run(ours, shared=shared, tune=False)
    out["said_on"] = said_on(GOLD, shared / "data" / "polnear" / "dev.jsonl")
    return out


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--tune", action="store_true", help="the half that was tuned on")
    options.add_argument("--show", action="store_true", help="print every mistake")
    options.add_argument("--shared", type=Path, default=SHARED)
    given = options.parse_args()
    figures: dict[str, Any] = {"sayso": run(ours, shared=given.shared, tune=given.tune, show=given.show)}
    other = dateparser_search()
    figures["dateparser"] = run(other, shared=given.shared, tune=given.tune) if other else "not installed: pip install dateparser"
    figures["share_of_reading"] = share()
    polnear = given.shared / "data" / "polnear"
    if given.tune:
        figures["said_on"] = said_on(TUNED, polnear / "train.jsonl")
    else:
        figures["said_on"] = said_on(GOLD, polnear / "dev.jsonl")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
