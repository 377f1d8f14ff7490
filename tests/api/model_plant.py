"""Models for tests of the doors: three versions of one, and one that came from outside."""

import numpy as np

from ops.classify.document import DatasetDocument
from ops.classify.table import DataTable
from ops.db import dataset_revisions, model_aliases, model_versions
from ops.db.dataset_revisions import DatasetOrigin
from ops.db.dataset_rows import packed
from ops.db.datasets import SHELF as DATASETS
from ops.db.engine import Database
from ops.db.model_shelf import SHELF
from ops.db.model_versions import NewVersion
from ops.db.models.work import Run
from ops.page import Page, Section, Verdict
from ops.page_chart import Axis, Chart, Layer
from ops.page_value import Number, Phrase
from ops.values import Actor, factor_of
from ops.work.file_model import introduce
from tests.api.plant import HERE, NOW, add_plant
from tests.ops.classify.test_promotion import metrics

ENGINEER = Actor("engineer", "engineer")
WIRES = np.array([[0.1, 2.0], [1.0, 0.0], [-1.0, 0.5]])
SCORES = (0.5, 0.6, 0.4)
INPUTS = [
    {"name": "torque", "type": "number", "unit": "N m", "low": 3.8, "high": 76.6},
    {"name": "kind", "type": "category", "levels": ["H", "L <2>"]},
]


def card(number: int) -> Page:
    """Card with one curve."""
    curve = Layer(mark="line", label="model", x=(0.0, 1.0), y=(0.0, 1.0 / number))
    chart = Chart(title="ROC curve", x=Axis(label="FPR"), y=Axis(label="TPR"), layers=(curve,))
    said = Phrase.of("Average precision is {ap}", ap=Number(value=0.5, decimals=2))
    return Page(
        title="Card of a model",
        verdicts=(Verdict.of("good", said),),
        sections=(Section(title="Curves", blocks=(chart,)),),
    )


def add_models(database: Database) -> None:
    """Fill an empty database: versions 1 (champion), 2, 3 (challenger); `wire` has no alias."""
    add_plant(database)
    with database.write.begin() as session:
        fields = {"code": "scratch", "site_id": HERE, "title": "Scratch <1>", "task": "classify"}
        row = SHELF.create(session, fields, actor=ENGINEER, now=NOW)
        for number, value in enumerate(SCORES, 1):
            spec = {"kind": "logistic", "c": number, "inputs": INPUTS}
            told = card(number).model_dump(mode="json")
            new = NewVersion(
                "own", b"packet%d" % number, "D", number, "f", spec, {"numpy": "2"},
                metrics(value), told, run_id=f"r{number}",
            )  # fmt: skip
            version = model_versions.add(
                session, row, new, url="memory://m", actor=ENGINEER, now=NOW
            )
            introduce(session, row, version, actor=ENGINEER, now=NOW)
        assert model_aliases.number(session, row, "champion") == 1
        fields = {"code": "wire", "site_id": None, "title": "Wire", "task": "classify"}
        other = SHELF.create(session, fields, actor=ENGINEER, now=NOW)
        new = NewVersion("endpoint", spec={"endpoint": {"url": "https://m.example/score"}})
        model_versions.add(session, other, new, url="memory://m", actor=ENGINEER, now=NOW)


def evaluation(*scored: tuple[int, float], model: str = "scratch") -> Run:
    """Succeeded evaluation that has scored versions on other rows than their own runs did."""
    told = [{"version": n, "metrics": metrics(v, test={"fingerprint": "e"})} for n, v in scored]
    return Run(
        id=f"e{len(scored)}", site_id=HERE if model == "scratch" else None,
        analysis="classifier-evaluate", version=1, params={"model": model}, state="succeeded",
        as_of=NOW, max_batch=0, submitted_by="x", submitted_at=NOW, finished_at=NOW,
        result={"scored": told},
    )  # fmt: skip


def add_wires(database: Database) -> None:
    """Add a dataset of two numbers to a plant."""
    columns = [{"name": n} for n in "ab"] + [{"name": "y", "type": "category", "role": "label"}]
    document = DatasetDocument.model_validate({"columns": columns, "positive": "bad"})
    labels = factor_of(["good", "bad", "good"])
    table = DataTable({"a": WIRES[:, 0], "b": WIRES[:, 1]}, {"y": labels})
    with database.write.begin() as session:
        fields = {"code": "wires", "site_id": HERE, "title": "W", "kind": "table"}
        told = document.model_dump(mode="json")
        row = DATASETS.create(session, fields | {"document": told}, actor=ENGINEER, now=NOW)
        packet, origin = packed(table, {}, url="memory://d"), DatasetOrigin("file")
        dataset_revisions.add(session, row, packet, document, origin, actor=ENGINEER, now=NOW)
