"""Amounts by which a plan breaks a rule."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from solvers.values import FloatArray

ALLOWED = 1e-5  # relative; ten times what the solver allows itself for a whole number


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a plan breaks, where it does so most, and by what relative amount."""

    rule: str
    place: str
    period: str
    amount: float

    def __str__(self) -> str:
        """Say it in a line."""
        when = f" in {self.period}" if self.period else ""
        return f"{self.rule} at {self.place}{when} by {self.amount:.3g}"


def over(value: FloatArray, limit: FloatArray) -> FloatArray:
    """How far `value` is above `limit`, relative to both; 0 where it is not."""
    value, limit = np.broadcast_arrays(value, limit)
    bounded = np.isfinite(limit) & np.isfinite(value)
    with_zero = np.where(bounded, limit, 0.0)
    held = np.where(bounded, value, 0.0)
    return np.asarray(np.maximum(held - with_zero, 0.0) / (1.0 + np.abs(held) + np.abs(with_zero)))


def worst(
    rule: str, amount: FloatArray, place: Callable[[int], str], periods: tuple[str, ...] = ()
) -> tuple[Breach, ...]:
    """Breach at the largest of `amount`, shape (n, T) or (n, 1); none if all is allowed."""
    if not amount.size or float(amount.max()) <= ALLOWED:
        return ()
    row, period = np.unravel_index(int(amount.argmax()), amount.shape)
    when = periods[int(period)] if periods else ""
    return (Breach(rule, place(int(row)), when, float(amount[row, period])),)
