"""Characteristics: what is measured, in a unit that is fixed once there are data."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ops.db import edits, sites
from ops.db.models.data import Measurement
from ops.db.models.plant import Characteristic, Site
from ops.errors import BadData, Conflict, NotFound, Problem
from ops.values import Actor, Scope

KEY = (Characteristic.id,)
_NEWEST = 200


def listed(
    scope: Scope, *, site_id: int | None = None, code: str | None = None
) -> Select[Characteristic]:
    """Characteristics of the scope, of one site, of one code."""
    query = select(Characteristic).where(sites.within(Characteristic.site_id, scope))
    if site_id is not None:
        query = query.where(Characteristic.site_id == site_id)
    return query if code is None else query.where(Characteristic.code == code)


def get(session: Session, scope: Scope, characteristic_id: int) -> Characteristic:
    """One characteristic of the scope."""
    found = session.scalar(listed(scope).where(Characteristic.id == characteristic_id))
    if found is None:
        raise NotFound(f"there is no characteristic {characteristic_id}")
    return found


def with_code(session: Session, site: Site, code: str) -> Characteristic:
    """Characteristic of a code at a site."""
    of_site = select(Characteristic).where(Characteristic.site_id == site.id)
    found = session.scalar(of_site.where(Characteristic.code == code))
    if found is None:
        raise NotFound(f"there is no characteristic {code!r} at the site {site.code!r}")
    return found


def codes(session: Session, ids: set[int]) -> dict[int, str]:
    """Codes of characteristics by their ids."""
    query = select(Characteristic.id, Characteristic.code).where(Characteristic.id.in_(ids))
    return dict(list(session.execute(query)))


def ids(session: Session, scope: Scope, codes: Collection[str]) -> dict[tuple[str, str], int]:
    """Ids of the characteristics of some codes, by site and code."""
    of_them = listed(scope).where(Characteristic.code.in_(codes))
    query = of_them.join(Site, Site.id == Characteristic.site_id).with_only_columns(
        Site.code, Characteristic.code, Characteristic.id
    )
    return {(site, code): key for site, code, key in session.execute(query)}


def create(
    session: Session, site: Site, fields: Mapping[str, Any], *, actor: Actor, now: datetime
) -> Characteristic:
    """Add a characteristic to a site."""
    row = Characteristic(**fields, site_id=site.id, created_at=now)
    _check_gauge(row.gauge_lower, row.gauge_upper)
    taken = f"there is a characteristic {row.code!r} at the site {site.code!r} already"
    edits.add(session, row, actor=actor, now=now, site_id=site.id, taken=taken)
    return row


def change(
    session: Session,
    row: Characteristic,
    changes: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Edit a characteristic.

    Raises
    ------
    Conflict
        If the unit or the kind would change under data that were measured in the old one.
    """
    fixed = [n for n in ("unit", "kind") if n in changes and changes[n] != getattr(row, n)]
    if fixed and has_data(session, row.id):
        raise Conflict(
            f"{row.code!r} has data in {row.unit!r}: its {fixed[0]} is fixed;"
            " make a new characteristic, or convert at ingest"
        )
    _check_gauge(
        changes.get("gauge_lower", row.gauge_lower), changes.get("gauge_upper", row.gauge_upper)
    )
    edits.change(session, row, changes, actor=actor, now=now, site_id=row.site_id)


def remove(session: Session, row: Characteristic, *, actor: Actor, now: datetime) -> None:
    """Delete a characteristic that nothing refers to."""
    used = f"the characteristic {row.code!r} has data, limits, events or baselines; it stays"
    if has_data(session, row.id):
        raise Conflict(used)
    edits.remove(session, row, actor=actor, now=now, site_id=row.site_id, used=used)


def has_data(session: Session, characteristic_id: int) -> bool:
    """Whether anything was measured of a characteristic."""
    of_it = select(Measurement.seq).where(Measurement.characteristic_id == characteristic_id)
    return session.scalar(of_it.limit(1)) is not None


def is_subgrouped(session: Session, characteristic_id: int) -> bool:
    """Whether the newest measurements of a characteristic name their subgroup."""
    newest = (
        select(Measurement.subgroup)
        .where(Measurement.characteristic_id == characteristic_id)
        .order_by(Measurement.ts.desc(), Measurement.seq.desc())
        .limit(_NEWEST)
    )
    return any(subgroup is not None for subgroup in session.scalars(newest))


def _check_gauge(lower: float | None, upper: float | None) -> None:
    if lower is not None and upper is not None and not lower < upper:
        problem = Problem("/gauge_upper", f"must be above gauge_lower {lower}")
        raise BadData(f"gauge_lower {lower} is not below gauge_upper {upper}", (problem,))
