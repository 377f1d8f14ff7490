"""A multilayer perceptron as a few products."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from ops.classify.fast.link import probabilities
from ops.values import FloatArray

ACTIVATIONS = ("identity", "logistic", "tanh", "relu")


def _relu(x: FloatArray) -> FloatArray:
    return np.maximum(x, 0.0)


def _same(x: FloatArray) -> FloatArray:
    return x


_BY_NAME: dict[str, Callable[[FloatArray], FloatArray]] = {
    "identity": _same, "logistic": expit, "tanh": np.tanh, "relu": _relu,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NetworkScorer:
    """Probabilities of a multilayer perceptron.

    Parameters
    ----------
    weights : shape (inputs, outputs) each
        Of the layers, in their order.
    offsets : shape (outputs,) each
    activation
        Of the hidden layers: one of `ACTIVATIONS`.
    """

    weights: tuple[FloatArray, ...]
    offsets: tuple[FloatArray, ...]
    activation: str
    kind: str = "network"

    @property
    def width(self) -> int:
        """Features that a row must have at least."""
        return int(self.weights[0].shape[0])

    def probability(self, x: FloatArray) -> FloatArray:
        """Probability of each class, (n, k) to (n, classes)."""
        raised = _BY_NAME[self.activation]
        last = len(self.weights) - 1
        for i, (weight, offset) in enumerate(zip(self.weights, self.offsets, strict=True)):
            x = x @ weight + offset
            x = x if i == last else raised(x)
        return probabilities(x)

    def one(self, x: FloatArray) -> FloatArray:
        """Probability of each class of one row, (k,) to (classes,)."""
        return np.asarray(self.probability(x[None, :])[0])

    def arrays(self) -> Mapping[str, NDArray[Any]]:
        """Return what it is made of, by name."""
        weights = {f"weight{i}": w for i, w in enumerate(self.weights)}
        offsets = {f"offset{i}": o for i, o in enumerate(self.offsets)}
        return weights | offsets | {"activation": np.array(ACTIVATIONS.index(self.activation))}


def network_scorer(estimator: Any) -> NetworkScorer:
    """Scorer of a fitted scikit-learn MLPClassifier."""
    weights = tuple(np.asarray(w, dtype=np.float64) for w in estimator.coefs_)
    offsets = tuple(np.asarray(o, dtype=np.float64) for o in estimator.intercepts_)
    return NetworkScorer(weights, offsets, str(estimator.activation))


def scaled_network_scorer(pipeline: Any) -> NetworkScorer:
    """Scorer of a pipeline of StandardScaler and MLPClassifier: the first layer does the scaling.

    Raises
    ------
    ValueError
        If the pipeline is another one.
    """
    steps = [step for _, step in pipeline.steps]
    if [type(step).__name__ for step in steps] != ["StandardScaler", "MLPClassifier"]:
        raise ValueError(f"no fast path for a pipeline of {steps}")
    scaler, plain = steps[0], network_scorer(steps[1])
    first = plain.weights[0]
    scale = np.ones(len(first)) if scaler.scale_ is None else scaler.scale_
    mean = np.zeros(len(first)) if scaler.mean_ is None else scaler.mean_
    weight = first / scale[:, None]
    weights = (weight, *plain.weights[1:])
    return NetworkScorer(
        weights, (plain.offsets[0] - mean @ weight, *plain.offsets[1:]), plain.activation
    )


def network_scorer_from(arrays: Mapping[str, NDArray[Any]]) -> NetworkScorer:
    """Scorer of what `NetworkScorer.arrays` gave."""
    layers = range(sum(name.startswith("weight") for name in arrays))
    weights = tuple(arrays[f"weight{i}"] for i in layers)
    offsets = tuple(arrays[f"offset{i}"] for i in layers)
    return NetworkScorer(weights, offsets, ACTIVATIONS[int(arrays["activation"])])
