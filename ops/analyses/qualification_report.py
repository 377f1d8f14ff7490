"""Qualification report: pass or fail by stress, FIT, early-life ppm, LTPD and their flags."""

from collections.abc import Sequence
from math import isfinite

from ops.analyses.qualification_report_page import view
from ops.analyses.qualification_report_result import (
    EarlyResult,
    LotResult,
    QualificationReportParams,
    QualificationReportResult,
    RateBound,
    RateResult,
    ShapeResult,
    StressResult,
)
from ops.analyses.qualification_report_sample import sample_operating_life, sample_outcomes
from ops.analyses.qualification_report_words import verdicts
from ops.analysis import Analysis, Example, Progress
from ops.errors import NotEnoughData
from ops.life_query import LifetimeData, LifetimeQuery
from ops.lifetime.data import LifeData
from ops.lifetime.qualification.early_life import EarlySample, early_life
from ops.lifetime.qualification.failure_rate import StressedLot, failure_rate
from ops.lifetime.qualification.outcome import LotOutcome, as_life_data, as_outcomes
from ops.lifetime.qualification.plan import PlannedStress
from ops.lifetime.qualification.shape_flag import shape_flag
from ops.lifetime.qualification.standards import standard
from ops.lifetime.qualification.verdict import StressVerdict, acceleration_of, judge_stress


def needs(params: QualificationReportParams) -> LifetimeQuery:
    """Ask for the life test of one stress, where one is named."""
    return LifetimeQuery(code=params.life_test, site=params.site)


def compute(
    data: LifetimeData, params: QualificationReportParams, progress: Progress
) -> QualificationReportResult:
    """Judge the plan.

    Raises
    ------
    NotEnoughData
        If a life test is named and has no rows, or there is no outcome at all.
    """
    outcomes = _outcomes(data, params)
    stresses: list[StressResult] = []
    rates: list[RateResult] = []
    early: list[EarlyResult] = []
    absent: list[str] = []
    planned = params.planned.stresses
    for done, stress in enumerate(planned):
        progress(done / len(planned), stress.code)
        lots = [lot for lot in outcomes if lot.stress == stress.code]
        stresses.append(_stress(judge_stress(stress, lots)))
        tested = [lot for lot in lots if lot.readouts]
        if stress.kind not in ("operating-life", "early-life") or not tested:
            continue
        acceleration = acceleration_of(stress)
        if acceleration is None or stress.unit != "h":
            absent.append(stress.code)
        elif stress.kind == "early-life":
            early.append(_early(stress, tested, acceleration, params))
        else:
            named = params.life_test and stress.code == params.life_test_stress
            rows = data.life if named and data.life is not None else as_life_data(tested, "h")
            rates.append(_rate(stress, rows, acceleration, params))
    progress(1.0, f"{len(planned)} stresses")
    result = QualificationReportResult(
        title=params.planned.title,
        basis=params.planned.basis,
        life_test=data.code,
        revision=data.revision,
        stresses=tuple(stresses),
        rates=tuple(rates),
        early=tuple(early),
        not_computed=tuple(absent),
        verdicts=(),
    )
    return result.model_copy(update={"verdicts": verdicts(result)})


def _outcomes(data: LifetimeData, params: QualificationReportParams) -> Sequence[LotOutcome]:
    """Take the outcomes given, and the lots of the life test for its stress."""
    if params.life_test:
        if data.life is None or not data.life.units:
            raise NotEnoughData(
                f"the life test {params.life_test!r} has no units: name one that has, or give the"
                " outcomes of its stress"
            )
        code = params.life_test_stress
        stress = next(s for s in params.planned.stresses if s.code == code)
        given = [lot for lot in params.outcomes if lot.stress != code]
        return [*given, *as_outcomes(data.life, stress)]
    if not params.outcomes:
        raise NotEnoughData(
            "a qualification needs outcomes, got 0: give what each lot came to under each stress"
        )
    return params.outcomes


def _stress(found: StressVerdict) -> StressResult:
    plan = found.stress
    known = standard(plan.standard)
    cpk = found.cpk
    return StressResult(
        code=plan.code,
        title=plan.title,
        standard=plan.standard,
        standard_title="" if known is None else known.title,
        conditions=plan.conditions,
        condition_note=plan.note,
        duration=plan.duration,
        unit=plan.unit,
        planned_lots=plan.lots,
        sample=plan.sample,
        accept=plan.accept,
        state=found.state,
        want=found.want,
        lots=tuple(
            LotResult(
                lot=lot.lot,
                state=lot.state,
                units=lot.units,
                failures=lot.failures,
                done=lot.done,
                want=lot.want,
            )
            for lot in found.lots
        ),
        units=found.units,
        failures=found.failures,
        ltpd=found.ltpd,
        lower=found.lower,
        upper=found.upper,
        cpk=None if cpk is None else cpk.value,
        cpk_lower=None if cpk is None else cpk.lower,
        cpk_upper=None if cpk is None else cpk.upper,
        cpk_wanted=plan.cpk,
    )


def _rate(
    stress: PlannedStress, rows: LifeData, acceleration: float, params: QualificationReportParams
) -> RateResult:
    """Bound the rate; a unit found failed between readouts counts until the one before."""
    hours = float((rows.lower * rows.weight).sum())
    lots = [StressedLot(hours, round(rows.failures), acceleration)]
    found = [failure_rate(lots, confidence) for confidence in params.confidences]
    return RateResult(
        code=stress.code,
        failures=found[0].failures,
        device_hours=hours,
        acceleration=acceleration,
        target=params.fit_target,
        estimate=found[0].estimate,
        bounds=tuple(
            RateBound(confidence=r.confidence, lower=r.lower, upper=r.upper) for r in found
        ),
        mttf=tuple(r.mttf for r in found),
        shape=_shape(rows, params),
    )


def _early(
    stress: PlannedStress,
    lots: Sequence[LotOutcome],
    acceleration: float,
    params: QualificationReportParams,
) -> EarlyResult:
    samples = [EarlySample(lot.units, lot.failed, lot.done, acceleration) for lot in lots]
    found = [
        early_life(
            samples,
            confidence=confidence,
            shape=params.early_shape,
            period_h=params.early_period_h,
        )
        for confidence in params.confidences
    ]
    return EarlyResult(
        code=stress.code,
        units=found[0].units,
        failures=found[0].failures,
        acceleration=acceleration,
        target=params.ppm_target,
        estimate=found[0].estimate,
        bounds=tuple(
            RateBound(confidence=e.confidence, lower=e.lower, upper=e.upper) for e in found
        ),
        assumed=params.early_shape,
        shape=_shape(as_life_data(lots, "h"), params),
        period_h=params.early_period_h,
        bound=found[0].bound,
    )


def _shape(rows: LifeData, params: QualificationReportParams) -> ShapeResult:
    flag = shape_flag(rows, confidence=params.shape_confidence)
    return ShapeResult(
        value=_finite(flag.shape) or None,
        lower=_finite(flag.lower),
        upper=_finite(flag.upper),
        p_value=_finite(flag.p_value),
        state=flag.state,
        method=flag.method,
        confidence=flag.confidence,
    )


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None


QUALIFICATION_REPORT = Analysis(
    name="qualification-report",
    title="Qualification report",
    summary="Which stresses of a qualification are passed, with FIT, early-life ppm and LTPD.",
    version=1,
    params=QualificationReportParams,
    result=QualificationReportResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=QualificationReportParams(outcomes=sample_outcomes(), life_test="HTOL-1"),
        data=sample_operating_life,
    ),
)
