"""Features made of columns, from a fixed list."""

from collections.abc import Mapping, Sequence

import numpy as np

from ops.classify.features.part import HUGE, InputColumn
from ops.classify.features.past import Past, past_of
from ops.classify.features.unit import turning
from ops.classify.spec import (
    DerivedFeature,
    Difference,
    Lag,
    LimitByCategory,
    Product,
    Ratio,
    Rolling,
    TimeSince,
)
from ops.classify.table import NO_TIME, DataTable
from ops.errors import BadData, Problem
from ops.values import Factor, FloatArray

History = (Lag, Rolling, TimeSince)  # cannot be made of the numbers of one row
_HOUR = 3.6e9  # microseconds


def sources(made: DerivedFeature) -> tuple[str, ...]:
    """Numbers, or earlier derived features, that a feature is made of."""
    if isinstance(made, Ratio):
        return made.numerator, made.denominator
    if isinstance(made, Product):
        return made.of
    if isinstance(made, Difference):
        return made.of, made.minus
    return () if isinstance(made, TimeSince) else (made.of,)


def texts(made: DerivedFeature) -> tuple[str, ...]:
    """Columns of texts that a feature is made of."""
    if isinstance(made, LimitByCategory):
        return (made.category,)
    return (made.by,) if isinstance(made, Lag | Rolling) and made.by is not None else ()


def sound(x: FloatArray) -> FloatArray:
    """Numbers with NaN in place of what is infinite or beyond all measure."""
    with np.errstate(invalid="ignore"):
        fine = np.abs(x) <= HUGE
    return x if fine.all() else np.where(fine, x, np.nan)


class Columns:
    """Columns of one table, and the features made of them when they are first asked for.

    Parameters
    ----------
    inputs
        Columns by name: the unit that they are sent in, where `table` is silent, and how they are
        turned into the unit of the features.
    time
        Column of times by which lags and rolling statistics are ordered.
    """

    def __init__(
        self,
        table: DataTable,
        derived: Sequence[DerivedFeature],
        inputs: Mapping[str, InputColumn],
        time: str | None,
    ) -> None:
        self._table = table
        self._derived = {made.name: made for made in derived}
        self._inputs = inputs
        self._time = time
        self._numbers: dict[str, FloatArray] = {}
        self._pasts: dict[str | None, Past] = {}

    def number(self, name: str) -> FloatArray:
        """Column or derived feature in its unit; NaN where it has no value, shape (n,)."""
        if name not in self._numbers:
            self._numbers[name] = sound(self._of(name))
        return self._numbers[name]

    def sent(self, name: str) -> FloatArray:
        """Column of numbers, or lag, in the unit that it is sent in, shape (n,)."""
        made, column = self._derived.get(name), self._inputs.get(name)
        if column is None or not column.is_turned or made is not None:
            return self.number(name)
        return sound(self._read(name))

    def category(self, name: str) -> Factor:
        """Column of texts."""
        return self._table.category(name)

    def _of(self, name: str) -> FloatArray:
        made = self._derived.get(name)
        if made is None or (isinstance(made, History) and name in self._table.numbers):
            column, x = self._inputs.get(name), self._read(name)
            if column is None or not column.is_turned:
                return x
            return column.factor * x + column.offset
        if isinstance(made, History):
            return self._history(made)
        with np.errstate(all="ignore"):
            return self._now(made)

    def _read(self, name: str) -> FloatArray:
        x, column = self._table.number(name), self._inputs.get(name)
        if column is None:
            return x
        factor, offset = turning(self._table.units.get(name, ""), column.unit, name)
        return x if factor == 1.0 and offset == 0.0 else factor * x + offset

    def _now(self, made: Ratio | Product | Difference | LimitByCategory) -> FloatArray:
        columns = [self.number(name) for name in sources(made)]
        if isinstance(made, Ratio):
            return columns[0] / columns[1]
        if isinstance(made, Difference):
            return columns[0] - columns[1]
        if isinstance(made, Product):
            value = made.factor * columns[0]
            for column in columns[1:]:
                value = value * column
            return value
        factor = self.category(made.category)
        limits = [made.limits.get(level, np.nan) for level in factor.levels]
        limit: FloatArray = np.array([*limits, np.nan])[factor.codes]  # -1 takes the last one
        return columns[0] / limit - 1.0 if made.relative else columns[0] - limit

    def _history(self, made: Lag | Rolling | TimeSince) -> FloatArray:
        if self._time is None or self._time not in self._table.times:
            raise BadData(
                f"{made.name!r} needs the rows in the order of time",
                (Problem(f"/{made.name}", _no_time(made.name, self._time)),),
            )
        if isinstance(made, TimeSince):
            return self._since(made)
        if made.by not in self._pasts:
            group = None if made.by is None else self.category(made.by)
            self._pasts[made.by] = past_of(self._table.times[self._time], group)
        past, x = self._pasts[made.by], self.number(made.of)
        if isinstance(made, Lag):
            return past.lag(x, made.rows)
        return past.rolling(x, made.rows, made.statistic)

    def _since(self, made: TimeSince) -> FloatArray:
        if made.since not in self._table.times:
            text = f"there is no column of times {made.since!r}"
            mend = f"{text}: send it, or the hours as {made.name!r}"
            raise BadData(text, (Problem(f"/{made.since}", mend),))
        since, now = self._table.times[made.since], self._table.times[self._time or ""]
        known = (since != NO_TIME) & (now != NO_TIME) & (since <= now)  # later: not known by then
        return np.where(known, np.where(known, now - since, 0) / _HOUR, np.nan)


def _no_time(name: str, time: str | None) -> str:
    if time is None:
        return f"give a column of times the role 'time', or {name!r} as a column of numbers"
    return f"send the column of times {time!r} and the rows before, or {name!r} as numbers"
