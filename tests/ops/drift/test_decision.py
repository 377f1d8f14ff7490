"""Decisions: who is proposed, who wins, when, and what would change it."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.drift.cost_curve import cost_curve
from ops.drift.crow_amsaa import crow_amsaa
from ops.drift.decision import Decision, decide
from ops.drift.default_policy import DEFAULT_POLICY
from ops.drift.evidence import Evidence
from ops.drift.policy import ActionPolicy, NotActing
from ops.drift.rule_match import Remembered, Situation
from ops.values import SpecLimits
from tests.ops.drift.creeping import SPEC, creeping

CREEP = Evidence("trend", "ar-trend", 0.2, "value/day", 60, lower=0.1, upper=0.3, present=True)
QUIET = Evidence("level", "equivalence", 0.1, "value", 60, present=False, absent=True)
STEP = Evidence("step", "changepoints", 2.1, "value", 60, present=True)
SHRINKING = crow_amsaa(100 * (np.arange(1, 16) / 15.5) ** 0.45, end=100)


def seen(*evidence: Evidence, **more: Any) -> Situation:
    return Situation(evidence, spec=SPEC, sigma=2.0, **more)


def scaled(policy: ActionPolicy, factor: float) -> ActionPolicy:
    going = policy.not_acting
    cheap = going.model_copy(
        update={
            name: getattr(going, name) * factor
            for name in ("cost_per_unit", "cost_per_escape", "cost_per_day_below")
        }
    )
    actions = tuple(
        one.model_copy(
            update={
                "cost": one.cost * factor,
                "downtime_cost_per_hour": one.downtime_cost_per_hour * factor,
            }
        )
        for one in policy.actions
    )
    return policy.model_copy(update={"not_acting": cheap, "actions": actions})


def said(decision: Decision) -> set[str]:
    return {reason.id for reason in decision.reasons}


def test_a_drift_that_is_shown_to_be_none_is_left_alone() -> None:
    decision = decide(seen(QUIET), creeping(0.3), DEFAULT_POLICY)
    assert (decision.action, decision.day, said(decision)) == ("keep", None, {"no-drift-shown"})


def test_without_evidence_nothing_is_done() -> None:
    decision = decide(seen(), creeping(0.3), DEFAULT_POLICY)
    assert (decision.action, said(decision)) == ("keep", {"nothing-present"})


def test_a_level_that_stays_is_kept_though_something_was_seen() -> None:
    decision = decide(seen(CREEP), creeping(0.0), DEFAULT_POLICY)
    assert decision.action == "keep"
    assert decision.costed
    assert "acting-costs-more" in said(decision)


def test_a_creep_is_acted_on_before_the_limit_is_crossed() -> None:
    decision = decide(seen(CREEP), creeping(0.2), DEFAULT_POLICY)
    assert decision.action == "replace-component"  # by rule `creep`: 6 of 24 in 30 days
    assert decision.day is not None
    assert 0 < decision.day < 60  # the mean is at the limit on day 60
    assert decision.saving is not None
    assert decision.saving > 0
    assert decision.reasons[0].rule == "creep"
    assert decision.reasons[0].evidence == (0,)
    assert {one.action.kind for one in decision.runners_up} == {"recalibrate", "clean"}


def test_what_would_change_it_does_change_it() -> None:
    futures = creeping(0.2)
    decision = decide(seen(CREEP), futures, DEFAULT_POLICY)
    assert {one.what for one in decision.tippings} >= {"slope"}
    for tipping in decision.tippings:
        if tipping.what == "slope":
            assert tipping.value == pytest.approx(tipping.factor * futures.slope)
            again = decide(seen(CREEP), futures.steeper(tipping.factor), DEFAULT_POLICY)
            days = abs((again.day or 0) - (decision.day or 0))
            assert again.action != decision.action or days >= 4  # on all futures, day by day
        if tipping.what == "cost-of-going-on":
            dearer = scaled(DEFAULT_POLICY, tipping.factor).not_acting
            policy = DEFAULT_POLICY.model_copy(update={"not_acting": dearer})
            again = decide(seen(CREEP), futures, policy)
            assert (again.action, again.day) == (tipping.action, tipping.day)


@settings(max_examples=10)
@given(factor=st.sampled_from([1e-3, 0.5, 7.0, 1e4]), slope=st.floats(0.02, 0.5))
def test_another_currency_decides_the_same(factor: float, slope: float) -> None:
    futures = creeping(slope)
    one = decide(seen(CREEP, STEP), futures, DEFAULT_POLICY)
    other = decide(seen(CREEP, STEP), futures, scaled(DEFAULT_POLICY, factor))
    assert (other.action, other.day) == (one.action, one.day)
    if one.saving is not None and other.saving is not None:
        assert other.saving == pytest.approx(factor * one.saving)


def test_shrinking_intervals_after_repeated_maintenance_ask_for_a_refurbishment() -> None:
    tool = seen(CREEP, actions=("recalibrate",) * 4, crow=SHRINKING)
    decision = decide(tool, creeping(0.3), DEFAULT_POLICY)
    proposed = {decision.action} | {one.action.kind for one in decision.runners_up}
    assert "refurbish" in proposed
    assert not proposed & {"clean", "recalibrate"}
    only = DEFAULT_POLICY.model_copy(update={"rules": DEFAULT_POLICY.rules[:1]})
    again = decide(tool, creeping(0.3), only)
    assert again.action == "refurbish"
    assert again.reasons[0].id == "intervals-shrink"
    assert again.reasons[0].values["lower"] == pytest.approx(SHRINKING.lower)
    assert again.day is not None
    assert again.day >= 10  # its lead time


def test_even_intervals_do_not() -> None:
    even = crow_amsaa(np.arange(1.0, 16.0) * 6, end=95)
    tool = seen(CREEP, actions=("recalibrate",) * 2, crow=even)
    decision = decide(tool, creeping(0.3), DEFAULT_POLICY)
    proposed = {decision.action} | {one.action.kind for one in decision.runners_up}
    assert "refurbish" not in proposed


def test_a_step_after_a_capillary_change_asks_for_another_component() -> None:
    decision = decide(seen(STEP, step_events=("capillary-change",)), None, DEFAULT_POLICY)
    assert decision.action == "replace-component"
    assert decision.reasons[0].values["event"] == "capillary-change"


@pytest.mark.parametrize(
    ("futures", "policy", "why"),
    [
        (None, DEFAULT_POLICY, "no-forecast"),
        (creeping(0.3, spec=SpecLimits()), DEFAULT_POLICY, "no-limits"),
        (
            creeping(0.3),
            DEFAULT_POLICY.model_copy(update={"not_acting": NotActing()}),
            "no-costs",
        ),
    ],
)
def test_what_has_no_cost_is_decided_by_rule_and_says_so(
    futures: Any, policy: ActionPolicy, why: str
) -> None:
    decision = decide(seen(CREEP), futures, policy)
    assert (decision.action, decision.day) == ("replace-component", 1)  # its lead time
    assert not decision.costed
    assert decision.saving is None
    assert why in said(decision)


def test_what_held_before_is_proposed_and_what_did_not_is_not() -> None:
    past = (Remembered("refurbish", held=True), Remembered("replace-component", held=False))
    decision = decide(seen(CREEP, remembered=past), creeping(0.2), DEFAULT_POLICY)
    proposed = {decision.action} | {one.action.kind for one in decision.runners_up}
    assert proposed == {"refurbish", "recalibrate", "clean"}


def test_a_lead_time_that_is_too_long_is_named() -> None:
    slow = DEFAULT_POLICY.model_copy(
        update={
            "actions": tuple(
                one.model_copy(update={"lead_time_days": 35.0}) for one in DEFAULT_POLICY.actions
            )
        }
    )
    decision = decide(seen(CREEP), creeping(0.5), slow)
    assert decision.day == 35
    assert "not-before-lead-time" in said(decision)
    assert decision.unavoidable is not None
    assert decision.unavoidable > 0


def test_the_winner_is_the_cheapest_candidate_on_its_best_day() -> None:
    futures = creeping(0.2)
    decision = decide(seen(CREEP), futures, DEFAULT_POLICY)
    costs = {
        one.kind: float(cost_curve(futures, one, DEFAULT_POLICY).cost.min())
        for one in DEFAULT_POLICY.actions
        if one.kind in ("replace-component", "recalibrate", "clean")
    }
    assert min(costs, key=lambda kind: costs[kind]) == decision.action


def test_a_drift_that_corrections_hide_is_acted_on() -> None:
    demand = Evidence("corrections", "correction-demand", 1.8, "ratio", 15, present=True)
    tool = seen(QUIET, demand, actions=("recalibrate",) * 15, crow=SHRINKING)
    hidden = creeping(0.0, corrections=SHRINKING.ahead(90))
    decision = decide(tool, hidden, DEFAULT_POLICY)
    assert decision.action == "replace-component"
    assert decision.saving is not None
    assert decision.saving > 0
    assert decide(seen(QUIET, crow=SHRINKING), hidden, DEFAULT_POLICY).reasons[0].id != (
        "no-drift-shown"
    )
