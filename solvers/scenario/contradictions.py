"""Parts of a scenario that cannot hold together, whatever the plan."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from solvers.errors import Flaw
from solvers.scenario.document import Scenario
from solvers.scenario.goods import Commodity, Demand
from solvers.scenario.movement import Lane
from solvers.scenario.place import Inventory
from solvers.scenario.yardstick import Yardstick

MOST_DAYS = 36_525.0  # a period of a century
MOST_CV = 1000.0


def contradictions(scenario: Scenario) -> Iterator[Flaw]:
    """Contradictions, in the order of the document; its amounts must be readable."""
    measure = Yardstick(scenario)
    yield from _long_periods(scenario)
    yield from _undated(scenario)
    yield from _labour(scenario)
    yield from _cycles(scenario)
    yield from _yields(scenario, measure)
    yield from _supplies(scenario, measure)
    goods = {c.code: c for c in scenario.commodities}
    for i, stock in enumerate(scenario.inventories):
        yield from _stock(f"/inventories/{i}", stock, measure, goods[stock.commodity])
    for i, lane in enumerate(scenario.lanes):
        if lane.tariff or lane.minimum or lane.shipment_cost or lane.shipment_size is not None:
            sole = goods[lane.commodities[0]] if len(lane.commodities) == 1 else None
            yield from _lane(f"/lanes/{i}", lane, measure, sole)
    yield from _demands(scenario)
    yield from _counts(scenario)


def _long_periods(scenario: Scenario) -> Iterator[Flaw]:
    for t, period in enumerate(scenario.periods):
        if period.days > MOST_DAYS:
            detail = f"{period.days:g} is above {MOST_DAYS:g}; give the length of a period in days"
            yield Flaw(f"/periods/{t}/days", detail)


def _undated(scenario: Scenario) -> Iterator[Flaw]:
    """Periods without a first day where a qualification, or a rate, has one."""
    dated = [
        f"/qualifications/{i}"
        for i, q in enumerate(scenario.qualifications)
        if q.valid_from or q.valid_until
    ]
    if not dated:
        return
    for t, period in enumerate(scenario.periods):
        if period.start is None:
            detail = f"{period.code!r} has no first day, which {dated[0]} needs; give it one"
            yield Flaw(f"/periods/{t}/start", detail)


def _labour(scenario: Scenario) -> Iterator[Flaw]:
    for i, site in enumerate(scenario.sites):
        for n, tier in enumerate(site.labour[:-1]):
            if tier.size is None:
                yield Flaw(
                    f"/sites/{i}/labour/{n}/size",
                    "null takes all the rest, but tiers follow; give a size",
                )


def _cycles(scenario: Scenario) -> Iterator[Flaw]:
    """Commodities that go into themselves over some bills of materials."""
    into: dict[str, set[str]] = {}
    for made in scenario.productions:
        into.setdefault(made.output, set()).update(x.commodity for x in made.inputs)
    done = set[str]()
    for start in into:
        cycle = _cycle(start, into, done)
        if cycle:
            at = next(i for i, made in enumerate(scenario.productions) if made.output == cycle[0])
            way = " < ".join(cycle)
            yield Flaw(f"/productions/{at}/inputs", f"{way}: it goes into itself; break the circle")
            return


def _cycle(start: str, into: dict[str, set[str]], done: set[str]) -> list[str] | None:
    path, stack = list[str](), [(start, iter(sorted(into.get(start, ()))))]
    path.append(start)
    while stack:
        code, parts = stack[-1]
        part = next(parts, None)
        if part is None:
            done.add(code)
            path.pop()
            stack.pop()
        elif part in path:
            return [*path[path.index(part) :], part]
        elif part not in done:
            path.append(part)
            stack.append((part, iter(sorted(into.get(part, ())))))
    return None


def _yields(scenario: Scenario, measure: Yardstick) -> Iterator[Flaw]:
    for i, made in enumerate(scenario.productions):
        for n, row in enumerate(made.yield_by_period):
            if measure.plain(row.amount, "share") > 1:
                yield Flaw(
                    f"/productions/{i}/yield_by_period/{n}/amount",
                    f"{row.amount!r} is above 1; a yield is a share",
                )


def _supplies(scenario: Scenario, measure: Yardstick) -> Iterator[Flaw]:
    goods = {c.code: c for c in scenario.commodities}
    for i, supply in enumerate(scenario.supplies):
        good = goods[supply.commodity]
        most = measure.by_period(
            supply.quantity, supply.quantity_by_period, partial(measure.quantity, commodity=good)
        )
        if measure.quantity(supply.minimum, good) > most.min():
            yield Flaw(
                f"/supplies/{i}/minimum",
                f"{supply.minimum!r} is more than can be bought, {most.min():g}; lower it",
            )


def _stock(at: str, stock: Inventory, measure: Yardstick, good: Commodity) -> Iterator[Flaw]:
    if stock.capacity is not None:
        most = measure.quantity(stock.capacity, good)
        for name in ("final", "safety_stock"):
            amount = getattr(stock, name)
            if measure.quantity(amount, good) > most:
                yield Flaw(f"{at}/{name}", f"{amount!r} is above the capacity {most:g}; lower it")
    if stock.cover_days is not None and stock.safety_stock:
        yield Flaw(
            f"{at}/cover_days",
            f"{stock.cover_days:g} days and {stock.safety_stock!r} units; give one of them",
        )
    points = [measure.quantity(p.throughput, good) for p in stock.safety_cost]
    yield from _rising(points, f"{at}/safety_cost", "throughput")


def _lane(at: str, lane: Lane, measure: Yardstick, sole: Commodity | None) -> Iterator[Flaw]:
    if lane.tariff is not None:
        loads = [measure.load(b.load, lane.basis, sole) for b in lane.tariff.breaks]
        yield from _rising(loads, f"{at}/tariff/breaks", "load")
    if lane.capacity is not None:
        most = measure.load(lane.capacity, lane.basis, sole)
        if measure.load(lane.minimum, lane.basis, sole) > most:
            yield Flaw(
                f"{at}/minimum",
                f"{lane.minimum!r} is above the capacity {lane.capacity!r}; lower it",
            )
    if lane.shipment_cost and lane.shipment_size is None:
        yield Flaw(
            f"{at}/shipment_size",
            f"null, but a shipment costs {lane.shipment_cost!r}; say how much one holds",
        )
    if lane.shipment_size is not None and measure.load(lane.shipment_size, lane.basis, sole) == 0:
        yield Flaw(f"{at}/shipment_size", "0 holds nothing; give the load of a shipment")


def _rising(points: Sequence[float], at: str, name: str) -> Iterator[Flaw]:
    if points and points[0] != 0:
        yield Flaw(f"{at}/0/{name}", f"{points[0]:g} is not 0; the first step starts at 0")
    for n, (before, here) in enumerate(pairwise(points), start=1):
        if here <= before:
            yield Flaw(
                f"{at}/{n}/{name}", f"{here:g} is not above {before:g}; order the steps, rising"
            )


def _demands(scenario: Scenario) -> Iterator[Flaw]:
    first: dict[tuple[str, str], tuple[int, Demand]] = {}
    for i, demand in enumerate(scenario.demands):
        at = f"/demands/{i}"
        if demand.quantity is None and not demand.quantity_by_period:
            why = "its forecast is not filled in" if demand.forecast else "no quantity"
            yield Flaw(f"{at}/quantity", f"null: {why}; give the units of each period")
        if 0 < demand.fill_rate < 1 and demand.lost_cost is None:
            yield Flaw(
                f"{at}/fill_rate",
                f"{demand.fill_rate:g} lets some go unserved, which a lost_cost of null forbids; "
                f"give a lost_cost, or leave the fill rate out",
            )
        spread = demand.spread
        if spread and spread.cv is not None and spread.cv > MOST_CV:
            yield Flaw(f"{at}/spread/cv", f"{spread.cv:g} is above {MOST_CV:g}; 0.3 is 30 %")
        if spread and spread.kind != "poisson" and spread.sd is None and spread.cv is None:
            yield Flaw(f"{at}/spread/sd", f"null; a {spread.kind} spread needs sd or cv")
        key = (demand.customer, demand.commodity)
        before = first.setdefault(key, (i, demand))[1]
        for name in ("lost_cost", "backlog_cost", "fill_rate", "price"):
            here, there = getattr(demand, name), getattr(before, name)
            if here != there:
                yield Flaw(
                    f"{at}/{name}",
                    f"{here!r}, but /demands/{first[key][0]} of the same customer and commodity "
                    f"says {there!r}; say the same in both",
                )


def _counts(scenario: Scenario) -> Iterator[Flaw]:
    for i, count in enumerate(scenario.policy.site_counts):
        at = f"/policy/site_counts/{i}"
        status = [s.status for s in scenario.sites if s.kind == count.kind and s.status != "closed"]
        always = status.count("must-open") if count.kind != "customer" else len(status)
        if count.minimum > len(status):
            yield Flaw(
                f"{at}/minimum",
                f"{count.minimum} is more than the {len(status)} sites of kind {count.kind!r}; "
                f"lower it, or add candidates",
            )
        if count.maximum is not None and count.maximum < max(count.minimum, always):
            yield Flaw(
                f"{at}/maximum",
                f"{count.maximum} is below the minimum {count.minimum} or the {always} sites that "
                f"are always open; raise it",
            )
