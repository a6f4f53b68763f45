"""How quickly the reading room answers: 20,000 composed reports, 20 readers at once, median and 99th percentile by page.

python benchmarks/serve.py [--reports 20000] [--readers 20] [--seconds 60] [--pause 1.0] [--record FILE] [--reading]

Each reader asks for a page, waits a second on average, and asks for the next; with --pause 0 they never wait, and the figures tell how
many pages a second two cores give. --reading reads new reports in meanwhile. The reports are put together from paragraphs that are
read once each and stand in some thirty of 20,000 reports, as a much quoted utterance does.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import sayso
from sayso.reading import Reading

FIRST = "Orvan Mira Jonas Inga Piet Sanna Tolke Brann Edda Ruslan Ilse Marek Dunya Halvar Petra Osric Lenka Tomas Yara Benno".split()
LAST = "Tellik Holt Fenn Tarrow Arne Brook Sorrin Vaske Marenz Ulder Kesti Dravo Lomm Perrin Quist Raske Stoll Tvede Ambrel Wynd".split()
WHAT = "the ferry|the dam|the school|the bridge|the market|the mill|the harbour|the budget|the inquiry|the ceasefire|the pipeline|the vote".split("|")
SAYS = (
    "“We kept our word on {what} in ward {n},” {a} told the council. {b} denied that {what} in ward {n} was late, and accused {a} of hiding it.",
    "{a} said on Monday that {what} in ward {n} would be closed. According to {b}, {other} had been promised long before.",
    "{a} rejected claims by {b} that {what} had cost too much. “It is a fable that {n} people believe,” {a} said.",
    "The work on {what} went on over the winter, and nobody at {other} was asked. {b} called for an inquiry into {what}.",
    "{a}, who has led the party since last year, warned that {what} and {other} could fail. {b} doubted it.",
    "Asked about {what}, {a} announced that {other} would be rebuilt in {n} days. {b} welcomed the announcement.",
)
OUTLETS = [f"The {name} {kind}" for name in ("Halyard", "Veldara", "Kestria", "Other Bank", "Brennia", "Lomm") for kind in ("Post", "Times", "Today", "Wire")]


def paragraphs(count: int, seed: int) -> list[Reading]:
    """Paragraphs with their readings."""
    from sayso.reading import read_text

    rng = random.Random(seed)
    out = []
    for _ in range(count):
        a, b = (f"{rng.choice(FIRST)} {rng.choice(LAST)}" for _ in range(2))
        what, other = rng.sample(WHAT, 2)
        text = rng.choice(SAYS).format(a=a, b=b, what=what, other=other, n=rng.randrange(2, 999))
        out.append((text, read_text(text)))
    return out


def joined(parts: list[tuple[str, Reading]]) -> tuple[str, Reading]:
    """One text of several paragraphs, and its reading."""
    text, statements, mentions, entities, speakers = "", [], [], [], []
    for piece, reading in parts:
        by, s0, e0 = len(text), len(statements), len(entities)

        def moved(spans, by=by):
            return tuple((a + by, b + by) for a, b in spans)

        for s in reading.statements:
            statements.append(replace(
                s, source=moved(s.source), cue=moved(s.cue), content=moved(s.content), quoted=moved(s.quoted),
                parent=None if s.parent is None else s.parent + s0,
            ))
        mentions += [replace(m, span=(m.span[0] + by, m.span[1] + by), entity=m.entity + e0) for m in reading.mentions]
        entities += [
            replace(e, members=tuple(m + e0 for m in e.members), owner=None if e.owner is None else e.owner + e0) for e in reading.entities
        ]
        speakers += [
            None if s is None else replace(s, entities=tuple(n + e0 for n in s.entities), candidates=tuple((n + e0, p) for n, p in s.candidates))
            for s in reading.speakers
        ]
        text += piece + "\n\n"
    return text, replace(
        reading, text_id=sayso.Report(text).text_id, statements=tuple(statements), mentions=tuple(mentions), entities=tuple(entities),
        speakers=tuple(speakers), times=(), said=(None,) * len(statements),
    )


def compose(path: Path, reports: int) -> float:
    """A record of so many reports; the size of their texts in bytes."""
    rng = random.Random(11)
    pieces = paragraphs(max(60, reports * 3 // 10), 7)
    size = 0
    with sayso.Record(path) as record:
        for number in range(reports):
            text, reading = joined(rng.sample(pieces, rng.randint(5, 12)))
            size += len(text.encode())
            day = date(2020, 1, 1) + timedelta(days=rng.randrange(1800))
            words = rng.sample(WHAT, 2)
            given = sayso.Publication(outlet=rng.choice(OUTLETS), title=f"{words[0].title()} and {words[1]}, {number}", published=day.isoformat())
            record._put_new(sayso.Report(text, given, f"composed/{number}"), reading, sayso.Summary())
            if number % 2000 == 1999:
                print(f"{number + 1} reports composed", file=sys.stderr)
    return size


def addresses(path: Path) -> dict[str, list[str]]:
    """Addresses of each kind of page, some dozens of each."""
    rng = random.Random(5)
    with sayso.Record(path, write=False) as record:
        rows = record.find_statements("bridge", limit=200).rows + record.find_statements(order="oldest", limit=200).rows
        actors = [row["id"] for row in record.actors(limit=200)]
        claims, quotes = ([row["id"] for row in some] for some in (record.claims(limit=60), record.quotes(limit=60)))
        reports = [row["id"] for row in record.find_reports(limit=40).rows]
    some = [f"{rng.choice(FIRST)} {rng.choice(LAST)}" for _ in range(60)]
    return {
        "record": ["/"], "report": [f"/reports/{row['report']['id']}" for row in rows], "statement": [f"/statements/{row['id']}" for row in rows],
        "actor": [f"/actors/{quote(i)}" for i in actors], "search": [f"/search?words={w.split()[1]}+{rng.choice(some).split()[1]}" for w in WHAT for _ in range(6)],
        "reports": [f"/reports?page={n}" for n in range(1, 40)] + [f"/reports?{quote('words')}={quote(w)}" for w in WHAT],
        "statements": [f"/statements?act={act}&page={n}" for act in ("deny", "accuse", "promise", "warn", "demand") for n in range(1, 8)],
        "statements of": [f"/statements?speaker={quote(i)}" for i in actors], "actors": [f"/actors?page={n}" for n in range(1, 8)] + [f"/actors?words={w}" for w in LAST],
        "disputes": ["/disputes", "/claims", "/claims?page=2"], "quotes": [f"/quotes?page={n}" for n in range(1, 8)],
        "claim": [f"/claims/{i}" for i in claims], "quote": [f"/quotes/{i}" for i in quotes],
        "side by side": [f"/compare?a={quote(a)}&b={quote(b)}" for a, b in (*pairwise(reports), *pairwise(OUTLETS[:11]))],
        "timeline": [f"/timeline?speaker={quote(i)}" for i in actors[:80]], "as data": [f"/reports/{row['report']['id']}.json" for row in rows],
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
    asked.add_argument("--reading", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.record or Path(folder) / "composed.db"
        if not path.exists():
            compose(path, given.reports)
        with sayso.Record(path, write=False) as record:
            overview = record.overview()
            text = sum(len(record.report(i).text.encode()) for i, _, _ in list(record.reports())[:500]) / min(500, overview["reports"]) * overview["reports"]
        pages = addresses(path)
        server = subprocess.Popen([sys.executable, "-m", "sayso.cli", "serve", str(path), "--port", "0"], stdout=subprocess.PIPE, text=True)
        try:
            port = int(server.stdout.readline().split("//")[1].split("/")[0].rsplit(":", 1)[1])
            for some in pages.values():  # what a room does once when it is opened is not what a reader waits for each time
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
                connection.request("GET", some[0])
                connection.getresponse().read()
            wait(port)
            busy = None
            if given.reading:
                busy = subprocess.Popen([sys.executable, __file__, "--more", str(path), str(given.seconds)])
            out: multiprocessing.Queue = multiprocessing.Queue()
            readers = multiprocessing.Process(target=read_pages, args=(port, pages, given.readers, given.seconds, given.pause, out))
            readers.start()
            taken, wrong = out.get()
            readers.join()
            if busy is not None:
                busy.wait()
        finally:
            server.terminate()
            server.wait()
        every = sorted(t for some in taken.values() for t in some)
        print(json.dumps({
            "reports": overview["reports"], "statements": overview["statements"], "record_to_text": round(path.stat().st_size / text, 2),
            "readers": given.readers, "pause": given.pause, "reading": given.reading, "requests": len(every), "failed": wrong[:5],
            "a_second": round(len(every) / given.seconds, 1), "all": summary(every), "pages": {kind: summary(sorted(some)) for kind, some in sorted(taken.items())},
        }, indent=1))


def wait(port: int) -> None:
    """Until the lists that are put in order behind the scenes are there."""
    for kind in ("disputes", "claims", "quotes"):
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            connection.request("GET", f"/{kind}.json?limit=1")
            if json.loads(connection.getresponse().read())["total"]:
                break
            time.sleep(1)


def summary(times: list[float]) -> dict[str, float]:
    return {"n": len(times), "median_ms": round(1000 * statistics.median(times), 1), "p99_ms": round(1000 * times[min(len(times) - 1, int(0.99 * len(times)))], 1)}


def more(path: str, seconds: float) -> None:
    """Read new reports in for so long."""
    end = time.monotonic() + seconds
    rng = random.Random(time.time())
    with sayso.Record(path) as record:
        while time.monotonic() < end:
            pieces = [rng.choice(SAYS).format(a=f"{rng.choice(FIRST)} {rng.choice(LAST)}", b="Mira Holt", what="the dam", other="the mill", n=7) for _ in range(8)]
            text = "\n\n".join(pieces) + f"\n{time.time()}\n"
            record.add([sayso.Report(text, sayso.Publication(outlet="The Wire"), f"more/{time.time()}")])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--more"]:
        more(sys.argv[2], float(sys.argv[3]))
    else:
        main()
