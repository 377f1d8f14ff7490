"""The array builder against forms written out by hand, and the shape of what it gives."""

import re
from pathlib import Path

import numpy as np
from hypothesis import given, settings

from solvers.network.arrays import standard_form
from solvers.network.instance import Instance
from solvers.network.standard_form import Block
from tests.solvers.instances import (
    INF,
    arcs,
    demands,
    instance,
    lanes,
    sites,
    small_instances,
    stocks,
    supplies,
)

PAGE = Path(__file__).parents[3] / "docs" / "methods" / "network-plan.md"


def tiny() -> Instance:
    """A supplier (site 0) and a customer (site 1) that are a period apart, for two periods."""
    return instance(
        2,
        sites=sites(2, 2),
        lanes=lanes([0], [1], 2, lag=1),
        arcs=arcs([0], 2, transport=3.0, duty=0.5, capital=0.25, limit=9.0),
        supplies=supplies(2, site=[0], maximum=[[7.0, 8.0]], unit_cost=[[1.0, 2.0]]),
        stocks=stocks(2, site=[1], initial=4.0, holding=0.1, capacity=6.0, final=1.0),
        demands=demands(2, site=[1], quantity=[[2.0, 5.0]], lost_cost=20.0, backlog_cost=INF),
    )


def test_a_tiny_form_is_the_one_written_by_hand() -> None:
    form = standard_form(tiny())
    # columns: flow 0-1, buy 2-3, stock 4-5, lost 6-7, backlog 8-9; rows: supplier, customer
    expected = np.zeros((4, 10))
    expected[0, [0, 2]] = -1, 1
    expected[1, [1, 3]] = -1, 1
    expected[2, [4, 6, 8]] = -1, 1, 1
    expected[3, [0, 4, 5, 7, 8, 9]] = 1, 1, -1, 1, -1, 1
    assert np.array_equal(form.matrix.toarray(), expected)
    assert form.cost.tolist() == [3.75, 3.75, 1, 2, 0.1, 0.1, 20, 20, 0, 0]
    assert form.lower.tolist() == [0, 0, 0, 0, 0, 1, 0, 0, 0, 0]
    assert form.upper.tolist() == [9, 0, 7, 8, 6, 6, 2, 5, 0, 0]
    assert form.row_lower.tolist() == form.row_upper.tolist() == [0, 0, -2, 5]
    assert not form.integer.any()


@settings(max_examples=40)
@given(network=small_instances())
def test_blocks_cover_all_columns_and_rows(network: Instance) -> None:
    form = standard_form(network)
    for blocks, size in ((form.columns, form.cost.size), (form.rows, form.row_lower.size)):
        covered = np.concatenate([block.index.ravel() for block in blocks.values()])
        assert np.array_equal(covered, np.arange(size))
    assert form.matrix.shape == (form.row_lower.size, form.cost.size)
    assert form.matrix.indices.dtype == form.matrix.indptr.dtype == np.int32
    assert form.matrix.has_canonical_format
    assert form.matrix.data.all()


@settings(max_examples=40)
@given(network=small_instances())
def test_no_number_is_undefined_and_free_rows_are_empty(network: Instance) -> None:
    form = standard_form(network)
    assert np.isfinite(form.cost).all()
    assert np.isfinite(form.matrix.data).all()
    for bound in (form.lower, form.upper, form.row_lower, form.row_upper):
        assert not np.isnan(bound).any()
    free = np.isinf(form.row_lower) & np.isinf(form.row_upper)
    assert not free[form.matrix.indices].any()


def test_an_empty_block_is_kept() -> None:
    form = standard_form(tiny())
    assert form.columns["source"] == Block(10, (0,))
    assert form.rows["shelf_life"].size == 0


def test_the_page_names_the_blocks_of_the_code() -> None:
    form = standard_form(tiny())
    tables = PAGE.read_text().split("\n## ")
    named = {
        table.splitlines()[0]: re.findall(
            r"`(\w+)`", " ".join(re.findall(r"^\| (.*?) \|", table, re.M))
        )
        for table in tables
    }
    assert named["Variables"] == list(form.columns)
    assert named["Rows"] == list(form.rows)
