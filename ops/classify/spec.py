"""What a model sees, as data: columns, missing values, scaling, levels, derived features."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Missing = Literal["median", "mean", "zero", "refuse"]
Scale = Literal["standard", "robust", "none"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class NumberFeature(_Part):
    """A column of numbers as a feature."""

    kind: Literal["number"] = Field(default="number", description="Kind of feature.")
    column: str = Field(min_length=1, description="Name of the column, or of a derived feature.")
    unit: str = Field(default="", description="Unit in which the model expects it.")
    missing: Missing = Field(default="median", description="What stands in for a missing value.")
    flag_missing: bool = Field(
        default=True, description="Whether a 0/1 feature says that it was missing, where any was."
    )
    scale: Scale = Field(default="standard", description="How it is scaled.")


class CategoryFeature(_Part):
    """A column of texts as 0/1 features, one for each frequent level."""

    kind: Literal["category"] = Field(default="category", description="Kind of feature.")
    column: str = Field(min_length=1, description="Name of the column.")
    min_frequency: float = Field(
        default=0.01, ge=0, lt=1, description="Levels rarer than this share become one: 'rare'."
    )
    unknown: Literal["rare", "refuse"] = Field(
        default="rare", description="What a level does that training has not seen."
    )
    reference: bool = Field(
        default=False, description="Leave the most frequent level out, so that the others are told"
        " against it: an unpenalised fit has no single answer otherwise.",
    )  # fmt: skip


class Ratio(_Part):
    """`numerator` / `denominator`."""

    make: Literal["ratio"] = Field(description="How it is made.")
    name: str = Field(min_length=1, description="Name of the new feature.")
    numerator: str = Field(description="Column above the line.")
    denominator: str = Field(description="Column below the line; 0 gives a missing value.")


class Product(_Part):
    """Product of two or more columns, times a factor."""

    make: Literal["product"] = Field(description="How it is made.")
    name: str = Field(min_length=1, description="Name of the new feature.")
    of: tuple[str, ...] = Field(min_length=2, max_length=4, description="Columns.")
    factor: float = Field(default=1.0, description="Constant factor, such as 2 pi / 60.")


class Difference(_Part):
    """`of` minus `minus`."""

    make: Literal["difference"] = Field(description="How it is made.")
    name: str = Field(min_length=1, description="Name of the new feature.")
    of: str = Field(description="Column.")
    minus: str = Field(description="Column that is taken away.")


class LimitByCategory(_Part):
    """How far a column is from a limit that depends on a category: `of` - limit(category)."""

    make: Literal["limit_by_category"] = Field(description="How it is made.")
    name: str = Field(min_length=1, description="Name of the new feature.")
    of: str = Field(description="Column, or an earlier derived feature.")
    category: str = Field(description="Column of texts that chooses the limit.")
    limits: dict[str, float] = Field(min_length=1, description="Limit of each level.")
    relative: bool = Field(default=True, description="Divide by the limit: of / limit - 1.")


class Lag(_Part):
    """Value of an earlier row, within a group, in the order of the time column."""

    make: Literal["lag"] = Field(description="How it is made.")
    name: str = Field(min_length=1, description="Name of the new feature.")
    of: str = Field(description="Column.")
    rows: int = Field(default=1, ge=1, le=1000, description="How many rows before.")
    by: str | None = Field(default=None, description="Column of texts: lags stay within a level.")


class Rolling(_Part):
    """Statistic of the rows before this one (itself left out), within a group, by time."""

    make: Literal["rolling"] = Field(description="How it is made.")
    name: str = Field(min_length=1, description="Name of the new feature.")
    of: str = Field(description="Column.")
    rows: int = Field(default=10, ge=2, le=10_000, description="How many rows before.")
    statistic: Literal["mean", "sd", "min", "max", "slope"] = Field(
        default="mean", description="Which statistic."
    )
    by: str | None = Field(default=None, description="Column of texts: stays within a level.")


class TimeSince(_Part):
    """Hours since the last time at which a category had a level (event), or since a time column."""

    make: Literal["time_since"] = Field(description="How it is made.")
    name: str = Field(min_length=1, description="Name of the new feature.")
    since: str = Field(description="Column of times of the last event before the row.")


DerivedFeature = Annotated[
    Ratio | Product | Difference | LimitByCategory | Lag | Rolling | TimeSince,
    Field(discriminator="make"),
]
RawFeature = Annotated[NumberFeature | CategoryFeature, Field(discriminator="kind")]


class FeatureSpec(_Part):
    """Features of a model.

    `features` empty: every column of the role `feature`, by its type, with the defaults of its
    kind. `derived` are made first, in their order, and may use earlier ones; each is a number
    feature with the defaults unless `features` names it.
    """

    features: tuple[RawFeature, ...] = Field(
        default=(), max_length=5000, description="Columns as features; empty: all of the role."
    )
    derived: tuple[DerivedFeature, ...] = Field(
        default=(), max_length=200, description="Features made of columns, from a fixed list."
    )
    drop: tuple[str, ...] = Field(
        default=(), max_length=5000, description="Columns and derived features to leave out."
    )

    @model_validator(mode="after")
    def _once(self) -> Self:
        for kind, names in (
            ("features", [f.column for f in self.features]),
            ("derived", [d.name for d in self.derived]),
        ):
            twice = sorted({n for n in names if names.count(n) > 1})
            if twice:
                raise ValueError(f"{kind} named twice: {', '.join(twice)}")
        return self
