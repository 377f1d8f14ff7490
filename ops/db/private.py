"""Files that only the user of the service may read, whatever the umask of who started it says."""

import os
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO, cast

import fsspec
from fsspec.implementations.local import LocalFileSystem

_FILE, _FOLDER = 0o600, 0o700


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are not there; one that is there stays as it is."""
    for one in (*reversed(folder.absolute().parents), folder):
        one.mkdir(_FOLDER, exist_ok=True)


def make_file(file: Path) -> None:
    """Make an empty file, unless there is one, without ever opening the one that is there.

    To close a file, however it was opened, gives up all locks that the process holds on it: those
    of SQLite too (https://sqlite.org/howtocorrupt.html, section 2.2).
    """
    if file.exists():
        return
    held, made = mkstemp(dir=file.parent, prefix=f"{file.name}.")
    os.close(held)
    try:
        os.link(made, file)
    except FileExistsError:
        pass  # another was faster
    except OSError:  # a file system without hard links
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _FILE))
    finally:
        Path(made).unlink()


def writing(url: str) -> BinaryIO:
    """Open what is to be kept at an fsspec URL; a folder of this machine is made for it."""
    filesystem, path = fsspec.core.url_to_fs(url, auto_mkdir=True)
    if not isinstance(filesystem, LocalFileSystem):
        filesystem.makedirs(path.rpartition("/")[0], exist_ok=True)
        return cast("BinaryIO", filesystem.open(path, "wb"))
    make_folder(Path(path).parent)
    return cast("BinaryIO", open(path, "wb", opener=_opened))


def keep(url: str, data: bytes) -> None:
    """Write `data` to an fsspec URL."""
    with writing(url) as file:
        file.write(data)


def _opened(path: str, flags: int) -> int:
    return os.open(path, flags, _FILE)
