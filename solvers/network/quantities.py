"""A plan in arrays over the instance's own tables: what flows, is made, held, open."""

from dataclasses import dataclass

import numpy as np

from solvers.network.index_sets import index_sets
from solvers.network.instance import Instance
from solvers.network.standard_form import StandardForm
from solvers.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Quantities:
    """Decisions of a plan; T periods.

    Parameters
    ----------
    flow, buy, make, stock, lost, backlog : shape (A, T), (U, T), (P, T), (I, T), (D, T), (D, T)
        Units: leaving the origin, bought, started, held at the end, never served, waiting.
    open, opening, closing : shape (S, T)
        State of each site and its changes, 0 or 1 up to the solver's tolerance; a site that is not
        designed is open.
    expand : shape (E, T)
        Steps of capacity bought.
    used, shipments : shape (L, T)
        Whether a lane is chosen (lanes with a fixed cost or a minimum; 0 elsewhere), and shipments
        counted.
    """

    flow: FloatArray
    buy: FloatArray
    make: FloatArray
    stock: FloatArray
    lost: FloatArray
    backlog: FloatArray
    open: FloatArray
    opening: FloatArray
    closing: FloatArray
    expand: FloatArray
    used: FloatArray
    shipments: FloatArray


def read(instance: Instance, form: StandardForm, x: FloatArray) -> Quantities:
    """Quantities that a solution of the model stands for.

    Parameters
    ----------
    instance, form
        What was solved.
    x : shape (n,)
        Values of the columns; what passes a bound by rounding is cut to it, what is integral is
        rounded if it is within 1e-5 of a whole number.
    """
    x = np.clip(x, form.lower, form.upper)
    whole = form.integer & (np.abs(x - np.round(x)) < 1e-5)
    x = np.where(whole, np.round(x), x) + 0.0
    sets, block = index_sets(instance), {name: b.of(x) for name, b in form.columns.items()}
    sites, lanes = len(instance.sites.code), len(instance.lanes.code)
    designed, T = np.flatnonzero(instance.sites.designed), instance.horizon
    return Quantities(
        **{name: block[name] for name in ("flow", "buy", "make", "stock", "lost", "backlog")},
        open=_placed(block["open"], designed, np.ones((sites, T))),
        opening=_placed(block["opening"], designed, np.zeros((sites, T))),
        closing=_placed(block["closing"], designed, np.zeros((sites, T))),
        expand=block["expand"],
        used=_placed(block["used"], sets.choice, np.zeros((lanes, T))),
        shipments=_placed(block["shipments"], sets.shipped, np.zeros((lanes, T))),
    )


def lane_load(instance: Instance, flow: FloatArray) -> FloatArray:
    """Load of each lane in each period, shape (L, T)."""
    arcs = instance.arcs
    load = np.zeros((len(instance.lanes.code), flow.shape[1]))
    np.add.at(load, arcs.lane, arcs.load[:, None] * flow)
    return load


def handled(instance: Instance, flow: FloatArray) -> FloatArray:
    """Sum the handling units that leave each site in each period, shape (S, T)."""
    arcs = instance.arcs
    total = np.zeros((len(instance.sites.code), flow.shape[1]))
    origin = instance.lanes.origin[arcs.lane]
    np.add.at(total, origin, arcs.handling[:, None] * flow)
    return total


def arriving(instance: Instance, flow: FloatArray) -> FloatArray:
    """Flow of each arc by the period of its arrival, shape (A, T)."""
    there = np.zeros_like(flow)
    lag = instance.lanes.lag[instance.arcs.lane]
    for periods in np.unique(lag[lag < flow.shape[1]]):
        arcs = np.flatnonzero(lag == periods)
        there[arcs, periods:] = flow[arcs, : flow.shape[1] - periods]
    return there


def _placed(values: FloatArray, rows: IntArray, into: FloatArray) -> FloatArray:
    into[rows] = values
    return into
