"""Search for a chart: the one that finds a shift fastest at a given distance of false alarms.

References
----------
Crowder (1989), J. Quality Technology 21(3), 155-162 (optimal EWMA);
Lucas and Saccucci (1990), Technometrics 32(1), Table 3; Hawkins and Olwell (1998), Cumulative Sum
Charts, 3.3 (optimal CUSUM).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from typing import Literal

from ops.spc.rules import WESTERN_ELECTRIC
from ops.spc.run_length.chain import Scheme, arl, steady_arl
from ops.spc.run_length.cusum import CusumScheme, cusum_h
from ops.spc.run_length.ewma import EwmaScheme, ewma_width
from ops.spc.run_length.rules import RuleScheme
from ops.spc.run_length.shewhart import ShewhartScheme, shewhart_width

Family = Literal["ewma", "cusum", "shewhart", "western-electric"]
State = Literal["zero", "steady"]
LAMBDAS = (0.005, 1.0)
LEAST_K = 0.05
CLOSE = 0.02  # relative, of lambda and k: the optimum is flat


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chart with what it promises.

    Parameters
    ----------
    arl0
        Mean distance of false alarms from the start.
    arl1
        Mean number of values until the shift is found, in the state that was asked for.
    """

    family: Family
    scheme: Scheme
    arl0: float
    arl1: float


def best(family: Family, arl0: float, shift: float, *, state: State = "steady") -> Candidate:
    """Chart of a family that finds `shift` fastest at a false alarm in `arl0` values.

    Parameters
    ----------
    family
        ``western-electric`` has no choice left: its `arl0` is 91.75, whatever is asked for.
    shift
        Of the mean, in sigmas of the plotted value, not 0.
    state
        Whether the shift is there from the start or comes long after it (conditional).

    Examples
    --------
    >>> found = best("ewma", 500.0, 0.5)
    >>> round(found.arl0), round(found.arl1)
    (500, 28)
    """
    size = abs(shift)
    scheme = _SEARCHES[family](arl0, size, state)
    return Candidate(family, scheme, arl(scheme), _found_after(scheme, size, state))


def rivals(arl0: float, shift: float, *, state: State = "steady") -> tuple[Candidate, ...]:
    """Best chart of each family, side by side, the order of the families."""
    return tuple(best(family, arl0, shift, state=state) for family in _SEARCHES)


def _found_after(scheme: Scheme, shift: float, state: State) -> float:
    return arl(scheme, shift) if state == "zero" else steady_arl(scheme, shift)


def _ewma(arl0: float, shift: float, state: State) -> Scheme:
    @lru_cache(maxsize=64)
    def of(log_lambda: float) -> EwmaScheme:
        lambda_ = exp(log_lambda)
        return EwmaScheme(lambda_, ewma_width(arl0, lambda_=lambda_))

    return of(_least(lambda x: _found_after(of(x), shift, state), LAMBDAS))


def _cusum(arl0: float, shift: float, state: State) -> Scheme:
    def of(log_k: float) -> CusumScheme:
        k = exp(log_k)
        return CusumScheme(k, cusum_h(arl0, k=k))

    high = max(0.2, min(0.75 * shift, 0.8 * shewhart_width(arl0)))  # at its width h would be 0
    low = max(LEAST_K, min(0.3 * shift, 0.5 * high))
    return of(_least(lambda x: _found_after(of(x), shift, state), (low, high)))


def _shewhart(arl0: float, shift: float, state: State) -> Scheme:
    del shift, state  # its only parameter is the width
    return ShewhartScheme(shewhart_width(arl0))


def _western_electric(arl0: float, shift: float, state: State) -> Scheme:
    del arl0, shift, state  # nothing to choose
    return RuleScheme(WESTERN_ELECTRIC)


_SEARCHES: dict[Family, Callable[[float, float, State], Scheme]] = {
    "ewma": _ewma,
    "cusum": _cusum,
    "shewhart": _shewhart,
    "western-electric": _western_electric,
}


def _least(cost: Callable[[float], float], between: tuple[float, float]) -> float:
    """Logarithm of the best value between two."""
    low, high = (log(x) for x in between)
    from scipy.optimize import minimize_scalar  # noqa: PLC0415  (loads slowly)

    found = minimize_scalar(cost, bounds=(low, high), method="bounded", options={"xatol": CLOSE})
    return float(found.x)
