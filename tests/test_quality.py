"""The gate: headline figures must not fall below the floors that benchmarks/baseline.json pins.

To raise a floor, run benchmarks/evaluate.py --json and edit the file by hand; lowering one needs a word in docs/decisions.md.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
BASELINE = json.loads((ROOT / "benchmarks" / "baseline.json").read_text(encoding="utf-8"))

sys.path.insert(0, str(ROOT / "benchmarks"))


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    import check
    import claims
    import coreference
    import dates
    import evaluate
    import quotes
    import speakers
    from sayso.attribution.engine import shared_engine

    engine = shared_engine()
    found = {**evaluate.measure(engine, SHARED), **speakers.measure(engine, SHARED)}
    found |= {**check.measure(SHARED), **quotes.measure(SHARED), **dates.measure(SHARED), **claims.measure(SHARED)}
    if (SHARED / "data" / "coreference").exists():
        found["coreference"] = coreference.measure(engine, SHARED)
    return found


def flattened(values: Mapping[str, Any], prefix: str = "") -> dict[str, float]:
    out = {}
    for key, value in values.items():
        if isinstance(value, Mapping):
            out.update(flattened(value, f"{prefix}{key}."))
        elif isinstance(value, (int, float)):
            out[prefix + key] = float(value)
    return out


@pytest.mark.parametrize("name", BASELINE["floors"])
def test_figure_is_not_below_its_floor(name: str, figures: dict[str, Any]) -> None:
    found = flattened(figures)
    if name not in found:
        pytest.skip(f"no data for {name} beside the repository")
    assert found[name] >= BASELINE["floors"][name]


@pytest.mark.parametrize("name", BASELINE["ceilings"])
def test_figure_is_not_above_its_ceiling(name: str, figures: dict[str, Any]) -> None:
    found = flattened(figures)
    if name not in found:
        pytest.skip(f"no data for {name} beside the repository")
    assert found[name] <= BASELINE["ceilings"][name]


@pytest.mark.parametrize("name", BASELINE["gold"])
def test_gold_is_that_on_which_the_floors_were_measured(name: str) -> None:
    path = SHARED.parent / name if name.startswith("shared/") else ROOT / name
    if not path.exists():
        pytest.skip(f"{name} is not here")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == BASELINE["gold"][name]


def test_models_are_those_of_the_card() -> None:
    models = ROOT / "src" / "sayso" / "models" / "attribution"
    card = (models / "README.md").read_text(encoding="utf-8")
    for path in sorted(models.glob("*.onnx")):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in card, f"{path.name} is not the file that the card describes"
    assert sum(path.stat().st_size for path in models.iterdir()) < 40_000_000
