"""What data an analysis may ask for, as values; the shell fetches the answer."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

from ops.values import EVERYWHERE, Measurements, Scope
from solvers.scenario.document import Scenario

D = TypeVar("D", covariant=True)
ROW_COLUMNS = frozenset({"n", "subgroup", "unit_id", "position"})


class Query(Protocol[D]):
    """A request for data of type `D`."""

    def empty(self) -> D:
        """Answer as if nothing had been found."""
        ...


@dataclass(frozen=True, slots=True)
class MeasurementQuery:
    """Measurements of some characteristics in a window.

    Parameters
    ----------
    characteristics
        Codes; empty means every characteristic of the site.
    start, end
        Half-open window of measurement time, aware; None is unbounded.
    site
        Site code; None means every site of the scope.
    where
        Factor name to the levels kept, e.g. ``{"tool": ("WB-07",)}``.
    factors
        Names of the factors wanted; None means all. ``shift`` is derived from the calendar.
    columns
        Which of `ROW_COLUMNS` are read; one that is not comes back empty (`n` as ones).
    max_batch
        Highest ingest batch seen: later batches, corrections and voids are not.
    as_of
        Instant at which spec limits and master data are read.
    scope
        The caller's sites.
    """

    characteristics: tuple[str, ...] = ()
    start: datetime | None = None
    end: datetime | None = None
    site: str | None = None
    where: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    factors: tuple[str, ...] | None = None
    columns: frozenset[str] = ROW_COLUMNS
    max_batch: int | None = None
    as_of: datetime | None = None
    scope: Scope = EVERYWHERE

    def empty(self) -> Measurements:
        """Answer with no series at all."""
        return Measurements()


@dataclass(frozen=True, slots=True)
class ScenarioData:
    """The answer to a `ScenarioQuery`.

    Parameters
    ----------
    code, revision
        Which revision was read; "" and 0 if there is none.
    scenario
        The document, demands that name a forecast filled in; None if there is none.
    results
        Run id to the JSON of its result, for each run that was asked for.
    """

    code: str = ""
    revision: int = 0
    scenario: Scenario | None = None
    results: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def fingerprint(self) -> str:
        """SHA-256 of the document and of the results: equal data, equal fingerprint."""
        document = "" if self.scenario is None else self.scenario.model_dump_json()
        return hashlib.sha256(f"{document}\0{sorted(self.results)}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ScenarioQuery:
    """A revision of a scenario, and results of earlier runs.

    Parameters
    ----------
    code
        Code of the scenario.
    revision
        Which one; None means the newest at `as_of`.
    runs
        Ids of runs whose results are wanted too.
    as_of
        Instant at which the newest revision, and the newest forecast, are taken.
    scope
        The caller's sites.
    """

    code: str
    revision: int | None = None
    runs: tuple[str, ...] = ()
    as_of: datetime | None = None
    scope: Scope = EVERYWHERE

    def empty(self) -> ScenarioData:
        """Answer with no scenario."""
        return ScenarioData()
