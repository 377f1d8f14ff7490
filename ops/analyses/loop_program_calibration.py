"""Offset and scale of bond programs from metrology, and corrections that never chase noise."""

from math import isfinite

import numpy as np

from ops.analyses.loop_program_calibration_fit import (
    corrections_of,
    groups_of,
    made_of,
    sigma_of,
)
from ops.analyses.loop_program_calibration_page import view
from ops.analyses.loop_program_calibration_params import LoopProgramCalibrationParams
from ops.analyses.loop_program_calibration_result import (
    ControllerEffect,
    LoopProgramCalibrationResult,
    PointOfProgram,
    ProgramCorrection,
)
from ops.analyses.loop_program_calibration_sample import sample_programs
from ops.analyses.loop_program_calibration_wires import (
    Lots,
    Wires,
    lots_of,
    source_of,
    wires_of,
)
from ops.analyses.loop_program_calibration_words import verdicts_of
from ops.analysis import Analysis, Example, Progress
from ops.errors import BadData, NotEnoughData
from ops.loop.controller import Controller, effect_of
from ops.query import MeasurementQuery, ProcessData, ProcessQuery
from ops.values import Series

DRAWN, SHOWN = 600, 300  # lots on the chart, programs in the table


def needs(params: LoopProgramCalibrationParams) -> ProcessQuery:
    """Ask for the heights with all that names their program, and for corrections made."""
    factors = ("tool", params.program, params.wire, params.geometry, params.cluster)
    named = dict.fromkeys(f for f in (*factors, params.set_point_factor) if f)
    codes = (*params.characteristics, *((params.corrections,) if params.corrections else ()))
    return ProcessQuery(
        measurements=MeasurementQuery(
            characteristics=codes,
            site=params.site,
            where=dict(params.where),
            factors=tuple(named),
            columns=frozenset({"unit_id", "position"}),
        ),
        package=params.package,
    )


def compute(
    data: ProcessData, params: LoopProgramCalibrationParams, progress: Progress
) -> LoopProgramCalibrationResult:
    """Calibrate programs, and advise the corrections that data and gauge support.

    Raises
    ------
    NotEnoughData
        If nothing was measured, or no height has a set-point.
    BadData
        If the characteristics have several units of measure, or the named package is unknown.
    """
    series, made = _measured(data, params)
    wires = wires_of(series, data.package, params)
    lots = lots_of(wires)
    progress(0.3, f"{wires.x.size} wires of {len(wires.programs)} programs")
    share, refusal = _gauge(series, params)
    sigma = sigma_of(lots)
    corrections = corrections_of(wires, lots, sigma, params, refusal)
    refusal = refusal or _all_refused(corrections)
    progress(0.6, "corrections")
    found = made_of(made, params.confidence)
    controller = Controller(params.lambda_, params.width)
    effect = effect_of(controller, rng=np.random.default_rng(params.seed))
    unit = series[0].characteristic.unit
    result = LoopProgramCalibrationResult(
        state="refused" if refusal else "judged",
        reason=refusal,
        unit=unit,
        confidence=params.confidence,
        set_points_from=source_of(params),
        gauge_share=share,
        gauge_bias=params.gauge_bias,
        gauge_bias_uncertainty=params.gauge_bias_uncertainty,
        lambda_=params.lambda_,
        width=params.width,
        sigma_lot=sigma,
        groups=groups_of(wires, params),
        corrections=corrections[:SHOWN],
        programs=len(corrections),
        made=found[:SHOWN],
        effect=ControllerEffect(
            inflation=effect.inflation,
            per_hundred=effect.per_hundred,
            lots_to_remove=effect.lots_to_remove,
            lag=effect.lag,
        ),
        points=_points(wires, lots),
        without=wires.without,
        verdicts=verdicts_of(corrections, found, refusal, unit=unit),
    )
    progress(1.0, "done")
    return result


def _measured(
    data: ProcessData, params: LoopProgramCalibrationParams
) -> tuple[tuple[Series, ...], tuple[Series, ...]]:
    every = [s for s in data.measurements.series if s.value.size]
    heights = tuple(s for s in every if s.characteristic.code != params.corrections)
    made = tuple(s for s in every if s.characteristic.code == params.corrections)
    if not heights:
        raise NotEnoughData("0 heights in the window; widen it, or check the codes and the filter")
    units = sorted({s.characteristic.unit for s in (*heights, *made)})
    if len(units) > 1:
        raise BadData(f"heights and corrections are in {', '.join(units)}: use one unit for all")
    return heights, made


def _gauge(
    series: tuple[Series, ...], params: LoopProgramCalibrationParams
) -> tuple[float | None, str]:
    """Share of the narrowest tolerance that the gauge takes, and why it supports no correction."""
    widths = [s.spec.upper - s.spec.lower for s in series if s.spec is not None]
    widths = [width for width in widths if isfinite(width)]
    share = None
    if params.gauge_sigma is not None and widths:
        share = 6.0 * params.gauge_sigma / min(widths)
    if share is not None and share > params.grr_limit:
        return share, (
            f"the gauge takes {share:.0%} of the tolerance (%GRR), above {params.grr_limit:.0%}"
        )
    uncertain = params.gauge_bias_uncertainty
    if params.dead_band is not None and uncertain > params.dead_band:
        return share, (
            f"the bias of the gauge is uncertain by {uncertain:g}, more than the dead band"
            f" {params.dead_band:g}"
        )
    return share, ""


def _all_refused(corrections: tuple[ProgramCorrection, ...]) -> str:
    told = [c for c in corrections if c.state != "few"]
    if told and all(c.state == "refused" for c in told):
        return told[0].reason
    return ""


def _points(wires: Wires, lots: Lots) -> tuple[PointOfProgram, ...]:
    rows = np.arange(lots.x.size)[:: max(1, -(-lots.x.size // DRAWN))]
    return tuple(
        PointOfProgram(
            group=" ".join(reversed(wires.groups[lots.group[i]])).strip(),
            program=" ".join(wires.programs[lots.program[i]][1:]).strip(),
            set_point=float(lots.x[i]),
            height=float(lots.y[i]),
        )
        for i in rows
    )


LOOP_PROGRAM_CALIBRATION = Analysis(
    name="loop-program-calibration",
    title="Bond program calibration",
    summary="Offset and scale of bond programs from metrology, and the corrections they need.",
    version=1,
    params=LoopProgramCalibrationParams,
    result=LoopProgramCalibrationResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=LoopProgramCalibrationParams(
            characteristics=("LOOP-H",),
            site="PG1",
            set_point_factor="set_point",
            gauge_sigma=0.8,
            gauge_bias_uncertainty=0.1,
            corrections="LOOP-CORR",
        ),
        data=sample_programs,
    ),
)
