"""What a reliability engineer would say of planted lives, and the lives in closed form."""

from collections.abc import Mapping
from math import exp, log, sqrt

from ops.advise.catalogue import ActionId, CauseId

ACCEPTED: Mapping[str, tuple[tuple[CauseId, ...], tuple[ActionId, ...]]] = {
    # One lot fails several times as fast: it is held.
    "bad lot": (("early-failures",), ("contain-lot",)),
    # The hazard falls with age: weak units are burnt in before delivery.
    "infant mortality": (("infant-mortality",), ("burn-in",)),
    # Two or three failures tell no shape: the test goes on.
    "few failures": (("too-few-failures",), ("extend-test",)),
    # Wear at the age at which wear is expected, and nothing asks for more.
    "wear": (("wear-out", "none"), ("keep",)),
    # Every lot alike, and all of them short of what is asked.
    "too short": (("short-life",), ("contain-lot", "extend-test")),
}


def weibull_life(share: float, shape: float, scale: float) -> float:
    """Time by which a share of Weibull units has failed."""
    return scale * exp(log(-log(1.0 - share)) / shape)


def life_tolerance(share: float, shape: float, scale: float, failures: float) -> float:
    """Four standard errors of an estimated life: those of log scale and shape, with r failures.

    Var(log scale) = 1.109 / (r shape^2), Var(shape) = 0.608 shape^2 / r for complete samples, and
    half as much again for censored ones; Meeker and Escobar (1998), section 8.3.
    """
    k = log(-log(1.0 - share))
    variance = 1.5 * (1.109 + 0.608 * k**2 - 2 * 0.257 * k) / (failures * shape**2)
    return 4.0 * sqrt(variance) * weibull_life(share, shape, scale)


def shape_tolerance(shape: float, failures: float) -> float:
    """Four standard errors of an estimated shape."""
    return 4.0 * shape * sqrt(1.5 * 0.608 / failures)
