"""The column mapping of a life test's file; files with usual headers need none."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ops.ingest.mapping import ColumnMapping, ColumnName, TimeColumn

LifeRole = Literal[
    "time",
    "lower",
    "upper",
    "status",
    "quantity",
    "mode",
    "group",
    "unit_id",
    "entry",
    "exit",
    "shipped",
    "returned",
    "reported",
    "system",
    "what",
    "start",
    "end",
    "cost",
    "value",
]
StatusMeaning = Literal["failed", "censored", "left", "interval"]
Stressed = Annotated[str, Field(min_length=1, max_length=64)]


class LifeMapping(BaseModel):
    """Which column of a file means what, where its header does not say it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    columns: dict[LifeRole, ColumnName] = Field(
        default={}, description="Role to the header of its column; others are recognised."
    )
    stresses: dict[Stressed, ColumnName] = Field(
        default={}, description="Stress to the header of its column."
    )
    ignore: tuple[ColumnName, ...] = Field(
        default=(), max_length=500, description="Columns that mean nothing."
    )
    status_words: dict[ColumnName, StatusMeaning] = Field(
        default={}, description="What words of the status column mean, beside the usual ones."
    )
    until: date | None = Field(
        default=None, description="Day up to which field returns are known; null: the last one."
    )
    date_formats: tuple[str, ...] = Field(
        default=("iso",), min_length=1, max_length=8, description="As `formats` of a source."
    )
    decimal: Literal[".", ","] = Field(default=".", description="Decimal mark of numbers in text.")
    thousands: Literal[".", ",", " ", "'"] | None = Field(
        default=None, description="Mark between groups of three digits."
    )
    delimiter: Literal[",", ";", "\t", "|"] | None = Field(
        default=None, description="Separator of a CSV file; null finds it in the header."
    )
    encoding: str = Field(default="utf-8", max_length=40, description="Encoding of CSV or JSON.")
    skip_lines: int = Field(
        default=0, ge=0, le=1000, description="Lines before the header of a CSV file or a sheet."
    )

    @model_validator(mode="after")
    def _readable(self) -> "LifeMapping":
        self.reading()
        self.dates("date")
        return self

    def reading(self) -> ColumnMapping:
        """Say how the bytes are read, in the words of the readers."""
        return ColumnMapping(
            decimal=self.decimal,
            thousands=self.thousands,
            delimiter=self.delimiter,
            encoding=self.encoding,
            skip_lines=self.skip_lines,
            factors={},  # any name may come late in a JSON file
        )

    def dates(self, column: str) -> TimeColumn:
        """Say how the dates of a column are written."""
        return TimeColumn(column=column, formats=self.date_formats, zone="UTC")


AS_RECOGNISED = LifeMapping()
