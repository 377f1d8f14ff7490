"""The past as it was: its flows at the prices of a scenario, reconciled to the books."""

from dataclasses import dataclass
from math import nan

import numpy as np

from solvers.errors import ScenarioError
from solvers.network.baseline_balance import Balance, balance
from solvers.network.baseline_books import CATEGORIES, Books, Gap, by_lane, by_period, by_site
from solvers.network.baseline_cost import Moved, handling_cost, price_flows, site_cost
from solvers.network.baseline_figure import BaselineFigures, figures
from solvers.network.codes import Codes
from solvers.scenario.amounts import amount_flaws
from solvers.scenario.document import Scenario
from solvers.scenario.ledger import CostCategory
from solvers.scenario.references import reference_flaws
from solvers.values import FloatArray

TOLERANCE = 0.02  # gap above which a network is not calibrated


@dataclass(frozen=True, slots=True)
class Unbalanced:
    """Units of a commodity that left a site without a source (below 0) or came for nothing."""

    site: str
    commodity: str
    units: float


@dataclass(frozen=True, slots=True)
class Baseline:
    """The past, priced and reconciled.

    Parameters
    ----------
    categories, periods, lanes, sites
        Gaps; of periods, lanes and sites over the categories that the books tell there; lanes and
        sites with the largest gap first.
    gap
        Sum of the absolute gaps of the categories in the books over all that is booked; NaN
        without books.
    net_gap
        The same with signs, so that one category may hide another.
    left_out, left_out_units
        Flows on lanes that the scenario does not have.
    """

    categories: tuple[Gap, ...]
    periods: tuple[Gap, ...]
    lanes: tuple[Gap, ...]
    sites: tuple[Gap, ...]
    gap: float
    net_gap: float
    figures: BaselineFigures
    unbalanced: tuple[Unbalanced, ...]
    left_out: tuple[str, ...]
    left_out_units: float

    @property
    def calibrated(self) -> bool:
        """Whether the prices explain the books within `TOLERANCE`, and every flow is priced."""
        return self.gap <= TOLERANCE and not self.left_out


def baseline(scenario: Scenario) -> Baseline:
    """Price what was and reconcile it to what was booked; see `docs/methods/scenario-exchange.md`.

    Sites and lanes that the history used take part even if the scenario has closed them since.

    Raises
    ------
    ScenarioError
        If names or amounts are wrong, or the history has no flow.
    """
    if not scenario.history.flows:
        raise ScenarioError("a baseline needs one flow in history.flows, got none")
    was = as_it_was(scenario)
    flaws = (*reference_flaws(was), *amount_flaws(was))
    if flaws:
        raise ScenarioError(f"the scenario has {len(flaws)} flaws: {flaws[0].detail}", flaws)
    codes = Codes.of(was)
    moved = price_flows(codes)
    found = balance(codes, moved)
    costs = _costs(codes, moved, found)
    booked = Books(codes)
    categories = tuple(Gap(k, booked.of(k), float(costs[k].sum())) for k in CATEGORIES)
    known = {g.name for g in categories if g.booked is not None}
    whole = sum(abs(g.booked or 0.0) for g in categories)
    gaps = [g.difference or 0.0 for g in categories]
    left = {f"{f.origin}>{f.destination}/{f.mode}": None for f in moved.left_out}
    return Baseline(
        categories=categories,
        periods=by_period(codes, costs, known, booked),
        lanes=by_lane(moved, known, booked),
        sites=by_site(codes, moved, found, booked),
        gap=sum(map(abs, gaps)) / whole if whole > 0 else nan,
        net_gap=sum(gaps) / whole if whole > 0 else nan,
        figures=figures(codes, moved, found, costs),
        unbalanced=_unbalanced(codes, found),
        left_out=tuple(left),
        left_out_units=sum(
            codes.yardstick.quantity(f.quantity, codes.commodity(f.commodity))
            for f in moved.left_out
        ),
    )


def as_it_was(scenario: Scenario) -> Scenario:
    """Scenario in which every site and lane that the history used is open."""
    flows = scenario.history.flows
    used = {f.origin for f in flows} | {f.destination for f in flows}
    lanes = {f"{f.origin}>{f.destination}/{f.mode}" for f in flows}
    return scenario.model_copy(
        update={
            "sites": tuple(
                s.model_copy(update={"status": "must-open"})
                if s.code in used and s.status == "closed"
                else s
                for s in scenario.sites
            ),
            "lanes": tuple(
                x.model_copy(update={"open": True}) if x.code in lanes else x
                for x in scenario.lanes
            ),
            "policy": scenario.policy.model_copy(update={"max_distance": None}),
        }
    )


def _costs(codes: Codes, moved: Moved, found: Balance) -> dict[CostCategory, FloatArray]:
    """Money by category, each of shape (T,)."""
    return {
        "transport": moved.freight.sum(axis=0),
        "duty": moved.duty.sum(axis=0),
        "production": (found.productions.unit_cost * found.make).sum(axis=0),
        "supply": (found.supplies.unit_cost * found.buy).sum(axis=0),
        "handling": handling_cost(codes, moved).sum(axis=0),
        "fixed": site_cost(codes, moved).sum(axis=0),
        "holding": (found.stocks.holding * found.stock).sum(axis=0),
        "other": np.zeros(codes.horizon),
    }


def _unbalanced(codes: Codes, found: Balance) -> tuple[Unbalanced, ...]:
    sites, goods = list(codes.sites), list(codes.commodities)
    kinds = {codes.sites[s.code]: s.kind for s in codes.places()}
    rows = [
        Unbalanced(sites[s], goods[k], sign * float(units.sum()))
        for sign, table in ((-1.0, found.missing), (1.0, found.surplus))
        for (s, k), units in table.items()
        if sign < 0 or kinds[s] != "customer"
    ]
    return tuple(sorted(rows, key=lambda r: (-abs(r.units), r.site, r.commodity)))
