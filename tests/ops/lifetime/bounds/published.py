"""Published samples as life data."""

import numpy as np

from ops.lifetime.data import LifeData, failures_and_suspensions, life_data
from ops.validation.published import entry


def bearing_cage() -> LifeData:
    """1703 bearing cages, 6 failures (Meeker and Escobar 1998, Table C.5)."""
    rows = entry("lifetime_bounds", "bearing_cage_b10_bounds")["inputs"]
    upper = [np.inf if u is None else u for u in rows["upper"]]
    return life_data(rows["lower"], upper, weight=rows["weight"])


def wald_sample() -> LifeData:
    """12 failures and 8 suspensions of a published example."""
    rows = entry("lifetime_bounds", "weibull_wald_bounds")["inputs"]
    return failures_and_suspensions(rows["failures"], rows["suspensions"])


NIST_FAILURES = [54.0, 187.0, 216.0, 240.0, 244.0, 335.0, 361.0, 373.0, 375.0, 386.0]
TIME_ENDED = failures_and_suspensions(NIST_FAILURES, [500.0] * 10)
FAILURE_ENDED = failures_and_suspensions(NIST_FAILURES, [386.0] * 10)
READOUTS = life_data(
    [0.0, 100.0, 200.0, 300.0], [100.0, 200.0, 300.0, np.inf], weight=[2, 3, 4, 11]
)
COMPLETE = failures_and_suspensions(NIST_FAILURES)
