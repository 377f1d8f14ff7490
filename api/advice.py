"""The advisor: ask, read what was answered, say what became of it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi import Path as InPath

from api import etag, idempotency
from api.advice_bodies import (
    AdviceJudgement,
    AdviceOutcome,
    AdviceQuestion,
    AdviceSummary,
    AdviceTrail,
    AdviceView,
)
from api.advice_views import shown, summarised, trail_of
from api.body import Instant
from api.deps import ActorDep, Engineer, Now, ReadSession, ServicesDep, Submitter, WriteSession
from api.etag import IfMatch
from api.listing import Cursor, Limit, Listing, page
from ops.db import advice, sites
from ops.db.advice import AdviceFilter
from ops.work.advise.advisor import Advisor
from ops.work.learn import learn_from_outcome

router = APIRouter(prefix="/v1/advice", tags=["advice"])

AdviceId = Annotated[str, InPath(pattern=r"^[0-9a-f\-]{36}$", description="Id of the advice.")]
Mine = Annotated[bool, Query(description="Only what the caller asked.")]
OfSite = Annotated[str | None, Query(max_length=100, description="Only of this site, by its code.")]
InState = Annotated[
    Literal["waiting", "answered", "refused"] | None, Query(description="Only in this state.")
]


@router.post("", status_code=201)
def ask(
    body: AdviceQuestion,
    request: Request,
    services: ServicesDep,
    actor: ActorDep,
    now: Now,
    session: WriteSession,
    response: Response,
) -> AdviceView:
    """Ask: the rules answer at once; a language model, if there is one, words it afterwards.

    What-if questions about plans submit a run and wait for it: roles engineer and planner may.
    Follow `links.events` for what comes later. Nothing else is changed by an answer.
    """
    idempotency.answer_again(request, services.database)
    advisor: Advisor = request.app.state.advisor
    draft = advisor.drafted(body.question(), actor, now=now)
    row = advisor.kept(session, draft, actor=actor, now=now)
    worded = body.wording == "auto" and advisor.words_later(session, row, draft, actor)
    response.headers["Location"] = f"/v1/advice/{row.id}"
    etag.tag(response, row.row_version)
    return shown(row, sites.codes(session), being_worded=worded)


@router.get("")
def listing(
    session: ReadSession,
    actor: ActorDep,
    site: OfSite = None,
    mine: Mine = False,
    state: InState = None,
    since: Annotated[Instant | None, Query(description="Asked from then on.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Listing[AdviceSummary]:
    """List what was asked about the caller's sites, the newest first."""
    wanted = AdviceFilter(
        site_id=sites.id_of(session, actor.scope, site),
        asked_by=actor.name if mine else None,
        state=state,
        since=since,
    )
    query = advice.listed(actor, wanted).options(*advice.BRIEF)
    rows, following = page(session, query, advice.KEY, limit=limit, cursor=cursor, descending=True)
    codes = sites.codes(session)
    return Listing(
        items=[summarised(row, codes) for row in rows if advice.is_within(row, actor)],
        next=following,
    )


@router.get("/{advice_id}")
def read(
    advice_id: AdviceId,
    request: Request,
    session: ReadSession,
    actor: ActorDep,
    now: Now,
    response: Response,
) -> AdviceView:
    """Read one advice with all its evidence."""
    row = advice.find(session, actor, advice_id)
    advisor: Advisor = request.app.state.advisor
    etag.tag(response, row.row_version)
    return shown(row, sites.codes(session), being_worded=advisor.is_worded(row, now))


@router.get("/{advice_id}/trail")
def trail(advice_id: AdviceId, session: ReadSession, actor: Engineer) -> AdviceTrail:
    """Read all that an answer was made of: prompt, context, model, raw output, what was checked."""
    return trail_of(advice.find(session, actor, advice_id))


@router.post("/{advice_id}/verdict")
def judge(
    advice_id: AdviceId,
    body: AdviceJudgement,
    session: WriteSession,
    actor: Submitter,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> AdviceView:
    """Accept or reject an advice; who accepts it carries it out, nothing does so by itself."""
    row = advice.find(session, actor, advice_id)
    etag.check(if_match, row.row_version)
    advice.judge(session, row, body.verdict, body.said, actor=actor, now=now)
    etag.tag(response, row.row_version)
    return shown(row, sites.codes(session))


@router.post("/{advice_id}/outcome")
def conclude(
    advice_id: AdviceId,
    body: AdviceOutcome,
    session: WriteSession,
    actor: Submitter,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> AdviceView:
    """Say what came of an advice: the memories that it used are trusted more, or less."""
    row = advice.find(session, actor, advice_id)
    etag.check(if_match, row.row_version)
    advice.conclude(session, row, body.outcome, body.said, actor=actor, now=now)
    learn_from_outcome(session, row, actor=actor, now=now)
    etag.tag(response, row.row_version)
    return shown(row, sites.codes(session))
