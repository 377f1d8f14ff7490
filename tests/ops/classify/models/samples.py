"""Rows with known classes that several tests of models fit."""

import numpy as np

from ops.values import FloatArray, IntArray


def two_classes(n: int = 400, k: int = 4, seed: int = 0) -> tuple[FloatArray, IntArray]:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, k))
    return x, (x[:, 0] - 0.5 * x[:, 1] + rng.logistic(size=n) > 0.3).astype(np.int64)


def three_classes(n: int = 400, k: int = 4, seed: int = 0) -> tuple[FloatArray, IntArray]:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, k))
    pull = np.column_stack((np.zeros(n), x[:, 0], x[:, 1] - 0.5))
    return x, (pull + rng.gumbel(size=(n, 3))).argmax(axis=1)
