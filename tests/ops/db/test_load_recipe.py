"""Rows built from the database: as each fact was known, on both kinds of database."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from ops.classify.build.report import Built
from ops.classify.recipe import DatasetRecipe
from ops.db import contexts, life_revisions, life_tests, revisions
from ops.db.columnar import IngestRef, write_chunk
from ops.db.engine import Database
from ops.db.life_revisions import LifeOrigin
from ops.db.life_rows import packed
from ops.db.load_recipe import built
from ops.db.models.control import Finding
from ops.db.models.plant import Characteristic, Event, Site, SpecLimit, Tool
from ops.db.revisions import RevisionItem
from ops.db.types import from_micros
from ops.errors import BadData, NotFound
from ops.lifetime.document import LifeTestDocument
from ops.values import Actor, Scope
from tests.ops.lifetime.life_tables import life_rows
from tests.plant import JANUARY, plant, rows

HOUR = 3_600_000_000
ADA = Actor("ada", "engineer")
N = 8
LABEL = {"kind": "value", "characteristics": ["SHEAR"], "lower": 5, "horizon_hours": 10}
ROWS = {"kind": "unit", "characteristics": ["LOOP"], "pause_hours": 1, "wait_hours": 1}
MEAN = {"kind": "measured", "characteristics": ["LOOP"]}


def at(hour: float) -> datetime:
    return from_micros(JANUARY + round(hour * HOUR))


def recipe(*features: dict[str, Any], **more: Any) -> DatasetRecipe:
    plain = {"rows": ROWS, "features": features or [MEAN], "label": LABEL}
    return DatasetRecipe.model_validate(plain | more)


def _send(database: Database, ref: IngestRef, hours: list[float], **columns: Any) -> None:
    """Rows of units U0 .. at hours; committed a quarter of an hour after the last."""
    n, now = len(hours), at(max(hours) + 0.25)
    plain: dict[str, Any] = {"ts": [JANUARY + round(h * HOUR) for h in hours], "seq": [0] * n}
    write_chunk(database, rows(n, **(plain | columns)), ingest=ref, now=now)


@pytest.fixture
def filled(database: Database) -> Database:
    """Those units, once for each kind of database."""
    return _filled(database)


@pytest.fixture
def filled_sqlite(sqlite_database: Database) -> Database:
    """Those units, for what is read the same way from every kind."""
    return _filled(sqlite_database)


def _filled(database: Database) -> Database:
    """LOOP of U0 .. U7 at the hours 0 .. 7, each SHEAR two hours later, low for even units."""
    ref = plant(database)
    for i in range(N):
        unit = {"unit_id": [f"U{i}"], "context_id": [1 + i % 2]}
        _send(database, ref, [i], value=[40.0 + i], **unit)
        _send(database, ref, [i + 2], value=[4.0 + i % 2 * 3], characteristic_id=[2], **unit)
    return database


def _labels(made: Built) -> list[str | None]:
    label = made.table.categories["label"]
    return [None if c < 0 else label.levels[c] for c in label.codes]


def test_rows_of_the_database_have_features_labels_and_known_times(filled: Database) -> None:
    made = built(filled, recipe({"kind": "context", "factor": "tool"}, MEAN, waived=["tool"]),
                 as_of=at(100))  # fmt: skip
    assert made.table.numbers["LOOP mean"].tolist() == [40.0 + i for i in range(N)]
    assert _labels(made) == ["yes", "no"] * (N // 2)
    moment = (made.table.times["moment"] - JANUARY) / HOUR
    known = (made.table.times["label known"] - JANUARY) / HOUR
    assert moment.tolist() == [i + 1.0 for i in range(N)]
    assert known.tolist() == [i + (2.25 if i % 2 == 0 else 11.0) for i in range(N)]
    assert made.document.one("unit") == "row"
    assert made.report.delay.quantiles["0.5"] == 0.25
    assert "HSV" in made.document.source


def test_a_build_is_repeated_exactly_whatever_came_after(filled_sqlite: Database) -> None:
    before = built(filled_sqlite, recipe(), as_of=at(12))
    assert before.report.unknown == {"its window has not ended": 3}  # of U3, U5 and U7: U1 ended
    ref = IngestRef(1, 1, "ada")
    _send(filled_sqlite, ref, [200.0], value=[1.0], unit_id=["U1"], characteristic_id=[2])
    again = built(filled_sqlite, recipe(), as_of=at(12))
    assert again.table.fingerprint() == before.table.fingerprint()
    without = built(filled_sqlite, recipe(), max_batch=16)  # as of the newest commit, at 200:15
    for as_of in (at(200.25), datetime.max.replace(tzinfo=UTC)):
        same = built(filled_sqlite, recipe(), as_of=as_of, max_batch=16)
        assert same.table.fingerprint() == without.table.fingerprint()
    capped = built(filled_sqlite, recipe(), as_of=at(12), max_batch=4)
    assert capped.report.rows == 2


def test_corrections_voids_and_restores_count_from_when_they_were_made(filled: Database) -> None:
    said: list[tuple[int, float, RevisionItem]] = [
        (0, 0.9, RevisionItem(at(0), 0, "correct", 50.0)),  # before the moment: seen
        (1, 30.0, RevisionItem(at(1), 0, "correct", 60.0)),  # after it: not seen
        (2, 2.9, RevisionItem(at(2), 0, "void")),
        (3, 3.5, RevisionItem(at(3), 0, "void")),
        (3, 3.9, RevisionItem(at(3), 0, "restore")),
    ]
    with filled.write.begin() as session:
        loop = session.get_one(Characteristic, 1)
        for _, hour, item in said:
            revisions.revise(session, ADA, loop, [item], "gauge", at(hour))
    made = built(filled, recipe(), as_of=at(100))
    assert made.table.numbers["LOOP mean"].tolist() == [50.0, 41.0, 43.0, 44.0, 45.0, 46.0, 47.0]
    low = {"kind": "value", "characteristics": ["LOOP"], "upper": 55, "horizon_hours": 10,
           "from_hours": -2}  # fmt: skip
    other = recipe({**MEAN, "characteristics": ["SHEAR"], "until_hours": -2}, label=low,
                   rows={**ROWS, "characteristics": ["SHEAR"]}, waived=["SHEAR mean"])  # fmt: skip
    with pytest.raises(BadData) as refused:  # LOOP was measured two hours before SHEAR's moment
        built(filled, recipe(MEAN, label=low), as_of=at(100))
    assert refused.value.problems[0].pointer == "/features/0/until_hours"
    assert built(filled, other, as_of=at(100)).report.rows > 0


def test_a_count_is_read_as_the_share_of_what_was_inspected(filled_sqlite: Database) -> None:
    with filled_sqlite.write.begin() as session:
        session.add(Characteristic(
            site_id=1, code="NSOP", title="x", unit="1", kind="attribute", created_at=at(0)
        ))  # fmt: skip
    for i, (count, inspected) in enumerate(((3.0, 500.0), (9.0, 300.0))):
        _send(filled_sqlite, IngestRef(1, 1, "ada"), [i + 3.0], value=[count], n=[inspected],
              characteristic_id=[3], unit_id=[f"U{i}"])  # fmt: skip
    label = {"kind": "value", "characteristics": ["NSOP"], "upper": 0.02, "horizon_hours": 10}
    made = built(filled_sqlite, recipe(label=label), as_of=at(100))
    assert _labels(made)[:3] == ["no", "yes", None]
    number = {"kind": "number", "characteristics": ["NSOP"], "horizon_hours": 10}
    made = built(filled_sqlite, recipe(label=number), as_of=at(100))
    assert made.table.numbers["label"].tolist()[:2] == [0.006, 0.03]
    assert made.table.units.get("label", "") == ""


def test_limits_are_those_in_force_when_it_was_measured(filled_sqlite: Database) -> None:
    with filled_sqlite.write.begin() as session:
        for since, lower in ((0.0, 3.0), (5.0, 5.0)):
            session.add(SpecLimit(
                characteristic_id=2, effective_from=at(since), lower=lower, upper=None,
                target=None, reason="x", created_by="ada", created_at=at(0),
            ))  # fmt: skip
    label = {"kind": "value", "characteristics": ["SHEAR"], "horizon_hours": 10}
    assert _labels(built(filled_sqlite, recipe(label=label), as_of=at(100))) == [
        "no", "no", "no", "no", "yes", "no", "yes", "no",
    ]  # fmt: skip


def test_events_count_from_when_they_were_entered(filled: Database) -> None:
    with filled.write.begin() as session:
        session.add(Tool(site_id=1, code="A", title="A", family=None, created_at=at(0)))
        session.flush()
        for hour, entered, tool, characteristic in (
            (0.5, 0.5, 1, None), (4.5, 40.0, 1, None), (6.5, 6.5, None, None), (7.0, 7.0, None, 1),
        ):  # fmt: skip
            session.add(Event(
                site_id=1, tool_id=tool, characteristic_id=characteristic, kind="change",
                ts=at(hour), ended_at=None, title="x", detail={}, created_by="ada",
                created_at=at(entered),
            ))  # fmt: skip
    since = {"kind": "since_event", "events": ["change"], "name": "since"}
    made = built(filled, recipe(since, waived=["since"]), as_of=at(100))
    expected = [0.5, np.nan, 2.5, np.nan, 4.5, np.nan, 0.5, 1.5]  # A is the tool of even units
    assert np.array_equal(made.table.numbers["since"], expected, equal_nan=True)


def test_alerts_are_rows_of_the_database(filled_sqlite: Database) -> None:
    with filled_sqlite.write.begin() as session:
        session.add(Tool(site_id=1, code="A", title="A", family=None, created_at=at(0)))
        for i, outcome in enumerate(("confirmed", "false-alarm", None)):
            closed = {"closed_at": at(20), "state": "closed"} if outcome else {"state": "open"}
            session.add(Finding(
                site_id=1, characteristic_id=1, cause=f"c{i}", stream="A", disposition="warn",
                title="x", evidence={}, reaction={}, points=1, first_ts=at(5 + i), outcome=outcome,
                last_ts=at(6 + i), opened_at=at(6 + i), updated_at=at(20), **closed,
            ))  # fmt: skip
    wanted = recipe({**MEAN, "match": "tool", "hours": 3.5, "aggregates": ["count"]},
                    rows={"kind": "finding"}, label={"kind": "outcome"}, group="tool")  # fmt: skip
    made = built(filled_sqlite, wanted, as_of=at(100))
    assert _labels(made) == ["yes", "no", None]
    assert made.table.numbers["LOOP count"].tolist() == [1.0, 2.0, 1.0]
    assert _labels(built(filled_sqlite, wanted, as_of=at(19))) == [None, None, None]


def test_a_life_test_labels_units_of_its_newest_revision(filled_sqlite: Database) -> None:
    document = LifeTestDocument(product="QFN").model_dump(mode="json")
    fields = {"code": "HTS", "site_id": 1, "title": "HTS", "kind": "life", "document": document}
    with filled_sqlite.write.begin() as session:
        life_tests.create(session, fields, actor=ADA, now=at(0))
        for lower, upper, hour in (([5, 70], [5, np.inf], 20.0), ([5, 120], [5, np.inf], 30.0)):
            read = life_rows(lower, upper, mode=["lift", None], unit_id=["U0", "U1"])
            row = life_tests.find(session, Scope(), "HTS")
            life_revisions.add(session, row, packed(read), LifeOrigin("replace", "x"), actor=ADA,
                               now=at(hour))  # fmt: skip
    wanted = recipe(label={"kind": "life", "life_test": "HTS", "before": 100})
    assert _labels(built(filled_sqlite, wanted, as_of=at(100)))[:3] == ["yes", "no", None]
    assert _labels(built(filled_sqlite, wanted, as_of=at(25)))[:3] == ["yes", None, None]
    with pytest.raises(NotFound):
        built(
            filled_sqlite,
            recipe(label={"kind": "life", "life_test": "X", "before": 1}),
            as_of=at(9),
        )


def test_a_lot_of_the_context_can_be_a_row(filled_sqlite: Database) -> None:
    made = built(filled_sqlite, recipe(rows={**ROWS, "by": "lot"}), as_of=at(100))
    assert made.table.categories["row"].levels == ("1",)
    assert made.table.numbers["LOOP mean"].tolist() == [40.0]  # its next unit came after a pause


def test_a_dataset_is_made_of_one_site(filled_sqlite: Database) -> None:
    with filled_sqlite.write.begin() as session:
        other = Site(code="PG", title="PG", created_at=at(0))
        session.add(other)
        session.flush()
        for code in ("LOOP", "SHEAR"):
            session.add(Characteristic(site_id=other.id, code=code, title=code, unit="um",
                                       created_at=at(0)))  # fmt: skip
        contexts.ids_for(session, other.id, [{}], at(0))
    with pytest.raises(BadData, match="HSV, PG; name one") as refused:
        built(filled_sqlite, recipe(), as_of=at(100))
    assert refused.value.problems[0].pointer == "/site"
    assert built(filled_sqlite, recipe(), as_of=at(100), site="HSV").report.rows == N
    mine = Scope(frozenset({1}))
    assert built(filled_sqlite, recipe(), as_of=at(100), scope=mine).report.rows == N
    with pytest.raises(NotFound):
        built(
            filled_sqlite, recipe({**MEAN, "characteristics": ["NONE"]}), as_of=at(100), scope=mine
        )


def test_a_window_of_moments_reads_only_what_it_needs(filled_sqlite: Database) -> None:
    slots = {"kind": "slot", "characteristics": ["LOOP"], "hours": 2, "wait_hours": 1}
    tool = {**MEAN, "match": "tool", "hours": 4}
    label = {**LABEL, "match": "tool"}
    whole = built(filled_sqlite, recipe(tool, rows=slots, label=label), as_of=at(100))
    start = at(5)
    part = built(filled_sqlite, recipe(tool, rows=slots, label=label, start=start, end=at(8)),
                 as_of=at(100))  # fmt: skip
    within = (whole.table.times["moment"] >= JANUARY + 5 * HOUR) & (
        whole.table.times["moment"] < JANUARY + 8 * HOUR
    )
    assert part.report.rows == within.sum() > 0
    assert np.array_equal(part.table.numbers["LOOP mean"], whole.table.numbers["LOOP mean"][within])
