"""Supplies and stocks of a scenario, as arrays."""

from functools import partial

import numpy as np

from solvers.network.codes import Codes, over_periods, positions, rows
from solvers.network.places import Stocks, Supplies
from solvers.scenario.part import Amount
from solvers.scenario.place import Inventory
from solvers.values import FloatArray


def resolve_supplies(codes: Codes) -> Supplies:
    """Supplies: what can be bought."""
    supplies = [s for s in codes.scenario.supplies if s.site in codes.sites]
    measure, horizon = codes.yardstick, codes.horizon
    goods = [codes.commodity(s.commodity) for s in supplies]
    both = list(zip(supplies, goods, strict=True))
    maximum = [
        measure.by_period(s.quantity, s.quantity_by_period, partial(measure.quantity, commodity=c))
        for s, c in both
    ]
    return Supplies(
        site=positions((s.site for s in supplies), codes.sites),
        commodity=positions((s.commodity for s in supplies), codes.commodities),
        minimum=over_periods([measure.quantity(s.minimum, c) for s, c in both], horizon),
        maximum=rows(maximum, horizon),
        unit_cost=over_periods([measure.price(s.unit_cost, c) for s, c in both], horizon),
    )


def resolve_stocks(codes: Codes) -> Stocks:
    """Stocks: what can be held; safety stock that is told as days of cover is left at 0 here."""
    held = [i for i in codes.scenario.inventories if i.site in codes.sites]
    measure, horizon = codes.yardstick, codes.horizon
    points = [
        (n, measure.quantity(point.throughput, codes.commodity(i.commodity)), point.cost)
        for n, i in enumerate(held)
        for point in i.safety_cost
    ]
    return Stocks(
        site=positions((i.site for i in held), codes.sites),
        commodity=positions((i.commodity for i in held), codes.commodities),
        initial=_units(codes, held, [i.initial for i in held]),
        final=_units(codes, held, [i.final for i in held]),
        holding=over_periods(
            [measure.price(i.holding_cost, codes.commodity(i.commodity)) for i in held], horizon
        ),
        capacity=over_periods(_units(codes, held, [i.capacity for i in held]).tolist(), horizon),
        safety=over_periods(_units(codes, held, [i.safety_stock for i in held]).tolist(), horizon),
        shelf_life=np.array([_life(codes, i) for i in held], dtype=np.int64),
        safety_of=np.array([n for n, _, _ in points], dtype=np.int64),
        safety_from=np.array([at for _, at, _ in points], dtype=np.float64),
        safety_cost=np.array([measure.money_once(c) for _, _, c in points], dtype=np.float64),
    )


def cover_days(codes: Codes) -> FloatArray:
    """Days of cover of the rows of `resolve_stocks`; NaN where units tell the safety stock."""
    held = (i for i in codes.scenario.inventories if i.site in codes.sites)
    return np.array([np.nan if i.cover_days is None else i.cover_days for i in held])


def _life(codes: Codes, held: Inventory) -> int:
    """Periods it may be held, 0 if nothing can grow too old within the horizon."""
    life = codes.commodity(held.commodity).shelf_life or 0
    return life if life < codes.horizon else 0


def _units(codes: Codes, held: list[Inventory], values: list[Amount | None]) -> FloatArray:
    measure = codes.yardstick
    return np.array(
        [
            np.inf if v is None else measure.quantity(v, codes.commodity(i.commodity))
            for i, v in zip(held, values, strict=True)
        ],
        dtype=np.float64,
    )
