"""The design of a control chart: what is plotted, the frozen limits, the rules that judge.

A design is made from a qualified window (phase I), approved, and from then on used unchanged for
new data (phase II). It is a document: what judges a point on arrival is all in here.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ops.spc.rules import NELSON, Rule

ChartKind = Literal[
    "individuals", "xbar-r", "xbar-s", "three-way", "moving-average", "ewma", "cusum",
    "short-run-nominal", "short-run-standardized", "p", "np", "c", "u", "laney-p", "laney-u",
    "g", "t",
]  # fmt: skip
Disposition = Literal["ok", "warn", "hold"]


class DesignPart(BaseModel):
    """Base of the parts of a design: frozen, finite, nothing unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class StreamLimits(DesignPart):
    """Centre and sigma of one stream, estimated in phase I and frozen."""

    level: str = Field(default="", description="Level of the stream's factor; empty: all of it.")
    center: float = Field(description="Centre of the plotted statistic, in its unit.")
    sigma: float = Field(gt=0, description="Sigma of one plotted value of size 1, in its unit.")
    scale: float = Field(
        default=1.0, gt=0, description="Laney's sigma z of attribute charts; 1 for the others."
    )
    within: float | None = Field(
        default=None, gt=0, description="Three-way: sigma within subgroups, in the unit; or null."
    )
    n: int = Field(ge=1, description="Plotted points that they were estimated from.")
    df: float | None = Field(default=None, gt=0, description="Degrees of freedom of sigma.")


class Excluded(DesignPart):
    """A point that was left out of the estimation of limits, and why."""

    ts: int = Field(description="Microseconds since 1970 UTC.")
    seq: int | None = Field(default=None, description="Sequence of the measurement, if one.")
    value: float = Field(description="Plotted value, in its unit.")
    reason: str = Field(description="Why it was left out: the mark, or the rule that it broke.")


class PhaseOne(DesignPart):
    """Where the limits come from."""

    start: int = Field(description="Begin of the window, microseconds since 1970 UTC.")
    end: int = Field(description="End of the window, not included.")
    points: int = Field(ge=1, description="Plotted points in the window.")
    estimator: str = Field(description="Estimator of sigma, in words.")
    excluded: tuple[Excluded, ...] = Field(default=(), description="Points left out.")
    run_id: str | None = Field(default=None, description="Run that estimated them, if one did.")


class PartTarget(DesignPart):
    """What a short-run chart takes from each value of one part or product."""

    level: str = Field(description="Level of the part's factor.")
    target: float = Field(description="Nominal or mean of the part, in the unit.")
    sigma: float | None = Field(
        default=None, gt=0, description="Sigma of the part, in the unit; standardized charts."
    )


class ChartSettings(DesignPart):
    """A design without its limits: what is plotted and which rules judge."""

    kind: ChartKind = Field(default="individuals", description="Kind of chart.")
    stream: str = Field(
        default="tool", max_length=100, description="Factor whose levels are judged apart; or none."
    )
    where: dict[str, tuple[str, ...]] = Field(
        default_factory=dict[str, tuple[str, ...]], description="Levels that the chart is about."
    )
    subgroup: str = Field(
        default="individuals",
        pattern=r"^(individuals|column|unit|count:[1-9]\d{0,3}|factor:[^\x00]{1,100}|gap:[1-9]\d{0,6})$",
        description="Rational subgroup: individuals, column, unit, count:5, factor:lot, or gap:1800"
        " (a new one after so many seconds without a value).",
    )
    rules: tuple[Rule, ...] = Field(default=NELSON, max_length=16, description="Rules in use.")
    holds: tuple[str, ...] = Field(
        default=("1",), description="Names of the rules that hold the lot; the others warn."
    )
    width: float = Field(
        default=3.0, gt=0, le=10, description="Limits, in sigmas of the statistic."
    )
    lambda_: float = Field(default=0.2, gt=0, le=1, description="EWMA: weight of the newest value.")
    k: float = Field(default=0.5, gt=0, le=5, description="CUSUM: reference value, in sigmas.")
    h: float = Field(default=4.77, gt=0, le=50, description="CUSUM: decision interval, in sigmas.")
    headstart: float = Field(default=0.0, ge=0, lt=50, description="CUSUM: where both sums start.")
    span: int = Field(default=5, ge=2, le=100, description="Moving average: its points.")
    probability: bool = Field(
        default=False,
        description="Attribute charts: limits of equal tail probability instead of sigmas.",
    )
    part: str = Field(default="", max_length=100, description="Short run: factor of the part.")
    parts: tuple[PartTarget, ...] = Field(
        default=(), max_length=1000, description="Short run: targets by level of the part."
    )


class ChartDesign(ChartSettings):
    """All that judges one characteristic on one chart."""

    limits: tuple[StreamLimits, ...] = Field(
        min_length=1, description="By level of the stream; the one of level '' serves the others."
    )
    phase_one: PhaseOne | None = Field(default=None, description="Where the limits come from.")

    def limits_of(self, level: str) -> StreamLimits | None:
        """Limits of a level of the stream; None if the design has none for it."""
        found = {limits.level: limits for limits in self.limits}
        return found.get(level, found.get(""))
