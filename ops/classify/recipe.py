"""How the rows of a dataset are made from the database, as a document."""

from datetime import datetime
from typing import Literal, Self

from pydantic import Field, model_validator

from ops.classify.recipe_features import FeatureRule
from ops.classify.recipe_labels import LabelNames, LabelRule
from ops.classify.recipe_part import MOST_HOURS, Code, RecipePart
from ops.classify.recipe_rows import RowRule
from ops.timing.instant import Instant


class Arrival(RecipePart):
    """When a fact counts as known: when it was committed, or so long after it happened.

    History that was loaded at once was committed long after it happened; by that time no feature
    would be seen. `assumed` takes for it the delay that news has in daily work, which is an
    assumption and is told among the cautions.
    """

    rule: Literal["committed", "assumed"] = Field(
        default="committed", description="committed: when the database learned of it; assumed:"
        " `delay_minutes` after it happened, if the database learned of it later.",
    )  # fmt: skip
    delay_minutes: float = Field(
        default=60.0, ge=0, le=60 * MOST_HOURS, description="Of `assumed`."
    )
    until: Instant | None = Field(
        default=None, description="Of `assumed`: only what was committed up to then, the load of"
        " the history; empty: all.",
    )  # fmt: skip


class DatasetRecipe(RecipePart):
    """Rows, features and label of a dataset that is made from the database of one site."""

    subject: str = Field(default="", max_length=200, description="What a row is.")
    rows: RowRule = Field(description="What a row stands for, and its moment.")
    features: tuple[FeatureRule, ...] = Field(
        min_length=1, max_length=500, description="What is known of a row at its moment."
    )
    label: LabelRule = Field(description="What is to be predicted.")
    names: LabelNames = Field(default=LabelNames(), description="Column and classes of the label.")
    group: Code | None = Field(
        default=None, description="Factor whose levels stay together in a split: tool, lot."
    )
    strata: tuple[Code, ...] = Field(
        default=(), max_length=20, description="Factors for whose levels scores are told too."
    )
    start: Instant | None = Field(
        default=None, description="Only rows whose moment is at or after it."
    )
    end: Instant | None = Field(default=None, description="Only rows whose moment is before it.")
    arrival: Arrival = Field(default=Arrival(), description="When a fact counts as known.")
    waived: tuple[Code, ...] = Field(
        default=(), max_length=100,
        description="Columns that may tell the label alone; without it such a one is refused.",
    )  # fmt: skip
    cautions: tuple[str, ...] = Field(
        default=(), max_length=30, description="What a reader of scores must know of these rows."
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.label.kind == "outcome" and self.rows.kind != "finding":
            raise ValueError("the label 'outcome' is that of an alert; make rows of alerts")
        if self.label.kind == "life" and self.rows.kind != "unit":
            raise ValueError("the label 'life' is that of a unit; make rows of units")
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise ValueError(f"the end {self.end} is not after the start {self.start}")
        return self

    def window(self) -> tuple[datetime | None, datetime | None]:
        """Moments of the rows: half-open, None where there is no bound."""
        return self.start, self.end
