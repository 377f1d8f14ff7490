"""What data an analysis may ask for, as values; the shell fetches the answer."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol, TypeVar

from ops.values import (
    EVERYWHERE,
    Measurements,
    PlantEvent,
    PointMark,
    ReferenceWindow,
    Scope,
)
from solvers.scenario.document import Scenario

D = TypeVar("D", covariant=True)
ROW_COLUMNS = frozenset({"n", "subgroup", "unit_id", "position"})
SEQ = "seq"  # read only where a query names it among its columns


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
    site
        Site code: tells scenarios of one code apart; None means the only one of the scope.
    scope
        The caller's sites.
    """

    code: str
    revision: int | None = None
    runs: tuple[str, ...] = ()
    as_of: datetime | None = None
    site: str | None = None
    scope: Scope = EVERYWHERE

    def empty(self) -> ScenarioData:
        """Answer with no scenario."""
        return ScenarioData()


@dataclass(frozen=True, slots=True)
class NamedResult:
    """The result of a run, and the analysis that made it."""

    analysis: str
    result: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RunResultsData:
    """The answer to a `RunResultsQuery`.

    Parameters
    ----------
    runs
        Run id to its result, for each run that was asked for.
    scenario
        The revision that was asked for; None if none was.
    """

    runs: Mapping[str, NamedResult] = field(default_factory=dict[str, NamedResult])
    scenario: ScenarioData | None = None

    def fingerprint(self) -> str:
        """SHA-256 of the runs' ids and of the scenario: a result never changes."""
        document = "" if self.scenario is None else self.scenario.fingerprint()
        return hashlib.sha256(f"{sorted(self.runs)}\0{document}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class RunResultsQuery:
    """Results of earlier runs, whatever they were about; a scenario beside them if one is named.

    Parameters
    ----------
    runs
        Ids of runs that have a result.
    scenario
        Code of a scenario; "" for none.
    revision, as_of, site
        As in `ScenarioQuery`.
    scope
        The caller's sites: runs and scenarios outside are not found.
    """

    runs: tuple[str, ...]
    scenario: str = ""
    revision: int | None = None
    as_of: datetime | None = None
    site: str | None = None
    scope: Scope = EVERYWHERE

    def empty(self) -> RunResultsData:
        """Answer with no run."""
        return RunResultsData()


@dataclass(frozen=True, slots=True)
class ProcessData:
    """The answer to a `ProcessQuery`.

    Parameters
    ----------
    measurements
        What was measured.
    events
        What happened in the window, and the last of each kind and tool before it; by time.
    marks
        What was said of points of the window, oldest first.
    designs
        Characteristic id to the JSON of its approved chart designs (`ops.spc.design.ChartDesign`),
        by name, as in force at `as_of`.
    package
        JSON of the package's geometry (`ops.loop.package.Package`); None if none was asked for.
    baselines
        Approved baselines with their values, the newest approval of a characteristic first.
    policy
        JSON of the action policy (`ops.drift.policy.ActionPolicy`) that was asked for or is the
        site's default; None if there is none.
    """

    measurements: Measurements = field(default_factory=Measurements)
    events: tuple[PlantEvent, ...] = ()
    marks: tuple[PointMark, ...] = ()
    designs: Mapping[int, Mapping[str, Any]] = field(default_factory=dict[int, Mapping[str, Any]])
    package: Mapping[str, Any] | None = None
    baselines: tuple[ReferenceWindow, ...] = ()
    policy: Mapping[str, Any] | None = None

    def fingerprint(self) -> str:
        """SHA-256 of all that was found: equal data, equal fingerprint."""
        said = repr((self.measurements.fingerprint(), self.events, self.marks))
        documents = json.dumps(
            [dict(self.designs), self.package, self.policy], sort_keys=True, default=dict
        )
        said += repr([baseline.fingerprint() for baseline in self.baselines])
        return hashlib.sha256(f"{said}\0{documents}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ProcessQuery:
    """Measurements beside what happened at the tools, what was said of points, and the designs.

    Parameters
    ----------
    measurements
        What is measured; its window, batch, instant and scope are those of this query.
    events
        Kinds of events wanted; None means all.
    marks, designs
        Whether marks of points, and approved chart designs, are wanted.
    package
        Code of the package whose geometry is wanted; "" for none.
    baselines
        Whether approved baselines are wanted, with what was measured in their windows.
    policy
        Code of the action policy that is wanted, "default" for the one of that name if there is
        one; "" for none.
    start, end, max_batch, as_of, scope
        As in `MeasurementQuery`.
    """

    measurements: MeasurementQuery
    events: tuple[str, ...] | None = ()
    marks: bool = False
    designs: bool = False
    package: str = ""
    baselines: bool = False
    policy: str = ""
    start: datetime | None = None
    end: datetime | None = None
    max_batch: int | None = None
    as_of: datetime | None = None
    scope: Scope = EVERYWHERE

    def measured(self) -> MeasurementQuery:
        """Narrow the query of the measurements to the window, batch, instant and scope of this."""
        return replace(
            self.measurements,
            start=self.start,
            end=self.end,
            max_batch=self.max_batch,
            as_of=self.as_of,
            scope=self.scope,
        )

    def empty(self) -> ProcessData:
        """Answer with no measurements, no events and no marks."""
        return ProcessData()
