"""Scenarios: the list, and one of them: map, tables to edit, flaws, revisions, its runs."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from api.body import Code
from api.coded import AtSite, Number
from api.deps import ActorDep, ReadSession
from api.listing import Cursor, page
from api.pages.scenario_tables import PARTS, sheets_of
from api.pages.shell import VisitDep
from ops.analyses.network_map import scenario_map
from ops.analyses.registry import all_analyses
from ops.analyses.scenario_uses import uses
from ops.analysis import AnyAnalysis
from ops.db import runs, scenario_revisions, scenarios, sites
from ops.db.models.network import StoredScenario
from ops.db.models.plant import Site
from ops.db.models.work import Run
from ops.values import Scope
from solvers.scenario.validate import flaws as flaws_of

router = APIRouter(prefix="/scenarios", include_in_schema=False)
ON_A_PAGE = 50
FLAWS = 50
NEWEST = 12
LARGE = 5_000_000  # bytes of a document that is not drawn nor shown in tables


@router.get("", response_class=HTMLResponse)
def listing(
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    archived: bool = False,
    cursor: Cursor = None,
) -> HTMLResponse:
    """List scenarios, and the way in for a new one."""
    query = scenarios.listed(actor.scope, archived=archived)
    found, following = page(session, query, scenarios.KEY, limit=ON_A_PAGE, cursor=cursor)
    return visit.show(
        "scenarios.html",
        scenarios=found,
        following=following,
        archived=archived,
        codes=sites.codes(session),
        sites=session.scalars(sites.listed(actor.scope).order_by(Site.code)).all(),
    )


@router.get("/{code}", response_class=HTMLResponse)
def read(
    code: Code,
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    site: AtSite = None,
    revision: Annotated[Number | None, Query()] = None,
    part: Annotated[str, Query(max_length=40)] = "",
    find: Annotated[str, Query(max_length=100)] = "",
) -> HTMLResponse:
    """Show a revision of a scenario."""
    row = scenarios.find(session, actor.scope, code, site=site)
    found = scenario_revisions.find(session, row, revision)
    query = scenario_revisions.listed(row)
    return visit.show(
        "scenario.html",
        scenario=row,
        site=sites.codes(session).get(row.site_id or 0),
        revision=found,
        revisions=page(
            session, query, scenario_revisions.KEY, limit=NEWEST, cursor=None, descending=True
        )[0],
        parts=PARTS,
        chosen={"part": part if part in PARTS else "", "find": find},
        analyses=planning(),
        runs=_runs_of(session, row, actor.scope),
        **_content(session, found, part, find),
    )


def _content(session: Session, revision: Any, part: str, find: str) -> dict[str, Any]:
    """Collect what is shown of the document; of a very large one only that it is."""
    if revision.size > LARGE:
        return {"large": True, "sheets": [], "drawn": None, "flaws": [], "flaw_count": None,
                "uses": ()}  # fmt: skip
    document = scenario_revisions.document(session, revision)
    flaws = flaws_of(document)
    return {
        "large": False,
        "sheets": sheets_of(document, part=part, find=find),
        "drawn": scenario_map(document, title="The network"),
        "flaws": flaws[:FLAWS],
        "flaw_count": len(flaws),
        "uses": uses(document) if flaws else (),
    }


def planning() -> list[AnyAnalysis]:
    """Every analysis that takes a scenario."""
    return [a for a in all_analyses() if "scenario" in a.params.model_fields]


def _runs_of(session: Session, row: StoredScenario, scope: Scope) -> list[Run]:
    """Newest runs of a scenario."""
    names = [analysis.name for analysis in planning()]
    ours = runs.visible(scope).options(*runs.BRIEF)
    ours = ours.where(Run.analysis.in_(names), Run.params["scenario"].as_string() == row.code)
    return list(session.scalars(ours.order_by(Run.submitted_at.desc(), Run.id).limit(NEWEST)))
