"""Judging while 1,000 points a second come: 5 characteristics, 40 tools each, Nelson's rules."""

import threading
import time

import numpy as np
import pytest
from sqlalchemy import func, select

from ops.db import contexts
from ops.db.columnar import IngestRef, write_chunk
from ops.db.engine import Database
from ops.db.models.control import ChartProgress, ChartState, Violation
from ops.work.judge import Judge
from tests.ops.work.designs import approve
from tests.plant import NOW, plant, rows

pytestmark = pytest.mark.benchmark
CODES = ("A", "B", "C", "D", "E")
TOOLS = 40
A_SECOND = 10  # batches
ROWS = 100  # a batch
SECONDS = 20


def _send(database: Database, ref: IngestRef, tools: list[int], batch: int) -> int:
    rng = np.random.default_rng(batch)
    place = np.arange(ROWS)
    value = rng.normal(40, 1, ROWS)
    value[0] = 45.0 if batch % 20 == 0 else value[0]
    chunk = rows(
        ROWS, first=batch * ROWS, step=1000, value=value, subgroup=[None] * ROWS,
        characteristic_id=1 + place % len(CODES), context_id=rng.choice(tools, ROWS),
    )  # fmt: skip
    return write_chunk(database, chunk, ingest=ref, now=NOW).batch_id or 0


def _watch(database: Database, seen: dict[int, float], ended: threading.Event) -> None:
    """Note when every design has judged a batch."""
    while not ended.is_set():
        with database.read() as session:
            judged = session.scalar(select(func.min(ChartProgress.batch_id))) or 0
        seen.setdefault(judged, time.perf_counter())
        time.sleep(0.02)


def test_a_point_is_judged_soon_after_its_commit(database: Database) -> None:  # noqa: PLR0915
    ref = plant(database, codes=CODES)
    with database.write.begin() as session:
        combos = [{"tool": f"WB-{i:02}"} for i in range(TOOLS)]
        tools = contexts.ids_for(session, ref.site_id, combos, NOW)
    for place in range(len(CODES)):
        approve(database, characteristic_id=1 + place)
    committed, seen, ended = dict[int, float](), dict[int, float](), threading.Event()
    watcher = threading.Thread(target=_watch, args=(database, seen, ended))
    watcher.start()
    cpu, begin = time.process_time(), time.perf_counter()
    with Judge(database):
        for batch in range(SECONDS * A_SECOND):
            number = _send(database, ref, tools, batch)
            committed[number] = time.perf_counter()
            time.sleep(max(0.0, begin + (batch + 1) / A_SECOND - time.perf_counter()))
        took = time.perf_counter() - begin
        last = max(committed)
        while max(seen, default=0) < last and time.perf_counter() - begin < 4 * SECONDS:
            time.sleep(0.05)
    ended.set()
    watcher.join()
    cpu = time.process_time() - cpu
    order = sorted(seen)
    late = [
        seen[next(judged for judged in order if judged >= number)] - at
        for number, at in committed.items()
    ]
    p50, p95 = np.quantile(late, [0.5, 0.95])
    total = SECONDS * A_SECOND * ROWS
    with database.read() as session:
        newest = select(func.max(ChartState.points)).group_by(
            ChartState.design_id, ChartState.stream
        )
        judged = sum(session.scalars(newest))
        broken = session.scalar(select(func.count()).select_from(Violation))
    kind = database.engine.dialect.name
    print(
        f"\n{kind}: {total / took:.0f} points/s in, judged after {p50:.2f} s (p50),"
        f" {p95:.2f} s (p95); {1e6 * cpu / total:.0f} us of CPU a point, in and judged;"
        f" {broken} violations"
    )
    assert judged == total
    assert (broken or 0) >= 10
