"""Noise that remembers, for the tests of trends."""

import numpy as np
from scipy.signal import lfilter

from ops.values import FloatArray


def arma(n: int, m: int, phi: float, theta: float, seed: int) -> FloatArray:
    """Draw `m` series of an ARMA(1,1), each of `n` values, in columns."""
    shocks = np.random.default_rng(seed).normal(size=(n + 200, m))
    return np.asarray(lfilter([1.0, theta], [1.0, -phi], shocks, axis=0))[200:]
