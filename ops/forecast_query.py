"""Queries that look back at earlier runs: forecasts and plans beside what was measured since."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from ops.query import MeasurementQuery
from ops.values import EVERYWHERE, Measurements, Scope


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """A succeeded run of the past: its id, the instant that it stood at, the JSON of its result."""

    run_id: str
    as_of: datetime
    result: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ForecastData:
    """The answer to a `ForecastQuery`.

    Parameters
    ----------
    measurements
        What was wanted so far.
    start, end
        Window that they were read from: a period in it without a value had no demand.
    earlier
        Runs of the past, newest first.
    plan
        The run whose plan is watched; None if none was asked for, or there is none.
    latest
        The newest run of the same kind: what would be planned today; None if it is `plan` itself.
    """

    measurements: Measurements = field(default_factory=Measurements)
    start: datetime | None = None
    end: datetime | None = None
    earlier: tuple[EarlierRun, ...] = ()
    plan: EarlierRun | None = None
    latest: EarlierRun | None = None

    def fingerprint(self) -> str:
        """SHA-256 of measurements, window and results: equal data, equal fingerprint."""
        runs = (*self.earlier, *(run for run in (self.plan, self.latest) if run is not None))
        results = [
            hashlib.sha256(json.dumps(run.result, sort_keys=True).encode()).hexdigest()
            for run in runs
        ]
        ids = [(run.run_id, run.as_of) for run in runs]
        said = repr((self.measurements.fingerprint(), self.start, self.end, ids, results))
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ForecastQuery:
    """Measurements beside results of earlier runs: forecasts meet what has come since.

    Parameters
    ----------
    measurements
        What is measured; its window, batch, instant and scope are those of this query.
    analysis
        Name of the analysis whose succeeded runs are wanted.
    like
        Parameters (as JSON) that an earlier run must share; others may differ.
    earlier
        How many of the newest runs before `as_of` are read.
    plan_analysis, plan_like, plan_run
        The newest run of another analysis with these parameters, or the one of this id and the
        newest one; wanted only where `plan_analysis` is not empty.
    start, end, max_batch, as_of, scope
        As in `MeasurementQuery`.
    """

    measurements: MeasurementQuery
    analysis: str = "demand-forecast"
    like: dict[str, Any] = field(default_factory=dict[str, Any])
    earlier: int = 0
    plan_analysis: str = ""
    plan_like: dict[str, Any] = field(default_factory=dict[str, Any])
    plan_run: str | None = None
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

    def empty(self) -> ForecastData:
        """Answer with no measurements and no runs."""
        return ForecastData()
