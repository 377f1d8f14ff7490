"""Rows that can be learned from: those with a label, as class numbers beside the table."""

from dataclasses import dataclass

import numpy as np

from ops.classify.document import DatasetDocument
from ops.classify.table import DataTable
from ops.errors import BadData, NotEnoughData, Problem
from ops.values import Factor, IntArray, factor_of

MOST_CLASSES = 50


@dataclass(frozen=True, slots=True)
class LabelledRows:
    """Labelled rows of a dataset.

    Parameters
    ----------
    table
        All rows, in their order.
    y : shape (n,)
        Index into `classes`; -1 where the label is not known.
    classes
        Labels, sorted; numbers as texts.
    positive
        Index of the event; None with more than two classes of which none was named.
    label
        Name of the column.
    """

    table: DataTable
    y: IntArray
    classes: tuple[str, ...]
    positive: int | None
    label: str

    @property
    def counts(self) -> IntArray:
        """Rows of each class."""
        return np.bincount(self.y[self.y >= 0], minlength=len(self.classes)).astype(np.int64)

    @property
    def unknown(self) -> int:
        """Rows without a label."""
        return int(np.count_nonzero(self.y < 0))


def labelled_rows(table: DataTable, document: DatasetDocument) -> LabelledRows:
    """Rows with the classes of their labels.

    The event of two classes is `document.positive`, or else the rarer one.

    Raises
    ------
    NotEnoughData
        If there are no rows, or all labels are of one class.
    BadData
        If no column is the label, it is no column of classes, or the event is none of them.
    """
    label = document.one("label")
    if not len(table):
        raise NotEnoughData("the dataset has no rows; upload or build some")
    if label is None:
        problem = Problem("/document/columns", "give one column the role 'label'")
        raise BadData("the dataset says of no column that it is the label", (problem,))
    factor = _classes(table, label)
    used = np.unique(factor.codes[factor.codes >= 0])
    if used.size < 2:
        have = factor.levels[int(used[0])] if used.size else "none"
        raise NotEnoughData(
            f"two classes are needed, the {len(table)} rows have one ({have}); wait for rows of"
            " the other, or widen the window"
        )
    place = np.full(len(factor.levels) + 1, -1, dtype=np.int64)
    place[used] = np.arange(used.size)
    classes = tuple(factor.levels[int(at)] for at in used)
    y = place[factor.codes]
    return LabelledRows(table, y, classes, _positive(document, classes, y), label)


def _classes(table: DataTable, label: str) -> Factor:
    if label in table.categories:
        factor = table.category(label)
    else:
        values = table.number(label)
        known = np.isfinite(values)
        if np.any(values[known] != np.round(values[known])):
            _refuse(label, "holds numbers that are not whole; virtual-metrology predicts numbers")
        values = values + 0.0  # no class is called -0
        texts = [f"{v:.0f}" if ok else None for v, ok in zip(values, known, strict=True)]
        factor = factor_of(texts)
    if len(factor.levels) > MOST_CLASSES:
        _refuse(
            label,
            f"has {len(factor.levels)} classes, at most {MOST_CLASSES} can be told apart; join"
            " some, or choose another label",
        )
    return factor


def _refuse(label: str, detail: str) -> None:
    raise BadData(f"the label {label!r} {detail}", (Problem("/document/columns", detail),))


def _positive(document: DatasetDocument, classes: tuple[str, ...], y: IntArray) -> int | None:
    if document.positive is not None:
        if document.positive not in classes:
            detail = f"use one of {', '.join(classes)}, got {document.positive!r}"
            raise BadData(
                f"no row has the label {document.positive!r} that counts as the event",
                (Problem("/document/positive", detail),),
            )
        return classes.index(document.positive)
    if len(classes) > 2:
        return None
    counts = np.bincount(y[y >= 0], minlength=2)
    return int(np.argmin(counts[::-1]) == 0)  # of equal ones the later name
