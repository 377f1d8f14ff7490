"""Run length under a linear drift of the mean: wear rather than a jump."""

import numpy as np

from ops.spc.run_length.chain import Scheme
from ops.spc.run_length.quantile import RunLength

LONGEST = 200_000
GONE = 1e-10  # share alive that no longer counts


def drift_run_length(scheme: Scheme, slope: float, *, from_: float = 0.0) -> RunLength:
    """Distribution of the run length while the mean moves by `slope` sigmas at each value.

    Parameters
    ----------
    slope
        The t-th value has the mean ``from_ + slope * t``, t = 1, 2, ...

    Returns
    -------
    RunLength
        From the start of chart and drift; its mean is the zero-state average run length.

    References
    ----------
    Gan (1991), J. Statistical Computation and Simulation 40, 181-191 (EWMA under drift);
    Gan (1992), Statistics and Computing 2, 77-85 (CUSUM under drift).
    """
    if slope == 0:
        raise ValueError("a drift of slope 0 is none")
    shares, mass = scheme.opening(lambda t: from_ + slope * t, 1.0)
    alive, t = list(shares), shares.size
    walk = scheme.walk(from_ + slope * t, 1.0)
    alive.append(walk.alive(mass))
    while alive[-1] > GONE and t < LONGEST:
        t += 1
        walk = scheme.walk(from_ + slope * t, 1.0)
        mass = walk.advance(mass)
        alive.append(max(0.0, walk.alive(mass)))
    return RunLength(np.array(alive), 0.0)
