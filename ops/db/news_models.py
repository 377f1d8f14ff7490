"""Models that moved between two moments: aliases and new versions."""

from datetime import datetime

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from ops.advise.digest.news import AliasMove, NewVersion
from ops.db import sites
from ops.db.models.classify import Model, ModelPromotion, ModelVersion
from ops.db.models.plant import Site
from ops.db.types import to_micros
from ops.values import Scope

MOST = 200


def moves(
    session: Session, scope: Scope, since: datetime, now: datetime, site: str | None
) -> tuple[AliasMove, ...]:
    """List moves of aliases after `since`, up to `now`, the newest first."""
    query = (
        select(ModelPromotion, Model.code, Site.code)
        .join(Model, Model.id == ModelPromotion.model_id)
        .outerjoin(Site, Site.id == Model.site_id)
        .where(sites.within(Model.site_id, scope), _at(site))
        .where(ModelPromotion.moved_at > since, ModelPromotion.moved_at <= now)
        .order_by(ModelPromotion.moved_at.desc(), ModelPromotion.id.desc())
        .limit(MOST)
    )
    return tuple(
        AliasMove(
            id=row.id, model=model, alias=row.alias, number=row.number, previous=row.previous,
            at=to_micros(row.moved_at), site=code,
        )
        for row, model, code in session.execute(query)
    )  # fmt: skip


def versions(
    session: Session, scope: Scope, since: datetime, now: datetime, site: str | None
) -> tuple[NewVersion, ...]:
    """List versions that were registered after `since`, up to `now`, the newest first."""
    columns = (ModelVersion.number, ModelVersion.run_id, ModelVersion.created_at)
    query = (
        select(*columns, Model.code.label("model"), Site.code.label("site"))
        .join(Model, Model.id == ModelVersion.model_id)
        .outerjoin(Site, Site.id == Model.site_id)
        .where(sites.within(Model.site_id, scope), _at(site))
        .where(ModelVersion.created_at > since, ModelVersion.created_at <= now)
        .order_by(ModelVersion.created_at.desc(), Model.code, ModelVersion.number)
        .limit(MOST)
    )
    return tuple(
        NewVersion(row.model, row.number, to_micros(row.created_at), row.site, row.run_id)
        for row in session.execute(query)
    )


def _at(site: str | None) -> ColumnElement[bool]:
    """Whether a model is of a site, or of all."""
    return true() if site is None else (Site.code == site) | Model.site_id.is_(None)
