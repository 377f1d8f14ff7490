"""Which places a commodity can get to, and where it is wanted."""

from dataclasses import dataclass

import numpy as np

from solvers.values import BoolArray, IntArray


@dataclass(frozen=True, slots=True)
class Ways:
    """Commodities on lanes, as pairs of nodes; a node is ``site * commodities + commodity``.

    Parameters
    ----------
    nodes
        Number of nodes.
    tail, head : shape (A,)
        Nodes that are left and entered.
    """

    nodes: int
    tail: IntArray
    head: IntArray


@dataclass(frozen=True, slots=True)
class Making:
    """Productions as nodes.

    Parameters
    ----------
    output : shape (P,)
        What is made.
    of, input : shape (B,)
        Position of the production, and what it consumes.
    runs : shape (P,)
        Whether it may run at all.
    """

    output: IntArray
    of: IntArray
    input: IntArray
    runs: BoolArray


def available(ways: Ways, making: Making, sources: IntArray) -> BoolArray:
    """Nodes that a commodity can get to from nodes that have it, shape (nodes,)."""
    has = np.zeros(ways.nodes, dtype=np.bool_)
    has[sources] = True
    while True:
        before = int(has.sum())
        has[ways.head[has[ways.tail]]] = True
        missing = np.zeros(making.output.size, dtype=np.bool_)
        missing[making.of[~has[making.input]]] = True
        has[making.output[making.runs & ~missing]] = True
        if int(has.sum()) == before:
            return has


def wanted(ways: Ways, making: Making, sinks: IntArray) -> BoolArray:
    """Nodes from which a commodity can get to nodes that want it, shape (nodes,)."""
    want = np.zeros(ways.nodes, dtype=np.bool_)
    want[sinks] = True
    while True:
        before = int(want.sum())
        want[ways.tail[want[ways.head]]] = True
        runs = making.runs & want[making.output]
        want[making.input[runs[making.of]]] = True
        if int(want.sum()) == before:
            return want
