"""Answers for rows as JSON, written column by column: thousands of rows in a few milliseconds."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from pydantic_core import to_json

from ops.classify.model import Contribution, Predictions
from ops.values import BoolArray, FloatArray
from ops.work.predict import Answers, Served

if TYPE_CHECKING:
    from ops.classify.classifier import Classifier
    from ops.classify.regressor import NumberPredictions, Regressor

_CELL = "\0"  # where a row's text of a column goes
Texts = Iterable[str]


def rows_json(served: Served, answers: Answers) -> bytes:
    """Answer of each row: a list of objects.

    A number that is not finite is null.
    """
    if isinstance(answers.found, Predictions):
        classes = cast("Classifier", served.model).classes
        return _rows(*_of_classes(classes, answers, answers.found))
    return _rows(*_of_numbers(cast("Regressor", served.model).least, answers, answers.found))


class _Known(dict[Any, str]):
    """JSON of values that come again and again, each written once."""

    def __missing__(self, value: Any) -> str:
        self[value] = text = _text(value)
        return text


def _text(value: Any) -> str:
    return to_json(value, inf_nan_mode="null").decode()


def _rows(shape: dict[str, Any], columns: Sequence[Texts]) -> bytes:
    """List of objects of a shape, whose cells are filled row by row from texts of columns."""
    # a quote within a text is escaped, so that only a cell begins by a colon and a quote
    row = _text(shape).replace("%", "%%").replace(f":{_text(_CELL)}", ":%s")
    return f"[{','.join(map(row.__mod__, zip(*columns, strict=True)))}]".encode()


def _of_classes(
    classes: tuple[str, ...], answers: Answers, found: Predictions
) -> tuple[dict[str, Any], list[Texts]]:
    names = list(map(_text, classes))
    shape: dict[str, Any] = {
        "probability": dict.fromkeys(classes, _CELL),
        "decided": _CELL,
        "possible": _CELL,
        "contributions": _CELL,
    }
    return _with_doubts(
        shape,
        [
            *map(_numbers, found.probability.T),
            map(names.__getitem__, found.decided.tolist()),
            _sets(classes, found.possible),
            _explained(answers),
        ],
        answers,
    )


def _of_numbers(
    least: float, answers: Answers, found: "NumberPredictions"
) -> tuple[dict[str, Any], list[Texts]]:
    names = ("value", "lower", "upper", "reliance")
    columns: list[Texts] = [_numbers(getattr(found, name)) for name in names]
    measure = _flags(np.asarray(found.reliance < least))
    return _with_doubts(dict.fromkeys((*names, "measure"), _CELL), [*columns, measure], answers)


def _with_doubts(
    shape: dict[str, Any], columns: list[Texts], answers: Answers
) -> tuple[dict[str, Any], list[Texts]]:
    """Shape and columns with what answers of both kinds have: what is unusual of the rows."""
    known = _Known()
    doubts: list[Texts] = [
        _flags(answers.found.unusual),
        map(known.__getitem__, answers.imputed),
        map(known.__getitem__, answers.remarks),
    ]
    names = ("unusual", "imputed", "remarks")
    return shape | dict.fromkeys(names, _CELL), columns + doubts


def _numbers(values: FloatArray) -> Texts:
    return _text(values.tolist())[1:-1].split(",") if values.size else ()


def _flags(values: BoolArray) -> Texts:
    return map(("false", "true").__getitem__, values.tolist())


def _sets(classes: tuple[str, ...], possible: BoolArray) -> Texts:
    """Names of the possible classes of each row; equal rows are written once."""
    known: dict[bytes, str] = {}
    for row in map(bytes, possible.view(np.uint8)):
        if row not in known:
            known[row] = _text([c for c, may in zip(classes, row, strict=True) if may])
        yield known[row]


def _explained(answers: Answers) -> Texts:
    if answers.contributions is None:
        return ["null"] * len(answers.imputed)
    return [_text(list(map(_plain, told))) for told in answers.contributions]


def _plain(one: Contribution) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("feature", "column", "value", "amount")}
