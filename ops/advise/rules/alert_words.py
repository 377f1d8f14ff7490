"""Sentences about alerts."""

from ops.advise.rules.saying import Ladder, Saying

STANDS: Ladder = (
    Saying(
        "{what}: the newest is of {event_at__value}: {event_title__value}.",
        when=lambda v: bool(v.fact("event-kinds")),
    ),
    Saying("{what}: {verdict__value}"),
    Saying("{what}, open since {opened__value}, says: {title__value}.", (), lambda v: v.grave),
    Saying("{what} stands open as an alert since {opened__value}.", (), lambda v: v.grave),
    Saying("{what} stands open as an alert since {since__value}."),
    Saying("{what} is an alert.", (), lambda v: v.grave),
    Saying("{what} was an alert, and is settled."),
)
KIN: Ladder = (  # beside the finding that explains it
    Saying("{what} is open on it since {opened__value}.", (), lambda v: v.grave),
    Saying("{what} is open on it since {since__value}.", (), lambda v: v.grave),
)
NOTED: Ladder = (Saying("Somebody noted on it: {comment__value}"),)
SETTLED: Ladder = (
    Saying("Nothing needs to be done: the alert is settled.", (), lambda v: not v.grave),
)
HAPPENED: Ladder = (
    Saying("Events are on record, and nothing that was computed is judged as bad by them."),
)
GONE: Ladder = (
    Saying("A later run no longer finds it ({not_seen_since__value}): the alert may be closed."),
    Saying("A later run no longer finds it: the alert may be closed."),
)
BROKEN: Ladder = (
    Saying(
        "Likely cause: a special cause that is not found yet; what the alert says is all"
        " that is known of it.",
        rests=("violated-rule",),
    ),
)
TOLD: Ladder = (Saying("Its cause is as the analysis behind it names it."),)
