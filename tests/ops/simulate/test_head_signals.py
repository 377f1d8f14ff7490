"""Traces and loop heights hold what their plans say, and nothing beside it."""

import numpy as np

from ops.simulate.head_signals import LoopPlan, TracePlan, simulate_loops, simulate_traces


def test_only_the_current_of_lifted_bonds_sags_and_only_in_its_stretch() -> None:
    plan = TracePlan(rows=3000)
    found = simulate_traces(plan, seed=2)
    place = np.linspace(0.0, 1.0, plan.points)
    inside = (place > plan.sagging[0]) & (place < plan.sagging[1])
    late = (place > 0.4) & ~inside

    def gap(trace: np.ndarray, where: np.ndarray) -> float:
        of_bond = trace[:, 0, where].mean(axis=1)
        return float(of_bond[~found.lifted].mean() - of_bond[found.lifted].mean())

    assert abs(gap(found.current, inside) - plan.sag_ma) < 0.7
    assert abs(gap(found.current, late)) < 0.7
    assert abs(gap(found.force, inside)) < 0.3
    assert abs(found.lifted.mean() - plan.bad) < 0.03


def test_loop_heights_follow_from_the_signals_by_the_planted_weights() -> None:
    plan = LoopPlan(rows=4000)
    found = simulate_loops(plan, seed=2)
    known = np.isfinite(found.height_um)
    assert 0.9 < known.mean() < 0.96
    x = np.column_stack([found.signals[name] for name in plan.signals])
    x = np.column_stack([np.ones(known.sum()), x[known] - [s[1] for s in plan.signals.values()]])
    told, *_ = np.linalg.lstsq(x, found.height_um[known], rcond=None)
    assert np.allclose(told[1:], [s[3] for s in plan.signals.values()], atol=0.06, rtol=0.02)
    assert abs(told[0] - plan.height_um) < 0.1
