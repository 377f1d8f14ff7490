"""Pages and what they fetch: a chart of a million points, every page, a long report."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import numpy as np
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.deps import Services
from api.render.report import Origin, report
from api.render.words import words_for
from ops.analyses.capability import CAPABILITY
from ops.analyses.capability_params import CapabilityParams
from ops.analysis import silent
from ops.db.columnar import write_chunk
from ops.db.engine import Database
from ops.db.partitions import settle
from ops.settings import Settings
from ops.simulate.sample import sample_series
from ops.values import Measurements
from tests.api.conftest import RecordingQueue
from tests.plant import NOW, plant, rows

POINTS = 1_000_000
URL = "/v1/characteristics/1/chart"


@pytest.fixture
def filled(database: Database) -> Database:
    """A million values of two tools over 12 days, three of them far out."""
    ref = plant(database)
    chance = np.random.default_rng(1)
    for first in range(0, POINTS, 100_000):
        value = chance.normal(40, 1, 100_000).clip(37.2, 42.8)
        value[7] = 60.0
        i = np.arange(first, first + 100_000)
        chunk = rows(100_000, first=first, value=value, context_id=1 + i // 7 % 2, seq=i,
                     subgroup=[None] * 100_000, unit_id=[None] * 100_000)  # fmt: skip
        write_chunk(database, chunk, ingest=ref, now=NOW)
    settle(database)
    return database


def client_of(database: Database, folder: Path) -> Iterator[TestClient]:
    settings = Settings(database_url=database.url, data_dir=folder, auth="none", rate_limit="")
    app = create_app(Services(settings, database, RecordingQueue()))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


@pytest.mark.benchmark
@pytest.mark.timeout(900)
def test_a_million_points_open_at_once(filled: Database, tmp_path: Path) -> None:
    """First opening reads everything; a zoom reads nothing. The bar is 1 s."""
    for client in client_of(filled, tmp_path):
        start = perf_counter()
        page = client.get("/characteristics/1?days=0", headers={"Accept": "text/html"})
        shown = perf_counter() - start
        start = perf_counter()
        first = client.get(URL, params={"stretches": 900}).json()
        opened = perf_counter() - start
        zooms = []
        for k in range(5):
            at = f"2026-01-0{3 + k}T00:00:00Z"
            start = perf_counter()
            close = client.get(URL, params={"zoom_start": at, "zoom_end": at[:12] + "1:00:00Z"})
            zooms.append(perf_counter() - start)
            assert close.json()["zoom_points"] == 3_602, "an hour, and one point more on each side"
        assert page.status_code == 200
        assert first["window_points"] == POINTS
        assert len(first["points"]["ts"]) < 100_000
        print(
            f"\n{filled.engine.dialect.name}: page {shown * 1e3:.0f} ms, first chart"
            f" {opened:.2f} s, zoom {median(zooms) * 1e3:.0f} ms"
        )


@pytest.mark.benchmark
def test_a_report_of_fifty_characteristics() -> None:
    """The bar is 5 s."""
    plain = sample_series(2_000, tools=12)
    series = tuple(
        replace(
            plain,
            characteristic=replace(plain.characteristic, code=f"LOOP-{i:02}", title=f"Loop {i}"),
        )
        for i in range(50)
    )
    found = CAPABILITY.compute(Measurements(series), CapabilityParams(strata=("tool",)), silent)
    page = CAPABILITY.view(found)
    start = perf_counter()
    pdf = report(page, Origin("PG1", (), datetime(2026, 1, 1, tzinfo=UTC)), words_for("en"))
    seconds = perf_counter() - start
    assert pdf[:5] == b"%PDF-"
    print(f"\n50 characteristics: {seconds:.2f} s, {len(pdf) / 1024:.0f} KiB")
    assert seconds < 5


@pytest.mark.benchmark
@pytest.mark.timeout(600)
def test_pages_are_rendered_quickly(sqlite_database: Database, tmp_path: Path) -> None:
    """p95 on the server over the pages of a filled plant; the bar is 150 ms."""
    ref = plant(sqlite_database)
    write_chunk(sqlite_database, rows(50_000), ingest=ref, now=NOW)
    paths = ("/", "/characteristics", "/characteristics/1", "/characteristics/1/rows", "/analyses",
             "/analyses/capability", "/runs", "/schedules", "/data", "/settings")  # fmt: skip
    for client in client_of(sqlite_database, tmp_path):
        for path in paths:
            client.get(path, headers={"Accept": "text/html"})
        seconds = []
        for _ in range(10):
            for path in paths:
                start = perf_counter()
                assert client.get(path, headers={"Accept": "text/html"}).status_code == 200
                seconds.append(perf_counter() - start)
        p95 = quantiles(seconds, n=20)[-1]
        print(f"\npages: median {median(seconds) * 1e3:.0f} ms, p95 {p95 * 1e3:.0f} ms")
        assert p95 < 0.15
