"""How a solve is watched: what it tells while it runs, and how it is asked to stop."""

from collections.abc import Callable
from dataclasses import dataclass

from solvers.values import FloatArray


@dataclass(frozen=True, slots=True)
class Incumbent:
    """Where a solve stands at a moment; what is not known yet is None.

    Parameters
    ----------
    time_s
        Seconds since the solve began.
    value, bound
        Objective of the best solution, and the best proven bound of it.
    gap
        ``|value - bound| / |value|``.
    """

    time_s: float
    value: float | None = None
    bound: float | None = None
    gap: float | None = None


@dataclass(frozen=True, slots=True)
class News:
    """One report of a solve; `solution` comes with each better one, in the solver's own columns."""

    fraction: float
    message: str
    incumbent: Incumbent | None = None
    solution: FloatArray | None = None


Watch = Callable[[News], bool]  # True asks the solve to stop with the best that it has


def unwatched(news: News) -> bool:
    """Watch of a solve that nobody follows: it is never asked to stop."""
    del news
    return False
