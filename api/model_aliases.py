"""Aliases of a model: set, taken away, and the record of every move."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy.orm import Session

from api import etag
from api.body import Code
from api.coded import AtSite
from api.deps import ActorDep, Engineer, Now, ReadSession, WriteSession
from api.etag import IfMatch
from api.listing import Cursor, Limit, Listing, page
from api.model_bodies import ModelAliasChange, ModelAliasView, ModelPromotionView, OfAlias, Reason
from ops.db import model_aliases
from ops.db.model_aliases import Move
from ops.db.model_shelf import SHELF
from ops.db.models.classify import Model, ModelAlias
from ops.errors import NotFound
from ops.values import Actor
from ops.work.promote import promote

router = APIRouter(prefix="/v1/models/{code}", tags=["models"])


@dataclass(frozen=True, slots=True)
class Place:
    """Which alias of which model."""

    code: str
    alias: str
    site: str | None

    def model(self, session: Session, actor: Actor) -> Model:
        """Model of the alias."""
        return SHELF.find(session, actor.scope, self.code, site=self.site)


def _place(code: Code, alias: OfAlias, site: AtSite = None) -> Place:
    return Place(code, alias, site)


PlaceDep = Annotated[Place, Depends(_place)]


@router.get("/aliases")
def aliases(
    code: Code, session: ReadSession, actor: ActorDep, site: AtSite = None
) -> Listing[ModelAliasView]:
    """List the aliases of a model."""
    row = SHELF.find(session, actor.scope, code, site=site)
    found = model_aliases.current(session, row).values()
    return Listing(items=[ModelAliasView.model_validate(a) for a in found], next=None)


@router.get("/aliases/{alias}")
def alias(
    place: PlaceDep, session: ReadSession, actor: ActorDep, response: Response
) -> ModelAliasView:
    """Read one alias; its `ETag` is sent as `If-Match` to move it."""
    found = model_aliases.find(session, place.model(session, actor), place.alias)
    if found is None:
        raise NotFound(f"the model {place.code!r} has no alias {place.alias!r}")
    return _tagged(found, response)


@router.put("/aliases/{alias}")
def move(
    place: PlaceDep,
    body: ModelAliasChange,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> ModelAliasView:
    """Point an alias to a version; the champion needs a better time-ordered score or a waiver.

    An alias that is set is moved from a known version (`If-Match`); one that is not needs none.
    """
    row = place.model(session, actor)
    found = model_aliases.find(session, row, place.alias)
    if found is not None or if_match not in (None, "*"):
        etag.check(if_match, found.row_version if found else 0)
    words = (body.reason, body.waiver)
    moved = promote(session, row, place.alias, body.version, words, actor=actor, now=now)
    return _tagged(moved, response)


@router.delete("/aliases/{alias}", status_code=204)
def remove(
    place: PlaceDep,
    reason: Annotated[Reason, Query(description="Why; it is kept for good.")],
    session: WriteSession,
    actor: Engineer,
    now: Now,
    if_match: IfMatch = None,
) -> None:
    """Take an alias away; what it stood for stays."""
    row = place.model(session, actor)
    found = model_aliases.find(session, row, place.alias)
    if found is not None:
        etag.check(if_match, found.row_version)
    model_aliases.remove(session, row, place.alias, Move(reason), actor=actor, now=now)


@router.get("/promotions")
def promotions(
    code: Code,
    session: ReadSession,
    actor: ActorDep,
    alias: Annotated[
        str | None, Query(max_length=32, description="Only moves of this alias.")
    ] = None,
    site: AtSite = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[ModelPromotionView]:
    """List the moves of a model's aliases, the newest first."""
    row = SHELF.find(session, actor.scope, code, site=site)
    query = model_aliases.listed(row, alias=alias)
    key = model_aliases.KEY
    found, following = page(session, query, key, limit=limit, cursor=cursor, descending=True)
    return Listing(items=[ModelPromotionView.model_validate(m) for m in found], next=following)


def _tagged(alias: ModelAlias, response: Response) -> ModelAliasView:
    etag.tag(response, alias.row_version)
    return ModelAliasView.model_validate(alias)
