"""What the database holds of a stretch of time, as values: alerts, runs, models that moved."""

from dataclasses import dataclass

from ops.advise.case import StoredRun
from ops.advise.sources import AlertRecord


@dataclass(frozen=True, slots=True)
class NewsAlert:
    """An alert and what whoever closed it said of it: confirmed, false-alarm, unclear.

    `raised` is when it last became graver in the stretch: from a warning to a hold.
    """

    alert: AlertRecord
    outcome: str = ""
    raised: int | None = None


@dataclass(frozen=True, slots=True)
class RunPair:
    """The newest run of one thing, and the one that was the newest when the stretch began."""

    after: StoredRun
    before: StoredRun | None = None
    finished: int = 0


@dataclass(frozen=True, slots=True)
class FailedRuns:
    """Runs of one thing that failed, the newest of them; whether one succeeded later."""

    id: str
    analysis: str
    site: str | None
    at: int
    message: str
    count: int = 1
    recovered: bool = False


@dataclass(frozen=True, slots=True)
class AliasMove:
    """An alias of a model that was moved; None: it was taken away, or stood for nothing."""

    id: int
    model: str
    alias: str
    number: int | None
    previous: int | None
    at: int
    site: str | None = None


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version of a model that was registered."""

    model: str
    number: int
    at: int
    site: str | None = None
    run_id: str | None = None


@dataclass(frozen=True, slots=True)
class News:
    """All of it.

    Parameters
    ----------
    since, now
        The stretch, microseconds since 1970 UTC: what happened after the one, up to the other.
    alerts
        Those that were opened, closed or became due in it, and all that are open.
    left_out
        How much more there is than is read.
    """

    since: int
    now: int
    alerts: tuple[NewsAlert, ...] = ()
    pairs: tuple[RunPair, ...] = ()
    failed: tuple[FailedRuns, ...] = ()
    moves: tuple[AliasMove, ...] = ()
    versions: tuple[NewVersion, ...] = ()
    left_out: int = 0
