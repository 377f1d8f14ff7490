"""Paths of degradation: a straight line through each unit's readings, on scales that make it one.

The line of a unit meets the limit at its pseudo life; a unit that moves away from the limit, or
too slowly to tell, is censored at its last reading. Over units, intercept and slope are normal
(two-stage estimate), and the share that has failed by an age follows in closed form.

References
----------
Lu & Meeker (1993), Technometrics 35(2), 161-174; Meeker & Escobar (1998), Statistical Methods for
Reliability Data, Wiley, chapter 13.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import ndtr

from ops.errors import BadData, NotEnoughData, Problem
from ops.lifetime.data import LifeData, life_data
from ops.lifetime.degradation.data import DegradationData
from ops.values import BoolArray, FloatArray, IntArray

Path = Literal["linear", "square-root", "logarithm", "exponential", "power"]
PATHS: dict[Path, tuple[str, str]] = {  # scale of age, scale of the value
    "linear": ("age", "value"),
    "square-root": ("root", "value"),
    "logarithm": ("log", "value"),
    "exponential": ("age", "log"),
    "power": ("log", "log"),
}


@dataclass(frozen=True, slots=True)
class PathFit:
    """Lines of all units on the scales of a path.

    Parameters
    ----------
    path
        Which scales.
    intercept, slope : shape (k,)
        Of each unit, on the scales.
    sigma
        Standard deviation of a reading about its line, on the scale of the value.
    life : shape (k,)
        Pseudo life of each unit; infinite where its line never meets the limit.
    last : shape (k,)
        Age of the last reading.
    limit
        On the scale of the value.
    mean, covariance : shapes (2,), (2, 2)
        Of intercept and slope over units, what the readings' noise adds taken out.
    noise : shape (2, 2)
        Covariance of intercept and slope that the noise of the readings adds, taken out above.
    rises
        Whether units come to the limit from below.
    aicc
        Of the readings, each unit with a line of its own, on the unit of the value: comparable
        across paths.
    """

    path: Path
    intercept: FloatArray
    slope: FloatArray
    sigma: float
    life: FloatArray
    last: FloatArray
    limit: float
    mean: FloatArray
    covariance: FloatArray
    noise: FloatArray
    rises: bool
    aicc: float

    @property
    def extrapolated(self) -> BoolArray:
        """Units whose life lies beyond their last reading, shape (k,)."""
        return np.asarray(self.life > self.last)

    def cdf(self, t: FloatArray) -> FloatArray:
        """Share whose line has met the limit by `t`, shape as `t`."""
        age = _aged(self.path, np.asarray(t, dtype=np.float64))
        ahead = self.mean[0] + self.mean[1] * age - self.limit
        c = self.covariance
        wide = np.sqrt(np.maximum(c[0, 0] + 2 * age * c[0, 1] + age**2 * c[1, 1], 1e-300))
        found: FloatArray = ndtr((ahead if self.rises else -ahead) / wide)
        return found

    def lives(self, unit: str, most: float = 20.0) -> LifeData:
        """Pseudo lives as life data; beyond `most` times the last reading they are censored there.

        They are taken as exact, as is usual: what the line of a unit does not know is not in them.
        """
        never = ~(self.life <= most * self.last)
        lower = np.where(never, most * self.last, self.life)
        lower = np.where(np.isfinite(self.life), lower, self.last)
        return life_data(lower, np.where(never, np.inf, lower), unit=unit)


def fit_paths(data: DegradationData, limit: float, path: Path = "linear") -> PathFit:
    """Fit a line to each unit on the scales of a path.

    Raises
    ------
    BadData
        If a logarithm is asked of a value or limit that is not above 0.
    NotEnoughData
        If no unit has 3 readings at different ages (above 0 where their logarithm is taken).
    """
    use = data.time > 0 if PATHS[path][0] == "log" else np.ones(data.time.size, dtype=np.bool_)
    if PATHS[path][1] == "log" and (limit <= 0 or (data.value[use] <= 0).any()):
        problem = Problem("/path", "choose a path without a logarithm of the value")
        raise BadData(
            f"the path {path} takes logarithms: value and limit must be above 0", (problem,)
        )
    x, y = _aged(path, data.time[use]), _valued(path, data.value[use])
    item, k = data.item[use], len(data.items)
    n = np.bincount(item, minlength=k).astype(np.float64)
    weights = (x, y, x * x, x * y)
    sums = [np.bincount(item, weights=w, minlength=k).astype(np.float64) for w in weights]
    spread = sums[2] - sums[0] ** 2 / np.maximum(n, 1)
    good = (n >= 3) & (spread > 1e-12 * np.maximum(sums[2], 1e-300))
    if not good.any():
        raise NotEnoughData("a path needs a unit with 3 readings at different ages")
    slope = (sums[3] - sums[0] * sums[1] / np.maximum(n, 1))[good] / spread[good]
    intercept = (sums[1][good] - slope * sums[0][good]) / n[good]
    kept = good[item]
    number = (np.cumsum(good) - 1)[item[kept]]
    left = y[kept] - intercept[number] - slope[number] * x[kept]
    free = kept.sum() - 2 * good.sum()
    sigma = float(np.sqrt(np.sum(left**2) / free))
    level = float(_valued(path, np.array([limit]))[0])
    first = np.array([y[kept][number == at][0] for at in range(int(good.sum()))])
    noise = _noise(sums[0][good], sums[2][good], n[good], sigma)
    rises = bool(np.median(first) < level)
    last = np.zeros(k)
    np.maximum.at(last, data.item, data.time)
    return PathFit(
        path=path,
        intercept=intercept,
        slope=slope,
        sigma=sigma,
        life=_met(path, intercept, slope, level, rises),
        last=last[good],
        limit=level,
        mean=np.array([intercept.mean(), slope.mean()]),
        covariance=_between(_apart(intercept, slope), noise, k=slope.size),
        noise=noise,
        rises=rises,
        aicc=_aicc(path, left, data.value[use][kept], 2 * int(good.sum()) + 1),
    )


def best_path(data: DegradationData, limit: float) -> PathFit:
    """Fit every path that the values allow, and take the one of the least AICc.

    Raises
    ------
    NotEnoughData
        If none can be fitted.
    """
    fits: list[PathFit] = []
    reasons: list[str] = []
    for path in PATHS:
        try:
            fits.append(fit_paths(data, limit, path))
        except (BadData, NotEnoughData) as refused:
            reasons.append(str(refused))
    if not fits:
        raise NotEnoughData(reasons[0])
    return min(fits, key=lambda fit: fit.aicc)


def _aged(path: Path, t: FloatArray) -> FloatArray:
    kind = PATHS[path][0]
    if kind == "log":
        return np.log(np.maximum(t, 1e-300))
    return np.sqrt(t) if kind == "root" else t


def _valued(path: Path, y: FloatArray) -> FloatArray:
    return np.log(y) if PATHS[path][1] == "log" else y


def _met(
    path: Path, intercept: FloatArray, slope: FloatArray, level: float, rises: bool
) -> FloatArray:
    """Age at which each line meets the limit; infinite where it never does."""
    towards = slope if rises else -slope
    at = (level - intercept) / np.where(towards > 0, slope, 1.0)
    kind = PATHS[path][0]
    with np.errstate(over="ignore"):
        age = (
            np.exp(at)
            if kind == "log"
            else np.where(at > 0, at, 0.0) ** (2.0 if kind == "root" else 1.0)
        )
    found: FloatArray = np.where((towards > 0) & (age > 0), age, np.inf)
    return found


def _noise(x: FloatArray, xx: FloatArray, n: FloatArray, sigma: float) -> FloatArray:
    """Mean covariance of intercept and slope that the noise of the readings makes."""
    spread = xx - x**2 / n
    parts = [[xx / n, -x / n], [-x / n, np.ones_like(x)]]
    added = [[float(np.mean(part / spread)) for part in row] for row in parts]
    return sigma**2 * np.array(added, dtype=np.float64)


def _apart(intercept: FloatArray, slope: FloatArray) -> FloatArray:
    lines = np.stack([intercept, slope])
    return np.zeros((2, 2)) if slope.size < 2 else np.asarray(np.cov(lines), dtype=np.float64)


def refitted(fit: PathFit, drawn: IntArray) -> tuple[FloatArray, FloatArray]:
    """Means (b, 2) and covariances (b, 2, 2) of resamples of the units, shape (b, k)."""
    lines = np.stack([fit.intercept[drawn], fit.slope[drawn]], axis=-1)
    mean = lines.mean(axis=1)
    apart = lines - mean[:, None, :]
    whole = np.einsum("bki,bkj->bij", apart, apart) / (drawn.shape[1] - 1)
    return mean, _between(whole, fit.noise, k=drawn.shape[1])


def _between(whole: FloatArray, noise: FloatArray, *, k: int) -> FloatArray:
    """Covariance over units less that of the noise, as far as it stays a covariance."""
    if k < 2:
        return np.zeros((2, 2))
    diagonal = np.sqrt(np.maximum(np.diagonal(whole, axis1=-2, axis2=-1), 1e-300))
    scale = diagonal[..., :, None] * diagonal[..., None, :]
    values, vectors = np.linalg.eigh((whole - noise) / scale)
    kept = (vectors * np.maximum(values, 0.0)[..., None, :]) @ np.swapaxes(vectors, -1, -2) * scale
    return np.asarray(kept, dtype=np.float64)


def _aicc(path: Path, left: FloatArray, value: FloatArray, k: int) -> float:
    n = left.size
    square = float(np.mean(left**2))
    if square <= 0.0:
        return -np.inf
    deviance = n * (np.log(2.0 * np.pi * square) + 1.0)
    if PATHS[path][1] == "log":
        deviance += 2.0 * float(np.log(value).sum())  # of the values, not of their logarithms
    small = 2.0 * k * (k + 1) / (n - k - 1) if n > k + 1 else np.inf
    return float(deviance + 2 * k + small)
