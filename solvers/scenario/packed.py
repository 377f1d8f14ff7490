"""Archives that are opened only if what is in them fits the memory."""

import io
import zipfile

from solvers.errors import ScenarioError

MOST_BYTES = 1 << 30  # unpacked: a small archive must not fill the memory
BROKEN = (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError)


def refuse_bomb(content: bytes, most: int = MOST_BYTES) -> None:
    """Refuse an archive (a workbook is one) that unpacks to more than `most` bytes.

    Raises
    ------
    ScenarioError
        If it does, or is no ZIP archive.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except BROKEN as error:
        raise ScenarioError(f"this is no ZIP archive that can be read: {error}") from error
    if size > most:
        raise ScenarioError(f"the archive unpacks to {size} bytes, over {most}: split it")
