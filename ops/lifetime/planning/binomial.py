"""Units that are to last: how many, with how many failures, show which reliability."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from ops.errors import BadData, Problem
from ops.values import FloatArray

MOST_UNITS = 10**9


@dataclass(frozen=True, slots=True)
class PassPlan:
    """A test that is passed with at most `accept` failures of `units`.

    Parameters
    ----------
    reliability
        Share that must be shown to last the test.
    confidence
        With which it is shown, at least what was asked for: units are whole.
    """

    units: int
    accept: int
    reliability: float
    confidence: float


def units_needed(reliability: float, confidence: float, accept: int = 0) -> PassPlan:
    """Fewest units that show a reliability when at most `accept` of them fail.

    The smallest n with P(X <= accept | n, 1 - reliability) <= 1 - confidence, X binomial.

    Parameters
    ----------
    reliability, confidence
        Both in (0, 1).
    accept
        Failures that still pass.

    Raises
    ------
    BadData
        If more than 1e9 units were needed.

    References
    ----------
    Meeker and Escobar (1998), Statistical Methods for Reliability Data, section 10.6.

    Examples
    --------
    >>> units_needed(0.95, 0.95).units, units_needed(0.95, 0.95, accept=1).units
    (59, 93)
    """
    check_share(reliability, "reliability")
    check_share(confidence, "confidence")
    risk = 1.0 - confidence
    n = _first(lambda n: pass_probability(n, accept, reliability) <= risk, accept + 1)
    shown = 1.0 - pass_probability(n, accept, reliability)
    return PassPlan(units=n, accept=accept, reliability=reliability, confidence=shown)


def pass_probability(units: int, accept: int, reliability: float) -> float:
    """Probability that at most `accept` of `units` fail, each lasting with `reliability`."""
    return float(special.bdtr(accept, units, 1.0 - reliability)) if accept < units else 1.0


def operating_characteristic(units: int, accept: int, reliability: FloatArray) -> FloatArray:
    """Probability to pass against the true reliability, shape as `reliability`."""
    fails = 1.0 - np.asarray(reliability, dtype=np.float64)
    return np.asarray(special.bdtr(accept, units, fails), dtype=np.float64)


def demonstrated_reliability(units: int, failures: int, confidence: float) -> float:
    """Lower bound of the share that lasts, exact (Clopper and Pearson 1934).

    Examples
    --------
    >>> round(demonstrated_reliability(59, 0, 0.95), 4)
    0.9505
    """
    if failures >= units:
        return 0.0
    return float(special.betaincinv(units - failures, failures + 1, 1.0 - confidence))


def share_bounds(units: int, failures: int, confidence: float) -> tuple[float, float]:
    """Two-sided bounds of the share that fails, exact (Clopper and Pearson 1934)."""
    tail = 0.5 * (1.0 + confidence)
    upper = 1.0 - demonstrated_reliability(units, failures, tail)
    lower = special.betaincinv(failures, units - failures + 1, 1.0 - tail) if failures else 0.0
    return float(lower), upper


def check_share(value: float, name: str) -> None:
    """Refuse what is not strictly between 0 and 1.

    Raises
    ------
    BadData
        With the name, the value and the mend.
    """
    if not 0.0 < value < 1.0:
        said = f"{name} is {value:g}: give a share between 0 and 1, e.g. 0.9"
        raise BadData(said, (Problem(f"/{name}", said),))


def _first(holds: Callable[[int], bool], low: int) -> int:
    """Smallest number from `low` on at which `holds`, which never stops once it does."""
    high = low
    while not holds(high):
        if high > MOST_UNITS:
            raise BadData(
                f"more than {MOST_UNITS:g} units were needed: ask for a lower reliability, or test"
                " longer than one life"
            )
        low, high = high + 1, 2 * high
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low
