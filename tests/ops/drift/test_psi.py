"""Population stability index: by hand, its law, and cells that are empty or coincide."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ops.drift.block_permutation import lot_blocks
from ops.drift.dependence import INDEPENDENT, Dependence
from ops.drift.psi import stability_index
from ops.errors import BadData, NotEnoughData


def test_index_by_hand() -> None:
    reference = np.repeat([1.0, 2.0], [30, 30])
    current = np.repeat([1.0, 2.0], [10, 30])
    p, q = np.array([30.5, 30.5]) / 61, np.array([10.5, 30.5]) / 41
    found = stability_index(reference, current, INDEPENDENT, cells=2)
    assert found.edges.tolist() == [1.0]
    assert found.value == pytest.approx(float(np.sum((q - p) * np.log(q / p))))


def test_index_is_both_divergences_of_scipy() -> None:
    rng = np.random.default_rng(1)
    x, y = rng.normal(0, 1, 500), rng.normal(0.4, 1, 300)
    found = stability_index(x, y, INDEPENDENT)
    bins = [-np.inf, *found.edges, np.inf]
    p = np.histogram(-x, np.sort(-np.array(bins)))[0][::-1] + 0.5  # upper edges belong to a cell
    q = np.histogram(-y, np.sort(-np.array(bins)))[0][::-1] + 0.5
    assert found.value == pytest.approx(stats.entropy(p, q) + stats.entropy(q, p))


def test_chance_alone_gives_what_the_law_says() -> None:
    rng = np.random.default_rng(2)
    found = [
        stability_index(rng.standard_normal(300), rng.standard_normal(150), INDEPENDENT)
        for _ in range(400)
    ]
    values = np.array([one.value for one in found])
    assert values.mean() == pytest.approx(9 * (1 / 300 + 1 / 150), rel=0.12)
    beyond = np.mean([one.limit is not None and one.value > one.limit for one in found])
    assert beyond <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 400)


def test_few_values_pass_the_threshold_of_custom_by_chance() -> None:
    rng = np.random.default_rng(3)
    found = stability_index(rng.standard_normal(100), rng.standard_normal(100), INDEPENDENT)
    assert found.moderate_by_chance is not None
    assert found.moderate_by_chance > 0.6


def test_memory_makes_the_index_of_chance_larger() -> None:
    rng = np.random.default_rng(4)
    walk = np.repeat(rng.standard_normal(100), 10)
    free = stability_index(walk[:600], walk[600:], INDEPENDENT)
    bound = stability_index(walk[:600], walk[600:], Dependence(0.9, 0.9, 1000))
    assert free.value == bound.value
    assert bound.limit is not None
    assert free.limit is not None
    assert bound.limit > free.limit


def test_lots_are_permuted_whole() -> None:
    rng = np.random.default_rng(5)
    lot = np.repeat(np.arange(30), 10)
    x = rng.standard_normal(30)[lot] + 0.3 * rng.standard_normal(300)
    old = lot < 18
    blocks = lot_blocks(lot[old], lot[~old])
    found = stability_index(
        x[old], x[~old], INDEPENDENT, lots=(lot[old], lot[~old]), blocks=blocks,
        labels=blocks.labels(499, rng),
    )  # fmt: skip
    assert found.p_value is not None
    assert found.p_value > 0.02
    assert found.effective is not None
    assert found.effective < 60


def test_all_current_values_beyond_the_reference_are_a_finite_index() -> None:
    rng = np.random.default_rng(6)
    found = stability_index(rng.standard_normal(100), np.full(50, 99.0), INDEPENDENT)
    assert np.isfinite(found.value)
    assert found.custom == "large"


def test_quantiles_that_coincide_make_fewer_cells() -> None:
    reference = np.repeat([1.0, 2.0, 3.0], [70, 20, 10])
    found = stability_index(reference, reference, INDEPENDENT)
    assert found.edges.tolist() == [1.0, 2.0]
    assert found.value == 0.0
    rare = np.repeat([1.0, 2.0], [1, 99])
    assert stability_index(rare, rare, INDEPENDENT).edges.tolist() == [1.0]


def test_no_cells_can_be_made_of_one_value() -> None:
    with pytest.raises(BadData, match="2 distinct values"):
        stability_index(np.full(50, 1.0), np.arange(50.0), INDEPENDENT)
    with pytest.raises(NotEnoughData, match="20 values"):
        stability_index(np.arange(19.0), np.arange(50.0), INDEPENDENT)


@given(a=st.floats(0.1, 10), b=st.floats(-100, 100), seed=st.integers(0, 99))
@settings(max_examples=30, deadline=None)
def test_index_survives_a_change_of_unit(a: float, b: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = rng.standard_normal(60), rng.standard_normal(40)
    here, there = (stability_index(*pair, INDEPENDENT) for pair in ((x, y), (a * x + b, a * y + b)))
    assert there.value == pytest.approx(here.value)
