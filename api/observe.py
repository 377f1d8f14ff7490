"""What every request leaves behind: a correlation id, one log line, a count and a duration."""

import re
import time
import uuid

import structlog
from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import last_resort
from api.metrics import Metrics
from ops.work import logs

_LOG = structlog.get_logger("api.access")
_QUIET = ("/healthz", "/readyz", "/metrics")
SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


class Observe:
    """Outermost layer of the application; also the last to catch an error."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        correlation_id = correlation_id_of(request)
        scope.setdefault("state", {})["correlation_id"] = correlation_id
        structlog.contextvars.clear_contextvars()
        logs.bind(correlation_id)
        answer = _Answer(send, correlation_id, data=scope["path"].startswith("/v1/"))
        started = time.perf_counter()
        try:
            await self.app(scope, receive, answer)
        except Exception as error:  # noqa: BLE001  the last to catch: logged in full there
            response = last_resort(request, error)
            if not answer.status:
                await response(scope, receive, answer)
        finally:
            self._note(scope, answer.status, time.perf_counter() - started)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path_format", "unmatched")
        metrics: Metrics = scope["app"].state.metrics
        metrics.request(scope["method"], route, status, seconds)
        log = _LOG.debug if scope["path"] in _QUIET else _LOG.info
        log(
            "request",
            method=scope["method"],
            path=scope["path"],
            route=route,
            status=status,
            duration_ms=round(seconds * 1000, 2),
        )


class _Answer:
    """The sending side: adds headers, remembers the status."""

    def __init__(self, send: Send, correlation_id: str, *, data: bool) -> None:
        self.send = send
        self.headers = [(b"x-request-id", correlation_id.encode()), *SECURITY_HEADERS]
        if data:  # nothing of the API is ever a page
            policy = b"default-src 'none'; frame-ancestors 'none'"
            self.headers.append((b"content-security-policy", policy))
        self.status = 0

    async def __call__(self, message: Message) -> None:
        """Send one message of the answer."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            given = {name.lower() for name, _ in message.get("headers", ())}
            more = [pair for pair in self.headers if pair[0] not in given]
            message["headers"] = [*message.get("headers", ()), *more]
        await self.send(message)


def correlation_id_of(request: Request) -> str:
    """Correlation id of a request: its `X-Request-ID` where that is harmless, else a new one."""
    given = request.headers.get("x-request-id", "")
    return given if re.fullmatch(r"[A-Za-z0-9._-]{1,64}", given) else uuid.uuid4().hex
