"""Working calendars of sites: shifts and holidays, versions by effective date."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import ConfigDict, Field
from sqlalchemy.orm import Session

from api.body import Body, Id, Instant, Title, View
from api.deps import ActorDep, Engineer, Now, ReadSession, WriteSession
from api.listing import Cursor, Limit, Listing, page
from api.sites import Zone
from ops.db import calendars, sites
from ops.db.models.plant import Calendar
from ops.timing.shift import ShiftSpan

router = APIRouter(prefix="/v1/sites/{site_id}/calendars", tags=["calendars"])

Minute = Annotated[int, Field(ge=0, le=1439)]
Name = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f]*$")]


class ShiftDraft(Body):
    """A shift that repeats."""

    name: Name = Field(description="Unique in the calendar.")
    start_minute: Minute = Field(description="Start, minutes after local midnight.")
    end_minute: Minute = Field(
        description="End, minutes after local midnight; at or before the start: on the next day."
    )
    weekdays: tuple[Annotated[int, Field(ge=0, le=6)], ...] = Field(
        default=(0, 1, 2, 3, 4, 5, 6),
        min_length=1,
        max_length=7,
        description="Days on which it starts, 0 = Monday.",
    )


class HolidayDraft(Body):
    """A day on which no shift starts."""

    day: date = Field(description="Local date.")
    name: Title = Field(description="What is celebrated.")


class CalendarDraft(Body):
    """A new version of a site's calendar."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "zone": "Asia/Kuala_Lumpur",
                "effective_from": "2026-01-01T00:00:00+08:00",
                "shifts": [
                    {"name": "day", "start_minute": 420, "end_minute": 1140},
                    {"name": "night", "start_minute": 1140, "end_minute": 420},
                ],
                "holidays": [{"day": "2026-08-31", "name": "Merdeka"}],
            }
        }
    )
    zone: Zone = Field(description="IANA zone of the shifts.")
    effective_from: Instant = Field(description="From when on it holds.")
    shifts: tuple[ShiftDraft, ...] = Field(max_length=24, description="Shifts, names unique.")
    holidays: tuple[HolidayDraft, ...] = Field(default=(), max_length=400)


class ShiftView(View):
    """One shift on one day."""

    label: str = Field(description="Day and name.")
    start: datetime = Field(description="First instant.")
    end: datetime = Field(description="First instant after it.")


class CalendarView(View):
    """One version of a calendar, and what it says of an instant."""

    id: int = Field(description="Number of the version.")
    zone: str = Field(description="IANA zone.")
    effective_from: datetime = Field(description="From when on it holds, until the next.")
    shifts: tuple[ShiftDraft, ...] = Field(description="Its shifts by start.")
    holidays: tuple[HolidayDraft, ...] = Field(description="Its holidays by day.")
    current_shift: ShiftView | None = Field(description="Shift running at the instant asked for.")
    last_shift: ShiftView | None = Field(description="Last complete shift before that instant.")


@router.get("")
def listing(
    site_id: Id,
    session: ReadSession,
    actor: ActorDep,
    now: Now,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[CalendarView]:
    """List the versions of a site's calendar, oldest first."""
    site = sites.get(session, actor.scope, site_id)
    query = calendars.versions(site.id, actor.scope)
    rows, following = page(session, query, calendars.KEY, limit=limit, cursor=cursor)
    return Listing(items=[_view(session, row, now) for row in rows], next=following)


@router.post("", status_code=201)
def create(
    site_id: Id,
    body: CalendarDraft,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    response: Response,
) -> CalendarView:
    """Add a version; versions are never edited."""
    site = sites.get(session, actor.scope, site_id)
    row = calendars.create(session, site, body.model_dump(), actor=actor, now=now)
    response.headers["Location"] = f"/v1/sites/{site_id}/calendars/current"
    return _view(session, row, now)


@router.get("/current")
def current(
    site_id: Id,
    session: ReadSession,
    actor: ActorDep,
    now: Now,
    at: Annotated[Instant | None, Query(description="Instant; absent means now.")] = None,
) -> CalendarView:
    """Read the version in force, with the present and the last complete shift."""
    site = sites.get(session, actor.scope, site_id)
    moment = at or now
    return _view(session, calendars.in_force(session, site.id, moment, actor.scope), moment)


@router.delete("/{calendar_id}", status_code=204)
def delete(
    site_id: Id,
    calendar_id: Id,
    session: WriteSession,
    actor: Engineer,
    now: Now,
) -> None:
    """Delete a version that does not hold yet."""
    site = sites.get(session, actor.scope, site_id)
    calendars.remove(session, site, calendar_id, actor=actor, now=now)


def _view(session: Session, row: Calendar, at: datetime) -> CalendarView:
    value = calendars.as_value(session, row)
    return CalendarView(
        id=row.id,
        zone=row.zone,
        effective_from=row.effective_from,
        shifts=tuple(
            ShiftDraft(
                name=p.name,
                start_minute=p.start_minute,
                end_minute=p.end_minute,
                weekdays=tuple(sorted(p.weekdays)),
            )
            for p in value.patterns
        ),
        holidays=tuple(
            HolidayDraft(day=h.day, name=h.name) for h in calendars.holidays(session, row)
        ),
        current_shift=_shift(value.current(at)),
        last_shift=_shift(value.last_complete(at)),
    )


def _shift(span: ShiftSpan | None) -> ShiftView | None:
    return None if span is None else ShiftView(label=span.label, start=span.start, end=span.end)
