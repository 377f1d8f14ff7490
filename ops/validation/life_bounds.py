"""Bounds of lives: likelihood ratio, Wald and Weibayes, against published ones."""

from collections.abc import Iterator
from functools import partial
from math import inf
from typing import Any

import numpy as np

from ops.lifetime.bounds.life_bound import life_bound
from ops.lifetime.bounds.method import Asked
from ops.lifetime.bounds.parameter_bound import parameter_bound
from ops.lifetime.bounds.weibayes import weibayes
from ops.lifetime.data import failures_and_suspensions, life_data
from ops.lifetime.fit import fit
from ops.validation.case import Case, Tolerance, printed
from ops.validation.published import entry

_OPTIMIZER = Tolerance("another program's root finder", relative=1e-4)
_STEPS = Tolerance("published by a program that finds its bounds in steps", relative=7e-4)


def cases() -> Iterator[Case]:
    """Cases of bounds of lives and of parameters."""
    cage = entry("lifetime_bounds", "bearing_cage_b10_bounds")
    said, source = cage["expected"], cage["source"]
    ways: tuple[tuple[str, Asked, Tolerance], ...] = (
        ("likelihood_ratio", "likelihood-ratio", _OPTIMIZER),
        ("published_likelihood_ratio", "likelihood-ratio", _STEPS),
        ("wald_log", "wald", _OPTIMIZER),
    )
    for name, method, tolerance in ways:
        yield Case(
            f"lifetime_bounds/bearing_cage_b10_bounds/{name}",
            f"Bearing cages: 95 % interval of B10, {name.replace('_', ' ')}",
            source,
            tuple(said[name]),
            tolerance,
            partial(_cage, cage["inputs"], method),
            "h",
        )
    wald = entry("lifetime_bounds", "weibull_wald_bounds")
    for name in ("beta", "eta"):
        yield Case(
            f"lifetime_bounds/weibull_wald_bounds/{name}",
            f"Weibull {name} of 12 failures among 20: 95 % Wald interval, linear",
            wald["source"],
            tuple(wald["expected"][name]),
            printed(4),
            partial(_wald, wald["inputs"], name),
        )
    none = entry("lifetime_bounds", "weibayes_without_failure")
    yield Case(
        "lifetime_bounds/weibayes_without_failure",
        "Weibayes: lower bound of eta without a failure",
        none["source"],
        tuple(none["expected"]),
        Tolerance("7 printed digits", digits=7),
        partial(_weibayes, none["inputs"]),
    )


def _cage(rows: Any, method: Asked) -> list[float]:
    upper = [inf if u is None else u for u in rows["upper"]]
    data = life_data(rows["lower"], upper, weight=rows["weight"])
    rng = np.random.default_rng(1)
    found = life_bound(data, fit(data), rows["p"], rng=rng, method=method, as_in=True)
    return [found.lower or 0.0, found.upper or inf]


def _wald(rows: Any, name: str) -> list[float]:
    data = failures_and_suspensions(rows["failures"], rows["suspensions"])
    found = parameter_bound(data, fit(data), name, method="wald", scale="linear")
    return [found.lower or 0.0, found.upper or inf]


def _weibayes(asked: Any) -> list[float]:
    return [
        weibayes(
            failures_and_suspensions([], row["times"]), row["beta"], confidence=row["confidence"]
        ).lower_one_sided
        for row in asked
    ]
