"""Values that analyses read, from the rows of a life test as they are kept."""

from collections.abc import Mapping, Sequence

import numpy as np

from ops.errors import BadData, Problem
from ops.lifetime.data import LifeData, check
from ops.lifetime.degradation.data import DegradationData
from ops.lifetime.field.data import FieldData
from ops.lifetime.repairable.data import RecurrentData
from ops.lifetime.rows import LifeRows, TextArray, coded
from ops.values import FloatArray, IntArray


def of_groups(rows: LifeRows, groups: Sequence[str]) -> LifeRows:
    """Only the rows of some groups; all rows if none is named.

    Raises
    ------
    BadData
        If there is no such group.
    """
    if not groups:
        return rows
    there = {text or "" for text in rows.texts["group"]}
    absent = [name for name in groups if name not in there]
    if absent:
        known = ", ".join(sorted(repr(name) for name in there if name)[:20]) or "no groups"
        detail = f"there is no group {absent[0]!r}; the rows have {known}"
        raise BadData(detail, (Problem("/groups", detail),))
    wanted = set(groups)
    kept = np.fromiter(((t or "") in wanted for t in rows.texts["group"]), bool, len(rows))
    return rows.take(kept)


def life_of(rows: LifeRows) -> LifeData:
    """Life data; checked once more, since every fit rests on it."""
    mode, modes = coded(rows.texts["mode"])
    group, groups = _groups(rows.texts["group"])
    numbers = rows.numbers
    data = LifeData(
        lower=numbers["lower"],
        upper=numbers["upper"],
        weight=numbers["weight"],
        entry=numbers["entry"],
        exit=numbers["exit"],
        mode=np.where(np.isinf(numbers["upper"]), -1, mode),
        group=group,
        modes=modes,
        groups=groups,
        stresses=rows.stresses,
        stress_units=rows.stress_units,
        unit=rows.unit,
    )
    check(data)
    return data


def field_of(rows: LifeRows) -> FieldData:
    """Field returns: rows of shipments, and rows of returns that name their cohort."""
    part = rows.texts["part"]
    shipped, returned = rows.take(part == "shipped"), rows.take(part == "returned")
    cohort_of = {name: i for i, name in enumerate(shipped.texts["cohort"])}
    group, groups = _groups(shipped.texts["group"])
    mode, modes = coded(returned.texts["mode"])
    return FieldData(
        shipped=shipped.numbers["shipped"],
        quantity=shipped.numbers["quantity"],
        cohort=np.array([cohort_of[name] for name in returned.texts["cohort"]], dtype=np.int64),
        failed_from=returned.numbers["failed_from"],
        failed_to=returned.numbers["failed_to"],
        reported=returned.numbers["reported"],
        returned=returned.numbers["quantity"],
        mode=mode,
        group=group,
        until=float(rows.until or 0.0),
        modes=modes,
        groups=groups,
    )


def recurrent_of(rows: LifeRows) -> RecurrentData:
    """Events of systems; one without an end was watched up to its last event."""
    system, systems = coded(rows.texts["system"])
    what, time = rows.texts["what"], rows.numbers["time"]
    events = what == "event"
    start, end = np.zeros(len(systems)), np.zeros(len(systems))
    np.maximum.at(end, system, time)
    started = what == "start"
    start[system[started]] = time[started]
    ended = what == "end"
    end[system[ended]] = time[ended]
    mode, modes = coded(rows.texts["mode"][events])
    group, groups = _first(system, rows.texts["group"], len(systems))
    order = np.lexsort((time[events], system[events]))
    return RecurrentData(
        system=system[events][order],
        time=time[events][order],
        cost=rows.numbers["cost"][events][order],
        systems=systems,
        start=start,
        end=end,
        mode=mode[order],
        group=group,
        modes=modes,
        groups=groups,
        unit=rows.unit,
    )


def degradation_of(rows: LifeRows) -> DegradationData:
    """Order the readings of units by unit and time."""
    item, items = coded(rows.texts["unit_id"])
    order = np.lexsort((rows.numbers["time"], item))
    group, groups = _first(item, rows.texts["group"], len(items))
    first = np.unique(item, return_index=True)[1]
    stresses: Mapping[str, FloatArray] = {n: levels[first] for n, levels in rows.stresses.items()}
    return DegradationData(
        item=item[order],
        time=rows.numbers["time"][order],
        value=rows.numbers["value"][order],
        items=items,
        group=group,
        groups=groups,
        stresses=stresses,
        stress_units=rows.stress_units,
        unit=rows.unit,
        value_unit=rows.value_unit,
    )


def _groups(column: TextArray) -> tuple[IntArray, tuple[str, ...]]:
    """Code groups; where some rows name none, the empty name is one of them."""
    named = np.array([text or "" for text in column], dtype=object)
    codes, levels = coded(named)
    return codes, levels or ("",)


def _first(owner: IntArray, column: TextArray, n: int) -> tuple[IntArray, tuple[str, ...]]:
    """Group of each of `n` owners: the first that one of its rows names."""
    found = np.empty(n, dtype=object)
    for at, text in zip(owner[::-1], column[::-1], strict=True):
        if text is not None:
            found[at] = text
    return _groups(found)
