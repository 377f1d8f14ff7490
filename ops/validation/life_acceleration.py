"""Accelerated life tests: published regressions, tests of pooling, acceleration factors."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from ops.lifetime.accelerated.catalog import (
    ARRHENIUS,
    COFFIN_MANSON,
    INVERSE_POWER,
    NORRIS_LANDZBERG,
    PECK,
)
from ops.lifetime.accelerated.constant import exactly
from ops.lifetime.accelerated.factor import acceleration_factor
from ops.lifetime.accelerated.fit import fit_accelerated
from ops.lifetime.accelerated.model import AccelerationModel
from ops.lifetime.accelerated.pooling import pooling
from ops.lifetime.accelerated.term import BOLTZMANN_EV
from ops.lifetime.data import LifeData, life_data
from ops.lifetime.location_scale import Family
from ops.validation.case import Case, Tolerance, significant
from ops.validation.published import entry

_PROGRAM = Tolerance("another program's convergence", absolute=1e-5, relative=1e-6)
_RATIO = Tolerance("another program's convergence", relative=1e-5)
_EXACT = Tolerance("another program's doubles", relative=1e-9)
_FAMILIES: tuple[Family, ...] = ("weibull", "lognormal")


def cases() -> Iterator[Case]:
    """Cases of Arrhenius and inverse power relations and of acceleration factors."""
    device = entry("life_acceleration", "device_a_cells")
    for family in _FAMILIES:
        said = device["expected"][family]
        numbers = (said["b0"], said["b1"], said["sigma"], said["loglik"])
        yield Case(
            f"life_acceleration/device_a_cells/{family}",
            f"Device A, Arrhenius, {family}: b0, b1, sigma, log-likelihood, standard errors",
            device["source"],
            (*numbers, *said["se"], said["se_log_sigma"]),
            _PROGRAM,
            partial(_arrhenius, device["inputs"], family),
        )
    yield from _fluid(entry("life_acceleration", "insulating_fluid_power"))
    factors = entry("life_acceleration", "acceleration_factors")
    names = ("arrhenius", "peck", "coffin_manson", "norris_landzberg")
    yield Case(
        "life_acceleration/acceleration_factors",
        "Acceleration factors: Arrhenius, Peck, Coffin-Manson, Norris-Landzberg",
        factors["source"],
        tuple(factors["expected"][name] for name in names),
        _EXACT,
        partial(_factors, factors["inputs"]),
    )


def _fluid(fluid: Any) -> Iterator[Case]:
    printed = fluid["expected"]["printed"]
    yield Case(
        "life_acceleration/insulating_fluid_power/printed",
        "Insulating fluid: Weibull shape and exponent of the voltage",
        fluid["source"],
        (printed["beta"], printed["exponent"]),
        significant(3),
        partial(_power, fluid["inputs"]),
    )
    for family in _FAMILIES:
        shape, lack = (
            fluid["expected"][name][family] for name in ("common_shape_LR", "lack_of_fit_LR")
        )
        yield Case(
            f"life_acceleration/insulating_fluid_power/{family}",
            f"Insulating fluid, {family}: log-likelihood; common shape and lack of fit:"
            " statistic, degrees of freedom, p",
            fluid["source"],
            (fluid["expected"][f"loglik_{family}"]["power"], *shape, *lack),
            _RATIO,
            partial(_pooled, fluid["inputs"], family),
        )


def device_a(inputs: Mapping[str, Any]) -> LifeData:
    """Life data of device A, with temperatures."""
    hours = np.array(inputs["hours"], dtype=np.float64)
    upper = np.where(np.array(inputs["failed"]) == 1, hours, np.inf)
    degrees = np.array(inputs["degC"], dtype=np.float64)
    return replace(
        life_data(hours, upper, weight=inputs["units"]),
        stresses={"temperature": degrees},
        stress_units={"temperature": "degC"},
    )


def insulating_fluid(inputs: Mapping[str, Any]) -> LifeData:
    """Life data of the insulating fluid, with voltages."""
    cells = inputs["kV_minutes"]
    minutes = np.concatenate([np.array(t, dtype=np.float64) for t in cells.values()])
    volts = np.concatenate([np.full(len(t), float(kv)) for kv, t in cells.items()])
    return replace(
        life_data(minutes, unit="min"),
        stresses={"voltage": volts},
        stress_units={"voltage": "kV"},
    )


def _arrhenius(inputs: Mapping[str, Any], family: Family) -> list[float]:
    found = fit_accelerated(device_a(inputs), ARRHENIUS, family)
    rounded = 1.0 / (BOLTZMANN_EV * inputs["per_eV"])  # they divide by a rounded constant
    error = np.sqrt(np.diag(found.covariance))
    slope = found.constants["Ea"] * rounded
    return [
        found.intercept, slope, found.sigma, found.loglik, error[0], error[1] * rounded, error[2],
    ]  # fmt: skip


def _power(inputs: Mapping[str, Any]) -> list[float]:
    found = fit_accelerated(insulating_fluid(inputs), INVERSE_POWER, "weibull")
    return [1.0 / found.sigma, found.constants["n"]]


def _pooled(inputs: Mapping[str, Any], family: Family) -> list[float]:
    found = fit_accelerated(insulating_fluid(inputs), INVERSE_POWER, family)
    tests = pooling(found)
    told = [found.loglik]
    for test in (tests.common_shape, tests.lack_of_fit):
        told += [test.statistic or 0.0, float(test.df), test.p or 0.0]
    return told


def _factors(inputs: Mapping[str, Any]) -> list[float]:
    heat, peck, cycles = inputs["arrhenius"], inputs["peck"], inputs["coffin_manson"]
    solder = inputs["norris_landzberg"]
    damp = ("temperature", "humidity")
    swing = {"range": "temperature_range", "per_day": "frequency", "max_degC": "max_temperature"}
    m = solder["m"][0] / solder["m"][1]
    return [
        _factor(
            ARRHENIUS, {"Ea": heat["Ea"]},
            {"temperature": heat["use_degC"]}, {"temperature": heat["test_degC"]},
        ),
        _factor(
            PECK, {"n": peck["n"], "Ea": peck["Ea"]},
            dict(zip(damp, peck["use"], strict=True)), dict(zip(damp, peck["test"], strict=True)),
        ),
        _factor(
            COFFIN_MANSON, {"q": cycles["q"]},
            {"temperature_range": cycles["use"]}, {"temperature_range": cycles["test"]},
        ),
        _factor(
            NORRIS_LANDZBERG, {"n": solder["n"], "m": m, "B": solder["B"]},
            {swing[k]: v for k, v in solder["use"].items()},
            {swing[k]: v for k, v in solder["test"].items()},
        ),
    ]  # fmt: skip


def _factor(
    model: AccelerationModel,
    constants: Mapping[str, float],
    use: Mapping[str, float],
    test: Mapping[str, float],
) -> float:
    known = {c: exactly(value, "the case") for c, value in constants.items()}
    units = {"temperature": "degC", "max_temperature": "degC", "temperature_range": "K"}
    units |= {"humidity": "percent", "frequency": "1/d"}
    return acceleration_factor(model, known, use, test, units=units).value
