"""Demand and shipments have the means, the spread and the two causes that were planted."""

from dataclasses import replace

import numpy as np
import pytest

from ops.simulate.network import NetworkPlan
from ops.simulate.shipments import (
    DemandHistory,
    customers,
    expected_demand,
    simulate_demand,
    simulate_shipments,
)
from ops.values import FloatArray

PLAN = NetworkPlan()
DEMAND = simulate_demand(PLAN, seed=7)


def _cube(demand: DemandHistory) -> FloatArray:
    shape = (PLAN.days, len(customers(PLAN)), len(PLAN.packages))
    return demand.units.reshape(shape).astype(np.float64)


def test_equal_seeds_give_equal_histories() -> None:
    again = simulate_demand(PLAN, seed=7)
    assert np.array_equal(again.units, DEMAND.units)
    first, second = (simulate_shipments(PLAN, DEMAND, seed=7) for _ in range(2))
    assert np.array_equal(first.lead_days, second.lead_days)
    assert not np.array_equal(simulate_demand(PLAN, seed=8).units, DEMAND.units)


def test_demand_is_negative_binomial_about_its_mean() -> None:
    mean, units = expected_demand(PLAN), _cube(DEMAND)
    relative = (units - mean) / np.sqrt(mean + mean**2 / PLAN.dispersion)
    n = relative.size
    assert relative.mean() == pytest.approx(0.0, abs=4 / np.sqrt(n))
    assert relative.var() == pytest.approx(1.0, rel=4 * np.sqrt(2.5 / n))


def test_weeks_have_their_shape_and_years_their_growth() -> None:
    units = _cube(DEMAND)[:, :3].sum(axis=(1, 2))  # customers without a step
    by_day = units.reshape(-1, 7)
    factor = by_day.mean(axis=0) / by_day.mean()
    assert factor == pytest.approx(np.array(PLAN.weekday), abs=0.06)
    assert np.mean(PLAN.weekday) == pytest.approx(1.0)
    weekly = by_day.sum(axis=1)
    week = np.arange(weekly.size)
    rise = np.polyfit(week, weekly, 1)
    grown = rise[0] * 365 / 7 / rise[1]
    assert grown == pytest.approx(PLAN.growth, abs=0.06)


def test_one_customer_asks_for_more_from_its_day_on() -> None:
    step, units = PLAN.step, _cube(DEMAND).sum(axis=2)
    place, first = customers(PLAN).index(step.customer), step.first_day
    others = [0, 1, 2]
    share = units[:, place] / units[:, others].sum(axis=1)
    days = PLAN.days - first
    error = share[first:].std() / np.sqrt(days) / share[:first].mean()
    assert share[first:].mean() / share[:first].mean() == pytest.approx(step.factor, abs=4 * error)


def test_lead_times_are_those_of_their_lanes() -> None:
    shipped = simulate_shipments(PLAN, DEMAND, seed=7)
    late = PLAN.disruption
    for index, lane in enumerate(PLAN.lanes):
        quiet = (shipped.day < late.first_day) & (shipped.lane == index)
        days = shipped.lead_days[quiet]
        error = lane.lead_days * lane.lead_cv / np.sqrt(days.size)
        assert days.mean() == pytest.approx(lane.lead_days, abs=4 * error)


def test_the_disrupted_lane_is_slow_while_it_is_disrupted() -> None:
    shipped, late = simulate_shipments(PLAN, DEMAND, seed=7), PLAN.disruption
    lane = next(x for x in PLAN.lanes if x.code == late.lane)
    mine = shipped.lane == PLAN.lanes.index(lane)
    held = mine & (shipped.day >= late.first_day) & (shipped.day <= late.last_day)
    mean = late.factor * lane.lead_days
    error = mean * lane.lead_cv / np.sqrt(held.sum())
    assert shipped.lead_days[held].mean() == pytest.approx(mean, abs=4 * error)
    after = mine & (shipped.day > late.last_day)
    assert shipped.lead_days[after].mean() < 1.2 * lane.lead_days


def test_every_shipment_carries_what_is_asked_for_behind_it() -> None:
    shipped = simulate_shipments(PLAN, DEMAND, seed=7)
    last = [i for i, lane in enumerate(PLAN.lanes) if lane.destination in customers(PLAN)]
    carried = shipped.units[np.isin(shipped.lane, last)].sum()
    assert carried == DEMAND.units.sum()
    assert np.all(np.diff(shipped.day) >= 0)


def test_lanes_join_places_and_the_plants_can_make_what_is_asked_for() -> None:
    places = {n.code for n in PLAN.nodes}
    assert all({lane.origin, lane.destination} <= places for lane in PLAN.lanes)
    capacity = sum(n.capacity for n in PLAN.nodes if n.kind == "plant")
    assert 7 * expected_demand(PLAN).sum(axis=(1, 2)).max() < 1.5 * capacity
    short = replace(PLAN, days=70)
    assert simulate_shipments(short, simulate_demand(short, seed=7), seed=7).day.max() < 70
