"""Large results: in the database up to 16 MiB, beyond that at a URL that all hosts share."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import fsspec
from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from ops.db.models.work import Artifact
from ops.db.private import keep
from ops.errors import NotFound

IN_DATABASE_BYTES = 16 * 2**20
RESULT = "result.json"  # the whole result of a run whose row cannot hold it


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes with a name and a media type."""

    name: str
    media_type: str
    data: bytes


def store(session: Session, run_id: str, content: Content, *, url: str, now: datetime) -> Artifact:
    """Keep `content` with its run.

    Parameters
    ----------
    url
        fsspec URL of the folder for what is too large for the database.
    """
    small = len(content.data) <= IN_DATABASE_BYTES
    target = None if small else f"{url.rstrip('/')}/{run_id}/{content.name}"
    if target is not None:
        keep(target, content.data)
    artifact = Artifact(
        run_id=run_id,
        name=content.name,
        media_type=content.media_type,
        size=len(content.data),
        sha256=hashlib.sha256(content.data).hexdigest(),
        data=content.data if small else None,
        url=target,
        created_at=now,
    )
    session.add(artifact)
    session.flush()
    return artifact


def of_run(session: Session, run_id: str) -> list[Artifact]:
    """Artifacts of a run by name; their bytes are read only when asked for."""
    query = select(Artifact).where(Artifact.run_id == run_id).order_by(Artifact.name)
    query = query.options(defer(Artifact.data))
    return list(session.scalars(query))


def read(session: Session, run_id: str, name: str) -> Content:
    """One artifact with its bytes.

    Raises
    ------
    NotFound
        If the run has none of this name, or its file is gone.
    """
    query = select(Artifact).where(Artifact.run_id == run_id, Artifact.name == name)
    artifact = session.scalar(query)
    if artifact is None:
        raise NotFound(f"run {run_id} has no artifact {name!r}")
    data = artifact.data
    if data is None and artifact.url is not None:
        try:
            filesystem, path = fsspec.core.url_to_fs(artifact.url)
            data = bytes(filesystem.cat_file(path))
        except FileNotFoundError as error:
            raise NotFound(f"artifact {name!r} of run {run_id} is gone from its store") from error
    return Content(artifact.name, artifact.media_type, data or b"")


def copy(session: Session, source: str, target: str, *, url: str, now: datetime) -> None:
    """Give run `target` its own copy of every artifact of run `source`."""
    for artifact in of_run(session, source):
        store(session, target, read(session, source, artifact.name), url=url, now=now)
