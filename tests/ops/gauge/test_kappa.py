"""Kappa: published values, another implementation, invariances, no variation."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.inter_rater import fleiss_kappa as other_fleiss

from ops.errors import NotEnoughData
from ops.gauge.kappa import Kappa, cohen_kappa, fleiss_kappa
from tests.reference import case


def test_the_psychiatric_diagnoses_of_fleiss() -> None:
    known = case("gauge", "kappa_fleiss_1971")
    found = fleiss_kappa(np.array(known["inputs"]["counts"]))
    assert found.value.value == pytest.approx(known["expected"]["kappa"], abs=5e-4)
    assert found.value.value == pytest.approx(other_fleiss(known["inputs"]["counts"]))


@pytest.mark.parametrize("pair", ["A-B", "B-C", "A-C"])
def test_the_pairs_of_the_published_attribute_study(pair: str) -> None:
    known = case("gauge", "kappa_aiag_pairs")
    found = cohen_kappa(np.array(known["inputs"]["tables"][pair]))
    assert found.value.value == pytest.approx(known["expected"][pair], abs=0.005)


@given(seed=st.integers(0, 500), k=st.integers(2, 5))
def test_cohen_is_as_in_statsmodels(seed: int, k: int) -> None:
    table = np.random.default_rng(seed).integers(1, 30, (k, k))
    found: Kappa = cohen_kappa(table)
    other: Any = cohens_kappa(table)
    assert found.value.value == pytest.approx(other.kappa)
    assert found.se == pytest.approx(other.std_kappa)
    assert found.se_chance == pytest.approx(other.std_kappa0)


@given(seed=st.integers(0, 300))
def test_names_of_categories_do_not_matter(seed: int) -> None:
    rng = np.random.default_rng(seed)
    counts, order = rng.multinomial(4, [0.2, 0.3, 0.5], 12), rng.permutation(3)
    one, two = fleiss_kappa(counts), fleiss_kappa(counts[:, order])
    assert (two.value.value, two.se) == pytest.approx((one.value.value, one.se))
    table = rng.integers(1, 9, (3, 3))
    turned = table[np.ix_(order, order)]
    assert cohen_kappa(turned).value.value == pytest.approx(cohen_kappa(table).value.value)


def test_perfect_agreement_is_one_and_one_category_undefined() -> None:
    assert cohen_kappa(np.diag([5, 7])).value.value == pytest.approx(1.0)
    assert fleiss_kappa(np.array([[3, 0], [0, 3]])).value.value == pytest.approx(1.0)
    for found in (cohen_kappa(np.array([[9, 0], [0, 0]])), fleiss_kappa(np.array([[2, 0]] * 4))):
        assert np.isnan(found.value.value)
        assert found.agreement == 1.0


def test_too_few_ratings_are_refused() -> None:
    with pytest.raises(NotEnoughData, match="got 0"):
        cohen_kappa(np.zeros((2, 2), dtype=np.int64))
    with pytest.raises(NotEnoughData, match="got 1 of 2"):
        fleiss_kappa(np.array([[1, 0], [0, 1]]))
    with pytest.raises(ValueError, match="2 to 3 ratings"):
        fleiss_kappa(np.array([[2, 0], [0, 3]]))


def test_a_few_items_that_agree_do_not_prove_agreement() -> None:
    few = cohen_kappa(np.array([[1, 0], [0, 1]])).value
    many = cohen_kappa(np.array([[50, 0], [0, 50]])).value
    assert (few.value, few.upper) == (1.0, 1.0)
    low = binomtest(2, 2).proportion_ci(method="exact").low  # of the agreement; half is chance
    assert few.lower == pytest.approx(2.0 * low - 1.0)
    assert many.lower == pytest.approx(2.0 * 0.025 ** (1 / 100) - 1.0)
    assert fleiss_kappa(np.array([[3, 0], [0, 3]])).value.lower == pytest.approx(few.lower)


def test_a_rater_who_knows_one_category_leaves_no_bounds() -> None:
    found = cohen_kappa(np.array([[5, 0], [3, 0]])).value
    assert found.value == 0.0
    assert np.isnan([found.lower, found.upper]).all()
