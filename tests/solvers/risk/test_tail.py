"""CVaR against its definition as a minimum (Rockafellar and Uryasev 2000, theorem 1)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solvers.risk.tail import tail


@given(
    st.lists(st.floats(-100, 100), min_size=1, max_size=20),
    st.sampled_from([0.0, 0.25, 0.5, 0.8, 0.95]),
)
def test_cvar_is_the_least_of_its_auxiliary_function(costs: list[float], level: float) -> None:
    cost = np.array(costs)
    least = min(a + np.maximum(cost - a, 0).mean() / (1 - level) for a in cost)
    found = tail(cost, level)
    assert found.cvar == pytest.approx(least, abs=1e-9)
    assert found.mean - 1e-9 <= found.cvar <= found.worst + 1e-9
    assert found.quantile <= found.cvar + 1e-9
