"""Coordinates of a probability plot: where points, lines, bounds and marks stand."""

import numpy as np
import pytest
from scipy.special import ndtri

from ops.lifetime.data import failures_and_suspensions, life_data
from ops.lifetime.fit import fit
from ops.lifetime.location_scale import Family, standard_quantile, to_line
from ops.lifetime.nonparametric.probability_plot import (
    POINTS,
    TimeBounds,
    probability_plot,
    wald_band,
)
from ops.lifetime.nonparametric.rank_regression import rank_regression

DATA = failures_and_suspensions([46, 64, 83, 105, 123, 150], [60, 200, 200])


@pytest.mark.parametrize("paper", ["weibull", "lognormal", "loglogistic", "gumbel", "normal"])
def test_the_family_of_the_paper_is_a_straight_line(paper: Family) -> None:
    line = probability_plot(DATA, {"it": fit(DATA, paper)}, paper=paper).lines[0]
    x, y = to_line(paper, line.time), standard_quantile(paper, line.probability)
    assert np.diff(y) / np.diff(x) == pytest.approx(np.diff(y)[0] / np.diff(x)[0])


def test_bounds_of_a_fit_are_normal_in_the_standardized_time() -> None:
    found = fit(DATA)
    t = np.array([80.0])
    low, high = wald_band(found, t, 0.90)
    z = (np.log(t[0]) - found.mu) / found.sigma
    slope = np.array([-1.0 / found.sigma, -z])  # of z by (mu, log sigma)
    wide = float(ndtri(0.95)) * np.sqrt(slope @ found.covariance @ slope)
    assert standard_quantile("weibull", low) == pytest.approx(z - wide)
    assert standard_quantile("weibull", high) == pytest.approx(z + wide)


def test_bounds_of_times_are_turned_into_bounds_of_probability() -> None:
    found = fit(DATA)
    p = np.geomspace(1e-3, 0.99, 60)
    bounds = TimeBounds(p, found.quantile(p) / 1.2, found.quantile(p) * 1.3)
    line = probability_plot(DATA, {"it": found}, bounds={"it": bounds}).lines[0]
    inside = np.isfinite(line.lower) & np.isfinite(line.upper)
    t = line.time[inside]
    assert inside.sum() > 20
    assert line.upper[inside] == pytest.approx(1.0 - found.survival(t * 1.2), rel=1e-3)
    assert line.lower[inside] == pytest.approx(1.0 - found.survival(t / 1.3), rel=1e-3)


def test_suspensions_stand_at_the_lowest_probability_once_each() -> None:
    found = probability_plot(DATA)
    assert found.suspended.tolist() == [60.0, 200.0]
    assert found.lowest < found.probability.min()
    assert found.lines == ()


def test_the_sheet_reaches_what_is_asked_for() -> None:
    found = probability_plot(DATA, {"it": fit(DATA)}, reach=(0.001,))
    assert found.lowest < 0.001
    assert found.lines[0].probability.min() < 0.001


def test_a_model_without_covariance_has_no_bounds() -> None:
    line = probability_plot(DATA, {"it": rank_regression(DATA)}, ranks="median").lines[0]
    assert line.lower.size == line.upper.size == 0


def test_intervals_are_plotted_where_they_end() -> None:
    found = probability_plot(life_data([0.0, 10.0, 20.0], [10.0, 20.0, np.inf]))
    assert found.time.tolist() == [10.0, 20.0]


def test_a_large_set_is_thinned() -> None:
    rng = np.random.default_rng(3)
    found = probability_plot(failures_and_suspensions(rng.weibull(2.0, 5000)))
    assert 0 < found.time.size <= POINTS
