"""`longrun scenarios ...`: the same scenarios as through the API."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import cli
from api.scenario_bodies import EXAMPLE
from ops.db.engine import Database
from ops.errors import BadData, Conflict, NotFound
from tests.api.plant import add_plant

Run_ = Callable[..., Result]


@pytest.fixture
def run(sqlite_url: str, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Run_:
    """Run the command line on a database with a plant."""
    add_plant(sqlite_database)
    monkeypatch.setenv("LONGRUN_DATABASE_URL", sqlite_url)
    return lambda *words: CliRunner().invoke(cli, ["scenarios", *map(str, words)])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A scenario in a file."""
    path = tmp_path / "eu.json"
    path.write_text(json.dumps(EXAMPLE))
    return path


def test_scenario_is_made_edited_compared_and_copied(run: Run_, file: Path) -> None:
    assert run("list").output.startswith("no scenarios yet")
    assert run("create", "EU", file, "--site", "HERE").exit_code == 0
    tried = run("edit", "EU", "lane PEN-MUC capacity to 100", "--dry-run")
    assert "none → 100" in tried.output
    assert run("edit", "EU", "lane PEN-MUC capacity to 100", "--note", "crisis").exit_code == 0
    assert run("diff", "EU", 1, 2).output == tried.output.splitlines()[0].strip() + "\n"
    assert run("diff", "EU", 2, 2).output == "nothing differs\n"
    assert run("copy", "EU", "EU-2", "close site PEN", "--site", "HERE").exit_code == 0
    rows = json.loads(run("list", "--json").output)
    assert [(r["code"], r["site"], r["revision"]) for r in rows] == [
        ("EU", "HERE", 2),
        ("EU-2", "HERE", 1),
    ]
    assert "crisis" in run("show", "EU").output


@pytest.mark.parametrize("ending", ["json", "xlsx", "zip", "parquet.zip"])
def test_what_is_exported_can_be_imported(
    run: Run_, file: Path, tmp_path: Path, ending: str
) -> None:
    run("create", "EU", file)
    target = tmp_path / f"out.{ending}"
    assert run("export", "EU", target).exit_code == 0
    done = run("import", "EU", target, "--note", ending)
    assert done.exit_code == 0, done.output
    assert run("diff", "EU", 1, 2).output == "nothing differs\n"


def test_wrong_file_is_refused_with_its_places(run: Run_, tmp_path: Path, file: Path) -> None:
    assert run("validate", file).output.endswith("can be planned\n")
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps({**EXAMPLE, "demands": [{"customer": "X", "commodity": "QFN"}]}))
    refused = run("validate", wrong).exception
    assert isinstance(refused, BadData)
    assert any(p.pointer.startswith("/demands/0") for p in refused.problems)
    wrong.write_text('{"sites": 3}')
    refused = run("create", "EU", wrong).exception
    assert isinstance(refused, BadData)
    assert refused.problems[0].pointer == "/sites"


def test_refusals_name_what_is_wrong(run: Run_, file: Path, tmp_path: Path) -> None:
    run("create", "EU", file)
    assert isinstance(run("create", "EU", file).exception, Conflict)
    assert isinstance(run("create", "no code", file).exception, BadData)
    assert isinstance(run("edit", "EU", "close site NOWHERE").exception, BadData)
    assert isinstance(run("edit", "NO", "close site PEN").exception, NotFound)
    assert isinstance(run("approve", "EU", "absent").exception, NotFound)
    assert "give --format" in run("export", "EU", tmp_path / "x.txt").output


def test_what_can_be_run_all_the_same_is_told(run: Run_, tmp_path: Path) -> None:
    path = tmp_path / "new.json"
    path.write_text(json.dumps({
        "periods": [{"code": "W1", "start": "2027-01-04"}],
        "commodities": [{"code": "A"}],
        "sites": [{"code": "C", "kind": "customer", "latitude": 49.0, "longitude": 12.1},
                  {"code": "D", "kind": "dc"}],
        "lanes": [{"origin": "D", "destination": "C"}],
        "demands": [{"customer": "C", "commodity": "A", "quantity": 10}],
    }))  # fmt: skip
    told = run("create", "NEW", path).output
    assert "; the network cannot be planned before they are mended" in told
    assert "can be run on it as it stands: greenfield" in told
    assert "can be run on it: greenfield" in str(run("validate", path).exception)
