"""Analysis of variance of random factors, nested or crossed, balanced or not.

Sums of squares are sequential. Values are first shifted by one of them, which is exact for values
that lie close together, and sums are taken of deviations from means (two passes), so that digits
before those that differ cost nothing. Components equate mean squares with their expectations; each
F has the denominator with the same expectation but for the factor tested (Satterthwaite's degrees
of freedom), which is the usual mean square where the data are balanced.

References
----------
Henderson (1953), Biometrics 9(2), 226-252 (methods 1 and 3);
Searle, Casella and McCulloch (1992), Variance Components, Wiley, ch. 5 and app. F;
Simon and Lesage (1989), Comp. Statistics and Data Analysis 8, 275-289 (numerical trials).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np
from scipy.special import fdtrc

from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray, IntArray
from ops.variance.tree import nested_nodes

MOST_COLUMNS = 2000
_RANK = 1e-9


@dataclass(frozen=True, slots=True)
class Source:
    """A row of the table.

    Parameters
    ----------
    df, ss, ms
        Degrees of freedom, sum of squares, mean square.
    f, f_df, p
        Ratio to its denominator, degrees of freedom of that, and the probability of a larger one;
        None for the residual, or where there is no denominator above 0.
    moment
        Estimate of the component by the method of moments, as it comes: it may be below 0.
    """

    name: str
    df: int
    ss: float
    ms: float
    f: float | None
    f_df: float | None
    p: float | None
    moment: float | None

    @property
    def variance(self) -> float:
        """The component: its moment estimate, or 0 where that is below 0 or not to be had."""
        return max(self.moment or 0.0, 0.0)

    @property
    def is_negative(self) -> bool:
        """Whether the moment estimate is below 0, so that the component is set to 0."""
        return self.moment is not None and self.moment < 0


@dataclass(frozen=True, slots=True)
class Anova:
    """The table of an analysis of variance: factors in order, the residual last.

    Parameters
    ----------
    expected : shape (k, k)
        Coefficients of the components in the expected mean squares, row by row.
    """

    n: int
    mean: float
    total_ss: float
    sources: tuple[Source, ...]
    expected: FloatArray

    @property
    def r_squared(self) -> float:
        """Share of the total sum of squares that the factors take; 0 where nothing varies."""
        return 1.0 - self.sources[-1].ss / self.total_ss if self.total_ss > 0 else 0.0


def decimal_offsets(y: FloatArray) -> tuple[float, FloatArray]:
    """Offsets of values from the first, as if never rounded to binary.

    Each value is taken as the shortest decimal number that it prints as: what was typed, for up to
    15 digits. At a lead of 1e12 a stored 0.1 is off by 1e-4; its decimal is not.

    Returns
    -------
    The first value, and the offsets from it, shape (n,).

    Examples
    --------
    >>> decimal_offsets(np.array([1e12 + 0.4, 1e12 + 0.3]))[1].tolist()
    [0.0, -0.1]
    """
    exact = [Decimal(repr(v)) for v in y.tolist()]
    return float(y[0]), np.array([float(v - exact[0]) for v in exact])


def anova(
    y: FloatArray,
    levels: Sequence[IntArray],
    *,
    names: Sequence[str],
    structure: Literal["nested", "crossed"] = "nested",
) -> Anova:
    """Analyse the variance of values under random factors.

    Parameters
    ----------
    y : shape (n,)
        Finite values; for data typed with a long lead, the offsets of `decimal_offsets`.
    levels
        Codes of each factor, shape (n,), 0 or more; outermost first if nested, and then a code
        counts within its parent only. If crossed, each code stands for itself, sums of squares are
        in this order, and an interaction is one more factor.
    names
        Name of each factor.

    Raises
    ------
    NotEnoughData
        With fewer than 2 values.
    BadData
        If the crossed factors have more than 2000 levels together.

    Examples
    --------
    >>> found = anova(np.array([1.0, 2, 4, 5]), [np.array([0, 0, 1, 1])], names=["lot"])
    >>> [(s.name, s.df, s.ss) for s in found.sources]
    [('lot', 1, 9.0), ('residual', 2, 1.0)]
    """
    if y.size < 2:
        raise NotEnoughData(f"an analysis of variance needs 2 values, got {y.size}")
    offset = y - y[0]
    mean = float(offset.mean())
    centred = offset - mean
    centred -= centred.mean()
    split = _nested if structure == "nested" else _crossed
    df, ss, squares = split(centred, levels)
    return _table(y.size, float(y[0]) + mean, (*names, "residual"), (df, ss, squares))


_Ratio = tuple[float | None, float | None, float | None]  # F, df of its denominator, p
_Split = tuple[IntArray, FloatArray, FloatArray]  # df, SS, coefficients of E(SS)


def _nested(centred: FloatArray, levels: Sequence[IntArray]) -> _Split:
    """Split by depth; coefficients by Henderson's first method."""
    n, nodes = centred.size, nested_nodes(levels)
    count = [np.array([float(n)]), *(np.bincount(node).astype(np.float64) for node in nodes)]
    above: FloatArray = np.zeros(n)
    ss: list[float] = []
    for node, size in zip(nodes, count[1:], strict=True):
        mean = (np.bincount(node, centred - above) / size)[node]
        ss.append(float(mean @ mean))
        above = above + mean
    rest = centred - above
    ss.append(float(rest @ rest))
    sizes = [*(c.size for c in count), n]
    parts = [np.zeros(n, dtype=np.int64), *nodes]
    raw = np.full((len(count), len(nodes)), float(n))
    for outer, (place, size) in enumerate(zip(parts, count, strict=True)):
        for inner, node in enumerate(nodes):
            if inner + 1 > outer:
                parent = np.empty(count[inner + 1].size, dtype=np.int64)
                parent[node] = place
                raw[outer, inner] = float(np.sum(count[inner + 1] ** 2 / size[parent]))
    full = np.vstack([raw, np.full(len(nodes), float(n))])
    df = np.diff(np.array(sizes)).astype(np.int64)
    return df, np.array(ss), np.diff(full, axis=0)


def _crossed(centred: FloatArray, levels: Sequence[IntArray]) -> _Split:
    """Split over cells; coefficients by Henderson's third method."""
    n = centred.size
    stacked = np.stack(levels, axis=1)
    cells, cell, count = np.unique(stacked, axis=0, return_inverse=True, return_counts=True)
    cell = cell.reshape(-1)
    root = np.sqrt(count)
    mean = np.bincount(cell, centred) / count
    inside = centred - mean[cell]
    y = mean * root
    designs = [root[:, None] * (codes[:, None] == np.unique(codes)) for codes in cells.T]
    if sum(z.shape[1] for z in designs) > MOST_COLUMNS:
        raise BadData(
            f"crossed factors have {sum(z.shape[1] for z in designs)} levels together, at most"
            f" {MOST_COLUMNS} can be analysed; leave out the finest"
        )
    basis = (root / np.sqrt(n))[:, None]
    df, ss, squares = [], [], []
    for design in designs:
        fresh = _beyond(design, basis)
        df.append(fresh.shape[1])
        ss.append(float(np.sum((fresh.T @ y) ** 2)))
        squares.append([float(np.sum((fresh.T @ z) ** 2)) for z in designs])
        basis = np.hstack([basis, fresh])
    left = y - basis @ (basis.T @ y)
    df.append(n - 1 - sum(df))
    ss.append(float(left @ left + inside @ inside))
    squares.append([n - float(np.sum((basis.T @ z) ** 2)) for z in designs])
    return np.array(df, dtype=np.int64), np.array(ss), np.array(squares)


def _beyond(design: FloatArray, basis: FloatArray) -> FloatArray:
    """Orthonormal basis of what `design` adds to the space of `basis`."""
    left = design - basis @ (basis.T @ design)
    left = left - basis @ (basis.T @ left)
    u, size, _ = np.linalg.svd(left, full_matrices=False)
    found: FloatArray = u[:, size > _RANK * max(float(np.linalg.norm(design)), 1e-300)]
    return found


def _table(n: int, mean: float, names: tuple[str, ...], split: _Split) -> Anova:
    df, ss, squares = split
    told = df > 0
    k = df.size
    ms = np.where(told, ss / np.maximum(df, 1), 0.0)
    expected = np.zeros((k, k))
    expected[:, :-1] = squares / np.maximum(df, 1)[:, None]
    expected[told, -1] = 1.0
    place = np.flatnonzero(told)
    inner = expected[np.ix_(place, place)]
    inverse: FloatArray = np.linalg.pinv(inner).astype(np.float64)
    solvable = np.linalg.matrix_rank(inner) == place.size
    moments = inverse @ ms[place]
    sources: list[Source] = []
    for i, name in enumerate(names):
        moment = float(moments[place.tolist().index(i)]) if told[i] and solvable else None
        ratio: _Ratio = (None, None, None)
        if moment is not None and i < k - 1:
            at = place.tolist().index(i)
            ratio = _ratio(at, inner, inverse, (ms[place], df[place]))
        sources.append(Source(name, int(df[i]), float(ss[i]), float(ms[i]), *ratio, moment))
    return Anova(n, mean, float(ss.sum()), tuple(sources), expected)


def _ratio(
    i: int, expected: FloatArray, inverse: FloatArray, squares: tuple[FloatArray, IntArray]
) -> _Ratio:
    """F, degrees of freedom of its denominator, and its p-value."""
    ms, df = squares
    row = expected[i].copy()
    row[i] = 0.0
    weight = row @ inverse
    weight[np.abs(weight) < 1e-9] = 0.0
    denominator = float(weight @ ms)
    if not denominator > 0:
        return None, None, None
    own = denominator**2 / float(np.sum((weight * ms) ** 2 / df))
    f = float(ms[i]) / denominator
    return f, own, float(fdtrc(float(df[i]), own, f))
