"""Control charts through the API: judged in full, drawn in part, nothing out of control lost."""

from datetime import timedelta

import numpy as np
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

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
    assert (means["kind"], means["spec"]) == ("xbar-s", None)
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


def mark(client: TestClient, k: int, **body: object) -> None:
    point = client.get("/v1/measurements", params={
        "start": at(k).isoformat(), "end": (at(k) + timedelta(seconds=1)).isoformat(),
    }).json()["items"][0]  # fmt: skip
    item = {"ts": point["ts"], "seq": point["seq"]}
    answer = client.post("/v1/characteristics/1/marks", json={"items": [item], **body})
    assert answer.status_code == 201, answer.text


def test_marks_stand_beside_the_points(client: TestClient, filled: Database) -> None:
    mark(client, 5, kind="annotate", note="look")
    mark(client, 7, kind="exclude", note="pilot")
    mark(client, 7, kind="annotate", note="lot 7")
    mark(client, 9, kind="void", note="hair on the lens")
    found = chart(client, stretches=10)["marks"]
    assert [(m["kind"], m["note"], m["is_left_out"], m["is_void"]) for m in found] == [
        ("annotate", "look", False, False), ("annotate", "lot 7", True, False),
        ("void", "hair on the lens", False, True),
    ]  # fmt: skip
    assert found[0]["ts"] == JANUARY + 5_000_000
    assert found[0]["person"] == "local"
    zoomed = chart(client, zoom_start=at(7).isoformat(), zoom_end=at(8).isoformat())["marks"]
    assert [m["note"] for m in zoomed] == ["lot 7"]
    mark(client, 8, kind="annotate", note="of tool B")
    mark(client, 10, kind="void", note="void of tool B")
    both = [chart(client, where=f"tool:{tool}", stretches=10)["marks"] for tool in "AB"]
    assert [[m["note"] for m in one] for one in both] == [
        ["look", "lot 7", "hair on the lens"], ["of tool B", "void of tool B"],
    ]  # fmt: skip


def test_an_excluded_point_is_judged_but_sets_no_limit(
    client: TestClient, filled: Database
) -> None:
    window = {"end": at(50).isoformat(), "rules": "limits"}
    before = chart(client, **window)["stages"][0]
    highest = int(np.argmax(chart(client, **window)["points"]["value"]))
    mark(client, highest, kind="exclude", note="pilot")
    found = chart(client, **window)
    assert found["stages"][0]["center"] < before["center"]
    assert found["window_points"] == 50
    mark(client, highest, kind="include", note="no pilot after all")
    assert chart(client, **window)["stages"][0] == before


def design(client: TestClient, characteristic_id: int = 1, **changes: object) -> int:
    limits = [{"level": "A", "center": 40.0, "sigma": 1.0, "n": 50},
              {"level": "B", "center": 45.0, "sigma": 1.0, "n": 50}]  # fmt: skip
    document = {"limits": limits, "rules": [], "holds": []} | changes
    one = {"name": "1", "sentence": "one point beyond 3 sigma", "pattern": "beyond",
           "n": 1, "k": 1, "zone": 3.0}  # fmt: skip
    body = {"characteristic_id": characteristic_id, "name": "line"}
    made = client.post("/v1/chart-designs", json=body | {"design": document | {"rules": [one]}})
    assert made.status_code == 201, made.text
    return made.json()["id"]


def test_frozen_limits_judge_whatever_is_shown(client: TestClient, filled: Database) -> None:
    number = design(client)
    found = chart(client, design=number)
    assert [(s["level"], s["center"], s["lower"], s["upper"]) for s in found["stages"]] == [
        ("A", 40.0, 37.0, 43.0), ("B", 45.0, 42.0, 48.0),
    ]  # fmt: skip
    assert [r["name"] for r in found["rules"]] == ["1"]
    part = chart(client, design=number, end=at(100).isoformat())
    assert [s["center"] for s in part["stages"]] == [40.0, 45.0], "the window changes no limit"
    only = chart(client, design=number, where="tool:A")
    assert [s["level"] for s in only["stages"]] == ["A"]
    assert only["rules"][0]["points"] == 2


def test_a_design_of_another_characteristic_is_refused(
    client: TestClient, filled: Database
) -> None:
    answer = client.get(URL, params={"design": design(client, 2)})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/design"
    assert client.get(URL, params={"design": 99}).status_code == 404


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


def test_every_kind_is_charted_with_its_charts_of_spread(
    client: TestClient, filled: Database
) -> None:
    sides = {"individuals": ["moving range"], "i-mr": ["moving range"], "xbar-r": ["range"],
             "xbar-s": ["standard deviation"], "three-way": ["moving range", "range"],
             "ewma": [], "cusum": [], "moving-average": [], "g": [], "t": [], "u": [],
             "laney-u": []}  # fmt: skip
    for kind, wanted in sides.items():
        found = chart(client, kind=kind, stretches=20)
        assert found["kind"] == ("individuals" if kind == "i-mr" else kind)
        assert [side["name"] for side in found["sides"]] == wanted
        assert (found["spec"] is not None) == (found["kind"] == "individuals"), kind
        assert (found["points"]["sums"] is not None) == (kind == "cusum")
        for side in found["sides"]:
            assert len(side["ts"]) == len(side["value"]) == len(side["limits"]["upper"])
    assert chart(client, kind="xbar-r")["subgroup"] == "count:5"
    assert chart(client, kind="xbar-r", subgroup="count:10")["window_points"] == N / 10
    short = chart(client, kind="short-run-nominal", part="tool", end=at(500).isoformat())
    assert [side["name"] for side in short["sides"]] == ["moving range"]


def test_what_does_not_go_together_is_refused_by_its_field(
    client: TestClient, filled: Database
) -> None:
    for query, pointer in (
        ({"kind": "short-run-nominal"}, "/part"), ({"rules_off": "nelson-9"}, "/rules_off"),
        ({"kind": "cusum", "h": 2, "headstart": 3}, "/headstart"),
    ):  # fmt: skip
        answer = client.get(URL, params=query)
        assert answer.status_code == 422, query
        assert answer.json()["errors"][0]["pointer"] == pointer
    for kind in ("p", "np"):
        answer = client.get(URL, params={"kind": kind})
        assert answer.status_code == 422
        assert "count up to its sample size" in answer.json()["detail"]


def test_rules_are_switched_off_one_by_one(client: TestClient, filled: Database) -> None:
    every = chart(client, rules="western-electric")
    assert every["arl0"]["value"] == pytest.approx(91.75, abs=0.005)
    some = chart(client, rules="western-electric", rules_off=["we-2", "we-3", "nelson-7"])
    assert [rule["id"] for rule in some["rules"]] == ["we-1", "we-4"]
    assert some["arl0"]["value"] == pytest.approx(
        152.73, abs=0.005
    )  # Champ and Woodall, rules 1, 4
    assert chart(client, rules="limits")["arl0"]["value"] == pytest.approx(370.40, abs=0.005)
    none = chart(client, rules="limits", rules_off="limits-1")
    assert (none["rules"], none["arl0"]["value"]) == ([], None)
    assert none["verdicts"][0]["sentence"].startswith("Loop: 3 of 20000 points are beyond")


def test_the_distance_of_false_alarms_is_that_of_the_kind(
    client: TestClient, filled: Database
) -> None:
    known = chart(client, kind="cusum", k=0.5, h=5, rules="limits")["arl0"]
    assert known["value"] == pytest.approx(465.44, rel=1e-3)  # Lucas and Crosier (1982): 465
    ewma = chart(client, kind="ewma", lambda_=0.1, width=2.814, rules="limits")["arl0"]
    assert 450 < ewma["value"] < 505, "500 with fixed limits, a little less with exact ones"
    for kind in ("u", "moving-average"):
        unknown = chart(client, kind=kind)["arl0"]
        assert unknown["value"] is None
        assert unknown["reason"]


def test_a_short_window_says_what_its_limits_are_worth(
    client: TestClient, filled: Database
) -> None:
    found = chart(client, end=at(25).isoformat())
    effect = found["short_phase"]
    assert effect["points"] == found["stages"][0]["estimated_from"] == 25
    assert effect["median"] == pytest.approx(187, rel=0.03)  # published, by simulation
    assert effect["median_known"] == 257
    assert (effect["arl0_lower"], effect["arl0_upper"]) == pytest.approx((45, 3800), rel=0.1)
    assert "Limits from 25 points: median run length" in effect["phrase"]["template"].replace(
        "{n}", "25"
    )
    assert found["estimator"] == "mean moving range of two / d2"
    assert found["stages"][0]["df"] == pytest.approx(15, abs=1)
    assert chart(client)["short_phase"] is None


def test_neighbours_that_follow_each_other_are_said(client: TestClient, filled: Database) -> None:
    assert chart(client)["correlation"]["phrase"] is None
    slow = 40 + np.cumsum(np.random.default_rng(3).normal(0, 0.1, 400)).round(4)
    write_chunk(filled, rows(400, characteristic_id=[2] * 400, value=slow, subgroup=[None] * 400),
                ingest=_ref(filled), now=NOW)  # fmt: skip
    found = client.get("/v1/characteristics/2/chart", params={"width": 10}).json()["correlation"]
    assert found["lag_one"] > 0.5
    assert "are correlated by" in found["phrase"]["template"]


def test_limits_step_with_the_size_of_the_sample(client: TestClient, filled: Database) -> None:
    sizes = np.where(np.arange(60) % 2, 50.0, 400.0)
    with filled.write.begin() as session:
        session.execute(text("UPDATE characteristic SET kind = 'attribute' WHERE id = 2"))
    counts = np.random.default_rng(1).binomial(sizes.astype(int), 0.1).astype(float)
    write_chunk(filled, rows(60, characteristic_id=[2] * 60, value=counts, n=sizes,
                             subgroup=[None] * 60), ingest=_ref(filled), now=NOW)  # fmt: skip
    found = client.get("/v1/characteristics/2/chart").json()
    assert (found["kind"], found["unit"]) == ("p", "")
    upper = found["points"]["limits"]["upper"]
    assert upper[1] - upper[0] > 0.05
    center = found["stages"][0]["center"]
    assert center == pytest.approx(counts.sum() / sizes.sum())
    assert upper[1] == pytest.approx(center + 3 * (center * (1 - center) / 50) ** 0.5)


def test_a_design_of_any_kind_is_charted(client: TestClient, filled: Database) -> None:
    found = chart(client, design=design(client, kind="ewma"))
    assert (found["kind"], found["estimator"]) == ("ewma", None)
    assert [s["level"] for s in found["stages"]] == ["A", "B"]
