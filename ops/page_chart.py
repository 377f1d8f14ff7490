"""Charts of a page: layers over two axes, and places and links over a map; no plotting library."""

from typing import Literal

from pydantic import Field

from ops.page_value import Level, PageValue
from ops.shown_unit import ShownUnit


def _is_dot(value: object) -> bool:
    return value == "dot"


class Axis(PageValue):
    """A chart axis; `time` counts microseconds since 1970 UTC."""

    label: str = Field(description="What is measured along it.")
    unit: ShownUnit = Field(default="", description="Unit; empty if it has none.")
    scale: Literal["linear", "log", "time", "category", "weibull", "normal", "logistic"] = Field(
        default="linear",
        description="How values are placed; time is microseconds since 1970 UTC. The last three are"
        " probability paper for the y axis: values are probabilities between 0 and 1, and what"
        " follows that distribution (weibull: over a logarithmic x axis) lies on a straight line.",
    )


class Layer(PageValue):
    """One drawn thing; a `rule` is a line across the chart at each value of `y` (or `x`)."""

    mark: Literal["line", "points", "bars", "spans", "band", "rule"] = Field(
        description="How it is drawn; spans are bars that float between y and y2."
    )
    label: str = Field(description="Name in the legend.")
    x: tuple[float | str | None, ...] = Field(default=(), description="Places along x.")
    y: tuple[float | None, ...] = Field(default=(), description="Heights, one for each x.")
    y2: tuple[float | None, ...] = Field(default=(), description="Other side of a band or span.")
    role: Literal["data", "limit", "spec", "center", "fit", "event", "signal"] = Field(
        default="data", description="What it stands for; decides its colour."
    )
    symbol: Literal["dot", "plus", "arrow"] = Field(
        default="dot",
        exclude_if=_is_dot,
        description="How points are drawn; plus: censored there, arrow: lasted beyond it.",
    )


class Chart(PageValue):
    """Layers over two axes."""

    kind: Literal["chart"] = Field(default="chart", description="Kind of block.")
    title: str = Field(description="Title.")
    x: Axis = Field(description="Horizontal axis.")
    y: Axis = Field(description="Vertical axis.")
    layers: tuple[Layer, ...] = Field(description="Drawn in this order.")


class Place(PageValue):
    """A point of a map."""

    label: str = Field(description="Name.")
    longitude: float = Field(ge=-180, le=180, description="Degrees east.")
    latitude: float = Field(ge=-90, le=90, description="Degrees north.")
    shape: Literal["circle", "square", "diamond", "triangle"] = Field(
        default="circle", description="Symbol: what kind of place it is."
    )
    group: str = Field(default="", description="Kind of the place; the legend names it.")
    size: float = Field(default=0.5, ge=0, le=1, description="Of the symbol, 1 is the largest.")
    level: Level = Field(default="info", description="How good or bad it is.")
    faded: bool = Field(default=False, description="Takes no part.")
    note: str = Field(default="", description="What a pointer over it says.")


class Link(PageValue):
    """A connection on a map between two of its places."""

    origin: int = Field(ge=0, description="Place where it begins, by number.")
    destination: int = Field(ge=0, description="Place where it ends, by number.")
    group: str = Field(default="", description="Mode; the legend names it.")
    width: float = Field(default=0.5, ge=0, le=1, description="1 is the widest.")
    level: Level = Field(default="info", description="bad: at its limit.")
    note: str = Field(default="", description="What a pointer over it says.")


class Map(PageValue):
    """Places and connections over the outlines of countries."""

    kind: Literal["map"] = Field(default="map", description="Kind of block.")
    title: str = Field(description="Title.")
    places: tuple[Place, ...] = Field(description="Points.")
    links: tuple[Link, ...] = Field(default=(), description="Drawn below the points.")
