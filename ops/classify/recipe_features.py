"""What a dataset tells of a row: measurements before its moment, context, events, ages."""

from typing import Annotated, Literal

from pydantic import Field

from ops.classify.recipe_part import MOST_HOURS, Code, Codes, RecipePart

Aggregate = Literal[
    "last", "mean", "sd", "min", "max", "count", "slope", "share_beyond"
]  # slope: per hour; share_beyond: share of the values beyond the specification limits
Match = Literal["row", "tool"]


class MeasuredFeature(RecipePart):
    """Aggregates of what was measured in a window before the moment.

    The window is ``(moment - hours, moment + until_hours]``; what had not arrived at the moment,
    and a correction that came after it, is not seen.
    """

    kind: Literal["measured"] = "measured"
    name: Code | None = Field(
        default=None, description="Begin of the names of the columns; the code if there is none."
    )
    characteristics: Codes = Field(
        description="Code of the characteristic; several are read as one (the same of several"
        " products)."
    )
    match: Match = Field(
        default="row", description="row: of this unit, lot or slot; tool: of its tool."
    )
    positions: tuple[Code, ...] = Field(
        default=(), max_length=64, description="Only these positions; empty: all."
    )
    each_position: bool = Field(
        default=False, description="A column for each position instead of one over all."
    )
    hours: float | None = Field(
        default=None, gt=0, le=MOST_HOURS,
        description="Length of the window before the moment; empty: no limit (not of a tool).",
    )  # fmt: skip
    until_hours: float = Field(
        default=0.0, ge=-MOST_HOURS, le=MOST_HOURS,
        description="End of the window, counted from the moment; one after it is refused.",
    )  # fmt: skip
    scale: Literal["value", "limits"] = Field(
        default="value", description="value: as measured; limits: 0 in the middle of the"
        " specification limits, -1 and 1 at them.",
    )  # fmt: skip
    aggregates: tuple[Aggregate, ...] = Field(
        default=("mean",), min_length=1, max_length=8, description="A column for each."
    )


class ContextFeature(RecipePart):
    """A context factor of the row (package, material, capillary lot, shift) as a category."""

    kind: Literal["context"] = "context"
    factor: Code = Field(description="Name of the factor.")


class SinceEventFeature(RecipePart):
    """Hours from the last event of some kinds on the row's tool to the moment."""

    kind: Literal["since_event"] = "since_event"
    name: Code | None = Field(default=None, description="Name of the column.")
    events: Codes = Field(description="Kinds of events.")


class EventCountFeature(RecipePart):
    """How many events of some kinds the row's tool had in a window before the moment."""

    kind: Literal["event_count"] = "event_count"
    name: Code | None = Field(default=None, description="Name of the column.")
    events: Codes = Field(description="Kinds of events.")
    hours: float = Field(gt=0, le=MOST_HOURS, description="Length of the window.")


class PartAgeFeature(RecipePart):
    """Age of a part of the tool since it was last changed: hours, or what a counter counted."""

    kind: Literal["part_age"] = "part_age"
    name: Code | None = Field(default=None, description="Name of the column.")
    events: Codes = Field(description="Kinds of events at which the part is changed.")
    per_hour: float | None = Field(
        default=None, gt=0, description="Touch-downs (or other uses) in an hour; empty: hours."
    )
    counter: Code | None = Field(
        default=None, description="Characteristic that counts uses of the tool: what it counted"
        " since the change; instead of `per_hour`.",
    )  # fmt: skip


FeatureRule = Annotated[
    MeasuredFeature | ContextFeature | SinceEventFeature | EventCountFeature | PartAgeFeature,
    Field(discriminator="kind"),
]
