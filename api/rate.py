"""How often one key may call: a moving window in the memory of one process."""

import math
import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from ops.errors import TooMany


class Rate:
    """A limit such as ``1200/minute`` for each caller; the empty text limits nobody."""

    def __init__(self, limit: str) -> None:
        self._limit: RateLimitItem | None = parse(limit) if limit else None
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def count(self, caller: str) -> None:
        """Count one call.

        Raises
        ------
        TooMany
            If `caller` has used up its window.
        """
        if self._limit is None or self._window.hit(self._limit, caller):
            return
        free_at = self._window.get_window_stats(self._limit, caller).reset_time
        wait = max(1, math.ceil(free_at - time.time()))
        raise TooMany(f"more than {self._limit}; try again in {wait} s", wait)
