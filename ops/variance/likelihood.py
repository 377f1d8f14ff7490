"""The restricted likelihood of variance components, with score and average information.

A structure of random effects (nested or crossed) answers what the likelihood asks of the covariance
matrix ``V = sum(theta_k Z_k Z_k') + sigma2 I``; everything else is the same for all of them. The
matrix itself is never formed. What concerns the residual follows from ``P V P = P``.

References
----------
Patterson and Thompson (1971), Biometrika 58(3), 545-554 (restricted likelihood);
Gilmour, Thompson and Cullis (1995), Biometrics 51(4), 1440-1450 (average information).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log, pi
from typing import Literal, Protocol

import numpy as np

from ops.values import FloatArray

Method = Literal["reml", "ml"]


@dataclass(frozen=True, slots=True)
class Solved:
    """What a structure knows of V at some variances; m columns of data: fixed effects, then y.

    Parameters
    ----------
    log_det
        ``log |V|``.
    cross : shape (m, m)
        ``[X y]' V^-1 [X y]``.
    traces : shape (k,)
        ``tr(V^-1 Z_k Z_k')``.
    sums
        ``Z_k' V^-1 [X y]`` of each random factor, shape (m, levels of k).
    between
        Answers ``g_k' Z_k' V^-1 Z_l g_l`` for a vector g of each factor, shape (k, k).
    """

    log_det: float
    cross: FloatArray
    traces: FloatArray
    sums: tuple[FloatArray, ...]
    between: Callable[[Sequence[FloatArray]], FloatArray]


class Structure(Protocol):
    """Random factors over n values."""

    @property
    def n(self) -> int:
        """Values."""
        ...

    @property
    def levels(self) -> tuple[int, ...]:
        """Levels of each factor."""
        ...

    def solve(self, theta: FloatArray) -> Solved:
        """Solve at the variances of the random factors and, last, of the residual."""
        ...


@dataclass(frozen=True, slots=True)
class Likelihood:
    """The log likelihood at some variances, and what follows there.

    Parameters
    ----------
    theta, score : shape (k + 1,)
        Variances of the random factors and, last, of the residual; derivatives of `value`.
    information : shape (k + 1, k + 1)
        Average information of `theta`.
    beta, beta_covariance : shape (p,), (p, p)
        Fixed effects.
    effects
        Predicted level effects (BLUP) of each random factor.
    """

    value: float
    theta: FloatArray
    score: FloatArray
    information: FloatArray
    beta: FloatArray
    beta_covariance: FloatArray
    effects: tuple[FloatArray, ...]


def likelihood(structure: Structure, theta: FloatArray, method: Method = "reml") -> Likelihood:
    """Evaluate the (restricted) likelihood.

    Parameters
    ----------
    theta : shape (k + 1,)
        Variances, 0 or more; the residual, last, above 0.
    """
    solved = structure.solve(theta)
    p = solved.cross.shape[0] - 1
    inverse: FloatArray = np.linalg.inv(solved.cross[:p, :p]).astype(np.float64)
    beta: FloatArray = inverse @ solved.cross[:p, p]
    square = float(solved.cross[p, p] - solved.cross[p, :p] @ beta)
    g = [s[p] - beta @ s[:p] for s in solved.sums]
    traces = solved.traces.copy()
    df = float(structure.n)
    value = solved.log_det + square
    if method == "reml":
        traces -= [float(np.sum(inverse * (s[:p] @ s[:p].T))) for s in solved.sums]
        df -= p
        value += float(np.linalg.slogdet(solved.cross[:p, :p])[1])
    squares = np.array([float(v @ v) for v in g])
    toward = np.array([s[:p] @ v for s, v in zip(solved.sums, g, strict=True)]).reshape(-1, p)
    inner = solved.between(g) - toward @ inverse @ toward.T
    score, information = _with_residual(theta, df, square, traces, squares, inner)
    place = np.diag_indices_from(information)
    information[place] = np.maximum(information[place], _least(structure, theta, df, traces))
    effects = tuple(t * v for t, v in zip(theta[:-1], g, strict=True))
    return Likelihood(
        -0.5 * (value + df * log(2 * pi)), theta, score, information, beta, inverse, effects
    )


def _least(structure: Structure, theta: FloatArray, df: float, traces: FloatArray) -> FloatArray:
    """Least expected information of each variance: ``tr(PH)^2 / (2 rank H)``, by Cauchy-Schwarz.

    The average information is far below it where the data happen to show no effect at all.
    """
    trace = np.append(traces, (df - theta[:-1] @ traces) / theta[-1])
    rank = np.append(np.array(structure.levels, dtype=np.float64), df)
    least: FloatArray = 0.5 * trace * trace / rank
    return least


def _with_residual(
    theta: FloatArray,
    df: float,
    square: float,
    traces: FloatArray,
    squares: FloatArray,
    inner: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    """Score and average information, those of the residual from those of the factors."""
    factors, residual = theta[:-1], theta[-1]
    trace = (df - factors @ traces) / residual
    own = (square - factors @ squares) / residual
    mixed = (squares - inner @ factors) / residual
    k = factors.size
    information = np.empty((k + 1, k + 1))
    information[:k, :k] = inner
    information[:k, k] = information[k, :k] = mixed
    information[k, k] = (own - factors @ mixed) / residual
    score = 0.5 * (np.append(squares, own) - np.append(traces, trace))
    return score, 0.5 * information
