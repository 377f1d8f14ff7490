"""`longrun ingest`: counts on the output, refused rows beside it, an honest exit code."""

import csv
import json
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ops.db.engine import open_database
from ops.db.models.plant import Characteristic, Site
from tests import forked
from tests.api.door import longrun_here
from tests.ops.work.designs import approve

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
ROWS = "time,characteristic,value,unit_id\n2025-06-01T00:00:00Z,LOOP,1,U1\n"
BAD = "2025-06-01T00:00:00Z,LOOP,n/a,U2\n"


@pytest.fixture
def url(sqlite_url: str) -> str:
    database = open_database(sqlite_url)
    with database.write.begin() as session:
        session.add(Site(id=1, code="PEN1", title="Penang", created_at=NOW))
        session.flush()
        session.add(Characteristic(site_id=1, code="LOOP", title="Loop", unit="um", created_at=NOW))
    database.engine.dispose()
    return sqlite_url


def longrun(url: str, *arguments: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "LONGRUN_DATABASE_URL": url}
    return forked.longrun("ingest", *arguments, given=given, env=env)


def test_counts_are_told_and_refused_rows_written(url: str, tmp_path: Path) -> None:
    file, rejects = tmp_path / "heights.csv", tmp_path / "rejects.csv"
    file.write_text(ROWS + BAD)
    done = longrun(url, file, "--site", "PEN1", "--rejects", rejects)
    assert done.returncode == 0
    assert done.stdout == ("ingest 1: 2 rows, 1 accepted, 0 duplicate, 0 conflicting, 1 rejected\n")
    assert done.stderr == "  row 2, value: 'n/a' is not a number\n"
    assert list(csv.reader(rejects.read_text().splitlines())) == [
        ["row", "column", "value", "reason", "kind"],
        ["2", "value", "n/a", "is not a number", "rejected"],
    ]


def test_a_file_of_which_nothing_is_stored_is_a_failure(url: str, tmp_path: Path) -> None:
    file = tmp_path / "heights.csv"
    file.write_text(ROWS.splitlines()[0] + "\n" + BAD)
    done = longrun(url, file, "--site", "PEN1")
    assert done.returncode == 1
    assert done.stdout.endswith("1 rejected\n")


def test_the_standard_input_and_a_mapping_file_will_do(url: str, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"characteristic": {"constant": "LOOP"}, "value": "h"}))
    options = ("--site", "PEN1", "--format", "csv", "--mapping", mapping)
    done = longrun(url, "-", *options, given="time,h\n2025-06-01T00:00:00Z,1\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 accepted" in done.stdout


@pytest.mark.parametrize(
    ("content", "options", "status", "told"),
    [
        (ROWS, ("--site", "NOPE"), 1, "there is no site 'NOPE'"),
        (ROWS, ("--site", "PEN1", "--source", "x"), 1, "there is no source 'x'"),
        (ROWS, (), 2, "Missing option '--site'"),
        (ROWS, ("--site", "PEN1", "--format", "doc"), 2, "'doc' is not one of"),
        ("a,b\n", ("--site", "PEN1"), 2, "the file lacks 'time'"),
        (ROWS, ("--site", "PEN1", "--format", "parquet"), 2, "cannot be read as parquet"),
    ],
)
def test_what_goes_wrong_is_told_in_a_sentence(
    url: str, tmp_path: Path, content: str, options: tuple[str, ...], status: int, told: str
) -> None:
    file = tmp_path / "heights.csv"
    file.write_text(content)
    done = longrun_here("ingest", file, *options, LONGRUN_DATABASE_URL=url)
    assert done.returncode == status
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_breaks_off_is_a_failure(url: str, tmp_path: Path) -> None:
    file = tmp_path / "heights.json"
    row = '{"time": "2025-06-01T00:00:00Z", "characteristic": "LOOP", "value": 1, "seq": %d}'
    file.write_text("[" + ",".join(row % i for i in range(30_000)) + ",{")
    done = longrun_here("ingest", file, "--site", "PEN1", LONGRUN_DATABASE_URL=url)
    assert done.returncode == 1
    assert "Error: the JSON array is broken after row 30000" in done.stderr
    assert "20,000 accepted" in done.stdout


def test_a_file_that_is_not_there_is_told(url: str, tmp_path: Path) -> None:
    done = longrun_here("ingest", tmp_path / "none.csv", "--site", "PEN1", LONGRUN_DATABASE_URL=url)
    assert done.returncode != 0
    assert "none.csv" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_the_rows_mean_is_told(url: str, tmp_path: Path) -> None:
    database = open_database(url)
    approve(database, effective_from=NOW.replace(year=2025))
    database.engine.dispose()
    file = tmp_path / "heights.csv"
    file.write_text(ROWS)
    done = longrun_here("ingest", file, "--site", "PEN1", "--evaluate", LONGRUN_DATABASE_URL=url)
    assert "judged: 1 hold, 0 warn, 0 ok, 0 not judged\n  hold: LOOP " in done.stdout, done.stderr
