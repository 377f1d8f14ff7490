"""What a family is to its likelihood: its distribution at many parameter points at once."""

from collections.abc import Mapping
from typing import Protocol

from ops.values import FloatArray


class Form(Protocol):
    """A family of life distributions over free parameters `theta`, none of them bounded.

    Times of shape (n,) and parameters of shape (m, k) give values of shape (m, n).
    """

    @property
    def family(self) -> str:
        """Name of the family, e.g. ``gamma``."""
        ...

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the free parameters, e.g. ``("mu", "log_sigma")``."""
        ...

    def log_density(self, t: FloatArray, theta: FloatArray) -> FloatArray:
        """Logarithm of the density, 1/unit of time."""
        ...

    def log_survival(self, t: FloatArray, theta: FloatArray) -> FloatArray:
        """Logarithm of the share that lasts beyond `t`."""
        ...

    def tails(self, t: FloatArray, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Shares that have failed by `t` and that last beyond it, each exact where small."""
        ...

    def quantile(self, p: FloatArray, theta: FloatArray) -> FloatArray:
        """Time by which the share `p` has failed."""
        ...

    def parameters(self, theta: FloatArray) -> Mapping[str, float]:
        """Parameters by the field's names, of one point of shape (k,)."""
        ...
