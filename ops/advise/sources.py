"""What the advisor looks up, as values: fixed questions to the database, never generated ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ops.advise.case import StoredRun


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be read for a question.

    Parameters
    ----------
    analyses
        Of each of these the newest succeeded run for each site and schedule; runs that nobody
        scheduled count as one more.
    runs
        Ids of further runs, e.g. of the page that the question was asked on.
    site
        Code of the only site that is wanted; None: all of the scope.
    tools, characteristics, codes
        What alerts and events are about; codes are those of life tests, scenarios, models and
        datasets, held against the parameters of runs. Empty: any.
    alerts
        Whether open alerts are wanted; `alert_ids` are wanted in any case.
    events_since
        Events from then on, microseconds since 1970 UTC; None: no events.
    known_by
        Nothing that was known later; None: all.
    """

    analyses: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    site: str | None = None
    tools: tuple[str, ...] = ()
    characteristics: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    alerts: bool = False
    alert_ids: tuple[int, ...] = ()
    events_since: int | None = None
    known_by: int | None = None


@dataclass(frozen=True, slots=True)
class AlertRecord:
    """An alert as the database keeps it; its evidence is JSON, its note was written by people."""

    id: int
    site: str
    title: str
    cause: str
    state: str
    disposition: str
    stream: str
    characteristic: str | None
    evidence: Mapping[str, Any]
    points: int
    first: int
    last: int
    opened: int
    due: int | None = None
    closed: int | None = None
    note: str = ""
    run_id: str | None = None


@dataclass(frozen=True, slots=True)
class EventRecord:
    """What happened at a tool; title and note were written by people or machines."""

    id: int
    site: str
    kind: str
    at: int
    title: str
    tool: str | None = None
    characteristic: str | None = None
    note: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What the database answered."""

    runs: tuple[StoredRun, ...] = ()
    alerts: tuple[AlertRecord, ...] = ()
    events: tuple[EventRecord, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict[str, int])  # beyond what is read
