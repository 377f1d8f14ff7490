"""`longrun models ...`: the same models as through the API."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import cli
from ops.db.engine import Database
from ops.errors import BadData, Conflict
from tests.api.model_plant import add_models, add_wires
from tests.ops.classify.external.strangers import plain

Command = Callable[..., Result]


@pytest.fixture
def run(sqlite_url: str, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run the command line on a database with models."""
    add_models(sqlite_database)
    monkeypatch.setenv("LONGRUN_DATABASE_URL", sqlite_url)
    return lambda *words: CliRunner().invoke(cli, ["models", *map(str, words)])


def test_models_are_listed_shown_and_compared(run: Command) -> None:
    listed = json.loads(run("list", "--json").output)
    assert [(m["code"], m["champion"], m["score"]) for m in listed] == [
        ("scratch", 1, "average_precision 0.5"),
        ("wire", None, None),
    ]
    shown = json.loads(run("show", "scratch", "--json").output)
    assert [(v["number"], v["aliases"]) for v in shown] == [
        (1, "champion"),
        (2, ""),
        (3, "challenger"),
    ]
    (line,) = json.loads(run("compare", "scratch", "champion", "2", "--json").output)
    assert line == {"score": "average_precision", "version 1": 0.5, "version 2": 0.6}


def test_promotion_follows_the_rule(run: Command) -> None:
    worse = run("promote", "scratch", "3", "--reason", "try")
    assert isinstance(worse.exception, Conflict)
    told = run("promote", "scratch", "2", "--reason", "better").output
    assert told == "version 2 is the champion of scratch\n"


def test_artefact_is_written(run: Command, tmp_path: Path) -> None:
    file = tmp_path / "model.zip"
    assert "sha256" in run("export", "scratch", "champion", file).output
    assert file.read_bytes() == b"packet1"
    assert isinstance(run("export", "wire", "1", file).exception, BadData)


def test_onnx_file_is_registered_and_asked(
    run: Command, tmp_path: Path, sqlite_database: Database
) -> None:
    add_wires(sqlite_database)
    spec, file, rows = (tmp_path / name for name in ("spec.json", "m.onnx", "rows.csv"))
    spec.write_text(json.dumps({"site": "HERE", "dataset": "wires", "classes": ["good", "bad"]}))
    file.write_bytes(plain())
    assert isinstance(run("register", "lift", spec).exception, BadData)
    done = run("register", "lift", spec, file)
    assert "version 1 of lift is registered" in done.output, done.exception
    rows.write_text("a,b\n0.1,2\n1,0\n")
    told = run("predict", "lift", rows, "--alias", "1")
    assert [json.loads(line)["decided"] for line in told.output.splitlines()] == ["good", "good"]
    assert run("predict", "lift@1", rows).output == told.output
    assert run("predict", "lift@1", rows, "--alias", "1").output == told.output
    assert "give one of them" in run("predict", "lift@1", rows, "--alias", "2").output
