"""Parameters of a life-test plan."""

from typing import Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from ops.analysis import AnalysisParams
from ops.lifetime.planning.alt_design import Design
from ops.lifetime.planning.alt_model import StressScale
from ops.page_value import PageValue

PlanGoal = Literal["demonstrate", "estimate", "accelerate", "remaining"]
RemainingAim = Literal["demonstrate", "failures", "precision"]
LifeFamily = Literal["weibull", "lognormal", "loglogistic"]


class PlannedStressRange(PageValue):
    """A stress of an accelerated test."""

    name: str = Field(min_length=1, max_length=60, description="Name: temperature, humidity ...")
    unit: str = Field(default="degC", max_length=20, description="Unit of the levels.")
    use: float = Field(description="Level at use.")
    high: float = Field(description="Highest level at which the mechanism stays the same.")
    scale: StressScale = Field(
        default="arrhenius",
        description="In what log life is linear: arrhenius (levels in degC), log, or linear.",
    )
    acceleration: float = Field(
        gt=1, le=1e12, description="Acceleration factor from use to the highest level."
    )


class PlannedCell(PageValue):
    """A cell of an accelerated test that somebody has in mind."""

    levels: tuple[float, ...] = Field(
        min_length=1, max_length=2, description="Level of each stress, in its unit."
    )
    units: int = Field(ge=1, le=1_000_000, description="Units of the cell.")


class LifeTestPlanParams(AnalysisParams):
    """Parameters of a life-test plan."""

    goal: PlanGoal = Field(
        default="demonstrate",
        description="demonstrate: show a reliability; estimate: tell a percentile of life within a"
        " factor; accelerate: the same under raised stress; remaining: how long a test in progress"
        " must still run.",
    )
    life_test: str = Field(
        default="", max_length=100, description="Remaining: code of the life test in progress."
    )
    aim: RemainingAim = Field(
        default="demonstrate",
        description="Remaining: until a reliability is shown, so many units have failed, or the"
        " percentile is known within the factor.",
    )
    unit: str = Field(default="h", min_length=1, max_length=20, description="Unit of every time.")
    reliability: float = Field(
        default=0.9, gt=0, lt=1, description="Share of units that must last the life."
    )
    life: float = Field(default=1000.0, gt=0, description="Life that they must last, in the unit.")
    confidence: float = Field(
        default=0.9, ge=0.5, le=0.999, description="Confidence of a demonstration, one-sided."
    )
    interval: float = Field(
        default=0.95, ge=0.5, le=0.999, description="Confidence of two-sided intervals."
    )
    accept: int = Field(
        default=0, ge=0, le=20, description="Most failures with which a test is still passed."
    )
    family: LifeFamily = Field(default="weibull", description="Distribution of the life.")
    shape: float | None = Field(
        default=None, gt=0, le=100, description="Weibull (or loglogistic) shape that is assumed."
    )
    shape_lower: float | None = Field(
        default=None, gt=0, le=100, description="Lowest shape that may be true."
    )
    shape_upper: float | None = Field(
        default=None, gt=0, le=100, description="Highest shape that may be true."
    )
    sigma: float | None = Field(
        default=None, gt=0, le=100, description="Lognormal: scale of the log life that is assumed."
    )
    scale: float | None = Field(
        default=None,
        gt=0,
        description="Estimate: characteristic life (Weibull eta) or median that is assumed.",
    )
    p: float = Field(
        default=0.1, gt=0, lt=1, description="Share failed whose life is to be told; 0.1 is B10."
    )
    factor: float = Field(
        default=1.5,
        gt=1,
        le=100,
        description="Precision factor: the interval may reach from life / factor to life * factor.",
    )
    duration: float | None = Field(
        default=None, gt=0, description="When the test ends; absent: one life (demonstrate)."
    )
    units: int | None = Field(
        default=None, ge=1, le=1_000_000, description="Units there are; absent: as many as needed."
    )
    mtbf_ratio: float | None = Field(
        default=None,
        gt=1,
        le=100,
        description="Demonstrate: MTBF that should pass over the one that should not; given, a"
        " fixed-duration test of a constant rate is planned beside, with the life as the lower"
        " MTBF.",
    )
    producer_risk: float = Field(
        default=0.1, gt=0, lt=0.5, description="Risk to fail units of the higher MTBF."
    )
    stresses: tuple[PlannedStressRange, ...] = Field(
        default=(), max_length=2, description="Accelerate: one stress or two."
    )
    failing_at_high: float = Field(
        default=0.9,
        gt=0,
        lt=1,
        description="Accelerate: share that fails by the end with every stress at its highest.",
    )
    design: Design = Field(
        default="compromise",
        description="Accelerate: optimum has two levels and rests on the model; compromise has"
        " three with 4:2:1 units.",
    )
    cells: tuple[PlannedCell, ...] = Field(
        default=(), max_length=30, description="Accelerate: a plan of your own, judged beside."
    )
    failures: int = Field(
        default=10, ge=1, le=100_000, description="Remaining: failures wanted in all."
    )
    wanted: int = Field(
        default=4, ge=1, le=100, description="Accelerate: failures that each cell should have."
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needed = {
            "estimate": ("scale", "duration"),
            "accelerate": ("duration",),
            "remaining": (),
            "demonstrate": (),
        }[self.goal]
        absent = [name for name in needed if getattr(self, name) is None]
        if self.goal in ("estimate", "accelerate") and self.log_scale is None:
            absent.append("sigma" if self.family == "lognormal" else "shape")
        if self.goal == "accelerate" and not self.stresses:
            absent.append("stresses")
        if self.goal == "remaining" and not self.life_test:
            absent.append("life_test")
        if absent:
            raise _absent(self.goal, absent)
        if any(len(cell.levels) != len(self.stresses) for cell in self.cells):
            raise ValueError("each cell needs one level for each stress")
        lower, upper = self.shape_lower, self.shape_upper
        if lower is not None and upper is not None and lower >= upper:
            raise ValueError(f"shape_lower {lower:g} must be below shape_upper {upper:g}")
        return self

    @property
    def log_scale(self) -> float | None:
        """Scale of the log life that is assumed; None where nothing is."""
        if self.family == "lognormal":
            return self.sigma
        return None if self.shape is None else 1.0 / self.shape


def _absent(goal: PlanGoal, names: list[str]) -> ValidationError:
    """Error of each field that a goal lacks, so that whoever sent it is shown the places."""
    return ValidationError.from_exception_data(
        LifeTestPlanParams.__name__,
        [
            InitErrorDetails(
                type=PydanticCustomError("absent", "the goal {goal} needs {name}", told),
                loc=(told["name"],),
                input=None,
            )
            for told in ({"goal": repr(goal), "name": name} for name in names)
        ],
    )
