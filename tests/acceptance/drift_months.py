"""Nights of simulated months: what the screen finds, which cause is named, what is forecast."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ops.analyses.drift_params import DriftParams
from ops.analyses.drift_record import JudgedRecord, judged_record
from ops.analyses.drift_screen import DRIFT_SCREEN
from ops.analyses.drift_screen_result import DriftFinding
from ops.analysis import silent
from ops.drift.ar_trend import ar_trend
from ops.drift.crossing import CrossingForecast, crossing_forecast
from ops.drift.crossing_backtest import crossing_backtest
from ops.drift.mann_kendall import mann_kendall
from ops.errors import NotEnoughData
from ops.query import ProcessData
from ops.simulate.month import (
    BEFORE,
    DAYS,
    SITE,
    START_US,
    TOOLS,
    SimulatedMonth,
    gauge_code,
    gauge_of,
    simulated_month,
    tool_code,
)
from ops.simulate.month_cause import MonthCause
from ops.simulate.plant import DAY_US
from ops.values import Factor, Measurements, ReferenceWindow, Series
from tests.acceptance.drift_months_forecast import AHEAD, ForecastScore, forecast_score

WINDOW = 28  # days of the screen
NIGHTS = range(2, DAYS + 1, 2)  # of the month; it is promised for thirty
LATER = range(35, 91, 5)  # nights after it, until a drift is found
SCREEN = DRIFT_SCREEN.params(site=SITE, point="8h", delta=0.05)
ALL = ("mean", "spread", "near-limit")

Pair = tuple[str, str]  # a tool, or a gauge, and a mechanism


@dataclass
class Detected:
    """How the screen found a cause; None where there was nothing to say.

    Parameters
    ----------
    after
        Days from its begin to the first night that it was found in.
    night
        That night, from the begin of the month.
    sign, kind, event
        Whether sign, cause and event of that night are right.
    named, late, late_named
        The cause that was named then; whether that of the last night is right, and which.
    """

    cause: MonthCause
    after: float | None = None
    night: int | None = None
    sign: bool | None = None
    kind: bool | None = None
    event: bool | None = None
    named: str = ""
    late: bool | None = None
    late_named: str = ""


@dataclass
class MonthScore:
    """What was found in a month, pairs of a tool and a mechanism, and the forecasts at its end."""

    month: SimulatedMonth
    baselines: tuple[ReferenceWindow, ...]
    found: dict[Pair, int] = field(default_factory=dict[Pair, int])
    false: dict[Pair, int] = field(default_factory=dict[Pair, int])
    causes: list[Detected] = field(default_factory=list[Detected])
    forecasts: list[ForecastScore] = field(default_factory=list[ForecastScore])


def between(series: Series, start: float, end: float) -> Series:
    """Measurements of a span of days."""
    low, high = np.searchsorted(series.ts, [START_US + round(d * DAY_US) for d in (start, end)])
    part = slice(int(low), int(high))

    def cut(factor: Factor) -> Factor:
        return factor.take(part)

    return replace(
        series, ts=series.ts[part], value=series.value[part], n=series.n[part],
        subgroup=cut(series.subgroup), unit_id=cut(series.unit_id), position=cut(series.position),
        factors={name: cut(f) for name, f in series.factors.items()},
    )  # fmt: skip


def baselines_of(month: SimulatedMonth) -> tuple[ReferenceWindow, ...]:
    """Approve the weeks before the month."""
    end = START_US
    begin = end - BEFORE * DAY_US
    return tuple(
        ReferenceWindow(
            id=s.characteristic.id, characteristic_id=s.characteristic.id, name="qualified",
            start=begin, end=end, where={}, approved_by="QA", approved_at=end, review_at=None,
            series=between(s, -BEFORE, 0.0),
        )
        for s in (month.heights, month.reference, month.corrections)
    )  # fmt: skip


def data_of(
    month: SimulatedMonth, start: float, end: float, baselines: tuple[ReferenceWindow, ...]
) -> ProcessData:
    """Everything known at the end of a span of days."""
    last = START_US + round(end * DAY_US)
    parts = (month.heights, month.reference, month.corrections)
    return ProcessData(
        measurements=Measurements(tuple(between(s, start, end) for s in parts)),
        events=tuple(e for e in month.events if e.ts < last),
        baselines=baselines,
    )


def scored(
    seeds: Sequence[int],
    nights: Iterable[int] = NIGHTS,
    causes: Sequence[tuple[MonthCause, ...]] | None = None,
) -> list[MonthScore]:
    """Judge months side by side: every night of all, then what was left open, then the end.

    Parameters
    ----------
    causes
        Of each month; None: they are drawn.
    """
    scores: list[MonthScore] = []
    for seed, given in zip(seeds, causes or [None] * len(seeds), strict=True):
        month = simulated_month(seed, given)
        open_ = [Detected(cause) for cause in month.causes]
        scores.append(MonthScore(month, baselines_of(month), causes=open_))
    for night in nights:
        for score in scores:
            _night(score, night)
    for night in LATER:
        for score in scores:
            if any(d.cause.is_bar and d.night is None for d in score.causes):
                _night(score, night)
    for score in scores:
        _end(score)
    return scores


def _night(score: MonthScore, night: int) -> None:
    """Screen one night; past the month it is only asked whether the causes are found."""
    data = data_of(score.month, night - WINDOW, night, score.baselines)
    services = tuple(e for e in data.events if e.kind == "maintenance")
    result = DRIFT_SCREEN.compute(replace(data, events=services), SCREEN, silent)
    standing = [f for f in result.findings if not f.over]
    for finding in standing if night <= DAYS else ():
        pair = finding.level, finding.mechanism
        score.found.setdefault(pair, night)
        if not any(_true(d.cause, finding, night) for d in score.causes):
            score.false.setdefault(pair, night)
    for each in score.causes:
        mine = [f for f in standing if _true(each.cause, f, night)]
        if each.night is None and mine:
            _detected(score, each, mine, standing, night)
        if night == DAYS and each.night is not None:
            each.late_named = _named(score, each, mine, standing, night) if mine else each.named
            each.late = each.late_named == _label(each.cause)


def tools_of(cause: MonthCause) -> list[str]:
    """Levels that a cause concerns."""
    if cause.kind == "gauge":
        served = [tool_code(i) for i in range(TOOLS) if gauge_of(i) == cause.place]
        return [gauge_code(cause.place), *served]
    return [tool_code(cause.place)]


def _true(cause: MonthCause, finding: DriftFinding, night: int) -> bool:
    """Whether a finding is of a cause that has begun."""
    moves = ALL if cause.kind == "gauge" else ("mean", "near-limit")
    began = night > cause.since
    return began and finding.level in tools_of(cause) and finding.mechanism in moves


def _label(cause: MonthCause) -> str:
    return "trend" if cause.kind in ("drift", "wear") else cause.kind


def _detected(
    score: MonthScore,
    each: Detected,
    mine: Sequence[DriftFinding],
    standing: Sequence[DriftFinding],
    night: int,
) -> None:
    cause = each.cause
    each.night, each.after = night, night - cause.since
    means = [f for f in mine if f.mechanism == "mean"]
    if means:
        each.sign = all(f.sign == np.sign(cause.size) for f in means)
    each.named = _named(score, each, mine, standing, night)
    each.kind = each.named == _label(cause)
    if cause.kind == "step" and means:
        begin = START_US + round(cause.since * DAY_US)
        each.event = any(f.event_at is not None and abs(f.event_at - begin) < 1e6 for f in means)


def _named(
    score: MonthScore,
    each: Detected,
    mine: Sequence[DriftFinding],
    standing: Sequence[DriftFinding],
    night: int,
) -> str:
    """Name the cause of what was found, by the screen first, else by the drift analysis.

    Gauge: its reference step stands too, or two of its tools the same way. Corrections: they are
    what moved. Step: one with a maintenance. Trend: a slope beyond what counts as nothing.
    """
    if any(f.characteristic == "LOOP-CORR" for f in mine):
        return "corrections"
    gauges = {gauge_of_level(f.level) for f in mine}
    near = [f for f in standing if gauge_of_level(f.level) in gauges]
    if any(f.characteristic == "GAUGE-MASTER" for f in near) or len({f.level for f in near}) > 1:
        return "gauge"
    return _of_record(recorded(score, night, mine[0].level), mine)


def gauge_of_level(level: str) -> int:
    """Gauge of a tool or of a gauge, by its code."""
    number = int(level.split("-")[1]) - 1
    return number if level.startswith("OPT") else gauge_of(number)


def _of_record(judged: JudgedRecord, mine: Sequence[DriftFinding]) -> str:
    sizes = [m.change for m in judged.changes if m.event and m.event.kind == "maintenance"]
    if any(min(abs(c.size_lower), abs(c.size_upper)) > judged.margin for c in sizes):
        return "step"
    t, y = judged.stretch
    margin = judged.margin / max(float(t[-1]), 30.0)
    sloping = ar_trend(t, y).evidence(margin=margin).present
    if sloping or mann_kendall(y, variant="hamed-rao").p_value <= 0.05:
        return "trend"
    return "trend" if any(f.kind == "trend" for f in mine) else "none"


def recorded(score: MonthScore, night: int, tool: str) -> JudgedRecord:
    """Prepare the heights of a tool, all that is known since the record began, as `drift` does."""
    params = DriftParams(site=SITE, characteristic="LOOP-H", tool=tool)
    data = data_of(score.month, -BEFORE, night, score.baselines)
    return judged_record(data, params, START_US + night * DAY_US)


def foreseen(judged: JudgedRecord, seed: int) -> CrossingForecast:
    """Forecast the heights as `drift` does: since the last step, back-tested."""
    t, y = judged.stretch_values
    rng = np.random.default_rng(seed)
    try:
        spread = crossing_backtest(t, y, rng=rng).spread
    except NotEnoughData:
        spread = 1.0
    return crossing_forecast(t, y, judged.spec, horizon_days=AHEAD, rng=rng, spread=spread)


def _end(score: MonthScore) -> None:
    """Forecast tools that move, and a quiet one, from the last night."""
    moving = {c.place: c.kind for c in score.month.causes if c.kind in ("drift", "wear", "step")}
    touched = {level for c in score.month.causes for level in tools_of(c)}
    quiet = [i for i in range(TOOLS) if tool_code(i) not in touched]
    if score.month.seed % 2 == 0:
        moving[quiet[0]] = "quiet"
    for tool, kind in moving.items():
        made = foreseen(recorded(score, DAYS, tool_code(tool)), score.month.seed)
        score.forecasts.append(forecast_score(score.month, tool, kind, made))
