"""Which stretch of a trace matters: what the log-loss gains when it is replaced by the usual one.

References
----------
Zeiler and Fergus (2014), ECCV, 818-833 (occlusion).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ops.classify.evaluation.estimate import Estimate
from ops.classify.table import DataTable
from ops.classify.traces.lengths import lengths_of, stretched
from ops.classify.traces.summary import edges
from ops.values import FloatArray, IntArray

_LEAST = 1e-15
_Z = 1.959963984540054  # standard normal quantile of 97.5 %


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of the channels of a trace.

    Parameters
    ----------
    start, end
        Share of the length, 0 to 1.
    loss
        Mean increase of the log-loss over the rows, with a normal 95 % interval over rows.
    """

    column: str
    start: float
    end: float
    loss: Estimate


def usual_trace(trace: FloatArray, points: int) -> FloatArray:
    """Mean trace of some rows, each stretched to `points`; shape (channels, points)."""
    known = trace[lengths_of(trace) > 0]
    return np.asarray(stretched(known, points).mean(axis=0))


def occluded(
    probability: Callable[[DataTable], FloatArray],
    table: DataTable,
    y: IntArray,
    usual: dict[str, FloatArray],
    stretches: int,
) -> tuple[Stretch, ...]:
    """Measure what the log-loss gains as each stretch is replaced by that of a usual trace.

    A stretch that matters only beside another one may show nothing: each is replaced alone.

    Parameters
    ----------
    probability
        Of rows, shape (n, classes): of a model that has not learned from them.
    y : shape (n,)
        Their classes.
    usual : shape (channels, points) each
        Of the training rows, by column.
    """
    before = _losses(probability(table), y)
    found: list[Stretch] = []
    for name, mean in usual.items():
        for at in range(stretches):
            changed = _replaced(table.traces[name], mean, at, stretches)
            traces = {**table.traces, name: changed}
            gain = _losses(probability(replace(table, traces=traces)), y) - before
            found.append(Stretch(name, at / stretches, (at + 1) / stretches, _mean(gain)))
    return tuple(found)


def _replaced(trace: FloatArray, usual: FloatArray, at: int, stretches: int) -> FloatArray:
    """Traces with one stretch of each as it usually is, by its own length."""
    out = trace.copy()
    lengths = lengths_of(trace)
    for length in np.unique(lengths[lengths > 0]).tolist():
        start, end = edges(length, stretches)[at]
        out[lengths == length, :, start:end] = stretched(usual[None], length)[0][:, start:end]
    return out


def _losses(probability: FloatArray, y: IntArray) -> FloatArray:
    told = probability[np.arange(y.size), y]
    return np.asarray(-np.log(np.maximum(told, _LEAST)))


def _mean(gain: FloatArray) -> Estimate:
    mean = float(gain.mean())
    if gain.size < 2:
        return Estimate(mean, None, None, "paired", "one row")
    half = _Z * float(gain.std(ddof=1)) / float(np.sqrt(gain.size))
    return Estimate(mean, mean - half, mean + half, "paired")
