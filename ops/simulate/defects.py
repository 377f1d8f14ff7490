"""Labelled defects: signals of the bonder for single bonds, and what the inspection found.

The signals of a good bond are independent and normal; a defect moves the means of some of them by
a multiple of their standard deviation. Inspection confuses a share of the labels.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from ops.simulate.chance import stream
from ops.simulate.plant import UNITS_OF_BONDER
from ops.values import FloatArray, IntArray

_FIRST = 9_000_000  # devices of a bonder below it are those that were measured or destroyed
CLASSES = ("good", "lifted ball", "non-stick on lead", "wire sag", "heel crack")


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal of the bonder: mean and standard deviation of good bonds, in `unit`."""

    name: str
    unit: str
    mean: float
    sigma: float


SIGNALS = (
    Signal("ball_diameter", "µm", 52.0, 1.2),
    Signal("ball_height", "µm", 14.0, 0.8),
    Signal("bond_force", "gf", 28.0, 0.9),
    Signal("ultrasonic_current", "mA", 95.0, 3.0),
    Signal("deformation", "µm", 9.0, 0.6),
    Signal("stitch_length", "µm", 40.0, 1.8),
    Signal("loop_height", "µm", 150.0, 2.4),
)


def _shifts() -> dict[str, tuple[float, ...]]:
    return {
        "lifted ball": (-1.5, 1.0, -2.0, -2.5, -2.0, 0.0, 0.0),
        "non-stick on lead": (0.0, 0.0, -1.0, -2.0, 0.0, -2.5, 1.0),
        "wire sag": (0.0, 0.0, 0.0, 0.0, 0.0, 0.5, -3.5),
        "heel crack": (0.0, 0.0, 1.5, 1.5, 1.0, 2.5, 0.0),
    }


@dataclass(frozen=True, slots=True)
class DefectPlan:
    """The planted truth of the labelled defects.

    Parameters
    ----------
    share
        Probability of each class, as in `CLASSES`.
    shifts
        For each defect, the shift of each signal in standard deviations of good bonds.
    confused
        Probability that the label is another class, each alike.
    drifted_from, drift
        From this fraction of the rows on, the ultrasonic current of every bond is higher by so
        many standard deviations: a change that a classifier has to survive.
    """

    rows: int = 20_000
    share: tuple[float, ...] = (0.96, 0.012, 0.01, 0.01, 0.008)
    signals: tuple[Signal, ...] = SIGNALS
    shifts: Mapping[str, tuple[float, ...]] = field(default_factory=_shifts)
    confused: float = 0.01
    drifted_from: float = 0.8
    drift: float = 0.8


@dataclass(frozen=True, slots=True)
class LabelledDefects:
    """One row for each inspected bond, in the order of time.

    Parameters
    ----------
    unit, position : shape (n,)
        Number of the device and of its wire (counts from 0).
    true, label : shape (n,)
        Index into `CLASSES`: what it is, and what the inspection says.
    signals : shape (n, signals)
        In the units of `DefectPlan.signals`.
    """

    unit: IntArray
    position: IntArray
    true: IntArray
    label: IntArray
    signals: FloatArray


def simulate_defects(plan: DefectPlan, *, seed: int, wires: int) -> LabelledDefects:
    """Inspect wire after wire of devices of the first bonder that no gauge has measured."""
    rng = stream(seed, "defects")
    n = plan.rows
    true = rng.choice(len(CLASSES), size=n, p=plan.share)
    moved = np.array([plan.shifts.get(name, (0.0,) * len(plan.signals)) for name in CLASSES])
    standard = rng.standard_normal((n, len(plan.signals))) + moved[true]
    names = [s.name for s in plan.signals]
    late = np.arange(n) >= plan.drifted_from * n
    standard[late, names.index("ultrasonic_current")] += plan.drift
    mean, sigma = (np.array([getattr(s, of) for s in plan.signals]) for of in ("mean", "sigma"))
    wrong = rng.uniform(size=n) < plan.confused
    other = (true + rng.integers(1, len(CLASSES), n)) % len(CLASSES)
    return LabelledDefects(
        unit=UNITS_OF_BONDER + _FIRST + np.arange(n) // wires,
        position=np.arange(n) % wires,
        true=true,
        label=np.where(wrong, other, true),
        signals=np.round(mean + sigma * standard, 3),
    )
