"""Lifetime fit: the life of a product, the distribution it is told by, and the reason for it."""

from typing import Any

import numpy as np

from ops.analyses.lifetime_fit_choice import (
    named_mechanism,
    title_of,
    told_departures,
    told_mechanism,
    told_ratios,
)
from ops.analyses.lifetime_fit_found import Found, by_comparison, without_fit
from ops.analyses.lifetime_fit_history import approval_in_force, earlier_runs
from ops.analyses.lifetime_fit_modes import failure_modes
from ops.analyses.lifetime_fit_page import view
from ops.analyses.lifetime_fit_params import LifetimeFitParams
from ops.analyses.lifetime_fit_printed import reproductions
from ops.analyses.lifetime_fit_record import approved
from ops.analyses.lifetime_fit_result import LifetimeFitResult
from ops.analyses.lifetime_fit_sample import sample_lives
from ops.analyses.lifetime_fit_shape import by_shape
from ops.analysis import Analysis, Example, Progress
from ops.errors import BadData, NotEnoughData, Problem
from ops.life_query import LifetimeData, LifetimeQuery
from ops.lifetime.data import LifeData

NAME = "lifetime-fit"
B10 = 0.1


def needs(params: LifetimeFitParams) -> LifetimeQuery:
    """Ask for the rows of the life test, its earlier fits and its approvals."""
    return LifetimeQuery(
        code=params.life_test,
        kind="life",
        revision=params.revision,
        groups=params.groups,
        analysis=NAME,
        site=params.site,
    )


def compute(data: LifetimeData, params: LifetimeFitParams, progress: Progress) -> LifetimeFitResult:
    """Compare, choose, bound, and put on record.

    Raises
    ------
    NotEnoughData
        If there are no units.
    BadData
        If there is no such failure mode or mechanism, or the method cannot serve the rows.
    """
    rows = _rows(data, params)
    mechanism, suggestions = named_mechanism(data, params)
    main = B10 if B10 in params.quantiles else params.quantiles[0]
    progress(0.05, f"{rows.failures:g} failures of {rows.units:g} units")
    try:
        found = by_comparison(rows, mechanism, main, params, progress)
    except NotEnoughData as error:
        found = without_fit(rows, mechanism, params, str(error))
    progress(0.8, "lives bounded")
    earlier = earlier_runs(data, params, main)
    result = LifetimeFitResult(
        **_test(data, rows, params, main),
        **_chosen(found, params, main),
        mechanism=told_mechanism(mechanism),
        suggestions=tuple(told_mechanism(m) for m in suggestions[:5]),
        reported=approved(found.reported, data, earlier, main),
        by_shape=by_shape(rows, params, needed=found.choice is None),
        shapes_assumed=params.shape is None and params.shape_range is None,
        modes=failure_modes(rows, params, main, _best_aic(found)),
        reproductions=reproductions(rows, params),
        earlier=earlier,
        approval=approval_in_force(data, earlier, found.reported, main),
    )
    progress(1.0, "record written")
    return result


def _rows(data: LifetimeData, params: LifetimeFitParams) -> LifeData:
    rows = data.life
    if rows is None or not rows.lower.size:
        raise NotEnoughData("the life test has no units; upload times to failure, or on test")
    if not params.mode:
        return rows
    if params.mode not in rows.modes:
        known = ", ".join(rows.modes) or "none is named"
        detail = f"no unit failed by {params.mode!r}; the modes are: {known}"
        raise BadData(detail, (Problem("/mode", detail),))
    return rows.of_mode(params.mode)


def _best_aic(found: Found) -> float | None:
    if found.seen is None:
        return None
    return min(2.0 * r.k - 2.0 * r.loglik for r in found.seen.choosable.rivals)


def _test(
    data: LifetimeData, rows: LifeData, params: LifetimeFitParams, main: float
) -> dict[str, Any]:
    """Tell what was tested."""
    several = [n for n, level in rows.stresses.items() if np.unique(level).size > 1]
    ends = np.where(rows.right, rows.lower, rows.upper)
    return {
        "code": data.code,
        "title": data.title,
        "revision": data.revision,
        "site": params.site,
        "groups": params.groups,
        "pooled": int(np.unique(rows.group).size),
        "stresses": tuple(several),
        "mode": params.mode,
        "unit": rows.unit,
        "confidence": params.confidence,
        "units": rows.units,
        "failures": rows.failures,
        "longest_time": float(ends.max()),
        "main": main,
    }


def _chosen(found: Found, params: LifetimeFitParams, main: float) -> dict[str, Any]:
    """Tell the choice and its grounds."""
    choice, seen = found.choice, found.seen
    apart = seen.choosable.disagreement if seen is not None else ()
    return {
        "verdict": choice.verdict if choice else ("shape" if found.reported else "none"),
        "chosen": tuple(title_of(n) for n in choice.chosen) if choice else (),
        "best": title_of(choice.best) if choice else "",
        "runner_up": title_of(choice.runner_up) if choice and choice.runner_up else "",
        "delta": choice.delta if choice else None,
        "override": choice.override if choice else None,
        "criterion": seen.whole.criterion if seen else "",
        "disagreement": apart[params.quantiles.index(main)] if apart else None,
        "lives": found.lives,
        "tail": found.tail,
        "survivals": found.survivals,
        "candidates": found.candidates,
        "ratios": told_ratios(seen.whole.tests) if seen else (),
        "departures": told_departures(seen.departures) if seen else (),
        "without": found.without,
        "weibull": found.plots.weibull,
        "lognormal": found.plots.lognormal,
        "survival": found.plots.survival,
        "hazard": found.plots.hazard,
    }


LIFETIME_FIT = Analysis(
    name=NAME,
    title="Lifetime fit",
    summary="Tells the life of a product with its lower bound, and why by which distribution.",
    version=1,
    params=LifetimeFitParams,
    result=LifetimeFitResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=LifetimeFitParams(site="PG1", life_test="TC-HEEL", times=(1000.0,)),
        data=sample_lives,
    ),
)
