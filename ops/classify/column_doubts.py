"""Doubts about columns and rows of a dataset."""

from collections.abc import Iterator

import numpy as np

from ops.classify.document import DatasetDocument
from ops.classify.doubt import DataWarning, Severity
from ops.classify.features.derive import sound
from ops.classify.features.fitted import FittedFeatures
from ops.classify.likeness import (
    comma_numbers,
    number_like_identifier,
    repeats,
    texts_like_identifier,
)
from ops.classify.table import DataTable
from ops.values import FloatArray, IntArray

_NAMED = 10  # columns that are named where there are more
_REPEATED = 0.01  # share of rows that repeat another in every feature


class LabelledColumns:
    """Raw columns that features are made of, on the rows that have a label, by time."""

    def __init__(
        self, table: DataTable, document: DatasetDocument, features: FittedFeatures, rows: IntArray
    ) -> None:
        times = table.times.get(document.one("time") or "")
        if times is not None:
            rows = rows[np.argsort(times[rows], kind="stable")]
        used = [c.name for c in (*features.inputs, *features.past)]
        self.features = features
        self.numbers = {n: sound(table.numbers[n][rows]) for n in used if n in table.numbers}
        self.texts = {n: table.categories[n].take(rows) for n in used if n in table.categories}
        name = document.one("label") or ""
        self.label = table.categories[name].take(rows) if name in table.categories else None
        self.value = table.numbers[name][rows] if name in table.numbers else None
        self.rows = rows


def of_size(columns: LabelledColumns) -> Iterator[DataWarning]:
    """Doubts about the number of features."""
    features, rows = len(columns.features.names), columns.rows.size
    if features > rows:
        text = f"{features} features for {rows} rows: a penalty is needed, without one any labels"
        said = f"{text} can be told apart; leave columns out or gather rows"
        yield DataWarning("warn", "/rows", said, "more-features-than-rows")


def of_columns(columns: LabelledColumns) -> Iterator[DataWarning]:
    """Doubts about columns that say nothing, or name the row."""
    empty = [n for n, x in columns.numbers.items() if np.isnan(x).all()]
    empty += [n for n, f in columns.texts.items() if (f.codes < 0).all()]
    same = [n for n, x in columns.numbers.items() if n not in empty and _is_constant(x)]
    same += [n for n, f in columns.texts.items() if n not in empty and _is_constant(f.codes)]
    everything = len(empty) + len(same) == len(columns.numbers) + len(columns.texts)
    severity: Severity = "refuse" if everything else "warn"
    if empty:
        yield _about(empty, severity, "without any value", "leave out", "all-missing")
    if same:
        yield _about(same, severity, "with one value in all rows", "leave out", "constant")
    commas = [n for n, f in columns.texts.items() if comma_numbers(f)]
    if commas:
        what = "with a decimal comma, read as texts"
        mend = 'say "decimal": "," in the mapping, so that these are numbers:'
        yield _about(commas, "warn", what, mend, "decimal-comma")
    why = {n: number_like_identifier(x) for n, x in columns.numbers.items()}
    why |= {n: texts_like_identifier(f) for n, f in columns.texts.items() if n not in commas}
    for name, reason in [(n, r) for n, r in why.items() if r is not None][:_NAMED]:
        text = f"{name!r} {reason}, like an identifier: give it the role 'unit' or 'ignore'"
        yield DataWarning("warn", f"/columns/{name}", text, "identifier")


def _is_constant(x: FloatArray | IntArray) -> bool:
    return x.size > 1 and bool((x == x[0]).all())


def _about(names: list[str], severity: Severity, what: str, mend: str, code: str) -> DataWarning:
    said = ", ".join(repr(n) for n in names[:_NAMED])
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    at = f"/columns/{names[0]}" if len(names) == 1 else "/columns"
    plural = "column" if len(names) == 1 else "columns"
    text = f"{len(names)} {plural} {what}: {mend} {said}{more}"
    return DataWarning(severity, at, text, code)


def of_repeats(table: DataTable, columns: LabelledColumns) -> Iterator[DataWarning]:
    """Doubts about rows that repeat one another."""
    rows = columns.rows
    everything: list[FloatArray | IntArray] = [x[rows] for x in table.numbers.values()]
    everything += [x[rows] for x in table.times.values()]
    everything += [f.codes[rows] for f in table.categories.values()]
    twice = 0 if table.traces else repeats(everything)
    if twice:
        text = f"{twice} of {rows.size} rows repeat another in every column: were they sent twice?"
        yield DataWarning("warn", "/rows", f"{text} Leave them out", "repeated-rows")
        return
    alike = repeats([*columns.numbers.values(), *(f.codes for f in columns.texts.values())])
    if alike > _REPEATED * rows.size:
        text = f"{alike} of {rows.size} rows repeat another in every feature: in a random split"
        said = f"{text} they stand on both sides, split by time or group"
        yield DataWarning("warn", "/rows", said, "repeated-rows")


def of_traces(table: DataTable) -> Iterator[DataWarning]:
    """Doubts about traces."""
    for name, trace in table.traces.items():
        flat = trace.reshape(len(trace), -1)
        empty = int(np.isnan(flat).all(axis=1).sum())
        if empty:
            text = f"{empty} of {len(flat)} traces of {name!r} hold no value: leave them out"
            severity: Severity = "refuse" if empty == len(flat) else "warn"
            yield DataWarning(severity, f"/columns/{name}", text, "all-missing")
        twice = repeats(list(flat.T)) - max(empty - 1, 0)
        if twice:
            text = f"{twice} of {len(flat)} traces of {name!r} repeat another: leave them out"
            yield DataWarning("warn", f"/columns/{name}", text, "repeated-rows")
