"""Versions of a model up close: the card, several side by side, predictions by hand."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.body import Code
from api.coded import AtSite
from api.deps import ActorDep, ReadSession
from api.model_bodies import OfVersion
from api.model_cards import card_of
from api.model_versions import Compared, data_of
from api.pages.shell import VisitDep
from api.render.overlay import overlaid
from ops.classify.side_by_side import differences, scores_of, side_by_side
from ops.db import model_aliases, model_scores, model_versions, sites
from ops.db.model_aliases import CHAMPION
from ops.db.model_shelf import SHELF
from ops.work.model_inputs import inputs_of

router = APIRouter(prefix="/models/{code}", include_in_schema=False)
MOST_FIELDS = 60  # inputs that get a field; a row of more is sent as a file


@router.get("/compare", response_class=HTMLResponse)
def compare(
    code: Code,
    versions: Compared,
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    site: AtSite = None,
) -> HTMLResponse:
    """Show versions side by side."""
    row = SHELF.find(session, actor.scope, code, site=site)
    asked = [model_versions.find(session, row, name) for name in versions.split(",")]
    found = list({v.number: v for v in asked}.values())
    metrics = model_scores.of(session, row, [v.number for v in found])
    cards = {str(v.number): card for v in found if (card := card_of(v)) is not None}
    return visit.show(
        "model_compare.html",
        model=row,
        site=sites.codes(session).get(row.site_id or 0),
        versions=found,
        aliases=model_aliases.current(session, row),
        rows=side_by_side([metrics[v.number] for v in found]),
        data=differences([data_of(v) for v in found]),
        spec=differences([v.spec for v in found]),
        libraries=differences([v.libraries for v in found]),
        charts=overlaid(cards) if len(cards) == len(found) else [],
    )


@router.get("/versions/{number}", response_class=HTMLResponse)
def version(
    code: Code,
    number: OfVersion,
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    site: AtSite = None,
) -> HTMLResponse:
    """Show one version: its card, its scores, what it is made of."""
    row = SHELF.find(session, actor.scope, code, site=site)
    found = model_versions.find(session, row, number)
    metrics = model_scores.of(session, row, [number])[number]
    named = model_aliases.current(session, row)
    return visit.show(
        "model_version.html",
        model=row,
        site=sites.codes(session).get(row.site_id or 0),
        version=found,
        names=[name for name, alias in named.items() if alias.number == number],
        scores=scores_of(metrics),
        headline=metrics.get("headline"),
        page=card_of(found),
    )


@router.get("/predict", response_class=HTMLResponse)
def predict(
    code: Code,
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    alias: Annotated[str, Query(pattern=r"^[0-9A-Za-z_\-]{1,32}$")] = CHAMPION,
    site: AtSite = None,
) -> HTMLResponse:
    """Show a form made of what the model asks for, and the answers."""
    row = SHELF.find(session, actor.scope, code, site=site)
    named = model_aliases.current(session, row)
    number = model_versions.number_of(session, row, alias)
    found = None if number is None else model_versions.find(session, row, number)
    inputs = () if found is None else inputs_of(session, found)
    return visit.show(
        "model_predict.html",
        model=row,
        site=sites.codes(session).get(row.site_id or 0),
        alias=alias,
        aliases=named,
        version=found,
        inputs=inputs[:MOST_FIELDS],
        more=max(0, len(inputs) - MOST_FIELDS),
        names=[field.name for field in inputs],
    )
