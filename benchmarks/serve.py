"""How quickly the reading room answers: 20,000 composed reports, 20 readers at once, median and 99th percentile by page.

python benchmarks/serve.py [--reports 20000] [--readers 20] [--seconds 60] [--pause 1.0] [--record FILE] [--sources PATH...] [--reading] [--judging]

Each reader asks for a page, waits a second on average, and asks for the next; with --pause 0 they never wait, and the figures tell how
many pages a second two cores give. --reading reads new reports in meanwhile; --judging lets somebody judge a speaker each second, so that no page is
told twice. The record is composed as composed.py tells, of --sources;
with --record it is kept and used again. "static" is a file of two hundred bytes: what the machine does beside this makes that wait, too, and
"to_static" is how much longer than that a page takes at the median. "load" is that of the machine (number of processes that run) before and after.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import sayso
from composed import FIRST, LAST, SAYS, compose, sources


def addresses(path: Path) -> dict[str, list[str]]:
    """Addresses of each kind of page, some dozens of each."""
    rng = random.Random(5)
    with sayso.Record(path, write=False) as record:
        reports = [row for at in range(0, record.overview()["reports"], 997) for row in record.find_reports(offset=at, limit=5).rows]
        rows = [row for report in reports for row in record.report_statements(report["id"])[:4]]
        actors = [row["id"] for row in record.actors(limit=200)]
        pages = record.find_claims(limit=40), record.find_claims(disputed=True, limit=40), record.find_claims(offset=2000, limit=40)
        claims = [row["id"] for page in pages for row in page.rows]
        quotes = [row["id"] for at in (0, 1000) for row in record.find_quotes(offset=at, limit=60).rows]
        ids = [row["id"] for row in reports[:40]]
        outlets = record.outlets()
    words = sorted({w for row in rows for w in re.findall(r"[a-z]{5,}", row["content"]["text"])})
    names = sorted({w for row in rows if row["speaker"] for w in row["speaker"]["name"].split()})
    find = [rng.choice(words) for _ in range(60)]
    return {
        "static": ["/static/mark.svg"], "record": ["/"], "report": [f"/reports/{row['report']['id']}" for row in rows],
        "statement": [f"/statements/{row['id']}" for row in rows], "actor": [f"/actors/{quote(i)}" for i in actors],
        "search": [f"/search?words={w}" for w in find] + [f"/search?words={quote(f'{rng.choice(find)} {rng.choice(names)}')}" for _ in find],
        "reports": [f"/reports?page={n}" for n in range(1, 40)] + [f"/reports?words={w}" for w in find],
        "statements": [f"/statements?act={act}&page={n}" for act in ("deny", "accuse", "promise", "warn", "demand") for n in range(1, 8)],
        "statements of": [f"/statements?speaker={quote(i)}" for i in actors],
        "actors": [f"/actors?page={n}" for n in range(1, 8)] + [f"/actors?words={quote(rng.choice(names))}" for _ in range(60)],
        "disputes": [f"/disputes?page={n}" for n in range(1, 5)] + [f"/disputes?speaker={quote(i)}" for i in actors[:40]],
        "claims": [f"/claims?page={n}" for n in range(1, 30)] + [f"/claims?speaker={quote(i)}" for i in actors] + [f"/claims?outlet={quote(o)}" for o in outlets],
        "quotes": [f"/quotes?page={n}" for n in range(1, 30)] + [f"/quotes?words={w}" for w in find] + [f"/quotes?speaker={quote(i)}" for i in actors],
        "claim": [f"/claims/{i}" for i in claims], "quote": [f"/quotes/{i}" for i in quotes],
        "two reports": [f"/compare?a={quote(a)}&b={quote(b)}" for a, b in pairwise(ids)],
        "two outlets": [f"/compare?a={quote(a)}&b={quote(b)}" for a, b in (rng.sample(outlets, 2) for _ in range(40))],
        "timeline": [f"/timeline?speaker={quote(i)}" for i in actors[:80]], "as data": [f"/reports/{row['report']['id']}.json" for row in rows],
        "rest": [f"/api/{kind}?speaker={quote(i)}" for kind in ("claims", "disputes", "quotes") for i in actors[:30]],
    }


def read_pages(port: int, pages: dict[str, list[str]], readers: int, seconds: float, pause: float, out: multiprocessing.Queue) -> None:
    """Readers in threads of one process."""
    taken: dict[str, list[float]] = defaultdict(list)
    wrong: list[str] = []
    end = time.monotonic() + seconds

    def reader(seed: int) -> None:
        rng = random.Random(seed)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        time.sleep(rng.random() * pause)
        while time.monotonic() < end:
            kind = rng.choice(list(pages))
            address = rng.choice(pages[kind])
            begun = time.perf_counter()
            connection.request("GET", address)
            answer = connection.getresponse()
            answer.read()
            taken[kind].append(time.perf_counter() - begun)
            if answer.status != 200:
                wrong.append(f"{answer.status} {address}")
            if pause:
                time.sleep(rng.expovariate(1 / pause))
        connection.close()

    threads = [threading.Thread(target=reader, args=(n,)) for n in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    out.put((dict(taken), wrong))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--reports", type=int, default=20_000)
    asked.add_argument("--readers", type=int, default=20)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--pause", type=float, default=1.0)
    asked.add_argument("--record", type=Path, help="kept and used again")
    asked.add_argument("--sources", type=Path, nargs="*", default=[], help="reports of which the record is composed")
    asked.add_argument("--reading", action="store_true")
    asked.add_argument("--judging", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.record or Path(folder) / "composed.db"
        if not path.exists():
            compose(path, given.reports, *(sources(given.sources, 600, length, None) for length in (2400, 400)))
        with sayso.Record(path, write=False) as record:
            overview = record.overview()
        pages = addresses(path)
        server = subprocess.Popen([sys.executable, "-m", "sayso.cli", "serve", str(path), "--port", "0"], stdout=subprocess.PIPE, text=True)
        try:
            port = int(server.stdout.readline().split("//")[1].split("/")[0].rsplit(":", 1)[1])
            for some in pages.values():  # what a room does once when it is opened is not what a reader waits for each time
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
                connection.request("GET", some[0])
                connection.getresponse().read()
            load = os.getloadavg()[0]
            doing = [f"--{name}" for name, yes in (("more", given.reading), ("judge", given.judging)) if yes]
            busy = [subprocess.Popen([sys.executable, __file__, what, str(path), str(given.seconds)]) for what in doing]
            out: multiprocessing.Queue = multiprocessing.Queue()
            readers = multiprocessing.Process(target=read_pages, args=(port, pages, given.readers, given.seconds, given.pause, out))
            readers.start()
            taken, wrong = out.get()
            readers.join()
            for one in busy:
                one.wait()
        finally:
            server.terminate()
            server.wait()
        static = statistics.median(taken.pop("static"))
        every = sorted(t for some in taken.values() for t in some)
        print(json.dumps({
            "reports": overview["reports"], "statements": overview["statements"],
            "readers": given.readers, "pause": given.pause, "reading": given.reading, "judging": given.judging, "requests": len(every), "failed": wrong[:5],
            "a_second": round(len(every) / given.seconds, 1), "load": [round(load, 1), round(os.getloadavg()[0], 1)], "static_ms": round(1000 * static, 1), "all": summary(every, static),
            "pages": {kind: summary(sorted(some), static) for kind, some in sorted(taken.items())},
        }, indent=1))


def summary(times: list[float], static: float) -> dict[str, float]:
    median, last = statistics.median(times), times[min(len(times) - 1, int(0.99 * len(times)))]
    return {"n": len(times), "median_ms": round(1000 * median, 1), "p99_ms": round(1000 * last, 1), "to_static": round(median / static, 1)}


def more(path: str, seconds: float) -> None:
    """Read new reports in for so long."""
    end = time.monotonic() + seconds
    rng = random.Random(time.time())
    with sayso.Record(path) as record:
        while time.monotonic() < end:
            pieces = [rng.choice(SAYS).format(a=f"{rng.choice(FIRST)} {rng.choice(LAST)}", b="Mira Holt", what="the dam", other="the mill", n=7) for _ in range(8)]
            text = "\n\n".join(pieces) + f"\n{time.time()}\n"
            record.add([sayso.Report(text, sayso.Publication(outlet="The Wire"), f"more/{time.time()}")])


def judge(path: str, seconds: float) -> None:
    """Judge a speaker each second for so long, and take back what was judged before."""
    end = time.monotonic() + seconds
    rng = random.Random(time.time())
    with sayso.Record(path) as record:
        total = record.overview()["reports"]
        reports = record.find_reports(offset=rng.randrange(max(1, total - 100)), limit=100).rows
        rows = [row for report in reports for row in record.report_statements(report["id"]) if row["speaker"]]
        last = None
        while time.monotonic() < end:
            if last is not None:
                record.undo(last["id"], coder="reader")
            last = record.judge("right", rng.choice(rows)["id"], "speaker", coder="reader")
            time.sleep(1)


if __name__ == "__main__":
    if sys.argv[1:2] in (["--more"], ["--judge"]):
        {"--more": more, "--judge": judge}[sys.argv[1]](sys.argv[2], float(sys.argv[3]))
    else:
        main()
