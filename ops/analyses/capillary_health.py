"""Height and spread of loops against the touch-downs of the capillary: wear, and when to change."""

from collections.abc import Mapping
from typing import Annotated

import numpy as np
from pydantic import Field

from ops.analyses.capillary_health_change import changes_of, life_of
from ops.analyses.capillary_health_devices import (
    Devices,
    Events,
    UnitOf,
    devices_of,
    events_of,
    lives_of,
)
from ops.analyses.capillary_health_page import view
from ops.analyses.capillary_health_result import (
    BreakInOfCapillaries,
    CapillaryDeparture,
    CapillaryHealthResult,
)
from ops.analyses.capillary_health_sample import sample_capillaries
from ops.analyses.capillary_health_wear import MILLION, bins_of, groups_of, wear_of
from ops.analyses.capillary_health_words import verdicts_of
from ops.analyses.metrology_agreement_result import BoundedNumber
from ops.analysis import Analysis, AnalysisParams, Example, Progress
from ops.errors import BadData, NotEnoughData, Problem
from ops.loop.break_in import break_in
from ops.loop.capillary import LEAST_CAPILLARIES, departures
from ops.loop.touchdowns import CHANGE, COUNTER, KINDS
from ops.query import MeasurementQuery, ProcessData, ProcessQuery
from ops.values import BoolArray, Series

SHOWN = 40  # capillaries that stand apart
Label = Annotated[str, Field(min_length=1, max_length=100)]


class CapillaryHealthParams(AnalysisParams):
    """Parameters of a study of capillaries."""

    characteristics: tuple[Label, ...] = Field(
        min_length=1, max_length=100, description="Codes of loop heights, all in one unit."
    )
    where: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict[str, tuple[str, ...]],
        description='Levels to keep, e.g. {"tool": ["WB-07"]}.',
    )
    per_hour: float | None = Field(
        default=None,
        gt=0,
        le=1e7,
        description="Touch-downs an hour where no counter tells; absent: the bonder's pace so far.",
    )
    break_in: float | None = Field(
        default=None,
        ge=0,
        le=1e9,
        description="Touch-downs after a change that are left out; absent: estimated.",
    )
    requirement: float = Field(
        default=1.33, gt=0, le=10, description="Capability index that must be kept."
    )
    planned_life: float | None = Field(
        default=None,
        gt=0,
        le=1e9,
        description="Touch-downs of the present policy; absent: the median of those taken off.",
    )
    stratum: str = Field(
        default="tool", max_length=100, description="Factor to compare wear by; empty for none."
    )
    unit: UnitOf = Field(
        default="unit", description="What holds the wires of a device together: unit or subgroup."
    )
    confidence: float = Field(default=0.95, ge=0.5, le=0.999, description="Level of intervals.")
    seed: int = Field(default=1, ge=0, description="Seed of the bootstrap and of the test.")


def needs(params: CapillaryHealthParams) -> ProcessQuery:
    """Ask for the heights with their bonder, and for changes and counter readings."""
    factors = dict.fromkeys(("tool", *((params.stratum,) if params.stratum else ())))
    return ProcessQuery(
        measurements=MeasurementQuery(
            characteristics=params.characteristics,
            site=params.site,
            where=dict(params.where),
            factors=tuple(factors),
            columns=frozenset({"unit_id", "position", "subgroup"}),
        ),
        events=KINDS,
    )


def compute(
    data: ProcessData, params: CapillaryHealthParams, progress: Progress
) -> CapillaryHealthResult:
    """Study wear by the devices of all capillaries whose change is known.

    Raises
    ------
    NotEnoughData
        If nothing was measured, no change is known, or fewer than 3 capillaries tell.
    BadData
        If the characteristics have several units of measure, or no pace of touch-downs is known.
    """
    series = _measured(data)
    events = events_of(data.events)
    devices = _counted(series, events, params)
    progress(0.3, f"{devices.bonded.t.size} devices of {len(devices.capillaries)} capillaries")
    rng = np.random.default_rng(params.seed)
    start = _break_in(devices, params, rng)
    kept = devices.bonded.t >= start.ends
    pool = wear_of("pool", "", devices, kept, confidence=params.confidence)
    if pool.slope is None:
        raise NotEnoughData(pool.reason)
    progress(0.5, "wear")
    lives = lives_of(events, {s.characteristic.site for s in series}, params.per_hour)
    changes = changes_of(series, devices, kept, params, start=start.ends, rng=rng)
    by_characteristic, strata = groups_of(series, devices, kept, confidence=params.confidence)
    progress(0.8, "change points")
    apart = _departures(series, devices, kept)
    life, life_is = life_of(lives, params.planned_life)
    unit = series[0].characteristic.unit
    result = CapillaryHealthResult(
        unit=unit,
        stratum=params.stratum,
        confidence=params.confidence,
        requirement=params.requirement,
        break_in=start,
        pool=pool,
        by_characteristic=by_characteristic,
        strata=strata,
        changes=changes,
        longest=float(devices.bonded.t.max()),
        present_life=life,
        present_life_is=life_is,
        departures=apart[:SHOWN],
        departures_in_all=len(apart),
        bins=bins_of(devices, confidence=params.confidence),
        devices=devices.bonded.t.size,
        left_out=devices.left_out,
        verdicts=verdicts_of(pool, changes, life, unit=unit, requirement=params.requirement),
    )
    progress(1.0, "done")
    return result


def _measured(data: ProcessData) -> tuple[Series, ...]:
    series = tuple(s for s in data.measurements.series if s.value.size)
    if not series:
        raise NotEnoughData("0 heights in the window; widen it, or check the codes and the filter")
    units = sorted({s.characteristic.unit for s in series})
    if len(units) > 1:
        raise BadData(f"the characteristics are in {', '.join(units)}: study each unit by itself")
    if not any("tool" in s.factors for s in series):
        raise NotEnoughData(
            "no height names its bonder: send the factor tool with the measurements"
        )
    return series


def _counted(series: tuple[Series, ...], events: Events, params: CapillaryHealthParams) -> Devices:
    if not any(e.kind == CHANGE for mine in events.values() for e in mine):
        raise NotEnoughData(
            f"no event of kind {CHANGE} is known of any bonder: send one at each change of a"
            f" capillary (detail touch_downs: the count that the old one had reached)"
        )
    devices = devices_of(
        series, events, per_hour=params.per_hour, stratum=params.stratum, unit=params.unit
    )
    if devices.bonded.t.size:
        return devices
    if params.per_hour is None:
        message = (
            f"no count of touch-downs is known: give per_hour, send events of kind {COUNTER}, or"
            f" touch_downs in the detail of {CHANGE}"
        )
        raise BadData(message, (Problem("/per_hour", message),))
    raise NotEnoughData(
        f"no height was measured after a {CHANGE} of its own bonder; widen the window"
    )


def _break_in(
    devices: Devices, params: CapillaryHealthParams, rng: np.random.Generator
) -> BreakInOfCapillaries:
    absent = {"amplitude": None, "fading": None, "p": None}
    if params.break_in is not None:
        return BreakInOfCapillaries.model_validate(
            {"ends": params.break_in, "how": "given", "reason": "", **absent}
        )
    try:
        found = break_in(devices.bonded, rng=rng, confidence=params.confidence)
    except NotEnoughData as error:
        return BreakInOfCapillaries.model_validate(
            {"ends": 0.0, "how": "none", "reason": str(error), **absent}
        )
    return BreakInOfCapillaries(
        ends=found.ends,
        how="estimated" if found.ends > 0 else "none",
        amplitude=BoundedNumber.of(found.amplitude),
        fading=BoundedNumber.of(found.fading),
        p=found.p,
        reason="",
    )


def _departures(
    series: tuple[Series, ...], devices: Devices, kept: BoolArray
) -> tuple[CapillaryDeparture, ...]:
    rows = np.flatnonzero(kept)
    mine = np.unique(devices.bonded.capillary[rows])
    if mine.size < LEAST_CAPILLARIES:
        return ()
    fitted = [devices.capillaries[i] for i in mine]
    peers = sorted({(f.series, f.tool) for f in fitted})
    peer = np.array([peers.index((f.series, f.tool)) for f in fitted], dtype=np.int64)
    return tuple(
        CapillaryDeparture(
            capillary=fitted[d.capillary].name,
            tool=fitted[d.capillary].tool,
            characteristic=series[fitted[d.capillary].series].characteristic.code,
            what="slope" if d.what == "slope" else "level",
            departure=d.departure * (MILLION if d.what == "slope" else 1.0),
            z=d.z,
        )
        for d in departures(devices.bonded.take(rows), peer)
    )


CAPILLARY_HEALTH = Analysis(
    name="capillary-health",
    title="Capillary health",
    summary="Wear of capillaries by touch-downs, break-in left out, and when to change them.",
    version=1,
    params=CapillaryHealthParams,
    result=CapillaryHealthResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=CapillaryHealthParams(characteristics=("LOOP-H",), site="PG1", requirement=1.5),
        data=sample_capillaries,
    ),
)
