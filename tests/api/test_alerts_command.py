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
