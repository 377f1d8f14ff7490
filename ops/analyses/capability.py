"""Process capability of one or many characteristics, every pooled figure beside its strata."""

import numpy as np

from ops.analyses.capability_judge import family_share, judged, like
from ops.analyses.capability_page import view
from ops.analyses.capability_params import CapabilityParams, subgroup_factor, upgrade
from ops.analyses.capability_parts import FEW_POINTS, DistributionFound, StabilityFound, digits
from ops.analyses.capability_pool import Pool, beyond, pool_of, study_rows
from ops.analyses.capability_predictions import predictions_of
from ops.analyses.capability_result import (
    DETAILED,
    CapabilityGroup,
    CapabilityOfCharacteristic,
    CapabilityResult,
    NotStudied,
    describe,
)
from ops.analyses.capability_verdict import verdict
from ops.analysis import Analysis, Example, Progress
from ops.capability.distribution import Distribution
from ops.capability.excess import excess_cost
from ops.capability.study import Study
from ops.errors import BadData, NotEnoughData
from ops.query import MeasurementQuery
from ops.simulate.sample import sample_series
from ops.values import Factor, IntArray, Measurements, Series, stable_order

MAX_STRATA = 50  # of one characteristic
LARGEST = 1e150  # beyond it a square overflows
STRATA_IN_ALL = 120  # of all: a result stays below 256 KiB up to 100 characteristics
PLOTTED = 600  # points of all probability plots together
_COLUMNS = ("subgroup", "unit")


def needs(params: CapabilityParams) -> MeasurementQuery:
    """Ask for the characteristics with the factors of the strata, and the lots."""
    lots = () if params.lot_factor in _COLUMNS else (params.lot_factor,)
    return MeasurementQuery(
        characteristics=params.characteristics,
        site=params.site,
        where=dict(params.where),
        factors=tuple(dict.fromkeys((*params.strata, *subgroup_factor(params), *lots, "tool"))),
    )


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
    points = max(FEW_POINTS, min(60, PLOTTED // len(found)))
    studied: list[CapabilityOfCharacteristic] = []
    for done, series in enumerate(found):
        progress(done / len(found), f"{series.characteristic.code}: {series.value.size} values")
        studied.append(_one(series, params, shown, points))
    progress(1.0, f"{len(found)} characteristics")
    studied.sort(key=lambda c: c.pool.worst)
    return CapabilityResult(
        requirement=params.requirement,
        confidence=params.confidence,
        convention=params.convention,
        judged_by=params.judged_by,
        characteristics=(*studied[:DETAILED], *(c.lean() for c in studied[DETAILED:])),
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


def _one(
    series: Series, params: CapabilityParams, shown: int, points: int
) -> CapabilityOfCharacteristic:
    known = pool_of(series, params)
    every = np.arange(series.value.size)
    pool = _group(known, every, known.found, known.shape, ("", "all"))
    strata: list[CapabilityGroup] = []
    for name in params.strata:
        factor = series.factors.get(name)
        if factor is not None:
            strata += _levels(known, factor, name)
    strata.sort(key=lambda group: (-(group.excess_ppm or 0.0), group.worst))
    shape, stable = known.shape, known.stability
    evidence = (
        None if stable is None else StabilityFound.of(stable),
        None if shape is None else DistributionFound.of(shape, series.value, points),
    )
    asked = (params.requirement, params.confidence, params.judged_by, params.convention)
    return CapabilityOfCharacteristic(
        code=series.characteristic.code,
        title=series.characteristic.title,
        site=series.characteristic.site,
        unit=series.characteristic.unit,
        subgrouping=known.grouping.said,
        pool=pool,
        strata=tuple(_shown(group, points) for group in strata[:shown]),
        strata_left_out=max(0, len(strata) - shown),
        **describe(series, params.strata),
        stability=evidence[0],
        distribution=evidence[1],
        **beyond(known),
        verdict=verdict(series, pool, strata, evidence, asked),
    )


def _shown(group: CapabilityGroup, points: int) -> CapabilityGroup:
    """Leave out of a stratum what no table shows, where there are many characteristics."""
    if points > FEW_POINTS:
        return group
    return group.model_copy(update={"cp": None, "pp": None, "cpm": None})


def _levels(known: Pool, factor: Factor, name: str) -> list[CapabilityGroup]:
    order = stable_order(factor.codes)
    ends = np.searchsorted(factor.codes[order], np.arange(len(factor.levels) + 1))
    groups: list[CapabilityGroup] = []
    for code, level in enumerate(factor.levels):
        rows = order[ends[code] : ends[code + 1]]
        if rows.size >= 2:
            found = study_rows(known.series, rows, known.grouping, known.params)
            shape = like(known.series.value[rows], known.shape)
            groups.append(_group(known, rows, found, shape, (name, level)))
    n = np.array([group.n for group in groups], dtype=np.int64)
    share = np.array([group.outside_expected or 0.0 for group in groups])
    if n.size == 0 or known.found.outside is None:
        return groups
    cost = 1e6 * excess_cost(n, share)
    return [
        group.model_copy(update={"excess_ppm": round(float(ppm), 3)})
        for group, ppm in zip(groups, cost, strict=True)
    ]


def _group(
    known: Pool,
    rows: IntArray,
    found: Study,
    shape: Distribution | None,
    label: tuple[str, str],
) -> CapabilityGroup:
    x, limits = known.series.value[rows], known.series.spec
    try:
        index = judged(x, known.grouping.lots_of(rows), found, shape, limits, known.rules)
        refused, expected = known.refused, family_share(shape, limits)
    except BadData as error:  # no curve has such moments
        index = judged(x, None, found, None, limits, known.rules)
        refused, expected = str(error), None
    group = CapabilityGroup.of(label, found, index, known.params.confidence)
    if expected is not None:
        group = group.model_copy(update={"outside_expected": digits(expected, 10)})
    if not refused:
        return group
    joined = "; ".join(part for part in (group.reason, refused) if part)
    return group.model_copy(update={"reason": joined})


CAPABILITY = Analysis(
    name="capability",
    title="Process capability",
    summary="Cp, Cpk, Pp, Ppk with intervals, pooled and by stratum, judged against a requirement.",
    version=4,
    params=CapabilityParams,
    result=CapabilityResult,
    needs=needs,
    compute=compute,
    view=view,
    upgrade=upgrade,
    predictions=lambda result, params, issued: (
        predictions_of(result, issued) if not params.where else ()
    ),
    example=Example(
        params=CapabilityParams(
            characteristics=("LOOP-H",), strata=("tool",), site="PG1", requirement=1.33
        ),
        data=lambda: Measurements((sample_series(),)),
    ),
)
