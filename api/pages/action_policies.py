"""Action policies: the list, and one of them with its actions, costs and rules, to edit."""

import re

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.action_policies import EXAMPLE
from api.body import Id
from api.deps import ActorDep, ReadSession
from api.listing import Cursor, page
from api.pages.shell import VisitDep
from ops.db import action_policies, sites
from ops.db.models.plant import Site
from ops.drift.policy import ActionPolicy, EvidencePattern
from ops.drift.reason import SENTENCES
from ops.page_value import Number, Phrase

router = APIRouter(prefix="/action-policies", include_in_schema=False)
ON_A_PAGE = 50
_PLACE = re.compile(r"\{\w+\}\.?")


@router.get("", response_class=HTMLResponse)
def listing(
    visit: VisitDep, session: ReadSession, actor: ActorDep, cursor: Cursor = None
) -> HTMLResponse:
    """List action policies, and the way in for a new one."""
    query = action_policies.listed(actor.scope)
    found, following = page(session, query, action_policies.KEY, limit=ON_A_PAGE, cursor=cursor)
    return visit.show(
        "action_policies.html",
        policies=[(row, ActionPolicy.model_validate(row.document)) for row in found],
        following=following,
        codes=sites.codes(session),
        sites=session.scalars(sites.listed(actor.scope).order_by(Site.code)).all(),
        example=EXAMPLE,
    )


@router.get("/{policy_id}", response_class=HTMLResponse)
def read(policy_id: Id, visit: VisitDep, session: ReadSession, actor: ActorDep) -> HTMLResponse:
    """Show an action policy."""
    row = action_policies.get(session, actor.scope, policy_id)
    policy = ActionPolicy.model_validate(row.document)
    return visit.show(
        "action_policy.html",
        row=row,
        policy=policy,
        site=sites.get(session, actor.scope, row.site_id),
        rules=[(rule, asked(rule.when)) for rule in policy.rules],
        reasons={name: _PLACE.sub("…", visit.words.text(text)) for name, text in SENTENCES.items()},
    )


def asked(pattern: EvidencePattern) -> list[Phrase]:
    """Say what a rule asks beside mechanisms and methods, clause by clause."""
    of = Phrase.of
    clauses = (
        (pattern.shown == "no-drift", of("shown to be none")),
        (pattern.shown is None, of("drift or none")),
        (pattern.direction == "up", of("upwards")),
        (pattern.direction == "down", of("downwards")),
        (
            pattern.least_share > 0,
            of(
                "at least {share} of the tolerance, a slope over {days} days",
                share=Number(value=pattern.least_share, percent=True),
                days=Number(value=pattern.slope_days),
            ),
        ),
        (
            pattern.least_sigma > 0,
            of("at least {sigmas} sigma", sigmas=Number(value=pattern.least_sigma)),
        ),
        (
            pattern.agreeing > 1,
            of("by {methods} methods at least", methods=Number(value=pattern.agreeing)),
        ),
        (pattern.shrinking, of("the time between corrections shrinks")),
        (
            pattern.after_actions > 0,
            of("after {times} or more earlier actions", times=Number(value=pattern.after_actions)),
        ),
    )
    return [phrase for holds, phrase in clauses if holds]
