"""Network instances for tests: tables with defaults, and random small networks of every feature."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from solvers.network.instance import Instance, Rules
from solvers.network.moves import Arcs, Lanes, Steps
from solvers.network.places import (
    Demands,
    Expansions,
    Groups,
    Productions,
    Sites,
    Stocks,
    Supplies,
    Tiers,
)

INF = float("inf")


def table(cls: Any, shapes: dict[str, Any], given: dict[str, Any]) -> Any:
    """A table: `shapes` has (shape, default, dtype) or a value for each field, `given` wins."""
    values = {}
    for name, spec in shapes.items():
        if not isinstance(spec, tuple) or len(spec) != 3 or not isinstance(spec[0], tuple):
            values[name] = given.get(name, spec)
            continue
        shape, default, dtype = spec
        value = np.asarray(given.get(name, default), dtype=dtype)
        if value.ndim == 1 and len(shape) == 2 and value.shape == shape[:1]:
            value = value[:, None]
        values[name] = np.ascontiguousarray(np.broadcast_to(value, shape))
    unknown = set(given) - set(values)
    assert not unknown, unknown
    return cls(**values)


def sites(count: int, periods: int, **given: Any) -> Sites:
    """Sites that are open throughout, free and unlimited."""
    one, two = (count,), (count, periods)
    shapes = {
        "code": tuple(f"S{s}" for s in range(count)),
        "kind": ("dc",) * count,
        "designed": (one, False, bool),
        "initially_open": (one, False, bool),
        "may_open": (two, True, bool),
        "must_open": (two, False, bool),
        "fixed_cost": (two, 0.0, float),
        "open_cost": (one, 0.0, float),
        "close_cost": (one, 0.0, float),
        "throughput": (two, INF, float),
    }
    return table(Sites, shapes, given)


def lanes(origin: list[int], destination: list[int], periods: int, **given: Any) -> Lanes:
    """Lanes without lag, cost or limit."""
    one, two = (len(origin),), (len(origin), periods)
    shapes = {
        "code": tuple(f"L{k}" for k in range(len(origin))),
        "mode": ("road",) * len(origin),
        "origin": (one, origin, int),
        "destination": (one, destination, int),
        "lag": (one, 0, int),
        "fixed_cost": (two, 0.0, float),
        "capacity": (two, INF, float),
        "minimum": (one, 0.0, float),
        "shipment_cost": (one, 0.0, float),
        "shipment_size": (one, INF, float),
        "distance_km": (one, 1.0, float),
        "lead_days": (one, 1.0, float),
        "lead_sd_days": (one, 0.0, float),
    }
    return table(Lanes, shapes, given)


def steps(**given: Any) -> Steps:
    """Tariff steps; none by default."""
    one = (len(given.get("lane", [])),)
    shapes = {
        "lane": (one, [], int),
        "start": (one, 0.0, float),
        "end": (one, INF, float),
        "rate": (one, 0.0, float),
        "fixed": (one, 0.0, float),
        "all_units": (one, False, bool),
    }
    return table(Steps, shapes, given)


def arcs(lane: list[int], periods: int, **given: Any) -> Arcs:
    """Arcs of commodity 0, free, with a load of 1."""
    one, two = (len(lane),), (len(lane), periods)
    shapes = {
        "lane": (one, lane, int),
        "commodity": (one, 0, int),
        "load": (one, 1.0, float),
        "handling": (one, 1.0, float),
        "co2_kg": (one, 0.0, float),
        "transport": (two, 0.0, float),
        "duty": (two, 0.0, float),
        "capital": (two, 0.0, float),
        "limit": (two, 1e3, float),
    }
    return table(Arcs, shapes, given)


def tiers(**given: Any) -> Tiers:
    one = (len(given.get("site", [])),)
    shapes = {"site": (one, [], int), "size": (one, INF, float), "unit_cost": (one, 0.0, float)}
    return table(Tiers, shapes, given)


def expansions(**given: Any) -> Expansions:
    one = (len(given.get("site", [])),)
    shapes = {
        "code": tuple(f"E{e}" for e in range(one[0])),
        "site": (one, [], int),
        "capacity": (one, 0.0, float),
        "cost": (one, 0.0, float),
    }
    return table(Expansions, shapes, given)


def productions(periods: int, **given: Any) -> Productions:
    """Productions without limit, group or ingredients; none by default."""
    one, rows = (len(given.get("site", [])),), (len(given.get("input_of", [])),)
    two = (one[0], periods)
    shapes = {
        "site": (one, [], int),
        "output": (one, 0, int),
        "group": (one, -1, int),
        "hours": (one, 0.0, float),
        "yields": (two, 1.0, float),
        "unit_cost": (two, 0.0, float),
        "capacity": (two, 1e3, float),
        "input_of": (rows, [], int),
        "input_commodity": (rows, 0, int),
        "input_quantity": (rows, 1.0, float),
    }
    return table(Productions, shapes, given)


def groups(periods: int, **given: Any) -> Groups:
    one = (len(given.get("site", [])),)
    shapes = {
        "code": tuple(f"G{g}" for g in range(one[0])),
        "site": (one, [], int),
        "hours": ((one[0], periods), INF, float),
    }
    return table(Groups, shapes, given)


def supplies(periods: int, **given: Any) -> Supplies:
    one = (len(given.get("site", [])),)
    two = (one[0], periods)
    shapes = {
        "site": (one, [], int),
        "commodity": (one, 0, int),
        "minimum": (two, 0.0, float),
        "maximum": (two, INF, float),
        "unit_cost": (two, 0.0, float),
    }
    return table(Supplies, shapes, given)


def stocks(periods: int, **given: Any) -> Stocks:
    one, points = (len(given.get("site", [])),), (len(given.get("safety_of", [])),)
    two = (one[0], periods)
    shapes = {
        "site": (one, [], int),
        "commodity": (one, 0, int),
        "initial": (one, 0.0, float),
        "final": (one, 0.0, float),
        "holding": (two, 0.0, float),
        "capacity": (two, INF, float),
        "safety": (two, 0.0, float),
        "shelf_life": (one, 0, int),
        "safety_of": (points, [], int),
        "safety_from": (points, [], float),
        "safety_cost": (points, [], float),
    }
    return table(Stocks, shapes, given)


def demands(periods: int, **given: Any) -> Demands:
    """Demands of commodity 0 that must be met; none by default."""
    one = (len(given.get("site", [])),)
    two = (one[0], periods)
    shapes = {
        "site": (one, [], int),
        "commodity": (one, 0, int),
        "quantity": (two, 0.0, float),
        "sd": (two, 0.0, float),
        "lost_cost": (one, INF, float),
        "backlog_cost": (one, INF, float),
        "fill_rate": (one, 0.0, float),
        "price": (one, 0.0, float),
        "single": (one, False, bool),
    }
    return table(Demands, shapes, given)


def rules(periods: int, **given: Any) -> Rules:
    """No rules."""
    kinds = len(given.get("count_kind", ()))
    shapes = {
        "carbon_price": 0.0,
        "carbon_cap": INF,
        "carbon_cap_of": ((periods,), INF, float),
        "budget": INF,
        "service_level": 0.0,
        "count_kind": (),
        "count_minimum": ((kinds,), 0.0, float),
        "count_maximum": ((kinds,), INF, float),
    }
    return table(Rules, shapes, given)


def instance(periods: int, commodities: int = 1, **tables: Any) -> Instance:
    """An instance of these tables, with none of the others."""
    values: dict[str, Any] = {
        "periods": tuple(f"P{t}" for t in range(periods)),
        "days": np.full(periods, 30.0),
        "commodities": tuple(f"C{k}" for k in range(commodities)),
        "tiers": tiers(),
        "expansions": expansions(),
        "steps": steps(),
        "productions": productions(periods),
        "groups": groups(periods),
        "supplies": supplies(periods),
        "stocks": stocks(periods),
        "demands": demands(periods),
        "rules": rules(periods),
    }
    return Instance(**(values | tables))


def random_instance(seed: int, periods: int | None = None) -> Instance:
    """A small network: supplier, plants, DCs, customers; every feature occurs in some seed.

    Sites are suppliers 0-1, plants 2-3, DCs 4-6, customers 7-9. Commodity 0 is material, 1 and 2
    are products that the plants make of it. Losses are allowed wherever a demand could not be met,
    so that every instance without hard rules is feasible.
    """
    rng = np.random.default_rng(seed)
    T = periods if periods is not None else int(rng.integers(1, 5))
    commodities = 3
    kind = ("supplier",) * 2 + ("plant",) * 2 + ("dc",) * 3 + ("customer",) * 3
    lane_table, arc_table = _transport(rng, T)
    return instance(
        T,
        commodities,
        sites=_sites(rng, T, kind),
        lanes=lane_table,
        arcs=arc_table,
        tiers=_tiers(rng),
        steps=_steps(rng, len(lane_table.code)),
        expansions=_expansions(rng),
        productions=_productions(rng, T),
        groups=groups(T, site=[2, 3], hours=_some_infinite(rng, (2, T), 20.0, 80.0)),
        supplies=_supplies(rng, T),
        stocks=_stocks(rng, T),
        demands=_demands(rng, T),
        rules=_rules(rng, T),
    )


def small_instances(limit: int = 100_000) -> st.SearchStrategy[Instance]:
    """Random small networks."""
    return st.integers(0, limit).map(random_instance)


def _some_infinite(rng: np.random.Generator, shape: tuple[int, ...], low: float, high: float):
    values = rng.uniform(low, high, shape)
    return np.where(rng.random(shape) < 0.3, INF, values)


def _sites(rng: np.random.Generator, T: int, kind: tuple[str, ...]) -> Sites:
    count = len(kind)
    may = rng.random((count, T)) < 0.9
    designed = (np.array(kind) == "dc") | ((np.array(kind) == "plant") & (rng.random(count) < 0.5))
    if rng.random() < 0.15:
        designed[:] = False
    throughput = np.full((count, T), INF)
    for site in range(2, 7):
        if rng.random() < 0.6:
            throughput[site] = _some_infinite(rng, (T,), 30.0, 90.0)
    return sites(
        count,
        T,
        kind=kind,
        designed=designed,
        initially_open=rng.random(count) < 0.4,
        may_open=may,
        must_open=may & (rng.random((count, T)) < 0.05),
        fixed_cost=rng.uniform(0, 60, (count, T)).round(2),
        open_cost=rng.uniform(0, 40, count).round(2),
        close_cost=rng.uniform(0, 20, count).round(2),
        throughput=throughput,
    )


def _transport(rng: np.random.Generator, T: int) -> tuple[Lanes, Arcs]:
    ends = [(s, p) for s in (0, 1) for p in (2, 3)]
    ends += [(p, d) for p in (2, 3) for d in (4, 5, 6)]
    ends += [(d, c) for d in (4, 5, 6) for c in (7, 8, 9)] + [(4, 5), (2, 7), (3, 8)]
    ends = [end for end in ends if rng.random() < 0.85]
    L = len(ends)

    def some(share: float) -> Any:
        return rng.random(L) < share

    counted = some(0.3)
    table_ = lanes(
        [o for o, _ in ends],
        [d for _, d in ends],
        T,
        lag=np.where(some(0.25), rng.integers(0, T + 1, L), 0),
        fixed_cost=np.where(some(0.3)[:, None], rng.uniform(0, 10, (L, T)).round(2), 0.0),
        capacity=np.where(some(0.3)[:, None], _some_infinite(rng, (L, T), 10.0, 40.0), INF),
        minimum=np.where(some(0.2), rng.uniform(1, 5, L).round(2), 0.0),
        shipment_cost=np.where(counted, rng.uniform(1, 6, L).round(2), 0.0),
        shipment_size=np.where(counted & some(0.8), rng.uniform(3, 12, L).round(2), INF),
    )
    pairs = [
        (lane, k)
        for lane, (origin, _) in enumerate(ends)
        for k in ((0,) if origin < 2 else (1, 2))
        if rng.random() < 0.95
    ]
    A = len(pairs)
    arc_table = arcs(
        [lane for lane, _ in pairs],
        T,
        commodity=[k for _, k in pairs],
        load=np.where(rng.random(A) < 0.1, 0.0, rng.uniform(0.5, 2.0, A)),
        handling=np.where(rng.random(A) < 0.2, 0.0, rng.uniform(0.5, 1.5, A)),
        co2_kg=np.where(rng.random(A) < 0.2, 0.0, rng.uniform(0.1, 2.0, A)),
        transport=rng.uniform(0, 5, (A, T)).round(3),
        duty=np.where(rng.random((A, T)) < 0.3, 0.4, 0.0),
        capital=rng.uniform(0, 0.2, (A, T)),
        limit=np.where(rng.random((A, T)) < 0.05, 0.0, rng.uniform(20, 120, (A, T))),
    )
    return table_, arc_table


def _ladder(rng: np.random.Generator) -> tuple[list[float], list[float], list[float]]:
    """Starts, ends and rates of a ladder of 1-3 rungs; falling, rising or mixed."""
    rungs = int(rng.integers(1, 4))
    start = [0.0, *np.cumsum(rng.uniform(4, 15, rungs - 1)).round(2)]
    end = [*start[1:], INF if rng.random() < 0.8 else start[-1] + 60.0]
    rate = rng.uniform(0.5, 4.0, rungs).round(3)
    order = rng.integers(0, 3)
    rate = np.sort(rate) if order == 0 else np.sort(rate)[::-1] if order == 1 else rate
    return start, end, rate.tolist()


def _steps(rng: np.random.Generator, count: int) -> Steps:
    rows: dict[str, list[Any]] = {
        name: [] for name in ("lane", "start", "end", "rate", "fixed", "all_units")
    }
    for lane in range(count):
        if rng.random() > 0.25:
            continue
        start, end, rate = _ladder(rng)
        fixed = rng.uniform(0, 5, len(rate)) if rng.random() < 0.4 else np.zeros(len(rate))
        rows["lane"] += [lane] * len(rate)
        rows["start"] += start
        rows["end"] += end
        rows["rate"] += rate
        rows["fixed"] += fixed.round(2).tolist()
        rows["all_units"] += [bool(rng.random() < 0.5)] * len(rate)
        rows["all_units"][-len(rate) :] = [rows["all_units"][-1]] * len(rate)
    return steps(**rows)


def _tiers(rng: np.random.Generator) -> Tiers:
    rows: dict[str, list[Any]] = {"site": [], "size": [], "unit_cost": []}
    for site in (3, 4, 5, 6):
        if rng.random() < 0.5:
            start, end, rate = _ladder(rng)
            rows["site"] += [site] * len(rate)
            rows["size"] += [e - s for s, e in zip(start, end, strict=True)]
            rows["unit_cost"] += rate
    return tiers(**rows)


def _expansions(rng: np.random.Generator) -> Expansions:
    at = rng.integers(2, 7, int(rng.integers(0, 4)))
    return expansions(
        site=at.tolist(), capacity=rng.uniform(5, 30, at.size), cost=rng.uniform(5, 50, at.size)
    )


def _productions(rng: np.random.Generator, T: int) -> Productions:
    site, output = [2, 2, 3, 3], [1, 2, 1, 2]
    P = len(site)
    capacity = np.where(rng.random((P, T)) < 0.1, 0.0, rng.uniform(20, 90, (P, T)))
    if rng.random() < 0.3:
        capacity[0] = INF
    return productions(
        T,
        site=site,
        output=output,
        group=np.where(rng.random(P) < 0.7, np.array(site) - 2, -1),
        hours=rng.uniform(0.2, 1.0, P),
        yields=rng.uniform(0.7, 1.0, (P, T)),
        unit_cost=rng.uniform(0.5, 2.0, (P, T)),
        capacity=capacity,
        input_of=[0, 1, 2, 3, 3],
        input_commodity=[0, 0, 0, 0, 1],
        input_quantity=[1.0, 2.0, 1.5, 0.5, 0.25],
    )


def _supplies(rng: np.random.Generator, T: int) -> Supplies:
    return supplies(
        T,
        site=[0, 1],
        maximum=_some_infinite(rng, (2, T), 60.0, 200.0),
        unit_cost=rng.uniform(0.5, 3.0, (2, T)),
    )


def _stocks(rng: np.random.Generator, T: int) -> Stocks:
    site = [0, 1, 2, 3, 2, 4, 4, 5, 6]
    commodity = [0, 0, 0, 0, 1, 1, 2, 1, 2]
    count = len(site)
    of: list[int] = []
    begin: list[float] = []
    cost: list[float] = []
    for stock in (4, 5, 6, 7):
        if rng.random() < 0.5 and not (stock == 4 and rng.random() < 0.5):
            start, _, rate = _ladder(rng)
            jump = round(float(rng.uniform(0, 3)), 2) if rng.random() < 0.5 else 0.0
            rises = np.diff(start) * np.array(rate[:-1])
            of += [stock] * len(start)
            begin += start
            cost += [jump, *(jump + np.cumsum(rises))]
    life = np.where(np.arange(count) >= 5, rng.integers(0, 4, count), 0)
    held = (rng.random(count) < 0.4) & (life == 0)
    return stocks(
        T,
        site=site,
        commodity=commodity,
        initial=np.where(held, rng.uniform(0, 20, count), 0.0),
        final=np.zeros(count),
        holding=rng.uniform(0.05, 0.5, (count, T)),
        capacity=_some_infinite(rng, (count, T), 30.0, 90.0),
        safety=np.where(rng.random((count, 1)) < 0.05, np.linspace(0, 0.5, T), 0.0),
        shelf_life=life,
        safety_of=of,
        safety_from=begin,
        safety_cost=cost,
    )


def _demands(rng: np.random.Generator, T: int) -> Demands:
    site = [7, 7, 8, 8, 9, 5]
    commodity = [1, 2, 1, 2, 1, 1]
    count = len(site)
    quantity = np.where(rng.random((count, T)) < 0.15, 0.0, rng.uniform(3, 18, (count, T)))
    forbidden = rng.random(count) < 0.05
    return demands(
        T,
        site=site,
        commodity=commodity,
        quantity=quantity.round(2),
        lost_cost=np.where(forbidden, INF, rng.uniform(15, 40, count)),
        backlog_cost=np.where(rng.random(count) < 0.4, INF, rng.uniform(0.5, 4, count)),
        fill_rate=np.where(rng.random(count) < 0.15, rng.uniform(0.1, 0.5, count), 0.0),
        price=np.full(count, 50.0),
        single=rng.random(count) < 0.3,
    )


def _rules(rng: np.random.Generator, T: int) -> Rules:
    def maybe(share: float, value: float, otherwise: float) -> float:
        return value if rng.random() < share else otherwise

    by_period = rng.random() < 0.3
    kinds = ("dc", "plant") if rng.random() < 0.5 else ()
    return rules(
        T,
        carbon_price=maybe(0.5, 0.05, 0.0),
        carbon_cap=maybe(0.3, 500.0, INF),
        carbon_cap_of=_some_infinite(rng, (T,), 150.0, 300.0) if by_period else INF,
        budget=maybe(0.3, 150.0, INF),
        service_level=maybe(0.2, 0.2, 0.0),
        count_kind=kinds,
        count_minimum=[0.0, 0.0][: len(kinds)],
        count_maximum=[2.0, INF][: len(kinds)],
    )
