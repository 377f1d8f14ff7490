"""Result of the drift screen: what is stored, exported and shown."""

from typing import Literal

from pydantic import Field

from ops.analysis import AnalysisResult
from ops.drift.evidence import Measure
from ops.page_value import PageValue

Mechanism = Literal["mean", "spread", "near-limit"]
Kind = Literal["trend", "step", "level", "spread", "near-limit"]


class BesideFinding(PageValue):
    """What another method says of the stream of a finding."""

    method: str = Field(description="Name of the method.")
    measure: Measure = Field(
        description="What the estimate is in: the unit of the characteristic (value), that per day,"
        " a share (of Kendall's tau), or a distance without a unit."
    )
    estimate: float | None = Field(description="Size of the effect; null where it has none.")
    lower: float | None = Field(description="Lower bound of its 95 % interval.")
    upper: float | None = Field(description="Upper bound of its 95 % interval.")
    p: float | None = Field(description="p-value of no effect; null: a distance only.")
    since: int | None = Field(description="When it began, microseconds since 1970 UTC.")
    present: bool | None = Field(
        description="Whether the method by itself finds drift, at 5 %; null: it does not say."
    )


class MethodCount(PageValue):
    """Of how many streams a method finds drift by itself."""

    method: str = Field(description="Name of the method.")
    told: int = Field(description="Streams that it was asked of.")
    present: int = Field(description="Those of which it finds drift, at 5 %.")
    within: int = Field(description="Those of them that are streams of findings.")


class DriftFinding(PageValue):
    """A characteristic of a tool that drifted, by one mechanism."""

    site: str = Field(description="Code of the site.")
    level: str = Field(description="The tool: level of the factor whose streams are screened.")
    characteristic: str = Field(description="Code of the characteristic.")
    title: str = Field(description="Its name in full.")
    unit: str = Field(description="Its unit.")
    mechanism: Mechanism = Field(
        description="What moved: the finding is the tool with its mechanism."
    )
    kind: Kind = Field(description="How it moved, by the strongest test.")
    sign: int = Field(description="1 up, -1 down.")
    size: float = Field(
        description="How far: in the unit; of the scatter as a ratio of standard deviations; of"
        " values near a limit as a difference of shares."
    )
    lower: float = Field(description="Lower bound of the size, 95 %, this stream alone.")
    upper: float = Field(description="Upper bound of the size, 95 %, this stream alone.")
    delta: float = Field(description="What counts as nothing, as the size is given.")
    slope: float = Field(description="Median slope of the mean over the window, unit per day.")
    since: int = Field(description="When it began, microseconds since 1970 UTC.")
    p: float = Field(description="p-value of this stream.")
    p_finding: float = Field(
        default=1.0, description="p-value of the tool and mechanism, over its streams."
    )
    n: int = Field(description="Points.")
    autocorrelation: float = Field(description="Of neighbouring points, as reckoned with.")
    event: str = Field(default="", description="Event nearest to its begin; empty if none is near.")
    event_at: int | None = Field(
        default=None, description="When that was, microseconds since 1970 UTC."
    )
    over: str = Field(
        default="", description="Event since which it is shown to be over; empty: it is not."
    )
    beside: tuple[BesideFinding, ...] = Field(
        default=(), description="What other methods say of the means of its points; first findings."
    )


class DriftOver(PageValue):
    """What moved and is back within its band since an event."""

    site: str = Field(description="Code of the site.")
    level: str = Field(description="The tool.")
    characteristic: str = Field(description="Code of the characteristic.")
    title: str = Field(description="Its name in full.")
    unit: str = Field(description="Its unit.")
    mechanism: Mechanism = Field(description="What had moved.")
    event: str = Field(description="Event since which it is over.")
    event_at: int = Field(description="When that was, microseconds since 1970 UTC.")
    shift: float = Field(
        description="Since the event less before the drift: in the unit; of the scatter as a ratio."
    )
    lower: float = Field(description="Lower bound of the shift, 90 %.")
    upper: float = Field(description="Upper bound of the shift, 90 %: two one-sided tests at 5 %.")
    delta: float = Field(description="What counts as nothing, as the shift is given.")
    n: int = Field(description="Points since the event.")


class LeftOutStream(PageValue):
    """A stream that was not judged."""

    characteristic: str = Field(description="Code of the characteristic.")
    level: str = Field(description="The tool.")
    reason: str = Field(description="Why.")
    n: int = Field(description="Points.")


class DriftScreenResult(AnalysisResult):
    """Which tools drifted, by which mechanism, and how many of the findings are false."""

    stream: str = Field(description="Factor whose levels are the tools.")
    streams: int = Field(description="Streams judged: a characteristic of a tool each.")
    tools: int = Field(description="Tools judged.")
    values: int = Field(description="Values judged.")
    points: int = Field(description="Points of a stream, median.")
    tested: int = Field(description="Pairs of a tool and a mechanism that were tested.")
    found: int = Field(description="Pairs of a tool and a mechanism that stand.")
    standing: int = Field(description="Of those, pairs that are not shown to be over.")
    expected_false: float = Field(description="False ones among them, at most, on average.")
    fdr: float = Field(description="Share of false findings that is promised.")
    nights: int = Field(description="Nights for which it is promised.")
    shard: int = Field(description="This shard, from 0.")
    shards: int = Field(description="Shards.")
    night_level: float = Field(description="False discovery rate of this night and shard.")
    findings: tuple[DriftFinding, ...] = Field(
        description="Streams that moved within findings, the smallest p-value first."
    )
    methods: tuple[MethodCount, ...] = Field(
        default=(), description="Each method over all streams; empty unless all were asked."
    )
    over: tuple[DriftOver, ...] = Field(description="Drift that is shown to be over.")
    left_out: tuple[LeftOutStream, ...] = Field(description="Streams that were not judged.")
    left_out_more: int = Field(description="Further ones that are not listed.")
    p_counts: tuple[int, ...] = Field(
        description="Pairs by p-value in 20 classes of equal width from 0 to 1."
    )
