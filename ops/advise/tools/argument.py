"""Arguments of the tools: codes, a window, what is asked; nothing that could change anything."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ops.advise.question import Asks

MOST_CHANGES = 8
Code = Annotated[str, Field(max_length=200)]


class ToolArguments(BaseModel):
    """What every tool takes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    asks: tuple[Asks, ...] = Field(
        default=("status",), max_length=5, description="What is wanted of it."
    )
    site: Code = Field(default="", description="Code of the only site; empty: all.")


class StreamArguments(ToolArguments):
    """What a tool about measurements takes."""

    tool: Code = Field(default="", description="Code of the tool, as the question has it.")
    characteristic: Code = Field(default="", description="Code of the characteristic.")
    days: float | None = Field(default=None, gt=0, le=3660, description="How many days back.")


class GaugeArguments(ToolArguments):
    """What a tool about gauges takes."""

    characteristic: Code = Field(default="", description="Code of the characteristic.")


class LifetimeArguments(ToolArguments):
    """What a tool about life tests takes."""

    life_test: Code = Field(default="", description="Code of the life test.")


class PlanArguments(ToolArguments):
    """What a tool about plans and forecasts takes."""

    scenario: Code = Field(default="", description="Code of the scenario.")


class ClassifierArguments(ToolArguments):
    """What a tool about classifiers takes."""

    model: Code = Field(default="", description="Code of the model.")
    dataset: Code = Field(default="", description="Code of the dataset.")


class Change(BaseModel):
    """One change of a plan."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["close-site", "keep-site-open", "demand", "lead-time", "lane-cost",
                  "tool-hours"] = Field(description="What is changed.")  # fmt: skip
    of: Code = Field(
        default="", description="Site, customer or tool group, as the question has it; empty: all."
    )
    percent: float | None = Field(
        default=None, ge=-100, le=1000, description="More (or, negative, less), in percent."
    )


class WhatIfArguments(PlanArguments):
    """What a question about a changed plan takes."""

    changes: tuple[Change, ...] = Field(
        min_length=1, max_length=MOST_CHANGES, description="Changes, one after another."
    )
