"""Exact bounds of a quantile and of a reliability from pivots: complete and Type II data.

In a test that ends at a failure (estimate - truth) / sigma_hat and sigma_hat / sigma have one
distribution whatever the parameters; it is drawn.

References
----------
Lawless (2003), Statistical Models and Methods for Lifetime Data, 2nd ed., sections 5.1-5.2;
Thoman, Bain and Antle (1970), Technometrics 12(2), 363-371 (Weibull, complete samples).
"""

from dataclasses import dataclass

import numpy as np

from ops.lifetime.bounds.calibrated import quantile
from ops.lifetime.bounds.resampling import Resampling
from ops.values import FloatArray


@dataclass(frozen=True)
class Pivots:
    """Drawn estimates of a standard life (mu 0, sigma 1), shape (b,) each."""

    mu: FloatArray
    sigma: FloatArray

    def line_bound(self, mu: float, sigma: float, z0: float, level: float) -> float:
        """Value on the line that mu + sigma z0 lies above with probability ``level``."""
        return mu + sigma * quantile((z0 - self.mu) / self.sigma, 1.0 - level)

    def standard_bound(self, mu: float, sigma: float, y0: float, level: float) -> float:
        """Value that (y0 - mu) / sigma of the truth lies below with probability ``level``."""
        return quantile(self.mu + self.sigma * ((y0 - mu) / sigma), level)

    def sigma_bound(self, sigma: float, level: float) -> float:
        """Value that sigma lies above with probability ``level``."""
        return sigma * quantile(1.0 / self.sigma, 1.0 - level)


def pivots(tests: Resampling) -> Pivots:
    """Draw the pivots of a test that ends at a failure."""
    found = tests.refit(0.0, 1.0)
    kept = found[np.isfinite(found[:, 0])]
    return Pivots(kept[:, 0], kept[:, 1])
