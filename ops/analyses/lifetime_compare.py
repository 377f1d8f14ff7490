"""Lifetime compare: whether lots, suppliers or designs last alike, and by how much they differ."""

from collections.abc import Sequence

import numpy as np

from ops.analyses.life_charts import LifePlot, life_plot
from ops.analyses.lifetime_compare_page import view
from ops.analyses.lifetime_compare_params import LifetimeCompareParams
from ops.analyses.lifetime_compare_parts import (
    MANY_GROUPS,
    family_of,
    group_of,
    overlaps,
    region_of,
    sizes_of,
)
from ops.analyses.lifetime_compare_result import (
    ComparedFamily,
    ComparedFamilyName,
    LifetimeCompareResult,
)
from ops.analyses.lifetime_compare_sample import sample_suppliers
from ops.analysis import Analysis, Example, Progress
from ops.errors import BadData, NotEnoughData, Problem
from ops.life_query import LifetimeData, LifetimeQuery
from ops.lifetime.comparison.group import LifeGroup, groups_of
from ops.lifetime.data import LifeData
from ops.lifetime.nonparametric.probability_plot import probability_plot

FAMILIES: tuple[ComparedFamilyName, ...] = ("weibull", "lognormal")
MOST_GROUPS = 40
PLOTTED = 6  # groups on one sheet: as many as there are colours


def needs(params: LifetimeCompareParams) -> LifetimeQuery:
    """Ask for the units of the groups."""
    return LifetimeQuery(
        code=params.life_test,
        kind="life",
        revision=params.revision,
        groups=params.groups,
        site=params.site,
    )


def compute(
    data: LifetimeData, params: LifetimeCompareParams, progress: Progress
) -> LifetimeCompareResult:
    """Compare the groups by both distributions, and tell them by the likelier one.

    Raises
    ------
    NotEnoughData
        If there are fewer than two groups, or no ratio of two can be told.
    BadData
        If the reference or the mode is not there, or there are too many groups.
    """
    whole, other_modes = _rows(data, params)
    rng = np.random.default_rng(params.seed)
    sides = {family: groups_of(whole, family) for family in FAMILIES}
    _check(sides["weibull"], params)
    progress(0.1, f"{len(sides['weibull'])} groups")
    told: list[ComparedFamily] = []
    for step, family in enumerate(FAMILIES):
        told.append(family_of(sides[family], family, params, rng))
        progress(0.4 + 0.3 * step, f"compared by {family}")
    told.sort(key=lambda side: -side.loglik)
    asked = params.family != "best"
    if asked:
        told.sort(key=lambda side: side.family != params.family)
    if not told[0].pairs:
        raise NotEnoughData(
            f"no two of {len(sides['weibull'])} groups can be compared; at least one must have two"
            " failures at different times"
        )
    delta = 2.0 * (told[0].loglik - told[1].loglik)
    groups = sides[told[0].family]
    regions = [region_of(group, params.confidence) for group in groups]
    many = len(groups) > MANY_GROUPS
    found = tuple(
        group_of(group, region, params, rng, many=many)
        for group, region in zip(groups, regions, strict=True)
    )
    end = params.test_end or float(np.where(whole.right, whole.lower, whole.upper).max())
    progress(1.0, "groups told")
    return LifetimeCompareResult(
        title=data.title,
        unit=whole.unit,
        group_means=str(data.document.get("group_means") or "group"),
        site=params.site,
        mode=params.mode,
        reference=params.reference,
        share=params.share,
        confidence=params.confidence,
        margin=params.margin,
        chosen=told[0].family,
        delta=delta,
        distinguishable=abs(delta) >= params.indistinct_below,
        asked=asked,
        families=tuple(told),
        groups=found,
        overlap=overlaps(groups, regions),
        plots=_plots(groups, told[0], params),
        sizes=sizes_of(groups, told[0], params, end),
        power=params.power,
        test_end=end,
        stresses_differ=_stresses_differ(whole),
        other_modes=other_modes,
    )


def _rows(data: LifetimeData, params: LifetimeCompareParams) -> tuple[LifeData, float]:
    """Take the rows that are compared, and count the failures of other modes among them."""
    if data.life is None or not data.life.lower.size:
        raise NotEnoughData("0 units are on test; upload the life test, with a column of the group")
    whole = data.life
    if not params.mode:
        return whole, 0.0
    if params.mode not in whole.modes:
        problem = Problem("/mode", f"use one of {', '.join(whole.modes) or 'none'}")
        raise BadData(f"there is no mode {params.mode!r} among the failures", (problem,))
    seen = whole.of_mode(params.mode)
    return seen, whole.failures - seen.failures


def _check(groups: Sequence[LifeGroup], params: LifetimeCompareParams) -> None:
    names = [group.name for group in groups]
    if len(names) < 2:
        raise NotEnoughData(
            f"{len(names)} group is no comparison; 2 are needed: give the rows their lot, supplier"
            " or design"
        )
    if len(names) > MOST_GROUPS:
        problem = Problem("/groups", f"name at most {MOST_GROUPS}; screen more by lifetime-batch")
        raise BadData(f"{len(names)} groups are too many to compare", (problem,))
    if params.reference and params.reference not in names:
        problem = Problem("/reference", f"use one of {', '.join(names)}")
        raise BadData(f"there is no group {params.reference!r}", (problem,))


def _plots(
    groups: Sequence[LifeGroup], chosen: ComparedFamily, params: LifetimeCompareParams
) -> tuple[LifePlot, ...]:
    """Draw the reference and those that differ from it most, in the order of the groups."""
    order = sorted(chosen.pairs, key=lambda pair: pair.p)
    names = [params.reference, *(name for pair in order for name in (pair.one, pair.other))]
    shown = list(dict.fromkeys(name for name in names if name))[:PLOTTED]
    plots: list[LifePlot] = []
    for group in groups:
        if group.fit is not None and group.name in shown:
            plot = probability_plot(
                group.data,
                {group.name: group.fit},
                paper=chosen.family,
                confidence=params.confidence,
                reach=(params.share,),
            )
            plots.append(life_plot(plot))
    return tuple(plots)


def _stresses_differ(data: LifeData) -> tuple[str, ...]:
    """Name stresses whose levels are not the same in every group."""
    found: list[str] = []
    for name, level in sorted(data.stresses.items()):
        of = [frozenset(level[data.group == g].tolist()) for g in np.unique(data.group).tolist()]
        if len(set(of)) > 1:
            found.append(name)
    return tuple(found)


LIFETIME_COMPARE = Analysis(
    name="lifetime-compare",
    title="Lifetime comparison",
    summary="Tells whether lots, suppliers or designs last alike, and by how much they differ.",
    version=1,
    params=LifetimeCompareParams,
    result=LifetimeCompareResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=LifetimeCompareParams(site="PG1", life_test="WIRES", reference="supplier A"),
        data=sample_suppliers,
    ),
)
