"""Dated returns: shipments and returns as rows, or one row for each unit that was shipped.

A row without a date of return is a shipment of `quantity` units; one with it is a return of
`quantity` units, shipped on its date of shipping. Where units have names, each row is one unit that
was shipped, and came back if it has a date of return.
"""

import numpy as np

from ops.errors import BadData, Problem
from ops.ingest.life_columns import LifeColumns
from ops.lifetime.rows import LifeRows, TextArray, texts_of
from ops.values import BoolArray, FloatArray


def read_returns(columns: LifeColumns) -> LifeRows:
    """Field rows of dated shipments and returns; rows that cannot be are refused."""
    columns.need("shipped", "returned")
    shipped, returned, reported = (columns.day(r) for r in ("shipped", "returned", "reported"))
    quantity, group = columns.number("quantity", 1.0), columns.text("group")
    back = ~np.isnan(returned)
    columns.refuse("shipped", [(np.isnan(shipped), "is empty")])
    columns.refuse("quantity", [(quantity <= 0, "is not above 0")])
    columns.refuse(
        "returned",
        [
            (back & (returned < shipped), "lies before it was shipped"),
            (back & (returned == shipped), "is the day of shipping: it was dead on arrival"),
        ],
    )
    columns.refuse("reported", [(back & (reported < returned), "lies before it failed")])
    until = _until(columns, returned, reported)
    columns.refuse("returned", [(back & (returned > until), "lies after the day `until`")])
    columns.refuse("shipped", [(shipped > until, "lies after the last day of which is known")])
    cohort = _cohorts(shipped, group)
    sent = np.ones_like(back) if columns.layout.has("unit_id") else ~back
    _refuse_without_shipment(columns, cohort, (sent, back), quantity)
    return _rows(columns, (shipped, returned, reported, quantity), (cohort, group), (sent, until))


def _cohorts(shipped: FloatArray, group: TextArray) -> TextArray:
    days = np.where(np.isnan(shipped), 0.0, shipped).astype("datetime64[D]").astype(str)
    return texts_of(
        [f"{day} {g}" if g else day for day, g in zip(days, group, strict=True)], len(group)
    )


def _until(columns: LifeColumns, returned: FloatArray, reported: FloatArray) -> float:
    given = columns.mapping.until
    if given is not None:
        return float(np.datetime64(given, "D").astype(np.int64)) + 1.0
    seen = np.concatenate([returned, reported])
    seen = seen[~np.isnan(seen)]
    if seen.size == 0:
        detail = "nothing came back: say up to which day returns are known"
        raise BadData(detail, (Problem("/mapping/until", detail),))
    return float(seen.max())


def _refuse_without_shipment(
    columns: LifeColumns,
    cohort: TextArray,
    parts: tuple[BoolArray, BoolArray],
    quantity: FloatArray,
) -> None:
    """Refuse returns of which nothing, or too little, was shipped."""
    sent, back = parts
    shipped: dict[str, float] = {}
    for i in np.flatnonzero(columns.refusals.standing & sent):
        shipped[cohort[i]] = shipped.get(cohort[i], 0.0) + float(quantity[i])
    absent, beyond = np.zeros_like(back), np.zeros_like(back)
    left = dict(shipped)
    for i in np.flatnonzero(columns.refusals.standing & back):
        absent[i] = cohort[i] not in shipped
        left[cohort[i]] = left.get(cohort[i], 0.0) - float(quantity[i])
        beyond[i] = left[cohort[i]] < 0
    lacks = "no row says how many were shipped on that day (in that group)"
    columns.refuse("shipped", [(absent, lacks), (beyond, "more came back than was shipped")])


def _rows(
    columns: LifeColumns,
    days: tuple[FloatArray, FloatArray, FloatArray, FloatArray],
    told: tuple[TextArray, TextArray],
    parts: tuple[BoolArray, float],
) -> LifeRows:
    shipped, returned, reported, quantity = days
    cohort, group = told
    sent, until = parts
    mode, standing = columns.text("mode"), columns.refusals.standing
    first: dict[str, int] = {}
    units: dict[str, float] = {}
    for i in np.flatnonzero(standing & sent):
        first.setdefault(cohort[i], int(i))
        units[cohort[i]] = units.get(cohort[i], 0.0) + float(quantity[i])
    one = np.array([*first.values()], dtype=np.int64)
    back = np.flatnonzero(standing & ~np.isnan(returned))
    index, nan = np.concatenate([one, back]), np.full(one.size, np.nan)
    numbers = {
        "shipped": np.concatenate([shipped[one], np.full(back.size, np.nan)]),
        "quantity": np.concatenate([np.array([*units.values()]), quantity[back]]),
        "failed_from": np.concatenate([nan, returned[back]]),
        "failed_to": np.concatenate([nan, returned[back]]),
        "reported": np.concatenate([nan, reported[back]]),
    }
    part = np.concatenate([texts_of("shipped", one.size), texts_of("returned", back.size)])
    modes = np.concatenate([texts_of(None, one.size), mode[back]])
    texts = {"part": part, "cohort": cohort[index], "mode": modes, "group": group[index]}
    return LifeRows("field", numbers, texts, unit="d", until=until)
