"""A cheap action at once bridges the lead time of a better one, where that saves its own cost."""

import numpy as np
import pytest

from ops.drift.cost_curve import cost_curve
from ops.drift.crow_amsaa import crow_amsaa
from ops.drift.decision import decide
from ops.drift.default_policy import DEFAULT_POLICY
from ops.drift.evidence import Evidence
from ops.drift.policy import ActionPolicy
from ops.drift.rule_match import Remembered, Situation
from ops.drift.stop_gap import bridged, stop_gap
from tests.ops.drift.creeping import SPEC, creeping

CREEP = Evidence("trend", "ar-gls", 0.3, "value/day", 60, lower=0.2, upper=0.4, present=True)
QUICK = [DEFAULT_POLICY.action("clean"), DEFAULT_POLICY.action("recalibrate")]
REFURBISH = DEFAULT_POLICY.action("refurbish")


def late() -> ActionPolicy:
    """Return the default with a refurbishment that takes a month."""
    actions = tuple(
        one.model_copy(update={"lead_time_days": 30.0}) if one.kind == "refurbish" else one
        for one in DEFAULT_POLICY.actions
    )
    return DEFAULT_POLICY.model_copy(update={"actions": actions})


def test_a_stop_gap_takes_back_the_offset_and_leaves_the_slope() -> None:
    futures = creeping(0.2)
    after = bridged(futures, DEFAULT_POLICY.action("recalibrate"), 5)
    assert np.array_equal(after.level[:, :5], futures.level[:, :5])
    gone = futures.level[:, 5:] - after.level[:, 5:]
    assert np.allclose(gone, gone[:, :1])
    share = gone[:, 0] / (futures.level[:, 5] - futures.home)
    assert np.mean(share) == pytest.approx(0.95, abs=0.02)


def test_a_long_lead_time_is_bridged_where_it_saves() -> None:
    policy, futures = late(), creeping(0.6)
    curve = cost_curve(futures, policy.action("refurbish"), policy)
    found = stop_gap(futures, curve, QUICK, policy)
    assert found is not None
    assert found.action.kind == "recalibrate"
    assert found.day < 30 <= found.after.best
    assert found.saving == pytest.approx(curve.cost.min() - found.after.cost.min(), rel=0.05)


def test_nothing_is_bridged_where_nothing_goes_wrong_meanwhile() -> None:
    futures = creeping(0.02)
    curve = cost_curve(futures, REFURBISH, DEFAULT_POLICY)
    assert stop_gap(futures, curve, QUICK, DEFAULT_POLICY) is None


def test_the_decision_says_what_comes_first() -> None:
    shrinking = crow_amsaa(100 * (np.arange(1, 16) / 15.5) ** 0.45, end=100)
    tool = Situation((CREEP,), spec=SPEC, sigma=2.0, actions=("recalibrate",) * 4, crow=shrinking)
    only = late().model_copy(update={"rules": DEFAULT_POLICY.rules[:1]})
    made = decide(tool, creeping(0.6), only)
    assert made.action == "refurbish"
    assert made.first is not None
    assert made.first.action.kind in ("recalibrate", "clean", "replace-component")
    assert "bridged" in {one.id for one in made.reasons}
    assert made.saving is not None
    assert made.saving > made.first.saving > 0


def test_what_did_not_hold_before_is_no_stop_gap() -> None:
    shrinking = crow_amsaa(100 * (np.arange(1, 16) / 15.5) ** 0.45, end=100)
    failed = tuple(
        Remembered(kind, held=False) for kind in ("recalibrate", "clean", "replace-component")
    )
    tool = Situation(
        (CREEP,), SPEC, 2.0, actions=("recalibrate",) * 4, crow=shrinking, remembered=failed
    )
    only = late().model_copy(update={"rules": DEFAULT_POLICY.rules[:1]})
    assert decide(tool, creeping(0.6), only).first is None


def test_only_attempts_count_where_drift_is_asked_for() -> None:
    old = Situation((CREEP,), SPEC, 2.0, actions=("clean",) * 4, attempts=())
    new = Situation((CREEP,), SPEC, 2.0, actions=("clean",) * 4, attempts=("clean",) * 3)
    found = [
        {decide(one, None, DEFAULT_POLICY).action}
        | {other.action.kind for other in decide(one, None, DEFAULT_POLICY).runners_up}
        for one in (old, new)
    ]
    assert "refurbish" not in found[0]
    assert "refurbish" in found[1]
