"""The Pyomo formulation and the array builder state the same model."""

import pyomo.environ as pyo
import pytest
from hypothesis import given, settings
from pyomo.core.base import constraint, objective

from solvers.network import arrays, compiled
from solvers.network.build import build
from solvers.network.formulation import formulate
from solvers.network.instance import Instance
from solvers.network.templates import templating
from tests.solvers.instances import arcs, instance, lanes, random_instance, sites, small_instances
from tests.solvers.network.forms import assert_equal


@settings(max_examples=25, deadline=None)
@given(network=small_instances())
def test_both_builders_give_the_same_form(network: Instance) -> None:
    assert_equal(compiled.standard_form(network), arrays.standard_form(network))


def switches() -> tuple[bool, bool]:
    return constraint.TEMPLATIZE_CONSTRAINTS, objective.TEMPLATIZE_OBJECTIVES


def _fail_while_templating() -> None:
    with templating():
        assert switches() == (True, True)
        raise RuntimeError


def test_switches_are_put_back_when_a_build_fails() -> None:
    before = switches()
    with pytest.raises(RuntimeError):
        _fail_while_templating()
    assert switches() == before
    compiled.standard_form(random_instance(0))
    assert switches() == before


def test_the_formulation_is_templated_throughout() -> None:
    with templating():
        model = formulate(random_instance(3))
    for component in model.component_objects(pyo.Constraint):
        assert all(hasattr(row, "template_expr") for row in component.values()), component.name


def test_a_network_without_anything_can_be_built() -> None:
    empty = instance(2, sites=sites(1, 2), lanes=lanes([], [], 2), arcs=arcs([], 2))
    assert_equal(compiled.standard_form(empty), arrays.standard_form(empty))


def test_build_takes_either_path() -> None:
    network = random_instance(5)
    assert_equal(build(network), build(network, "arrays"))
    assert_equal(build(network, "pyomo"), build(network, "arrays"))
