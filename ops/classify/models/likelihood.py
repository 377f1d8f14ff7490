"""Log-loss of a logistic model and its derivatives, summed in blocks that stay in the cache.

A model is `theta`, shape (outputs, k + 1): the intercept, then a coefficient per feature. Two
classes have one output (log-odds of the second), more have one each (softmax).
"""

import numpy as np
from scipy.special import expit, softmax

from ops.values import FloatArray, IntArray

_BLOCK = 2048  # rows: with 50 features 0.8 MB, within the second-level cache


def scores(theta: FloatArray, x: FloatArray) -> FloatArray:
    """Log-odds, or log of unnormalised probabilities, shape (n, outputs)."""
    found: FloatArray = x @ theta[:, 1:].T + theta[:, 0]
    return found


def probabilities(theta: FloatArray, x: FloatArray) -> FloatArray:
    """Probability of each class, shape (n, classes)."""
    eta = scores(theta, x)
    if eta.shape[1] == 1:
        return np.column_stack((expit(-eta[:, 0]), expit(eta[:, 0])))
    found: FloatArray = softmax(eta, axis=1)
    return found


def log_loss(theta: FloatArray, x: FloatArray, y: IntArray, weight: FloatArray | None) -> float:
    """Weighted sum of -log probability of the class seen."""
    eta = scores(theta, x)
    if eta.shape[1] == 1:
        signed = np.where(y == 1, -eta[:, 0], eta[:, 0])
        each = np.maximum(signed, 0.0) + np.log1p(np.exp(-np.abs(signed)))
    else:
        most = eta.max(axis=1)
        each = np.log(np.exp(eta - most[:, None]).sum(axis=1)) + most - eta[np.arange(len(y)), y]
    return float(each.sum() if weight is None else each @ weight)


def gradient_at(
    theta: FloatArray, x: FloatArray, y: IntArray, weight: FloatArray | None
) -> FloatArray:
    """Gradient of `log_loss`, shape (outputs, k + 1)."""
    found = np.zeros_like(theta)
    for rows in _blocks(len(y)):
        w = None if weight is None else weight[rows]
        found += _gradient(probabilities(theta, x[rows]), x[rows], y[rows], w, len(theta))
    return found


def derivatives(
    theta: FloatArray, x: FloatArray, y: IntArray, weight: FloatArray | None
) -> tuple[FloatArray, FloatArray]:
    """Gradient and Hessian of `log_loss`.

    Returns
    -------
    tuple
        Gradient, shape (outputs, k + 1); Hessian, shape (d, d), d = outputs (k + 1), output by
        output.

    References
    ----------
    Boehning (1992), Ann. Inst. Statist. Math. 44, 197-200, section 2 (multinomial Hessian).
    """
    outputs, width = theta.shape
    gradient = np.zeros_like(theta)
    hessian = np.zeros((outputs, outputs, width, width))
    for rows in _blocks(len(y)):
        w = None if weight is None else weight[rows]
        probability = probabilities(theta, x[rows])
        gradient += _gradient(probability, x[rows], y[rows], w, outputs)
        _add_hessian(hessian, probability, x[rows], w)
    return gradient, hessian.transpose(0, 2, 1, 3).reshape(theta.size, theta.size)


def _blocks(n: int) -> list[slice]:
    return [slice(begin, begin + _BLOCK) for begin in range(0, n, _BLOCK)]


def _gradient(
    probability: FloatArray, x: FloatArray, y: IntArray, w: FloatArray | None, outputs: int
) -> FloatArray:
    residual = probability.copy()
    residual[np.arange(len(y)), y] -= 1.0
    residual = residual[:, -outputs:] if w is None else residual[:, -outputs:] * w[:, None]
    return np.column_stack((residual.sum(axis=0), residual.T @ x))


def _add_hessian(
    hessian: FloatArray, probability: FloatArray, x: FloatArray, w: FloatArray | None
) -> None:
    """Add the rows' share, pair of classes by pair: each row of blocks sums to nothing."""
    outputs = len(hessian)
    for a in range(probability.shape[1]):
        for b in range(a):
            product = probability[:, a] * probability[:, b]
            gram = _gram(x, product if w is None else product * w)
            if outputs == 1:
                hessian[0, 0] += gram
                continue
            hessian[a, b] -= gram
            hessian[b, a] -= gram
            hessian[a, a] += gram
            hessian[b, b] += gram


def _gram(x: FloatArray, v: FloatArray) -> FloatArray:
    """[1 x]' diag(v) [1 x]; numpy takes the symmetric product of a matrix with itself."""
    root = np.sqrt(v)
    z = x * root[:, None]
    found = np.empty((x.shape[1] + 1, x.shape[1] + 1))
    found[1:, 1:] = z.T @ z
    found[0, 0] = v.sum()
    found[0, 1:] = found[1:, 0] = root @ z
    return found
