"""How the reported life moved: earlier runs of the test, and the approved life in force."""

from collections.abc import Mapping
from typing import Any

from ops.analyses.lifetime_fit_params import LifetimeFitParams
from ops.analyses.lifetime_fit_result import FitApproval, FitEarlier, FitReported
from ops.forecast_query import EarlierRun
from ops.life_query import LifeApproval, LifetimeData

MOST = 30  # earlier runs that are kept
SAME = 1e-6  # relative difference below which two lives are one


def earlier_runs(
    data: LifetimeData, params: LifetimeFitParams, main: float
) -> tuple[FitEarlier, ...]:
    """Lives that earlier runs reported of the same units by the same mode, the oldest first."""
    told = (_earlier(run, params, main) for run in data.earlier)
    return tuple(run for run in told if run is not None)[:MOST][::-1]


def _earlier(run: EarlierRun, params: LifetimeFitParams, main: float) -> FitEarlier | None:
    result = run.result
    if tuple(result.get("groups", ())) != params.groups or result.get("mode", "") != params.mode:
        return None
    reported = _reported_at(result, main)
    if reported is None or result.get("confidence") != params.confidence:
        return None
    life: Mapping[str, Any] = reported.get("life", {})
    return FitEarlier(
        run_id=run.run_id,
        as_of=run.as_of,
        revision=int(result.get("revision", 0)),
        family=str(life.get("family", "")),
        failures=float(result.get("failures", 0.0)),
        estimate=life.get("estimate"),
        lower_one_sided=reported.get("lower"),
        lower=life.get("lower"),
        upper=life.get("upper"),
    )


def _reported_at(result: Mapping[str, Any], p: float) -> Mapping[str, Any] | None:
    found = [one for one in result.get("reported", ()) if abs(one.get("p", -1.0) - p) < 1e-12]
    return found[0] if found else None


def approval_in_force(
    data: LifetimeData,
    earlier: tuple[FitEarlier, ...],
    reported: tuple[FitReported, ...],
    main: float,
) -> FitApproval | None:
    """Hold the newest approved life against this one; None where nothing is approved."""
    if not data.approvals:
        return None
    given = data.approvals[0]
    run = next((one for one in earlier if one.run_id == given.run_id), None)
    now = next((one for one in reported if one.p == main), None)
    approved = None if run is None else run.lower_one_sided
    stands, below = _stands(approved, now)
    return FitApproval(
        run_id=given.run_id,
        approved_by=given.approved_by,
        approved_at=given.approved_at,
        rationale=given.rationale,
        waiver=given.waiver,
        estimate=None if run is None else run.estimate,
        lower=approved,
        stands=stands,
        estimate_below=below,
    )


def _stands(approved: float | None, now: FitReported | None) -> tuple[bool | None, bool]:
    """Whether today's bound is no lower than the approved one; whether today's estimate is."""
    if approved is None or now is None or now.lower is None:
        return None, False
    estimate = now.life.estimate
    return now.lower >= approved * (1.0 - SAME), estimate is not None and estimate < approved


def approver(
    approvals: tuple[LifeApproval, ...],
    earlier: tuple[FitEarlier, ...],
    estimate: float | None,
    lower: float | None,
) -> LifeApproval | None:
    """Find who approved this very life: a run that reported the same numbers."""
    alike = {
        run.run_id
        for run in earlier
        if _same(run.estimate, estimate) and _same(run.lower_one_sided, lower)
    }
    return next((one for one in approvals if one.run_id in alike), None)


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= SAME * abs(other)
