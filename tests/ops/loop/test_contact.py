"""Probability of contact: counted, by the tail, or a bound; lots count as what they are."""

import numpy as np
import pytest
from scipy.stats import binomtest, norm

from ops.errors import NotEnoughData
from ops.loop.contact import contact, design_effect


def test_contacts_in_the_body_are_counted_with_their_exact_interval() -> None:
    margin = np.random.default_rng(1).normal(1.0, 1.0, 400)
    found = contact(margin)
    known = binomtest(int((margin < 0).sum()), 400).proportion_ci(0.95, "exact")
    assert found.method == "counted"
    assert (found.lower, found.upper) == pytest.approx((known.low, known.high), rel=1e-9)


def test_without_contact_in_reach_only_a_bound_is_said() -> None:
    margin = np.random.default_rng(2).normal(10.0, 1.0, 3000)
    found = contact(margin)
    assert (found.method, found.estimate, found.lower) == ("bound", None, 0.0)
    assert found.upper == pytest.approx(3.0 / 3000, rel=0.01)
    assert "farther out than 10 times" in found.reason


def test_the_tail_reaches_what_cannot_be_counted_yet() -> None:
    rng = np.random.default_rng(3)
    truth = float(norm.sf(3.1))
    hits = 0
    for _ in range(40):
        found = contact(rng.normal(3.1, 1.0, 2000), share=0.1)
        assert found.method in ("tail", "bound", "counted")
        hits += found.lower <= truth <= found.upper
    assert hits >= 35


def test_probability_does_not_depend_on_the_unit() -> None:
    margin = np.random.default_rng(4).normal(2.9, 1.0, 3000)
    one, other = contact(margin), contact(0.001 * margin)
    assert one.method == other.method == "tail"
    assert other.estimate == pytest.approx(one.estimate, rel=1e-6)


def test_a_gauge_too_coarse_for_a_tail_is_named() -> None:
    margin = np.round(2.0 * np.random.default_rng(5).normal(6.0, 1.0, 2000)) / 2.0
    found = contact(margin)
    assert found.method == "bound"
    assert "different values" in found.reason


def test_few_units_have_no_probability() -> None:
    with pytest.raises(NotEnoughData, match="20 units"):
        contact(np.ones(19))


def test_units_that_all_agree_give_a_bound() -> None:
    assert contact(np.full(100, 5.0)).method == "bound"


def test_a_lot_whose_units_agree_counts_once() -> None:
    lot = np.repeat(np.arange(50), 10)
    of_lot = np.repeat(np.random.default_rng(6).random(50) < 0.2, 10)
    assert design_effect(of_lot, lot) == pytest.approx(10.0)
    alone = np.random.default_rng(7).random(500) < 0.2
    assert design_effect(alone, lot) < 1.5
    assert design_effect(alone, np.full(500, -1)) == 1.0
    assert design_effect(alone, np.zeros(500, dtype=np.int64)) == 1.0


def test_lots_widen_the_interval_so_that_it_covers() -> None:
    rng = np.random.default_rng(8)
    truth = float(norm.sf(1.5))
    lot = np.repeat(np.arange(60), 20)
    hits, naive = 0, 0
    for _ in range(150):
        margin = (
            1.5 + np.sqrt(0.4) * rng.normal(size=60)[lot] + np.sqrt(0.6) * rng.normal(size=lot.size)
        )
        found, flat = contact(margin, lot), contact(margin)
        hits += found.lower <= truth <= found.upper
        naive += flat.lower <= truth <= flat.upper
    assert hits / 150 >= 0.91
    assert naive / 150 < 0.85
