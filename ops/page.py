"""What a view returns: values that are rendered once to HTML and once to PDF.

A page knows no HTML and no plotting library. Everything here is frozen and round-trips through
JSON, since a run stores its page.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Level = Literal["good", "warn", "bad", "info"]
Cell = str | float | int | bool | None


class PageValue(BaseModel):
    """Base of all page values: frozen, no unknown fields, NaN becomes null."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


class Verdict(PageValue):
    """One sentence with the number and the comparison, and how bad it is."""

    level: Level = Field(description="How good or bad it is; info judges nothing.")
    sentence: str = Field(description="The claim, with its number and what it is compared to.")


class Figure(PageValue):
    """One number with its unit and interval."""

    kind: Literal["figure"] = Field(default="figure", description="Kind of block.")
    label: str = Field(description="What the number is.")
    value: float | None = Field(description="The number; null if undefined.")
    unit: str = Field(default="", description="Unit; empty if it has none.")
    lower: float | None = Field(default=None, description="Lower bound; null if it has none.")
    upper: float | None = Field(default=None, description="Upper bound; null if it has none.")
    decimals: int = Field(default=3, ge=0, le=12, description="Decimals to show.")


class Text(PageValue):
    """A paragraph."""

    kind: Literal["text"] = Field(default="text", description="Kind of block.")
    text: str = Field(description="The paragraph.")


class Column(PageValue):
    """Heading of a table column; numbers are shown with `decimals`."""

    label: str = Field(description="Heading.")
    unit: str = Field(default="", description="Unit of the column; empty if it has none.")
    decimals: int | None = Field(default=None, description="Decimals to show; null: as needed.")


class Table(PageValue):
    """Rows under headings; every row has one cell for each column."""

    kind: Literal["table"] = Field(default="table", description="Kind of block.")
    title: str = Field(description="Title.")
    columns: tuple[Column, ...] = Field(description="Headings, in order.")
    rows: tuple[tuple[Cell, ...], ...] = Field(description="One cell for each column.")


class Axis(PageValue):
    """A chart axis; `time` counts microseconds since 1970 UTC."""

    label: str = Field(description="What is measured along it.")
    unit: str = Field(default="", description="Unit; empty if it has none.")
    scale: Literal["linear", "log", "time", "category"] = Field(
        default="linear", description="How values are placed; time is microseconds since 1970 UTC."
    )


class Layer(PageValue):
    """One drawn thing; a `rule` is a line across the chart at each value of `y` (or `x`)."""

    mark: Literal["line", "points", "bars", "band", "rule"] = Field(description="How it is drawn.")
    label: str = Field(description="Name in the legend.")
    x: tuple[float | str | None, ...] = Field(default=(), description="Places along x.")
    y: tuple[float | None, ...] = Field(default=(), description="Heights, one for each x.")
    y2: tuple[float | None, ...] = Field(default=(), description="Upper side of a band.")
    role: Literal["data", "limit", "spec", "center", "fit", "event", "signal"] = Field(
        default="data", description="What it stands for; decides its colour."
    )


class Chart(PageValue):
    """Layers over two axes."""

    kind: Literal["chart"] = Field(default="chart", description="Kind of block.")
    title: str = Field(description="Title.")
    x: Axis = Field(description="Horizontal axis.")
    y: Axis = Field(description="Vertical axis.")
    layers: tuple[Layer, ...] = Field(description="Drawn in this order.")


Block = Annotated[Figure | Text | Table | Chart, Field(discriminator="kind")]


class Section(PageValue):
    """A titled group of blocks."""

    title: str = Field(description="Title.")
    blocks: tuple[Block, ...] = Field(description="In reading order.")


class Page(PageValue):
    """The whole answer of an analysis for a reader: verdicts first, then sections."""

    title: str = Field(description="Title.")
    verdicts: tuple[Verdict, ...] = Field(description="The answer, in sentences.")
    sections: tuple[Section, ...] = Field(default=(), description="The grounds.")
