"""The automatic choice of a method: all candidates over rolling origins, ties to the simpler."""

from dataclasses import dataclass
from math import isfinite
from typing import Literal

import numpy as np

from ops.forecast.accuracy import bias, pinball, stock_service, value_added, wape
from ops.forecast.backtest import LEAST_HISTORY, Backtest, backtest, origins
from ops.forecast.intermittence import Intermittence, intermittence
from ops.forecast.interval import Intervals, back_tested, intervals, spread
from ops.forecast.method import MethodName, Prediction, candidates, predict
from ops.values import FloatArray

Criterion = Literal["rmsse", "pinball"]
TIE = 0.01  # a dearer method must be better by more than this share
LEAST_ORIGINS = 2  # so that each can be judged by the residuals of the others
SHARE = 3  # of what is beyond the least history, the back test forecasts one part in three


@dataclass(frozen=True, slots=True)
class Rules:
    """How series are forecast and methods are chosen.

    Parameters
    ----------
    horizon, season
        Periods to come; periods of a cycle (1 is none).
    interval, service
        Level of the central interval; probability of the quantile that is stocked.
    criterion
        What the choice minimizes: RMSSE (aims at the mean) or pinball loss at `service`.
    origins
        Origins of the back test at most.
    methods
        Candidates allowed; empty means all that suit the series.
    """

    horizon: int
    season: int = 1
    interval: float = 0.8
    service: float = 0.95
    criterion: Criterion = "rmsse"
    origins: int = 6
    methods: tuple[MethodName, ...] = ()

    @property
    def probabilities(self) -> tuple[float, ...]:
        """Of the quantiles wanted: both ends of the interval, then the service."""
        tail = round((1.0 - self.interval) / 2.0, 9)
        return tail, round(1.0 - tail, 9), self.service


@dataclass(frozen=True, slots=True)
class Score:
    """A candidate over all origins; a figure that is not defined is NaN.

    Parameters
    ----------
    rmsse, pinball
        Scaled error of the mean; loss at the service quantile, scaled by the mean demand.
    wape, bias, fva
        Absolute error and signed error over demand; value added over naive (1 is all of it).
    fill
        Share of demand that a shelf stocked to the service quantile would have served.
    """

    method: MethodName
    rmsse: float
    pinball: float
    wape: float
    bias: float
    fva: float
    fill: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """The forecast of one series, and why it was made so.

    Parameters
    ----------
    method, intermittence
        What was chosen, for which pattern.
    scores
        All candidates, simplest first; empty if the history is too short to choose.
    prediction, intervals
        Of the periods to come.
    test
        Back test of the chosen method; None if the history is too short.
    naive
        Back test of the naive method, from the same origins.
    """

    method: MethodName
    intermittence: Intermittence
    scores: tuple[Score, ...]
    prediction: Prediction
    intervals: Intervals
    test: Backtest | None = None
    naive: Backtest | None = None


def forecast(y: FloatArray, rules: Rules) -> Forecast:
    """Choose a method for a series by rolling origin, and forecast it.

    Parameters
    ----------
    y : shape (n,)
        Demand of complete periods since the first one with demand, n > 0.
    """
    pattern = intermittence(y)
    tested = _tested(y, rules, pattern)
    if not tested:
        return _by_mean(y, rules, pattern)
    reference = tested["naive"]
    scores = tuple(_score(name, test, reference, rules) for name, test in tested.items())
    for name in _ranked(scores, tested, rules.criterion):
        prediction = _predict(name, y, rules)
        if prediction is not None:
            ends = intervals(prediction, tested[name], rules.probabilities)
            return Forecast(name, pattern, scores, prediction, ends, tested[name], reference)
    return _by_mean(y, rules, pattern)


def _tested(y: FloatArray, rules: Rules, pattern: Intermittence) -> dict[MethodName, Backtest]:
    """Back test of every candidate that can forecast the series, simplest first."""
    horizon = min(rules.horizon, max(1, (y.size - LEAST_HISTORY) // SHARE))
    starts = origins(y.size, horizon=horizon, most=rules.origins)
    if len(starts) < LEAST_ORIGINS:
        return {}
    suited = candidates(n=starts[0], season=rules.season, rare=pattern.is_rare)
    allowed: tuple[MethodName, ...] = rules.methods or suited
    tested: dict[MethodName, Backtest] = {}
    for name in suited:
        if name in allowed or name == "naive":  # which all are measured against
            test = backtest(
                name,
                y,
                starts,
                horizon=horizon,
                season=rules.season,
                probabilities=rules.probabilities,
            )
            tested |= {} if test is None else {name: test}
    return tested


def _by_mean(y: FloatArray, rules: Rules, pattern: Intermittence) -> Forecast:
    """Without a back test: the mean of what there is."""
    prediction = Prediction(np.full(rules.horizon, float(np.mean(y))), {})
    ends = spread(prediction, y, rules.probabilities)
    return Forecast("mean", pattern, (), prediction, ends)


def _predict(name: MethodName, y: FloatArray, rules: Rules) -> Prediction | None:
    return predict(
        name,
        y,
        horizon=rules.horizon,
        season=rules.season,
        probabilities=rules.probabilities,
    )


def _score(name: MethodName, test: Backtest, naive: Backtest, rules: Rules) -> Score:
    stocked = back_tested(test, rules.service)
    actual = test.actual.ravel()
    mean_demand = float(np.mean(actual))
    loss = pinball(actual, stocked.ravel(), rules.service)
    return Score(
        method=name,
        rmsse=test.rmsse,
        pinball=loss / mean_demand if mean_demand > 0 else loss,
        wape=wape(actual, test.mean.ravel()),
        bias=bias(actual, test.mean.ravel()),
        fva=value_added(_rmse(test), _rmse(naive)),
        fill=stock_service(actual, stocked.ravel()).fill,
    )


def _rmse(test: Backtest) -> float:
    return float(np.sqrt(np.mean(test.residual**2)))


def _ranked(
    scores: tuple[Score, ...], tested: dict[MethodName, Backtest], criterion: Criterion
) -> list[MethodName]:
    """Methods, the chosen one first: the simplest that is within `TIE` of the best."""

    def loss(score: Score) -> float:
        if criterion == "pinball":
            return score.pinball
        return score.rmsse if isfinite(score.rmsse) else _rmse(tested[score.method])

    best = min(map(loss, scores))
    chosen = next(s for s in scores if loss(s) <= best * (1.0 + TIE))
    others = sorted((s for s in scores if s is not chosen), key=loss)
    return [chosen.method, *(s.method for s in others)]
