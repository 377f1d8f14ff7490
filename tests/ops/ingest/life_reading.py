"""Files of life tests as text, read."""

import io

from ops.ingest.file_format import FileFormat
from ops.ingest.life_file import LifeFile, read_life_file
from ops.ingest.life_mapping import LifeMapping
from ops.lifetime.document import LifeTestDocument
from ops.lifetime.rows import RowsKind


def read(
    text: str | bytes,
    kind: RowsKind = "life",
    *,
    document: LifeTestDocument | None = None,
    file_format: FileFormat = "csv",
    **mapping: object,
) -> LifeFile:
    """Read a file as the text of a CSV, or as bytes of another format."""
    octets = text.encode() if isinstance(text, str) else text
    told = LifeMapping.model_validate(mapping)
    return read_life_file(
        io.BytesIO(octets), file_format, kind, document or LifeTestDocument(), told
    )


def reasons(file: LifeFile) -> dict[int, str]:
    """First reason of each row that was refused."""
    return {one.row: one.reason for one in reversed(file.rejected)}
