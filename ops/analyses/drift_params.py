"""Parameters of the drift analysis, and the data that it asks for."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from ops.analysis import AnalysisParams
from ops.query import MeasurementQuery, ProcessQuery
from ops.timing.window import LastDuration, Window

Code = Annotated[str, Field(min_length=1, max_length=100)]


class DriftParams(AnalysisParams):
    """Parameters of the drift analysis of one characteristic of one tool."""

    window: Window = Field(
        default_factory=lambda: LastDuration(last="90d"),
        description="The record: absolute (start, end), relative (last), shift, or since.",
    )
    characteristic: Code = Field(description="Code of the characteristic.")
    tool: str = Field(
        default="",
        max_length=200,
        description="Level of the stream factor that is judged; empty: all levels together.",
    )
    stream: Code = Field(default="tool", description="Factor whose levels are the tools.")
    where: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict[str, tuple[str, ...]],
        description='Levels to keep, e.g. {"product": ["QFN32"]}.',
    )
    point: str = Field(
        default="unit",
        pattern=r"^(unit|value|[1-9]\d{0,3}(min|h|d))$",
        description="What makes a point, the mean of its values: unit (a device), value, or a"
        " stretch of time such as 8h.",
    )
    delta: float = Field(
        default=0.1,
        gt=0,
        le=10,
        description="Change that counts as nothing, as a share of the tolerance; without two"
        " limits: in standard deviations of the points, tenfold.",
    )
    horizon_days: int = Field(default=90, ge=7, le=365, description="How far to look ahead, days.")
    corrections: str = Field(
        default="",
        max_length=100,
        description="Code of the characteristic that records program offsets; empty: events only.",
    )
    group: tuple[Code, ...] = Field(
        default=(),
        max_length=40,
        description="Further characteristics in the same unit, measured on the same devices; empty:"
        " the positions (wires) of the one.",
    )
    policy: Code = Field(
        default="default", description="Code of the action policy; default: the site's, or ours."
    )
    arl0: float = Field(
        default=5000.0, ge=50, le=20_000, description="Monitors: points to a false alarm."
    )
    confidence: float = Field(default=0.95, ge=0.8, le=0.999, description="Level of intervals.")
    recurrence: bool = Field(
        default=True, description="Whether earlier episodes of the tools are searched."
    )


def needs(params: DriftParams) -> ProcessQuery:
    """Ask for the characteristic of all tools, what happened to them, baselines, the policy."""
    codes = (params.characteristic, params.corrections, *params.group)
    return ProcessQuery(
        MeasurementQuery(
            characteristics=tuple(dict.fromkeys(code for code in codes if code)),
            site=params.site,
            where=dict(params.where),
            factors=tuple(dict.fromkeys((params.stream, "lot"))),
            columns=frozenset({"unit_id", "position"}),
        ),
        events=None,
        marks=True,
        baselines=True,
        policy=params.policy,
    )
