"""A run of a dataset is pinned to the revision that was the newest when it was submitted."""

import json
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from pydantic import Field

from ops.analysis import Analysis, AnalysisParams, AnalysisResult, Example
from ops.classifier_query import ClassifierData, ClassifierQuery
from ops.classify.document import DatasetDocument
from ops.classify.recipe import DatasetRecipe
from ops.classify.table import DataTable
from ops.db import dataset_revisions
from ops.db.dataset_revisions import DatasetOrigin
from ops.db.dataset_rows import packed
from ops.db.datasets import SHELF
from ops.db.engine import Database
from ops.db.model_shelf import SHELF as MODELS
from ops.db.models.work import Run
from ops.errors import BadData
from ops.page import Page
from ops.values import Actor, Scope
from ops.work.dataset_pin import pin_dataset
from ops.work.run import pinned

NOW = datetime(2026, 1, 10, tzinfo=UTC)
ENGINEER = Actor("engineer", "engineer")


class DatasetPinParams(AnalysisParams):
    """Parameters that name a dataset, a revision and a model."""

    dataset: str = Field(default="", description="Code of the dataset.")
    revision: int | None = Field(default=None, description="Revision.")
    model: str = Field(default="", description="Code of the model.")
    rebuild: bool = Field(default=False, description="Rows anew.")
    recipe: str = Field(default="", description="By which recipe.")
    task: str = Field(default="", description="What the model predicts.")


STUB = Analysis(
    name="stub",
    title="Stub",
    summary="Asks for a dataset.",
    version=1,
    params=DatasetPinParams,
    result=AnalysisResult,
    needs=lambda p: ClassifierQuery(
        p.dataset,
        revision=p.revision,
        model=p.model,
        versions=("champion",),
        rebuild=p.rebuild,
        task=p.task,
        new_model=p.task != "",
    ),
    compute=lambda data, params, progress: AnalysisResult(),
    view=lambda result: Page(title="Stub"),
    example=Example(params=DatasetPinParams(), data=ClassifierData),
)


@pytest.fixture
def shelf(sqlite_database: Database) -> Database:
    """A database with a dataset of two revisions, one of traces, and an empty one."""
    table, document = DataTable({"x": np.ones(1)}), DatasetDocument()
    with sqlite_database.write.begin() as session:
        for code, kind, revisions in (("A", "table", 2), ("W", "traces", 0), ("E", "table", 0)):
            fields = {"code": code, "title": "", "kind": kind, "document": {}, "recipe": None}
            row = SHELF.create(session, fields, actor=ENGINEER, now=NOW)
            for _ in range(revisions):
                packet, how = packed(table, {}, url="x"), DatasetOrigin("file")
                dataset_revisions.add(session, row, packet, document, how, actor=ENGINEER, now=NOW)
    return sqlite_database


def _pin(database: Database, **params: object) -> AnalysisParams:
    with database.read() as session:
        return pin_dataset(session, STUB, DatasetPinParams.model_validate(params), Scope())


def test_newest_revision_is_written_into_the_parameters(shelf: Database) -> None:
    assert _pin(shelf, dataset="A") == DatasetPinParams(dataset="A", revision=2)
    assert _pin(shelf, dataset="A", revision=1) == DatasetPinParams(dataset="A", revision=1)
    assert _pin(shelf) == DatasetPinParams()


@pytest.mark.parametrize(
    ("params", "pointer", "reason"),
    [
        ({"dataset": "NO"}, "/dataset", "no dataset"),
        ({"dataset": "W"}, "/dataset", "holds traces"),
        ({"dataset": "E"}, "/dataset", "no rows yet"),
        ({"dataset": "A", "revision": 9}, "/revision", "newest is 2"),
        ({"dataset": "A", "rebuild": True}, "/dataset", "no recipe"),
        ({"dataset": "A", "model": "M"}, "/model", "no model"),
    ],
)
def test_what_is_not_there_is_refused_at_submit(
    shelf: Database, params: dict[str, Any], pointer: str, reason: str
) -> None:
    with pytest.raises(BadData, match=reason) as refused:
        _pin(shelf, **params)
    assert [p.pointer for p in refused.value.problems] == [pointer]


def test_recipe_is_written_into_the_parameters_of_a_run_that_rebuilds(shelf: Database) -> None:
    before, after = _recipe(40), _recipe(50)
    with shelf.write.begin() as session:
        row = SHELF.find(session, Scope(), "A")
        SHELF.change(session, row, {"recipe": before}, actor=ENGINEER, now=NOW)
    pin = _pin(shelf, dataset="A", rebuild=True)
    assert isinstance(pin, DatasetPinParams)
    with shelf.write.begin() as session:
        row = SHELF.find(session, Scope(), "A")
        SHELF.change(session, row, {"recipe": after}, actor=ENGINEER, now=NOW)
    run = Run(params=pin.model_dump(), as_of=NOW, max_batch=3, sites=None)
    query = pinned(STUB.needs(pin), run)
    assert json.loads(query.recipe) == before
    again = _pin(shelf, **pin.model_dump())
    assert isinstance(again, DatasetPinParams)
    assert again.recipe == DatasetRecipe.model_validate(before).model_dump_json()
    with pytest.raises(BadData) as refused:
        _pin(shelf, dataset="A", rebuild=True, recipe="{}")
    assert [p.pointer for p in refused.value.problems] == ["/recipe"]


def _recipe(lower: float) -> dict[str, Any]:
    return {
        "rows": {"kind": "unit", "characteristics": ["LOOP"], "pause_hours": 1, "wait_hours": 1},
        "features": [{"kind": "measured", "characteristics": ["LOOP"]}],
        "label": {"kind": "value", "characteristics": ["SHEAR"], "lower": lower,
                  "horizon_hours": 10},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "reason"), [("old", "archived"), ("numbers", "of the task 'regress'")]
)
def test_training_into_a_model_that_cannot_take_it_is_refused_at_submit(
    shelf: Database, code: str, reason: str
) -> None:
    with shelf.write.begin() as session:
        for name, task in (("old", "classify"), ("numbers", "regress")):
            fields = {"code": name, "site_id": None, "title": name, "task": task}
            row = MODELS.create(session, fields, actor=ENGINEER, now=NOW)
            if name == "old":
                MODELS.change(session, row, {"archived_at": NOW}, actor=ENGINEER, now=NOW)
    with pytest.raises(BadData, match=reason) as refused:
        _pin(shelf, dataset="A", model=code, task="classify")
    assert [p.pointer for p in refused.value.problems] == ["/model"]
    with pytest.raises(
        BadData, match=reason if code == "old" else "predicts numbers; name a model"
    ):
        _pin(shelf, dataset="A", model=code)
    new = _pin(shelf, dataset="A", model="new", task="classify")
    assert isinstance(new, DatasetPinParams)
    assert new.revision == 2


def test_query_of_a_run_is_at_its_instant_and_site() -> None:
    run = Run(params={"dataset": "A", "site": "S1"}, as_of=NOW, max_batch=3, sites=[1])
    query = pinned(ClassifierQuery("A"), run)
    assert (query.as_of, query.max_batch, query.site) == (NOW, 3, "S1")
    assert query.scope == Scope(frozenset({1}))
