"""Control charts through the API: judged in full, drawn in part, nothing out of control lost."""

from datetime import timedelta

import numpy as np
import pytest
from fastapi.testclient import TestClient

from ops.db.columnar import write_chunk
from ops.db.engine import Database
from ops.db.models.plant import Baseline, Event, SpecLimit, Tool
from ops.db.types import from_micros
from tests.plant import JANUARY, NOW, plant, rows

URL = "/v1/characteristics/1/chart"
N = 20_000
OUT = (3_000, 12_345, 19_999)


@pytest.fixture
def filled(sqlite_database: Database) -> Database:
    ref = plant(sqlite_database)
    value = np.random.default_rng(1).normal(40, 1, N).clip(37.5, 42.5)
    value[list(OUT)] = 49.0
    context = np.where(np.arange(N) % 2, 1, 2)
    chunk = rows(N, value=value, context_id=context, subgroup=[None] * N)
    write_chunk(sqlite_database, chunk, ingest=ref, now=NOW)
    by = {"created_by": "ada", "created_at": NOW}
    with sqlite_database.write.begin() as session:
        session.add(Tool(id=1, site_id=1, code="A", title="A", created_at=NOW))
        session.add(SpecLimit(characteristic_id=1, effective_from=from_micros(0), lower=30.0,
                              upper=50.0, reason="", **by))  # fmt: skip
        session.flush()
        for tool, k in ((1, 5_000), (None, 10_000)):
            session.add(Event(site_id=1, tool_id=tool, kind="maintenance", title="serviced",
                              ts=at(k), detail={}, **by))  # fmt: skip
        session.add(Baseline(id=1, characteristic_id=1, name="good", start=at(0), end=at(2_000),
                             where={"tool": ["A"]}, **by))  # fmt: skip
    return sqlite_database


def at(k: int):
    return from_micros(JANUARY + k * 1_000_000)


def chart(client: TestClient, **query: object) -> dict:
    answer = client.get(URL, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("stretches", [10, 100, 4000])
def test_every_point_out_of_control_is_drawn(
    client: TestClient, filled: Database, stretches: int
) -> None:
    found = chart(client, stretches=stretches, rules="limits")
    assert found["window_points"] == found["zoom_points"] == N
    points = found["points"]
    assert len(points["ts"]) <= 4 * stretches + len(OUT)
    flagged = {t for t, flags in zip(points["ts"], points["flags"], strict=True) if flags}
    assert flagged == {JANUARY + k * 1_000_000 for k in OUT}
    assert found["rules"][0]["points"] == len(OUT)


def test_a_zoom_shows_more_points_judged_by_the_same_limits(
    client: TestClient, filled: Database
) -> None:
    whole = chart(client, stretches=50)
    close = chart(client, stretches=50, zoom_start=at(12_300).isoformat(),
                  zoom_end=at(12_400).isoformat())  # fmt: skip
    assert close["stages"] == whole["stages"]
    assert close["zoom_points"] == 102, "and one on each side, so that lines reach the edge"
    assert len(close["points"]["ts"]) == 102
    assert JANUARY + 12_345_000_000 in close["points"]["ts"]


def test_points_carry_their_factors(client: TestClient, filled: Database) -> None:
    found = chart(client, where="tool:A", stretches=10)
    assert found["window_points"] == N / 2
    factors = found["points"]["factors"]
    assert factors["tool"] == {"levels": ["A"], "codes": [0] * len(found["points"]["ts"])}
    assert factors["lot"]["levels"] == ["1"]
    both = chart(client, stretches=10)["points"]["factors"]
    assert both["tool"]["levels"] == ["A", "B"]
    lots = {both["lot"]["codes"][i] for i, tool in enumerate(both["tool"]["codes"]) if tool == 1}
    assert lots == {-1}, "tool B has no lot"


def test_stages_begin_at_events_of_the_tools_charted(client: TestClient, filled: Database) -> None:
    found = chart(client, stages="event:maintenance", where="tool:A")
    assert [s["points"] for s in found["stages"]] == [2_500, 2_500, 5_000]
    assert [e["tool"] for e in found["events"]] == ["A", None]
    other = chart(client, stages="event:maintenance", where="tool:B")
    assert [s["points"] for s in other["stages"]] == [5_000, 5_000], "not those of another tool"


def test_a_factor_that_changes_too_often_makes_no_stages(
    client: TestClient, filled: Database
) -> None:
    answer = client.get(URL, params={"stages": "factor:tool"})
    assert answer.status_code == 422
    assert "the factor 'tool' changes 19999 times" in answer.json()["detail"]


def test_limits_of_a_baseline_are_those_of_its_points(client: TestClient, filled: Database) -> None:
    found = chart(client, baseline=1)
    alone = chart(client, where="tool:A", end=at(2_000).isoformat())
    assert found["stages"][0]["center"] == pytest.approx(alone["stages"][0]["center"])
    assert found["stages"][0]["sigma"] == pytest.approx(alone["stages"][0]["sigma"])
    late = client.get(URL, params={"baseline": 1, "start": at(9_000).isoformat()})
    assert (late.status_code, late.json()["type"]) == (422, "/problems/not-enough-data")


def test_specification_stands_beside_individuals_not_beside_means(
    client: TestClient, filled: Database
) -> None:
    assert chart(client)["spec"] == {"lower": 30.0, "target": None, "upper": 50.0}
    write_chunk(filled, rows(40, characteristic_id=[2] * 40), ingest=_ref(filled), now=NOW)
    means = client.get("/v1/characteristics/2/chart").json()
    assert (means["kind"], means["spec"]) == ("means", None)
    assert sum(means["points"]["size"]) == 40


def _ref(database: Database):
    from ops.db.columnar import IngestRef  # noqa: PLC0415

    return IngestRef(1, 1, "ada")


def test_a_void_leaves_the_chart_at_once(client: TestClient, filled: Database) -> None:
    assert chart(client, rules="limits")["rules"][0]["points"] == 3
    point = client.get("/v1/measurements", params={
        "start": at(OUT[0]).isoformat(), "end": (at(OUT[0]) + timedelta(seconds=1)).isoformat(),
    }).json()["items"][0]  # fmt: skip
    client.post("/v1/measurements/revisions", json={
        "characteristic_id": 1, "reason": "hair on the lens",
        "items": [{"ts": point["ts"], "seq": point["seq"], "action": "void"}],
    })  # fmt: skip
    assert chart(client, rules="limits")["rules"][0]["points"] == 2


def test_the_verdict_tells_signals_from_chance(client: TestClient, filled: Database) -> None:
    (verdict,) = chart(client, rules="limits")["verdicts"]
    assert verdict["level"] == "info"
    assert "3 of 20000 points are beyond" in verdict["sentence"]
    few = chart(client, rules="limits", start=at(12_300).isoformat(), end=at(12_400).isoformat())
    assert few["verdicts"][0]["level"] == "info", "one in a hundred can be chance"


def test_an_empty_window_says_so(client: TestClient, filled: Database) -> None:
    answer = client.get(URL, params={"where": "tool:NONE"})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/not-enough-data")
    assert client.get("/v1/characteristics/99/chart").status_code == 404
