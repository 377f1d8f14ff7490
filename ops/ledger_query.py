"""The query of the honesty ledger: what was predicted and found, beside what was measured since."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from ops.ledger.finding import KeptFinding
from ops.ledger.score import Kept
from ops.values import EVERYWHERE, Measurements, PlantEvent, Scope


@dataclass(frozen=True, slots=True)
class LedgerData:
    """The answer to a `LedgerQuery`.

    Parameters
    ----------
    predictions
        Those whose stretch ended within the window, by when they were due.
    findings
        Alerts whose last point lies within the window.
    measurements
        What they are about, from well before to the end of the window.
    events
        What happened at the tools of the sites meanwhile.
    until
        End of the window, microseconds since 1970 UTC.
    left_out
        Predictions that were due but are too many to be read.
    """

    predictions: tuple[Kept, ...] = ()
    findings: tuple[KeptFinding, ...] = ()
    measurements: Measurements = field(default_factory=Measurements)
    events: tuple[PlantEvent, ...] = ()
    until: int = 0
    left_out: int = 0

    def fingerprint(self) -> str:
        """SHA-256 of all that was found: equal data, equal fingerprint."""
        said = (self.predictions, self.findings, self.events, self.until, self.left_out)
        return hashlib.sha256(f"{said!r}{self.measurements.fingerprint()}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class LedgerQuery:
    """What was predicted and found, and what came of it.

    Parameters
    ----------
    analyses
        Names of the analyses whose predictions and findings are wanted; empty means all.
    site
        Site code; None means every site of the scope.
    most
        Predictions read at most, those that were due last.
    start, end, max_batch, as_of, scope
        As in `MeasurementQuery`.
    """

    analyses: tuple[str, ...] = ()
    site: str | None = None
    most: int = 20_000
    start: datetime | None = None
    end: datetime | None = None
    max_batch: int | None = None
    as_of: datetime | None = None
    scope: Scope = EVERYWHERE

    def empty(self) -> LedgerData:
        """Answer with nothing predicted and nothing found."""
        return LedgerData()
