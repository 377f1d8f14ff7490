"""Forecasting methods, simplest first; the library that carries them is loaded on first use."""
# pyright: reportUnknownParameterType=false, reportMissingImports=false

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

import numpy as np

from ops.values import FloatArray

MethodName = Literal[
    "zero", "naive", "seasonal-naive", "mean", "ses", "croston", "sba", "tsb", "theta", "ets"
]
METHODS: tuple[MethodName, ...] = get_args(MethodName)  # simplest first: ties go to the earlier
LONGEST_SEASON = 24  # that exponential smoothing models; longer ones are left to Theta and naive
CYCLES = 12  # that seasonal exponential smoothing is fitted to
SMOOTHING = 0.1  # of demand and of its probability, in TSB
_REGULAR: tuple[MethodName, ...] = ("naive", "seasonal-naive", "mean", "ses", "theta", "ets")
_RARE: tuple[MethodName, ...] = ("zero", "naive", "mean", "ses", "croston", "sba", "tsb")
_WITH_INTERVALS: tuple[MethodName, ...] = ("theta", "ets")


@dataclass(frozen=True, slots=True)
class Prediction:
    """Mean of each period to come, and quantiles where the model has them.

    Parameters
    ----------
    mean : shape (h,)
        Not negative.
    quantiles
        Probability to quantile, each of shape (h,); empty if the method has no model of the error.
    """

    mean: FloatArray
    quantiles: Mapping[float, FloatArray]


def candidates(*, n: int, season: int, rare: bool) -> tuple[MethodName, ...]:
    """Name the methods that compete for a series of `n` periods, simplest first.

    Parameters
    ----------
    season
        Periods of a cycle; 1 is none.
    rare
        Whether the demand is intermittent.
    """
    names = _RARE if rare else _REGULAR
    return tuple(name for name in names if name != "seasonal-naive" or 1 < season < n)


def predict(
    name: MethodName,
    y: FloatArray,
    *,
    horizon: int,
    season: int = 1,
    probabilities: tuple[float, ...] = (),
) -> Prediction | None:
    """Forecast a series by one method.

    Parameters
    ----------
    y : shape (n,)
        Demand of complete periods, in order.
    horizon
        Number of periods to come, h.
    season
        Periods of a cycle; a method that cannot use it on this history does without.
    probabilities
        Of the quantiles wanted from methods that model their error.

    Returns
    -------
    Prediction | None
        None if the method cannot forecast this series (too short, or no finite forecast).
    """
    plain = _plain(name, y, horizon, season)
    if plain is not None:
        return Prediction(np.clip(plain, 0.0, None), {})
    if name == "seasonal-naive":
        return None
    levels = _levels(probabilities) if name in _WITH_INTERVALS else {}
    wanted = {"level": sorted(set(levels.values()))} if levels else {}
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")  # of the library's internals: we judge the numbers
            model = _models()[name](season if season < y.size else 1)
            found = model.forecast(_recent(name, y, season), h=horizon, **wanted)
    except (ArithmeticError, IndexError, NotImplementedError, ValueError):
        return None  # the library refuses the series: it is too short or too plain for the model
    mean = np.asarray(found["mean"], dtype=np.float64)
    if mean.size != horizon or not np.all(np.isfinite(mean)):
        return None
    return Prediction(np.clip(mean, 0.0, None), _quantiles(found, levels))


def _plain(name: MethodName, y: FloatArray, horizon: int, season: int) -> FloatArray | None:
    """Forecast by a method that is a line of arithmetic: the library need not be loaded."""
    if name == "seasonal-naive" and y.size >= season:
        return y[y.size - season + np.arange(horizon) % season]
    constant = {"zero": 0.0, "naive": float(y[-1]), "mean": float(np.mean(y))}.get(name)
    return None if constant is None else np.full(horizon, constant)


def _recent(name: MethodName, y: FloatArray, season: int) -> FloatArray:
    """Cut the history of the dear method: what is many cycles old tells it nothing new."""
    seasonal = name == "ets" and 1 < season <= LONGEST_SEASON
    return y[-CYCLES * season :] if seasonal else y


def _levels(probabilities: tuple[float, ...]) -> dict[float, float]:
    """Central level (in %) one of whose ends is the quantile of each probability."""
    return {p: round(100.0 * abs(2.0 * p - 1.0), 6) for p in probabilities if p != 0.5}


def _quantiles(found: Mapping[str, Any], levels: Mapping[float, float]) -> dict[float, FloatArray]:
    keys = {p: f"{'hi' if p > 0.5 else 'lo'}-{level}" for p, level in levels.items()}
    if not all(key in found for key in keys.values()):
        return {}  # a constant history comes without intervals
    quantiles = {p: np.asarray(found[key], dtype=np.float64) for p, key in keys.items()}
    if not all(np.all(np.isfinite(q)) for q in quantiles.values()):
        return {}
    return {p: np.clip(q, 0.0, None) for p, q in quantiles.items()}


@cache
def _models() -> dict[MethodName, Callable[[int], Any]]:
    """Name the maker of each method's model for a season."""
    from statsforecast import models  # noqa: PLC0415  (3.5 s: it compiles and loads pandas)

    return {
        "ses": lambda _: models.SimpleExponentialSmoothingOptimized(),
        "croston": lambda _: models.CrostonClassic(),
        "sba": lambda _: models.CrostonSBA(),
        "tsb": lambda _: models.TSB(alpha_d=SMOOTHING, alpha_p=SMOOTHING),
        "theta": lambda season: models.Theta(season_length=season),
        "ets": lambda season: models.AutoETS(
            season_length=season if season <= LONGEST_SEASON else 1
        ),
    }
