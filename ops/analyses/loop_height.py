"""Loop height chart: by wire type and package, stratified by bonder and capillary."""

from collections.abc import Iterator, Mapping

import numpy as np
from pydantic import Field

from ops.analyses.loop_height_page import view
from ops.analyses.loop_height_result import (
    HeightsDrawn,
    LoopHeightResult,
    OffsetOfPosition,
    StratumOfLoop,
    TypeOfLoop,
)
from ops.analyses.loop_height_sample import sample_heights
from ops.analyses.loop_height_strata import (
    OTHERS,
    Studied,
    capillaries,
    drawn,
    strata_of,
    touch_downs_at,
)
from ops.analyses.loop_height_words import verdict
from ops.analysis import Analysis, AnalysisParams, Example, Progress
from ops.errors import BadData, NotEnoughData, Problem
from ops.loop.height import (
    HeightChart,
    PositionOffset,
    centred,
    height_chart,
    position_offsets,
    rows_of,
)
from ops.loop.profile import PARTS
from ops.loop.touchdowns import COUNTER
from ops.query import MeasurementQuery, ProcessData, ProcessQuery
from ops.spc.design import ChartDesign, ChartSettings
from ops.spc.designed import counted
from ops.spc.rules import RuleChoice
from ops.values import BoolArray, Series

LISTED = 200
DRAWN = 3
OFFSETS = 60
LEAST_UNITS = 10


class LoopHeightParams(AnalysisParams):
    """Parameters of charts of loop height."""

    apex: str = Field(
        min_length=1, max_length=100, description="Characteristic of the loop height (apex)."
    )
    rise: str = Field(
        default="", max_length=100, description="Characteristic of the first-bond rise; or none."
    )
    descent: str = Field(
        default="", max_length=100, description="Characteristic of the descent; or none."
    )
    types: tuple[str, ...] = Field(
        default=("wire", "package"),
        max_length=5,
        description="Factors that tell types of loop apart: each has charts of its own.",
    )
    tool: str = Field(
        default="tool", min_length=1, max_length=100, description="Factor of the bonder."
    )
    where: dict[str, tuple[str, ...]] = Field(
        default_factory=dict[str, tuple[str, ...]], description="Levels that count."
    )
    phase_one: float = Field(
        default=0.4, gt=0, lt=1, description="Share of the units that limits are estimated from."
    )
    design: str = Field(
        default="",
        max_length=200,
        description="Name of an approved chart design of the apex; empty: limits of the window.",
    )
    rules: RuleChoice = Field(
        default=RuleChoice(set="western-electric"), description="Rules that judge."
    )
    per_hour: float | None = Field(
        default=None, gt=0, description="Touch-downs an hour where no counter tells."
    )
    confidence: float = Field(default=0.95, ge=0.5, le=0.999, description="Level of intervals.")


def needs(params: LoopHeightParams) -> ProcessQuery:
    """Ask for the heights with bonder, capillary, type and unit, and for what happened there."""
    codes = tuple(dict.fromkeys(c for c in (params.apex, params.rise, params.descent) if c))
    measured = MeasurementQuery(
        characteristics=codes,
        site=params.site,
        where=params.where,
        factors=tuple(dict.fromkeys((params.tool, "capillary", *params.types))),
        columns=frozenset({"unit_id", "position"}),
    )
    return ProcessQuery(measured, events=(*OTHERS, COUNTER), designs=bool(params.design))


def compute(data: ProcessData, params: LoopHeightParams, progress: Progress) -> LoopHeightResult:
    """Chart every part and type, and rank bonders and capillaries.

    Raises
    ------
    NotEnoughData
        If fewer than 10 units of every type were measured.
    BadData
        If the site is not clear, or there is no such design.
    """
    parts = dict(_parts(data, params))
    progress(0.1, ", ".join(f"{part}: {series.ts.size} wires" for part, series in parts.items()))
    studies: list[Studied] = []
    types: list[TypeOfLoop] = []
    for part, series in parts.items():
        for name, rows in _types(series, params.types):
            one = rows_of(series, rows)
            studied, told = _study(data, params, (part, name), one)
            if studied is not None:
                studies.append(studied)
                types.append(told)
        progress(0.1 + 0.6 * len(studies) / (len(studies) + 1), f"{part} charted")
    if not studies:
        raise NotEnoughData(
            f"no type of loop has {LEAST_UNITS} units in the window; widen it or name fewer types"
        )
    strata = sorted((s for one in studies for s in strata_of(one, params.confidence)), key=_guilt)
    progress(0.9, f"{len(strata)} strata")
    apex = parts["apex"].characteristic
    used = next((one.chart.design for one in studies if one.chart.design is not None), None)
    rules = params.rules.rules() if used is None else used.rules
    arl0 = None if used is None or not rules else _arl0(used)
    result = LoopHeightResult(
        site=apex.site,
        unit=apex.unit,
        characteristics={part: series.characteristic.code for part, series in parts.items()},
        design=params.design,
        rules=tuple(rule.sentence for rule in rules),
        arl0=arl0,
        confidence=params.confidence,
        types=tuple(types),
        strata=tuple(strata[:LISTED]),
        left_out=max(0, len(strata) - LISTED),
        charts=tuple(_charts(data, studies, strata)),
        verdict=verdict(apex, params.tool, strata, arl0),
    )
    progress(1.0, "done")
    return result


def _parts(data: ProcessData, params: LoopHeightParams) -> Iterator[tuple[str, Series]]:
    for part in PARTS:
        code = getattr(params, part)
        found = [s for s in data.measurements.series if s.characteristic.code == code]
        if len(found) > 1:
            raise BadData(
                f"{code} is measured at {len(found)} sites; name one",
                (Problem("/site", "name one site"),),
            )
        if found and found[0].ts.size:
            yield part, found[0]
        elif code:
            raise NotEnoughData(f"{code} has no values in the window; widen it or check the code")


def _types(series: Series, factors: tuple[str, ...]) -> Iterator[tuple[str, BoolArray]]:
    """Rows of each combination of the levels of some factors."""
    known = [series.factors[name] for name in factors if name in series.factors]
    known = [factor for factor in known if bool(np.any(factor.codes >= 0))]
    if not known:
        yield "", np.ones(series.ts.size, dtype=np.bool_)
        return
    codes = np.column_stack([factor.codes for factor in known])
    levels, of = np.unique(codes, axis=0, return_inverse=True)
    for number, combination in enumerate(levels):
        names = [f.levels[c] if c >= 0 else "-" for f, c in zip(known, combination, strict=True)]
        yield " ".join(names), of.reshape(-1) == number


def _study(
    data: ProcessData, params: LoopHeightParams, names: tuple[str, str], series: Series
) -> tuple[Studied | None, TypeOfLoop]:
    part, name = names
    design = _design(data, params, series) if part == "apex" else None
    units = np.unique(series.unit_id.codes[series.unit_id.codes >= 0]).size
    if max(units, 0 if units else series.ts.size) < LEAST_UNITS:
        return None, _type(names, series, None, ())
    offsets = position_offsets(series, confidence=params.confidence)
    plain = centred(series, offsets) if design is None else series
    settings = ChartSettings(
        kind="three-way" if offsets else "individuals",
        stream=params.tool,
        subgroup="unit" if units else "individuals",
        rules=params.rules.rules(),
    )
    boundary = int(np.quantile(series.ts, params.phase_one, method="higher"))
    chart = height_chart(plain, settings, boundary=boundary, design=design)
    studied = Studied(
        part,
        name,
        chart,
        capillaries(series, chart, data.events),
        touch_downs_at(chart, data.events, params.per_hour),
    )
    return studied, _type(names, series, chart, offsets)


def _design(data: ProcessData, params: LoopHeightParams, series: Series) -> ChartDesign | None:
    if not params.design:
        return None
    found: Mapping[str, object] = data.designs.get(series.characteristic.id, {})
    if params.design not in found:
        raise BadData(
            f"{params.apex} has no approved chart design {params.design!r};"
            f" it has {', '.join(found) or 'none'}",
            (Problem("/design", "name an approved design, or leave it empty"),),
        )
    return ChartDesign.model_validate(found[params.design])


def _arl0(design: ChartDesign) -> float:
    from ops.spc.run_length.rules import arl0_of  # noqa: PLC0415  (heavy only where it is used)

    return arl0_of(counted(design))


def _type(
    names: tuple[str, str],
    series: Series,
    chart: HeightChart | None,
    offsets: tuple[PositionOffset, ...],
) -> TypeOfLoop:
    design = None if chart is None else chart.design
    phase = None if design is None else design.phase_one
    within = [one.within for one in design.limits if one.within] if design is not None else []
    value = series.value if chart is None else chart.points.value
    return TypeOfLoop(
        part=names[0],
        type=names[1],
        units=value.size,
        tools=0 if chart is None else int(np.unique(chart.points.stream.codes).size),
        mean=float(value.mean()),
        sigma=float(value.std(ddof=1)) if value.size > 1 else 0.0,
        within=float(np.sqrt(np.mean(np.square(within)))) if within else None,
        phi=0.0 if chart is None else chart.phi,
        estimator="" if phase is None else phase.estimator,
        start=None if phase is None else phase.start,
        end=None if phase is None else phase.end,
        excluded=0 if phase is None else len(phase.excluded),
        reason="" if chart is None else chart.reason,
        offsets=tuple(
            OffsetOfPosition(
                position=o.position, value=o.value, lower=o.lower, upper=o.upper, wires=o.wires
            )
            for o in offsets[:OFFSETS]
        ),
    )


def _guilt(one: StratumOfLoop) -> tuple[float, float]:
    """Largest shift beyond doubt first, then the least likely count of signals."""
    sure = 0.0
    if one.lower is not None and one.upper is not None:
        sure = max(one.lower, -one.upper, 0.0)
    return -sure, 1.0 if one.chance is None else one.chance


def _charts(
    data: ProcessData, studies: list[Studied], strata: list[StratumOfLoop]
) -> Iterator[HeightsDrawn]:
    of = {(one.part, one.type): one for one in studies}
    wanted = dict.fromkeys((s.part, s.type, s.tool) for s in strata)
    for part, name, tool in list(wanted)[:DRAWN]:
        yield drawn(of[part, name], tool, data.events)


LOOP_HEIGHT = Analysis(
    name="loop-height-chart",
    title="Loop height chart",
    summary="Charts of loop height by wire type and package; which bonder or capillary is guilty.",
    version=1,
    params=LoopHeightParams,
    result=LoopHeightResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(params=LoopHeightParams(apex="LOOP-H", site="PG1"), data=sample_heights),
)
