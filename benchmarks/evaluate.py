"""Measures the attribution engine against gold data, and prints the figures.

    python benchmarks/evaluate.py [--models DIR] [--shared DIR] [--part tune|keep] [--json OUT]

PolNeAR and its scorer are read from --shared (default: ../shared beside the repository); what is not there is left out, and said.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from sayso.attribution.acts import act_of, first_content
from sayso.attribution.engine import Engine
from sayso.attribution.negation import negated, words_before
from sayso.spans import surface
from sayso.statements import Statement

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
GOLD = ROOT / "tests" / "gold"
_WORD = re.compile(r"\w+")


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def words(text: str, spans: Any) -> frozenset[int]:
    """Where the words of *spans* begin."""
    return frozenset(m.start() for s, e in spans for m in _WORD.finditer(text, s, e))


def iou(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


def same_source(gold: frozenset[int], found: frozenset[int]) -> bool:
    return bool(gold & found) if gold else not found


def paired(pairs: list[tuple[float, int, int]]) -> int:
    """How many (cost, gold, found) can be taken one to one, the cheapest first."""
    gold, found = set[int](), set[int]()
    for _, k, n in sorted(pairs):
        if k not in gold and n not in found:
            gold.add(k)
            found.add(n)
    return len(gold)


@dataclass
class Counts:
    """Right, given and gold; from which precision, recall and F1."""

    right: int = 0
    given: int = 0
    gold: int = 0

    def figures(self) -> dict[str, float]:
        p = self.right / self.given if self.given else 0.0
        r = self.right / self.gold if self.gold else 0.0
        return {"precision": p, "recall": r, "f1": 2 * p * r / (p + r) if p + r else 0.0, "given": self.given, "gold": self.gold}


# -- PolNeAR, statements that stand in no other ------------------------------------------------------------------------


def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_attribution", shared / "eval" / "score_attribution.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_all(engine: Engine, texts: dict[str, str]) -> dict[str, tuple[Statement, ...]]:
    return {name: engine.statements(text) for name, text in texts.items()}


def polnear(shared: Path, read: dict[str, tuple[Statement, ...]]) -> dict[str, Any]:
    module = scorer(shared)
    gold = module.load_gold(str(shared / "data" / "polnear" / "dev"))
    found = {
        doc: [{"source": s.source, "cue": s.cue, "content": s.content} for s in statements if s.parent is None] for doc, statements in read.items()
    }
    counters = module.score_system(gold, found)
    result = module.summarise(list(counters.values()), 1000, 1)
    result["name"] = "sayso"
    print(module.table(result))
    groups = result["groups"]
    return {
        **{f"statement_f1{'' if g == 'all' else '_' + g}": groups[g]["stmt"]["f1"] for g in groups},
        "precision": groups["all"]["stmt"]["p"], "recall": groups["all"]["stmt"]["r"], "source_accuracy": groups["all"]["src_acc"],
        **{f"fragment_{k}": v["f1"] for k, v in result["fragments"].items()},
    }


def right_ones(module: ModuleType, text: str, gold: list[dict[str, Any]], statements: list[Statement]) -> list[tuple[float, bool]]:
    """(confidence, whether a gold statement matches) for each statement."""
    article = module.Article(text)
    g = [s for s in (module.Statement(article, r) for r in gold) if s.word["content"]]
    p = [module.Statement(article, {"source": s.source, "cue": s.cue, "content": s.content}) for s in statements]
    right = {j for i, j in module.match(g, p) if module.source_right(g[i], p[j])}
    return [(s.confidence, j in right) for j, s in enumerate(statements)]


def confidence(pairs: list[tuple[float, bool]], gold: int) -> dict[str, float]:
    """Expected calibration error over ten bins of equal width, and recall where precision is still 0.9."""
    c = np.array([x for x, _ in pairs])
    y = np.array([r for _, r in pairs], float)
    bins = np.minimum((c * 10).astype(int), 9)
    ece = sum(abs(c[bins == b].mean() - y[bins == b].mean()) * (bins == b).mean() for b in range(10) if (bins == b).any())
    order = np.argsort(-c, kind="stable")
    hits = np.cumsum(y[order])
    precision = hits / np.arange(1, len(y) + 1)
    good = np.flatnonzero(precision >= 0.9)
    curve = [(round(float(c[bins == b].mean()), 3), round(float(y[bins == b].mean()), 3), int((bins == b).sum())) for b in range(10) if (bins == b).any()]
    return {"ece": float(ece), "recall_at_p90": float(hits[good[-1]] / gold) if len(good) else 0.0, "curve": curve}  # type: ignore[dict-item]


# -- attribution inside attribution ------------------------------------------------------------------------------------


def nested(engine: Engine, shared: Path, part: str | None) -> dict[str, Any]:
    out: dict[str, Any] = {}
    texts = {}
    source = shared / "data" / "polnear" / "train.jsonl"
    if source.exists():
        wanted = {g["doc"] for g in rows(GOLD / "nested_polnear.jsonl")}
        texts = {d["doc"]: d["text"] for d in rows(source) if d["doc"] in wanted}
    total = Counts()
    if texts:
        counts = Counts()
        read = read_all(engine, texts)
        if missing := wanted - texts.keys():
            print(f"{len(missing)} of {len(wanted)} reports of the nested gold are not under {shared} and are left out", file=sys.stderr)
        for gold in rows(GOLD / "nested_polnear.jsonl"):
            if part in (None, gold["split"]) and gold["doc"] in texts:
                around = {"source": [], "cue": gold["outer_cue"], "content": gold["outer_content"], "parent": None}
                items = [around, *({**i, "parent": i["parent"] + 1} for i in gold["inner"])]
                _score_inner(texts[gold["doc"]], items, read[gold["doc"]], counts, gold["outer_content"])
        out["nested_polnear"] = counts.figures()
        _add(total, counts)
    counts = Counts()
    for gold in rows(GOLD / "nested_own.jsonl"):
        if part in (None, gold["split"]):
            _score_inner(gold["text"], gold["statements"], engine.statements(gold["text"]), counts, None)
    out["nested_own"] = counts.figures()
    _add(total, counts)
    out["nested"] = total.figures()
    return out


def _add(total: Counts, more: Counts) -> None:
    total.right += more.right
    total.given += more.given
    total.gold += more.gold


def _score_inner(text: str, gold: list[dict[str, Any]], found: tuple[Statement, ...], counts: Counts, within: Any) -> None:
    """An inner statement is right if content (half of the words), source and parent's content are."""
    g = [(words(text, s["source"]), words(text, s["content"]), s["parent"]) for s in gold]
    inner = [k for k, s in enumerate(gold) if s["parent"] is not None]
    place = words(text, within) if within is not None else None
    given = [s for s in found if s.parent is not None and (place is None or words(text, s.cue) & place)]
    counts.gold += len(inner)
    counts.given += len(given)
    pairs = []
    for k in inner:
        for n, s in enumerate(given):
            score = iou(g[k][1], words(text, s.content))
            assert s.parent is not None and g[k][2] is not None
            above = iou(g[g[k][2]][1], words(text, found[s.parent].content))
            if score >= 0.5 and same_source(g[k][0], words(text, s.source)) and above >= 0.5:
                pairs.append((-score, k, n))
    counts.right += paired(pairs)


# -- acts, own reports -------------------------------------------------------------------------------------------------


def acts(shared: Path) -> dict[str, float]:
    dev = {d["doc"]: d for d in rows(shared / "data" / "polnear" / "dev.jsonl")}
    tally: Counter[str] = Counter()
    for gold in rows(GOLD / "acts_polnear_dev.jsonl"):
        doc = dev[gold["doc"]]
        text = doc["text"]
        item = next(
            a for n in doc["annotations"] for a in n["attributions"] if [[s["start"], s["end"]] for s in a["cue"]] == gold["cue"]
        )
        (start, end), = gold["cue"]
        content = [(s["start"], s["end"]) for s in item["content"]]
        source = surface(text, [(s["start"], s["end"]) for s in item["source"]])
        act, decides = act_of(text[start:end], first_content(text, content, end))
        tally["n"] += 1
        tally["act"] += act == gold["act"]
        tally["act_or_second"] += act in (gold["act"], gold["also"])
        tally["negated"] += negated(text[start:end], decides, words_before(text, start), source) == gold["negated"]
    return {"act": tally["act"] / tally["n"], "act_or_second": tally["act_or_second"] / tally["n"], "negation": tally["negated"] / tally["n"]}


def own_reports(engine: Engine) -> dict[str, Any]:
    """The project's own labelled reports: all statements, nested ones too. A regression test, not a headline figure."""
    counts = Counts()
    for row in rows(GOLD / "own_reports.jsonl"):
        text = (ROOT / row["file"]).read_bytes().decode("utf-8-sig")
        found = engine.statements(text)
        gold = [(words(text, s["source"]), words(text, s["content"])) for s in row["statements"]]
        counts.gold += len(gold)
        counts.given += len(found)
        pairs = []
        for k, (source, content) in enumerate(gold):
            for n, s in enumerate(found):
                score = iou(content, words(text, s.content))
                if score >= 0.5 and same_source(source, words(text, s.source)):
                    pairs.append((-score, k, n))
        counts.right += paired(pairs)
    return counts.figures()


def measure(engine: Engine, shared: Path = SHARED, part: str | None = None) -> dict[str, Any]:
    """All figures that the data at hand allow."""
    out: dict[str, Any] = {"own_reports": own_reports(engine), **nested(engine, shared, part)}
    dev = shared / "data" / "polnear" / "dev.jsonl"
    if not dev.exists():
        print(f"no PolNeAR under {shared}: its figures are left out", file=sys.stderr)
        return out
    documents = rows(dev)
    read = read_all(engine, {d["doc"]: d["text"] for d in documents})
    out["polnear_dev"] = polnear(shared, read)
    module = scorer(shared)
    pairs, gold_count = [], 0
    for d in documents:
        gold = [{r: [(s["start"], s["end"]) for s in a[r]] for r in ("source", "cue", "content")} for a in d["annotations"][0]["attributions"] if a["content"]]
        gold_count += len(gold)
        pairs += right_ones(module, d["text"], gold, [s for s in read[d["doc"]] if s.parent is None])
    out["confidence"] = confidence(pairs, gold_count)
    out["acts"] = acts(shared)
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    ap.add_argument("--models", type=Path)
    ap.add_argument("--shared", type=Path, default=SHARED)
    ap.add_argument("--part", choices=["tune", "keep"], help="half of the nested gold")
    ap.add_argument("--json", type=Path)
    args = ap.parse_args()
    result = measure(Engine(args.models), args.shared, args.part)
    print(json.dumps(result, indent=1))
    if args.json:
        args.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
