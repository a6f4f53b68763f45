"""How well expressions of time are found and valued, on TempEval-3's TimeBank and AQUAINT, beside dateparser's search.

    python benchmarks/dates.py            # the half of the documents that nothing was tuned on
    python benchmarks/dates.py --tune     # the other half

Prints JSON: for each part precision, recall and F1 of detection (relaxed: spans overlap; strict: spans are the same), F1 of value and of type among
the relaxed matches, as TempEval-3 counts them, and how much of the pipeline's time the stage takes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sayso.dates.anchoring import anchored
from sayso.dates.recogniser import find

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold" / "said_on_polnear_dev.jsonl"

Found = tuple[int, int, str, str | None]  # start, end, type, value


def plain(value: str | None) -> str | None:
    """One spelling for values that TIMEX3 lets one write in several: weeks of one figure, "1949-XX" for 1949, "T17" for T17:00, "198" for 198X."""
    if value is None:
        return None
    value = re.sub(r"-W(\d)(?!\d)", r"-W0\1", value)
    value = re.sub(r"^(\d{4}(?:-\d\d)?)(?:-XX)+$", r"\1", value)
    value = re.sub(r"T(\d\d)$", r"T\1:00", value)
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
            best = max((k for k, f in enumerate(found) if k not in used and f[0] < g[1] and g[0] < f[1]),
                       key=lambda k: min(found[k][1], g[1]) - max(found[k][0], g[0]), default=None)
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
            "expressions": self.gold, "precision": round(self.relaxed / max(1, self.found), 4), "recall": round(self.relaxed / max(1, self.gold), 4),
            "relaxed_f1": f1(self.relaxed), "strict_f1": f1(self.strict), "value_f1": f1(self.value), "value_f1_as_spelt": f1(self.raw), "type_f1": f1(self.type),
            "value_right": round(self.value / max(1, self.relaxed), 4), "type_right": round(self.type / max(1, self.relaxed), 4),
        }


def documents(name: str, *, tune: bool) -> list[dict[str, Any]]:
    """Half of a corpus, split by document."""
    rows = [json.loads(line) for line in (DATA / "dates" / name).read_text(encoding="utf-8").splitlines()]
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


def run(system: Callable[[str, str], list[Found]], *, tune: bool, show: bool = False) -> dict[str, Any]:
    every, out = Counts(), dict[str, Any]()
    spent = 0.0
    for name in ("timebank.jsonl", "aquaint.jsonl"):
        part = Counts()
        for row in documents(name, tune=tune):
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
                        near = f"{row['text'][max(0, a - 50):a]}[{row['text'][a:b]}]{row['text'][b:b + 30]}".replace("\n", "/")
                        kind = "FALSE" if g is None else "MISS" if f is None else "VALUE" if plain(g[3]) != plain(f[3]) else "TYPE"
                        print(f"{kind:6}{row['dct'][:10]} {(g or '')and g[2:]} {(f or '')and f[2:]} | {near}", file=sys.stderr)
        out[name.split(".")[0]] = part.figures()
    return {"all": every.figures(), **out, "seconds": round(spent, 2)}


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--tune", action="store_true", help="the half that was tuned on")
    options.add_argument("--show", action="store_true", help="print every mistake")
    given = options.parse_args()
    figures: dict[str, Any] = {"sayso": run(ours, tune=given.tune, show=given.show)}
    other = dateparser_search()
    figures["dateparser"] = run(other, tune=given.tune) if other else "not installed: pip install dateparser"
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
