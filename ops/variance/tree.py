"""Nested random effects as a tree: the likelihood of n values in one pass up and one down.

Each node adds a rank-one term to the covariance of what lies below it, so that Woodbury's identity,
applied from the leaves to the root, solves the whole matrix exactly in O(nodes). Values enter by
the count and the sums of each innermost group only.

References
----------
Searle, Casella and McCulloch (1992), Variance Components, Wiley, ch. 6 and app. M;
Golub and Van Loan (2013), Matrix Computations, 2.1.4 (Sherman-Morrison-Woodbury).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from ops.values import FloatArray, IntArray
from ops.variance.likelihood import Solved


@dataclass(frozen=True, slots=True)
class Tree:
    """Nodes of every depth, numbered so that the children of one node stand together.

    Parameters
    ----------
    n
        Values.
    levels
        Nodes of each depth, outermost first.
    parents
        Node above each node, of the second depth onwards.
    starts
        First child of each node, of all depths but the last.
    count : shape (groups,)
        Values in each innermost node.
    sums : shape (m, groups)
        Sums of the m columns of data in each innermost node.
    cross : shape (m, m)
        Products of the columns over all values.
    """

    n: int
    levels: tuple[int, ...]
    parents: tuple[IntArray, ...]
    starts: tuple[IntArray, ...]
    count: FloatArray
    sums: FloatArray
    cross: FloatArray

    def solve(self, theta: FloatArray) -> Solved:
        """Solve at some variances, the residual last."""
        climb = _climb(self, theta, (self.count / theta[-1], self.sums / theta[-1]), 0)
        base = self.n * log(theta[-1]), self.cross / theta[-1]
        return _descended(self, climb, base)

    def hold(self, theta: FloatArray, depth: int) -> "Trunk":
        """Hold the variances from some depth on, and that of the residual: the rest is small."""
        climb = _climb(self, theta, (self.count / theta[-1], self.sums / theta[-1]), depth)
        base = self.n * log(theta[-1]) + climb.log_det, self.cross / theta[-1] + climb.cross
        return Trunk(self, self.n, self.levels[:depth], climb.left, base)


@dataclass(frozen=True, slots=True)
class Trunk:
    """The outer depths of a tree whose inner variances are held; its last variance is not used."""

    tree: Tree
    n: int
    levels: tuple[int, ...]
    below: tuple[FloatArray, FloatArray]
    base: tuple[float, FloatArray]

    def solve(self, theta: FloatArray) -> Solved:
        """Solve at some variances of the outer factors."""
        return _descended(self.tree, _climb(self.tree, theta, self.below, 0), self.base)


@dataclass(frozen=True, slots=True)
class _Climb:
    """What lies below the last depth that was climbed to, and the nodes from there on."""

    log_det: float
    cross: FloatArray
    nodes: "list[_Nodes]"
    left: tuple[FloatArray, FloatArray]


def _climb(
    tree: Tree, theta: FloatArray, below: tuple[FloatArray, FloatArray], least: int
) -> _Climb:
    """Solve each node from those below it, from where `below` stands up to depth `least`."""
    a, b = below
    log_det, cross = 0.0, np.zeros((b.shape[0], b.shape[0]))
    nodes: list[_Nodes] = []
    for depth in reversed(range(least, theta.size - 1)):
        d = 1.0 + theta[depth] * a
        log_det += float(np.log(d).sum())
        own_a, own_b = a / d, b / d
        cross -= theta[depth] * (b @ own_b.T)
        nodes.insert(0, _Nodes(theta[depth], d, own_a, own_b))
        if depth:
            a = np.add.reduceat(own_a, tree.starts[depth - 1])
            b = np.add.reduceat(own_b, tree.starts[depth - 1], axis=1)
    return _Climb(log_det, cross, nodes, (a, b))


def _descended(tree: Tree, climb: _Climb, base: tuple[float, FloatArray]) -> Solved:
    nodes = climb.nodes
    sums = _descend(tree, nodes, [of.b for of in nodes])
    return Solved(
        log_det=base[0] + climb.log_det,
        cross=base[1] + climb.cross,
        traces=_traces(tree, nodes),
        sums=tuple(sums),
        between=lambda g: _between(tree, nodes, g),
    )


@dataclass(frozen=True, slots=True)
class _Nodes:
    """Nodes of one depth: 1 + theta 1'W^-1 1 (W: what is below), 1'V^-1 1, and 1'V^-1 z."""

    theta: float
    d: FloatArray
    a: FloatArray
    b: FloatArray


def _descend(tree: Tree, nodes: Sequence[_Nodes], own: Sequence[FloatArray]) -> list[FloatArray]:
    """Take what is known above out of each node's ``1'V^-1 z``; the last columns start lower."""
    found: list[FloatArray] = []
    above: FloatArray | None = None
    for depth, (of, b) in enumerate(zip(nodes, own, strict=True)):
        if above is None:
            found.append(b)
        else:
            columns = above[above.shape[0] - b.shape[0] :]
            above = np.take(columns, tree.parents[depth - 1], axis=1, mode="clip")  # 5x [:, ...]
            found.append(b - of.a * above)
        if depth + 1 < len(nodes):
            above = of.theta * found[-1] + (0.0 if above is None else above)
    return found


def _traces(tree: Tree, nodes: Sequence[_Nodes]) -> FloatArray:
    found = np.zeros(len(nodes))
    spread = np.zeros(1)  # variance of what is above a node, given all data
    for depth, of in enumerate(nodes):
        if depth:
            spread = spread[tree.parents[depth - 1]]
        found[depth] = float(np.sum(of.a - of.a * of.a * spread))
        spread = spread / of.d**2 + of.theta / of.d
    return found


def _between(tree: Tree, nodes: Sequence[_Nodes], g: Sequence[FloatArray]) -> FloatArray:
    """Products of level vectors across V^-1: a vector of a depth is constant below it."""
    climbed: list[FloatArray] = []
    for depth in reversed(range(len(nodes))):
        mine = (nodes[depth].a * g[depth])[None, :]
        if climbed:
            carried = np.add.reduceat(climbed[0], tree.starts[depth], axis=1) / nodes[depth].d
            mine = np.vstack([mine, carried])
        climbed.insert(0, mine)
    inner = np.zeros((len(nodes), len(nodes)))
    for depth, columns in enumerate(_descend(tree, nodes, climbed)):
        inner[depth, depth:] = inner[depth:, depth] = columns @ g[depth]
    return inner


def nested_nodes(levels: Sequence[IntArray]) -> tuple[IntArray, ...]:
    """Node of each value at each depth: a code counts within its parent only.

    Examples
    --------
    >>> outer, inner = nested_nodes([np.array([0, 0, 1]), np.array([0, 1, 0])])
    >>> inner.tolist()
    [0, 1, 2]
    """
    nodes: list[IntArray] = []
    for codes in levels:
        code = codes - codes.min() if codes.size else codes
        key = code if not nodes else nodes[-1] * (int(code.max()) + 1) + code
        nodes.append(_numbered(key))
    return tuple(nodes)


def _numbered(key: IntArray) -> IntArray:
    """Numbers 0, 1, ... in the order of the keys; linear where keys are dense."""
    top = int(key.max()) + 1
    if top > 16 * key.size + 1024:
        return np.unique(key, return_inverse=True)[1].astype(np.int64)
    seen = np.zeros(top, dtype=np.bool_)
    seen[key] = True
    return (np.cumsum(seen) - 1)[key].astype(np.int64)


def grow(nodes: Sequence[IntArray], columns: FloatArray) -> Tree:
    """Tree over values.

    Parameters
    ----------
    nodes
        Node of each value at each depth, as `nested_nodes` numbers them.
    columns : shape (m, n)
        Fixed effects, then the values.
    """
    n = columns.shape[1]
    cross: FloatArray = columns @ columns.T
    if not nodes:
        return Tree(n, (), (), (), np.zeros(0), np.zeros((columns.shape[0], 0)), cross)
    sizes = tuple(int(node.max()) + 1 for node in nodes)
    parents: list[IntArray] = []
    starts: list[IntArray] = []
    for outer, inner, size, above in zip(nodes, nodes[1:], sizes[1:], sizes, strict=False):
        parent = np.empty(size, dtype=np.int64)
        parent[inner] = outer
        parents.append(parent)
        starts.append(np.searchsorted(parent, np.arange(above)).astype(np.int64))
    count = np.bincount(nodes[-1], minlength=sizes[-1]).astype(np.float64)
    sums: FloatArray = np.empty((columns.shape[0], sizes[-1]))
    for of_column, column in zip(sums, columns, strict=True):
        of_column[:] = np.bincount(nodes[-1], column, sizes[-1])
    return Tree(n, sizes, tuple(parents), tuple(starts), count, sums, cross)
