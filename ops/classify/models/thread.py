"""One thread for a fit: sums come in one order, and a worker keeps to its processor."""

import warnings
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def one_thread() -> Generator[None]:
    """Work on one thread; what a library warns of meanwhile becomes a note of the fit."""
    from threadpoolctl import (  # type: ignore[import-untyped]  # noqa: PLC0415  (of scikit-learn)
        threadpool_limits,
    )

    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
