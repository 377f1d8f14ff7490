"""Resources with a code within a site: how they are named, listed and answered."""

from collections.abc import Callable
from typing import Annotated, Any, Protocol, TypeVar

from fastapi import Path, Query
from pydantic import Field
from sqlalchemy import Select
from sqlalchemy.orm import Session

from api.body import View
from api.listing import Keyed, Listing, page
from ops.db import sites
from ops.db.coded import Coded
from ops.values import Actor
from ops.work.submit import site_of

AtSite = Annotated[
    str | None,
    Query(max_length=64, description="Code of its site, where several have one of this code."),
]
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
AtRevision = Annotated[
    Number | None, Query(description="Number of a revision; absent means the newest.")
]
OfRevision = Annotated[Number, Path(description="Number of the revision.")]
Archived = Annotated[bool, Query(description="Those that are out of use, instead of the others.")]

C = TypeVar("C")
V = TypeVar("V", bound=View)


class Draft(Protocol):
    """What is said of a new one."""

    @property
    def code(self) -> str:
        """Its code."""
        ...

    @property
    def site(self) -> str | None:
        """Code of its site."""
        ...

    @property
    def title(self) -> str | None:
        """Name for readers."""
        ...


def placed(session: Session, draft: Draft, actor: Actor) -> dict[str, Any]:
    """Columns of a new one that say where it is and how it is called; the site is the caller's."""
    site = site_of(session, draft.site, actor.scope)
    return {"site_id": site.id if site else None, "title": draft.title or draft.code}


def shown(
    session: Session, row: Coded, view: type[V], codes: dict[int, str] | None = None, **more: Any
) -> V:
    """Answer of one: the site by its code, `more` beside what the row holds.

    Parameters
    ----------
    codes
        Code of each site; None: they are read.
    """
    known = sites.codes(session) if codes is None else codes
    held = {name: getattr(row, name) for name in view.model_fields if hasattr(row, name)}
    site = None if row.site_id is None else known[row.site_id]
    return view.model_validate({**held, "site": site, **more})


def listed(
    session: Session,
    query: Select[C],
    key: tuple[Keyed, ...],
    view: Callable[[Session, C, dict[int, str]], V],
    *,
    limit: int,
    cursor: str | None,
) -> Listing[V]:
    """Answer with a page of them."""
    rows, following = page(session, query, key, limit=limit, cursor=cursor)
    codes = sites.codes(session)
    return Listing(items=[view(session, row, codes) for row in rows], next=following)
