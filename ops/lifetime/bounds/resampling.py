"""Parametric bootstrap of a location-scale life: the same test drawn many times, and fitted."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ops.lifetime.bounds.scheme import Scheme
from ops.lifetime.location_scale import STANDARD, STANDARDS, Family, to_line
from ops.values import FloatArray


@dataclass(frozen=True)
class Resampling:
    """A test that can be drawn anew, with the chance of each sample fixed.

    Parameters
    ----------
    family
        Of the lives.
    scheme
        Of the test.
    seeds : shape (b,)
        Of each sample, uint64.
    """

    family: Family
    scheme: Scheme
    seeds: NDArray[np.uint64]

    def draw(self, mu: float, sigma: float) -> FloatArray:
        """Draw all samples; shape (5, b, m): lower, upper, weight, entry, exit, on the line."""
        if self.scheme.kind in ("complete", "failure-ended"):
            return self._ended(mu, sigma)
        return self._watched(mu, sigma)

    def refit(self, mu: float, sigma: float, y0: float = 0.0, z0: float = np.nan) -> FloatArray:
        """Draw and fit all samples.

        Parameters
        ----------
        mu, sigma
            What is drawn from.
        y0, z0
            Where the signed root is taken: mu + sigma z0 = y0; not if `z0` is NaN.

        Returns
        -------
        FloatArray
            Shape (b, 3): mu, sigma, signed root; NaN where a sample has no maximum.
        """
        from ops.lifetime.bounds.profile_kernel import refit  # noqa: PLC0415  (numba)

        out = np.empty((self.seeds.size, 3))
        refit(self._standard, self.draw(mu, sigma), (mu, sigma), y0, z0, out)
        return out

    @property
    def _standard(self) -> int:
        return STANDARDS.index(STANDARD[self.family])

    def _ended(self, mu: float, sigma: float) -> FloatArray:
        from ops.lifetime.bounds.draw import draw_ended  # noqa: PLC0415  (numba)

        out = np.empty((5, self.seeds.size, self.scheme.failures + 1))
        out[3], out[4] = -np.inf, np.inf
        draw_ended(self._standard, (mu, sigma), self.seeds, self.scheme.units, out)
        return out

    def _watched(self, mu: float, sigma: float) -> FloatArray:
        from ops.lifetime.bounds.draw import draw_watched  # noqa: PLC0415  (numba)

        s = self.scheme
        line = self._line
        looks = np.stack(
            [
                _after_zero(line(s.first), s.first),
                line(s.second),
                np.where(np.isnan(s.end), np.nan, line(s.end)),
                s.beyond,
                _after_zero(line(s.entry), s.entry),
                line(s.exit),
            ],
            axis=1,
        )
        groups, grid = (s.count, s.seen, looks), (line(s.readouts), line(s.ends), s.shares)
        places = min(s.units, s.count.size + 2 * s.failures) + s.count.size
        while True:
            out = np.empty((5, self.seeds.size, places))
            need = draw_watched(self._standard, (mu, sigma), self.seeds, groups, grid, out)
            if need <= places:
                return out
            places = need

    def _line(self, t: FloatArray) -> FloatArray:
        return np.ascontiguousarray(to_line(self.family, t))


def _after_zero(line: FloatArray, t: FloatArray) -> FloatArray:
    """Put what is 0 before everything, whatever the line."""
    return np.where(t > 0.0, line, -np.inf)


def resampling(
    scheme: Scheme, family: Family, *, samples: int, rng: np.random.Generator
) -> Resampling:
    """Fix the chance of so many samples."""
    seeds = rng.integers(0, 2**64, size=samples, dtype=np.uint64)
    return Resampling(family, scheme, seeds)
