"""When bonds were made and inspected: the labelled defects of the demo plant in time.

The rows of `ops.simulate.defects` are spread evenly over the days of the record. The inspection
comes hours later, so that of the newest bonds nobody knows yet what they are.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from ops.simulate.chance import stream
from ops.simulate.defects import CLASSES, DefectPlan, LabelledDefects, simulate_defects
from ops.simulate.plant import DAY_US, HOUR_US, Plant
from ops.values import BoolArray, IntArray

EVENT = "lifted ball"
_TINY_DAYS, _TINY_ROWS = 7, 4_000  # a short record is for tests, and quick


@dataclass(frozen=True, slots=True)
class InspectionPlan:
    """The planted truth of bonds and their inspection.

    Parameters
    ----------
    learned
        Share of the record after which the first model was trained: it has not seen the drift.
    delay_h
        Mean of the time from a bond to its inspection, gamma distributed with shape 2.
    """

    defects: DefectPlan = field(default_factory=DefectPlan)
    learned: float = 0.6
    delay_h: float = 6.0


@dataclass(frozen=True, slots=True)
class InspectedBonds:
    """Bonds in the order of time, with the signals of their bonder.

    Parameters
    ----------
    bonded, inspected : shape (n,)
        Microseconds since 1970 UTC.
    """

    found: LabelledDefects
    bonded: IntArray
    inspected: IntArray

    def lifted(self) -> BoolArray:
        """Whether the inspection calls them lifted balls; it errs now and then."""
        lifted: BoolArray = self.found.label == CLASSES.index(EVENT)
        return lifted


def inspection_of(plant: Plant) -> InspectionPlan:
    """Plan of a plant: fewer rows where its record is short."""
    plan = InspectionPlan()
    if plant.days >= _TINY_DAYS:
        return plan
    return replace(plan, defects=replace(plan.defects, rows=_TINY_ROWS), delay_h=2.0)


def inspected_bonds(plan: InspectionPlan, plant: Plant, *, end_us: int) -> InspectedBonds:
    """Bonds of the days of a plant up to `end_us`, with when each was inspected."""
    rng = stream(plant.seed, "inspection")
    n = plan.defects.rows
    found = simulate_defects(plan.defects, seed=plant.seed, wires=plant.wires)
    every = plant.days * DAY_US / n
    bonded = end_us - np.round(every * np.arange(n, 0, -1)).astype(np.int64)
    waited = rng.gamma(2.0, plan.delay_h * HOUR_US / 2.0, n)
    return InspectedBonds(found, bonded, bonded + np.round(waited).astype(np.int64))
