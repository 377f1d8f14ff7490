"""Traces that a model is asked about: lists of numbers, or texts of them in a CSV."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ops.classify.features.part import InputColumn
from ops.classify.traces.features import trace_from
from ops.errors import BadData, Problem
from ops.values import FloatArray


def traces_of(column: InputColumn, cells: Sequence[Any]) -> FloatArray:
    """Traces of some cells, shape (rows, channels, points); shorter ones end with NaN.

    A cell is a list of numbers, a list of them for each channel, or a text: numbers with spaces
    between them, channels with `;` between them.

    Raises
    ------
    BadData
        If a cell is none of these, or has other channels than the model learned from.
    """
    found: list[FloatArray] = []
    for row, cell in enumerate(cells):
        try:
            found.append(trace_from(_listed(cell), column))
        except (BadData, ValueError) as error:
            told = f"row {row}: {error}"
            raise BadData(told, (Problem(f"/{row}/{column.name}", told),)) from error
    points = max((one.shape[1] for one in found), default=1)
    out = np.full((len(found), column.channels, points), np.nan)
    for row, one in enumerate(found):
        out[row, :, : one.shape[1]] = one
    return out


def _listed(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    return [[float(number) for number in channel.split()] for channel in cell.split(";")]
