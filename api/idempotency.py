"""`Idempotency-Key`: a POST that is repeated under its key answers its first answer.

The key row is inserted by the first statement of the request's own transaction and filled with
the answer before that commits: a crash leaves both the work and the key, or neither, and a
duplicate that comes meanwhile waits for the first. Errors are not kept: the repeat tries again.

A streamed body is hashed while it is read. Where its work is one transaction (a scenario), that
takes the key as any other does. Where it commits in chunks of its own (measurements), the answer is
kept after the last one: a crash between the two leaves no key, and the repeat is worked again, and
finds every row to be a duplicate. A second one meanwhile is refused.
"""

import hashlib
import re
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

from anyio import CapacityLimiter, to_thread
from fastapi import Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session
from starlette.types import Message

from api.auth import authenticate
from ops.db import idempotency
from ops.db.engine import Database
from ops.db.idempotency import Ask, Kept
from ops.errors import BadData, Conflict

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
HEADER = "idempotency-key"
KEPT_HEADERS = ("content-type", "location", "etag")
TAKING = set[Callable[..., Any]]()  # dependencies whose transaction takes the key


class Answered(Exception):
    """The request was answered before: its first answer."""

    def __init__(self, kept: Kept) -> None:
        super().__init__("answered before")
        self.kept = kept


class OnceRoute(APIRoute):
    """A route whose POST honours `Idempotency-Key`."""

    def get_route_handler(self) -> Handler:
        """Wrap the handler of the route."""
        handler = super().get_route_handler()
        json_body = self.body_field is not None
        taking = bool(TAKING & _calls(self.dependant))

        async def once(request: Request) -> Response:
            key = request.headers.get(HEADER)
            if request.method != "POST" or key is None:
                return await handler(request)
            if re.fullmatch(r"[!-~]{1,255}", key) is None:
                raise BadData("Idempotency-Key must be 1 to 255 visible ASCII characters")
            if json_body or not _has_body(request):
                return await _in_transaction(request, handler)
            return await (_spooled if taking else _streamed)(request, handler)

        return once


def watch(request: Request, session: Session) -> None:
    """Let the transaction of a request begin with taking its key."""
    digest: str | None = getattr(request.state, "idempotent_sha256", None)
    if digest is None:
        return

    def take(session: Session, _transaction: object, connection: Connection) -> None:
        ask = Ask(request.state.actor.name, _scoped_key(request), digest)
        kept = idempotency.reserve(connection, ask, now=datetime.now(UTC))
        if kept is not None:
            raise Answered(kept)
        request.state.idempotent_work = (session, ask)

    event.listen(session, "after_begin", take, once=True)


def answer_again(request: Request, database: Database) -> None:
    """Before long work outside a transaction: answer what was answered under the key already."""
    digest: str | None = getattr(request.state, "idempotent_sha256", None)
    if digest is None:
        return
    with database.read() as session:
        ask = Ask(request.state.actor.name, _scoped_key(request), digest)
        kept = idempotency.find(session.connection(), ask)
    if kept is not None:
        raise Answered(kept)


async def replay(request: Request, error: Exception) -> Response:
    """Answer the first answer once more."""
    del request
    assert isinstance(error, Answered)
    headers = {**error.kept.headers, "Idempotent-Replayed": "true"}
    return Response(error.kept.body or b"", error.kept.status, headers)


async def _in_transaction(request: Request, handler: Handler) -> Response:
    digest = hashlib.sha256(_asked(request))
    digest.update(await request.body())
    request.state.idempotent_sha256 = digest.hexdigest()
    return await _kept_with_its_work(request, await handler(request))


async def _kept_with_its_work(request: Request, response: Response) -> Response:
    work: tuple[Session, Ask] | None = getattr(request.state, "idempotent_work", None)
    answer = _kept(response)
    if work is not None and answer is not None:
        # not the threads of the requests: they may all be waiting for this very transaction
        await to_thread.run_sync(idempotency.keep, *work, answer, limiter=CapacityLimiter(1))
    return response


async def _spooled(request: Request, handler: Handler) -> Response:
    # the session is the last dependency: when it begins, the whole body has been read and hashed
    digest = hashlib.sha256(_asked(request))

    async def receive() -> Message:
        message = await request.receive()
        digest.update(message.get("body", b""))
        request.state.idempotent_sha256 = digest.hexdigest()
        return message

    return await _kept_with_its_work(request, await handler(Request(request.scope, receive)))


async def _streamed(request: Request, handler: Handler) -> Response:
    services = request.app.state.services
    now = datetime.now(UTC)
    actor = await to_thread.run_sync(
        authenticate, request, services.settings, services.database, now
    )
    place = (actor.name, _scoped_key(request))
    under_way: set[tuple[str, str]] = request.app.state.under_way
    if place in under_way:
        raise Conflict("a request under this Idempotency-Key is still under way; wait for it")
    under_way.add(place)
    try:
        return await _hashed(request, handler, place)
    finally:
        under_way.discard(place)


async def _hashed(request: Request, handler: Handler, place: tuple[str, str]) -> Response:
    digest = hashlib.sha256(_asked(request))

    async def receive() -> Message:
        message = await request.receive()
        digest.update(message.get("body", b""))
        return message

    database: Database = request.app.state.services.database
    reader = Request(request.scope, receive)
    if await to_thread.run_sync(_is_used, database, place):
        async for _ in reader.stream():
            pass
        ask = Ask(*place, digest.hexdigest())
        raise Answered(await to_thread.run_sync(_first_answer, database, ask))
    response = await handler(reader)
    answer = _kept(response)
    if answer is not None and response.status_code < 400:
        ask = Ask(*place, digest.hexdigest())
        await to_thread.run_sync(_keep_alone, database, ask, answer)
    return response


def _is_used(database: Database, place: tuple[str, str]) -> bool:
    with database.read() as session:
        return idempotency.is_used(session, *place)


def _first_answer(database: Database, ask: Ask) -> Kept:
    with database.read() as session:
        kept = idempotency.find(session.connection(), ask)
    assert kept is not None
    return kept


def _keep_alone(database: Database, ask: Ask, answer: Kept) -> None:
    with database.write.begin() as session:
        if idempotency.reserve(session.connection(), ask, now=datetime.now(UTC)) is None:
            idempotency.keep(session, ask, answer)


def _kept(response: Response) -> Kept | None:
    body: bytes | None = getattr(response, "body", None)
    if body is None or response.headers.get("cache-control") == "no-store":
        return None  # a stream, or a secret that is shown once
    headers = {n: response.headers[n] for n in KEPT_HEADERS if n in response.headers}
    return Kept(response.status_code, headers, bytes(body))


def _scoped_key(request: Request) -> str:
    return f"{request.url.path} {request.headers[HEADER]}"


def _asked(request: Request) -> bytes:
    return f"{request.url.path}?{request.url.query}\n".encode()


def _calls(dependant: Dependant) -> set[Callable[..., Any] | None]:
    return {dependant.call}.union(*(_calls(below) for below in dependant.dependencies))


def _has_body(request: Request) -> bool:
    return (
        request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers
    )
