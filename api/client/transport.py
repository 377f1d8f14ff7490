"""Requests to the service: keys, time limits, repeats, problem documents as exceptions."""

import random
import time
import uuid
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from api.client.errors import Refused, Unreachable

BUSY = (429, 502, 503, 504)
FIRST_PAUSE_S = 0.2
UPLOAD_S = 3600.0
Content = Callable[[], Any]  # makes the body anew for each attempt


@dataclass(frozen=True, slots=True)
class Transport:
    """One connection pool to one service.

    Parameters
    ----------
    http
        The pool, with base URL, key and time limits.
    attempts
        How often a request that may be repeated is made before giving up.
    sleep
        Waits between two attempts.
    """

    http: httpx.Client
    attempts: int = 4
    sleep: Callable[[float], None] = time.sleep

    def get(self, path: str, query: Mapping[str, Any] | None = None) -> httpx.Response:
        """Read something."""
        return self._repeat("GET", path, {"params": _given(query)})

    def post(
        self,
        path: str,
        body: Any = None,
        query: Mapping[str, Any] | None = None,
        *,
        etag: str | None = None,
    ) -> httpx.Response:
        """Make something, once: repeats carry the same idempotency key."""
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        headers |= {} if etag is None else {"If-Match": etag}
        request = {"params": _given(query), "headers": headers}
        return self._repeat("POST", path, request if body is None else request | {"json": body})

    def upload(
        self, path: str, content: Content, media_type: str, query: Mapping[str, Any]
    ) -> httpx.Response:
        """Send a large body as a stream; `content` makes it anew for each attempt.

        The answer comes when everything is stored, so it is waited for up to `UPLOAD_S`.
        """
        wait = self.http.timeout
        request = {
            "params": _given(query),
            "headers": {"Content-Type": media_type},
            "timeout": httpx.Timeout(wait.connect, read=UPLOAD_S, write=UPLOAD_S),
        }
        return self._repeat("POST", path, request, content)

    def change(self, method: str, path: str, etag: str, body: Any = None) -> httpx.Response:
        """Edit or delete what is still at the version `etag`."""
        headers = {"headers": {"If-Match": etag}}
        return self._repeat(method, path, headers if body is None else headers | {"json": body})

    @contextmanager
    def stream(
        self, path: str, query: Mapping[str, Any], accept: str
    ) -> Generator[Iterator[bytes]]:
        """Yield the bytes of a large answer while they come."""
        request = self.http.build_request(
            "GET", path, params=_given(query), headers={"Accept": accept}
        )
        response = self._attempt(lambda: self.http.send(request, stream=True))
        try:
            if not response.is_success:
                response.read()
                _check(response)
            yield response.iter_bytes()
        except httpx.TransportError as error:
            raise Unreachable(f"the answer of {request.url} was cut off: {error}") from error
        finally:
            response.close()

    def _repeat(
        self, method: str, path: str, request: dict[str, Any], content: Content | None = None
    ) -> httpx.Response:
        def ask() -> httpx.Response:
            body = {} if content is None else {"content": content()}
            return self.http.request(method, path, **request, **body)

        response = self._attempt(ask)
        _check(response)
        return response

    def _attempt(self, ask: Callable[[], httpx.Response]) -> httpx.Response:
        for attempt in range(1, self.attempts + 1):
            last = attempt == self.attempts
            pause = FIRST_PAUSE_S * 2 ** (attempt - 1) * random.uniform(0.8, 1.2)
            try:
                response = ask()
            except httpx.TransportError as error:
                if last:
                    raise Unreachable(f"no answer from {self.http.base_url}: {error}") from error
            else:
                if response.status_code not in BUSY or last:
                    return response
                response.close()
                pause = _wanted_pause(response, pause)
            self.sleep(pause)
        raise AssertionError("unreachable")


def _given(query: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: value for name, value in (query or {}).items() if value is not None}


def _wanted_pause(response: httpx.Response, otherwise: float) -> float:
    wanted = response.headers.get("Retry-After", "")
    return float(wanted) if wanted.isdigit() else otherwise


def _check(response: httpx.Response) -> None:
    if response.is_success:
        return
    try:
        problem = response.json()
    except ValueError:
        problem = {"detail": response.text[:500]}
    raise Refused(response.status_code, problem if isinstance(problem, dict) else {})
