"""An earlier plan as the start of a new solve, carried over by code."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from solvers.network.index_sets import IndexSets, index_sets
from solvers.network.instance import Instance
from solvers.network.standard_form import StandardForm
from solvers.network.tables import Tables
from solvers.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Start:
    """What an earlier plan decided, in codes; what the new network does not know is passed over.

    Parameters
    ----------
    open
        Site and period to whether it was open.
    expanded
        Site and period to the codes of the steps bought.
    flows
        Lane, commodity and period to units.
    """

    open: Mapping[tuple[str, str], bool] = field(default_factory=dict[tuple[str, str], bool])
    expanded: Mapping[tuple[str, str], tuple[str, ...]] = field(
        default_factory=dict[tuple[str, str], tuple[str, ...]]
    )
    flows: Mapping[tuple[str, str, str], float] = field(
        default_factory=dict[tuple[str, str, str], float]
    )

    @classmethod
    def of(cls, tables: Tables) -> "Start":
        """Start of the rows of a plan."""
        return cls(
            open={(row.site, row.period): row.open for row in tables.sites},
            expanded={(r.site, r.period): r.expansions for r in tables.sites if r.expansions},
            flows={(r.lane, r.commodity, r.period): r.quantity for r in tables.flows},
        )


def start_columns(
    instance: Instance, form: StandardForm, start: Start
) -> tuple[IntArray, FloatArray]:
    """Integral columns that a start speaks of, and their values; the solver completes the rest.

    Parameters
    ----------
    instance, form
        The network and its model.
    start
        The earlier plan.
    """
    sets = index_sets(instance)
    opened = _opened(instance, start)
    parts = [(form.columns["open"].index, opened[sets.designed])]
    bought = _bought(instance, start)
    parts.append((form.columns["expand"].index, bought))
    if start.flows:
        flow = _flow(instance, start)
        parts += _choices(instance, form, sets, flow)
    columns = np.concatenate([index.ravel() for index, _ in parts])
    values = np.concatenate([value.ravel() for _, value in parts])
    known = np.isfinite(values)
    values = np.clip(values, form.lower[columns], form.upper[columns])
    return columns[known], values[known]


def _opened(instance: Instance, start: Start) -> FloatArray:
    state = np.full((len(instance.sites.code), instance.horizon), np.nan)
    for s, site in enumerate(instance.sites.code):
        for t, period in enumerate(instance.periods):
            if (site, period) in start.open:
                state[s, t] = float(start.open[site, period])
    return state


def _bought(instance: Instance, start: Start) -> FloatArray:
    steps = instance.expansions
    state = np.zeros((len(steps.code), instance.horizon))
    for e, step in enumerate(steps.code):
        for t, period in enumerate(instance.periods):
            site = instance.sites.code[steps.site[e]]
            state[e, t] = float(step in start.expanded.get((site, period), ()))
    return state


def _flow(instance: Instance, start: Start) -> FloatArray:
    place = {period: t for t, period in enumerate(instance.periods)}
    arcs, lanes = instance.arcs, instance.lanes
    arc = {
        (lanes.code[lane], instance.commodities[good]): a
        for a, (lane, good) in enumerate(zip(arcs.lane, arcs.commodity, strict=True))
    }
    flow = np.zeros((arcs.lane.size, instance.horizon))
    for (lane, good, period), units in start.flows.items():
        if (lane, good) in arc and period in place:
            flow[arc[lane, good], place[period]] = units
    return flow


def _choices(
    instance: Instance, form: StandardForm, sets: IndexSets, flow: FloatArray
) -> list[tuple[IntArray, FloatArray]]:
    carried = np.zeros((len(instance.lanes.code), instance.horizon))
    np.add.at(carried, instance.arcs.lane, flow)
    brought = flow[sets.single_arcs].sum(axis=1)
    largest = np.zeros(sets.single.size)
    np.maximum.at(largest, sets.single_of, brought)
    source = (brought > 0) & (brought >= largest[sets.single_of])
    return [
        (form.columns["used"].index, (carried[sets.choice] > 0).astype(np.float64)),
        (form.columns["source"].index, source.astype(np.float64)),
    ]
