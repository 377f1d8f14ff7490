"""Models that were opened lately, by what they are: bounded, and no lock held while one opens."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

T = TypeVar("T")
MOST = 32


class Opened(Generic[T]):
    """The last things opened, each once: who comes while one is being opened waits for it.

    Parameters
    ----------
    most
        How many are kept.
    close
        Called with one that is let go.
    """

    def __init__(self, most: int = MOST, close: Callable[[T], None] | None = None) -> None:
        self._most = most
        self._close = close
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Future[T]] = OrderedDict()

    def get(self, key: Hashable, open_: Callable[[], T]) -> T:
        """Thing of a key, opened by `open_` unless it is there; an error is not kept."""
        with self._lock:
            future = self._kept.get(key)
            ours = future is None
            if future is None:
                future = self._kept[key] = Future()
            self._kept.move_to_end(key)
        if ours:
            self._fill(key, future, open_)
        return future.result()

    def _fill(self, key: Hashable, future: Future[T], open_: Callable[[], T]) -> None:
        try:
            future.set_result(open_())
        except BaseException as error:  # noqa: BLE001  (told to each who waits)
            with self._lock:
                self._kept.pop(key, None)
            future.set_exception(error)
            return
        for old in self._overdue():
            if self._close is not None and old.exception() is None:
                self._close(old.result())

    def _overdue(self) -> list[Future[T]]:
        with self._lock:
            done = [key for key, future in self._kept.items() if future.done()]
            return [self._kept.pop(key) for key in done[: max(0, len(self._kept) - self._most)]]

    def clear(self) -> None:
        """Let all go."""
        with self._lock:
            kept, self._kept = list(self._kept.values()), OrderedDict()
        for future in kept:
            if self._close is not None and future.done() and future.exception() is None:
                self._close(future.result())
