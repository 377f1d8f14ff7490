"""Rows of a later readout put into those of an earlier one; nothing goes backwards in time."""

from collections.abc import Sequence

import numpy as np

from ops.errors import BadData, Problem
from ops.lifetime.rows import STRESS, LifeRows, TextArray
from ops.values import BoolArray, FloatArray

SHOWN = 20
_UNSAID = {"weight": 1.0, "entry": 0.0, "exit": np.inf}  # what a file without the column means


def merged(old: LifeRows, new: LifeRows) -> LifeRows:
    """Old rows with what the new ones say of the same units, and new units behind them.

    A unit that was on test is replaced by what is known of it now; it must not have failed, nor
    been seen last, before it was seen good. A unit that has failed stays failed at its time.
    Systems keep their events and their watch grows; units of a degradation test keep their
    readings. What the new rows do not say (group, stress) stays as it was.

    Raises
    ------
    BadData
        If the rows name no units, or a unit would go backwards: each one is named.
    """
    if old.kind == "field":
        detail = "field returns name no units: send the whole chart with mode=replace"
        raise BadData(detail, (Problem("/mode", detail),))
    if old.kind == "recurrent":
        return _events(old, new)
    if old.kind == "degradation":
        return _readings(old, new)
    return _units(old, new)


def _units(old: LifeRows, new: LifeRows) -> LifeRows:
    for rows, which in ((old, "stored"), (new, "new")):
        if any(name is None for name in rows.texts["unit_id"]):
            detail = f"the {which} rows do not all name their unit; send all rows with mode=replace"
            raise BadData(detail, (Problem("/mode", detail),))
    old, new = _alike(old, new)
    place = {name: i for i, name in enumerate(old.texts["unit_id"])}
    known = np.array([name in place for name in new.texts["unit_id"]], dtype=bool)
    before = np.array([place[name] for name in new.texts["unit_id"][known]], dtype=np.int64)
    _refuse(_backwards(old.take(before), new.take(known)))
    numbers, texts = dict(old.numbers), dict(old.texts)
    for name, column in new.numbers.items():
        fresh = numbers[name].copy()
        said = ~np.isnan(column[known]) & (column[known] != _UNSAID.get(name, np.nan))
        fresh[before[said]] = column[known][said]
        numbers[name] = np.concatenate([fresh, column[~known]])
    for name, text in new.texts.items():
        kept = texts[name].copy()
        says = np.array([t is not None for t in text[known]], dtype=bool)
        kept[before[says]] = text[known][says]
        texts[name] = np.concatenate([kept, text[~known]])
    _refuse_unstressed(numbers, texts["unit_id"])
    return old.of_columns(numbers, texts)


def _alike(old: LifeRows, new: LifeRows) -> tuple[LifeRows, LifeRows]:
    """Both with the stresses of either; NaN where one does not have it."""
    units = {**new.stress_units, **old.stress_units}
    names = [STRESS + name for name in units]

    def filled(rows: LifeRows) -> LifeRows:
        lacking = {n: np.full(len(rows), np.nan) for n in names if n not in rows.numbers}
        numbers = {**rows.numbers, **lacking}
        return LifeRows(rows.kind, numbers, rows.texts, old.unit, units, old.value_unit, old.until)

    return filled(old), filled(new)


def _refuse_unstressed(numbers: dict[str, FloatArray], names: TextArray) -> None:
    problems = [
        (names[i], f"the level of its {column.removeprefix(STRESS)} is missing")
        for column, values in numbers.items()
        if column.startswith(STRESS)
        for i in np.flatnonzero(np.isnan(values))[:SHOWN]
    ]
    _refuse([f"unit {name}: {why}" for name, why in problems])


def _backwards(old: LifeRows, new: LifeRows) -> list[str]:
    """Say what is wrong with each unit that both know."""
    low, high = old.numbers["lower"], old.numbers["upper"]
    now_low, now_high = new.numbers["lower"], new.numbers["upper"]
    failed, lasts = np.isfinite(high), np.isinf(now_high)
    revived = failed & lasts
    moved = failed & ~lasts & ((low != now_low) | (high != now_high))
    earlier = ~failed & (np.where(lasts, now_low, now_high) < low)
    since = ~failed & ~lasts & (now_low < low) & (now_low != now_high)
    rules: list[tuple[BoolArray, str]] = [
        (revived, "failed at {high:g}, and has not failed now"),
        (moved, "failed at {high:g}, and at another time now ({now:g})"),
        (earlier, "was good at {low:g}, and its time is {now:g} now"),
        (since & ~earlier, "was good at {low:g}, and may have failed since {since:g} now"),
    ]
    for name in old.stresses:
        was, then = old.stresses[name], new.stresses[name]
        rules.append(((was != then) & ~np.isnan(was) & ~np.isnan(then), f"was at another {name}"))
    said: list[str] = []
    for wrong, why in rules:
        for i in np.flatnonzero(wrong)[:SHOWN]:
            now = now_low[i] if lasts[i] else now_high[i]
            told = why.format(low=low[i], high=high[i], now=now, since=now_low[i])
            said.append(f"unit {old.texts['unit_id'][i]}: {told}")
    return said


def _events(old: LifeRows, new: LifeRows) -> LifeRows:
    """Add events that are not there yet; an end moves on, a start stays."""
    numbers, texts = _joined(old, new)
    what, system, time = texts["what"], texts["system"], numbers["time"]
    end: dict[str, float] = {}
    seen: dict[tuple[object, ...], int] = {}
    problems: list[str] = []
    keep = np.ones(what.size, dtype=bool)
    for i, (kind, name) in enumerate(zip(what, system, strict=True)):
        mark = (kind, name) if kind != "event" else (kind, name, time[i], texts["mode"][i])
        if kind == "end" and time[i] < end.setdefault(name, float(time[i])):
            problems.append(f"system {name}: was watched to {end[name]:g}, to {time[i]:g} now")
        if mark in seen:
            keep[seen[mark] if kind == "end" else i] = False
        seen[mark] = i if kind == "end" else seen.get(mark, i)
    _refuse(problems)
    last = {name: time[i] for (kind, name, *_), i in seen.items() if kind == "end"}
    late = [i for i in np.flatnonzero(what == "event") if time[i] > last.get(system[i], np.inf)]
    _refuse([f"system {system[i]}: event at {time[i]:g}, after its watch" for i in late])
    return old.of_columns(numbers, texts).take(keep)


def _readings(old: LifeRows, new: LifeRows) -> LifeRows:
    """Add readings that are not there yet; a reading does not change."""
    old, new = _alike(old, new)
    numbers, texts = _joined(old, new)
    unit, time, value = texts["unit_id"], numbers["time"], numbers["value"]
    _fill_stresses(numbers, unit)
    there = {(u, t): v for u, t, v in zip(unit[: len(old)], time, value, strict=False)}
    keep = np.ones(unit.size, dtype=bool)
    problems: list[str] = []
    for i in range(len(old), unit.size):
        was = there.get((unit[i], time[i]))
        keep[i] = was is None
        if was is not None and was != value[i]:
            problems.append(f"unit {unit[i]}: read {was:g} at {time[i]:g}, {value[i]:g} now")
    _refuse(problems)
    _refuse_unstressed(numbers, unit)
    return old.of_columns(numbers, texts).take(keep)


def _fill_stresses(numbers: dict[str, FloatArray], unit: TextArray) -> None:
    """Give a reading without a level the one that its unit was at before."""
    for name in [n for n in numbers if n.startswith(STRESS)]:
        levels = numbers[name].copy()
        of: dict[str | None, float] = {}
        for i, who in enumerate(unit):
            levels[i] = of.setdefault(who, levels[i]) if np.isnan(levels[i]) else levels[i]
            if not np.isnan(levels[i]) and of.setdefault(who, levels[i]) != levels[i]:
                _refuse([f"unit {who}: was at another {name.removeprefix(STRESS)}"])
        numbers[name] = levels


def _joined(old: LifeRows, new: LifeRows) -> tuple[dict[str, FloatArray], dict[str, TextArray]]:
    numbers = {n: np.concatenate([old.numbers[n], new.numbers[n]]) for n in old.numbers}
    texts = {n: np.concatenate([old.texts[n], new.texts[n]]) for n in old.texts}
    return numbers, texts


def _refuse(said: Sequence[str]) -> None:
    if said:
        more = f" (and {len(said) - 1} more)" if len(said) > 1 else ""
        problems = tuple(Problem("/file", one) for one in said[:SHOWN])
        raise BadData(f"{said[0]}{more}; a correction is a replacement of all rows", problems)
