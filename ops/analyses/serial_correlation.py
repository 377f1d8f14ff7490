"""Serial correlation of a characteristic: how much, the right sigma, a chart that allows for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import isfinite, sqrt
from typing import Annotated

import numpy as np
from pydantic import Field

from ops.analyses.serial_correlation_page import view
from ops.analyses.serial_correlation_result import (
    CorrelationOfLag,
    RemedyOfChart,
    SerialCorrelationResult,
)
from ops.analysis import Analysis, AnalysisParams, Example, Progress
from ops.capability.sigma import within_sigma
from ops.errors import BadData, NotEnoughData
from ops.page import Subject, Verdict
from ops.page_value import Level, Number, Phrase
from ops.query import MeasurementQuery
from ops.simulate.sample import sample_series
from ops.spc.autocorrelation import (
    Autocorrelation,
    MarginalSigma,
    autocorrelation,
    effective_size,
    marginal_sigma,
    residuals,
    shrunken_shift,
)
from ops.spc.decimate import decimate
from ops.spc.design import ChartSettings
from ops.spc.points import PlottedPoints, plotted
from ops.spc.run_length.autocorrelated import Ar1Ewma, Ar1Shewhart, ar1_ewma_width
from ops.spc.run_length.chain import Scheme, arl
from ops.values import FloatArray, IntArray, Measurements, Series

STRETCHES = 500
LONGEST = 1e6  # a run length beyond is told as such
MOST = 0.95  # of phi that the models of run lengths are made for
Label = Annotated[str, Field(min_length=1, max_length=100)]


class SerialCorrelationParams(AnalysisParams):
    """Parameters of a study of serial correlation."""

    characteristic: Label = Field(description="Code of the characteristic.")
    where: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict[str, tuple[str, ...]],
        description='Levels to keep, e.g. {"tool": ["WB-07"]}.',
    )
    stream: str = Field(
        default="tool",
        max_length=100,
        description="Factor whose levels run by themselves; or none.",
    )
    subgroup: str = Field(
        default="individuals",
        pattern=r"^(individuals|column|unit|count:[1-9]\d{0,3}|factor:[^\x00]{1,100}|gap:[1-9]\d{0,6})$",
        description="What a point is: individuals, column, unit, count:5, factor:lot, gap:1800.",
    )
    arl0: float = Field(
        default=370.0, ge=20, le=5000, description="Wanted points to a false alarm."
    )
    lambda_: float = Field(
        default=0.2, ge=0.05, le=1, description="EWMA: weight of the newest point."
    )
    confidence: float = Field(default=0.95, ge=0.5, le=0.999, description="Level of intervals.")


def needs(params: SerialCorrelationParams) -> MeasurementQuery:
    """Ask for the characteristic with the factors that streams and subgroups need."""
    kind, _, name = params.subgroup.partition(":")
    factors = [params.stream, name if kind == "factor" else ""]
    return MeasurementQuery(
        characteristics=(params.characteristic,),
        site=params.site,
        where=dict(params.where),
        factors=tuple(dict.fromkeys(name for name in factors if name)),
        columns=frozenset({"subgroup", "unit_id"}),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What the points say of their dependence."""

    correlation: Autocorrelation
    ranges: float
    marginal: MarginalSigma

    @property
    def phi(self) -> float:
        """Coefficient that the models of run lengths are asked with."""
        return float(np.clip(self.correlation.phi, -MOST, MOST))


def compute(
    data: Measurements, params: SerialCorrelationParams, progress: Progress
) -> SerialCorrelationResult:
    """Correlate the points, and set the charts that suit beside the one that does not.

    Raises
    ------
    NotEnoughData
        With fewer than 12 points in streams of 3 or more, or when all are equal.
    BadData
        If the code is that of several sites.
    """
    series = _one(data, params)
    kind = "individuals" if params.subgroup == "individuals" else "three-way"  # means as values
    settings = ChartSettings(kind=kind, stream=params.stream, subgroup=params.subgroup)
    points = plotted(series, settings)
    stream = points.stream.codes
    correlation = autocorrelation(points.value, stream, confidence=params.confidence)
    ranges = within_sigma(points.value, stream, "moving-range")
    phi = float(np.clip(correlation.phi, -MOST, MOST))
    found = _Found(correlation, ranges.value, marginal_sigma(points.value, stream, phi))
    if not found.ranges > 0:
        raise NotEnoughData("neighbouring points never differ: no moving range, no sigma")
    progress(0.3, f"{points.value.size} points, phi {correlation.phi:.2f}")
    remedies = tuple(_remedies(points, found, params))
    progress(0.9, "run lengths of the charts")
    result = _result(series, (points, settings), found, remedies, params)
    progress(1.0, "done")
    return result


def _one(data: Measurements, params: SerialCorrelationParams) -> Series:
    measured = [series for series in data.series if series.value.size]
    if not measured:
        raise NotEnoughData(
            f"{params.characteristic} has no values in the window; widen it or check the code"
        )
    if len(measured) > 1:
        sites = ", ".join(s.characteristic.site for s in measured)
        raise BadData(f"{params.characteristic} is measured at {sites}; give site")
    return measured[0]


def _remedies(
    points: PlottedPoints, found: _Found, params: SerialCorrelationParams
) -> Iterator[RemedyOfChart]:
    """Plain chart, the right sigma, and an EWMA made for this correlation."""
    centre, phi, sigma = float(points.value.mean()), found.phi, found.marginal.value
    ranges = Ar1Shewhart(phi=phi, sigma="moving-range")
    yield _remedy("3 sigma, moving ranges", ranges, (centre, found.ranges, 3 * found.ranges))
    plain = Ar1Shewhart(phi=phi)
    yield _remedy("3 sigma, marginal sigma", plain, (centre, sigma, 3 * sigma))
    width = ar1_ewma_width(params.arl0, lambda_=params.lambda_, phi=phi)
    ewma = Ar1Ewma(params.lambda_, width, phi)
    yield _remedy("EWMA, calibrated", ewma, (centre, sigma, ewma.half * sigma))


def _remedy(name: str, scheme: Scheme, at: tuple[float, float, float]) -> RemedyOfChart:
    centre, sigma, half = at
    return RemedyOfChart(
        name=name,
        sigma=sigma,
        lower=centre - half,
        upper=centre + half,
        arl0=_told(arl(scheme)),
        arl_one_sigma=_told(arl(scheme, 1.0)),
    )


def _told(length: float) -> float | None:
    return length if isfinite(length) and length < LONGEST else None


def _result(
    series: Series,
    plot: tuple[PlottedPoints, ChartSettings],
    found: _Found,
    remedies: tuple[RemedyOfChart, ...],
    params: SerialCorrelationParams,
) -> SerialCorrelationResult:
    points, settings = plot
    about, correlation = series.characteristic, found.correlation
    n = points.value.size
    left, sigma = _residuals(points, found)
    beyond = np.abs(left) > 3 * sigma
    drawn = decimate(points.ts, left, beyond, stretches=STRETCHES)[: 4 * STRETCHES]
    return SerialCorrelationResult(
        code=about.code,
        title=about.title,
        site=about.site,
        unit=about.unit,
        confidence=params.confidence,
        arl0=params.arl0,
        subgroup=settings.subgroup,
        points=n,
        streams=int(np.unique(points.stream.codes).size),
        phi=correlation.phi,
        phi_lower=correlation.lower,
        phi_upper=correlation.upper,
        p_value=correlation.p_value,
        lags=tuple(CorrelationOfLag(lag=i + 1, r=float(r)) for i, r in enumerate(correlation.r)),
        significant_r=1.96 / sqrt(n),
        sigma_moving_range=found.ranges,
        sigma_marginal=found.marginal.value,
        sigma_marginal_df=found.marginal.df,
        effective_points=effective_size(n, found.phi),
        remedies=remedies,
        residual_shift_left=shrunken_shift(found.phi),
        residuals_beyond=int(beyond.sum()),
        ts=tuple(points.ts[drawn].tolist()),
        residual=tuple(left[drawn].tolist()),
        residual_sigma=sigma,
        verdict=_verdict(series, correlation, remedies),
    )


def _residuals(points: PlottedPoints, found: _Found) -> tuple[FloatArray, float]:
    """Residuals about the mean of each stream, and their sigma."""
    _, of = np.unique(points.stream.codes, return_inverse=True)
    codes: IntArray = of
    mean = np.bincount(codes, points.value) / np.bincount(codes)
    left = residuals(points.value - mean[codes], codes, phi=found.phi, mean=0.0)
    return left, found.marginal.value * sqrt(1.0 - found.phi**2)


def _verdict(
    series: Series, found: Autocorrelation, remedies: tuple[RemedyOfChart, ...]
) -> Verdict:
    about = series.characteristic
    numbers = {
        "phi": Number(value=found.phi, decimals=2),
        "lower": Number(value=found.lower, decimals=2),
        "upper": Number(value=found.upper, decimals=2),
    }
    said = [
        Phrase.of(
            "{name}: neighbouring points correlate by {phi} ({lower} to {upper})",
            name=about.title,
            **numbers,
        )
    ]
    level: Level = "good"
    if found.is_clear:
        ranges, marginal = remedies[0], remedies[1]
        level = "warn"
        said.append(
            Phrase.of(
                "limits from moving ranges give a false alarm every {short} points, the marginal"
                " sigma every {long}",
                short=Number(value=ranges.arl0, decimals=0),
                long=Number(value=marginal.arl0, decimals=0),
            )
        )
    subject = Subject(site=about.site, characteristic=about.code)
    return Verdict.of(level, *said, subject=subject)


def _sample() -> Measurements:
    """Heights of one bonder whose devices remember the one before."""
    series = sample_series(160, tools=1)
    rng = np.random.default_rng(5)
    value, level = np.empty(160), 0.0
    for i, step in enumerate(rng.normal(0.0, 1.6, 160)):
        level = 0.6 * level + step
        value[i] = 150.0 + level
    return Measurements((replace(series, value=value),))


SERIAL_CORRELATION = Analysis(
    name="serial-correlation",
    title="Serial correlation",
    summary="How points depend on those before, the right sigma, a chart that allows for it.",
    version=1,
    params=SerialCorrelationParams,
    result=SerialCorrelationResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=SerialCorrelationParams(characteristic="LOOP-H", site="PG1"), data=_sample
    ),
)
