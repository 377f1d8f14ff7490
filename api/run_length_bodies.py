"""Bodies of run lengths: charts in sigmas of the plotted value, and what is asked about them."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from api.body import Body, View
from ops.spc.run_length.autocorrelated import Sigma
from ops.spc.run_length.search import Family, State

RuleSet = Literal["nelson", "western-electric", "limits"]
Number = Annotated[str, Field(pattern=r"^[1-8]$")]
Shift = Annotated[float, Field(ge=-10, le=10)]
Slope = Annotated[float, Field(ge=0.005, le=10)]
Limits = Literal["fixed", "exact"]
Sides = Literal[1, 2]
EXAMPLE: JsonDict = {
    "chart": {"kind": "ewma", "lambda_": 0.1, "width": 2.814},
    "shifts": [0, 0.5, 1],
    "slopes": [0.05],
    "baseline": {"points": 100},
}


class ShewhartBody(Body):
    """A Shewhart chart without further rules."""

    kind: Literal["shewhart"]
    width: float = Field(default=3.0, ge=0.5, le=6, description="Limits, in sigmas.")
    sides: Sides = Field(default=2, description="2, or 1: upper limit only.")


class RulesBody(Body):
    """A Shewhart chart with run rules."""

    kind: Literal["rules"]
    rule_set: RuleSet = Field(default="western-electric", description="The set.")
    names: tuple[Number, ...] = Field(
        default=(), max_length=8, description="Names of the rules in use; none: all of the set."
    )


class EwmaBody(Body):
    """An EWMA chart."""

    kind: Literal["ewma"]
    lambda_: float = Field(default=0.2, ge=0.02, le=1, description="Weight of the newest value.")
    width: float = Field(
        default=2.859, ge=0.5, le=5, description="Limits, in sigmas of the statistic."
    )
    sides: Sides = Field(default=2, description="2, or 1: upper limit only, reset at the target.")
    limits: Limits = Field(
        default="fixed", description="Fixed at the asymptote, or exact: they widen at the start."
    )


class CusumBody(Body):
    """A tabular CUSUM."""

    kind: Literal["cusum"]
    k: float = Field(default=0.5, ge=0.05, le=5, description="Reference value, in sigmas.")
    h: float = Field(default=4.77, ge=0.1, le=20, description="Decision interval, in sigmas.")
    headstart: float = Field(
        default=0.0, ge=0, le=25, description="Where the sums start; at most h / 2 + k."
    )
    sides: Sides = Field(default=2, description="2, or 1: upper sum only.")


ChartBody = Annotated[ShewhartBody | RulesBody | EwmaBody | CusumBody, Field(discriminator="kind")]


class BaselineBody(Body):
    """What the limits were estimated from."""

    points: int = Field(ge=5, le=100_000, description="Plotted points.")
    size: int = Field(
        default=1, ge=1, le=100, description="Values in each; 1: sigma by moving ranges."
    )


class RunLengthDraft(Body):
    """A chart whose run lengths are asked for."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})
    chart: ChartBody = Field(description="The chart, in sigmas of the plotted value.")
    shifts: tuple[Shift, ...] = Field(
        default=(0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0),
        min_length=1,
        max_length=12,
        description="Shifts of the mean, in sigmas of the plotted value.",
    )
    slopes: tuple[Slope, ...] = Field(
        default=(), max_length=3, description="Drifts of the mean, in sigmas a point."
    )
    baseline: BaselineBody | None = Field(default=None, description="If limits are estimated.")
    phi: float = Field(
        default=0.0, ge=-0.95, le=0.95, description="Autocorrelation at lag 1 of the values."
    )
    sigma: Sigma = Field(
        default="marginal",
        description="With phi, Shewhart: limits from the marginal sigma or from moving ranges.",
    )


class RunLengthPoint(View):
    """Run lengths at one shift; null where practically no signal ever comes."""

    shift: float = Field(description="Of the mean, in sigmas of the plotted value.")
    zero_state: float | None = Field(description="Mean, from the start of the chart.")
    steady_state: float | None = Field(
        description="Mean, long after the start and without an alarm before (conditional)."
    )
    quantiles: dict[str, float | None] = Field(description="Of the run length from the start.")


class DriftPoint(View):
    """Run lengths under a linear drift that starts with the chart."""

    slope: float = Field(description="In sigmas a point.")
    mean: float = Field(description="Mean run length.")
    median: float = Field(description="Median run length.")


class EstimatedPoint(View):
    """Distance of false alarms of a chart with estimated limits, over all possible baselines."""

    mean: float | None = Field(description="Null where a few baselines with wide limits decide it.")
    median: float | None = Field(description="Median run length, over baselines and series.")
    arl0: dict[str, float] = Field(
        description="Mean distance of false alarms that a share of baselines stays below."
    )


class RunLengthView(View):
    """Run lengths of one chart."""

    chart: ChartBody = Field(description="The chart.")
    method: str = Field(description="How the numbers were found, and how good they are.")
    points: list[RunLengthPoint] = Field(description="One for each shift.")
    drifts: list[DriftPoint] = Field(description="One for each slope.")
    estimated: EstimatedPoint | None = Field(description="With the baseline, if one was given.")


class RunLengthDesignDraft(Body):
    """What a chart is to promise."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"family": "ewma", "arl0": 500, "shift": 0.5}}
    )
    family: Literal["ewma", "cusum", "shewhart"] = Field(
        default="ewma", description="Family of charts."
    )
    arl0: float = Field(
        default=370.0, ge=5, le=100_000, description="Mean distance of false alarms, in points."
    )
    shift: float = Field(
        default=1.0, ge=0.1, le=10, description="Shift to be found, in sigmas of a plotted value."
    )
    state: State = Field(
        default="zero", description="Shift from the start, or long after it (conditional)."
    )


class RivalView(View):
    """A chart beside the chosen one."""

    family: Family = Field(description="Family.")
    chart: ChartBody = Field(description="The best of its family.")
    arl0: float = Field(description="Mean distance of false alarms.")
    arl1: float | None = Field(description="Mean number of points until the shift is found.")


class RunLengthDesignView(View):
    """The chart that keeps the promise and finds the shift fastest."""

    chosen: RivalView = Field(description="The chart.")
    points: list[RunLengthPoint] = Field(description="Its profile over shifts.")
    rivals: list[RivalView] = Field(description="The best of the other families.")
