"""The likelihood of life data under any family, at many parameter points at once.

An exact failure gives its density, a survivor its survival, an interval the difference of two
distribution values, taken on the side where they are small; a truncated row is divided by the
chance to be in the data at all.
"""

from dataclasses import dataclass

import numpy as np

from ops.lifetime.data import LifeData
from ops.lifetime.families.form import Form
from ops.values import FloatArray

_CHUNK = 1_000_000  # values of one term held at a time


@dataclass(frozen=True, slots=True)
class LifeRows:
    """Rows of life data, sorted by what the likelihood asks of them; units in the weights.

    Parameters
    ----------
    exact, right : shape (e,), (r,)
        Times of failure, and times that units have lasted.
    between : shape (i, 2)
        Ends of the intervals, from 0 where a unit was found failed.
    window : shape (t, 2)
        Entry and exit of the truncated rows.
    exact_weight, right_weight, between_weight, window_weight
        Units of each.
    """

    exact: FloatArray
    exact_weight: FloatArray
    right: FloatArray
    right_weight: FloatArray
    between: FloatArray
    between_weight: FloatArray
    window: FloatArray
    window_weight: FloatArray


def life_rows(data: LifeData) -> LifeRows:
    """Sort rows by what the likelihood asks of them; equal survivors become one row."""
    truncated = (data.entry > 0) | np.isfinite(data.exit)
    between = data.failed & ~data.exact
    right, place = np.unique(data.lower[data.right], return_inverse=True)
    return LifeRows(
        exact=data.lower[data.exact],
        exact_weight=data.weight[data.exact],
        right=right,
        right_weight=np.asarray(
            np.bincount(place, data.weight[data.right], minlength=right.size), dtype=np.float64
        ),
        between=np.column_stack([data.lower, data.upper])[between],
        between_weight=data.weight[between],
        window=np.column_stack([data.entry, data.exit])[truncated],
        window_weight=data.weight[truncated],
    )


def log_likelihood(form: Form, rows: LifeRows, theta: FloatArray) -> FloatArray:
    """Log-likelihood of the times at each parameter point.

    Parameters
    ----------
    theta : shape (m, k)
        Points; -infinity where a row is impossible or the numbers overflow.

    Returns
    -------
    shape (m,)
    """
    largest = max(rows.exact.size, rows.right.size, 2 * rows.between.shape[0], 1)
    step = max(1, _CHUNK // largest)
    with np.errstate(all="ignore"):  # an impossible row is -infinity, and told so below
        parts = [
            _summed(form, rows, theta[first : first + step])
            for first in range(0, theta.shape[0], step)
        ]
    total = np.concatenate(parts)
    return np.where(np.isnan(total), -np.inf, total)


def _summed(form: Form, rows: LifeRows, theta: FloatArray) -> FloatArray:
    total = np.zeros(theta.shape[0])
    if rows.exact.size:
        total += form.log_density(rows.exact, theta) @ rows.exact_weight
    if rows.right.size:
        total += form.log_survival(rows.right, theta) @ rows.right_weight
    if rows.between.size:
        total += _log_share(form, rows.between, theta) @ rows.between_weight
    if rows.window.size:
        total -= _log_share(form, rows.window, theta) @ rows.window_weight
    return total


def _log_share(form: Form, between: FloatArray, theta: FloatArray) -> FloatArray:
    """Logarithm of the share that fails within (low, high], shape (m, n)."""
    low, high = between.T
    below, above = form.tails(np.maximum(low, 0.0), theta)
    last, beyond = form.tails(np.where(np.isinf(high), 1.0, high), theta)
    last, beyond = np.where(np.isinf(high), 1.0, last), np.where(np.isinf(high), 0.0, beyond)
    started = low > 0
    below, above = np.where(started, below, 0.0), np.where(started, above, 1.0)
    return np.log(np.where(below > 0.5, above - beyond, last - below))
