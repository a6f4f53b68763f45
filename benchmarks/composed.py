"""Composed records: thousands of reports out of some hundreds that were read once, as many actors, claims and quotes in them as in life.

python benchmarks/composed.py RECORD [--reports 20000] [--sources PATH...] [--readings FOLDER]

The sources are read once (kept in --readings) and stand in the record over and over, each time in another *world*: names of those whom no
registry knows are spelt with other letters, longer words are put in the place of others of their length and ending, all alike in one world,
and days moved. So every place in a text stays where it was and the reading holds; within a world things hang together as in the sources (who
is who, who quotes and claims the same), and each world has people, quotes and claims of its own, beside the states and statesmen whom all have.
Contents are not embedded anew: a world's vectors are those of the sources with their numbers in another order, as like and unlike each other
as before. A quarter of the reports are whole, the others items of a paragraph or two; some are another outlet's copy of one. Without --sources reports are put together of composed paragraphs.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

import sayso
from sayso.actors.registry import shipped
from sayso.actors.resolve import resolve_reading
from sayso.claims.encoder import Encoder, Floats
from sayso.claims.scorer import shared_scorer
from sayso.intake import Problem, find, open_found
from sayso.reading import Reading, read_texts
from sayso.record.vectors import Vectors

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

#: So many of a hundred reports are printed by another outlet, too, word for word.
COPIED = 4
#: Words that stay in every world: short ones, the most frequent, and all that cues and titles consist of.
_SHORT, _FREQUENT = 4, 500
_WORD = re.compile(r"[^\W\d_]+")
_VOWELS, _CONSONANTS = "aeiouy", "bcdfghjklmnpqrstvwxz"


def invented(count: int, seed: int = 7) -> list[sayso.Report]:
    """Reports of composed paragraphs: a paragraph stands in some of them, as a much quoted utterance does."""
    rng = random.Random(seed)

    def paragraph() -> str:
        a, b = (f"{rng.choice(FIRST)} {rng.choice(LAST)}" for _ in range(2))
        what, other = rng.sample(WHAT, 2)
        return rng.choice(SAYS).format(a=a, b=b, what=what, other=other, n=rng.randrange(2, 999))

    pieces = [paragraph() for _ in range(3 * count)]
    return [
        sayso.Report("\n\n".join(rng.sample(pieces, rng.randint(8, 16))), sayso.Publication(
            outlet=rng.choice(OUTLETS), published=(date(2020, 1, 1) + timedelta(days=rng.randrange(60))).isoformat()), f"invented/{n}")
        for n in range(count)
    ]  # fmt: skip


def begun(text: str, length: int) -> str:
    """*text* up to the end of the paragraph with this character."""
    end = text.find("\n", length)
    return text if end < 0 else text[:end]


def sources(paths: list[Path], most: int, length: int, kept: Path | None) -> list[tuple[sayso.Report, Reading]]:
    """The reports at *paths* (of many, so many chosen by chance) with their readings."""
    if kept is not None and kept.exists():
        return pickle.loads(kept.read_bytes())
    found = [made for item in find(paths) if not isinstance(item, Problem) for made in open_found(item)] if paths else invented(most)
    reports = [replace(made, text=begun(made.text, length)) for made in found if isinstance(made, sayso.Report)]
    random.Random(3).shuffle(reports)
    read = [(report, made) for report, made in read_texts((r.text, r) for r in reports[:most]) if isinstance(made, Reading)]
    if kept is not None:
        kept.write_bytes(pickle.dumps(read))
    return read


Source = tuple[sayso.Report, Reading]


class Lexicon:
    """What may be put in the place of what, from all of the sources."""

    def __init__(self, read: list[tuple[sayso.Report, Reading]]) -> None:
        lower: Counter[str] = Counter()
        self.kept: set[str] = set()
        for report, reading in read:
            lower.update(w for w in _WORD.findall(report.text) if w.islower() and w.isascii())
            for s in reading.statements:
                self.kept |= {w.lower() for a, b in s.cue for w in _WORD.findall(report.text[a:b])}
            who = resolve_reading(report, reading, shipped(), shipped()).links
            for e, link in zip(reading.entities, who, strict=True):
                known = link.actor is not None and not link.actor.id.startswith(("name:", "anonymous"))
                self.kept |= {w.lower() for t in (*e.titles, *((e.name, *e.aliases) if known else ())) for w in _WORD.findall(t)}
        self.common = set(lower)
        self.kept |= {w for w, _ in lower.most_common(_FREQUENT)} | {w for w in lower if len(w) <= _SHORT}
        self.alike: dict[tuple[int, str], list[str]] = {}
        for w in sorted(lower.keys() - self.kept):
            self.alike.setdefault((len(w), w[-2:]), []).append(w)


class World:
    """One way of writing the sources differently, letter for letter."""

    def __init__(self, lexicon: Lexicon, number: int) -> None:
        rng = random.Random(number)
        self.number = number
        self.kept, self.common = lexicon.kept, lexicon.common
        self.place: dict[str, str] = {}
        self.was: dict[str, str] = {}
        for words in lexicon.alike.values():
            self.place.update(zip(words, rng.sample(words, len(words)), strict=True))
        letters = {**dict(zip(_VOWELS, rng.sample(_VOWELS, 6), strict=True)), **dict(zip(_CONSONANTS, rng.sample(_CONSONANTS, 20), strict=True))}
        self.letters = str.maketrans({**letters, **{a.upper(): b.upper() for a, b in letters.items()}})
        self.order = np.random.default_rng(number).permutation(384)
        self.moved = timedelta(days=rng.randrange(1500))

    def text(self, text: str) -> str:
        return _WORD.sub(self._word, text)

    def source(self, text: str) -> str:
        """What *text* was before."""
        return _WORD.sub(lambda m: self.was.get(m[0], m[0]), text)

    def _word(self, match: re.Match[str]) -> str:
        word = match[0]
        plain = word.lower()
        if plain in self.kept or not word.isascii():
            return word
        if plain in self.place:
            other = self.place[plain]
            other = other if word.islower() else other.upper() if word.isupper() else other.capitalize()
        else:
            other = word if plain in self.common else word.translate(self.letters)
        self.was[other] = word
        return other

    def report(self, report: sayso.Report, origin: str) -> sayso.Report:
        p = report.publication
        day = (date.fromisoformat(p.published[:10]) + self.moved).isoformat() if p.published else None
        return replace(report, text=self.text(report.text), origin=origin, publication=replace(p, published=day, title=p.title and self.text(p.title)))

    def reading(self, reading: Reading, report: sayso.Report) -> Reading:
        entities = tuple(
            replace(e, name=self.text(e.name), aliases=tuple(map(self.text, e.aliases)), titles=tuple(map(self.text, e.titles)))
            for e in reading.entities
        )
        return replace(reading, text_id=report.text_id, entities=entities)


class InWorld:
    """The encoder for the contents of one world: each is embedded as the source has it, once for all worlds (*known*)."""

    def __init__(self, encoder: Encoder, world: World, known: dict[str, Floats]) -> None:
        self.id, self._encoder, self._world, self._known = encoder.id, encoder, world, known

    def vector(self, text: str) -> Floats:
        plain = self._world.source(text)
        if plain not in self._known:
            self._known[plain] = self._encoder.vector(plain)
        return self._known[plain][self._world.order]


def composed(whole: list[Source], short: list[Source], reports: int, begun: int = 0) -> Iterator[tuple[World, sayso.Report, Reading]]:
    """Reports with their readings and worlds, from number *begun* on: a quarter of them as long as they are, then items: their beginnings."""
    rng = random.Random(begun)
    number = begun
    for read, most in ((whole, reports // 4), (short, reports)):
        lexicon = Lexicon(read)
        outlets = sorted({r.publication.outlet for r, _ in read if r.publication.outlet})
        while number < most:
            world = World(lexicon, number)
            for k, (report, reading) in enumerate(read):
                made = world.report(report, f"composed/{world.number}/{k}")
                if not made.publication.outlet or len(outlets) < 12:
                    made = replace(made, publication=replace(made.publication, outlet=rng.choice(OUTLETS)))
                found = world.reading(reading, made)
                here = [made]
                if rng.randrange(100) < COPIED:
                    here.append(replace(made, origin=f"{made.origin}/copy", publication=replace(made.publication, outlet=rng.choice(OUTLETS))))
                for one in here:
                    if number < most:
                        yield world, one, found
                        number += 1


def compose(path: Path, reports: int, whole: list[Source], short: list[Source]) -> None:
    """A record of so many reports; one that was stopped goes on."""
    scorer = shared_scorer()
    plain = scorer.encoder
    begun = time.monotonic()
    try:
        with sayso.Record(path) as record:
            record._db.execute("PRAGMA synchronous = OFF")
            known: dict[str, Floats] = {}
            world = None
            (there,) = record._db.execute("SELECT count(*) FROM reports").fetchone()
            for number, (here, report, reading) in enumerate(composed(whole, short, reports, there), there):
                if here is not world:
                    world = here
                    scorer.encoder = InWorld(plain, world, known)
                    record._vectors = Vectors()  # no content of another world is near one of this
                    record._vectors.empty()
                record._put_new(report, reading, sayso.Summary())
                if number % 500 == 499:
                    print(f"{number + 1} reports composed, {round(time.monotonic() - begun)} s", file=sys.stderr, flush=True)
    finally:
        scorer.encoder = plain


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("record", type=Path)
    asked.add_argument("--reports", type=int, default=20_000)
    asked.add_argument("--sources", type=Path, nargs="*", default=[])
    asked.add_argument("--most", type=int, default=600, help="of the sources")
    asked.add_argument("--length", type=int, default=2400, help="of each, in characters; it goes on to the end of that paragraph")
    asked.add_argument("--item", type=int, default=400, help="length of an item: of four reports three are")
    asked.add_argument("--readings", type=Path, help="folder for the readings of the sources, kept and used again")
    given = asked.parse_args()
    kept = {n: None if given.readings is None else given.readings / f"{n}.pickle" for n in (given.length, given.item)}
    whole, short = (sources(given.sources, given.most, n, kept[n]) for n in (given.length, given.item))
    compose(given.record, given.reports, whole, short)
    print(json.dumps({"sources": len(whole), "reports": given.reports, "bytes": given.record.stat().st_size}))


if __name__ == "__main__":
    main()
