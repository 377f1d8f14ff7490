"""Answers that are being worded: what is told of each, to whoever listens."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

KEPT = 200  # answers whose telling is remembered after its end, for who comes late


@dataclass(frozen=True, slots=True)
class News:
    """Something told of an answer: `claim` (a checked sentence) or `end`."""

    kind: str
    value: Any = None


Listener = Callable[[News], object]


@dataclass(slots=True)
class _Telling:
    told: list[News] = field(default_factory=list[News])
    listeners: list[Listener] = field(default_factory=list[Listener])
    ended: bool = False


class Live:
    """Tellings by advice id; thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tellings: dict[str, _Telling] = {}

    def begin(self, advice_id: str) -> None:
        """Say that an answer is being worded."""
        with self._lock:
            self._tellings[advice_id] = _Telling()
            self._forget()

    def is_worded(self, advice_id: str) -> bool:
        """Whether an answer is being worded at this moment."""
        with self._lock:
            telling = self._tellings.get(advice_id)
            return telling is not None and not telling.ended

    def tell(self, advice_id: str, news: News) -> None:
        """Tell all who listen; `end` is the last word."""
        with self._lock:
            telling = self._tellings.get(advice_id)
            if telling is None or telling.ended:
                return
            telling.told.append(news)
            telling.ended = news.kind == "end"
            for listener in telling.listeners:
                listener(news)

    def listen(self, advice_id: str, listener: Listener) -> Callable[[], None] | None:
        """Hear all that was told so far, and all that will be; None if nothing is.

        Returns
        -------
        Callable or None
            What ends the listening.
        """
        with self._lock:
            telling = self._tellings.get(advice_id)
            if telling is None:
                return None
            for news in telling.told:
                listener(news)
            telling.listeners.append(listener)
        return lambda: self._leave(telling, listener)

    def _leave(self, telling: _Telling, listener: Listener) -> None:
        with self._lock:
            telling.listeners.remove(listener)

    def _forget(self) -> None:
        ended = [name for name, telling in self._tellings.items() if telling.ended]
        for name in ended[: max(0, len(self._tellings) - KEPT)]:
            del self._tellings[name]
