"""What the rows of a life test hold, counted: for lists, pages and answers."""

from typing import Any

import numpy as np

from ops.lifetime.from_rows import degradation_of, field_of, life_of, recurrent_of
from ops.lifetime.rows import LifeRows
from ops.values import FloatArray, IntArray

SHOWN = 50  # modes, groups and levels that are named


def summary(rows: LifeRows) -> dict[str, Any]:
    """Count rows, units, failures, modes, groups and stresses; JSON."""
    if len(rows) == 0:
        return {"rows": 0, "units": 0, "failures": 0, "censored": 0, "modes": {}, "groups": {},
                "stresses": {}, "first": None, "last": None}  # fmt: skip
    counted = {
        "life": _life,
        "field": _field,
        "recurrent": _recurrent,
        "degradation": _degradation,
    }[rows.kind](rows)
    return {"rows": len(rows), **counted, "stresses": _stresses(rows)}


def _life(rows: LifeRows) -> dict[str, Any]:
    data = life_of(rows)
    ends = np.where(data.right, data.lower, data.upper)
    return {
        "units": data.units,
        "failures": data.failures,
        "censored": data.units - data.failures,
        "modes": _tally(data.modes, data.mode, data.weight),
        "groups": _tally(data.groups, data.group, data.weight),
        "first": float(ends.min()),
        "last": float(ends.max()),
    }


def _field(rows: LifeRows) -> dict[str, Any]:
    data = field_of(rows)
    units, back = float(data.quantity.sum()), float(data.returned.sum())
    return {
        "units": units,
        "failures": back,
        "censored": units - back,
        "modes": _tally(data.modes, data.mode, data.returned),
        "groups": _tally(data.groups, data.group, data.quantity),
        "first": float(data.shipped.min()) if data.shipped.size else None,
        "last": data.until,
    }


def _recurrent(rows: LifeRows) -> dict[str, Any]:
    data = recurrent_of(rows)
    one = np.ones(data.time.size)
    return {
        "units": float(len(data.systems)),
        "failures": float(data.time.size),
        "censored": 0.0,
        "modes": _tally(data.modes, data.mode, one),
        "groups": _tally(data.groups, data.group, np.ones(len(data.systems))),
        "first": float(data.time.min()) if data.time.size else None,
        "last": float(data.end.max()),
    }


def _degradation(rows: LifeRows) -> dict[str, Any]:
    data = degradation_of(rows)
    return {
        "units": float(len(data.items)),
        "failures": 0.0,
        "censored": 0.0,
        "modes": {},
        "groups": _tally(data.groups, data.group, np.ones(len(data.items))),
        "first": float(data.time.min()),
        "last": float(data.time.max()),
    }


def _tally(names: tuple[str, ...], codes: IntArray, weight: FloatArray) -> dict[str, float]:
    sums = np.bincount(codes[codes >= 0], weight[codes >= 0], minlength=len(names))
    named = {name: float(total) for name, total in zip(names, sums, strict=True) if name}
    most = sorted(named, key=lambda name: -named[name])[:SHOWN]
    return {name: named[name] for name in most}


def _stresses(rows: LifeRows) -> dict[str, Any]:
    return {
        name: {
            "unit": rows.stress_units.get(name, ""),
            "levels": [float(level) for level in np.unique(column)[:SHOWN]],
        }
        for name, column in rows.stresses.items()
    }
