"""What an episode looks like: its shape whatever its scale, and its evidence in a few numbers.

The signature is the course resampled to an even grid of fixed size, with mean 0 and sigma 1: long
and short, strong and weak episodes of one shape are equal in it. The descriptor keeps what the
signature drops. Its entries count in sigmas of the noise about the smooth course, shares or
logarithms, so that episodes of any unit and length can be compared.
"""

from dataclasses import dataclass
from math import log, log1p

import numpy as np

from ops.drift.course import LEAST, even_course
from ops.drift.episode import Episode
from ops.errors import NotEnoughData
from ops.values import FloatArray, SpecLimits

POINTS = 64
NEAR = 0.1  # outer share of the tolerance that counts as near the limit
NAMES = ("level", "drift", "rate", "step", "variance", "lag1", "near_limit", "corrections")


@dataclass(frozen=True, slots=True)
class Descriptor:
    """Evidence of an episode.

    Parameters
    ----------
    level
        Mean, in the unit.
    drift, rate
        Change of the fitted line over the episode in sigmas, and the signed ``log(1 + |slope|)``
        with the slope in sigmas a day.
    step
        Largest difference of the means before and after a cut, beyond the fitted line, in sigmas.
    variance
        Logarithm of the variance about the line in the second half over that in the first.
    lag1
        Correlation of neighbours about the line.
    near_limit
        Share of values in the outer tenth of the tolerance or beyond; 0 without limits.
    corrections
        ``log(1 + corrections a day)``.
    sigma
        Of the noise about the line, in the unit; not compared.
    """

    level: float
    drift: float
    rate: float
    step: float
    variance: float
    lag1: float
    near_limit: float
    corrections: float
    sigma: float

    def vector(self) -> FloatArray:
        """Entries in the order of `NAMES`."""
        return np.array([float(getattr(self, name)) for name in NAMES])


def signature(t: FloatArray, y: FloatArray, *, points: int = POINTS) -> FloatArray:
    """Resample to an even grid, mean 0 and sigma 1.

    Parameters
    ----------
    t, y : shape (n,)
        Days, not decreasing, and finite values; ties and gaps allowed.

    Returns
    -------
    shape (points,)
        Zeros if all values are equal.

    Raises
    ------
    NotEnoughData
        With fewer than 8 values spread over time.
    """
    course = even_course(t - t[:1], y, most=points).filled()
    place = np.linspace(0.0, course.size - 1.0, points)
    found = np.interp(place, np.arange(course.size), course)
    found = found - found.mean()
    spread = float(np.std(found))
    if spread <= 1e-12 * float(np.max(np.abs(y))):
        return np.zeros(points)
    return np.asarray(found / spread)


def describe(episode: Episode, *, spec: SpecLimits | None = None) -> Descriptor:
    """Describe an episode.

    Raises
    ------
    NotEnoughData
        With fewer than 8 values.
    """
    t, y = episode.t, episode.y
    if y.size < LEAST:
        raise NotEnoughData(f"{episode.tool}: a descriptor needs {LEAST} values, got {y.size}")
    level, slope = _line(t, y)
    rest = y - level - slope * (t - t.mean())
    sigma = float(np.sqrt(np.sum(rest**2) / (y.size - 2)))
    unit = sigma if sigma > 1e-12 * max(1.0, float(np.max(np.abs(y)))) else 0.0
    per_day = slope / unit if unit else 0.0
    return Descriptor(
        level=level,
        drift=per_day * episode.days,
        rate=float(np.sign(per_day)) * log1p(abs(per_day)),
        step=_step(rest) / unit if unit else 0.0,
        variance=_log_ratio(rest, unit),
        lag1=float(rest[1:] @ rest[:-1]) / float(rest @ rest) if unit else 0.0,
        near_limit=_near(y, spec),
        corrections=log1p(episode.corrections / episode.days) if episode.days > 0 else 0.0,
        sigma=sigma,
    )


def descriptor_distances(one: FloatArray, others: FloatArray) -> FloatArray:
    """Root mean square difference, each entry in units of its spread over all episodes.

    Parameters
    ----------
    one : shape (d,)
    others : shape (k, d)

    Returns
    -------
    shape (k,)
    """
    everything = np.vstack((one[None, :], others))
    middle = np.median(everything, axis=0)
    spread = 1.4826 * np.median(np.abs(everything - middle), axis=0)
    spread = np.where(spread > 0, spread, np.std(everything, axis=0))
    scaled = (others - one) / np.where(spread > 0, spread, 1.0)
    found: FloatArray = np.sqrt(np.mean(scaled**2, axis=1))
    return found


def _line(t: FloatArray, y: FloatArray) -> tuple[float, float]:
    around = t - t.mean()
    level = float(y[0] + np.mean(y - y[0]))
    square = float(around @ around)
    return level, float(around @ (y - level)) / square if square > 0 else 0.0


def _step(rest: FloatArray) -> float:
    """Difference of means at the cut where it is largest by its own standard error."""
    n = rest.size
    left = np.arange(2, n - 1, dtype=np.float64)
    total = np.cumsum(rest)[1:-2]
    difference = -total * (1.0 / left + 1.0 / (n - left))  # residuals sum to 0
    return float(difference[np.argmax(np.abs(total) / np.sqrt(left * (n - left)))])


def _log_ratio(rest: FloatArray, unit: float) -> float:
    half = rest.size // 2
    floor = 1e-6 * unit * unit
    early, late = float(np.mean(rest[:half] ** 2)), float(np.mean(rest[half:] ** 2))
    return log((late + floor) / (early + floor)) if unit else 0.0


def _near(y: FloatArray, spec: SpecLimits | None) -> float:
    if spec is None:
        return 0.0
    width = spec.upper - spec.lower
    band = NEAR * width if np.isfinite(width) else 0.0
    return float(np.mean((y < spec.lower + band) | (y > spec.upper - band)))
