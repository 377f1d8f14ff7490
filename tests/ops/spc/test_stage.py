"""Stages of a chart."""

import numpy as np

from ops.spc.stage import begun_at


def test_stages_without_points_vanish() -> None:
    ts = np.array([10, 20, 30])
    assert begun_at(np.array([5, 15, 16, 30, 31]), ts).tolist() == [0, 1, 2]
