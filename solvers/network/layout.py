"""Where the columns of a network stand, and sums over flows that several rows share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from solvers.network.index_sets import IndexSets, index_sets, matches, positions
from solvers.network.instance import Instance
from solvers.network.standard_form import Block
from solvers.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Terms:
    """Coefficients: `value` stands in `row` of its block and in `column` of all; they broadcast."""

    row: IntArray
    column: IntArray
    value: FloatArray


@dataclass(frozen=True, slots=True)
class Rows:
    """A block of rows: bounds in its shape, and coefficients that are made when they are asked."""

    lower: FloatArray
    upper: FloatArray
    terms: Iterator[Terms]


@dataclass(frozen=True, slots=True)
class Layout:
    """An instance, the sets it implies, and the blocks of its columns."""

    instance: Instance
    sets: IndexSets
    columns: Mapping[str, Block]

    @property
    def horizon(self) -> int:
        """Number of periods."""
        return self.instance.horizon

    def column(self, name: str) -> IntArray:
        """Columns of a block, in its shape."""
        return self.columns[name].index

    def grid(self, count: int) -> IntArray:
        """Rows of a block of `count` members by period."""
        return np.arange(count * self.horizon).reshape(count, self.horizon)

    def full(self, count: int, value: float) -> FloatArray:
        """Repeat a bound for `count` members by period."""
        return np.full((count, self.horizon), value)

    def carried(self, lanes: IntArray) -> Terms:
        """Weigh flows on `lanes` by load, a row for each lane and period."""
        arcs = self.instance.arcs
        at = positions(lanes, len(self.instance.lanes.code))[arcs.lane]
        return self._flows(np.flatnonzero(at >= 0), at, arcs.load)

    def handled(self, sites: IntArray) -> Terms:
        """Weigh flows that leave `sites` by handling, a row for each site and period."""
        at = positions(sites, len(self.instance.sites.code))[self.sets.arc_origin]
        return self._flows(np.flatnonzero(at >= 0), at, self.instance.arcs.handling)

    def leaving(self, stocks: IntArray) -> Iterator[Terms]:
        """Units that leave the nodes of `stocks` by flow or as ingredients, a row for each."""
        nodes, made = self.sets.nodes, self.instance.productions
        rows = self.grid(stocks.size)
        at, arcs = matches(nodes.stock[stocks], nodes.origin)
        yield Terms(rows[at], self.column("flow")[arcs], np.ones((arcs.size, 1)))
        at, inputs = matches(nodes.stock[stocks], nodes.ingredient)
        make = self.column("make")[made.input_of[inputs]]
        yield Terms(rows[at], make, made.input_quantity[inputs, None])

    def _flows(self, arcs: IntArray, at: IntArray, weight: FloatArray) -> Terms:
        row = at[arcs, None] * self.horizon + np.arange(self.horizon)
        return Terms(row, self.column("flow")[arcs], weight[arcs, None])


def layout(instance: Instance) -> Layout:
    """Lay out the columns of `instance` in the order of `docs/methods/network-plan.md`."""
    sets, horizon = index_sets(instance), instance.horizon
    sizes = {
        "flow": instance.arcs.lane.size,
        "buy": instance.supplies.site.size,
        "make": instance.productions.site.size,
        "stock": instance.stocks.site.size,
        "lost": instance.demands.site.size,
        "backlog": instance.demands.site.size,
        "open": sets.designed.size,
        "opening": sets.designed.size,
        "closing": sets.designed.size,
        "expand": instance.expansions.site.size,
        "used": sets.choice.size,
        "shipments": sets.shipped.size,
        "step_load": sets.steps.owner.size,
        "step_on": sets.steps.binary.size,
        "tier_load": sets.tiers.owner.size,
        "tier_on": sets.tiers.binary.size,
        "safety_load": sets.safety.owner.size,
        "safety_on": sets.safety.binary.size,
    }
    shapes: dict[str, tuple[int, ...]] = {name: (size, horizon) for name, size in sizes.items()}
    return Layout(instance, sets, stack(shapes | {"source": (sets.single_arcs.size,)}))


def stack(shapes: Mapping[str, tuple[int, ...]]) -> dict[str, Block]:
    """Blocks of these shapes, one after another."""
    blocks: dict[str, Block] = {}
    start = 0
    for name, shape in shapes.items():
        blocks[name] = Block(start, shape)
        start += blocks[name].size
    return blocks
