"""What HiGHS tells while it runs, turned into news for a watch; and a watch's wish to stop.

HiGHS asks between simplex iterations and between nodes; during its presolve it asks nobody, so a
caller that must stop within seconds runs the solve in a process of its own.
"""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

import resource
from collections import deque
from collections.abc import Callable
from math import isfinite, log10
from typing import Any, Literal

import numpy as np

from solvers.network.outcome import Improvement, Options, relative_gap
from solvers.values import FloatArray
from solvers.watch import Incumbent, News, Watch

TELL_EVERY_S = 0.25
LOG_LINES = 400


class Listener:
    """Callback of one solve.

    Parameters
    ----------
    watch
        Who is told; its True ends the solve.
    options
        Limits; memory is watched here, since HiGHS does not.
    clock
        Seconds since the solve began.
    """

    def __init__(self, watch: Watch, options: Options, clock: Callable[[], float]) -> None:
        self.improvements: list[Improvement] = []
        self.log: deque[str] = deque(maxlen=LOG_LINES)
        self.best: FloatArray | None = None
        self.stopped: Literal["cancelled", "memory"] | None = None
        self.failure: BaseException | None = None
        self._watch, self._options, self._clock = watch, options, clock
        self._fraction, self._told, self._last = 0.0, -1.0, Incumbent(0.0)

    def elapsed(self) -> float:
        """Seconds since the solve began."""
        return self._clock()

    def note(self, text: str) -> None:
        """Keep the lines of a message of the log."""
        self.log.extend(line for line in text.splitlines() if line.strip())

    def improve(self, output: Any) -> bool:
        """Tell of a better solution; True stops."""
        value = float(output.objective_function_value)
        if self.improvements and value >= self.improvements[-1].value:
            return self._stop()
        self.best = np.array(output.mip_solution, dtype=np.float64)
        self._last = self._standing(output, value)
        bound, time_s = self._last.bound, self._last.time_s
        self.improvements.append(Improvement(int(output.mip_node_count), time_s, value, bound))
        return self._tell("better plan", self.best)

    def tick(self, output: Any, *, mip: bool) -> bool:
        """Say from time to time where the solve stands; True stops."""
        time_s = self._clock()
        if self.stopped is not None or time_s - self._told < TELL_EVERY_S:
            return self._stop()
        if mip:
            self._last = self._standing(output, float(output.mip_primal_bound))
            return self._tell("searching", None)
        self._last = Incumbent(time_s, self._last.value, self._last.bound, self._last.gap)
        steps = max(int(output.simplex_iteration_count), int(output.ipm_iteration_count), 0)
        return self._tell(f"relaxation, iteration {steps}", None)

    def _standing(self, output: Any, value: float) -> Incumbent:
        best = min([value, *(one.value for one in self.improvements[-1:])])
        bound = float(output.mip_dual_bound)
        known = isfinite(best) and isfinite(bound)
        return Incumbent(
            self._clock(),
            best if isfinite(best) else None,
            bound if isfinite(bound) else None,
            relative_gap(best, bound) if known else None,
        )

    def _tell(self, message: str, solution: FloatArray | None) -> bool:
        self._told = self._last.time_s
        self._fraction = max(self._fraction, self._progress())
        try:
            if self._watch(News(self._fraction, message, self._last, solution)):
                self.stopped = "cancelled"
        except BaseException as failure:  # noqa: BLE001  (no exception may cross the C++ solver)
            self.failure, self.stopped = failure, "cancelled"
        return self._stop()

    def _stop(self) -> bool:
        limit = self._options.memory_mb
        if limit is not None and self.stopped is None:
            peak_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            if peak_kib > 1024 * limit:
                self.stopped = "memory"
        return self.stopped is not None

    def _progress(self) -> float:
        """Share of the time limit, or of the way to the gap, on a log scale."""
        shares = [0.0]
        if self._options.time_s is not None:
            shares.append(self._last.time_s / self._options.time_s)
        if self._last.gap is not None:
            target = log10(max(self._options.gap, 1e-6))
            shares.append(log10(max(self._last.gap, 1e-6)) / target if target else 1.0)
        return min(max(shares), 0.99)
