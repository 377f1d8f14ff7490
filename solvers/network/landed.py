"""Landed cost: freight, duty and tied-up capital of one unit of a commodity on a lane."""

from dataclasses import dataclass

import numpy as np

from solvers.network.codes import Codes, over_periods
from solvers.network.customs import FREE_ON_BOARD, DutyTable
from solvers.network.lane import KIND, Connections, first_rate
from solvers.network.note import Note
from solvers.scenario.movement import Lane
from solvers.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Goods:
    """What the commodities weigh, fill and are worth: shape (K,), value of shape (K, T)."""

    weight: FloatArray
    volume: FloatArray
    handling: FloatArray
    value: FloatArray


@dataclass(frozen=True, slots=True)
class Landed:
    """Costs and measures of one unit on each arc; fields are those of `Arcs`."""

    load: FloatArray
    co2_kg: FloatArray
    transport: FloatArray
    duty: FloatArray
    capital: FloatArray


def resolve_goods(codes: Codes) -> Goods:
    """Measures of commodities in base units."""
    goods, measure = codes.scenario.commodities, codes.yardstick
    return Goods(
        weight=np.array([measure.weight_of(c) for c in goods], dtype=np.float64),
        volume=np.array([measure.volume_of(c) for c in goods], dtype=np.float64),
        handling=np.array([c.handling for c in goods], dtype=np.float64),
        value=over_periods([measure.price(c.value, c) for c in goods], codes.horizon),
    )


def landed_cost(
    codes: Codes, found: Connections, goods: Goods, lane: IntArray, commodity: IntArray
) -> Landed:
    """Costs of the arcs that carry `commodity` on `lane`, positions of shape (A,)."""
    load = _loads(found, goods, lane, commodity)
    freight = _freight(codes, found, goods, lane, commodity, load)
    paid = np.array([split.freight for split in found.paid], dtype=np.bool_)[lane]
    tariff = np.array([x.tariff is not None for x in found.lanes], dtype=np.bool_)[lane]
    years = found.lead_days[lane, None] / 365.0
    return Landed(
        load=load,
        co2_kg=_co2(codes, found, goods, lane, commodity, load),
        transport=np.where((paid & ~tariff)[:, None], freight, 0.0),
        duty=_duty(codes, found, goods, lane, commodity, freight),
        capital=codes.scenario.policy.capital_rate * goods.value[commodity] * years,
    )


def unpriced(codes: Codes, found: Connections) -> tuple[Note, ...]:
    """Note on lanes that carry for nothing, since neither they nor their mode tell a cost."""
    priced = {m.code for m in codes.scenario.modes if m.cost_per_tonne_km is not None}
    free = sum(
        x.unit_cost is None and x.tariff is None and x.mode not in priced for x in found.lanes
    )
    if not free:
        return ()
    note = Note(
        "lanes",
        "Lanes without a unit cost whose mode has no rate, so that freight counts as 0: {lanes}",
        {"lanes": float(free)},
    )
    return (note,)


def _loads(found: Connections, goods: Goods, lane: IntArray, commodity: IntArray) -> FloatArray:
    """Load of one unit on each arc, in the basis of its lane."""
    table = {"quantity": np.ones_like(goods.weight), "weight": goods.weight, "volume": goods.volume}
    names = list(table)
    basis = np.array([names.index(x.basis) for x in found.lanes], dtype=np.int64)
    return np.array([table[name] for name in names])[basis[lane], commodity]


def _freight(
    codes: Codes,
    found: Connections,
    goods: Goods,
    lane: IntArray,
    commodity: IntArray,
    load: FloatArray,
) -> FloatArray:
    """Freight of one unit, whoever pays it, shape (A, T); a tariff counts at its first rate."""
    measure, horizon = codes.yardstick, codes.horizon
    stated = np.array([_stated_rate(codes, x) for x in found.lanes], dtype=np.float64)[lane]
    tonnes = goods.weight[commodity] / 1000.0
    modes = {m.code: m.cost_per_tonne_km for m in codes.scenario.modes}
    tonne_km = {code: measure.money(a) for code, a in modes.items() if a is not None}
    by_mode = over_periods([tonne_km.get(x.mode, 0.0) for x in found.lanes], horizon)[lane]
    freight = np.where(
        np.isnan(stated)[:, None],
        by_mode * (found.km[lane] * tonnes)[:, None],
        (stated * load)[:, None],
    )
    texts = np.array([isinstance(x.unit_cost, str) and x.tariff is None for x in found.lanes])
    for a in np.flatnonzero(texts[lane]) if lane.size else ():
        freight[a] = _text_freight(codes, found.lanes[lane[a]], int(commodity[a]), float(load[a]))
    return freight


def _stated_rate(codes: Codes, lane: Lane) -> float:
    """Money for one unit of load where the lane tells one number; NaN where it does not."""
    if lane.tariff is not None:
        return first_rate(codes, lane, lane.tariff.breaks[0].rate)
    if lane.unit_cost is None or isinstance(lane.unit_cost, str):
        return float(np.nan)
    return lane.unit_cost / codes.yardstick.bare(KIND[lane.basis])


def _text_freight(codes: Codes, lane: Lane, commodity: int, load: float) -> float | FloatArray:
    """Freight of one unit from a text: per unit of basis, or per what it names after the '/'."""
    amount = str(lane.unit_cost)
    if "/" in amount:
        return codes.yardstick.price(amount, codes.scenario.commodities[commodity])
    return codes.yardstick.rate(amount, KIND[lane.basis]) * load


def _duty(
    codes: Codes,
    found: Connections,
    goods: Goods,
    lane: IntArray,
    commodity: IntArray,
    freight: FloatArray,
) -> FloatArray:
    """Duty of one unit that we pay, shape (A, T)."""
    scenario = codes.scenario
    if not scenario.duties:
        return np.zeros_like(freight)
    country = {s.code: s.country for s in scenario.sites}
    borders = [(country[x.origin], country[x.destination]) for x in found.lanes]
    classes = [c.duty_class for c in scenario.commodities]
    table, border, kind = DutyTable(scenario.duties), _places(borders), _places(classes)
    rates = np.array(
        [[table.rate(*b, c) for c in dict.fromkeys(classes)] for b in dict.fromkeys(borders)]
    )
    rate = rates[border[lane], kind[commodity]]
    due = np.array([split.duty for split in found.paid], dtype=np.bool_)[lane]
    with_freight = np.array([b not in FREE_ON_BOARD for _, b in borders], dtype=np.bool_)[lane]
    value = goods.value[commodity] + np.where(with_freight[:, None], freight, 0.0)
    return np.where(due, rate, 0.0)[:, None] * value


def _places(values: list[str] | list[tuple[str, str]]) -> IntArray:
    """Position of each value among the different ones."""
    where = {v: i for i, v in enumerate(dict.fromkeys(values))}
    return np.array([where[v] for v in values], dtype=np.int64)


def _co2(
    codes: Codes,
    found: Connections,
    goods: Goods,
    lane: IntArray,
    commodity: IntArray,
    load: FloatArray,
) -> FloatArray:
    """Kg of CO2 of one unit: as the lane says, else by the factor of its mode."""
    factor = {m.code: m.co2_kg_per_tonne_km or 0.0 for m in codes.scenario.modes}
    stated = np.array(
        [
            np.nan if x.co2_kg is None else x.co2_kg / codes.yardstick.bare(KIND[x.basis])
            for x in found.lanes
        ],
        dtype=np.float64,
    )[lane]
    tonne_km = found.km[lane] * goods.weight[commodity] / 1000.0
    by_mode = (
        np.array([factor.get(x.mode, 0.0) for x in found.lanes], dtype=np.float64)[lane] * tonne_km
    )
    return np.where(np.isnan(stated), by_mode, stated * load)
