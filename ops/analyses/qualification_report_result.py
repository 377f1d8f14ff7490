"""Parameters and result of a qualification report."""

from typing import Literal, Self

from pydantic import Field, model_validator

from ops.analysis import AnalysisParams, AnalysisResult
from ops.lifetime.qualification.outcome import LotOutcome
from ops.lifetime.qualification.plan import QualificationPlan, copper_wire_plan
from ops.lifetime.qualification.shape_flag import ShapeState
from ops.lifetime.qualification.verdict import State
from ops.page import Verdict
from ops.page_value import PageValue


class QualificationReportParams(AnalysisParams):
    """Parameters of a qualification report."""

    plan: QualificationPlan | None = Field(
        default=None,
        description="The plan; absent: copper wire for cars in the manner of AEC-Q006.",
    )
    outcomes: tuple[LotOutcome, ...] = Field(
        default=(), max_length=500, description="What each lot came to under each stress."
    )
    life_test: str = Field(
        default="",
        max_length=100,
        description="Code of a life test whose groups are the lots of one stress.",
    )
    life_test_stress: str = Field(
        default="HTOL", max_length=40, description="Code of the stress that the life test is of."
    )
    confidences: tuple[float, ...] = Field(
        default=(0.6, 0.9),
        min_length=1,
        max_length=4,
        description="One-sided confidence of FIT and ppm.",
    )
    fit_target: float | None = Field(
        default=None, gt=0, description="FIT not to be exceeded; absent: none is asked for."
    )
    ppm_target: float | None = Field(
        default=None, gt=0, description="Early-life ppm not to be exceeded; absent: none."
    )
    shape_confidence: float = Field(
        default=0.95, ge=0.5, le=0.999, description="Of the shape's interval held against 1."
    )
    early_shape: float = Field(
        default=1.0,
        gt=0,
        le=1,
        description="Weibull shape of early life: 1 is a constant rate, below 1 a falling one.",
    )
    early_period_h: float = Field(
        default=4380.0, gt=0, description="Early-life period at use, h; 4380 is half a year."
    )

    @model_validator(mode="after")
    def _known(self) -> Self:
        codes = {stress.code for stress in self.planned.stresses}
        unknown = sorted({o.stress for o in self.outcomes} - codes)
        if self.life_test and self.life_test_stress not in codes:
            unknown.append(self.life_test_stress)
        if unknown:
            raise ValueError(
                f"{', '.join(unknown)} is not in the plan, which has {', '.join(sorted(codes))}"
            )
        if any(not 0.5 <= c < 1.0 for c in self.confidences):
            raise ValueError("confidences lie from 0.5 to below 1, e.g. 0.6 and 0.9")
        return self

    @property
    def planned(self) -> QualificationPlan:
        """The plan, or the default one."""
        return self.plan or copper_wire_plan()


class LotResult(PageValue):
    """One lot under one stress."""

    lot: str = Field(description="Name of the lot.")
    state: State = Field(description="passed, failed or incomplete.")
    units: int = Field(description="Units (or bonds) that count.")
    failures: int = Field(description="Failures by the duration, or bonds below the limit.")
    done: float = Field(description="Last readout, in the stress' unit.")
    want: tuple[str, ...] = Field(description="What it falls short of.")


class StressResult(PageValue):
    """One stress of the plan."""

    code: str = Field(description="Short name.")
    title: str = Field(description="What it is.")
    standard: str = Field(description="Standard that it follows.")
    standard_title: str = Field(description="Title of the standard; empty if it is not known.")
    conditions: str = Field(description="Temperature, humidity, bias.")
    condition_note: str = Field(description="What the plan says beside.")
    duration: float = Field(description="At which it must be passed, in unit.")
    unit: str = Field(description="Of durations.")
    planned_lots: int = Field(description="Lots planned.")
    sample: int = Field(description="Units of each lot planned.")
    accept: int = Field(description="Failures of a lot that still pass.")
    state: State = Field(description="passed, failed, incomplete or not tested.")
    want: tuple[str, ...] = Field(description="What it falls short of.")
    lots: tuple[LotResult, ...] = Field(description="Its lots.")
    units: int = Field(description="Units that reached the duration.")
    failures: int = Field(description="Failures among them.")
    ltpd: float | None = Field(description="LTPD at 10 % consumer risk, a share; null: no units.")
    lower: float | None = Field(description="Lower 90 % bound of the share that fails.")
    upper: float | None = Field(description="Upper 90 % bound of the share that fails.")
    cpk: float | None = Field(description="Cpk of the strengths.")
    cpk_lower: float | None = Field(description="Its lower bound, two-sided 90 %.")
    cpk_upper: float | None = Field(description="Its upper bound.")
    cpk_wanted: float | None = Field(description="Cpk to be reached.")


class RateBound(PageValue):
    """Bounds at one confidence."""

    confidence: float = Field(description="One-sided.")
    lower: float = Field(description="Lower bound of the two-sided interval of twice the tail.")
    upper: float = Field(description="Upper bound.")


class ShapeResult(PageValue):
    """The Weibull shape of a test, held against the 1 of a constant rate."""

    value: float | None = Field(description="Weibull shape; null: it cannot be told.")
    lower: float | None = Field(description="Its lower bound.")
    upper: float | None = Field(description="Its upper bound.")
    p_value: float | None = Field(description="p-value of shape 1, likelihood ratio.")
    state: ShapeState = Field(
        description="falling or rising: the interval excludes 1, the rate is not constant."
    )
    method: Literal["likelihood ratio", "Wald", "none"] = Field(
        description="How the interval was made."
    )
    confidence: float = Field(description="Of the interval.")


class RateResult(PageValue):
    """Failure rate at use of one stress, if it is constant."""

    code: str = Field(description="Stress.")
    failures: int = Field(description="Failures on test, those after the duration too.")
    device_hours: float = Field(description="Hours on test of all units.")
    acceleration: float = Field(description="Hours of use that an hour of test stands for.")
    target: float | None = Field(description="FIT not to be exceeded; null: none.")
    estimate: float = Field(description="FIT; 0 without failures.")
    bounds: tuple[RateBound, ...] = Field(description="FIT at each confidence.")
    mttf: tuple[float, ...] = Field(description="Lower bounds of the MTTF, h, in the same order.")
    shape: ShapeResult = Field(description="Shape of the same rows, held against 1.")


class EarlyResult(PageValue):
    """Early-life failures of one stress."""

    code: str = Field(description="Stress.")
    units: int = Field(description="Units on test.")
    failures: int = Field(description="Failures.")
    acceleration: float = Field(description="Hours of use that an hour of test stands for.")
    target: float | None = Field(description="ppm not to be exceeded; null: none.")
    estimate: float = Field(description="ppm; 0 without failures.")
    bounds: tuple[RateBound, ...] = Field(description="ppm at each confidence.")
    assumed: float = Field(description="Weibull shape that is assumed.")
    shape: ShapeResult = Field(description="Shape of the same rows, held against 1.")
    period_h: float = Field(description="Early-life period at use, h.")
    bound: str = Field(description="chi-square or binomial.")


class QualificationReportResult(AnalysisResult):
    """Whether a qualification is passed, and what it shows."""

    title: str = Field(description="What is qualified.")
    basis: tuple[str, ...] = Field(description="Standards that the plan follows.")
    life_test: str = Field(description="Life test that was read; empty if none.")
    revision: int = Field(description="Its revision; 0 if none.")
    stresses: tuple[StressResult, ...] = Field(description="In the order of the plan.")
    rates: tuple[RateResult, ...] = Field(description="FIT, for each operating-life stress.")
    early: tuple[EarlyResult, ...] = Field(description="ppm, for each early-life stress.")
    not_computed: tuple[str, ...] = Field(
        description="Stresses without a FIT or ppm, since the plan gives no acceleration."
    )
    verdicts: tuple[Verdict, ...] = Field(description="What it comes to.")
