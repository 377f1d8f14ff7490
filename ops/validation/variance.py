"""Variance: certified analyses of variance, and components as lme4 fits them."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from ops.validation.case import Case, Tolerance, printed
from ops.validation.published import entry
from ops.values import FloatArray, IntArray
from ops.variance.anova import Anova, anova, decimal_offsets
from ops.variance.likelihood import Method
from ops.variance.reml import Components, variance_components

_LEADS = {"1": 1, "1e6": 1_000_000, "1e12": 1_000_000_000_000}


def cases() -> Iterator[Case]:
    """Cases of NIST's analyses of variance and of two studies of components."""
    found = entry("variance", "strd_anova_SiRstv")
    names = ("F", "MS_between", "MS_within", "R2", "resid_sd")
    yield Case(
        "variance/strd_anova_SiRstv",
        f"Analysis of variance SiRstv: {', '.join(names)}",
        found["source"],
        tuple(found["expected"][name] for name in names),
        Tolerance("certified to 15 digits; 12 hold in doubles", relative=1e-12),
        partial(_sirstv, found["inputs"]["groups"]),
    )
    yield from _simon_lesage()
    yield from _dyestuff()
    yield from _pastes()


def _sirstv(groups: list[list[float]]) -> list[float]:
    found = anova(np.ravel(groups), [np.repeat(np.arange(5), 5)], names=["instrument"])
    return _table(found, mean_squares=True)


def _table(found: Anova, *, mean_squares: bool) -> list[float]:
    between, within = found.sources
    f = np.nan if between.f is None else between.f
    ms = [x.ms if mean_squares else x.ss for x in (between, within)]
    return [f, *ms, found.r_squared, within.ms**0.5]


def _simon_lesage() -> Iterator[Case]:
    found = entry("variance", "strd_anova_SmLs")
    at = found["expected"]
    for lead in _LEADS:
        for k in (21, 201, 2001):
            share = k / 21
            yield Case(
                f"variance/strd_anova_SmLs/{lead}/{k}",
                f"Analysis of variance SmLs, values from {lead}, {k} a treatment:"
                " F, SS between, SS within, residual sd",
                found["source"],
                (float(k), at["SS_between"] * share, at["SS_within"] * (k - 1) / 20, 0.1),
                Tolerance("9 digits, from the decimals of the file", relative=1e-9),
                partial(_smls, lead, k),
            )


def _smls(lead: str, k: int) -> list[float]:
    y, group = _treatments(lead, k)
    _, offset = decimal_offsets(y)
    f, between, within, _, sd = _table(
        anova(offset, [group], names=["treatment"]), mean_squares=False
    )
    return [f, between, within, sd]


def _treatments(lead: str, k: int) -> tuple[FloatArray, IntArray]:
    """Nine treatments, each its centre once, then 0.1 below and above in turn."""
    tenths: list[int] = []
    for centre in (4, *[3, 5] * 4):
        tenths += [centre, *[centre - 1, centre + 1] * ((k - 1) // 2)]
    values = [float(f"{_LEADS[lead]}.{t}") for t in tenths]  # decimals, as a file has them
    return np.array(values), np.repeat(np.arange(9), k)


def _dyestuff() -> Iterator[Case]:
    found = entry("variance", "dyestuff")
    of = found["inputs"]["yield"]
    methods: tuple[Method, ...] = ("reml", "ml")
    for method in methods:
        expected = found["expected"][method]
        yield Case(
            f"variance/dyestuff/{method}",
            f"Dyestuff by {method.upper()}: variance of batches and residual, -2 log likelihood,"
            " standard error of the mean",
            found["source"],
            tuple(expected[name] for name in ("batch", "residual", "criterion", "mean_se")),
            printed(4),
            partial(_dyestuff_fit, of, method),
        )
    bounds = found["expected"]["ml_profile_sd"]
    yield Case(
        "variance/dyestuff/ml_profile_sd",
        "Dyestuff: 95 % profile bounds of both standard deviations",
        found["source"],
        (*bounds["batch"], *bounds["residual"]),
        Tolerance("lme4 interpolates its profile: 3 to 4 digits", relative=3e-4),
        partial(_dyestuff_bounds, of),
    )


def _components(y: list[float], method: Method) -> Components:
    value = np.array(y, dtype=np.float64)
    batch = np.repeat(np.arange(6), 5)
    return variance_components(value, [batch], names=["batch"], method=method)


def _dyestuff_fit(y: list[float], method: Method) -> list[float]:
    fit = _components(y, method)
    return [*map(_variance_of(fit), ("batch", "residual")), -2 * fit.log_likelihood, fit.mean_se]


def _dyestuff_bounds(y: list[float]) -> list[float]:
    ends: list[float] = []
    for component in _components(y, "ml").components:
        found = component.variance
        ends += [np.nan] * 2 if found is None else [found.lower**0.5, found.upper**0.5]
    return ends


def _pastes() -> Iterator[Case]:
    found = entry("variance", "pastes")
    methods: tuple[Method, ...] = ("reml", "ml")
    for method in methods:
        expected = found["expected"][method]
        decimals = 4 if method == "reml" else 3
        yield Case(
            f"variance/pastes/{method}",
            f"Pastes by {method.upper()}: variance of batches, casks and residual",
            found["source"],
            tuple(expected[name] for name in ("batch", "cask", "residual")),
            Tolerance(
                f"{decimals} decimals; the optimum is flat there", 2e-4 if decimals == 4 else 5e-4
            ),
            partial(
                _pastes_fit, found["inputs"]["strength"], method, ("batch", "cask", "residual")
            ),
        )
        yield Case(
            f"variance/pastes/{method}/criterion",
            f"Pastes by {method.upper()}: -2 log likelihood",
            found["source"],
            (expected["criterion"],),
            printed(4),
            partial(_pastes_fit, found["inputs"]["strength"], method, ()),
        )


def _pastes_fit(y: list[float], method: Method, names: tuple[str, ...]) -> list[float]:
    batch, cask = np.repeat(np.arange(10), 6), np.tile(np.repeat(np.arange(3), 2), 10)
    fit = variance_components(np.array(y), [batch, cask], names=["batch", "cask"], method=method)
    return [*map(_variance_of(fit), names)] if names else [-2 * fit.log_likelihood]


def _variance_of(fit: Components) -> Any:
    return fit.variance
