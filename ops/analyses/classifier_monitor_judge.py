"""How each mechanism of a watched model stands: what an alert opens and closes on."""

from collections.abc import Iterable, Sequence
from math import log
from typing import Literal

from ops.analyses.classifier_monitor_params import ClassifierMonitorParams
from ops.analyses.classifier_monitor_result import (
    CalibrationState,
    ChallengerLine,
    Mechanism,
    MechanismLine,
    PerformanceState,
    ScoreShift,
)
from ops.classify.monitoring.input_drift import InputDrift
from ops.forecast_query import EarlierRun

Level = Literal["good", "warn", "bad", "info"]


def input_line(
    found: InputDrift, scores: ScoreShift, earlier: Sequence[EarlierRun]
) -> MechanismLine:
    """Bad where a column moved that the model lives by; well where all are shown to be steady.

    Without a column that can be compared (a model of traces) it says neither.
    """
    level: Level = "good" if found.lines else "info"
    if found.mattering:
        level = "bad"
    elif any(line.large for line in found.lines) or scores.found:
        level = "warn"
    return _line("input drift", level, settled=level == "good" and found.steady, earlier=earlier)


def calibration_line(
    state: CalibrationState | None,
    params: ClassifierMonitorParams,
    level: float,
    earlier: Sequence[EarlierRun],
) -> MechanismLine:
    """Bad where events differ from those promised, beyond chance and beyond the margin."""
    if state is None or state.ratio.value is None:
        return _line("calibration", "info", settled=False, earlier=earlier)
    low, high = 1.0 / (1.0 + params.calibration), 1.0 + params.calibration
    beyond = not low <= state.ratio.value <= high
    bent = _outside(state.slope.lower, state.slope.upper, low, high)
    proven = state.evidence is not None and state.evidence >= -log(level)
    chance = state.p is not None and state.p <= level
    if (beyond and (proven or chance)) or (bent and proven):
        return _line("calibration", "bad", settled=False, earlier=earlier)
    lower, upper = state.ratio.lower, state.ratio.upper
    within = lower is not None and upper is not None and low <= lower and upper <= high
    return _line("calibration", "good", settled=within, earlier=earlier)


def _outside(lower: float | None, upper: float | None, low: float, high: float) -> bool:
    return lower is not None and upper is not None and (upper < low or lower > high)


def performance_line(
    state: PerformanceState,
    params: ClassifierMonitorParams,
    level: float,
    earlier: Sequence[EarlierRun],
    *,
    low: bool,
) -> MechanismLine:
    """Bad where the score fell, or is no better than the base rate; a mere forecast warns.

    Parameters
    ----------
    low
        Whether the score is better when low.
    """
    if state.realised.value is None:
        shown: Level = "warn" if foretells_loss(state, params, low=low) else "info"
        return _line("performance", shown, settled=False, earlier=earlier)
    fell = state.p is not None and state.p <= level and (state.relative or 0.0) >= params.drop
    if fell or _useless(state, low=low):
        return _line("performance", "bad", settled=False, earlier=earlier)
    if foretells_loss(state, params, low=low):
        return _line("performance", "warn", settled=False, earlier=earlier)
    return _line("performance", "good", settled=_holds(state, params, low=low), earlier=earlier)


def foretells_loss(state: PerformanceState, params: ClassifierMonitorParams, *, low: bool) -> bool:
    """Whether the newest rows are expected to be answered worse than was promised.

    What is foretold is set right by its own record, where labels came later.
    """
    promised, told = state.promised.value, state.foretold_newest
    if promised is None or told is None or not promised:
        return False
    told += state.bias or 0.0
    worse = told - promised if low else promised - told
    typical = 2.0 * (state.typical or 0.0)
    return worse >= params.drop * abs(promised) and worse > typical


def _useless(state: PerformanceState, *, low: bool) -> bool:
    """Whether the whole interval is no better than the base rate."""
    if state.base is None or state.realised.lower is None or state.realised.upper is None:
        return False
    return state.realised.lower >= state.base if low else state.realised.upper <= state.base


def _holds(state: PerformanceState, params: ClassifierMonitorParams, *, low: bool) -> bool:
    """Whether a loss beyond the margin is excluded."""
    promised, ends = state.promised.value, state.difference
    if promised is None or ends.lower is None or ends.upper is None:
        return False
    return (ends.upper if low else -ends.lower) <= params.drop * abs(promised)


def challenger_line(
    lines: Sequence[ChallengerLine], earlier: Sequence[EarlierRun]
) -> MechanismLine:
    """Bad where a better version waits: somebody has to decide."""
    level: Level = "bad" if any(line.standing == "better" for line in lines) else "good"
    return _line("challenger", level, settled=level == "good", earlier=earlier)


def _line(
    mechanism: Mechanism, level: Level, *, settled: bool, earlier: Sequence[EarlierRun]
) -> MechanismLine:
    return MechanismLine(
        mechanism=mechanism, level=level, settled=settled, runs=_runs(mechanism, earlier)
    )


def _runs(mechanism: Mechanism, earlier: Iterable[EarlierRun]) -> int:
    """Count the earlier runs in a row, the newest first, that found it bad."""
    count = 0
    for run in earlier:
        told = [m for m in run.result.get("mechanisms", ()) if m.get("mechanism") == mechanism]
        if not told or told[0].get("level") != "bad":
            break
        count += 1
    return count
