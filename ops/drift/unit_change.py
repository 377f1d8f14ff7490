"""A change of unit in the middle of a record: the same process, told in other numbers."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from ops.values import FloatArray

# from one unit to another: y' = factor y + constant; each stands for its inverse too
_MAPS = (
    (1000.0, 0.0),  # mm -> um, um -> nm, V -> mV
    (1e6, 0.0),
    (10.0, 0.0),
    (100.0, 0.0),  # a share in per cent
    (25.4, 0.0),  # thousandths of an inch -> um
    (25_400.0, 0.0),
    (101.971621, 0.0),  # N -> gram-force
    (9.80665, 0.0),  # kgf -> N, gf -> mN
    (1.8, 32.0),  # Celsius -> Fahrenheit
    (1.0, 273.15),  # Celsius -> kelvin
    (6.894757, 0.0),  # psi -> kPa
)
_LEAST = 10  # values on each side
_NEAR = 0.01  # of the moved level, beside three of its spreads: the process goes on moving


@dataclass(frozen=True, slots=True)
class UnitChange:
    """Where the unit changed, and how.

    Parameters
    ----------
    index
        First value in the new unit.
    amount
        Factor from the old to the new one; where the factor is 1, the constant that was added.
    """

    index: int
    amount: float


def unit_change(y: FloatArray) -> UnitChange | None:
    """Find a change of unit: level and spread both follow one known conversion.

    A shift of the process moves the level and leaves the spread, or the other way round; only a
    conversion moves both by what belongs together. The level must move by more than 20 of its
    spreads: nothing less is worth doubting a process for.

    Parameters
    ----------
    y : shape (n,)
        Finite values in time order.

    Examples
    --------
    >>> height = np.tile([149.0, 150.0, 151.0, 150.5], 10)
    >>> unit_change(np.concatenate((height, height / 25.4)))
    UnitChange(index=40, amount=0.03937007874015748)
    """
    if y.size < 2 * _LEAST:
        return None
    index = _split(y)
    old, new = y[:index], y[index:]
    level, moved = float(np.median(old)), float(np.median(new))
    spread, became = _spread(old), _spread(new)
    if spread == 0.0 or became == 0.0 or abs(moved - level) < 20.0 * min(spread, became):
        return None
    sure = 1.0 + 2.5 * sqrt(1.0 / old.size + 1.0 / new.size)  # of a ratio of spreads
    for factor, constant in _MAPS:
        for a, b in ((factor, constant), (1.0 / factor, -constant / factor)):
            allowed = _NEAR * abs(moved) + 3.0 * became
            if (
                abs(a * level + b - moved) <= allowed
                and 1.0 / sure <= became / (a * spread) <= sure
            ):
                return UnitChange(index, a if a != 1.0 else b)
    return None


def _split(y: FloatArray) -> int:
    """Where two means fit best, each side at least `_LEAST` long: the largest step there is."""
    n = y.size
    centred = np.cumsum(y - y.mean())
    k = np.arange(_LEAST, n - _LEAST + 1)
    gain = centred[k - 1] ** 2 * n / (k * (n - k))
    return int(k[np.argmax(gain)])


def _spread(y: FloatArray) -> float:
    """Half the range of the middle half, at least the standard deviation of differences."""
    low, high = np.quantile(y, (0.25, 0.75))
    return max(0.7413 * float(high - low), float(np.std(np.diff(y))) / sqrt(8.0))
