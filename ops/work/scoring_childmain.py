"""What runs in the process of a stranger's model: limits first, then the model, then answers.

Answers go back as plain bytes, never pickled: the file may have taken over the process.
"""

import json
import os
import signal
import threading
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

from ops.work.childmain import end_with_parent_process, limit_memory

FINE, WRONG = b"+", b"-"


@dataclass(frozen=True, slots=True)
class StrangerTask:
    """A file, what it takes and answers, and what it may use."""

    data: bytes
    features: int
    classes: tuple[str, ...]
    largest: int
    memory_bytes: int


def main(pipe: Connection, task: StrangerTask) -> None:
    """Open the file, then answer for each matrix that comes through `pipe`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent_process, daemon=True).start()
    _silence()
    _ready_to_run()
    limit_memory(task.memory_bytes)
    try:
        model = _opened(task)
        pipe.send_bytes(FINE)
        while True:
            found = model.probability(pipe.recv())
            pipe.send_bytes(FINE + found.tobytes())
    except EOFError:
        return
    except MemoryError:
        limit = task.memory_bytes // 2**20
        told = f"the model needs more than {limit} MiB (LONGRUN_ONNX_MEMORY_MB)"
        pipe.send_bytes(_wrong("ComputeFailed", told))
    except Exception as error:  # noqa: BLE001  (the last door of the process)
        pipe.send_bytes(_wrong(type(error).__name__, str(error)))


def _opened(task: StrangerTask) -> Any:
    from ops.classify.external.onnx_model import OnnxModel  # noqa: PLC0415  (child only)

    return OnnxModel(task.data, task.features, task.classes, largest=task.largest)


def _ready_to_run() -> None:
    """Load what is ours before the limit is set: it is for the model."""
    for name in ("onnx", "onnxruntime", "ops.classify.external.onnx_model"):
        import_module(name)


def _silence() -> None:
    target = os.open(os.devnull, os.O_WRONLY)
    os.dup2(target, 1)
    os.dup2(target, 2)
    os.close(target)


def _wrong(kind: str, text: str) -> bytes:
    return WRONG + json.dumps([kind, text[:2000]]).encode()
