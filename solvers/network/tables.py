"""A plan as rows that a planner reads: sites, flows, making, buying, stock, service."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from solvers.network.instance import Instance
from solvers.network.kpi import on_time
from solvers.network.quantities import Quantities, handled
from solvers.network.resources import room
from solvers.values import FloatArray

SOME = 1e-6  # units below which nothing moves


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site in a period; capacity and utilisation are None without a limit."""

    site: str
    kind: str
    period: str
    open: bool
    change: Literal["", "opened", "closed"]
    expansions: tuple[str, ...]
    handled: float
    capacity: float | None
    utilisation: float | None


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A commodity on a lane in the period in which it leaves; money is freight without tariffs."""

    lane: str
    origin: str
    destination: str
    mode: str
    commodity: str
    period: str
    quantity: float
    load: float
    transport: float
    duty: float
    co2_kg: float


@dataclass(frozen=True, slots=True)
class MakeRow:
    """Units started of a commodity at a site."""

    site: str
    commodity: str
    period: str
    started: float
    good: float


@dataclass(frozen=True, slots=True)
class BuyRow:
    """Units bought."""

    site: str
    commodity: str
    period: str
    quantity: float


@dataclass(frozen=True, slots=True)
class StockRow:
    """Units held at the end of a period."""

    site: str
    commodity: str
    period: str
    quantity: float
    safety: float


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """What a customer got of what it wanted, over all periods or in one."""

    customer: str
    commodity: str
    period: str
    demand: float
    lost: float
    backlog: float
    fill_rate: float


@dataclass(frozen=True, slots=True)
class Tables:
    """All rows, in the order of the instance's tables; what is 0 is left out."""

    sites: tuple[SiteRow, ...]
    flows: tuple[FlowRow, ...]
    make: tuple[MakeRow, ...]
    buy: tuple[BuyRow, ...]
    stock: tuple[StockRow, ...]
    service: tuple[ServiceRow, ...]


def tables(instance: Instance, quantities: Quantities) -> Tables:
    """Rows of a plan."""
    return Tables(
        sites=_sites(instance, quantities),
        flows=_flows(instance, quantities.flow),
        make=_made(instance, quantities.make),
        buy=_bought(instance, quantities.buy),
        stock=_held(instance, quantities.stock),
        service=_served(instance, quantities),
    )


def _sites(instance: Instance, of: Quantities) -> tuple[SiteRow, ...]:
    sites, steps = instance.sites, instance.expansions
    load, limit = handled(instance, of.flow), room(instance, of)
    active = sites.designed | np.isfinite(sites.throughput).any(axis=1) | (load > SOME).any(axis=1)
    rows: list[SiteRow] = []
    for s in np.flatnonzero(active):
        for t, period in enumerate(instance.periods):
            open_, most = bool(of.open[s, t] > 0.5), float(limit[s, t])
            limited = bool(np.isfinite(most)) and open_
            new = [int(e) for e in np.flatnonzero((steps.site == s) & (of.expand[:, t] > 0.5))]
            rows.append(
                SiteRow(
                    site=sites.code[s],
                    kind=sites.kind[s],
                    period=period,
                    open=open_,
                    change=_change(of, int(s), t),
                    expansions=tuple(steps.code[e] for e in new),
                    handled=float(load[s, t]),
                    capacity=most if limited else None,
                    utilisation=float(load[s, t]) / most if limited and most > 0 else None,
                )
            )
    return tuple(rows)


def _change(of: Quantities, site: int, period: int) -> Literal["", "opened", "closed"]:
    if of.opening[site, period] > 0.5:
        return "opened"
    return "closed" if of.closing[site, period] > 0.5 else ""


def _flows(instance: Instance, flow: FloatArray) -> tuple[FlowRow, ...]:
    arcs, lanes, code = instance.arcs, instance.lanes, instance.sites.code
    rows: list[FlowRow] = []
    for a, t in _present(flow):
        lane, units = int(arcs.lane[a]), float(flow[a, t])
        rows.append(
            FlowRow(
                lane=lanes.code[lane],
                origin=code[lanes.origin[lane]],
                destination=code[lanes.destination[lane]],
                mode=lanes.mode[lane],
                commodity=instance.commodities[arcs.commodity[a]],
                period=instance.periods[t],
                quantity=units,
                load=units * float(arcs.load[a]),
                transport=units * float(arcs.transport[a, t]),
                duty=units * float(arcs.duty[a, t]),
                co2_kg=units * float(arcs.co2_kg[a]),
            )
        )
    return tuple(rows)


def _made(instance: Instance, make: FloatArray) -> tuple[MakeRow, ...]:
    made, code, good = instance.productions, instance.sites.code, instance.commodities
    return tuple(
        MakeRow(
            site=code[made.site[p]],
            commodity=good[made.output[p]],
            period=instance.periods[t],
            started=float(make[p, t]),
            good=float(make[p, t] * made.yields[p, t]),
        )
        for p, t in _present(make)
    )


def _bought(instance: Instance, buy: FloatArray) -> tuple[BuyRow, ...]:
    bought, code, good = instance.supplies, instance.sites.code, instance.commodities
    return tuple(
        BuyRow(
            site=code[bought.site[u]],
            commodity=good[bought.commodity[u]],
            period=instance.periods[t],
            quantity=float(buy[u, t]),
        )
        for u, t in _present(buy)
    )


def _held(instance: Instance, stock: FloatArray) -> tuple[StockRow, ...]:
    held, code, good = instance.stocks, instance.sites.code, instance.commodities
    return tuple(
        StockRow(
            site=code[held.site[i]],
            commodity=good[held.commodity[i]],
            period=instance.periods[t],
            quantity=float(stock[i, t]),
            safety=float(held.safety[i, t]),
        )
        for i, t in _present(stock)
    )


def _served(instance: Instance, of: Quantities) -> tuple[ServiceRow, ...]:
    wanted, code, good = instance.demands, instance.sites.code, instance.commodities
    prompt = on_time(instance, of)
    return tuple(
        ServiceRow(
            customer=code[wanted.site[d]],
            commodity=good[wanted.commodity[d]],
            period=instance.periods[t],
            demand=float(wanted.quantity[d, t]),
            lost=float(of.lost[d, t]),
            backlog=float(of.backlog[d, t]),
            fill_rate=float(prompt[d, t] / wanted.quantity[d, t]),
        )
        for d, t in _present(wanted.quantity)
    )


def _present(values: FloatArray) -> list[tuple[int, int]]:
    rows, periods = np.nonzero(values > SOME)
    return list(zip(rows.tolist(), periods.tolist(), strict=True))
