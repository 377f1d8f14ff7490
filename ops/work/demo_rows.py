"""Simulated measurements as chunks for the writer: labels, keys and contexts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute
from sqlalchemy.orm import Session

from ops.db import contexts
from ops.db.chunk import CHUNK
from ops.simulate.record import Measured
from ops.values import Factor, IntArray

pc: Any = pyarrow.compute

_POSITIONS = 64  # more than a device has wires
_LETTER = {"master": "R", "study": "R"}  # repetition; wires are W
_PLAIN = ("correction", "non-stick")  # of no position


def table_of(
    session: Session, measured: Measured, *, site_id: int, characteristic_id: int, now: datetime
) -> pa.Table:
    """Rows of one characteristic in the order of their key; unknown contexts are made."""
    rows = measured.value.size
    series = measured.factors["tool"].codes
    of_unit = np.where(measured.unit >= 0, measured.unit, series)
    seq = of_unit * _POSITIONS + measured.position
    order = np.lexsort([seq, measured.ts])
    none = pa.nulls(rows, pa.string())
    columns = {
        "row": np.arange(1, rows + 1),
        "characteristic_id": np.full(rows, characteristic_id),
        "ts": measured.ts[order],
        "seq": seq[order],
        "value": measured.value[order],
        "subgroup": none,
        "unit_id": _serials(measured.unit[order]),
        "position": none if measured.kind in _PLAIN else _positions(measured, order),
        "n": np.ones(rows) if measured.n is None else measured.n[order],
        "status": np.zeros(rows, np.int16),
        "context_id": contexts_of(session, measured.factors, site_id, now)[order],
    }
    return pa.table(columns).cast(CHUNK)


def _serials(unit: IntArray) -> pa.Array:
    """Label numbers of devices, e.g. ``D050001234``; null where there is none."""
    number = pc.utf8_lpad(pc.cast(pa.array(unit), pa.string()), 9, padding="0")
    label = pc.binary_join_element_wise("D", number, "")
    return pc.if_else(pa.array(unit >= 0), label, pa.scalar(None, pa.string()))


def _positions(measured: Measured, order: IntArray) -> pa.Array:
    most = int(measured.position.max(initial=0)) + 1
    labels = [f"{_LETTER.get(measured.kind, 'W')}{i + 1}" for i in range(most)]
    return pa.array(labels, pa.string()).take(pa.array(measured.position[order]))


def contexts_of(
    session: Session, factors: Mapping[str, Factor], site_id: int, now: datetime
) -> IntArray:
    """Context of each row: distinct combinations are looked up once."""
    names, shape = list(factors), tuple(len(f.levels) for f in factors.values())
    if not all(shape):
        return np.empty(0, np.int64)
    key = np.ravel_multi_index(tuple(f.codes for f in factors.values()), shape)
    distinct, which = np.unique(key, return_inverse=True)
    places = zip(*(p.tolist() for p in np.unravel_index(distinct, shape)), strict=True)
    levels = [f.levels for f in factors.values()]
    combos = [
        {name: levels[k][code] for k, (name, code) in enumerate(zip(names, place, strict=True))}
        for place in places
    ]
    return np.array(contexts.ids_for(session, site_id, combos, now), np.int64)[which]
