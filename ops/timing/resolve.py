"""A window of parameters to two instants, from the instant a run is fired."""

from datetime import datetime, timedelta
from typing import assert_never

from ops.errors import BadData, Problem
from ops.timing.window import (
    Between,
    LastDuration,
    ShiftWindow,
    SinceSuccess,
    Span,
    Window,
    duration,
)


def resolve(window: Window, *, now: datetime, last_success: datetime | None) -> Span:
    """Resolve `window` against the fire time `now`."""
    match window:
        case Between(start=start, end=end):
            return Span(start, end)
        case LastDuration(last=last):
            return Span(now - duration(last), now)
        case SinceSuccess(at_most=at_most):
            longest = now - duration(at_most)
            return Span(max(last_success or longest, longest), now)
        case ShiftWindow():
            raise BadData("no calendar", (Problem("/window/shift", "define a calendar"),))
        case _:
            assert_never(window)


_ = timedelta
