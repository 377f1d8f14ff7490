"""What a submit waits for while a network is solved: the bar of the house is 30 ms (p95).

A real service, its worker busy with proofs of the capacitated benchmark of OR-Library; runs are
submitted over HTTP by another process, as a planner's script would.
"""

import time

import numpy as np
import pytest

from tests.acceptance.service import serving
from tests.solvers.orlib import needs_data, read_cap

SUBMITS = 100


@pytest.mark.benchmark
@pytest.mark.timeout(600)
def test_a_submit_does_not_wait_for_a_solve(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs_data()
    monkeypatch.setenv("LONGRUN_SLOTS", "1")
    document = read_cap("capb", 8000.0).model_dump(mode="json", exclude_defaults=True)
    with serving(tmp_path_factory.mktemp("plant")) as service:
        api = service.api
        made = api.post("/v1/scenarios", json={"code": "capb", "document": document})
        assert made.status_code == 201, made.text
        path = "/v1/analyses/network-plan/runs"
        asked = {"scenario": "capb", "gap": 0}
        solving = api.post(path, json=asked).json()["links"]["self"]
        deadline = time.monotonic() + 120
        while api.get(solving).json()["progress"]["fraction"] == 0:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        took, ids = list[float](), set[str]()
        for seed in range(SUBMITS):
            began = time.perf_counter()
            answer = api.post(path, json=asked | {"seed": 100 + seed, "validate_only": True})
            took.append(time.perf_counter() - began)
            assert answer.status_code == 202, answer.text
            ids.add(answer.json()["id"])
            time.sleep(0.02)
        state = api.get(solving).json()["state"]
        api.post(f"{solving}/cancel")
    assert state == "running"
    assert len(ids) == SUBMITS
    p50, p95 = np.quantile(took, [0.5, 0.95]) * 1000
    print(f"\nsubmit while a network is solved: p50 {p50:.1f} ms, p95 {p95:.1f} ms")
