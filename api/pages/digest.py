"""What is new since a visitor was here last: a page, and the part of the overview made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.advice_bodies import AdviceSentence
from api.advice_digest import begin_of
from api.deps import ActorDep, ReadSession
from api.pages.shell import VisitDep
from api.render.advice import said_in
from api.render.words import Words
from ops.advise.digest.item import DigestItem
from ops.advise.evidence import by_id
from ops.db import advice_visits, sites
from ops.db.load_digest import digest_of
from ops.db.types import from_micros
from ops.page_value import Level

router = APIRouter(include_in_schema=False)
SHOWN_FIRST = 4


@dataclass(frozen=True, slots=True)
class Told:
    """One change as a page tells it."""

    level: Level
    title: str
    link: str
    at: datetime
    sentences: tuple[AdviceSentence, ...]
    links: Mapping[str | None, str]  # by id of evidence: numbers lead to what proves them


@router.get("/digest", response_class=HTMLResponse)
def new(
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    site: Annotated[str, Query(max_length=100)] = "",
) -> HTMLResponse:
    """Show what is new, the gravest first."""
    sites.id_of(session, actor.scope, site or None)
    since, begin = begin_of(None, advice_visits.seen_at(session, actor.name), visit.now)
    found = digest_of(session, actor.scope, since=since, now=visit.now, site=site or None)
    return visit.show(
        "digest.html",
        items=[told(visit.words, item) for item in found.items],
        left_out=found.left_out,
        since=since,
        begin=begin,
        site=site,
        shown_first=SHOWN_FIRST,
        brief="hx-request" in visit.request.headers,
    )


def told(words: Words, item: DigestItem) -> Told:
    """Tell one change in the reader's language."""
    known = by_id(item.evidence)
    links: dict[str | None, str] = {
        one.id: one.link for one in item.evidence if not isinstance(one.value, str)
    }
    return Told(
        level=item.level,
        title=words.said(item.title, item.title_phrases),
        link=item.link,
        at=from_micros(item.at),
        sentences=tuple(said_in(words, claim, known) for claim in item.claims),
        links=links,
    )
