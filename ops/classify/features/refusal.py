"""What of a row is refused, each with the mend."""

from collections.abc import Sequence
from typing import NoReturn

from ops.classify.features.part import InputColumn
from ops.errors import BadData, Problem


def refuse_lacking(columns: Sequence[InputColumn]) -> NoReturn:
    """Refuse a row, or rows, for columns that are not named."""
    problems = tuple(
        Problem(f"/{c.name}", f"send {c.name!r}{_told(c)}, or null if it has no value")
        for c in columns
    )
    raise BadData(f"columns are missing: {', '.join(c.name for c in columns)}", problems)


def refuse_missing(name: str) -> NoReturn:
    """Refuse a missing value of a column that must have one."""
    text = f"{name!r} has no value, and the model takes none without it: send a number"
    raise BadData(text, (Problem(f"/{name}", text),))


def refuse_level(name: str, level: str, known: Sequence[str]) -> NoReturn:
    """Refuse a text that training has not seen."""
    text = f"{name!r} is {level!r}, which training has not seen: send one of"
    raise BadData(f"{text} {', '.join(known[:20])}", (Problem(f"/{name}", text),))


def _told(column: InputColumn) -> str:
    unit = f" in {column.unit}" if column.unit else ""
    return f"{unit} ({column.note})" if column.note else unit
