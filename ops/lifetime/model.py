"""What every fitted life distribution answers, whatever its family."""

from collections.abc import Mapping
from typing import Protocol

from ops.values import FloatArray


class LifeModel(Protocol):
    """A life distribution with its parameters.

    `parameters` and `loglik` are those of the maximum; `loglik` is the full log-likelihood of the
    times (not of their logarithms), so that it compares across families.
    """

    @property
    def family(self) -> str:
        """Name of the family, e.g. ``weibull``."""
        ...

    @property
    def parameters(self) -> Mapping[str, float]:
        """Parameters by the field's names, e.g. ``{"eta": 606.5, "beta": 1.72}``."""
        ...

    @property
    def loglik(self) -> float:
        """Log-likelihood at the parameters."""
        ...

    def survival(self, t: FloatArray) -> FloatArray:
        """Share that lasts beyond `t`, shape as `t`."""
        ...

    def density(self, t: FloatArray) -> FloatArray:
        """Density of the life at `t`, 1/unit of time, shape as `t`."""
        ...

    def quantile(self, p: FloatArray) -> FloatArray:
        """Time by which the share `p` has failed, shape as `p`; infinite where it never has."""
        ...
