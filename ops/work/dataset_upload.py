"""A file of a dataset on its way in: read, put to what is there, packed; no revision is made."""

from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

from ops.classifier_query import DatasetKind
from ops.classify.checks import inspect
from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.spec import FeatureSpec
from ops.classify.stack import appended
from ops.classify.table import DataTable
from ops.classify.table_summary import summary
from ops.db.dataset_rows import PackedTable, packed
from ops.errors import BadData, Problem
from ops.ingest.dataset_file import read_dataset_file, refuse_name
from ops.ingest.dataset_mapping import DatasetMapping
from ops.ingest.dataset_typed import DatasetFile
from ops.ingest.file_format import FileFormat
from ops.ingest.trace_file import read_trace_file
from ops.ingest.unpacking import UNPACKING, Unpacking
from ops.work.file_record import Rejects, record, refusal

Mode = Literal["replace", "append"]


@dataclass(frozen=True, slots=True)
class Upload:
    """What is to be done with a file.

    Parameters
    ----------
    mode
        Replace all rows, or append those that are not there yet.
    rejects
        Whether rows that are wrong refuse the file, or are left out: what is left out biases a
        score, so that is said on purpose.
    name
        Of the file, for the record.
    unpacking
        How much it may unpack to.
    """

    file_format: FileFormat
    mapping: DatasetMapping
    mode: Mode = "replace"
    rejects: Rejects = "refuse"
    name: str | None = None
    unpacking: Unpacking = UNPACKING


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that was read, and the rows that the next revision would have."""

    file: DatasetFile
    table: DataTable
    document: DatasetDocument
    summary: dict[str, Any]
    upload: Upload
    repeated: int

    @property
    def detail(self) -> dict[str, Any]:
        """What the revision remembers of the file."""
        told = record(self.upload.file_format, self.upload.name, self.file.seen, self.file.rejected)
        if self.repeated:
            told["repeated"] = self.repeated
        return told

    def packet(self, url: str) -> PackedTable:
        """Rows ready to be stored; large ones are written below `url` at once."""
        return packed(self.table, self.summary, url=url)


def prepare(
    stream: BinaryIO,
    upload: Upload,
    kind: DatasetKind,
    document: DatasetDocument,
    stored: DataTable | None,
) -> Prepared:
    """Read a file and put it to the rows that are stored.

    Raises
    ------
    BadData
        If the file cannot be read, no row is left, or its columns are not those that are there.
    """
    refuse_name(upload.name or "")
    more = upload.mode == "append" and stored is not None
    if kind == "traces":
        file = read_trace_file(
            stream, upload.file_format, document, upload.mapping, upload.unpacking
        )
    else:
        file = read_dataset_file(
            stream,
            upload.file_format,
            document,
            upload.mapping,
            partial=more,
            unpacking=upload.unpacking,
        )
    if len(file.table) == 0:
        told = refusal(file.rejected)
        raise told or BadData("the file has no rows", (Problem("/file", "it has no rows"),))
    table, repeated, says = file.table, 0, file.document
    if more and stored is not None:
        table, repeated = appended(stored, file.table)
        says = _both(document, file.document)
    _refuse_positive(table, says)
    told_of_it = described(table, says)
    return Prepared(file, table, says, told_of_it, upload, repeated)


def described(table: DataTable, document: DatasetDocument) -> dict[str, Any]:
    """Summary of rows, and the doubts about them as features of the document."""
    doubts = inspect(table, document, FeatureSpec())
    if table.traces:  # they are no features of a spec: what learns from them needs no others
        doubts = tuple(doubt for doubt in doubts if doubt.code != "spec")
    return summary(table, document, doubts)


def _both(document: DatasetDocument, file: DatasetDocument) -> DatasetDocument:
    """Document of the rows before; roles that the file gives on purpose count."""
    said: dict[str, DatasetColumn] = {c.name: c for c in file.columns}
    columns = tuple(
        c.model_copy(update={"role": said[c.name].role}) if c.name in said else c
        for c in document.columns
    )
    return DatasetDocument.model_validate(
        {**document.model_dump(), "columns": columns, "positive": file.positive}
    )


def _refuse_positive(table: DataTable, document: DatasetDocument) -> None:
    label, positive = document.one("label") or "", document.positive
    if positive is None or label not in table.categories:
        return
    levels = table.categories[label].levels
    if positive not in levels:
        detail = f"{positive!r} is no label of {label!r}; they are {', '.join(levels[:20])}"
        raise BadData(detail, (Problem("/document/positive", detail),))
