"""Compute in a child process: limited, watched, cancellable; at worst a dead child.

Children come from a fork server that has imported and called every analysis once (`preload`), so
that one starts in milliseconds. Where the platform has no fork server they are spawned.
"""

import multiprocessing
import signal
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from ops.analysis import AnalysisParams
from ops.errors import BadData, ComputeFailed, NotEnoughData, OpsError
from ops.work.childmain import Limits, Message, main, nothing

WATCH_S = 0.1
GRACE_S = 0.3
REAP_S = 10.0  # a child whose pipe has ended is dead, but the fork server may be slow to say how
LOG_TAIL_BYTES = 16_384
RAISED: dict[str, type[OpsError]] = {c.__name__: c for c in (NotEnoughData, BadData, ComputeFailed)}
_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_CONTEXT: Any = multiprocessing.get_context(_METHOD)  # the stubs know no Process on a base context

Watch = Callable[[float | None, str], bool]


class Abandoned(Exception):
    """The run is no longer ours: cancelled, or taken over by another worker."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a child is asked to compute."""

    analysis: str
    params: AnalysisParams
    data: object


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a child handed back, as JSON, or how it failed; and the tail of what it printed."""

    result: bytes = b""
    page: bytes = b""
    error: OpsError | None = None
    log_tail: str = ""


def warm() -> None:
    """Start the fork server now; it imports and calls every analysis once while we go on."""
    if _METHOD == "forkserver":
        _CONTEXT.set_forkserver_preload(["ops.work.preload"])
        process = _CONTEXT.Process(target=nothing, daemon=True)
        process.start()
        threading.Thread(target=process.join, daemon=True).start()


def compute(job: Job, limits: Limits, watch: Watch) -> Outcome:
    """Compute `job` in a child of this process.

    Parameters
    ----------
    watch
        Called with each progress report, and with (None, "") about every 0.1 s; False ends the
        child at once.

    Returns
    -------
    Outcome
        With `error` set if the analysis refused its data, or if the child was killed, ran out of
        memory or time, or raised something unforeseen (`ComputeFailed`).

    Raises
    ------
    Abandoned
        If `watch` answered False; the child is gone by then.
    """
    with tempfile.TemporaryDirectory(prefix="longrun-run-") as folder:
        log = Path(folder) / "log"
        receiver, sender = _CONTEXT.Pipe(duplex=False)
        arguments = (sender, str(log), job.analysis, job.params, job.data, limits)
        process: BaseProcess = _CONTEXT.Process(target=main, args=arguments, daemon=True)
        process.start()
        sender.close()
        try:
            last = _follow(process, receiver, limits.time_s, watch)
        finally:
            _end(process)
            receiver.close()
        return _outcome(last, _tail(log))


def _follow(
    process: BaseProcess, receiver: Connection, time_s: float, watch: Watch
) -> Message | ComputeFailed:
    deadline = time.monotonic() + time_s
    while True:
        progress: Message = ("progress", None, "")
        if receiver.poll(WATCH_S):
            try:
                message: Message = receiver.recv()
            except (EOFError, OSError):  # OSError: killed in the middle of a message
                process.join(REAP_S)
                return ComputeFailed(_death(process.exitcode))
            if message[0] != "progress":
                return message
            progress = message
        if not watch(progress[1], progress[2]):
            raise Abandoned
        if time.monotonic() > deadline:
            return ComputeFailed(
                f"out of time: still computing after {time_s:g} s; narrow the window, or raise"
                " LONGRUN_TIME_LIMIT_S"
            )


def _end(process: BaseProcess) -> None:
    if process.is_alive():
        process.join(0.02)  # it has answered and is on its way out
    if process.is_alive():
        process.terminate()
        process.join(GRACE_S)
    if process.is_alive():
        process.kill()
        process.join()


def _death(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        name = signal.Signals(-exitcode).name
        hint = " (the system's out-of-memory killer sends this)" if name == "SIGKILL" else ""
        return f"the child process was killed by signal {name}{hint}"
    return f"the child process ended without a result, exit code {exitcode}"


def _outcome(last: Message | ComputeFailed, log_tail: str) -> Outcome:
    if isinstance(last, ComputeFailed):
        return Outcome(error=last, log_tail=log_tail)
    kind, first, second = last
    if kind == "done":
        return Outcome(result=first, page=second, log_tail=log_tail)
    return Outcome(error=RAISED.get(first, ComputeFailed)(second), log_tail=log_tail)


def _tail(log: Path) -> str:
    if not log.exists():
        return ""
    with log.open("rb") as stream:
        stream.seek(max(0, log.stat().st_size - LOG_TAIL_BYTES))
        return stream.read().decode(errors="replace")
