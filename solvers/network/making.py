"""Productions, qualifications and tool groups of a scenario, as arrays."""

from collections import defaultdict
from datetime import timedelta

import numpy as np

from solvers.network.codes import Codes, amounts, over_periods, positions, rows
from solvers.network.places import Groups, Productions
from solvers.scenario.place import Production, Qualification
from solvers.scenario.policy import Period
from solvers.values import BoolArray


def resolve_groups(codes: Codes) -> Groups:
    """Tool groups, named ``site/code``; hours are what remains after OEE."""
    groups = [g for g in codes.scenario.tool_groups if g.site in codes.sites]
    measure = codes.yardstick
    hours = [
        g.oee * measure.by_period(g.hours, g.hours_by_period, lambda a: measure.plain(a, "hours"))
        for g in groups
    ]
    return Groups(
        code=tuple(f"{g.site}/{g.code}" for g in groups),
        site=positions((g.site for g in groups), codes.sites),
        hours=rows(hours, codes.horizon),
    )


def resolve_productions(codes: Codes, groups: Groups) -> Productions:
    """Productions with their bill of materials; capacity is 0 in periods without qualification."""
    made = [p for p in codes.scenario.productions if p.site in codes.sites]
    measure, horizon = codes.yardstick, codes.horizon
    place = {code: i for i, code in enumerate(groups.code)}
    inputs = [(i, x) for i, p in enumerate(made) for x in p.inputs]
    capacity = [
        np.inf if p.capacity is None else measure.quantity(p.capacity, codes.commodity(p.output))
        for p in made
    ]
    yields = [
        measure.by_period(p.yield_, p.yield_by_period, lambda a: measure.plain(a, "share"))
        for p in made
    ]
    return Productions(
        site=positions((p.site for p in made), codes.sites),
        output=positions((p.output for p in made), codes.commodities),
        group=np.array(
            [-1 if p.tool_group is None else place[f"{p.site}/{p.tool_group}"] for p in made],
            dtype=np.int64,
        ),
        hours=amounts((p.hours_per_unit for p in made), 1.0, lambda a: measure.plain(a, "hours")),
        yields=rows(yields, horizon),
        unit_cost=over_periods(
            [measure.price(p.unit_cost, codes.commodity(p.output)) for p in made], horizon
        ),
        capacity=np.where(qualified(codes, made), np.array(capacity).reshape(-1, 1), 0.0),
        input_of=np.array([i for i, _ in inputs], dtype=np.int64),
        input_commodity=positions((x.commodity for _, x in inputs), codes.commodities),
        input_quantity=np.array(
            [measure.quantity(x.quantity, codes.commodity(x.commodity)) for _, x in inputs]
        ),
    )


def qualified(codes: Codes, productions: list[Production]) -> BoolArray:
    """Whether each production may run in each period, shape (P, T).

    A product without any qualification may be made anywhere. A period counts if a qualification
    covers it from its first day to its last.
    """
    by_product: defaultdict[str, list[Qualification]] = defaultdict(list)
    for q in codes.scenario.qualifications:
        by_product[q.product].append(q)
    allowed = np.ones((len(productions), codes.horizon), dtype=np.bool_)
    for i, production in enumerate(productions):
        asked = by_product.get(production.output)
        if asked is None:
            continue
        held = [q for q in asked if _is_for(q, production)]
        allowed[i] = [any(_covers(q, p) for q in held) for p in codes.scenario.periods]
    return allowed


def _is_for(held: Qualification, production: Production) -> bool:
    return (
        held.site == production.site
        and held.tool_group in {None, production.tool_group}
        and held.revision in {None, production.revision}
    )


def _covers(held: Qualification, period: Period) -> bool:
    if period.start is None:  # then the qualification has no dates: validation sees to it
        return True
    last = period.start + timedelta(days=max(period.days - 1, 0))
    begins = held.valid_from is None or held.valid_from <= period.start
    return begins and (held.valid_until is None or last <= held.valid_until)
