"""The example solves to a plan that serves its customers."""

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from solvers.network.resolve import resolve
from solvers.scenario.example import example_scenario

arrays = pytest.importorskip("solvers.network.arrays", reason="the array builder is not there yet")


def test_the_example_has_a_plan_that_serves_nearly_all() -> None:
    form = arrays.standard_form(resolve(example_scenario()).instance)
    found = milp(
        form.cost,
        constraints=LinearConstraint(form.matrix, form.row_lower, form.row_upper),
        integrality=form.integer.astype(np.uint8),
        bounds=Bounds(form.lower, form.upper),
    )
    assert found.status == 0
    assert form.columns["lost"].of(found.x).sum() == pytest.approx(0.0, abs=1e-6)
    assert form.columns["open"].of(found.x).sum() > 0
