"""The mapping of a dataset's file: roles of its columns, how its cells are written."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ops.classify.document import ColumnRole
from ops.ingest.mapping import ColumnMapping, ColumnName, TimeColumn

MISSING = ("NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "#N/A", "?", "-")
_Names = Annotated[tuple[ColumnName, ...], Field(max_length=5000)]


class TimeWriting(BaseModel):
    """How times are written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    formats: tuple[str, ...] = Field(
        default=("iso",), min_length=1, max_length=8, description="As `formats` of a source."
    )
    zone: str | None = Field(
        default=None, description="IANA zone of times without an offset; without it they refuse."
    )
    ambiguous: Literal["reject", "first", "second"] = Field(
        default="reject", description="What a local time means that occurs twice."
    )

    def column(self, name: str) -> TimeColumn:
        """Say it of a column, in the words of the readers."""
        return TimeColumn(
            column=name, formats=self.formats, zone=self.zone, ambiguous=self.ambiguous
        )


class TraceColumns(BaseModel):
    """Columns of a long file of traces: a row for each point; null is recognised by its header."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: ColumnName | None = Field(default=None, description="Which trace a row belongs to.")
    order: ColumnName | None = Field(default=None, description="Order of the points of a trace.")
    channel: ColumnName | None = Field(default=None, description="Channel; absent: there is one.")
    value: ColumnName | None = Field(default=None, description="What was measured.")


class DatasetMapping(BaseModel):
    """What the columns of a file are for, and how its cells are written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: ColumnName | None = Field(default=None, description="Column of the labels.")
    positive: str | None = Field(
        default=None, max_length=120, description="Label that counts as the event."
    )
    time: ColumnName | None = Field(default=None, description="Column: when the row happened.")
    known_time: ColumnName | None = Field(
        default=None, description="Column: when its label became known."
    )
    group: ColumnName | None = Field(
        default=None, description="Column: rows of one group stay together in a split."
    )
    unit: _Names = Field(default=(), description="Columns that are keys of the row.")
    stratum: _Names = Field(default=(), description="Columns for whose levels scores are told too.")
    ignore: _Names = Field(default=(), description="Columns that are never read by a model.")
    category: _Names = Field(default=(), description="Columns whose numbers are names, not sizes.")
    missing: tuple[Annotated[str, Field(max_length=40)], ...] = Field(
        default=MISSING, max_length=40, description="Texts that mean: no value, beside an empty one"
    )
    trace: TraceColumns = Field(default=TraceColumns(), description="A long file of traces.")
    times: TimeWriting = Field(default=TimeWriting(), description="How times are written.")
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
    def _readable(self) -> "DatasetMapping":
        self.reading()
        self.times.column("time")
        roles: dict[str, str] = {}
        for role, name in self.roles():
            if roles.setdefault(name, role) != role:
                raise ValueError(f"the column {name!r} cannot be {roles[name]} and {role}")
        return self

    def roles(self) -> Iterator[tuple[ColumnRole, str]]:
        """Each role that is given here, with the name of its column."""
        one: tuple[tuple[ColumnRole, str | None], ...] = (
            ("label", self.label), ("time", self.time), ("known_time", self.known_time),
            ("group", self.group),
        )  # fmt: skip
        for role, name in one:
            if name is not None:
                yield role, name
        many: tuple[tuple[ColumnRole, tuple[str, ...]], ...] = (
            ("unit", self.unit), ("stratum", self.stratum), ("ignore", self.ignore),
        )  # fmt: skip
        for several, names in many:
            for name in names:
                yield several, name

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


AS_WRITTEN = DatasetMapping()
