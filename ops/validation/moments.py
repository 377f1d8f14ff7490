"""Univariate moments: the certified data sets NumAcc1 to NumAcc4, in both implementations."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from ops.capability.sigma import overall_sigma
from ops.spc.moments import moments
from ops.spc.screen import screen_streams
from ops.validation.case import Case, Tolerance
from ops.validation.published import entry
from ops.values import FloatArray

_NAMES = ("mean", "sd", "autocorrelation")


def cases() -> Iterator[Case]:
    """Cases of mean, standard deviation and autocorrelation."""
    for name in ("NumAcc1", "NumAcc2", "NumAcc3", "NumAcc4"):
        found = entry("numerical_accuracy", name)
        certified, digits = found["expected"], found["expected"]["digits"]
        tolerance = Tolerance(f"{digits} certified digits hold in doubles", relative=10.0**-digits)
        yield Case(
            f"numerical_accuracy/{name}",
            f"{name}: mean, standard deviation, autocorrelation at lag 1",
            found["source"],
            tuple(certified[n] for n in _NAMES),
            tolerance,
            partial(_moments, found["inputs"]),
        )
        yield Case(
            f"numerical_accuracy/{name}/screen",
            f"{name}: mean and standard deviation by the one-pass screen",
            found["source"],
            (certified["mean"], certified["sd"]),
            tolerance,
            partial(_screen, found["inputs"]),
        )
    yield from _overall()


def _overall() -> Iterator[Case]:
    for name in ("NumAcc1", "NumAcc2", "NumAcc3"):
        found = entry("capability", f"strd_univariate_{name}")
        yield Case(
            f"capability/strd_univariate_{name}",
            f"{name}: standard deviation behind Pp and Ppk",
            found["source"],
            (found["expected"]["sd"],),
            Tolerance("9 certified digits hold in doubles", relative=1e-9),
            partial(_sigma, entry("numerical_accuracy", name)["inputs"]),
        )


def _values(of: dict[str, Any]) -> FloatArray:
    return np.array(of["first"] + of["alternating"] * of["pairs"], dtype=np.float64)


def _moments(of: dict[str, Any]) -> list[float]:
    found = moments(_values(of))
    lag = found.autocorrelation
    return [found.mean, found.sd, np.nan if lag is None else lag]


def _screen(of: dict[str, Any]) -> list[float]:
    found = screen_streams(_values(of)[:, None], center=np.zeros(1), sigma=np.ones(1))
    return [found.mean[0], found.variance[0] ** 0.5]


def _sigma(of: dict[str, Any]) -> list[float]:
    return [overall_sigma(_values(of)).value]
