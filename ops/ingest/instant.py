"""Times as files write them, to microseconds UTC; all rows at once."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from ops.ingest.arrow import pc
from ops.ingest.mapping import EPOCH_SCALE, TimeColumn
from ops.ingest.number import Fault, is_text, mask_of, parse_numbers
from ops.ingest.pattern import pattern_of, read_by_pattern
from ops.ingest.zone import to_utc
from ops.values import BoolArray, IntArray

_LEAP = "is a leap second, which no clock of a database has: write second 59"


@dataclass(frozen=True, slots=True)
class Instants:
    """Parsed times, microseconds UTC; where a fault is, the value means nothing."""

    micros: IntArray
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class _Clocks:
    """What was read so far: microseconds, whether they still are local, whether they are read."""

    micros: IntArray
    local: BoolArray
    read: BoolArray

    def fill(self, rows: IntArray, micros: IntArray, local: BoolArray, well: BoolArray) -> None:
        rows = rows[well]
        self.micros[rows], self.local[rows], self.read[rows] = micros[well], local[well], True


def parse_instants(column: Any, spec: TimeColumn) -> Instants:
    """Instants of a column of text, numbers or timestamps, shape (m,)."""
    if is_text(column):
        column = pc.utf8_trim_whitespace(column)
        empty = mask_of(pc.equal(pc.fill_null(column, ""), ""))
    else:
        empty = mask_of(column.is_null())
    clocks = _read(column, spec, empty)
    written = "an ISO 8601 time" if spec.formats == ("iso",) else " or ".join(spec.formats)
    unread = ~clocks.read & ~empty
    leap = unread & _leap_seconds(column, unread)
    micros, faults = _universal(clocks, spec)
    read = ((empty, "is empty"), (unread & ~leap, f"is not {written}"), (leap, _LEAP))
    return Instants(micros, (*read, *faults))


def _leap_seconds(column: Any, unread: BoolArray) -> BoolArray:
    if not (unread.any() and is_text(column)):
        return np.zeros(unread.size, dtype=np.bool_)
    return mask_of(pc.match_substring_regex(pc.fill_null(column, ""), r"\d:\d\d:60(\D|$)"))


def _read(column: Any, spec: TimeColumn, empty: BoolArray) -> _Clocks:
    m = len(column)
    clocks = _Clocks(np.zeros(m, np.int64), np.zeros(m, bool), np.zeros(m, bool))
    rows = np.arange(m)
    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        zoned = getattr(column.type, "tz", None) is not None
        unit = pa.timestamp("us", "UTC" if zoned else None)
        micros = pc.fill_null(pc.cast(pc.cast(column, unit, safe=False), pa.int64()), 0)
        clocks.fill(rows, micros.to_numpy(zero_copy_only=False), np.full(m, not zoned), ~empty)
        return clocks
    for written in spec.formats:
        left = np.flatnonzero(~clocks.read & ~empty)
        if left.size:
            part = column if left.size == m else column.take(pa.array(left))
            clocks.fill(left, *_read_as(part, written))
    return clocks


def _read_as(column: Any, written: str) -> tuple[IntArray, BoolArray, BoolArray]:
    if written in EPOCH_SCALE:
        return _epoch(column, EPOCH_SCALE[written])
    if not is_text(column):
        nothing = np.zeros(len(column), bool)
        return np.zeros(len(column), np.int64), nothing, nothing
    if written == "iso":
        for zone in ("UTC", None):  # the common cases, at the speed of Arrow
            try:
                micros = pc.cast(pc.cast(column, pa.timestamp("us", zone)), pa.int64())
            except pa.ArrowInvalid:
                continue
            every = np.ones(len(column), bool)
            return micros.to_numpy(zero_copy_only=False), every & (zone is None), every
    return read_by_pattern(column, pattern_of(written))


def _epoch(column: Any, scale: float) -> tuple[IntArray, BoolArray, BoolArray]:
    m = len(column)
    try:
        exact = pc.cast(column, pa.int64()).to_numpy(zero_copy_only=False).astype(np.float64)
        numbers, well = exact, np.ones(m, bool)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        parsed = parse_numbers(column)
        numbers = parsed.values
        well = ~np.logical_or.reduce([parsed.empty, *(wrong for wrong, _ in parsed.faults)])
    well &= np.abs(numbers * scale) < 2.0**62
    whole = np.rint(np.where(well, numbers * scale, 0.0)).astype(np.int64)
    return whole, np.zeros(m, bool), well


def _universal(clocks: _Clocks, spec: TimeColumn) -> tuple[IntArray, tuple[Fault, ...]]:
    """Turn what is local into UTC by the zone of the mapping."""
    local = clocks.local & clocks.read
    if not local.any():
        return clocks.micros, ()
    if spec.zone is None:
        reason = "has no offset: write one such as +00:00, or set time.zone in the mapping"
        return clocks.micros, ((local, reason),)
    utc = to_utc(clocks.micros[local], spec.zone)
    micros = clocks.micros.copy()
    micros[local] = utc.later if spec.ambiguous == "second" else utc.micros
    missing, twice = np.zeros_like(local), np.zeros_like(local)
    missing[local], twice[local] = utc.missing, utc.twice
    faults: list[Fault] = [(missing, f"does not exist in {spec.zone}: clocks go forward over it")]
    if spec.ambiguous == "reject":
        reason = f"occurs twice in {spec.zone}: give an offset, or set time.ambiguous"
        faults.append((twice, reason))
    return micros, tuple(faults)
