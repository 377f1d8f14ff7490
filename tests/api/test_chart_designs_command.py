"""Chart designs from the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.cli import cli
from ops.errors import BadData, Conflict

DESIGN: dict[str, object] = {"limits": [{"level": "WB-1", "center": 150.0, "sigma": 2.0, "n": 50}]}


@pytest.fixture
def longrun(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Call `longrun` in this process, on a plant with one characteristic."""
    monkeypatch.setenv("LONGRUN_DATABASE_URL", sqlite_url)

    def call(*arguments: str, code: int = 0) -> str:
        done = CliRunner().invoke(cli, arguments, catch_exceptions=False)
        assert done.exit_code == code, done.output
        return done.output

    call("sites", "create", "PG1")
    call("characteristics", "create", "LOOP", "--site", "PG1", "--unit", "um")
    return call


def test_a_design_goes_from_a_file_into_force(longrun: Callable[..., str], tmp_path: Path) -> None:
    assert "a run of phase-one" in longrun("chart-designs", "list")
    file = tmp_path / "design.json"
    file.write_text(json.dumps(DESIGN))
    create = ("chart-designs", "create", "PG1", "LOOP", "--name", "line", "--file", str(file))
    assert longrun(*create) == "drafted version 1 of line (chart design 1)\n"
    assert "approved version 1" in longrun("chart-designs", "approve", "1")
    (row,) = json.loads(longrun("chart-designs", "list", "--state", "approved", "--json"))
    assert (row["characteristic"], row["name"], row["state"]) == ("LOOP", "line", "approved")
    shown = json.loads(longrun("chart-designs", "show", "1"))
    assert shown["design"]["limits"][0]["center"] == 150.0
    with pytest.raises(Conflict, match="make a new version"):
        longrun("chart-designs", "approve", "1")
    file.write_text(json.dumps(DESIGN | {"holds": ["17"]}))
    with pytest.raises(BadData, match="no rule is named '17'"):
        longrun(*create)


def test_a_draft_has_one_origin(longrun: Callable[..., str]) -> None:
    create = ("chart-designs", "create", "PG1", "LOOP", "--name", "line")
    assert "give either --run or --file" in longrun(*create, code=2)
