"""Lines of a watch's result, made of what the kernels found."""

import numpy as np

from ops.analyses.classifier_monitor_result import (
    CalibrationState,
    ColumnLine,
    DelayLine,
    LabelState,
    PerformanceState,
    Ranged,
    ScoreShift,
    StretchLine,
)
from ops.analyses.classifier_train_lines import reliability_lines
from ops.classify.evaluation.estimate import Estimate
from ops.classify.evaluation.reliability import reliability
from ops.classify.monitoring.evidence import evidence
from ops.classify.monitoring.honesty import honesty
from ops.classify.monitoring.input_drift import DriftLine
from ops.classify.monitoring.maturity import Maturity
from ops.classify.monitoring.performance import Kept
from ops.classify.monitoring.score_drift import ScoreDrift
from ops.classify.monitoring.stretches import EstimateRecord, Stretch, Watched
from ops.values import BoolArray, IntArray

LEAST = 20  # judged rows from which calibration and scores are told
NOTHING = Ranged(value=None, lower=None, upper=None)


def ranged(of: Estimate | None) -> Ranged:
    """Put an estimate into the result."""
    return NOTHING if of is None else Ranged(value=of.value, lower=of.lower, upper=of.upper)


def column_line(line: DriftLine, unit: str) -> ColumnLine:
    """Put a column into the result."""
    drift = line.drift
    return ColumnLine(
        name=drift.name,
        kind=drift.kind,
        unit=unit,
        what=drift.what,
        p=drift.p,
        q=line.q,
        found=line.found,
        matters=line.matters,
        size=drift.size,
        worth=line.worth,
        before=drift.before,
        shift=Ranged(value=drift.shift, lower=drift.lower, upper=drift.upper),
        ratio=drift.ratio,
        moved=drift.moved,
        ks=drift.ks,
        ad=drift.ad,
        ad_p=drift.ad_p,
        psi=drift.psi,
        psi_limit=drift.psi_limit,
        missing_before=drift.missing_before,
        missing_now=drift.missing_now,
        new_levels=drift.new_levels,
        since=line.since,
    )


def score_shift(found: ScoreDrift, level: float) -> ScoreShift:
    """Put the drift of the answers into the result."""
    return ScoreShift(
        before=found.before,
        now=found.now,
        called_before=found.called_before,
        called=ranged(found.called),
        unusual_before=found.unusual_before,
        unusual=ranged(found.unusual),
        p=None if found.drift is None else found.drift.p,
        size=None if found.drift is None else found.drift.size,
        found=found.is_found(level),
        learned=found.learned,
    )


def label_state(y: IntArray, event: BoolArray, mature: Maturity) -> LabelState:
    """Count the later rows by what is known of their labels.

    Parameters
    ----------
    y, event : shape (n,)
        Class of each later row, -1 where it is not known; whether it is the event.
    mature
        Of the same rows.
    """
    known = y >= 0
    judged = known & mature.mature
    return LabelState(
        told=mature.told,
        age=mature.age,
        later=int(y.size),
        labelled=int(known.sum()),
        young=int((known & ~mature.mature).sum()),
        mature=int(mature.mature.sum()),
        judged=int(judged.sum()),
        known_rate=float(event[known].mean()) if known.any() else None,
        mature_rate=float(event[judged].mean()) if judged.any() else None,
        delays=tuple(
            DelayLine(name=d.name, rows=d.rows, median=d.median, mature=d.mature)
            for d in mature.delays
        ),
    )


def calibration_state(rows: Watched, newest: IntArray) -> CalibrationState | None:
    """Judge the probabilities by the newest judged rows, the evidence by all; None: too few.

    Parameters
    ----------
    newest
        Places of the newest judged rows.
    """
    if newest.size < LEAST:
        return None
    event, score = rows.event, rows.score
    found = honesty(event[newest], score[newest])
    judged = np.flatnonzero(rows.judged)
    game = evidence(event[judged], score[judged])
    diagram = reliability(event[newest], score[newest])
    return CalibrationState(
        rows=found.rows,
        events=found.events,
        said=found.said,
        ratio=ranged(found.ratio),
        p=found.p,
        slope=ranged(found.slope),
        evidence=float(game[-1]),
        reliability=reliability_lines(diagram),
    )


def performance_state(
    promised: Estimate | None,
    found: Estimate | None,
    kept: Kept | None,
    *,
    base: float | None,
    foretold: tuple[float | None, float | None],
    record: EstimateRecord | None,
    blind: bool,
) -> PerformanceState:
    """Put the scores into the result; `foretold` is of the judged and of the newest rows."""
    ends = NOTHING
    if kept is not None:
        ends = Ranged(value=kept.difference, lower=kept.lower, upper=kept.upper)
    return PerformanceState(
        promised=ranged(promised),
        realised=ranged(found),
        difference=ends,
        p=None if kept is None else kept.p,
        relative=None if kept is None else kept.relative,
        base=base,
        foretold_judged=foretold[0],
        foretold_newest=foretold[1],
        blind=blind,
        stretches=0 if record is None else record.stretches,
        bias=None if record is None else record.bias,
        typical=None if record is None else record.typical,
        held=0 if record is None else record.held,
    )


def stretch_line(one: Stretch) -> StretchLine:
    """Put a stretch into the result."""
    return StretchLine(
        start=one.start,
        end=one.end,
        rows=one.rows,
        judged=one.judged,
        mean_score=one.mean_score,
        foretold=one.foretold,
        realised=ranged(one.realised),
        ratio=NOTHING if one.honesty is None else ranged(one.honesty.ratio),
    )
