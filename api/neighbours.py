"""Who may call where no key is asked for: programs of this machine, and no page of another site.

A web page can make its visitor's browser call a service on the visitor's own machine. The browser
tells by two headers. `Host` is the name that the page used: a name of its own that it let point to
this machine (DNS rebinding) is none of ours. `Origin` and `Sec-Fetch-Site` say which site sent a
request: one that changes something must come from our own pages, or from no page at all. What the
browser is allowed to show a page of another site is settled elsewhere (CORS).
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api import problems
from api.auth import is_loopback
from ops.settings import Settings

_SAFE = ("GET", "HEAD", "OPTIONS")
_OWN = ("", "none", "same-origin")  # absent: no browser; none: typed in by the user


class Neighbours:
    """Refuses requests for a name that is not ours, and changes that another site sends."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.names = settings.allowed_hosts
        self.origins = settings.cors_origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        refused = None
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            refused = _wrong_host(headers, self.names)
            if refused is None and scope["method"] not in _SAFE:
                refused = _wrong_site(headers, self.origins)
        if refused is None:
            await self.app(scope, receive, send)
            return
        kind, detail = refused
        id_ = scope.get("state", {}).get("correlation_id")
        await problems.answer(kind, detail, correlation_id=id_)(scope, receive, send)


def is_local(host: str, names: Collection[str] = ()) -> bool:
    """Whether a `Host` header, with or without a port, means this machine.

    Parameters
    ----------
    host
        Value of the header.
    names
        Further names that mean it.

    Examples
    --------
    >>> is_local("localhost:8000"), is_local("[::1]:8000"), is_local("evil.example")
    (True, True, False)
    """
    try:
        name = (urlsplit(f"//{host}").hostname or "").removesuffix(".")
    except ValueError:
        return False
    return is_loopback(name) or name.endswith(".localhost") or name in {n.lower() for n in names}


def _wrong_host(headers: Headers, names: Collection[str]) -> tuple[problems.Kind, str] | None:
    host = headers.get("host", "")
    if is_local(host, names):
        return None
    return problems.WRONG_HOST, (
        f"the host {host[:100]!r} is none of the names of this service; call it as 127.0.0.1 or"
        " localhost, name the host in LONGRUN_ALLOWED_HOSTS, or ask for keys (LONGRUN_AUTH=keys)"
    )


def _wrong_site(headers: Headers, origins: Collection[str]) -> tuple[problems.Kind, str] | None:
    origin, site = headers.get("origin"), headers.get("sec-fetch-site", "")
    if origin is not None:
        own = urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
        if own or origin in origins:
            return None
    elif site in _OWN:
        return None
    return problems.WRONG_SITE, (
        f"a page of {origin or 'another site'} sent this change; use the service's own pages, add"
        " the origin to LONGRUN_CORS_ORIGINS, or ask for keys (LONGRUN_AUTH=keys)"
    )
