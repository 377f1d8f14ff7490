"""`longrun alerts ...`: list, show and close from the command line."""

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from api.commands.alerts import alerts_group
from ops.db.engine import Database
from tests.api.plant import add_plant
from tests.api.test_alerts import report


@pytest.fixture
def call(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Call a command."""
    monkeypatch.setenv("LONGRUN_DATABASE_URL", sqlite_database.url)
    add_plant(sqlite_database)
    return lambda *arguments: CliRunner().invoke(alerts_group, arguments)


def test_alerts_are_listed_shown_and_closed(
    call: Callable[..., Result], sqlite_database: Database
) -> None:
    assert "no alerts" in call("list").output
    key = str(report(sqlite_database))
    assert call("list").output.split()[0] == key
    assert json.loads(call("show", key).output)["title"] == "too high"
    assert call("close", key, "--note", "done").output == f"closed {key}\n"
    listed = json.loads(call("list", "--state", "closed", "--json").output)
    assert [alert["closing_note"] for alert in listed] == ["done"]
    assert "no alerts" in call("list", "--state", "open").output


def test_an_alert_is_closed_with_what_it_was(
    call: Callable[..., Result], sqlite_database: Database
) -> None:
    key = str(report(sqlite_database))
    assert call("close", key, "--note", "noise", "--outcome", "perhaps").exit_code == 2
    assert call("close", key, "--note", "noise", "--outcome", "false-alarm").exit_code == 0
    assert json.loads(call("show", key).output)["outcome"] == "false-alarm"


def test_what_was_done_is_recorded_and_its_outcome_told_later(
    call: Callable[..., Result], sqlite_database: Database
) -> None:
    key = str(report(sqlite_database))
    assert "nothing is recorded" in call("actions", key).output
    said = call("done", key, "--action", "Clean, dry", "--part", "Clamp 4", "--note", "worn")
    event = said.output.split()[2]
    assert said.output == f"recorded event {event} of alert {key}\n"
    assert "unknown       local  Clean, dry, Clamp 4" in call("actions", key).output
    assert call("done", key, "--helped", "yes", "--outcome-of", event).exit_code == 0
    assert call("actions", key).output.count("\n") == 1
    assert "helped        local  Clean, dry, Clamp 4" in call("actions", key).output
    first, later = json.loads(call("actions", key, "--json").output)
    assert (first["actions"], first["parts"], first["note"]) == (
        ["Clean, dry"],
        ["Clamp 4"],
        "worn",
    )
    assert (later["helped"], later["outcome_of"]) == (True, int(event))


def test_done_refuses_nothing_and_an_answer_that_is_none(
    call: Callable[..., Result], sqlite_database: Database
) -> None:
    key = str(report(sqlite_database))
    assert call("done", key, "--helped", "perhaps").exit_code == 2
    assert "nothing is said" in str(call("done", key).exception)
