"""Shrunken co-occurrence: naive-Bayes log-odds of each item from the context of a case."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import logit

from ops.classify.ranking.case import CaseTable
from ops.classify.ranking.shrinkage import prior_strength
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class CoOccurrence:
    """How much each level of the context speaks for each item.

    Parameters
    ----------
    base : shape (a,)
        Log-odds of each item, whatever the context.
    lift : shape (f, a)
        What a level adds to them.
    strength
        Of each feature, by name: cases that the base rate is worth.
    """

    table: CaseTable
    base: FloatArray
    lift: FloatArray
    strength: Mapping[str, float]
    temper: float

    @property
    def items(self) -> tuple[str, ...]:
        """Items that it knows, sorted."""
        return self.table.items

    def log_use(self, context: Mapping[str, str]) -> FloatArray:
        """Log of the share of each item in what is done in a context, shape (a,); sums to 1."""
        odds = self.base + self.temper * (self.table.row(context) @ self.lift)
        log_p: FloatArray = -np.logaddexp(0.0, -odds)
        log_p -= np.logaddexp.reduce(log_p)
        return log_p

    def reasons(self, context: Mapping[str, str]) -> dict[str, FloatArray]:
        """Tell what each feature of a context adds to the log-odds, by name, each of shape (a,)."""
        row = self.table.row(context)
        found = np.flatnonzero(row)
        return {self.table.features[i][0]: self.temper * self.lift[i] for i in found}


def co_occurrence(table: CaseTable, *, temper: float = 1.0) -> CoOccurrence:
    """Count which items go with which levels, and draw the counts to the items' base rates.

    Parameters
    ----------
    temper
        Weight of the context, in (0, 1]. Features of a context repeat one another (a tool and its
        family): 1 would count as independent what is not, and be too sure.

    Returns
    -------
    CoOccurrence
        ``logit P(a | x) = logit p_a + temper * sum_f (logit p_af - logit p_a)`` with
        ``p_af = (n_af + m p_a) / (n_f + m)``; m is estimated for each feature name.

    References
    ----------
    Hand and Yu (2001), International Statistical Review 69(3), 385-398 (idiot's Bayes, shrunken).
    """
    n = table.x.shape[0]
    base = (table.y.sum(axis=0) + 0.5) / (n + 1.0)
    together = table.x.T @ table.y
    of_level = table.x.sum(axis=0)
    lift = np.zeros_like(together)
    strength: dict[str, float] = {}
    number = table.names
    for name in dict.fromkeys(name for name, _ in table.features):
        rows = np.flatnonzero(number == number[_first(table, name)])
        trials = np.broadcast_to(of_level[rows, None], together[rows].shape)
        mean = np.broadcast_to(base, trials.shape)
        m = prior_strength(together[rows].ravel(), trials.ravel(), mean.ravel())
        strength[name] = m
        lift[rows] = logit((together[rows] + m * base) / (trials + m)) - logit(base)
    return CoOccurrence(table, logit(base), lift, strength, temper)


def _first(table: CaseTable, name: str) -> int:
    return next(i for i, feature in enumerate(table.features) if feature[0] == name)
