"""`longrun reaction-plans ...`: what the API keeps, at a terminal."""

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from api.cli import cli
from ops.db.engine import Database
from ops.errors import Conflict, NotFound
from tests.api.plant import add_plant

ADD = ("reaction-plans", "add", "HERE", "LOOP", "--title", "Loop", "--owner", "lead")


@pytest.fixture
def longrun(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Call `longrun` in this process, on a plant."""
    add_plant(sqlite_database)
    monkeypatch.setenv("LONGRUN_DATABASE_URL", sqlite_database.url)

    def call(*arguments: str) -> str:
        done = CliRunner().invoke(cli, arguments, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    return call


def test_a_plan_is_added_listed_changed_and_deleted(longrun: Callable[..., str]) -> None:
    longrun(*ADD, "--minutes", "30", "--step", "hold, then look", "--step", "measure")
    (listed,) = json.loads(longrun("reaction-plans", "list", "--site", "HERE", "--json"))
    assert (listed["characteristic"], listed["disposition"], listed["steps"]) == ("LOOP", "hold", 2)
    assert "adds one" in longrun("reaction-plans", "list", "--site", "THERE")
    number = str(listed["id"])
    longrun("reaction-plans", "change", number, "--minutes", "20")
    shown = json.loads(longrun("reaction-plans", "show", number))
    assert (shown["minutes"], shown["steps"]) == (20, ["hold, then look", "measure"])
    longrun("reaction-plans", "delete", number)
    with pytest.raises(NotFound):
        longrun("reaction-plans", "show", number)


def test_a_second_plan_for_the_same_alerts_is_refused(longrun: Callable[..., str]) -> None:
    longrun(*ADD, "--minutes", "30")
    with pytest.raises(Conflict, match="already"):
        longrun(*ADD, "--minutes", "30")
    longrun(*ADD, "--minutes", "30", "--for", "warn")
