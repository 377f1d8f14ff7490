"""Scenarios: conversions of units, and great circles."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from ops.validation.case import Case, Tolerance
from ops.validation.published import entry
from solvers.scenario.distance import EARTH_RADIUS_KM, great_circle_km
from solvers.scenario.units import factor

_EXACT = Tolerance("exact by definition, in doubles", relative=1e-12)
_SPHERES = (
    Tolerance("the same formula in doubles", relative=1e-9),
    Tolerance("0.1 km printed of a course in whole seconds", absolute=0.05),
)


def cases() -> Iterator[Case]:
    """Cases of units and of distances."""
    units = entry("scenario", "units")
    yield Case(
        "scenario/units",
        f"One {', '.join(unit for unit, _, _ in units['cases'])} in kg, m3, km, days, hours",
        units["source"],
        tuple(size for _, _, size in units["cases"]),
        _EXACT,
        lambda: [factor(unit, kind) or np.nan for unit, kind, _ in units["cases"]],
    )
    circles = entry("scenario", "great_circle")
    for i, (ends, km, radius) in enumerate(circles["cases"]):
        yield Case(
            f"scenario/great_circle/{i}",
            "Great circle between "
            + " and ".join(f"{a:.2f}, {b:.2f}" for a, b in (ends[:2], ends[2:])),
            circles["source"],
            (km,),
            _SPHERES[i],
            partial(_km, ends, radius),
            "km",
        )


def _km(ends: list[float], radius: float) -> list[float]:
    found = great_circle_km(*(np.array([v]) for v in ends))
    return [float(found[0]) * radius / EARTH_RADIUS_KM]
