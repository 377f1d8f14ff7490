"""Variance components of nested or crossed random factors by restricted maximum likelihood.

    y = mean + fixed effects + one random effect for each factor + residual

all effects normal and independent. Nested factors are solved exactly in O(n) at any depth and
balance; crossed ones by a dense factor as large as their levels together.

References
----------
Patterson and Thompson (1971), Biometrika 58(3), 545-554;
Searle, Casella and McCulloch (1992), Variance Components, Wiley, ch. 6 and 7 (prediction);
Satterthwaite (1946), Biometrics Bulletin 2(6), 110-114 (degrees of freedom).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ops.errors import BadData
from ops.values import FloatArray, IntArray
from ops.variance.ascent import climb
from ops.variance.bounds import Bounded, Bounds, bounded
from ops.variance.crossed import cross
from ops.variance.frame import RESIDUAL, Frame, frame
from ops.variance.likelihood import Likelihood, Method
from ops.variance.tree import grow, nested_nodes


@dataclass(frozen=True, slots=True)
class Component:
    """One source of variation.

    Parameters
    ----------
    name
        Factor, or ``residual``.
    levels
        Distinct levels (nodes, if nested); values for the residual.
    variance
        Estimate with its bounds, squared unit of the data; None where it cannot be told.
    share
        Its part of the total variance, 0 to 1, with bounds; the intraclass correlation of two
        values that share this factor only.
    df
        Satterthwaite's degrees of freedom; 0 where the estimate is 0.
    interval
        ``profile`` likelihood, or ``wald`` on the logarithm where `df` is large enough for both to
        agree; ``none`` where there is no estimate.
    note
        Why there is no estimate, or what it stands for; "" if there is nothing to say.
    """

    name: str
    levels: int
    variance: Bounded | None
    share: Bounded | None
    df: float
    interval: Literal["profile", "wald", "none"]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Components:
    """Fitted variance components.

    Parameters
    ----------
    components
        In the order of the factors, the residual last.
    total
        Sum of the variances; Satterthwaite bounds.
    total_df
        Degrees of freedom of the total.
    mean, mean_se
        Fitted mean at the averages of the fixed columns.
    slopes, slopes_se : shape (p,)
        Effects of the fixed columns.
    slopes_covariance : shape (p, p)
        Their covariance.
    log_likelihood
        Of the data in their unit; restricted if `method` is ``reml``.
    covariance : shape (k, k)
        Of the variances that were estimated, in order, by average information; 0 where a variance
        is 0.
    effects
        Factor to its predicted level effects (BLUP), by node.
    nodes
        Factor to the node of each value, shape (n,).
    """

    method: Method
    n: int
    components: tuple[Component, ...]
    total: Bounded
    total_df: float
    mean: float
    mean_se: float
    slopes: FloatArray
    slopes_se: FloatArray
    slopes_covariance: FloatArray
    log_likelihood: float
    covariance: FloatArray
    effects: Mapping[str, FloatArray]
    nodes: Mapping[str, IntArray]

    def variance(self, name: str) -> float:
        """Estimated variance of a source; 0 where it cannot be told."""
        found = next(c for c in self.components if c.name == name)
        return 0.0 if found.variance is None else found.variance.value


def variance_components(
    y: FloatArray,
    levels: Sequence[IntArray],
    *,
    names: Sequence[str],
    fixed: FloatArray | None = None,
    method: Method = "reml",
    structure: Literal["nested", "crossed"] = "nested",
    confidence: float = 0.95,
) -> Components:
    """Fit variance components.

    Parameters
    ----------
    y : shape (n,)
        Finite values.
    levels
        Codes of each factor, shape (n,), 0 or more; outermost first if nested, and then a code
        counts within its parent only.
    names
        Name of each factor.
    fixed : shape (n, p)
        Columns of fixed effects beside the mean, linearly independent.
    method
        ``reml``, or ``ml`` (biased low, but comparable between different fixed effects).
    structure
        ``nested``, or ``crossed``: each code stands for itself; an interaction is one more factor.
    confidence
        Two-sided level of the bounds.

    Raises
    ------
    NotEnoughData
        If there are not more values than fixed effects, or all values are equal.
    BadData
        If lengths differ, a code is below 0, or fixed effects depend on one another.

    Examples
    --------
    >>> lot = np.repeat([0, 1, 2], 4)
    >>> y = np.array([1.0, 2, 1, 2, 5, 6, 5, 6, 3, 4, 3, 4])
    >>> found = variance_components(y, [lot], names=["lot"])
    >>> [round(found.variance(name), 4) for name in ("lot", "residual")]
    [3.9167, 0.3333]
    """
    _check(y, levels, names)
    nodes = nested_nodes(levels) if structure == "nested" else _numbered(levels)
    framed = frame(y, nodes, tuple(names), fixed=fixed, nested=structure == "nested")
    kept = [framed.nodes[name] for name in framed.names]
    shape = grow(kept, framed.columns) if structure == "nested" else cross(kept, framed.columns)
    start = np.full(len(kept) + 1, 1.0 / (len(kept) + 1))
    free = np.ones(start.size, dtype=np.bool_)
    top = climb(shape, start, free=free, method=method)
    bounds = bounded(shape, top, method=method, confidence=confidence)
    components = _components(framed, bounds, dict(zip(names, nodes, strict=True)), y.size)
    square = framed.scale**2
    p = framed.columns.shape[0] - 1
    to_unit, spread = framed.scale / framed.column_scale, top.beta_covariance
    se, beta = np.sqrt(np.diag(spread)) * to_unit, top.beta * to_unit
    return Components(
        method=method,
        n=y.size,
        components=components,
        total=bounds.total.times(square),
        total_df=bounds.total_df,
        mean=float(beta[0]) + framed.shift,
        mean_se=float(se[0]),
        slopes=beta[1:],
        slopes_se=se[1:],
        slopes_covariance=(spread * to_unit * to_unit[:, None])[1:, 1:],
        log_likelihood=_log_likelihood(framed, top, p, method),
        covariance=bounds.covariance * square**2,
        effects={n: e * framed.scale for n, e in zip(framed.names, top.effects, strict=True)},
        nodes={name: node for name, node in zip(names, nodes, strict=True) if name in framed.nodes},
    )


def _check(y: FloatArray, levels: Sequence[IntArray], names: Sequence[str]) -> None:
    if len(levels) != len(names):
        raise BadData(f"{len(levels)} factors have {len(names)} names; give one name for each")
    if RESIDUAL in names or len(set(names)) != len(names):
        raise BadData(f"names of factors must differ, and none may be {RESIDUAL!r}: {list(names)}")
    for codes, name in zip(levels, names, strict=True):
        if codes.size != y.size:
            raise BadData(f"factor {name!r} has {codes.size} codes for {y.size} values")
        if codes.size and codes.min() < 0:
            raise BadData(f"factor {name!r} has a value without a level; leave such values out")
    if not np.all(np.isfinite(y)):
        raise BadData("variance components need finite values")


def _numbered(levels: Sequence[IntArray]) -> tuple[IntArray, ...]:
    return tuple(np.unique(f, return_inverse=True)[1].astype(np.int64) for f in levels)


def _log_likelihood(framed: Frame, top: Likelihood, p: int, method: Method) -> float:
    """Take the likelihood of the scaled data back to that of the data."""
    restricted = method == "reml"
    df = framed.columns.shape[1] - (p if restricted else 0)
    of_columns = float(np.log(framed.column_scale).sum()) if restricted else 0.0
    return float(top.value - df * np.log(framed.scale) - of_columns)


def _components(
    framed: Frame, bounds: Bounds, nodes: Mapping[str, IntArray], n: int
) -> tuple[Component, ...]:
    square = framed.scale**2
    at = {name: i for i, name in enumerate((*framed.names, framed.residual))}
    found: list[Component] = []
    for name in (*nodes, RESIDUAL):
        size = n if name == RESIDUAL else int(nodes[name].max()) + 1
        note = framed.notes.get(name, "")
        if name not in at:
            found.append(
                Component(
                    name, size, framed.known.get(name), framed.known.get(name), 0.0, "none", note
                )
            )
            continue
        i = at[name]
        found.append(
            Component(
                name,
                size,
                bounds.variances[i].times(square),
                bounds.shares[i],
                float(bounds.df[i]),
                bounds.intervals[i],
                note,
            )
        )
    return tuple(found)
