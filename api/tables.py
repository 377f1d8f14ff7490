"""A page as plain text for a terminal."""

from collections.abc import Iterator

from ops.page import Block, Cell, Chart, Column, Figure, Map, Matrix, Page, Table, Text

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
    value = _cell(figure.value, figure.decimals)
    unit = f" {figure.unit}" if figure.unit else ""
    if figure.lower is None and figure.upper is None:
        return f"{figure.label}: {value}{unit}"
    lower, upper = (_cell(x, figure.decimals) for x in (figure.lower, figure.upper))
    return f"{figure.label}: {value}{unit} ({lower} to {upper})"


def _table(table: Table) -> Iterator[str]:
    heads = [f"{c.label} [{c.unit}]" if c.unit else c.label for c in table.columns]
    body = [_row(row, table.columns) for row in table.rows]
    widths = [max(len(r[i]) for r in [heads, *body]) for i in range(len(heads))]
    yield table.title
    for row in [heads, *body]:
        yield "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip()


def _row(row: tuple[Cell, ...], columns: tuple[Column, ...]) -> list[str]:
    return [_cell(v, c.decimals)[:WIDEST] for v, c in zip(row, columns, strict=True)]


def _cell(value: Cell, decimals: int | None) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.6g}" if decimals is None else f"{value:.{decimals}f}"
    return str(value)
