"""Answers of a model as documents, one for each row, or as a table."""

from typing import TYPE_CHECKING, Any, cast

import pyarrow as pa
from pydantic_core import from_json, to_json

from ops.classify.model import Predictions
from ops.work.predict import Answers, Served
from ops.work.prediction_json import rows_json

if TYPE_CHECKING:
    from ops.classify.classifier import Classifier
    from ops.classify.regressor import Regressor


def head(served: Served) -> dict[str, Any]:
    """Say once, for all answers, which version they are of, its classes, its notes."""
    model = served.model
    decision = getattr(model, "decision", None)
    return {
        "model": served.code,
        "version": served.number,
        "sha256": served.sha256,
        "task": served.task,
        "classes": list(getattr(model, "classes", ())),
        "positive": getattr(model, "positive", None),
        "threshold": None if decision is None else decision.threshold,
        "label": getattr(model, "label", ""),
        "unit": getattr(model, "unit", ""),
        "notes": list(model.notes),
    }


def documents(served: Served, answers: Answers) -> list[dict[str, Any]]:
    """Answer of each row, as JSON."""
    found: list[dict[str, Any]] = from_json(rows_json(served, answers))
    return found


def written(served: Served, ignored: tuple[str, ...], answers: Answers) -> bytes:
    """Answers of all rows as one JSON document, under what is said once for all of them."""
    said = to_json(head(served) | {"ignored": ignored})
    return said[:-1] + b',"predictions":' + rows_json(served, answers) + b"}"


def table(served: Served, answers: Answers) -> pa.Table:
    """Answers as a table: a column for each class, lists as texts with `|` between."""
    found, columns = answers.found, dict[str, Any]()
    if isinstance(found, Predictions):
        classes = cast("Classifier", served.model).classes
        for at, name in enumerate(classes):
            columns[f"probability {name}"] = found.probability[:, at]
        columns["decided"] = [classes[at] for at in found.decided.tolist()]
        columns["possible"] = [
            "|".join(c for c, may in zip(classes, row, strict=True) if may)
            for row in found.possible.tolist()
        ]
    else:
        columns["value"] = found.value
        columns["lower"] = pa.array(found.lower, from_pandas=True)
        columns["upper"] = pa.array(found.upper, from_pandas=True)
        columns["reliance"] = found.reliance
        columns["measure"] = found.reliance < cast("Regressor", served.model).least
    columns["unusual"] = found.unusual
    columns["imputed"] = ["|".join(row) for row in answers.imputed]
    columns["remarks"] = ["|".join(row) for row in answers.remarks]
    if answers.contributions is not None:
        columns["contributions"] = [
            "|".join(f"{one.column} {one.amount:+.4g}" for one in row)
            for row in answers.contributions
        ]
    metadata = {"model": served.code, "version": str(served.number), "sha256": served.sha256}
    return pa.table(columns).replace_schema_metadata(metadata)
