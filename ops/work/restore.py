"""`longrun restore`: everything from a backup, or nothing."""

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import fsspec
from pydantic import ValidationError
from sqlalchemy import inspect, update

from ops.db import snapshot_postgresql, snapshot_sqlite
from ops.db.clock import database_now
from ops.db.engine import Database, is_sqlite
from ops.db.migrate import known
from ops.db.models.work import Worker
from ops.db.private import writing
from ops.db.snapshot import Moved, filled_tables, kind_of
from ops.errors import BadData, Conflict
from ops.work.backup import FORMAT, MANIFEST, Manifest

QUIET = timedelta(seconds=30)  # a worker seen within this time is alive
_PIECE = 1 << 20


def restore(
    database: Database, file: Path, *, artifact_root: str, replace: bool = False
) -> Manifest:
    """Bring back what `file` holds; the database is brought up to this version's revision.

    Parameters
    ----------
    artifact_root
        Where artifacts outside the database go: an fsspec URL.
    replace
        Whether rows that are there may be lost.

    Raises
    ------
    BadData
        If the file is damaged, or not a backup of this kind of database; nothing was touched.
    Conflict
        If the target has rows and `replace` is false, or a worker is alive.
    """
    with _open(file) as archive:
        manifest = _manifest(archive, file)
        _check_fit(manifest, database)
        _check_sums(archive, manifest, file)
        _check_target(database, replace=replace)
        place = _Artifacts(archive, manifest, artifact_root)
        try:
            if is_sqlite(database.engine):
                snapshot_sqlite.load(database, _Members(archive), place.put)
            else:
                snapshot_postgresql.load(database, manifest.database, _Members(archive), place.put)
        except BaseException:
            place.withdraw()
            raise
    _let_rest(database)
    return manifest


class _Members:
    """The members of an archive, piece by piece."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def chunks(self, member: str) -> Iterator[bytes]:
        with self._archive.open(member) as opened:
            while piece := opened.read(_PIECE):
                yield piece


class _Artifacts:
    """The artifacts outside the database: put in place, or taken back."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest, root: str) -> None:
        self._members = _Members(archive)
        self._manifest = manifest
        self._root = root.rstrip("/")
        self._written: list[str] = []

    def put(self) -> Moved:
        old_root = self._manifest.artifact_root.rstrip("/")
        moved: Moved = []
        for artifact in self._manifest.database.artifacts:
            if artifact.member not in self._manifest.sha256:
                continue
            inside = artifact.url.startswith(f"{old_root}/")
            apart = artifact.member.partition("/")[2]
            name = artifact.url.removeprefix(f"{old_root}/") if inside else apart
            url = f"{self._root}/{name}"
            self._write(artifact.member, url)
            moved.append((artifact, url))
        return moved

    def _write(self, member: str, url: str) -> None:
        filesystem, path = fsspec.url_to_fs(url)
        if filesystem.exists(path):
            return  # names are never used twice: it is the same artifact
        self._written.append(url)
        with writing(url) as file:
            for piece in self._members.chunks(member):
                file.write(piece)

    def withdraw(self) -> None:
        for url in self._written:
            filesystem, path = fsspec.url_to_fs(url)
            with suppress(FileNotFoundError):
                filesystem.rm(path)


def _open(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except FileNotFoundError as error:
        raise BadData(f"{file} does not exist") from error
    except (zipfile.BadZipFile, OSError) as error:
        raise BadData(f"{file} is not a Longrun backup, or is cut off: {error}") from error


def _manifest(archive: zipfile.ZipFile, file: Path) -> Manifest:
    try:
        manifest = Manifest.model_validate_json(archive.read(MANIFEST))
    except (KeyError, ValidationError, zipfile.BadZipFile) as error:
        raise BadData(f"{file} is not a Longrun backup: it has no valid {MANIFEST}") from error
    if manifest.format != FORMAT:
        raise BadData(
            f"{file} has format {manifest.format}, this version reads {FORMAT};"
            f" restore it with longrun-ops {manifest.versions.get('longrun-ops')}"
        )
    return manifest


def _check_fit(manifest: Manifest, database: Database) -> None:
    saved, target = manifest.database.kind, kind_of(database)
    if saved != target:
        raise BadData(
            f"this is a backup of {saved}, the target is {target}; a backup goes back into the kind"
            " of database it came from: set LONGRUN_DATABASE_URL accordingly"
        )
    if not known(manifest.database.revision):
        raise BadData(
            f"the backup is at revision {manifest.database.revision}, which this version does not"
            f" know; install longrun-ops {manifest.versions.get('longrun-ops')} or newer"
        )


def _check_sums(archive: zipfile.ZipFile, manifest: Manifest, file: Path) -> None:
    present = set(archive.namelist()) - {MANIFEST}
    if present != set(manifest.sha256):
        odd = sorted(present ^ set(manifest.sha256))
        raise BadData(f"{file} is damaged: {', '.join(odd)} missing or not in its manifest")
    for member, expected in manifest.sha256.items():
        digest = hashlib.sha256()
        try:
            for piece in _Members(archive).chunks(member):
                digest.update(piece)
        except (zipfile.BadZipFile, OSError, EOFError) as error:
            raise BadData(f"{file} is damaged in {member}: {error}") from error
        if digest.hexdigest() != expected:
            raise BadData(f"{file} is damaged: the checksum of {member} is wrong")


def _let_rest(database: Database) -> None:
    """Let the leases of workers in the backup be over: they work elsewhere, or nowhere."""
    with database.write.begin() as session:
        over = database_now(session) - 2 * QUIET
        session.execute(update(Worker).where(Worker.seen_at > over).values(seen_at=over))


def _check_target(database: Database, *, replace: bool) -> None:
    with database.read() as session:
        connection = session.connection()
        filled = filled_tables(connection)
        if inspect(connection).has_table("worker"):
            now: datetime = database_now(session)
            alive = session.query(Worker).where(Worker.seen_at > now - QUIET).count()
            if alive:
                raise Conflict(
                    f"{alive} worker(s) were alive less than {QUIET.seconds} s ago;"
                    " stop the service, then restore"
                )
    if filled and not replace:
        raise Conflict(
            f"the target is not empty ({', '.join(filled)}); restore into an empty database,"
            " or add --replace to lose what is there"
        )
