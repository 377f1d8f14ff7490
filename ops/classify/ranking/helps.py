"""The chance that an item helps: a Beta posterior, drawn to the item's mean and to all items'."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ops.classify.ranking.case import CaseTable
from ops.classify.ranking.shrinkage import beta_interval, prior_strength
from ops.values import FloatArray

_STEPS = 50  # of the expectation-maximisation: credits move by less than 1e-3 long before


@dataclass(frozen=True, slots=True)
class Chance:
    """Chance that each item helps in a context, with its interval; each of shape (a,).

    Parameters
    ----------
    effective
        Like cases with a known outcome that the posterior rests on: a sum of likenesses.
    """

    mean: FloatArray
    lower: FloatArray
    upper: FloatArray
    effective: FloatArray


@dataclass(frozen=True, slots=True)
class Helps:
    """What past outcomes say of the items.

    Parameters
    ----------
    credit : shape (n, a)
        Share of the credit for its outcome that each used item of a case has.
    overall
        Mean chance that an item helped.
    item_strength, context_strength
        Cases that the overall mean, and an item's mean, are worth.
    """

    table: CaseTable
    credit: FloatArray
    overall: float
    item_strength: float
    context_strength: float

    def chance(self, context: Mapping[str, str], *, level: float = 0.95) -> Chance:
        """Chance that each item helps in a context.

        Every case with a known outcome is split by its likeness to the context: the unlike part
        makes the item's prior, the like part its data, so that nothing is counted twice. Of the
        chain overall mean, item's mean, chance in the context every link adds its variance.
        """
        like = likeness(self.table, context)
        near_hit, near = self._counts(like)
        far_hit, far = self._counts(1.0 - like)
        m = self.item_strength
        expected = (far_hit + m * self.overall) / (far + m)
        every = float((near + far).sum()) + 2.0
        of_item = far + 1.0 / (1.0 / m + 1.0 / every)
        worth = 1.0 / (1.0 / self.context_strength + 1.0 / of_item)
        a = worth * expected + near_hit
        b = worth * (1.0 - expected) + near - near_hit
        lower, upper = beta_interval(a, b, level)
        return Chance(a / (a + b), lower, upper, near)

    def _counts(self, weight: FloatArray) -> tuple[FloatArray, FloatArray]:
        known = ~np.isnan(self.table.helped)
        return weight[known] @ self.credit[known], weight[known] @ self.table.y[known]


def likeness(table: CaseTable, context: Mapping[str, str]) -> FloatArray:
    """Squared share of a context that each case has in common with it, shape (n,), 0 to 1."""
    if not context:
        return np.zeros(table.x.shape[0])
    shared: FloatArray = (table.x @ table.row(context) / len(context)) ** 2
    return shared


def credits(y: FloatArray, helped: FloatArray) -> FloatArray:
    """Share out what helped among the items of a case: a noisy-or, by expectation-maximisation.

    An item that helps on its own elsewhere explains away the one that was done beside it: without
    this a habit would be praised for what the right part did.

    Parameters
    ----------
    y : shape (n, a)
        Whether an item was used.
    helped : shape (n,)
        1 or 0; NaN gives no credit.

    Returns
    -------
    shape (n, a)
        Expected 0/1 of "this item helped", given the outcome; 0 where it did not help.

    References
    ----------
    Pearl (1988), Probabilistic Reasoning in Intelligent Systems, section 4.3.2 (noisy-or).
    """
    good, known = helped == 1.0, ~np.isnan(helped)
    trials = y[known].sum(axis=0)
    start = float((good.sum() + 1.0) / (known.sum() + 2.0))
    q = np.full(y.shape[1], start)
    credit = np.zeros_like(y)
    for _ in range(_STEPS):
        helps = 1.0 - np.exp(y[good] @ np.log1p(-q))
        credit[good] = y[good] * q / helps[:, None]
        q = np.clip((credit.sum(axis=0) + start) / (trials + 1.0), 1e-6, 1.0 - 1e-6)
    return np.minimum(credit, 1.0)


def learned_helps(table: CaseTable) -> Helps:
    """Estimate the means and how much they are worth, by empirical Bayes.

    References
    ----------
    Gelman et al., Bayesian Data Analysis, 3rd ed., section 5.3 (hierarchical beta-binomial).
    """
    credit = credits(table.y, table.helped)
    known = ~np.isnan(table.helped)
    hits, trials = credit[known].sum(axis=0), table.y[known].sum(axis=0)
    overall = float((hits.sum() + 1.0) / (trials.sum() + 2.0))
    m = prior_strength(hits, trials, np.full(hits.shape, overall))
    expected = (hits + m * overall) / (trials + m)
    cell, cell_hit = table.x[known].T @ table.y[known], table.x[known].T @ credit[known]
    means = np.broadcast_to(expected, cell.shape)
    inner = prior_strength(cell_hit.ravel(), cell.ravel(), means.ravel())
    return Helps(table, credit, overall, m, inner)
