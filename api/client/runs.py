"""Runs: submit an analysis, wait for it, read its result."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from api.client.collection import PAGE
from api.client.errors import RunFailed, StillRunning
from api.client.transport import Transport

ENDED = ("succeeded", "failed", "cancelled")
FIRST_LOOK_S = 0.1
LONGEST_LOOK_S = 2.0


@dataclass(frozen=True, slots=True)
class RunHandle:
    """A run as it was when it was last read.

    Parameters
    ----------
    body
        What ``GET /v1/runs/{id}`` answered.
    """

    transport: Transport
    body: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.body["id"])

    @property
    def state(self) -> str:
        """``queued``, ``running``, ``succeeded``, ``failed`` or ``cancelled``."""
        return str(self.body["state"])

    @property
    def result(self) -> dict[str, Any]:
        """Result of a succeeded run, as the analysis defines it.

        Raises
        ------
        RunFailed
            If it failed or was cancelled.
        StillRunning
            If it has not ended.
        """
        if self.state not in ENDED:
            raise StillRunning(f"run {self.id} is {self.state}; wait() for it")
        if self.state != "succeeded":
            raise RunFailed(dict(self.body))
        return dict(self.body["result"])

    @property
    def page(self) -> dict[str, Any] | None:
        """The answer for a reader: verdicts, tables and charts as values."""
        return self.body.get("page")

    def report(self, *, language: str = "en") -> bytes:
        """Return its report as PDF/A."""
        path = f"/v1/runs/{self.id}/report.pdf"
        return self.transport.get(path, {"lang": language}).content

    def refresh(self) -> "RunHandle":
        """Read the run as it is now."""
        body = self.transport.get(f"/v1/runs/{self.id}").json()
        return RunHandle(self.transport, body)

    def wait(
        self,
        *,
        timeout_s: float = 3600,
        on_progress: Callable[[float, str], None] | None = None,
    ) -> "RunHandle":
        """Return when the run has succeeded.

        Parameters
        ----------
        timeout_s
            Longest wait; the run goes on after it.
        on_progress
            Called with fraction and message each time the run is looked at.

        Raises
        ------
        RunFailed
            If it failed or was cancelled.
        StillRunning
            If it has not ended in time.
        """
        deadline = time.monotonic() + timeout_s
        pause, run = FIRST_LOOK_S, self
        while run.state not in ENDED:
            if time.monotonic() >= deadline:
                raise StillRunning(f"run {self.id} is {run.state} after {timeout_s:g} s")
            time.sleep(min(pause, max(0.0, deadline - time.monotonic())))
            pause = min(1.5 * pause, LONGEST_LOOK_S)
            run = run.refresh()
            if on_progress is not None:
                on_progress(*_progress(run.body))
        if run.state != "succeeded":
            raise RunFailed(dict(run.body))
        return run

    def cancel(self) -> "RunHandle":
        """Ask for its end."""
        self.transport.post(f"/v1/runs/{self.id}/cancel")
        return self.refresh()

    def retry(self) -> "RunHandle":
        """Submit the same again; the answer is the new run."""
        body = self.transport.post(f"/v1/runs/{self.id}/retry").json()
        return RunHandle(self.transport, body)


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of the service."""

    transport: Transport

    def submit(self, analysis: str, params: Mapping[str, Any], *, fresh: bool = False) -> RunHandle:
        """Submit an analysis.

        Parameters
        ----------
        params
            Parameters of the analysis; ``GET /v1/analyses`` describes them.
        fresh
            Compute again although an equal run has a result.
        """
        path = f"/v1/analyses/{analysis}/runs"
        answer = self.transport.post(path, dict(params), {"fresh": True} if fresh else None)
        return RunHandle(self.transport, answer.json())

    def get(self, run_id: str) -> RunHandle:
        """One run."""
        return RunHandle(self.transport, self.transport.get(f"/v1/runs/{run_id}").json())

    def list(self, **query: Any) -> Iterator[RunHandle]:
        """Yield the runs that `query` lets through (``state=``, ...), newest first."""
        cursor: str | None = None
        while True:
            asked = {"limit": PAGE, **query, "cursor": cursor}
            page = self.transport.get("/v1/runs", asked).json()
            for body in page["items"]:
                yield RunHandle(self.transport, body)
            cursor = page["next"]
            if cursor is None:
                return


def _progress(body: Mapping[str, Any]) -> tuple[float, str]:
    progress = body.get("progress") or 0.0
    if isinstance(progress, Mapping):
        return float(progress.get("fraction") or 0.0), str(progress.get("message") or "")
    return float(progress), str(body.get("message") or "")
