"""What runs inside a child: set the limits, compute, send the answer; end when the worker ends."""

import multiprocessing
import os
import signal
import sys
import threading
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import psutil

Message = tuple[
    str, Any, Any
]  # ("progress", fraction, text) | ("done", result, page) | ("error", class, text)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may use beyond what it starts with."""

    memory_bytes: int
    time_s: float


def nothing() -> None:
    """Do nothing: the first child makes the fork server start."""


def main(
    sender: Connection, log: str, analysis: str, params: Any, data: Any, limits: Limits
) -> None:
    """Compute one analysis and send ``done`` or ``error`` through `sender`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the worker, which lets us finish
    threading.Thread(target=_end_with_worker, daemon=True).start()
    _print_into(log)
    _limit_memory(limits.memory_bytes)
    try:
        sender.send(_computed(sender, analysis, params, data))
    except MemoryError:
        used = limits.memory_bytes // 2**20
        text = (
            f"out of memory: the computation needs more than {used} MiB; narrow the window or the"
            " characteristics, or raise LONGRUN_MEMORY_LIMIT_MB"
        )
        sender.send(("error", "ComputeFailed", text))
    except Exception as error:  # noqa: BLE001  (the last door of the process)
        traceback.print_exc()
        name = type(error).__name__
        text = str(error) if _is_ours(error) else f"unforeseen {name}: {error}"
        sender.send(("error", name, text))
    sender.close()


def _computed(sender: Connection, analysis: str, params: Any, data: Any) -> Message:
    from ops.analyses.registry import find  # noqa: PLC0415  (preloaded; spawned children pay here)

    declared = find(analysis)

    def progress(fraction: float, message: str, /, **more: Any) -> None:
        del more
        sender.send(("progress", min(max(float(fraction), 0.0), 1.0), message))

    result = declared.compute(data, params, progress)
    page = declared.view(result)
    return ("done", result.model_dump_json().encode(), page.model_dump_json().encode())


def _is_ours(error: Exception) -> bool:
    from ops.errors import OpsError  # noqa: PLC0415  (light, but kept beside its one use)

    return isinstance(error, OpsError)


def _end_with_worker() -> None:
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


def _limit_memory(memory_bytes: int) -> None:
    try:
        import resource  # noqa: PLC0415  (POSIX only)
    except ImportError:
        return
    start = psutil.Process().memory_info().vms
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = start + memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))
