"""A small cache whose values are made once, also when many ask at the same time."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")


class Once(Generic[V]):
    """Values by key; of what is too much, that used longest ago goes first.

    Parameters
    ----------
    most
        Sum of the weights that are kept; the newest value always is.
    weight
        What a value weighs; 1 if absent.
    """

    def __init__(self, most: float, weight: Callable[[V], float] = lambda _: 1) -> None:
        self._most, self._weight = most, weight
        self._kept: OrderedDict[Hashable, V] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """Value of a key, made if there is none; who asks meanwhile waits for it."""
        while True:
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
                    return self._kept[key]
                turn = self._making.get(key)
                if turn is None:
                    turn = self._making[key] = Lock()
                    turn.acquire()
                    break
            with turn:  # somebody makes it; where that fails, it is our turn to try
                pass
        try:
            made = make()
            self._keep(key, made)
            return made
        finally:
            with self._lock:
                del self._making[key]
            turn.release()

    def _keep(self, key: Hashable, made: V) -> None:
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > 1 and sum(map(self._weight, self._kept.values())) > self._most:
                self._kept.popitem(last=False)
