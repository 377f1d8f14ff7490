"""Attributable shares: Levin's formula, exact intervals, no accusation by chance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.capability.excess import excess
from ops.values import BoolArray, Factor


def two_levels(a: int, n_a: int, b: int, n_b: int) -> tuple[BoolArray, Factor]:
    """`a` of `n_a` values outside at level A, `b` of `n_b` at B."""
    outside = np.repeat([True, False, True, False], [a, n_a - a, b, n_b - b])
    return outside, Factor(np.repeat([0, 1], [n_a, n_b]), ("A", "B"))


@given(n_a=st.integers(20, 300), n_b=st.integers(20, 3000), data=st.data())
def test_the_share_is_that_of_levin(n_a: int, n_b: int, data: st.DataObject) -> None:
    a, b = data.draw(st.integers(1, n_a)), data.draw(st.integers(1, n_b))
    outside, tool = two_levels(a, n_a, b, n_b)
    for found in excess(outside, {"tool": tool}):
        hit, size = (a, n_a) if found.level == "A" else (b, n_b)
        other, rest = (b, n_b) if found.level == "A" else (a, n_a)
        exposed = size / (size + rest)
        relative_risk = (hit / size) / (other / rest)
        levin = exposed * (relative_risk - 1) / (1 + exposed * (relative_risk - 1))
        assert found.share.value == pytest.approx(levin, rel=1e-9)
        assert 0 < found.share.lower <= found.share.value <= found.share.upper <= 1
        assert (found.outside, found.n) == (hit, size)


def test_all_outside_at_one_level_is_all_of_the_excess() -> None:
    outside, tool = two_levels(20, 100, 0, 900)
    (found,) = excess(outside, {"tool": tool})
    assert (found.level, found.share.value, found.share.upper) == ("A", 1.0, 1.0)


def test_innocent_levels_are_seldom_accused_however_many_there_are() -> None:
    rng = np.random.default_rng(11)
    accused = 0
    for _ in range(100):
        tool = Factor(rng.integers(0, 50, 4000), tuple(f"T{i:02}" for i in range(50)))
        accused += bool(excess(rng.random(4000) < 0.02, {"tool": tool}))
    assert accused <= 12, "95 % confidence for all fifty levels together"


def test_the_interval_covers_the_true_share() -> None:
    rng = np.random.default_rng(12)
    truth = 1 - 0.01 / (0.1 * 0.1 + 0.9 * 0.01)
    covered = []
    for _ in range(300):
        code = (rng.random(3000) > 0.1).astype(int)
        outside = rng.random(3000) < np.where(code == 0, 0.1, 0.01)
        found = [e for e in excess(outside, {"tool": Factor(code, ("A", "B"))}) if e.level == "A"]
        covered += [e.share.lower <= truth <= e.share.upper for e in found]
    assert np.mean(covered) > 0.93


@pytest.mark.parametrize("outside", [np.zeros(4, bool), np.ones(4, bool)])
def test_none_or_all_outside_accuses_nobody(outside: BoolArray) -> None:
    assert excess(outside, {"tool": Factor(np.array([0, 0, 1, 1]), ("A", "B"))}) == ()


def test_no_factor_and_a_factor_of_one_level_explain_nothing() -> None:
    outside = np.array([True, False, False])
    assert excess(outside, {}) == ()
    assert excess(outside, {"tool": Factor(np.zeros(3, int), ("A",))}) == ()
