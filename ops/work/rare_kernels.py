"""Kernels that no example of an analysis reaches: those of its other choices, called once each.

They are called as the analyses call them, on a handful of values, so that they are compiled for
the same types; last the one by which `ops.work.kernels` tells that all of them are. What
validations alone call, or nobody but tests, is not here.
"""

from collections.abc import Callable, Mapping

import numpy as np

from ops.classify.fast.additive import AdditiveScorer
from ops.classify.models.curve import curve_of
from ops.drift.changepoints import changepoints
from ops.drift.mann_kendall import mann_kendall
from ops.lifetime.comparison.group import LifeGroup
from ops.lifetime.comparison.ratio import life_ratio
from ops.lifetime.data import life_data
from ops.lifetime.families.latent_class import (
    Classes,
    class_landscape,
    responsibilities,
    rows_of,
)
from ops.lifetime.families.row_term import terms_of
from ops.lifetime.fit import fit
from ops.lifetime.likelihood import derivatives_at
from ops.work.kernels import RARE, compile_rare


def of_series() -> None:
    """Call changes of spread and under correlated noise, ties, sparse models, curves added up."""
    y = np.repeat([0.0, 8.0], 24) + np.repeat(np.tile([0.1, -0.1, 0.3, -0.2], 3), 4)
    mann_kendall(y)
    two = np.ones(2)
    curve_of(np.eye(2), two, (1, 2), smooth=False).step(two, two, two)
    term = np.array([[0, 0, 1, -1, 0, 0, 0, 1]], dtype=np.int32)
    AdditiveScorer(term, np.array([0.5]), np.zeros((3, 1)), np.zeros(1)).probability(np.eye(2))
    changepoints(y, cost="mean-variance")
    changepoints(y, cost="autocorrelated")


def of_lives() -> None:
    """Call ratios with one shape, classes of latent lives, failures by path, curvature anywhere."""
    data = life_data(np.array([1.0, 2.0, 3.0, 4.0]))
    rows, classes = rows_of(data), Classes("weibull", 2)
    at = np.zeros(classes.size)
    class_landscape(rows, classes)(at)
    responsibilities(rows, classes, at)
    terms_of("weibull", rows.lower, rows.upper, 0.0, 0.0)
    derivatives_at(data, "weibull", 1.0, 0.5)
    groups = [LifeGroup(name, data, fit(data, "weibull")) for name in ("a", "b")]
    rng = np.random.default_rng(1)
    life_ratio(groups, "weibull", 0.1, rng=rng, shapes="common", samples=0)


def of_streams() -> None:
    """Call moving averages."""
    from ops.spc.run_kernel import moving_means  # noqa: PLC0415  (numba loads in half a second)

    z = np.arange(3.0)
    moving_means(z, np.ones(z.size), z == 0.0, 2)


CALLS: Mapping[str, Callable[[], None]] = {
    "series": of_series,
    "lives": of_lives,
    "streams": of_streams,
}

if __name__ == "__main__":
    for share in RARE:
        compile_rare(share)
