"""Multivariate charts: limits of T-squared, and the published example and designs of the MEWMA."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from ops.spc.hotelling import Reference, limit
from ops.spc.mewma import MewmaChart, mewma_chart, mewma_limit
from ops.validation.case import EXACT, Case, Tolerance, printed
from ops.validation.published import entry

_RIGDON = {
    "0.25": Tolerance("a unit of the last of 2 printed decimals", 0.01),
    "0.1": Tolerance("the limit for 1000 is 0.033 higher than the integral equation's", 0.034),
}


def cases() -> Iterator[Case]:
    """Cases of limits and of one chart."""
    of = entry("multivariate", "t_squared_limits")
    known = Reference(np.zeros(2), np.eye(2), of["m"], of["n"], "within-subgroup")
    yield Case(
        "multivariate/t_squared_limits",
        "T-squared of 20 subgroups of 10: limit of phase I",
        of["source"],
        (of["phase_one"],),
        printed(2),
        lambda: [limit(known, alpha=of["alpha"], phase=1)],
    )
    found = entry("multivariate", "lowry")
    yield Case(
        "multivariate/lowry/average",
        "MEWMA: average after the tenth vector",
        found["source"],
        tuple(found["average_last"]),
        Tolerance("3 printed decimals, of vectors of 2 decimals and rounded averages", 6e-4),
        lambda: _lowry().average[-1].tolist(),
    )
    yield Case(
        "multivariate/lowry/signal",
        "MEWMA: vectors that signal, by place from 0",
        found["source"],
        (found["signal"],),
        EXACT,
        lambda: _lowry().outside,
    )
    rigdon = entry("multivariate", "rigdon")
    for lambda_, limits in rigdon["h4"].items():
        yield Case(
            f"multivariate/rigdon/{lambda_}",
            f"MEWMA, lambda {lambda_}: limits for 6 distances of false alarms",
            rigdon["source"],
            tuple(limits),
            _RIGDON[lambda_],
            partial(_limits, rigdon["arl0"], float(lambda_)),
        )


def _lowry() -> MewmaChart:
    of = entry("multivariate", "lowry")
    rho = of["rho"]
    known = Reference(np.zeros(2), np.array([[1.0, rho], [rho, 1.0]]), 10**6, 1, "sample")
    x = np.array(of["x"])
    return mewma_chart(x, known, limit=of["limit"], lambda_=of["lambda"], exact=False)


def _limits(distances: list[float], lambda_: float) -> list[float]:
    return [mewma_limit(float(arl0), p=2, lambda_=lambda_) for arl0 in distances]
