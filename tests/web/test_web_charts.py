"""The map of disputes."""

from __future__ import annotations

import re

import pytest

from sayso.web.charts import dispute_map


def disputes(count: int, speakers: int) -> list[dict]:
    """So many disputes with so many speakers on each side of each, of whom one takes part in the next, too."""
    def side(n: int, position: str) -> list[dict]:
        who = [f"{position} {n + k // speakers} {k % speakers}" for k in range(speakers + 1)]
        return [{"speaker": {"id": f"person:{name}", "name": f"The {name} Committee of Halyard and Veldara"}, "side": "Halyard"} for name in who]

    label = "The dam leaked into the valley all winter, and nobody on the council of Veldara knew of it until the ferry stopped"
    return [{"id": f"{n}", "label": f"{n} {label[: 20 + 30 * (n % 4)]}", "for": side(n, "for"), "against": side(n, "against")} for n in range(count)]


@pytest.mark.parametrize(("count", "speakers"), [(1, 1), (6, 1), (24, 1), (20, 2), (24, 12)])
def test_no_two_names_or_claims_lie_over_each_other(count, speakers):
    rows = disputes(count, speakers)
    made = str(dispute_map(rows, {"Halyard": 1}))
    height = float(re.search(r'viewBox="0 0 1000 (\S+)"', made)[1])
    columns: dict[str, list[float]] = {}
    for x, y in re.findall(r'<(?:text class="k\d+"|tspan) x="(\d+)" y="([\d.]+)"', made):
        columns.setdefault(x, []).append(float(y))
    assert len(columns) == 3
    for places in columns.values():
        assert all(b - a >= 14 for a, b in zip(sorted(places), sorted(places)[1:], strict=False))
        assert 0 < min(places) <= max(places) < height + 8
    texts = re.findall(r"<tspan[^>]*>([^<]*)<", made)
    assert max(map(len, texts)) <= 54
    assert made == str(dispute_map(rows, {"Halyard": 1}))
    assert f"<title>{rows[-1]['label']}</title>" in made  # whole, whatever is shown
