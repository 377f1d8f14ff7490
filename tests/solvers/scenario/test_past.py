import io
from datetime import date
from typing import Any

import numpy as np
import pytest
from openpyxl import Workbook

from solvers.errors import ScenarioError
from solvers.scenario.aggregation import clusters
from solvers.scenario.past import scenario_from_history
from solvers.scenario.past_file import rows_of
from solvers.scenario.past_option import Past, PastOptions
from solvers.scenario.validate import flaws
from tests.solvers.scenario.history_rows import rows


def test_a_planted_tariff_is_found_again() -> None:
    scenario, report = scenario_from_history(Past.of(**rows()))
    assert flaws(scenario) == ()
    for fit, lane in zip(report.lanes, scenario.lanes, strict=True):
        assert fit.method == "fixed and rate"
        assert fit.fixed == pytest.approx(80.0, abs=1e-6)
        assert fit.rate == pytest.approx(1.5, abs=1e-9)
        assert fit.r2 == pytest.approx(1.0)
        assert (lane.shipment_cost, lane.unit_cost) == (fit.fixed, fit.rate)
        assert fit.lead_days == pytest.approx(3.0, abs=0.05)
    assert report.freight_error == pytest.approx(0.0, abs=1e-9)
    assert {s.code: s.kind for s in scenario.sites} == {
        "S": "supplier", "C1": "customer", "C2": "customer", "C3": "customer",
    }  # fmt: skip
    assert scenario.inventories[0].initial == 7.0
    assert scenario.commodities[0].weight == pytest.approx(2.0)


def test_nothing_is_lost_between_the_rows_and_the_document() -> None:
    given = rows()
    scenario, report = scenario_from_history(Past.of(**given))
    shipped = sum(r["quantity"] for r in given["shipments"])
    assert sum(float(f.quantity) for f in scenario.history.flows) == pytest.approx(shipped)
    freight = sum(r["transport_cost"] for r in given["shipments"])
    assert report.booked["transport"] == pytest.approx(freight)
    assert report.booked["duty"] == pytest.approx(0.1 * shipped)
    wanted = sum(float(q.amount) for d in scenario.demands for q in d.quantity_by_period)
    assert wanted == pytest.approx(shipped)
    assert [p.code for p in scenario.periods] == [f"2026-0{m}" for m in range(1, 6)]


def test_clusters_put_neighbours_together_and_say_what_it_costs() -> None:
    options = PastOptions(customers="cluster", customer_count=2, period="week")
    scenario, report = scenario_from_history(Past.of(**rows()), options)
    assert flaws(scenario) == ()
    of = report.customers.of
    assert of["C1"] == of["C2"] == "CLUSTER-C2"
    assert of["C3"] == "C3"
    error = report.customers.cost_error
    assert error is not None
    assert abs(error) < 0.02  # two neighbours 10 km apart, 350 km away
    exact, moved = report.customers.unit_km, report.customers.aggregated_unit_km
    assert exact is not None
    assert moved is not None
    assert error == pytest.approx((moved - exact) / exact)


def test_each_customer_by_itself_has_no_aggregation_error() -> None:
    report = scenario_from_history(Past.of(**rows())).report
    assert report.customers.cost_error == pytest.approx(0.0)
    assert report.customers.volume_share == 0.0


def test_the_rest_is_put_together_by_region() -> None:
    options = PastOptions(customers="top", customer_count=1, products="top", product_count=1)
    scenario, report = scenario_from_history(Past.of(**rows()), options)
    assert {s.code for s in scenario.sites} == {"S", "C3", "REST-DE"}
    assert {c.code for c in scenario.commodities} == {"REST", report.products.of["G0"]} - {""} | {
        report.products.of["G1"]
    }
    assert 0 < report.customers.volume_share < 1


def test_without_orders_demand_is_what_arrived() -> None:
    given = rows(6)
    del given["orders"]
    scenario, report = scenario_from_history(Past.of(**given))
    assert report.demand_from == "shipments"
    assert any("lost sales" in note for note in report.notes)
    assert all(fit.method == "mean rate" and "only 6" in fit.note for fit in report.lanes)
    assert len(scenario.demands) == 6


def test_every_wrong_cell_of_a_table_is_named() -> None:
    given = rows(2)["shipments"]
    given[1]["quantity"] = "many"
    given[3]["date"] = "soon"
    del given[4]["origin"]
    with pytest.raises(ScenarioError) as caught:
        Past.of(given)
    assert {f.pointer for f in caught.value.flaws} == {
        "/shipments/2/quantity",
        "/shipments/4/date",
        "/shipments/5/origin",
    }


@pytest.mark.parametrize("options", [{"basis": "weight"}, {"customers": "cluster"}])
def test_what_an_option_needs_is_asked_for(options: dict[str, Any]) -> None:
    given = rows(2)
    for row in given["shipments"]:
        del row["weight"]
    given["sites"] = []
    with pytest.raises(ScenarioError):
        scenario_from_history(Past.of(**given), PastOptions.model_validate(options))


def test_files_give_the_same_rows() -> None:
    text = b"day;lane;package;quantity\n2026-01-05;A>B/sea;x;3\n"
    book, written = Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.append(["day", "lane", "package", "quantity"])
    book.active.append([date(2026, 1, 5), "A>B/sea", "x", 3])
    book.save(written)
    by_csv = Past.of(rows_of(text, "csv", "shipments"))
    assert by_csv == Past.of(rows_of(written.getvalue(), "xlsx", "shipments"))
    assert by_csv.shipments[0].mode == "sea"
    with pytest.raises(ScenarioError, match="no parquet file"):
        rows_of(text, "parquet", "shipments")


def test_clusters_are_those_that_are_plain_to_see() -> None:
    rng = np.random.default_rng(3)
    centres = np.array([[50.0, 8.0], [40.0, -100.0], [35.0, 139.0]])
    places = np.repeat(centres, 20, axis=0) + rng.normal(0, 0.5, (60, 2))
    label = clusters(places, rng.uniform(1, 5, 60), 3, seed=1)
    groups = [set(label[i * 20 : (i + 1) * 20].tolist()) for i in range(3)]
    assert [len(g) for g in groups] == [1, 1, 1]
    assert len(set.union(*groups)) == 3
