"""What a control chart looks like on the wire."""

from pydantic import Field

from api.body import View
from ops.page import Verdict
from ops.page_value import Phrase
from ops.spc.design import ChartKind
from ops.values import MarkKind


class RuleView(View):
    """A run rule and how many points of the window break it."""

    id: str = Field(description="What switches it off: `nelson-7`.")
    name: str = Field(description="Its name: 1 to 8 of Nelson, 1 to 4 of Western Electric.")
    sentence: str = Field(description="What it looks for.")
    points: int = Field(description="Points of the window that break it.")
    is_limit: bool = Field(description="Whether it is that of one point beyond the limits.")


class StageView(View):
    """A stretch of the window with limits of its own."""

    start: int = Field(description="Its first point: microseconds since 1970 UTC.")
    end: int = Field(description="Its last point: microseconds since 1970 UTC.")
    points: int = Field(description="Points in it.")
    center: float | None = Field(description="Centre line; null without a value.")
    sigma: float | None = Field(description="Sigma of a point of size 1; null: not judged.")
    df: float | None = Field(description="Degrees of freedom of sigma; null: not known.")
    estimated_from: int | None = Field(description="Points that the limits come from.")
    lower: float | None = Field(description="Lower control limit, median over its points.")
    upper: float | None = Field(description="Upper control limit, median over its points.")
    level: str | None = Field(description="Level whose frozen limits these are; null: of all.")


class FactorView(View):
    """A factor of the points, each level written once."""

    levels: list[str] = Field(description="Distinct levels.")
    codes: list[int] = Field(description="Level of each point by its place; -1 where it has none.")


class LimitColumns(View):
    """Limits that change from point to point, as columns of the length of the points."""

    center: list[float | None] = Field(description="Centre; null: not judged.")
    lower: list[float | None] = Field(description="Lower limit; null: none.")
    upper: list[float | None] = Field(description="Upper limit; null: none.")


class SumColumns(View):
    """Both sums of a CUSUM in sigmas, as columns of the length of the points."""

    upper: list[float | None] = Field(description="Upper sum.")
    lower: list[float | None] = Field(description="Lower sum, with a minus sign.")


class DrawnPoints(View):
    """The points to draw, as columns of equal length."""

    ts: list[int] = Field(description="Microseconds since 1970 UTC, ascending.")
    value: list[float | None] = Field(description="Plotted statistic; null: none, as without n.")
    size: list[float] | None = Field(description="Values or sample size of each; null: single.")
    limits: LimitColumns | None = Field(description="Null where they are those of the stages.")
    sums: SumColumns | None = Field(description="Null for every kind but cusum.")
    flags: list[int] = Field(description="Rules broken: bit i stands for `rules[i]`.")
    factors: dict[str, FactorView] = Field(description="Factors of each point, by name.")


class SideView(View):
    """A chart of spread beside the main one: its limits judge, no rules."""

    name: str = Field(description="moving range, range or standard deviation.")
    ts: list[int] = Field(description="Microseconds since 1970 UTC, ascending.")
    value: list[float | None] = Field(description="Statistic; null: a range without a neighbour.")
    limits: LimitColumns = Field(description="Limits of each point.")
    beyond: list[int] = Field(description="Drawn points that are beyond a limit, by number.")
    points_beyond: int = Field(description="Points of the window that are.")


class Arl0View(View):
    """Mean number of points between two false alarms of the main chart."""

    value: float | None = Field(description="With these rules and known parameters; null: unknown.")
    method: str = Field(description="How it was found.")
    reason: str | None = Field(description="Why it is unknown.")


class ShortPhaseView(View):
    """What limits from few points do to the distance of false alarms, by the limits alone."""

    points: int = Field(description="Points of the stage with the fewest.")
    median: float = Field(description="Median run length over all such windows.")
    median_known: float = Field(description="Median run length with known parameters.")
    arl0_lower: float = Field(description="ARL0 that one window in ten stays below.")
    arl0_upper: float = Field(description="ARL0 that one window in ten is above.")
    phrase: Phrase = Field(description="All of it in a sentence.")


class CorrelationView(View):
    """Lag-1 correlation of the newest points inside the limits."""

    lag_one: float = Field(description="Correlation, -1 to 1, corrected for its bias.")
    lower: float = Field(description="Lower bound at 95 %.")
    upper: float = Field(description="Upper bound at 95 %.")
    points: int = Field(description="Points that it was taken from.")
    phrase: Phrase | None = Field(description="The warning; null where it is small.")


class ChartEvent(View):
    """An event to be drawn on the axis of time."""

    id: int = Field(description="Number of the event.")
    ts: int = Field(description="Microseconds since 1970 UTC.")
    kind: str = Field(description="What kind of event.")
    tool: str | None = Field(description="Code of the tool.")
    title: str = Field(description="What happened.")


class ChartMark(View):
    """A point that somebody marked, with the newest of its marks."""

    ts: int = Field(description="Microseconds since 1970 UTC.")
    seq: str = Field(description="Its seq.")
    value: float = Field(description="Value in force; of a chart of means the mean drawn there.")
    kind: MarkKind = Field(description="What was said last.")
    is_left_out: bool = Field(description="Whether limits are not estimated from it.")
    is_void: bool = Field(description="Whether it enters no statistics; then it is not drawn.")
    cause: str | None = Field(description="Code of the catalogue: why.")
    action: str | None = Field(description="Code of the catalogue: what was done.")
    note: str = Field(description="In words.")
    person: str = Field(description="Who said it.")
    at: int = Field(description="When it was said: microseconds since 1970 UTC.")


class SpecView(View):
    """Specification limits in force at the end of the window."""

    lower: float | None = Field(description="Lower limit; null if there is none.")
    target: float | None = Field(description="Target; null if there is none.")
    upper: float | None = Field(description="Upper limit; null if there is none.")


class ChartView(View):
    """A control chart."""

    code: str = Field(description="Code of the characteristic.")
    title: str = Field(description="Its name in full.")
    unit: str = Field(description="Unit of what is plotted; empty for shares, counts, sigmas.")
    kind: ChartKind = Field(description="Kind of chart.")
    subgroup: str = Field(description="What makes a point: individuals, column, count:5 ...")
    width: float = Field(description="Limits, in sigmas of the statistic.")
    window_points: int = Field(description="Points of the window, all of them judged.")
    zoom_points: int = Field(description="Points between zoom_start and zoom_end.")
    rules: list[RuleView] = Field(description="The rules, in the order of the bits of `flags`.")
    stages: list[StageView] = Field(description="In time order.")
    points: DrawnPoints = Field(
        description="Extremes of each stretch of time, and every point that breaks a rule."
    )
    sides: list[SideView] = Field(description="Charts of spread beside the main one.")
    arl0: Arl0View = Field(description="Distance of false alarms with the rules switched on.")
    estimator: str | None = Field(description="Estimator of sigma, in words; null: frozen.")
    short_phase: ShortPhaseView | None = Field(description="Null unless limits are of few points.")
    correlation: CorrelationView | None = Field(description="Null with too few points.")
    events: list[ChartEvent] = Field(description="Events of the zoom, the newest 200.")
    marks: list[ChartMark] = Field(description="Marked points of the zoom, the newest 200.")
    spec: SpecView | None = Field(
        description="Null unless single values are drawn: it is for these."
    )
    verdicts: list[Verdict] = Field(description="What it comes to, in sentences.")
