"""Judging on arrival: exact whatever comes late, once whoever judges, filed under one cause."""

import threading
import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from ops.db import arrived, findings, revisions, stream_rows, violations
from ops.db.columnar import IngestRef, write_chunk
from ops.db.engine import Database
from ops.db.models.control import (
    ChartDesignRow,
    ChartProgress,
    ChartState,
    Finding,
    ReactionPlan,
    Violation,
)
from ops.db.models.data import Context, Measurement
from ops.db.models.plant import Characteristic, Event, Tool
from ops.db.revisions import RevisionItem
from ops.db.types import from_micros, to_micros
from ops.spc.rules import NELSON
from ops.values import Actor
from ops.work.judge import Judge, judge_due
from tests.ops.work.designs import approve
from tests.plant import DAY, JANUARY, NOW, plant, rows

NELSON_RULES = [asdict(rule) for rule in NELSON]
ADA = Actor("ada", "engineer")
SECOND = 1_000_000


def send(database: Database, ref: IngestRef, values: Sequence[float], first: int = 0,
         **columns: Any) -> None:  # fmt: skip
    """Store values, one a second from a place on; sequences are 0."""
    size = len(values)
    chunk = rows(size, first=first, value=np.array(values), seq=np.zeros(size, dtype=int),
                 subgroup=[None] * size, **columns)  # fmt: skip
    write_chunk(database, chunk, ingest=ref, now=NOW)


def revise(database: Database, place: int, action: Any, value: float | None = None) -> None:
    with database.write.begin() as session:
        row = session.get_one(Characteristic, 1)
        item = RevisionItem(from_micros(JANUARY + place * SECOND), 0, action, value)
        revisions.revise(session, ADA, row, [item], "gauge", NOW)


def places(database: Database) -> list[tuple[str, int, tuple[str, ...]]]:
    """Stream, place and rules of all violations."""
    with database.read() as session:
        found = session.scalars(select(Violation).order_by(Violation.stream, Violation.ts))
        return [(v.stream, (to_micros(v.ts) - JANUARY) // SECOND, tuple(v.rules)) for v in found]


def found(database: Database) -> list[Finding]:
    with database.read() as session:
        return list(session.scalars(select(Finding).order_by(Finding.id)))


def judged(database: Database) -> None:
    judge_due(database, now=NOW)


def test_what_comes_is_judged_and_filed(database: Database) -> None:
    ref, design = plant(database), approve(database)
    send(database, ref, [40.0, 40.1, 44.5])
    judged(database)
    assert places(database) == [("A", 2, ("1", "moving-range"))]
    (finding,) = found(database)
    assert finding.title == "LOOP, tool A: one point beyond 3 sigma"
    assert (finding.state, finding.disposition, finding.points) == ("open", "hold", 1)
    assert finding.cause == f"design {design}, stream A, limits"
    evidence = finding.evidence
    assert evidence["rules"] == [
        {"name": "1", "sentence": "one point beyond 3 sigma"},
        {"name": "moving-range", "sentence": "the moving range is beyond its limits"},
    ]
    assert [p["z"] for p in evidence["points"]] == [4.5]
    assert [p["value"] for p in evidence["points"]] == [44.5]
    assert [p["value"] for p in evidence["recent"]] == [40.0, 40.1, 44.5]
    assert evidence["limits"] == {"center": 40.0, "sigma": 1.0, "unit": "um"}
    assert evidence["stratum"] == {"tool": "A", "lot": "1"}
    send(database, ref, [44.6], first=3)
    judged(database)
    assert [f.points for f in found(database)] == [2], "one is open for one cause"


def test_judging_again_changes_nothing(database: Database) -> None:
    ref = plant(database)
    approve(database)
    send(database, ref, [44.5])
    judged(database)
    before = found(database)[0].row_version
    assert judge_due(database, now=NOW) == 0
    send(database, ref, [44.5])  # a duplicate: no batch
    assert judge_due(database, now=NOW) == 0
    assert found(database)[0].row_version == before


def test_streams_are_judged_apart(database: Database) -> None:
    ref = plant(database)
    approve(database, limits=[{"level": "B", "center": 40, "sigma": 1, "n": 9}])
    send(database, ref, [50.0, 50.0], context_id=np.array([1, 2]))
    judged(database)
    assert places(database) == [("B", 1, ("1",))], "A has no limits"


def test_a_late_row_is_judged_where_it_belongs(database: Database) -> None:
    ref = plant(database)
    approve(database, rules=[{"name": "2", "sentence": "two up", "pattern": "same-side", "n": 3}])
    send(database, ref, [41.0, 41.0], first=0)
    send(database, ref, [41.0], first=5)
    judged(database)
    assert places(database) == [("A", 5, ("2",))]
    send(database, ref, [39.0], first=3)
    judged(database)
    assert places(database) == [], "the run is broken"
    (finding,) = found(database)
    assert (finding.points, finding.evidence["withdrawn"]) == (0, True)


def test_a_void_point_is_taken_back_and_a_restored_one_comes_back(database: Database) -> None:
    ref = plant(database)
    approve(database)
    send(database, ref, [40.0, 45.0, 46.0])
    judged(database)
    revise(database, 1, "void")
    judged(database)
    assert places(database) == [("A", 2, ("1", "moving-range"))]
    assert [f.points for f in found(database)] == [1]
    revise(database, 1, "restore")
    revise(database, 2, "correct", 42.0)
    judged(database)
    assert places(database) == [("A", 1, ("1", "moving-range"))]
    assert [f.points for f in found(database)] == [1]


def test_a_closed_finding_stays_closed_and_the_next_violation_opens_another(
    database: Database,
) -> None:
    ref = plant(database)
    approve(database)
    send(database, ref, [45.0])
    judged(database)
    with database.write.begin() as session:
        findings.close(session, session.get_one(Finding, 1), "new capillary", actor=ADA, now=NOW)
    send(database, ref, [40.0], first=-1)  # late: all is judged anew
    judged(database)
    assert [(f.state, f.points) for f in found(database)] == [("closed", 1)]
    send(database, ref, [45.0], first=7)
    judged(database)
    assert [(f.state, f.points) for f in found(database)] == [("closed", 1), ("open", 1)]


def test_the_plan_and_the_last_events_stand_in_the_finding(database: Database) -> None:
    ref = plant(database)
    approve(database)
    plan = {"disposition": "hold", "title": "Hold", "owner": "process", "minutes": 30}
    with database.write.begin() as session:
        session.add(ReactionPlan(characteristic_id=1, steps=["stop", "look"], created_by="a",
                                 created_at=NOW, **plan))  # fmt: skip
        session.add(Tool(id=5, site_id=1, code="A", title="", created_at=NOW))
        session.flush()
        session.add(Event(site_id=1, tool_id=5, kind="capillary-change", title="C-1",
                          ts=from_micros(JANUARY - DAY), detail={}, created_by="a",
                          created_at=NOW))  # fmt: skip
    send(database, ref, [41.5, 41.5, 40, 41.5, 45.0])
    judged(database)
    limits = next(f for f in found(database) if f.disposition == "hold")
    assert limits.reaction["steps"] == ["stop", "look"]
    assert limits.due_at is not None
    assert (limits.due_at - NOW).total_seconds() == 30 * 60
    assert [e["title"] for e in limits.evidence["events"]] == ["C-1"]


def test_limits_and_runs_are_two_causes(database: Database) -> None:
    ref = plant(database)
    approve(database)
    send(database, ref, [42.5, 42.5, 45.0])
    judged(database)
    causes = sorted((f.cause.rpartition(" ")[2], f.disposition) for f in found(database))
    assert causes == [("limits", "hold"), ("runs", "warn")]


def test_a_successor_judges_from_its_date_on(database: Database) -> None:
    ref, first = plant(database), approve(database)
    wide = [{"center": 40, "sigma": 5, "n": 9}]
    second = approve(
        database, number=2, effective_from=from_micros(JANUARY + 2 * SECOND), limits=wide
    )
    send(database, ref, [45.0, 45.0, 45.0, 60.0])
    judged(database)
    with database.read() as session:
        rows_ = session.execute(select(Violation.design_id, func.count()).group_by(
            Violation.design_id).order_by(Violation.design_id)).all()  # fmt: skip
    assert [tuple(row) for row in rows_] == [(first, 2), (second, 1)]


def test_a_design_that_is_approved_later_judges_what_is_there(database: Database) -> None:
    ref = plant(database)
    send(database, ref, [45.0, 40.0, 45.0])
    judged(database)
    approve(database, effective_from=from_micros(JANUARY + SECOND))
    judged(database)
    assert places(database) == [("A", 2, ("1", "moving-range"))]


def test_a_subgroup_waits_until_it_is_complete(database: Database) -> None:
    ref = plant(database)
    approve(database, kind="xbar-r", subgroup="count:4")
    send(database, ref, [42.0] * 3)
    judged(database)
    assert places(database) == []
    send(database, ref, [42.0], first=3)
    judged(database)
    assert places(database) == [("A", 0, ("1",))]
    revise(database, 3, "void")
    judged(database)
    assert places(database) == []


def test_states_are_sparse_and_go_back_exactly(database: Database) -> None:
    ref, design = plant(database), approve(database, kind="ewma")
    value = np.random.default_rng(7).normal(40, 1, 1700)
    for first in range(0, 1700, 300):
        send(database, ref, value[first : first + 300].tolist(), first=first)
        judged(database)
    with database.read() as session:
        kept = session.scalars(select(ChartState.points).order_by(ChartState.points)).all()
    assert kept == [500, 1000, 1500, 1700]
    revise(database, 1234, "correct", 60.0)
    judged(database)
    expected = places(database)
    assert expected
    anew(database, design)
    assert places(database) == expected


def anew(database: Database, design: int) -> None:
    """Judge everything from the start."""
    with database.write.begin() as session:
        for table in (Violation, ChartState, ChartProgress):
            session.execute(delete(table).where(table.design_id == design))
    judged(database)


def memories(database: Database) -> dict[str, Any]:
    """Newest state of each stream."""
    with database.read() as session:
        query = select(ChartState).order_by(ChartState.stream, ChartState.ts, ChartState.seq)
        return {state.stream: state.memory for state in session.scalars(query)}


steps = st.lists(
    st.one_of(
        st.tuples(st.just("send"), st.integers(0, 60), st.integers(1, 5)),
        st.tuples(st.sampled_from(["void", "restore", "correct"]), st.integers(0, 60),
                  st.integers(0, 5)),
        st.tuples(st.just("judge"), st.just(0), st.just(0)),
    ),
    max_size=12,
)  # fmt: skip
DESIGNS: list[dict[str, Any]] = [
    {},
    {"kind": "cusum", "headstart": 2.0},
    {"kind": "xbar-r", "subgroup": "count:3"},
    {"kind": "xbar-s", "subgroup": "gap:2", "stream": "none"},
    {"kind": "ewma", "stream": "position"},
]


@settings(
    max_examples=6,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=steps, number=st.integers(0, len(DESIGNS) - 1), chance=st.integers(0, 9))
def test_whatever_comes_in_whatever_order_is_judged_as_from_the_start(
    database: Database, steps: list[tuple[str, int, int]], number: int, chance: int
) -> None:
    code = f"C{np.random.default_rng().integers(2**60)}"
    ref = plant(database, site=code, codes=(code,))
    with database.write.begin() as session:
        own = session.scalars(select(Characteristic.id).where(Characteristic.code == code)).one()
        own_contexts = session.scalars(
            select(Context.id).where(Context.site_id == ref.site_id)
        ).all()
        session.execute(update(ChartDesignRow).values(state="retired"))
        for table in (Violation, ChartState):
            session.execute(delete(table))
    design = approve(database, characteristic_id=own, **DESIGNS[number])
    rng = np.random.default_rng(chance)
    for action, place, size in steps:
        if action == "send":
            send(database, ref, rng.normal(40, 2.5, size).tolist(), place,
                 characteristic_id=np.full(size, own), context_id=rng.choice(own_contexts, size),
                 position=rng.choice(["p", "q"], size).tolist())  # fmt: skip
        elif action == "judge":
            judged(database)
        else:
            with database.write.begin() as session:
                row = session.get_one(Characteristic, own)
                at = from_micros(JANUARY + place * SECOND)
                value = 40.0 + size if action == "correct" else None
                if _is_stored(session, own, at):
                    item = RevisionItem(at, 0, action, value)  # type: ignore[arg-type]
                    revisions.revise(session, ADA, row, [item], "x", NOW)
    judged(database)
    got = places(database), memories(database)
    anew(database, design)
    assert got == (places(database), memories(database)), (steps, number, chance)


def _is_stored(session: Any, characteristic_id: int, at: Any) -> bool:
    return session.get(Measurement, (characteristic_id, at, 0)) is not None


def test_two_judges_at_once_file_everything_once(database: Database) -> None:
    ref = plant(database)
    approve(database)
    wrong: list[BaseException] = []

    def keep() -> None:
        try:
            for _ in range(12):
                judged(database)
        except BaseException as error:  # noqa: BLE001  (told below)
            wrong.append(error)

    threads = [threading.Thread(target=keep) for _ in range(3)]
    for thread in threads:
        thread.start()
    for first in range(0, 60, 10):
        send(database, ref, [45.0] + [40.0] * 9, first=first)
    for thread in threads:
        thread.join()
    judged(database)
    assert wrong == []
    assert [place for _, place, rules in places(database) if "1" in rules] == list(range(0, 60, 10))
    assert [f.points for f in found(database) if f.cause.endswith("limits")] == [6]


def test_the_thread_of_a_worker_judges_what_comes(database: Database) -> None:
    ref = plant(database)
    approve(database)
    with Judge(database):
        send(database, ref, [45.0])
        until = time.monotonic() + 120
        while not places(database):
            assert time.monotonic() < until, "nothing is judged"
            time.sleep(0.05)


def test_a_crash_between_state_and_violations_leaves_neither(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = plant(database)
    approve(database)
    send(database, ref, [45.0])

    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(violations, "record", crash)
        with pytest.raises(KeyboardInterrupt):
            judged(database)
    assert memories(database) == {}
    judged(database)
    assert places(database) == [("A", 0, ("1",))]


def test_a_backlog_is_judged_in_portions_as_at_once_and_goes_on_after_a_crash(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = plant(database)
    rng = np.random.default_rng(3)
    value, tool = rng.normal(40, 1.5, 400), rng.choice([1, 2], 400)
    for first in range(0, 400, 50):
        rows_ = slice(first, first + 50)
        send(database, ref, value[rows_].tolist(), first=first, context_id=tool[rows_])
    design = approve(database, kind="xbar-s", subgroup="count:3", rules=NELSON_RULES)
    judged(database)
    whole = places(database), memories(database)
    assert len(whole[0]) > 5
    monkeypatch.setattr(stream_rows, "PORTION", 70)
    monkeypatch.setattr(arrived, "PORTION", 70)
    with database.write.begin() as session:
        for table in (Violation, ChartState, ChartProgress):
            session.execute(delete(table).where(table.design_id == design))
    crash_after(database, monkeypatch, 3)
    with database.read() as session:
        progress = session.scalars(select(ChartProgress)).one()
        assert progress.reached is not None, "a part of it is judged and kept"
    judged(database)
    assert (places(database), memories(database)) == whole
    assert judge_due(database, now=NOW) == 0


def crash_after(database: Database, monkeypatch: pytest.MonkeyPatch, portions: int) -> None:
    """Judge, and be interrupted in the transaction after so many portions."""
    record, count = violations.record, iter(range(portions))

    def crash(*args: Any, **named: Any) -> None:
        if next(count, None) is None:
            raise KeyboardInterrupt
        record(*args, **named)

    with monkeypatch.context() as broken:
        broken.setattr(violations, "record", crash)
        with pytest.raises(KeyboardInterrupt):
            judged(database)


def test_many_batches_that_wait_are_judged_in_portions(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref, design = plant(database), approve(database)
    judged(database)
    for first in range(0, 120, 10):
        send(database, ref, [40.0, 44.0] * 5, first=first)
    monkeypatch.setattr(arrived, "PORTION", 25)
    crash_after(database, monkeypatch, 2)
    assert {place for _, place, _ in places(database)} == set(range(1, 40)), "two batches each"
    judged(database)
    expected = places(database), memories(database)
    anew(database, design)
    assert (places(database), memories(database)) == expected
