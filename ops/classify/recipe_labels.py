"""What is to be predicted of a row: when it happens, and when one knows of it."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ops.classify.recipe_features import Match
from ops.classify.recipe_part import MOST_HOURS, Code, Codes, RecipePart


class _Within(RecipePart):
    """A label from what happens in the window ``(moment + from_hours, ... + horizon_hours]``."""

    from_hours: float = Field(
        default=0.0, ge=-MOST_HOURS, le=MOST_HOURS,
        description="Begin of the label's window, counted from the moment.",
    )  # fmt: skip
    horizon_hours: float = Field(
        gt=0, le=MOST_HOURS,
        description="Length of the label's window; a row whose window has not ended and that has"
        " no event is unknown, not negative.",
    )  # fmt: skip
    settle_hours: float = Field(
        default=0.0, ge=0, le=MOST_HOURS,
        description="So long after its window a row without event is still unknown: late news of"
        " it may come.",
    )  # fmt: skip


class ValueLabel(_Within):
    """A value of a characteristic beyond limits."""

    kind: Literal["value"] = "value"
    characteristics: Codes = Field(description="Codes of the characteristics that are judged.")
    match: Match = Field(default="row", description="row: of this unit or lot; tool: of its tool.")
    positions: tuple[Code, ...] = Field(
        default=(), max_length=64, description="Only these positions; empty: all."
    )
    lower: float | None = Field(default=None, description="A value below it is an event.")
    upper: float | None = Field(
        default=None, description="A value above it is an event; without either limit those of"
        " the specification count.",
    )  # fmt: skip
    guard: float = Field(
        default=1.0, gt=0, le=1,
        description="Part of the specification's width that counts as inside, about its middle;"
        " a limit that stands alone is not moved.",
    )  # fmt: skip
    least: int = Field(
        default=1, ge=1, le=100_000, description="So many values must lie beyond for an event."
    )
    needed: int = Field(
        default=1, ge=0, le=100_000,
        description="So many values must have been measured in the window before a row without"
        " event is negative; with fewer it is unknown.",
    )  # fmt: skip


class NumberLabel(_Within):
    """The value itself, to be predicted as a number (virtual metrology)."""

    kind: Literal["number"] = "number"
    characteristics: Codes = Field(description="Codes of the characteristics.")
    match: Match = Field(default="row", description="row: of this unit or lot; tool: of its tool.")
    positions: tuple[Code, ...] = Field(
        default=(), max_length=64, description="Only these positions; empty: all."
    )
    aggregate: Literal["mean", "min", "max"] = Field(
        default="mean", description="Of the values in the window."
    )
    needed: int = Field(
        default=1, ge=1, le=100_000, description="With fewer values the label is unknown."
    )


class EventLabel(_Within):
    """An event on the row's tool."""

    kind: Literal["event"] = "event"
    events: Codes = Field(description="Kinds of events.")


class FindingLabel(_Within):
    """An alert on the row's tool."""

    kind: Literal["finding"] = "finding"
    characteristics: tuple[Code, ...] = Field(
        default=(), max_length=200, description="Alerts on these characteristics; empty: all."
    )
    confirmed: bool = Field(
        default=False, description="Only alerts that were closed as confirmed: known when closed;"
        " while one is open the row is unknown.",
    )  # fmt: skip


class OutcomeLabel(RecipePart):
    """What an alert was closed as: confirmed or a false alarm; of rows that are alerts."""

    kind: Literal["outcome"] = "outcome"


class LifeLabel(RecipePart):
    """Whether a unit failed in a life test before an age."""

    kind: Literal["life"] = "life"
    life_test: Code = Field(description="Code of the life test; its units are those of the rows.")
    before: float = Field(gt=0, description="Age, in the unit of the life test.")
    modes: tuple[Code, ...] = Field(
        default=(), max_length=100, description="Only failures by these modes; empty: all."
    )


LabelRule = Annotated[
    ValueLabel | NumberLabel | EventLabel | FindingLabel | OutcomeLabel | LifeLabel,
    Field(discriminator="kind"),
]


class LabelNames(RecipePart):
    """How the two classes are called."""

    column: Code = Field(default="label", description="Name of the column.")
    positive: Code = Field(default="yes", description="Class of a row with an event.")
    negative: Code = Field(default="no", description="Class of a row without one.")

    @model_validator(mode="after")
    def _two(self) -> Self:
        if self.positive == self.negative:
            raise ValueError(f"both classes are called {self.positive!r}; give them two names")
        return self
