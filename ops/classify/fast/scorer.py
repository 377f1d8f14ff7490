"""What a fast path can do, and what it is made of."""

from collections.abc import Mapping
from typing import Any, Protocol

from numpy.typing import NDArray

from ops.values import FloatArray


class Scorer(Protocol):
    """Probabilities of standardised features without the estimator."""

    @property
    def kind(self) -> str:
        """Its kind: linear, trees, network, additive."""
        ...

    @property
    def width(self) -> int:
        """Features that a row must have at least."""
        ...

    def probability(self, x: FloatArray) -> FloatArray:
        """Probability of each class, (n, k) to (n, classes)."""
        ...

    def one(self, x: FloatArray) -> FloatArray:
        """Probability of each class of one row, (k,) to (classes,)."""
        ...

    def arrays(self) -> Mapping[str, NDArray[Any]]:
        """Return what it is made of, by name: enough to make it again."""
        ...
