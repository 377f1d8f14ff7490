"""Wires with their set-points, groups, programs and lots; lots in time order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Literal

import numpy as np

from ops.analyses.loop_program_calibration_params import LoopProgramCalibrationParams
from ops.errors import BadData, NotEnoughData
from ops.loop.package import Package
from ops.values import Factor, FloatArray, IntArray, Series

Source = Literal["factor", "programs", "package", "target"]
_Name = tuple[str, ...]
_Names = tuple[IntArray, list[_Name]]


@dataclass(frozen=True, slots=True)
class Wires:
    """Wires that have a set-point.

    Parameters
    ----------
    ts, x, y : shape (n,)
        Instant, set-point, and height with the gauge's bias taken off.
    group, program, lot : shape (n,)
        Codes into `groups` (wire type, geometry), `programs` (site, bonder, program) and of lots.
    without
        Values that have no set-point.
    """

    ts: IntArray
    x: FloatArray
    y: FloatArray
    group: IntArray
    program: IntArray
    lot: IntArray
    groups: tuple[tuple[str, str], ...]
    programs: tuple[tuple[str, str, str], ...]
    without: int


@dataclass(frozen=True, slots=True)
class Lots:
    """Means of the lots of each program, in time order of each.

    Parameters
    ----------
    program, group : shape (k,)
        Codes as in `Wires`.
    x, y : shape (k,)
        Mean set-point and mean height.
    """

    program: IntArray
    group: IntArray
    x: FloatArray
    y: FloatArray


def source_of(params: LoopProgramCalibrationParams) -> Source:
    """Where set-points come from: the first source that is named."""
    if params.set_point_factor:
        return "factor"
    if params.set_points:
        return "programs"
    return "package" if params.package else "target"


def wires_of(
    series: Sequence[Series],
    package: Mapping[str, object] | None,
    params: LoopProgramCalibrationParams,
) -> Wires:
    """Give each wire its set-point, group, program and lot.

    Raises
    ------
    BadData
        If the source of set-points that is named is not there.
    NotEnoughData
        If no wire has one.
    """
    x = np.concatenate([_set_points(s, package, params) for s in series])
    y = np.concatenate([s.value for s in series]) - params.gauge_bias
    kept = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    if kept.size == 0:
        raise NotEnoughData(
            f"0 of {x.size} heights have a set-point (from the {source_of(params)}); name"
            f" set_point_factor, set_points or a package, or set the target"
        )
    group, groups = _coded([_named(s, (params.wire, params.geometry)) for s in series], kept)
    program, programs = _coded([_programs(s, params) for s in series], kept)
    lot, _ = _coded([_lots(i, s, params.cluster) for i, s in enumerate(series)], kept)
    return Wires(
        ts=np.concatenate([s.ts for s in series])[kept],
        x=x[kept],
        y=y[kept],
        group=group,
        program=program,
        lot=lot,
        groups=tuple((a, b) for a, b in groups),
        programs=tuple((a, b, c) for a, b, c in programs),
        without=x.size - kept.size,
    )


def lots_of(wires: Wires) -> Lots:
    """Means of each lot on each program, in time order."""
    key = wires.program * (wires.lot.max() + 1) + wires.lot
    _, first, of = np.unique(key, return_index=True, return_inverse=True)
    of = of.reshape(-1)
    n = np.bincount(of)
    since = (wires.ts - wires.ts.min()).astype(np.float64)
    order = np.lexsort([np.bincount(of, since) / n, wires.program[first]])
    return Lots(
        program=wires.program[first][order],
        group=wires.group[first][order],
        x=(np.bincount(of, wires.x) / n)[order],
        y=(np.bincount(of, wires.y) / n)[order],
    )


def _coded(parts: Sequence[_Names], kept: IntArray) -> tuple[IntArray, tuple[_Name, ...]]:
    """Codes of the kept rows over all series, and the names that they stand for."""
    levels = tuple(sorted({name for _, names in parts for name in names}))
    place = {name: i for i, name in enumerate(levels)}
    codes = [np.array([place[n] for n in names], np.int64)[rows] for rows, names in parts]
    used, found = np.unique(np.concatenate(codes)[kept], return_inverse=True)
    return found.reshape(-1), tuple(levels[i] for i in used)


def _named(series: Series, factors: Sequence[str]) -> _Names:
    """Distinct combinations of factors, "" where there is no value, and which each row has."""
    found = [_factor(series, name) for name in factors]
    shape = tuple(len(f.levels) + 1 for f in found)
    columns = tuple(f.codes % n for f, n in zip(found, shape, strict=True))  # no value: the last
    keys, which = np.unique(np.ravel_multi_index(columns, shape), return_inverse=True)
    rows = np.column_stack(np.unravel_index(keys, shape))
    levels = [(*f.levels, "") for f in found]
    names = [tuple(some[c] for some, c in zip(levels, row, strict=True)) for row in rows.tolist()]
    return which.reshape(-1), names


def _factor(series: Series, name: str) -> Factor:
    return series.factors.get(name) or Factor(np.full(series.ts.size, -1, dtype=np.int64), ())


def _set_points(
    series: Series, package: Mapping[str, object] | None, params: LoopProgramCalibrationParams
) -> FloatArray:
    source = source_of(params)
    if source in ("factor", "programs"):
        by_factor = source == "factor"
        factor = _factor(series, params.set_point_factor if by_factor else params.program)
        known = (_number(v) if by_factor else params.set_points.get(v) for v in factor.levels)
        told: FloatArray = np.array([*(np.nan if v is None else v for v in known), np.nan])
        return told[factor.codes]
    if source == "package":
        if package is None:
            raise BadData(f"no package {params.package!r} is known: check package, or create it")
        nominal = {w.position: w.height_um for w in Package.model_validate(dict(package)).wires}
        levels = [*(nominal.get(level, np.nan) for level in series.position.levels), np.nan]
        found: FloatArray = np.array(levels)[series.position.codes]
        return found
    target = None if series.spec is None else series.spec.target
    return np.full(series.ts.size, np.nan if target is None else target)


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return np.nan
    return value if isfinite(value) else np.nan


def _programs(series: Series, params: LoopProgramCalibrationParams) -> _Names:
    """Site, bonder and program; without a program the characteristic at its set-point."""
    site, code = series.characteristic.site, series.characteristic.code
    rows, names = _named(series, ("tool", params.program, params.set_point_factor))
    return rows, [(site, tool, program or f"{code} {at}".strip()) for tool, program, at in names]


def _lots(number: int, series: Series, name: str) -> _Names:
    """Lot of each wire, else its unit, else the wire alone."""
    lot, unit = _factor(series, name), series.unit_id
    kind = np.where(lot.codes >= 0, 0, np.where(unit.codes >= 0, 1, 2))
    code = np.choose(kind, [lot.codes, unit.codes, np.arange(kind.size)])
    keys, which = np.unique(3 * code + kind, return_inverse=True)
    site = series.characteristic.site
    names: list[_Name] = [
        (site, "lot", lot.levels[c])
        if k == 0
        else (site, "unit", unit.levels[c])
        if k == 1
        else (site, "row", f"{number}:{c}")
        for c, k in np.column_stack(np.divmod(keys, 3)).tolist()
    ]
    return which.reshape(-1), names
