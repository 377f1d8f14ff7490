"""What would change a decision: how far a slope or a cost must move until another choice wins.

Each thing is scaled alone. The search goes outward from 1 to the nearest factor, down to a
twentieth and up to twenty times, and narrows that down; a slope is scaled on fewer futures.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ops.drift.cost_curve import WEEK, CostCurve, cost_curve, earliest_best
from ops.drift.futures import Futures
from ops.drift.policy import ActionKind, ActionPolicy
from ops.values import FloatArray

Scaled = Literal["slope", "cost-of-going-on", "cost-of-acting"]
COST_FACTORS = tuple(1.25**i for i in range(1, 14))  # to 18
SLOPE_FACTORS = (1.5, 2.0, 3.0, 5.0, 10.0)
HALVINGS, SLOPE_HALVINGS = 12, 5
PATHS, DAYS = 60, 31


@dataclass(frozen=True, slots=True)
class Tipping:
    """Where a decision tips.

    Parameters
    ----------
    what
        What is scaled alone.
    factor
        By how much, at the nearest point where another choice wins.
    value
        The slope there, in the unit of the characteristic a day; None for costs.
    action, day
        What wins beyond it; the day is None to keep.
    """

    what: Scaled
    factor: float
    value: float | None
    action: ActionKind
    day: int | None


@dataclass(frozen=True, slots=True)
class _Choice:
    action: ActionKind
    day: int | None

    def differs(self, other: "_Choice") -> bool:
        """Whether it is another action, or another week."""
        if self.action != other.action or self.day is None or other.day is None:
            return self.action != other.action
        return abs(self.day - other.day) >= WEEK


def tippings(
    futures: Futures, curves: Sequence[CostCurve], policy: ActionPolicy
) -> tuple[Tipping, ...]:
    """Nearest points at which another choice wins, less and more of each thing."""
    few = futures.fewer(PATHS)

    def going(factor: float) -> _Choice:
        return _choice([(one, factor * one.going + one.charged) for one in curves])

    def acting(factor: float) -> _Choice:
        return _choice([(one, one.going + factor * one.charged) for one in curves])

    def sloping(factor: float) -> _Choice:
        steeper = few.steeper(factor)
        again = [cost_curve(steeper, one.action, policy, most_days=DAYS) for one in curves]
        return _choice([(one, one.cost) for one in again])

    found: list[Tipping] = []
    for inverse in (True, False):
        found += _tips("cost-of-going-on", going, COST_FACTORS, inverse, HALVINGS)
        found += _tips("cost-of-acting", acting, COST_FACTORS, inverse, HALVINGS)
        if futures.slope != 0:
            slopes = _tips("slope", sloping, SLOPE_FACTORS, inverse, SLOPE_HALVINGS)
            found += [
                Tipping(one.what, one.factor, one.factor * futures.slope, one.action, one.day)
                for one in slopes
            ]
    return tuple(sorted(found, key=lambda one: abs(np.log(one.factor))))


def _choice(costs: Sequence[tuple[CostCurve, FloatArray]]) -> _Choice:
    """Return the action and day of the least cost; keep where that is never."""
    best, cost = min(costs, key=lambda one: float(one[1].min()))
    at = earliest_best(cost)
    if at == cost.size - 1:
        return _Choice("keep", None)
    return _Choice(best.action.kind, int(best.days[at]))


def _tips(
    what: Scaled,
    choose: Callable[[float], _Choice],
    factors: Sequence[float],
    inverse: bool,
    halvings: int,
) -> list[Tipping]:
    """Search one direction for the nearest factor with another choice, and narrow it down."""
    here = choose(1.0)
    near = 1.0
    for factor in factors:
        far = 1.0 / factor if inverse else factor
        there = choose(far)
        if there.differs(here):
            break
        near = far
    else:
        return []
    for _ in range(halvings):
        middle = float(np.sqrt(near * far))
        tried = choose(middle)
        if tried.differs(here):
            far, there = middle, tried
        else:
            near = middle
    return [Tipping(what, far, None, there.action, there.day)]
