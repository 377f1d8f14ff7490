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

    level: Level
    sentence: str


class Figure(PageValue):
    """One number with its unit and interval."""

    kind: Literal["figure"] = "figure"
    label: str
    value: float | None
    unit: str = ""
    lower: float | None = None
    upper: float | None = None
    decimals: int = Field(default=3, ge=0, le=12)


class Text(PageValue):
    """A paragraph."""

    kind: Literal["text"] = "text"
    text: str


class Column(PageValue):
    """Heading of a table column; numbers are shown with `decimals`."""

    label: str
    unit: str = ""
    decimals: int | None = None


class Table(PageValue):
    """Rows under headings; every row has one cell for each column."""

    kind: Literal["table"] = "table"
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Axis(PageValue):
    """A chart axis; `time` counts microseconds since 1970 UTC."""

    label: str
    unit: str = ""
    scale: Literal["linear", "log", "time", "category"] = "linear"


class Layer(PageValue):
    """One drawn thing; a `rule` is a line across the chart at each value of `y` (or `x`)."""

    mark: Literal["line", "points", "bars", "band", "rule"]
    label: str
    x: tuple[float | str | None, ...] = ()
    y: tuple[float | None, ...] = ()
    y2: tuple[float | None, ...] = ()
    role: Literal["data", "limit", "spec", "center", "fit", "event", "signal"] = "data"


class Chart(PageValue):
    """Layers over two axes."""

    kind: Literal["chart"] = "chart"
    title: str
    x: Axis
    y: Axis
    layers: tuple[Layer, ...]


Block = Annotated[Figure | Text | Table | Chart, Field(discriminator="kind")]


class Section(PageValue):
    """A titled group of blocks."""

    title: str
    blocks: tuple[Block, ...]


class Page(PageValue):
    """The whole answer of an analysis for a reader: verdicts first, then sections."""

    title: str
    verdicts: tuple[Verdict, ...]
    sections: tuple[Section, ...] = ()
