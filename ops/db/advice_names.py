"""Names that a question may hold: sites, tools, characteristics and whatever else has a code."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from ops.db import sites
from ops.db.models.classify import Dataset, Model
from ops.db.models.control import Finding
from ops.db.models.life import LifeTest
from ops.db.models.network import StoredScenario
from ops.db.models.plant import Characteristic, Site, Tool
from ops.values import Scope

MOST = 5000  # of a kind
MOST_ALERTS = 1000  # the newest ones that are not closed
_SHELVES = (
    ("tool", Tool, None),
    ("characteristic", Characteristic, None),
    ("model", Model, Model.archived_at),
    ("scenario", StoredScenario, StoredScenario.archived_at),
    ("life-test", LifeTest, LifeTest.archived_at),
    ("dataset", Dataset, Dataset.archived_at),
)


class NameRow(NamedTuple):
    """A thing by its kind (as in a question), its code and title, and the code of its site."""

    kind: str
    code: str
    title: str
    site: str | None


def names_of(session: Session, scope: Scope, site: str | None = None) -> tuple[NameRow, ...]:
    """Things of a scope, or of one site of it and of none, by kind and code; nothing archived.

    Alerts are those that are not closed: their code is their number.

    Raises
    ------
    NotFound
        If the site is not in the scope.
    """
    site_id = sites.id_of(session, scope, site)
    of_scope = sites.listed(scope).with_only_columns(Site.id, Site.code, Site.title)
    rows = [
        row for row in session.execute(of_scope.order_by(Site.code)) if site_id in (None, row[0])
    ]
    codes: dict[int | None, str] = {row[0]: row[1] for row in rows}
    of_sites = tuple(NameRow("site", row[1], row[2], row[1]) for row in rows)
    return (
        *of_sites,
        *_shelved(session, scope, site_id, codes),
        *_alerts(session, scope, site_id, codes),
    )


def _shelved(
    session: Session, scope: Scope, site_id: int | None, codes: Mapping[int | None, str]
) -> Iterator[NameRow]:
    for kind, model, archived in _SHELVES:
        column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None] = model.site_id
        query = select(model.code, model.title, column).where(_here(column, scope, site_id))
        if archived is not None:
            query = query.where(archived.is_(None))
        for code, title, home in session.execute(query.order_by(model.code, model.id).limit(MOST)):
            yield NameRow(kind, code, title, codes.get(home))


def _alerts(
    session: Session, scope: Scope, site_id: int | None, codes: Mapping[int | None, str]
) -> Iterator[NameRow]:
    query = select(Finding.id, Finding.site_id).where(
        _here(Finding.site_id, scope, site_id), Finding.state != "closed"
    )
    for number, home in session.execute(query.order_by(Finding.id.desc()).limit(MOST_ALERTS)):
        yield NameRow("alert", str(number), "", codes.get(home))


def _here(
    column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
    scope: Scope,
    site_id: int | None,
) -> ColumnElement[bool]:
    """Condition that a row is of the scope, and of the site or of none."""
    inside = sites.within(column, scope)
    one = true() if site_id is None else or_(column == site_id, column.is_(None))
    return inside & one
