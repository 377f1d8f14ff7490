"""Answers of models for rows that are sent: alias looked up each time, model opened once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ops.classify.draft import ModelOrigin
from ops.classify.features.part import InputColumn
from ops.classify.model import Contribution, Predictions
from ops.classify.table import DataTable
from ops.db import model_versions
from ops.db.engine import Database
from ops.db.model_shelf import SHELF
from ops.db.models.classify import Model
from ops.errors import BadData, Problem
from ops.ingest.prediction_rows import SentRows
from ops.settings import Settings
from ops.values import Scope
from ops.work.opened_models import Opened

if TYPE_CHECKING:
    from ops.classify.classifier import Classifier
    from ops.classify.regressor import NumberPredictions, Regressor

MOST_EXPLAINED = 1000  # rows whose contributions one call may ask for


@dataclass(frozen=True, slots=True)
class Which:
    """The model that is asked: its code, an alias or a number, its site."""

    code: str
    alias: str
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """A version of a model, opened.

    Parameters
    ----------
    model
        A classifier or a regressor; what it is, is what `task` says.
    """

    code: str
    number: int
    sha256: str
    origin: ModelOrigin
    task: str
    model: "Classifier | Regressor"

    @property
    def inputs(self) -> tuple[InputColumn, ...]:
        """Columns that it wants."""
        return self.model.features.inputs


@dataclass(frozen=True, slots=True)
class Answers:
    """What a model says of rows.

    Parameters
    ----------
    found
        Of classes, or of numbers.
    imputed
        For each row, columns without a value, for which something stood in.
    remarks
        For each row, what of it training has not seen.
    contributions
        For each row, if they were asked for.
    """

    found: "Predictions | NumberPredictions"
    imputed: tuple[tuple[str, ...], ...]
    remarks: tuple[tuple[str, ...], ...]
    contributions: tuple[tuple[Contribution, ...], ...] | None


class Predictor:
    """Models of one database, ready to answer.

    Parameters
    ----------
    most
        How many are kept open.
    """

    def __init__(self, database: Database, settings: Settings, *, most: int = 32) -> None:
        self._database = database
        self._settings = settings
        self._opened: Opened[Served] = Opened(most, _let_go)

    def served(self, which: Which, scope: Scope) -> Served:
        """Version that an alias stands for now.

        Raises
        ------
        NotFound
            If there is no such model, alias or version within `scope`.
        Conflict
            If the model is archived.
        BadData
            If its artefact is not what the registry has kept, or none of ours.
        """
        with self._database.read() as session:
            row = SHELF.find(session, scope, which.code, site=which.site, shared=True)
            SHELF.refuse_archived(row)
            number = model_versions.number_of(session, row, which.alias)
            if number is None:
                number = model_versions.find(session, row, which.alias).number  # says what lacks
            session.expunge(row)
        return self._opened.get((row.id, number), self._opener(row, number))

    def _opener(self, row: Model, number: int) -> "Callable[[], Served]":
        """Open a version: it never changes, so what is once open needs no second look."""

        def open_() -> Served:
            from ops.work.open_model import open_model  # noqa: PLC0415  (loads the kernels)

            with self._database.read() as session:
                version = model_versions.find(session, row, number)
                packet = model_versions.packet(session, row, version, str(number))
            model = open_model(packet, self._settings)
            return Served(row.code, number, packet.sha256, packet.origin, row.task, model)

        return open_

    def close(self) -> None:
        """Let all models go, and end the processes that some of them have."""
        self._opened.clear()


def _let_go(served: Served) -> None:
    close = getattr(served.model.model, "close", None)
    if callable(close):
        close()


def answers(served: Served, sent: SentRows, *, top: int = 0) -> Answers:
    """Ask a model about rows.

    Parameters
    ----------
    top
        How many contributions of each row; 0: none.

    Raises
    ------
    BadData
        If a value is one that the model refuses, or contributions are asked for too many rows.
    """
    model, table = served.model, sent.table
    found = model.predict(table)
    told = _contributions(served, table, top) if top else None
    return Answers(found, _imputed(served.inputs, table), _remarks(served, table, found), told)


def _contributions(
    served: Served, table: DataTable, top: int
) -> tuple[tuple[Contribution, ...], ...]:
    from ops.classify.classifier import Classifier  # noqa: PLC0415  (loaded: a model is open)

    if not isinstance(served.model, Classifier):
        told = "contributions are told of classes, and this model predicts a number"
        raise BadData(told, (Problem("/contributions", told),))
    if len(table) > MOST_EXPLAINED:
        told = f"contributions are told of at most {MOST_EXPLAINED} rows, got {len(table)}"
        raise BadData(told, (Problem("/contributions", told),))
    return served.model.contributions(table, top)


def _imputed(inputs: tuple[InputColumn, ...], table: DataTable) -> tuple[tuple[str, ...], ...]:
    """For each row, the columns that have no value, or one beyond 1e100, which counts as none."""
    import numpy as np  # noqa: PLC0415  (beside its one use)

    from ops.classify.features.part import HUGE  # noqa: PLC0415  (loaded: a model is open)

    lacking: list[list[str]] = [[] for _ in range(len(table))]
    for column in inputs:
        if column.type == "trace":
            missing = ~np.isfinite(table.traces[column.name]).any(axis=(1, 2))
        elif column.type == "number":
            missing = ~(np.abs(table.number(column.name)) <= HUGE)
        else:
            missing = table.category(column.name).codes < 0
        for row in np.flatnonzero(missing).tolist():
            lacking[row].append(column.name)
    return tuple(map(tuple, lacking))


def _remarks(
    served: Served, table: DataTable, found: "Predictions | NumberPredictions"
) -> tuple[tuple[str, ...], ...]:
    """For each row that is unusual, why, in sentences."""
    return tuple(
        _why(served, table, row) if strange else ()
        for row, strange in enumerate(found.unusual.tolist())
    )


def _why(served: Served, table: DataTable, row: int) -> tuple[str, ...]:
    values: dict[str, Any] = {}
    for column in served.inputs:
        if column.type == "trace":
            values[column.name] = table.traces[column.name][row]
        elif column.type == "number":
            values[column.name] = float(table.number(column.name)[row])
        else:
            factor = table.category(column.name)
            code = int(factor.codes[row])
            values[column.name] = None if code < 0 else factor.levels[code]
    told = tuple(served.model.features.remarks(values))
    return told or ("a feature made of its columns lies outside of what training has seen",)
