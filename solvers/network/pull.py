"""What is wanted at and behind each place of a network: the pull that flows answer to."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from solvers.network.instance import Instance
from solvers.values import BoolArray, FloatArray, IntArray

SWEEPS = 40  # more echelons than any network has; fewer sweeps only leave the pull larger


@dataclass(frozen=True, slots=True)
class Net:
    """Nodes of an instance, the pairs of site and commodity that something touches.

    Parameters
    ----------
    codes : shape (N,)
        ``site * commodities + commodity`` of each node, sorted.
    tail, head : shape (A,)
        Nodes that each arc leaves and enters.
    behind : shape (N, N)
        From a node to those right behind it: 1 by a lane, by a recipe the units it takes.
    holds : shape (N,)
        Whether it holds stock.
    """

    commodities: int
    codes: IntArray
    tail: IntArray
    head: IntArray
    behind: csr_array
    holds: BoolArray

    @property
    def size(self) -> int:
        """Number of nodes."""
        return self.codes.size

    def at(self, site: IntArray, commodity: IntArray) -> IntArray:
        """Nodes of pairs."""
        return np.searchsorted(self.codes, site * self.commodities + commodity)

    def before(self, mark: BoolArray) -> BoolArray:
        """Nodes from which a marked one can be reached, themselves among them; shape (N,)."""
        for _ in range(self.size):
            wider = mark | (self.behind @ mark.astype(np.float64) > 0)
            if np.array_equal(wider, mark):
                break
            mark = wider
        return mark


def net_of(instance: Instance) -> Net:
    """Nodes of an instance, and what lies behind each of them."""
    K, arcs, lanes = len(instance.commodities), instance.arcs, instance.lanes
    tail = lanes.origin[arcs.lane] * K + arcs.commodity
    head = lanes.destination[arcs.lane] * K + arcs.commodity
    start, end, weight = _recipes(instance)
    tables = (instance.demands, instance.stocks, instance.supplies)
    touched = [table.site * K + table.commodity for table in tables]
    touched.append(instance.productions.site * K + instance.productions.output)
    codes = np.unique(np.concatenate([tail, head, start, end, *touched]))
    tail, head, start, end = (np.searchsorted(codes, x) for x in (tail, head, start, end))
    size = codes.size
    pairs = np.unique(tail * size + head)  # two modes between the same places count once
    rows = np.concatenate([pairs // max(size, 1), start])
    columns = np.concatenate([pairs % max(size, 1), end])
    data = np.concatenate([np.ones(pairs.size), weight])
    holds = np.zeros(size, dtype=np.bool_)
    holds[np.searchsorted(codes, touched[1])] = True
    behind = csr_array((data, (rows, columns)), shape=(size, size))
    return Net(K, codes, tail, head, behind, holds)


def _recipes(instance: Instance) -> tuple[IntArray, IntArray, FloatArray]:
    """Input node, output node, and units of input for a good unit of output at most."""
    made, K = instance.productions, len(instance.commodities)
    worst = np.where(made.yields > 0, made.yields, np.inf).min(axis=1, initial=1.0)
    most: dict[tuple[int, int], float] = {}
    for of, commodity, quantity in zip(
        made.input_of.tolist(),
        made.input_commodity.tolist(),
        made.input_quantity.tolist(),
        strict=True,
    ):
        site = int(made.site[of]) * K
        pair = (site + commodity, site + int(made.output[of]))
        most[pair] = max(most.get(pair, 0.0), quantity / float(worst[of]))
    ends = np.array(list(most), dtype=np.int64).reshape(len(most), 2)
    return ends[:, 0], ends[:, 1], np.array(list(most.values()), dtype=np.float64)


def pull(instance: Instance, net: Net) -> FloatArray:
    """Units wanted at or behind each node, at most, shape (N, T + 1).

    Column t is the demand of period t that can be reached, each demand once, through bills of
    materials and yields; the last one is stock that must be kept, or may be left over.
    """
    K, T = net.commodities, instance.horizon
    own = np.zeros((net.size, T + 1))
    demands, stocks = instance.demands, instance.stocks
    own[net.at(demands.site, demands.commodity), :T] = demands.quantity
    level = np.maximum(stocks.safety.max(axis=1, initial=0.0), stocks.final)
    total = np.zeros((K, T + 1))
    np.add.at(total, net.codes % max(K, 1), own)
    np.add.at(total[:, T], stocks.commodity, level)
    spare = _surplus(instance)
    total[:, T] += spare
    own[net.at(stocks.site, stocks.commodity), T] = level + spare[stocks.commodity]
    want = _through_bills(instance, total)[net.codes % max(K, 1)]
    for _ in range(SWEEPS):
        tighter = np.minimum(want, own + net.behind @ want)
        if np.array_equal(tighter, want):
            break
        want = tighter
    return want


def _through_bills(instance: Instance, total: FloatArray) -> FloatArray:
    """Add to the units wanted of each commodity what goes into others, shape (K, T + 1)."""
    K = len(instance.commodities)
    start, end, weight = _recipes(instance)
    pairs, of = np.unique(start % max(K, 1) * K + end % max(K, 1), return_inverse=True)
    worst = np.zeros(pairs.size)
    np.maximum.at(worst, of, weight)
    bill = csr_array((worst, (pairs // max(K, 1), pairs % max(K, 1))), shape=(K, K))
    result = total
    for _ in range(K):  # no chain of recipes is longer
        deeper = total + bill @ result
        if np.array_equal(deeper, result):
            break
        result = deeper
    return result


def _surplus(instance: Instance) -> FloatArray:
    """Units of each commodity that may end in stock unasked: pushed, or sent to reach a step."""
    K, T = len(instance.commodities), instance.horizon
    spare = np.zeros(K)
    supplies, stocks, arcs, made = (
        instance.supplies,
        instance.stocks,
        instance.arcs,
        instance.productions,
    )
    np.add.at(spare, supplies.commodity, supplies.minimum.sum(axis=1))
    np.add.at(spare, stocks.commodity, stocks.initial)
    least = instance.lanes.minimum.copy()
    steps = instance.steps
    whole = steps.all_units  # more load costs less only where every unit gets the better rate
    np.maximum.at(least, steps.lane[whole], steps.start[whole])
    pushed = np.divide(
        least[arcs.lane], arcs.load, out=np.zeros_like(arcs.load), where=arcs.load > 0
    )
    np.add.at(spare, arcs.commodity, pushed * T)
    result = spare
    for _ in range(K):
        carried = spare.copy()
        per_output = result[made.input_commodity] / np.maximum(made.input_quantity, 1e-12)
        np.add.at(carried, made.output[made.input_of], per_output)
        if np.array_equal(carried, result):
            break
        result = carried
    return result
