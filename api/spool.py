"""The body of a request in a temporary file: however large, little of it is in memory at once."""

from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Annotated, Any, BinaryIO, cast

from anyio import to_thread
from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from api.deps import ServicesDep
from ops.db.private import make_folder

_PIECE = 1 << 20
_PARTS = 12


def open_spool(folder: Path) -> BinaryIO:
    """Open a file that has no name: nothing is left behind."""
    make_folder(folder)
    return cast("BinaryIO", TemporaryFile(dir=folder))


async def copy(pieces: AsyncIterator[bytes], spool: BinaryIO) -> None:
    """Write a body into a file, and wind it back."""
    held: list[bytes] = []
    size = 0
    async for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _PIECE:
            await to_thread.run_sync(spool.write, b"".join(held))
            held, size = [], 0
    await to_thread.run_sync(spool.write, b"".join(held))
    spool.seek(0)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent: its bytes, media type and name, both as the caller says."""

    stream: BinaryIO
    media_type: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Spool:
    """What a request holds: the body itself under the name "", or the parts of its form."""

    files: dict[str, Sent]
    fields: dict[str, str]


async def _spool(request: Request, services: ServicesDep) -> AsyncGenerator[Spool]:
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type == "multipart/form-data":
        async with request.form(max_files=_PARTS, max_fields=_PARTS) as form:
            yield _parts(dict(form))
        return
    with open_spool(services.settings.data_dir) as stream:
        await copy(request.stream(), stream)
        yield Spool({"": Sent(stream, media_type)}, {})


SpoolDep = Annotated[Spool, Depends(_spool)]


def _parts(form: dict[str, Any]) -> Spool:
    files = {
        name: Sent(part.file, (part.content_type or "").lower(), part.filename)
        for name, part in form.items()
        if isinstance(part, UploadFile)
    }
    return Spool(files, {name: part for name, part in form.items() if isinstance(part, str)})
