"""Several characteristics of one unit on one chart: T-squared or EWMA, with reasons of signals."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from ops.analyses.multivariate_chart_page import view
from ops.analyses.multivariate_chart_result import (
    MethodName,
    MultivariateChartResult,
    MultivariateSignal,
    ReferenceOfVariable,
    SignalTerm,
)
from ops.analysis import Analysis, AnalysisParams, Example, Progress
from ops.errors import BadData, NotEnoughData
from ops.page import Subject, Verdict
from ops.page_value import Number, Phrase
from ops.query import MeasurementQuery
from ops.simulate.sample import sample_series
from ops.spc.decimate import decimate
from ops.spc.hotelling import Reference, limit, reference, t_squared
from ops.spc.mewma import mewma_chart, mewma_limit
from ops.spc.myt import Term, decompose, suspect
from ops.units import by_unit
from ops.values import BoolArray, FloatArray, IntArray, Measurements

MOST_VARIABLES = 12  # beyond it the search for reasons and the phase I it needs grow too large
SHOWN, SHOWN_TERMS = 40, 8
STRETCHES = 500  # of time that a drawing tells apart
Label = Annotated[str, Field(min_length=1, max_length=100)]


class MultivariateChartParams(AnalysisParams):
    """Parameters of the multivariate chart."""

    characteristics: tuple[Label, ...] = Field(
        min_length=1, max_length=MOST_VARIABLES, description="Codes, measured on the same units."
    )
    positions: tuple[Label, ...] = Field(
        default=(),
        max_length=MOST_VARIABLES,
        description="Positions (wires) that count, each a variable; empty means all of them.",
    )
    where: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict[str, tuple[str, ...]],
        description='Levels to keep, e.g. {"tool": ["WB-07"]}.',
    )
    method: MethodName = Field(
        default="t2", description="t2 finds large shifts, mewma small ones that last."
    )
    phase_one_share: float = Field(
        default=0.5,
        gt=0,
        le=1,
        description="Share of the units, from the first on, that sets the limits; 1: all of them.",
    )
    covariance: Literal["sample", "successive-differences"] = Field(
        default="sample",
        description="sample, or successive-differences where phase I may hold a shift.",
    )
    alpha: float = Field(
        default=0.0027, ge=1e-5, le=0.05, description="Rate of false alarms of one unit."
    )
    lambda_: float = Field(
        default=0.1, ge=0.02, le=1, description="mewma: weight of the newest unit."
    )


def needs(params: MultivariateChartParams) -> MeasurementQuery:
    """Ask for the characteristics with unit and position."""
    where = dict(params.where)
    if params.positions:
        where["position"] = params.positions
    return MeasurementQuery(
        characteristics=params.characteristics,
        site=params.site,
        where=where,
        factors=(),
        columns=frozenset({"unit_id", "position"}),
    )


@dataclass(frozen=True, slots=True)
class _Units:
    """Complete units in time order, one column for each variable."""

    names: tuple[str, ...]
    measured_in: tuple[str, ...]
    serials: tuple[str, ...]
    ts: IntArray
    x: FloatArray
    incomplete: int


def compute(
    data: Measurements, params: MultivariateChartParams, progress: Progress
) -> MultivariateChartResult:
    """Chart the units of the window, and give the reasons of those beyond the limit.

    Raises
    ------
    NotEnoughData
        If too few units have every variable.
    BadData
        If there are more than 12 variables, or some follow from others.
    """
    units = _units(data, params)
    m = max(1, round(params.phase_one_share * len(units.serials)))
    known = reference(units.x[:m], method=params.covariance)
    progress(0.3, f"{len(units.serials)} units of {len(units.names)} variables")
    statistic, limits = _charted(units.x, known, params)
    is_new = np.arange(statistic.size) >= m
    beyond = statistic > np.where(is_new, limits[1], limits[0])
    signals = _signals(units, known, (statistic, beyond, is_new), params)
    progress(1.0, f"{int(beyond.sum())} beyond the limit")
    drawn = decimate(units.ts, statistic, beyond, stretches=STRETCHES)[: 4 * STRETCHES]
    sd = np.sqrt(np.diag(known.covariance))
    expected = params.alpha * statistic.size
    return MultivariateChartResult(
        method=params.method,
        covariance=params.covariance,
        alpha=params.alpha,
        lambda_=params.lambda_ if params.method == "mewma" else None,
        variables=tuple(
            ReferenceOfVariable(variable=name, unit=unit, mean=float(mean), sigma=float(sigma))
            for name, unit, mean, sigma in zip(
                units.names, units.measured_in, known.mean, sd, strict=True
            )
        ),
        correlation=tuple(map(tuple, (known.covariance / np.outer(sd, sd)).tolist())),
        units=statistic.size,
        units_incomplete=units.incomplete,
        phase_one_units=m,
        limit_phase_one=limits[0],
        limit_phase_two=limits[1],
        signals_in_all=int(beyond.sum()),
        expected_by_chance=expected,
        signals=signals,
        ts=tuple(units.ts[drawn].tolist()),
        statistic=tuple(statistic[drawn].tolist()),
        verdict=_verdict(data, signals, int(beyond.sum()), expected, statistic.size),
    )


def _units(data: Measurements, params: MultivariateChartParams) -> _Units:
    matrix = by_unit(data.series)
    if not matrix.columns:
        raise NotEnoughData(
            "a multivariate chart needs values with a unit_id; none were found: widen the window,"
            " or map the serial to unit_id at ingest"
        )
    if len(matrix.columns) > MOST_VARIABLES:
        raise BadData(
            f"there are {len(matrix.columns)} variables, at most {MOST_VARIABLES} fit on one chart;"
            " choose positions, or fewer characteristics"
        )
    complete = ~np.isnan(matrix.values).any(axis=1)
    needed = len(matrix.columns) + 2
    if complete.sum() * params.phase_one_share < needed:
        raise NotEnoughData(
            f"phase I needs {needed} units with all {len(matrix.columns)} variables, got"
            f" {int(complete.sum() * params.phase_one_share)} of {complete.size}; widen the window,"
            " or raise phase_one_share"
        )
    unit_of = {s.characteristic.code: s.characteristic.unit for s in data.series}
    rows = np.flatnonzero(complete)
    return _Units(
        names=tuple(f"{code} {place}".strip() for code, place in matrix.columns),
        measured_in=tuple(unit_of[code] for code, _ in matrix.columns),
        serials=tuple(matrix.units[i] for i in rows),
        ts=matrix.first_ts[rows],
        x=matrix.values[rows],
        incomplete=int((~complete).sum()),
    )


def _charted(
    x: FloatArray, known: Reference, params: MultivariateChartParams
) -> tuple[FloatArray, tuple[float, float]]:
    if params.method == "mewma":
        h4 = mewma_limit(1.0 / params.alpha, p=known.p, lambda_=params.lambda_)
        return mewma_chart(x, known, limit=h4, lambda_=params.lambda_).statistic, (h4, h4)
    one, two = (limit(known, alpha=params.alpha, phase=phase) for phase in (1, 2))
    return t_squared(x, known), (one, two)


def _signals(
    units: _Units,
    known: Reference,
    found: tuple[FloatArray, BoolArray, BoolArray],
    params: MultivariateChartParams,
) -> tuple[MultivariateSignal, ...]:
    statistic, beyond, is_new = found
    worst = np.flatnonzero(beyond)
    worst = np.sort(worst[np.argsort(-statistic[worst], kind="stable")][:SHOWN])
    signals: list[MultivariateSignal] = []
    for i in worst:
        reasons = decompose(units.x[i], known, alpha=params.alpha)
        terms = sorted(reasons.terms, key=lambda term: (len(term.given), -term.value))
        signals.append(
            MultivariateSignal(
                unit=units.serials[i],
                ts=int(units.ts[i]),
                value=float(statistic[i]),
                phase=2 if is_new[i] else 1,
                suspect=units.names[suspect(units.x[i], known)],
                terms=tuple(_term(term, units.names) for term in terms[:SHOWN_TERMS]),
                terms_left_out=max(0, len(terms) - SHOWN_TERMS),
                unexplained=reasons.rest,
            )
        )
    return tuple(signals)


def _term(term: Term, names: Sequence[str]) -> SignalTerm:
    return SignalTerm(
        variable=names[term.variable],
        given=tuple(names[i] for i in term.given),
        value=term.value,
        limit=term.limit,
        residual=term.residual,
        sigma=term.sigma,
    )


def _verdict(
    data: Measurements,
    signals: tuple[MultivariateSignal, ...],
    beyond: int,
    expected: float,
    n: int,
) -> Verdict:
    codes = tuple(series.characteristic.code for series in data.series)
    site = data.series[0].characteristic.site
    about = Subject(site=site, characteristic=codes[0] if len(codes) == 1 else None)
    surely = beyond > expected + 3.0 * np.sqrt(expected) + 1.0
    said = [
        Phrase.of(
            "{what}: {beyond} of {n} units are beyond the limit, chance alone makes {expected}",
            what=", ".join(codes),
            beyond=Number(value=beyond),
            n=Number(value=n),
            expected=Number(value=expected, decimals=1),
        )
    ]
    if surely and signals:
        often, count = Counter(signal.suspect for signal in signals).most_common(1)[0]
        said.append(
            Phrase.of(
                "{variable} is the suspect in {count} of the {shown} largest",
                variable=often,
                count=Number(value=count),
                shown=Number(value=len(signals)),
            )
        )
    return Verdict.of("bad" if surely else "good", *said, subject=about)


MULTIVARIATE_CHART = Analysis(
    name="multivariate-chart",
    title="Multivariate chart",
    summary="T-squared or multivariate EWMA of the wires of a unit, and what each signal is of.",
    version=1,
    params=MultivariateChartParams,
    result=MultivariateChartResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=MultivariateChartParams(characteristics=("LOOP-H",), site="PG1"),
        data=lambda: Measurements((sample_series(),)),
    ),
)
