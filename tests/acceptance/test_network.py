"""Planning a network through the public doors: scenario in, edits, plan, comparison, approval.

The published optima of the facility-location benchmarks are asked of the running service: nothing
here calls a solver.
"""

import time
from typing import Any

import httpx
import pytest

from solvers.scenario.document import Scenario
from solvers.scenario.example import example_scenario
from tests.acceptance.service import RUN_S, Service, wait
from tests.solvers.orlib import needs_data, published, read_cap, read_holmberg

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHORT = ("cap41", "cap71", "cap101", "cap131", "p1", "p9")


def submit(api: httpx.Client, analysis: str, **params: Any) -> str:
    """Address of a new run."""
    answer = api.post(f"/v1/analyses/{analysis}/runs", json=params)
    assert answer.status_code == 202, answer.text
    return answer.json()["links"]["self"]


def ended(api: httpx.Client, run_url: str, most_s: float = RUN_S) -> dict:
    """A run that succeeded, its result included."""
    run = wait(api, run_url, most_s)
    assert run["state"] == "succeeded", run["error"]
    return run


def add(api: httpx.Client, code: str, scenario: Scenario) -> None:
    document = scenario.model_dump(mode="json", exclude_defaults=True)
    made = api.post("/v1/scenarios", json={"code": code, "document": document})
    assert made.status_code == 201, made.text
    assert made.json()["flaw_count"] == 0


def test_from_a_document_to_an_approved_plan(service: Service) -> None:  # noqa: PLR0915
    api = service.api

    # the scenario: as JSON, and the same as a spreadsheet
    add(api, "packaging", example_scenario())
    book = api.get("/v1/scenarios/packaging/export?format=xlsx")
    headers = {"Content-Type": XLSX}
    judged = api.post("/v1/scenarios/validate", content=book.content, headers=headers)
    assert judged.json()["flaws"] == [], judged.text
    made = api.post("/v1/scenarios/import?code=from-book", content=book.content, headers=headers)
    assert made.status_code == 201, made.text
    first, second = (
        api.get(f"/v1/scenarios/{code}/revisions/1").json()["sha256"]
        for code in ("packaging", "from-book")
    )
    assert first == second

    # edits make a revision, a wrong one names its place
    wrong = api.post("/v1/scenarios/packaging/edits", json={"edits": ["close NOWHERE"]})
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["pointer"].startswith("/edits/0")
    edits = {"edits": ["demand of customer C-MUNICH +20 %"], "note": "growth"}
    edited = api.post("/v1/scenarios/packaging/edits", json=edits)
    assert edited.status_code == 201, edited.text

    # plan both revisions, and follow them
    today = submit(api, "network-plan", scenario="packaging", revision=1, gap=0.005)
    growth = submit(api, "network-plan", scenario="packaging", revision=2, gap=0.005)
    runs = [ended(api, url) for url in (today, growth)]
    costs = [run["result"]["figures"]["landed_cost"] for run in runs]
    assert [run["result"]["revision"] for run in runs] == [1, 2]
    assert costs[1] > costs[0]
    for run in runs:
        assert run["result"]["status"] == "optimal"
        assert run["result"]["breaches"] == []

    # result, page, PDF, spreadsheet
    titles = [s["title"] for s in api.get(f"{today}/page").json()["sections"]]
    assert {"Figures", "Money", "Sites", "Flows"} <= set(titles)
    assert api.get(f"{today}/report.pdf").content[:5] == b"%PDF-"
    assert api.get(f"{today}/export.xlsx").content[:2] == b"PK"

    # compare them, layers and gates included
    asked = {"reference": runs[0]["id"], "candidates": [runs[1]["id"]]}
    gates = {"max_cost_increase": 0.001, "min_service_level": 0.9}
    found = ended(api, submit(api, "plan-comparison", **asked, **gates))
    change = found["result"]["changes"][0]
    assert change["cost"] == pytest.approx(costs[1] - costs[0])
    assert {g["name"]: g["passed"] for g in change["gates"]} == {
        "max_cost_increase": False,
        "min_service_level": True,
    }
    assert "not accepted" in found["verdicts"][0]
    layered = ended(
        api,
        submit(api, "plan-comparison", **asked, scenario="packaging", layers=True, gap=0.005),
    )
    layers = layered["result"]["layers"]
    assert layers["joint"] is not None
    assert all(way["price"] is None or way["price"] >= 0 for way in layers["ways"])

    # a run that is not there, then the plan in force
    lost = api.post("/v1/scenarios/packaging/approve", json={"run": "none"})
    assert lost.status_code == 422
    done = api.post("/v1/scenarios/packaging/approve", json={"run": runs[1]["id"]})
    assert done.status_code == 200, done.text
    assert api.get("/v1/scenarios/packaging").json()["approved_run"] == runs[1]["id"]


def test_some_published_optima_are_proven(service: Service) -> None:
    needs_data()
    prove(service.api, SHORT)


@pytest.mark.long
@pytest.mark.timeout(3000)
def test_every_published_optimum_is_proven(service: Service) -> None:
    needs_data()
    prove(service.api, (*published("orlib_small"), *published("holmberg")), most_s=1200)


def prove(api: httpx.Client, names: tuple[str, ...], most_s: float = RUN_S) -> None:
    """Plan each file by the public API to proven optimality; the values are the published ones."""
    optima = published("orlib_small") | published("holmberg")
    began, urls = time.perf_counter(), dict[str, str]()
    for name in names:
        add(api, name, read_holmberg(name) if name[0] == "p" else read_cap(name))
        urls[name] = submit(api, "network-plan", scenario=name, gap=0)
    slowest, longest = "", 0.0
    for name, url in urls.items():
        run = ended(api, url, most_s)
        result = run["result"]
        assert (result["status"], result["stop"]) == ("optimal", "optimal"), name
        assert result["value"] == pytest.approx(optima[name], rel=1e-6), name
        assert result["bound"] == pytest.approx(optima[name], rel=1e-6), name
        assert result["breaches"] == [], name
        took = run["timings"]["compute_s"]
        if took > longest:
            slowest, longest = name, took
    whole = time.perf_counter() - began
    said = f"{len(names)} optima proven in {whole:.0f} s; the slowest, {slowest}: {longest:.1f} s"
    print(f"\n{said}")  # noqa: T201  (the long form tells its time)
