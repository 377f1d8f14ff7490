"""Repairs of the bond heads of bonders: as often at every age, but for one head that wears."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ops.simulate.chance import stream
from ops.values import FloatArray, IntArray

MODES = ("bearing", "clamp", "transducer")


@dataclass(frozen=True, slots=True)
class RepairPlan:
    """The planted truth of the repairs.

    Parameters
    ----------
    hours
        Age up to which heads are watched, the youngest `youngest` of it.
    repairs
        Expected repairs of a sound head in `hours`: a Poisson process of constant rate.
    worn
        Bonder whose head wears: a power law with expectation `worn_repairs` and exponent
        `worn_beta`, repaired at its bearing.
    """

    hours: float = 6000.0
    youngest: float = 0.6
    repairs: float = 3.0
    worn: str = "WB-05"
    worn_repairs: float = 24.0
    worn_beta: float = 2.4


@dataclass(frozen=True, slots=True)
class Repairs:
    """One row for each repair: index of its bonder, age, index of its mode into `MODES`.

    `end` is the age up to which each bonder was watched, shape (k,).
    """

    bonder: IntArray
    age: FloatArray
    mode: IntArray
    end: FloatArray


def simulate_repairs(plan: RepairPlan, bonders: Sequence[str], *, seed: int) -> Repairs:
    """Watch every bond head; each has a source of chance of its own."""
    at: list[IntArray] = []
    age: list[FloatArray] = []
    mode: list[IntArray] = []
    ends: list[float] = []
    for i, code in enumerate(bonders):
        rng = stream(seed, "repairs", code)
        worn = code == plan.worn
        end = plan.hours if worn else round(plan.hours * rng.uniform(plan.youngest, 1.0))
        beta = plan.worn_beta if worn else 1.0
        expected = plan.worn_repairs if worn else plan.repairs * end / plan.hours
        n = int(rng.poisson(expected))
        ages = end * np.sort(rng.uniform(size=n)) ** (1.0 / beta)
        at.append(np.full(n, i, dtype=np.int64))
        age.append(np.maximum(np.round(ages, 1), 0.1))
        mode.append(np.zeros(n, np.int64) if worn else rng.integers(0, len(MODES), n))
        ends.append(end)
    return Repairs(np.concatenate(at), np.concatenate(age), np.concatenate(mode), np.array(ends))
