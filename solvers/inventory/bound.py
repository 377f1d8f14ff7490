"""Demand bounds: the safety stock that covers a net replenishment time."""

import numpy as np

from solvers.inventory.normal import quantile
from solvers.values import FloatArray


def safety_factor(service: float) -> float:
    """Return the standard deviations that cover demand with probability `service` (type 1).

    Examples
    --------
    >>> round(safety_factor(0.95), 4)
    1.6449
    """
    return quantile(service)


def square_root_bound(
    factor: FloatArray,
    sd: FloatArray,
    horizon: int,
    *,
    mean: FloatArray | None = None,
    lead_time_sd: FloatArray | None = None,
) -> FloatArray:
    """Safety stock at net replenishment times 0 ... horizon; shape (N, horizon + 1).

    ``factor * sqrt(tau sd^2 + mean^2 lead_time_sd^2)``: demand above its mean over tau that the
    stage reckons with; what exceeds it is met by other means (overtime, expediting). The second
    term is there for random replenishment: it is held whatever the promise is, since a stage that
    promises its mean time would break the promise half of the time.

    Parameters
    ----------
    factor, sd : shape (N,)
        Safety factor, and standard deviation of the demand of one unit of time.
    mean, lead_time_sd : shape (N,)
        Mean demand of one unit of time, and standard deviation of the time in which a stage is
        replenished (transit and processing); None: fixed times.

    References
    ----------
    Graves and Willems (2000), equation 2 (k sigma sqrt(tau)); Humair, Ruark, Tomlin and Willems
    (2013), Interfaces 43(5), 421-434, and Hadley and Whitin (1963), section 3.4 (random times:
    variance of demand over them, times independent of demand and orders that do not cross).
    """
    variance = np.square(sd)[:, None] * np.arange(horizon + 1)[None, :]
    if mean is not None and lead_time_sd is not None:
        variance = variance + np.square(mean * lead_time_sd)[:, None]
    return factor[:, None] * np.sqrt(variance)


def concave_bound(bound: FloatArray, mean: FloatArray) -> FloatArray:
    """Safety stock of a general bound D(tau) of total demand: D(tau) - mean tau, made rising.

    Parameters
    ----------
    bound : shape (N, H + 1)
        Most units that the stage reckons with over 0 ... H units of time; rising and concave.
    mean : shape (N,)
        Mean demand of one unit of time.

    Notes
    -----
    Where the bound rises slower than the mean (rationing caps it), a longer cover needs no more
    stock than a shorter one does: the maximum so far is kept.
    """
    excess = bound - mean[:, None] * np.arange(bound.shape[1])[None, :]
    return np.maximum.accumulate(np.maximum(excess, 0.0), axis=1)
