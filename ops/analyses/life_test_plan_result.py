"""Result of a life-test plan: what is stored, exported and shown."""

from pydantic import Field

from ops.analyses.life_test_plan_params import PlanGoal, RemainingAim
from ops.analysis import AnalysisResult
from ops.page import Verdict
from ops.page_value import PageValue


class PassCurve(PageValue):
    """Probability to pass against what is true."""

    label: str = Field(description="Which plan.")
    true: tuple[float, ...] = Field(description="True reliability, or MTBF in multiples.")
    passes: tuple[float, ...] = Field(description="Probability to pass.")


class DemonstrationRow(PageValue):
    """A test that shows the reliability."""

    accept: int = Field(description="Failures that still pass.")
    multiple: float = Field(description="Duration in multiples of the life.")
    duration: float = Field(description="Duration of each unit, in the unit.")
    units: int = Field(description="Units on test.")
    confidence: float = Field(description="Confidence that is reached, one-sided.")
    units_lower: int | None = Field(description="Fewest units within the shapes given; or null.")
    units_upper: int | None = Field(description="Most units within the shapes given; or null.")


class FixedDuration(PageValue):
    """A time-terminated test of a constant rate with two risks."""

    duration: float = Field(description="Total time on test, in the unit.")
    multiple: float = Field(description="The same in multiples of the lower MTBF.")
    accept: int = Field(description="Failures that still pass.")
    producer: float = Field(description="Risk to fail the upper MTBF that is reached.")
    consumer: float = Field(description="Risk to pass the lower MTBF that is reached.")
    upper_mtbf: float = Field(description="MTBF that should pass, in the unit.")


class DemonstrationPlan(PageValue):
    """Tests that show a reliability, and their curves."""

    plan: DemonstrationRow = Field(description="The test asked for.")
    rows: tuple[DemonstrationRow, ...] = Field(description="Longer, shorter, with more failures.")
    multiple_of_units: float | None = Field(
        description="Lives that the units there are must be tested for; null: not asked."
    )
    curves: tuple[PassCurve, ...] = Field(description="Probability to pass against reliability.")
    good: float = Field(description="True reliability at which the plan passes with 90 %.")
    fixed: FixedDuration | None = Field(description="Test of a constant rate; null: not asked.")
    fixed_curve: PassCurve | None = Field(description="Its curve against the MTBF.")


class PrecisionRow(PageValue):
    """A life test and its precision."""

    duration: float = Field(description="When units that last are taken off, in the unit.")
    units: int = Field(description="Units on test.")
    factor: float = Field(description="Precision factor that is reached.")
    expected: float = Field(description="Failures to be expected.")
    few: float = Field(description="Probability of fewer than 3 failures.")


class EstimationPlan(PageValue):
    """Tests that tell a percentile of life."""

    assumed_life: float = Field(description="Percentile by the planning values, in the unit.")
    lower: float = Field(description="Where its interval would begin, in the unit.")
    upper: float = Field(description="Where its interval would end, in the unit.")
    plan: PrecisionRow = Field(description="The test asked for.")
    needed: PrecisionRow = Field(description="Fewest units that reach the factor.")
    rows: tuple[PrecisionRow, ...] = Field(description="Units against duration for the factor.")


class CellOfPlan(PageValue):
    """A cell of an accelerated test."""

    levels: tuple[float, ...] = Field(description="Level of each stress, in its unit.")
    units: int = Field(description="Units.")
    failing: float = Field(description="Share that is expected to fail by the end.")
    expected: float = Field(description="Failures to be expected.")
    few: float = Field(description="Probability of fewer failures than wanted.")


class AcceleratedDesign(PageValue):
    """An accelerated test and its precision at use."""

    name: str = Field(description="optimum, compromise or own.")
    cells: tuple[CellOfPlan, ...] = Field(description="Cells, the lowest first.")
    units: int = Field(description="Units in all.")
    standard_error: float = Field(description="Of the log life at use.")
    factor: float = Field(description="Precision factor of the life at use.")
    any_few: float = Field(description="Probability that a cell has too few failures.")
    needed: int = Field(description="Units that the precision factor asked for needs.")


class AcceleratedPlan(PageValue):
    """Accelerated tests, the one asked for first."""

    stresses: tuple[str, ...] = Field(description="Names of the stresses.")
    units: tuple[str, ...] = Field(description="Units of their levels.")
    designs: tuple[AcceleratedDesign, ...] = Field(description="The one asked for first.")
    wanted: int = Field(description="Failures that each cell should have.")
    assumed_life: float = Field(description="Percentile at use by the planning values.")
    failing_at_use: float = Field(description="Share that fails at use by the test's end.")
    extrapolation: float = Field(description="Acceleration from use to the lowest cell.")


class RemainingRow(PageValue):
    """Further time for one number of further failures, or one aim."""

    further_failures: int = Field(description="Failures yet to come that are allowed for.")
    estimate: float | None = Field(description="Further time, in the unit; null: never.")
    lower: float | None = Field(description="Its lower bound; null: the shape has none.")
    upper: float | None = Field(description="Its upper bound; null: never, or as the lower one.")
    chance: float | None = Field(description="Probability of no failure meanwhile, by the fit.")


class RemainingPlan(PageValue):
    """How long a test must still run."""

    code: str = Field(description="Code of the life test.")
    revision: int = Field(description="Its revision.")
    aim: RemainingAim = Field(description="What it must still reach.")
    units: float = Field(description="Units of the test.")
    failures: float = Field(description="Units that have failed.")
    wanted: int = Field(description="Failures wanted in all, where that is the aim.")
    running: float = Field(description="Units that still run.")
    longest: float = Field(description="Longest time on test of a running unit, in the unit.")
    shape: float | None = Field(description="Weibull shape used; null: none is needed.")
    shape_lower: float | None = Field(description="Its lower bound.")
    shape_upper: float | None = Field(description="Its upper bound.")
    shape_from: str = Field(description="given, or fit: of this test.")
    reached: bool = Field(description="Whether the aim is reached now.")
    rows: tuple[RemainingRow, ...] = Field(description="The aim first.")
    further: tuple[float, ...] = Field(description="Further times of the curve, in the unit.")
    expected: tuple[float, ...] = Field(description="Further failures to be expected by then.")


class LifeTestPlanResult(AnalysisResult):
    """A plan of a life test: of the four goals one is there."""

    goal: PlanGoal = Field(description="What is planned.")
    unit: str = Field(description="Unit of every time.")
    family: str = Field(description="Distribution that is assumed.")
    reliability: float = Field(description="Share of units that must last the life.")
    life: float = Field(description="Life that they must last, in the unit.")
    confidence: float = Field(description="Confidence of a demonstration, one-sided.")
    interval: float = Field(description="Confidence of two-sided intervals.")
    p: float = Field(description="Share failed whose life is to be told.")
    factor: float = Field(description="Precision factor asked for.")
    shape: float | None = Field(description="Shape (1 / scale of the log life) that is assumed.")
    demonstration: DemonstrationPlan | None = Field(description="Goal demonstrate.")
    estimation: EstimationPlan | None = Field(description="Goal estimate.")
    accelerated: AcceleratedPlan | None = Field(description="Goal accelerate.")
    remaining: RemainingPlan | None = Field(description="Goal remaining.")
    verdicts: tuple[Verdict, ...] = Field(description="What it comes to.")
