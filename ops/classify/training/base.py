"""What somebody scores who always says the base rate: what a model has to beat."""

import numpy as np

from ops.classify.evaluation.oof import OutOfFold
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
