"""What the wires of a device, or several characteristics of it, did together."""

from contextlib import suppress

import numpy as np

from ops.analyses.drift_params import DriftParams
from ops.analyses.drift_points import of_level, taken
from ops.analyses.drift_record import JudgedRecord, series_of
from ops.drift.group_drift import GroupDrift, group_drift
from ops.errors import NotEnoughData
from ops.query import ProcessData
from ops.values import FloatArray, Series

MOST = 40  # members


def find_group(
    data: ProcessData, judged: JudgedRecord, params: DriftParams, rng: np.random.Generator
) -> GroupDrift | None:
    """Compare the members of a group in the reference window and since; None without a group.

    Members are the characteristics of `group` beside the judged one, else the positions of the
    judged one. Devices are rows; only those that have a code can be joined.
    """
    window = judged.baseline.baseline
    cut = _cut(judged)
    members = _members(data, params)
    if len(members) < 2:
        return None
    if window is None:
        before, after = _table(members, None, cut), _table(members, cut, None)
    else:
        before = _table(members, window.start, window.end)
        after = _table(members, max(window.end, cut), None)
    with suppress(NotEnoughData):
        return group_drift(
            before,
            after,
            tuple(members),
            margin=judged.margin,
            rng=rng,
            confidence=params.confidence,
        )
    return None


def _cut(judged: JudgedRecord) -> int:
    """First instant that is judged."""
    kept = np.delete(judged.points.ts, judged.baseline.reference_rows)
    return int(kept[0]) if kept.size else int(judged.points.ts[-1]) + 1


def _members(data: ProcessData, params: DriftParams) -> dict[str, Series]:
    """Series of each member, of the judged tool."""
    judged = of_level(series_of(data, params.characteristic), params.stream, params.tool)
    if not params.group:
        position = judged.position
        names = [position.levels[int(i)] for i in np.unique(position.codes[position.codes >= 0])]
        return {name: _at(judged, name) for name in names[:MOST]}
    found = {params.characteristic: judged}
    for code in params.group:
        with suppress(NotEnoughData):
            series = of_level(series_of(data, code), params.stream, params.tool)
            if series.characteristic.unit == judged.characteristic.unit:
                found[code] = series
    return found


def _at(series: Series, position: str) -> Series:
    return taken(series, series.position.codes == series.position.levels.index(position))


def _table(members: dict[str, Series], start: int | None, end: int | None) -> FloatArray:
    """Devices by time in rows, members in columns; NaN where one was not measured."""
    cut = [_between(series, start, end) for series in members.values()]
    devices = sorted({series.unit_id.levels[i] for series in cut for i in _used(series)})
    number = {device: i for i, device in enumerate(devices)}
    total, count = np.zeros((2, len(devices), len(cut)))
    begun = np.full(len(devices), np.iinfo(np.int64).max)
    for column, series in enumerate(cut):
        if series.value.size == 0:
            continue
        named = np.array([number.get(level, -1) for level in series.unit_id.levels])
        row = named[series.unit_id.codes]
        np.add.at(total[:, column], row, series.value)
        np.add.at(count[:, column], row, 1.0)
        np.minimum.at(begun, row, series.ts)
    mean = np.divide(total, count, out=np.full_like(total, np.nan), where=count > 0)
    return mean[np.argsort(begun, kind="stable")]


def _used(series: Series) -> list[int]:
    return [int(i) for i in np.unique(series.unit_id.codes)]


def _between(series: Series, start: int | None, end: int | None) -> Series:
    """Finite values of devices with a code, of a stretch of time."""
    kept = np.isfinite(series.value) & (series.unit_id.codes >= 0)
    if start is not None:
        kept &= series.ts >= start
    if end is not None:
        kept &= series.ts < end
    return taken(series, kept)
