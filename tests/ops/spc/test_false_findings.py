"""p-values that chance keeps, the control of false findings, and the expected alarms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from ops.errors import NotEnoughData
from ops.spc.false_findings import (
    TESTS,
    adjusted,
    alarms,
    baseline_of,
    expected_alarms,
    p_values,
    strongest,
)
from ops.spc.rules import LIMITS_ONLY
from ops.spc.screen import ScreenDesign, StreamScreen, screen_streams
from ops.values import FloatArray

STREAMS = 20_000


def judged(m: int, n: int, shift: float = 0.0) -> tuple[StreamScreen, FloatArray]:
    """Streams with baselines of m values, n values judged: the screen and its p-values."""
    rng = np.random.default_rng(1908)
    base = rng.normal(size=(m, STREAMS))
    mean, sd = base.mean(axis=0), base.std(axis=0, ddof=1)
    x = rng.normal(shift, 1.0, (n, STREAMS))
    spread = np.full(STREAMS, 1 / m)
    screen = screen_streams(x, center=mean, sigma=sd, spread=spread)
    return screen, p_values(screen, np.full(STREAMS, m), mean, sd)


@pytest.mark.parametrize(("m", "n"), [(10, 5), (25, 50), (200, 1)])
def test_p_values_of_streams_in_control_are_not_smaller_than_chance(m: int, n: int) -> None:
    _, p = judged(m, n)
    whole, _ = strongest(p)
    for level in (0.2, 0.05, 0.01, 0.001):
        error = 4 * np.sqrt(level / STREAMS)
        for one in (*p, whole):
            assert np.mean(one <= level) < level + error


@pytest.mark.parametrize("name", ["shift", "slope"])
def test_p_values_of_shift_and_slope_are_exact_with_a_short_baseline(name: str) -> None:
    _, p = judged(10, 20)
    one = p[TESTS.index(name)]
    for level in (0.5, 0.1, 0.01):
        assert np.mean(one <= level) == pytest.approx(level, abs=4 * np.sqrt(level / STREAMS))


def test_a_shift_is_found_by_the_test_of_the_mean() -> None:
    _, p = judged(100, 50, shift=1.0)
    whole, which = strongest(p)
    assert np.mean(whole < 1e-3) > 0.8
    assert TESTS[int(np.bincount(which).argmax())] == "shift"


@given(p=arrays(np.float64, st.integers(1, 60), elements=st.floats(0, 1)))
@pytest.mark.parametrize(("control", "method"), [
    ("benjamini-hochberg", "bh"), ("benjamini-yekutieli", "by")])  # fmt: skip
def test_adjusted_p_values_agree_with_scipy(control: str, method: str, p: FloatArray) -> None:
    expected = stats.false_discovery_control(p, method=method)
    assert adjusted(p, control) == pytest.approx(expected, rel=1e-12, abs=1e-300)


def test_the_share_of_false_findings_is_held() -> None:
    rng = np.random.default_rng(9)
    shares: list[float] = []
    for _ in range(200):
        z = rng.normal(size=1000)
        z[:50] += 3.5
        q = adjusted(2 * stats.norm.sf(np.abs(z)))
        stand = q <= 0.1
        shares.append(np.count_nonzero(stand[50:]) / max(1, np.count_nonzero(stand)))
    assert np.mean(shares) < 0.1 + 3 * np.std(shares) / np.sqrt(200)


def test_alarms_of_known_baselines_are_those_of_the_formula() -> None:
    n = np.full(10_000, 50)
    design = ScreenDesign(rules=LIMITS_ONLY)
    rng = np.random.default_rng(1)
    found = expected_alarms(np.full(10_000, 10**7), n, design, width=2.859, h=4.77, rng=rng)
    assert found.limits == pytest.approx(1264, abs=3 * 33 * np.sqrt(10_000 / 20_000) + 10)
    assert found.rules == found.limits


def test_a_short_baseline_raises_more_alarms() -> None:
    m, n, design = np.full(STREAMS, 25), np.full(STREAMS, 50), ScreenDesign()
    screen, _ = judged(25, 50)
    seen = alarms(screen, width=2.859, h=4.77)
    rng = np.random.default_rng(2)
    expected = expected_alarms(m, n, design, width=2.859, h=4.77, rng=rng)
    for chart in ("limits", "rules", "ewma", "cusum"):
        assert getattr(seen, chart) == pytest.approx(getattr(expected, chart), rel=0.06)
    assert expected.limits > 1.5 * 0.1264 * STREAMS


def test_a_gross_error_is_left_out_of_a_baseline() -> None:
    x = np.random.default_rng(3).normal(10, 1, 50)
    clean = baseline_of(x)
    dirty = x.copy()
    dirty[7] = 1e6
    found = baseline_of(dirty)
    assert (clean.removed, found.removed, found.m) == (0, 1, 49)
    assert found.sd == pytest.approx(np.delete(x, 7).std(ddof=1))


def test_clean_baselines_lose_a_value_in_about_one_of_a_thousand() -> None:
    x = np.random.default_rng(4).normal(size=(3000, 25))
    assert sum(baseline_of(row).removed > 0 for row in x) < 12


def test_a_baseline_of_ties_keeps_all_values() -> None:
    found = baseline_of(np.array([1.0, 1.0, 1.0, 1.0, 1.0, 1.1]))
    assert (found.m, found.removed) == (6, 0)


def test_four_values_are_no_baseline() -> None:
    with pytest.raises(NotEnoughData, match="needs 5 values, got 4"):
        baseline_of(np.zeros(4))
