"""Measures quote grouping, and prints groups to be read.

    python benchmarks/quotes.py [--shared DIR] [--show]       against gold: khashoggi-2018 and six events of BASIL (tuned on),
                                                              iran-deal-2015 and six others (only scored)
    python benchmarks/quotes.py FILE.jsonl                    the groups among the reports of a file (keys as sayso read takes them)
    python benchmarks/quotes.py --speed [N]                   N composed stretches of 25 words (100,000): seconds and peak memory

Gold (tests/gold/quotes_outlets.jsonl, quotes_basil.jsonl) holds every quote that two or more stretches render: group, report and spans.
Scored are pairs of stretches in one group; what was grouped and is in no gold group counts as wrong. The events of a half are grouped
as one record.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import time
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import sayso
from evaluate import GOLD, SHARED, rows
from sayso.quotes.copies import copies
from sayso.quotes.grouping import Quote, group
from sayso.quotes.speakers import compatible, speaker_keys
from sayso.quotes.stretches import Stretch, stretches_of
from sayso.quotes.translations import Translations
from sayso.quotes.words import words_of
from sayso.reports import content_hash

STORIES = {"khashoggi-2018": "tuned", "iran-deal-2015": "held"}
BASIL = ("tuned", "held")
WORDS = 25


def grouped(reports: Iterable[dict[str, Any]]) -> tuple[list[Quote], dict[str, dict[str, Any]], list[Stretch]]:
    """The quotes of *reports*, rows by report id, and all stretches."""
    stretches: list[Stretch] = []
    known: dict[str, dict[str, Any]] = {}
    texts = {}
    for number, row in enumerate(reports):
        facts = {"outlet": row.get("outlet"), "published": row.get("published") or row.get("date"), "title": row.get("title")}
        analysis = sayso.analyse(sayso.Report(row["text"], sayso.Publication(**facts), f"{number}"))
        known[analysis.report.id] = row
        texts[analysis.report.text_id] = row["text"]
        stretches += stretches_of(analysis.report, analysis.statements, speaker_keys(analysis.statements, analysis.voices))
    return group(stretches, compatible=compatible, similar=Translations(), copies=copies(texts)), known, stretches


def overlap(a: Iterable[tuple[int, int]], b: Iterable[tuple[int, int]]) -> int:
    spans = list(b)
    return sum(max(0, min(y, v) - max(x, u)) for x, y in a for u, v in spans)


def scored(quotes: list[Quote], known: dict[str, dict[str, Any]], gold: list[dict[str, Any]], show: bool = False) -> dict[str, Any]:
    """Pairwise precision and recall."""
    found = [(known[v.stretch.report_id]["id"], v.stretch, n) for n, quote in enumerate(quotes) for v in quote.variants]
    by_report = defaultdict(list)
    for report, stretch, n in found:
        by_report[report].append((stretch, n))
    items: list[tuple[Any, Any, str]] = []  # gold group, predicted group, words
    matched: set[str] = set()
    for number, item in enumerate(gold):
        spans = [tuple(span) for span in item["spans"]]
        hits = [(overlap(spans, s.spans), -k, s, n) for k, (s, n) in enumerate(by_report[item["report"]]) if overlap(spans, s.spans)]
        matched |= {s.key for _, _, s, _ in hits}
        best = max(hits, key=lambda hit: hit[:2], default=None)
        items.append((item["group"], ("none", number) if best is None else best[3], f"{item['report']} {spans}"))
    items += [(("extra", s.key), n, s.text) for _, s, n in found if s.key not in matched]
    right = wrong = missed = 0
    for (g, p, a), (h, q, b) in combinations(items, 2):
        right += g == h and p == q
        wrong += g != h and p == q
        missed += g == h and p != q
        if show and (g == h) != (p == q):
            print("WRONG " if p == q else "MISSED", g, h, "|", a, "|", b)
    return {
        "precision": right / (right + wrong) if right + wrong else 0.0, "recall": right / (right + missed) if right + missed else 0.0,
        "pairs": right + missed, "items": len(gold), "groups_found": len(quotes),
    }  # fmt: skip


def basil(part: str) -> tuple[list[dict[str, Any]], frozenset[str]]:
    """The gold of one half, reports and groups named with their event, and the events, of which some have no quote in common."""
    items = [item for item in rows(GOLD / "quotes_basil.jsonl") if item["part"] == part]
    named = [{**i, "group": (i["story"], i["group"]), "report": f"{i['story']}/{i['report']}"} for i in items if i["spans"]]
    return named, frozenset(item["story"] for item in items)


def measure(shared: Path = SHARED, *, show: bool = False) -> dict[str, Any]:
    gold_path = GOLD / "quotes_outlets.jsonl"
    if not gold_path.exists() or not (shared / "data" / "outlets").exists():
        return {}
    gold = rows(gold_path)
    out = {}
    for story, name in STORIES.items():
        quotes, known, _ = grouped(rows(shared / "data" / "outlets" / f"{story}.jsonl"))
        out[name] = scored(quotes, known, [item for item in gold if item["story"] == story], show and name == "tuned")
    articles = [{**row, "id": f"{row['event']}/{row['outlet']}"} for row in rows(shared / "data" / "basil" / "articles.jsonl")]
    for part in BASIL:
        gold, events = basil(part)
        quotes, known, _ = grouped(row for row in articles if row["event"] in events)
        out[f"basil_{part}"] = scored(quotes, known, gold, show and part == "tuned")
    return {"quotes": out}


def printed(quotes: list[Quote], known: dict[str, dict[str, Any]]) -> None:
    for quote in quotes:
        print(f"\n{quote.id}  {getattr(quote.speaker, 'id', None)}  in {quote.texts} texts")
        for variant in quote.variants:
            row = known[variant.stretch.report_id]
            print(f"    {row.get('date') or row.get('published')} {row.get('site') or row.get('outlet')}  {', '.join(variant.changes)}  {' '.join(variant.stretch.text.split())}")


def speed(count: int) -> dict[str, Any]:
    """Composed stretches: words by Zipf's law, one in three a variant of an earlier one."""
    rng = random.Random(5)
    vocabulary = [f"{a}{b}{c}{d}" for a in "bdfgklmnprstv" for b in "aeiou" for c in "bdfgklmnprstv" for d in ("an", "o", "esk", "il", "ur", "ath", "e", "ing", "ed", "s")]
    rng.shuffle(vocabulary)
    weights = [1 / (n + 8) for n in range(len(vocabulary))]
    common = "the of and to a in that is we it for not they he have be on with as this will by our are you".split()
    made: list[list[str]] = []
    stretches = []
    for number in range(count):
        if made and number % 3 == 0:
            wording = list(rng.choice(made[-3000:]))
            kind = rng.randrange(3)
            if kind == 0:
                wording = wording[rng.randint(0, 6) : len(wording) - rng.randint(0, 6)]
            elif kind == 1:
                wording[rng.randrange(len(wording))] = rng.choice(vocabulary)
        else:
            drawn = rng.choices(vocabulary, weights, k=WORDS)
            wording = [rng.choice(common) if n % 2 else word for n, word in enumerate(drawn)]
            made.append(wording)
        text = " ".join(wording)
        report = f"r{number // 20}"
        stretches.append(Stretch(content_hash(report, str(number)), report, report, f"s{number}", ((0, len(text)),), text, words_of(text), "one"))
    began = time.perf_counter()
    quotes = group(stretches)
    seconds = time.perf_counter() - began
    return {"stretches": count, "seconds": round(seconds, 1), "quotes": len(quotes), "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, help="reports as JSON Lines, to see their groups")
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--show", action="store_true", help="print the wrong and missed pairs of the story tuned on")
    parser.add_argument("--speed", nargs="?", const=100_000, type=int, metavar="N")
    args = parser.parse_args()
    if args.file:
        quotes, known, _ = grouped(rows(args.file))
        printed(quotes, known)
    else:
        print(json.dumps(speed(args.speed) if args.speed else measure(args.shared, show=args.show), indent=1))


if __name__ == "__main__":
    main()
