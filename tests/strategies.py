"""Hypothesis strategies that several test modules share."""

import os

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from ops.values import FloatArray


def few(examples: int) -> settings:
    """So many examples of a dear property in `ci`; `nightly` takes its own number of all."""
    nightly = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
    return settings() if nightly else settings(max_examples=examples)


def series(min_size: int = 2, max_size: int = 60) -> st.SearchStrategy[FloatArray]:
    """Finite measured values of ordinary size, rarely all equal."""
    values = st.floats(-1e3, 1e3, allow_nan=False)
    drawn = st.integers(min_size, max_size).flatmap(
        lambda n: st.lists(values, min_size=n, max_size=n)  # a third cheaper than `arrays`
    )
    return drawn.map(lambda y: np.round(np.array(y, dtype=np.float64), 6))
