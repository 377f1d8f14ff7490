"""Tables of a page: rows under headings, and heat maps."""

from typing import Literal

from pydantic import Field

from ops.page_value import PageValue
from ops.shown_unit import ShownUnit

Cell = str | float | int | bool | None


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
