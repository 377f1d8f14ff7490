"""Sites, labour tiers and expansions of a scenario, as arrays."""

from collections.abc import Sequence

import numpy as np

from solvers.network.codes import Codes, amounts, over_periods, positions, rows
from solvers.network.places import Expansions, Sites, Tiers
from solvers.scenario.place import LabourTier, Site, SiteKind


def resolve_sites(codes: Codes) -> Sites:
    """Sites that take part; what can be decided about them is designed.

    `existing` (open) and `candidate` (closed) sites are designed; customers never are, and neither
    are existing suppliers that cost nothing and that no rule counts.
    """
    sites, measure, horizon = codes.places(), codes.yardstick, codes.horizon
    counted: set[SiteKind] = {count.kind for count in codes.scenario.policy.site_counts}
    designed = np.array([_is_designed(s, counted) for s in sites], dtype=np.bool_)
    is_open = np.array([s.status != "candidate" for s in sites], dtype=np.bool_) | ~designed
    fixed = over_periods([measure.money(s.fixed_cost) for s in sites], horizon)
    throughput = [
        measure.by_period(s.throughput, s.throughput_by_period, lambda a: measure.plain(a, "count"))
        for s in sites
    ]
    most = np.array([_labour_limit(s.labour, codes) for s in sites]).reshape(-1, 1)
    return Sites(
        code=tuple(s.code for s in sites),
        kind=tuple(s.kind for s in sites),
        designed=designed,
        initially_open=is_open,
        may_open=np.ones((len(sites), horizon), dtype=np.bool_),
        must_open=np.repeat(~designed[:, None], horizon, axis=1),
        fixed_cost=fixed,
        open_cost=amounts((s.open_cost for s in sites), 1.0, measure.money_once),
        close_cost=amounts((s.close_cost for s in sites), 1.0, measure.money_once),
        throughput=np.minimum(rows(throughput, horizon), most),
    )


def resolve_tiers(codes: Codes) -> Tiers:
    """Labour tiers, the last one of each site without end: a size there caps the throughput."""
    site, size, cost = list[int](), list[float](), list[float]()
    for s in codes.places():
        for i, tier in enumerate(s.labour):
            site.append(codes.sites[s.code])
            size.append(np.inf if i == len(s.labour) - 1 else _tier_size(tier, codes))
            cost.append(codes.yardstick.money_once(tier.unit_cost))
    return Tiers(np.array(site, dtype=np.int64), np.array(size), np.array(cost))


def resolve_expansions(codes: Codes) -> Expansions:
    """Expansions of throughput, named ``site/code``."""
    steps = [(s.code, e) for s in codes.places() for e in s.expansions]
    measure = codes.yardstick
    return Expansions(
        code=tuple(f"{site}/{e.code}" for site, e in steps),
        site=positions((site for site, _ in steps), codes.sites),
        capacity=amounts((e.capacity for _, e in steps), 1.0, lambda a: measure.plain(a, "count")),
        cost=amounts((e.cost for _, e in steps), 1.0, measure.money_once),
    )


def _is_designed(site: Site, counted: set[SiteKind]) -> bool:
    if site.kind == "customer" or site.status == "must-open":
        return False
    costs = (site.fixed_cost, site.open_cost, site.close_cost)
    is_free = site.kind == "supplier" and site.status == "existing" and not any(costs)
    return not is_free or site.kind in counted


def _tier_size(tier: LabourTier, codes: Codes) -> float:
    return np.inf if tier.size is None else codes.yardstick.plain(tier.size, "count")


def _labour_limit(tiers: Sequence[LabourTier], codes: Codes) -> float:
    return sum(_tier_size(t, codes) for t in tiers) if tiers else np.inf
