"""Series made of plain lists, for charts."""

from collections.abc import Sequence

import numpy as np

from ops.spc.design import ChartDesign, ChartSettings
from ops.spc.designed import Judged, judge
from ops.spc.phase_one import estimate
from ops.spc.points import plotted
from ops.values import Characteristic, Factor, Series, factor_of

MINUTE_US = 60_000_000


def series_of(
    value: Sequence[float] | np.ndarray[tuple[int], np.dtype[np.float64]],
    n: Sequence[float] | None = None,
    *,
    subgroup: Sequence[str] | None = None,
    minutes: Sequence[int] | None = None,
    **factors: Sequence[str | None],
) -> Series:
    """One value a minute, with what was given."""
    x = np.asarray(value, dtype=np.float64)
    none = Factor(np.full(x.size, -1), ())
    return Series(
        characteristic=Characteristic(1, "PG1", "LOOP-H", "Loop height", "um"),
        ts=MINUTE_US * np.asarray(np.arange(x.size) if minutes is None else minutes),
        value=x,
        n=np.ones(x.size) if n is None else np.asarray(n, dtype=np.float64),
        subgroup=none if subgroup is None else factor_of(list(subgroup)),
        unit_id=none,
        position=none,
        factors={name: factor_of(list(levels)) for name, levels in factors.items()},
        seq=np.arange(x.size),
    )


def judged(series: Series, design: ChartDesign) -> Judged:
    """Points of the series, judged by the design."""
    return judge(plotted(series, design), design)


def trial(series: Series, *, iterate: bool = False, **settings: object) -> ChartDesign:
    """Limits from the series, all of it unless `iterate`."""
    return estimate(series, ChartSettings.model_validate(settings), iterate=iterate)
