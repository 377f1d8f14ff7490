"""Trends: rank tests and the median slope, against published programs."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from ops.drift.mann_kendall import MannKendall, Variant, mann_kendall, seasonal_mann_kendall
from ops.drift.theil_sen import theil_sen
from ops.validation.case import Case, Tolerance
from ops.validation.published import entry
from ops.values import FloatArray

_PROGRAM = Tolerance("another program's doubles", absolute=1e-12, relative=1e-10)
_VARIANTS: tuple[Variant, ...] = (
    "original",
    "hamed-rao",
    "yue-wang",
    "pre-whitening",
    "trend-free-pre-whitening",
)


def cases() -> Iterator[Case]:
    """Cases of Mann-Kendall tests and Theil-Sen slopes."""
    nile = entry("drift_trend", "mk_nile")
    said, flow = nile["expected"], np.array(nile["inputs"]["y"], dtype=np.float64)
    names = ("S", "var_S", "z", "p", "kendall_tau_b", "sen_slope")
    yield Case(
        "drift_trend/mk_nile",
        "Flow of the Nile: S, its variance, z, p, tau-b, Theil-Sen slope",
        nile["source"],
        tuple(said[name] for name in names),
        _PROGRAM,
        partial(_ranked, flow),
    )
    drawn = entry("drift_trend", "mk_variants")
    y, period = np.array(drawn["inputs"]["y"]), drawn["inputs"]["period"]
    ways: dict[str, partial[MannKendall]] = {
        name: partial(mann_kendall, y, variant=name) for name in _VARIANTS
    }
    ways["hamed-rao, 3 lags"] = partial(mann_kendall, y, variant="hamed-rao", lags=3)
    season = np.arange(y.size) % period
    ways["seasonal"] = partial(seasonal_mann_kendall, y, season)
    ways["correlated seasonal"] = partial(seasonal_mann_kendall, y, season, correlated=True)
    for name, way in ways.items():
        numbers = tuple(drawn["expected"][name])
        yield Case(
            f"drift_trend/mk_variants/{name}",
            f"Mann-Kendall, {name}: S and its variance, z and p where one step is taken off",
            drawn["source"],
            numbers,
            _PROGRAM,
            partial(_first, way, len(numbers)),
        )
    yield _tied()


def _tied() -> Case:
    found = entry("drift_trend", "theil_sen_ties")
    points = (np.array(found["inputs"][axis]) for axis in ("t", "y"))
    return Case(
        "drift_trend/theil_sen_ties",
        "Theil-Sen slope, intercept and interval with ties in time and value",
        found["source"],
        tuple(found["expected"][n] for n in ("slope", "intercept", "lower", "upper")),
        _PROGRAM,
        partial(_line, *points),
    )


def _ranked(y: FloatArray) -> list[float]:
    found = mann_kendall(y)
    slope = theil_sen(np.arange(float(y.size)), y).slope
    return [found.s, found.variance, found.z, found.p_value, found.tau, slope]


def _first(way: "partial[MannKendall]", count: int) -> list[float]:
    found = way()
    return [found.s, found.variance, found.z, found.p_value][:count]


def _line(t: FloatArray, y: FloatArray) -> list[float]:
    found = theil_sen(t, y)
    return [found.slope, found.intercept, found.lower, found.upper]
