"""Charts: bars over time and the map of disputes, as SVG that needs neither script nor style of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from markupsafe import Markup

WIDTH: Final = 720
HEIGHT: Final = 132
_BASE: Final = HEIGHT - 20
_TOP: Final = 14


def bars(rows: Sequence[Mapping[str, Any]], keys: Sequence[str], *, title: str, names: Mapping[str, str]) -> Markup:
    """One bar a period, *keys* stacked in it; *names* say what each of *keys* counts."""
    if not rows:
        return Markup("")
    most = max(sum(row[key] for key in keys) for row in rows) or 1
    step = WIDTH / len(rows)
    gap = 1.0 if step > 3 else 0.0
    out = [
        Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}" preserveAspectRatio="none">').format(WIDTH, HEIGHT, title),
        Markup('<line class="axis" x1="0" x2="{}" y1="{}" y2="{}"/>').format(WIDTH, _BASE, _BASE),
    ]
    for n, row in enumerate(rows):
        y = float(_BASE)
        label = ", ".join(f"{row[key]} {names[key]}" for key in keys)
        out.append(Markup("<g><title>{}: {}</title>").format(row["when"], label))
        for k, key in enumerate(keys):
            height = (_BASE - _TOP) * row[key] / most
            if height:
                y -= height
                out.append(
                    Markup('<rect class="b{}" x="{:.2f}" y="{:.2f}" width="{:.2f}" height="{:.2f}"/>').format(
                        k + 1, n * step, y, max(0.8, min(step - gap, 28)), height
                    )
                )
        out.append(Markup("</g>"))
    return Markup("").join([*out, Markup("</svg>")])


def scale(rows: Sequence[Mapping[str, Any]], most: int = 6) -> list[str]:
    """At most *most* periods to name below a chart, the first and the last among them."""
    if len(rows) <= most:
        return [str(row["when"]) for row in rows]
    places = [round(i * (len(rows) - 1) / (most - 1)) for i in range(most)]
    return [str(rows[i]["when"]) for i in places]


#: Of the map of disputes: width, height of a line, where the columns begin, and most letters of a name and of a line of a claim.
_MAP: Final = 1000
_LINE: Final = 22
_LEFT: Final = 200
_CENTRE: Final = 500
_WIDEST: Final = 190
_RIGHT: Final = 800
_NAME: Final = 28
_CLAIM: Final = 54
#: About how wide a letter of a claim is, how far its lines are apart, and how high a claim of two lines is.
_LETTER: Final = 6.2
_LEADING: Final = 15
_CLAIM_HEIGHT: Final = 38


def dispute_map(rows: Sequence[Mapping[str, Any]], colours: Mapping[str, int]) -> Markup:
    """Who stands on which side of which dispute: claims in the middle, those for them left, those against right, each name once a side.

    Where everything stands follows from the rows alone, so nothing jumps; every name has a line of its own, however many there are.
    """
    people: dict[str, dict[str, tuple[str, str | None, list[int]]]] = {"for": {}, "against": {}}
    for n, row in enumerate(rows):
        for position, found in people.items():
            for one in row[position]:
                if one["speaker"]:
                    told = found.setdefault(one["speaker"]["id"], (one["speaker"]["name"], one["side"], []))
                    if n not in told[2]:
                        told[2].append(n)
    labels = [_two_lines(row["label"]) for row in rows]
    height = max(_CLAIM_HEIGHT * len(rows), _LINE * (max(1, *map(len, people.values())) + 1))

    def spread(count: int, n: int) -> float:
        return (n + 0.5) * height / max(1, count) + 4

    begun = '<svg class="map" viewBox="0 0 {} {}" role="group" aria-label="Disputes, and who stands on which side of each">'
    out = [Markup(begun).format(_MAP, height)]
    texts = []
    reach = [max(map(len, lines)) * _LETTER / 2 + 10 for lines in labels]
    for position, x, way, anchor in (("for", _LEFT, -1, "end"), ("against", _RIGHT, 1, "start")):
        # Everybody stands about where their claims do, so that few lines cross.
        some = sorted(people[position].items(), key=lambda one: (sum(one[1][2]) / len(one[1][2]), one[1][2], one[0]))
        for k, (actor, (name, side, claims)) in enumerate(some):
            y = spread(len(some), k)
            colour = colours.get(side or "", 0)
            begin = x + 6 if position == "for" else x - 6
            for n in claims:
                to, edge = spread(len(rows), n), _CENTRE + way * reach[n]
                bend = (begin + _CENTRE + way * _WIDEST) // 2
                out.append(Markup('<path class="{} k{}" d="M{} {:.1f} C{} {:.1f} {} {:.1f} {} {:.1f} L{:.1f} {:.1f}"/>').format(
                    position, colour, begin, y, bend, y, bend, to, _CENTRE + way * _WIDEST, to, edge, to))  # fmt: skip
            texts.append(Markup('<a href="/actors/{}"><title>{}</title><text class="k{}" x="{}" y="{:.1f}" text-anchor="{}">{}</text></a>').format(
                quote(actor, safe=":/@"), name, colour, x, y + 4, anchor, _short(name, _NAME)))  # fmt: skip
    for n, (row, lines) in enumerate(zip(rows, labels, strict=True)):
        first = spread(len(rows), n) + 4 - (len(lines) - 1) * _LEADING / 2
        said = Markup("").join(
            Markup('<tspan x="{}" y="{:.1f}">{}</tspan>').format(_CENTRE, first + k * _LEADING, line) for k, line in enumerate(lines)
        )
        texts.append(Markup('<a href="/claims/{}"><title>{}</title><text class="claim" text-anchor="middle">{}</text></a>').format(
            row["id"], row["label"], said))  # fmt: skip
    return Markup("").join([*out, *texts, Markup("</svg>")])


def _two_lines(words: str) -> list[str]:
    """*words* on a line, or on two of about one length; what is longer than these is cut."""
    if len(words) <= _CLAIM:
        return [words]
    middle = words.find(" ", min(len(words) // 2, _CLAIM - 12))
    cut = middle if 0 < middle <= _CLAIM else words.rfind(" ", 0, _CLAIM)
    cut = cut if cut > 0 else _CLAIM
    return [words[:cut].rstrip(), _short(words[cut:].lstrip(), _CLAIM)]


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
