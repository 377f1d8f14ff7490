"""Places for the children of one worker: a run that somebody waits for goes before the night's."""

import threading
from collections.abc import Generator
from contextlib import contextmanager


class Slots:
    """A fixed number of places; a free one goes to an urgent run first.

    Parameters
    ----------
    count
        Children that may compute at once.
    """

    def __init__(self, count: int) -> None:
        self._free = count
        self._urgent_waiting = 0
        self._changed = threading.Condition()

    @contextmanager
    def taken(self, *, urgent: bool) -> Generator[None]:
        """Hold a place; wait until there is one."""
        self._take(urgent)
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()

    def _take(self, urgent: bool) -> None:
        with self._changed:
            self._urgent_waiting += urgent
            self._changed.wait_for(lambda: self._free > 0 and (urgent or not self._urgent_waiting))
            self._urgent_waiting -= urgent
            self._free -= 1
            self._changed.notify_all()  # another may have waited for this one to be served
