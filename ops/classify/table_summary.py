"""What the rows of a dataset hold, counted: shown on its page, kept with its revision."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from ops.classify.checks import DataWarning
from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.table import NO_TIME, DataTable
from ops.values import FloatArray, IntArray

BINS = 16  # of the spread of a column
SPANS = 24  # of the balance over time
LEVELS = 12  # that are named; the rest is counted
MOST_SPREAD = 600  # columns whose spread is kept
_HOUR_US = 3_600_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def summary(
    table: DataTable, document: DatasetDocument, warnings: Sequence[DataWarning] = ()
) -> dict[str, Any]:
    """Count rows, labels, missing values, and how the labels lie in time; as JSON."""
    time = _known(table, document.one("time"))
    spread = len(document.columns) <= MOST_SPREAD
    return {
        "rows": len(table),
        "fingerprint": table.fingerprint(),
        **_labels(table, document),
        "first": None if time.size == 0 else instant(int(time.min())),
        "last": None if time.size == 0 else instant(int(time.max())),
        **_groups(table, document),
        "delay": _delay(table, document),
        "balance": _balance(table, document),
        "columns": [_column(table, column, spread=spread) for column in document.columns],
        "warnings": [asdict(warning) for warning in warnings],
    }


def instant(micros: int) -> str:
    """Instant as ISO 8601."""
    return (_EPOCH + timedelta(microseconds=micros)).isoformat()


def _known(table: DataTable, name: str | None) -> IntArray:
    times = table.times.get(name or "", np.empty(0, np.int64))
    known: IntArray = times[times != NO_TIME]
    return known


def _labels(table: DataTable, document: DatasetDocument) -> dict[str, Any]:
    name = document.one("label") or ""
    if name in table.categories:
        factor = table.categories[name]
        counts = np.bincount(factor.codes[factor.codes >= 0], minlength=len(factor.levels))
        order = np.argsort(-counts, kind="stable")
        told = {factor.levels[i]: int(counts[i]) for i in order[:50]}
        return {"label": name, "labels": told, "unlabelled": int((factor.codes < 0).sum())}
    if name in table.numbers:
        return {"label": name, "labels": {}, "unlabelled": int(np.isnan(table.numbers[name]).sum())}
    return {"label": None, "labels": {}, "unlabelled": len(table)}


def _groups(table: DataTable, document: DatasetDocument) -> dict[str, Any]:
    name = document.one("group") or ""
    codes = (
        table.categories[name].codes
        if name in table.categories
        else np.unique(table.numbers[name], return_inverse=True)[1]
        if name in table.numbers
        else np.empty(0, np.int64)
    )
    sizes = np.bincount(codes[codes >= 0]) if codes.size else np.empty(0, np.int64)
    sizes = sizes[sizes > 0]
    return {"groups": int(sizes.size), "largest_group": int(sizes.max(initial=0))}


def _delay(table: DataTable, document: DatasetDocument) -> dict[str, Any] | None:
    """Hours from the row to its label: of those that are known."""
    time = table.times.get(document.one("time") or "")
    known = table.times.get(document.one("known_time") or "")
    if time is None or known is None:
        return None
    both = (time != NO_TIME) & (known != NO_TIME)
    hours = (known[both] - time[both]) / _HOUR_US
    if hours.size == 0:
        return {"known": 0, "waiting": int((known == NO_TIME).sum())}
    median, late = np.quantile(hours, [0.5, 0.9])
    return {
        "known": int(hours.size),
        "waiting": int((known == NO_TIME).sum()),
        "before": int((hours < 0).sum()),
        "median_h": float(median),
        "p90_h": float(late),
        "max_h": float(hours.max()),
    }


def _balance(table: DataTable, document: DatasetDocument) -> dict[str, Any] | None:
    """Rows of each label in spans of equal length."""
    label, name = document.one("label") or "", document.one("time") or ""
    if label not in table.categories or name not in table.times:
        return None
    time, factor = table.times[name], table.categories[label]
    there = time != NO_TIME
    if not there.any():
        return None
    low, high = int(time[there].min()), int(time[there].max())
    edges = np.linspace(low, max(high, low + 1), SPANS + 1)
    span = np.clip(np.searchsorted(edges, time[there], side="right") - 1, 0, SPANS - 1)
    codes = factor.codes[there]
    counts = np.bincount(factor.codes[factor.codes >= 0], minlength=len(factor.levels))
    common = np.argsort(-counts, kind="stable")[:LEVELS]
    return {
        "starts": [instant(int(edge)) for edge in edges[:-1]],
        "labels": {
            factor.levels[i]: np.bincount(span[codes == i], minlength=SPANS).tolist()
            for i in common
        },
        "unlabelled": np.bincount(span[codes < 0], minlength=SPANS).tolist(),
    }


def _column(table: DataTable, column: DatasetColumn, *, spread: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"name": column.name, "type": column.type, "role": column.role}
    told["unit"] = table.units.get(column.name, column.unit)
    if column.name in table.numbers:
        return told | _spread(table.numbers[column.name], bins=BINS if spread else 0)
    if column.name in table.categories:
        factor = table.categories[column.name]
        counts = np.bincount(factor.codes[factor.codes >= 0], minlength=len(factor.levels))
        order = np.argsort(-counts, kind="stable")[: LEVELS if spread else 1]
        top = [[factor.levels[i][:80], int(counts[i])] for i in order]
        missing = int((factor.codes < 0).sum())
        return told | {"missing": missing, "levels": int((counts > 0).sum()), "top": top}
    if column.name in table.times:
        there = _known(table, column.name)
        ends: dict[str, str | None] = {"first": None, "last": None}
        if there.size:
            ends = {"first": instant(int(there.min())), "last": instant(int(there.max()))}
        return told | {"missing": int(len(table) - there.size), **ends}
    if column.name in table.traces:
        trace = table.traces[column.name]
        nothing = int(np.isnan(trace).all(axis=(1, 2)).sum()) if trace.size else 0
        return told | {"missing": nothing, "channels": trace.shape[1], "points": trace.shape[2]}
    return told | {"missing": len(table)}


def _spread(values: FloatArray, *, bins: int) -> dict[str, Any]:
    there = values[np.isfinite(values)]
    told: dict[str, Any] = {"missing": int(values.size - there.size)}
    if there.size == 0:
        return told
    low, median, high = (float(v) for v in np.quantile(there, [0.0, 0.5, 1.0]))
    told |= {"low": low, "median": median, "high": high, "distinct": int(np.unique(there).size)}
    width = high - low
    if bins and 0 < width < np.inf:
        place = np.clip(((there - low) / width * bins).astype(np.int64), 0, bins - 1)
        told["counts"] = np.bincount(place, minlength=bins).tolist()
    return told
