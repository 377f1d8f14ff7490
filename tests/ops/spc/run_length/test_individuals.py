"""Individuals and moving ranges together: published run lengths."""

import numpy as np
import pytest

from ops.spc.run_length.chain import arl
from ops.spc.run_length.individuals import individuals_arl
from ops.spc.run_length.shewhart import ShewhartScheme
from tests.reference import case


def test_individuals_with_moving_ranges_as_in_crowders_listing() -> None:
    found = case("run_length", "arl_imr_crowder")
    lengths = [individuals_arl(width=2, range_limit=3, shift=m) for m in found["inputs"]["mu"]]
    assert lengths == pytest.approx(found["expected"], rel=0.005)


def test_a_range_limit_out_of_reach_changes_nothing() -> None:
    assert individuals_arl(width=3, range_limit=9) == pytest.approx(arl(ShewhartScheme()))


def test_narrow_range_limits_are_what_simulation_finds() -> None:
    rng = np.random.default_rng(2)
    x = rng.normal(size=(40_000, 120))
    broken = np.abs(x) > 2.5
    broken[:, 1:] |= np.abs(np.diff(x)) > 1.7
    first = np.where(broken.any(axis=1), broken.argmax(axis=1) + 1, 121)
    error = first.std() / 200
    assert individuals_arl(width=2.5, range_limit=1.7) == pytest.approx(first.mean(), abs=4 * error)
