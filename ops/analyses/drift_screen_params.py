"""Parameters of the drift screen."""

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from ops.analysis import AnalysisParams
from ops.timing.window import LastDuration, Window, duration


class DriftScreenParams(AnalysisParams):
    """What is screened for drift, how it is judged, and what is promised."""

    window: Window = Field(
        default_factory=lambda: LastDuration(last="28d"),
        description="Measurement time that is looked at; drift begins anywhere in it.",
    )
    characteristics: tuple[str, ...] = Field(
        default=(), max_length=10_000, description="Codes; empty means every one of the site."
    )
    stream: str = Field(
        default="tool",
        min_length=1,
        max_length=100,
        description="Factor whose levels are judged apart; findings are of one level each.",
    )
    where: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict[str, tuple[str, ...]],
        description='Levels to keep, e.g. {"line": ["L1"]}.',
    )
    point: str = Field(
        default="1h",
        min_length=1,
        max_length=100,
        description="What makes a point, the mean of its values: a stretch of time, e.g. 1h, or"
        " the name of a factor, e.g. lot.",
    )
    judge_last: str = Field(
        default="7d",
        max_length=20,
        description="Last stretch that is compared with what was before, where no baseline is"
        " approved.",
    )
    relative: bool = Field(
        default=False,
        description="Judge each tool beside the median of the fleet at the same time: what moves"
        " all alike is taken out. Needs 5 tools, else they are judged as they are, and points that"
        " are stretches of time.",
    )
    baselines: bool = Field(
        default=True,
        description="Compare with the approved baseline of a characteristic where there is one.",
    )
    delta: float = Field(
        default=0.1,
        ge=0,
        le=10,
        description="Width of the band in which a mean may wander, as a share of the tolerance.",
    )
    delta_sigma: float = Field(
        default=1.0,
        ge=0,
        le=100,
        description="The same where there are not two limits: in standard deviations of the points"
        " of the baseline.",
    )
    delta_spread: float = Field(
        default=0.25, ge=0, le=10, description="Relative change of the scatter that is allowed."
    )
    near_band: float = Field(
        default=0.25,
        gt=0,
        lt=1,
        description="A value is near a limit in this outer share of the way from the middle to it.",
    )
    delta_near: float = Field(
        default=0.1, ge=0, lt=1, description="Change of the share near a limit that is allowed."
    )
    fdr: float = Field(
        default=0.1,
        gt=0,
        le=0.5,
        description="Share of false findings that is allowed, of all nights and shards together.",
    )
    nights: int = Field(
        default=30, ge=1, le=1000, description="Nights over which that is promised: a month."
    )
    shards: int = Field(
        default=1, ge=1, le=1000, description="Schedules among which the streams are dealt."
    )
    shard: int = Field(default=0, ge=0, lt=1000, description="Which of them this one is, from 0.")
    evidence: Literal["findings", "all"] = Field(
        default="findings",
        description="Of which streams the other methods are asked too: those of the first findings,"
        " or all (5 ms each), which are then counted by method.",
    )
    events: tuple[str, ...] = Field(
        default=(), max_length=100, description="Kinds of events that are matched; empty: all."
    )

    @field_validator("judge_last")
    @classmethod
    def _a_duration(cls, value: str) -> str:
        duration(value)
        return value

    @model_validator(mode="after")
    def _beside_at_a_time(self) -> Self:
        if self.relative and not self.point[0].isdigit():
            said = f"relative needs points of a stretch of time, e.g. 8h, not {self.point!r}"
            raise ValueError(said)
        return self

    @model_validator(mode="after")
    def _one_of_the_shards(self) -> Self:
        if self.shard >= self.shards:
            raise ValueError(f"shard {self.shard} is not below shards {self.shards}; count from 0")
        return self
