"""`longrun events ...` and `longrun mappings ...`: what the API keeps, at a terminal."""

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from api.cli import cli
from ops.db import sites, sources
from ops.db.engine import Database
from ops.errors import NotFound
from ops.values import EVERYWHERE, Actor
from tests.api.plant import NOW, add_plant


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


def test_an_event_is_added_and_listed(longrun: Callable[..., str]) -> None:
    add = ("events", "add", "HERE", "--kind", "calibration", "--title", "Gauge 7")
    longrun(*add, "--tool", "WB-1", "--at", "2026-02-03T04:05:06+08:00")
    newest, *_ = json.loads(longrun("events", "list", "--site", "HERE", "--json"))
    assert (newest["began"], newest["tool"]) == ("2026-02-02T20:05:06+00:00", "WB-1")
    assert "Gauge 7" in longrun("events", "list", "--kind", "calibration")
    assert "longrun events add" in longrun("events", "list", "--kind", "note")


def test_an_event_of_an_unknown_tool_is_refused(longrun: Callable[..., str]) -> None:
    with pytest.raises(NotFound, match="WB-9"):
        longrun("events", "add", "HERE", "--kind", "note", "--title", "x", "--tool", "WB-9")


def test_a_mapping_is_written_as_an_ingest_takes_it(
    longrun: Callable[..., str], sqlite_database: Database
) -> None:
    assert "no mappings yet" in longrun("mappings", "list", "--site", "THERE")
    mapping = {"value": "Höhe", "decimal": ","}
    with sqlite_database.write.begin() as session:
        site = sites.with_code(session, EVERYWHERE, "THERE")
        fields = {"name": "optical", "mapping": mapping}
        sources.create(session, site, fields, actor=Actor("ada", "admin"), now=NOW)
    assert "optical" in longrun("mappings", "list")
    assert json.loads(longrun("mappings", "show", "THERE", "optical")) == mapping
