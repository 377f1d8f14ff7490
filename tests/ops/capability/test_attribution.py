"""The gap between short and long term: parts that add up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.capability.attribution import attribute, fixed_variance
from ops.values import SpecLimits

LIMITS = SpecLimits(-6.0, 6.0)


@given(v=st.lists(st.floats(0, 5), min_size=1, max_size=5), mean=st.floats(-3, 3))
def test_losses_and_shares_add_up(v: list[float], mean: float) -> None:
    sources = {f"s{i}": x for i, x in enumerate(v)}
    gap = attribute(mean, 1.0, sources, LIMITS)
    assert gap is not None
    assert sum(p.loss for p in gap.parts) == pytest.approx(gap.short - gap.long, abs=1e-9)
    assert sum(p.share for p in gap.parts) == pytest.approx(1 - 1 / (1 + sum(v)))
    for part in gap.parts:
        assert gap.long - 1e-12 <= part.without <= gap.short + 1e-12


def test_the_textbook_gap() -> None:
    gap = attribute(0.0, 1.0, {"tool": 1.0, "lot": 2.0}, LIMITS)
    assert gap is not None
    assert (gap.short, gap.long) == (2.0, 1.0)
    assert [p.source for p in gap.parts] == ["lot", "tool"]
    assert gap.parts[0].without == pytest.approx(2 / 2**0.5)
    assert attribute(0.0, 0.0, {"lot": 1.0}, LIMITS) is None


def test_the_variance_of_a_drift_is_free_of_its_estimation_error() -> None:
    rng = np.random.default_rng(4)
    time = np.linspace(-1, 1, 40)[:, None]
    x = np.column_stack([np.ones(40), time])
    inverse = np.linalg.inv(x.T @ x)
    found = []
    for _ in range(3000):
        y = 0.5 * time[:, 0] + rng.normal(0, 1, 40)
        beta = inverse @ x.T @ y
        found.append(beta[1] ** 2 * time.var() - inverse[1, 1] * time.var())
    one = fixed_variance(time, np.array([0.5]), inverse[1:, 1:])
    assert one == pytest.approx(max(0.25 * time.var() - inverse[1, 1] * time.var(), 0))
    assert np.mean(found) == pytest.approx(0.25 * time.var(), rel=0.1)
