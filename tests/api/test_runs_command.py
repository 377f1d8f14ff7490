"""`longrun runs ...`: list, show, cancel, retry and wait from the command line."""

import json
import uuid

import pytest
from click.testing import CliRunner, Result

from api.commands.runs import runs_group
from ops.db.engine import Database
from ops.work.engine import prepare
from tests.api.test_runs import add_run, succeeded


@pytest.fixture
def call(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch):
    """Call a command on a prepared database."""
    monkeypatch.setenv("LONGRUN_DATABASE_URL", sqlite_database.url)
    prepare(sqlite_database)

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(runs_group, arguments)

    return invoke


def test_list_shows_the_newest_first(call, sqlite_database: Database) -> None:
    old, new = add_run(sqlite_database), succeeded(sqlite_database, minute=5)
    lines = call("list").output.splitlines()
    assert [line.split()[0] for line in lines] == [new, old]
    found = json.loads(call("list", "--state", "queued", "--json").output)
    assert [run["id"] for run in found] == [old]


def test_an_empty_list_says_how_to_start(call) -> None:
    assert "longrun run" in call("list").output


def test_show_writes_the_page_or_the_reason(call, sqlite_database: Database) -> None:
    good = call("show", succeeded(sqlite_database)).output
    assert "All is well." in good
    assert "size [mm]" in good
    failed = add_run(sqlite_database, state="failed", message="capability needs 2 values, got 0")
    assert "failed: capability needs 2 values, got 0" in call("show", failed).output
    assert json.loads(call("show", failed, "--json").output)["state"] == "failed"


def test_cancel_and_retry(call, sqlite_database: Database) -> None:
    run_id = add_run(sqlite_database)
    assert call("cancel", run_id).output == f"cancelled {run_id}\n"
    assert call("cancel", run_id).exit_code == 1
    again = call("retry", run_id).output.strip()
    assert json.loads(call("show", again, "--json").output)["retry_of"] == run_id


@pytest.mark.parametrize(("state", "code"), [("succeeded", 0), ("failed", 1), ("cancelled", 1)])
def test_wait_ends_with_the_run(call, sqlite_database: Database, state: str, code: int) -> None:
    assert call("wait", add_run(sqlite_database, state=state)).exit_code == code


def test_wait_gives_up_after_its_timeout(call, sqlite_database: Database) -> None:
    assert call("wait", add_run(sqlite_database), "--timeout", "0.1").exit_code == 1


@pytest.mark.parametrize("command", ["show", "cancel", "retry", "wait"])
def test_a_run_that_is_not_there_is_named(call, command: str) -> None:
    run_id = str(uuid.uuid4())
    answer = call(command, run_id)
    assert answer.exit_code == 1
    assert run_id in str(answer.exception)
