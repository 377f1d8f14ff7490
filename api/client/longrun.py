"""The door of the Python client."""

from functools import cached_property
from types import TracebackType

import httpx

from api.client import models
from api.client.collection import Collection
from api.client.measurements import Measurements
from api.client.runs import Runs
from api.client.scenarios import Scenarios
from api.client.transport import Transport

Sites = Collection[models.SiteView, models.SiteDraft, models.SiteChange]
Tools = Collection[models.ToolView, models.ToolDraft, models.ToolChange]
Characteristics = Collection[
    models.CharacteristicView, models.CharacteristicDraft, models.CharacteristicChange
]
Limits = Collection[models.LimitsView, models.LimitsDraft, models.LimitsDraft]
Events = Collection[models.EventView, models.EventDraft, models.EventChange]
Schedules = Collection[models.ScheduleView, models.ScheduleDraft, models.ScheduleChange]
Baselines = Collection[models.BaselineView, models.BaselineDraft, models.BaselineChange]


class Longrun:
    """A client of one service; close it, or use it in a ``with``.

    Parameters
    ----------
    url
        Address of the service, e.g. ``http://127.0.0.1:8000``.
    key
        API key; None where the service asks for none.
    timeout_s
        Longest wait for a connection and between two pieces of an answer.
    attempts
        How often a request is made that may be repeated.

    Examples
    --------
    >>> with Longrun("http://127.0.0.1:8000", key="lr_...") as client:  # doctest: +SKIP
    ...     run = client.runs.submit("capability", {"window": {"last": "7d"}}).wait()
    ...     heights = client.measurements("LOOP-H", site="PG1").to_arrow()
    """

    def __init__(
        self,
        url: str,
        *,
        key: str | None = None,
        timeout_s: float = 60.0,
        attempts: int = 4,
    ) -> None:
        headers = {"User-Agent": "longrun-client"}
        if key is not None:
            headers["Authorization"] = f"Bearer {key}"
        self._http = httpx.Client(base_url=url, headers=headers, timeout=timeout_s)
        self.transport = Transport(self._http, attempts=attempts)

    def __enter__(self) -> "Longrun":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    @cached_property
    def runs(self) -> Runs:
        """Runs: submit, wait, read."""
        return Runs(self.transport)

    @cached_property
    def measurements(self) -> Measurements:
        """Measurements: ``client.measurements("LOOP-H").to_arrow()``, ``.send(...)``."""
        return Measurements(self.transport)

    @cached_property
    def sites(self) -> Sites:
        """Plants and warehouses."""
        return Collection(self.transport, "/v1/sites", models.SiteView)

    @cached_property
    def tools(self) -> Tools:
        """Tools of the sites."""
        return Collection(self.transport, "/v1/tools", models.ToolView)

    @cached_property
    def characteristics(self) -> Characteristics:
        """What is measured."""
        return Collection(self.transport, "/v1/characteristics", models.CharacteristicView)

    def limits(self, characteristic_id: int) -> Limits:
        """Specification limits of a characteristic: versions, never edited."""
        path = f"/v1/characteristics/{characteristic_id}/limits"
        return Collection(self.transport, path, models.LimitsView)

    @cached_property
    def events(self) -> Events:
        """Maintenance, capillary changes, calibrations."""
        return Collection(self.transport, "/v1/events", models.EventView)

    @cached_property
    def baselines(self) -> Baselines:
        """Qualified reference windows."""
        return Collection(self.transport, "/v1/baselines", models.BaselineView)

    @cached_property
    def schedules(self) -> Schedules:
        """Analyses that are submitted by themselves; pause them with ``{"enabled": False}``."""
        return Collection(self.transport, "/v1/schedules", models.ScheduleView)

    @cached_property
    def scenarios(self) -> Scenarios:
        """Scenarios of the supply network: make, revise, edit, compare, exchange."""
        return Scenarios(self.transport)
