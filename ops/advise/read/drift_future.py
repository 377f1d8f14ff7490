"""Where a drifting level goes: the level now, and when mean, tail and Cpk meet their limits.

Further quantities: crossing-probability, horizon-days, drift-probability.
"""

from collections.abc import Iterable, Iterator

from ops.advise.read.dossier import Dossier
from ops.advise.read.drift_stored import Crossing, Drift, Forecast
from ops.page_value import Level, Phrase

_MEETS = {  # target of a crossing and its side -> what happens there, whole: it is translated
    ("mean", "either"): "the mean meets a limit",
    ("mean", "upper"): "the mean meets the upper limit",
    ("mean", "lower"): "the mean meets the lower limit",
    ("p99", "either"): "the 99 % point meets a limit",
    ("p99", "upper"): "the 99 % point meets the upper limit",
    ("p99", "lower"): "the 99 % point meets the lower limit",
    ("p1", "either"): "the 1 % point meets a limit",
    ("p1", "upper"): "the 1 % point meets the upper limit",
    ("p1", "lower"): "the 1 % point meets the lower limit",
}
_FALLS = {"cpk-1.33": "Cpk falls below 1.33", "cpk-1.00": "Cpk falls below 1.00"}
_TARGETS = ("mean", "p99", "p1", *_FALLS)


def add_future(of: Dossier, result: Drift, level: Level) -> dict[str, str]:
    """Add level and crossings; the earliest side of each target, 80 % interval first."""
    forecast = result.forecast
    if forecast is None:
        return {}
    sided = tuple(one for one in forecast.crossings if one.side != "either")
    first = _earliest(forecast.crossings, "mean")
    side = _earliest(sided, "mean")
    for target in _TARGETS:
        crossing = _earliest(forecast.crossings, target)
        if crossing is not None:
            _add_crossing(of, crossing, level if target == "mean" else "info")
    horizon = forecast.fan.days[-1] if forecast.fan.days else None
    of.number("horizon-days", "days that were looked ahead", horizon, "d", decimals=0)
    _add_level(of, result, forecast, side)
    if first is None or side is None:
        return {}
    met = "already" if first.now > 0.5 else "" if first.median is None else "ahead"
    if met:
        of.name("crossing-side", "limit that the mean meets first", side.side)
    return {"crossing": met or "none", "crossing-side": side.side if met else ""}


def _add_level(of: Dossier, result: Drift, forecast: Forecast, first: Crossing | None) -> None:
    limit = None if first is None else first.limit
    of.number(
        "level-now", "level now", forecast.level, result.unit,
        lower=forecast.level_lower, upper=forecast.level_upper, confidence=0.95,
        reference=limit, reference_label="" if first is None else f"{first.side} limit",
    )  # fmt: skip
    of.number("spread", "sigma of single values", forecast.sigma, result.unit)
    of.number(
        "drift-probability", "probability that it drifts", forecast.drifting,
        decimals=0, percent=True,
    )  # fmt: skip


def _earliest(crossings: Iterable[Crossing], target: str) -> Crossing | None:
    """Crossing of a target of either side, else of the side where it comes first."""

    def rank(one: Crossing) -> tuple[bool, bool, float, float]:
        return one.side != "either", one.median is None, one.median or 0.0, -one.probability

    return min((c for c in crossings if c.target == target), key=rank, default=None)


def _add_crossing(of: Dossier, crossing: Crossing, level: Level) -> None:
    meets = _FALLS.get(crossing.target) or _MEETS[crossing.target, crossing.side]
    for lower, upper, confidence in _intervals(crossing):
        of.number(
            "crossing-days", Phrase.of("days until {happening}", happening=meets),
            crossing.median, "d",
            lower=lower, upper=upper, confidence=confidence, decimals=0, level=level,
        )  # fmt: skip
    of.number(
        "crossing-probability",
        Phrase.of("probability that {happening} within the horizon", happening=meets),
        crossing.probability, decimals=0, percent=True,
    )  # fmt: skip


def _intervals(crossing: Crossing) -> Iterator[tuple[float | None, float | None, float]]:
    yield crossing.lower80, crossing.upper80, 0.8
    yield crossing.lower95, crossing.upper95, 0.95
