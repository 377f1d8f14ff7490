"""Pages as the server sends them; what a browser does with them is tested in tests/browser."""

import html
import re
import uuid
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import numpy as np
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

import ops.errors
from api.auth import COOKIE
from api.deps import Services
from api.pages.overview import _chart_of
from api.problems import OF_ERROR
from ops.analyses.example import example_page
from ops.analyses.registry import all_analyses, find
from ops.db import contexts, keys
from ops.db.attention import Said, about_package
from ops.db.columnar import write_chunk
from ops.db.engine import Database
from ops.db.glance import packages
from ops.db.keys import SYSTEM, KeyDraft
from ops.db.models.plant import Baseline, Characteristic, SpecLimit
from ops.db.models.work import Run
from ops.errors import OpsError
from ops.page import Subject, Verdict
from ops.settings import Settings
from ops.values import EVERYWHERE
from tests.api.conftest import RecordingQueue
from tests.api.local import application
from tests.api.plant import HERE, NOW, add_plant
from tests.plant import JANUARY, plant, rows
from tests.plant import NOW as LATER

HTML = {"Accept": "text/html"}


def _stored(database: Database, state: str, **fields: object) -> str:
    run_id = str(uuid.uuid4())
    page = (
        example_page(find("capability")).model_dump(mode="json") if state == "succeeded" else None
    )
    with database.write.begin() as session:
        session.add(
            Run(
                id=run_id,
                site_id=HERE,
                analysis="capability",
                version=1,
                params={"site": "HERE"},
                as_of=NOW,
                max_batch=0,
                state=state,
                page=page,
                submitted_by="test",
                submitted_at=NOW,
                **fields,
            )
        )
    return run_id


def test_an_empty_service_says_what_to_do_first(client: TestClient) -> None:
    page = client.get("/", headers=HTML)
    assert page.status_code == 200
    assert 'href="/data"' in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/runs",
        "/analyses",
        "/characteristics",
        *(f"/analyses/{a.name}{part}" for a in all_analyses() for part in ("", "/example")),
    ],
)
def test_a_page_is_whole_in_every_language(client: TestClient, path: str) -> None:
    for language in ("en", "de", "zh-Hans"):
        client.cookies.clear()
        page = client.get(path, headers=HTML, params={"lang": language})
        assert page.status_code == 200
        assert f'<html lang="{language}"' in page.text
        assert page.text.rstrip().endswith("</html>")
        assert not re.search(r"\{\{|\{%|%\(\w+\)s", page.text), "nothing of a template is left"
        assert client.cookies["lang"] == language


def test_the_form_of_an_analysis_leaves_its_example_to_be_asked_for(client: TestClient) -> None:
    form = client.get("/analyses/capability", headers=HTML).text
    assert 'hx-get="/analyses/capability/example"' in form
    assert "<figure" not in form
    example = client.get("/analyses/capability/example", headers=HTML).text
    assert '<div id="example">' in example
    assert "<figure" in example


def test_every_page_says_of_which_zone_its_times_are(client: TestClient) -> None:
    for zone in ("UTC", "Asia/Kuala_Lumpur"):
        sent = {**HTML, "Cookie": f"zone={quote(zone, safe='')}"}  # as a browser writes it
        shown = client.get("/data", headers=sent).text
        assert f"Times are those of <span data-reader-zone>{zone}</span>" in shown


def test_nothing_of_a_page_comes_from_another_host(client: TestClient) -> None:
    page = client.get("/", headers=HTML)
    assert not re.findall(r"""(?:src|href|action)=["'](?:https?:)?//""", page.text)
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "script-src" not in policy, "no inline script is allowed"


def test_a_run_shows_its_verdicts_and_charts(client: TestClient, sqlite_database: Database) -> None:
    add_plant(sqlite_database)
    run_id = _stored(sqlite_database, "succeeded")
    page = client.get(f"/runs/{run_id}", headers=HTML)
    assert page.text.count('<figure class="chart"') >= 1
    assert f"/v1/runs/{run_id}/export.csv" in page.text


def test_a_failed_run_says_why(client: TestClient, sqlite_database: Database) -> None:
    add_plant(sqlite_database)
    reason = "there are no values of <LOOP> in the window"
    run_id = _stored(sqlite_database, "failed", error={"kind": "NotEnoughData", "message": reason})
    page = client.get(f"/runs/{run_id}", headers=HTML)
    assert "no values of &lt;LOOP&gt; in the window" in page.text


def test_a_live_run_can_be_watched_and_cancelled(
    client: TestClient, sqlite_database: Database
) -> None:
    add_plant(sqlite_database)
    run_id = _stored(sqlite_database, "running")
    page = client.get(f"/runs/{run_id}", headers=HTML)
    assert f'data-run-events="/v1/runs/{run_id}/events"' in page.text
    assert f'data-api="POST /v1/runs/{run_id}/cancel"' in page.text


@pytest.fixture
def charted(sqlite_database: Database) -> Database:
    """A characteristic of 400 values, one of them far out, with limits."""
    value = np.random.default_rng(2).normal(40, 1, 400).clip(37.5, 42.5)
    value[300] = 55.0
    chunk = rows(400, value=value, subgroup=[None] * 400)
    write_chunk(sqlite_database, chunk, ingest=plant(sqlite_database), now=LATER)
    with sqlite_database.write.begin() as session:
        session.execute(
            update(Characteristic).where(Characteristic.id == 1).values(title="Loop <b>height</b>")
        )
        session.add(
            SpecLimit(characteristic_id=1, effective_from=NOW - timedelta(days=99), lower=30.0,
                      upper=50.0, reason="", created_by="ada", created_at=NOW)
        )  # fmt: skip
    return sqlite_database


def test_a_characteristic_shows_its_chart_and_filters(
    client: TestClient, charted: Database
) -> None:
    page = client.get("/characteristics/1?days=0&where=tool:A", headers=HTML)
    assert page.status_code == 200
    assert 'data-chart="/v1/characteristics/1/chart?' in page.text
    assert "where=tool%3AA" in page.text
    assert "Loop &lt;b&gt;height&lt;/b&gt;" in page.text
    assert "<b>height" not in page.text
    assert "30 … 50" in page.text


def test_a_baseline_that_is_due_for_review_says_so_where_it_is_chosen(
    client: TestClient, charted: Database
) -> None:
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    with charted.write.begin() as session:
        for name, days in (("old", 30), ("lasting", None)):
            session.add(
                Baseline(characteristic_id=1, name=name, start=long_ago - timedelta(days=9),
                         end=long_ago, where={}, approved_by="ada", approved_at=long_ago,
                         review_days=days, created_by="ada", created_at=long_ago)
            )  # fmt: skip
    page = client.get("/characteristics/1?days=0", headers=HTML)
    assert ">old (due for review)</option>" in page.text
    assert ">lasting</option>" in page.text


def test_limits_stand_below_the_chart_and_can_be_set_where_the_role_allows(
    client: TestClient, charted: Database
) -> None:
    shown = client.get("/characteristics/1", headers=HTML).text
    assert 'data-api="POST /v1/characteristics/1/limits"' in shown
    since = re.search(r'<label for="([^"]+)">Holds from[^<]*<.*?<input id="\1"[^>]*>', shown, re.S)
    assert since is not None
    assert " data-now" in since[0], "a browser fills in its own time"
    draft = {"effective_from": "2026-01-02T00:00:00Z", "upper": 44.5, "reason": "rev <B>"}
    assert client.post("/v1/characteristics/1/limits", json=draft).status_code == 201
    shown = client.get("/characteristics/1", headers=HTML).text
    assert "44.5" in shown
    assert "rev &lt;B&gt;" in shown
    assert shown.count("in force") == 1


def test_a_verdict_leads_to_the_chart_of_the_guilty_tool() -> None:
    subject = Subject(site="HSV", characteristic="LOOP", factors={"tool": "WB 7"})
    verdict = Verdict(level="bad", sentence="x", subject=subject)
    known = {("HSV", "LOOP"): 5}
    assert _chart_of(known, verdict) == "/characteristics/5?days=30&where=tool%3AWB+7"
    assert _chart_of({("PEN", "LOOP"): 5}, verdict) is None
    assert _chart_of(known, Verdict(level="bad", sentence="x")) is None


def test_the_overview_is_filtered_by_the_package_that_was_measured_last(
    client: TestClient, sqlite_database: Database
) -> None:
    ref = plant(sqlite_database)
    with sqlite_database.write.begin() as session:
        combos = [{"tool": "A", "package": "QFN32"}, {"tool": "B", "package": "BGA144"}]
        qfn, bga = contexts.ids_for(session, ref.site_id, combos, LATER)
    for characteristic, context in ((1, qfn), (2, bga)):
        chunk = rows(9, characteristic_id=[characteristic] * 9, context_id=[context] * 9)
        write_chunk(sqlite_database, chunk, ingest=ref, now=LATER)
    said = [
        Said(Verdict(level="bad", sentence="x", subject=subject), "r", "capability", LATER)
        for subject in (
            Subject(site="HSV", characteristic="LOOP"),
            Subject(site="HSV", characteristic="SHEAR"),
            Subject(site="HSV", characteristic="SHEAR", factors={"package": "QFN32"}),
            None,
        )
    ]
    with sqlite_database.read() as session:
        known = packages(session, EVERYWHERE)
    assert known == {("HSV", "LOOP"): "QFN32", ("HSV", "SHEAR"): "BGA144"}
    assert about_package(said, "QFN32", known) == [said[0], said[2]]
    page = client.get("/?package=QFN32", headers=HTML).text
    assert 'href="/characteristics/1"' in page
    assert 'href="/characteristics/2"' not in page
    assert "Nothing fits this filter" in client.get("/?package=none", headers=HTML).text


def test_what_lies_beneath_the_chart_names_the_points_and_the_capability(
    client: TestClient, charted: Database
) -> None:
    page = client.get("/characteristics/1/study", headers=HTML)
    assert page.status_code == 200
    assert f'href="/characteristics/1/points/{JANUARY + 300_000_000}"' in page.text
    assert "Distribution and specification" in page.text
    assert "Cpk" in page.text


def test_a_point_can_be_voided_and_annotated_where_the_role_allows(
    client: TestClient, charted: Database
) -> None:
    address = f"/characteristics/1/points/{JANUARY + 300_000_000}"
    page = client.get(address, headers=HTML)
    assert 'data-api="POST /v1/measurements/revisions"' in page.text
    assert 'data-api="POST /v1/events"' in page.text
    point = client.get("/v1/measurements", params={"where": "unit_id:U300"}).json()["items"][0]
    body = {"characteristic_id": 1, "reason": "hair on <lens>",
            "items": [{"ts": point["ts"], "seq": point["seq"], "action": "void"}]}  # fmt: skip
    assert client.post("/v1/measurements/revisions", json=body).status_code == 201
    assert "hair on &lt;lens&gt;" in client.get(address, headers=HTML).text
    reason = {"site": "HSV", "kind": "cause", "code": "PILOT", "title": "Pilot <lot>"}
    assert client.post("/v1/reasons", json=reason).status_code == 201
    mark = {
        "kind": "exclude",
        "cause": "PILOT",
        "items": [{"ts": point["ts"], "seq": point["seq"]}],
    }
    assert client.post("/v1/characteristics/1/marks", json=mark).status_code == 201
    marked = client.get(address, headers=HTML).text
    assert 'data-api="POST /v1/characteristics/1/marks"' in marked
    assert "left out of limits · Pilot &lt;lot&gt;" in marked
    listed = client.get("/characteristics/1/study", headers=HTML).text
    assert "Marked points" in listed
    assert "PILOT" in listed
    empty = client.get("/characteristics/1/points/5", headers=HTML)
    assert empty.status_code == 404


def test_a_chart_design_shows_its_limits_and_what_was_left_out(
    client: TestClient, charted: Database
) -> None:
    excluded = {"ts": JANUARY + 1, "value": 99.5, "reason": "hair on <lens>"}
    phase_one = {"start": JANUARY, "end": JANUARY + 9, "points": 40, "estimator": "by hand",
                 "excluded": [excluded]}  # fmt: skip
    limits = [{"level": "A", "center": 40.25, "sigma": 1.0, "n": 39}]
    body = {"characteristic_id": 1, "name": "line", "design": {"limits": limits}}
    assert client.post("/v1/chart-designs", json=body).status_code == 201
    body["design"] = {"limits": [{**limits[0], "center": 41.0}], "phase_one": phase_one}
    assert client.post("/v1/chart-designs", json=body).status_code == 201
    page = client.get("/characteristics/1", headers=HTML).text
    assert page.count('data-api="POST /v1/chart-designs/') == 2
    assert "40 points, 1 left out" in page
    shown = client.get("/chart-designs/2", headers=HTML).text
    for text in ("hair on &lt;lens&gt;", "holds the lot", "/limits/A/center", "99.5", "38"):
        assert text in shown
    assert client.post("/v1/chart-designs/2/approve").status_code == 200
    assert "Retire" in client.get("/chart-designs/2", headers=HTML).text
    chosen = client.get("/characteristics/1?design=2", headers=HTML).text
    assert "design=2" in chosen
    assert 'name="rules"' not in chosen, "the design has its own"
    assert client.get("/chart-designs/9", headers=HTML).status_code == 404


def test_raw_rows_page_through(client: TestClient, charted: Database) -> None:
    first = client.get("/characteristics/1/rows", headers=HTML).text
    assert first.count("<tr>") == 201
    address = re.findall(r'rel="next" href="([^"]+)"', first)[0].replace("&amp;", "&")
    second = client.get(address, headers=HTML).text
    assert second.count("<tr>") == 201
    assert (
        'rel="next"' not in client.get("/characteristics/1/rows?where=tool:none", headers=HTML).text
    )


def test_the_rows_that_a_page_shows_are_exported_whatever_else_its_address_says(
    client: TestClient, charted: Database
) -> None:
    asked = "start=2026-01-01T00:00:00Z&where=tool:none&lang=de&utm_source=mail&kind=ewma"
    page = client.get(f"/characteristics/1/rows?{asked}", headers=HTML).text
    address = re.findall(r'href="(/v1/measurements/export.csv[^"]+)"', page)[0]
    assert client.get(address.replace("&amp;", "&")).status_code == 200
    assert "where=tool" in address


def test_the_way_in_begins_with_a_site(client: TestClient) -> None:
    page = client.get("/data", headers=HTML).text
    assert 'data-api="POST /v1/sites"' in page
    assert "data-bring" not in page


def test_a_file_can_be_brought_in_and_its_refused_rows_are_listed(
    client: TestClient, charted: Database
) -> None:
    page = client.get("/data", headers=HTML).text
    assert "data-bring" in page
    assert len(re.findall(r' id="([^"]+)"', page)) == len(set(re.findall(r' id="([^"]+)"', page)))
    lines = "time,characteristic,value\n2026-01-01T00:00:00Z,LOOP,1\nnever,LOOP,<i>2</i>\n"
    sent = client.post("/v1/measurements", params={"site": "HSV", "file_name": "<b>.csv"},
                       content=lines, headers={"Content-Type": "text/csv"}).json()  # fmt: skip
    assert "&lt;b&gt;.csv" in client.get("/data", headers=HTML).text
    told = client.get(f"/data/{sent['ingest_id']}", headers=HTML).text
    assert f"/v1/ingests/{sent['ingest_id']}/rejections.csv" in told
    assert "<td>time</td>" in told
    assert client.get("/data/999", headers=HTML).status_code == 404


def _scheduled(client: TestClient, name: str) -> int:
    body = {"name": name, "analysis": "capability", "cron": "0 6 * * 1", "zone": "Europe/Berlin",
            "params": {"window": {"last": "7d"}, "strata": ["tool"]}}  # fmt: skip
    answer = client.post("/v1/schedules", json=body)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


def test_a_schedule_shows_its_nights_and_can_be_edited(
    client: TestClient, sqlite_database: Database
) -> None:
    add_plant(sqlite_database)
    schedule = _scheduled(client, "<Monday>")
    for state in ("failed", "succeeded"):
        _stored(sqlite_database, state, schedule_id=schedule)
    listed = client.get("/schedules", headers=HTML).text
    assert "&lt;Monday&gt;" in listed
    assert re.findall(r'<li><a class="(\w+)"', listed).count("failed") == 1
    assert f'data-api="POST /v1/schedules/{schedule}/pause"' in listed
    page = client.get(f"/schedules/{schedule}", headers=HTML).text
    assert f'data-api="PATCH /v1/schedules/{schedule}" data-etag=\'"1"\'' in page
    assert 'data-pointer="/params/strata" data-kind="list" value="tool"' in page
    assert page.count("<li>") >= 7, "five fires to come and two nights"
    client.post(f"/v1/schedules/{schedule}/pause")
    assert "It is paused" in client.get(f"/schedules/{schedule}", headers=HTML).text


def test_the_form_of_a_schedule_holds_every_parameter_of_its_analysis(client: TestClient) -> None:
    page = client.get("/schedules/new?analysis=capability", headers=HTML).text
    schema = find("capability").params.model_json_schema()
    for name in schema["properties"]:
        assert f'data-pointer="/params/{name}' in page
    assert 'value="24h"' in page, "defaults stand in the form"
    assert client.get("/schedules/new?analysis=none", headers=HTML).status_code == 404


def test_settings_offer_what_the_role_may_do(
    settings: Settings, client: TestClient, sqlite_database: Database
) -> None:
    add_plant(sqlite_database)
    everything = client.get("/settings", headers=HTML).text
    ids = re.findall(r' id="([^"]+)"', everything)
    assert len(ids) == len(set(ids))
    assert 'data-api="POST /v1/keys"' in everything
    with sqlite_database.write.begin() as session:
        draft = KeyDraft(name="wall", role="viewer", sites=None)
        _, token = keys.issue(session, draft, actor=SYSTEM, now=NOW)
    app = application(
        Services(settings.model_copy(update={"auth": "keys"}), sqlite_database, RecordingQueue())
    )
    with TestClient(app, base_url="http://127.0.0.1") as browser:
        browser.headers["Authorization"] = f"Bearer {token}"
        seen = browser.get("/settings", headers=HTML).text
        assert "data-api=" not in seen.replace('action="/logout"', "")
        assert re.search(r"wall \([0-9a-f]+\) \(viewer\)", seen)
        assert "data-bring" not in browser.get("/data", headers=HTML).text
        assert "/trigger" not in browser.get("/schedules", headers=HTML).text


def test_characteristics_are_found_by_name(client: TestClient, charted: Database) -> None:
    assert "SHEAR" in client.get("/characteristics", headers=HTML).text
    found = client.get("/characteristics?find=loop", headers=HTML).text
    assert "LOOP" in found
    assert "SHEAR" not in found
    assert "Nothing is called so" in client.get("/characteristics?find=%25", headers=HTML).text


def test_what_is_not_there_is_told_in_a_page(client: TestClient) -> None:
    page = client.get("/nowhere", headers=HTML)
    assert page.status_code == 404
    assert "<h1>There is nothing at this path</h1>" in page.text
    program = client.get("/v1/sites/999999", headers=HTML)
    assert program.headers["content-type"] == "application/problem+json"


def test_a_key_signs_a_browser_in(settings: Settings, sqlite_database: Database) -> None:
    with sqlite_database.write.begin() as session:
        draft = KeyDraft(name="shift", role="engineer", sites=None)
        _, token = keys.issue(session, draft, actor=SYSTEM, now=NOW)
    app = application(
        Services(settings.model_copy(update={"auth": "keys"}), sqlite_database, RecordingQueue())
    )
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as browser:
        first = browser.get("/runs?state=failed", headers=HTML)
        assert (first.status_code, first.headers["location"]) == (
            303,
            "/login?next=%2Fruns%3Fstate%3Dfailed",
        )
        assert browser.post("/login", data={"key": "lr_wrong"}).status_code == 401
        entered = browser.post("/login", data={"key": token, "next": "//evil.example"})
        assert entered.headers["location"] == "/", "never to another host"
        cookie = entered.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "samesite=strict" in cookie.lower()
        assert "secure" not in cookie.lower(), "a browser would not send it back without TLS"
        origin = {"Origin": "https://longrun.example"}  # a proxy ends TLS, and may not say so
        behind = browser.post("/login", data={"key": token}, headers=origin)
        assert "secure" in behind.headers["set-cookie"].lower()
        assert browser.post("/login", data={"key": token}).status_code == 303
        assert browser.get("/", headers=HTML).status_code == 200
        foreign = browser.post("/v1/runs/x/cancel", headers={"Origin": "http://evil.example"})
        assert foreign.status_code == 401, "a cookie alone changes nothing for another origin"
        browser.post("/logout")
        assert COOKIE not in browser.cookies


def test_wrong_keys_at_the_sign_in_are_counted(
    settings: Settings, sqlite_database: Database
) -> None:
    few = settings.model_copy(update={"auth": "keys", "rate_limit": "2/minute"})
    app = application(Services(few, sqlite_database, RecordingQueue()))
    with TestClient(app, base_url="http://127.0.0.1") as browser:
        said = [browser.post("/login", data={"key": "lr_wrong"}).status_code for _ in range(3)]
    assert said == [401, 401, 429]


def test_the_type_of_every_problem_is_a_page_that_says_what_to_do(client: TestClient) -> None:
    documents = client.get("/problems").json()
    assert {d["type"] for d in documents} >= {f"/problems/{k.name}" for k in OF_ERROR.values()}
    listed = client.get("/problems", headers=HTML).text
    for document in documents:
        assert f'href="{document["type"]}"' in listed
        assert client.get(document["type"]).json() == [document]
        page = client.get(document["type"], headers=HTML)
        assert page.status_code == 200
        assert html.escape(document["mend"]) in page.text.replace("&#39;", "&#x27;")
    unknown = client.get("/problems/no-such-kind")
    assert unknown.status_code == 404
    assert "/problems lists them" in unknown.json()["detail"]


def test_every_kind_of_error_has_a_kind_of_problem() -> None:
    errors = {e for e in vars(ops.errors).values() if isinstance(e, type)}
    raised = {e for e in errors if issubclass(e, OpsError) and e is not OpsError}
    assert raised == set(OF_ERROR)


def test_a_cancelled_run_waits_for_the_plan_that_it_had(
    client: TestClient, sqlite_database: Database
) -> None:
    add_plant(sqlite_database)
    run_id = _stored(
        sqlite_database, "cancelled", incumbents=[{"time_s": 1.0}], finished_at=datetime.now(UTC)
    )
    with sqlite_database.write.begin() as session:
        session.execute(update(Run).where(Run.id == run_id).values(analysis="network-plan"))
    assert "is being kept" in client.get(f"/runs/{run_id}", headers=HTML).text
    late = {"finished_at": datetime.now(UTC) - timedelta(minutes=5)}
    with sqlite_database.write.begin() as session:
        session.execute(update(Run).where(Run.id == run_id).values(**late))
    assert "before it had a result" in client.get(f"/runs/{run_id}", headers=HTML).text


def test_the_kind_of_a_chart_and_its_rules_can_be_chosen(
    client: TestClient, charted: Database
) -> None:
    page = client.get(
        "/characteristics/1?days=0&kind=ewma&lambda_=0.1&rules=aiag&rules_off=aiag-1", headers=HTML
    ).text
    assert '<option value="ewma" selected>' in page
    assert "kind=ewma&amp;rules=aiag&amp;rules_off=aiag-1&amp;lambda_=0.1" in page
    assert 'name="lambda_"' in page
    assert 'name="headstart"' not in page
    assert 'value="aiag-1" checked' in page
    assert "aiag-2" not in page, "a rule that does not count with memory cannot be switched"
    study = client.get("/characteristics/1/study?kind=ewma", headers=HTML).text
    assert "False alarm every 554 points (ARL0)" in study
    assert "degrees of freedom" in study
    counted = client.get("/characteristics/1/study?kind=u", headers=HTML).text
    assert "Distance of false alarms (ARL0) unknown" in counted


def test_a_chart_is_designed_by_its_false_alarms(client: TestClient, charted: Database) -> None:
    page = client.get(
        "/chart-design?family=ewma&arl0=500&shift=0.5&characteristic=1", headers=HTML
    ).text
    assert "a false alarm every 500 points, a shift of 0.5 sigma found after 28.8 points" in page
    assert "/characteristics/1?days=30&amp;kind=ewma&amp;rules=limits&amp;lambda_=0.04" in page
    assert "Western Electric" in page
    for family in ("cusum", "shewhart", "western-electric"):
        assert client.get(f"/chart-design?family={family}", headers=HTML).status_code == 200
    assert client.get("/chart-design?arl0=1", headers=HTML).status_code == 422
