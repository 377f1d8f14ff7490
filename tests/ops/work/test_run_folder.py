"""The folder of a run: gone with it, swept where its worker was killed, left where one lives."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from ops.db.engine import Database
from ops.settings import Settings
from ops.work.retention import Sweeper
from ops.work.run_folder import run_folder, sweep_run_folders
from tests.ops.work.test_retention import NoEngine

HOLDER = """
from ops.work.run_folder import run_folder

with run_folder() as folder:
    print(folder, flush=True)
    input()
"""


@contextmanager
def _holding() -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A process in the middle of a run, and the folder of that."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    ) as process:
        assert process.stdout is not None
        yield process, Path(process.stdout.readline().strip())
        process.kill()


def _kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()


def test_it_is_gone_after_the_run() -> None:
    with run_folder() as folder:
        Path(folder, "log").write_text("said")
        sweep_run_folders()
        assert Path(folder, "log").exists()
    assert not Path(folder).exists()


def test_that_of_a_live_worker_stays_and_that_of_a_killed_one_goes() -> None:
    with _holding() as (process, folder):
        (folder / "checkpoint").write_bytes(b"left")
        sweep_run_folders()
        assert (folder / "checkpoint").exists()
        _kill(process)
        sweep_run_folders()
        assert not folder.exists()


def test_what_no_worker_has_locked_yet_and_what_a_link_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "held").touch()
    young = Path(tempfile.mkdtemp(prefix="longrun-run-"))
    link = Path(tempfile.gettempdir(), f"{young.name}-link")
    link.symlink_to(tmp_path)
    try:
        sweep_run_folders()
        assert young.exists()
        assert (tmp_path / "held").exists()
    finally:
        link.unlink()
        young.rmdir()


def test_a_worker_sweeps_at_its_start_and_in_the_night(database: Database) -> None:
    sweeper = Sweeper(database, Settings(), NoEngine())
    with _holding() as (process, folder):
        _kill(process)
        sweeper.tick(datetime(2026, 7, 1, 4, tzinfo=UTC))
        sweeper.wait()
        assert not folder.exists()
    with _holding() as (process, folder):
        _kill(process)
        Sweeper(database, Settings(), NoEngine())
        assert not folder.exists()
