"""What is new since the caller was last here: findings, plans, models, forecasts, failures."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BeforeValidator, Field

from api.body import Code, Instant, View
from api.deps import ActorDep, Now, ReadSession, WriteSession
from ops.advise.claim import Claim
from ops.advise.digest.item import Digest, DigestItem, ItemKind
from ops.advise.evidence import Evidence, by_id
from ops.advise.rendering import sentence
from ops.db import advice_visits
from ops.db.load_digest import digest_of
from ops.db.types import from_micros
from ops.page import Subject
from ops.page_value import Level

router = APIRouter(prefix="/v1/advice/digest", tags=["advice"])

UNSEEN = timedelta(days=7)  # what who was never here is told
LONGEST = timedelta(days=60)


def _written(value: object) -> object:
    """Refuse a bare number: it would be read as seconds since 1970."""
    if isinstance(value, str) and "-" not in value[1:]:
        raise ValueError(f"{value[:40]!r} is no instant: write it as 2026-11-27T08:00:00Z")
    return value


Begin = Literal["asked for", "last visit", "7 days"]


class DigestEntryView(View):
    """One change of one thing."""

    id: str = Field(description="Stable within a digest.")
    kind: ItemKind = Field(description="What sort of change.")
    level: Level = Field(description="How good or bad it is now.")
    title: str = Field(description="What it is about.")
    sentences: list[str] = Field(description="What changed, in English; numbers are evidence.")
    claims: list[Claim] = Field(description="The same as templates and slots.")
    evidence: list[Evidence] = Field(description="All that the claims cite.")
    link: str = Field(description="Page that shows it, a path of this service.")
    at: datetime = Field(description="When it changed.")
    subject: Subject | None = Field(description="What it is about; null: not one thing.")


class DigestView(View):
    """What is new, the gravest and newest first."""

    since: datetime = Field(description="Begin: what happened after it is told.")
    since_what: Begin = Field(
        description="Where the begin comes from: asked for, the last visit, or 7 days before now."
    )
    until: datetime = Field(description="End.")
    items: list[DigestEntryView] = Field(description="The gravest first, then the newest.")
    left_out: int = Field(description="Changes beyond those that are listed.")


class DigestSeenView(View):
    """From when on things are new to the caller."""

    seen_at: datetime = Field(description="When the caller last said to have seen what is new.")


@router.get("")
def advice_digest(
    session: ReadSession,
    actor: ActorDep,
    now: Now,
    site: Annotated[Code | None, Query(description="Code of a site; absent: all.")] = None,
    since: Annotated[
        Instant | None,
        BeforeValidator(_written),
        Query(description="Begin, 60 days ago at most; absent: the last visit, else 7 days."),
    ] = None,
) -> DigestView:
    """Tell what is new since the caller was last here, or since an instant."""
    begin, what = begin_of(since, advice_visits.seen_at(session, actor.name), now)
    found = digest_of(session, actor.scope, since=begin, now=now, site=site)
    return _view(found, what)


@router.post("/seen")
def see_advice_digest(session: WriteSession, actor: ActorDep, now: Now) -> DigestSeenView:
    """Say that everything up to now was seen: the next digest begins here."""
    return DigestSeenView(seen_at=advice_visits.see(session, actor.name, now))


def begin_of(
    asked: datetime | None, seen: datetime | None, now: datetime
) -> tuple[datetime, Begin]:
    """Tell where a digest begins, and why there."""
    if asked is not None:
        return min(max(asked, now - LONGEST), now), "asked for"
    if seen is not None:
        return max(seen, now - LONGEST), "last visit"
    return now - UNSEEN, "7 days"


def _view(found: Digest, what: Begin) -> DigestView:
    return DigestView(
        since=from_micros(found.since), since_what=what, until=from_micros(found.until),
        items=[_entry(item) for item in found.items], left_out=found.left_out,
    )  # fmt: skip


def _entry(item: DigestItem) -> DigestEntryView:
    known = by_id(item.evidence)
    return DigestEntryView(
        id=item.id, kind=item.kind, level=item.level, title=item.title,
        sentences=[sentence(claim, known) for claim in item.claims], claims=list(item.claims),
        evidence=list(item.evidence), link=item.link, at=from_micros(item.at),
        subject=item.subject,
    )  # fmt: skip
