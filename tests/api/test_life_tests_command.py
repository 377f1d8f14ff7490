"""`longrun life-tests ...`: the same life tests as through the API."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import cli
from ops.db.engine import Database
from ops.db.models.work import Run
from ops.errors import BadData
from tests.api.plant import NOW, add_plant

Command = Callable[..., Result]
CSV = "serial,hours,status\nU1,412,F\nU2,500,S\n"


@pytest.fixture
def run(sqlite_url: str, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run the command line on a database with a plant."""
    add_plant(sqlite_database)
    monkeypatch.setenv("LONGRUN_DATABASE_URL", sqlite_url)
    return lambda *words: CliRunner().invoke(cli, ["life-tests", *map(str, words)])


def test_life_test_is_made_filled_read_and_approved(
    run: Command, tmp_path: Path, sqlite_database: Database
) -> None:
    assert run("list").output.startswith("no life tests yet")
    homeless = run("upload", "HTS", __file__, "--format", "csv").exception
    assert "`longrun life-tests create HTS --site SITE`" in str(homeless)
    document = tmp_path / "document.json"
    document.write_text(json.dumps({"product": "QFN", "time_unit": "h"}))
    assert run("create", "HTS", "--site", "HERE", "--document", document).exit_code == 0
    file = tmp_path / "hts.csv"
    file.write_text(CSV)
    assert "it would be stored: rows 2" in run("upload", "HTS", file, "--preview").output
    wrong = tmp_path / "wrong.csv"
    wrong.write_text(CSV + "U3,-5,F\n")
    for asked, said in (
        ((), "it would be refused; with --rejects leave-out this would be stored: rows 2"),
        (("--rejects", "leave-out"), "it would be stored: rows 2"),
    ):
        assert (
            run("upload", "HTS", wrong, "--preview", *asked).output.splitlines()[1].startswith(said)
        )
    assert run("upload", "HTS", file).output == (
        "revision 1: rows 2, units 2, failures 1, censored 1\n"
    )
    file.write_text("serial,hours,status\nU2,700,F\n")
    assert "failures 2" in run("upload", "HTS", file, "--mode", "merge", "--note", "700 h").output
    assert "700 h" in run("show", "HTS").output
    out = tmp_path / "out.csv"
    assert run("rows", "HTS", out).exit_code == 0
    assert '"unit_id","mode","group","lower [h]"' in out.read_text()
    assert [(r["code"], r["revision"]) for r in json.loads(run("list", "--json").output)] == [
        ("HTS", 2)
    ]
    with sqlite_database.write.begin() as session:
        session.add(
            Run(
                id="r", site_id=1, analysis="lifetime-fit", version=1, params={"life_test": "HTS"},
                as_of=NOW, max_batch=0, state="succeeded", result={}, submitted_by="x",
                submitted_at=NOW, finished_at=NOW,
            )
        )  # fmt: skip
    blank = run("approve", "HTS", "r", "--rationale", " ")
    assert isinstance(blank.exception, BadData)
    done = run("approve", "HTS", "r", "--rationale", "straight")
    assert done.output == "approved run r of HTS\n"


def test_wrong_rows_are_named(run: Command, tmp_path: Path) -> None:
    run("create", "HTS")
    file = tmp_path / "hts.csv"
    file.write_text(CSV + "U3,0,F\n")
    refused = run("upload", "HTS", file)
    assert isinstance(refused.exception, BadData)
    assert "row 3, hours (0): zero is not a time to failure" in refused.output
    assert run("upload", "HTS", file, "--rejects", "leave-out").exit_code == 0


def test_a_file_without_a_status_is_warned_of(run: Command, tmp_path: Path) -> None:
    run("create", "HTS", "--site", "HERE")
    file = tmp_path / "hts.csv"
    file.write_text("serial,hours\nU1,412\n")
    for more in (("--preview",), ()):
        said = run("upload", "HTS", file, *more)
        assert said.stderr.startswith("warning: no column tells the status: every row counts as")
