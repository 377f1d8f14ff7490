"""Process control on real input: phase I, an approved design, judgement on arrival, an alert.

Everything goes through the doors that a plant would use, against a running service with workers.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from tests.acceptance.service import Service, wait

CODE = "LOOP-H"
TOOLS = ("WB-01", "WB-02", "WB-03")
STEPS = ["Hold the lot", "Measure five more units", "Change the capillary"]
PLACE = {"code": "PC1", "title": "Penang 1", "zone": "UTC"}
LIMITS = {
    "effective_from": "2026-01-01T00:00:00Z",
    "lower": 138.0,
    "upper": 162.0,
    "target": 150.0,
}
CSV = {"Content-Type": "text/csv"}
HEADER = "time,characteristic,value,unit_id,position,tool,lot"


def _rows(since: datetime, heights: list[tuple[str, float]], first: int, code: str = CODE) -> str:
    """Rows of a metrology tool, a minute apart."""
    lines = [HEADER]
    for i, (tool, height) in enumerate(heights):
        at = since + timedelta(minutes=i)
        lines.append(f"{at.isoformat()},{code},{height:.3f},D{first + i:05d},W1,{tool},L1")
    return "\n".join(lines) + "\n"


def _in_control(n: int, seed: int) -> list[tuple[str, float]]:
    rng = np.random.default_rng(seed)
    return [(TOOLS[i % 3], float(rng.normal(150.0 + i % 3, 2.0))) for i in range(n)]


def _until(claim: Callable[[], Any], most_s: float = 300.0) -> Any:
    deadline = time.monotonic() + most_s
    while not (found := claim()):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return found


def _send(service: Service, text: str, *, evaluate: bool = False) -> dict[str, Any]:
    asked = "&evaluate=true" if evaluate else ""
    answer = service.api.post(f"/v1/measurements?site=PC1{asked}", content=text, headers=CSV)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _characteristic(service: Service, code: str = CODE) -> int:
    api = service.api
    if PLACE["code"] not in {site["code"] for site in api.get("/v1/sites").json()["items"]}:
        assert api.post("/v1/sites", json=PLACE).status_code == 201
    fields = {"site": "PC1", "code": code, "title": "Loop height", "unit": "um"}
    made = api.post("/v1/characteristics", json=fields)
    assert made.status_code == 201, made.text
    key = made.json()["id"]
    limited = api.post(f"/v1/characteristics/{key}/limits", json=LIMITS)
    assert limited.status_code == 201, limited.text
    return key


def _phase_one(service: Service, code: str, start: datetime, end: datetime) -> dict[str, Any]:
    params = {
        "site": "PC1",
        "characteristics": [code],
        "window": {"start": start.isoformat(), "end": end.isoformat()},
        "rules": "limits",
    }
    sent = service.api.post("/v1/analyses/phase-one/runs", json=params)
    assert sent.status_code == 202, sent.text
    return wait(service.api, sent.headers["Location"])


def test_from_a_baseline_to_a_closed_alert(service: Service) -> None:  # noqa: PLR0915
    api = service.api
    begin = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=20)

    # characteristic with limits, the causes of the site, what to do, and a baseline
    key = _characteristic(service)
    cause = {"site": "PC1", "kind": "cause", "code": "GAUGE", "title": "Gauge read wrong"}
    assert api.post("/v1/reasons", json=cause).status_code == 201
    plan = {
        "characteristic_id": key,
        "disposition": "hold",
        "title": "Loop height out of control",
        "owner": "process engineer on shift",
        "minutes": 30,
        "steps": STEPS,
    }
    assert api.post("/v1/reaction-plans", json=plan).status_code == 201
    baseline = _in_control(600, seed=3)
    assert _send(service, _rows(begin, baseline, 0))["accepted"] == 600
    end = begin + timedelta(minutes=600)

    # phase I, a design of that run, approved
    run = _phase_one(service, CODE, begin, end)
    assert run["state"] == "succeeded", run["error"]
    draft = {"characteristic_id": key, "name": "line", "run_id": run["id"]}
    design = api.post("/v1/chart-designs", json=draft)
    assert design.status_code == 201, design.text
    design_id, frozen = design.json()["id"], design.json()["design"]
    assert frozen["phase_one"]["run_id"] == run["id"]
    by_tool = {limits["level"]: limits for limits in frozen["limits"]}
    heights = {t: np.array([h for tool, h in baseline if tool == t]) for t in TOOLS}
    for tool in TOOLS:
        assert abs(by_tool[tool]["center"] - heights[tool].mean()) < 0.2
        assert abs(by_tool[tool]["sigma"] - 2.0) < 0.35
    effective = {"effective_from": end.isoformat()}
    approved = api.post(f"/v1/chart-designs/{design_id}/approve", json=effective)
    assert approved.json()["state"] == "approved"

    # judged on arrival: a sample far out holds the lot, the others are fine
    fresh = [("WB-01", 150.2), ("WB-02", 163.5), ("WB-03", 152.3)]
    answer = _send(service, _rows(end, fresh, 1000), evaluate=True)["evaluation"]
    assert (answer["disposition"], answer["hold"], answer["ok"]) == ("hold", 1, 2)
    worst = answer["samples"][0]
    assert (worst["stream"], worst["value"], worst["disposition"]) == ("WB-02", 163.5, "hold")
    assert [rule["name"] for rule in worst["rules"]] == ["1"]
    assert worst["rules"][0]["sentence"] == "one point beyond 3 sigma"

    # the alert says why, and what to do
    alert = api.get(f"/v1/alerts/{worst['finding_id']}").json()
    assert (alert["state"], alert["points"], alert["stream"]) == ("open", 1, "WB-02")
    assert alert["title"] == "LOOP-H, tool WB-02: one point beyond 3 sigma"
    evidence = alert["evidence"]
    assert [point["value"] for point in evidence["points"]] == [163.5]
    assert evidence["stratum"]["lot"] == "L1"
    assert evidence["limits"]["center"] == by_tool["WB-02"]["center"]
    assert (alert["reaction"]["steps"], alert["reaction"]["minutes"]) == (STEPS, 30)
    listed = service.longrun("alerts", "list")
    assert "LOOP-H, tool WB-02: one point beyond 3 sigma" in listed.stdout, listed.stderr
    designs = service.longrun("chart-designs", "list", "--state", "approved")
    assert "line" in designs.stdout, designs.stderr

    # the reading was wrong: it is voided, the finding says so, it is closed
    mark = {
        "kind": "void",
        "cause": "GAUGE",
        "items": [{"ts": worst["ts"], "seq": str(worst["seq"])}],
    }
    marked = api.post(f"/v1/characteristics/{key}/marks", json=mark)
    assert marked.status_code in (200, 201), marked.text

    def read() -> dict[str, Any]:
        return api.get(f"/v1/alerts/{alert['id']}").json()

    _until(lambda: read()["points"] == 0)
    assert read()["evidence"]["withdrawn"]
    seen = {"If-Match": api.get(f"/v1/alerts/{alert['id']}").headers["ETag"]}
    note = {"note": "gauge read wrong"}
    closed = api.post(f"/v1/alerts/{alert['id']}/close", json=note, headers=seen)
    assert (closed.status_code, closed.json()["state"]) == (200, "closed")

    # rows that come without the flag are judged by the workers
    late = _send(service, _rows(end + timedelta(minutes=10), [("WB-03", 171.0)], 2000))
    assert late["evaluation"] is None
    found = _until(lambda: api.get("/v1/alerts?site=PC1&state=open").json()["items"])
    assert [row["title"] for row in found] == ["LOOP-H, tool WB-03: one point beyond 3 sigma"]

    # the same is said by the chart and its report
    params = {"site": "PC1", "window": {"last": "24h"}, "characteristics": [CODE], "design": "line"}
    sent = api.post("/v1/analyses/control-chart/runs", json=params)
    chart = wait(api, sent.headers["Location"])
    assert chart["state"] == "succeeded", chart["error"]
    assert "points are beyond the limits of the design line" in chart["verdicts"][0]
    report = api.get(f"{chart['links']['self']}/report.pdf")
    assert (report.status_code, report.content[:5]) == (200, b"%PDF-")
    page = api.get(f"/runs/{chart['id']}").text
    assert "WB-03" in page
    assert "gauge" in page.lower()  # the mark, with its cause


def test_what_cannot_be_charted_is_answered_in_words(service: Service) -> None:
    api = service.api
    key = _characteristic(service, "LOOP-X")
    begin = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)

    # an unknown kind: refused at the door, with its pointer
    for analysis in ("control-chart", "phase-one"):
        wrong = api.post(f"/v1/analyses/{analysis}/runs", json={"kind": "x-bar", "width": -1})
        assert wrong.status_code == 422
        assert wrong.headers["content-type"].startswith("application/problem+json")
        assert {e["pointer"] for e in wrong.json()["errors"]} == {"/kind", "/width"}

    # too few points, and points that do not vary: the run says how many, and what to do
    _send(service, _rows(begin, [("WB-01", 150.0)], 0, "LOOP-X"))
    few = _phase_one(service, "LOOP-X", begin, begin + timedelta(hours=1))
    assert (few["state"], few["error"]["kind"]) == ("failed", "NotEnoughData")
    assert "2 points" in few["error"]["message"]
    _send(service, _rows(begin + timedelta(minutes=1), [("WB-01", 150.0)] * 9, 1, "LOOP-X"))
    flat = _phase_one(service, "LOOP-X", begin, begin + timedelta(hours=1))
    assert (flat["state"], flat["error"]["kind"]) == ("failed", "NotEnoughData")
    assert "no variation" in flat["error"]["message"]

    # a design without limits, or that cannot judge, never becomes one
    base = {"characteristic_id": key, "name": "line"}
    for design, pointer in (
        ({"kind": "individuals", "limits": []}, "/design/limits"),
        (
            {"limits": [{"center": 150.0, "sigma": 0.0, "n": 25}]},
            "/design/limits/0/sigma",
        ),
        (
            {"limits": [{"center": 150.0, "sigma": 2.0, "n": 25}], "holds": ["99"]},
            "/design/holds/0",
        ),
    ):
        refused = api.post("/v1/chart-designs", json=base | {"design": design})
        assert refused.status_code == 422, refused.text
        assert pointer in {e["pointer"] for e in refused.json()["errors"]}
    lost = api.post("/v1/chart-designs", json=base | {"run_id": few["id"]})
    assert lost.status_code == 422
    assert {e["pointer"] for e in lost.json()["errors"]} == {"/run_id"}
    unjudged = _send(
        service, _rows(begin + timedelta(minutes=30), [("WB-01", 150.0)], 99, "LOOP-X"),
        evaluate=True,
    )["evaluation"]  # fmt: skip
    assert (unjudged["disposition"], unjudged["unjudged"]) == (None, 1)
    assert "no approved chart design" in unjudged["samples"][0]["reason"]
