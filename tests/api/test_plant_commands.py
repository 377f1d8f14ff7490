"""Sites, characteristics and limits from the command line."""

import json

import pytest
from click.testing import CliRunner

from api.cli import cli
from ops.errors import BadData, Conflict, NotFound


@pytest.fixture
def longrun(sqlite_url: str, monkeypatch: pytest.MonkeyPatch):
    """Call `longrun` in this process."""
    monkeypatch.setenv("LONGRUN_DATABASE_URL", sqlite_url)

    def call(*arguments: str) -> str:
        done = CliRunner().invoke(cli, arguments, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    return call


def test_a_plant_is_set_up_in_three_commands(longrun) -> None:
    longrun("sites", "create", "PG1", "--title", "Penang 1", "--zone", "Asia/Kuala_Lumpur")
    made = ("characteristics", "create", "LOOP-H", "--site", "PG1", "--unit", "um")
    longrun(*made, "--lower", "135", "--upper", "165", "--target", "150")
    longrun("limits", "add", "PG1", "LOOP-H", "--lower", "138", "--reason", "rev B")
    (row,) = json.loads(longrun("characteristics", "list", "--json"))
    assert (row["site"], row["unit"], row["lower"], row["upper"]) == ("PG1", "um", 138.0, None)
    assert "Penang 1" in longrun("sites", "list")


def test_an_empty_plant_says_what_to_do(longrun) -> None:
    assert "longrun sites create" in longrun("sites", "list")
    assert "longrun characteristics create" in longrun("characteristics", "list")


def test_wrong_input_is_named(longrun) -> None:
    longrun("sites", "create", "PG1")
    with pytest.raises(Conflict, match="PG1"):
        longrun("sites", "create", "PG1")
    with pytest.raises(NotFound, match="NOWHERE"):
        longrun("characteristics", "create", "X", "--site", "NOWHERE", "--unit", "um")
    with pytest.raises(BadData, match="not below"):
        longrun(
            *("characteristics", "create", "X", "--site", "PG1", "--unit", "um"),
            *("--lower", "2", "--upper", "1"),
        )
    assert json.loads(longrun("characteristics", "list", "--json")) == []
