"""Life tests on a running service: uploaded, fitted, approved, fitted again; planted truth found.

Everything goes through the doors that a plant would use, against a running service with workers.
"""

import io
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pytest

from ops.simulate.field_returns import FieldPlan
from ops.simulate.life import LifeTestPlan, simulate_life_tests
from ops.simulate.life_lots import LifeLotPlan
from ops.simulate.sizes import SEED
from ops.work.demo_life_tables import life_tables
from tests.acceptance.service import Service, wait

CSV = {"Content-Type": "text/csv"}
PLACE = {"code": "LT1", "title": "Penang 1", "zone": "UTC"}
TABLES = {t.name: t.table for t in life_tables(seed=SEED, until=date(2026, 6, 30))}
DEGC = {"stresses": [{"name": "temperature", "unit": "degC", "use": 55}]}
UM = {"measure": {"name": "thickness", "unit": "um", "upper": 4.5}}


def post(service: Service, path: str, body: Any, code: int = 201) -> dict[str, Any]:
    answer = service.api.post(path, json=body)
    assert answer.status_code == code, answer.text
    return answer.json()


def send(service: Service, code: str, text: str, query: str = "") -> dict[str, Any]:
    answer = service.api.post(f"/v1/life-tests/{code}/rows{query}", content=text, headers=CSV)
    assert answer.status_code == 200, answer.text
    return answer.json()


def filled(service: Service, code: str, kind: str, text: str, **document: Any) -> None:
    body = {"code": code, "site": "LT1", "kind": kind, "document": document}
    post(service, "/v1/life-tests", body)
    told = send(service, code, text)
    assert (told["rejected_count"], told["ignored"]) == (0, []), told


def csv_of(table: pa.Table) -> str:
    out = io.BytesIO()
    pa_csv.write_csv(table, out)
    return out.getvalue().decode()


def storage(until: float, end: float = 2000.0) -> str:
    """Storage of one package, as it was known at `until`: failures between readouts."""
    plan = LifeTestPlan()
    tests = simulate_life_tests(plan, seed=SEED)
    lines = ["serial,last good [h],first bad [h],mode,group,temperature"]
    for i in np.flatnonzero(tests.product == 0):
        seen = tests.failed[i] and tests.seen_h[i] <= until
        alive = until if tests.failed[i] else min(until, tests.hours[i])
        good = tests.last_good_h[i] if seen else max(alive, 0.1)
        mode = ("", "ball-lift", "heel-crack")[tests.mode[i]] if seen else ""
        bad = f"{tests.seen_h[i]:g}" if seen else ""
        at = tests.temperature_c[i]
        lines.append(f"D{i:03},{good:g},{bad},{mode},oven {at:g},{at:g}")
    return "\n".join(lines) + "\n"


def ran(service: Service, analysis: str, life_test: str, **params: Any) -> dict[str, Any]:
    body = {"site": "LT1", "life_test": life_test} | params
    sent = service.api.post(f"/v1/analyses/{analysis}/runs", json=body)
    assert sent.status_code == 202, sent.text
    run = wait(service.api, sent.headers["Location"])
    assert run["state"] == "succeeded", run["error"]
    return run


@pytest.fixture(scope="module")
def planted(service: Service) -> Service:
    """The service with one life test of each kind: no test needs another before it."""
    post(service, "/v1/sites", PLACE)
    filled(service, "HTS", "life", storage(2000.0), **DEGC)
    filled(service, "LOTS", "life", csv_of(TABLES["life_lots"]), **DEGC)
    filled(service, "FIELD", "field", csv_of(TABLES["field_returns"]), time_unit="d")
    filled(service, "HEADS", "recurrent", csv_of(TABLES["bond_heads"]))
    filled(service, "LAYER", "degradation", csv_of(TABLES["layer_growth"]), **UM)
    return service


def test_a_life_is_fitted_approved_and_moves_with_the_next_readout(planted: Service) -> None:
    service, oven = planted, ["oven 175"]
    filled(service, "NIGHTLY", "life", storage(1008.0), **DEGC)
    fitted = ran(service, "lifetime-fit", "NIGHTLY", groups=oven)
    assert "B10 is at least" in fitted["verdicts"][0]
    page = service.api.get(f"/runs/{fitted['id']}").text
    assert "Probability plots" in page
    report = service.api.get(f"{fitted['links']['self']}/report.pdf")
    assert (report.status_code, report.content[:5]) == (200, b"%PDF-")
    why = {"run": fitted["id"], "rationale": "Weakest link; the lower bound of B10 is reported."}
    post(service, "/v1/life-tests/NIGHTLY/approvals", why)
    params = {"site": "LT1", "life_test": "NIGHTLY", "groups": oven}
    nightly = {"name": "Nightly life", "analysis": "lifetime-fit", "params": params}
    schedule = post(service, "/v1/schedules", nightly | {"cron": "0 3 * * *", "zone": "UTC"})
    told = send(service, "NIGHTLY", storage(2000.0), "?mode=merge&note=end")
    assert told["revision"]["number"] == 2
    path = f"/v1/schedules/{schedule['id']}/trigger"
    night = wait(service.api, service.api.post(path).json()["links"]["self"])
    assert night["state"] == "succeeded", night["error"]
    result = night["result"]
    assert result["revision"] == 2
    (earlier,) = result["earlier"]
    assert (earlier["run_id"], earlier["revision"]) == (fitted["id"], 1)
    assert earlier["failures"] < result["failures"]
    now = next(r for r in result["reported"] if r["p"] == 0.1)["life"]
    assert earlier["estimate"] != now["estimate"]
    assert result["approval"]["run_id"] == fitted["id"]
    assert service.api.get(f"/runs/{night['id']}").status_code == 200


def test_the_planted_life_of_a_mode_lies_in_its_interval(planted: Service) -> None:
    plan = LifeTestPlan()
    run = ran(planted, "lifetime-fit", "HTS", groups=["oven 175"], mode="ball-lift")
    life = next(r for r in run["result"]["reported"] if r["p"] == 0.1)["life"]
    truth = plan.lift_scale_h * (-np.log(0.9)) ** (1.0 / plan.lift_shape)
    assert life["lower"] < truth < life["upper"]
    assert life["lower_one_sided"] < truth


def test_bad_lots_are_named_and_no_others(planted: Service) -> None:
    plan = LifeLotPlan()
    result = ran(planted, "lifetime-batch", "LOTS", target=500)["result"]
    out = {row["name"] for row in result["shown"] if row["stands_out"] == "worse"}
    assert out == {plan.code_of(at) for at in plan.bad}


def test_returns_to_come_hold_the_planted_life(planted: Service) -> None:
    plan = FieldPlan()
    result = ran(planted, "warranty-forecast", "FIELD")["result"]
    assert result["chosen"] == "weibull"
    (weibull,) = [m for m in result["models"] if m["family"] == "weibull"]
    life = next(one for one in weibull["lives"] if one["p"] == 0.01)
    truth = plan.scale_d * (-np.log(0.99)) ** (1.0 / plan.shape)
    assert life["lower"] < truth < life["upper"]
    assert result["delay_days"] == pytest.approx(plan.delay_d, rel=0.3)


def test_the_worn_head_and_the_growing_layer_are_found(planted: Service) -> None:
    heads = ran(planted, "repairable-trend", "HEADS")
    assert "WB-05 fails more often than chance explains" in " ".join(heads["verdicts"])
    layer = ran(planted, "degradation-life", "LAYER", limit=4.5)
    assert "meet the limit not before" in layer["verdicts"][0]


def test_stress_is_taken_down_to_use(planted: Service) -> None:
    plan = LifeTestPlan()
    run = ran(planted, "accelerated-life", "HTS", modes=["ball-lift"], resamples=0)
    (said,) = [v for v in run["verdicts"] if "Ea =" in v]
    low, high = (float(x) for x in said[said.index("[") + 1 : said.index("]")].split(","))
    assert low < plan.lift_ev < high


def test_a_qualification_says_which_stress_failed(planted: Service) -> None:
    run = ran(planted, "qualification-report", "LOTS", life_test_stress="HTOL")
    assert "failed" in run["verdicts"][0]
    assert "HTOL (JESD22-A108)" in run["verdicts"][1]


def test_a_bad_file_is_refused_with_its_rows(planted: Service) -> None:
    service = planted
    text = "serial,hours,status\nU1,412,F\nU2,0,F\nU3,-4,S\nU1,500,S\n"
    answer = service.api.post("/v1/life-tests/HTS/rows", content=text, headers=CSV)
    assert answer.status_code == 422
    said = str(answer.json())
    assert "zero is not a time to failure" in said
    assert all(f"row {n}" in said for n in (2, 3))
    back = "serial,last good [h],first bad [h],group\nD000,1,,oven 150\n"
    merged = service.api.post("/v1/life-tests/HTS/rows?mode=merge", content=back, headers=CSV)
    assert merged.status_code == 422
    assert "D000" in merged.text
    assert service.api.get("/v1/life-tests/HTS").json()["newest"] == 1


def test_what_cannot_be_fitted_is_answered_in_words(planted: Service) -> None:
    body = {"site": "LT1", "life_test": "HEADS"}
    wrong = planted.api.post("/v1/analyses/lifetime-fit/runs", json=body)
    assert wrong.status_code == 422
    assert "times to failure" in wrong.text
    lost = planted.api.post("/v1/analyses/lifetime-fit/runs", json=body | {"life_test": "NONE"})
    assert lost.status_code == 422
    assert {e["pointer"] for e in lost.json()["errors"]} == {"/life_test"}
