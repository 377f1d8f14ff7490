"""Which characteristics a query means, within the scope of who asks."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.db.models.plant import Characteristic, Site
from ops.db.sites import with_code, within
from ops.errors import NotFound
from ops.query import MeasurementQuery

Selected = tuple[Characteristic, Site]


def selected(session: Session, query: MeasurementQuery) -> tuple[Selected, ...]:
    """Find the characteristics of a query, each with its site, by site code and code.

    Raises
    ------
    NotFound
        If the site or one of the codes does not exist within the scope.
    """
    found = (
        select(Characteristic, Site)
        .join(Site, Site.id == Characteristic.site_id)
        .where(within(Site.id, query.scope))
        .order_by(Site.code, Characteristic.code)
    )
    if query.site is not None:
        found = found.where(Site.id == with_code(session, query.scope, query.site).id)
    if query.characteristics:
        found = found.where(Characteristic.code.in_(query.characteristics))
    rows = tuple((row, site) for row, site in session.execute(found))
    known = {row.code for row, _ in rows}
    for code in query.characteristics:
        if code not in known:
            where = "" if query.site is None else f" at site {query.site!r}"
            raise NotFound(f"there is no characteristic {code!r}{where}")
    return rows
