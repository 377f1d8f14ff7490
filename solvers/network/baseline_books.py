"""The books of the past beside what the prices of a scenario make of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

import numpy as np

from solvers.network.baseline_balance import Balance
from solvers.network.baseline_cost import Moved, handling_cost, site_cost
from solvers.network.codes import Codes
from solvers.scenario.ledger import Booking, CostCategory
from solvers.values import FloatArray

CATEGORIES: tuple[CostCategory, ...] = get_args(CostCategory)


@dataclass(frozen=True, slots=True)
class Gap:
    """Books and model side by side; `booked` is None where the books say nothing."""

    name: str
    booked: float | None
    computed: float

    @property
    def difference(self) -> float | None:
        """Computed less booked: what is not explained."""
        return None if self.booked is None else self.computed - self.booked

    @property
    def share(self) -> float | None:
        """Difference as a share of what is booked; None where that is 0 or unknown."""
        return None if not self.booked else (self.computed - self.booked) / abs(self.booked)


class Books:
    """Bookings in the money of the scenario."""

    def __init__(self, codes: Codes) -> None:
        self._rows: list[tuple[Booking, float]] = []
        for booking in codes.scenario.history.bookings:
            worth = codes.yardstick.money(booking.amount)
            at = codes.yardstick.periods[booking.period]
            amount = float(worth[at]) if isinstance(worth, np.ndarray) else worth
            self._rows.append((booking, amount))

    def of(self, category: CostCategory) -> float | None:
        """Sum of a category, None if the books do not know it."""
        found = [amount for booking, amount in self._rows if booking.category == category]
        return sum(found) if found else None

    def by(self, name: Callable[[Booking], str | None]) -> dict[str, dict[CostCategory, float]]:
        """Sum by a name and category; bookings without the name are left out."""
        found: dict[str, dict[CostCategory, float]] = defaultdict(lambda: defaultdict(float))
        for booking, amount in self._rows:
            key = name(booking)
            if key is not None:
                found[key][booking.category] += amount
        return found


def by_period(
    codes: Codes, costs: Mapping[CostCategory, FloatArray], known: set[str], booked: Books
) -> tuple[Gap, ...]:
    """Gaps of the periods over the categories that the books know."""
    told = booked.by(lambda b: b.period)
    computed = np.sum([costs[k] for k in CATEGORIES if k in known] or [np.zeros(codes.horizon)], 0)
    return tuple(
        Gap(p.code, sum(told[p.code].values()) if p.code in told else None, float(computed[t]))
        for t, p in enumerate(codes.scenario.periods)
    )


def by_lane(moved: Moved, known: set[str], booked: Books) -> tuple[Gap, ...]:
    """Gaps of the lanes over freight and duty, as far as the books know them."""
    told = booked.by(_lane_of)
    duty = np.zeros(len(moved.lanes.code))
    np.add.at(duty, moved.lane, moved.duty.sum(axis=1))
    freight = moved.freight.sum(axis=1)
    used = set(moved.lane.tolist())
    gaps: list[Gap] = []
    for i, code in enumerate(moved.lanes.code):
        if i in used or code in told:
            computed = freight[i] * ("transport" in known) + duty[i] * ("duty" in known)
            sums = told.pop(code, None)
            gaps.append(Gap(code, None if sums is None else sum(sums.values()), float(computed)))
    gaps += [Gap(code, sum(sums.values()), 0.0) for code, sums in told.items()]
    return _worst_first(gaps)


def _lane_of(booking: Booking) -> str | None:
    if booking.origin is None or booking.destination is None:
        return None
    return f"{booking.origin}>{booking.destination}/{booking.mode or 'road'}"


def by_site(codes: Codes, moved: Moved, found: Balance, booked: Books) -> tuple[Gap, ...]:
    """Gaps of the sites that the books name, over the categories that they name there."""
    told = booked.by(lambda b: b.origin if b.destination is None else None)
    shape = (len(codes.sites), codes.horizon)
    costs: dict[str, FloatArray] = {
        "handling": handling_cost(codes, moved),
        "fixed": site_cost(codes, moved),
        "production": np.zeros(shape),
        "supply": np.zeros(shape),
        "holding": np.zeros(shape),
    }
    for name, site, money in (
        ("production", found.productions.site, found.productions.unit_cost * found.make),
        ("supply", found.supplies.site, found.supplies.unit_cost * found.buy),
        ("holding", found.stocks.site, found.stocks.holding * found.stock),
    ):
        np.add.at(costs[name], site, money)
    return _worst_first(
        Gap(
            code,
            sum(sums.values()),
            sum(float(costs[k][codes.sites[code]].sum()) for k in sums if k in costs),
        )
        for code, sums in told.items()
        if code in codes.sites
    )


def _worst_first(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    return tuple(sorted(gaps, key=lambda g: (-abs(g.difference or 0.0), g.name)))
