"""All values of a characteristic: what is known before its strata are looked at."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ops.analyses.capability_grouping import Grouping, grouping
from ops.analyses.capability_judge import (
    Rules,
    stability_of,
    tolerances,
    total_share,
    within_share,
)
from ops.analyses.capability_params import CapabilityParams
from ops.analyses.capability_parts import Estimate, ToleranceFound
from ops.capability.distribution import Distribution, distribution
from ops.capability.index import Interval
from ops.capability.stability import Stability
from ops.capability.study import Study, study
from ops.capability.tolerance import Tolerance
from ops.errors import BadData
from ops.values import IntArray, Series


@dataclass(frozen=True, slots=True)
class Pool:
    """Study, distribution and stability of the pool; `refused` says why a family cannot be."""

    series: Series
    params: CapabilityParams
    grouping: Grouping
    found: Study
    shape: Distribution | None
    refused: str
    stability: Stability | None

    @property
    def rules(self) -> Rules:
        """How the pool and its strata are judged: a stratum has the stability of its pool."""
        stable = self.stability is not None and self.stability.shown
        asked = self.params
        return Rules(asked.convention, stable, asked.quantile_type, asked.confidence)


def pool_of(series: Series, params: CapabilityParams) -> Pool:
    """Study all values of a series."""
    groups = grouping(series, params)
    found = study_rows(series, np.arange(series.value.size), groups, params)
    if not found.varies:
        return Pool(series, params, groups, found, None, "", None)
    worth = 1.0
    if found.size is not None:
        worth = min((found.size.df + 1.0) / found.n, 1.0)
    shape, refused = None, ""
    try:
        shape = distribution(
            series.value,
            series.spec,
            wanted=params.distribution,
            worth=worth,
            factors=series.factors,
        )
    except BadData as error:
        refused = str(error)
    sigma = None if found.within is None else found.within.value
    stable = None
    if groups.individuals or sigma:
        stable = stability_of(series, groups.subgroup, groups.individuals, sigma or 0.0)
    return Pool(series, params, groups, found, shape, refused, stable)


def study_rows(series: Series, rows: IntArray, groups: Grouping, params: CapabilityParams) -> Study:
    """Study some rows of a series."""
    return study(
        series.value[rows],
        groups.subgroup[rows],
        series.spec,
        method=groups.method,
        confidence=params.confidence,
        lot=groups.lots_of(rows),
    )


def beyond(known: Pool) -> dict[str, Any]:
    """Gather expected ppm, tolerance limits and dependence of the pool, as fields."""
    found, params, limits = known.found, known.params, known.series.spec
    tolerance: tuple[Tolerance, ...] = ()
    if found.varies:
        level = params.confidence
        tolerance = tolerances(
            known.series.value, known.grouping.lot, known.shape, params.coverage, level
        )
    fields: dict[str, Any] = {"tolerance": tuple(ToleranceFound.of(one) for one in tolerance)}
    if found.size is None or limits is None:
        return fields
    total = total_share(found, known.shape, limits, params.confidence)
    within = within_share(found, limits, params.confidence)
    return fields | {
        "expected_ppm": _ppm(total),
        "expected_ppm_within": _ppm(within),
        "lot_correlation": found.size.correlation,
        "lots": found.size.lots,
    }


def _ppm(share: Interval | None) -> Estimate | None:
    if share is None:
        return None
    return Estimate.of(Interval(1e6 * share.value, 1e6 * share.lower, 1e6 * share.upper))
