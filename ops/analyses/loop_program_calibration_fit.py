"""Calibration by wire type and geometry, and the correction of each program."""

from collections.abc import Sequence
from contextlib import suppress

import numpy as np
from scipy.special import ndtri

from ops.analyses.loop_program_calibration_params import LoopProgramCalibrationParams
from ops.analyses.loop_program_calibration_result import (
    CalibrationOfGroup,
    CorrectionsMade,
    ProgramCorrection,
)
from ops.analyses.loop_program_calibration_wires import Lots, Wires
from ops.analyses.metrology_agreement_result import BoundedNumber
from ops.errors import NotEnoughData
from ops.loop.agreement import Bounded
from ops.loop.controller import (
    LEAST_RUNS,
    Controller,
    Trend,
    dead_band,
    successive_sigma,
    trend,
    weighted,
)
from ops.loop.program import ProgramLine, Shrunken, calibrate, shrink
from ops.values import IntArray, Series

_DAY_US = 86_400e6


def groups_of(wires: Wires, params: LoopProgramCalibrationParams) -> tuple[CalibrationOfGroup, ...]:
    """Calibrate each wire type and geometry; geometries of one wire type are drawn together."""
    fitted = [_line(wires, i, params) for i in range(len(wires.groups))]
    found: list[CalibrationOfGroup] = []
    for wire in sorted({wire for wire, _ in wires.groups}):
        mine = [i for i, (name, _) in enumerate(wires.groups) if name == wire]
        lines = {i: line for i in mine if isinstance(line := fitted[i], ProgramLine)}
        other, each = shrink(
            [(line.offset.value, line.error_offset) for line in lines.values()],
            confidence=params.confidence,
        ) if lines else (None, ())  # fmt: skip
        drawn = dict(zip(lines, each, strict=True))
        for i in mine:
            found.append(_group(wires, i, fitted[i], drawn.get(i, other)))
    return tuple(found)


def _line(wires: Wires, group: int, params: LoopProgramCalibrationParams) -> ProgramLine | str:
    rows = np.flatnonzero(wires.group == group)
    try:
        return calibrate(
            wires.x[rows],
            wires.y[rows],
            wires.lot[rows],
            least_spread=params.least_spread,
            confidence=params.confidence,
        )
    except NotEnoughData as error:
        return str(error)


def _group(
    wires: Wires, group: int, line: ProgramLine | str, drawn: Shrunken | None
) -> CalibrationOfGroup:
    rows = wires.group == group
    wire, package = wires.groups[group]
    known = None if isinstance(line, str) else line
    scale = known.scale if known else None
    return CalibrationOfGroup(
        wire=wire,
        package=package,
        wires=int(rows.sum()),
        lots=int(np.unique(wires.lot[rows]).size),
        set_points=int(np.unique(wires.x[rows]).size),
        centre=known.centre if known else None,
        offset=BoundedNumber.of(known.offset) if known else None,
        offset_shrunken=BoundedNumber.of(drawn.found) if drawn else None,
        own_weight=drawn.weight if drawn else None,
        scale=BoundedNumber.of(scale) if scale else None,
        sigma=known.sigma if known else None,
        band=known.band if known else None,
        p_lack=known.p_lack if known else None,
        reason=line if isinstance(line, str) else "",
    )


def sigma_of(lots: Lots) -> float | None:
    """Sigma of a lot's error on its program; None if no program has two lots."""
    error = lots.y - lots.x
    try:
        return successive_sigma([error[lots.program == i] for i in np.unique(lots.program)])
    except NotEnoughData:
        return None


def corrections_of(
    wires: Wires, lots: Lots, sigma: float | None, params: LoopProgramCalibrationParams, why: str
) -> tuple[ProgramCorrection, ...]:
    """Advise a correction for each program of each bonder, largest first.

    Parameters
    ----------
    why
        Why the gauge supports none; "" if it does.
    """
    found = [
        _correction(wires.programs[i], lots, np.flatnonzero(lots.program == i), sigma, params, why)
        for i in range(len(wires.programs))
    ]
    return tuple(sorted(found, key=lambda c: (-abs(c.correction), c.tool, c.program)))


def _correction(
    name: tuple[str, str, str],
    lots: Lots,
    rows: IntArray,
    sigma: float | None,
    params: LoopProgramCalibrationParams,
    why: str,
) -> ProgramCorrection:
    site, tool, program = name
    about = {"site": site, "tool": tool, "program": program, "lots": rows.size}
    about |= {"set_point": float(lots.x[rows].mean())}
    if rows.size < LEAST_RUNS or sigma is None:
        reason = f"{rows.size} lots, {LEAST_RUNS} are needed before a correction"
        nothing = {"error": None, "dead_band": None, "correction": 0.0}
        return ProgramCorrection.model_validate(
            {**about, **nothing, "state": "few", "reason": reason}
        )
    seen = weighted(lots.y[rows] - lots.x[rows], sigma, params.lambda_)
    controller = Controller(params.lambda_, params.width)
    half = dead_band(seen, controller, bias_uncertainty=params.gauge_bias_uncertainty)
    error = half / params.width
    band = max(half, params.dead_band or 0.0)
    spread = float(ndtri(0.5 + params.confidence / 2))
    state, reason = _judged(seen.mean, error, band, params, why)
    return ProgramCorrection.model_validate(
        {
            **about,
            "error": BoundedNumber.of(
                Bounded(seen.mean, seen.mean - spread * error, seen.mean + spread * error)
            ),
            "dead_band": band,
            "correction": -seen.mean if state == "correct" else 0.0,
            "state": state,
            "reason": reason,
        }
    )


def _judged(
    mean: float, error: float, band: float, params: LoopProgramCalibrationParams, why: str
) -> tuple[str, str]:
    if why:
        return "refused", why
    if params.dead_band is not None and error > params.dead_band:
        return "refused", (
            f"standard error {error:.3g} with the gauge is above the dead band {params.dead_band:g}"
        )
    if abs(mean) > band:
        return "correct", "beyond the dead band"
    return "leave", "within the dead band: not told from noise"


def made_of(series: Sequence[Series], confidence: float) -> tuple[CorrectionsMade, ...]:
    """Judge whether the corrections made on each bonder move: they then hide a creep."""
    found = [made for s in series for made in _made(s, confidence)]
    tested = sum(made.p is not None for made in found)
    limit = (1.0 - confidence) / max(1, tested)  # Bonferroni, over the bonders
    judged = [
        made.model_copy(update={"hidden_drift": made.p is not None and made.p <= limit})
        for made in found
    ]
    return tuple(sorted(judged, key=lambda m: -abs(m.slope.value) if m.slope else 0.0))


def _made(series: Series, confidence: float) -> list[CorrectionsMade]:
    tool = series.factors.get("tool")
    if tool is None:
        return []
    found: list[CorrectionsMade] = []
    for code, name in enumerate(tool.levels):
        rows = np.flatnonzero((tool.codes == code) & np.isfinite(series.value))
        if rows.size == 0:
            continue
        days = (series.ts[rows] - series.ts[rows[0]]) / _DAY_US
        moved: Trend | None = None
        with suppress(NotEnoughData):  # said by the null
            moved = trend(days, series.value[rows], confidence=confidence)
        found.append(
            CorrectionsMade(
                tool=name,
                site=series.characteristic.site,
                corrections=rows.size,
                last=float(series.value[rows[-1]]),
                slope=None if moved is None else BoundedNumber.of(moved.slope),
                p=None if moved is None else moved.p,
                hidden_drift=False,
            )
        )
    return found
