"""Type 1 study: one operator measures one master again and again.

``Cg = (K / 100) T / (L s)`` and ``Cgk = ((K / 200) T - |mean - reference|) / (L s / 2)`` with the
tolerance T and the standard deviation s of repeated measurements. K is 20 per cent. L is 6 in
Bosch's booklet 10 and by default in Minitab, 4 in VDA 5 and older automotive rules: the verdict
depends on it, so it is printed beside the index.

References
----------
Bosch, Quality Management in Technical Series, booklet 10, Capability of Measurement and Test
Processes (Cg, Cgk at least 1.33; resolution at most 5 % of tolerance);
VDA 5, Capability of Measurement Processes;
AIAG, Measurement Systems Analysis, 4th ed. (2010), III-B (independent sample method for bias).
"""

from dataclasses import dataclass
from math import inf, nan, sqrt

from scipy.special import stdtr, stdtrit

from ops.capability.index import Interval, chi_interval
from ops.capability.sigma import overall_sigma
from ops.capability.study import sigma_interval
from ops.errors import BadData
from ops.values import FloatArray

FINEST = 0.05  # of the tolerance: the coarsest resolution that passes


@dataclass(frozen=True, slots=True)
class TypeOne:
    """Result of `type_one_study`; lengths are in the unit of the data.

    Parameters
    ----------
    bias, t, p
        Mean minus reference with its interval; test that it is 0. p is NaN where all values are
        equal to the reference, 0 where all are equal to another one.
    cg, cgk
        NaN where the gauge shows no spread.
    repeatability_percent, total_percent
        ``K / Cg`` and ``K / Cgk``: spread, and spread with bias, in per cent of the tolerance;
        infinite where the index is not above 0.
    resolution_ok
        Whether the resolution is at most 5 % of the tolerance; None where it is not known.
    """

    n: int
    mean: float
    sd: Interval
    bias: Interval
    t: float
    p: float
    cg: Interval
    cgk: float
    repeatability_percent: float
    total_percent: float
    resolution_ok: bool | None


def type_one_study(
    y: FloatArray,
    *,
    reference: float,
    tolerance: float,
    k_percent: float = 20.0,
    spread: float = 6.0,
    resolution: float | None = None,
    confidence: float = 0.95,
) -> TypeOne:
    """Judge a gauge by repeated measurements of one master.

    Parameters
    ----------
    y : shape (n,)
        Finite values.
    reference, tolerance
        True value of the master, width of the tolerance; unit of `y`.
    k_percent, spread
        K in per cent of the tolerance, and L: how many standard deviations count as the spread.
    resolution
        Smallest step that the gauge shows, unit of `y`.

    Raises
    ------
    NotEnoughData
        With fewer than 2 values.
    BadData
        If the tolerance is not above 0.
    """
    if not 0 < tolerance < inf:
        raise BadData(f"the tolerance must be above 0, got {tolerance}; give both limits")
    sigma = overall_sigma(y)
    mean, n = float(y.mean()), y.size
    bias = mean - reference
    error = sigma.value / sqrt(n)
    half = float(stdtrit(n - 1, 0.5 + confidence / 2)) * error
    t, p = _test(bias, error, n - 1)
    cg, cgk = Interval(nan, nan, nan), nan
    if sigma.value > 0:
        value = k_percent / 100 * tolerance / (spread * sigma.value)
        cg = chi_interval(value, df=sigma.df, confidence=confidence)
        cgk = (k_percent / 200 * tolerance - abs(bias)) / (spread / 2 * sigma.value)
    return TypeOne(
        n=n,
        mean=mean,
        sd=sigma_interval(sigma, confidence),
        bias=Interval(bias, bias - half, bias + half),
        t=t,
        p=p,
        cg=cg,
        cgk=cgk,
        repeatability_percent=100 * spread * sigma.value / tolerance,
        total_percent=k_percent / cgk if cgk > 0 else (inf if cgk <= 0 else nan),
        resolution_ok=None if resolution is None else resolution <= FINEST * tolerance,
    )


def _test(difference: float, error: float, df: int) -> tuple[float, float]:
    """Return Student's t and its two-sided p."""
    if error > 0:
        t = difference / error
        return t, 2.0 * float(stdtr(df, -abs(t)))
    return nan, nan if difference == 0 else 0.0
