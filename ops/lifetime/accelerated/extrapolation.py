"""How far a life at use lies beyond what was seen: in stress, in time, in probability."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

import numpy as np

from ops.lifetime.accelerated.fit import AcceleratedFit


@dataclass(frozen=True, slots=True)
class StressReach:
    """One term of the model.

    Parameters
    ----------
    constant, stress
        Which one.
    use, low, high
        Level at use, and the lowest and highest among cells with failures, in the model's unit.
    ratio
        Distance of use beyond the tested levels over the distance between these, in the
        covariate (1/kT, ln V ...): 0 within, None where all had one level.
    """

    constant: str
    stress: str
    use: float
    low: float
    high: float
    ratio: float | None


@dataclass(frozen=True, slots=True)
class Extrapolation:
    """What a life at use conditions rests on.

    Parameters
    ----------
    stresses
        Reach of each term.
    nearest
        Number of the cell with failures whose life is nearest to that at use.
    factor
        Acceleration factor from it to use, at the estimate.
    proven
        Longest test time of any cell, turned into time at use by the fit.
    time_ratio
        Life at use over `proven`: above 1 it lies beyond all that the test has covered.
    test_ratio
        Life at use over the longest time on test.
    p
        Share that was asked for.
    p_seen
        Least share that had failed when the first failure of a cell was seen.
    """

    stresses: tuple[StressReach, ...]
    nearest: int
    factor: float
    proven: float
    time_ratio: float
    test_ratio: float
    p: float
    p_seen: float

    @property
    def in_stress(self) -> bool:
        """Whether use lies beyond the tested levels of any stress."""
        return any(s.ratio is None or s.ratio > 0 for s in self.stresses)

    @property
    def in_probability(self) -> bool:
        """Whether the share is smaller than any that was seen."""
        return self.p < self.p_seen


def extrapolation(
    fit: AcceleratedFit,
    use: Mapping[str, float],
    p: float,
    life: float,
    *,
    units: Mapping[str, str] | None = None,
) -> Extrapolation:
    """State how far a life at use lies beyond the test.

    Parameters
    ----------
    life
        The life that is reported, in the unit of the data.

    Raises
    ------
    BadData
        If a stress is missing or a level cannot be.
    """
    at = fit.model.point(use, units or {})
    cells = fit.stressed.cells
    home = float(fit.location(at)[0])
    location = [
        float(fit.location({s: np.array([x]) for s, x in cell.levels.items()})[0]) for cell in cells
    ]
    failing = [i for i, cell in enumerate(cells) if cell.failures > 0]
    nearest = min(failing, key=lambda i: abs(location[i] - home))
    turned = [home - location[i] for i in range(len(cells))]
    proven = max(cell.longest * exp(turned[i]) for i, cell in enumerate(cells))
    return Extrapolation(
        stresses=_reaches(fit, {s: float(x[0]) for s, x in at.items()}, failing),
        nearest=nearest,
        factor=exp(turned[nearest]),
        proven=proven,
        time_ratio=life / proven,
        test_ratio=life / max(cell.longest for cell in cells),
        p=p,
        p_seen=min(1.0 / cells[i].units for i in failing),
    )


def _reaches(
    fit: AcceleratedFit, use: Mapping[str, float], failing: list[int]
) -> tuple[StressReach, ...]:
    found: list[StressReach] = []
    for term in fit.model.terms:
        name = term.stress.name
        levels = [fit.stressed.cells[i].levels[name] for i in failing]
        low, high = min(levels), max(levels)
        x_use, *x = term.covariate(np.array([use[name], low, high])).tolist()
        width = max(x) - min(x)
        beyond = max(0.0, min(x) - x_use, x_use - max(x))
        ratio = beyond / width if width > 0 else (0.0 if beyond == 0 else None)
        found.append(StressReach(term.constant, name, use[name], low, high, ratio))
    return tuple(found)
