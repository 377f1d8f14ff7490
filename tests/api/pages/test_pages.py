"""Pages as the server sends them; what a browser does with them is tested in tests/browser."""

import html
import re
import uuid

import pytest
from fastapi.testclient import TestClient

import ops.errors
from api.app import create_app
from api.auth import COOKIE
from api.deps import Services
from api.problems import OF_ERROR
from ops.analyses.example import example_page
from ops.analyses.registry import all_analyses, find
from ops.db import keys
from ops.db.engine import Database
from ops.db.keys import SYSTEM, KeyDraft
from ops.db.models.work import Run
from ops.errors import OpsError
from ops.settings import Settings
from tests.api.conftest import RecordingQueue
from tests.api.plant import HERE, NOW, add_plant

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
    "path", ["/", "/runs", "/analyses", *(f"/analyses/{a.name}" for a in all_analyses())]
)
@pytest.mark.parametrize("language", ["en", "de", "zh-Hans"])
def test_a_page_is_whole_in_every_language(client: TestClient, path: str, language: str) -> None:
    page = client.get(path, headers=HTML, params={"lang": language})
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text
    assert page.text.rstrip().endswith("</html>")
    assert not re.search(r"\{\{|\{%|%\(\w+\)s", page.text), "nothing of a template is left"
    assert client.cookies["lang"] == language


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
    app = create_app(
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
        assert browser.get("/", headers=HTML).status_code == 200
        foreign = browser.post("/v1/runs/x/cancel", headers={"Origin": "http://evil.example"})
        assert foreign.status_code == 401, "a cookie alone changes nothing for another origin"
        browser.post("/logout")
        assert COOKIE not in browser.cookies


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
