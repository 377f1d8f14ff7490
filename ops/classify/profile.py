"""What training has seen of the features, and when a row is unlike it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ops.values import BoolArray, FloatArray

TAIL = 0.001  # share of the training rows beyond either end of a feature's range
LEAST = 0.1  # a row within a tenth of the ranges' width beyond them is not called unusual
_SIDES = ("low", "high", "mean")


@dataclass(frozen=True, slots=True)
class Profile:
    """Range of each standardised feature in training, and how far its rows went beyond them.

    The excess of a row is the largest distance of a feature from its range, in widths of the
    range (of a feature that never varied: in its scale). No distribution is assumed, and
    combinations are not looked at: two ordinary values that never came together are not unusual.

    Parameters
    ----------
    low, high : shape (k,)
        Quantiles `TAIL` and 1 - `TAIL` of each feature.
    mean : shape (k,)
        Mean of each feature: what contributions are measured from.
    limit
        Excess above which a row is unusual: that of the 99.9 % training row, at least `LEAST`.
    """

    low: FloatArray
    high: FloatArray
    mean: FloatArray
    limit: float

    def excess(self, x: FloatArray) -> FloatArray:
        """How far rows of features, shape (n, k), lie beyond what training has seen; shape (n,)."""
        if not self.low.size:
            return np.zeros(x.shape[0])
        width = self.high - self.low
        width = np.where(width > 0, width, 1.0)
        beyond = np.maximum(self.low - x, x - self.high) / width
        return np.asarray(np.maximum(beyond.max(axis=1), 0.0))

    def unusual(self, x: FloatArray) -> BoolArray:
        """Whether each row lies outside of what training has seen."""
        return np.asarray(self.excess(x) > self.limit)

    def to_document(self) -> dict[str, Any]:
        """Profile as JSON."""
        sides = {name: getattr(self, name).tolist() for name in _SIDES}
        return sides | {"limit": self.limit}


def profile_of(x: FloatArray) -> Profile:
    """Profile of the features of the training rows, shape (n, k)."""
    low = np.quantile(x, TAIL, axis=0)
    high = np.quantile(x, 1 - TAIL, axis=0)
    mean = x.mean(axis=0)
    excess = Profile(low, high, mean, 0.0).excess(x)
    return Profile(low, high, mean, max(LEAST, float(np.quantile(excess, 1 - TAIL))))


def profile_from(document: Mapping[str, Any]) -> Profile:
    """Profile of what `Profile.to_document` gave."""
    low, high, mean = (np.array(document[side], dtype=np.float64) for side in _SIDES)
    return Profile(low, high, mean, float(document["limit"]))
