"""The errors that say the database is away, or too busy: the same statement may succeed later."""

from adbc_driver_manager import Error as AdbcError
from sqlalchemy.exc import DisconnectionError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

AWAY = (OperationalError, InterfaceError, DisconnectionError, PoolTimeout, AdbcError)
