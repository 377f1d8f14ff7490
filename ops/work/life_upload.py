"""A file of a life test on its way in: read, put into what is there, packed; nothing is stored."""

from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

from ops.db.life_rows import PackedRows, packed
from ops.errors import BadData, Problem
from ops.ingest.file_format import FileFormat
from ops.ingest.life_file import LifeFile, read_life_file
from ops.ingest.life_mapping import LifeMapping
from ops.lifetime.document import LifeTestDocument
from ops.lifetime.row_merge import merged
from ops.lifetime.rows import LifeRows, RowsKind

Mode = Literal["replace", "merge"]
Rejects = Literal["refuse", "leave-out"]
TOLD = 100  # rejected rows that are named in an answer
KEPT = 20  # rejected rows that the revision remembers


@dataclass(frozen=True, slots=True)
class Upload:
    """What is to be done with a file.

    Parameters
    ----------
    mode
        Replace all rows, or merge by unit into those that are there.
    rejects
        Whether rows that are wrong refuse the file, or are left out: what is left out biases a
        life, so that is said on purpose.
    name
        Of the file, for the record.
    """

    file_format: FileFormat
    mapping: LifeMapping
    mode: Mode = "replace"
    rejects: Rejects = "refuse"
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that was read, and the rows that the next revision would have."""

    file: LifeFile
    rows: LifeRows
    packet: PackedRows
    upload: Upload

    @property
    def detail(self) -> dict[str, Any]:
        """What the revision remembers of the file."""
        refused = [f"row {r.row}, {r.column}: {r.reason}" for r in self.file.rejected[:KEPT]]
        told: dict[str, Any] = {"format": self.upload.file_format, "rows": self.file.seen}
        if self.upload.name:
            told["file"] = self.upload.name[:200].replace("\0", "")
        if refused:
            told |= {"left_out": len(self.file.rejected), "refused": refused}
        return told


def prepare(
    stream: BinaryIO,
    upload: Upload,
    kind: RowsKind,
    document: LifeTestDocument,
    stored: LifeRows | None,
) -> Prepared:
    """Read a file and put it into the rows that are stored.

    Raises
    ------
    BadData
        If the file cannot be read, no row is left, or a merge would go backwards in time.
    """
    file = read_life_file(stream, upload.file_format, kind, document, upload.mapping)
    if len(file.rows) == 0:
        told = refusal(file)
        raise told or BadData("the file has no rows", (Problem("/file", "it has no rows"),))
    rows = file.rows
    if upload.mode == "merge" and stored is not None:
        rows = merged(stored, file.rows)
    return Prepared(file, rows, packed(rows), upload)


def refusal(file: LifeFile) -> BadData | None:
    """Tell what refuses a file with wrong rows; None if there are none."""
    if not file.rejected:
        return None
    problems = tuple(
        Problem(f"/rows/{r.row}", f"row {r.row}, {r.column or 'the row'} ({r.value}): {r.reason}")
        for r in file.rejected[:TOLD]
    )
    more = f" (and {len(file.rejected) - 1} more)" if len(file.rejected) > 1 else ""
    mend = "mend the file, or send rejects=leave-out"
    return BadData(f"{problems[0].detail}{more}; {mend}", problems)
