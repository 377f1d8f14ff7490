"""Effects of past actions: recovered, with intervals that hold, and no share made of noise."""

import numpy as np
import pytest

from ops.drift.action_effect import ActionEffect, action_effect
from ops.drift.default_policy import DEFAULT_POLICY
from ops.drift.effect_learnt import learnt
from ops.drift.effect_pool import pooled_effects
from ops.drift.evidence import MICROS_PER_DAY
from ops.drift.past_action import PastAction, past_actions
from ops.values import FloatArray, PlantEvent

AT = (30.0, 60.0, 90.0)
T: FloatArray = np.arange(240, dtype=np.float64) / 2


def noise(rng: np.random.Generator, n: int, phi: float) -> FloatArray:
    shocks = rng.standard_normal(n)
    found = np.empty(n)
    found[0] = shocks[0]
    for i in range(1, n):
        found[i] = phi * found[i - 1] + np.sqrt(1 - phi**2) * shocks[i]
    return found


def sawtooth(offsets: FloatArray, left: float) -> FloatArray:
    """Level that creeps to each offset and is set back to a share of it."""
    level, base = np.zeros(T.size), 0.0
    for start, reach in zip((0.0, *AT), (*offsets, 0.0), strict=True):
        here = (start <= T) & (start + 30 > T)
        level[here] = base + (reach - base) * (T[here] - start) / 30
        base = left * reach
    return level


def measured(y: FloatArray) -> list[ActionEffect]:
    actions = [PastAction(at, "recalibrate", "calibration") for at in AT]
    found = [action_effect(T, y, one, AT, home=0.0) for one in actions]
    return [one for one in found if one is not None]


@pytest.mark.parametrize("phi", [0.0, 0.5])
def test_intervals_of_the_jump_cover_and_the_share_is_not_biased(phi: float) -> None:
    rng = np.random.default_rng(7)
    covered, shares = [], []
    for _ in range(120):
        offsets = rng.uniform(2, 5, 3)
        effects = measured(sawtooth(offsets, 0.2) + noise(rng, T.size, phi))
        for one, offset in zip(effects, offsets, strict=True):
            covered.append(one.jump_lower <= -0.8 * offset <= one.jump_upper)
        (pooled,) = pooled_effects(effects)
        assert pooled.level is not None
        shares.append(pooled.level.share)
    assert np.mean(covered) == pytest.approx(0.95, abs=0.04)
    assert np.mean(shares) == pytest.approx(0.8, abs=0.02)


def test_an_action_that_does_nothing_at_a_quiet_tool_has_no_share() -> None:
    rng = np.random.default_rng(8)
    shares = [pooled_effects(measured(noise(rng, T.size, 0.3)))[0].level for _ in range(40)]
    assert sum(one is None for one in shares) >= 36


def test_an_action_that_leaves_a_lasting_offset_removes_none_of_it() -> None:
    rng = np.random.default_rng(9)
    (pooled,) = pooled_effects(measured(4.0 + noise(rng, T.size, 0.3)))
    assert pooled.level is not None
    assert abs(pooled.level.share) < 3 * pooled.level.error
    assert pooled.jump_lower < 0 < pooled.jump_upper


def test_signs_are_counted_towards_home() -> None:
    rng = np.random.default_rng(10)
    effects = measured(sawtooth(np.array([4.0, -4.0, 5.0]), 0.1) + 0.5 * noise(rng, T.size, 0.0))
    (pooled,) = pooled_effects(effects)
    assert (pooled.n, pooled.improved) == (3, 3)
    assert pooled.jump_lower > 0
    assert pooled.p_value == pytest.approx(0.25)


def test_windows_end_at_the_neighbouring_events() -> None:
    y = np.where(T < 50, 0.0, 50.0) + np.sin(T)
    action = PastAction(30.0, "clean")
    alone = action_effect(T, y, action, (30.0,), home=0.0)
    bounded = action_effect(T, y, action, (30.0, 50.0), home=0.0)
    assert alone is not None
    assert bounded is not None
    assert (alone.n_after, bounded.n_after) == (120, 40)
    assert abs(bounded.jump) < 1 < abs(alone.jump_upper - alone.jump_lower)


@pytest.mark.parametrize("neighbours", [(28.0,), (32.0,), (28.0, 32.0)])
def test_too_few_values_on_a_side_say_nothing(neighbours: tuple[float, ...]) -> None:
    assert action_effect(T, np.sin(T), PastAction(30.0, "clean"), neighbours, home=0.0) is None


def test_equal_values_have_an_effect_of_nothing() -> None:
    effect = action_effect(T, np.full(T.size, 3.0), PastAction(30.0, "clean"), (), home=3.0)
    assert effect is not None
    assert (effect.jump, effect.bend) == pytest.approx((0.0, 0.0), abs=1e-9)


def test_missing_values_are_left_out() -> None:
    y = np.where(np.arange(T.size) % 3 == 0, np.nan, np.sin(T))
    effect = action_effect(T, y, PastAction(30.0, "clean"), (), home=0.0)
    assert effect is not None
    assert np.isfinite([effect.jump, effect.jump_lower, effect.bend_upper]).all()


def test_what_was_measured_moves_what_is_expected() -> None:
    rng = np.random.default_rng(11)
    effects = measured(sawtooth(np.array([6.0, 6.0, 6.0]), 0.6) + 0.5 * noise(rng, T.size, 0.0))
    (pooled,) = pooled_effects(effects)
    action = DEFAULT_POLICY.action("clean")
    moved = learnt(action, pooled)
    assert moved.level.share == pytest.approx(0.4, abs=0.08)
    assert moved.level.sd < action.level.sd
    assert learnt(action, None) is action
    known = DEFAULT_POLICY.action("recalibrate")
    assert learnt(known, pooled).slope == known.slope  # stated without doubt


def test_events_of_the_tool_become_actions_and_bounds() -> None:
    def event(kind: str, day: float, tool: str = "WB-01", lasted: float = 0.0) -> PlantEvent:
        ts = int(day * MICROS_PER_DAY)
        end = ts + int(lasted * MICROS_PER_DAY) if lasted else None
        return PlantEvent(1, "PG", kind, ts, end, tool, "", kind)

    events = [
        event("capillary-change", 9.0),
        event("calibration", 4.0, lasted=0.5),
        event("note", 6.0),
        event("calibration", 5.0, tool="WB-02"),
    ]
    actions, bounds = past_actions(events, DEFAULT_POLICY, tool="WB-01", origin=2 * MICROS_PER_DAY)
    assert actions == (
        PastAction(2.5, "recalibrate", "calibration"),
        PastAction(7.0, "replace-component", "capillary-change"),
    )
    assert bounds == (2.5, 4.0, 7.0)
