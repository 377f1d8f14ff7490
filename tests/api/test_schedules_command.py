"""`longrun schedules` and `longrun retention`."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner, Result
from pydantic import ValidationError
from sqlalchemy import select

from api.cli import cli
from ops.db.engine import Database
from ops.db.models.people import IdempotencyKey
from ops.db.models.plant import Site
from ops.db.models.work import Run, Schedule
from ops.errors import BadData, NotFound
from tests.api.plant import HERE, add_plant

Run_ = Callable[..., Result]
NIGHTLY = (
    "create",
    "Nightly",
    "--analysis",
    "capability",
    "--site",
    "HERE",
    "--cron",
    "30 5 * * *",
)


@pytest.fixture
def run(
    sqlite_url: str, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    """Run the command line on a database with a plant."""
    add_plant(sqlite_database)
    with sqlite_database.write.begin() as session:
        site = session.get(Site, HERE)
        assert site is not None
        site.zone = "Asia/Kolkata"
    monkeypatch.setenv("LONGRUN_DATABASE_URL", sqlite_url)
    return lambda *words: CliRunner().invoke(cli, ["schedules", *words])


def test_a_schedule_lives_from_create_to_delete(run: Run_, sqlite_database: Database) -> None:
    assert run("list").output.startswith("no schedules yet")
    params = json.dumps({"characteristics": ["LOOP"]})
    made = run(*NIGHTLY, "--last", "7d", "--params", params, "--catch-up", "all")
    assert made.exit_code == 0, made.output
    row = _row(sqlite_database)
    assert (row.zone, row.catch_up, row.site_id) == ("Asia/Kolkata", "all", HERE)
    assert row.params["window"] == {"last": "7d"}
    assert row.params["characteristics"] == ["LOOP"]
    assert "30 5 * * *" in run("list").output
    assert run("edit", "1", "--cron", "0 6 * * 1-5", "--name", "Weekdays").exit_code == 0
    assert json.loads(run("list", "--json").output)[0]["name"] == "Weekdays"
    assert "paused" in run("pause", "1").output
    assert run("next", "1").output == "schedule 1 is paused\n"
    run("resume", "1")
    coming = run("next", "1", "--count", "3").output.split()
    assert [t[10:] for t in coming] == ["T00:30+00:00"] * 3
    run_id = run("trigger", "1").output.strip()
    with sqlite_database.read() as session:
        assert session.scalars(select(Run.schedule_id).where(Run.id == run_id)).one() == 1
    assert run("delete", "1").output == "deleted schedule 1\n"
    assert run("list", "--analysis", "capability").output.startswith("no schedules yet")


def test_a_time_is_tried_without_a_schedule(run: Run_) -> None:
    shown = run("next", "--cron", "0 0 * * *", "--zone", "Asia/Kolkata", "--count", "2").output
    assert [t[10:] for t in shown.split()] == ["T18:30+00:00"] * 2


@pytest.mark.parametrize(
    ("words", "error", "named"),
    [
        ((*NIGHTLY[:-1], "61 5 * * *"), BadData, "61 5"),
        ((*NIGHTLY, "--zone", "Mars/Base"), BadData, "Mars/Base"),
        ((*NIGHTLY, "--site", "NOWHERE"), NotFound, "NOWHERE"),
        ((*NIGHTLY, "--max-parallel", "0"), ValidationError, "max_parallel"),
        ((*NIGHTLY, "--params", '{"strata": 7}'), BadData, "capability"),
        (("pause", "9"), NotFound, "9"),
        (("trigger", "9"), NotFound, "9"),
    ],
)
def test_wrong_input_is_told_in_a_sentence(
    run: Run_, words: tuple[str, ...], error: type[Exception], named: str
) -> None:
    caught = run(*words).exception
    assert isinstance(caught, error)
    assert named in str(caught)
    assert run("list").output.startswith("no schedules yet")


@pytest.mark.parametrize(
    "words",
    [
        ("edit", "1"),
        ("next",),
        ("next", "1", "--cron", "0 0 * * *"),
        (*NIGHTLY, "--params", "{"),
        (*NIGHTLY, "--params", "[]"),
        (*NIGHTLY, "--catch-up", "never"),
    ],
)
def test_wrong_use_exits_with_2(run: Run_, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_retention_counts_then_deletes(run: Run_, sqlite_database: Database) -> None:
    old = datetime.now(UTC) - timedelta(days=3)
    with sqlite_database.write.begin() as session:
        session.add(
            IdempotencyKey(actor="a", key="k", request_sha256="", headers={}, created_at=old)
        )

    def retention(*words: str) -> str:
        return CliRunner().invoke(cli, ["retention", *words]).output

    dry = retention("--dry-run")
    assert dry.startswith("would be deleted:")
    assert re.search(r" 1 +idempotency keys", dry)
    assert json.loads(retention("--json"))["idempotency_keys"] == 1
    assert re.search(r" 0 +idempotency keys", retention())


def _row(database: Database) -> Schedule:
    with database.read() as session:
        return session.scalars(select(Schedule)).one()
