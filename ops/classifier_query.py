"""The query of classifiers: rows of a dataset, models of the registry, earlier runs."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from ops.classify.document import DatasetDocument
from ops.classify.draft import ModelOrigin
from ops.classify.external.fetched import FetchedAnswers
from ops.classify.table import DataTable
from ops.forecast_query import EarlierRun
from ops.values import EVERYWHERE, Scope

DatasetKind = Literal["table", "traces"]


@dataclass(frozen=True, slots=True)
class ModelPacket:
    """A version of a model, as the registry keeps it.

    Parameters
    ----------
    alias
        Under which it was asked for: champion, challenger, or the number as text.
    origin
        own: `artefact` is what `ops.classify.packet` packed; onnx: `artefact` is the ONNX file;
        endpoint: `spec["endpoint"]` says where, there is no artefact.
    answers
        Of an endpoint: what it says of the rows of the data, asked before a run computes; None:
        nobody asked it.
    """

    model: str
    title: str
    number: int
    alias: str
    origin: ModelOrigin
    task: str
    dataset: str
    revision: int
    fingerprint: str
    spec: Mapping[str, Any]
    metrics: Mapping[str, Any]
    created_at: datetime
    artefact: bytes
    sha256: str
    answers: FetchedAnswers | None = None


@dataclass(frozen=True, slots=True)
class ClassifierData:
    """The answer to a `ClassifierQuery`.

    Parameters
    ----------
    code, title, revision
        Which dataset was read; "" and 0 if none was. Revision 0 with a code: rows were built
        anew from the recipe, as of the run's instant.
    table, document
        Its rows, in the order of the time column where there is one, and what is said of them.
    models
        Versions that were asked for, in the order of the query.
    earlier
        Succeeded runs of the same analysis on the same dataset or model, the newest first.
    """

    code: str = ""
    title: str = ""
    revision: int = 0
    kind: DatasetKind = "table"
    table: DataTable = field(default_factory=DataTable)
    document: DatasetDocument = field(default_factory=DatasetDocument)
    models: tuple[ModelPacket, ...] = ()
    earlier: tuple[EarlierRun, ...] = ()

    def fingerprint(self) -> str:
        """SHA-256 of rows, document, models and earlier runs: equal data, equal fingerprint."""
        said = [self.code, self.revision, self.table.fingerprint()]
        said += [json.dumps(self.document.model_dump(mode="json"), sort_keys=True)]
        said += [(m.model, m.number, m.alias, m.sha256) for m in self.models]
        said += [run.run_id for run in self.earlier]
        said += [m.answers.fingerprint() for m in self.models if m.answers is not None]
        return hashlib.sha256(repr(said).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ClassifierQuery:
    """A revision of a dataset, and versions of models.

    Parameters
    ----------
    dataset
        Code of the dataset; "" for none (or, with `model`, the one its version learned from).
    kind
        What its rows must be; None takes any.
    revision
        Which one; None means the newest at `as_of`.
    rebuild
        Build the rows anew from the dataset's recipe, as of `as_of` and `max_batch`.
    recipe
        The recipe to rebuild by, as JSON; "": the dataset's own as it is now.
    model, versions
        Code of a model, and which of its versions: aliases, or numbers as texts. An alias that is
        not set is left out; a number that does not exist is an error.
    new_model
        Whether the model may not exist yet: then it has no versions.
    task
        What the model must be for: classify, regress, trace; "" for classes of either kind, of
        rows or of traces.
    answers
        Whether endpoints among the versions are asked for the rows before the run computes.
    analysis
        Name of the analysis whose earlier runs are wanted; "" for none.
    as_of, max_batch, site, scope
        As in `ScenarioQuery` and `MeasurementQuery`.
    """

    dataset: str = ""
    kind: DatasetKind | None = "table"
    revision: int | None = None
    rebuild: bool = False
    recipe: str = ""
    model: str = ""
    versions: tuple[str, ...] = ()
    new_model: bool = False
    task: str = ""
    answers: bool = True
    analysis: str = ""
    as_of: datetime | None = None
    max_batch: int | None = None
    site: str | None = None
    scope: Scope = EVERYWHERE

    def empty(self) -> ClassifierData:
        """Answer with no dataset and no model."""
        return ClassifierData()
