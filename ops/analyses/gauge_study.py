"""Gauge study of one characteristic: how much of what is measured is the gauge."""

from math import isfinite
from typing import Any

import numpy as np

from ops.analyses.gauge_study_master import linearity_fields, stability_fields, type_one_fields
from ops.analyses.gauge_study_page import view
from ops.analyses.gauge_study_params import GaugeStudyParams
from ops.analyses.gauge_study_result import GaugeStudyResult
from ops.analyses.gauge_study_sample import sample_study
from ops.analyses.gauge_study_variance import variance_fields
from ops.analysis import Analysis, Example, Progress
from ops.errors import BadData, NotEnoughData
from ops.query import MeasurementQuery
from ops.values import BoolArray, Factor, Measurements, Series, SpecLimits

_COLUMNS = ("unit_id", "position", "subgroup")


def needs(params: GaugeStudyParams) -> MeasurementQuery:
    """Ask for the characteristic with the factors of the study."""
    wanted = (params.part, params.operator, *params.further)
    return MeasurementQuery(
        characteristics=(params.characteristic,),
        site=params.site,
        where=dict(params.where),
        factors=tuple(dict.fromkeys(name for name in wanted if name not in _COLUMNS)),
    )


def compute(data: Measurements, params: GaugeStudyParams, progress: Progress) -> GaugeStudyResult:
    """Compute the study that is asked for.

    Raises
    ------
    NotEnoughData
        If the characteristic has no values, or too few for the study.
    BadData
        If more than one site has the characteristic, or the study lacks a tolerance.
    """
    series = _only(data, params)
    factors = _factors(series, params)
    used = np.isfinite(series.value)
    for factor in factors.values():
        used &= factor.codes >= 0
    kept = _kept(series, used)
    if kept.value.size == 0:
        raise NotEnoughData(
            f"a gauge study needs values that name their {' and '.join(factors) or 'master'},"
            f" got 0 of {series.value.size}; check part {params.part!r} and operator"
            f" {params.operator!r}"
        )
    chosen = {name: _dense(factor.take(used)) for name, factor in factors.items()}
    progress(0.1, f"{params.study}: {kept.value.size} values")
    tolerance = _tolerance(kept.spec, params)
    fields = _fields(kept, chosen, params, tolerance)
    progress(1.0, f"{params.study} study done")
    about = series.characteristic
    return GaugeStudyResult(
        code=about.code,
        title=about.title,
        site=about.site,
        unit=about.unit,
        study=params.study,
        confidence=params.confidence,
        n=kept.value.size,
        without=series.value.size - kept.value.size,
        parts=len(chosen["part"].levels) if "part" in chosen else 1,
        operators=len(chosen["operator"].levels) if "operator" in chosen else 1,
        tolerance=tolerance,
        **fields,
    )


def _fields(
    series: Series, factors: dict[str, Factor], params: GaugeStudyParams, tolerance: float | None
) -> dict[str, Any]:
    if params.study == "type-1":
        if tolerance is None:
            raise BadData("a type-1 study needs both limits of the specification, or a tolerance")
        return type_one_fields(series, params, tolerance)
    if params.study == "linearity":
        return linearity_fields(series, factors["part"], params)
    if params.study == "stability":
        return stability_fields(series, params)
    return variance_fields(series, factors, params, tolerance)


def _only(data: Measurements, params: GaugeStudyParams) -> Series:
    found = [s for s in data.series if s.value.size]
    if not found:
        raise NotEnoughData(
            f"a gauge study needs values of {params.characteristic}, got 0; widen the window or"
            " check the site and the code"
        )
    if len(found) > 1:
        sites = ", ".join(sorted(s.characteristic.site for s in found))
        raise BadData(f"{params.characteristic} has values at {sites}; name one site")
    return found[0]


def _factors(series: Series, params: GaugeStudyParams) -> dict[str, Factor]:
    """Part, operator and further factors; one operator for all where the data know none."""
    if params.study in ("type-1", "stability"):
        return {}
    part = _named(series, params.part)
    if params.study == "linearity":
        return {"part": part}
    alone = Factor(np.zeros(series.value.size, dtype=np.int64), ("all",))
    known = params.operator in series.factors or params.operator in _COLUMNS
    factors = {"part": part, "operator": _named(series, params.operator) if known else alone}
    further = params.further if params.study == "expanded" else ()
    return factors | {name: _named(series, name) for name in further}


def _named(series: Series, name: str) -> Factor:
    columns = {
        "unit_id": series.unit_id,
        "position": series.position,
        "subgroup": series.subgroup,
    }
    found = columns.get(name) or series.factors.get(name)
    return Factor(np.full(series.value.size, -1), ()) if found is None else found


def _dense(factor: Factor) -> Factor:
    """Drop levels that no value has."""
    found, codes = np.unique(factor.codes, return_inverse=True)
    return Factor(codes.astype(np.int64), tuple(factor.levels[int(i)] for i in found))


def _kept(series: Series, used: BoolArray) -> Series:
    return Series(
        characteristic=series.characteristic,
        ts=series.ts[used],
        value=series.value[used],
        n=series.n[used],
        subgroup=series.subgroup.take(used),
        unit_id=series.unit_id.take(used),
        position=series.position.take(used),
        spec=series.spec,
    )


def _tolerance(spec: SpecLimits | None, params: GaugeStudyParams) -> float | None:
    """Width between both limits, else the one that was given."""
    width = np.inf if spec is None else spec.upper - spec.lower
    return float(width) if isfinite(width) else params.tolerance


GAUGE_STUDY = Analysis(
    name="gauge-study",
    title="Gauge study",
    summary="How much of what is measured is the gauge: Cg, %GRR, ndc, linearity, stability.",
    version=1,
    params=GaugeStudyParams,
    result=GaugeStudyResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=GaugeStudyParams(characteristic="LOOP-H", site="PG1"), data=sample_study
    ),
)
