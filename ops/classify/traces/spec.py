"""What a model sees of traces, as data."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

TraceMethod = Literal["summary", "minirocket"]


class TraceSpec(BaseModel):
    """Features of traces.

    `columns` empty: every column of traces of the role `feature`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    method: TraceMethod = Field(
        default="summary",
        description="summary: mean, slope, spread, extremes and the like of each stretch, in the"
        " base; minirocket: about ten thousand shares of convolutions, with the extra [traces].",
    )
    columns: tuple[Annotated[str, Field(min_length=1, max_length=120)], ...] = Field(
        default=(), max_length=64, description="Columns of traces; empty: all of the role feature."
    )
    stretches: int = Field(
        default=8, ge=1, le=64, description="Stretches of equal length that a trace is cut into."
    )
    kernels: int = Field(
        default=10_000, ge=84, le=50_000, description="Features of MiniRocket, a multiple of 84."
    )
    unequal: Literal["refuse", "stretch"] = Field(
        default="refuse",
        description="What MiniRocket does with traces of other lengths: refuse them, or stretch"
        " each to the longest of training. Summaries take any length.",
    )
    seed: int = Field(default=1, ge=0, le=2**31 - 1, description="Of the kernels' thresholds.")
