"""Amounts that cannot be read: below zero, of another unit, in money without a rate."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from solvers.errors import Flaw
from solvers.scenario.document import Scenario
from solvers.scenario.goods import Commodity
from solvers.scenario.movement import Lane
from solvers.scenario.part import Amount, ByPeriod, Part
from solvers.scenario.units import UnitError, parsed
from solvers.scenario.yardstick import Yardstick

BIGGEST = 1e15  # doubles still count units there; no network has as much of anything

Read = Callable[[str], object]  # raises UnitError for a text that does not fit


def amount_flaws(scenario: Scenario) -> Iterator[Flaw]:
    """Flaws of all amounts, in the order of the document."""
    try:
        measure = Yardstick(scenario)
    except UnitError as error:
        yield Flaw("/units", str(error))
        return
    table = _Table(scenario, measure)
    for group in (_goods, _sites, _plants, _stocks, _moves, _demands, _rules):
        yield from group(scenario, table)
    yield from _delivery(scenario, table)


class _Table:
    """How the kinds of amounts are read, and what is wrong with one of them."""

    def __init__(self, scenario: Scenario, measure: Yardstick) -> None:
        self.goods = {c.code: c for c in scenario.commodities}
        self.measure = measure
        self.money: Read = measure.money
        (
            self.weight,
            self.volume,
            self.distance,
            self.duration,
            self.hours,
            self.share,
            self.count,
        ) = (
            self._plain(kind)
            for kind in ("weight", "volume", "distance", "duration", "hours", "share", "count")
        )

    def _plain(self, kind: str) -> Read:
        return lambda text: self.measure.plain(text, kind)

    def quantity(self, commodity: str) -> Read:
        """Units of a commodity; one that is not there is a flaw of its own."""
        good = self.goods.get(commodity)
        return parsed if good is None else lambda text: self.measure.quantity(text, good)

    def price(self, commodity: str) -> Read:
        """Money for a unit of a commodity."""
        good = self.goods.get(commodity)
        return parsed if good is None else lambda text: self.measure.price(text, good)

    def check(self, pointer: str, part: Part, fields: dict[str, Read]) -> Iterator[Flaw]:
        """Flaws of the amounts of one part: field name to how it is read."""
        for name, read in fields.items():
            amount = getattr(part, name)
            if amount is not None and (isinstance(amount, str) or not 0 <= amount <= BIGGEST):
                yield from fault(f"{pointer}/{name}", amount, read)

    def periods(self, pointer: str, rows: Iterable[ByPeriod], read: Read) -> Iterator[Flaw]:
        """Flaws of exceptions by period."""
        for i, row in enumerate(rows):
            yield from fault(f"{pointer}/{i}/amount", row.amount, read)


def fault(pointer: str, amount: Amount, read: Read) -> Iterator[Flaw]:
    """Find what is wrong with one amount."""
    value = amount
    if isinstance(amount, str):
        try:
            value = parsed(amount).value
            read(amount)
        except UnitError as error:
            yield Flaw(pointer, str(error))
            return
    if isinstance(value, str):
        return
    if value < 0:
        yield Flaw(pointer, f"{amount!r} is below 0; give 0 or more")
    elif value > BIGGEST:
        yield Flaw(pointer, f"{amount!r} is above {BIGGEST:g}; check its unit, null is no limit")


def _goods(scenario: Scenario, table: _Table) -> Iterator[Flaw]:
    for i, good in enumerate(scenario.commodities):
        at = f"/commodities/{i}"
        yield from table.check(at, good, {"weight": table.weight, "volume": table.volume})
        yield from table.check(at, good, {"value": table.price(good.code)})


def _sites(scenario: Scenario, table: _Table) -> Iterator[Flaw]:
    money = table.money
    fields = {"fixed_cost": money, "open_cost": money, "close_cost": money}
    rest = {"throughput": table.count, "time_to_recover": table.duration}
    for i, site in enumerate(scenario.sites):
        at = f"/sites/{i}"
        yield from table.check(at, site, fields | rest)
        pointer = f"{at}/throughput_by_period"
        yield from table.periods(pointer, site.throughput_by_period, table.count)
        for n, tier in enumerate(site.labour):
            tiers = {"size": table.count, "unit_cost": money}
            yield from table.check(f"{at}/labour/{n}", tier, tiers)
        for n, step in enumerate(site.expansions):
            steps = {"capacity": table.count, "cost": money}
            yield from table.check(f"{at}/expansions/{n}", step, steps)


def _plants(scenario: Scenario, table: _Table) -> Iterator[Flaw]:
    for i, group in enumerate(scenario.tool_groups):
        yield from table.check(f"/tool_groups/{i}", group, {"hours": table.hours})
        pointer = f"/tool_groups/{i}/hours_by_period"
        yield from table.periods(pointer, group.hours_by_period, table.hours)
    for i, made in enumerate(scenario.productions):
        at = f"/productions/{i}"
        fields = {
            "unit_cost": table.price(made.output),
            "capacity": table.quantity(made.output),
            "hours_per_unit": table.hours,
        }
        yield from table.check(at, made, fields)
        yield from table.periods(f"{at}/yield_by_period", made.yield_by_period, table.share)
        for n, part in enumerate(made.inputs):
            quantity = {"quantity": table.quantity(part.commodity)}
            yield from table.check(f"{at}/inputs/{n}", part, quantity)


def _stocks(scenario: Scenario, table: _Table) -> Iterator[Flaw]:
    for i, supply in enumerate(scenario.supplies):
        at, units = f"/supplies/{i}", table.quantity(supply.commodity)
        fields = {"quantity": units, "minimum": units, "unit_cost": table.price(supply.commodity)}
        yield from table.check(at, supply, fields)
        yield from table.periods(f"{at}/quantity_by_period", supply.quantity_by_period, units)
    for i, stock in enumerate(scenario.inventories):
        at, units = f"/inventories/{i}", table.quantity(stock.commodity)
        fields = dict.fromkeys(("initial", "final", "capacity", "safety_stock"), units)
        yield from table.check(at, stock, fields | {"holding_cost": table.price(stock.commodity)})
        for n, point in enumerate(stock.safety_cost):
            points = {"throughput": units, "cost": table.money}
            yield from table.check(f"{at}/safety_cost/{n}", point, points)


def _moves(scenario: Scenario, table: _Table) -> Iterator[Flaw]:
    for i, mode in enumerate(scenario.modes):
        yield from table.check(f"/modes/{i}", mode, {"cost_per_tonne_km": table.money})
    for i, lane in enumerate(scenario.lanes):
        if _is_plain(lane):  # nearly all lanes of a large document
            continue
        yield from _lane(f"/lanes/{i}", lane, table)
    for i, way in enumerate(scenario.distances):
        fields = {"distance": table.distance, "duration": table.duration}
        yield from table.check(f"/distances/{i}", way, fields)


def _is_plain(lane: Lane) -> bool:
    """Whether all amounts of a lane are bare numbers, none of them negative."""
    given = (
        lane.unit_cost, lane.fixed_cost, lane.shipment_cost, lane.shipment_size, lane.minimum,
        lane.capacity, lane.lead_time, lane.lead_time_sd, lane.distance,
    )  # fmt: skip
    if lane.tariff is not None or lane.capacity_by_period:
        return False
    return all(a is None or (not isinstance(a, str) and 0 <= a <= BIGGEST) for a in given)


def _lane(at: str, lane: Lane, table: _Table) -> Iterator[Flaw]:
    sole = table.goods.get(lane.commodities[0]) if len(lane.commodities) == 1 else None
    kind = "count" if lane.basis == "quantity" else lane.basis

    def load(text: str) -> object:
        return table.measure.load(text, lane.basis, sole)

    def rate(text: str) -> object:
        return table.measure.rate(text, kind, sole)

    carried = [table.goods[c] for c in lane.commodities or table.goods if c in table.goods]
    fields = {
        "unit_cost": _freight(lane, carried, table),
        "fixed_cost": table.money,
        "shipment_cost": table.money,
        "shipment_size": load,
        "minimum": load,
        "capacity": load,
        "lead_time": table.duration,
        "lead_time_sd": table.duration,
        "distance": table.distance,
    }
    yield from table.check(at, lane, fields)
    yield from table.periods(f"{at}/capacity_by_period", lane.capacity_by_period, load)
    for n, step in enumerate(lane.tariff.breaks if lane.tariff else ()):
        steps = {"load": load, "rate": rate, "fixed": table.money}
        yield from table.check(f"{at}/tariff/breaks/{n}", step, steps)


def _freight(lane: Lane, carried: Sequence[Commodity], table: _Table) -> Read:
    """Read a unit cost: money for a unit of load, or for what stands after its '/'."""

    def read(text: str) -> object:
        if "/" not in text:
            return table.measure.rate(text, "count" if lane.basis == "quantity" else lane.basis)
        return [table.measure.price(text, good) for good in carried]

    return read


def _demands(scenario: Scenario, table: _Table) -> Iterator[Flaw]:
    for i, demand in enumerate(scenario.demands):
        at, units = f"/demands/{i}", table.quantity(demand.commodity)
        price = table.price(demand.commodity)
        fields = {"quantity": units, "price": price, "lost_cost": price, "backlog_cost": price}
        yield from table.check(at, demand, fields)
        yield from table.periods(f"{at}/quantity_by_period", demand.quantity_by_period, units)
        if demand.spread is not None:
            yield from table.check(f"{at}/spread", demand.spread, {"sd": units})


def _rules(scenario: Scenario, table: _Table) -> Iterator[Flaw]:
    fields = {
        "max_distance": table.distance,
        "budget": table.money,
        "carbon_price": table.measure.carbon_price,
        "carbon_cap": table.weight,
    }
    yield from table.check("/policy", scenario.policy, fields)
    caps = scenario.policy.carbon_cap_by_period
    yield from table.periods("/policy/carbon_cap_by_period", caps, table.weight)


def _delivery(scenario: Scenario, table: _Table) -> Iterator[Flaw]:
    money, length = table.money, table.distance
    fields = {"fixed_cost": money, "cost_per_hour": money, "max_distance": length}
    for i, vehicle in enumerate(scenario.routing.vehicles):
        yield from table.check(f"/routing/vehicles/{i}", vehicle, fields)
    for i, visit in enumerate(scenario.routing.visits):
        yield from table.check(f"/routing/visits/{i}", visit, {"prize": money})
