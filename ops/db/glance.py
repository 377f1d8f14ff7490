"""A characteristic at a glance: its newest values, for a sparkline."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.db import characteristics, contexts
from ops.db.models.data import Measurement
from ops.db.models.plant import Characteristic, Site
from ops.values import Scope, Status

NEWEST = 240  # values that a sparkline is made of
STEPS = 40
PACKAGE = "package"  # factor that says what a characteristic was measured on


@dataclass(frozen=True, slots=True)
class Glance:
    """The newest values of a characteristic, as means of equal runs of values, oldest first."""

    id: int
    site_id: int
    code: str
    title: str
    unit: str
    means: tuple[float, ...]
    last_at: datetime | None


def glances(
    session: Session,
    scope: Scope,
    *,
    site_id: int | None = None,
    find: str | None = None,
    package: str | None = None,
    most: int = 60,
) -> list[Glance]:
    """Glances of the first characteristics of a scope, by code.

    Parameters
    ----------
    find
        Part of the code or the title.
    package
        Package that was measured last.
    """
    query = characteristics.listed(scope, site_id=site_id).order_by(Characteristic.code)
    if find:
        code, title = Characteristic.code, Characteristic.title
        query = query.where(
            code.icontains(find, autoescape=True) | title.icontains(find, autoescape=True)
        )
    if package:
        query = query.where(contexts.newest_level(PACKAGE) == package)
    return [glance(session, found) for found in session.scalars(query.limit(most))]


def glance(session: Session, of: Characteristic) -> Glance:
    """Glance of one characteristic."""
    newest = (
        select(Measurement.ts, Measurement.value)
        .where(Measurement.characteristic_id == of.id, Measurement.status != int(Status.VOID))
        .order_by(Measurement.ts.desc(), Measurement.seq.desc())
        .limit(NEWEST)
    )
    rows = list(session.execute(newest))
    values = [float(value) for _, value in reversed(rows)]
    last_at = rows[0][0] if rows else None
    return Glance(of.id, of.site_id, of.code, of.title, of.unit, _means(values), last_at)


def packages(
    session: Session, scope: Scope, *, site_id: int | None = None
) -> dict[tuple[str, str], str]:
    """Package that was measured last, by site and code of the characteristics that know one."""
    level = contexts.newest_level(PACKAGE)
    of_scope = characteristics.listed(scope, site_id=site_id).where(level.is_not(None))
    query = of_scope.join(Site, Site.id == Characteristic.site_id).with_only_columns(
        Site.code, Characteristic.code, level
    )
    return {(site, code): package for site, code, package in session.execute(query)}


def _means(values: list[float]) -> tuple[float, ...]:
    step = max(1, len(values) // STEPS)
    chunks = [values[i : i + step] for i in range(0, len(values) - step + 1, step)]
    return tuple(sum(chunk) / len(chunk) for chunk in chunks)
