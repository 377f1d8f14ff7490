"""Pattern of a demand: smooth, intermittent, erratic or lumpy; it decides which methods compete."""

from dataclasses import dataclass
from math import inf
from typing import Literal

import numpy as np

from ops.values import FloatArray

Pattern = Literal["smooth", "intermittent", "erratic", "lumpy", "none"]
ADI_CUT = 1.32
CV2_CUT = 0.49


@dataclass(frozen=True, slots=True)
class Intermittence:
    """How rare and how uneven a demand is.

    Parameters
    ----------
    adi
        Mean interval between demands, in periods; infinite without one.
    cv2
        Squared coefficient of variation of the demands that are not 0.
    """

    adi: float
    cv2: float

    @property
    def pattern(self) -> Pattern:
        """Class by the cut-offs of Syntetos, Boylan and Croston."""
        if self.adi == inf:
            return "none"
        if self.adi < ADI_CUT:
            return "smooth" if self.cv2 < CV2_CUT else "erratic"
        return "intermittent" if self.cv2 < CV2_CUT else "lumpy"

    @property
    def is_rare(self) -> bool:
        """Whether methods for intermittent demand compete."""
        return self.adi >= ADI_CUT


def intermittence(y: FloatArray) -> Intermittence:
    """Classify a series of demands, shape (n,), n > 0.

    References
    ----------
    Syntetos, Boylan and Croston (2005), J. Operational Research Society 56(5), 495-503: cut-offs
    ADI 1.32 and CV2 0.49.

    Examples
    --------
    >>> intermittence(np.array([0.0, 4.0, 0.0, 4.0])).pattern
    'intermittent'
    """
    demands = y[y > 0]
    if demands.size == 0:
        return Intermittence(inf, 0.0)
    mean = float(np.mean(demands))
    return Intermittence(y.size / demands.size, float(np.var(demands)) / mean**2)
