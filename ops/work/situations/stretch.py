"""A part of a simulated series: some days of it, some tools, some positions."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from ops.simulate.month import START_US
from ops.simulate.plant import DAY_US
from ops.values import Factor, IntArray, PlantEvent, Series


def stretch(
    series: Series,
    days: tuple[float, float],
    *,
    tools: Collection[str] = (),
    wires: int = 0,
) -> Series:
    """Cut a part out of a series.

    Parameters
    ----------
    days
        Half-open, counted from the begin of the month.
    tools
        Levels of the factor `tool` that are kept; empty: all.
    wires
        How many positions are kept, the first ones; 0: all.
    """
    day = (series.ts - START_US) / DAY_US
    keep = (day >= days[0]) & (day < days[1])
    tool = series.factors["tool"]
    if tools:
        keep &= np.isin(tool.codes, [n for n, level in enumerate(tool.levels) if level in tools])
    if wires:
        keep &= series.position.codes < wires
    rows = np.flatnonzero(keep)
    return replace(
        series,
        ts=series.ts[rows],
        value=series.value[rows],
        n=series.n[rows],
        subgroup=_of(series.subgroup, rows),
        unit_id=_of(series.unit_id, rows),
        position=_of(series.position, rows),
        factors={name: _of(factor, rows) for name, factor in series.factors.items()},
    )


def happened(
    events: tuple[PlantEvent, ...],
    days: tuple[float, float],
    *,
    tools: Collection[str],
    aside: float | None,
    apart: float = 4.0,
) -> tuple[PlantEvent, ...]:
    """Events of some tools on some days, without routine too near to a cause to be told from it.

    Parameters
    ----------
    aside
        Day of the cause: its own event is kept; None: there is none.
    apart
        Days about it in which nothing else happens.
    """
    told = [e for e in events if e.tool in ("", *tools)]
    told = [e for e in told if days[0] <= (e.ts - START_US) / DAY_US < days[1]]
    if aside is None:
        return tuple(told)
    own = START_US + round(aside * DAY_US)
    return tuple(e for e in told if e.ts == own or abs(e.ts - own) > apart * DAY_US)


def _of(factor: Factor, rows: IntArray) -> Factor:
    """Levels of some rows; those that none of them has are left out."""
    used, codes = np.unique(factor.codes[rows], return_inverse=True)
    if used.size == 0 or used[0] < 0:
        return Factor(factor.codes[rows], factor.levels if used.size and used[-1] >= 0 else ())
    return Factor(codes.astype(np.int64), tuple(factor.levels[int(n)] for n in used))
