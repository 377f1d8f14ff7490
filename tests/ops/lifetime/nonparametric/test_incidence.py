"""Cumulative incidence: adds up, reduces to Kaplan-Meier, variance of the literature."""

from dataclasses import replace

import numpy as np
import pytest

from ops.lifetime.data import LifeData, failures_and_suspensions
from ops.lifetime.nonparametric.incidence import UNKNOWN, incidence
from ops.lifetime.nonparametric.kaplan_meier import kaplan_meier


def two_modes() -> LifeData:
    data = failures_and_suspensions([1, 2, 2, 3, 5, 6, 6, 8], [2, 4, 7, 9])
    return replace(
        data, mode=np.array([0, 1, 0, 0, 1, 0, 1, 1, -1, -1, -1, -1]), modes=("wear", "crack")
    )


def test_incidences_and_survival_add_up_to_1() -> None:
    found = incidence(two_modes())
    assert found.incidence.sum(axis=0) + found.survival == pytest.approx(np.ones(found.time.size))
    assert (found.incidence <= 1 - kaplan_meier(two_modes()).survival + 1e-12).all()
    assert (np.diff(found.incidence) >= 0).all()


def test_one_mode_is_one_minus_kaplan_meier_with_its_error() -> None:
    data = failures_and_suspensions([1, 2, 2, 5], [3, 6])
    found, km = incidence(data), kaplan_meier(data)
    assert found.incidence[0] == pytest.approx(1.0 - km.survival)
    assert found.std_error[0] == pytest.approx(km.std_error)


def test_the_error_is_that_of_the_delta_method() -> None:
    """Marubini and Valsecchi (1995), eq. 10.12, written out at the last time."""
    found = incidence(two_modes())
    n, d, own = found.at_risk, found.failed.sum(axis=0), found.failed[0]
    before = np.concatenate([[1.0], found.survival[:-1]])
    rest = found.incidence[0, -1] - found.incidence[0]
    variance = (
        (rest**2 * d / (n * (n - d))).sum()
        + (before**2 * own * (n - own) / n**3).sum()
        - 2 * (rest * before * own / n**2).sum()
    )
    assert found.std_error[0, -1] == pytest.approx(np.sqrt(variance))
    inside = ~np.isnan(found.lower[0])
    assert (found.lower[0][inside] < found.incidence[0][inside]).all()
    assert (found.incidence[0][inside] < found.upper[0][inside]).all()


def test_failures_of_unknown_mode_are_one_of_their_own() -> None:
    data = replace(two_modes(), mode=np.array([0, 1, -1, 0, 1, 0, 1, 1, -1, -1, -1, -1]))
    found = incidence(data)
    assert found.modes == ("wear", "crack", UNKNOWN)
    assert found.failed.sum() == 8
