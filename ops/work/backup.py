"""`longrun backup`: one consistent snapshot of everything, while the service runs.

A backup is a zip: the members of `ops.db.snapshot`, each artifact that lies outside the database as
``artifacts/<id>`` (``artifacts/<table>-<id>-<number>`` of a dataset or a model), and last
``manifest.json`` with the SHA-256 of every member.
"""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import fsspec
from pydantic import AwareDatetime, BaseModel, ConfigDict

from ops.db import snapshot_postgresql, snapshot_sqlite
from ops.db.engine import Database, is_sqlite
from ops.db.private import make_file
from ops.db.snapshot import DatabaseFacts
from ops.errors import BadData, Conflict

FORMAT = 1
MANIFEST = "manifest.json"
_PIECE = 1 << 20


class Manifest(BaseModel):
    """What a backup holds and which versions wrote it."""

    model_config = ConfigDict(frozen=True)

    format: int
    made_at: AwareDatetime
    versions: dict[str, str]
    artifact_root: str
    database: DatabaseFacts
    sha256: dict[str, str]  # of every other member
    lost_artifacts: tuple[str, ...] = ()  # deleted by retention after the snapshot was taken


def backup(database: Database, file: Path, *, artifact_root: str, now: datetime) -> Manifest:
    """Write a backup to `file`, which appears only when it is complete.

    Raises
    ------
    Conflict
        If `file` exists.
    """
    if file.exists():
        raise Conflict(f"{file} exists; choose another name, a backup never overwrites")
    folder = file.absolute().parent
    if not folder.is_dir():
        raise BadData(f"the folder {folder} does not exist")
    with tempfile.TemporaryDirectory(dir=folder, prefix=".longrun-backup-") as place:
        partial = Path(place) / "partial"
        make_file(partial)  # it holds all there is, keys and the words of people among it
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            manifest = _fill(_Writer(archive), database, folder, artifact_root, now)
            archive.writestr(MANIFEST, manifest.model_dump_json(indent=1))
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.rename(file)
    return manifest


def _fill(
    writer: "_Writer", database: Database, folder: Path, artifact_root: str, now: datetime
) -> Manifest:
    if is_sqlite(database.engine):
        facts = snapshot_sqlite.save(database, writer.put, beside=folder)
    else:
        facts = snapshot_postgresql.save(database, writer.put)
    lost: list[str] = []
    for artifact in facts.artifacts:
        try:
            writer.put(artifact.member, _pieces(artifact.url))
        except FileNotFoundError:
            lost.append(artifact.url)
    return Manifest(
        format=FORMAT,
        made_at=now,
        versions={name: version(name) for name in ("longrun-ops", "dbos")},
        artifact_root=artifact_root,
        database=facts,
        sha256=writer.sha256,
        lost_artifacts=tuple(lost),
    )


class _Writer:
    """Writes members and remembers their checksums."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.sha256: dict[str, str] = {}

    def put(self, name: str, chunks: Iterable[bytes]) -> None:
        digest = hashlib.sha256()
        pieces = iter(chunks)
        first = next(pieces, b"")  # before the member is begun: a missing file leaves none
        with self._archive.open(name, "w", force_zip64=True) as member:
            digest.update(first)
            member.write(first)
            for piece in pieces:
                digest.update(piece)
                member.write(piece)
        self.sha256[name] = digest.hexdigest()


def _pieces(url: str) -> Iterator[bytes]:
    filesystem, path = fsspec.url_to_fs(url)
    with filesystem.open(path, "rb") as file:
        while piece := file.read(_PIECE):
            yield piece
