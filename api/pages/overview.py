"""The first page: what needs attention now."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from api.deps import ActorDep, ReadSession
from api.pages.shell import VisitDep
from ops.db import attention, characteristics, sites
from ops.db.attention import Said
from ops.db.glance import glances, packages
from ops.db.ledger_glance import newest_ledgers
from ops.db.models.plant import Site
from ops.page import Verdict
from ops.prediction import QUANTITIES
from ops.values import Scope

router = APIRouter(include_in_schema=False)
DAYS = 30  # of the chart that a verdict leads to
SHOWN_FIRST = 8  # concerns of one gravity; the others are folded


@router.get("/", response_class=HTMLResponse)
def overview(
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    site: Annotated[str, Query(max_length=100)] = "",
    tool: Annotated[str, Query(max_length=200)] = "",
    package: Annotated[str, Query(max_length=200)] = "",
) -> HTMLResponse:
    """Show verdicts that are not good, failed runs, and every characteristic at a glance."""
    site_id = sites.id_of(session, actor.scope, site or None)
    known = packages(session, actor.scope, site_id=site_id)
    said = attention.newest_verdicts(session, actor.scope, now=visit.now, site=site or None)
    if package:
        said = attention.about_package(said, package, known)
    return visit.show(
        "overview.html",
        concerns=attention.concerns(said, tool=tool or None),
        shown_first=SHOWN_FIRST,
        model_of=_model_of,
        chart_of=partial(_chart_of, _known(session, actor.scope, said)),
        good=[one for one in said if one.verdict.level == "good"],
        tools=sorted({one.title for one in attention.concerns(said) if one.kind == "tool"}),
        ledgers=newest_ledgers(session, actor.scope, now=visit.now, site=site or None),
        quantities=QUANTITIES,
        failed=attention.failed(session, actor.scope, now=visit.now),
        packages=sorted(set(known.values())),
        glances=glances(session, actor.scope, site_id=site_id, package=package or None),
        codes=sites.codes(session),
        sites=session.scalars(sites.listed(actor.scope).order_by(Site.code)).all(),
        chosen={"site": site, "tool": tool, "package": package},
    )


def _model_of(verdict: Verdict) -> str | None:
    """Address of the model that a verdict is about."""
    about = verdict.subject
    if about is None or "model" not in about.factors:
        return None
    site = f"?{urlencode({'site': about.site})}" if about.site else ""
    return f"/models/{quote(about.factors['model'], safe='')}{site}"


def _known(session: Session, scope: Scope, said: Sequence[Said]) -> dict[tuple[str, str], int]:
    """Ids of the characteristics that something is said about."""
    subjects = [one.verdict.subject for one in said]
    codes = {subject.characteristic for subject in subjects if subject and subject.characteristic}
    return characteristics.ids(session, scope, codes)


def _chart_of(known: Mapping[tuple[str, str], int], verdict: Verdict) -> str | None:
    """Address of the control chart of what a verdict is about, of the guilty stratum alone."""
    about = verdict.subject
    key = about and known.get((about.site or "", about.characteristic or ""))
    if about is None or key is None:
        return None
    where = [("where", f"{name}:{level}") for name, level in about.factors.items()]
    return f"/characteristics/{key}?{urlencode([('days', DAYS), *where])}"
