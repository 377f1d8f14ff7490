"""Why a row was answered as it was: the columns that moved its score, in the row's own values."""

from collections.abc import Callable
from typing import Protocol

import numpy as np

from ops.classify.evaluation.contributions import by_column, linear_contributions, shapley
from ops.classify.model import Contribution
from ops.classify.profile import Profile
from ops.classify.seen import Seen
from ops.classify.table import DataTable
from ops.values import FloatArray, IntArray

_LEAST = 1e-12  # probability taken for 0, of which there are no log-odds


class Explainable(Protocol):
    """What is asked of a classifier to explain its answers."""

    @property
    def features(self) -> Seen:
        """Its features."""
        ...

    @property
    def profile(self) -> Profile:
        """What training has seen of them."""
        ...

    def raw_probability(self, x: FloatArray) -> FloatArray:
        """Probabilities before calibration, shape (n, classes)."""
        ...

    def explained_weights(self) -> FloatArray | None:
        """Linear weights, if it is linear."""
        ...


def explained(
    model: Explainable, table: DataTable, x: FloatArray, wanted: IntArray, top: int
) -> tuple[tuple[Contribution, ...], ...]:
    """Contributions of the columns to the log-odds of a class, for each row.

    Parameters
    ----------
    x : shape (n, k)
        Standardised features of the rows of `table`.
    wanted : shape (n,)
        Which class's log-odds are explained.
    """
    weights = model.explained_weights()
    if weights is None:
        told = [_by_shapley(model, row, int(at)) for row, at in zip(x, wanted, strict=True)]
    else:
        told = _by_weights(model, weights, x, wanted)
    return tuple(
        _told(model.features, table, x[i], i, columns, amounts, top)
        for i, (columns, amounts) in enumerate(told)
    )


def _by_weights(
    model: Explainable, weights: FloatArray, x: FloatArray, wanted: IntArray
) -> list[tuple[tuple[str, ...], FloatArray]]:
    """Exact: of several classes, the score of the class above the mean of all scores."""
    both = np.vstack([-weights, weights]) if len(weights) == 1 else weights - weights.mean(axis=0)
    found: list[tuple[tuple[str, ...], FloatArray]] = []
    for row, at in zip(x, wanted, strict=True):
        amounts = linear_contributions(both[at], row[None, :], model.profile.mean)
        columns, summed = by_column(amounts, model.features.columns)
        found.append((columns, summed[0]))
    return found


def _by_shapley(model: Explainable, row: FloatArray, at: int) -> tuple[tuple[str, ...], FloatArray]:
    found = shapley(_log_odds(model, at), row, model.profile.mean, model.features.columns)
    return found.columns, found.amounts


def _log_odds(model: Explainable, at: int) -> Callable[[FloatArray], FloatArray]:
    def score(rows: FloatArray) -> FloatArray:
        p = np.clip(model.raw_probability(rows)[:, at], _LEAST, 1 - _LEAST)
        return np.asarray(np.log(p / (1 - p)))

    return score


def _told(
    features: Seen,
    table: DataTable,
    x: FloatArray,
    row: int,
    columns: tuple[str, ...],
    amounts: FloatArray,
    top: int,
) -> tuple[Contribution, ...]:
    order = np.argsort(-np.abs(amounts), kind="stable")[:top]
    return tuple(
        Contribution(columns[j], columns[j], _value(features, table, x, row, columns[j]),
                     float(amounts[j]))
        for j in order
    )  # fmt: skip


def _value(
    features: Seen, table: DataTable, x: FloatArray, row: int, column: str
) -> float | str | None:
    """Value as it was given; that of a derived feature as it was made."""
    if column in table.categories:
        factor = table.categories[column]
        code = int(factor.codes[row])
        return None if code < 0 else factor.levels[code]
    if column in table.numbers:
        given = float(table.numbers[column][row])
        return given if np.isfinite(given) else None
    if column not in features.names:
        return None  # a stretch of a trace has no value of its own
    at = features.names.index(column)
    return float(x[at] * features.scale[at] + features.center[at])
