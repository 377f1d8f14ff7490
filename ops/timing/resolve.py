"""A window of parameters to two instants, seen from the instant a run is fired."""

from datetime import datetime
from typing import assert_never

from ops.errors import BadData, Problem
from ops.timing.shift import ShiftCalendar
from ops.timing.window import (
    Between,
    LastDuration,
    ShiftWindow,
    SinceSuccess,
    Span,
    Window,
    duration,
)


def resolve(
    window: Window,
    *,
    now: datetime,
    calendar: ShiftCalendar | None = None,
    last_success: datetime | None = None,
) -> Span:
    """Resolve `window`.

    Parameters
    ----------
    now
        The fire time, aware: a catch-up run sees the window of the night it stands for.
    calendar
        Of the site, for windows of shifts.
    last_success
        End of the window of the last succeeded run; None if there is none.

    Raises
    ------
    BadData
        If a shift is asked for and the site has no calendar, or no such shift.
    """
    match window:
        case Between(start=start, end=end):
            return Span(start, end)
        case LastDuration(last=last):
            return Span(now - duration(last), now)
        case SinceSuccess(at_most=at_most):
            longest = now - duration(at_most)
            return Span(min(max(last_success or longest, longest), now), now)
        case ShiftWindow(shift=shift):
            return _shift(shift, now, calendar)
        case _:
            assert_never(window)


def _shift(shift: str, now: datetime, calendar: ShiftCalendar | None) -> Span:
    if calendar is None:
        raise _without("the site has no calendar; define its shifts, or use a window such as 24h")
    found = calendar.current(now) if shift == "current" else calendar.last_complete(now)
    if found is None:
        raise _without(f"the calendar has no {shift} shift at {now.isoformat()}")
    return Span(found.start, min(found.end, now))


def _without(detail: str) -> BadData:
    return BadData(detail, (Problem("/window/shift", detail),))
