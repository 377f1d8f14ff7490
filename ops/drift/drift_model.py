"""Level, slope and noise of a drifting series: what is known of them, as draws from the posterior.

Values are averaged in bins of half a day (`bins`); the level moves by a slope that may wander,
fade (wear that saturates) or neither, and by a random walk that may be none; the noise has a part
with memory and a white one. None of these is chosen: each has a prior over orders of magnitude, and
the evidence weighs them (Bayesian model averaging).
"""

from dataclasses import dataclass

import numpy as np

from ops.errors import NotEnoughData
from ops.values import FloatArray

BIN_DAYS = 0.5
MOST_BINS, FEWEST_BINS, LEAST_BINS = 180, 60, 8
PRIOR_DRAWS, CHAINS, SWEEPS, KEPT = 600, 120, 20, 10
# bounds of the uniform prior: share of the white noise of a bin that does not average out; then
# common logarithms of: sigma of the noise with memory; its days; sigma that the walk of the level,
# and of the slope, add over the record; fading of the slope over the record. Sigmas are relative
# to that of the white noise of a bin
BOX = ((0.0, 1.0), (-1.5, 0.7), (-0.7, 0.9), (-3.0, 1.0), (-3.0, 1.3), (-2.0, 1.0))
WALK, WANDER, FADE = 0.3, 0.3, 0.5  # from where on a component counts in `weights`


@dataclass(frozen=True, slots=True)
class DriftPosterior:
    """Draws of the state at the last value, each with the dynamics that go with it.

    Parameters
    ----------
    level, slope, noise : shape (m,)
        In the unit of the values; `slope` is per day.
    sigma : shape (m,)
        Of a value about the level, noise of all kinds together.
    theta : shape (m, 6)
        Parameters in the kernel's terms.
    scale : shape (m,)
        Sigma of the white noise of a bin.
    span
        Days of the record: unit of time of the kernel.
    n, bins
        Values and bins.
    usual, width
        Values in a usual bin, and its days.
    """

    level: FloatArray
    slope: FloatArray
    noise: FloatArray
    sigma: FloatArray
    theta: FloatArray
    scale: FloatArray
    span: float
    n: int
    bins: int
    usual: float
    width: float

    @property
    def weights(self) -> dict[str, float]:
        """Weight of the evidence for each way in which the level moves."""
        walk, wander, fade = self.theta[:, 3], self.theta[:, 4], self.theta[:, 5]
        walks, wanders = walk > np.log10(WALK), wander > np.log10(WANDER)
        fades = ~walks & ~wanders & (fade > np.log10(FADE))
        return {
            "linear": float(np.mean(~walks & ~wanders & ~fades)),
            "damped": float(np.mean(fades)),
            "local-trend": float(np.mean(wanders)),
            "random-walk": float(np.mean(walks & ~wanders)),
        }

    def paths(self, days: FloatArray, rng: np.random.Generator) -> FloatArray:
        """Simulate one path of the level for each draw.

        Parameters
        ----------
        days : shape (k,)
            Days ahead, evenly spaced from the first step on.

        Returns
        -------
        shape (m, k)
        """
        step = np.diff(np.concatenate([[0.0], days]))
        out = np.empty((self.level.size, days.size))
        level, slope = self.level.copy(), self.slope * self.span
        made: dict[float, tuple[FloatArray, ...]] = {}
        for i, d in enumerate(np.round(step / self.span, 12).tolist()):
            if d not in made:
                made[d] = self._moves(d)
            reach, left, on_slope, on_level, shared = made[d]
            z = rng.standard_normal((2, level.size))
            level = level + reach * slope + shared * z[0] + on_level * z[1]
            slope = left * slope + on_slope * z[0]
            out[:, i] = level
        return out

    def day_mean(
        self, level: FloatArray, ahead: float, count: int, rng: np.random.Generator
    ) -> FloatArray:
        """Draw the mean of the values of one day.

        Parameters
        ----------
        level : shape (m,)
            Level on that day, one for each draw.
        ahead
            Days from the last value.
        count
            Values of that day.
        """
        common = self.theta[:, 0]
        fade = np.exp(-ahead / self.span / 10.0 ** self.theta[:, 2])
        memory = self.scale * 10.0 ** self.theta[:, 1] * np.sqrt(1 - fade**2)
        white = self.scale * np.sqrt(
            (1 - common) * self.usual / count + common * min(self.width, 1.0)
        )
        z = rng.standard_normal((2, level.size))
        mean: FloatArray = level + fade * self.noise + memory * z[0] + white * z[1]
        return mean

    def _moves(self, d: float) -> tuple[FloatArray, ...]:
        """Say what each draw does over a step: of the slope, and roots of the covariance added."""
        q1, q2 = 10.0 ** (2 * self.theta[:, 3]), 3 * 10.0 ** (2 * self.theta[:, 4])
        k = 10.0 ** self.theta[:, 5]
        lost, twice = -np.expm1(-k * d), -np.expm1(-2 * k * d)
        small = k * d < 1e-3
        reach = lost / k
        own = np.where(small, d**3 / 3, (d - 2 * reach + twice / (2 * k)) / k**2)
        slope = q2 * twice / (2 * k)
        on_slope = np.sqrt(slope)
        shared = q2 * reach**2 / 2 / np.maximum(on_slope, 1e-300)
        on_level = np.sqrt(np.maximum(q1 * d + q2 * own - shared**2, 0.0))
        return reach, 1 - lost, self.scale * on_slope, self.scale * on_level, self.scale * shared


@dataclass(frozen=True, slots=True)
class Bins:
    """Means of values close in time.

    Parameters
    ----------
    t, mean, count : shape (b,)
        Mean time in days, mean value, and number of values.
    within
        Sum of squares of the values about the means of their bins.
    width
        Days of a bin.
    """

    t: FloatArray
    mean: FloatArray
    count: FloatArray
    within: float
    width: float


def bins(t: FloatArray, y: FloatArray) -> Bins:
    """Average values in bins of half a day, wider where the record is long, narrower where short.

    Raises
    ------
    NotEnoughData
        With fewer than 8 bins, or where all values are equal.
    """
    span = float(t[-1] - t[0]) if t.size else 0.0
    width = max(min(BIN_DAYS, span / FEWEST_BINS), span / MOST_BINS)
    if not width > 0:
        raise NotEnoughData(f"a drift needs values at different times, got {t.size} at one time")
    _, of = np.unique(np.floor((t - t[0]) / width), return_inverse=True)
    count = np.bincount(of).astype(np.float64)
    if count.size < LEAST_BINS:
        raise NotEnoughData(f"a drift needs {LEAST_BINS} distinct times, got {count.size}")
    centre = float(np.mean(y))
    mean = np.bincount(of, y - centre) / count
    rest = y - centre - mean[of]
    if not np.ptp(y) > 0:
        raise NotEnoughData(f"a drift needs values that differ; all {y.size} are {centre:g}")
    return Bins(np.bincount(of, t) / count, mean + centre, count, float(rest @ rest), width)


def fit_drift(
    t: FloatArray, y: FloatArray, *, rng: np.random.Generator, draws: int = 2000
) -> DriftPosterior:
    """Draw level, slope and dynamics of a series from their posterior.

    Parameters
    ----------
    t, y : shape (n,)
        Days, not decreasing, and values since the last known change of the process.
    draws
        How many.

    Raises
    ------
    NotEnoughData
        With fewer than 8 bins, or where all values are equal.

    References
    ----------
    Harvey (1989), Forecasting, structural time series models and the Kalman filter, ch. 3 and 4;
    Gardner and McKenzie (1985), Management Science 31, 1237-1246 (fading trends);
    ter Braak (2006), Statistics and Computing 16, 239-249 (the walk over the parameters).
    """
    binned = bins(t, y)
    span = float(binned.t[-1] - binned.t[0])
    unit = float(np.std(binned.mean)) or 1.0
    centre = float(binned.mean[0])
    time, value = (binned.t - binned.t[0]) / span, (binned.mean - centre) / unit
    scarce = float(np.median(binned.count)) / binned.count
    theta, ends = _posterior(time, value, scarce, span, rng)
    pick = rng.integers(0, theta.shape[0], draws)
    theta, ends = theta[pick], ends[pick]
    scale = np.sqrt(np.maximum(ends[:, 9], 1e-18) / rng.chisquare(time.size - 2, draws))
    state = ends[:, :3] + scale[:, None] * _correlated(ends[:, 3:9], rng)
    spread = _spread(binned, theta, scale * unit, scarce, rng)
    # the last bin is averaged over; the level is wanted at the last value
    late = (float(t[-1]) - float(binned.t[-1])) / span
    return DriftPosterior(
        centre + unit * (state[:, 0] + late * state[:, 1]),
        unit * state[:, 1] / span,
        unit * state[:, 2],
        spread,
        theta,
        scale * unit,
        span,
        t.size,
        time.size,
        float(np.median(binned.count)),
        binned.width,
    )


def _posterior(
    t: FloatArray, y: FloatArray, scarce: FloatArray, span: float, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Points of the posterior of the parameters and the states that go with them."""
    from ops.drift.drift_kernel import (  # noqa: PLC0415  (numba loads in half a second)
        likelihoods,
        walked,
    )

    box = np.array(BOX)
    box[2] -= np.log10(span)
    first = box[:, 0] + (box[:, 1] - box[:, 0]) * rng.random((PRIOR_DRAWS, len(BOX)))
    value = likelihoods(first, t, y, scarce, np.empty((PRIOR_DRAWS, 10)))
    start = first[rng.choice(PRIOR_DRAWS, CHAINS, p=_tempered(value))]
    chance = rng.random((SWEEPS, CHAINS, 4))
    jitter = rng.standard_normal((SWEEPS, CHAINS, len(BOX)))
    return walked(start, box, chance, jitter, t, y, scarce, KEPT)


def _tempered(value: FloatArray) -> FloatArray:
    """Weigh log-likelihoods, flattened until enough points share them."""
    power = 1.0
    while True:
        weight: FloatArray = np.exp(power * (value - value.max()))
        weight /= weight.sum()
        if 1.0 / float(weight @ weight) >= CHAINS / 3 or power < 1e-3:
            return weight
        power *= 0.7


def _correlated(packed: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Draw normal vectors with the covariances packed as LL, LS, SS, LU, SU, UU."""
    order = np.array([[0, 1, 3], [1, 2, 4], [3, 4, 5]])
    value, vector = np.linalg.eigh(packed[:, order])
    root = np.sqrt(np.maximum(value, 0.0)) * rng.standard_normal(value.shape)
    drawn: FloatArray = np.einsum("ijk,ik->ij", vector, root)
    return drawn


def _spread(
    binned: Bins, theta: FloatArray, scale: FloatArray, scarce: FloatArray, rng: np.random.Generator
) -> FloatArray:
    """Sigma of a value about the level: within bins, and of the noise of the bins' means."""
    n = float(np.sum(binned.count))
    common = theta[:, 0]
    weighted = float(np.sum(scarce * binned.count)) / n
    between = 10.0 ** (2 * theta[:, 1]) + (1 - common) * weighted + common
    df = max((n - binned.count.size) / 2, 1.0)  # half: neighbours within a bin are alike
    within = binned.within / n * df / rng.chisquare(df, scale.size) if n > scarce.size else 0.0
    sigma: FloatArray = np.sqrt(within + scale**2 * between)
    return sigma
