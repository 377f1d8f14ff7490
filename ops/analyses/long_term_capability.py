"""Long-term capability: where months of variation come from, and what they cost."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import inf
from typing import Literal

import numpy as np
from pydantic import Field

from ops.analyses.long_term_capability_judge import gap, model, stability, strata
from ops.analyses.long_term_capability_page import view
from ops.analyses.long_term_capability_result import (
    LongTermCapabilityResult,
    LongTermNotStudied,
    LongTermOfCharacteristic,
    LongTermStratum,
)
from ops.analyses.long_term_capability_sample import sample_data
from ops.analyses.long_term_capability_stretch import NESTING, STRATA, Stretch, stretches
from ops.analyses.long_term_capability_study import (
    by_period,
    components,
    finite,
    fit,
    index_of,
    moments,
)
from ops.analyses.long_term_capability_words import PENDING, verdict
from ops.analysis import Analysis, AnalysisParams, Example, Progress
from ops.errors import NotEnoughData, OpsError
from ops.query import MeasurementQuery, ProcessData, ProcessQuery
from ops.timing.window import LastDuration, Window

LARGEST = 1e150  # beyond it a square overflows
LEAST = 8  # values
STRATA_IN_ALL = 300  # of all characteristics: a result stays below 256 KiB
MOST_STRATA = 60  # of one
MOST_IN_FULL, IN_FULL = 12, 3  # characteristics: all of up to 12, else the worst 3


class LongTermCapabilityParams(AnalysisParams):
    """Parameters of the long-term capability analysis."""

    window: Window = Field(
        default_factory=lambda: LastDuration(last="180d"),
        description="Measurement time: absolute (start, end), relative (last), shift, or since.",
    )
    characteristics: tuple[str, ...] = Field(
        default=(), max_length=1000, description="Codes; empty means every one of the site."
    )
    nesting: tuple[str, ...] = Field(
        default=NESTING,
        max_length=10,
        description=(
            "Factors from the outermost to the innermost; those that the data lack are passed over."
        ),
    )
    strata: tuple[str, ...] = Field(
        default=STRATA,
        max_length=10,
        description="Factors whose levels are judged beside the pool; absent ones are passed over.",
    )
    where: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict[str, tuple[str, ...]],
        description='Levels to keep, e.g. {"tool": ["WB-07"]}.',
    )
    period: Literal["month", "week"] = Field(
        default="month", description="Length of the periods that the trend is made of."
    )
    requirement: float = Field(default=1.33, gt=0, le=10, description="Index required.")
    confidence: float = Field(default=0.95, ge=0.5, le=0.999, description="Level of intervals.")


def needs(params: LongTermCapabilityParams) -> ProcessQuery:
    """Ask for the characteristics with all their factors, and for changes and maintenances."""
    return ProcessQuery(
        measurements=MeasurementQuery(
            characteristics=params.characteristics,
            site=params.site,
            where=dict(params.where),
            columns=frozenset({"unit_id", "position"}),
        ),
        events=("maintenance", "capillary-change"),
    )


def compute(
    data: ProcessData, params: LongTermCapabilityParams, progress: Progress
) -> LongTermCapabilityResult:
    """Study each characteristic over its months.

    Raises
    ------
    NotEnoughData
        If no characteristic has 8 different values.
    """
    found = stretches(data.measurements.series, data.events)
    shown = max(1, min(MOST_STRATA, STRATA_IN_ALL // max(len(found), 1)))
    studied: list[LongTermOfCharacteristic] = []
    left_out: list[LongTermNotStudied] = []
    for done, stretch in enumerate(found):
        code = stretch.about.code
        progress(done / len(found), f"{code}: {stretch.value.size} values")
        try:
            studied.append(_one(stretch, params, shown))
        except OpsError as objection:
            left_out.append(LongTermNotStudied(code=code, reason=str(objection)))
    known = {stretch.about.code for stretch in found}
    absent = "no values in the window, or no such characteristic"
    missing = (code for code in params.characteristics if code not in known)
    left_out += [LongTermNotStudied(code=code, reason=absent) for code in missing]
    if not studied:
        said = "; ".join(f"{one.code}: {one.reason}" for one in left_out[:3])
        raise NotEnoughData(
            f"long-term capability needs {LEAST} values of a characteristic, got none"
            f" ({said or 'no data'}); widen the window or check the site and the codes"
        )
    progress(1.0, f"{len(studied)} characteristics")
    return LongTermCapabilityResult(
        requirement=params.requirement,
        confidence=params.confidence,
        characteristics=listed(studied),
        not_studied=tuple(left_out),
    )


def listed(studied: Sequence[LongTermOfCharacteristic]) -> tuple[LongTermOfCharacteristic, ...]:
    """Worst first; of many, those beyond the worst few in brief, so that a result stays small."""
    ordered = sorted(studied, key=_worst)
    if len(ordered) <= MOST_IN_FULL:
        return tuple(ordered)
    return (*ordered[:IN_FULL], *(_brief(of) for of in ordered[IN_FULL:]))


def _brief(of: LongTermOfCharacteristic) -> LongTermOfCharacteristic:
    """Keep the answer; its grounds are had by asking for this characteristic alone."""
    changed: dict[str, object] = {
        "components": (),
        "periods": (),
        "strata": of.strata[:1] if of.over_aggregated else (),
        "gap": None if of.gap is None else of.gap.model_copy(update={"parts": ()}),
        "model": None if of.model is None else of.model.model_copy(update={"evidence": ()}),
        "notes": (*of.notes, "in brief: ask for it alone"),
    }
    if of.stability is not None:
        changed["stability"] = of.stability.model_copy(update={"rules": ()})
    return of.model_copy(update=changed)


def _worst(of: LongTermOfCharacteristic) -> float:
    return inf if of.ppk is None else of.ppk.value


def _one(given: Stretch, params: LongTermCapabilityParams, shown: int) -> LongTermOfCharacteristic:
    stretch, notes = _usable(given)
    fitted = fit(stretch, params.nesting, params.period, params.confidence)
    everything = np.zeros(stretch.value.size, dtype=np.int64)
    n, mean, sigma = moments(stretch.value, everything, 1)
    value = fitted.worth(everything, 1)
    worth_n, df = float(value.mean[0]), float(value.df[0])
    spec = stretch.spec
    ppk = index_of(
        float(mean[0]), float(sigma[0]), spec, n=worth_n, df=df, confidence=params.confidence
    )
    periods, trend = by_period(stretch, fitted, params.confidence)
    judged = strata(stretch, fitted, params.strata, params.requirement, params.confidence)
    below = [s for s in judged if s.below]
    site = stretch.factors["site"].levels
    made = LongTermOfCharacteristic(
        code=stretch.about.code,
        title=stretch.about.title,
        sites=site,
        unit=stretch.about.unit,
        lsl=None if spec is None else finite(spec.lower),
        usl=None if spec is None else finite(spec.upper),
        n=int(n[0]),
        effective_n=worth_n,
        mean=float(mean[0]),
        sigma=float(sigma[0]),
        ppk=ppk,
        components=components(fitted),
        period=params.period,
        periods=periods,
        trend=trend,
        strata=tuple(_shown(judged, shown)),
        strata_judged=len(judged),
        strata_below=len(below),
        over_aggregated=bool(below) and ppk is not None and ppk.value >= params.requirement,
        gap=gap(stretch, fitted),
        model=model(stretch, fitted),
        stability=stability(stretch, fitted),
        notes=tuple(notes),
        verdict=PENDING,
    )
    said = verdict(made, params.requirement, params.confidence)
    return made.model_copy(update={"verdict": said})


def _shown(judged: Sequence[LongTermStratum], shown: int) -> list[LongTermStratum]:
    """Keep the costliest; those below the requirement come before what is cut off."""
    kept = sorted(judged, key=lambda s: not s.below)[:shown]
    return sorted(kept, key=lambda s: -s.excess_ppm)


def _usable(stretch: Stretch) -> tuple[Stretch, list[str]]:
    """Leave out what is no number."""
    fit_for_use = np.abs(stretch.value) < LARGEST
    left_out = stretch.value.size - int(np.count_nonzero(fit_for_use))
    if stretch.value.size - left_out < LEAST:
        raise NotEnoughData(
            f"{stretch.value.size - left_out} values in the window, {LEAST} are needed"
        )
    if not left_out:
        return stretch, []
    whole = replace(
        stretch,
        ts=stretch.ts[fit_for_use],
        value=stretch.value[fit_for_use],
        factors={name: f.take(fit_for_use) for name, f in stretch.factors.items()},
    )
    return whole, [f"{left_out} of {stretch.value.size} values are no numbers below {LARGEST:g}"]


LONG_TERM_CAPABILITY = Analysis(
    name="long-term-capability",
    title="Long-term capability",
    summary=(
        "Where months of variation come from (tool, capillary, lot, drift ...), how the index moves"
        " by month, and which strata cost it most."
    ),
    version=1,
    params=LongTermCapabilityParams,
    result=LongTermCapabilityResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(LongTermCapabilityParams(characteristics=("LOOP-H",)), sample_data),
)
