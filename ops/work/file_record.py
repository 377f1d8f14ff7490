"""What is told of a file of rows: why it is refused, and what a revision remembers of it."""

from collections.abc import Sequence
from typing import Any, Literal

from ops.errors import BadData, Problem
from ops.ingest.chunk import Rejected
from ops.ingest.file_format import FileFormat

Rejects = Literal["refuse", "leave-out"]
TOLD = 100  # rejected rows that are named in an answer
KEPT = 20  # rejected rows that the revision remembers


def record(
    file_format: FileFormat, name: str | None, seen: int, rejected: Sequence[Rejected]
) -> dict[str, Any]:
    """Say what a revision remembers of a file: of `seen` rows some were rejected."""
    told: dict[str, Any] = {"format": file_format, "rows": seen}
    if name:
        told["file"] = name[:200].replace("\0", "")
    if rejected:
        refused = [f"row {r.row}, {r.column}: {r.reason}" for r in rejected[:KEPT]]
        told |= {"left_out": len(rejected), "refused": refused}
    return told


def refusal(rejected: Sequence[Rejected]) -> BadData | None:
    """Tell what refuses a file with wrong rows; None if there are none."""
    if not rejected:
        return None
    problems = tuple(
        Problem(f"/rows/{r.row}", f"row {r.row}, {r.column or 'the row'} ({r.value}): {r.reason}")
        for r in rejected[:TOLD]
    )
    more = f" (and {len(rejected) - 1} more)" if len(rejected) > 1 else ""
    mend = "mend the file, or send rejects=leave-out"
    return BadData(f"{problems[0].detail}{more}; {mend}", problems)
