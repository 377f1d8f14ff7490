"""Agreement of two ways to measure: the example that the method is known by."""

from collections.abc import Iterator

import numpy as np

from ops.loop.agreement import agreement
from ops.validation.case import Case, Tolerance, printed
from ops.validation.published import entry


def cases() -> Iterator[Case]:
    """Cases of bias and limits of agreement."""
    found = entry("agreement", "peak_flow")
    yield Case(
        "agreement/peak_flow",
        "Peak flow meters: mean difference and its standard deviation",
        found["source"],
        (found["bias"], found["sd"]),
        printed(1),
        lambda: list(_peak_flow()),
        "l/min",
    )
    yield Case(
        "agreement/peak_flow/limits",
        "Peak flow meters: limits of agreement at 2 standard deviations",
        found["source"],
        tuple(found["limits_two_sd"]),
        Tolerance("made of the mean and standard deviation as printed, 1 decimal each", 0.1),
        _limits,
        "l/min",
    )


def _peak_flow() -> tuple[float, float]:
    of = entry("agreement", "peak_flow")
    x, y = np.array(of["mini"], dtype=np.float64), np.array(of["wright"], dtype=np.float64)
    found = agreement(x, y, np.arange(x.size))
    return found.bias.value, found.sd


def _limits() -> list[float]:
    bias, sd = _peak_flow()
    return [bias - 2 * sd, bias + 2 * sd]
