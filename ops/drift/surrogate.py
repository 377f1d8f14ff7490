"""Surrogates of a course: what the same noise could have drawn, had it no message.

The innovations of a first-order autoregression keep their sizes and places and change their signs
at random. Of innovations that are symmetric about 0 every choice of signs was equally likely: the
share of surrogates that do as well as what was seen is an exact p-value, but for the estimate of
phi. Where a unit root is not rejected the process counts as a random walk, which makes the more
beautiful courses by chance. Innovations that still hang together change their signs in blocks.

References
----------
Dickey and Fuller (1979), J. American Statistical Association 74, 427-431 (unit root);
Wu (1986), Annals of Statistics 14(4), 1261-1295 (random signs: the wild bootstrap).
"""

from dataclasses import dataclass
from math import ceil

import numpy as np

from ops.values import FloatArray

UNIT_ROOT = 13.7  # n (1 - phi) below which a unit root with a mean is not rejected at 5 %
MOST_BLOCK = 8  # a surrogate has at least so many blocks


@dataclass(frozen=True, slots=True)
class Surrogates:
    """Courses of chance, shape (draws, m), about level 0, and how they were made."""

    values: FloatArray
    phi: float
    block: int


def surrogates(course: FloatArray, *, draws: int, rng: np.random.Generator) -> Surrogates:
    """Draw courses that wander as `course` does.

    Parameters
    ----------
    course : shape (m,)
        Finite, on an even grid.
    """
    around = course - course.mean()
    phi = _phi(around)
    innovation = around.copy()
    innovation[1:] -= phi * around[:-1]
    innovation[0] = 0.0 if phi == 1.0 else around[0] * np.sqrt(1.0 - phi * phi)
    block = _block(innovation[1:])
    signs = _signs(course.size, block, draws, rng)
    drawn = signs * innovation
    if phi < 1.0:
        drawn[:, 0] /= np.sqrt(1.0 - phi * phi)
    for i in range(1, course.size):
        drawn[:, i] += phi * drawn[:, i - 1]
    return Surrogates(drawn, phi, block)


def _phi(around: FloatArray) -> float:
    """Coefficient of the autoregression; 1 where a unit root is not rejected."""
    n = around.size
    square = float(around[:-1] @ around[:-1])
    if not square > 0:
        return 0.0
    raw = float(around[1:] @ around[:-1]) / square
    if n * (1.0 - raw) <= UNIT_ROOT:
        return 1.0
    return float(np.clip((raw + 1.0 / n) / (1.0 - 3.0 / n), 0.0, 0.95))


def _block(innovation: FloatArray) -> int:
    square = float(innovation @ innovation)
    if not square > 0:
        return 1
    r = float(innovation[1:] @ innovation[:-1]) / square - 2.0 / np.sqrt(innovation.size)
    if r <= 0:
        return 1
    return int(min(ceil((1.0 + r) / (1.0 - min(r, 0.95))), max(1, innovation.size // MOST_BLOCK)))


def _signs(m: int, block: int, draws: int, rng: np.random.Generator) -> FloatArray:
    """Signs of blocks whose bounds move from draw to draw."""
    count = m // block + 2
    signs = rng.choice(np.array([-1.0, 1.0]), (draws, count))
    place = (np.arange(m) + rng.integers(0, block, (draws, 1))) // block
    return np.take_along_axis(signs, place, axis=1)
