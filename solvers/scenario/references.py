"""Names that are stated twice, and names that nothing carries."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from solvers.errors import Flaw
from solvers.scenario.document import Scenario
from solvers.scenario.movement import Lane
from solvers.scenario.part import ByPeriod


def reference_flaws(scenario: Scenario) -> Iterator[Flaw]:
    """Duplicates, then dangling codes, in the order of the document."""
    yield from _duplicates(scenario)
    known = _Known(scenario)
    yield from _of_places(scenario, known)
    yield from _of_moves(scenario, known)
    yield from _of_rules(scenario, known)
    yield from _of_delivery(scenario, known)
    yield from _of_history(scenario, known)


class _Known:
    """Codes of the scenario, by what they name."""

    def __init__(self, scenario: Scenario) -> None:
        self.codes: dict[str, dict[str, None]] = {
            "site": dict.fromkeys(s.code for s in scenario.sites),
            "commodity": dict.fromkeys(c.code for c in scenario.commodities),
            "period": dict.fromkeys(p.code for p in scenario.periods),
            "mode": dict.fromkeys(m.code for m in scenario.modes),
        }
        self.customers = {s.code for s in scenario.sites if s.kind == "customer"}
        self.groups = {(g.site, g.code) for g in scenario.tool_groups}

    def check(self, kind: str, code: str, pointer: str) -> Iterator[Flaw]:
        """Find the flaw of a code that nothing carries."""
        if code not in self.codes[kind]:
            yield Flaw(pointer, f"no {kind} {code!r}; {self._mend(kind, code)}")

    def check_periods(self, exceptions: Iterable[ByPeriod], pointer: str) -> Iterator[Flaw]:
        """Find exceptions for periods that are not there, or for one period twice."""
        seen = set[str]()
        for i, exception in enumerate(exceptions):
            yield from self.check("period", exception.period, f"{pointer}/{i}/period")
            if exception.period in seen:
                yield Flaw(
                    f"{pointer}/{i}/period", f"{exception.period!r} stands twice; keep one of them"
                )
            seen.add(exception.period)

    def _mend(self, kind: str, code: str) -> str:
        near = get_close_matches(code, list(self.codes[kind])[:2000], n=1)
        add = f"add the {kind}, or leave this out"
        return f"did you mean {near[0]!r}? Else {add}" if near else add


def _duplicates(scenario: Scenario) -> Iterator[Flaw]:
    named: dict[str, list[str]] = {
        "periods": [p.code for p in scenario.periods],
        "commodities": [c.code for c in scenario.commodities],
        "sites": [s.code for s in scenario.sites],
        "modes": [m.code for m in scenario.modes],
        "tool_groups": [f"{g.site}/{g.code}" for g in scenario.tool_groups],
        "inventories": [f"{i.site}/{i.commodity}" for i in scenario.inventories],
        "lanes": [lane.code for lane in scenario.lanes],
        "distances": [f"{d.origin}>{d.destination}" for d in scenario.distances],
        "circuities": [f"{c.country}/{c.mode}" for c in scenario.circuities],
        "duties": [f"{d.origin}>{d.destination}/{d.duty_class}" for d in scenario.duties],
        "exchange_rates": [f"{r.currency} {r.valid_from}" for r in scenario.exchange_rates],
        "policy/site_counts": [str(c.kind) for c in scenario.policy.site_counts],
        "routing/vehicles": [v.code for v in scenario.routing.vehicles],
        "routing/visits": [v.code for v in scenario.routing.visits],
    }
    for table, names in named.items():
        yield from _twice(names, f"/{table}")
    made = [f"{p.site} {p.output} {p.tool_group} {p.revision}" for p in scenario.productions]
    yield from _twice(made, "/productions")
    for i, site in enumerate(scenario.sites):
        yield from _twice([e.code for e in site.expansions], f"/sites/{i}/expansions")


def _twice(names: list[str], table: str) -> Iterator[Flaw]:
    if len(set(names)) == len(names):
        return
    first: dict[str, int] = {}
    for i, name in enumerate(names):
        at = first.setdefault(name, i)
        if at != i:
            yield Flaw(
                f"{table}/{i}", f"{name!r} stands at {table}/{at} already; merge or rename them"
            )


def _of_places(scenario: Scenario, known: _Known) -> Iterator[Flaw]:
    for i, site in enumerate(scenario.sites):
        pointer = f"/sites/{i}/throughput_by_period"
        yield from known.check_periods(site.throughput_by_period, pointer)
    for i, group in enumerate(scenario.tool_groups):
        yield from known.check("site", group.site, f"/tool_groups/{i}/site")
        yield from known.check_periods(group.hours_by_period, f"/tool_groups/{i}/hours_by_period")
    yield from _of_productions(scenario, known)
    for i, held in enumerate(scenario.qualifications):
        at = f"/qualifications/{i}"
        yield from known.check("commodity", held.product, f"{at}/product")
        yield from known.check("site", held.site, f"{at}/site")
        yield from _group(known, held.site, held.tool_group, at)
    for i, supply in enumerate(scenario.supplies):
        yield from known.check("site", supply.site, f"/supplies/{i}/site")
        yield from known.check("commodity", supply.commodity, f"/supplies/{i}/commodity")
        pointer = f"/supplies/{i}/quantity_by_period"
        yield from known.check_periods(supply.quantity_by_period, pointer)
    for i, stock in enumerate(scenario.inventories):
        yield from known.check("site", stock.site, f"/inventories/{i}/site")
        yield from known.check("commodity", stock.commodity, f"/inventories/{i}/commodity")


def _of_productions(scenario: Scenario, known: _Known) -> Iterator[Flaw]:
    for i, made in enumerate(scenario.productions):
        at = f"/productions/{i}"
        yield from known.check("site", made.site, f"{at}/site")
        yield from known.check("commodity", made.output, f"{at}/output")
        yield from _twice([x.commodity for x in made.inputs], f"{at}/inputs")
        for n, part in enumerate(made.inputs):
            yield from known.check("commodity", part.commodity, f"{at}/inputs/{n}/commodity")
        yield from _group(known, made.site, made.tool_group, at)
        yield from known.check_periods(made.yield_by_period, f"{at}/yield_by_period")


def _group(known: _Known, site: str, group: str | None, pointer: str) -> Iterator[Flaw]:
    if group is not None and (site, group) not in known.groups:
        there = sorted(g for s, g in known.groups if s == site)
        yield Flaw(
            f"{pointer}/tool_group",
            f"no tool group {group!r} at {site!r}; it has: {', '.join(there) or 'none'}",
        )


def _of_lane(at: str, lane: Lane, known: _Known) -> Iterator[Flaw]:
    yield from known.check("site", lane.origin, f"{at}/origin")
    yield from known.check("site", lane.destination, f"{at}/destination")
    if known.codes["mode"]:  # a document without modes names them freely
        yield from known.check("mode", lane.mode, f"{at}/mode")
    for n, code in enumerate(lane.commodities):
        yield from known.check("commodity", code, f"{at}/commodities/{n}")


def _of_moves(scenario: Scenario, known: _Known) -> Iterator[Flaw]:
    sites, goods = known.codes["site"], known.codes["commodity"]
    modes = known.codes["mode"] or dict.fromkeys(lane.mode for lane in scenario.lanes)
    for i, lane in enumerate(scenario.lanes):
        if lane.origin == lane.destination:
            yield Flaw(
                f"/lanes/{i}/destination", f"{lane.origin!r} is the origin too; name another"
            )
        ends = lane.origin in sites and lane.destination in sites
        if not (ends and lane.mode in modes and goods.keys() >= set(lane.commodities)):
            yield from _of_lane(f"/lanes/{i}", lane, known)
    yield from _lane_lists(scenario, known)
    for i, distance in enumerate(scenario.distances):
        if distance.origin not in sites or distance.destination not in sites:
            yield from known.check("site", distance.origin, f"/distances/{i}/origin")
            yield from known.check("site", distance.destination, f"/distances/{i}/destination")


def _lane_lists(scenario: Scenario, known: _Known) -> Iterator[Flaw]:
    """Commodities that a lane names twice, and its exceptions by period."""
    for i, lane in enumerate(scenario.lanes):
        if len(lane.commodities) > 1:
            yield from _twice(list(lane.commodities), f"/lanes/{i}/commodities")
        if lane.capacity_by_period:
            pointer = f"/lanes/{i}/capacity_by_period"
            yield from known.check_periods(lane.capacity_by_period, pointer)


def _of_rules(scenario: Scenario, known: _Known) -> Iterator[Flaw]:
    for i, demand in enumerate(scenario.demands):
        if demand.customer not in known.codes["site"]:
            yield from known.check("site", demand.customer, f"/demands/{i}/customer")
        elif demand.customer not in known.customers:
            yield Flaw(
                f"/demands/{i}/customer",
                f"{demand.customer!r} is no customer; set the kind of the site to 'customer'",
            )
        if demand.commodity not in known.codes["commodity"]:
            yield from known.check("commodity", demand.commodity, f"/demands/{i}/commodity")
        if demand.quantity_by_period:
            pointer = f"/demands/{i}/quantity_by_period"
            yield from known.check_periods(demand.quantity_by_period, pointer)
    caps = scenario.policy.carbon_cap_by_period
    yield from known.check_periods(caps, "/policy/carbon_cap_by_period")


def _of_delivery(scenario: Scenario, known: _Known) -> Iterator[Flaw]:
    for i, vehicle in enumerate(scenario.routing.vehicles):
        yield from known.check("site", vehicle.depot, f"/routing/vehicles/{i}/depot")
    for i, visit in enumerate(scenario.routing.visits):
        if visit.site is not None:
            yield from known.check("site", visit.site, f"/routing/visits/{i}/site")


def _of_history(scenario: Scenario, known: _Known) -> Iterator[Flaw]:
    for i, flow in enumerate(scenario.history.flows):
        at = f"/history/flows/{i}"
        yield from known.check("site", flow.origin, f"{at}/origin")
        yield from known.check("site", flow.destination, f"{at}/destination")
        yield from known.check("commodity", flow.commodity, f"{at}/commodity")
        yield from known.check("period", flow.period, f"{at}/period")
    for i, booking in enumerate(scenario.history.bookings):
        at = f"/history/bookings/{i}"
        yield from known.check("period", booking.period, f"{at}/period")
        for name in ("origin", "destination"):
            code = getattr(booking, name)
            if code is not None:
                yield from known.check("site", code, f"{at}/{name}")
