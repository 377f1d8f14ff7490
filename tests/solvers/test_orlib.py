"""The benchmark files read as they are meant: sizes, totals, one published optimum."""

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from solvers.network.resolve import resolve
from solvers.scenario.document import Scenario
from tests.solvers.orlib import needs_data, published, read_cap, read_holmberg

needs = pytest.fixture(autouse=True)(needs_data)


def test_a_cap_file_has_its_places_customers_and_demand() -> None:
    scenario = read_cap("cap41")
    kinds = [s.kind for s in scenario.sites]
    assert (kinds.count("dc"), kinds.count("customer")) == (16, 50)
    assert sum(d.quantity for d in scenario.demands if isinstance(d.quantity, float)) == 58_268
    assert scenario.sites[0].throughput == 5000
    assert scenario.sites[0].fixed_cost == 7500


def test_a_file_without_capacity_asks_for_one() -> None:
    with pytest.raises(ValueError, match="capa leaves its capacity open"):
        read_cap("capa")


def test_a_holmberg_file_has_single_sources() -> None:
    scenario = read_holmberg("p1")
    assert scenario.policy.single_source
    assert len(scenario.lanes) == 10 * 50


def test_all_published_optima_are_there() -> None:
    families = ("orlib_small", "orlib_large", "holmberg")
    assert [len(published(f)) for f in families] == [37, 12, 9]


@pytest.mark.parametrize(
    ("scenario", "optimum"),
    [
        (lambda: read_cap("cap71"), "orlib_small:cap71"),
        (lambda: read_holmberg("p9"), "holmberg:p9"),
    ],
)
def test_published_optima_are_reached(scenario: type[Scenario], optimum: str) -> None:
    arrays = pytest.importorskip("solvers.network.arrays", reason="needs the array builder")
    family, name = optimum.split(":")
    form = arrays.standard_form(resolve(scenario()).instance)
    found = milp(
        form.cost,
        constraints=LinearConstraint(form.matrix, form.row_lower, form.row_upper),
        integrality=form.integer.astype(np.uint8),
        bounds=Bounds(form.lower, form.upper),
        options={"mip_rel_gap": 1e-9},
    )
    assert found.fun + form.offset == pytest.approx(published(family)[name], rel=1e-6)
