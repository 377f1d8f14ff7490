"""The supply network of the demo plant: its demand, its scenario, its nightly planning.

It is a site of its own with an ingest of its own, so that a load that was cut off is completed like
that of a plant. The first night is a forecast, a plan and a baseline at once: a run sees only
forecasts that had ended before it was submitted, so the first plan takes the quantities that stand
beside the references. The monitor has nothing to watch before the second night.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
from sqlalchemy.orm import Session

from ops.db import characteristics, ingests, scenario_revisions, scenarios, schedules, sites
from ops.db.chunk import CHUNK
from ops.db.columnar import IngestRef, write_chunk
from ops.db.engine import Database
from ops.db.models.data import Ingest
from ops.db.models.plant import Site
from ops.db.scenario_text import packed
from ops.db.types import to_micros
from ops.simulate.network import NetworkPlan
from ops.simulate.network_scenario import WEEKS, network_scenario
from ops.simulate.shipments import DemandHistory, customers, simulate_demand
from ops.values import Factor
from ops.work.demo_actor import ACTOR
from ops.work.demo_rows import contexts_of
from ops.work.plan import planned
from ops.work.queue import JobQueue
from ops.work.submit import Submission, submit

NETWORK = "DEMO-NET"  # code of the site and of the scenario
DEMAND = "DEMAND"
_FACTORS = ("customer", "commodity")
_NOON = timedelta(hours=12)
_LONG = 371  # days of history that a forecast reads: a year and the week that is not complete
_HERE: dict[str, Any] = {"site": NETWORK, "scenario": NETWORK}
# name, analysis, parameters, time in UTC; half an hour lies between what needs the one before
NIGHTLY: tuple[tuple[str, str, dict[str, Any], str], ...] = (
    (
        "Nightly demand forecast",
        "demand-forecast",
        {"site": NETWORK, "window": {"last": f"{_LONG}d"}, "by": list(_FACTORS),
         "horizon": WEEKS, "budget_s": 20.0},
        "0 3 * * *",
    ),
    ("Nightly network plan", "network-plan", _HERE | {"time_s": 60.0, "gap": 0.001}, "30 3 * * *"),
    ("Nightly plan monitor", "plan-monitor", _HERE, "0 4 * * *"),
)  # fmt: skip
_FIRST = ("demand-forecast", "network-plan")


@dataclass(frozen=True, slots=True)
class NetworkHistory:
    """What the network was asked for; day 0 is `monday`, the last day a Sunday."""

    plan: NetworkPlan
    demand: DemandHistory
    monday: date
    seed: int

    @classmethod
    def until(cls, now: datetime, seed: int) -> "NetworkHistory":
        """History that ends with the last Sunday before the day of `now`, UTC."""
        plan = NetworkPlan()
        today = now.astimezone(UTC).date()
        monday = today - timedelta(days=today.weekday() + plan.days)
        return cls(plan, simulate_demand(plan, seed=seed), monday, seed)


def create_network(session: Session, now: datetime) -> Site:
    """Create the site and the characteristic of its demand."""
    place = {"code": NETWORK, "title": "Supply network (simulated)", "zone": "UTC"}
    row = sites.create(session, place, actor=ACTOR, now=now)
    fields = {"code": DEMAND, "title": "Demand of customers", "unit": "unit"}
    characteristics.create(session, row, fields, actor=ACTOR, now=now)
    return row


def store_demand(
    database: Database, history: NetworkHistory, reference: IngestRef, now: datetime
) -> int:
    """Store the demand of every day, customer and package; how many rows that are."""
    with database.write.begin() as session:
        table = _table(session, history, reference.site_id, now)
    write_chunk(database, table, ingest=reference, now=now)
    return history.demand.units.size


def finish_network(
    session: Session,
    queue: JobQueue,
    history: NetworkHistory,
    ingest_id: int,
    now: datetime,
) -> list[str]:
    """In one transaction: the counts, the scenario, the schedules and the first night's runs."""
    ingest = session.get_one(Ingest, ingest_id, populate_existing=True)
    if ingest.state == "succeeded":  # another call has completed it meanwhile
        return []
    rows = history.demand.units.size
    ingests.add_counts(session, ingest_id, rows=rows, accepted=rows)
    ingests.finish(session, ingest_id, state="succeeded", now=now)
    _scenario(session, history, ingest.site_id, now)
    runs: list[str] = []
    for name, analysis, params, cron in NIGHTLY:
        wanted = {
            "name": name,
            "analysis": analysis,
            "params": params,
            "cron": cron,
            "zone": "UTC",
            "enabled": True,
            "catch_up": "once",
            "max_parallel": 1,
        }
        fields = planned(session, wanted, actor=ACTOR, now=now)
        schedule = schedules.create(session, fields, actor=ACTOR, now=now)
        if analysis in _FIRST:
            runs.append(_night(session, queue, (analysis, params), now, schedule.id))
    runs.append(_night(session, queue, ("network-baseline", _HERE), now))
    return runs


def _night(
    session: Session,
    queue: JobQueue,
    wanted: tuple[str, dict[str, Any]],
    now: datetime,
    schedule_id: int | None = None,
) -> str:
    midnight = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    first = Submission(
        analysis=wanted[0],
        params=wanted[1],
        actor=ACTOR,
        now=now,
        fire_at=midnight,
        queue="nightly",
        schedule_id=schedule_id,
        fire_key=None if schedule_id is None else f"first night {midnight.date().isoformat()}",
    )
    return submit(session, queue, first).id


def _scenario(session: Session, history: NetworkHistory, site_id: int, now: datetime) -> None:
    document = network_scenario(
        history.plan, history.demand, monday=history.monday, seed=history.seed
    )
    fields = {
        "code": NETWORK,
        "site_id": site_id,
        "title": document.title,
        "note": document.note,
    }
    row = scenarios.create(session, fields, actor=ACTOR, now=now)
    origin = scenario_revisions.Origin("create", note="built from the simulated history")
    scenario_revisions.begin(session, row, packed(document), origin, actor=ACTOR, now=now)


def _table(session: Session, history: NetworkHistory, site_id: int, now: datetime) -> pa.Table:
    """Rows in the order of their key: of a day by customer and package, at noon."""
    demand, plan = history.demand, history.plan
    site = session.get_one(Site, site_id)
    key = characteristics.with_code(session, site, DEMAND).id
    noon = to_micros(datetime.combine(history.monday, time(), UTC) + _NOON)
    factors = {
        "customer": Factor(demand.customer, customers(plan)),
        "commodity": Factor(demand.package, plan.packages),
    }
    rows = demand.units.size
    none = pa.nulls(rows, pa.string())
    columns = {
        "row": np.arange(1, rows + 1),
        "characteristic_id": np.full(rows, key),
        "ts": noon + demand.day * 86_400_000_000,
        "seq": demand.customer * len(plan.packages) + demand.package,
        "value": demand.units.astype(np.float64),
        "subgroup": none,
        "unit_id": none,
        "position": none,
        "n": np.ones(rows),
        "status": np.zeros(rows, np.int16),
        "context_id": contexts_of(session, factors, site_id, now),
    }
    return pa.table(columns).cast(CHUNK)
