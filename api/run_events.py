"""`GET /v1/runs/{id}/events`: the state of a run as server-sent events.

The one `async` endpoint: a stream held by a request thread would keep one of a few. All streams of
this process are fed by one poller, which reads the watched rows a few times a second.
"""

import asyncio
from collections.abc import AsyncIterable
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from sqlalchemy import select
from starlette.concurrency import run_in_threadpool

from api.deps import ActorDep, ReadSession
from api.runs import RunId, RunSummary, summary
from ops.db import runs
from ops.db.away import AWAY
from ops.db.engine import Database
from ops.db.models.work import Run

router = APIRouter(prefix="/v1/runs", tags=["runs"])
POLL_S = 0.3
AWAY_S = 2.0


class Poller:
    """Watches rows for all streams of this process while there are any."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._streams: dict[str, set[asyncio.Queue[RunSummary | None]]] = {}
        self._task: asyncio.Task[None] | None = None

    async def follow(self, run_id: str) -> AsyncIterable[RunSummary]:
        """Yield the state of a run at once, at every change, and for the last time at its end."""
        inbox: asyncio.Queue[RunSummary | None] = asyncio.Queue()
        self._streams.setdefault(run_id, set()).add(inbox)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._poll())
        try:
            last: RunSummary | None = None
            while True:
                state = await inbox.get()
                if state is None:
                    return
                if state != last:
                    yield state
                last = state
                if state.state not in runs.LIVE:
                    return
        finally:
            self._streams[run_id].discard(inbox)
            if not self._streams[run_id]:
                del self._streams[run_id]

    async def _poll(self) -> None:
        while self._streams:
            watched = list(self._streams)
            try:
                found = await run_in_threadpool(self._read, watched)
            except AWAY:  # the streams stay open and go on when it is back
                await asyncio.sleep(AWAY_S)
                continue
            for run_id in watched:
                for inbox in self._streams.get(run_id, ()):
                    inbox.put_nowait(found.get(run_id))
            await asyncio.sleep(POLL_S)

    def _read(self, run_ids: list[str]) -> dict[str, RunSummary]:
        with self._database.read() as session:
            rows = session.scalars(select(Run).where(Run.id.in_(run_ids)).options(*runs.BRIEF))
            return {run.id: RunSummary(**summary(run)) for run in rows}


def _visible(run_id: RunId, session: ReadSession, actor: ActorDep) -> str:
    return runs.find(session, run_id, actor.scope).id


@router.get("/{run_id}/events", response_class=EventSourceResponse)
async def events(
    run_id: Annotated[str, Depends(_visible)], request: Request
) -> AsyncIterable[ServerSentEvent]:
    """Follow a run: an event `run` at every change; the stream ends when the run ends."""
    poller: Poller = request.app.state.poller
    async for state in poller.follow(run_id):
        yield ServerSentEvent(event="run", data=state)
