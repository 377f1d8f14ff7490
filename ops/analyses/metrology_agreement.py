"""Optical loop heights against X-ray: bias, limits of agreement, Deming's line, by gauge."""

from collections.abc import Iterator
from typing import Annotated

import numpy as np
from pydantic import Field

from ops.analyses.metrology_agreement_page import view
from ops.analyses.metrology_agreement_result import (
    AgreementOfGroup,
    BiasOfPeriod,
    BoundedNumber,
    MetrologyAgreementResult,
)
from ops.analyses.metrology_agreement_sample import sample_pairs
from ops.analyses.metrology_agreement_words import verdict
from ops.analysis import Analysis, AnalysisParams, Example, Progress
from ops.errors import BadData, NotEnoughData
from ops.loop.agreement import LEAST_UNITS, agreement, deming
from ops.loop.pairs import Pairs, joined
from ops.query import MeasurementQuery
from ops.values import Factor, FloatArray, IntArray, Measurements, Series

DRAWN = 1500  # pairs on the chart
PERIODS = 20  # stretches of time of the whole window
Label = Annotated[str, Field(min_length=1, max_length=100)]


class MetrologyAgreementParams(AnalysisParams):
    """Parameters of a metrology agreement."""

    reference: Label = Field(description="Code of the characteristic measured by the reference.")
    compared: Label = Field(
        description="Code of the characteristic that is compared, on the same units and positions."
    )
    stratum: str = Field(
        default="gauge", max_length=100, description="Factor of the compared values; or none."
    )
    ratio: float = Field(
        default=1.0,
        gt=0,
        le=1e6,
        description="Error variance of compared over reference, for Deming's line.",
    )
    allowed: float | None = Field(
        default=None, gt=0, description="Difference that is allowed, in the unit; absent: any."
    )
    confidence: float = Field(default=0.95, ge=0.5, le=0.999, description="Level of intervals.")


def needs(params: MetrologyAgreementParams) -> MeasurementQuery:
    """Ask for both characteristics with unit, position and stratum."""
    return MeasurementQuery(
        characteristics=tuple(dict.fromkeys((params.reference, params.compared))),
        site=params.site,
        factors=(params.stratum,) if params.stratum else (),
        columns=frozenset({"unit_id", "position"}),
    )


def compute(
    data: Measurements, params: MetrologyAgreementParams, progress: Progress
) -> MetrologyAgreementResult:
    """Join the wires that both have measured, and compare them.

    Raises
    ------
    NotEnoughData
        If fewer than 5 units were measured by both.
    BadData
        If the two are one characteristic, or in different units of measure.
    """
    reference, compared = _both(data, params)
    pairs = joined(reference, compared)
    units = int(np.unique(pairs.unit).size)
    if units < LEAST_UNITS:
        raise NotEnoughData(
            f"{units} units have the same wires in {params.reference} and {params.compared},"
            f" {LEAST_UNITS} are needed; widen the window, or check unit_id and position"
        )
    progress(0.3, f"{pairs.x.size} wires of {units} units")
    everything = np.arange(pairs.x.size)
    pool = _group("", pairs, everything, params)
    strata = [
        _group(level, pairs, rows, params) for level, rows in _levels(compared, pairs, params)
    ]
    strata.sort(key=lambda g: -abs(g.bias.value) if g.bias else 0.0)
    periods = tuple(_periods(compared, pairs, params))
    progress(0.8, f"{len(strata)} strata")
    drawn = everything[:: max(1, -(-everything.size // DRAWN))]
    about = reference.characteristic
    result = MetrologyAgreementResult(
        reference=params.reference,
        compared=params.compared,
        site=about.site,
        unit=about.unit,
        confidence=params.confidence,
        ratio=params.ratio,
        allowed=params.allowed,
        stratum=params.stratum,
        pool=pool,
        strata=tuple(strata),
        periods=periods,
        mean=tuple(((pairs.x + pairs.y) / 2)[drawn].tolist()),
        difference=tuple((pairs.y - pairs.x)[drawn].tolist()),
        verdict=verdict(
            about,
            (params.compared, params.reference),
            (pool, strata, periods),
            stratum=params.stratum,
            allowed=params.allowed,
        ),
    )
    progress(1.0, "done")
    return result


def _both(data: Measurements, params: MetrologyAgreementParams) -> tuple[Series, Series]:
    if params.reference == params.compared:
        raise BadData(
            f"reference and compared are both {params.reference}; name the characteristic of each"
        )
    found = {series.characteristic.code: series for series in data.series}
    for code in (params.reference, params.compared):
        if code not in found:
            raise NotEnoughData(f"{code} has no values in the window; widen it or check the code")
    reference, compared = found[params.reference], found[params.compared]
    one, other = reference.characteristic.unit, compared.characteristic.unit
    if one != other:
        raise BadData(
            f"{params.reference} is in {one}, {params.compared} in {other}: no difference"
        )
    return reference, compared


def _levels(
    compared: Series, pairs: Pairs, params: MetrologyAgreementParams
) -> Iterator[tuple[str, IntArray]]:
    factor = compared.factors.get(params.stratum)
    if factor is None:
        return
    codes = factor.codes[pairs.row]
    for code in np.unique(codes[codes >= 0]):
        yield factor.levels[code], np.flatnonzero(codes == code)


def _group(
    level: str, pairs: Pairs, rows: IntArray, params: MetrologyAgreementParams
) -> AgreementOfGroup:
    x, y, unit = pairs.x[rows], pairs.y[rows], pairs.unit[rows]
    units = int(np.unique(unit).size)
    try:
        found = agreement(x, y, unit, confidence=params.confidence)
    except NotEnoughData as error:
        return _absent(level, rows.size, units, str(error))
    slope: BoundedNumber | None = None
    intercept: BoundedNumber | None = None
    reason = ""
    try:
        line = deming(x, y, unit, ratio=params.ratio, confidence=params.confidence)
        slope, intercept = BoundedNumber.of(line.slope), BoundedNumber.of(line.intercept)
    except BadData as error:
        reason = str(error)
    return AgreementOfGroup(
        level=level,
        pairs=found.pairs,
        units=found.units,
        bias=BoundedNumber.of(found.bias),
        sd=found.sd,
        sd_between=found.sd_between,
        sd_within=found.sd_within,
        lower=BoundedNumber.of(found.limits[0]),
        upper=BoundedNumber.of(found.limits[1]),
        trend=BoundedNumber.of(found.trend),
        slope=slope,
        intercept=intercept,
        reason=reason,
    )


def _absent(level: str, pairs: int, units: int, reason: str) -> AgreementOfGroup:
    nothing = dict.fromkeys(
        ("bias", "sd", "sd_between", "sd_within", "lower", "upper", "trend", "slope", "intercept")
    )
    return AgreementOfGroup.model_validate(
        {"level": level, "pairs": pairs, "units": units, "reason": reason, **nothing}
    )


def _periods(
    compared: Series, pairs: Pairs, params: MetrologyAgreementParams
) -> Iterator[BiasOfPeriod]:
    """Bias of each level in equal stretches of time: a gauge that went off shows when."""
    first, last = int(pairs.ts[0]), int(pairs.ts[-1])
    width = max(1, -(-(last - first + 1) // PERIODS))
    factor = compared.factors.get(params.stratum) or Factor(np.zeros(compared.ts.size, int), ("",))
    codes, period = factor.codes[pairs.row], (pairs.ts - first) // width
    for code in np.unique(codes[codes >= 0]):
        for place in np.unique(period[codes == code]):
            rows = np.flatnonzero((codes == code) & (period == place))
            means = _unit_means(pairs.y[rows] - pairs.x[rows], pairs.unit[rows])
            error = float(means.std(ddof=1)) / means.size**0.5 if means.size > 1 else None
            yield BiasOfPeriod(
                level=factor.levels[code],
                start=first + int(place) * width,
                units=means.size,
                bias=float(means.mean()),
                error=error,
            )


def _unit_means(difference: FloatArray, unit: IntArray) -> FloatArray:
    _, of = np.unique(unit, return_inverse=True)
    means: FloatArray = np.bincount(of, difference) / np.bincount(of)
    return means


METROLOGY_AGREEMENT = Analysis(
    name="metrology-agreement",
    title="Metrology agreement",
    summary="Two ways to measure the same wires: bias, limits of agreement, Deming's line.",
    version=1,
    params=MetrologyAgreementParams,
    result=MetrologyAgreementResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=MetrologyAgreementParams(reference="XRAY-H", compared="LOOP-H", site="PG1"),
        data=sample_pairs,
    ),
)
