"""A file goes in whole: counted, listed, repeatable."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from ops.db.engine import Database
from ops.db.models.data import Batch, Context, Ingest, Measurement, Rejection
from ops.db.models.plant import Characteristic, Site
from ops.errors import BadData
from ops.ingest.mapping import ColumnMapping
from ops.settings import Settings
from ops.values import Actor
from ops.work.ingest import IngestCounts, IngestReport, IngestRequest, ingest

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ADA = Actor("ada", "engineer")
HEADER = "time,characteristic,value,unit_id,position,tool,lot\n"


@pytest.fixture
def site(database: Database) -> int:
    with database.write.begin() as session:
        made = Site(code="PEN1", title="Penang", created_at=NOW)
        session.add(made)
        session.flush()
        common: dict[str, Any] = {"site_id": made.id, "title": "", "created_at": NOW}
        session.add(Characteristic(code="loop_height", unit="um", gauge_upper=300.0, **common))
        session.add(Characteristic(code="pull", unit="gf", **common))
        return made.id


Send = Callable[..., IngestReport]


@pytest.fixture
def send(database: Database, site: int) -> Send:
    def sent(content: str | bytes, **request: Any) -> IngestReport:
        octets = content.encode() if isinstance(content, str) else content
        request.setdefault("file_format", "csv")
        asked = IngestRequest(site_id=site, actor=ADA, **request)
        return ingest(database, io.BytesIO(octets), asked, settings=Settings(), now=NOW)

    return sent


def heights(n: int, *, start: int = 0) -> str:
    """Lines of n heights: 20 wires a unit, two tools, 25 units a lot."""
    return "".join(
        f"2025-06-0{1 + i % 5}T{i // 3600 % 24:02}:{i // 60 % 60:02}:{i % 60:02}Z,loop_height,"
        f"{150 + i % 97 / 7:.4f},U{i // 20},W{i % 20},WB-{i % 2},L{i // 500}\n"
        for i in range(start, start + n)
    )


def counted(database: Database, what: Any) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(what)) or 0


def test_every_row_is_accounted_for(database: Database, send: Send) -> None:
    bad = "2025-06-01T00:00:00Z,loop_hight,1,U,W,A,L\nnever,pull,1,U,W,A,L\n"
    report = send(HEADER + heights(1000) + bad, source="gauge 7", file_name="a.csv")
    assert report.counts == IngestCounts(rows=1002, accepted=1000, rejected=2)
    assert [(r.kind, r.row, r.column, r.value, r.reason) for r in report.refused] == [
        (
            "rejected",
            1001,
            "characteristic",
            "loop_hight",
            "is no characteristic of this site; did you mean 'loop_height'?",
        ),
        ("rejected", 1002, "time", "never", "is not an ISO 8601 time"),
    ]
    with database.read() as session:
        row = session.get_one(Ingest, report.ingest_id)
        assert (row.state, row.rows, row.accepted, row.rejected) == ("succeeded", 1002, 1000, 2)
        assert (row.source, row.file_name, row.person) == ("gauge 7", "a.csv", "ada")
    assert counted(database, Measurement) == 1000
    assert counted(database, Context) == 4
    assert counted(database, Rejection) == 2


def test_sending_the_same_file_again_changes_nothing(database: Database, send: Send) -> None:
    content = HEADER + heights(1000)
    send(content)
    before = counted(database, Batch)
    report = send(content)
    assert report.counts == IngestCounts(rows=1000, duplicate=1000)
    assert report.refused == ()
    assert (counted(database, Measurement), counted(database, Batch)) == (1000, before)


def test_other_content_under_a_known_key_is_conflicting_and_listed(
    database: Database, send: Send
) -> None:
    line = "2025-06-01T00:00:00Z,pull,{},U,W,A,L\n"
    send(HEADER + line.format(10))
    report = send(HEADER + line.format(11) + line.format(10))
    assert report.counts == IngestCounts(rows=2, duplicate=1, conflicting=1)
    (refused,) = report.refused
    assert (refused.kind, refused.row, refused.value) == ("conflicting", 1, "value=11.0")
    assert refused.reason.startswith("is stored with other content (value=10.0), which stays")
    with database.read() as session:
        assert list(session.scalars(select(Measurement.value))) == [10.0]


def test_two_tools_at_one_time_are_told_apart_by_their_names_and_how_to_store_both(
    send: Send,
) -> None:
    line = "2025-06-01T00:00:00Z,pull,{},U,W,{},L\n"
    report = send(HEADER + line.format(10, "WB-01") + line.format(11, "WB-02"))
    (refused,) = report.refused
    assert refused.value == "value=11.0, tool=WB-02"
    assert refused.reason.startswith(
        "stands at the time of another row (value=10.0, tool=WB-01), which stays"
    )
    assert "unit_id, position, replicate or seq" in refused.reason


def test_a_row_that_comes_twice_in_a_file_counts_once(send: Send) -> None:
    report = send(HEADER + heights(10) + heights(10))
    assert report.counts == IngestCounts(rows=20, accepted=10, duplicate=10)


def test_rows_out_of_order_are_accepted(send: Send) -> None:
    lines = heights(100).splitlines(keepends=True)
    assert send(HEADER + "".join(lines[::-1])).counts.accepted == 100
    assert send(HEADER + "".join(lines)).counts.duplicate == 100


def test_a_value_beyond_the_gauge_is_stored_with_its_status(database: Database, send: Send) -> None:
    send(HEADER + "2025-06-01T00:00:00Z,loop_height,301,U,W,A,L\n")
    with database.read() as session:
        assert list(session.execute(select(Measurement.value, Measurement.status))) == [(301.0, 3)]


def test_factors_that_are_nearly_unique_are_warned_of(send: Send) -> None:
    mapping = ColumnMapping(unit_id="none", factors={"serial": "unit_id", "tool": "tool"})
    lines = "".join(f"2025-06-01T00:00:00Z,pull,1,U{i},W{i},A,L\n" for i in range(200))
    mapping = mapping.model_copy(update={"unit_id": "position"})
    (warning,) = send(HEADER + lines, mapping=mapping).warnings
    assert warning.startswith("200 new contexts in 200 rows: the factor 'serial' alone has 200")
    assert send(HEADER + lines, mapping=mapping).warnings == ()  # they are not new any more


def test_a_column_that_is_no_factor_stops_the_ingest_before_anything_is_stored(
    database: Database, send: Send
) -> None:
    header = HEADER.replace("lot", "scanned_at")
    lines = "".join(f"2025-06-01T00:00:00Z,pull,1,U{i},W1,A,t{i}\n" for i in range(1_500))
    with pytest.raises(BadData, match="'scanned_at' has 1500 different values in 1500 rows") as bad:
        send(header + lines)
    assert bad.value.problems[0].pointer == "/mapping/factors"
    assert counted(database, Measurement) == counted(database, Context) == 0
    ignored = ColumnMapping(ignore=("scanned_at",))
    assert send(header + lines, mapping=ignored).counts.accepted == 1_500


def test_who_names_the_factors_is_only_warned(send: Send) -> None:
    lines = "".join(f"2025-06-01T00:00:00Z,pull,1,U{i},W1,A,L{i}\n" for i in range(1_500))
    mapping = ColumnMapping(factors={"lot": "lot", "tool": "tool"})
    report = send(HEADER + lines, mapping=mapping)
    assert report.counts.accepted == 1_500
    assert "'lot' alone has 1500" in report.warnings[0]


def test_a_file_that_cannot_be_read_is_noted_as_failed(database: Database, send: Send) -> None:
    with pytest.raises(BadData, match="lacks 'time'"):
        send("a,b\n1,2\n")
    with database.read() as session:
        row = session.scalars(select(Ingest)).one()
        assert row.state == "failed"
        assert row.error is not None
        assert row.error.startswith("the file lacks 'time'")


def test_a_file_that_breaks_off_keeps_what_was_read(database: Database, send: Send) -> None:
    row = '{"time": "2025-06-01T00:00:00Z", "characteristic": "pull", "value": 1, "seq": %d}'
    rows = ",".join(row % i for i in range(120_000))
    report = send(f"[{rows},{{", file_format="json")
    assert report.error is not None
    assert "broken after row 120000" in report.error
    assert report.counts.accepted == counted(database, Measurement) > 0
    again = send(f"[{rows}]", file_format="json")
    assert again.counts.accepted + again.counts.duplicate == 120_000
    assert again.counts.duplicate == report.counts.accepted


def test_progress_is_told_after_each_chunk(database: Database, site: int) -> None:
    seen: list[int] = []
    content = io.BytesIO((HEADER + heights(45_000)).encode())
    request = IngestRequest(site_id=site, file_format="csv", actor=ADA)
    ingest(
        database,
        content,
        request,
        settings=Settings(),
        now=NOW,
        progress=lambda counts: seen.append(counts.rows),
    )
    assert seen[-1] == 45_000
    assert seen == sorted(seen)


def test_an_ingest_whose_process_died_is_closed_by_the_next(
    database: Database, site: int, send: Send
) -> None:
    with database.write.begin() as session:
        for minutes in (16, 14):
            at = NOW - timedelta(minutes=minutes)
            dead = Ingest(site_id=site, format="csv", person="x", started_at=at, warnings=[])
            session.add(dead)
    send(HEADER + heights(1))
    with database.read() as session:
        found = session.scalars(select(Ingest).order_by(Ingest.id)).all()
        assert [i.state for i in found] == ["failed", "running", "succeeded"]
        assert found[0].error is not None
        assert "send the file again" in found[0].error


def test_a_file_of_which_nothing_fits_stops_before_its_list_fills_the_disk(
    database: Database, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ops.work.ingest.HOPELESS", 200)
    for name in ("CHUNK_SQLITE", "CHUNK_POSTGRESQL"):
        monkeypatch.setattr(f"ops.work.ingest.{name}", 100)
    report = send(HEADER + heights(1_000).replace("loop_height", "LOOP"))
    assert (report.counts.rows, counted(database, Rejection)) == (200, 200)
    assert report.error is not None
    assert "none of the first 200 rows could be stored" in report.error
    assert "row 1, characteristic: 'LOOP'" in report.error
    mostly_wrong = heights(1) + heights(500, start=1).replace("loop_height", "LOOP")
    assert send(HEADER + mostly_wrong).counts.rejected == 500, "what fits in part is read whole"
