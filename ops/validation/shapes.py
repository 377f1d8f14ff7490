"""Tolerance intervals and percentiles: printed factors, sample sizes, points of curves."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from scipy.special import ndtr

from ops.capability.pearson import pearson_quantiles
from ops.capability.tolerance import free_tolerance, one_sided_factor, two_sided_factor
from ops.validation.case import EXACT, Case, Tolerance, printed
from ops.validation.published import entry

_LOW = float(ndtr(-3.0))  # the share below the lowest of the three points


def cases() -> Iterator[Case]:
    """Cases of factors, of the least sample, and of the curve through given moments."""
    for name, factor, words, tolerance in (
        ("tolerance_two_sided", two_sided_factor, "Two-sided", printed(3)),
        ("tolerance_one_sided", one_sided_factor, "One-sided", printed(3)),
    ):
        found = entry("capability_shapes", name)
        yield Case(
            f"capability_shapes/{name}",
            f"{words} factors of normal tolerance intervals",
            found["source"],
            tuple(found["expected"]),
            tolerance,
            partial(_factors, factor, found["inputs"]["cases"]),
        )
    wilks = entry("capability_shapes", "tolerance_order_statistics")
    yield Case(
        "capability_shapes/tolerance_order_statistics",
        "Least sample whose extremes hold 95 % with 95 % confidence",
        wilks["source"],
        (wilks["expected"]["least_n"],),
        EXACT,
        partial(_least, wilks["inputs"]["coverage"]),
    )
    normal = entry("capability_shapes", "normal_percentiles")
    yield Case(
        "capability_shapes/normal_percentiles",
        "Percentiles 0.135, 50 and 99.865 of the curve with the moments of a normal",
        normal["source"],
        tuple(normal["expected"]),
        Tolerance("half a unit of 3 printed decimals", 5e-4),
        partial(_points, normal["inputs"]),
        "sigma",
    )


def _factors(factor: Callable[..., float], of: list[tuple[int, float, float]]) -> list[float]:
    return [factor(n, n - 1, coverage, level) for n, coverage, level in of]


def _least(coverage: float) -> list[float]:
    x = np.arange(200.0)
    return [next(n for n in range(2, 201) if free_tolerance(x[:n], coverage=coverage) is not None)]


def _points(of: dict[str, Any]) -> list[float]:
    levels = np.array([_LOW, 0.5, 1.0 - _LOW])
    return [float(x) for x in pearson_quantiles(of["skewness"], of["kurtosis"], levels)]
