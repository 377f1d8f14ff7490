"""Trends of the judged stretch, each held against what counts as nothing."""

from contextlib import suppress
from dataclasses import replace

from ops.analyses.drift_params import DriftParams
from ops.analyses.drift_record import JudgedRecord
from ops.drift.ar_trend import ArTrend, ar_trend
from ops.drift.evidence import MICROS_PER_DAY, Evidence
from ops.drift.local_trend import LocalTrend, local_trend
from ops.drift.mann_kendall import mann_kendall
from ops.drift.onset import onset
from ops.drift.theil_sen import theil_sen
from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray

MONTH = 30.0  # days


def slope_margin(judged: JudgedRecord, days: float) -> float:
    """Slope that counts as nothing: it moves less than the margin in a month, or in all there is.

    Of a stretch shorter than a month the whole has to move that far: wear, lots and spools make
    slopes of a few days that are no drift.
    """
    return judged.margin / min(max(days, 1e-6), MONTH)


def find_trends(
    judged: JudgedRecord, params: DriftParams
) -> tuple[ArTrend | None, LocalTrend | None, list[Evidence]]:
    """Slopes of the stretch since the last step that counts."""
    t, y = judged.stretch
    if y.min() == y.max():
        return None, None, []
    alpha = 1.0 - params.confidence
    margin = slope_margin(judged, float(t[-1]))
    trend = ar_trend(t, y, confidence=params.confidence)
    line, bend = trend.evidence(margin=margin, level=alpha), _bend(judged, params)
    confirmed = any(one.present for one in (line, *bend))
    found = [line, *_ranked(t, y, margin, params, confirmed=confirmed)]
    local = None
    with suppress(BadData, NotEnoughData):
        local = local_trend(t, y)
        found.append(local.evidence(margin=margin, confidence=params.confidence, level=alpha))
    found = [replace(one, since=judged.since) for one in found]
    return trend, local, [*bend, *found]


def _ranked(
    t: FloatArray, y: FloatArray, margin: float, params: DriftParams, *, confirmed: bool
) -> list[Evidence]:
    """Theil-Sen and Mann-Kendall: that there is a trend, and that it is beyond the margin.

    The interval of the slope is widened as the variance of the ranks' sum is by their correlation.
    Both count only where a method that holds under longer memory has `confirmed` a trend.
    """
    robust = theil_sen(t, y, confidence=params.confidence)
    rank, plain = mann_kendall(y, variant="hamed-rao"), mann_kendall(y)
    wider = max(rank.variance / plain.variance, 1.0) ** 0.5 if plain.variance > 0 else 1.0
    lower = robust.slope - wider * (robust.slope - robust.lower)
    upper = robust.slope + wider * (robust.upper - robust.slope)
    sure = confirmed and rank.p_value <= 1.0 - params.confidence
    sure_of = sure and beyond(lower, upper, margin)
    slope = robust.evidence(p_value=rank.p_value)
    return [
        replace(
            slope,
            lower=lower,
            upper=upper,
            margin=margin,
            present=sure_of,
            absent=-margin < lower and upper < margin,
        ),
        replace(rank.evidence(level=1.0 - params.confidence), present=sure_of),
    ]


def beyond(lower: float | None, upper: float | None, margin: float) -> bool:
    """Whether a whole interval lies beyond the margin on one side."""
    return lower is not None and upper is not None and (lower > margin or upper < -margin)


def _bend(judged: JudgedRecord, params: DriftParams) -> list[Evidence]:
    """Slope since the bend, where the stretch has one: a drift that began in the middle."""
    t, y = judged.stretch
    with suppress(NotEnoughData):
        found = onset(t, y, confidence=params.confidence)
        if found is not None:
            margin = slope_margin(judged, float(t[-1]) - found.t)
            since = judged.since + round(found.t * MICROS_PER_DAY)
            return [found.evidence(margin=margin, since=since)]
    return []
