"""Positions of codes: which parts of a scenario become which rows of the arrays."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from solvers.scenario.document import Scenario
from solvers.scenario.goods import Commodity
from solvers.scenario.part import Amount
from solvers.scenario.place import Site
from solvers.scenario.yardstick import Yardstick
from solvers.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Codes:
    """A scenario, how its amounts are read, and where its codes stand in the arrays.

    Parameters
    ----------
    sites, commodities
        Code to position; closed sites have none.
    """

    scenario: Scenario
    yardstick: Yardstick
    sites: dict[str, int]
    commodities: dict[str, int]

    @classmethod
    def of(cls, scenario: Scenario) -> "Codes":
        """Positions in the order of the document."""
        taking_part = [s.code for s in scenario.sites if s.status != "closed"]
        return cls(
            scenario=scenario,
            yardstick=Yardstick(scenario),
            sites={code: i for i, code in enumerate(taking_part)},
            commodities={c.code: i for i, c in enumerate(scenario.commodities)},
        )

    @property
    def horizon(self) -> int:
        """Number of periods."""
        return len(self.scenario.periods)

    def commodity(self, code: str) -> Commodity:
        """Commodity of a code."""
        return self.scenario.commodities[self.commodities[code]]

    def places(self) -> list[Site]:
        """Sites that take part, in the order of their positions."""
        return [s for s in self.scenario.sites if s.code in self.sites]


def amounts(values: Iterable[Amount], bare: float, read: Callable[[str], float]) -> FloatArray:
    """Column of amounts: bare numbers times `bare`, texts as `read` reads them; shape (n,)."""
    return np.array([read(v) if isinstance(v, str) else v * bare for v in values], dtype=np.float64)


def positions(codes: Iterable[str], where: dict[str, int]) -> IntArray:
    """Column of positions, shape (n,)."""
    return np.array([where[code] for code in codes], dtype=np.int64)


def rows(parts: Sequence[FloatArray], horizon: int) -> FloatArray:
    """Stack rows of shape (T,) to (n, T), also when there is none."""
    return np.array(parts, dtype=np.float64).reshape(len(parts), horizon)


def over_periods(parts: Sequence[float | FloatArray], horizon: int) -> FloatArray:
    """Stack numbers, or rows of shape (T,), to (n, T)."""
    if all(isinstance(p, float) for p in parts):
        column = np.array(parts, dtype=np.float64)
        return np.repeat(column[:, None], horizon, axis=1)
    return rows([np.broadcast_to(p, (horizon,)) for p in parts], horizon)
