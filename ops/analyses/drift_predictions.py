"""What a drift analysis predicts: means of days to come, and when a limit will be met."""

from collections.abc import Iterator, Mapping
from math import sqrt

import numpy as np

from ops.analyses.drift_result import DriftCrossing, DriftForecast, DriftResult
from ops.drift.evidence import MICROS_PER_DAY
from ops.prediction import Band, Issued, Prediction

LEADS = (1, 3, 7, 14, 28)  # days ahead
_Z = {0.8: 1.2816, 0.95: 1.96}
_LATE = MICROS_PER_DAY  # age of the last value at which the first day is still ahead
_LEAST = 0.05  # probability of a crossing below which none is predicted


def predictions_of(
    result: DriftResult, where: Mapping[str, tuple[str, ...]], issued: Issued
) -> Iterator[Prediction]:
    """Yield the mean of single days ahead, and the crossing of each limit by the mean.

    Nothing is yielded of values that were chosen by several levels of a factor, for those are no
    one subject; nor of days that were over when the run was made, where the last value is older.

    Parameters
    ----------
    where
        Levels that were kept.
    """
    forecast = result.forecast
    subject = _subject(result, where)
    if forecast is None or subject is None:
        return
    made = round((issued.window_end or issued.as_of).timestamp() * 1e6)
    for lead in LEADS:
        is_ahead = result.end + (lead - 1) * MICROS_PER_DAY >= made - _LATE
        if lead <= forecast.fan.days[-1] and is_ahead:
            yield _mean(result, forecast, subject, lead)
    if result.end < made - _LATE:
        return  # when it was met may have been known
    for one in forecast.crossings:
        sided = one.target == "mean" and one.side != "either" and one.limit is not None
        if sided and one.probability >= _LEAST and one.now < 0.5:
            yield _crossing(result, forecast, subject, one)


def _subject(result: DriftResult, where: Mapping[str, tuple[str, ...]]) -> dict[str, str] | None:
    """Levels that the values have in common; None where there is more than one of a factor."""
    if any(len(levels) != 1 for levels in where.values()):
        return None
    one = {name: levels[0] for name, levels in where.items()}
    return one | ({result.stream: result.tool} if result.tool else {})


def _mean(
    result: DriftResult, forecast: DriftForecast, where: dict[str, str], lead: int
) -> Prediction:
    """Predict the mean of the day that ends `lead` days ahead: the fan, and the scatter of days."""
    fan = forecast.fan
    middle = float(np.interp(lead - 0.5, fan.days, fan.median))
    ends = {0.8: (fan.lower80, fan.upper80), 0.95: (fan.lower95, fan.upper95)}
    bands: list[Band] = []
    for level, (lower, upper) in ends.items():
        below = middle - float(np.interp(lead - 0.5, fan.days, lower))
        above = float(np.interp(lead - 0.5, fan.days, upper)) - middle
        noise = _Z[level] * forecast.day_sd
        bands.append(
            Band(
                level=level,
                lower=middle - sqrt(below**2 + noise**2),
                upper=middle + sqrt(above**2 + noise**2),
            )
        )
    return Prediction(
        quantity="mean",
        site=result.site,
        characteristic=result.code,
        where=where,
        start=result.end + round((lead - 1) * MICROS_PER_DAY),
        end=result.end + lead * MICROS_PER_DAY,
        estimate=middle,
        bands=tuple(bands),
    )


def _crossing(
    result: DriftResult, forecast: DriftForecast, where: dict[str, str], one: DriftCrossing
) -> Prediction:
    def at(days: float | None) -> float | None:
        return None if days is None else result.end + round(days * MICROS_PER_DAY)

    return Prediction(
        quantity="crossing",
        site=result.site,
        characteristic=result.code,
        where=where,
        name=one.side,
        start=result.end,
        end=result.end + round(forecast.fan.days[-1] * MICROS_PER_DAY),
        estimate=at(one.median),
        bands=tuple(
            _sided(level, at(lower), at(upper))
            for level, lower, upper in (
                (0.8, one.lower80, one.upper80),
                (0.95, one.lower95, one.upper95),
            )
            if lower is not None  # else both ends lie beyond the horizon
        ),
        limit=one.limit,
        rising=one.side == "upper",
    )


def _sided(level: float, lower: float | None, upper: float | None) -> Band:
    """Make an interval whose upper end lies beyond the horizon one that is open above.

    Whether a crossing that has not come by the horizon comes before that end will not be seen.
    What can be seen is whether it comes too early, and that it does with half the probability.
    """
    return Band(level=level if upper is not None else (1 + level) / 2, lower=lower, upper=upper)
