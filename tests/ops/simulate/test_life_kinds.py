"""Lots, returns, repairs and growing layers hold what was planted."""

import numpy as np
import pytest

from ops.simulate.field_returns import FieldPlan, simulate_field_returns
from ops.simulate.layer_growth import GrowthPlan, simulate_growth
from ops.simulate.life_lots import LifeLotPlan, simulate_life_lots
from ops.simulate.repairs import RepairPlan, simulate_repairs


def test_usual_lots_are_weibull_and_bad_ones_live_shorter() -> None:
    plan = LifeLotPlan(lots=200, units=50, spread=0.0, end_h=1e9, bad=(3, 4))
    lives = simulate_life_lots(plan, seed=5)
    bad = np.isin(lives.lot, plan.bad)
    logs = np.log(lives.hours)
    deviation = np.pi / np.sqrt(6) / plan.shape
    n = int((~bad).sum())
    assert logs[~bad].std() == pytest.approx(deviation, rel=4 * np.sqrt(1.1 / n))
    mean = np.log(plan.scale_h) - np.euler_gamma / plan.shape
    assert logs[~bad].mean() == pytest.approx(mean, abs=4 * deviation / np.sqrt(n))
    shift = logs[bad].mean() - logs[~bad].mean()
    assert shift == pytest.approx(np.log(plan.bad_life), abs=4 * deviation / np.sqrt(bad.sum()))


def test_lots_are_censored_at_the_end() -> None:
    plan = LifeLotPlan()
    lives = simulate_life_lots(plan, seed=5)
    assert (lives.hours[~lives.failed] == plan.end_h).all()
    assert (lives.hours[lives.failed] <= plan.end_h).all()


def test_as_many_return_as_life_and_delay_say() -> None:
    plan = FieldPlan(cohort=20_000)
    seen = simulate_field_returns(plan, until=20_000.0, seed=5)
    failed = np.bincount(seen.cohort, minlength=plan.months).sum()
    ages = 30.0 * np.arange(1, plan.months + 1)
    delays = np.random.default_rng(0).exponential(plan.delay_d, 4000)
    left = np.maximum(ages[:, None] - delays, 0.0)
    share = -np.expm1(-((left / plan.scale_d) ** plan.shape))
    expected = plan.cohort * share.mean(axis=1).sum()
    assert failed == pytest.approx(expected, abs=5 * np.sqrt(expected))
    assert (seen.reported <= 20_000.0).all()
    assert (seen.failed > seen.shipped[seen.cohort]).all()
    assert seen.mode.mean() == pytest.approx(plan.leakage, abs=4 * np.sqrt(0.21 / failed))


def test_sound_heads_fail_as_often_at_every_age_and_the_worn_one_ever_more() -> None:
    bonders = [f"WB-{i}" for i in range(400)]
    plan = RepairPlan(worn="WB-7", worn_repairs=3000.0)
    seen = simulate_repairs(plan, bonders, seed=5)
    worn = seen.bonder == 7
    share = seen.age / seen.end[seen.bonder]
    n = int((~worn).sum())
    expected = plan.repairs * (seen.end.sum() - plan.hours) / plan.hours
    assert n == pytest.approx(expected, abs=4 * np.sqrt(expected))
    assert share[~worn].mean() == pytest.approx(0.5, abs=4 * np.sqrt(1 / 12 / n))
    beta = 1.0 / np.mean(-np.log(share[worn]))  # maximum likelihood, time truncated
    assert beta == pytest.approx(plan.worn_beta, rel=4 / np.sqrt(worn.sum()))
    assert (seen.mode[worn] == 0).all()


def test_a_head_keeps_its_history_when_others_come() -> None:
    plan = RepairPlan()
    few = simulate_repairs(plan, ["WB-01", "WB-05"], seed=5)
    many = simulate_repairs(plan, ["WB-02", "WB-01", "WB-05"], seed=5)
    assert np.array_equal(few.age[few.bonder == 1], many.age[many.bonder == 2])


def test_layers_grow_with_the_root_of_time() -> None:
    plan = GrowthPlan(bonds=2000)
    read = simulate_growth(plan, seed=5)
    root = np.sqrt(np.array(plan.ages_h))
    slopes = np.polyfit(root, read.T, 1)[0]
    noise = plan.gauge_um / np.sqrt(((root - root.mean()) ** 2).sum())
    spread = np.hypot(plan.speed * plan.speed_spread, noise)
    median = np.median(slopes)
    assert median == pytest.approx(plan.speed, abs=5 * 1.2533 * spread / np.sqrt(plan.bonds))
    assert slopes.std() == pytest.approx(spread, rel=0.1)
    assert read.max() < plan.limit_um + 1.5
