"""One exchange over HTTP, bounded in time and size, its failures named."""

import json
import math
import re
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cache
from ssl import SSLContext
from typing import Any

import httpx

from ops.advise.answer import Fallback
from ops.advise.provider.failure import PromptTooLong, ProviderFailed, is_too_long, without_secret
from ops.advise.provider.server import Server
from ops.advise.provider.watch import Watch

LONGEST_CONNECT_S = 5.0
LONGEST_ERROR = 4096  # bytes of an error that are read
_SUSPECT = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")  # may be a surrogate without its partner


@dataclass(frozen=True, slots=True)
class Bounds:
    """Until when an exchange may last, on the clock, and how much it may bring."""

    ends: float
    first_ends: float  # until when the first token has to be there
    most_bytes: int


@dataclass(frozen=True, slots=True)
class Received:
    """An answer whose status was good; its body is read as it comes."""

    content_type: str
    headers: Mapping[str, str]
    pieces: Iterator[bytes]
    begun: Callable[[], None]  # to be called with the first token: the rest has until `ends`

    def json(self) -> Any:
        """Read all of it as JSON."""
        return loaded(b"".join(self.pieces))


@contextmanager
def exchanged(
    server: Server,
    url: str,
    body: Mapping[str, Any] | None,
    bounds: Bounds,
    clock: Callable[[], float],
) -> Generator[Received]:
    """Send a request (GET if `body` is None), and read the answer while it lasts.

    Raises
    ------
    ProviderFailed
        Whatever goes wrong; the message holds neither the key nor what the library said, which
        may quote a header.
    """
    server.refuse_unless_allowed()
    watch, seen = Watch(clock), _Seen()
    left = bounds.ends - clock()
    if left <= 0:
        raise ProviderFailed("timeout", "no time is left to ask")
    watch.until(min(bounds.first_ends, bounds.ends), _limit(bounds))
    limits = httpx.Timeout(left, connect=min(left, LONGEST_CONNECT_S))
    try:
        # no redirects, no proxies of the environment: they lead to hosts that nobody allowed
        with (
            httpx.Client(
                verify=_tls(), timeout=limits, follow_redirects=False, trust_env=False
            ) as http,
            http.stream(
                "GET" if body is None else "POST", url,
                json=body, headers=_headers(server), extensions={"trace": watch.trace},
            ) as answer,
        ):  # fmt: skip
            seen.headers = True
            _refuse_status(server, answer)
            begun = lambda: watch.until(bounds.ends, "the whole answer")  # noqa: E731  (one call)
            pieces = _bounded(answer.iter_raw(), bounds.most_bytes, watch)
            kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
            yield Received(kind, dict(answer.headers), pieces, begun)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
        raise _named(error, watch, seen.headers) from None
    finally:
        watch.stop()


def loaded(data: bytes | str) -> Any:
    """JSON of an answer.

    Raises
    ------
    ProviderFailed
        ``garbage``, if it is none, or holds half a character or a zero: what no text can hold.
    """
    try:
        text = data if isinstance(data, str) else data.decode()
        value = json.loads(text)
        if _SUSPECT.search(text):
            whole = json.dumps(value, ensure_ascii=False).encode()
            if b"\\u0000" in whole:
                raise ValueError("a zero, which no database keeps in a text")
    except (ValueError, RecursionError):
        raise ProviderFailed("garbage", "the answer is not JSON in UTF-8") from None
    return value


@dataclass(slots=True)
class _Seen:
    headers: bool = False


@cache
def _tls() -> SSLContext:
    """Read the certificates once: it takes longer than an exchange on this machine."""
    return httpx.create_ssl_context(trust_env=False)


def _limit(bounds: Bounds) -> str:
    return "the first token" if bounds.first_ends < bounds.ends else "the whole answer"


def _headers(server: Server) -> dict[str, str]:
    if not (server.key.isascii() and server.key.isprintable()):  # logs would quote it otherwise
        raise ProviderFailed("not-allowed", "the key holds what no header can hold")
    # what is not compressed cannot grow when it is unpacked
    found = {"Accept": "text/event-stream, application/json", "Accept-Encoding": "identity"}
    return found | ({"Authorization": f"Bearer {server.key}"} if server.key else {})


def _bounded(pieces: Iterator[bytes], most: int, watch: Watch) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise ProviderFailed("garbage", f"the answer is larger than {most} bytes")
        if watch.late:
            break
        yield piece
    if watch.late:  # the end that was read is our own cut
        raise ProviderFailed("timeout", f"time was up for {watch.late}")


def _named(error: Exception, watch: Watch, answered: bool) -> ProviderFailed:
    kind = type(error).__name__
    if watch.late:
        return ProviderFailed("timeout", f"time was up for {watch.late}")
    if isinstance(error, httpx.ConnectTimeout):
        return ProviderFailed("unreachable", "no connection in time")
    if isinstance(error, httpx.TimeoutException):
        return ProviderFailed("timeout", f"no answer in time ({kind})")
    if answered:
        return ProviderFailed("truncated", f"the connection broke off ({kind})")
    return ProviderFailed("unreachable", f"the server cannot be reached ({kind})")


def _refuse_status(server: Server, answer: httpx.Response) -> None:
    code = answer.status_code
    if code == 200:
        if answer.headers.get("content-encoding", "identity") != "identity":
            raise ProviderFailed("garbage", "the answer is compressed although that was declined")
        return
    said = _said(server, answer)
    told = f"status {code}{f': {said}' if said else ''}"
    if code in (429, 503):
        reason: Fallback = "rate-limited" if code == 429 else "server-error"
        raise ProviderFailed(reason, told, retry_after(answer.headers))
    if code in (400, 413, 422) and is_too_long(said):
        raise PromptTooLong(told)
    if 300 <= code < 400:
        raise ProviderFailed("server-error", f"status {code}: redirects are not followed")
    raise ProviderFailed("server-error", told)


def _said(server: Server, answer: httpx.Response) -> str:
    """Say what the server says about its error, without the key, which some repeat."""
    held = b""
    for piece in answer.iter_raw():
        held += piece
        if len(held) > LONGEST_ERROR:
            break
    text = " ".join(held[:LONGEST_ERROR].decode(errors="replace").split())
    return without_secret(text, server.key)[:200]


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks to wait; None: it does not say so in a form that is known.

    A date is held against the server's own `Date`, so that its clock need not be right.

    References
    ----------
    RFC 9110, section 10.2.3.
    """
    text = headers.get("retry-after", "").strip()
    try:
        seconds = float(text)
    except ValueError:
        try:
            until = parsedate_to_datetime(text)
            seconds = (until - parsedate_to_datetime(headers.get("date", ""))).total_seconds()
        except (TypeError, ValueError):
            return None
    return max(seconds, 0.0) if math.isfinite(seconds) else None
