"""Likelihood of units of several classes when nobody sees which class a unit belongs to.

A class is a location-scale component of log T, or one of two without parameters: dead before the
test began, or never to fail. Exact, right-, left-, interval-censored and truncated rows, weighted.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.special import log_softmax

from ops.lifetime.data import LifeData
from ops.lifetime.families.ascent import Landscape
from ops.lifetime.families.row_term import LogFamily, standard_of
from ops.values import BoolArray, FloatArray


@dataclass(frozen=True, slots=True)
class Classes:
    """Which classes there are.

    Their parameters stand in one vector: mu of each component, log sigma of each, then for each
    class but the first component the log of its share over the first's; the order of classes is
    components, dead, immortal.
    """

    family: LogFamily
    components: int = 1
    dead: bool = False
    immortal: bool = False

    @property
    def size(self) -> int:
        """How many parameters there are."""
        return 3 * self.components - 1 + self.dead + self.immortal

    def split(self, at: FloatArray) -> "Parts":
        """Take a vector of parameters apart."""
        m = self.components
        odds = np.concatenate([[0.0], at[2 * m :]])
        return Parts(at[:m].copy(), at[m : 2 * m].copy(), odds)

    def names(self) -> tuple[str, ...]:
        """Names of the parameters, in the order of the vector."""
        m = self.components
        of = [""] if m == 1 else [f"_{j + 1}" for j in range(m)]
        odds = [f"log_odds_{j + 1}" for j in range(1, m)]
        odds += ["log_odds_dead"] * self.dead + ["log_odds_immortal"] * self.immortal
        return (*(f"mu{j}" for j in of), *(f"log_sigma{j}" for j in of), *odds)


class Parts(NamedTuple):
    """Parameters by what they are: mu (m,), log sigma (m,), log odds of each class (c,)."""

    mu: FloatArray
    log_sigma: FloatArray
    odds: FloatArray

    @property
    def shares(self) -> FloatArray:
        """Share of each class, shape (c,)."""
        return np.exp(log_softmax(self.odds))

    def joined(self) -> FloatArray:
        """One vector again, the first component's odds being 0."""
        return np.concatenate([self.mu, self.log_sigma, self.odds[1:] - self.odds[0]])


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows as logarithms, and the limits of their truncation.

    Parameters
    ----------
    lower, upper, weight : shape (n,)
        Logs of the limits, equal for an exact time; units of each row.
    entry, exit, truncated : shape (t,)
        Logs of the limits of truncation, and units of each; one row of no limits where nothing is
        truncated.
    """

    lower: FloatArray
    upper: FloatArray
    weight: FloatArray
    entry: FloatArray
    exit: FloatArray
    truncated: FloatArray

    @property
    def failed(self) -> BoolArray:
        """Rows that have failed, shape (n,)."""
        return np.isfinite(self.upper)


def rows_of(data: LifeData, *, dead: float = 0.0) -> Rows:
    """Prepare rows; `dead` units were found failed at time 0 and come last."""
    with np.errstate(divide="ignore"):
        lower, upper = np.log(data.lower), np.log(data.upper)
        entry, end = np.log(data.entry), np.log(data.exit)
    upper = np.where(data.right, np.where(np.isfinite(end), end, np.inf), upper)
    weight = truncated = np.asarray(data.weight, dtype=np.float64)
    if dead > 0:  # by the time 0 it has failed: no component has, only the class of the dead
        lower, upper = np.append(lower, -np.inf), np.append(upper, -np.inf)
        weight = truncated = np.append(weight, dead)
        entry, end = np.append(entry, -np.inf), np.append(end, np.inf)
    if not data.truncated:
        entry, end = np.array([-np.inf]), np.array([np.inf])
        truncated = np.array([truncated.sum()])
    return Rows(lower, upper, weight, entry, end, truncated)


def class_landscape(rows: Rows, classes: Classes) -> Landscape:
    """Log-likelihood of the parameters of `Classes` with first and second derivatives.

    Each row is log of a sum over classes of share times likelihood, less the same of its limits of
    truncation; derivatives of a log of a sum are means and covariances over the classes given the
    row (Louis 1982, J. R. Stat. Soc. B 44, 226-233).
    """
    from ops.lifetime.families.class_kernel import (  # noqa: PLC0415  (numba loads half a second)
        sum_rows,
    )

    standard, extra = standard_of(classes.family), (classes.dead, classes.immortal)
    seen = (rows.lower, rows.upper, rows.weight)
    limits = (rows.entry, rows.exit, -rows.truncated)

    def landscape(at: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        parts = classes.split(at)
        out = np.zeros(classes.size), np.zeros((classes.size, classes.size))
        height = sum_rows(standard, seen, parts, extra, out)
        if np.isfinite(height):
            height += sum_rows(standard, limits, parts, extra, out)
        return height, out[0], out[1] + np.triu(out[1], 1).T

    return landscape


def responsibilities(rows: Rows, classes: Classes, at: FloatArray) -> FloatArray:
    """Probability that a row belongs to each component, shape (m, n)."""
    from ops.lifetime.families.class_kernel import (  # noqa: PLC0415  (numba loads half a second)
        fill_shares,
    )

    out = np.empty((classes.components, rows.lower.size))
    fill_shares(
        standard_of(classes.family),
        (rows.lower, rows.upper),
        classes.split(at),
        (classes.dead, classes.immortal),
        out,
    )
    return out
