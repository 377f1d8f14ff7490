"""What somebody scores who always says the base rate: what a model has to beat."""

import numpy as np

from ops.classify.evaluation.model_comparison import LOSSES
from ops.classify.evaluation.oof import OutOfFold
from ops.classify.evaluation.paired import Comparison, compare_losses
from ops.classify.evaluation.score_name import ScoreName
from ops.classify.evaluation.scores import score_classes
from ops.values import IntArray


def base_score(
    found: OutOfFold, y: IntArray, name: ScoreName, positive: int | None
) -> float | None:
    """Score, on the same rows, of the class shares of each split's training rows.

    Parameters
    ----------
    y : shape (n,)
        Class of every row of the table.
    positive
        Index of the event, or None.
    """
    classes = found.probability.shape[1]
    share = np.array(
        [np.bincount(y[s.train], minlength=classes) / s.train.size for s in found.splits]
    )
    always = found.with_probability(share[found.fold])
    return score_classes(always, positive=positive).of(name).estimate.value


def gain_over_constant(
    found: OutOfFold, name: ScoreName, *, groups: IntArray | None = None, seed: int = 0
) -> Comparison | None:
    """Losses of the rows against those of the best constant; None for a score of ranks.

    That constant is the shares of classes among the tested rows. Shares of training rows err by
    chance, the more so the more classes there are: a model that says nothing beats them by
    flattening what they say, but never the best constant.

    Parameters
    ----------
    groups : shape (m,)
        Group of each tested row, -1 for none.
    """
    losses = LOSSES.get(name)
    if losses is None:
        return None
    share = np.bincount(found.y, minlength=found.probability.shape[1]) / found.y.size
    constant = np.tile(share, (found.y.size, 1))
    return compare_losses(
        losses(found.y, found.probability),
        losses(found.y, constant),
        score=name,
        groups=groups,
        seed=seed,
    )
