"""What a process engineer would say of a planted process."""

from collections.abc import Mapping
from math import sqrt

from ops.advise.catalogue import ActionId, CauseId

ACCEPTED: Mapping[str, tuple[tuple[CauseId, ...], tuple[ActionId, ...]]] = {
    "capable": (("none",), ("keep",)),
    # The spread fits between the limits, the mean is beside the middle: it is moved.
    "off centre": (("off-centre",), ("recentre", "recalibrate")),
    # The spread does not fit: centring cannot help.
    "wide": (("spread",), ("reduce-spread",)),
    # One lot of another population: it is held, or looked at by itself.
    "one lot apart": (("mixture",), ("isolate-stratum", "contain-lot")),
    "one tool apart": (("mixture",), ("isolate-stratum",)),
    # The level moves about: an index of it foretells nothing before its cause is found.
    "unstable": (("unstable",), ("find-special-cause",)),
    # Most of the scatter is the gauge's own: what it says of the process counts for nothing.
    "gauge scatters": (("gauge",), ("requalify-gauge",)),
}


def cpk_of(mean: float, sigma: float, lower: float, upper: float) -> float:
    """Index of a normal process: the nearer limit in units of three sigma."""
    return min(upper - mean, mean - lower) / (3.0 * sigma)


def cpk_error(cpk: float, n: float) -> float:
    """Return the standard error of an index (Bissell 1990, Applied Statistics 39(3), 331-340)."""
    return sqrt(1.0 / (9.0 * n) + cpk**2 / (2.0 * (n - 1.0)))
