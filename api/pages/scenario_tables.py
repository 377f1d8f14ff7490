"""The parts of a scenario document as tables that can be edited cell by cell.

A cell knows the JSON pointer of its value: an edit of it is the edit ``set`` of the API. Lists
within a part (exceptions by period, tariff steps) are shown, and edited in the document itself.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from solvers.scenario.document import Scenario

PARTS: Mapping[str, str] = {
    "sites": "Sites", "commodities": "Commodities", "demands": "Demand", "lanes": "Lanes",
    "supplies": "Supply", "productions": "Production", "inventories": "Inventory",
    "tool_groups": "Tool groups", "qualifications": "Qualifications", "modes": "Modes",
    "duties": "Duties", "distances": "Distances", "circuities": "Circuity",
    "exchange_rates": "Exchange rates", "periods": "Periods",
}  # fmt: skip
BRIEF, LONG = 25, 500  # rows of a part among others, and of one that is looked at alone
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A value and where it stands; a list within the part is not edited here."""

    text: str
    pointer: str
    plain: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of part as a table; `total` counts what fits the filter, `rows` shows the first."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[SheetCell, ...]], ...]
    total: int


def sheets_of(scenario: Scenario, *, part: str = "", find: str = "") -> list[Sheet]:
    """Tables of the parts that there are.

    Parameters
    ----------
    part
        Only this one, with more rows; empty: all of them.
    find
        Only rows that hold this text, whatever its case.
    """
    names = [part] if part in PARTS else list(PARTS)
    most = LONG if part in PARTS else BRIEF
    made = (_sheet(name, getattr(scenario, name), find.casefold(), most) for name in names)
    return [sheet for sheet in made if sheet.total]


def _sheet(name: str, parts: Iterable[BaseModel], find: str, most: int) -> Sheet:
    rows = [(i, part.model_dump(mode="json")) for i, part in enumerate(parts)]
    rows = [(i, row) for i, row in rows if find in " ".join(map(_text, row.values())).casefold()]
    columns = _columns(rows)
    shown = tuple(
        (i, tuple(SheetCell(_text(row[c]), f"/{name}/{i}/{c}", _plain(row[c])) for c in columns))
        for i, row in rows[:most]
    )
    return Sheet(name, PARTS[name], columns, shown, len(rows))


def _columns(rows: list[tuple[int, dict[str, Any]]]) -> tuple[str, ...]:
    """Columns in which anything stands, and the numbers that one may want to set."""
    names = list(rows[0][1]) if rows else []
    filled = {n for n in names if any(row[n] not in (None, "", [], 0.0) for _, row in rows)}
    return tuple(name for name in names if name in filled)


def _plain(value: Any) -> bool:
    return not isinstance(value, dict | list)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, dict | list):
        text = json.dumps(value, ensure_ascii=False) if value else ""
        return text if len(text) <= _WIDEST else f"{text[:_WIDEST]} …"
    return str(value)
