"""A watch over a connection: when time is up, it is cut, however much still drips in."""

import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Timer
from typing import Any


class Watch:
    """Cuts a connection at a time that may be moved while it runs.

    Timeouts of an HTTP library bound each read alone, so that a server which sends a byte a
    second is never late for it. `late` names the limit that ran out; empty: none.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.late = ""
        self._clock = clock
        self._stream: Any = None
        self._timer: Timer | None = None

    def until(self, at: float, limit: str) -> None:
        """Cut at `at` of the clock, for the reason `limit`; replaces what was said before."""
        self.stop()
        self._timer = Timer(max(at - self._clock(), 0.0), self._cut, (limit,))
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        """Cut no more."""
        if self._timer is not None:
            self._timer.cancel()

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Keep hold of the connection; httpx calls it with each step of a request."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._stream = info["return_value"]
            if self.late:
                self._shut()

    def _cut(self, limit: str) -> None:
        self.late = limit
        self._shut()

    def _shut(self) -> None:
        if self._stream is None:
            return
        held = self._stream.get_extra_info("socket")
        if held is not None:
            with suppress(OSError):  # it may be closed by now
                held.shutdown(socket.SHUT_RDWR)
