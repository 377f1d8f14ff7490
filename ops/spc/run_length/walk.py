"""Walks that are only stepped: their means and steady states by following them to the end."""

from abc import ABC, abstractmethod

import numpy as np

from ops.spc.run_length.quantile import GONE, LONGEST, follow
from ops.values import FloatArray

TOLERANCE = 1e-9


class SteppedWalk(ABC):
    """A walk whose matrix is never written down."""

    __slots__ = ()

    @abstractmethod
    def first(self) -> FloatArray:
        """Mass after the first value."""

    @abstractmethod
    def advance(self, mass: FloatArray) -> FloatArray:
        """Mass after one more value without a signal."""

    def alive(self, mass: FloatArray) -> float:
        """Share of histories without a signal."""
        return float(mass.sum())

    def left(self, mass: FloatArray) -> float:
        """Mean number of values until the signal, times the share still without one."""
        return follow(self, mass, np.empty(0), tolerance=TOLERANCE).mean

    def settled(self) -> FloatArray:
        """Mass after a long time without a signal, of share one."""
        mass = self.first()
        for _ in range(LONGEST):
            before, mass = mass, self.advance(mass)
            mass = mass / self.alive(mass)
            if np.abs(mass - before).max() < 1e-10:
                break
        return mass

    def visits(self, mass: FloatArray) -> FloatArray:
        """Sum of the masses from `mass` on, until all have signalled."""
        total = mass.copy()
        for _ in range(LONGEST):
            before, mass = mass, self.advance(mass)
            total += mass
            share = self.alive(mass)
            ratio = share / self.alive(before)
            if share < GONE or np.abs(mass - ratio * before).max() < 1e-12 * share:
                return total + mass * (ratio / (1.0 - ratio))
        return total
