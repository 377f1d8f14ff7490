"""Design of sequential monitors: the threshold that gives a wanted distance of false alarms.

Independent values: exact for CUSUM and EWMA, by their integral equations. AR(1): exact for the
EWMA. A sum behaves, over many values, as a Brownian motion whose variance per value is the
long-run one, ``V = (1 + phi) / (1 - phi)``: its threshold is ``sqrt(V)`` times that of independent
values with reference value ``k / sqrt(V)``, both counted to the barrier that it overshoots
(1.166 for independent values). The overshoot under AR(1), and of Page-Hinkley at all, was measured:
`_OVERSHOOT` is a least-squares fit to 20,000 (Page-Hinkley in part 6,000) simulated runs at each of
phi 0 to 0.9, k 0.25, 0.5, 1, and distances 100, 370, 1000. Distances come out within 7 % of what
is wanted, at most designs within 3 %.

References
----------
Siegmund (1985), Sequential Analysis, 10.2; Bagshaw and Johnson (1975), Technometrics 17(1), 73-80
(CUSUM of autocorrelated values); Steiner (1999), J. Quality Technology 31(1), 75-86 (limits of an
EWMA from its exact variance).
"""

from dataclasses import dataclass
from functools import cache
from math import inf, log, sqrt
from typing import Literal

import numpy as np

from ops.errors import BadData
from ops.values import FloatArray

Kind = Literal["cusum", "ewma", "page-hinkley"]

BARRIER = 1.166  # both overshoots of independent values, in standard deviations
PHI = 0.9  # up to which the overshoot was measured
DISTANCES = (50.0, 5000.0)
SHIFTS = (0.5, 2.0)
SETTLED = 1e-9

# overshoot / V by 1, phi, phi^2, phi^3, k, k^2, k phi, k phi^2, L, L phi, L k, L^2, L phi^2
# where L = log(arl0 / 370); by kind and head start
_OVERSHOOT = {
    ("cusum", 0.0): (
        1.1719,
        0.7456,
        -0.7159,
        0.2008,
        -0.0078,
        0.0077,
        0.3919,
        -0.3823,
        -0.0137,
        -0.0385,
        0.0183,
        -0.0066,
        0.1297,
    ),
    ("cusum", 0.5): (
        0.5059,
        0.6781,
        -0.827,
        0.2511,
        1.691,
        -1.0506,
        0.4986,
        -0.3619,
        0.0457,
        -0.0239,
        -0.0306,
        -0.0056,
        0.0938,
    ),
    ("page-hinkley", 0.0): (
        1.2891,
        0.7091,
        -0.6731,
        0.2955,
        -0.1991,
        0.1129,
        0.4374,
        -0.5062,
        -0.0705,
        -0.0336,
        0.0558,
        -0.0017,
        0.1198,
    ),
    ("page-hinkley", 0.5): (
        0.8289,
        0.6023,
        -0.5693,
        0.2528,
        1.1372,
        -0.7673,
        0.55,
        -0.5722,
        -0.066,
        -0.0435,
        0.0505,
        -0.0038,
        0.1296,
    ),
}


@dataclass(frozen=True, slots=True)
class Design:
    """A monitor of standardized values.

    Parameters
    ----------
    threshold
        Of a sum, in standard deviations of a value; 1 for an EWMA, which is told over its limit.
    k, headstart
        Reference value, and share of the threshold at which sums start.
    lambda_, width
        Of an EWMA, the width in standard deviations of its statistic.
    phi, variance
        Autocorrelation, and the long-run variance per value.
    overshoot
        Of a sum over its barriers, in standard deviations of a value.
    """

    kind: Kind
    threshold: float
    k: float
    headstart: float
    lambda_: float
    width: float
    phi: float
    variance: float
    overshoot: float

    def limits(self) -> FloatArray:
        """Limits of an EWMA at its first values; the last one holds from there on."""
        variances = _ewma_variances(self.lambda_, self.phi)
        return self.width * np.sqrt(variances if self.headstart else variances[-1:])


@cache
def design(
    kind: Kind,
    arl0: float,
    *,
    phi: float = 0.0,
    headstart: float = 0.0,
    shift: float = 1.0,
) -> Design:
    """Design a monitor with a false alarm in `arl0` values of an AR(1); parameters of `monitor`.

    Raises
    ------
    BadData
        If a parameter is outside what was measured.

    Examples
    --------
    >>> round(design("cusum", 370.0).threshold, 2), round(design("cusum", 370.0, phi=0.6).threshold)
    (4.77, 13)
    """
    _check(arl0, phi, headstart, shift)
    phi, k, lambda_ = round(max(phi, 0.0), 2), 0.5 * shift, 0.2 * shift
    variance = (1.0 + phi) / (1.0 - phi)
    overshoot = _overshoot(kind, phi, k, arl0, headstart)
    width = _width(arl0, lambda_, phi, headstart) if kind == "ewma" else 0.0
    if kind == "ewma":
        threshold = 1.0
    elif kind == "cusum" and phi == 0.0:
        threshold = _exact_h(arl0, k, headstart)
    else:
        root = sqrt(variance)
        threshold = max(root * (_exact_h(arl0, k / root, 0.0) + BARRIER) - overshoot, 0.1)
    return Design(kind, threshold, k, headstart, lambda_, width, phi, variance, overshoot)


def _check(arl0: float, phi: float, headstart: float, shift: float) -> None:
    if not -1 < phi <= PHI:
        raise BadData(f"phi is {phi}: a monitor is known up to {PHI}; take fewer values of a day")
    if headstart not in (0.0, 0.5):
        raise BadData(f"headstart is {headstart}: give 0, or 0.5 for the fast initial response")
    if not DISTANCES[0] <= arl0 <= DISTANCES[1]:
        raise BadData(f"arl0 is {arl0}: a monitor is known from 50 to 5000 values")
    if not SHIFTS[0] <= shift <= SHIFTS[1]:
        raise BadData(f"shift is {shift}: a monitor is known for 0.5 to 2 standard deviations")


def _overshoot(kind: Kind, phi: float, k: float, arl0: float, headstart: float) -> float:
    if kind == "ewma":
        return 0.0
    far = log(arl0 / 370.0)
    near = (1.0, phi, phi**2, phi**3, k, k * k, k * phi, k * phi**2)
    terms = (*near, far, far * phi, far * k, far * far, far * phi**2)
    share = sum(c * x for c, x in zip(_OVERSHOOT[kind, headstart], terms, strict=True))
    return share * (1.0 + phi) / (1.0 - phi)


@cache
def _exact_h(arl0: float, k: float, headstart: float) -> float:
    """Threshold of a CUSUM of independent values that starts at `headstart` times it."""
    from scipy.optimize import brentq  # noqa: PLC0415  (only a design needs it)

    from ops.spc.run_length.chain import arl  # noqa: PLC0415  (with it)
    from ops.spc.run_length.cusum import CusumScheme, cusum_h  # noqa: PLC0415  (with it)

    if headstart == 0.0:
        return cusum_h(arl0, k=k)

    def excess(h: float) -> float:
        return log(arl(CusumScheme(k, h, headstart * h)) / arl0)

    plain = cusum_h(arl0, k=k)
    return float(brentq(excess, plain, 1.5 * plain + 1.0, xtol=1e-6))


def _width(arl0: float, lambda_: float, phi: float, headstart: float) -> float:
    """Width of an EWMA; limits from its exact variance take that of fixed ones where phi is."""
    from ops.spc.run_length.autocorrelated import ar1_ewma_width  # noqa: PLC0415  (as above)
    from ops.spc.run_length.ewma import ewma_width  # noqa: PLC0415  (as above)

    if phi == 0.0:
        return ewma_width(arl0, lambda_=lambda_, limits="exact" if headstart else "fixed")
    return ar1_ewma_width(arl0, lambda_=lambda_, phi=phi)


def _ewma_variances(lambda_: float, phi: float) -> FloatArray:
    """Variance of an EWMA of an AR(1) after 1, 2 ... values, until it no longer grows."""
    found: list[float] = []
    variance = covariance = 0.0
    before = -inf
    while variance - before > SETTLED or len(found) < 2:
        before = variance
        variance = (1 - lambda_) ** 2 * variance + lambda_**2
        variance += 2 * lambda_ * (1 - lambda_) * phi * covariance
        covariance = (1 - lambda_) * phi * covariance + lambda_
        found.append(variance)
    return np.array(found)
