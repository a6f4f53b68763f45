"""Confidence: a chance, and calibrated apart for statements inside others."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sayso.attribution.candidates import EVIDENCE
from sayso.attribution.confidence import Confidence, features

WEIGHTS = {"evidence": list(EVIDENCE), "weights": [0.2] * len(EVIDENCE), "bias": -1.0}
CALIBRATION = {"top": WEIGHTS, "inner": {**WEIGHTS, "bias": -4.0}}
evidence = arrays(np.float32, len(EVIDENCE), elements=st.floats(0, 4, width=32))


@settings(deadline=None)
@given(evidence, st.booleans(), st.sampled_from([{}, CALIBRATION]))
def test_confidence_is_never_certain(given_, inner, calibration):
    assert 0.0099 < Confidence(calibration)(given_, inner=inner) < 0.9901


def test_statements_inside_others_have_their_own_calibration():
    some = np.full(len(EVIDENCE), 0.5, np.float32)
    assert Confidence(CALIBRATION)(some, inner=True) < Confidence(CALIBRATION)(some, inner=False)


def test_more_evidence_is_more_confidence():
    low, high = (np.full(len(EVIDENCE), x, np.float32) for x in (0.3, 0.7))
    assert Confidence(CALIBRATION)(low, inner=False) < Confidence(CALIBRATION)(high, inner=False)


def test_a_calibration_for_other_evidence_is_refused():
    with pytest.raises(ValueError, match=r"training/calibrate\.py"):
        Confidence({"top": {**WEIGHTS, "evidence": ["cue"]}})


def test_probabilities_become_log_odds():
    x = np.full(len(EVIDENCE), 0.5, np.float32)
    turned = features(x)
    np.testing.assert_allclose(turned[:9], 0, atol=1e-6)
    np.testing.assert_allclose(turned[9:], 0.5)
    assert np.isfinite(features(np.zeros(len(EVIDENCE), np.float32))).all()
