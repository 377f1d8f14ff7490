"""Fits of lives and their regressions on stress, against published fits and another program."""

from collections.abc import Iterator
from functools import partial
from math import inf
from typing import Any

import numpy as np

from ops.lifetime.data import LifeData, failures_and_suspensions, life_data
from ops.lifetime.existence import NoMaximum
from ops.lifetime.fit import fit
from ops.lifetime.location_scale import Family
from ops.lifetime.regression import regress
from ops.validation.case import EXACT, Case, Tolerance
from ops.validation.published import entry
from ops.values import FloatArray

_FILE = "lifetime_fit"
_FITTED = (
    "nist_8_4_1_2_weibull",
    "meeker_escobar_bearing_cage",
    "shock_absorber",
    "ball_bearing_model_selection",
    "cracks_interval",
    "ic_data_no_lfp",
)
_TWO: tuple[Family, ...] = ("weibull", "lognormal")
_NUMBERS = ("mu", "sigma", "loglik", "var_mu", "cov_mu_logsigma", "var_logsigma")


def cases() -> Iterator[Case]:
    """Cases of location-scale fits, their existence and their regression."""
    for name in _FITTED:
        found = entry(_FILE, name)
        for family in _TWO:
            yield Case(
                f"{_FILE}/{name}/{family}",
                f"{found['title']}: {', '.join(_NUMBERS)}",
                f"{found['source']}; {found['software']}",
                tuple(found["reference"][family][number] for number in _NUMBERS),
                Tolerance("another program's printed digits", found["tolerance"], 1e-7),
                partial(_fitted, found["inputs"], family),
            )
    yield _printed()
    yield _missed()
    yield from _existence()
    yield from _regressions()


def _printed() -> Case:
    found = entry(_FILE, "right_censored_weibull")
    return Case(
        f"{_FILE}/right_censored_weibull",
        "Weibull shape, times failed and lasted",
        found["source"],
        (found["published"]["beta"],),
        Tolerance("three printed decimals", found["tolerance"]["beta"]),
        lambda: [fit(_times(found["inputs"])).parameters["beta"]],
    )


def _missed() -> Case:
    found = entry(_FILE, "false_optimum_weibull")
    return Case(
        f"{_FILE}/false_optimum_weibull",
        "Log-likelihood at the maximum that a quasi-Newton search misses",
        found["source"],
        (found["expected"]["loglik"],),
        Tolerance("printed digits of two programs", found["tolerance"]["loglik"]),
        lambda: [fit(_times(found["inputs"])).loglik],
    )


def _existence() -> Iterator[Case]:
    found = entry(_FILE, "existence_right_censored")
    for row in found["inputs"]:
        none = row["expect"] == "none"
        for family in _TWO:
            yield Case(
                f"{_FILE}/existence_right_censored/{row['name']}/{family}",
                f"{row['name']}: whether there is a maximum, and its log-likelihood",
                found["source"],
                (0.0,) if none else (1.0, row["expect"][family][2]),
                EXACT if none else Tolerance("printed digits", found["tolerance"]),
                partial(_exists, row, family),
            )


def _regressions() -> Iterator[Case]:
    device = entry(_FILE, "device_a_regression")
    for family in _TWO:
        said = device["reference"][family]
        yield Case(
            f"{_FILE}/device_a_regression/{family}",
            f"Device A, {family}: coefficients, sigma, log-likelihood",
            device["source"],
            (said["b0"], said["b1"], said["sigma"], said["loglik"]),
            Tolerance("another program's printed digits", 1e-6),
            partial(_device_a, device["inputs"], family),
        )
    fluid = entry(_FILE, "insulating_fluid")
    yield Case(
        f"{_FILE}/insulating_fluid",
        "Insulating fluid: log-likelihood of a power law, Weibull and lognormal",
        fluid["source"],
        (fluid["reference"]["loglik_weibull"]["power"],
         fluid["reference"]["loglik_lognormal"]["power"]),
        Tolerance("another program's doubles", fluid["tolerance"]["loglik"]),
        partial(_fluid, fluid["inputs"]["kV_minutes"]),
    )  # fmt: skip


def _times(inputs: Any) -> LifeData:
    return failures_and_suspensions(inputs["failures"], inputs["suspensions"])


def _fitted(inputs: Any, family: Family) -> list[float]:
    upper = [inf if time is None else time for time in inputs["upper"]]
    found = fit(life_data(inputs["lower"], upper, weight=inputs["weight"]), family)
    (var_mu, cov), (_, var_log_sigma) = found.covariance.tolist()
    return [found.mu, found.sigma, found.loglik, var_mu, cov, var_log_sigma]


def _exists(row: Any, family: Family) -> list[float]:
    try:
        return [1.0, fit(_times(row), family).loglik]
    except NoMaximum:
        return [0.0]


def _device_a(inputs: Any, family: Family) -> list[float]:
    t = np.array(inputs["t"], dtype=np.float64)
    data = life_data(t, np.where(np.array(inputs["f"]) == 1, t, inf), weight=inputs["n"])
    found = regress(data, _line(11605.0 / (np.array(inputs["tempC"]) + 273.15)), family)
    return [*found.coefficients.tolist(), *found.sigma.tolist(), found.loglik]


def _fluid(minutes: Any) -> list[float]:
    data = life_data(np.concatenate([np.array(t, dtype=np.float64) for t in minutes.values()]))
    volts = np.concatenate([np.full(len(t), float(kv)) for kv, t in minutes.items()])
    return [regress(data, _line(np.log(volts)), family).loglik for family in _TWO]


def _line(x: FloatArray) -> FloatArray:
    return np.column_stack([np.ones(x.size), x])
