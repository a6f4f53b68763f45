"""Measures sayso check: alterations composed by rule, and quotations that are word for word.

    python benchmarks/check.py [--shared DIR] [--show]

Transcripts are composed from direct quotations of PolNeAR that are whole sentences: two speakers take turns of several quotations each, the
lines broken at 70 columns. Every quotation held against them is one of theirs, set in another typography or altered in one way by rule, so
that what was done is known. Documents are parted in two by their names: rules were mended on "tuned", "held" is only scored. Nothing of the
texts is printed without --show.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import textwrap
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluate import SHARED, rows
from sayso.checking.check import _finding
from sayso.checking.passages import Source
from sayso.checking.transcripts import transcript
from sayso.language.sentences import sentences
from sayso.quotes.words import keys, words_of

SPEAKERS = ("Pavel Orlan", "Inga Tarrow")
TURN = 4  # quotations a turn
TURNS = 12  # turns a transcript
KIND = 60  # alterations of each kind, at most
VERBATIM = 1000
FEWEST_WORDS = 8
NEGATIONS = re.compile(r"\b(?:not |never )|(?<=[a-z]{2})(?<!\bwo)(?<!\bca)(?<!\bsha)(?<!\bai)n[’']t\b")
HEDGES = re.compile(r"\b(?:perhaps|maybe|probably|possibly|apparently|I think|I believe|I guess)\b,? ", re.I)
CONDITION = re.compile(r",? \b(?:if|unless|as long as|until|provided)\b [^.?!]{10,}(?=[.?!]$)")
SUBJECT = re.compile(r"(?:I|We|He|She|They|It|You|That|This) (?=(?:am|is|are|was|were|will|would|can|could|should|must|have|has|had) )")
BRACKETS = re.compile(r"[\[\]…]|\.\.\.|\. \. \.")


@dataclass(frozen=True)
class Case:
    kind: str
    quote: str
    speaker: str | None
    verdicts: frozenset[str]
    lost: str | None = None


def part(doc: str) -> str:
    return "held" if int(hashlib.sha256(doc.encode()).hexdigest(), 16) % 2 else "tuned"


def quotations(shared: Path) -> dict[str, list[str]]:
    """Direct quotations of whole sentences, each wording once, by part."""
    out: dict[str, list[str]] = {"tuned": [], "held": []}
    seen: set[tuple[str, ...]] = set()
    for name in ("train", "dev"):
        for row in rows(shared / "data" / "polnear" / f"{name}.jsonl"):
            for annotation in row["annotations"]:
                for attribution in annotation["attributions"]:
                    for span in attribution["content"]:
                        text = re.sub(r"\s+", " ", row["text"][span["start"] : span["end"]]).strip()
                        if not (text.startswith(("“", '"')) and text.endswith(("”", '"'))) or any(mark in text[1:-1] for mark in "“”\""):
                            continue
                        said = text[1:-1].strip()
                        wording = keys(words_of(said))
                        if len(wording) < FEWEST_WORDS or len(wording) > 120 or wording in seen or BRACKETS.search(said) or not said[0].isupper():
                            continue
                        seen.add(wording)
                        out[part(row["doc"])].append(re.sub(r",$", ".", said) if said[-1] in ".,?!" else said + ".")
    return out


def composed(said: list[str], rng: random.Random) -> Iterator[tuple[str, list[list[str]]]]:
    """Transcripts, and the quotations of each of their turns; speakers take turns."""
    rng.shuffle(said)
    size = TURN * TURNS
    for start in range(0, len(said) - size + 1, size):
        turns = [said[k : k + TURN] for k in range(start, start + size, TURN)]
        labels = [SPEAKERS[n % 2].split()[-1].upper() for n in range(TURNS)]
        text = "\n\n".join("\n".join(textwrap.wrap(f"{label}: {' '.join(turn)}", 70, break_on_hyphens=False)) for label, turn in zip(labels, turns, strict=True))
        yield text, turns


def typography(quote: str, rng: random.Random) -> str:
    """The same words, as another desk would set them."""
    swaps: list[Callable[[str], str]] = [
        lambda q: q.replace("’", "'").replace("‘", "'"), lambda q: q.replace("'", "’"), lambda q: q.replace("—", " – ").replace("--", "—"),
        lambda q: q.replace(" – ", "—"), lambda q: q[0].lower() + q[1:], lambda q: re.sub(r"[.]$", ",", q), lambda q: q.replace(" ", "\n", 1),
        lambda q: q.replace(" ", "\u00a0", 1), lambda q: f"“{q}”", lambda q: f'"{q}"',
    ]  # fmt: skip
    for swap in rng.sample(swaps, 3):
        quote = swap(quote)
    return quote


def first_sentences(quote: str) -> list[str]:
    return [quote[a:b] for a, b in sentences(quote)]


def alterations(turns: list[list[str]], others: list[str], rng: random.Random) -> Iterator[Case]:
    words = [w for turn in turns for q in turn for w in q.split() if w.isalpha() and len(w) > 5 and w.islower()]
    for number, turn in enumerate(turns):
        speaker, other = SPEAKERS[number % 2], SPEAKERS[(number + 1) % 2]
        for quote in turn:
            sentence = max(first_sentences(quote), key=len)
            tokens = sentence.split()
            if len(tokens) < FEWEST_WORDS:
                continue
            places = [n for n in range(2, len(tokens) - 2) if tokens[n].isalpha() and len(tokens[n]) > 4]
            if places:
                n = rng.choice(places)
                word = rng.choice([w for w in words if keys(words_of(w)) != keys(words_of(tokens[n])) and w not in tokens])
                yield Case("word replaced", " ".join([*tokens[:n], word, *tokens[n + 1 :]]), speaker, frozenset({"altered"}))
            found = NEGATIONS.search(sentence)
            if found:
                yield Case("negation dropped", sentence[: found.start()] + sentence[found.end() :], speaker, frozenset({"trimmed"}), "negation")
            found = HEDGES.search(sentence)
            if found and len(sentence[: found.start()].split()) + len(sentence[found.end() :].split()) > 4:
                yield Case("hedge dropped", sentence[: found.start()] + sentence[found.end() :], speaker, frozenset({"trimmed"}), "hedge")
            found = CONDITION.search(sentence)
            if found and len(sentence[: found.start()].split()) > 4:
                yield Case("condition cut", sentence[: found.start()] + ".", speaker, frozenset({"trimmed"}), "condition")
            found = SUBJECT.match(sentence)
            if found:
                yield Case("subject cut", sentence[found.end() :], speaker, frozenset({"trimmed"}), "subject")
            cut = rng.randint(2, len(tokens) // 2)
            yield Case("trimmed head", " ".join(tokens[cut:]), speaker, frozenset({"trimmed"}))
            yield Case("trimmed tail", " ".join(tokens[:-cut]), speaker, frozenset({"trimmed"}))
            if len(tokens) >= 14:
                n = rng.randint(4, len(tokens) - 8)
                shorter = " ".join([*tokens[:n], *tokens[n + rng.randint(2, 4) :]])
                rest = iter(keys(words_of(sentence)))
                if all(key in rest for key in keys(words_of(shorter))):  # "ten thousand" without its "ten" is another number
                    yield Case("trimmed middle", shorter, speaker, frozenset({"trimmed"}))
                n = len(tokens) // 2
                yield Case("reordered", " ".join([*tokens[n:], *tokens[:n]]), speaker, frozenset({"reordered"}))
            far = max(first_sentences(turns[(number + 4) % len(turns)][0]), key=len).split()
            if len(far) >= 12 and len(tokens) >= 12:
                yield Case("spliced", " ".join([*tokens[: len(tokens) // 2], *far[len(far) // 2 :]]), speaker, frozenset({"spliced"}))
            yield Case("other speaker", quote, other, frozenset({"other speaker"}))
            yield Case("invented", max(first_sentences(rng.choice(others)), key=len), speaker, frozenset({"not found"}))


def measure(shared: Path = SHARED, *, show: bool = False) -> dict[str, Any]:
    """Figures by part and kind: how many alterations, the share with the right verdict (and loss), and verbatim ones called something else."""
    if not (shared / "data" / "polnear" / "train.jsonl").exists():
        return {}
    out: dict[str, Any] = {}
    for name, said in quotations(shared).items():
        rng = random.Random(17)
        right: defaultdict[str, Counter[bool]] = defaultdict(Counter)
        verbatim: Counter[str] = Counter()
        missed: list[str] = []
        spare = [said.pop() for _ in range(min(200, len(said) // 4))]
        for text, turns in composed(said, rng):
            source = Source(transcript(text))
            for case in alterations(turns, spare, rng):
                if sum(right[case.kind].values()) >= KIND:
                    continue
                finding = _finding(source, words_of(case.quote), (case.speaker,) if case.speaker else (), ())
                ok = finding.verdict in case.verdicts and (case.lost is None or case.lost in finding.lost)
                right[case.kind][ok] += 1
                if not ok:
                    missed.append(f"{name} {case.kind}: {finding.verdict} {finding.lost} | {case.quote}")
            for number, turn in enumerate(turns):
                for quote in turn:
                    if sum(verbatim.values()) < VERBATIM:
                        set_anew = typography(quote, rng)
                        finding = _finding(source, words_of(set_anew), (SPEAKERS[number % 2],), ())
                        verbatim[finding.verdict] += 1
                        if finding.verdict != "verbatim":
                            missed.append(f"{name} verbatim: {finding.verdict} {finding.cuts} {finding.share} | {set_anew!r}")
        figures = {kind: {"n": sum(c.values()), "right": c[True] / sum(c.values())} for kind, c in sorted(right.items())}
        out[name] = {"alterations": figures, "verbatim": dict(verbatim)}
        if show:
            print("\n".join(missed))
    return {"check": out}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--show", action="store_true", help="print what was missed")
    args = parser.parse_args()
    print(json.dumps(measure(args.shared, show=args.show), indent=1))


if __name__ == "__main__":
    main()
