"""What a column is worth to a model: how far its answers move when the column is exchanged.

The values of one raw column are exchanged between rows of the reference; the answers then move by
some share of the probability. Labels are not asked for, and it holds for every model, also one that
is served elsewhere (Fisher, Rudin and Dominici 2019, JMLR 20(177): model reliance, here of the
answers and not of the loss).
"""

from collections.abc import Callable, Sequence

import numpy as np

from ops.classify.table import DataTable
from ops.values import FloatArray

ROWS = 400  # of the reference that are asked


def column_worth(
    table: DataTable,
    columns: Sequence[str],
    answer: Callable[[DataTable], FloatArray],
    *,
    rng: np.random.Generator,
) -> FloatArray:
    """Share of each column in all that moves the answers; shape (columns,), sums to 1 (or is 0).

    Parameters
    ----------
    table
        Rows of the reference.
    answer
        Probabilities of some rows, shape (n, classes).
    """
    rows = np.sort(rng.permutation(len(table))[:ROWS])
    few = table.take(rows)
    told = answer(few)
    moved = np.zeros(len(columns))
    for at, name in enumerate(columns):
        changed = answer(exchanged(few, name, rng.permutation(rows.size)))
        moved[at] = float(np.abs(changed - told).sum(axis=1).mean() / 2.0)
    total = float(moved.sum())
    return moved / total if total > 0 else moved


def equal_worth(columns: Sequence[str]) -> FloatArray:
    """Give the same share to each column: for a model that cannot be asked, shape (columns,)."""
    return np.full(len(columns), 1.0 / max(len(columns), 1))


def exchanged(table: DataTable, name: str, order: np.ndarray) -> DataTable:
    """Return the same table with one column in another order of rows."""
    numbers, categories = dict(table.numbers), dict(table.categories)
    if name in numbers:
        numbers[name] = numbers[name][order]
    elif name in categories:
        categories[name] = categories[name].take(order)
    return DataTable(numbers, categories, table.times, table.traces, table.units)
