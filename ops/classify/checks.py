"""What is wrong with a dataset before anything is learned from it."""

import numpy as np

from ops.classify.column_doubts import (
    LabelledColumns,
    of_columns,
    of_repeats,
    of_size,
    of_traces,
)
from ops.classify.document import DatasetDocument
from ops.classify.doubt import DataWarning
from ops.classify.features.fit import fit_features
from ops.classify.label_doubts import of_label, of_time
from ops.classify.leakage_doubts import of_leakage
from ops.classify.spec import FeatureSpec
from ops.classify.table import DataTable
from ops.errors import BadData, Problem
from ops.values import BoolArray

__all__ = ["DataWarning", "inspect", "refuse"]


def inspect(
    table: DataTable, document: DatasetDocument, spec: FeatureSpec
) -> tuple[DataWarning, ...]:
    """Doubts about a dataset, those that forbid to learn first.

    Columns are looked at on the rows that have a label. A column that alone tells a class with an
    area under the ROC curve above .99 is a suspect; one that tells it without any error is refused
    unless the spec names it, which says that it is known in time.
    """
    rows = np.flatnonzero(_labelled(table, document))
    found = [*of_label(table, document, rows), *of_time(table, document)]
    if table.traces and not spec.features and not spec.derived:
        found += of_traces(table)
    elif rows.size:
        try:
            features = fit_features(table, spec, document, rows)
        except BadData as wrong:
            found += [_of_spec(problem) for problem in wrong.problems]
        else:
            columns = LabelledColumns(table, document, features, rows)
            named = frozenset(f.column for f in spec.features)
            found += of_size(columns)
            found += of_columns(columns)
            found += of_repeats(table, columns)
            found += of_leakage(columns, named)
    return tuple(sorted(found, key=lambda w: w.severity != "refuse"))


def refuse(warnings: tuple[DataWarning, ...]) -> None:
    """Refuse to learn if one of the doubts says so.

    Raises
    ------
    BadData
        With a problem for each doubt of the severity `refuse`.
    """
    grave = [w for w in warnings if w.severity == "refuse"]
    if grave:
        problems = tuple(Problem(w.pointer, w.detail) for w in grave)
        raise BadData(f"nothing honest can be learned: {grave[0].detail}", problems)


def _labelled(table: DataTable, document: DatasetDocument) -> BoolArray:
    name = document.one("label") or ""
    if name in table.categories:
        return table.categories[name].codes >= 0
    if name in table.numbers:
        return np.isfinite(table.numbers[name])
    return np.zeros(len(table), np.bool_)


def _of_spec(problem: Problem) -> DataWarning:
    return DataWarning("refuse", f"/spec{problem.pointer}", problem.detail, "spec")
