"""The errors that say the database is away, or too busy: the same statement may succeed later."""

import errno
import sqlite3

from adbc_driver_manager import Error as AdbcError
from sqlalchemy.exc import DisconnectionError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

AWAY = (OperationalError, InterfaceError, DisconnectionError, PoolTimeout, AdbcError)
BELOW = (sqlite3.OperationalError, AdbcError)  # of the columnar path, which SQLAlchemy never sees
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FULL = ("disk is full", "disk i/o error", "no space left", "disk quota exceeded")


def is_full(error: Exception) -> bool:
    """Whether there was no room on a disk: that of the database, or that of a temporary file.

    Examples
    --------
    >>> is_full(OSError(errno.ENOSPC, "No space left on device")), is_full(OSError("no such file"))
    (True, False)
    >>> is_full(sqlite3.OperationalError("database or disk is full"))
    True
    """
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    return isinstance(error, (*AWAY, *BELOW)) and any(w in str(error).lower() for w in _FULL)
