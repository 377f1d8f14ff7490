"""Monthly shipments of a product, and its returns as they become known."""

from dataclasses import dataclass

import numpy as np

from ops.simulate.chance import stream
from ops.values import FloatArray, IntArray

MODES = ("open bond", "leakage")


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """The planted truth of the field.

    Parameters
    ----------
    months, cohort
        Shipments, one each 30 days, and devices of each.
    shape, scale_d
        Weibull life in service, days.
    delay_d
        Mean of the exponential delay from the failure to its report, days.
    leakage
        Share of the failures that are leakage; the others are open bonds.
    """

    product: str = "SOIC8-AU25"
    months: int = 18
    cohort: int = 4000
    shape: float = 1.6
    scale_d: float = 9000.0
    delay_d: float = 21.0
    leakage: float = 0.3


@dataclass(frozen=True, slots=True)
class FieldReturns:
    """What is known on a day.

    Parameters
    ----------
    shipped : shape (k,)
        Day of shipment of each cohort.
    cohort, mode : shape (n,)
        Index of the cohort of each return, and of its mode into `MODES`.
    failed, reported : shape (n,)
        Day of the failure and of its report.
    """

    shipped: FloatArray
    cohort: IntArray
    mode: IntArray
    failed: FloatArray
    reported: FloatArray


def simulate_field_returns(plan: FieldPlan, *, until: float, seed: int) -> FieldReturns:
    """Ship every cohort, and keep what was reported up to a day, counted as `until` is."""
    rng = stream(seed, "field returns")
    shipped = until - 30.0 * np.arange(plan.months, 0, -1, dtype=np.float64)
    cohort = np.repeat(np.arange(plan.months, dtype=np.int64), plan.cohort)
    failed = np.ceil(shipped[cohort] + plan.scale_d * rng.weibull(plan.shape, cohort.size))
    reported = failed + np.round(rng.exponential(plan.delay_d, cohort.size))
    mode = (rng.uniform(size=cohort.size) < plan.leakage).astype(np.int64)
    known = reported <= until
    return FieldReturns(shipped, cohort[known], mode[known], failed[known], reported[known])
