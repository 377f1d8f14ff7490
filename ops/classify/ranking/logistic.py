"""Regularised multinomial logistic regression of the item that is used, on the context."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ops.classify.ranking.case import CaseTable
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class MultinomialUse:
    """Linear scores of the items, with a softmax over them.

    Parameters
    ----------
    intercept : shape (a,)
    coef : shape (f, a)
    """

    table: CaseTable
    intercept: FloatArray
    coef: FloatArray

    @property
    def items(self) -> tuple[str, ...]:
        """Items that it knows, sorted."""
        return self.table.items

    def log_use(self, context: Mapping[str, str]) -> FloatArray:
        """Log of the share of each item in what is done in a context, shape (a,); sums to 1."""
        score: FloatArray = self.intercept + self.table.row(context) @ self.coef
        score -= np.logaddexp.reduce(score)
        return score

    def reasons(self, context: Mapping[str, str]) -> dict[str, FloatArray]:
        """Tell what each feature of a context adds to the score, by name, each of shape (a,)."""
        found = np.flatnonzero(self.table.row(context))
        return {self.table.features[i][0]: self.coef[i] for i in found}


def multinomial_use(table: CaseTable, *, strength: float = 0.3) -> MultinomialUse:
    """Fit the item on the context, one row for each item of each case.

    Parameters
    ----------
    strength
        Inverse of the ridge penalty (C).

    Returns
    -------
    MultinomialUse
        Items that were used in no case are not in it; a single item has no coefficients.
    """
    case, item = np.nonzero(table.y)
    a, f = len(table.items), len(table.features)
    if a < 2:
        return MultinomialUse(table, np.zeros(a), np.zeros((f, a)))
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  (heavy: lazily)

    fitted = LogisticRegression(C=strength, max_iter=300, tol=1e-4).fit(table.x[case], item)
    intercept, coef = fitted.intercept_, fitted.coef_.T
    if a == 2:  # one column tells two classes apart
        intercept = np.array([0.0, float(intercept[0])])
        coef = np.column_stack([np.zeros(f), coef[:, 0]])
    return MultinomialUse(table, np.asarray(intercept), np.asarray(coef))
