"""What lies beneath a control chart: signals, capability, and the strata that carry the excess."""

from typing import Any

import numpy as np

from api.chart_view import ChartView
from ops.analyses.capability import CAPABILITY
from ops.analyses.capability_params import CapabilityParams
from ops.analysis import silent
from ops.capability.excess import Excess, excess
from ops.db.types import from_micros
from ops.errors import NotEnoughData
from ops.page import Section
from ops.values import Factor, Measurements, Series

SIGNALS = 20
MOST_LEVELS = 500  # a factor with more is no stratum
STRATA = 5
WORTH_SAYING = 0.05  # of the excess, surely


def study_of(series: Series) -> dict[str, Any]:
    """Capability of a series, and which strata explain what is outside."""
    culprits = [one for one in _culprits(series) if one.share.lower >= WORTH_SAYING]
    return {"capability": _capability(series), "culprits": culprits[:3]}


def newest_signals(chart: ChartView) -> list[dict[str, Any]]:
    """List the newest points that break a rule, each with the names of the rules."""
    points = chart.points
    broken = [i for i, flags in enumerate(points.flags) if flags][-SIGNALS:]
    return [
        {
            "ts": points.ts[i],
            "at": from_micros(points.ts[i]),
            "value": points.value[i],
            "rules": [r for bit, r in enumerate(chart.rules) if points.flags[i] & (1 << bit)],
            "factors": {
                n: f.levels[f.codes[i]] for n, f in points.factors.items() if f.codes[i] >= 0
            },
        }
        for i in reversed(broken)
    ]


def newest_marks(chart: ChartView) -> list[dict[str, Any]]:
    """List the newest marked points, void ones too."""
    return [
        {"mark": mark, "measured_at": from_micros(mark.ts), "said_at": from_micros(mark.at)}
        for mark in reversed(chart.marks[-SIGNALS:])
    ]


def _strata(series: Series) -> dict[str, Factor]:
    return {n: f for n, f in series.factors.items() if 2 <= len(f.levels) <= MOST_LEVELS}


def _capability(series: Series) -> Section | None:
    """Section of the capability page about this series; None without two values."""
    strata = tuple(sorted(_strata(series), key=lambda n: len(series.factors[n].levels)))[:STRATA]
    params = CapabilityParams(characteristics=(series.characteristic.code,), strata=strata)
    try:
        found = CAPABILITY.compute(Measurements((series,)), params, silent)
    except NotEnoughData:
        return None
    return CAPABILITY.view(found).sections[1]


def _culprits(series: Series) -> tuple[Excess, ...]:
    if series.spec is None:
        return ()
    outside = (series.value < series.spec.lower) | (series.value > series.spec.upper)
    return excess(np.asarray(outside), _strata(series))
