"""What a control chart looks like on the wire."""

from typing import Literal

from pydantic import Field

from api.body import View
from ops.page import Verdict


class RuleView(View):
    """A run rule and how many points of the window break it."""

    name: str = Field(description="Its name: 1 to 8 of Nelson, 1 to 4 of Western Electric.")
    sentence: str = Field(description="What it looks for.")
    points: int = Field(description="Points of the window that break it.")


class StageView(View):
    """A stretch of the window with limits of its own."""

    start: int = Field(description="Its first point: microseconds since 1970 UTC.")
    end: int = Field(description="Its last point: microseconds since 1970 UTC.")
    points: int = Field(description="Points in it.")
    center: float = Field(description="Centre line.")
    sigma: float | None = Field(description="Sigma of a point of size 1; null: not judged.")
    lower: float | None = Field(description="Lower control limit at the stage's median size.")
    upper: float | None = Field(description="Upper control limit at the stage's median size.")


class FactorView(View):
    """A factor of the points, each level written once."""

    levels: list[str] = Field(description="Distinct levels.")
    codes: list[int] = Field(description="Level of each point by its place; -1 where it has none.")


class DrawnPoints(View):
    """The points to draw, as columns of equal length."""

    ts: list[int] = Field(description="Microseconds since 1970 UTC, ascending.")
    value: list[float] = Field(description="Value, or mean of the subgroup.")
    size: list[float] | None = Field(description="Values behind each mean; null for individuals.")
    flags: list[int] = Field(description="Rules broken: bit i stands for `rules[i]`.")
    factors: dict[str, FactorView] = Field(description="Factors of each point, by name.")


class ChartEvent(View):
    """An event to be drawn on the axis of time."""

    id: int = Field(description="Number of the event.")
    ts: int = Field(description="Microseconds since 1970 UTC.")
    kind: str = Field(description="What kind of event.")
    tool: str | None = Field(description="Code of the tool.")
    title: str = Field(description="What happened.")


class SpecView(View):
    """Specification limits in force at the end of the window."""

    lower: float | None = Field(description="Lower limit; null if there is none.")
    target: float | None = Field(description="Target; null if there is none.")
    upper: float | None = Field(description="Upper limit; null if there is none.")


class ChartView(View):
    """A control chart."""

    code: str = Field(description="Code of the characteristic.")
    title: str = Field(description="Its name in full.")
    unit: str = Field(description="Unit of values and limits.")
    kind: Literal["individuals", "means"] = Field(description="What a point is.")
    window_points: int = Field(description="Points of the window, all of them judged.")
    zoom_points: int = Field(description="Points between zoom_start and zoom_end.")
    rules: list[RuleView] = Field(description="The rules, in the order of the bits of `flags`.")
    stages: list[StageView] = Field(description="In time order.")
    points: DrawnPoints = Field(
        description="Extremes of each stretch of time, and every point that breaks a rule."
    )
    events: list[ChartEvent] = Field(description="Events of the zoom, the newest 200.")
    spec: SpecView | None = Field(description="Null for means: limits are for single values.")
    verdicts: list[Verdict] = Field(description="What it comes to, in sentences.")
