"""The loader answers exactly what was known, whatever came in between."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy.orm import Session

from ops.db.batches import open_batch
from ops.db.columnar import IngestRef, write_chunk
from ops.db.engine import Database
from ops.db.load import load
from ops.db.models.data import Batch, BatchSpan, Measurement, Revision
from ops.db.models.plant import Calendar, Shift, Site, SpecLimit
from ops.db.types import from_micros
from ops.errors import NotFound
from ops.query import MeasurementQuery
from ops.values import Scope, Series, SpecLimits, Status
from tests.plant import DAY, JANUARY, NOW, plant, rows

LOOP = MeasurementQuery(characteristics=("LOOP",))


def send(database: Database, ref: IngestRef, chunk: pa.Table) -> int:
    return write_chunk(database, chunk, ingest=ref, now=NOW).batch_id or 0


def revise(
    session: Session, ref: IngestRef, key: tuple[int, int], status: Status, value: float | None
) -> int:
    batch = open_batch(
        session, site_id=ref.site_id, kind="revision", rows=1, person="ada", reason="x", now=NOW
    )
    session.add(
        Revision(
            batch_id=batch.id,
            characteristic_id=1,
            ts=from_micros(key[0]),
            seq=key[1],
            status=status,
            value=value,
        )
    )
    return batch.id


def one(database: Database, query: MeasurementQuery) -> Series:
    (series,) = load(database, query).series
    return series


def labels(factor: object) -> list[str | None]:
    return [None if c < 0 else factor.levels[c] for c in factor.codes]  # type: ignore[attr-defined]


def test_a_series_has_its_columns_and_its_factors(database: Database) -> None:
    ref = plant(database)
    send(database, ref, rows(20, context_id=[1] * 10 + [2] * 10))
    series = one(database, LOOP)
    i = np.arange(20)
    np.testing.assert_array_equal(series.ts, JANUARY + i * 1_000_000)
    np.testing.assert_array_equal(series.value, 40 + np.sin(i))
    assert labels(series.unit_id) == [f"U{k}" for k in i]
    assert labels(series.subgroup) == [None if k % 3 == 0 else str(k // 5) for k in i]
    assert series.position.levels == ()
    assert labels(series.factors["tool"]) == ["A"] * 10 + ["B"] * 10
    assert labels(series.factors["lot"]) == ["1"] * 10 + [None] * 10
    assert (series.characteristic.site, series.characteristic.unit) == ("HSV", "um")


def test_a_characteristic_without_data_is_an_empty_series(database: Database) -> None:
    plant(database)
    found = load(database, MeasurementQuery(site="HSV")).series
    assert [s.characteristic.code for s in found] == ["LOOP", "SHEAR"]
    assert [s.value.size for s in found] == [0, 0]


@pytest.mark.parametrize(
    "query",
    [
        MeasurementQuery(characteristics=("LOOP", "LOPO")),
        replace(LOOP, site="XXX"),
        replace(LOOP, scope=Scope(frozenset({99}))),
    ],
)
def test_what_is_unknown_or_out_of_scope_is_not_found(
    database: Database, query: MeasurementQuery
) -> None:
    plant(database)
    with pytest.raises(NotFound):
        load(database, query)


def test_the_nearest_code_of_the_scope_is_suggested(database: Database) -> None:
    plant(database)
    with pytest.raises(NotFound, match=r"no characteristic 'LOPO'; did you mean 'LOOP'\?"):
        load(database, MeasurementQuery(characteristics=("LOPO",)))
    with pytest.raises(NotFound, match=r"no characteristic 'LOPO'$"):
        load(database, MeasurementQuery(characteristics=("LOPO",), scope=Scope(frozenset({99}))))


def test_each_site_has_its_own_series(database: Database) -> None:
    plant(database)
    other = plant(database, site="ALT")
    send(database, other, rows(5, characteristic_id=[3] * 5, context_id=[3] * 5))
    found = load(database, LOOP).series
    assert [(s.characteristic.site, s.value.size) for s in found] == [("ALT", 5), ("HSV", 0)]
    scoped = replace(LOOP, scope=Scope(frozenset({other.site_id})))
    assert [s.characteristic.site for s in load(database, scoped).series] == ["ALT"]


def test_a_window_is_half_open(database: Database) -> None:
    ref = plant(database)
    send(database, ref, rows(60, step=DAY))
    window = replace(
        LOOP, start=from_micros(JANUARY + 10 * DAY), end=from_micros(JANUARY + 40 * DAY)
    )
    assert one(database, window).value.size == 30


def test_factors_and_labels_can_be_filtered(database: Database) -> None:
    ref = plant(database)
    send(database, ref, rows(20, context_id=[1, 2] * 10, position=[str(k % 4) for k in range(20)]))
    assert one(database, replace(LOOP, where={"tool": ("A",)})).value.size == 10
    both = replace(LOOP, where={"tool": ("A",), "position": ("0", "1")})
    assert one(database, both).value.size == 5
    assert one(database, replace(LOOP, where={"tool": ("X",)})).value.size == 0
    assert one(database, replace(LOOP, where={"shift": ("day",)})).value.size == 0
    wanted = one(database, replace(LOOP, factors=("tool", "phase")))
    assert list(wanted.factors) == ["tool", "phase"]
    assert wanted.factors["phase"].levels == ()


def test_the_shift_comes_from_the_calendar(database: Database) -> None:
    ref = plant(database)
    with database.write.begin() as session:
        made = Calendar(
            site_id=ref.site_id, zone="UTC", effective_from=from_micros(0), created_at=NOW
        )
        session.add(made)
        session.flush()
        for name, start, end in (("day", 360, 1080), ("night", 1080, 360)):
            session.add(
                Shift(
                    calendar_id=made.id,
                    name=name,
                    start_minute=start,
                    end_minute=end,
                    weekdays=list(range(7)),
                )
            )
    send(database, ref, rows(24, step=DAY // 24))
    series = one(database, LOOP)
    assert labels(series.factors["shift"]) == ["night"] * 6 + ["day"] * 12 + ["night"] * 6
    assert one(database, replace(LOOP, where={"shift": ("day",)})).value.size == 12


def test_the_calendar_is_that_in_force_as_it_was_known(database: Database) -> None:
    ref = plant(database)
    send(database, ref, rows(4, step=DAY // 4))
    half = from_micros(JANUARY + DAY // 2)
    with database.write.begin() as session:
        for name, since, known in (("all", from_micros(JANUARY - DAY), 1), ("new", half, 5)):
            made = Calendar(
                site_id=ref.site_id,
                zone="UTC",
                effective_from=since,
                created_at=from_micros(JANUARY + known * DAY),
            )
            session.add(made)
            session.flush()
            session.add(Shift(calendar_id=made.id, name=name, start_minute=0, end_minute=0,
                              weekdays=list(range(7))))  # fmt: skip

    def shifts(day: int) -> list[str | None]:
        series = one(database, replace(LOOP, as_of=from_micros(JANUARY + day * DAY)))
        return labels(series.factors["shift"]) if "shift" in series.factors else []

    assert shifts(0) == []
    assert shifts(4) == ["all"] * 4
    assert shifts(6) == ["all", "all", "new", "new"]


def test_spec_limits_are_those_in_force_as_they_were_known(database: Database) -> None:
    plant(database)
    with database.write.begin() as session:
        for day, known, lower, upper in (
            (0, 0, 30.0, 50.0),
            (20, 0, None, 49.0),
            (10, 25, 31.0, 51.0),
        ):
            session.add(
                SpecLimit(
                    characteristic_id=1,
                    effective_from=from_micros(JANUARY + day * DAY),
                    lower=lower,
                    upper=upper,
                    reason="drawing",
                    created_by="ada",
                    created_at=from_micros(JANUARY + known * DAY),
                )
            )

    def spec(end_day: int, as_of_day: int) -> SpecLimits | None:
        end, as_of = (from_micros(JANUARY + d * DAY) for d in (end_day, as_of_day))
        return one(database, replace(LOOP, end=end, as_of=as_of)).spec

    assert spec(15, 20) == SpecLimits(30.0, 50.0)
    assert spec(15, 26) == SpecLimits(31.0, 51.0)
    assert spec(21, 26) == SpecLimits(upper=49.0)
    assert spec(-1, 26) is None
    assert one(database, LOOP).spec == SpecLimits(upper=49.0)


def test_void_and_beyond_gauge_are_left_out(database: Database) -> None:
    ref = plant(database)
    send(database, ref, rows(4, status=[0, 1, 2, 3]))
    assert one(database, LOOP).value.tolist() == [40.0, 40 + np.sin(2)]


def test_a_correction_brings_a_value_back_and_a_restore_undoes_it(database: Database) -> None:
    ref = plant(database)
    send(database, ref, rows(2, status=[3, 0]))
    key = (JANUARY, 0)
    with database.write.begin() as session:
        corrected = revise(session, ref, key, Status.CORRECTED, 7.0)
    assert one(database, LOOP).value.tolist() == [7.0, 40 + np.sin(1)]
    with database.write.begin() as session:
        revise(session, ref, key, Status.VALID, None)
    assert one(database, LOOP).value.tolist() == [40 + np.sin(1)]
    assert one(database, replace(LOOP, max_batch=corrected)).value[0] == 7.0


# (kind, key) of what comes in: a chunk of keys k .. k+3, or a revision of the key
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["chunk", "other", "void", "correct", "restore"]), st.integers(0, 11)
    ),
    min_size=1,
    max_size=10,
)


class Model:
    """What a loader should answer, kept as plain dictionaries, one copy for each batch."""

    def __init__(self) -> None:
        self.rows: dict[int, float] = {}
        self.revisions: dict[int, tuple[str, float]] = {}
        self.after: dict[int, list[float]] = {0: []}

    def chunk(self, first: int, value: float) -> None:
        for key in range(first, first + 4):
            self.rows.setdefault(key, value)

    def answer(self) -> list[float]:
        values = []
        for key in sorted(self.rows):
            kind, value = self.revisions.get(key, ("restore", 0.0))
            if kind != "void":
                values.append(value if kind == "correct" else self.rows[key])
        return values


REF = IngestRef(1, 1, "ada")


def emptied(database: Database) -> None:
    """No data; the plant is made by the first example and stays."""
    with database.write.begin() as session:
        for table in (Revision, Measurement, BatchSpan, Batch):
            session.execute(delete(table))
        there = session.get(Site, 1) is not None
    if not there:
        assert plant(database) == REF


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_interleaving_answers_as_a_plain_model_does(database: Database, steps: list) -> None:
    emptied(database)
    model = Model()
    for step, (kind, key) in enumerate(steps):
        if kind in ("chunk", "other"):
            value = 1.0 if kind == "chunk" else float(step)
            batch = send(database, REF, few(key, value))
            model.chunk(key, value)
        else:
            status = {"void": 1, "correct": 2, "restore": 0}[kind]
            value = 100.0 + step
            with database.write.begin() as session:
                batch = revise(session, REF, (JANUARY + key // 2, key % 2), Status(status), value)
            model.revisions[key] = (kind, value)
        if batch:
            model.after[batch] = model.answer()
    assert one(database, LOOP).value.tolist() == model.answer()
    for batch, expected in model.after.items():
        assert one(database, replace(LOOP, max_batch=batch)).value.tolist() == expected


def few(first: int, value: float) -> pa.Table:
    k = np.arange(first, first + 4)
    return rows(
        4,
        ts=JANUARY + k // 2,
        seq=k % 2,
        value=[value] * 4,
        unit_id=[None] * 4,
        subgroup=[None] * 4,
    )


def test_a_later_batch_does_not_change_a_pinned_answer(database: Database) -> None:
    ref = plant(database)
    pin = send(database, ref, rows(10))
    before = load(database, replace(LOOP, max_batch=pin))
    send(database, ref, rows(10, first=5))
    with database.write.begin() as session:
        revise(session, ref, (JANUARY, 0), Status.VOID, None)
    assert load(database, replace(LOOP, max_batch=pin)).fingerprint() == before.fingerprint()
    assert load(database, LOOP).fingerprint() != before.fingerprint()
