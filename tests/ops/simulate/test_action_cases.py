"""Simulated cases hold their planted truth, and repeat."""

from collections import Counter

import numpy as np

from ops.simulate.action_cases import ActionPlan, catalogue_of, simulate_actions


def test_the_same_seed_draws_the_same_cases() -> None:
    plan = ActionPlan(cases=40)
    assert simulate_actions(plan, seed=5) == simulate_actions(plan, seed=5)
    assert simulate_actions(plan, seed=5) != simulate_actions(plan, seed=6)


def test_the_catalogue_has_the_items_that_the_plan_says() -> None:
    actions, parts = catalogue_of(ActionPlan())
    assert (len(actions), len(parts)) == (40, 20)
    assert len({*actions, *parts}) == 60


def test_what_helps_is_the_remedy_and_habits_are_done_most() -> None:
    cases = simulate_actions(ActionPlan(cases=2000), seed=1)
    right = [c.helped for c in cases if c.truth in (*c.actions, *c.parts) and c.helped is not None]
    wrong = [c.helped for c in cases if c.truth not in (*c.actions, *c.parts)]
    wrong = [helped for helped in wrong if helped is not None]
    assert abs(np.mean(right) - 0.85) < 0.03
    assert abs(np.mean(wrong) - 0.08) < 0.03
    times = [c.opened_h for c in cases]
    assert times == sorted(times)
    causes = Counter(c.truth for c in cases)
    assert sum(n for _, n in causes.most_common(12)) > 0.5 * len(cases), "a head"
    assert sum(n <= 20 for n in causes.values()) > 20, "and a long tail"
