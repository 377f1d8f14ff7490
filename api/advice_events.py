"""`GET /v1/advice/{id}/events`: what comes of a question after its first answer, as it comes.

An answer that a model words is told claim by claim, each after its check; one that waits for a run
is told when the run has ended. Both end with an event `answer`: the whole of it, as stored.
"""

import asyncio
from collections.abc import AsyncIterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from api.advice import AdviceId
from api.advice_bodies import AdviceView
from api.advice_views import shown
from api.deps import ActorDep, ReadSession, Services
from ops.db import advice, sites
from ops.values import Actor
from ops.work.advise.advisor import Advisor
from ops.work.advise.live import News

router = APIRouter(prefix="/v1/advice", tags=["advice"])
POLL_S = 0.5
LONGEST_S = 3600.0  # a stream of a run that does not end ends itself; the browser comes again


def _visible(advice_id: AdviceId, session: ReadSession, actor: ActorDep) -> str:
    return advice.find(session, actor, advice_id).id


@router.get("/{advice_id}/events", response_class=EventSourceResponse)
async def events(
    advice_id: Annotated[str, Depends(_visible)], request: Request, actor: ActorDep
) -> AsyncIterable[ServerSentEvent]:
    """Follow an advice: `claim` for each checked sentence of a model, `answer` at the end."""
    advisor: Advisor = request.app.state.advisor
    async for news in _told(advisor, advice_id):
        yield ServerSentEvent(event="claim", data=news.value)
    until = asyncio.get_running_loop().time() + LONGEST_S
    while True:
        view = await run_in_threadpool(_read, request, actor, advice_id)
        if (
            not (view.state == "waiting" or view.being_worded)
            or asyncio.get_running_loop().time() > until
        ):
            yield ServerSentEvent(event="answer", data=view)
            return
        await asyncio.sleep(POLL_S)


async def _told(advisor: Advisor, advice_id: str) -> AsyncIterable[News]:
    """Yield what is told of an answer that is being worded, until its end."""
    loop, inbox = asyncio.get_running_loop(), asyncio.Queue[News]()

    def hear(news: News) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody listens any more
            loop.call_soon_threadsafe(inbox.put_nowait, news)

    leave = advisor.live.listen(advice_id, hear)
    if leave is None:
        return
    try:
        while (news := await inbox.get()).kind != "end":
            yield news
    finally:
        leave()


def _read(request: Request, actor: Actor, advice_id: str) -> AdviceView:
    services: Services = request.app.state.services
    advisor: Advisor = request.app.state.advisor
    with services.database.read() as session:
        row = advice.find(session, actor, advice_id)
        worded = advisor.is_worded(row, datetime.now(UTC))
        return shown(row, sites.codes(session), being_worded=worded)
