"""A page as a PDF/A report by Typst: cover with the verdicts, then a page for each section.

The template is fixed and takes everything as JSON, so that no text of a user is read as markup.
Equal runs give equal bytes: the date of the document is that on which the run ended.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import matplotlib as mpl
import typst

from api.render.atlas import draw_map
from api.render.figure import FAMILIES, draw
from api.render.words import ABSENT, Words
from ops.page import Block, Figure, Page, Section, Text, Verdict
from ops.page_chart import Chart, Map
from ops.page_table import Cell, Column, Matrix, Table

TEMPLATE = Path(__file__).parents[1] / "templates" / "report.typ"
ON_COVER = 14  # verdicts; the others are in the sections
SHORT = 10  # letters of a column that needs no more room than it takes
_RANK = {"bad": 0, "warn": 1, "info": 2, "good": 3}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a page comes from: what the cover says below the verdicts.

    Parameters
    ----------
    subtitle
        Site and window, in the reader's language.
    facts
        Name and value: run, analysis, fingerprint of the data ...
    at
        When the run ended; the date of the document.
    owner, mark
        Name of the organisation, and its mark as SVG.
    """

    subtitle: str
    facts: tuple[tuple[str, str], ...]
    at: datetime
    owner: str = "Longrun"
    mark: str = ""


def report(page: Page, origin: Origin, words: Words) -> bytes:
    """Write a report.

    Parameters
    ----------
    words
        Language and zone of who reads it. Chinese needs a font of the system that has it; the list
        of those tried is in `api.render.figure.FAMILIES`.
    """
    given = json.dumps(_given(page, origin, words), ensure_ascii=False)
    fonts: Any = [_fonts()]
    pdf: Any = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"report": given},
        pdf_standards="a-2b",
        timestamp=int(origin.at.timestamp()),
        font_paths=fonts,
    )
    return bytes(pdf)


@cache
def _fonts() -> str:
    """Folder of the fonts that matplotlib brings: the same letters on every machine."""
    return str(Path(mpl.get_data_path()) / "fonts" / "ttf")


def _given(page: Page, origin: Origin, words: Words) -> dict[str, Any]:
    at = origin.at.astimezone(UTC)
    verdicts = sorted(page.verdicts, key=lambda v: _RANK[v.level])
    left = len(verdicts) - ON_COVER
    more = words.counted("%(num)s more verdict follows", "%(num)s more verdicts follow", left)
    return {
        "title": words.title(page.title),
        "subtitle": origin.subtitle,
        "author": origin.owner,
        "mark": origin.mark,
        "made-by": f"Longrun {version('longrun-ops')}",
        "date": [at.year, at.month, at.day, at.hour, at.minute, at.second],
        "language": words.language.split("-")[0],
        "fonts": list(FAMILIES),
        "verdicts": [_verdict(v, words) for v in verdicts[:ON_COVER]],
        "more": more if left > 0 else "",
        "facts": [list(fact) for fact in origin.facts],
        "sections": [_section(s, words) for s in page.sections],
    }


def _verdict(verdict: Verdict, words: Words) -> dict[str, str]:
    return {"level": verdict.level, "text": words.verdict(verdict)}


def _section(section: Section, words: Words) -> dict[str, Any]:
    return {
        "title": words.text(section.title),
        "verdict": None if section.verdict is None else _verdict(section.verdict, words),
        "new-page": any(isinstance(b, Chart | Table | Matrix | Map) for b in section.blocks),
        "blocks": [_block(b, words) for b in section.blocks],
    }


def _block(block: Block, words: Words) -> dict[str, Any]:
    if isinstance(block, Table):
        return _table(block, words)
    if isinstance(block, Chart):
        svg = draw(block, words).decode()
        return {"kind": "chart", "title": words.text(block.title), "svg": svg}
    if isinstance(block, Matrix):
        return _table(block.table(), words)
    if isinstance(block, Map):
        svg = draw_map(block, themed=False)
        return {"kind": "chart", "title": words.text(block.title), "svg": svg}
    if isinstance(block, Figure):
        return _figure(block, words)
    return {"kind": "text", "text": _text(block, words)}


def _text(block: Text, words: Words) -> str:
    return " ".join(map(words.phrase, block.phrases)) if block.phrases else words.text(block.text)


def _figure(block: Figure, words: Words) -> dict[str, Any]:
    bounds = [words.labelled(block.label, v, block.decimals) for v in (block.lower, block.upper)]
    bounded = block.lower is not None or block.upper is not None
    return {
        "kind": "figure",
        "label": words.text(block.label),
        "value": words.labelled(block.label, block.value, block.decimals),
        "unit": words.unit(block.unit),
        "interval": " … ".join(bounds) if bounded else "",
    }


def _table(block: Table, words: Words) -> dict[str, Any]:
    numeric = [_is_numeric([row[i] for row in block.rows]) for i in range(_width(block))]
    short = [_is_short([row[i] for row in block.rows]) for i in range(_width(block))]
    return {
        "kind": "table",
        "title": words.text(block.title),
        "columns": [_heading(c, words) for c in block.columns],
        "widths": ["auto" if n or s else "free" for n, s in zip(numeric, short, strict=True)],
        "aligns": ["right" if n else "left" for n in numeric],
        "rows": [
            [_cell(cell, column, words) for cell, column in zip(row, block.columns, strict=True)]
            for row in block.rows
        ],
    }


def _is_numeric(cells: list[Cell]) -> bool:
    """Whether a column has no text; one of nothing but gaps is as narrow as one of numbers."""
    return bool(cells) and not any(isinstance(cell, str | bool) for cell in cells)


def _is_short(cells: list[Cell]) -> bool:
    """Whether a column of text is narrow: codes of periods, kinds, units."""
    return bool(cells) and max(len(str(cell)) for cell in cells) <= SHORT


def _width(block: Table) -> int:
    return len(block.columns)


def _heading(column: Column, words: Words) -> str:
    label = words.text(column.label)
    return f"{label} ({words.unit(column.unit)})" if column.unit else label


def _cell(cell: Cell, column: Column, words: Words) -> str:
    if cell is None:
        return ABSENT
    if isinstance(cell, bool):
        return words.text("yes") if cell else words.text("no")
    if isinstance(cell, int | float):
        return words.labelled(column.label, cell, column.decimals)
    return words.text(cell)
