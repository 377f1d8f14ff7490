"""A delta gives what a build gives, or says that a build is needed."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.errors import SolverError
from solvers.network.arrays import standard_form
from solvers.network.deltas import changed, changes, difference, edited
from solvers.network.instance import Instance
from solvers.network.layout import layout
from tests.solvers.instances import random_instance, small_instances
from tests.solvers.network.forms import assert_equal

NUMBERS = (
    ("demands", "quantity"),
    ("arcs", "transport"),
    ("arcs", "limit"),
    ("arcs", "load"),
    ("arcs", "handling"),
    ("lanes", "capacity"),
    ("sites", "throughput"),
    ("sites", "open_cost"),
    ("stocks", "initial"),
    ("stocks", "capacity"),
    ("supplies", "maximum"),
    ("productions", "capacity"),
    ("productions", "yields"),
    ("groups", "hours"),
    ("expansions", "capacity"),
)


def scaled(instance: Instance, table: str, field: str, factor: float) -> Instance:
    old: Any = getattr(instance, table)
    return replace(instance, **{table: replace(old, **{field: getattr(old, field) * factor})})


@settings(max_examples=40, deadline=None)
@given(
    network=small_instances(),
    edits=st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=3),
    factor=st.sampled_from([0.5, 1.25]),
)
def test_a_delta_gives_what_a_build_gives(
    network: Instance, edits: list[tuple[str, str]], factor: float
) -> None:
    edited = network
    for table, field in edits:
        edited = scaled(edited, table, field, factor)
    form = standard_form(network)
    delta = changes(form, layout(network), edited)
    assert delta is not None
    assert_equal(changed(form, delta), standard_form(edited))


def test_a_change_of_demand_touches_bounds_only() -> None:
    network = random_instance(7)
    form = standard_form(network)
    delta = changes(form, layout(network), scaled(network, "demands", "quantity", 1.2))
    assert delta is not None
    assert delta.cost_at.size == delta.entry.size == 0
    touched = {
        name for name, block in form.rows.items() if np.isin(block.index, delta.row_at).any()
    }
    assert touched <= {"balance", "fill_rate", "service_level", "shelf_life"}
    assert "balance" in touched


def test_edits_of_one_network_replace_each_other() -> None:
    network = random_instance(7)
    form, old = standard_form(network), layout(network)
    first = edited(form, old, scaled(network, "groups", "hours", 0.9))
    second = edited(form, old, scaled(network, "demands", "quantity", 0.9))
    assert first is not None
    assert second is not None
    expected = standard_form(scaled(network, "demands", "quantity", 0.9))
    assert_equal(changed(first, difference(first, second)), expected)


def test_no_edit_is_no_change() -> None:
    network = random_instance(1)
    form = standard_form(network)
    delta = changes(form, layout(network), network)
    assert delta is not None
    assert delta.cost_at.size == delta.bound_at.size == delta.row_at.size == delta.entry.size == 0


def test_an_edit_that_makes_rows_needs_a_build() -> None:
    network = random_instance(1)
    form, old = standard_form(network), layout(network)
    capped = replace(network, rules=replace(network.rules, carbon_cap=float("inf")))
    assert changes(form, old, capped) is None
    limited = scaled(network, "sites", "throughput", 1.0)
    limited.sites.throughput[9] = 50.0
    assert changes(form, old, limited) is None


def test_forms_of_other_shapes_have_no_difference() -> None:
    with pytest.raises(SolverError):
        difference(standard_form(random_instance(1)), standard_form(random_instance(2)))
