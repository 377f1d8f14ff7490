"""A page as plain text for a terminal."""

from collections.abc import Iterator
from itertools import zip_longest
from textwrap import wrap

from ops.numeral import plain
from ops.page import Block, Figure, Page, Text
from ops.page_chart import Chart, Map
from ops.page_table import Cell, Column, Matrix, Table

_MARK = {"good": "OK  ", "warn": "WARN", "bad": "BAD ", "info": "    "}
WIDEST = 28


def lines_of(page: Page) -> Iterator[str]:
    """Lines of a page: verdicts first, then every table, figure and text."""
    yield page.title
    yield "=" * len(page.title)
    for verdict in page.verdicts:
        yield f"{_MARK[verdict.level]}  {verdict.sentence}"
    for section in page.sections:
        yield ""
        yield section.title
        yield "-" * len(section.title)
        for block in section.blocks:
            yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Figure():
            yield _figure(block)
        case Text():
            yield block.text
        case Table():
            yield from _table(block)
        case Matrix():
            yield from _table(block.table())
        case Chart():
            yield f"[chart: {block.title}]"
        case Map():
            yield f"[map: {block.title}]"


def _figure(figure: Figure) -> str:
    value = _cell(figure.value, figure.decimals, figure.label)
    unit = f" {figure.unit}" if figure.unit else ""
    if figure.lower is None and figure.upper is None:
        return f"{figure.label}: {value}{unit}"
    lower, upper = (_cell(x, figure.decimals, figure.label) for x in (figure.lower, figure.upper))
    return f"{figure.label}: {value}{unit} ({lower} to {upper})"


def _table(table: Table) -> Iterator[str]:
    heads = [f"{c.label} [{c.unit}]" if c.unit else c.label for c in table.columns]
    body = [line for row in table.rows for line in _lines(row, table.columns)]
    widths = [max(len(r[i]) for r in [heads, *body]) for i in range(len(heads))]
    yield table.title
    for row in [heads, *body]:
        yield "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip()


def _lines(row: tuple[Cell, ...], columns: tuple[Column, ...]) -> Iterator[tuple[str, ...]]:
    """Lines of a row: a text that is wider than its column goes on below, whole."""
    cells = (_cell(v, c.decimals, c.label) for v, c in zip(row, columns, strict=True))
    return zip_longest(*(wrap(cell, WIDEST) or [""] for cell in cells), fillvalue="")


def _cell(value: Cell, decimals: int | None, label: str) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return plain(value, decimals, label)
    return str(value)
