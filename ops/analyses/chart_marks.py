"""What people said of points, as it stands on a chart: which rows are left out, and the words."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from pydantic import Field

from ops.page_table import Column, Table
from ops.page_value import PageValue
from ops.values import BoolArray, PointMark, Series

MOST_MARKS = 100  # shown
SHOWN = {"annotate": "note", "exclude": "left out of limits", "include": "taken in again",
         "void": "void", "restore": "restored"}  # fmt: skip


class MarkRow(PageValue):
    """One mark of one point."""

    ts: int = Field(description="Time of the point, microseconds since 1970 UTC.")
    seq: int = Field(description="Its sequence.")
    kind: str = Field(description="What the mark does.")
    cause: str = Field(description="Code of the cause; empty if none was given.")
    action: str = Field(description="Code of the action; empty if none was given.")
    note: str = Field(description="Words.")
    person: str = Field(description="Who said it.")
    at: int = Field(description="When, microseconds since 1970 UTC.")


def marks_of(series: Series, marks: Sequence[PointMark]) -> tuple[PointMark, ...]:
    """Select the marks of this characteristic, oldest first."""
    its = [mark for mark in marks if mark.characteristic_id == series.characteristic.id]
    return tuple(sorted(its, key=lambda mark: mark.at))


def excluded_rows(series: Series, marks: Sequence[PointMark]) -> BoolArray:
    """Rows whose last word is that they stay out of the estimation of limits.

    Parameters
    ----------
    marks
        Of this characteristic, oldest first: a later one outweighs an earlier one.
    """
    last = {(mark.ts, mark.seq): mark.kind for mark in marks if mark.kind in ("exclude", "include")}
    out = np.zeros(series.ts.size, dtype=np.bool_)
    for (ts, seq), kind in last.items():
        first, after = np.searchsorted(series.ts, (ts, ts + 1))
        same = slice(int(first), int(after))
        if kind == "exclude":
            out[same] |= True if series.seq is None else series.seq[same] == seq
    return out


def mark_rows(marks: Sequence[PointMark]) -> tuple[MarkRow, ...]:
    """Newest marks, as they are stored in a result."""
    return tuple(
        MarkRow(
            ts=mark.ts,
            seq=mark.seq,
            kind=SHOWN[mark.kind],
            cause=mark.cause,
            action=mark.action,
            note=mark.note[:200],
            person=mark.person,
            at=mark.at,
        )
        for mark in marks[-MOST_MARKS:]
    )


def said_at(micros: int) -> str:
    """Instant in words, UTC.

    Examples
    --------
    >>> said_at(1_767_225_600_000_000)
    '2026-01-01 00:00:00'
    """
    return f"{datetime.fromtimestamp(micros // 1_000_000, UTC):%Y-%m-%d %H:%M:%S}"


def marks_table(rows: Sequence[MarkRow]) -> Table:
    """Tabulate marks."""
    return Table(
        title="Marks of points",
        columns=tuple(
            Column(label=name, unit="UTC" if name in ("Point", "Said") else "")
            for name in ("Point", "Mark", "Cause", "Action", "Note", "Person", "Said")
        ),
        rows=tuple(
            (
                said_at(row.ts),
                row.kind,
                row.cause,
                row.action,
                row.note,
                row.person,
                said_at(row.at),
            )
            for row in rows
        ),
    )
