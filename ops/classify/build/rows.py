"""Rows of a dataset: what each is of, its moment, its tool and context as known at the moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from ops.classify.build.columns import HOUR_US, Readings, RecipeData
from ops.classify.build.levels import codes_among, joined, of_positions, used
from ops.classify.build.windows import line_of, order_of
from ops.classify.recipe import DatasetRecipe
from ops.classify.recipe_rows import FindingRows, SlotRows, UnitRows
from ops.errors import BadData, NotEnoughData, Problem
from ops.values import BoolArray, Factor, FloatArray, IntArray

_LATE = "nothing of it had arrived at its moment"


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows in the order of moment and key.

    Parameters
    ----------
    key : shape (n,)
        Level (unit, lot) or tool that facts of the row itself have.
    own
        Whether `key` is a level of the readings; else a tool.
    name : shape (n,)
        Key of the row for readers: unit, lot, tool and slot, alert.
    moment : shape (n,)
        Microseconds since 1970 UTC.
    begins : shape (n,)
        Facts of the row itself happened after it; the smallest integer where nothing bounds them.
    tool : shape (n,)
    context
        Factor of the row as known at its moment, each of shape (n,).
    dropped
        Why rows were left out: reason to rows.
    alert : shape (n,)
        Index of the alert, of rows that are alerts.
    """

    key: Factor
    own: bool
    name: tuple[str, ...]
    moment: IntArray
    begins: IntArray
    tool: Factor
    context: Mapping[str, Factor]
    dropped: Mapping[str, int] = field(default_factory=dict[str, int])
    alert: IntArray = field(default_factory=lambda: np.empty(0, dtype=np.int64))


def rows_of(recipe: DatasetRecipe, data: RecipeData) -> Rows:
    """Make the rows of a recipe, as of the data's instant.

    Raises
    ------
    NotEnoughData
        If there is none.
    BadData
        If nothing of any row had arrived at its moment.
    """
    rule = recipe.rows
    if isinstance(rule, UnitRows):
        rows = _units(recipe, rule, data)
    elif isinstance(rule, SlotRows):
        rows = _slots(recipe, rule, data)
    else:
        rows = _alerts(recipe, rule, data)
    if rows.moment.size == 0:
        left = "; ".join(f"{n}: {why}" for why, n in rows.dropped.items())
        raise NotEnoughData(f"the recipe makes no row{f' ({left})' if left else ''}")
    return rows


def _between(recipe: DatasetRecipe, moment: IntArray) -> BoolArray:
    kept = np.ones(moment.size, dtype=np.bool_)
    start, end = recipe.window()
    if start is not None:
        kept &= moment >= round(start.timestamp() * 1e6)
    if end is not None:
        kept &= moment < round(end.timestamp() * 1e6)
    return kept


def _units(recipe: DatasetRecipe, rule: UnitRows, data: RecipeData) -> Rows:
    pause, wait = _us(rule.pause_hours), _us(rule.wait_hours)
    read = of_positions(joined([data.readings[c] for c in rule.characteristics]), rule.positions)
    read = read.take(read.level.codes >= 0)
    in_time = (read.known <= read.ts + pause) & (read.ts + pause < read.until)
    late = np.unique(read.level.codes).size - np.unique(read.level.codes[in_time]).size
    if late and not in_time.any():
        raise _all_late((read.known - read.ts).astype(np.float64), "/rows/pause_hours")
    read = _by_key(read.take(in_time), "level")
    key, ts = read.level.codes, read.ts
    first = _first_of(key)
    gap = np.concatenate([[False], (np.diff(ts) > pause) & (key[1:] == key[:-1])])
    gaps = np.cumsum(gap)
    read = read.take(gaps == gaps[first][np.cumsum(_is_first(key)) - 1])
    key = read.level.codes
    moment_of_key = read.ts[_last_of(key)] + wait
    begin = np.full(moment_of_key.size, np.iinfo(np.int64).min)
    settled = moment_of_key - wait + np.maximum(2 * pause, wait) <= data.as_of
    rows = _chosen(recipe, read, key, moment_of_key, begin, settled)
    if not late:
        return rows
    why = "it came later than `pause_hours` after it was measured"
    return replace(rows, dropped={**rows.dropped, why: late})


def _slots(recipe: DatasetRecipe, rule: SlotRows, data: RecipeData) -> Rows:
    length, wait = _us(rule.hours), _us(rule.wait_hours)
    read = joined([data.readings[c] for c in rule.characteristics])
    read = _by_key(read.take(read.tool.codes >= 0), "tool")
    slot = read.ts // length
    group = np.cumsum(_is_first(read.tool.codes) | _is_first(slot)) - 1
    last = _last_of(group)
    moment = (slot[last] + 1) * length + wait
    begin = slot[last] * length - 1
    rows = _chosen(recipe, read, group, moment, begin, moment <= data.as_of)
    return _of_tools(rows, wait)


def _of_tools(rows: Rows, wait: int) -> Rows:
    """Name slots by tool and end; facts of a slot are those of its tool."""
    ends = np.datetime_as_string((rows.moment - wait).astype("datetime64[us]"), unit="m")
    names = (rows.tool.levels[code] for code in rows.tool.codes)
    return Rows(
        key=rows.tool, own=False,
        name=tuple(f"{tool} {end}Z" for tool, end in zip(names, ends, strict=True)),
        moment=rows.moment, begins=rows.begins, tool=rows.tool, context=rows.context,
        dropped=rows.dropped,
    )  # fmt: skip


def _chosen(
    recipe: DatasetRecipe,
    read: Readings,
    group: IntArray,
    moment: IntArray,
    begin: IntArray,
    settled: BoolArray,
) -> Rows:
    """Rows of groups of readings (sorted by group): those that somebody could know of in time."""
    place = np.cumsum(_is_first(group)) - 1
    seen = (read.known <= moment[place]) & (moment[place] < read.until)
    last = np.full(moment.size, -1, dtype=np.int64)
    np.maximum.at(last, place[seen], np.flatnonzero(seen))
    within = _between(recipe, moment)
    _refuse_all_late(read, place, moment, (last < 0) & settled & within, settled & within)
    kept = settled & within & (last >= 0)
    dropped = {
        "it had not settled at the instant of the build": int((within & ~settled).sum()),
        _LATE: int((settled & within & (last < 0)).sum()),
        "its moment is outside of the window": int((~within).sum()),
    }
    chosen = np.flatnonzero(kept)
    order = np.lexsort(
        (read.level.codes[last[chosen]], read.tool.codes[last[chosen]], moment[chosen])
    )
    chosen = chosen[order]
    of = last[chosen]
    context = {name: used(factor.take(of)) for name, factor in read.factors.items()}
    tool, level = used(read.tool.take(of)), used(read.level.take(of))
    return Rows(
        key=level, own=True, name=tuple(level.levels[c] if c >= 0 else "" for c in level.codes),
        moment=moment[chosen], begins=begin[chosen], tool=tool,
        context={**context, "tool": tool, "position": used(read.position.take(of))},
        dropped={why: n for why, n in dropped.items() if n},
    )  # fmt: skip


def _refuse_all_late(
    read: Readings, place: IntArray, moment: IntArray, late: BoolArray, due: BoolArray
) -> None:
    if late.sum() < due.sum() or not due.any():
        return
    first = np.full(moment.size, np.iinfo(np.int64).max)
    np.minimum.at(first, place, read.known)
    raise _all_late((first - moment)[due].astype(np.float64), "/rows/wait_hours")


def _all_late(delay: FloatArray, pointer: str) -> BadData:
    hours = float(np.quantile(delay / HOUR_US, 0.9))
    detail = (
        f"at the moment of a row nothing of it had arrived: 90 % were known within {hours:.3g} h"
        f" after it; give `{pointer.removeprefix('/rows/')}` at least that, or, if the history was"
        " loaded at once, let `arrival` assume a delay"
    )
    return BadData(detail, (Problem(pointer, detail),))


def _alerts(recipe: DatasetRecipe, rule: FindingRows, data: RecipeData) -> Rows:
    alerts = data.alerts
    about = codes_among(alerts.characteristic, rule.characteristics) >= 0
    of_them = about if rule.characteristics else np.ones(alerts.ts.size, dtype=np.bool_)
    known, within = alerts.known <= data.as_of, _between(recipe, alerts.known)
    chosen = np.flatnonzero(of_them & known & within)
    chosen = chosen[np.lexsort((alerts.name.codes[chosen], alerts.known[chosen]))]
    tool = used(alerts.tool.take(chosen))
    about_what = used(alerts.characteristic.take(chosen))
    outside = int((of_them & known & ~within).sum())
    return Rows(
        key=tool, own=False,
        name=tuple(alerts.name.levels[c] for c in alerts.name.codes[chosen]),
        moment=alerts.known[chosen], begins=np.full(chosen.size, np.iinfo(np.int64).min),
        tool=tool, context={"tool": tool, "characteristic": about_what},
        dropped={"its moment is outside of the window": outside} if outside else {},
        alert=chosen,
    )  # fmt: skip


def _by_key(read: Readings, by: str) -> Readings:
    """Put readings in an order of their own: key, time, known time, value."""
    key: Factor = getattr(read, by)
    other = read.position.codes
    place = line_of(key.codes, read.ts).at(key.codes, read.ts)
    return read.take(order_of(place, read.known, read.value, other))


def _is_first(key: IntArray) -> BoolArray:
    return np.concatenate([np.ones(min(key.size, 1), np.bool_), key[1:] != key[:-1]])


def _first_of(key: IntArray) -> IntArray:
    return np.flatnonzero(_is_first(key))


def _last_of(key: IntArray) -> IntArray:
    return np.append(_first_of(key)[1:], key.size)[: _first_of(key).size] - 1


def _us(hours: float) -> int:
    return round(hours * HOUR_US)
