"""Occlusion finds the stretch that tells the classes."""

import numpy as np

from ops.classify.table import DataTable
from ops.classify.traces.occlusion import occluded, usual_trace
from ops.values import FloatArray


def test_the_stretch_that_is_read_is_the_one_that_matters() -> None:
    rng = np.random.default_rng(1)
    y = rng.integers(0, 2, 80)
    trace = rng.normal(size=(80, 1, 40))
    trace[:, 0, 20:30] += 3.0 * y[:, None]

    def probability(table: DataTable) -> FloatArray:
        score = 4.0 * (table.traces["force"][:, 0, 20:30].mean(axis=1) - 1.5)
        p = 1.0 / (1.0 + np.exp(-score))
        return np.column_stack((1.0 - p, p))

    usual = {"force": usual_trace(trace, 40)}
    found = occluded(probability, DataTable(traces={"force": trace}), y, usual, 4)
    losses = [s.loss.value or 0.0 for s in found]
    assert losses[0] == losses[1] == losses[3] == 0.0
    assert (found[2].start, found[2].end) == (0.5, 0.75)
    assert (found[2].loss.lower or 0.0) > 0.1


def test_the_usual_trace_is_the_mean_of_those_that_have_points() -> None:
    trace = np.array([[[1.0, 3.0]], [[3.0, 5.0]], [[np.nan, np.nan]]])
    assert usual_trace(trace, 2).tolist() == [[2.0, 4.0]]
