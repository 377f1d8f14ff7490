"""A stranger's model in a process of its own: limited, killed when it takes too long, restarted."""

import json
import multiprocessing
import threading
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

import numpy as np

from ops.errors import BadData, ComputeFailed, NotReady
from ops.values import FloatArray
from ops.work.scoring_childmain import FINE, StrangerTask, main

START_S = 60.0  # a machine under load may take long to start a process
_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_CONTEXT: Any = multiprocessing.get_context(_METHOD)  # the stubs know no Process on a base context


class ScoringChild:
    """A `ProbabilityModel` whose file is opened and asked in a child of this process.

    One call is answered after the other; a call that takes longer than `time_s` costs the child
    its life, and the next one starts another.
    """

    kind = "onnx"

    def __init__(self, task: StrangerTask, *, time_s: float) -> None:
        self.classes = task.classes
        self._task = task
        self._time_s = time_s
        self._lock = threading.Lock()
        self._child: tuple[BaseProcess, Connection] | None = None

    def probability(self, x: FloatArray) -> FloatArray:
        """Probability of each class, shape (n, classes).

        Raises
        ------
        BadData
            If the file is refused, or answers with something else than probabilities.
        ComputeFailed
            If the child died, or was out of memory or time.
        NotReady
            If others have been waiting for it too long.
        """
        if not self._lock.acquire(timeout=self._time_s):
            raise NotReady(f"the model is busy: no answer could begin within {self._time_s:g} s")
        try:
            answer = self._asked(np.ascontiguousarray(x))
        finally:
            self._lock.release()
        return np.frombuffer(answer, dtype=np.float64).reshape(x.shape[0], len(self.classes))

    def check(self) -> None:
        """Start the child, and ask it for one row of zeros.

        Raises
        ------
        BadData, ComputeFailed
            As `probability`.
        """
        self.probability(np.zeros((1, self._task.features)))

    @property
    def pid(self) -> int | None:
        """Process that answers; None: there is none now."""
        return None if self._child is None else self._child[0].pid

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._kill()

    def _asked(self, x: FloatArray) -> bytes:
        before = self._child
        pipe = self._pipe()
        try:
            pipe.send(x)
            return self._received(pipe, self._time_s)
        except (EOFError, OSError) as error:
            self._kill()
            if (
                before is not None and before[1] is pipe
            ):  # it may have been dying before it was asked
                return self._asked(x)
            raise ComputeFailed("the process of the model has died") from error

    def _pipe(self) -> Connection:
        """Pipe to a child that lives and has opened the file."""
        if self._child is not None and self._child[0].is_alive():
            return self._child[1]
        self._kill()
        ours: Connection
        ours, its = _CONTEXT.Pipe()
        process: BaseProcess = _CONTEXT.Process(target=main, args=(its, self._task), daemon=True)
        process.start()
        its.close()
        self._child = (process, ours)
        try:
            self._received(ours, START_S + self._time_s)
        except (EOFError, OSError) as error:
            self._kill()
            raise ComputeFailed("the process of the model has died while it was opened") from error
        return ours

    def _received(self, pipe: Connection, time_s: float) -> bytes:
        if not pipe.poll(time_s):
            self._kill()
            told = f"the model was still computing after {time_s:g} s (LONGRUN_ONNX_TIME_S)"
            raise ComputeFailed(f"out of time: {told}")
        answer = pipe.recv_bytes(2**31 - 1)
        if answer.startswith(FINE):
            return answer[1:]
        self._kill()
        kind, text = json.loads(answer[1:])
        raise BadData(text) if kind == "BadData" else ComputeFailed(text)

    def _kill(self) -> None:
        if self._child is None:
            return
        process, pipe = self._child
        self._child = None
        pipe.close()
        process.kill()
        process.join()
