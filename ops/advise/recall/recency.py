"""Recency of a memory: it halves with each half-life of its kind."""

from collections.abc import Mapping

from ops.advise.memory import MemoryKind

DAY_US = 86_400_000_000
HALF_LIFE_DAYS: Mapping[MemoryKind, float] = {  # machines change faster than what is known of them
    "knowledge": 730.0,
    "preference": 365.0,
    "outcome": 180.0,
}
STALE_AFTER = 2.0  # half-lives: a quarter of its weight is left


def recency_of(kind: MemoryKind, *, written: int, now: int) -> float:
    """2^(-age / half-life), in (0, 1]; what is written later than `now` has age 0.

    Parameters
    ----------
    written, now
        Microseconds since 1970 UTC.

    Examples
    --------
    >>> recency_of("outcome", written=0, now=180 * DAY_US)
    0.5
    """
    return float(2.0 ** -half_lives(kind, written=written, now=now))


def is_stale(kind: MemoryKind, *, written: int, now: int) -> bool:
    """Whether it is older than two half-lives of its kind."""
    return half_lives(kind, written=written, now=now) > STALE_AFTER


def half_lives(kind: MemoryKind, *, written: int, now: int) -> float:
    """Age in half-lives, at least 0."""
    return max(0, now - written) / (HALF_LIFE_DAYS[kind] * DAY_US)
