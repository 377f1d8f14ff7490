"""Sampled futures that several tests decide on."""

import numpy as np

from ops.drift.futures import Futures, sampled_futures
from ops.values import FloatArray, SpecLimits

SPEC = SpecLimits(88.0, 112.0, 100.0)
DAYS = 90


def creeping(
    slope: float,
    *,
    start: float = 100.0,
    sigma: float = 2.0,
    spec: SpecLimits = SPEC,
    scatter: float = 0.1,
    paths: int = 60,
    corrections: FloatArray | None = None,
) -> Futures:
    """Futures that creep away, each by its own slope."""
    rng = np.random.default_rng(5)
    slopes = slope * (1.0 + scatter * rng.standard_normal((paths, 1)))
    level = start + slopes * np.arange(DAYS)
    return sampled_futures(
        level, home=100.0, sigma=sigma, spec=spec, horizon=DAYS, rng=rng, corrections=corrections
    )
