"""A third-party analysis that misbehaves on demand, and worker processes to watch it in."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from ops.db.engine import Database
from ops.db.models.work import Run
from ops.values import Actor
from ops.work.engine import open_queue, prepare
from ops.work.submit import Submission, submit
from tests.forked import Forked, fork

ROOT = Path(__file__).parents[3]
ACTOR = Actor("tester", "admin")
MODULE = '''
import os, signal, time
from pydantic import Field
from ops.analysis import Analysis, AnalysisParams, AnalysisResult, Example
from ops.page import Page, Section, Verdict
from ops.page_table import Column, Table
from ops.query import MeasurementQuery
from ops.values import Measurements
from solvers.watch import Incumbent


class ProbeParams(AnalysisParams):
    """Parameters of the probe."""

    seconds: float = Field(default=0.0, description="How long it computes.")
    megabytes: int = Field(default=0, description="How much it allocates.")
    filler: int = Field(default=0, description="Characters of its result.")
    kill: int = Field(default=0, description="Signal it sends to itself.")
    awaits: str = Field(default="", description="It computes until this file is there.")
    note: str = Field(default="", description="Told apart by it.")


class ProbeResult(AnalysisResult):
    """Result of the probe."""

    pid: int = Field(description="Process that computed it.")
    filler: str = Field(default="", description="As long as it was asked for.")


def goes_on(params, end):
    return time.monotonic() < end or (params.awaits != "" and not os.path.exists(params.awaits))


def compute(data, params, progress):
    print("probe", params.note.replace("|", "\\0"), flush=True)
    if params.note.startswith("raise "):
        raise getattr(__builtins__, "__dict__", __builtins__)[params.note.split()[1]]("so it is")
    if params.note == "two reports":
        progress(0.1, "first")
        progress(0.2, "second")
        while goes_on(params, 0.0):
            time.sleep(0.02)
    end = time.monotonic() + params.seconds
    progress(0.0, f"pid {os.getpid()}")
    if params.note in ("polite", "stubborn"):
        return climb(params, progress, end)
    if params.kill:
        os.kill(os.getpid(), params.kill)
    held = bytearray(params.megabytes * 2**20)
    while goes_on(params, end):
        for _ in range(200_000 if params.note == "spin" else 0):
            pass
        time.sleep(0.0 if params.note == "spin" else 0.02)
        progress(0.5, f"pid {os.getpid()}")
    progress(1.0, "done")
    pid = os.getpid() if params.note != "same" else 1
    return ProbeResult(pid=pid, filler="x" * params.filler)


def climb(params, progress, end):
    """Solve that finds ever better answers; a stubborn one does not end when it is asked to."""
    step = 0
    while time.monotonic() < end:
        step += 1
        told = Incumbent(time_s=0.1 * step, value=100.0 / step, bound=1.0, gap=1.0 - step / 100)
        asked = progress(0.5, f"pid {os.getpid()}", incumbent=told, checkpoint=str(step).encode())
        if asked and params.note == "polite":
            return ProbeResult(pid=os.getpid(), filler="polite")
        if params.kill and step == 3:
            os.kill(os.getpid(), params.kill)
        time.sleep(0.1)
    return ProbeResult(pid=os.getpid(), filler="whole")


def salvage(data, params, checkpoint):
    return ProbeResult(pid=os.getpid(), filler="salvaged " + checkpoint.decode())


def view(result):
    columns = (Column(label="what"), Column(label="size", unit="mm"))
    table = Table(title="Sizes", columns=columns, rows=(("loop", 1.5), ("=cmd()", None)))
    return Page(
        title="Probe",
        verdicts=(Verdict(level="info", sentence="Probed."),),
        sections=(Section(title="All", blocks=(table,)),),
    )


def needs(params):
    if params.note == "needs raises":
        raise KeyError("no such thing")
    return MeasurementQuery(site=params.site)


PROBE = Analysis(
    name="probe", title="Probe", summary="Misbehaves on demand.", version=1,
    params=ProbeParams, result=ProbeResult, needs=needs,
    compute=compute,
    view=view,
    salvage=salvage,
    example=Example(params=ProbeParams(), data=Measurements),
)
'''


def install_probe(folder: Path) -> Path:
    """Write the package with its entry point; put the folder on the path to install it."""
    info = folder / "longrun_probe-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: longrun-probe\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[longrun.analyses]\nprobe = longrun_probe:PROBE\n")
    (folder / "longrun_probe.py").write_text(MODULE)
    return folder


@contextmanager
def worker(
    database: Database, plugins: Path, *, code: str = "", **settings: str
) -> Iterator[Forked]:
    """A real worker process; it is killed at the end if it still lives.

    With `code` that is what it does, instead of what `longrun work` does.
    """
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(plugins)]),
        "LONGRUN_DATABASE_URL": database.url,
        "LONGRUN_LEASE_S": "2",
        "LONGRUN_SLOTS": "2",
        "LONGRUN_PRELOAD": '["probe"]',
    }
    log = os.environ.get("LONGRUN_TEST_LOGS", os.devnull)  # a file, for who wants to see it
    with open(os.devnull, "r+") as nowhere, open(log, "a") as told:
        process = fork(
            ["work"], env=environment | settings, streams=(nowhere, nowhere, told), code=code
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGCONT)
        process.kill()
        process.wait()


def ask(database: Database, *, fresh: bool = True, **params: Any) -> str:
    """Submit a probe; the id of the run."""
    prepare(database)
    queue = open_queue(database)
    with database.write.begin() as session:
        submission = Submission("probe", params, ACTOR, datetime.now(UTC), fresh=fresh)
        run_id = submit(session, queue, submission).id
    queue.close()
    return run_id


def run_of(database: Database, run_id: str) -> Run:
    """The row of a run."""
    with database.read() as session:
        return session.scalars(select(Run).where(Run.id == run_id)).one()


def until(
    database: Database, run_id: str, wanted: Callable[[Run], bool], seconds: float = 120
) -> Run:
    """Wait until the row of a run is as wanted."""
    deadline = time.monotonic() + seconds
    while not wanted(run := run_of(database, run_id)):
        assert time.monotonic() < deadline, (run.state, run.message, run.attempt, run.error)
        time.sleep(0.03)
    return run


def ended(run: Run) -> bool:
    """Whether a run is at its end."""
    return run.state in ("succeeded", "failed", "cancelled")


def child_of(run: Run) -> int:
    """Process id of the child that computes a run, 0 if it has not spoken yet."""
    return int(run.message.removeprefix("pid ")) if run.message.startswith("pid ") else 0


def is_alive(pid: int) -> bool:
    """Whether a process exists and is not a zombie."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):  # gone before it was opened, or while
        return False


def until_gone(pid: int, seconds: float = 120) -> None:
    """Wait until a process is gone."""
    deadline = time.monotonic() + seconds
    while is_alive(pid):
        assert time.monotonic() < deadline, f"process {pid} lives on"
        time.sleep(0.02)
