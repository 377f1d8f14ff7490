"""Life tests: the list, and one of them: its units, revisions, runs, approvals, files in."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.body import Code
from api.coded import AtSite, Number
from api.deps import ActorDep, ReadSession
from api.life_bodies import LifeTestDraft
from api.listing import Cursor, page
from api.pages.coded_runs import NEWEST, newest_runs, takers
from api.pages.shell import VisitDep
from api.render.forms import fields_of
from ops.analyses.life_test_chart import MOST, life_test_chart
from ops.db import life_approvals, life_revisions, life_tests, sites
from ops.db.models.life import LifeApprovalRow, LifeTest, LifeTestRevision
from ops.db.models.plant import Site
from ops.db.models.work import Run
from ops.errors import NotFound
from ops.ingest.life_file import WITHOUT_STATUS
from ops.life_query import LifetimeQuery
from ops.lifetime.document import LifeTestDocument

router = APIRouter(prefix="/life-tests", include_in_schema=False)
ON_A_PAGE = 50


@router.get("", response_class=HTMLResponse)
def listing(
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    archived: bool = False,
    cursor: Cursor = None,
) -> HTMLResponse:
    """List life tests, and the way in for a new one."""
    query = life_tests.listed(actor.scope, archived=archived)
    found, following = page(session, query, life_tests.KEY, limit=ON_A_PAGE, cursor=cursor)
    draft = LifeTestDraft.model_json_schema()
    return visit.show(
        "life_tests.html",
        tests=[(row, _summary(session, row)) for row in found],
        following=following,
        archived=archived,
        codes=sites.codes(session),
        fields=fields_of(draft, {}, without=("document",)),
        facts=fields_of(_document(), {}, base="/document"),
        sites=session.scalars(sites.listed(actor.scope).with_only_columns(Site.code)).all(),
    )


@router.get("/{code}", response_class=HTMLResponse)
def read(
    code: Code,
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    site: AtSite = None,
    revision: Annotated[Number | None, Query()] = None,
) -> HTMLResponse:
    """Show a revision of a life test."""
    row = life_tests.find(session, actor.scope, code, site=site)
    found = life_revisions.find(session, row, revision) if row.newest or revision else None
    document = row.document if found is None else found.document
    told = newest_runs(session, row, "life_test", actor.scope)
    return visit.show(
        "life_test.html",
        test=row,
        site=sites.codes(session).get(row.site_id or 0),
        revision=found,
        document=LifeTestDocument.model_validate(document),
        drawn=_drawn(session, found),
        most=MOST,
        revisions=page(
            session,
            life_revisions.listed(row),
            life_revisions.KEY,
            limit=NEWEST,
            cursor=None,
            descending=True,
        )[0],
        analyses=takers("life_test", LifetimeQuery, row.kind),
        runs=told,
        approvals=_approvals(session, row),
        facts=fields_of(_document(), row.document, base="/document"),
        warnings=visit.words.texts((WITHOUT_STATUS,)),
    )


def _document() -> dict[str, Any]:
    return LifeTestDocument.model_json_schema()


def _summary(session: Session, row: LifeTest) -> dict[str, Any]:
    try:
        return life_revisions.find(session, row).summary
    except NotFound:
        return {}


def _drawn(session: Session, revision: LifeTestRevision | None) -> Any:
    if revision is None:
        return None
    return life_test_chart(life_revisions.rows(session, revision), revision.document)


def _approvals(session: Session, row: LifeTest) -> list[tuple[LifeApprovalRow, str | None]]:
    """Newest approvals, each with the analysis of its run if that is still there."""
    given = life_approvals.listed(row).order_by(LifeApprovalRow.id.desc()).limit(NEWEST)
    found = list(session.scalars(given))
    wanted = select(Run.id, Run.analysis).where(Run.id.in_([a.run_id for a in found]))
    named = dict(list(session.execute(wanted)))
    return [(a, named.get(a.run_id)) for a in found]
