"""Hypothesis strategies that several test modules share."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ops.values import FloatArray


def series(min_size: int = 2, max_size: int = 60) -> st.SearchStrategy[FloatArray]:
    """Finite measured values of ordinary size, rarely all equal."""
    values = st.floats(-1e3, 1e3, allow_nan=False).map(lambda v: round(v, 6))
    return st.integers(min_size, max_size).flatmap(
        lambda n: arrays(np.float64, n, elements=values, fill=st.nothing())
    )
