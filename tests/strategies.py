"""Hypothesis strategies that several test modules share."""

import os

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ops.values import FloatArray


def few(examples: int) -> settings:
    """So many examples of a dear property in `ci`; `nightly` takes its own number of all."""
    nightly = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
    return settings() if nightly else settings(max_examples=examples)


def series(min_size: int = 2, max_size: int = 60) -> st.SearchStrategy[FloatArray]:
    """Finite measured values of ordinary size, rarely all equal."""
    values = st.floats(-1e3, 1e3, allow_nan=False).map(lambda v: round(v, 6))
    return st.integers(min_size, max_size).flatmap(
        lambda n: arrays(np.float64, n, elements=values, fill=st.nothing())
    )
