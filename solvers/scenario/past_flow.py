"""What a history moved, booked, asked for, counted and took from its sources, by period."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Literal

import numpy as np

from solvers.scenario.goods import Demand, Spread
from solvers.scenario.ledger import Booking, CostCategory, PastFlow
from solvers.scenario.part import ByPeriod
from solvers.scenario.past_option import Past, PastOptions
from solvers.scenario.past_period import period_code
from solvers.scenario.place import Inventory, SiteKind, Supply
from solvers.scenario.policy import Period

Length = Literal["week", "month"]
_COSTS: Mapping[str, CostCategory] = {
    "transport_cost": "transport",
    "duty_cost": "duty",
    "handling_cost": "handling",
    "other_cost": "other",
}
_FEWEST = 4  # periods from which a spread is told


def past_flows(past: Past, length: Length) -> tuple[PastFlow, ...]:
    """Units by lane, commodity and period of departure."""
    units: dict[tuple[str, str, str, str, str], float] = defaultdict(float)
    for s in past.shipments:
        period = period_code(s.date, length)
        units[s.origin, s.destination, s.mode, s.commodity, period] += s.quantity
    return tuple(
        PastFlow(origin=o, destination=d, mode=m, commodity=c, period=p, quantity=q)
        for (o, d, m, c, p), q in units.items()
    )


def bookings(past: Past, length: Length) -> tuple[Booking, ...]:
    """Money by category, lane and period."""
    money: dict[tuple[CostCategory, str, str, str, str], float] = defaultdict(float)
    for s in past.shipments:
        period = period_code(s.date, length)
        for field, category in _COSTS.items():
            amount: float | None = getattr(s, field)
            if amount is not None:
                money[category, period, s.origin, s.destination, s.mode] += amount
    return tuple(
        Booking(category=k, period=p, amount=a, origin=o, destination=d, mode=m)
        for (k, p, o, d, m), a in money.items()
    )


def demands(
    past: Past, kinds: Mapping[str, SiteKind], periods: tuple[Period, ...], options: PastOptions
) -> tuple[tuple[Demand, ...], Literal["orders", "shipments"]]:
    """Demand by customer, commodity and period, and what tells it."""
    units: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for o in past.orders:
        units[o.customer, o.commodity][period_code(o.date, options.period)] += o.quantity
    for s in () if past.orders else past.shipments:
        if kinds[s.destination] == "customer":
            units[s.destination, s.commodity][period_code(s.date, options.period)] += s.quantity
    found = tuple(
        _demand(customer, commodity, by, periods, options)
        for (customer, commodity), by in units.items()
    )
    return found, "orders" if past.orders else "shipments"


def _demand(
    customer: str,
    commodity: str,
    by: Mapping[str, float],
    periods: tuple[Period, ...],
    options: PastOptions,
) -> Demand:
    asked = np.array([by.get(p.code, 0.0) for p in periods])
    sd = float(asked.std(ddof=1)) if asked.size >= _FEWEST else None
    return Demand(
        customer=customer,
        commodity=commodity,
        quantity=float(asked.mean()),
        quantity_by_period=tuple(
            ByPeriod(period=p.code, amount=q) for p, q in zip(periods, asked.tolist(), strict=True)
        ),
        spread=None if sd is None else Spread(kind="normal", sd=sd),
        lost_cost=options.lost_cost,
    )


def supplies(past: Past, options: PastOptions) -> tuple[Supply, ...]:
    """Find the sources: sites that send a commodity and never get it."""
    sent: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    got = {(s.destination, s.commodity) for s in past.shipments}
    for s in past.shipments:
        sent[s.origin, s.commodity][period_code(s.date, options.period)] += s.quantity
    peak = options.supply_limit == "peak"
    return tuple(
        Supply(site=site, commodity=commodity, quantity=max(by.values()) if peak else None)
        for (site, commodity), by in sent.items()
        if (site, commodity) not in got
    )


def inventories(past: Past, periods: tuple[Period, ...]) -> tuple[Inventory, ...]:
    """Stock at the start: the newest count up to the first day, else the first one after."""
    start = periods[0].start
    assert start is not None  # periods of a calendar have one
    counts: dict[tuple[str, str], dict[date, float]] = defaultdict(lambda: defaultdict(float))
    for s in past.stocks:
        counts[s.site, s.commodity][s.date] += s.quantity
    found: list[Inventory] = []
    for (site, commodity), by in counts.items():
        days = sorted(by)
        before = [d for d in days if d <= start]
        day = before[-1] if before else days[0]
        found.append(Inventory(site=site, commodity=commodity, initial=by[day]))
    return tuple(found)
