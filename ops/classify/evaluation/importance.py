"""Permutation importance on held-out rows, columns moved as a whole."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ops.classify.evaluation.estimate import Estimate, over_folds
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class Importance:
    """How much worse the loss gets when a column says nothing any more.

    Parameters
    ----------
    column
        Column of the dataset; its features (one-hot, flags) move together.
    loss
        Increase of the loss, with its t interval over repeats: the chance of the shuffles, not
        that of the rows.
    share
        Share of repeats in which the loss did increase.
    """

    column: str
    loss: Estimate
    share: float


def permutation_importance(
    loss: Callable[[FloatArray], float],
    x: FloatArray,
    columns: tuple[str, ...],
    *,
    repeats: int = 10,
    seed: int = 0,
    confidence: float = 0.95,
) -> tuple[Importance, ...]:
    """Increase of the loss by shuffling each column, largest first.

    A column that another one stands in for shows little, though the model leans on the two: read
    columns that belong together as one.

    Parameters
    ----------
    loss
        From a matrix (n, features) of held-out rows to the loss of the model on them, low is good.
    x : shape (n, features)
        Rows that the model has not learned from.
    columns
        Source column of each feature; features of one column are shuffled by the same order.

    References
    ----------
    Breiman (2001), Machine Learning 45, 5-32; Fisher, Rudin and Dominici (2019), JMLR 20(177).
    """
    rng = np.random.default_rng(seed)
    before = float(loss(x))
    orders = [rng.permutation(x.shape[0]) for _ in range(repeats)]
    found: list[Importance] = []
    moved = x.copy()
    for column, features in _places(columns).items():
        own = x[:, features]
        varies = bool((own != own[:1]).any())  # what does not vary says nothing, shuffled or not
        gains = [0.0] * repeats
        for i, order in enumerate(orders if varies else ()):
            moved[:, features] = own[order]
            gains[i] = float(loss(moved)) - before
        moved[:, features] = own
        share = float(np.mean(np.array(gains) > 0))
        spread = replace(over_folds(gains, confidence=confidence), method="repeats")
        found.append(Importance(column, spread, share))
    return tuple(sorted(found, key=lambda i: -(i.loss.value or 0.0)))


def _places(columns: tuple[str, ...]) -> dict[str, list[int]]:
    """Places of the features of each column, in the order of the columns."""
    places: dict[str, list[int]] = {}
    for place, name in enumerate(columns):
        places.setdefault(name, []).append(place)
    return places
