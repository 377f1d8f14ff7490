"""What the corrections of a tool say: a drift that is corrected away is in them."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import numpy as np

from ops.analyses.drift_params import DriftParams
from ops.analyses.drift_points import of_level
from ops.analyses.drift_record import JudgedRecord
from ops.analyses.drift_trends import MONTH, beyond, slope_margin
from ops.drift.ar_trend import ar_trend
from ops.drift.correction_demand import (
    CorrectionDemand,
    correction_demand,
    corrections_of_offsets,
)
from ops.drift.evidence import MICROS_PER_DAY, Evidence
from ops.errors import BadData, NotEnoughData
from ops.query import ProcessData
from ops.values import FloatArray


def corrections_evidence(
    data: ProcessData, judged: JudgedRecord, params: DriftParams
) -> Iterator[Evidence]:
    """Yield what rate, size and sum of the corrections say, and the program offsets themselves."""
    found = find_corrections(data, judged, params)
    begin = int(judged.record.ts[0])
    for one in () if found is None else found.evidence(since=begin):
        yield _demand(one, judged, params)
    yield from _offset_trend(data, judged, params)


def _demand(said: Evidence, judged: JudgedRecord, params: DriftParams) -> Evidence:
    """Count what corrections say: each of three methods pays for the others."""
    rare = said.p_value is not None and said.p_value <= (1.0 - params.confidence) / 3
    if said.measure == "ratio":
        return replace(said, present=None if said.present is None else said.present and rare)
    margin = slope_margin(judged, MONTH)
    sure = rare and beyond(said.lower, said.upper, margin)
    return replace(said, margin=margin, present=bool(said.present) and sure)


def find_corrections(
    data: ProcessData, judged: JudgedRecord, params: DriftParams
) -> CorrectionDemand | None:
    """Corrections by the offsets that were recorded, else by the event log."""
    origin = int(judged.record.ts[0])
    end = float(judged.record.t[-1])
    with suppress(NotEnoughData, BadData):
        if params.corrections:
            return _of_offsets(data, params, origin, end)
        at = [e for e in judged.events if e.kind == "correction" and e.ts >= origin]
        if len(at) < 3:
            return None
        t = np.array([(e.ts - origin) / MICROS_PER_DAY for e in at])
        size = np.array([_size(e.detail.get("size")) for e in at])
        known = size if np.isfinite(size).any() else None
        return correction_demand(t, known, start=0.0, end=max(end, float(t[-1])) + 1e-6,
                                 confidence=params.confidence)  # fmt: skip
    return None


def _of_offsets(
    data: ProcessData, params: DriftParams, origin: int, end: float
) -> CorrectionDemand | None:
    t, offset = offsets_of(data, params, origin)
    if t.size < 2:
        return None
    at, size = corrections_of_offsets(t, offset)
    return correction_demand(at, size, start=float(t[0]), end=max(end, float(t[-1])),
                             confidence=params.confidence)  # fmt: skip


def offsets_of(
    data: ProcessData, params: DriftParams, origin: int
) -> tuple[FloatArray, FloatArray]:
    """Days since `origin`, and program offsets of the tool; empty without a record of them."""
    found = [s for s in data.measurements.series if s.characteristic.code == params.corrections]
    if not found:
        return np.zeros(0), np.zeros(0)
    offsets = of_level(found[0], params.stream, params.tool)
    there = np.isfinite(offsets.value)
    return (offsets.ts[there] - origin) / MICROS_PER_DAY, offsets.value[there]


def _offset_trend(data: ProcessData, judged: JudgedRecord, params: DriftParams) -> list[Evidence]:
    """Trend of the program offsets: a drift that is corrected away is in them."""
    t, offset = offsets_of(data, params, int(judged.record.ts[0]))
    with suppress(NotEnoughData, BadData):
        found = ar_trend(t, offset, confidence=params.confidence)
        margin = slope_margin(judged, float(t[-1] - t[0]))
        said = found.evidence(margin=margin, level=1.0 - params.confidence)
        begin = int(judged.record.ts[0]) + round(float(t[0]) * MICROS_PER_DAY)
        return [replace(said, mechanism="corrections", method="offset-trend", since=begin)]
    return []


def _size(noted: object) -> float:
    return float(noted) if isinstance(noted, (int, float)) else float("nan")
