"""Rows of a network plan as they are stored: sites, flows, making, buying, stock, service."""

from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar

from pydantic import Field

from ops.page_value import PageValue
from solvers.network.start import Start
from solvers.network.tables import (
    BuyRow,
    FlowRow,
    MakeRow,
    ServiceRow,
    SiteRow,
    StockRow,
    Tables,
)

MOST_ROWS = 5000  # of one table in a result: the largest are kept, and it is said

R = TypeVar("R")


class PlannedSite(PageValue):
    """A site in a period."""

    site: str = Field(description="Code.")
    kind: str = Field(description="Role in the network.")
    period: str = Field(description="Code of the period.")
    open: bool = Field(description="Whether it works.")
    change: Literal["", "opened", "closed"] = Field(description="What happens in this period.")
    expansions: tuple[str, ...] = Field(description="Codes of the steps bought in this period.")
    handled: float = Field(description="Throughput, in handling units.")
    capacity: float | None = Field(description="Throughput at most; null: no limit, or closed.")
    utilisation: float | None = Field(description="Handled over capacity, 0-1.")


class PlannedFlow(PageValue):
    """A commodity on a lane, in the period in which it leaves."""

    lane: str = Field(description="Origin, destination and mode: A>B/road.")
    commodity: str = Field(description="Code of the commodity.")
    period: str = Field(description="Code of the period.")
    quantity: float = Field(description="Units of the commodity.")
    load: float = Field(description="In the basis of the lane.")
    freight: float = Field(description="Money at unit costs, without tariffs and fixed costs.")
    duty: float = Field(description="Money for customs.")
    co2_kg: float = Field(description="Emission, kg.")


class PlannedMake(PageValue):
    """Production at a site."""

    site: str = Field(description="Code of the site.")
    commodity: str = Field(description="What is made.")
    period: str = Field(description="Code of the period.")
    started: float = Field(description="Units started.")
    good: float = Field(description="Units that come out good.")


class PlannedBuy(PageValue):
    """A purchase."""

    site: str = Field(description="Code of the site.")
    commodity: str = Field(description="What is bought.")
    period: str = Field(description="Code of the period.")
    quantity: float = Field(description="Units.")


class PlannedStock(PageValue):
    """Stock at the end of a period."""

    site: str = Field(description="Code of the site.")
    commodity: str = Field(description="What is held.")
    period: str = Field(description="Code of the period.")
    quantity: float = Field(description="Units.")
    safety: float = Field(description="Units that must be there at least.")


class PlannedService(PageValue):
    """What a customer gets of what it wants."""

    customer: str = Field(description="Code of the site.")
    commodity: str = Field(description="What is wanted.")
    demand: float = Field(description="Units of all periods.")
    lost: float = Field(description="Units that are never served.")
    late: float = Field(description="Units that wait, summed over the ends of the periods.")
    fill_rate: float = Field(description="Share served in its own period, 0-1.")


class PlanTables(PageValue):
    """Tables of a plan, each with at most 5000 rows: the largest."""

    sites: tuple[PlannedSite, ...] = Field(default=(), description="Sites by period.")
    flows: tuple[PlannedFlow, ...] = Field(default=(), description="Flows by period.")
    make: tuple[PlannedMake, ...] = Field(default=(), description="Production by period.")
    buy: tuple[PlannedBuy, ...] = Field(default=(), description="Purchases by period.")
    stock: tuple[PlannedStock, ...] = Field(default=(), description="Stock by period.")
    service: tuple[PlannedService, ...] = Field(default=(), description="Service, worst first.")
    left_out: dict[str, int] = Field(
        default_factory=dict[str, int], description="Rows of a table that are not kept, if any."
    )

    def start(self) -> Start:
        """Start of a later solve."""
        return Start(
            open={(row.site, row.period): row.open for row in self.sites},
            expanded={(r.site, r.period): r.expansions for r in self.sites if r.expansions},
            flows={(r.lane, r.commodity, r.period): r.quantity for r in self.flows},
        )


def plan_tables(found: Tables) -> PlanTables:
    """Rows of a plan as they are stored."""
    tables: dict[str, tuple[Sequence[Any], int]] = {
        "sites": _largest([_site(r) for r in found.sites], lambda r: r.handled),
        "flows": _largest([_flow(r) for r in found.flows], lambda r: r.load or r.quantity),
        "make": _largest([_made(r) for r in found.make], lambda r: r.started),
        "buy": _largest([_bought(r) for r in found.buy], lambda r: r.quantity),
        "stock": _largest([_held(r) for r in found.stock], lambda r: r.quantity),
        "service": _largest(_by_demand(found.service), lambda r: r.lost),
    }
    left_out = {name: missing for name, (_, missing) in tables.items() if missing}
    return PlanTables.model_validate(
        {name: rows for name, (rows, _) in tables.items()} | {"left_out": left_out}
    )


def _largest(rows: Sequence[R], size: Callable[[R], float]) -> tuple[tuple[R, ...], int]:
    """Rows in their order, the smallest left out beyond `MOST_ROWS`; and how many that were."""
    if len(rows) <= MOST_ROWS:
        return tuple(rows), 0
    order = sorted(range(len(rows)), key=lambda i: -size(rows[i]))[:MOST_ROWS]
    return tuple(rows[i] for i in sorted(order)), len(rows) - MOST_ROWS


def _site(row: SiteRow) -> PlannedSite:
    return PlannedSite(
        site=row.site,
        kind=row.kind,
        period=row.period,
        open=row.open,
        change=row.change,
        expansions=row.expansions,
        handled=row.handled,
        capacity=row.capacity,
        utilisation=row.utilisation,
    )


def _flow(row: FlowRow) -> PlannedFlow:
    return PlannedFlow(
        lane=row.lane,
        commodity=row.commodity,
        period=row.period,
        quantity=row.quantity,
        load=row.load,
        freight=row.transport,
        duty=row.duty,
        co2_kg=row.co2_kg,
    )


def _made(row: MakeRow) -> PlannedMake:
    return PlannedMake(
        site=row.site,
        commodity=row.commodity,
        period=row.period,
        started=row.started,
        good=row.good,
    )


def _bought(row: BuyRow) -> PlannedBuy:
    return PlannedBuy(
        site=row.site, commodity=row.commodity, period=row.period, quantity=row.quantity
    )


def _held(row: StockRow) -> PlannedStock:
    return PlannedStock(
        site=row.site,
        commodity=row.commodity,
        period=row.period,
        quantity=row.quantity,
        safety=row.safety,
    )


def _by_demand(rows: tuple[ServiceRow, ...]) -> list[PlannedService]:
    """One row for each customer and commodity, the worst served first."""
    of: dict[tuple[str, str], list[ServiceRow]] = {}
    for row in rows:
        of.setdefault((row.customer, row.commodity), []).append(row)
    found = [
        PlannedService(
            customer=customer,
            commodity=commodity,
            demand=sum(r.demand for r in group),
            lost=sum(r.lost for r in group),
            late=sum(r.backlog for r in group),
            fill_rate=sum(r.fill_rate * r.demand for r in group) / sum(r.demand for r in group),
        )
        for (customer, commodity), group in of.items()
    ]
    return sorted(found, key=lambda row: row.fill_rate)
