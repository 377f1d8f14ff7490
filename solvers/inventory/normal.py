"""The standard normal distribution, by special functions (scipy.stats loads slowly)."""

from math import exp, pi, sqrt

from scipy.special import ndtr, ndtri


def density(z: float) -> float:
    """Density at z."""
    return exp(-0.5 * z * z) / sqrt(2.0 * pi)


def probability(z: float) -> float:
    """Probability of at most z."""
    return float(ndtr(z))


def quantile(p: float) -> float:
    """Value that is not exceeded with probability p."""
    return float(ndtri(p))
