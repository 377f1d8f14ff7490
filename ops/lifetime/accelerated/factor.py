"""Acceleration factor between two conditions: life at use over life in the test."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

import numpy as np

from ops.errors import BadData, Problem
from ops.lifetime.accelerated.constant import Constant
from ops.lifetime.accelerated.model import AccelerationModel


@dataclass(frozen=True, slots=True)
class AccelerationFactor:
    """Life at use conditions divided by life under test.

    Parameters
    ----------
    value
        At the constants themselves.
    lower, upper
        Range or interval.
    method
        How the interval came about.
    parts
        Symbol of a constant and the factor of its term; their product is `value`, with that of
        Eyring's 1/T under "T".
    """

    value: float
    lower: float
    upper: float
    method: str
    parts: tuple[tuple[str, float], ...]


def acceleration_factor(
    model: AccelerationModel,
    constants: Mapping[str, Constant],
    use: Mapping[str, float],
    test: Mapping[str, float],
    *,
    units: Mapping[str, str] | None = None,
) -> AccelerationFactor:
    """Acceleration factor at constants that are assumed; each range enters at its worst end.

    Parameters
    ----------
    constants
        Symbol to constant, one for each term of the model.
    use, test
        Name of each stress to its level.
    units
        Name of a stress to the unit of both levels; the model's own if absent.

    Raises
    ------
    BadData
        If a constant or a stress is missing, or a level cannot be.

    Examples
    --------
    >>> from ops.lifetime.accelerated.catalog import ARRHENIUS
    >>> from ops.lifetime.accelerated.constant import exactly
    >>> at = {"use": {"temperature": 55.0}, "test": {"temperature": 125.0}}
    >>> ea = {"Ea": exactly(0.7, "JESD47")}
    >>> round(acceleration_factor(ARRHENIUS, ea, **at, units={"temperature": "degC"}).value, 2)
    77.65
    """
    absent = [c for c in model.constants if c not in constants]
    if absent:
        raise BadData(
            f"{model.title} needs the constants {', '.join(absent)}: estimate them from data with"
            " failures at several levels, or give each with its range and source",
            tuple(Problem(f"/constants/{c}", "give value, range and source") for c in absent),
        )
    distance, rest = log_distance(model, use, test, units=units or {})
    parts = {c: float(constants[c].value * d) for c, d in distance.items()}
    ends = [sorted((constants[c].lower * d, constants[c].upper * d)) for c, d in distance.items()]
    named = tuple((c, exp(x)) for c, x in parts.items())
    return AccelerationFactor(
        value=exp(sum(parts.values()) + rest),
        lower=exp(sum(low for low, _ in ends) + rest),
        upper=exp(sum(high for _, high in ends) + rest),
        method="range of the constants, each at its worst end",
        parts=(*named, ("T", exp(rest))) if model.eyring else named,
    )


def log_distance(
    model: AccelerationModel,
    use: Mapping[str, float],
    test: Mapping[str, float],
    *,
    units: Mapping[str, str],
) -> tuple[dict[str, float], float]:
    """How far use lies from test in each covariate, and what Eyring's 1/T adds to the logarithm.

    Raises
    ------
    BadData
        If a stress is missing or a level cannot be.
    """
    there, here = model.point(use, units), model.point(test, units)
    apart = np.asarray(model.covariates(there) - model.covariates(here))[0]
    rest = float((model.shift(there) - model.shift(here))[0])
    return {c: float(x) for c, x in zip(model.constants, apart, strict=True)}, rest
