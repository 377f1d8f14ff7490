"""`GET /metrics`: what Prometheus collects, of this process and of the database."""

from collections.abc import Iterable
from datetime import UTC, datetime

import structlog
from fastapi import APIRouter, Request, Response
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from ops.db import gauges
from ops.db.engine import Database
from ops.db.gauges import Gauges
from ops.settings import Settings

router = APIRouter(tags=["health"])
_BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60)
_MODEL_BUCKETS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 10)
_CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The metrics of one application, in a registry of their own."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self._requests = Counter(
            "longrun_requests", "Requests answered.", labels, registry=self.registry
        )
        self._seconds = Histogram(
            "longrun_request_seconds",
            "Time to answer.",
            ("method", "route"),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._predicted = Counter(
            "longrun_predictions",
            "Rows that a version of a model has answered for.",
            ("model", "version"),
            registry=self.registry,
        )
        self._predicting = Histogram(
            "longrun_prediction_seconds",
            "Time of a version of a model to answer, without reading and writing.",
            ("model", "version"),
            buckets=_MODEL_BUCKETS,
            registry=self.registry,
        )
        self.registry.register(_OfDatabase(database, settings))

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def predicted(self, model: str, version: int, rows: int, seconds: float) -> None:
        """Count the rows of one call that a version of a model has answered."""
        self._predicted.labels(model, str(version)).inc(rows)
        self._predicting.labels(model, str(version)).observe(seconds)


class _OfDatabase(Collector):
    """Gauges that are read from the database when they are asked for."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database = database
        self.lease_s = settings.lease_s

    def collect(self) -> Iterable[Metric]:
        """Read the database once; without it only `longrun_database_up` is told."""
        up = GaugeMetricFamily("longrun_database_up", "Whether the database answers.")
        try:
            with self.database.read() as session:
                read = gauges.read(session, now=datetime.now(UTC), lease_s=self.lease_s)
        except SQLAlchemyError as error:
            structlog.get_logger(__name__).warning("gauges not read", error=type(error).__name__)
            up.add_metric((), 0)
            return (up,)
        up.add_metric((), 1)
        return (up, *_families(read))

    def describe(self) -> Iterable[Metric]:
        """Nothing: registering must not ask the database."""
        return ()


def _families(read: Gauges) -> Iterable[Metric]:
    runs = GaugeMetricFamily("longrun_runs", "Runs kept.", labels=("state", "analysis"))
    for key, count in read.runs.items():
        runs.add_metric(key, count)
    queued = GaugeMetricFamily("longrun_queue_depth", "Runs that wait.", labels=("queue",))
    for queue in ("interactive", "nightly"):
        queued.add_metric((queue,), read.queued.get(queue, 0))
    rows = CounterMetricFamily("longrun_ingest_rows", "Rows sent.", labels=("outcome",))
    for outcome, count in read.rows.items():
        rows.add_metric((outcome,), count)
    lag = GaugeMetricFamily("longrun_schedule_lag_seconds", "Age of the most overdue schedule.")
    lag.add_metric((), read.schedule_lag_s)
    workers = GaugeMetricFamily("longrun_workers", "Workers seen within the lease.")
    workers.add_metric((), read.workers)
    return (runs, queued, rows, lag, workers)


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def metrics(request: Request) -> Response:
    """Metrics in the text format of Prometheus; open, since they hold counts only."""
    kept: Metrics = request.app.state.metrics
    return Response(generate_latest(kept.registry), media_type=_CONTENT_TYPE)
