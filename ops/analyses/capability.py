"""Process capability of one or many characteristics, every pooled figure beside its strata."""

from collections.abc import Mapping
from typing import Annotated, Literal

import numpy as np
from pydantic import Field, field_validator

from ops.analyses.capability_page import view
from ops.analyses.capability_result import (
    CapabilityGroup,
    CapabilityOfCharacteristic,
    CapabilityResult,
    NotStudied,
    describe,
    verdict,
)
from ops.analysis import Analysis, AnalysisParams, Example, Progress
from ops.capability.sigma import WithinMethod
from ops.capability.study import Study, study
from ops.errors import NotEnoughData
from ops.query import MeasurementQuery
from ops.simulate.sample import sample_series
from ops.values import Factor, IntArray, Measurements, Series, stable_order

MAX_STRATA = 50  # of one characteristic
LARGEST = 1e150  # beyond it a square overflows
STRATA_IN_ALL = 120  # of all: a result stays below 256 KiB up to 100 characteristics


_FACTOR = "factor:"
SubgroupFactor = Annotated[str, Field(pattern=r"^factor:[^\x00]{1,100}$")]


class CapabilityParams(AnalysisParams):
    """Parameters of the capability analysis."""

    characteristics: tuple[str, ...] = Field(
        default=(), max_length=1000, description="Codes; empty means every one of the site."
    )
    strata: tuple[str, ...] = Field(
        default=(),
        max_length=5,
        description="Factors to stratify by, each on its own: tool, lot, capillary, shift ...",
    )
    where: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict[str, tuple[str, ...]],
        description='Levels to keep, e.g. {"tool": ["WB-07"]}.',
    )
    subgroup: Literal["auto", "column", "unit", "individuals"] | int | SubgroupFactor = Field(
        default="auto",
        description=(
            "Rational subgroup: column, unit, individuals (moving ranges), a count of consecutive"
            " values, or a factor such as factor:lot. auto: the column if filled, else individuals."
        ),
    )
    method: Literal["pooled", "rbar", "sbar"] = Field(
        default="pooled", description="Estimator of the within-subgroup sigma."
    )
    requirement: float = Field(default=1.33, gt=0, le=10, description="Index required.")
    confidence: float = Field(default=0.95, ge=0.5, le=0.999, description="Level of intervals.")

    @field_validator("subgroup")
    @classmethod
    def _two_at_least(cls, value: str | int) -> str | int:
        if isinstance(value, int) and not 2 <= value <= 1000:
            raise ValueError(f"a subgroup of consecutive values has 2 to 1000 of them, got {value}")
        return value


def needs(params: CapabilityParams) -> MeasurementQuery:
    """Ask for the characteristics with the factors of the strata."""
    return MeasurementQuery(
        characteristics=params.characteristics,
        site=params.site,
        where=dict(params.where),
        factors=tuple(dict.fromkeys((*params.strata, *_subgroup_factor(params), "tool"))),
    )


def _subgroup_factor(params: CapabilityParams) -> tuple[str, ...]:
    wanted = str(params.subgroup)
    return (wanted.removeprefix(_FACTOR),) if wanted.startswith(_FACTOR) else ()


def compute(data: Measurements, params: CapabilityParams, progress: Progress) -> CapabilityResult:
    """Study each characteristic: the pool, then every level of every stratum.

    Raises
    ------
    NotEnoughData
        If no characteristic has 2 values.
    """
    left_out = _not_studied(data, params)
    without = {(one.code, site) for one, site in left_out}
    found = [s for s in data.series if _key(s) not in without]
    if not found:
        said = "; ".join(f"{one.code}: {one.reason}" for one, _ in left_out[:3])
        raise NotEnoughData(
            f"capability needs 2 values of a characteristic, got none ({said or 'no data'});"
            " widen the window or check the site and the codes"
        )
    shown = max(1, min(MAX_STRATA, STRATA_IN_ALL // len(found)))
    studied: list[CapabilityOfCharacteristic] = []
    for done, series in enumerate(found):
        progress(done / len(found), f"{series.characteristic.code}: {series.value.size} values")
        studied.append(_one(series, params, shown))
    progress(1.0, f"{len(found)} characteristics")
    return CapabilityResult(
        requirement=params.requirement,
        confidence=params.confidence,
        characteristics=tuple(sorted(studied, key=lambda c: c.pool.worst)),
        not_studied=tuple(one for one, _ in left_out),
    )


def _key(series: Series) -> tuple[str, str]:
    return series.characteristic.code, series.characteristic.site


def _not_studied(data: Measurements, params: CapabilityParams) -> list[tuple[NotStudied, str]]:
    """Characteristics without what a study needs, each with its site."""
    left_out: list[tuple[NotStudied, str]] = []
    for series in data.series:
        code, site = _key(series)
        unfit = int(np.count_nonzero(~(np.abs(series.value) < LARGEST)))
        if unfit:
            reason = f"{unfit} of {series.value.size} values are not numbers below {LARGEST:g}"
            left_out.append((NotStudied(code=code, reason=reason), site))
        elif series.value.size < 2:
            reason = f"{series.value.size} values in the window, 2 are needed"
            left_out.append((NotStudied(code=code, reason=reason), site))
    known = {series.characteristic.code for series in data.series}
    absent = NotStudied(code="", reason="no values in the window, or no such characteristic")
    return left_out + [
        (absent.model_copy(update={"code": code}), "")
        for code in params.characteristics
        if code not in known
    ]


def _one(series: Series, params: CapabilityParams, shown: int) -> CapabilityOfCharacteristic:
    subgroup, method, said = _subgroups(series, params)
    pool = _group(series, np.arange(series.value.size), subgroup, method, params, ("", "all"))
    strata: list[CapabilityGroup] = []
    for name in params.strata:
        factor = series.factors.get(name)
        if factor is not None:
            strata += _levels(series, factor, name, (subgroup, method), params)
    strata.sort(key=lambda group: group.worst)
    return CapabilityOfCharacteristic(
        code=series.characteristic.code,
        title=series.characteristic.title,
        site=series.characteristic.site,
        unit=series.characteristic.unit,
        subgrouping=said,
        pool=pool,
        strata=tuple(strata[:shown]),
        strata_left_out=max(0, len(strata) - shown),
        **describe(series, params.strata),
        verdict=verdict(series, pool, strata, params.requirement, params.confidence),
    )


def _levels(
    series: Series,
    factor: Factor,
    name: str,
    within: tuple[IntArray, WithinMethod],
    params: CapabilityParams,
) -> list[CapabilityGroup]:
    order = stable_order(factor.codes)
    ends = np.searchsorted(factor.codes[order], np.arange(len(factor.levels) + 1))
    groups: list[CapabilityGroup] = []
    for code, level in enumerate(factor.levels):
        rows = order[ends[code] : ends[code + 1]]
        if rows.size >= 2:
            groups.append(_group(series, rows, within[0], within[1], params, (name, level)))
    return groups


def _group(
    series: Series,
    rows: IntArray,
    subgroup: IntArray,
    method: WithinMethod,
    params: CapabilityParams,
    label: tuple[str, str],
) -> CapabilityGroup:
    found: Study = study(
        series.value[rows],
        subgroup[rows],
        series.spec,
        method=method,
        confidence=params.confidence,
    )
    return CapabilityGroup.of(label, found, params.confidence)


def _subgroups(series: Series, params: CapabilityParams) -> tuple[IntArray, WithinMethod, str]:
    """Code of the rational subgroup of each value, the estimator, and both in words."""
    wanted, n = params.subgroup, series.value.size
    if isinstance(wanted, int):
        said = f"{wanted} consecutive values, {params.method}"
        return np.arange(n, dtype=np.int64) // wanted, params.method, said
    filled = bool(np.any(np.bincount(series.subgroup.codes[series.subgroup.codes >= 0]) >= 2))
    if wanted == "column" or (wanted == "auto" and filled):
        return _own(series.subgroup.codes), params.method, f"subgroup column, {params.method}"
    for name in _subgroup_factor(params):
        factor = series.factors.get(name)
        codes = np.full(n, -1, dtype=np.int64) if factor is None else factor.codes
        return _own(codes), params.method, f"values of one {name}, {params.method}"
    if wanted == "unit":
        return _own(series.unit_id.codes), params.method, f"values of one unit, {params.method}"
    stream = series.factors["tool"].codes if "tool" in series.factors else np.zeros(n, np.int64)
    return stream, "moving-range", "individuals: moving ranges of two within each tool"


def _own(codes: IntArray) -> IntArray:
    """Codes in which every value without a label is a subgroup of its own."""
    missing = codes < 0
    own = codes.copy()
    own[missing] = codes.max(initial=-1) + 1 + np.arange(int(missing.sum()))
    return own


CAPABILITY = Analysis(
    name="capability",
    title="Process capability",
    summary="Cp, Cpk, Pp, Ppk with intervals, pooled and by stratum, judged against a requirement.",
    version=1,
    params=CapabilityParams,
    result=CapabilityResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=CapabilityParams(
            characteristics=("LOOP-H",), strata=("tool",), site="PG1", requirement=1.33
        ),
        data=lambda: Measurements((sample_series(),)),
    ),
)
