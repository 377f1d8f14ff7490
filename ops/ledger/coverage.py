"""Coverage of intervals: how often what was claimed held, with an interval of its own."""

from collections.abc import Iterable
from dataclasses import dataclass

from scipy.special import betaincinv


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its exact (Clopper-Pearson) interval.

    Parameters
    ----------
    n, held
        Claims that could be told, and those of them that held.
    undetermined
        Claims that an action, or the end of the data, left open: counted neither way.
    """

    n: int
    held: int
    undetermined: int
    share: float | None
    lower: float
    upper: float

    def contradicts(self, nominal: float) -> bool:
        """Whether the interval excludes the nominal share."""
        return self.n > 0 and not self.lower <= nominal <= self.upper


def share_of(outcomes: Iterable[bool | None], *, confidence: float = 0.95) -> Share:
    """Count outcomes; None is undetermined.

    References
    ----------
    Clopper and Pearson (1934), Biometrika 26(4), 404-413.

    Examples
    --------
    >>> found = share_of([True] * 8 + [False] * 2 + [None])
    >>> found.share, round(found.lower, 4), round(found.upper, 4), found.undetermined
    (0.8, 0.4439, 0.9748, 1)
    """
    known = list(outcomes)
    n = sum(outcome is not None for outcome in known)
    held = sum(outcome is True for outcome in known)
    tail = (1.0 - confidence) / 2.0
    lower = 0.0 if held == 0 else float(betaincinv(held, n - held + 1, tail))
    upper = 1.0 if held == n else float(betaincinv(held + 1, n - held, 1.0 - tail))
    return Share(n, held, len(known) - n, held / n if n else None, lower, upper)
