"""Structured logs of every process: one line an event, with the correlation id, no secrets."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from ops.settings import Settings

_SECRET_NAME = re.compile(r"authorization|api_?key|password|secret|token|cookie", re.IGNORECASE)
_SECRET_TEXT = re.compile(r"lr_[0-9a-f]{8}_[A-Za-z0-9_-]{8,}|(?<=://)([^:/@\s]+):[^@/\s]+(?=@)")
HIDDEN = "[hidden]"

Event = MutableMapping[str, Any]


def configure(settings: Settings) -> None:
    """Send the logs of this process, and those of its libraries, to standard error."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    last = (
        structlog.processors.JSONRenderer()
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    for chatty in ("alembic", "asyncio", "uvicorn.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def bind(correlation_id: str | None, **more: str) -> None:
    """Give every later line of this context the correlation id, and what else it belongs to."""
    structlog.contextvars.bind_contextvars(correlation_id=correlation_id, **more)


def redact(_logger: Any, _method: str, event: Event) -> Event:
    """Hide what must not be read in a log: named secrets, API keys, passwords of URLs.

    Examples
    --------
    >>> redact(None, "", {"event": "to postgresql://me:pw@host/db", "password": "pw"})
    {'event': 'to postgresql://[hidden]@host/db', 'password': '[hidden]'}
    """
    for name, value in event.items():
        event[name] = HIDDEN if _SECRET_NAME.search(name) else _clean(value)
    return event


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _SECRET_TEXT.sub(HIDDEN, value)
    if isinstance(value, dict):
        return {k: HIDDEN if _SECRET_NAME.search(str(k)) else _clean(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(v) for v in value]
    return value
