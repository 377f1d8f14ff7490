"""What a T-squared signal is made of: the decomposition of Mason, Young and Tracy.

T-squared is the sum of p terms: one characteristic by itself, a second one given the first, and so
on. A large *unconditional* term says that a characteristic is off by itself, a large *conditional*
one that it does not go with others as it used to: the relation is broken. The search looks at
single characteristics first, leaves out those that signal, then at pairs, triples ... of what is
left, until the rest no longer signals.

References
----------
Mason, Young and Tracy (1995), J. Quality Technology 27(2), 99-108; (1997) 29(4), 396-406 (search).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from scipy.special import fdtri

from ops.spc.hotelling import Reference, limit, t_squared
from ops.values import FloatArray

MOST_TERMS = 20_000  # terms looked at; beyond it the search of larger sets ends


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the decomposition.

    Parameters
    ----------
    variable
        Index of the characteristic.
    given
        Indices that it is conditioned on; empty for an unconditional term.
    value, limit
        Of the term; `limit` at the rate of false alarms that was asked for.
    residual
        How far the characteristic is from what the others predict, in its unit.
    sigma
        Standard deviation of that residual in phase I.
    """

    variable: int
    given: tuple[int, ...]
    value: float
    limit: float
    residual: float
    sigma: float


@dataclass(frozen=True, slots=True)
class Decomposition:
    """Terms that signal, the largest of each size first; `rest` is what none of them explains."""

    total: float
    limit: float
    terms: tuple[Term, ...]
    rest: float
    is_complete: bool


def decompose(x: FloatArray, known: Reference, *, alpha: float) -> Decomposition:
    """Explain one new vector.

    Parameters
    ----------
    x : shape (p,)
        A vector of phase II.
    alpha
        Rate of false alarms of each term.
    """
    total = float(t_squared(x[None, :], known)[0])
    left, found, looked = list(range(known.p)), list[Term](), 0
    for size in range(known.p):
        if len(left) <= size or _inside(x, known, left, alpha):
            break
        looked += len(left) * comb(len(left) - 1, size)
        if looked > MOST_TERMS:
            return Decomposition(total, limit(known, alpha=alpha, phase=2), tuple(found),
                                 _of(x, known, left), is_complete=False)  # fmt: skip
        signals = [t for t in _terms(x, known, left, size, alpha) if t.value > t.limit]
        signals.sort(key=lambda term: -term.value)
        found += signals
        guilty = {i for term in signals for i in (term.variable, *term.given)}
        left = [i for i in left if i not in guilty]
    at = limit(known, alpha=alpha, phase=2)
    return Decomposition(total, at, tuple(found), _of(x, known, left), is_complete=True)


def suspect(x: FloatArray, known: Reference) -> int:
    """Find the characteristic without which T-squared falls most: its term given all others.

    References
    ----------
    Murphy (1987), The Statistician 36(5), 571-583.
    """
    every = range(known.p)
    fall = [conditional(x, known, j, tuple(i for i in every if i != j)).value for j in every]
    return int(np.argmax(fall))


def conditional(x: FloatArray, known: Reference, variable: int, given: tuple[int, ...]) -> Term:
    """Squared distance of one characteristic from its regression on others; limit left at 0."""
    deviation, s = x - known.mean, known.covariance
    residual, variance = float(deviation[variable]), float(s[variable, variable])
    if given:
        on = np.array(given)
        slope = np.linalg.solve(s[np.ix_(on, on)], s[on, variable])
        residual -= float(slope @ deviation[on])
        variance -= float(slope @ s[on, variable])
    return Term(variable, given, residual**2 / variance, 0.0, residual, variance**0.5)


def _terms(
    x: FloatArray, known: Reference, left: list[int], size: int, alpha: float
) -> Iterator[Term]:
    at = _limit(known, size, alpha)
    for variable in left:
        for given in combinations([i for i in left if i != variable], size):
            term = conditional(x, known, variable, given)
            yield Term(term.variable, given, term.value, at, term.residual, term.sigma)


def _limit(known: Reference, size: int, alpha: float) -> float:
    """Limit of a term conditioned on `size` others (Mason, Young and Tracy 1997, (7))."""
    m = known.m
    if known.method == "within-subgroup":
        df = m * (known.size - 1) - size
        return (m + 1) / m * m * (known.size - 1) / df * float(fdtri(1, df, 1.0 - alpha))
    df = m - size - 1
    return (m + 1) * (m - 1) / (m * df) * float(fdtri(1, df, 1.0 - alpha))


def _inside(x: FloatArray, known: Reference, left: list[int], alpha: float) -> bool:
    return _of(x, known, left) <= limit(_part(known, left), alpha=alpha, phase=2)


def _of(x: FloatArray, known: Reference, left: list[int]) -> float:
    return float(t_squared(x[left][None, :], _part(known, left))[0]) if left else 0.0


def _part(known: Reference, left: list[int]) -> Reference:
    on = np.array(left)
    return Reference(
        known.mean[on], known.covariance[np.ix_(on, on)], known.m, known.size, known.method
    )
