"""Demand by period: measured values counted into one series for each combination of levels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from ops.errors import BadData, NotEnoughData
from ops.forecast.period import PeriodKind, Periods, complete_periods
from ops.values import FloatArray, IntArray, Measurements, Series

ABSENT = "(none)"  # level of a value that has none
OTHERS = "(others)"  # level of the series that are too many
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Demand:
    """Demand of complete periods.

    Parameters
    ----------
    keys
        Levels of each series, one for each factor.
    total : shape (n_series, n_periods)
        Demand; 0 where nothing was wanted.
    periods
        The periods.
    unit
        What is counted.
    """

    keys: tuple[tuple[str, ...], ...]
    total: FloatArray
    periods: Periods
    unit: str


def name_of(key: tuple[str, ...]) -> str:
    """Name of a series: its levels joined by a slash.

    Examples
    --------
    >>> name_of(("CUST-01", "QFN32"))
    'CUST-01/QFN32'
    """
    return "/".join(key) or "all"


def count_demand(
    data: Measurements,
    *,
    by: Sequence[str],
    kind: PeriodKind,
    zone: str,
    window: tuple[datetime | None, datetime | None],
    most: int,
) -> Demand:
    """Count measured demand into periods, over all series of the measurements.

    Parameters
    ----------
    by
        Factors whose combinations are told apart.
    window
        What was asked for: a period up to its end without a value had no demand. An open side is
        the first, or the last, value. Nothing before the first value is counted.
    most
        Series at most, those of most demand; the others are added up under `OTHERS`.

    Raises
    ------
    NotEnoughData
        If there is no complete period with a value.
    BadData
        If the series count different units, or a value is negative or not finite.
    """
    found = [s for s in data.series if s.ts.size]
    if not found:
        raise NotEnoughData(
            "a forecast needs values of demand, got 0; widen the window or check site and codes"
        )
    unit = _unit(found)
    ts = np.concatenate([s.ts for s in found])
    value = np.concatenate([s.value for s in found])
    if not np.all(value >= 0) or not np.all(np.isfinite(value)):
        worst = float(value[~(np.isfinite(value) & (value >= 0))][0])
        raise BadData(f"a demand is {worst}; void it, or correct it to 0 or more")
    keys, place = _keys(found, by)
    periods = _periods(ts, window, kind, zone)
    total = np.stack([periods.totals(ts[place == i], value[place == i]) for i in range(len(keys))])
    kept = np.flatnonzero(total.sum(axis=1) > 0)
    if not kept.size:
        raise NotEnoughData(f"no complete {kind} of the window has a demand; widen the window")
    keys, total = _largest([keys[i] for i in kept], total[kept], most, len(by))
    return Demand(tuple(keys), total, periods, unit)


def _unit(found: Sequence[Series]) -> str:
    units = sorted({s.characteristic.unit for s in found})
    if len(units) > 1:
        raise BadData(f"the characteristics count {' and '.join(units)}; name those of one unit")
    return units[0]


def _keys(found: Sequence[Series], by: Sequence[str]) -> tuple[list[tuple[str, ...]], IntArray]:
    """Distinct combinations of levels, sorted, and which of them each value has."""
    seen: dict[tuple[str, ...], int] = {}
    places: list[IntArray] = []
    for series in found:
        n = series.ts.size
        factors = [series.factors.get(name) for name in by]
        codes = [np.full(n, -1) if f is None else f.codes for f in factors]
        rows, inverse = np.unique(
            np.stack(codes, axis=1) if codes else np.zeros((n, 0)), axis=0, return_inverse=True
        )
        keys = [
            tuple(
                ABSENT if f is None or code < 0 else f.levels[int(code)]
                for f, code in zip(factors, row, strict=True)
            )
            for row in rows
        ]
        index = np.array([seen.setdefault(key, len(seen)) for key in keys], dtype=np.int64)
        places.append(index[inverse.ravel()])
    order = sorted(seen)
    rank = np.empty(len(order), dtype=np.int64)
    rank[[seen[key] for key in order]] = np.arange(len(order))
    return order, rank[np.concatenate(places)]


def _periods(
    ts: IntArray, window: tuple[datetime | None, datetime | None], kind: PeriodKind, zone: str
) -> Periods:
    first, last = (_EPOCH + timedelta(microseconds=int(t)) for t in (ts.min(), ts.max()))
    start = first if window[0] is None else max(window[0], first - timedelta(days=31))
    periods = complete_periods(start, window[1] or last, kind, zone)
    began = int(np.searchsorted(periods.micros(), int(ts.min()), side="right")) - 1
    if len(periods) < 1 or began >= len(periods):
        raise NotEnoughData(f"the window has no complete {kind} with a value; widen it")
    return Periods(kind, zone, periods.bounds[max(began, 0) :])


def _largest(
    keys: list[tuple[str, ...]], total: FloatArray, most: int, width: int
) -> tuple[list[tuple[str, ...]], FloatArray]:
    if len(keys) <= most:
        return keys, total
    order = np.argsort(-total.sum(axis=1), kind="stable")
    kept, rest = np.sort(order[: most - 1]), order[most - 1 :]
    pooled = total[rest].sum(axis=0)
    return [*(keys[i] for i in kept), (OTHERS,) * width], np.vstack([total[kept], pooled])
