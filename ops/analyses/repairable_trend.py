"""Repairable trend: whether systems that are repaired fail ever more often, and how often next."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from pydantic import Field
from scipy.special import chdtrc

from ops.analyses.life_params import LifeTestParams
from ops.analyses.repairable_trend_page import view
from ops.analyses.repairable_trend_parts import curves, members, modes, pairs, poisson_bounds
from ops.analyses.repairable_trend_result import (
    RepairableTrendResult,
    RepairPowerLaw,
    RepairProjection,
    RepairTrendTest,
    Told,
)
from ops.analyses.repairable_trend_sample import sample_repairs
from ops.analysis import Analysis, Example, Progress
from ops.drift.crow_amsaa import cramer_von_mises, crow_amsaa
from ops.errors import BadData, NotEnoughData, Problem
from ops.life_query import LifetimeData, LifetimeQuery
from ops.lifetime.repairable.ahead import events_ahead
from ops.lifetime.repairable.data import RecurrentData
from ops.lifetime.repairable.growth import projection
from ops.lifetime.repairable.mcf import Variance
from ops.lifetime.repairable.power_law import PowerLaw, grouped_power_law, power_law
from ops.lifetime.repairable.trend_tests import TrendTest, trend_tests
from ops.values import FloatArray

MOST = 1_000_000  # events that counts may come to
FEW = 3  # events below which no trend is looked for


class RepairableTrendParams(LifeTestParams):
    """Parameters of a trend of repairable systems."""

    mode: str = Field(default="", max_length=100, description="Only this mode; empty means all.")
    horizon: float | None = Field(
        default=None,
        gt=0,
        description="Stretch ahead, in the unit of time; absent: a tenth of the longest watch.",
    )
    variance: Variance = Field(
        default="robust",
        description="Of the cumulative function: robust (whole histories are independent), or"
        " increments (what most packages print).",
    )
    clusters: Literal["look", "ignore"] = Field(
        default="look",
        description="Whether a trend must hold too where events may come in clusters.",
    )
    effectiveness: Mapping[str, float] = Field(
        default_factory=dict[str, float],
        description="Mode that will be fixed to the share of its events that the fix removes,"
        ' e.g. {"seal": 0.8}; empty: nothing is projected.',
    )
    fixed_in_test: bool = Field(
        default=False, description="Whether other modes were fixed while the systems were watched."
    )
    grouped: bool = Field(
        default=False,
        description="Whether each row counts, as its cost, the events since the row before: then"
        " the power law is fitted to counts, and nothing is tested that needs exact ages.",
    )
    seed: int = Field(default=1, ge=0, description="Of the draws of the test of fit.")


def needs(params: RepairableTrendParams) -> LifetimeQuery:
    """Ask for the events of the systems."""
    return LifetimeQuery(
        code=params.life_test,
        kind="recurrent",
        revision=params.revision,
        groups=params.groups,
        site=params.site,
    )


def compute(
    data: LifetimeData, params: RepairableTrendParams, progress: Progress
) -> RepairableTrendResult:
    """Look for a trend, and at what is to come.

    Raises
    ------
    NotEnoughData
        If there are no systems, or none had an event.
    """
    if data.recurrent is None or not data.recurrent.time.size:
        raise NotEnoughData(
            "no system had an event; upload the events of at least one system, with the age up to"
            " which each was watched"
        )
    whole = data.recurrent
    _checked(whole, params)
    events = whole.of_mode(params.mode) if params.mode else whole
    if not events.time.size:
        raise NotEnoughData(f"no system had an event of the mode {params.mode!r}")
    progress(0.1, f"{events.time.size} events of {len(events.systems)} systems")
    law, tests = _fitted(events, params)
    progress(0.5, "trends tested")
    horizon = params.horizon or float((events.end - events.start).max()) / 10.0
    exact = _spread(events) if params.grouped else events
    ahead = events_ahead(exact, horizon, confidence=params.confidence, constant=law is None)
    told, agree = _told(law, tests, params)
    watched = float(np.sum(events.end - events.start))
    n = int(exact.time.size)
    low, high = poisson_bounds(n, params.confidence)
    found = members(exact, law)
    progress(1.0, "systems compared")
    return RepairableTrendResult(
        title=data.title,
        unit=events.unit,
        confidence=params.confidence,
        events=n,
        systems=len(events.systems),
        watched=watched,
        trend=told,
        agree=agree,
        rate=n / watched,
        rate_lower=low / watched,
        rate_upper=high / watched,
        power_law=None if law is None else _law(events, law, params),
        tests=_kept(tests),
        curves=curves(events, params.confidence, params.variance),
        pairs=pairs(events, params.confidence),
        members=found,
        modes=modes(_spread(whole) if params.grouped else whole),
        dispersion_p=_dispersion([(m.events, m.expected) for m in found]),
        horizon=horizon,
        ahead=ahead.mean,
        ahead_lower=ahead.lower,
        ahead_upper=ahead.upper,
        projection=_projection(whole, params),
    )


def _checked(whole: RecurrentData, params: RepairableTrendParams) -> None:
    """Refuse a mode that no event has, and costs that are no counts where they must be."""
    if params.mode and params.mode not in whole.modes:
        problem = Problem("/mode", f"use one of {', '.join(whole.modes) or 'none: leave it empty'}")
        raise BadData(f"no event is of the mode {params.mode!r}", (problem,))
    if not params.grouped:
        return
    wrong = (whole.cost < 0) | (whole.cost != np.round(whole.cost))
    if wrong.any():
        at = float(whole.cost[wrong][0])
        problem = Problem("/grouped", "give whole counts, or turn it off")
        raise BadData(f"the cost {at:g} is no count of events", (problem,))
    if whole.cost.sum() > MOST:
        problem = Problem("/grouped", f"give at most {MOST} events, or turn it off")
        raise BadData(f"{whole.cost.sum():g} events are more than {MOST}", (problem,))


def _fitted(
    events: RecurrentData, params: RepairableTrendParams
) -> tuple[PowerLaw | None, tuple[TrendTest, ...]]:
    """Fit the power law and test for a trend; neither of too few events, no test of counts."""
    if params.grouped:
        return _grouped(events, params.confidence), ()
    if events.time.size < FEW:
        return None, ()
    return power_law(events, confidence=params.confidence), trend_tests(events)


def _kept(tests: Sequence[TrendTest]) -> tuple[RepairTrendTest, ...]:
    return tuple(
        RepairTrendTest(
            name=t.name, statistic=t.statistic, p_value=t.p_value, faster=t.faster, null=t.null
        )
        for t in tests
    )


def _told(
    law: PowerLaw | None, tests: Sequence[TrendTest], params: RepairableTrendParams
) -> tuple[Told, bool | None]:
    """Tell the trend by the power law, and whether a test that allows for clusters agrees."""
    if law is None or law.deteriorates is None:
        return "none", None
    told: Told = "faster" if law.deteriorates else "slower"
    careful = [t for t in tests if t.name == "lewis-robinson"]
    if params.clusters == "ignore" or not careful:
        return told, None
    alike = careful[0].faster == law.deteriorates
    return told, alike and careful[0].p_value < 1.0 - params.confidence


def _grouped(events: RecurrentData, confidence: float) -> PowerLaw:
    """Fit the power law to counts between ages that all systems share."""
    ages = np.unique(events.time)
    if np.ptp(events.start) > 0 or np.ptp(events.end) > 0:
        problem = Problem("/grouped", "watch every system between the same ages, or turn it off")
        raise BadData(
            "counts of systems that are watched over other ages cannot be pooled", (problem,)
        )
    edges = np.unique(np.concatenate([events.start[:1], ages, events.end[:1]]))
    counts = np.zeros(edges.size - 1)
    np.add.at(counts, np.searchsorted(edges, events.time) - 1, events.cost)
    law = grouped_power_law(edges, counts, confidence=confidence)
    k = len(events.systems)
    return replace(law, scale=law.scale / k, systems=k)


def _spread(events: RecurrentData) -> RecurrentData:
    """Take each row of a count as so many events at its age."""
    rows = np.repeat(np.arange(events.time.size), np.round(events.cost).astype(np.int64))
    return replace(
        events,
        system=events.system[rows],
        time=events.time[rows],
        cost=np.ones(rows.size),
        mode=events.mode[rows],
    )


def _law(events: RecurrentData, law: PowerLaw, params: RepairableTrendParams) -> RepairPowerLaw:
    fit_p = law.fit_p_value
    if not params.grouped and len(events.systems) == 1 and not events.start.any():
        ended = None if events.time.max() == events.end[0] else float(events.end[0])
        one = crow_amsaa(events.time, end=ended)
        _, fit_p = cramer_von_mises(one, events.time, rng=np.random.default_rng(params.seed))
    return RepairPowerLaw(
        beta=law.beta,
        lower=law.lower,
        upper=law.upper,
        scale=law.scale,
        p_value=law.p_value,
        fit_p_value=fit_p,
    )


def _dispersion(counts: Sequence[tuple[int, float]]) -> float | None:
    """Chi-square test that every system has the rate of the fleet."""
    if len(counts) < 2 or sum(seen for seen, _ in counts) < 5 * len(counts):
        return None
    statistic = sum((seen - hope) ** 2 / hope for seen, hope in counts if hope > 0)
    return float(chdtrc(len(counts) - 1, statistic))


def _projection(whole: RecurrentData, params: RepairableTrendParams) -> RepairProjection | None:
    if not params.effectiveness:
        return None
    unknown = [mode for mode in params.effectiveness if mode not in whole.modes]
    if unknown:
        known = ", ".join(whole.modes) or "none: give each event its mode"
        problem = Problem(f"/effectiveness/{unknown[0]}", f"use one of {known}")
        raise BadData(f"there is no mode {unknown[0]!r} among the events", (problem,))
    names = [whole.modes[at] if at >= 0 else "" for at in whole.mode.tolist()]
    ages = _fleet_ages(whole)
    found = projection(
        list(zip(ages.tolist(), names, strict=True)),
        params.effectiveness,
        end=float(np.sum(whole.end - whole.start)),
        fixed_in_test=params.fixed_in_test,
    )
    return RepairProjection(
        demonstrated=found.demonstrated,
        projected=found.projected,
        potential=found.potential if np.isfinite(found.potential) else None,
        faults=found.seen,
        effectiveness=found.effectiveness,
    )


def _fleet_ages(whole: RecurrentData) -> FloatArray:
    """Time on test of the whole fleet at each event, systems being watched side by side."""
    spans = np.maximum(0.0, np.minimum(whole.time[:, None], whole.end) - whole.start)
    found: FloatArray = np.sum(spans, axis=1)
    return found


REPAIRABLE_TREND = Analysis(
    name="repairable-trend",
    title="Repairable trend",
    summary="Tells whether repaired systems fail ever more often, how often, and what is to come.",
    version=1,
    params=RepairableTrendParams,
    result=RepairableTrendResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=RepairableTrendParams(site="PG1", life_test="BOND-HEADS"), data=sample_repairs
    ),
)
