"""The column mapping of a source: which column of its files means what."""

import re
from datetime import UTC, datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from ops.timing.instant import Instant

EPOCH_SCALE = {"epoch_s": 1_000_000, "epoch_ms": 1_000, "epoch_us": 1, "epoch_ns": 0.001}
DIRECTIVES = frozenset("YymdHIpMSfzbT")
NAMES = {
    "unit_id": "unit_id",
    "position": "position",
    "subgroup": "subgroup",
    "replicate": "replicate",
    "seq": "seq",
    "n": "n",
}

ColumnName = Annotated[str, Field(min_length=1, max_length=200)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FromColumn(_Part):
    """A value that each row carries."""

    column: ColumnName = Field(description="Name of the column.")


class Constant(_Part):
    """A value that is the same for the whole file."""

    constant: ColumnName = Field(description="The value itself.")


class TimeColumn(_Part):
    """Where the time of a measurement stands, and how it is written."""

    column: ColumnName = Field(
        default="time", description="Column of the time, or of the date alone."
    )
    clock: ColumnName | None = Field(
        default=None, description="Column of the time of day, where date and time are split."
    )
    formats: tuple[str, ...] = Field(
        default=("iso",),
        min_length=1,
        max_length=8,
        description="Tried in this order: iso, epoch_s, epoch_ms, epoch_us, epoch_ns, or a"
        " strptime format such as %d.%m.%Y %H:%M:%S.",
    )
    zone: str | None = Field(
        default=None,
        description="IANA zone of times without an offset; without it such rows are rejected.",
    )
    ambiguous: Literal["reject", "first", "second"] = Field(
        default="reject",
        description="What a local time means that occurs twice when clocks go back.",
    )
    earliest: Instant = Field(
        default=datetime(1990, 1, 1, tzinfo=UTC),
        description="Rows before it are rejected: a wrong epoch unit or year.",
    )

    @field_validator("formats")
    @classmethod
    def _known(cls, formats: tuple[str, ...]) -> tuple[str, ...]:
        for text in formats:
            if text == "iso" or text in EPOCH_SCALE:
                continue
            used = re.findall(r"%(.?)", text.replace("%T", "%H:%M:%S"))
            if not used or len(set(used)) < len(used) or not DIRECTIVES.issuperset(used):
                raise ValueError(
                    f"{text!r} is not a time format; use iso, {', '.join(EPOCH_SCALE)} or a"
                    f" strptime format of, once each, %{' %'.join(sorted(DIRECTIVES))}"
                )
        return formats

    @field_validator("zone")
    @classmethod
    def _zone(cls, zone: str | None) -> str | None:
        if zone is not None:
            try:
                ZoneInfo(zone)
            except (KeyError, ValueError, OSError) as error:
                raise ValueError(f"{zone!r} is no IANA zone; write Europe/Berlin or UTC") from error
        return zone


class WideColumn(_Part):
    """One value column of a wide file: a characteristic of its own."""

    column: ColumnName = Field(description="Name of the value column.")
    characteristic: ColumnName = Field(description="Code of the characteristic.")
    unit: str | None = Field(
        default=None, description="Unit of the values; the characteristic's if null."
    )
    position: str | None = Field(default=None, description="Position of these values on the unit.")


class ColumnMapping(_Part):
    """Which column of a file means what; files with the standard names need none.

    A column that has its standard name may be absent, except time, characteristic and value.
    """

    time: TimeColumn = Field(default=TimeColumn(), description="When it was measured.")
    characteristic: FromColumn | Constant = Field(
        default=FromColumn(column="characteristic"), description="What was measured."
    )
    value: ColumnName = Field(default="value", description="Column of the measured value.")
    wide: tuple[WideColumn, ...] = Field(
        default=(), max_length=500, description="Value columns of a wide file, in place of `value`."
    )
    unit: FromColumn | Constant | None = Field(
        default=None, description="Unit of the values, converted to that of the characteristic."
    )
    unit_id: ColumnName = Field(default="unit_id", description="Serial of the unit measured.")
    position: ColumnName = Field(default="position", description="Place on the unit: wire, site.")
    subgroup: ColumnName = Field(default="subgroup", description="Rational subgroup.")
    replicate: ColumnName = Field(
        default="replicate", description="Number of the repeated reading."
    )
    seq: ColumnName = Field(default="seq", description="The source's own sequence number (int64).")
    n: ColumnName = Field(default="n", description="Sample size or area of a count; 1 if absent.")
    factors: dict[ColumnName, ColumnName] | None = Field(
        default=None, description="Factor name to column; null makes every other column a factor."
    )
    ignore: tuple[ColumnName, ...] = Field(default=(), description="Columns that mean nothing.")
    on_unknown_characteristic: Literal["reject"] = Field(
        default="reject", description="Rows of a characteristic that the site lacks are rejected."
    )
    decimal: Literal[".", ","] = Field(default=".", description="Decimal mark of numbers in text.")
    thousands: Literal[".", ",", " ", "'"] | None = Field(
        default=None, description="Mark between groups of three digits."
    )
    delimiter: Literal[",", ";", "\t", "|"] | None = Field(
        default=None, description="Separator of a CSV file; null finds it in the header."
    )
    encoding: str = Field(
        default="utf-8", max_length=40, description="Encoding of a CSV or JSON file."
    )
    skip_lines: int = Field(
        default=0, ge=0, le=1000, description="Lines before the header of a CSV file."
    )

    @field_validator("encoding")
    @classmethod
    def _encoding(cls, encoding: str) -> str:
        try:
            b"a".decode(encoding)
        except UnicodeError:
            return encoding  # of more than one byte a letter: utf-16
        except LookupError as error:
            raise ValueError(f"{encoding!r} is no text encoding; utf-8, cp1252 ...") from error
        return encoding

    @model_validator(mode="after")
    def _consistent(self) -> "ColumnMapping":
        if self.thousands == self.decimal:
            raise ValueError(f"decimal and thousands are both {self.decimal!r}")
        if self.wide and self.unit is not None:
            raise ValueError("unit does not go with wide; give each wide column its unit")
        return self


STANDARD = ColumnMapping()
