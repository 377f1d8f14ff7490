"""One version of a chart design: limits, phase I with what was left out, rules, what changed."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.body import Id
from api.chart_designs import difference
from api.deps import ActorDep, ReadSession
from api.pages.shell import VisitDep
from ops.db import characteristics, chart_designs, sites
from ops.db.chart_designs import DesignFilter
from ops.db.models.control import ChartDesignRow
from ops.db.types import from_micros
from ops.spc.design import ChartDesign

router = APIRouter(prefix="/chart-designs", include_in_schema=False)
MOST = 200
_MEMORY = {
    "ewma": ("lambda_", "width"),
    "cusum": ("k", "h", "headstart"),
    "moving-average": ("span", "width"),
}


@router.get("/{design_id}", response_class=HTMLResponse)
def read(design_id: Id, visit: VisitDep, session: ReadSession, actor: ActorDep) -> HTMLResponse:
    """Show a version of a chart design."""
    row = chart_designs.get(session, actor.scope, design_id)
    characteristic = characteristics.get(session, actor.scope, row.characteristic_id)
    same = chart_designs.listed(actor.scope, DesignFilter(characteristic.id, name=row.name))
    return visit.show(
        "chart_design.html",
        row=row,
        design=(design := ChartDesign.model_validate(row.document)),
        settings=_settings(design),
        characteristic=characteristic,
        site=sites.get(session, actor.scope, characteristic.site_id),
        versions=session.scalars(same.order_by(ChartDesignRow.number.desc()).limit(MOST)).all(),
        changes=difference(chart_designs.before(session, row), row).changes[:MOST],
        instant=from_micros,
        most=MOST,
    )


def _settings(design: ChartDesign) -> dict[str, Any]:
    """Collect the settings that this kind of chart has."""
    return {name: getattr(design, name) for name in _MEMORY.get(design.kind, ("width",))}
