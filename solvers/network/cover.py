"""Mean outflow of places before any plan exists: what days of cover are counted in."""

import numpy as np
from scipy.sparse import csr_array

from solvers.network.instance import Instance
from solvers.values import FloatArray

SWEEPS = 200


def mean_outflow(instance: Instance) -> FloatArray:
    """Units a day that leave each node ``site * commodities + commodity`` on average.

    Every node draws in equal shares from all that can feed it: lanes from different sites, its own
    production, its own supply. What a production consumes is its output times quantity over yield.
    """
    K, nodes = len(instance.commodities), len(instance.sites.code) * len(instance.commodities)
    demands = instance.demands
    own = np.zeros(nodes)
    days = float(instance.days.sum())
    own[demands.site * K + demands.commodity] = demands.quantity.sum(axis=1) / days
    draw = _draw(instance, nodes, K)
    outflow = own
    for _ in range(SWEEPS):
        following = own + draw @ outflow
        if np.allclose(following, outflow, rtol=1e-12, atol=0.0):
            break
        outflow = following
    return outflow


def _draw(instance: Instance, nodes: int, K: int) -> csr_array:
    """Units drawn from each node for one unit that leaves another, shape (nodes, nodes)."""
    lanes, arcs, made = instance.lanes, instance.arcs, instance.productions
    tail = lanes.origin[arcs.lane] * K + arcs.commodity
    head = lanes.destination[arcs.lane] * K + arcs.commodity
    pairs = np.unique(tail * nodes + head)
    tail, head = pairs // max(nodes, 1), pairs % max(nodes, 1)
    sources = np.bincount(head, minlength=nodes).astype(np.float64)
    output = made.site * K + made.output
    bought = instance.supplies.site * K + instance.supplies.commodity
    sources[np.unique(output)] += 1
    sources[np.unique(bought)] += 1
    ways = np.bincount(output, minlength=nodes).astype(np.float64)
    good = made.yields.mean(axis=1) if made.site.size else np.zeros(0)
    of = made.input_of
    into = made.site[of] * K + made.input_commodity
    started = made.input_quantity / np.maximum(good[of], 1e-12) / np.maximum(ways[output[of]], 1.0)
    share = 1.0 / np.maximum(sources, 1.0)
    data = np.concatenate([share[head], started * share[output[of]]])
    rows = np.concatenate([tail, into])
    return csr_array((data, (rows, np.concatenate([head, output[of]]))), shape=(nodes, nodes))
