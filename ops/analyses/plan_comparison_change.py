"""What a plan changes against another one: money, sites, flows, and where the bottleneck moved."""

from collections.abc import Iterable

from ops.analyses.network_plan_result import NetworkPlanResult, PlanBottleneck
from ops.analyses.plan_comparison_result import (
    CapacityChange,
    CategoryChange,
    FlowChange,
    SiteChange,
)

MOST_FLOWS = 50
MOST_CAPACITIES = 10
_LEAST = 1e-6  # relative; below it nothing changed


def category_changes(
    reference: dict[str, float], candidate: dict[str, float]
) -> tuple[CategoryChange, ...]:
    """Money by category, the largest change first."""
    rows = [
        CategoryChange(
            category=name,
            reference=reference.get(name, 0.0),
            candidate=candidate.get(name, 0.0),
            change=candidate.get(name, 0.0) - reference.get(name, 0.0),
        )
        for name in sorted(reference.keys() | candidate.keys())
    ]
    return tuple(sorted(rows, key=lambda row: -abs(row.change)))


def money_of(plan: NetworkPlanResult) -> dict[str, float]:
    """Money of a plan by category."""
    return {part.category: part.amount for part in plan.costs}


def site_changes(
    reference: NetworkPlanResult, candidate: NetworkPlanResult
) -> tuple[SiteChange, ...]:
    """Sites that both plans name and that work in other periods; and those that one alone opens."""
    was, now = _open(reference), _open(candidate)
    found: list[SiteChange] = []
    for site in sorted(was.keys() | now.keys()):
        before, after = was.get(site, {}), now.get(site, {})
        opened = tuple(p for p, is_open in after.items() if is_open and not before.get(p, False))
        closed = tuple(p for p, is_open in before.items() if is_open and not after.get(p, False))
        if opened or closed:
            found.append(SiteChange(site=site, opened=opened, closed=closed))
    return tuple(found)


def flow_changes(
    reference: NetworkPlanResult, candidate: NetworkPlanResult
) -> tuple[FlowChange, ...]:
    """Flows over all periods that changed, the largest change first."""
    was, now = _flows(reference), _flows(candidate)
    rows = [
        FlowChange(
            lane=lane,
            commodity=good,
            reference=was.get((lane, good), 0.0),
            candidate=now.get((lane, good), 0.0),
            change=now.get((lane, good), 0.0) - was.get((lane, good), 0.0),
        )
        for lane, good in sorted(was.keys() | now.keys())
    ]
    changed = [r for r in rows if abs(r.change) > _LEAST * (1.0 + abs(r.reference))]
    return tuple(sorted(changed, key=lambda row: -abs(row.change)))


def capacity_changes(
    reference: NetworkPlanResult, candidate: NetworkPlanResult
) -> tuple[CapacityChange, ...]:
    """Capacities that are among the tightest of either plan, the tightest first."""
    was, now = _peaks(reference.bottlenecks), _peaks(candidate.bottlenecks)
    rows = [
        CapacityChange(kind=kind, code=code, reference=was.get((kind, code)),
                       candidate=now.get((kind, code)))
        for kind, code in sorted(was.keys() | now.keys())
    ]  # fmt: skip
    tightest = sorted(rows, key=lambda r: -max(r.reference or 0.0, r.candidate or 0.0))
    return tuple(tightest[:MOST_CAPACITIES])


def has_moved(reference: PlanBottleneck | None, candidate: PlanBottleneck | None) -> bool:
    """Whether another capacity is the tightest now; one that ceased to exist has moved too."""
    if reference is None or candidate is None:
        return reference is not candidate
    return (reference.kind, reference.code) != (candidate.kind, candidate.code)


def _open(plan: NetworkPlanResult) -> dict[str, dict[str, bool]]:
    found: dict[str, dict[str, bool]] = {}
    for row in plan.tables.sites:
        found.setdefault(row.site, {})[row.period] = row.open
    return found


def _flows(plan: NetworkPlanResult) -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for row in plan.tables.flows:
        key = (row.lane, row.commodity)
        found[key] = found.get(key, 0.0) + row.quantity
    return found


def _peaks(found: Iterable[PlanBottleneck]) -> dict[tuple[str, str], float]:
    return {(b.kind, b.code): b.utilisation for b in found}
