"""Compute in a child process: limited, watched, cancellable; at worst a dead child.

A child that is cancelled or out of time may finish: an analysis that can make a result of what it
has is asked to, and if it does not answer soon, its last checkpoint is made into one.

Children come from a fork server that has imported and called every analysis once (`preload`), so
that one starts in milliseconds. Where the platform has no fork server they are spawned.
"""

import multiprocessing
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum, auto
from math import inf
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from ops.analysis import AnalysisParams
from ops.errors import BadData, ComputeFailed, NotEnoughData, OpsError
from ops.work.childmain import (
    CHECKPOINT,
    FINISH,
    LOG,
    MODEL,
    Limits,
    Message,
    Task,
    main,
    nothing,
)
from ops.work.run_folder import run_folder
from solvers.watch import Incumbent

WATCH_S = 0.1
GRACE_S = 0.3
FINISH_S = 1.5  # an analysis that is asked to finish gets so long
REAP_S = 10.0  # a child whose pipe has ended is dead, but the fork server may be slow to say how
LOG_TAIL_BYTES = 16_384
RAISED: dict[str, type[OpsError]] = {c.__name__: c for c in (NotEnoughData, BadData, ComputeFailed)}
_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_CONTEXT: Any = multiprocessing.get_context(_METHOD)  # the stubs know no Process on a base context


class Wish(Enum):
    """What the watcher of a child wants of it."""

    GO_ON = auto()
    FINISH = auto()  # end soon with the best answer: the run was cancelled
    ABANDON = auto()  # end at once, nobody wants the answer


@dataclass(frozen=True, slots=True)
class Told:
    """What a child has said; a fraction of None: nothing new.

    Parameters
    ----------
    kept
        Whether it has left a checkpoint with it.
    """

    fraction: float | None = None
    message: str = ""
    incumbent: Incumbent | None = None
    kept: bool = False


Watch = Callable[[Told], Wish]


class Abandoned(Exception):
    """The run is no longer ours: cancelled, or taken over by another worker."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a child is asked to compute.

    Parameters
    ----------
    can_finish
        Whether the analysis makes a result of what it has when it is cut short (`salvage`). It is
        asked to once it has told of an incumbent, or left a checkpoint.
    """

    analysis: str
    params: AnalysisParams
    data: object
    can_finish: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a child handed back, as JSON, or how it failed; and the tail of what it printed.

    Both a result and an error: the child has failed, and this is the best that it had.

    Parameters
    ----------
    model
        The model that it made, as `ops.classify.draft.ModelDraft` packs it; empty: none.
    """

    result: bytes = b""
    page: bytes = b""
    error: OpsError | None = None
    log_tail: str = ""
    model: bytes = b""


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
        Called with each progress report, and with an empty one about every 0.1 s.

    Returns
    -------
    Outcome
        With `error` set if the analysis refused its data, or if the child was killed, ran out of
        memory or time, or raised something unforeseen (`ComputeFailed`). A job that can finish
        ends with its best answer when it is asked to, or out of time.

    Raises
    ------
    Abandoned
        If `watch` wanted it gone, or wanted it to finish and there is no answer.
    """
    with run_folder() as folder:
        task = Task(folder, job.analysis, job.params, job.data, limits)
        last = _carried_out(task, watch, can_finish=job.can_finish)
        outcome = _outcome(last, "")
        if job.can_finish and isinstance(last, ComputeFailed):
            outcome = _salvaged(task, watch, outcome)
        if isinstance(last, _CutShort):
            if not outcome.result and last.wanted:
                raise Abandoned
            if outcome.result:
                outcome = replace(outcome, error=None)
        made = Path(folder, MODEL)
        model = made.read_bytes() if outcome.error is None and made.exists() else b""
        return replace(outcome, log_tail=_tail(Path(folder) / LOG), model=model)


class _CutShort(ComputeFailed):
    """The child was ended: because somebody wanted it to finish, or because it was out of time."""

    def __init__(self, message: str, *, wanted: bool) -> None:
        super().__init__(message)
        self.wanted = wanted


def _carried_out(task: Task, watch: Watch, *, can_finish: bool) -> Message | ComputeFailed:
    ours, its = _CONTEXT.Pipe()
    process: BaseProcess = _CONTEXT.Process(target=main, args=(its, task), daemon=True)
    process.start()
    its.close()
    try:
        return _Followed(process, ours, can_finish=can_finish).to_the_end(task, watch)
    finally:
        _end(process)
        ours.close()


def _salvaged(task: Task, watch: Watch, cut: Outcome) -> Outcome:
    """Outcome of a child that died or was ended, with what its last checkpoint gives."""
    if not Path(task.folder, CHECKPOINT).exists():
        return cut

    def still_wanted(told: Told) -> Wish:
        del told
        return Wish.ABANDON if watch(Told()) is Wish.ABANDON else Wish.GO_ON

    last = _carried_out(replace(task, salvaging=True), still_wanted, can_finish=False)
    found = _outcome(last, "")
    return cut if found.error is not None else replace(found, error=cut.error)


class _Followed:
    """A child that is followed to its end."""

    def __init__(self, process: BaseProcess, pipe: Connection, *, can_finish: bool) -> None:
        self._process = process
        self._pipe = pipe
        self._can_finish = can_finish
        self._has_answer = False  # while there is none, nothing is worth waiting for
        self._cut: _CutShort | None = None
        self._killed_at = inf

    def to_the_end(self, task: Task, watch: Watch) -> Message | ComputeFailed:
        """Its last message, or how it died."""
        deadline = time.monotonic() + task.limits.time_s
        while True:
            told = Told()
            if self._pipe.poll(WATCH_S):
                message = self._received()
                if isinstance(message, ComputeFailed) or message[0] != "progress":
                    return message
                told = Told(message[1], *message[2])
                self._has_answer |= told.kept or told.incumbent is not None
            self._heed(watch(told))
            if time.monotonic() > deadline:
                self._ask_to_finish(_CutShort(_out_of_time(task.limits.time_s), wanted=False))
            if self._cut is not None and time.monotonic() > self._killed_at:
                return self._cut

    def _received(self) -> Message | ComputeFailed:
        try:
            message: Message = self._pipe.recv()
        except (EOFError, OSError):  # OSError: killed in the middle of a message
            self._process.join(REAP_S)
            return ComputeFailed(_death(self._process.exitcode))
        return message

    def _heed(self, wish: Wish) -> None:
        worth_it = self._can_finish and self._has_answer
        if wish is Wish.ABANDON or (wish is Wish.FINISH and not worth_it):
            raise Abandoned
        if wish is Wish.FINISH:
            self._ask_to_finish(_CutShort("cancelled", wanted=True))

    def _ask_to_finish(self, cut: _CutShort) -> None:
        if self._cut is not None:
            return
        self._cut = cut
        worth_it = self._can_finish and self._has_answer
        self._killed_at = time.monotonic() + (FINISH_S if worth_it else 0.0)
        if worth_it:
            with suppress(OSError):  # it has ended meanwhile: its last message is in the pipe
                self._pipe.send(FINISH)


def _out_of_time(time_s: float) -> str:
    return (
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
