"""What endpoints say of the rows of a run, asked before its child computes, which asks nobody."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ops.classifier_query import ClassifierData, ClassifierQuery, ModelPacket
from ops.errors import OpsError
from ops.settings import Settings

if TYPE_CHECKING:
    from ops.classify.classifier import Classifier
    from ops.classify.external.fetched import FetchedAnswers
    from ops.classify.table import DataTable

MOST_FETCHED = 200_000  # different rows that one run asks for
PIECE = 1000
Tell = Callable[[str], object]


def with_answers(query: Any, data: Any, settings: Settings, tell: Tell) -> Any:
    """Give the data of a run with the answers of the endpoints among its versions.

    An endpoint that cannot be asked or that answers wrongly is no end of the run: the reason
    stands where its answers would, and the run says it of that version.

    Parameters
    ----------
    tell
        Called before each call of an endpoint; it may raise to end all.
    """
    if not isinstance(query, ClassifierQuery) or not isinstance(data, ClassifierData):
        return data
    if not query.answers or all(m.origin != "endpoint" for m in data.models):
        return data
    until = time.monotonic() + settings.time_limit_s
    models = tuple(
        replace(m, answers=_fetched(m, data.table, settings, tell, until))
        if m.origin == "endpoint"
        else m
        for m in data.models
    )
    return replace(data, models=models)


def _fetched(
    packet: ModelPacket, table: "DataTable", settings: Settings, tell: Tell, until: float
) -> "FetchedAnswers":
    from ops.classify.external.fetched import FetchedAnswers  # noqa: PLC0415  (loads the kernels)
    from ops.work.open_model import open_model  # noqa: PLC0415  (loads the kernels)

    opened: Any = None
    try:
        opened = open_model(packet, settings)
        return _asked(opened, f"version {packet.number}", table, tell, until)
    except OpsError as error:
        return FetchedAnswers(reason=str(error))
    finally:
        if opened is not None:
            opened.model.close()


def _asked(
    classifier: "Classifier", name: str, table: "DataTable", tell: Tell, until: float
) -> "FetchedAnswers":
    from ops.classify.external.fetched import (  # noqa: PLC0415  (loads the kernels)
        FetchedAnswers,
        key_columns,
        row_keys,
    )

    columns = key_columns(table)
    keys = row_keys(table, columns)
    first = {key: at for at, key in reversed(list(enumerate(keys)))}
    rows = np.array(sorted(first.values()), dtype=np.int64)
    if rows.size > MOST_FETCHED:
        told = f"{rows.size} different rows, an endpoint is asked for at most {MOST_FETCHED}"
        return FetchedAnswers(reason=f"the dataset has {told}; name a smaller one")
    x = classifier.features.matrix(table)
    said: list[Any] = [np.zeros((0, len(classifier.classes)))]
    for at in range(0, rows.size, PIECE):
        if time.monotonic() > until:
            told = f"had answered {at} of {rows.size} rows when the time of the run was over"
            return FetchedAnswers(reason=f"the model's endpoint {told}")
        tell(f"asking {name} at its address: {at} of {rows.size} rows")
        part = rows[at : at + PIECE]
        said.append(classifier.raw_of_rows(table.take(part), x[part]))
    return FetchedAnswers(columns, tuple(keys[row] for row in rows), np.concatenate(said))
