"""The event that goes with a drift: that of its step, or the nearest to its begin."""

from ops.advise.read.dossier import Dossier
from ops.advise.read.drift_stored import Change, Drift, Happened, Piece

MINUTE = 60_000_000  # microseconds
SHIFT = 8 * 60 * MINUTE  # work of a shift may be noted when it begins
NEAR = 36 * 60 * MINUTE  # the begin of a trend is not known better than this


def add_event(of: Dossier, result: Drift, main: Piece | None) -> dict[str, str]:
    """Add the event that goes with what leads, and say what it is as facts.

    A step brings its event and whether it is convincing. For what has no step the nearest event of
    the tool within 36 h of the begin is named, and never called convincing: no chance was reckoned.
    One after the begin counts as three times as far, since a cause comes first.
    """
    if main is None or main.since is None:
        return {}
    if main.mechanism == "step":
        change = next((one for one in result.changes if one.at == main.since), None)
        return {} if change is None or not change.event else _of_step(of, change)
    near = _nearest(result.events, main.since)
    if near is None:
        return {}
    of.text("event-title", "event nearest to its begin", near.title, quoted=True)
    of.time("event-at", "when that event was", near.at)
    lag = (main.since - near.at) / MINUTE
    of.number("event-lag", "from that event to the begin", lag, "min", decimals=0)
    return {"event-kind": near.kind, "event-convincing": "no"}


def _of_step(of: Dossier, change: Change) -> dict[str, str]:
    of.text("event-title", "event that goes with the step", change.title, quoted=True)
    of.number("event-lag", "from the event to the step", change.lag_minutes, "min", decimals=0)
    of.number("event-chance", "chance of an event so near", change.chance, decimals=1, percent=True)
    happened = change.at - (change.lag_minutes or 0.0) * MINUTE
    within = change.lower - SHIFT <= happened <= change.upper  # where the step may have been
    return {
        "event-kind": change.event,
        "event-convincing": "yes" if change.convincing else "no",
        "event-within": "yes" if within else "no",
    }


def _nearest(events: tuple[Happened, ...], since: int) -> Happened | None:
    def far(event: Happened) -> int:
        return max(since - event.at, 3 * (event.at - since))

    near = [event for event in events if abs(event.at - since) <= NEAR]
    return min(near, key=far, default=None)
