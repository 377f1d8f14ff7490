"""`longrun demo`: a small plant with data up to yesterday, its nightly report, and the first night.

Everything goes the way of a user's own data: repositories, the measurement writer, submit. The
plant is found by its site code; where it is there, nothing is done.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.db import calendars, characteristics, events, ingests, limits, schedules, sites, tools
from ops.db.columnar import IngestRef, write_chunk
from ops.db.contexts import ids_for
from ops.db.engine import Database
from ops.db.models.data import Ingest
from ops.db.models.plant import Site
from ops.db.types import from_micros, to_micros
from ops.simulate.bonder import LoopHeights, Plant, simulate_loop_heights
from ops.values import Actor
from ops.work.plan import planned
from ops.work.queue import JobQueue
from ops.work.submit import Submission, submit

Size = Literal["tiny", "small"]
PLANTS: Mapping[Size, Plant] = {
    "tiny": Plant(days=3, devices_per_day=8),
    "small": Plant(days=28, devices_per_day=48),
}
SEED = 20260301
SITE = "DEMO"
SOURCE = "simulated demo plant"
ZONE = "Asia/Kuala_Lumpur"
PACKAGES = ("QFN-32", "BGA-64")
HALF_WIDTH_UM = 12.0
CHUNK_ROWS = 20_000
ACTOR = Actor(name="demo", role="admin")
PARAMS: Mapping[str, Any] = {"site": SITE, "window": {"last": "7d"}, "strata": ["tool"]}
_NIGHT: Mapping[str, Any] = {
    "name": "Nightly capability",
    "analysis": "capability",
    "params": PARAMS,
    "cron": "30 5 * * *",
    "zone": ZONE,
    "enabled": True,
    "catch_up": "once",
    "max_parallel": 1,
}


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What was loaded; `run_id` is the first night's run."""

    site: str
    rows: int
    run_id: str | None


def load_demo(database: Database, queue: JobQueue, *, size: Size, now: datetime) -> DemoReport:
    """Create the demo plant with `PLANTS[size].days` of data that end last midnight.

    What is there already is kept: a second call does nothing, and one after a crash completes what
    was begun.

    Parameters
    ----------
    now
        The data end at the last midnight (of the plant's zone) before it.
    """
    with database.write.begin() as session:
        ingest = session.scalar(select(Ingest).where(Ingest.source == SOURCE))
        begun = ingest or _begin(session, size, now)
        if begun.state == "succeeded":
            return DemoReport(SITE, 0, None)
        plant = PLANTS["tiny" if begun.file_name == "tiny" else "small"]
        midnight = _last_midnight(begun.started_at)
        site = session.get_one(Site, begun.site_id)
        table = _table(session, site, plant, _record(plant, midnight), now)
    reference = IngestRef(begun.id, begun.site_id, ACTOR.name)
    for start in range(0, table.num_rows, CHUNK_ROWS):
        write_chunk(database, table.slice(start, CHUNK_ROWS), ingest=reference, now=now)
    with database.write.begin() as session:
        rows = table.num_rows
        ingests.add_counts(session, begun.id, rows=rows, accepted=rows)
        ingests.finish(session, begun.id, state="succeeded", now=now)
        run_id = _nightly(session, queue, now, midnight)
    return DemoReport(SITE, rows, run_id)


def _begin(session: Session, size: Size, now: datetime) -> Ingest:
    plant, midnight = PLANTS[size], _last_midnight(now)
    site = _master_data(session, plant, _record(plant, midnight), midnight, now)
    return ingests.start(session, site.id, SOURCE, size, "arrow", ACTOR.name, now)


def _record(plant: Plant, midnight: datetime) -> LoopHeights:
    chance = np.random.default_rng(SEED)
    return simulate_loop_heights(plant, end_us=to_micros(midnight), rng=chance)


def _master_data(
    session: Session, plant: Plant, record: LoopHeights, midnight: datetime, now: datetime
) -> Site:
    begun = midnight - timedelta(days=plant.days)
    place = {"code": SITE, "title": "Demo plant (simulated)", "zone": ZONE}
    site = sites.create(session, place, actor=ACTOR, now=now)
    calendars.create(session, site, _calendar(begun), actor=ACTOR, now=now)
    for index, height in enumerate(plant.packages):
        row = characteristics.create(session, site, _characteristic(index), actor=ACTOR, now=now)
        limits.add(session, row, _limits(height, begun), actor=ACTOR, now=now)
    made = [
        tools.create(session, site, _tool(bonder), actor=ACTOR, now=now)
        for bonder in range(plant.bonders)
    ]
    for bonder, ts in record.capillary_change:
        fact = _event("capillary-change", "New capillary", made[bonder].id, from_micros(ts))
        events.create(session, site, fact, actor=ACTOR, now=now)
    serviced = begun + timedelta(days=plant.step.after_days)
    if serviced < midnight:
        fact = _event("maintenance", "Preventive maintenance", made[plant.step.bonder].id, serviced)
        events.create(session, site, fact, actor=ACTOR, now=now)
    return site


def _table(
    session: Session, site: Site, plant: Plant, record: LoopHeights, now: datetime
) -> pa.Table:
    slow = np.column_stack([record.bonder, record.package, record.lot, record.capillary])
    combos, which = np.unique(slow, axis=0, return_inverse=True)
    contexts = np.array(ids_for(session, site.id, [_factors(c) for c in combos.tolist()], now))
    codes = [f"LOOP-H-{package}" for package in PACKAGES]
    keys = np.array([characteristics.with_code(session, site, code).id for code in codes])
    rows = record.value.size
    return pa.table(
        {
            "row": np.arange(1, rows + 1),
            "characteristic_id": keys[record.package],
            "ts": record.ts,
            "seq": record.device * plant.wires + record.wire,
            "value": np.round(record.value, 3),
            "subgroup": pa.nulls(rows, pa.string()),
            "unit_id": [f"D{device:07}" for device in record.device.tolist()],
            "position": [f"W{wire + 1}" for wire in record.wire.tolist()],
            "n": np.ones(rows),
            "status": np.zeros(rows, np.int16),
            "context_id": contexts[which.ravel()],
        }
    )


def _nightly(session: Session, queue: JobQueue, now: datetime, midnight: datetime) -> str:
    fields = planned(session, _NIGHT, actor=ACTOR, now=now)
    schedule = schedules.create(session, fields, actor=ACTOR, now=now)
    first_night = Submission(
        analysis=schedule.analysis,
        params=dict(PARAMS),
        actor=ACTOR,
        now=now,
        fire_at=midnight,
        queue="nightly",
        schedule_id=schedule.id,
        fire_key=f"first night {midnight.date().isoformat()}",
    )
    return submit(session, queue, first_night).id


def _last_midnight(now: datetime) -> datetime:
    local = now.astimezone(ZoneInfo(ZONE))
    return datetime.combine(local.date(), time(), ZoneInfo(ZONE)).astimezone(UTC)


def _calendar(begun: datetime) -> dict[str, Any]:
    shifts = [("early", 6, 14), ("late", 14, 22), ("night", 22, 6)]
    return {
        "zone": ZONE,
        "effective_from": begun,
        "shifts": [
            {
                "name": name,
                "start_minute": 60 * start,
                "end_minute": 60 * end,
                "weekdays": list(range(7)),
            }
            for name, start, end in shifts
        ],
        "holidays": [],
    }


def _characteristic(package: int) -> dict[str, Any]:
    name = PACKAGES[package]
    title = f"Loop height {name}"
    return {"code": f"LOOP-H-{name}", "title": title, "unit": "um", "kind": "variable"}


def _limits(height_um: float, begun: datetime) -> dict[str, Any]:
    return {
        "effective_from": begun,
        "lower": height_um - HALF_WIDTH_UM,
        "upper": height_um + HALF_WIDTH_UM,
        "target": height_um,
        "reason": "drawing of the demo plant",
    }


def _tool(bonder: int) -> dict[str, Any]:
    return {"code": f"WB-{bonder + 1:02}", "title": f"Bonder {bonder + 1}", "family": "wire bonder"}


def _event(kind: str, title: str, tool_id: int, ts: datetime) -> dict[str, Any]:
    return {"kind": kind, "title": title, "tool_id": tool_id, "ts": ts, "detail": {}}


def _factors(combo: list[int]) -> dict[str, str]:
    bonder, package, lot, capillary = combo
    return {
        "tool": f"WB-{bonder + 1:02}",
        "package": PACKAGES[package],
        "lot": f"L{bonder + 1:02}{lot + 1:04}",
        "capillary": f"C{bonder + 1:02}{capillary + 1:03}",
    }
