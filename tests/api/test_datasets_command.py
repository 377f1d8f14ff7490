"""`longrun datasets ...`: the same datasets as through the API."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import cli
from ops.db.engine import Database
from ops.errors import BadData
from tests.api.plant import add_plant

Command = Callable[..., Result]
CSV = "lift,power [mW]\n" + "".join(f"{'yes' if i % 4 else 'no'},{80 + i}\n" for i in range(40))


@pytest.fixture
def run(sqlite_url: str, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run the command line on a database with a plant."""
    add_plant(sqlite_database)
    monkeypatch.setenv("LONGRUN_DATABASE_URL", sqlite_url)
    return lambda *words: CliRunner().invoke(cli, ["datasets", *map(str, words)])


def test_dataset_is_added_filled_shown_and_exported(run: Command, tmp_path: Path) -> None:
    assert run("list").output.startswith("no datasets yet")
    document = tmp_path / "document.json"
    document.write_text(json.dumps({"subject": "a bond"}))
    assert run("add", "LIFT", "--site", "HERE", "--document", document).exit_code == 0
    file = tmp_path / "bonds.csv"
    file.write_text(CSV)
    roles = json.dumps({"label": "lift", "positive": "yes"})
    tried = run("upload", "LIFT", file, "--preview", "--mapping", roles).output
    assert tried.startswith("it would be stored: rows 40 (yes 30, no 10)"), tried
    file.write_text(CSV + "no,300,1\n")
    tried = run("upload", "LIFT", file, "--preview", "--mapping", roles).output
    assert "it would be refused; with --rejects leave-out this would be stored: rows 40" in tried
    file.write_text(CSV)
    assert run("upload", "LIFT", file, "--mapping", roles).output.startswith("revision 1: rows 40")
    file.write_text(CSV + "no,300\n")
    told = run("upload", "LIFT", file, "--mode", "append", "--note", "one more").output
    assert told.startswith("revision 2: rows 41 (yes 30, no 11), 40 were there already")
    assert "one more" in run("show", "LIFT").output
    for ending in ("csv", "parquet", "arrow", "xlsx"):
        out = tmp_path / f"out.{ending}"
        assert run("export", "LIFT", out).output == f"wrote {out}, rows: 41\n"
    assert (tmp_path / "out.csv").read_text().startswith('"lift","power [mW]"')
    listed = json.loads(run("list", "--json").output)
    assert [(r["code"], r["revision"]) for r in listed] == [("LIFT", 2)]


def test_rows_for_a_dataset_that_is_not_there_name_the_command(run: Command) -> None:
    said = str(run("upload", "LIFT", __file__, "--format", "csv").exception)
    assert said.endswith("add it first: `longrun datasets add LIFT --site SITE`")


def test_what_cannot_be_read_is_said(run: Command, tmp_path: Path) -> None:
    run("add", "LIFT", "--site", "HERE")
    file = tmp_path / "rows.npz"
    file.write_bytes(b"PK")
    answer = run("upload", "LIFT", file)
    assert isinstance(answer.exception, BadData)
    assert "may hold code" in str(answer.exception)
    assert "has no recipe" in str(run("build", "LIFT").exception)
    assert run("export", "LIFT", tmp_path / "out.txt").exit_code == 2
