"""Forecasts: reconciliation of a hierarchy as another implementation has it."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from ops.forecast.hierarchy import mint, shrunk
from ops.validation.case import Case, Tolerance
from ops.validation.published import entry
from ops.values import FloatArray

_METHODS = {
    "ols": "least squares",
    "wls_struct": "weights by structure",
    "wls_var": "weights by variance",
    "mint_shrink": "shrunk covariance",
}


def cases() -> Iterator[Case]:
    """Cases of reconciliation."""
    found = entry("forecast", "reconciliation_7_series")
    for method, words in _METHODS.items():
        yield Case(
            f"forecast/reconciliation_7_series/{method}",
            f"Reconciled forecasts of 7 series, 2 periods: {words}",
            found["source"],
            tuple(np.ravel(found["expected"][method]).tolist()),
            Tolerance("another implementation in doubles", 1e-7),
            partial(_made, method),
        )


def _made(method: str) -> list[float]:
    of = entry("forecast", "reconciliation_7_series")["inputs"]
    summing, base = np.array(of["summing"]), np.array(of["base"])
    covariance = _covariance(method, summing, np.array(of["residual"]).T)
    made = summing @ mint(summing, covariance) @ base
    return [float(x) for x in np.ravel(made)]


def _covariance(method: str, summing: FloatArray, residual: FloatArray) -> FloatArray:
    if method == "ols":
        return np.eye(summing.shape[0])
    if method == "wls_struct":
        return np.diag(summing.sum(axis=1))
    if method == "wls_var":
        return np.diag(np.mean(residual**2, axis=0))
    return shrunk(residual - residual.mean(axis=0))
