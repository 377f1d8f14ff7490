"""What each column adds to the score of one row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import gammaln

from ops.classify.model import Contribution
from ops.values import FloatArray, IntArray

ContributionMethod = Literal["linear", "exact", "sampled"]


@dataclass(frozen=True, slots=True)
class ColumnAmounts:
    """Contributions by column.

    Parameters
    ----------
    columns
        Names, largest amount (in size) first.
    amounts, errors : shape (len(columns),)
        Contribution of each; standard error of the sampling, 0 where exact.
    base, output
        Score of the reference and of the row: the amounts add up to their difference.
    method
        linear: exact for a linear score, reference: the training mean. exact: Shapley values
        against one reference row, all sets of columns. sampled: the same by permutations.
    """

    columns: tuple[str, ...]
    amounts: FloatArray
    errors: FloatArray
    base: float
    output: float
    method: ContributionMethod


def linear_contributions(coefficients: FloatArray, x: FloatArray, mean: FloatArray) -> FloatArray:
    """Exact contributions in log-odds: coefficient times (feature - training mean).

    Parameters
    ----------
    coefficients, mean : shape (features,)
        Of the event; mean over the training rows.
    x : shape (n, features)

    Returns
    -------
    shape (n, features); with the score of the mean row they add up to the score of each row.
    """
    return (x - mean) * coefficients


def by_column(amounts: FloatArray, columns: tuple[str, ...]) -> tuple[tuple[str, ...], FloatArray]:
    """Sum the contributions of the features of each column: names, and shape (n, columns).

    Parameters
    ----------
    amounts : shape (n, features)
    columns
        Source column of each feature.
    """
    names = tuple(dict.fromkeys(columns))
    member = np.array([[name == column for column in names] for name in columns], dtype=float)
    return names, amounts @ member.reshape(len(columns), len(names))


def linear_amounts(
    coefficients: FloatArray,
    row: FloatArray,
    mean: FloatArray,
    columns: tuple[str, ...],
    *,
    intercept: float = 0.0,
) -> ColumnAmounts:
    """Exact contributions of the columns of one row, largest first.

    Parameters
    ----------
    coefficients, row, mean : shape (features,)
    columns
        Source column of each feature.
    """
    names, summed = by_column(linear_contributions(coefficients, row[None, :], mean), columns)
    base = float(mean @ coefficients) + intercept
    output = float(row @ coefficients) + intercept
    return _ranked(names, summed[0], np.zeros(len(names)), (base, output), "linear")


def shapley(
    score: Callable[[FloatArray], FloatArray],
    row: FloatArray,
    reference: FloatArray,
    columns: tuple[str, ...],
    *,
    permutations: int = 64,
    seed: int = 0,
    exact_up_to: int = 10,
) -> ColumnAmounts:
    """Shapley values of the columns of one row against one reference row.

    A set of columns is worth the score of the row with the other columns as in the reference
    (interventional, one reference). Columns equal to the reference add nothing and take no part.
    Up to `exact_up_to` others all 2^m sets are scored, above it permutations and their reverses:
    the amounts still add up exactly, each is known to its standard error.

    Parameters
    ----------
    score
        From (n, features) to (n,): log-odds of the event, or a number.
    row, reference : shape (features,)
        Reference: medians of the training rows.
    columns
        Source column of each feature.
    permutations
        Sampled orders, reverses included; at least 4.

    References
    ----------
    Shapley (1953); Strumbelj and Kononenko (2014), KAIS 41, 647-665; Lundberg and Lee (2017),
    NeurIPS 30; baseline Shapley: Sundararajan and Najmi (2020), ICML, 9269-9278; reversed orders:
    Mitchell, Cooper, Frank and Holmes (2022), JMLR 23(43).
    """
    names = tuple(dict.fromkeys(columns))
    member = np.array([[name == column for column in columns] for name in names])
    plays = [k for k in range(len(names)) if (row != reference)[member[k]].any()]
    amounts, errors = np.zeros(len(names)), np.zeros(len(names))

    def worth(present: FloatArray) -> FloatArray:
        taken = present @ member[plays] > 0
        return score(np.where(taken, row, reference))

    ends = worth(np.vstack([np.zeros(len(plays)), np.ones(len(plays))]))
    exact = len(plays) <= exact_up_to
    if exact and plays:
        amounts[plays] = _exact(worth, len(plays))
    elif plays:
        rng = np.random.default_rng(seed)
        amounts[plays], errors[plays] = _sampled(worth, len(plays), permutations, rng)
    method: ContributionMethod = "exact" if exact else "sampled"
    return _ranked(names, amounts, errors, (float(ends[0]), float(ends[1])), method)


def contributions_of(
    amounts: FloatArray,
    names: tuple[str, ...],
    columns: tuple[str, ...],
    values: Mapping[str, float | str | None],
    *,
    limit: int = 10,
) -> tuple[Contribution, ...]:
    """Contributions of the features of one row, largest (in size) first.

    Parameters
    ----------
    amounts : shape (features,)
    names, columns
        Name and source column of each feature.
    values
        Values of the columns as given.
    """
    order = np.argsort(-np.abs(amounts), kind="stable")[:limit]
    return tuple(
        Contribution(names[k], columns[k], values.get(columns[k]), float(amounts[k])) for k in order
    )


def _exact(worth: Callable[[FloatArray], FloatArray], players: int) -> FloatArray:
    """Shapley values by all sets: weight |S|! (m - |S| - 1)! / m! of each step."""
    code = np.arange(2**players)
    present = (code[:, None] >> np.arange(players)) & 1
    value = worth(present.astype(np.float64))
    size: IntArray = present.sum(axis=1)
    found = np.empty(players)
    for k in range(players):
        without = code[present[:, k] == 0]
        held = size[without]
        weight = np.exp(gammaln(held + 1) + gammaln(players - held) - gammaln(players + 1))
        found[k] = weight @ (value[without | (1 << k)] - value[without])
    return found


def _sampled(
    worth: Callable[[FloatArray], FloatArray],
    players: int,
    permutations: int,
    rng: np.random.Generator,
) -> tuple[FloatArray, FloatArray]:
    """Mean step of each player over orders and their reverses, with its standard error."""
    pairs = max(2, permutations // 2)
    found = np.empty((pairs, players))
    for pair in range(pairs):
        order = rng.permutation(players)
        steps = np.zeros(players)
        for one in (order, order[::-1]):
            rank = np.empty(players, dtype=np.int64)
            rank[one] = np.arange(players)
            present = rank[None, :] < np.arange(players + 1)[:, None]
            steps[one] += np.diff(worth(present.astype(np.float64)))
        found[pair] = steps / 2.0
    return found.mean(axis=0), found.std(axis=0, ddof=1) / np.sqrt(pairs)


def _ranked(
    names: tuple[str, ...],
    amounts: FloatArray,
    errors: FloatArray,
    ends: tuple[float, float],
    method: ContributionMethod,
) -> ColumnAmounts:
    order = np.argsort(-np.abs(amounts), kind="stable")
    ranked = tuple(names[k] for k in order)
    return ColumnAmounts(ranked, amounts[order], errors[order], *ends, method)
