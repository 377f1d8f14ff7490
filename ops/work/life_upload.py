"""A file of a life test on its way in: read, put into what is there, packed; nothing is stored."""

from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

from ops.db.life_rows import PackedRows, packed
from ops.errors import BadData, Problem
from ops.ingest.file_format import FileFormat
from ops.ingest.life_file import LifeFile, read_life_file
from ops.ingest.life_mapping import LifeMapping
from ops.ingest.unpacking import UNPACKING, Unpacking
from ops.lifetime.document import LifeTestDocument
from ops.lifetime.row_merge import merged
from ops.lifetime.rows import LifeRows, RowsKind
from ops.work.file_record import Rejects, record, refusal

Mode = Literal["replace", "merge"]


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
    unpacking
        How much it may unpack to.
    """

    file_format: FileFormat
    mapping: LifeMapping
    mode: Mode = "replace"
    rejects: Rejects = "refuse"
    name: str | None = None
    unpacking: Unpacking = UNPACKING


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
        return record(self.upload.file_format, self.upload.name, self.file.seen, self.file.rejected)


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
    file = read_life_file(
        stream, upload.file_format, kind, document, upload.mapping, upload.unpacking
    )
    if len(file.rows) == 0:
        told = refusal(file.rejected)
        raise told or BadData("the file has no rows", (Problem("/file", "it has no rows"),))
    rows = file.rows
    if upload.mode == "merge" and stored is not None:
        rows = merged(stored, file.rows)
    return Prepared(file, rows, packed(rows), upload)
