"""Hypothesis strategy of valid scenario documents: small, connected, no dangling names."""

from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from solvers.scenario.document import Scenario

CATEGORIES = ("transport", "duty", "production", "supply", "handling", "fixed", "holding", "other")
# drawn by the hundred: choices are many times cheaper to draw than texts and floats
TAGS = st.sampled_from([[], [], ["cold"], ["key", "short notice"], ["=1+1", "cold"]])
TEXT = st.sampled_from(
    [
        "",
        "Penang",
        "=1+1",
        "+49",
        "-",
        "@x",
        "a, b",
        'say "yes"',
        "東京",
        "1e5",
        "007",
        "'quoted",
        " padded ",
        "two\nlines",
        "TRUE",
        "null",
    ]
)
LARGE = st.sampled_from([1e5, 123456.789, 1e6])
SHARE = st.sampled_from([0.5, 0.875, 1.0])
COUNTRY = st.sampled_from(["", "CN", "DE", "US"])
GROUP = st.sampled_from(["", "EU", "=SUM(A1)", "@home", "-1"])


@cache
def amounts(unit: str = "", high: float = 1e4) -> st.SearchStrategy[Any]:
    """Amounts that are not negative, now and then as a text with its unit."""
    values = [round(high * share, 3) for share in (0, 0, 1e-3, 0.012, 0.1, 1 / 3, 0.5, 1)]
    return st.sampled_from([*values, *(f"{v:.3f} {unit}" for v in values if unit)])


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def _by_period(codes: tuple[str, ...], amount: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    one = amount.map(lambda a: [{"period": codes[-1], "amount": a}])
    return st.just([]) | one


@cache
def _points(kind: str) -> st.SearchStrategy[Any]:
    """Rising points from 0: tariff breaks, safety costs."""
    load, rest = ("load", ("rate", "fixed")) if kind == "breaks" else ("throughput", ("cost",))
    rising = st.sampled_from([(0,), (0, 7), (0, 50, 500)])
    return rising.flatmap(
        lambda loads: st.tuples(
            *(st.fixed_dictionaries({load: st.just(x)} | {r: amounts() for r in rest})
              for x in loads)
        )
    )  # fmt: skip


def _period(place: int, dated: bool) -> dict[str, Any]:
    start = date(2026, 1, 5) + timedelta(days=7 * place)
    return {"code": f"W{place + 1}", "days": 7, "start": start.isoformat() if dated else None}


@cache
def _commodity(code: str) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {
            "code": st.just(code), "title": TEXT, "weight": amounts("kg", 50),
            "volume": amounts("", 2), "value": amounts("EUR", 100), "group": GROUP, "tags": TAGS,
            "shelf_life": _maybe(st.integers(1, 5)), "duty_class": st.sampled_from(["", "8542"]),
        }
    )  # fmt: skip


@cache
def _site(code: str, kind: str, periods: tuple[str, ...]) -> st.SearchStrategy[Any]:
    labour = st.just([]) | st.just([{"size": 100, "unit_cost": 1.5}, {"unit_cost": 1}])
    expansions = st.just([]) | amounts().map(lambda c: [{"code": "E1", "capacity": 50, "cost": c}])
    status = ["must-open"] if kind == "customer" else ["existing", "candidate", "must-open"]
    return st.fixed_dictionaries(
        {
            "code": st.just(code), "kind": st.just(kind), "title": TEXT,
            "status": st.sampled_from(status), "latitude": st.floats(-80, 80),
            "longitude": st.floats(-179, 179), "country": COUNTRY, "group": GROUP,
            "fixed_cost": amounts("EUR"), "open_cost": amounts(), "close_cost": amounts(),
            "throughput": _maybe(LARGE), "labour": labour, "expansions": expansions,
            "throughput_by_period": _by_period(periods, LARGE),
            "time_to_recover": _maybe(amounts("week", 20)), "tags": TAGS,
        }
    )  # fmt: skip


@cache
def _lane(
    origin: str, destination: str, mode: str, periods: tuple[str, ...]
) -> st.SearchStrategy[Any]:
    tariff = _points("breaks").flatmap(
        lambda b: st.sampled_from(["incremental", "all-units"]).map(
            lambda k: {"kind": k, "breaks": b}
        )
    )
    return st.fixed_dictionaries(
        {
            "origin": st.just(origin), "destination": st.just(destination), "mode": st.just(mode),
            "basis": st.just("quantity"), "unit_cost": amounts("", 20),
            "fixed_cost": amounts("EUR", 50), "shipment_cost": amounts("", 30),
            "shipment_size": st.sampled_from([1.0, 48.5, 500.0]), "tariff": _maybe(tariff),
            "capacity": _maybe(LARGE), "lead_time": amounts("day", 10),
            "capacity_by_period": _by_period(periods, LARGE),
            "lead_time_sd": amounts("", 2), "co2_kg": _maybe(amounts("", 5)),
            "distance": amounts("km", 2e3), "incoterm": st.sampled_from([None, "DAP", "EXW"]),
            "tags": TAGS,
        }
    )  # fmt: skip


@cache
def _demand(customer: str, commodity: str, periods: tuple[str, ...]) -> st.SearchStrategy[Any]:
    spread = st.sampled_from([None, {"kind": "gamma", "cv": 0.3}, {"kind": "normal", "sd": 4.0}])
    return st.fixed_dictionaries(
        {
            "customer": st.just(customer), "commodity": st.just(commodity),
            "quantity": amounts("", 200), "quantity_by_period": _by_period(periods, amounts()),
            "spread": spread, "price": amounts(), "lost_cost": _maybe(amounts("", 500)),
            "backlog_cost": _maybe(amounts("", 50)),
            "single_source": st.sampled_from([None, True, False]), "tags": TAGS,
        }
    ).map(lambda d: d if d["lost_cost"] is None else d | {"fill_rate": 0.5})  # fmt: skip


@cache
def _making(
    plant: str, output: str, source: str, periods: tuple[str, ...]
) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {
            "site": st.just(plant), "output": st.just(output),
            "inputs": st.just([{"commodity": source, "quantity": 2}]),
            "yield": SHARE, "tool_group": st.sampled_from([None, "TG"]),
            "yield_by_period": _by_period(periods, SHARE), "unit_cost": amounts(),
            "capacity": _maybe(LARGE), "hours_per_unit": amounts("", 1),
            "revision": st.sampled_from(["", "B"]), "tags": TAGS,
        }
    )  # fmt: skip


@cache
def _holding(site: str, commodity: str) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {
            "site": st.just(site), "commodity": st.just(commodity), "initial": amounts("", 50),
            "holding_cost": amounts("", 5), "capacity": _maybe(LARGE),
            "service_target": st.sampled_from([None, 0.95]), "tags": TAGS,
            "safety_cost": st.just([]) | _points("safety_cost"),
        }
    )  # fmt: skip


@cache
def _policy(periods: tuple[str, ...]) -> st.SearchStrategy[Any]:
    soft = st.just([]) | st.just([{"tag": "key", "weight": 2.0, "title": "=key"}])
    counts = st.just([]) | st.just([{"kind": "dc", "minimum": 0, "maximum": 5}])
    return st.fixed_dictionaries(
        {
            "carbon_price": amounts("", 100), "capital_rate": st.sampled_from([0.0, 0.08]),
            "carbon_cap_by_period": _by_period(periods, st.floats(1e6, 1e7)), "soft": soft,
            "site_counts": counts, "single_source": st.booleans(),
        }
    )  # fmt: skip


def _past(lane: dict[str, Any], commodity: str, period: str) -> dict[str, Any]:
    ends = {name: lane[name] for name in ("origin", "destination", "mode")}
    flows = [{**ends, "commodity": commodity, "period": period, "quantity": 12.5}]
    bookings = [
        {**ends, "category": "transport", "period": period, "amount": "30 EUR"},
        {"category": "fixed", "period": period, "amount": 100, "origin": lane["origin"]},
    ]
    return {"flows": flows, "bookings": bookings}


@st.composite
def scenarios(draw: st.DrawFn, *, max_customers: int = 3, max_periods: int = 3) -> Scenario:
    """Suppliers feed a plant, it feeds DCs, they feed customers; every demand can be reached."""
    dated = draw(st.booleans())
    period_list = [_period(i, dated) for i in range(draw(st.integers(1, max_periods)))]
    periods = tuple(p["code"] for p in period_list)
    goods = [f"G {i + 1}" for i in range(draw(st.integers(1, 2)))]
    customers = [f"C-{i + 1}" for i in range(draw(st.integers(1, max_customers)))]
    dcs = [f"DC-{i + 1}" for i in range(draw(st.integers(1, 2)))]
    kinds = {"S1": "supplier", "P1": "plant"}
    kinds |= dict.fromkeys(dcs, "dc") | dict.fromkeys(customers, "customer")
    ends = [("S1", "P1", "sea"), *(("P1", dc, "road") for dc in dcs)]
    ends += [(dc, c, "road") for dc in dcs for c in customers]
    lanes = [draw(_lane(*pair, periods)) for pair in ends]
    document: dict[str, Any] = {
        "title": draw(TEXT), "note": draw(TEXT), "periods": period_list,
        "units": {"money": "EUR"}, "modes": [{"code": "road"}, {"code": "sea"}],
        "exchange_rates": draw(st.sampled_from([[], [{"currency": "USD", "rate": 0.9}]])),
        "commodities": [draw(_commodity(c)) for c in (*goods, "raw")],
        "sites": [draw(_site(code, kind, periods)) for code, kind in kinds.items()],
        "tool_groups": [{"site": "P1", "code": "TG", "hours": 1e6, "oee": 0.8}],
        "productions": [draw(_making("P1", g, "raw", periods)) for g in goods],
        "supplies": [{"site": "S1", "commodity": "raw", "unit_cost": draw(amounts("", 9))}],
        "inventories": [draw(_holding(dc, g)) for dc in dcs for g in goods if draw(st.booleans())],
        "lanes": lanes,
        "distances": [{"origin": "S1", "destination": "P1", "distance": draw(amounts("mile"))}],
        "circuities": [{"country": draw(COUNTRY), "mode": "road", "factor": 1.3}],
        "duties": [{"origin": "CN", "destination": "US", "rate": 0.1, "duty_class": "8542"}],
        "demands": [draw(_demand(c, g, periods)) for c in customers for g in goods],
        "policy": draw(_policy(periods)),
        "history": _past(lanes[-1], goods[0], periods[0]) if draw(st.booleans()) else {},
        "routing": draw(st.sampled_from([{}, _ROUTING])),
    }  # fmt: skip
    return Scenario.model_validate(document)


_ROUTING: dict[str, Any] = {
    "vehicles": [{"code": "V1", "depot": "DC-1", "capacity": 10, "skills": ["cold"]}],
    "visits": [{"code": "J1", "site": "C-1", "load": 3}, {"code": "J2", "latitude": 1,
                                                        "longitude": 2, "required": False}],
}  # fmt: skip
