"""What values in lots are worth, against simulation."""

import numpy as np
import pytest

from ops.capability.index import bissell
from ops.variance.effective import worth
from ops.variance.reml import variance_components


def test_effective_size_and_df_equal_the_simulated_precision() -> None:
    rng = np.random.default_rng(9)
    lot = np.repeat(np.arange(12), 10)
    x = rng.normal(0, 1, (4000, 12))[:, lot] + rng.normal(0, 1.5, (4000, 120))
    found = worth(np.zeros(120, int), [lot], [1.0, 2.25], groups=1)
    assert found.mean[0] == pytest.approx(3.25 / x.mean(1).var(), rel=0.08)
    square = x.var(axis=1, ddof=1)
    assert found.df[0] == pytest.approx(2 * square.mean() ** 2 / square.var(), rel=0.15)


def test_independent_values_are_worth_themselves() -> None:
    group = np.array([0, 0, 0, 1, -1])
    found = worth(group, [], [1.0], groups=3)
    assert found.mean.tolist() == [3, 1, 0]
    assert found.df.tolist() == [2, 0, 0]


def test_a_factor_with_one_level_in_a_group_is_what_the_group_is() -> None:
    tool = np.repeat([0, 1], 6)
    found = worth(tool, [tool], [4.0, 1.0], groups=2)
    assert found.mean.tolist() == [6, 6]
    assert worth(tool, [tool], [4.0, 1.0], groups=2, fixed_within=False).mean[0] < 2


@pytest.mark.parametrize("icc", [0.0, 0.4])
def test_an_index_with_effective_sizes_is_covered_as_stated(icc: float) -> None:
    rng = np.random.default_rng(1)
    lot, covered = np.repeat(np.arange(30), 10), []
    for _ in range(150):
        y = rng.normal(0, icc**0.5, 30)[lot] + rng.normal(0, (1 - icc) ** 0.5, 300)
        found = variance_components(y, [lot], names=["lot"])
        variances = [found.variance("lot"), found.variance("residual")]
        of = worth(np.zeros(300, int), [lot], variances, groups=1)
        index = (4.5 - abs(y.mean())) / (3 * y.std(ddof=1))
        bounds = bissell(index, n=int(of.mean[0]), df=float(of.df[0]), confidence=0.95)
        covered.append(bounds.lower <= 1.5 <= bounds.upper)
    assert 0.92 <= np.mean(covered) <= 0.99
