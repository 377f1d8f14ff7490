"""Nightly screen of thousands of streams: the findings that stand, beside what is chance."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from pydantic import Field, field_validator
from scipy.special import stdtrit

from ops.analyses.stream_screen_page import view
from ops.analyses.stream_screen_result import ChartCount, StreamFinding, StreamScreenResult
from ops.analysis import Analysis, AnalysisParams, Example, Progress
from ops.errors import NotEnoughData
from ops.query import MeasurementQuery
from ops.simulate.sample import sample_streams
from ops.spc.false_findings import (
    TESTS,
    Baseline,
    Control,
    adjusted,
    alarms,
    baseline_of,
    expected_alarms,
    p_values,
    strongest,
)
from ops.spc.rules import RuleChoice
from ops.spc.screen import ScreenDesign, StreamScreen, screen_streams
from ops.timing.window import duration
from ops.values import FloatArray, IntArray, Measurements, Series, stable_order

SHOWN = 100  # findings that are kept in full
CLASSES = 20  # of p-values
BEYOND = 0.0026997960632601866  # of a normal distribution outside 3 sigma
SEED = 5  # of the simulation of chance: equal data, equal result


class StreamScreenParams(AnalysisParams):
    """Parameters of the stream screen."""

    characteristics: tuple[str, ...] = Field(
        default=(), max_length=10_000, description="Codes; empty means every one of the site."
    )
    stream: str = Field(
        default="tool",
        max_length=100,
        description="Factor whose levels are judged apart; empty: each characteristic as a whole.",
    )
    where: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict[str, tuple[str, ...]],
        description='Levels to keep, e.g. {"line": ["L1"]}.',
    )
    judge_last: str | None = Field(
        default=None,
        max_length=20,
        description="Judge the values of the last stretch of the data, e.g. 24h; earlier ones are"
        " the baseline. Absent: by share.",
    )
    baseline_share: float = Field(
        default=0.5,
        ge=0.05,
        le=0.95,
        description="Earlier share of each stream, its baseline where judge_last is absent.",
    )
    min_baseline: int = Field(
        default=20, ge=5, le=100_000, description="Fewest values of a baseline; else left out."
    )
    fdr: float = Field(
        default=0.05, gt=0, le=0.5, description="Share of false findings that is allowed."
    )
    control: Control = Field(
        default="benjamini-hochberg",
        description="How it is kept; benjamini-yekutieli holds under any dependence of streams.",
    )
    rules: RuleChoice = Field(
        default_factory=RuleChoice, title="Run rules", description="Run rules that are counted."
    )
    lambda_: float = Field(default=0.2, gt=0, lt=1, description="EWMA: weight of the newest value.")
    ewma_width: float = Field(
        default=2.859, gt=0, le=10, description="EWMA: limits, in its standard deviations."
    )
    k: float = Field(default=0.5, ge=0, le=5, description="CUSUM: reference value, in sigmas.")
    h: float = Field(default=4.77, gt=0, le=50, description="CUSUM: decision interval, in sigmas.")

    @field_validator("judge_last")
    @classmethod
    def _a_duration(cls, value: str | None) -> str | None:
        if value is not None:
            duration(value)
        return value


@dataclass(frozen=True, slots=True)
class _Stream:
    series: Series
    level: str
    baseline: Baseline
    judged: FloatArray


@dataclass(slots=True)
class _LeftOut:
    too_few: int = 0
    constant: int = 0


def needs(params: StreamScreenParams) -> MeasurementQuery:
    """Ask for values and the factor of the streams, no other column."""
    return MeasurementQuery(
        characteristics=params.characteristics,
        site=params.site,
        where=dict(params.where),
        factors=(params.stream,) if params.stream else (),
        columns=frozenset(),
    )


def compute(
    data: Measurements, params: StreamScreenParams, progress: Progress
) -> StreamScreenResult:
    """Judge every stream against its own baseline, then control false findings.

    Raises
    ------
    NotEnoughData
        If no stream has a baseline and a value to judge.
    """
    left_out = _LeftOut()
    streams: list[_Stream] = []
    newest = max((int(s.ts[-1]) for s in data.series if s.ts.size), default=0)
    for done, series in enumerate(data.series):
        progress(0.6 * done / len(data.series), f"{series.characteristic.code}: baselines")
        streams += _streams_of(series, params, newest, left_out)
    if not streams:
        raise NotEnoughData(
            f"a stream screen needs a stream with {params.min_baseline} values before those that"
            f" are judged, got none ({left_out.too_few} with fewer, {left_out.constant} without"
            " spread); widen the window"
        )
    progress(0.6, f"{len(streams)} streams: charts")
    design = ScreenDesign(lambda_=params.lambda_, k=params.k, rules=params.rules.rules())
    m = np.array([s.baseline.m for s in streams], dtype=np.int64)
    mean = np.array([s.baseline.mean for s in streams])
    sd = np.array([s.baseline.sd for s in streams])
    screen = _screened(streams, mean, sd, m, design)
    progress(0.8, f"{len(streams)} streams: what is chance")
    charts = _charts(screen, m, design, params)
    p, which = strongest(p_values(screen, m, mean, sd))
    q = adjusted(p, params.control)
    size = np.abs(screen.mean - mean) / sd
    stand = np.flatnonzero(q <= params.fdr)
    ranked = stand[np.lexsort((-size[stand], p[stand]))]
    progress(1.0, f"{stand.size} of {len(streams)} streams stand")
    return StreamScreenResult(
        streams=len(streams),
        values=int(screen.count.sum()),
        baseline_n=int(np.median(m)),
        n=int(np.median(screen.count)),
        too_few=left_out.too_few,
        constant=left_out.constant,
        removed=sum(s.baseline.removed for s in streams),
        autocorrelated=sum(_is_correlated(s.baseline) for s in streams),
        fdr=params.fdr,
        control=params.control,
        charts=charts,
        found=int(stand.size),
        findings=tuple(
            _finding(streams[i], screen, int(i), (float(p[i]), float(q[i]), int(which[i])), design)
            for i in ranked[:SHOWN]
        ),
        p_counts=tuple(int(c) for c in np.histogram(p, bins=CLASSES, range=(0.0, 1.0))[0]),
    )


def _is_correlated(baseline: Baseline) -> bool:
    """Whether neighbours are more alike than 95 % of chance (moments of Moran 1948)."""
    m = baseline.m
    return bool(baseline.autocorrelation > -1 / m + 1.645 * (m - 2) / (m * (m - 1) ** 0.5))


def _streams_of(
    series: Series, params: StreamScreenParams, newest: int, left_out: _LeftOut
) -> list[_Stream]:
    """Cut a characteristic into streams, each into baseline and judged values."""
    factor = series.factors.get(params.stream)
    codes = np.zeros(series.value.size, dtype=np.int64) if factor is None else factor.codes
    finite = np.flatnonzero(np.isfinite(series.value) & (codes >= 0))
    order = finite[stable_order(codes[finite])]
    found: list[_Stream] = []
    for rows in np.split(order, np.flatnonzero(np.diff(codes[order])) + 1):
        if rows.size == 0:
            continue
        cut = _cut(series.ts[rows], params, newest)
        if cut < params.min_baseline or cut == rows.size:
            left_out.too_few += 1
            continue
        baseline = baseline_of(series.value[rows[:cut]])
        if not 0 < baseline.sd < np.inf:
            left_out.constant += 1
            continue
        level = "" if factor is None else factor.levels[codes[rows[0]]]
        found.append(_Stream(series, level, baseline, series.value[rows[cut:]]))
    return found


def _cut(ts: IntArray, params: StreamScreenParams, newest: int) -> int:
    """Values of the baseline of a stream; the rest is judged."""
    if params.judge_last is None:
        return int(params.baseline_share * ts.size)
    since = newest - int(duration(params.judge_last).total_seconds() * 1e6)
    return int(np.searchsorted(ts, since, side="right"))


def _screened(
    streams: list[_Stream], mean: FloatArray, sd: FloatArray, m: IntArray, design: ScreenDesign
) -> StreamScreen:
    sizes = np.array([s.judged.size for s in streams], dtype=np.int64)
    return screen_streams(
        np.concatenate([s.judged for s in streams]),
        center=mean,
        sigma=sd,
        spread=1.0 / m,
        starts=np.cumsum(sizes) - sizes,
        design=design,
    )


def _charts(
    screen: StreamScreen, m: IntArray, design: ScreenDesign, params: StreamScreenParams
) -> tuple[ChartCount, ...]:
    """Count signals by chart, each beside what chance raises."""
    found = alarms(screen, width=params.ewma_width, h=params.h)
    rng = np.random.default_rng(SEED)
    chance = expected_alarms(m, screen.count, design, width=params.ewma_width, h=params.h, rng=rng)
    known = float(np.sum(1.0 - (1.0 - BEYOND) ** screen.count))
    return (
        _count("a value beyond 3 sigma", found.limits, chance.limits, known),
        _count(f"run rules: {', '.join(rule.id for rule in design.rules) or 'none'}",
               found.rules, chance.rules),
        _count(f"EWMA, weight {params.lambda_:g}, width {params.ewma_width:g}",
               found.ewma, chance.ewma),
        _count(f"CUSUM, k {params.k:g}, h {params.h:g}", found.cusum, chance.cusum),
    )  # fmt: skip


def _count(chart: str, found: float, expected: float, known: float | None = None) -> ChartCount:
    return ChartCount(chart=chart, found=int(found), expected=expected, known=known)


def _finding(
    stream: _Stream,
    screen: StreamScreen,
    i: int,
    tested: tuple[float, float, int],
    design: ScreenDesign,
) -> StreamFinding:
    about, base, n = stream.series.characteristic, stream.baseline, int(screen.count[i])
    shift = float(screen.mean[i]) - base.mean
    half = float(stdtrit(base.m - 1, 0.975)) * base.sd * (1 / base.m + 1 / n) ** 0.5
    broken = int(screen.broken[i])
    return StreamFinding(
        characteristic=about.code,
        title=about.title,
        site=about.site,
        unit=about.unit,
        level=stream.level,
        baseline_n=base.m,
        n=n,
        center=base.mean,
        sigma=base.sd,
        shift=shift,
        shift_lower=shift - half,
        shift_upper=shift + half,
        shift_sigmas=shift / base.sd,
        drift=float(screen.slope[i]) * (n - 1) if n > 1 else None,
        largest=float(screen.largest[i]),
        rules=tuple(rule.id for bit, rule in enumerate(design.rules) if broken >> bit & 1),
        strongest=TESTS[tested[2]],
        p=tested[0],
        adjusted=tested[1],
    )


STREAM_SCREEN = Analysis(
    name="stream-screen",
    title="Stream screen",
    summary="Which of thousands of streams left their baseline, beside the alarms that are chance.",
    version=1,
    params=StreamScreenParams,
    result=StreamScreenResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=StreamScreenParams(site="PG1"), data=lambda: Measurements(sample_streams())
    ),
)
