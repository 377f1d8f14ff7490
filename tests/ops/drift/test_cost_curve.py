"""Cost of acting by day: against a sum by hand, and what must hold whatever the costs are."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr

from ops.drift.cost_curve import cost_curve
from ops.drift.cost_kernel import outside_table
from ops.drift.default_policy import DEFAULT_POLICY
from ops.drift.futures import sampled_futures
from ops.drift.policy import ActionPolicy, ExpectedShare, NotActing, PolicyAction
from ops.errors import BadData
from ops.values import SpecLimits
from tests.ops.drift.creeping import DAYS, SPEC, creeping

SURE = PolicyAction(
    kind="refurbish",
    title="All of it",
    cost=500,
    lead_time_days=3,
    lasts_days=200,
    level=ExpectedShare(share=1),
    slope=ExpectedShare(share=1),
)


def priced(factor: float = 1.0) -> ActionPolicy:
    """Return the default policy with the cost of going on scaled."""
    going = DEFAULT_POLICY.not_acting
    scaled = going.model_copy(
        update={
            "cost_per_unit": going.cost_per_unit * factor,
            "cost_per_escape": going.cost_per_escape * factor,
            "cost_per_day_below": going.cost_per_day_below * factor,
        }
    )
    return DEFAULT_POLICY.model_copy(update={"not_acting": scaled})


def test_a_curve_is_the_sum_of_what_goes_wrong_and_what_is_done() -> None:
    futures = creeping(0.2, scatter=0.0, paths=1)
    curve = cost_curve(futures, SURE, DEFAULT_POLICY)
    going, level = DEFAULT_POLICY.not_acting, futures.level[0]
    below = np.minimum(112 - level, level - 88) < 3 * going.cpk_least * 2.0
    out = ndtr((88 - level) / 2) + ndtr((level - 112) / 2)
    day = out * going.units_per_day * going.cost_of_a_unit + below * going.cost_per_day_below
    fixed = 2 * ndtr(-6) * going.units_per_day * going.cost_of_a_unit  # of a day at home
    for i in (0, 20, 50):
        d = int(curve.days[i])
        by_hand = day[:d].sum() + (DAYS - d) * fixed + 500 * min(1, (DAYS - d) / 200)
        assert curve.cost[i] == pytest.approx(by_hand, rel=1e-3)
    assert curve.keep == pytest.approx(day.sum(), rel=1e-3)


def test_the_table_of_shares_is_the_normal_distribution() -> None:
    table = outside_table(88.0, 112.0, 2.0, 1281)
    level = np.linspace(88 - 16, 112 + 16, 1281)
    exact = ndtr((88 - level) / 2) + ndtr((level - 112) / 2)
    assert table == pytest.approx(exact, rel=1e-9, abs=1e-15)


def test_nothing_is_done_before_its_lead_time_and_what_goes_wrong_till_then_is_shown() -> None:
    futures = creeping(0.5)
    late = SURE.model_copy(update={"lead_time_days": 40.0})
    curve = cost_curve(futures, late, DEFAULT_POLICY)
    assert curve.days[0] == curve.best == 40  # the limit is crossed on day 24
    assert curve.unavoidable > 0.9 * curve.going[0]
    assert curve.unavoidable > 100 * cost_curve(futures, SURE, DEFAULT_POLICY).unavoidable


def test_a_lead_time_beyond_the_horizon_leaves_only_to_keep() -> None:
    late = SURE.model_copy(update={"lead_time_days": 400.0})
    curve = cost_curve(creeping(0.5), late, DEFAULT_POLICY)
    assert curve.never
    assert curve.unavoidable == pytest.approx(curve.keep)
    assert curve.saving == 0


@settings(max_examples=25)
@given(
    slope=st.floats(-0.6, 0.6),
    kind=st.sampled_from(["clean", "recalibrate", "replace-component", "refurbish"]),
)
def test_dearer_going_on_never_delays_the_best_day(slope: float, kind: str) -> None:
    futures = creeping(slope)
    action = next(one for one in DEFAULT_POLICY.actions if one.kind == kind)
    days = [cost_curve(futures, action, priced(f)).best for f in (0.1, 1, 3, 30)]
    assert all(later <= earlier for earlier, later in pairwise(days))


@settings(max_examples=15)
@given(slope=st.floats(0.05, 0.6), sign=st.sampled_from([-1.0, 1.0]))
def test_a_mirrored_drift_costs_the_same(slope: float, sign: float) -> None:
    one = cost_curve(creeping(slope), SURE, DEFAULT_POLICY)
    other = cost_curve(creeping(-slope), SURE, DEFAULT_POLICY)
    assert other.cost == pytest.approx(one.cost, rel=1e-6)


def test_a_steady_level_is_best_left_alone() -> None:
    assert cost_curve(creeping(0.0), SURE, DEFAULT_POLICY).never


def test_one_limit_is_enough() -> None:
    upper = SpecLimits(upper=112.0)
    both, one = creeping(0.3), creeping(0.3, spec=upper)
    curves = [cost_curve(futures, SURE, DEFAULT_POLICY) for futures in (both, one)]
    assert curves[1].cost == pytest.approx(curves[0].cost, rel=1e-3)
    assert cost_curve(creeping(-0.3, spec=upper), SURE, DEFAULT_POLICY).never


def test_no_limit_has_no_cost() -> None:
    with pytest.raises(BadData, match="specification limit"):
        cost_curve(creeping(0.3, spec=SpecLimits()), SURE, DEFAULT_POLICY)


def test_an_uncertain_effect_costs_more_than_a_sure_one_of_the_same_mean() -> None:
    vague = SURE.model_copy(
        update={
            "level": ExpectedShare(share=0.8, sd=0.3),
            "slope": ExpectedShare(share=0.8, sd=0.3),
        }
    )
    sure = vague.model_copy(
        update={"level": ExpectedShare(share=0.8), "slope": ExpectedShare(share=0.8)}
    )
    futures = creeping(0.3, paths=300)
    assert (
        cost_curve(futures, vague, DEFAULT_POLICY).cost.min()
        > cost_curve(futures, sure, DEFAULT_POLICY).cost.min()
    )


def test_bands_hold_the_mean_and_the_best_day_its_interval() -> None:
    curve = cost_curve(creeping(0.25, scatter=0.05), SURE, DEFAULT_POLICY)
    assert np.all(curve.lower <= curve.cost + 1e-9)
    assert np.all(curve.cost <= curve.upper * 1.0 + 1e-9)
    assert curve.best_lower <= curve.best <= curve.best_upper
    assert curve.saving_lower <= curve.saving <= curve.saving_upper
    assert curve.week is not None
    assert curve.week >= -0.02 * curve.saving  # days that are worth as much are alike


def test_free_going_on_is_best_gone_on_with() -> None:
    free = DEFAULT_POLICY.model_copy(update={"not_acting": NotActing()})
    assert cost_curve(creeping(0.5), SURE, free).never


@pytest.mark.parametrize(
    ("level", "sigma"),
    [
        (np.zeros((0, 30)), 1.0),
        (np.zeros((3, 1)), 1.0),
        (np.full((3, 30), math.nan), 1.0),
        (np.zeros((3, 30)), 0.0),
    ],
)
def test_futures_that_say_nothing_are_refused(level: np.ndarray, sigma: float) -> None:
    with pytest.raises(BadData, match="futures"):
        sampled_futures(
            level, home=0, sigma=sigma, spec=SPEC, horizon=30, rng=np.random.default_rng(0)
        )


def test_corrections_to_come_are_paid_for_and_end_with_the_slope() -> None:
    demand = np.full(DAYS, 0.5)
    hidden, quiet = creeping(0.0, corrections=demand), creeping(0.0)
    each = DEFAULT_POLICY.action("recalibrate").acting
    curve = cost_curve(hidden, SURE, DEFAULT_POLICY)
    kept = cost_curve(quiet, SURE, DEFAULT_POLICY).keep
    assert curve.keep - kept == pytest.approx(0.5 * DAYS * each)
    assert curve.best == 3  # its lead time: the level stays, the corrections end
    assert curve.unavoidable == pytest.approx(1.5 * each, rel=1e-3)
