from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from solvers.errors import ScenarioError
from solvers.scenario.delivery import Routing, WayMatrix
from solvers.scenario.diff import diff
from solvers.scenario.document import Scenario
from solvers.scenario.tables import Row, from_tables, to_tables
from tests.solvers.scenarios import scenarios


@settings(max_examples=40)
@given(scenario=scenarios())
def test_tables_hold_all_of_a_scenario(scenario: Scenario) -> None:
    back = from_tables(to_tables(scenario))
    assert diff(scenario, back) == ()
    assert back == scenario


@settings(max_examples=15)
@given(scenario=scenarios())
def test_the_order_of_rows_of_the_parts_is_no_matter(scenario: Scenario) -> None:
    tables = to_tables(scenario)
    turned = {
        n: rows if n in ("periods",) or "." in n else rows[::-1] for n, rows in tables.items()
    }
    assert diff(scenario, from_tables(turned)) == ()


def test_parts_of_one_name_keep_their_own_lists() -> None:
    lane = {"origin": "A", "destination": "B"}
    by = [{"period": "P1", "amount": 5}]
    given = Scenario.model_validate(
        {"lanes": [{**lane, "commodities": ["x"]}, {**lane, "commodities": ["y"],
                                                    "capacity_by_period": by}]}
    )  # fmt: skip
    tables = to_tables(given)
    assert tables["lanes.capacity_by_period"][0]["nth"] == 2
    assert from_tables(tables) == given


def test_empty_and_absent_are_told_apart() -> None:
    given = Scenario.model_validate(
        {"qualifications": [{"product": "x", "site": "A", "revision": r} for r in (None, "", "B")]}
    )
    rows = to_tables(given)["qualifications"]
    assert [row["revision"] for row in rows] == [None, '""', "B"]
    assert from_tables({"qualifications": rows}) == given


def test_cells_of_a_spreadsheet_become_what_the_field_needs() -> None:
    rows: list[Row] = [{"code": 7.0, "start": "2026-01-05", "days": "14"}]
    period = from_tables({"periods": rows}).periods[0]
    assert (period.code, period.start, period.days) == ("7", date(2026, 1, 5), 14.0)


def test_every_wrong_cell_is_named_at_once() -> None:
    tables: dict[str, Any] = {
        "sites": [
            {"code": "A", "kind": "plnt", "latitude": "north"},
            {},
            {"code": None, "kind": "dc", "latitude": 99},
        ],
        "lanes": [{"origin": "A", "destination": "B", "capcity": 3, "capacity": "many"}],
        "lanes.breaks": [{"origin": "A", "destination": "X", "load": 0, "rate": 1}],
        "demands": [{"customer": "A", "commodity": "x", "spread.sd": 3, "fill_rate": 2}],
        "lane": [],
    }
    with pytest.raises(ScenarioError) as caught:
        from_tables(tables)
    found = {f.pointer: f.detail for f in caught.value.flaws}
    assert set(found) == {
        "/lane",
        "/lanes/capcity",
        "/sites/1/kind",
        "/sites/1/latitude",
        "/sites/3/code",
        "/sites/3/latitude",
        "/lanes/1/capacity",
        "/lanes.breaks/1/origin",
        "/demands/1/fill_rate",
    }
    assert "rename it to capacity" in found["/lanes/capcity"]
    assert (
        "sheet sites, row 1, column kind: 'plnt' is wrong: write one of" in found["/sites/1/kind"]
    )
    assert "99" in found["/sites/3/latitude"]
    assert "table lanes has no row 'A X road'" in found["/lanes.breaks/1/origin"]


def test_a_tariff_without_breaks_says_which_table_needs_them() -> None:
    rows: list[Row] = [{"origin": "A", "destination": "B", "tariff.kind": "incremental"}]
    with pytest.raises(ScenarioError, match="breaks"):
        from_tables({"lanes": rows})


def test_a_measured_matrix_is_refused_and_not_lost() -> None:
    matrix = WayMatrix(places=("A", "B"), distance=((0.0, 1.0), (1.0, 0.0)))
    with pytest.raises(ScenarioError, match="as JSON") as raised:
        to_tables(Scenario(routing=Routing(matrix=matrix)))
    assert [flaw.pointer for flaw in raised.value.flaws] == ["/routing/matrix"]
