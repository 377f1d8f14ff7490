"""The library `reliability`, called without a screen: no plot, no print, no warning gets out.

It is loaded at the first call, which takes seconds; it sets options of its own, so that it is for
a worker and not for a web process.
"""

import contextlib
import io
import warnings
from collections.abc import Generator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Literal, TypeGuard, get_args

import numpy as np

from ops.errors import BadData, ComputeFailed, NotReady
from ops.lifetime.data import LifeData
from ops.values import FloatArray

LatentFitter = Literal[
    "weibull",
    "lognormal",
    "loglogistic",
    "weibull mixture",
    "competing weibull",
    "defective weibull",
    "zero-inflated weibull",
    "zero-inflated defective weibull",
]
FormFitter = Literal[
    "exponential", "gamma", "normal", "gumbel", "threshold weibull", "threshold lognormal"
]
Fitter = LatentFitter | FormFitter
FITTERS: Mapping[Fitter, tuple[str, tuple[str, ...]]] = {  # its class, what we read of it
    "weibull": ("Fit_Weibull_2P", ("alpha", "beta")),
    "lognormal": ("Fit_Lognormal_2P", ("mu", "sigma")),
    "loglogistic": ("Fit_Loglogistic_2P", ("alpha", "beta")),
    "weibull mixture": (
        "Fit_Weibull_Mixture",
        ("alpha_1", "beta_1", "alpha_2", "beta_2", "proportion_1"),
    ),
    "competing weibull": ("Fit_Weibull_CR", ("alpha_1", "beta_1", "alpha_2", "beta_2")),
    "defective weibull": ("Fit_Weibull_DS", ("alpha", "beta", "DS")),
    "zero-inflated weibull": ("Fit_Weibull_ZI", ("alpha", "beta", "ZI")),
    "zero-inflated defective weibull": ("Fit_Weibull_DSZI", ("alpha", "beta", "DS", "ZI")),
    "exponential": ("Fit_Exponential_1P", ("Lambda",)),
    "gamma": ("Fit_Gamma_2P", ("alpha", "beta")),
    "normal": ("Fit_Normal_2P", ("mu", "sigma")),
    "gumbel": ("Fit_Gumbel_2P", ("mu", "sigma")),
    "threshold weibull": ("Fit_Weibull_3P", ("alpha", "beta", "gamma")),
    "threshold lognormal": ("Fit_Lognormal_3P", ("mu", "sigma", "gamma")),
}
MOST_UNITS = 100_000  # it takes one number a unit
_BREAKS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    NameError,
    RuntimeError,
    TypeError,
    ValueError,
    np.linalg.LinAlgError,
    SystemExit,
)


def fit_by_library(data: LifeData, zeros: int, fitter: Fitter) -> Mapping[str, float]:
    """Fit by the library: its parameters by its names, and ``loglik`` as it states it.

    Raises
    ------
    BadData
        If it cannot take such rows: only exact and right-censored ones, whole weights.
    NotReady
        If it is not installed.
    ComputeFailed
        If it breaks off or names no number.
    """
    failures, suspensions = _plain_rows(data)
    name, attributes = FITTERS[fitter]
    library = load()
    if "ZI" in attributes:
        failures = np.concatenate([np.zeros(zeros), failures])
    try:
        with _quiet():
            found = getattr(library, name)(
                failures=failures,
                right_censored=suspensions if suspensions.size else None,
                show_probability_plot=False,
                print_results=False,
            )
        said = {key: float(getattr(found, key)) for key in (*attributes, "loglik")}
    except _BREAKS as broken:
        raise ComputeFailed(f"reliability breaks off with {type(broken).__name__}") from broken
    if not np.isfinite([said[key] for key in attributes]).all():
        raise ComputeFailed("reliability names a parameter that is no number")
    return said


def is_form(fitter: Fitter) -> TypeGuard[FormFitter]:
    """Whether a fitter is of one family of its own, not of several kinds of units."""
    return fitter in get_args(FormFitter)


def load() -> ModuleType:
    """Load the fitters of the library, drawing to no screen.

    Raises
    ------
    NotReady
        If it is not installed.
    """
    try:
        with _quiet():
            import matplotlib  # noqa: PLC0415  (slow to load, for this library alone)

            matplotlib.use("Agg")
            return import_module("reliability.Fitters")  # takes seconds, and sets options
    except ImportError as missing:
        raise NotReady(
            "the library reliability is not installed: install it, or use the fit of the house,"
            " which needs none"
        ) from missing


@contextlib.contextmanager
def _quiet() -> Generator[None, None, None]:
    with (
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        warnings.simplefilter("ignore")
        yield


def _plain_rows(data: LifeData) -> tuple[FloatArray, FloatArray]:
    """Take one number for each unit: failures and suspensions."""
    if not (data.exact | data.right).all():
        raise BadData("reliability takes exact and right-censored times, no readouts; use our fit")
    if data.truncated:
        raise BadData("reliability knows no truncation; use our fit")
    count = np.rint(data.weight)
    if (np.abs(count - data.weight) > 1e-9).any():
        raise BadData("reliability takes whole units, no fractions of one; use our fit")
    if count.sum() > MOST_UNITS:
        raise BadData(f"reliability takes up to {MOST_UNITS} units here, not {count.sum():g}")
    times = np.repeat(data.lower, count.astype(np.int64))
    failed = np.repeat(data.exact, count.astype(np.int64))
    return times[failed], times[~failed]
