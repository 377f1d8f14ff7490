"""`longrun memories ...`: the same memories as through the API."""

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from api.cli import cli
from ops.db.engine import Database
from ops.errors import Conflict, NotFound
from tests.api.plant import add_plant

Command = Callable[..., Result]


@pytest.fixture
def run(sqlite_url: str, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run the command line on a database with a plant."""
    add_plant(sqlite_database)
    monkeypatch.setenv("LONGRUN_DATABASE_URL", sqlite_url)
    return lambda *words: CliRunner().invoke(cli, ["memories", *map(str, words)])


def test_memory_is_added_searched_corrected_and_ended(run: Command) -> None:
    assert run("list").output.startswith("no memories yet")
    about = ("--tag", "tool=WB-07", "--action", "clean", "--helped")
    assert run("add", "Cleaning", "--text", "it works", *about).output == "added memory 1\n"
    (found,) = json.loads(run("search", "WB-07", "--json").output)
    assert (found["id"], found["tags"], found["helped"]) == (1, {"tool": "WB-07"}, True)
    assert "0.8" in run("search", "does", "cleaning", "help").output
    assert run("search", "WB-08").output == "nothing is remembered about this\n"
    done = run("correct", 1, "--did-not-help", "--text", "no more")
    assert done.output == "memory 2 supersedes memory 1\n"
    (kept,) = json.loads(run("list", "--json").output)
    assert (kept["title"], kept["text"], kept["helped"], kept["action"], kept["tags"]) == (
        "Cleaning", "no more", False, "clean", {"tool": "WB-07"},
    )  # fmt: skip
    assert run("expire", 2).output == "memory 2 has ended\n"
    assert run("list").output.startswith("no memories yet")
    assert "Cleaning" in run("list", "--state", "superseded").output


def test_what_cannot_be_done_is_said(run: Command) -> None:
    assert isinstance(run("expire", 7).exception, NotFound)
    assert "--text" in run("add", "x").output
    assert "NAME=CODE" in run("add", "x", "--text", "y", "--tag", "WB-07").output
    assert "words alone" in run("embed").output
    run("add", "x", "--text", "y")
    run("correct", 1, "--title", "z")
    assert isinstance(run("correct", 1, "--title", "z").exception, Conflict)
