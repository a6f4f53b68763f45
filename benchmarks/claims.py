"""Measures claims: groups and positions against two stories labelled exhaustively.

    python benchmarks/claims.py [--shared DIR] [--show]

Gold: tests/gold/claims_outlets.jsonl (offsets, names and positions; the texts are in SHARED/data/outlets). khashoggi-2018 was
tuned on, iran-deal-2015 only scored. Its first labeller grouped by matter; tests/gold/claims_strict.jsonl has the same positions parted
into propositions by two readers, blind to each other, by a fact-checker's standard (who affirms the one affirms the other): "strict".
tests/gold/claims_basil.jsonl: pairs drawn from the claims that were made of BASIL, each judged once; the figure is of those that are
still in one claim.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from evaluate import GOLD, SHARED, rows
from sayso import Analysis, Publication, Report, analyse
from sayso.claims.claims import Claim, Content, Member, claims_of, contents_of
from sayso.claims.encoder import shared_encoder
from sayso.claims.grouping import Link, components
from sayso.claims.likeness import Parsed, parsed
from sayso.claims.neighbours import neighbours
from sayso.claims.polarity import affirmed
from sayso.claims.scorer import shared_scorer
from sayso.language.sentences import sentences
from sayso.reports import content_hash
from sayso.spans import Spans, length, overlap

STORIES = ("khashoggi-2018", "iran-deal-2015")


@dataclass(frozen=True)
class Labelled:
    """One gold position."""

    claim: int
    report: str
    speaker: str
    position: str
    spans: Spans


@dataclass
class Counts:
    """Pairs that were found, and that should have been."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def figures(self) -> dict[str, float]:
        return {"precision": self.right / max(1, self.given), "recall": self.right / max(1, self.wanted), "given": self.given, "wanted": self.wanted}


def gold(story: str) -> list[Labelled]:
    return [
        Labelled(r["claim"], r["report"], r["speaker"], r["position"], tuple((a, b) for a, b in r["spans"]))
        for r in rows(GOLD / "claims_outlets.jsonl") if r["story"] == story
    ]


def story_of(shared: Path, story: str) -> list[Analysis]:
    return [
        analyse(Report(r["text"], Publication(outlet=r["outlet"], published=r["date"]), origin=r["id"]))
        for r in rows(shared / "data" / "outlets" / f"{story}.jsonl")
    ]


def fits(a: Spans, b: Spans) -> float:
    """How well two contents are one: common characters over those of the longer, or nearly all of the shorter."""
    common = overlap(a, b)
    return max(common / max(1, max(length(a), length(b))), 0.9 * common / max(1, min(length(a), length(b))) - 0.3)


def matched(labelled: Sequence[Labelled], contents: Sequence[Content], origins: dict[str, str], least: float = 0.4) -> dict[int, str]:
    """The machine's content for each gold position (by number): the best fitting of its report, one whose position agrees first."""
    by_report: dict[str, list[Content]] = defaultdict(list)
    for c in contents:
        by_report[origins[c.report]].append(c)
    out = {}
    for n, g in enumerate(labelled):
        best = max(
            ((fits(c.spans, g.spans), _agrees(c, g), c.confidence, c.id) for c in by_report[g.report] if fits(c.spans, g.spans) >= least),
            key=lambda x: (x[1] + (x[0] > 0.6) / 2, x[0], x[2], x[3]), default=None,
        )
        if best is not None:
            out[n] = best[3]
    return out


def _agrees(c: Content, g: Labelled) -> float:
    words = set(g.speaker.lower().replace("(", "").replace(")", "").split()) - {"the", "a", "an", "of", "us"}
    named = {w for a in (*c.voices, *([c.side] if c.side else [])) for w in a.name.lower().split()}
    return float(bool(words & named))


def score_story(
    labelled: Sequence[Labelled], contents: Sequence[Content], claims: Iterable[Claim], origins: dict[str, str], *, show: bool = False
) -> dict[str, Any]:
    held = matched(labelled, contents, origins)
    of: dict[str, set[int]] = defaultdict(set)  # gold claims of each content
    for n, c in held.items():
        of[c].add(labelled[n].claim)
    by_id = {c.id: c for c in contents}
    home = {m.content: (k, m.sign) for k, claim in enumerate(claims) for m in claim.members}
    pairs, whole = Counts(), 0
    groups: dict[int, list[int]] = defaultdict(list)
    for n, g in enumerate(labelled):
        groups[g.claim].append(n)
    wanted: set[tuple[str, str]] = set()
    for members in groups.values():
        for p, q in combinations(members, 2):
            if labelled[p].report != labelled[q].report or labelled[p].speaker != labelled[q].speaker:
                whole += 1
                if p in held and q in held and held[p] != held[q]:
                    wanted.add((min(held[p], held[q]), max(held[p], held[q])))
    given: set[tuple[str, str]] = set()
    inside: dict[int, list[str]] = defaultdict(list)
    for c in sorted(of):
        if c in home:
            inside[home[c][0]].append(c)
    for members in inside.values():
        for x, y in combinations(members, 2):
            a, b = by_id[x], by_id[y]
            if a.report != b.report or {v.id for v in a.voices} != {v.id for v in b.voices}:
                given.add((x, y))
    right = {(x, y) for x, y in given if of[x] & of[y]}
    if show:
        for x, y in sorted(given - right):
            print("WRONG", by_id[x].text, "<>", by_id[y].text)
    pairs = Counts(len(right), len(given), len(wanted))
    joined = sum(
        any(
            held[m] != c and labelled[m].claim == labelled[n].claim and c in home and held[m] in home and home[held[m]][0] == home[c][0]
            and (labelled[m].report, labelled[m].speaker) != (labelled[n].report, labelled[n].speaker) for m in held
        ) for n, c in held.items()
    )  # fmt: skip
    # positions: for each claim of the machine's the direction in which it agrees better with the gold claim that most of it is
    ok = judged = 0
    for members in inside.values():
        common = Counter(g for c in members for g in of[c])
        if len(members) < 2:
            continue
        best = min(common, key=lambda g: (-common[g], g))
        told = [(labelled[n].position, c) for n, c in held.items() if labelled[n].claim == best and c in members]
        ways = []
        for way in (1, -1):
            hits = 0
            for position, c in told:
                said = position_in(by_id[c], home[c][1] * way)
                hits += said == position
                if show and said != position and way == 1:
                    print("POSITION", position, said, by_id[c].text)
            ways.append(hits)
        ok += max(ways)
        judged += len(told)
    return {
        "positions": len(labelled), "statement_found": len(held) / max(1, len(labelled)), "pairs": pairs.figures(),
        "joined": joined / max(1, len(labelled)),  # positions that stand with another of their claim
        "recall_of_all": len(right) / max(1, whole), "positions_right": ok / max(1, judged), "positions_judged": judged, "claims": len(inside),
    }


def strictly(story: str) -> list[dict[int, set[int]]]:
    """By reader, the propositions in which each gold position (by its number within the story) stands."""
    out: list[dict[int, set[int]]] = [defaultdict(set), defaultdict(set)]
    for row in rows(GOLD / "claims_strict.jsonl"):
        if row["story"] == story:
            for n in (*row.get("for", ()), *row.get("against", ()), *row.get("doubt", ())):
                out[row["reader"] - 1][n].add(row["proposition"])
    return out


def score_strictly(
    story: str, labelled: Sequence[Labelled], contents: Sequence[Content], claims: Iterable[Claim], origins: dict[str, str], *, show: bool = False
) -> dict[str, Any]:
    """Pairs of contents in one claim against two readers' propositions: right if either reader has both in one, wanted if both readers have."""
    readers = strictly(story)
    of: dict[str, set[int]] = defaultdict(set)
    for n, c in matched(labelled, contents, origins).items():
        of[c].add(n)
    by_id = {c.id: c for c in contents}
    home = {m.content: k for k, claim in enumerate(claims) for m in claim.members}
    given = right = found = wanted = 0
    for x, y in combinations(sorted(of), 2):
        a, b = by_id[x], by_id[y]
        if a.report == b.report and {v.id for v in a.voices} == {v.id for v in b.voices}:
            continue
        one = [any(r[p] & r[q] for p in of[x] for q in of[y]) for r in readers]
        joined = x in home and home[x] == home.get(y)
        given, right = given + joined, right + (joined and any(one))
        found, wanted = found + (joined and all(one)), wanted + all(one)
        if show and joined and not any(one):
            print("STRICTLY WRONG", a.text, "<>", b.text)
    pairs = [
        (p, q) for p, q in combinations(range(len(labelled)), 2)
        if (labelled[p].report, labelled[p].speaker) != (labelled[q].report, labelled[q].speaker)
    ]  # fmt: skip
    first, second = ([bool(r[p] & r[q]) for p, q in pairs] for r in readers)
    both = sum(map(all, zip(first, second, strict=True)))
    return {
        "precision": right / max(1, given), "recall": found / max(1, wanted), "given": given, "wanted": wanted,
        "readers_agree": 2 * both / max(1, sum(first) + sum(second)),  # F1 of the one against the other, over all positions
    }


def position_in(c: Content, sign: int) -> str:
    return "doubt" if c.position == "other" else c.position if sign > 0 else {"for": "against", "against": "for"}[c.position]


def by_cosine(contents: Sequence[Content], least: float) -> list[Claim]:
    """The plain baseline: contents are one claim if a chain of neighbours at this cosine joins them; nobody negates anything."""
    encoder = shared_encoder()
    vectors = np.stack([encoder.vector(c.text) for c in contents])
    keys = [c.id for c in contents]
    links = [Link(min(keys[i], keys[j]), max(keys[i], keys[j]), s) for i, j, s in neighbours(vectors, near=least)]
    by_id = {c.id: c for c in contents}
    out = []
    for component in components(keys, links):
        some = tuple(by_id[key] for key in component)
        out.append(Claim(component[0], some[0].text, some, tuple(Member(c.id, 1) for c in some)))
    return out


def area(scores: Sequence[float], right: Sequence[bool]) -> float:
    """The chance that a right one scores higher than a wrong one (area under the ROC curve)."""
    order = np.argsort(np.argsort(scores)) + 1.0
    good = np.array(right)
    n, m = good.sum(), (~good).sum()
    return float((order[good].sum() - n * (n + 1) / 2) / (n * m)) if n and m else 0.0


def pair_scores(pairs: Sequence[tuple[str, str]]) -> tuple[list[float], list[float]]:
    """Of each pair of sentences the scorer's score and the cosine."""
    scorer, known = shared_scorer(), {}

    def plain(text: str) -> Parsed:
        if text not in known:
            made, _ = affirmed(text)
            known[text] = parsed(made, scorer.encoder.vector(made))
        return known[text]

    made = [(plain(a), plain(b)) for a, b in pairs]
    return [scorer.score(a, b) for a, b in made], [float(a.vector @ b.vector) for a, b in made]


def claimdiff(shared: Path) -> dict[str, Any]:
    """ClaimDiff: whether one claim strengthens, and whether it weakens another, told by score and cosine. Neither is what the scorer learned."""
    data = list(rows(shared / "data" / "claims" / "claimdiff_train.jsonl"))
    score, cosine = pair_scores([(r["claim_a"], r["claim_b"]) for r in data])
    return {
        what: {"area_score": area(score, [r[what] for r in data]), "area_cosine": area(cosine, [r[what] for r in data])}
        for what in ("strengthens", "weakens")
    }


def stances(shared: Path, *, most: int = 400, sentences_of_each: int = 6) -> dict[str, float]:
    """FNC-1: whether a text is of its headline's matter at all, by the best of its first sentences, on a sample of pairs."""
    bodies = {r["body_id"]: r["text"] for r in rows(shared / "data" / "claims" / "fnc1_bodies.jsonl")}
    data = sorted(rows(shared / "data" / "claims" / "fnc1_stances.jsonl"), key=lambda r: content_hash(r["headline"], r["body_id"]))[:most]
    pairs, of = [], []
    for n, r in enumerate(data):
        for start, end in sentences(bodies[r["body_id"]])[:sentences_of_each]:
            pairs.append((r["headline"], bodies[r["body_id"]][start : min(end, start + 400)]))
            of.append(n)
    score, cosine = pair_scores(pairs)
    related = [r["stance"] != "unrelated" for r in data]
    best = [[0.0] * len(data), [0.0] * len(data)]
    for n, s, c in zip(of, score, cosine, strict=True):
        best[0][n], best[1][n] = max(best[0][n], s), max(best[1][n], c)
    return {"area_score": area(best[0], related), "area_cosine": area(best[1], related), "pairs": float(len(data))}


def interval(right: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson)."""
    z, n, p = 1.96, max(1, count), right / max(1, count)
    middle, half = (p + z * z / (2 * n)) / (1 + z * z / n), z * float(np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n)
    return middle - half, middle + half


def judged(shared: Path) -> dict[str, Any]:
    """Of the judged pairs of BASIL that are in one claim the share that says the same."""
    analyses = [
        analyse(Report(r["text"], Publication(outlet=r["outlet"], published=r["date"][:10] if r["date"] else None), origin=f"{r['event']}/{r['outlet']}"))
        for r in rows(shared / "data" / "basil" / "articles.jsonl")
    ]
    contents = [c for a in analyses for c in contents_of(a.report, a.reading, a.resolution)]
    origins = {a.report.id: a.report.origin for a in analyses}
    home = {(origins[c.report], c.spans): k for k, claim in enumerate(claims_of(contents)) for c in claim.contents}
    kept, right = 0, 0
    for row in rows(GOLD / "claims_basil.jsonl"):
        a, b = (home.get((row[side]["report"], tuple((s, e) for s, e in row[side]["spans"]))) for side in "ab")
        if a is not None and a == b:
            kept += 1
            right += row["same"]
    return {"pairs": kept, "precision": right / max(1, kept), "interval": interval(right, kept)}


def measure(shared: Path, *, beside: bool = False, show: bool = False) -> dict[str, Any]:
    """Figures by story; with *beside* those of the plain baseline, of BASIL, ClaimDiff and FNC-1, too."""
    out: dict[str, Any] = {}
    if not (shared / "data" / "outlets").is_dir():
        return out
    for story in STORIES:
        analyses = story_of(shared, story)
        contents = [c for a in analyses for c in contents_of(a.report, a.reading, a.resolution)]
        origins = {a.report.id: a.report.origin for a in analyses}
        claims = claims_of(contents)
        out[f"claims_{story}"] = score_story(gold(story), contents, claims, origins, show=show)
        out[f"claims_{story}"]["strict"] = score_strictly(story, gold(story), contents, claims, origins, show=show)
        if beside:
            for least in (0.7, 0.8, 0.85):
                out[f"claims_{story}"][f"cosine_{least}"] = score_story(gold(story), contents, by_cosine(contents, least), origins)["pairs"]
    if beside:
        out["claims_basil"] = judged(shared)
        out["claimdiff"] = claimdiff(shared)
        out["fnc1"] = stances(shared)
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--shared", type=Path, default=SHARED)
    ap.add_argument("--show", action="store_true", help="print pairs and positions that are wrong")
    args = ap.parse_args()
    print(json.dumps(measure(args.shared, beside=True, show=args.show), indent=1))


if __name__ == "__main__":
    main()
