"""Why a regression on life data has no maximum: directions along which its likelihood only grows.

In (coefficients / sigma, 1 / sigma) the log-likelihood of censored rows is concave and each term
falls, at best, at a finite rate along a direction that hurts it; it has a maximum unless there is
a direction that hurts no row and helps one. That is a linear program.

References
----------
Albert and Anderson (1984), Biometrika 71, 1-10 (separation in logistic regression);
Rockafellar (1970), Convex Analysis, theorem 27.1 (directions of recession).
"""

from typing import Literal

import numpy as np

from ops.errors import NotEnoughData
from ops.lifetime.data import LifeData
from ops.lifetime.location_scale import Family, to_line
from ops.values import FloatArray

Cause = Literal["collinear", "unbounded", "one line", "spread", "truncation"]
WORDS: dict[Cause, str] = {
    "collinear": "the rows do not tell these columns apart: one is a combination of the others",
    "unbounded": (
        "nothing holds the coefficients of these columns back: what only they tell apart has no"
        " failure, or only units found failed at their first readout"
    ),
    "one line": (
        "one setting of the coefficients passes through every failure and no unit outlives it:"
        " the likelihood grows without end as sigma falls to 0"
    ),
    "spread": "the rows hold no sigma: the likelihood grows as it goes to 0 or without end",
    "truncation": "given the truncation, the likelihood grows towards the edge of the family",
}
HELPED = 1e-7  # of the longest direction: gain that is more than rounding


class NotIdentified(NotEnoughData):
    """The regression has no single maximum.

    Parameters
    ----------
    cause
        Why; `WORDS` says it.
    columns
        Columns of the design that are concerned, counted from 0; empty where all are.
    """

    def __init__(self, cause: Cause, columns: tuple[int, ...] = ()) -> None:
        which = ", ".join(str(c) for c in columns)
        where = f" (column {which} of the design, counted from 0)" if columns else ""
        super().__init__(f"the regression has no estimate: {WORDS[cause]}{where}")
        self.cause: Cause = cause
        self.columns = columns


def separate(
    data: LifeData, design: FloatArray, family: Family, *, sigma_known: bool
) -> tuple[float, FloatArray] | None:
    """Find a direction of (1 / sigma, coefficients / sigma) that hurts no row and helps one.

    Parameters
    ----------
    design : shape (n, p)
        Of full rank, columns of about equal length.

    Returns
    -------
    tuple or None
        Change of 1 / sigma (0 or more) and of the coefficients, shape (p,); None if there is none.
    """
    from scipy.optimize import linprog  # noqa: PLC0415  (a tenth of a second; rarely asked)

    never_more, never_less, equal = _conditions(data, design, family)
    bounded = np.vstack([never_more, -never_less])
    gain = bounded.sum(axis=0)
    if equal.size:
        gain = gain - np.eye(gain.size)[0]
    most = 0.0 if sigma_known else 1.0
    found = linprog(
        gain,
        A_ub=bounded if bounded.size else None,
        b_ub=np.zeros(len(bounded)) if bounded.size else None,
        A_eq=equal if equal.size else None,
        b_eq=np.zeros(len(equal)) if equal.size else None,
        bounds=[(0.0, most), *[(-1.0, 1.0)] * design.shape[1]],
    )
    if found.x is None or -float(gain @ found.x) <= HELPED * max(1.0, len(bounded)):
        return None
    return float(found.x[0]), np.asarray(found.x[1:])


def _conditions(
    data: LifeData, design: FloatArray, family: Family
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Rows of dz by direction: those that must not rise, must not fall, must stand still."""
    upper = np.where(data.exact, data.upper, np.minimum(data.upper, data.exit))
    low, high = to_line(family, data.lower), to_line(family, upper)
    exact = data.exact
    begins, ends = ~exact & (data.lower > 0.0), ~exact & np.isfinite(upper)
    length = max(
        float(np.abs(low[exact | begins]).max(initial=0.0)),
        float(np.abs(high[ends]).max(initial=0.0)),
        1e-300,
    )

    def moves(x: FloatArray, rows: FloatArray) -> FloatArray:
        return np.column_stack([x / length, -rows])

    return (
        moves(low[begins], design[begins]),
        moves(high[ends], design[ends]),
        moves(low[exact], design[exact]),
    )
