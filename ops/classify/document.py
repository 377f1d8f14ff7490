"""What is said of a dataset beside its rows: what a row is, what its columns mean."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

ColumnType = Literal["number", "category", "time", "trace"]
ColumnRole = Literal[
    "feature",  # may be learned from
    "label",  # what is to be predicted: a category, or a number (virtual metrology)
    "time",  # when the row happened: splits are ordered by it
    "known_time",  # when its label became known; empty: not known yet
    "group",  # rows of one group stay together in a split (lot, device)
    "unit",  # key of the row: device, lot; never a feature
    "stratum",  # scores are told for each of its levels too
    "ignore",  # never read: a consequence of the label, an identifier
]


class DatasetColumn(BaseModel):
    """A column: its type, what it is for, its unit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=120, description="Name of the column in the rows.")
    type: ColumnType = Field(default="number", description="What its values are.")
    role: ColumnRole = Field(default="feature", description="What it is for.")
    unit: str = Field(default="", max_length=40, description="Unit of its numbers.")
    description: str = Field(default="", max_length=400, description="What it means.")


class DatasetDocument(BaseModel):
    """A dataset in words: shown on its page and on the card of every model learned from it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    subject: str = Field(default="", max_length=200, description="What a row is: a bond, a lot.")
    columns: tuple[DatasetColumn, ...] = Field(
        default=(), max_length=5000, description="Columns; those of a file that are not named"
        " here are features of the type that their values have.",
    )  # fmt: skip
    positive: str | None = Field(
        default=None, max_length=120, description="Label that counts as the event (fail, abnormal)."
    )
    source: str = Field(default="", max_length=1000, description="Where the rows come from.")
    cautions: tuple[str, ...] = Field(
        default=(), max_length=40, description="What a reader of scores must know of these rows."
    )

    @model_validator(mode="after")
    def _once(self) -> Self:
        names = [c.name for c in self.columns]
        twice = sorted({n for n in names if names.count(n) > 1})
        if twice:
            raise ValueError(f"columns named twice: {', '.join(twice)}")
        for role in ("label", "time", "known_time", "group"):
            having = [c.name for c in self.columns if c.role == role]
            if len(having) > 1:
                raise ValueError(f"one column may be the {role}, here are {', '.join(having)}")
        return self

    def of_role(self, role: ColumnRole) -> tuple[DatasetColumn, ...]:
        """Columns of a role, in the order of the document."""
        return tuple(c for c in self.columns if c.role == role)

    def one(self, role: ColumnRole) -> str | None:
        """Name of the only column of a role; None if there is none."""
        return next((c.name for c in self.columns if c.role == role), None)
