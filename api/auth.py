"""Who is calling: API keys as bearer tokens, stored as SHA-256."""

from datetime import datetime

from fastapi import Request

from ops.db.engine import Database
from ops.settings import Settings
from ops.values import Actor

LOCAL = Actor(name="local", role="admin")


def authenticate(request: Request, settings: Settings, database: Database, now: datetime) -> Actor:
    """Actor of a request; without authentication (loopback only) the local administrator."""
    del request, database, now
    assert settings.auth == "none"
    return LOCAL
