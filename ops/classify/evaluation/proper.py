"""Losses of probabilities that are least where the probabilities are true: Brier, log-loss."""

import numpy as np

from ops.values import FloatArray, IntArray

CLIP = float(np.finfo(np.float64).eps)  # log-loss takes no probability as less than 2.2e-16


def brier_losses(y: IntArray, probability: FloatArray) -> FloatArray:
    """Brier loss of each row, shape (n,).

    Parameters
    ----------
    y : shape (n,)
        Class of each row.
    probability : shape (n, classes)
        With two classes the squared error of one of them (0 to 1), with more the sum over all
        classes (0 to 2; Brier 1950), which would be twice as much for two.
    """
    if probability.shape[1] == 2:
        gap: FloatArray = probability[:, 1] - (y == 1)
        return gap * gap
    true: FloatArray = np.take_along_axis(probability, y[:, None], axis=1)[:, 0]
    squares: FloatArray = np.square(probability).sum(axis=1)
    return squares - 2.0 * true + 1.0


def log_losses(y: IntArray, probability: FloatArray) -> FloatArray:
    """Minus the logarithm of the probability of the true class, shape (n,); clipped at `CLIP`."""
    true = np.take_along_axis(probability, y[:, None], axis=1)[:, 0]
    return -np.log(np.clip(true, CLIP, 1.0 - CLIP))


def base_brier_of(share: FloatArray) -> float:
    """Brier loss of always saying the share of each class, the best constant, shape (classes,)."""
    squared = float(np.square(share).sum())
    return (1.0 - squared) / 2.0 if share.size == 2 else 1.0 - squared


def brier_skill(y: IntArray, probability: FloatArray) -> float | None:
    """Share of the base rate's Brier loss that is saved; below 0: worse than the base rate.

    None with one class only, where the base rate has no loss.
    """
    base = base_brier_of(np.bincount(y, minlength=probability.shape[1]) / y.size)
    return None if base <= 0.0 else 1.0 - float(np.mean(brier_losses(y, probability))) / base
