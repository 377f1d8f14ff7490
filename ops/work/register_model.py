"""A model of somebody else's on its way into the registry: said, tried on rows, kept, evaluated.

An ONNX file or a prediction endpoint becomes a version like one of ours: with the features that it
takes, its classes, and rows on which it is tried at once in the place where it will be asked: the
file in a child process, the endpoint at a host that a setting allows.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.analyses.registry import all_analyses
from ops.classifier_query import ModelPacket
from ops.classify.document import DatasetDocument
from ops.classify.spec import FeatureSpec, NumberFeature
from ops.classify.table import DataTable
from ops.db import dataset_revisions, model_versions
from ops.db.coded import Shelf
from ops.db.datasets import SHELF as DATASETS
from ops.db.engine import Database
from ops.db.model_scores import EVALUATE
from ops.db.model_shelf import SHELF
from ops.db.model_versions import NewVersion
from ops.db.models.classify import Dataset, Model, ModelVersion
from ops.db.models.work import Run
from ops.errors import BadData, ComputeFailed, NotFound, NotReady, Problem
from ops.settings import Settings
from ops.values import Actor, Scope
from ops.work.file_model import introduce
from ops.work.queue import JobQueue
from ops.work.submit import Submission, site_of, submit

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
TRIED = 8  # rows that a model answers before it is kept


@dataclass(frozen=True, slots=True)
class Registration:
    """What is said of somebody else's model.

    Parameters
    ----------
    dataset, revision
        Rows that it is for: what stands in for missing values and which levels there are is
        learned from them, and it is scored on them.
    features
        What its matrix is made of; without any, every feature of the dataset as it is.
    classes
        Labels in the order in which it answers.
    endpoint
        Where it is asked; None: `artefact` is an ONNX file.
    trained_until
        Last instant that it has learned from, if that is known: only later rows tell how it does.
    """

    origin: Literal["onnx", "endpoint"]
    dataset: str
    revision: int | None
    features: FeatureSpec
    classes: tuple[str, ...]
    endpoint: Mapping[str, Any] | None = None
    artefact: bytes = b""
    trained_until: datetime | None = None
    note: str = ""


def prepared(
    database: Database, settings: Settings, told: Registration, scope: Scope, site: str | None
) -> NewVersion:
    """Look at a model and try it on rows; nothing is stored, no transaction is open meanwhile.

    Raises
    ------
    BadData
        If there is no such dataset, the spec does not fit it, or the model is refused.
    """
    from ops.classify.external.external_facts import external_facts  # noqa: PLC0415  (the kernels)

    table, document, revision = _rows(database, told, scope, site)
    by_columns = told.endpoint is not None and told.endpoint.get("send") == "columns"
    plain = told.features == FeatureSpec() and not by_columns
    spec = as_it_is(document, table) if plain else told.features
    facts = external_facts(table, spec, document, kind=told.origin, classes=told.classes)
    said: dict[str, Any] = {
        "kind": told.origin,
        "features": spec.model_dump(mode="json"),
        "facts": facts,
        "inputs": facts["features"]["inputs"],
        "classes": list(told.classes),
        "positive": facts.get("positive"),
        "document": document.model_dump(mode="json"),
        "scored_on": {"dataset": told.dataset, "revision": revision},
    }
    if told.endpoint is not None:
        said["endpoint"] = dict(told.endpoint)
    if told.trained_until is not None:
        said["trained_until"] = round(told.trained_until.timestamp() * 1e6)
    _try(told, said, table.take(slice(0, TRIED)), settings)
    return NewVersion(told.origin, told.artefact, spec=said, note=told.note)


def as_it_is(document: DatasetDocument, table: DataTable) -> FeatureSpec:
    """Spec of a model that takes the numbers of a dataset as they are, in the document's order.

    Raises
    ------
    BadData
        If one of the features is a text: how it becomes numbers has to be said.
    """
    names = [c.name for c in document.of_role("feature")]
    texts = [name for name in names if name not in table.numbers]
    if texts or not names:
        about = f"{texts[0]!r} is a text" if texts else "the dataset names no features"
        mend = f"{about}; say in `features` what the model's matrix is made of"
        raise BadData(mend, (Problem("/features", mend),))
    return FeatureSpec(
        features=tuple(NumberFeature(column=n, scale="none", flag_missing=False) for n in names)
    )


def register(
    session: Session,
    queue: JobQueue,
    place: tuple[str, str | None, str | None],
    new: NewVersion,
    *,
    actor: Actor,
    now: datetime,
    url: str,
) -> tuple[Model, ModelVersion, Run | None]:
    """Keep a model as the next version of its name, and submit the run that scores it.

    Parameters
    ----------
    place
        Code of the model, of its site, and its title if it is made.

    Raises
    ------
    Conflict
        If the model predicts something else, or is archived.
    """
    row = _shelved(session, place, actor=actor, now=now)
    version = model_versions.add(session, row, new, url=url, actor=actor, now=now)
    introduce(session, row, version, actor=actor, now=now)
    if EVALUATE not in {analysis.name for analysis in all_analyses()}:
        return row, version, None
    wanted = {
        "model": row.code,
        "versions": [str(version.number)],
        "only_later": "trained_until" in new.spec,
        "site": place[1],
        **new.spec["scored_on"],
    }
    run = submit(session, queue, Submission(EVALUATE, wanted, actor, now))
    return row, version, run


def _shelved(
    session: Session,
    place: tuple[str, str | None, str | None],
    *,
    actor: Actor,
    now: datetime,
) -> Model:
    code, site_code, title = place
    site = site_of(session, site_code, actor.scope)
    site_id = None if site is None else site.id
    query = select(Model).where(Model.code == code, Model.site_id.is_not_distinct_from(site_id))
    row = session.scalar(query)
    if row is None:
        fields = {"code": code, "site_id": site_id, "title": title or code, "task": "classify"}
        return SHELF.create(session, fields, actor=actor, now=now)
    if row.task != "classify":
        told = f"the model {code!r} does not predict classes; register under another code"
        raise BadData(told, (Problem("/code", told),))
    return row


def _rows(
    database: Database, told: Registration, scope: Scope, site: str | None
) -> tuple[DataTable, DatasetDocument, int]:
    shelf: Shelf[Dataset] = DATASETS
    try:
        with database.read() as session:
            row = shelf.find(session, scope, told.dataset, site=site, shared=True)
            revision = dataset_revisions.find(session, row, told.revision)
            stored = dataset_revisions.stored(session, revision)
    except NotFound as error:
        raise BadData(str(error), (Problem("/dataset", str(error)),)) from error
    document = DatasetDocument.model_validate(revision.document)
    return stored.table(), document, revision.number


def _try(told: Registration, spec: dict[str, Any], rows: DataTable, settings: Settings) -> None:
    """Let the model answer for some rows, as it will be asked later."""
    from ops.work.open_model import open_model  # noqa: PLC0415  (loads the kernels)

    digest = hashlib.sha256(told.artefact).hexdigest()
    packet = ModelPacket(
        "", "", 1, "1", told.origin, "classify", "", 0, "", spec, {}, _NEVER, told.artefact, digest
    )
    opened = None
    try:
        opened = open_model(packet, settings)
        opened.predict(rows)
    except (ComputeFailed, NotReady) as error:
        pointer = "/file" if told.origin == "onnx" else "/endpoint"
        raise BadData(
            f"the model did not answer: {error}", (Problem(pointer, str(error)),)
        ) from error
    finally:
        close = getattr(getattr(opened, "model", None), "close", None)
        if callable(close):
            close()
