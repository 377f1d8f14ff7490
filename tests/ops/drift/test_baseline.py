"""A window against its baseline: what is found, what is shown to be absent, what cannot be told."""

import json
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import lfilter

from ops.drift.baseline import BaselineComparison, compare_to_baseline
from ops.drift.evidence import Evidence
from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray


def _ar(rng: np.random.Generator, n: int, phi: float) -> FloatArray:
    noise = rng.standard_normal(n + 100)
    found: FloatArray = lfilter([1.0], [1.0, -phi], noise)[100:] * np.sqrt(1.0 - phi**2)
    return found


def _compared(x: FloatArray, y: FloatArray, margin: float = 0.0) -> BaselineComparison:
    return compare_to_baseline(x, y, margin=margin, rng=np.random.default_rng(0), draws=199)


def _of(found: BaselineComparison) -> dict[str, Evidence]:
    return {one.mechanism: one for one in found.evidence(since=5)}


def test_a_shift_is_level_and_nothing_else() -> None:
    x = _ar(np.random.default_rng(21), 600, 0.3)
    of = _of(_compared(x[:400], x[400:] + 0.8, margin=0.2))
    assert of["level"].present
    assert of["level"].direction == 1
    assert of["level"].since == 5
    assert not of["spread"].present
    assert not of["shape"].present


def test_a_wider_spread_is_spread_and_nothing_else() -> None:
    x = _ar(np.random.default_rng(2), 600, 0.3)
    of = _of(_compared(x[:400], 2.0 * x[400:]))
    assert of["spread"].present
    assert of["spread"].estimate == pytest.approx(4.0, rel=0.4)
    assert not of["level"].present
    assert not of["shape"].present


def test_two_peaks_of_the_same_mean_and_spread_are_shape() -> None:
    rng = np.random.default_rng(3)
    split = rng.choice([-1.0, 1.0], 300) * 0.95 + 0.3 * rng.standard_normal(300)
    of = _of(_compared(rng.standard_normal(400), split))
    assert of["shape"].present
    assert not of["level"].present


def test_no_drift_is_a_finding_where_the_data_suffice() -> None:
    x = _ar(np.random.default_rng(4), 1400, 0.3)
    of = _of(_compared(x[:800], x[800:], margin=0.5))
    assert of["level"].absent
    assert not of["level"].present
    assert of["spread"].absent
    few = _of(_compared(x[:60], x[60:100], margin=0.1))
    assert not few["level"].absent
    assert not few["level"].present


def test_intervals_of_shift_and_ratio_cover_under_memory() -> None:
    rng = np.random.default_rng(5)
    covered = np.zeros(2)
    for _ in range(150):
        x = _ar(rng, 450, 0.6)
        found = _compared(x[:300], 1.5 * x[300:] + 1.0)
        for i, (of, truth) in enumerate(((found.shift, 1.0), (found.ratio, 2.25))):
            assert of is not None
            assert of.lower is not None
            assert of.upper is not None
            covered[i] += of.lower <= truth <= of.upper
    assert np.all(covered / 150 >= 0.95 - 3 * np.sqrt(0.05 * 0.95 / 150))


def test_lots_widen_the_interval_of_the_shift() -> None:
    rng = np.random.default_rng(6)
    lot = np.repeat(np.arange(30), 10)
    x = rng.standard_normal(30)[lot] + 0.5 * rng.standard_normal(300)
    old = lot < 20
    found = compare_to_baseline(
        x[old], x[~old], margin=0.0, rng=rng, lots=(lot[old], lot[~old]), draws=99
    )
    assert found.blocks.length is None
    assert found.current.effective is not None
    assert found.current.effective < 15
    assert found.shift.df < 29


def test_constant_windows_tell_a_distance_and_no_interval() -> None:
    found = _compared(np.full(30, 5.0), np.full(30, 6.0), margin=0.5)
    of = _of(found)
    assert of["level"].estimate == 1.0
    assert of["level"].present is None
    assert "spread" not in of
    assert found.psi is None
    assert found.distances.ks_p is not None
    assert found.distances.ks_p <= 0.01


def test_missing_values_are_left_out() -> None:
    x = _ar(np.random.default_rng(7), 200, 0.0)
    holed = np.insert(x, [3, 50, 120], np.nan)
    assert _compared(holed[:123], holed[123:]).shift == _compared(x[:120], x[120:]).shift


@pytest.mark.parametrize(("n0", "n1", "which"), [(19, 50, "reference"), (50, 19, "current")])
def test_too_few_values_are_named(n0: int, n1: int, which: str) -> None:
    x = np.random.default_rng(8).standard_normal(100)
    with pytest.raises(NotEnoughData, match=f"the {which}.*19 values"):
        _compared(x[:n0], x[n0 : n0 + n1])


def test_a_negative_margin_is_refused() -> None:
    x = np.random.default_rng(9).standard_normal(80)
    with pytest.raises(BadData, match="margin"):
        _compared(x[:40], x[40:], margin=-1.0)


def test_a_current_window_shorter_than_its_memory_says_so() -> None:
    x = np.cumsum(np.random.default_rng(10).standard_normal(80))
    found = _compared(x[:50], x[50:])
    of = _of(found)
    assert found.distances.ks_p is None
    assert of["shape"].present is None


@given(a=st.floats(0.1, 10), b=st.floats(-100, 100))
@settings(max_examples=10, deadline=None)
def test_findings_survive_a_change_of_unit(a: float, b: float) -> None:
    x = _ar(np.random.default_rng(11), 200, 0.3)
    here, there = _compared(x[:120], x[120:]), _compared(a * x[:120] + b, a * x[120:] + b)
    assert there.shift.estimate == pytest.approx(a * here.shift.estimate, rel=1e-6)
    assert there.shift.exceeds_p == pytest.approx(here.shift.exceeds_p, rel=1e-4)
    assert there.distances.wasserstein == pytest.approx(a * here.distances.wasserstein, rel=1e-6)
    assert there.distances.ks_p == here.distances.ks_p


def test_evidence_is_json_without_numbers_that_are_none() -> None:
    x = _ar(np.random.default_rng(12), 200, 0.6)
    for y in (x[100:], np.full(30, 1.0)):
        for one in _compared(x[:100], y).evidence():
            assert json.loads(json.dumps(asdict(one), allow_nan=False)) == asdict(one)
