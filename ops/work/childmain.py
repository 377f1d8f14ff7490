"""What runs inside a child: set the limits, compute, send the answer; end when the worker ends.

The pipe to the worker goes both ways: progress and the answer out, the word `FINISH` in, which
asks the analysis to end soon with the best answer that it has. Checkpoints are left in a file, so
that the best answer is not lost with the process.
"""

import multiprocessing
import os
import signal
import sys
import threading
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import psutil

# ("progress", fraction, (text, incumbent, kept)) | ("done", result, page) | ("error", class, text)
Message = tuple[str, Any, Any]
FINISH = "finish"
LOG = "log"
CHECKPOINT = "checkpoint"
MODEL = "model"  # the model that it made, for the registry


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may use beyond what it starts with."""

    memory_bytes: int
    time_s: float


def nothing() -> None:
    """Do nothing: the first child makes the fork server start."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a child computes.

    Parameters
    ----------
    folder
        Where it leaves its log and its checkpoint.
    salvaging
        Make a result of the checkpoint that another child has left, instead of computing.
    """

    folder: str
    analysis: str
    params: Any
    data: Any
    limits: Limits
    salvaging: bool = False


def main(pipe: Connection, task: Task) -> None:
    """Carry out a task and send ``done`` or ``error`` through `pipe`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the worker, which lets us finish
    threading.Thread(target=end_with_parent_process, daemon=True).start()
    _print_into(f"{task.folder}/{LOG}")
    limit_memory(task.limits.memory_bytes)
    try:
        pipe.send(_computed(pipe, task))
    except MemoryError:
        used = task.limits.memory_bytes // 2**20
        text = (
            f"out of memory: the computation needs more than {used} MiB; narrow the window or the"
            " characteristics, or raise LONGRUN_MEMORY_LIMIT_MB"
        )
        pipe.send(("error", "ComputeFailed", text))
    except Exception as error:  # noqa: BLE001  (the last door of the process)
        traceback.print_exc()
        name = type(error).__name__
        text = str(error) if _is_ours(error) else f"unforeseen {name}: {error}"
        pipe.send(("error", name, text))
    pipe.close()


def _computed(pipe: Connection, task: Task) -> Message:
    from ops.analyses.registry import find  # noqa: PLC0415  (preloaded; spawned children pay here)

    declared = find(task.analysis)
    if task.salvaging:
        assert declared.salvage is not None
        left = Path(task.folder, CHECKPOINT).read_bytes()
        result = declared.salvage(task.data, task.params, left)
    else:
        result = declared.compute(task.data, task.params, _Reporter(pipe, task.folder))
    page = declared.view(result)
    return ("done", result.model_dump_json().encode(), page.model_dump_json().encode())


class _Reporter:
    """The `Progress` of an analysis in a child."""

    def __init__(self, pipe: Connection, folder: str) -> None:
        self._pipe = pipe
        self._folder = folder
        self._finish = False

    def __call__(
        self,
        fraction: float,
        message: str,
        /,
        *,
        incumbent: Any = None,
        checkpoint: bytes | None = None,
        model: Any = None,
    ) -> bool:
        """Send it on; True if the worker has asked for the end."""
        if checkpoint is not None:
            new = Path(self._folder, f"{CHECKPOINT}.new")
            new.write_bytes(checkpoint)
            new.replace(new.with_name(CHECKPOINT))  # whole or not at all, whenever we are killed
        if model is not None:
            Path(self._folder, MODEL).write_bytes(model.packed())
        fraction = min(max(float(fraction), 0.0), 1.0)
        kept = checkpoint is not None
        self._pipe.send(("progress", fraction, (message, incumbent, kept)))
        if not self._finish and self._pipe.poll():
            self._finish = self._pipe.recv() == FINISH
        return self._finish


def _is_ours(error: Exception) -> bool:
    from ops.errors import OpsError  # noqa: PLC0415  (light, but kept beside its one use)

    return isinstance(error, OpsError)


def end_with_parent_process() -> None:
    """End this process when its parent has ended, however that ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _print_into(log: str) -> None:
    target = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(target, 1)
    os.dup2(target, 2)
    os.close(target)


def limit_memory(memory_bytes: int) -> None:
    """Let this process add so much to the memory that it has."""
    try:
        import resource  # noqa: PLC0415  (POSIX only)
    except ImportError:
        return
    start = psutil.Process().memory_info().vms
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = start + memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))
