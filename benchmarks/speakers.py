"""Measures who is speaking: speakers of statements, antecedents of pronouns, coreference.

    python benchmarks/speakers.py [--models DIR] [--shared DIR] [--show]

Data: 300 statements of PolNeAR dev whose source is a pronoun or a role (tests/gold/speakers_polnear_dev.jsonl, labelled by hand),
the quotations of BASIL whose speaker is named, and the half of the Wikinews reports that training/antecedents.py leaves out.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from evaluate import GOLD, SHARED, rows
from sayso.actors.actor import Actor
from sayso.actors.naming import folded
from sayso.actors.registry import shipped
from sayso.actors.resolve import Resolution, Voice, resolve_reading
from sayso.attribution.engine import Engine, default_models
from sayso.attribution.forms import form_of, quoted_in
from sayso.language.quotation import quoted_stretches
from sayso.mentions.lexicon import nouns
from sayso.mentions.speakers import find
from sayso.reading import Reading
from sayso.reports import Publication, Report
from sayso.statements import Statement

OUTLETS = {
    "nyt": "The New York Times", "wash-post": "The Washington Post", "usa-today": "USA Today", "politico": "Politico", "huff-post": "HuffPost",
    "breitbart": "Breitbart News", "fox": "Fox News", "hpo": "HuffPost",
}


_SMALL = frozenset("of the and for on in a an to".split())


def same_name(label: str, names: Iterable[str]) -> bool:
    """Whether one of *names* is the labelled one: the same last word and no other first one, most words, or the initials.

    Persons' first names may differ after the first letter (Bob, Robert: no; Joe, Joseph: yes); two campaigns are not one for that.
    """
    wanted = folded(label).split()
    for name in names:
        words = folded(name).split()
        if not words or not wanted:
            continue
        if words == wanted or len(set(words) & set(wanted)) * 2 >= len(set(words) | set(wanted)):
            return True
        if words[-1] == wanted[-1]:
            if len(words) == 1 or len(wanted) == 1 or words[0] in wanted or wanted[0] in words:
                return True
            if words[0][0] == wanted[0][0] and (words[-1],) not in nouns():
                return True
        if any(len(x) == 1 and x[0] in (_initials(y), "".join(w[0] for w in y)) and len(y) > 1 for x, y in ((words, wanted), (wanted, words))):
            return True
    return False


def _initials(words: list[str]) -> str:
    return "".join(w[0] for w in words if w not in _SMALL)


def same_description(label: str, names: Iterable[str]) -> bool:
    """Whether a label that is itself a description ("advisory panel to the ministry") has all words of one of *names* ("an advisory panel")."""
    words = [w for w in label.split() if w.lower() not in _SMALL]
    if not words or not (words[0].islower() or words[0][0].isdigit()):
        return False
    wanted = set(folded(label).split())
    told = [set(folded(name).split()) - _SMALL for name in names]
    return any(name and name <= wanted for name in told)


@dataclass
class Tally:
    """Answers that were right and wrong, and questions left open."""

    right: int = 0
    wrong: int = 0
    unknown: int = 0
    shown: list[str] = field(default_factory=list)

    def add(self, verdict: str) -> None:
        setattr(self, verdict, getattr(self, verdict) + 1)

    def figures(self) -> dict[str, Any]:
        total = self.right + self.wrong + self.unknown
        answered = self.right + self.wrong
        return {
            "of_all": self.right / total if total else 0.0, "of_answered": self.right / answered if answered else 0.0,
            "unknown": self.unknown / total if total else 0.0, "n": total, "interval": wilson(self.right, total),
        }


def wilson(right: int, total: int) -> list[float]:
    """95 % interval of a share (Wilson's score)."""
    if not total:
        return [0.0, 1.0]
    z, p = 1.96, right / total
    middle, half = p + z * z / (2 * total), z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total))
    return [(middle - half) / (1 + z * z / total), (middle + half) / (1 + z * z / total)]


def gold_statements(text: str, attributions: list[dict[str, Any]]) -> list[Statement]:
    """The corpus's attributions as statements, with parents by their spans."""
    stretches = quoted_stretches(text)
    made = []
    for a in attributions:
        parts = {r: tuple(sorted((s["start"], s["end"]) for s in a[r])) for r in ("source", "cue", "content")}
        if parts["content"]:
            quoted = quoted_in(parts["content"], stretches)
            after = parts["cue"][0][1] if parts["cue"] else 0
            made.append(Statement(parts["source"], parts["cue"], parts["content"], quoted, form_of(text, parts["content"], quoted, after), "say", False, None, 1.0))
    out = []
    for i, s in enumerate(made):
        at = (s.cue or s.content)[0]
        around = [(sum(e - b for b, e in o.content), j) for j, o in enumerate(made) if j != i and any(b <= at[0] and at[1] <= e for b, e in o.content)]
        out.append(replace(s, parent=min(around)[1] if around else None))
    for i, s in enumerate(out):  # twins that hold each other stand in none
        seen, at_parent = {i}, s.parent
        while at_parent is not None and at_parent not in seen:
            seen.add(at_parent)
            at_parent = out[at_parent].parent
        if at_parent is not None:
            out[i] = replace(s, parent=None)
    return out


def resolved(engine: Engine, text: str, publication: Publication, statements: list[Statement] | None = None) -> tuple[Reading, Resolution]:
    """One report, read and resolved; with *statements* those instead of the engine's own."""
    encoding = engine.encode(text)
    found_statements = tuple(statements) if statements is not None else engine.statements(text, encoding)
    found = find(text, encoding, found_statements, engine.network.transitions["name"])
    reading = Reading("", "", found_statements, found.mentions, found.entities, found.speakers)
    return reading, resolve_reading(Report(text, publication), reading, shipped(), shipped())


def names_of(voice: Voice, reading: Reading, number: int) -> list[str]:
    """All names under which the speaker found goes."""
    out = [voice.speaker.name] if voice.speaker else []
    who = reading.speakers[number]
    for n in who.entities if who else ():
        entity = reading.entities[n]
        out += [entity.name, *entity.aliases]
    return out


def polnear(engine: Engine, shared: Path) -> dict[str, Any]:
    """Speakers of statements whose source is a pronoun or a role, given the corpus's own spans."""
    docs = {d["doc"]: d for d in rows(shared / "data" / "polnear" / "dev.jsonl")}
    labels: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(GOLD / "speakers_polnear_dev.jsonl"):
        labels[row["doc"]].append(row)
    tallies: dict[str, Tally] = defaultdict(Tally)
    for name, wanted in labels.items():
        text = docs[name]["text"]
        statements = gold_statements(text, docs[name]["annotations"][0]["attributions"])
        outlet, day = name.split("_")[:2]
        reading, resolution = resolved(engine, text, Publication(outlet=OUTLETS.get(outlet), published=day), statements)
        at = {(s.source[0][0], s.source[-1][1]): k for k, s in enumerate(statements) if s.source}
        for label in wanted:
            number = at.get(tuple(label["source"]))
            verdict = "unknown" if number is None else _verdict(label, resolution.voices[number], reading, number)
            for group in ("all", label["form"], f"{label['form']} {label['kind']}"):
                tallies[group].add(verdict)
            if verdict != "right" and number is not None:
                a, b = label["source"]
                voice = resolution.voices[number]
                tallies["all"].shown.append(
                    f"{verdict} {label['form']} {label['kind']}: {label['speaker']} | {voice.speaker.name if voice.speaker else voice.reason} | "
                    + " ".join(text[max(0, a - 110) : a].split()) + f" [[{text[a:b]}]] " + " ".join(text[b : b + 30].split())
                )
    return {"figures": {k: v.figures() for k, v in sorted(tallies.items())}, "shown": tallies["all"].shown}


def _verdict(label: dict[str, Any], voice: Voice, reading: Reading, number: int) -> str:
    if label["kind"] == "generic":  # nobody in particular: no speaker, or one that is not named, is right
        return "right" if voice.speaker is None or voice.speaker.kind in ("anonymous", "group") else "wrong"
    if voice.speaker is None:
        return "unknown"
    names = names_of(voice, reading, number)
    if any(n.actor == voice.speaker.id for n in shipped().named(folded(label["speaker"]))):
        return "right"
    if voice.speaker.kind == "anonymous" and same_description(label["speaker"], names):
        return "right"
    if label["kind"] == "anonymous":
        return "right" if voice.speaker.kind == "anonymous" or same_name(label["speaker"], names) else "wrong"
    if label["kind"] == "group":
        names = [m.name for m in voice.members] or names
        return "right" if any(same_name(part, names) for part in label["speaker"].split(" + ")) else "wrong"
    if voice.members and not same_name(label["speaker"], names):  # "The Orvan Post/Vel News": both
        parts = re.split(r"[/–-]", label["speaker"])
        return "right" if len(parts) == len(voice.members) and all(any(_named_so(p, m) for m in voice.members) for p in parts) else "wrong"
    return "right" if same_name(label["speaker"], names) else "wrong"


def _named_so(label: str, actor: Actor) -> bool:
    return same_name(label, [actor.name]) or any(n.actor == actor.id for n in shipped().named(folded(label)))


def basil(engine: Engine, shared: Path) -> dict[str, Any]:
    """Quotations whose speaker is a named person or body: the speaker of the statement that holds most of each."""
    tally, spoken_for = Tally(), 0
    for d in rows(shared / "data" / "basil" / "articles.jsonl"):
        spans = [s for s in d["spans"] if s["quote"] and s["in"] == "text" and named(s["speaker"])]
        if not spans:
            continue
        reading, resolution = resolved(engine, d["text"], Publication(outlet=OUTLETS.get(d["outlet"]), published=d["date"]))
        for s in spans:
            best, most = None, 0
            for k, statement in enumerate(reading.statements):
                shared_words = sum(max(0, min(e, s["end"]) - max(b, s["start"])) for b, e in statement.content)
                if statement.parent is None and shared_words > most:
                    best, most = k, shared_words
            label = s["speaker"].replace("_", " ")
            verdict = "unknown"
            voice = resolution.voices[best] if best is not None else None
            if best is not None and voice is not None and voice.speaker is not None:
                verdict = "right" if same_name(label, [*names_of(voice, reading, best), *(m.name for m in voice.members)]) else "wrong"
                if verdict == "wrong" and speaks_for(label, reading, best):
                    spoken_for += 1
                    verdict = "right"
            tally.add(verdict)
            if verdict != "right":
                tally.shown.append(f"{verdict} {label} | {voice.speaker.name if voice and voice.speaker else None} | {s['text'][:110]!r}")
    return {"figures": {**tally.figures(), "by_spokesperson": spoken_for}, "shown": tally.shown}


def speaks_for(label: str, reading: Reading, number: int) -> bool:
    """Whether the speaker found is called by the text a spokesperson of the labelled body, by which BASIL then goes."""
    who = reading.speakers[number]
    titles = [folded(t) for n in (who.entities if who else ()) for t in reading.entities[n].titles]
    return any(folded(label) in t and re.search(r"spokes(?:man|woman|person)", t) for t in titles)


def named(speaker: str | None) -> bool:
    """Whether BASIL's speaker is one person or body, not a role (other_anti) or a collective (Democratic lawmakers)."""
    return bool(speaker) and speaker[0].isupper() and not re.search(r"(?i)other|unknown|lawmakers|democrats|republicans|members|officials|plaintiffs", speaker or "")


def antecedents(engine: Engine, shared: Path) -> dict[str, Any]:
    """Pronouns that mean an actor in the Wikinews texts kept from training: the antecedent is right where any mention of its chain is.

    Persons, organisations and places: "them" for animals or ideas is nobody's to find.
    """
    tally, none = Tally(), Tally()
    for d in wikinews(shared, part=1):
        reading, _ = resolved(engine, d["text"], Publication())
        gold = {(m["start"], m["end"]): m["cluster"] for m in d["mentions"]}
        clusters: dict[int, Counter[Any]] = defaultdict(Counter)
        for mention in reading.mentions:
            if mention.how != "pronoun":
                cluster = near(mention.span, d["mentions"])
                if cluster is not None:
                    clusters[mention.entity][cluster] += 1
        found = {m.span: m.entity for m in reading.mentions if m.how == "pronoun"}
        actors = {m["cluster"] for m in d["mentions"] if m["entity_type"] in ("person", "organization", "place")}
        namings = Counter(m["cluster"] for m in d["mentions"] if d["tokens"][m["first_token"]]["upos"] != "PRON")
        for (start, end), cluster in gold.items():
            if cluster not in actors or d["text"][start:end].lower() not in ("he", "him", "his", "she", "her", "they", "them", "their"):
                continue
            if not namings[cluster]:
                none.add("right" if (start, end) not in found else "wrong")  # never named in the text
                continue
            entity = found.get((start, end))
            tally.add("unknown" if entity is None else "right" if clusters[entity][cluster] else "wrong")
    return {"figures": tally.figures(), "never_named": none.figures()}


def near(span: tuple[int, int], mentions: list[dict[str, Any]]) -> Any:
    """The cluster of the gold mention that covers the same words for the most part."""
    best, most = None, 0.5
    for m in mentions:
        both = min(span[1], m["end"]) - max(span[0], m["start"])
        share = both / (max(span[1], m["end"]) - min(span[0], m["start"]))
        if both > 0 and share >= most:
            best, most = m["cluster"], share
    return best


def wikinews(shared: Path, part: int) -> list[dict[str, Any]]:
    """Half of the documents: 0 to train on, 1 to measure on."""
    docs = [d for kind in ("news", "interview") for d in rows(shared / "data" / "coreference" / f"{kind}.jsonl")]
    return [d for i, d in enumerate(sorted(docs, key=lambda d: d["doc"])) if i % 2 != part]


def measure(engine: Engine, shared: Path = SHARED) -> dict[str, Any]:
    """All figures that the data at hand allow."""
    out: dict[str, Any] = {}
    for name, part, needs in (("speakers_polnear", polnear, "polnear"), ("speakers_basil", basil, "basil"), ("antecedents", antecedents, "coreference")):
        if (shared / "data" / needs).exists():
            out[name] = part(engine, shared)
        else:
            print(f"no {needs} under {shared}: its figures are left out", file=sys.stderr)
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    ap.add_argument("--models", type=Path, default=default_models())
    ap.add_argument("--shared", type=Path, default=SHARED)
    ap.add_argument("--show", action="store_true", help="print what was wrong")
    args = ap.parse_args()
    result = measure(Engine(args.models), args.shared)
    for name, part in result.items():
        print(name, json.dumps({k: v for k, v in part.items() if k != "shown"}, indent=1))
        if args.show:
            print("\n".join(random.Random(1).sample(part.get("shown", []), len(part.get("shown", [])))))


if __name__ == "__main__":
    main()
