"""Doubts about labels and times of a dataset."""

from collections.abc import Iterator

import numpy as np

from ops.classify.document import DatasetDocument
from ops.classify.doubt import DataWarning
from ops.classify.table import NO_TIME, DataTable
from ops.values import Factor, FloatArray, IntArray

FEWEST = 2  # rows of a class: one to learn from, one to test on
FEW = 20  # rows of a class: below, every score has a wide interval
_NAMED = 10  # levels that are named where there are more


def of_label(table: DataTable, document: DatasetDocument, rows: IntArray) -> Iterator[DataWarning]:
    """Doubts about the column to be predicted; `rows` are those that have a label."""
    name = document.one("label")
    if len(table) == 0:
        yield DataWarning("refuse", "/rows", "there are no rows: send some", "no-rows")
    elif name is None:
        text = "no column has the role 'label': say which one is to be predicted"
        yield DataWarning("refuse", "/columns", text, "no-label")
    elif name not in table.categories and name not in table.numbers:
        text = f"the label {name!r} is no column of texts or numbers: name one that is"
        yield DataWarning("refuse", f"/columns/{name}", text, "no-label")
    elif rows.size == 0:
        text = f"no row has a label in {name!r}: wait until some are known"
        yield DataWarning("refuse", f"/columns/{name}", text, "labels-missing")
    else:
        if rows.size < len(table):
            lacking = len(table) - rows.size
            text = f"{lacking} of {len(table)} rows have no label in {name!r}: they are left out"
            yield DataWarning("warn", f"/columns/{name}", text, "labels-missing")
        if name in table.categories:
            yield from _of_classes(table.categories[name].take(rows), document, name)
        else:
            yield from _of_values(table.numbers[name][rows], name)


def _of_classes(label: Factor, document: DatasetDocument, name: str) -> Iterator[DataWarning]:
    count = np.bincount(label.codes, minlength=len(label.levels))
    sizes = {level: int(c) for level, c in zip(label.levels, count, strict=True) if c}
    at = f"/columns/{name}"
    if len(sizes) == 1:
        only = next(iter(sizes))
        text = f"all {label.codes.size} rows are {only!r}: add rows of another class"
        yield DataWarning("refuse", at, text, "one-class")
        return
    if document.positive is not None and document.positive not in sizes:
        text = f"no row is {document.positive!r}, the positive label: name one of"
        said = f"{text} {', '.join(sorted(sizes)[:_NAMED])}"
        yield DataWarning("refuse", "/positive", said, "no-positive")
    for level, size in sizes.items():
        if size < FEWEST:
            text = f"{level!r} has {size} row, at least {FEWEST} are needed to learn and to test:"
            said = f"{text} join it with another class, or leave it out"
            yield DataWarning("refuse", at, said, "few-of-class")
        elif size < FEW:
            text = f"rows of {level!r}: {size}, fewer than {FEW}: its scores have wide intervals"
            yield DataWarning("warn", at, f"{text}, gather more", "few-of-class")


def _of_values(value: FloatArray, name: str) -> Iterator[DataWarning]:
    distinct = np.unique(value).size
    if distinct == 1:
        text = f"all {value.size} labels are {value[0]:.6g}: there is nothing to predict"
        yield DataWarning("refuse", f"/columns/{name}", text, "one-class")
    elif distinct == 2:
        text = f"the label {name!r} has 2 values only: to learn classes, make it a category"
        yield DataWarning("warn", f"/columns/{name}", text, "two-valued-label")


def of_time(table: DataTable, document: DatasetDocument) -> Iterator[DataWarning]:
    """Doubts about when rows happened and labels became known."""
    name, known = document.one("time"), document.one("known_time")
    if name is None or name not in table.times:
        return
    at, times = f"/columns/{name}", table.times[name]
    there = times != NO_TIME
    if not there.all():
        text = f"{int((~there).sum())} of {times.size} rows have no time in {name!r}: they stand"
        said = f"{text} in no split by time, and have no rows before them"
        yield DataWarning("warn", at, said, "time-missing")
    back = int((np.diff(times[there]) < 0).sum())
    if back:
        text = f"rows are out of the order of {name!r} in {back} places: they are sorted by it"
        yield DataWarning("warn", at, f"{text}, check that the column is right", "time-disorder")
    if known is not None and known in table.times:
        early = int(((table.times[known] < times) & there & (table.times[known] != NO_TIME)).sum())
        if early:
            text = f"{early} labels were known before their row happened ({known!r} < {name!r}):"
            said = f"{text} what is predicted must lie ahead, check both columns"
            yield DataWarning("warn", f"/columns/{known}", said, "known-too-early")
