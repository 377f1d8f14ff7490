"""A dataset is built from its recipe: the next revision, the same rows as a run that rebuilds."""

from datetime import datetime
from typing import Any

import pytest

from ops.classifier_query import ClassifierQuery
from ops.classify.document import DatasetDocument
from ops.classify.recipe import DatasetRecipe
from ops.db.columnar import IngestRef, write_chunk
from ops.db.datasets import SHELF
from ops.db.engine import Database
from ops.db.load import load
from ops.db.types import from_micros
from ops.errors import Stale
from ops.values import Actor, Scope
from ops.work import dataset_build
from ops.work.dataset_document import redocument
from tests.plant import JANUARY, plant, rows

HOUR = 3_600_000_000
ADA = Actor("ada", "engineer")
RECIPE = {
    "rows": {"kind": "unit", "characteristics": ["LOOP"], "pause_hours": 1, "wait_hours": 1},
    "features": [{"kind": "measured", "characteristics": ["LOOP"]}],
    "label": {"kind": "value", "characteristics": ["SHEAR"], "lower": 5, "horizon_hours": 10},
}


def _at(hour: float) -> datetime:
    return from_micros(JANUARY + round(hour * HOUR))


@pytest.fixture
def filled(sqlite_database: Database) -> Database:
    """A dataset with a recipe, and LOOP and SHEAR of eight units."""
    ref = plant(sqlite_database)
    for i in range(8):
        _send(sqlite_database, ref, i, value=[40.0 + i], unit_id=[f"U{i}"])
        shear: dict[str, Any] = {"value": [4.0 + i % 2 * 3], "characteristic_id": [2]}
        _send(sqlite_database, ref, i + 2, unit_id=[f"U{i}"], **shear)
    recipe = DatasetRecipe.model_validate(RECIPE).model_dump(mode="json")
    fields = {"code": "D", "title": "D", "kind": "table", "document": {}, "recipe": recipe}
    with sqlite_database.write.begin() as session:
        SHELF.create(session, fields, actor=ADA, now=_at(0))
    return sqlite_database


def _send(database: Database, ref: IngestRef, hour: float, **columns: Any) -> None:
    plain: dict[str, Any] = {"ts": [JANUARY + round(hour * HOUR)], "seq": [0]}
    write_chunk(database, rows(1, **(plain | columns)), ingest=ref, now=_at(hour + 0.25))


def _build(database: Database, now: datetime) -> int:
    made = dataset_build.build(database, "D", site=None, url="x", actor=ADA, now=now)
    with database.write.begin() as session:
        return dataset_build.store(session, made, "why", site=None, actor=ADA, now=now).number


def test_build_is_a_revision_with_its_report_and_its_recipe(filled: Database) -> None:
    assert _build(filled, _at(100)) == 1
    stored = load(filled, ClassifierQuery("D", as_of=_at(101)))
    again = load(filled, ClassifierQuery("D", rebuild=True, as_of=_at(100)))
    assert (stored.revision, again.revision, len(stored.table)) == (1, 0, 8)
    assert again.table.fingerprint() == stored.table.fingerprint()
    assert again.document.one("label") == stored.document.one("label") == "label"
    two = DatasetRecipe.model_validate(RECIPE | {"start": _at(4)}).model_dump_json()
    other = load(filled, ClassifierQuery("D", rebuild=True, recipe=two, as_of=_at(100)))
    assert 0 < len(other.table) < 8  # the recipe that a run is pinned to, not that of the dataset
    early = load(filled, ClassifierQuery("D", rebuild=True, as_of=_at(5)))
    assert len(early.table) < 8


def test_build_that_another_revision_overtook_is_stale(filled: Database) -> None:
    made = dataset_build.build(filled, "D", site=None, url="x", actor=ADA, now=_at(100))
    _build(filled, _at(100))
    with filled.read() as session, pytest.raises(Stale, match="revision 1 was added meanwhile"):
        dataset_build.store(session, made, "", site=None, actor=ADA, now=_at(101))


def test_roles_that_people_gave_to_built_columns_stay(filled: Database) -> None:
    _build(filled, _at(100))
    with filled.write.begin() as session:
        row = SHELF.find(session, Scope(), "D")
        columns = [
            c | {"role": "ignore", "description": "why"} if c["role"] == "feature" else c
            for c in row.document["columns"]
        ]
        document = DatasetDocument.model_validate(
            row.document | {"columns": columns, "cautions": ["mine"]}
        )
        redocument(session, row, document, url="x", actor=ADA, now=_at(101))
    assert _build(filled, _at(102)) == 3
    stored = load(filled, ClassifierQuery("D", as_of=_at(103)))
    again = load(filled, ClassifierQuery("D", rebuild=True, as_of=_at(102)))
    assert stored.document.of_role("feature") == again.document.of_role("feature") == ()
    cautions = stored.document.cautions
    assert cautions.count("mine") == 1
    assert len(set(cautions)) == len(cautions) == len(again.document.cautions)
    before = load(filled, ClassifierQuery("D", rebuild=True, as_of=_at(100)))
    assert len(before.document.of_role("feature")) > 0
