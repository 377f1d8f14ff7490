"""Which characteristics a query means, within the scope of who asks."""

from difflib import get_close_matches

from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.db.models.plant import Characteristic, Site
from ops.db.sites import with_code, within
from ops.errors import NotFound
from ops.query import MeasurementQuery

Selected = tuple[Characteristic, Site]
_MOST = 1000  # codes among which the nearest is looked for


def selected(session: Session, query: MeasurementQuery) -> tuple[Selected, ...]:
    """Find the characteristics of a query, each with its site, by site code and code.

    Raises
    ------
    NotFound
        If the site or one of the codes does not exist within the scope.
    """
    of_scope = (
        select(Characteristic, Site)
        .join(Site, Site.id == Characteristic.site_id)
        .where(within(Site.id, query.scope))
        .order_by(Site.code, Characteristic.code)
    )
    if query.site is not None:
        of_scope = of_scope.where(Site.id == with_code(session, query.scope, query.site).id)
    found = of_scope
    if query.characteristics:
        found = of_scope.where(Characteristic.code.in_(query.characteristics))
    rows = tuple((row, site) for row, site in session.execute(found))
    known = {row.code for row, _ in rows}
    for code in query.characteristics:
        if code not in known:
            where = "" if query.site is None else f" at site {query.site!r}"
            codes = session.scalars(of_scope.with_only_columns(Characteristic.code).limit(_MOST))
            near = get_close_matches(code, codes.all(), n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise NotFound(f"there is no characteristic {code!r}{where}{hint}")
    return rows
