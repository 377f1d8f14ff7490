"""Empirical Bayes of shares: how strongly counts are drawn to the share that is expected."""

import numpy as np
from scipy.special import betaincinv, betaln

from ops.values import FloatArray

STRENGTHS: FloatArray = 2.0 ** np.arange(-1.0, 9.0)  # 0.5 to 256 cases


def prior_strength(hits: FloatArray, trials: FloatArray, mean: FloatArray) -> float:
    """Cases that the expected share is worth: the mode of its posterior, on a grid.

    The likelihood is the beta-binomial one; the prior is proportional to m^(-3/2), so that few
    cells are not taken as proof that all are alike.

    Parameters
    ----------
    hits, trials : shape (k,)
        Successes among trials of each cell; 0 <= hits <= trials.
    mean : shape (k,) or ()
        Expected share of each cell, within (0, 1).

    Returns
    -------
    float
        One of `STRENGTHS`: cells get the prior Beta(m mean, m (1 - mean)). With no trials at all
        the middle of the grid.

    References
    ----------
    Gelman et al., Bayesian Data Analysis, 3rd ed., section 5.3: eq. (5.9), in the logarithm of m
    the prior is m^(-1/2).
    """
    used = trials > 0
    if not used.any():
        return float(STRENGTHS[STRENGTHS.size // 2])
    hit, miss = hits[used], (trials - hits)[used]
    p = np.broadcast_to(mean, trials.shape)[used]
    a, b = STRENGTHS[:, None] * p, STRENGTHS[:, None] * (1.0 - p)
    evidence = np.sum(betaln(a + hit, b + miss) - betaln(a, b), axis=1) - 0.5 * np.log(STRENGTHS)
    return float(STRENGTHS[int(np.argmax(evidence))])


def beta_interval(a: FloatArray, b: FloatArray, level: float) -> tuple[FloatArray, FloatArray]:
    """Equal-tailed interval of beta distributions, both of the shape of `a`."""
    tail = (1.0 - level) / 2.0
    lower: FloatArray = np.asarray(betaincinv(a, b, tail), dtype=np.float64)
    return lower, np.asarray(betaincinv(a, b, 1.0 - tail), dtype=np.float64)
