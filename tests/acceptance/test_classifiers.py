"""Classifiers on a running service: uploaded, trained, served, retrained, judged, promoted.

Everything goes through the doors that a plant would use, against a running service with workers.
"""

import io
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pytest

from ops.simulate.defects import CLASSES, DefectPlan, simulate_defects
from ops.simulate.sizes import SEED
from tests.acceptance.service import Service, wait

CSV = {"Content-Type": "text/csv"}
PLACE = {"code": "CL1", "title": "Penang 1", "zone": "UTC"}
PLAN = DefectPlan(rows=10_000, share=(0.94, 0.018, 0.015, 0.015, 0.012))
FOUND = simulate_defects(PLAN, seed=SEED, wires=6)
SIGNALS = [s.name for s in PLAN.signals]
BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
QUICK = {"kinds": ["logistic"], "folds": 3, "tune": False}


def post(service: Service, path: str, body: Any, code: int = 201) -> dict[str, Any]:
    answer = service.api.post(path, json=body)
    assert answer.status_code == code, answer.text
    return answer.json()


def bonds(rows: slice, event: str | None = None) -> str:
    """Bonds as a file, one a minute, with what the inspection says two hours later."""
    at = np.arange(PLAN.rows)[rows]
    label = np.array(CLASSES)[FOUND.label[at]]
    if event is not None:
        label = np.where(label == event, event, "other")
    times = [BEGIN + timedelta(minutes=int(i)) for i in at]
    columns = {
        "device": [f"D{u}" for u in FOUND.unit[at]],
        "bonded_at": pa.array(times, pa.timestamp("s", "UTC")),
        **{f"{s.name} [{s.unit}]": FOUND.signals[at, i] for i, s in enumerate(PLAN.signals)},
        "inspection": label.tolist(),
        "inspected_at": pa.array([t + timedelta(hours=2) for t in times], pa.timestamp("s", "UTC")),
    }
    out = io.BytesIO()
    pa_csv.write_csv(pa.table(columns), out)
    return out.getvalue().decode()


ROLES = "label=inspection&time=bonded_at&known_time=inspected_at&group=device"


def filled(service: Service, code: str, text: str, query: str = ROLES) -> dict[str, Any]:
    """Make a dataset, or send another revision of it."""
    if service.api.get(f"/v1/datasets/{code}").status_code == 404:
        post(service, "/v1/datasets", {"code": code, "site": "CL1"})
    answer = service.api.post(f"/v1/datasets/{code}/rows?{query}", content=text, headers=CSV)
    assert answer.status_code == 200, answer.text
    return answer.json()


def started(service: Service, analysis: str, **params: Any) -> str:
    sent = service.api.post(f"/v1/analyses/{analysis}/runs", json={"site": "CL1"} | params)
    assert sent.status_code == 202, sent.text
    return sent.headers["Location"]


def ran(service: Service, analysis: str, **params: Any) -> dict[str, Any]:
    run = wait(service.api, started(service, analysis, **params))
    assert run["state"] == "succeeded", run["error"]
    return run


def refused(service: Service, code: str, text: str, query: str = "label=y") -> str:
    """Why a training on rows does not succeed."""
    filled(service, code, text, query)
    run = wait(service.api, started(service, "classifier-train", dataset=code, **QUICK))
    assert run["state"] == "failed", run
    return str(run["error"])


def scheduled(service: Service, name: str, analysis: str, **params: Any) -> dict[str, Any]:
    """Put a run on a schedule and let it fire now."""
    plan = {"name": name, "analysis": analysis, "params": {"site": "CL1"} | params}
    plan |= {"cron": "0 3 * * *", "zone": "UTC"}
    schedule = post(service, "/v1/schedules", plan)
    fired = service.api.post(f"/v1/schedules/{schedule['id']}/trigger")
    run = wait(service.api, fired.json()["links"]["self"])
    assert run["state"] == "succeeded", run["error"]
    return run


def asked(service: Service, model: str, rows: Any, query: str = "") -> dict[str, Any]:
    answer = service.api.post(f"/v1/models/{model}@champion/predict{query}", json=rows)
    assert answer.status_code == 200, answer.text
    return answer.json()


def signals(row: int) -> dict[str, float]:
    return dict(zip(SIGNALS, FOUND.signals[row].tolist(), strict=True))


@pytest.fixture(scope="module")
def plant(service: Service) -> Service:
    """The service with a site."""
    post(service, "/v1/sites", PLACE)
    return service


@pytest.fixture(scope="module")
def defects(plant: Service) -> Service:
    """A model of five classes, trained on all bonds."""
    filled(plant, "DEFECTS", bonds(slice(0, 8000)))
    ran(plant, "classifier-train", dataset="DEFECTS", model="defects", **QUICK)
    return plant


@pytest.fixture(scope="module")
def lifts(plant: Service) -> Service:
    """A model of one event, trained before the drift; then all bonds arrive."""
    filled(plant, "LIFTS", bonds(slice(0, 6000), CLASSES[1]), f"{ROLES}&positive={CLASSES[1]}")
    ran(plant, "classifier-train", dataset="LIFTS", model="lifts", **QUICK)
    filled(plant, "LIFTS", bonds(slice(0, 10_000), CLASSES[1]), f"{ROLES}&positive={CLASSES[1]}")
    return plant


def test_a_training_reports_progress_and_registers_a_champion(plant: Service) -> None:
    filled(plant, "FIRST", bonds(slice(0, 4000), CLASSES[1]), f"{ROLES}&positive={CLASSES[1]}")
    kinds = ["logistic", "gradient-boosting"]
    at = started(plant, "classifier-train", dataset="FIRST", model="first", kinds=kinds)
    told: set[float] = set()
    while (run := plant.api.get(at).json())["state"] in ("queued", "running"):
        told.add(run["progress"]["fraction"])
        time.sleep(0.1)
    assert run["state"] == "succeeded", run["error"]
    assert any(0 < fraction < 1 for fraction in told), told
    model = plant.api.get("/v1/models/first").json()
    assert (model["newest"], model["aliases"]) == (1, {"champion": 1})
    version = plant.api.get("/v1/models/first/versions/1").json()
    assert version["run_id"] == run["id"]
    assert version["metrics"]["time_ordered"] is True
    assert len(version["sha256"]) == 64
    card = plant.api.get("/v1/models/first/versions/1/card.pdf")
    assert (card.status_code, card.content[:5]) == (200, b"%PDF-")


def test_the_planted_cause_of_each_defect_is_its_top_contribution(defects: Service) -> None:
    for defect, shifts in PLAN.shifts.items():
        rows = np.flatnonzero(FOUND.true[:8000] == CLASSES.index(defect))
        rows = rows[FOUND.label[rows] == FOUND.true[rows]][:40]
        found = asked(defects, "defects", [signals(i) for i in rows], "?contributions=7")
        sums = dict.fromkeys(SIGNALS, 0.0)
        right = [p for p in found["predictions"] if p["decided"] == defect]
        assert len(right) > len(rows) / 3
        for prediction in right:
            for one in prediction["contributions"]:
                sums[one["feature"]] += abs(one["amount"])
        most = SIGNALS[int(np.argmax(np.abs(shifts)))]
        planted = {n for n, s in zip(SIGNALS, shifts, strict=True) if abs(s) >= 1}
        top = max(sums, key=lambda name: sums[name])
        assert top in planted, (defect, sums)
        if defect != "heel crack":  # several of its signals move alike
            assert top == most, (defect, sums)


def test_one_row_and_a_batch_are_answered_alike(lifts: Service) -> None:
    one = asked(lifts, "lifts", signals(5), "?contributions=3")
    (answer,) = one["predictions"]
    assert set(answer["probability"]) == {CLASSES[1], "other"}
    assert len(answer["contributions"]) == 3
    header = ",".join(SIGNALS)
    lines = [",".join(f"{v:g}" for v in FOUND.signals[i]) for i in range(50)]
    sent = lifts.api.post(
        "/v1/models/lifts@champion/predict",
        content="\n".join([header, *lines]) + "\n",
        headers=CSV | {"Accept": "application/json"},
    )
    assert sent.status_code == 200, sent.text
    batch = sent.json()
    assert batch["version"] == one["version"]
    assert len(batch["predictions"]) == 50
    assert batch["predictions"][5]["probability"] == pytest.approx(answer["probability"], rel=1e-3)
    wrong = lifts.api.post("/v1/models/lifts@champion/predict", json={"bond_force": "much"})
    assert wrong.status_code == 422
    assert "bond_force" in wrong.text


def test_nightly_runs_make_a_challenger_find_the_drift_and_lead_to_a_promotion(
    lifts: Service,
) -> None:
    names = {"dataset": "LIFTS", "model": "lifts"}
    night = scheduled(lifts, "Nightly watch", "classifier-monitor", **names)
    first = night["result"]["columns"][0]
    assert (first["name"], first["found"], first["matters"]) == ("ultrasonic_current", True, True)
    planted = PLAN.drift * PLAN.signals[SIGNALS.index("ultrasonic_current")].sigma
    assert first["shift"]["lower"] < planted < first["shift"]["upper"]
    assert sum(column["found"] for column in night["result"]["columns"]) == 1
    judged = scheduled(lifts, "Nightly judge", "classifier-evaluate", **names)
    assert judged["result"]["in_time"] is True
    scheduled(lifts, "Weekly training", "classifier-train", **names, **QUICK)
    assert lifts.api.get("/v1/models/lifts").json()["aliases"] == {"champion": 1, "challenger": 2}
    champion = "/v1/models/lifts/aliases/champion"
    tag = {"If-Match": lifts.api.get(champion).headers["ETag"]}
    blank = lifts.api.put(champion, json={"version": 2, "reason": " "}, headers=tag)
    assert blank.status_code == 422, blank.text
    wanted = {"version": 2, "reason": "it has seen the drift"}
    told = lifts.api.put(champion, json=wanted, headers=tag)
    if told.status_code == 409:  # not better beyond doubt: somebody has to say why nevertheless
        assert "waiver" in told.text
        waived = wanted | {"waiver": "the current moved"}
        told = lifts.api.put(champion, json=waived, headers=tag)
    assert told.status_code == 200, told.text
    assert asked(lifts, "lifts", signals(9900))["version"] == 2
    for path in ("/models/lifts", "/models/lifts/compare?versions=1,2", f"/runs/{night['id']}"):
        assert lifts.api.get(path).status_code == 200


def _table(columns: dict[str, Any]) -> str:
    lines = [",".join(columns)]
    lines += [",".join(map(str, row)) for row in zip(*columns.values(), strict=True)]
    return "\n".join(lines) + "\n"


RNG = np.random.default_rng(3)
Y = ["fail" if x else "pass" for x in RNG.uniform(size=200) < 0.3]
X = np.round(RNG.standard_normal(200), 3).tolist()


def test_a_malformed_upload_is_refused_with_its_rows(plant: Service) -> None:
    post(plant, "/v1/datasets", {"code": "BROKEN", "site": "CL1"})
    good = "y,at,x\n" + "".join(f"pass,2026-03-0{1 + i}T00:00:00Z,{i}\n" for i in range(5))
    wrong = good + "fail,2026-13-40T00:00:00Z,6\n"
    path = "/v1/datasets/BROKEN/rows?label=y&time=at"
    answer = plant.api.post(path, content=wrong, headers=CSV)
    assert answer.status_code == 422
    assert "row 6" in answer.text
    assert plant.api.post(path, content="", headers=CSV).status_code == 422
    assert plant.api.post(path, content=b"PK\x03\x04\x00\xff", headers=CSV).status_code == 422
    assert plant.api.get("/v1/datasets/BROKEN").json()["newest"] == 0


def test_one_class_only_is_refused(plant: Service) -> None:
    assert "pass" in refused(plant, "ONE", _table({"x": X, "y": ["pass"] * 200}))


def test_more_features_than_rows_is_told(plant: Service) -> None:
    wide = {f"f{i}": np.round(RNG.standard_normal(60), 3).tolist() for i in range(80)}
    told = filled(plant, "WIDE", _table({**wide, "y": Y[:60]}), "label=y")
    assert any("80" in w["detail"] and "60" in w["detail"] for w in told["summary"]["warnings"])


def test_a_column_without_values_and_one_like_an_id_are_told(plant: Service) -> None:
    table = {"x": X, "none": [""] * 200, "serial": [f"S{i:05}" for i in range(200)], "y": Y}
    told = filled(plant, "ODD", _table(table), "label=y")["summary"]["warnings"]
    said = {w["code"]: w["detail"] for w in told}
    assert any("none" in detail for detail in said.values()), said
    assert any("serial" in detail for detail in said.values()), said


def test_a_column_that_tells_the_label_alone_is_refused_or_told(plant: Service) -> None:
    leak = [1.0 if y == "fail" else 0.0 for y in Y]
    noise = np.round(np.array(leak) + 0.05 * RNG.standard_normal(200), 3).tolist()
    told = filled(plant, "LEAK", _table({"x": X, "retest": noise, "y": Y}), "label=y")
    assert any("retest" in w["detail"] for w in told["summary"]["warnings"])


def test_the_command_line_goes_the_same_way(lifts: Service, tmp_path: Path) -> None:
    listed = lifts.longrun("models", "list")
    assert "lifts" in listed.stdout, listed.stderr
    rows = tmp_path / "rows.csv"
    lines = [",".join(f"{v:g}" for v in FOUND.signals[i]) for i in range(3)]
    rows.write_text("\n".join([",".join(SIGNALS), *lines]) + "\n")
    told = lifts.longrun("models", "predict", "lifts", str(rows), "--contributions", "2")
    assert told.returncode == 0, told.stderr
    assert len(told.stdout.strip().splitlines()) == 3
    file = tmp_path / "bonds.csv"
    file.write_text(bonds(slice(0, 500), CLASSES[1]))
    added = lifts.longrun("datasets", "add", "CLI", "--site", "CL1")
    assert added.returncode == 0, added.stderr
    sent = lifts.longrun(
        "datasets", "upload", "CLI", str(file),
        "--mapping", '{"label": "inspection", "time": "bonded_at"}',
    )  # fmt: skip
    assert "revision 1: rows 500" in sent.stdout, sent.stderr
