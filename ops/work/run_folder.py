"""The folder of a run under way; what killed workers have left of theirs is swept.

Each folder holds a file that its worker keeps locked. The system lets go of a lock when a process
ends, however it ends: a folder whose file can be locked is nobody's any more. Process numbers would
not tell, since they are used again, and are others in a container that shares the folder.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "longrun-run-"
HELD = "held"


@contextmanager
def run_folder() -> Generator[str]:
    """Make a folder among the temporary ones; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=PREFIX) as folder:
        unseen = Path(folder, "unseen")
        with unseen.open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            unseen.rename(Path(folder, HELD))  # only now: nobody finds it before it is locked
            yield folder


def sweep_run_folders() -> int:
    """Remove the folders of workers that are gone; how many. Those of live ones stay."""
    swept = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):  # not ours to open, locked by its worker, or gone meanwhile
            if folder.lstat().st_uid != os.getuid():
                continue
            with Path(folder, HELD).open("rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)
                swept += 1
    return swept
