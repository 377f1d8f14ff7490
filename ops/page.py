"""What a view returns: values that are rendered once to HTML and once to PDF.

A page knows no HTML and no plotting library. Everything here is frozen and round-trips through
JSON, since a run stores its page. Titles and labels are English or the plant's own words; what
holds numbers is a `Phrase`, so that it can be said again in the reader's language.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ops.numeral import plain
from ops.shown_unit import ShownUnit, unitless

Level = Literal["good", "warn", "bad", "info"]
Cell = str | float | int | bool | None


class PageValue(BaseModel):
    """Base of all page values: frozen, no unknown fields, NaN becomes null."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


def _is_default(value: object) -> bool:
    return value is None or value is False  # phrases are many: what says nothing is not stored


def _is_dot(value: object) -> bool:
    return value == "dot"


def is_empty(value: object) -> bool:
    """Whether a value says nothing: it is not stored then."""
    return not value


class Number(PageValue):
    """A number within a phrase."""

    value: float | None = Field(description="The number; null if undefined.")
    decimals: int | None = Field(
        default=None, exclude_if=_is_default, description="Decimals to show; null: as needed."
    )
    percent: bool = Field(
        default=False, exclude_if=_is_default, description="Whether 0.5 is shown as 50 %."
    )

    def __str__(self) -> str:
        """Show it as English does, without grouping."""
        return self.told("")

    def told(self, name: str) -> str:
        """Show it under a name, as of a p-value."""
        if self.value is None:
            return "-"
        if self.percent:
            return f"{plain(100 * self.value, self.decimals)} %"
        return plain(self.value, self.decimals, name)


class Phrase(PageValue):
    """A clause with named places for numbers and names; its template is what gets translated.

    Examples
    --------
    >>> cpk = Number(value=1.08, decimals=2)
    >>> Phrase.of("Cpk {cpk} is below {low}", cpk=cpk, low="1.33").english()
    'Cpk 1.08 is below 1.33'
    """

    template: str = Field(description="English, with {names} for the values.")
    values: dict[str, Number | str] = Field(
        default_factory=dict[str, Number | str], description="What stands at each name."
    )

    @classmethod
    def of(cls, template: str, **values: Number | str) -> "Phrase":
        """Phrase of a template and its values."""
        return cls(template=template, values=values)

    def english(self) -> str:
        """Say it in English."""
        template = unitless(self.template, self.values.get("unit"))
        values = {n: v if isinstance(v, str) else v.told(n) for n, v in self.values.items()}
        return template.format_map(values).replace("= <", "<")


class Subject(PageValue):
    """What a verdict is about; the overview groups and filters by it."""

    site: str | None = Field(default=None, description="Code of the site.")
    characteristic: str | None = Field(default=None, description="Code of the characteristic.")
    factors: dict[str, str] = Field(
        default_factory=dict[str, str], description="The guilty level of a factor: tool, lot ..."
    )
    mechanism: str = Field(
        default="",
        exclude_if=is_empty,
        description="What is wrong with it: two mechanisms of one tool are two alerts.",
    )
    whole: bool = Field(
        default=False,
        exclude_if=is_empty,
        description="One alert for the guilty level and mechanism, whichever of its characteristics"
        " show it.",
    )


class Verdict(PageValue):
    """One sentence with the number and the comparison, and how bad it is."""

    level: Level = Field(description="How good or bad it is; info judges nothing.")
    sentence: str = Field(description="The claim, with its number and what it is compared to.")
    phrases: tuple[Phrase, ...] = Field(
        default=(), description="Its clauses, for other languages; empty: only the sentence."
    )
    subject: Subject | None = Field(default=None, description="What it is about, if one thing.")
    settled: bool = Field(
        default=False,
        exclude_if=_is_default,
        description="Whether the evidence shows that it is over: an open alert of it is closed.",
    )

    @classmethod
    def of(
        cls,
        level: Level,
        *phrases: Phrase,
        subject: Subject | None = None,
        settled: bool = False,
    ) -> "Verdict":
        """Verdict of clauses; the sentence is theirs in English."""
        sentence = "; ".join(p.english() for p in phrases) + "."
        return cls(
            level=level, sentence=sentence, phrases=phrases, subject=subject, settled=settled
        )


class Figure(PageValue):
    """One number with its unit and interval."""

    kind: Literal["figure"] = Field(default="figure", description="Kind of block.")
    label: str = Field(description="What the number is.")
    value: float | None = Field(description="The number; null if undefined.")
    unit: ShownUnit = Field(default="", description="Unit; empty if it has none.")
    lower: float | None = Field(default=None, description="Lower bound; null if it has none.")
    upper: float | None = Field(default=None, description="Upper bound; null if it has none.")
    decimals: int = Field(default=3, ge=0, le=12, description="Decimals to show.")


class Text(PageValue):
    """A paragraph."""

    kind: Literal["text"] = Field(default="text", description="Kind of block.")
    text: str = Field(description="The paragraph.")
    phrases: tuple[Phrase, ...] = Field(
        default=(), description="Its sentences, for other languages; empty: only the text."
    )

    @classmethod
    def of(cls, *phrases: Phrase) -> "Text":
        """Paragraph of sentences; the text is theirs in English."""
        return cls(text=" ".join(p.english() for p in phrases), phrases=phrases)


class Column(PageValue):
    """Heading of a table column; numbers are shown with `decimals`."""

    label: str = Field(description="Heading.")
    unit: ShownUnit = Field(default="", description="Unit of the column; empty if it has none.")
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


class Matrix(PageValue):
    """A heat map: numbers in rows and columns, each printed, tinted by how good it is."""

    kind: Literal["matrix"] = Field(default="matrix", description="Kind of block.")
    title: str = Field(description="Title.")
    corner: str = Field(default="", description="What the rows are.")
    rows: tuple[str, ...] = Field(description="Names of the rows.")
    columns: tuple[Column, ...] = Field(description="Headings, with units.")
    values: tuple[tuple[float | None, ...], ...] = Field(description="One number for each cell.")
    tints: tuple[tuple[int, ...], ...] = Field(
        description="-3 (bad) to 3 (good) for each cell; 0 is neutral."
    )

    def table(self) -> Table:
        """Make a table of the same numbers, without tints."""
        body = tuple((name, *row) for name, row in zip(self.rows, self.values, strict=True))
        return Table(
            title=self.title, columns=(Column(label=self.corner), *self.columns), rows=body
        )


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


Block = Annotated[Figure | Text | Table | Chart | Matrix | Map, Field(discriminator="kind")]


class Section(PageValue):
    """A titled group of blocks."""

    title: str = Field(description="Title.")
    verdict: Verdict | None = Field(default=None, description="What the section comes to.")
    blocks: tuple[Block, ...] = Field(description="In reading order.")


class Page(PageValue):
    """The whole answer of an analysis for a reader: verdicts first, then sections."""

    title: str = Field(description="Title.")
    verdicts: tuple[Verdict, ...] = Field(description="The answer, in sentences.")
    sections: tuple[Section, ...] = Field(default=(), description="The grounds.")
