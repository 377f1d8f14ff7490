"""A package from outside the house appears everywhere, and passes the same suite."""

import json

from ops.analyses import ANALYSES
from tests.api.door import longrun_here
from tests.conformance.outside import longrun, python

SEEN = """
import json
import warnings
warnings.simplefilter("error", ResourceWarning)
from api.app import create_app
from api.deps import Services
from fastapi.testclient import TestClient
from ops.db.engine import open_database
from ops.settings import Settings

class Queue:
    def enqueue(self, *_): pass
    def close(self): pass

settings = Settings(auth="none", rate_limit="")
app = create_app(Services(settings, open_database(settings.database), Queue()))
with TestClient(app, base_url="http://127.0.0.1") as c:
    paths = c.get("/openapi.json").json()["paths"]
    run = c.post("/v1/analyses/spread/runs", json={"robust": True})
    plan = {"name": "n", "analysis": "spread", "cron": "0 2 * * *", "zone": "UTC", "params": {}}
    schedule = c.post("/v1/schedules", json=plan)
    wrong = c.post("/v1/analyses/spread/runs", json={"robust": "perhaps"})
    print(json.dumps({
        "typed": "/v1/analyses/spread/runs" in paths,
        "listed": [a["name"] for a in c.get("/v1/analyses").json()["items"]],
        "run": [run.status_code, run.json().get("analysis")],
        "schedule": [schedule.status_code, schedule.json().get("analysis")],
        "wrong": [wrong.status_code, [e["pointer"] for e in wrong.json()["errors"]]],
    }))
"""


def test_the_guest_is_seen_by_api_and_schedules(sqlite_url: str) -> None:
    done = python(SEEN, LONGRUN_DATABASE_URL=sqlite_url)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "typed": True,
        "listed": sorted([*(a.name for a in ANALYSES), "spread"]),
        "run": [202, "spread"],
        "schedule": [201, "spread"],
        "wrong": [422, ["/robust"]],
    }


def test_the_guest_conforms() -> None:
    done = longrun("conformance", "acme.spread")
    assert done.returncode == 0, done.stdout
    assert "FAIL" not in done.stdout
    assert "json-round-trip" in done.stdout


def test_a_broken_package_fails_and_says_why() -> None:
    done = longrun("conformance", "bad-plugins", packages=("broken",))
    assert done.returncode == 1
    assert "no licence for RAISED" in done.stdout
    listed = longrun("analyses", packages=("broken",))
    assert listed.returncode == 0
    assert "left out: bad-plugins, entry point twin" in listed.stdout


def test_an_unknown_package_is_a_usage_error() -> None:
    done = longrun_here("conformance", "no-such-package")
    assert done.returncode == 2
    assert "no-such-package" in done.stderr
