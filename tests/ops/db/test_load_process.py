"""The loader of process control answers what was known of the process, and nothing later."""

import dataclasses
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest

from ops.db import marks, revisions
from ops.db.columnar import IngestRef, write_chunk
from ops.db.engine import Database
from ops.db.load import load
from ops.db.marks import Remark
from ops.db.models.control import ActionPolicyRow, ChartDesignRow, PackageRow
from ops.db.models.plant import Baseline, Characteristic, Event, Tool
from ops.db.models.work import Run
from ops.db.revisions import RevisionItem
from ops.db.types import from_micros
from ops.errors import BadData, NotFound
from ops.query import ROW_COLUMNS, SEQ, MeasurementQuery, ProcessData, ProcessQuery
from ops.values import Actor, Scope
from ops.work.run import pinned
from tests.plant import JANUARY, NOW, plant, rows

ADA = Actor("ada", "engineer")
LOOP = MeasurementQuery(characteristics=("LOOP",), columns=ROW_COLUMNS | {SEQ})
START, END = (from_micros(JANUARY + k * 1_000_000) for k in (10, 20))


def at(second: int) -> datetime:
    return from_micros(JANUARY + second * 1_000_000)


@pytest.fixture
def filled(database: Database) -> Database:
    write_chunk(database, rows(25), ingest=plant(database), now=NOW)
    with database.write.begin() as session:
        session.add_all(Tool(id=k, site_id=1, code=f"T{k}", title="t", created_at=NOW)
                        for k in (1, 2))  # fmt: skip
    return database


def happened(database: Database, kind: str, second: int, **columns: Any) -> None:
    values = {"site_id": 1, "title": kind, "detail": {"n": second}, "created_by": "ada",
              "created_at": NOW - timedelta(days=1)}  # fmt: skip
    with database.write.begin() as session:
        session.add(Event(kind=kind, ts=at(second), **values | columns))


def asked(database: Database, **what: Any) -> ProcessData:
    given: dict[str, Any] = {"start": START, "end": END, **what}
    return load(database, ProcessQuery(LOOP, **given))


def test_measurements_are_those_of_the_window_with_their_sequences(filled: Database) -> None:
    (series,) = asked(filled).measurements.series
    np.testing.assert_array_equal(series.seq, np.arange(10, 20) % 5)
    assert series.ts[0] == JANUARY + 10_000_000


def test_sequences_come_with_revised_points_too(filled: Database) -> None:
    with filled.write.begin() as session:
        row = session.get_one(Characteristic, 1)
        items = [RevisionItem(at(12), 2, "void"), RevisionItem(at(13), 3, "correct", 7.0)]
        revisions.revise(session, ADA, row, items, "gauge", NOW)
    (series,) = asked(filled).measurements.series
    assert series.seq is not None
    np.testing.assert_array_equal(series.seq, [0, 1, 3, 4, 0, 1, 2, 3, 4])
    assert series.value[2] == 7.0
    plain = dataclasses.replace(LOOP, columns=frozenset())
    (without,) = load(filled, plain).series
    assert without.seq is None


def test_events_are_those_of_the_window_and_the_last_of_each_kind_and_tool_before(
    filled: Database,
) -> None:
    for kind, second, tool in (
        ("capillary-change", 1, 1), ("capillary-change", 5, 1), ("capillary-change", 4, 2),
        ("maintenance", 2, None), ("maintenance", 3, None), ("capillary-change", 15, 1),
        ("maintenance", 20, None),
    ):  # fmt: skip
        happened(filled, kind, second, tool_id=tool)
    found = asked(filled, events=None).events
    assert [(e.kind, (e.ts - JANUARY) // 1_000_000, e.tool) for e in found] == [
        ("maintenance", 3, ""), ("capillary-change", 4, "T2"), ("capillary-change", 5, "T1"),
        ("capillary-change", 15, "T1"),
    ]  # fmt: skip
    assert (found[-1].site, found[-1].detail, found[-1].ended_at) == ("HSV", {"n": 15}, None)
    named = asked(filled, events=("maintenance",), start=None).events
    assert [e.kind for e in named] == ["maintenance"] * 2
    assert asked(filled).events == ()


def test_events_of_other_sites_and_characteristics_or_entered_later_are_not_seen(
    filled: Database,
) -> None:
    other = plant(filled, site="ALT")
    happened(filled, "note", 11, site_id=other.site_id)
    happened(filled, "note", 12, characteristic_id=2)
    happened(filled, "note", 13, characteristic_id=1)
    happened(filled, "note", 14, created_at=NOW + timedelta(days=1))
    there = ProcessQuery(dataclasses.replace(LOOP, site="HSV"), events=None, as_of=NOW)
    found = load(filled, dataclasses.replace(there, start=START, end=END))
    assert [(e.ts - JANUARY) // 1_000_000 for e in found.events] == [13]
    assert found.events[0].characteristic == "LOOP"


def mark(database: Database, second: int, kind: Any, note: str) -> int:
    with database.write.begin() as session:
        row = session.get_one(Characteristic, 1)
        keys = [(at(second), second % 5)]
        return marks.mark(session, ADA, row, keys, Remark(kind, note=note), NOW).id


def test_marks_are_those_of_the_window_up_to_the_batch_oldest_first(filled: Database) -> None:
    mark(filled, 3, "annotate", "before the window")
    first = mark(filled, 12, "exclude", "pilot")
    mark(filled, 11, "annotate", "look")
    mark(filled, 12, "include", "no pilot after all")
    said = asked(filled, marks=True).marks
    assert [(m.kind, m.seq, m.note) for m in said] == [
        ("exclude", 2, "pilot"), ("annotate", 1, "look"), ("include", 2, "no pilot after all"),
    ]  # fmt: skip
    assert [m.note for m in asked(filled, marks=True, max_batch=first).marks] == ["pilot"]
    assert asked(filled).marks == ()


def test_a_void_mark_is_a_revision_from_its_batch_on(filled: Database) -> None:
    batch = mark(filled, 12, "void", "hair on the lens")
    assert asked(filled).measurements.series[0].value.size == 9
    assert asked(filled, max_batch=batch - 1).measurements.series[0].value.size == 10
    assert asked(filled, max_batch=batch - 1, marks=True).marks == ()


def design(database: Database, name: str, number: int, approved: int | None, retired: int | None):
    def day(k: int | None) -> datetime | None:
        return None if k is None else NOW + timedelta(days=k)

    state = "draft" if approved is None else "approved" if retired is None else "retired"
    with database.write.begin() as session:
        session.add(ChartDesignRow(
            characteristic_id=1, name=name, number=number, state=state,
            document={"n": number}, approved_at=day(approved), retired_at=day(retired),
            effective_from=day(approved), created_by="ada", created_at=NOW,
        ))  # fmt: skip


def test_designs_are_those_in_force_at_the_instant(filled: Database) -> None:
    design(filled, "line", 1, -9, -2)
    design(filled, "line", 2, -2, None)
    design(filled, "line", 3, None, None)
    design(filled, "lot", 1, -1, None)

    def found(days: int | None) -> Any:
        as_of = None if days is None else NOW + timedelta(days=days)
        return asked(filled, designs=True, as_of=as_of).designs

    assert found(None) == {1: {"line": {"n": 2}, "lot": {"n": 1}}}
    assert found(-2) == {1: {"line": {"n": 2}}}
    assert found(-3) == {1: {"line": {"n": 1}}}
    assert found(-10) == {}
    assert asked(filled).designs == {}


def package(database: Database, ref_site: int, code: str) -> None:
    with database.write.begin() as session:
        session.add(PackageRow(site_id=ref_site, code=code, title=code, document={"at": ref_site},
                               created_by="ada", created_at=NOW))  # fmt: skip


def test_the_package_is_that_of_the_site_of_the_measurements(filled: Database) -> None:
    package(filled, 1, "QFN")
    assert asked(filled, package="QFN").package == {"at": 1}
    assert asked(filled).package is None
    with pytest.raises(NotFound, match="'QFP'"):
        asked(filled, package="QFP")
    other: IngestRef = plant(filled, site="ALT")
    package(filled, other.site_id, "QFN")
    with pytest.raises(BadData, match="name one site"):
        asked(filled, package="QFN")
    scoped = asked(filled, package="QFN", scope=Scope(frozenset({other.site_id})))
    assert scoped.package == {"at": other.site_id}


def test_the_fingerprint_knows_every_part(filled: Database) -> None:
    def seen() -> str:
        return asked(filled, events=None, marks=True, designs=True).fingerprint()

    before = [seen()]
    mark(filled, 12, "annotate", "look")
    before.append(seen())
    happened(filled, "maintenance", 11)
    before.append(seen())
    design(filled, "line", 1, -1, None)
    before.append(seen())
    assert len(set(before)) == 4
    assert seen() == before[-1]


def test_a_run_pins_window_batch_instant_and_sites() -> None:
    run = Run(window_start=START, window_end=END, max_batch=7, as_of=NOW, sites=[1], params={})
    query = pinned(ProcessQuery(LOOP, events=None, marks=True), run)
    assert (query.start, query.end, query.max_batch, query.as_of) == (START, END, 7, NOW)
    assert query.scope == Scope(frozenset({1}))
    measured = query.measured()
    assert (measured.start, measured.max_batch, measured.scope) == (START, 7, query.scope)
    assert query.marks
    assert SEQ in measured.columns


def qualified(database: Database, name: str, seconds: tuple[int, int], **columns: Any) -> None:
    start, end = (at(second) for second in seconds)
    values = {"characteristic_id": 1, "where": {}, "created_by": "ada", "created_at": NOW,
              "approved_by": "eve", "approved_at": NOW - timedelta(days=2)}  # fmt: skip
    with database.write.begin() as session:
        session.add(Baseline(name=name, start=start, end=end, **values | columns))


def test_approved_baselines_come_with_their_values_from_outside_the_window(
    filled: Database,
) -> None:
    qualified(filled, "first", (0, 8), review_days=30)
    qualified(filled, "newer", (2, 6), approved_at=NOW - timedelta(days=1))
    qualified(filled, "draft", (0, 8), approved_at=None, approved_by=None)
    assert asked(filled).baselines == ()
    newer, first = asked(filled, baselines=True, as_of=NOW).baselines
    assert (newer.name, first.name) == ("newer", "first")
    assert first.series is not None
    np.testing.assert_array_equal(first.series.ts, JANUARY + np.arange(8) * 1_000_000)
    assert first.review_at is not None
    assert first.review_at - first.approved_at == 30 * 86_400_000_000
    assert newer.review_at is None
    earlier = asked(filled, baselines=True, as_of=NOW - timedelta(days=2)).baselines
    assert [baseline.name for baseline in earlier] == ["first"]


def test_a_baseline_without_values_has_no_series(filled: Database) -> None:
    qualified(filled, "empty", (5000, 6000))
    (empty,) = asked(filled, baselines=True, as_of=NOW).baselines
    assert empty.series is None


def test_an_action_policy_is_read_by_its_code(filled: Database) -> None:
    with filled.write.begin() as session:
        session.add(ActionPolicyRow(site_id=1, code="wb", title="t", document={"a": 1},
                                    created_by="ada", created_at=NOW))  # fmt: skip
    assert asked(filled, policy="wb").policy == {"a": 1}
    assert asked(filled, policy="default").policy is None
    with pytest.raises(NotFound, match="no action policy 'other' at"):
        asked(filled, policy="other")
