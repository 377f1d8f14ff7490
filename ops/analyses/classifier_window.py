"""Rows that versions of a model are scored on: those that none of them has learned from."""

from dataclasses import dataclass

import numpy as np

from ops.classifier_query import ClassifierData, ModelPacket
from ops.classify.evaluation.oof import OutOfFold
from ops.classify.evaluation.splits import Split
from ops.classify.table import NO_TIME
from ops.classify.training.rows import LabelledRows
from ops.errors import NotEnoughData
from ops.values import FloatArray, IntArray

FEWEST = 10


@dataclass(frozen=True, slots=True)
class Window:
    """Rows that are scored: their numbers, span, and whether all versions are older than them."""

    rows: IntArray
    left_out: int
    start: int | None
    end: int | None
    in_time: bool


def window_of(data: ClassifierData, rows: LabelledRows, *, only_later: bool) -> Window:
    """Choose the labelled rows that versions are scored on.

    Raises
    ------
    NotEnoughData
        If fewer than 10 are later than what the versions learned from, and only those are wanted.
    """
    known = np.flatnonzero(rows.y >= 0)
    name = data.document.one("time")
    times = None if name is None else data.table.times.get(name)
    ends = [trained_until(m) for m in data.models]
    last = max((end for end in ends if end is not None), default=None)
    kept = known
    if times is not None and last is not None and only_later:
        kept = known[(times[known] > last) & (times[known] != NO_TIME)]
        if kept.size < FEWEST:
            raise NotEnoughData(
                f"{kept.size} labelled rows are later than what the versions learned from,"
                f" {FEWEST} are needed; wait for more, or set only_later to false"
            )
    if times is None:
        return Window(kept, 0, None, None, in_time=False)
    span = times[kept][times[kept] != NO_TIME]
    start, end = (int(span.min()), int(span.max())) if span.size else (None, None)
    later = last is not None and start is not None and start > last and None not in ends
    return Window(kept, known.size - kept.size, start, end, in_time=later)


def trained_until(packet: ModelPacket) -> int | None:
    """Last row that a version learned from, microseconds since 1970 UTC; None if unknown."""
    told = packet.spec.get("trained_until")
    return told if isinstance(told, int) else None


def as_one_split(rows: LabelledRows, window: Window, probability: FloatArray) -> OutOfFold:
    """Answers as those of one split: learned before, tested on these rows."""
    before = np.setdiff1d(np.flatnonzero(rows.y >= 0), window.rows)
    split = Split(before if before.size else window.rows, window.rows, "these rows")
    fold = np.zeros(window.rows.size, dtype=np.int64)
    return OutOfFold(window.rows, rows.y[window.rows], probability, fold, (split,))
