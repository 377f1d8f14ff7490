"""Shards of a nightly drift screen, fired by their schedules, find together what one run finds."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from ops.analyses.drift_screen import compute, needs
from ops.analyses.drift_screen_params import DriftScreenParams
from ops.analyses.drift_screen_result import DriftScreenResult
from ops.analyses.drift_screen_sample import START_US, sample_drifts
from ops.analysis import silent
from ops.db import contexts
from ops.db.columnar import write_chunk
from ops.db.engine import Database
from ops.db.load import load
from ops.db.models.control import Finding
from ops.db.types import from_micros
from ops.settings import Settings
from ops.work.run import Bench, execute
from ops.work.schedule import fire_due
from ops.work.slots import Slots
from tests.ops.work.firing import Recorder, add, runs_of
from tests.plant import NOW, plant, rows

NIGHT = from_micros(START_US) + timedelta(days=28)
PARAMS: dict[str, Any] = {"site": "HSV", "point": "2h", "window": {"last": "28d"}}


def fill(database: Database) -> None:
    """Store both characteristics of the sample of eight bonders."""
    ingest = plant(database)
    series = sample_drifts().measurements.series
    factor = series[0].factors["tool"]
    with database.write.begin() as session:
        ids = contexts.ids_for(session, 1, [{"tool": level} for level in factor.levels], NOW)
    for number, one in enumerate(series, start=1):
        n = one.ts.size
        context = [ids[code] for code in factor.codes.tolist()]
        chunk = rows(
            n, characteristic_id=[number] * n, ts=one.ts, seq=factor.codes, value=one.value,
            subgroup=[None] * n, context_id=context,
        )  # fmt: skip
        write_chunk(database, chunk, ingest=ingest, now=NOW)


def night(database: Database, tmp_path: Path, shard: int) -> DriftScreenResult:
    """Fire the schedule of a shard and carry its run to its end."""
    queue = Recorder()
    name = f"Drift screen, shard {shard + 1} of 2"
    schedule_id = add(
        database, at=NIGHT - timedelta(hours=1), name=name, analysis="drift-screen",
        params=PARAMS | {"shards": 2, "shard": shard}, cron="0 0 * * *",
    )  # fmt: skip
    assert fire_due(database, queue, now=NIGHT + timedelta(minutes=1)) == 1
    settings = Settings(data_dir=tmp_path, database_url=database.url)
    execute(Bench(database, settings, "here", Slots(1)), queue.enqueued[0][0])
    (run,) = runs_of(database, schedule_id)
    assert run.state == "succeeded", run.error
    return DriftScreenResult.model_validate(run.result)


def test_two_schedules_find_together_what_one_finds(
    sqlite_database: Database, tmp_path: Path
) -> None:
    database = sqlite_database
    fill(database)
    parts = [night(database, tmp_path, shard) for shard in range(2)]
    params = DriftScreenParams.model_validate(PARAMS | {"window": {"last": "28d"}})
    whole = compute(load(database, needs(params)), params, silent)
    assert whole.tools == 8
    assert all(part.tools for part in parts)
    for what in ("tools", "streams", "values", "tested", "night_level"):
        total = sum(getattr(part, what) for part in parts)
        assert total == pytest.approx(getattr(whole, what)), what
    found = [(f.level, f.mechanism) for part in parts for f in part.findings]
    assert sorted(found) == sorted((f.level, f.mechanism) for f in whole.findings)
    assert ("WB-03", "mean") in found
    with database.read() as session:
        alerts = [row.cause for row in session.scalars(select(Finding))]
    assert alerts == ["analysis drift-screen, tool WB-03, mean"]
