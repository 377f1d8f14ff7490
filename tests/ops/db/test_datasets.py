"""Datasets in the database: revisions that nobody rewrites, and what a run sees of them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ops.classifier_query import ClassifierQuery
from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.table import NO_TIME, DataTable
from ops.classify.table_summary import summary
from ops.db import dataset_revisions, dataset_rows
from ops.db.dataset_revisions import DatasetOrigin
from ops.db.dataset_rows import PackedTable, bytes_of, packed, table_of
from ops.db.datasets import SHELF, listed
from ops.db.engine import Database
from ops.db.load import load
from ops.db.models.people import Audit
from ops.db.models.plant import Site
from ops.db.models.work import Run
from ops.errors import BadData, Conflict, NotFound
from ops.values import Actor, Factor, Scope, factor_of

NOW = datetime(2026, 1, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
ENGINEER = Actor("engineer", "engineer")
DOCUMENT = DatasetDocument(
    columns=(
        DatasetColumn(name="fail", type="category", role="label"),
        DatasetColumn(name="at", type="time", role="time"),
        DatasetColumn(name="torque", unit="Nm"),
    )
)
ONE = DataTable(
    {"torque": np.array([3.0, np.nan, 1.0])},
    {"fail": factor_of(["no", None, "yes"])},
    {"at": np.array([30, NO_TIME, 10])},
    units={"torque": "Nm"},
)


def _packed(table: DataTable, url: str = "memory://rows") -> PackedTable:
    return packed(table, summary(table, DOCUMENT), url=url)


def _add(database: Database, code: str = "D", *, site_id: int | None = None) -> None:
    document = DOCUMENT.model_dump(mode="json")
    fields = {"code": code, "site_id": site_id, "title": code, "kind": "table", "recipe": None}
    with database.write.begin() as session:
        SHELF.create(session, fields | {"document": document}, actor=ENGINEER, now=NOW)


def _revise(database: Database, table: DataTable, now: datetime = NOW, url: str = "x") -> None:
    with database.write.begin() as session:
        row = SHELF.find(session, Scope(), "D")
        dataset_revisions.add(
            session, row, _packed(table, url), DOCUMENT, DatasetOrigin("file"), actor=ENGINEER,
            now=now,
        )  # fmt: skip


_numbers = st.floats(allow_nan=True, allow_infinity=False, width=64)
_texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=5)


@settings(max_examples=25)
@given(
    st.integers(0, 8).flatmap(
        lambda n: st.tuples(
            st.lists(_numbers, min_size=n, max_size=n),
            st.lists(st.none() | _texts, min_size=n, max_size=n),
            st.lists(st.integers(-(2**60), 2**60) | st.just(NO_TIME), min_size=n, max_size=n),
            st.integers(1, 3),
            st.integers(1, 4),
        )
    )
)
def test_rows_are_kept_to_the_bit(
    cells: tuple[list[float], list[str | None], list[int], int, int],
) -> None:
    numbers, texts, times, channels, points = cells
    n = len(numbers)
    trace = np.arange(n * channels * points, dtype=float).reshape(n, channels, points)
    table = DataTable(
        {"a": np.array(numbers, float)},
        {"b ä": factor_of(texts)},
        {"c": np.array(times, np.int64)},
        {"d": trace},
        {"a": "µm", "d": "V"},
    )
    back = table_of(bytes_of(table))
    assert back.fingerprint() == table.fingerprint()
    assert back.units == table.units
    assert all(array.flags.writeable for array in back.numbers.values())


def test_levels_that_no_row_has_are_kept() -> None:
    table = DataTable(categories={"x": Factor(np.array([1, -1]), ("a", "b", "c"))})
    assert table_of(bytes_of(table)).categories["x"].levels == ("a", "b", "c")


def test_large_rows_lie_outside_and_are_checked(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dataset_rows, "IN_DATABASE_BYTES", 10)
    _add(database)
    _revise(database, ONE, url=tmp_path.as_uri())
    (file,) = (tmp_path / "datasets").iterdir()
    data = load(database, ClassifierQuery("D"))
    assert data.table.number("torque").tolist()[0] == 1.0
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(NotFound, match="another SHA-256"):
        load(database, ClassifierQuery("D"))
    file.unlink()
    with pytest.raises(NotFound, match="gone from their store"):
        load(database, ClassifierQuery("D"))


def test_rows_that_are_too_many_are_refused_with_their_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dataset_rows, "MOST_BYTES", 10)
    with pytest.raises(BadData, match="3 rows take 0 MiB compressed"):
        _packed(ONE)


def test_revision_is_never_rewritten(database: Database) -> None:
    _add(database)
    _revise(database, ONE)
    for statement in ("UPDATE dataset_revision SET note = 'x'", "DELETE FROM dataset_revision"):
        with (
            pytest.raises(DBAPIError, match="a revision of a dataset is fixed"),
            database.write.begin() as session,
        ):
            session.execute(text(statement))


def test_run_sees_the_revision_of_its_instant_in_the_order_of_time(database: Database) -> None:
    _add(database)
    _revise(database, ONE)
    _revise(database, ONE.take(np.array([0])), NOW + HOUR)
    newest = load(database, ClassifierQuery("D"))
    before = load(database, ClassifierQuery("D", as_of=NOW + HOUR / 2))
    assert (newest.revision, len(newest.table)) == (2, 1)
    assert (before.revision, before.table.times["at"].tolist()) == (1, [10, 30, NO_TIME])
    assert before.document == DOCUMENT
    assert load(database, ClassifierQuery("D", revision=1)).fingerprint() == before.fingerprint()
    assert newest.fingerprint() != before.fingerprint()
    with pytest.raises(NotFound, match="no revision 3; its newest is 2"):
        load(database, ClassifierQuery("D", revision=3))
    with pytest.raises(NotFound, match="no revision at"):
        load(database, ClassifierQuery("D", as_of=NOW - HOUR))


def test_rows_of_another_kind_or_without_a_recipe_are_refused(database: Database) -> None:
    _add(database)
    with pytest.raises(NotFound, match="has no rows yet"):
        load(database, ClassifierQuery("D"))
    _revise(database, ONE)
    with pytest.raises(BadData, match="traces are needed"):
        load(database, ClassifierQuery("D", kind="traces"))
    with pytest.raises(BadData, match="has no recipe"):
        load(database, ClassifierQuery("D", rebuild=True, as_of=NOW))
    assert load(database, ClassifierQuery()).code == ""


def test_earlier_runs_on_the_dataset_are_seen(database: Database) -> None:
    _add(database)
    _revise(database, ONE)
    with database.write.begin() as session:
        for day in (0, 1, 2):
            at = NOW + timedelta(days=day)
            session.add(
                Run(
                    id=f"r{day}", analysis="a", version=1, params={"dataset": "D"}, as_of=at,
                    max_batch=0, submitted_by="x", submitted_at=at, finished_at=at,
                    state="succeeded", result={"score": day},
                )
            )  # fmt: skip
    query = ClassifierQuery("D", analysis="a", as_of=NOW + timedelta(days=1, hours=1))
    assert [run.run_id for run in load(database, query).earlier] == ["r1", "r0"]


def test_dataset_is_seen_within_its_site(database: Database) -> None:
    with database.write.begin() as session:
        session.add(Site(code="S", title="S", zone="UTC", created_at=NOW))
        session.flush()
        site_id = session.query(Site.id).scalar()
    _add(database)
    _add(database, site_id=site_id)
    with database.read() as session:
        assert SHELF.find(session, Scope(), "D", site="S").site_id == site_id
        with pytest.raises(Conflict, match="several sites have a dataset 'D'"):
            SHELF.find(session, Scope(), "D")
        with pytest.raises(NotFound, match="there is no dataset 'D'"):
            SHELF.find(session, Scope(frozenset()), "D")
        assert len(session.scalars(listed(Scope(frozenset({site_id})))).all()) == 1
    with pytest.raises(Conflict, match="choose another code"):
        _add(database)


def test_archived_dataset_takes_no_revision(database: Database) -> None:
    _add(database)
    with database.write.begin() as session:
        SHELF.archive(session, SHELF.find(session, Scope(), "D"), actor=ENGINEER, now=NOW)
    with pytest.raises(Conflict, match="is archived"):
        _revise(database, ONE)
    with database.write.begin() as session:
        SHELF.restore(session, SHELF.find(session, Scope(), "D"), actor=ENGINEER, now=NOW)
        said = [a.action for a in session.query(Audit).order_by(Audit.id)]
    assert said == ["create", "archive", "restore"]
