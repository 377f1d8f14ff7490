"""Who is calling: API keys as bearer tokens, stored as SHA-256."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from ipaddress import ip_address

from fastapi import Request

from ops.db import keys
from ops.db.engine import Database
from ops.errors import BadData, Unknown
from ops.settings import Settings
from ops.values import Actor

LOCAL = Actor(name="local", role="admin")
COOKIE = "longrun_key"  # of a browser that signed in
TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Caller:
    """An actor, and the key it came with; None where no key is needed."""

    actor: Actor
    key_id: int | None = None
    worth_a_touch: bool = False


def identify(request: Request, settings: Settings, database: Database, now: datetime) -> Caller:
    """Caller of a request; without authentication (loopback only) the local administrator.

    Raises
    ------
    Unknown
        If there is no key, or one that is wrong, expired or revoked.
    """
    correlation_id: str | None = getattr(request.state, "correlation_id", None)
    if settings.auth == "none":
        return Caller(replace(LOCAL, correlation_id=correlation_id))
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if not scheme and _is_own_page(request):
        scheme, token = "bearer", request.cookies.get(COOKIE, "")
    if scheme.lower() != "bearer" or not token:
        raise Unknown("send an API key: `Authorization: Bearer lr_...`; `longrun keys create`")
    with database.read() as session:
        key, actor = keys.bearer(session, token.strip(), now)
    stale = key.last_used_at is None or now - key.last_used_at >= TOUCH_EVERY
    return Caller(replace(actor, correlation_id=correlation_id), key.id, stale)


def _is_own_page(request: Request) -> bool:
    # the browser sends the cookie by itself: only our own pages may change anything with it
    if request.method in ("GET", "HEAD"):
        return True
    origin = request.headers.get("origin", "").partition("://")[2]
    return origin == request.headers.get("host") or (
        request.headers.get("sec-fetch-site") == "same-origin"
    )


def is_https(request: Request) -> bool:
    """Whether a browser reached us by HTTPS, also where a proxy that ends TLS does not say so."""
    return request.url.scheme == "https" or request.headers.get("origin", "").startswith("https://")


def authenticate(request: Request, settings: Settings, database: Database, now: datetime) -> Actor:
    """Actor of a request, as `identify` finds it."""
    return identify(request, settings, database, now).actor


def require_safe_bind(settings: Settings) -> None:
    """Refuse to listen on a network address without authentication.

    Raises
    ------
    BadData
        If `settings.auth` is ``none`` and `settings.host` is not a loopback address.

    Examples
    --------
    >>> require_safe_bind(Settings(auth="none", host="::1"))
    """
    if settings.auth == "none" and not is_loopback(settings.host):
        raise BadData(
            f"LONGRUN_AUTH=none is allowed on a loopback address only, not on {settings.host};"
            " set LONGRUN_AUTH=keys, or LONGRUN_HOST=127.0.0.1"
        )


def is_loopback(host: str) -> bool:
    """Whether a host name or address leads nowhere but to this machine.

    Examples
    --------
    >>> is_loopback("127.0.0.1"), is_loopback("0.0.0.0"), is_loopback("example.org")
    (True, False, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
