"""Partial dependence: the mean prediction as one column moves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class Dependence:
    """Mean prediction over rows at each point of the grid, and its spread over rows.

    Parameters
    ----------
    grid : shape (g,)
        Values of the feature, ascending, or numbers of the levels.
    mean, low, high : shape (g,)
        Mean of the curves of single rows (ICE), and their 10 % and 90 % quantiles.
    """

    grid: FloatArray
    mean: FloatArray
    low: FloatArray
    high: FloatArray


def partial_dependence(
    score: Callable[[FloatArray], FloatArray],
    x: FloatArray,
    feature: int,
    *,
    points: int = 20,
    rows: int = 500,
    seed: int = 0,
) -> Dependence:
    """Partial dependence on one feature at quantiles of its values, 2 % to 98 %.

    Rows are set to values that may never occur with their other columns: where columns move
    together, the curve tells what the model says there, not what would happen.

    Parameters
    ----------
    score
        From (n, features) to (n,): probability of the event, or a number.
    x : shape (n, features)
        At most `rows` of them, drawn at random, are used.

    References
    ----------
    Friedman (2001), Annals of Statistics 29, 1189-1232; Goldstein, Kapelner, Bleich and Pitkin
    (2015), JCGS 24, 44-65 (ICE).
    """
    grid = np.unique(np.quantile(x[:, feature], np.linspace(0.02, 0.98, points)))
    chosen = x
    if x.shape[0] > rows:
        rng = np.random.default_rng(seed)
        chosen = x[np.sort(rng.choice(x.shape[0], rows, replace=False))]
    variants: list[FloatArray] = []
    for value in grid:
        moved = chosen.copy()
        moved[:, feature] = value
        variants.append(moved)
    return dependence_on(score, variants, grid)


def dependence_on(
    score: Callable[[FloatArray], FloatArray], variants: Sequence[FloatArray], grid: FloatArray
) -> Dependence:
    """Partial dependence on a column whose matrices at each point of the grid are given.

    Parameters
    ----------
    variants : shape (n, features) each
        The same rows with the column set to each value: all features of a one-hot column at once.
    """
    curves = np.stack([score(v) for v in variants])
    low, high = np.quantile(curves, [0.1, 0.9], axis=1)
    return Dependence(grid, curves.mean(axis=1), low, high)
