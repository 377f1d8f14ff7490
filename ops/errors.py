"""The error tree of the house; it knows no HTTP.

OpsError
├── NotFound        the thing named does not exist, or is outside the caller's sites
├── Conflict        the state of the thing forbids it (edited meanwhile, already there)
├── NotEnoughData   the analysis needs more values than the query found
├── BadData         the input is wrong; every wrong field is named
├── Unknown         nobody knows who is calling
├── Forbidden       the caller's role does not allow it
├── Stale           the thing was edited since the caller read it
├── Unseen          the caller does not say which version of the thing it read
├── TooLarge        more bytes than one call may send
├── TooMany         more calls than one key may make in a while
├── NotReady        a part of the service is missing: database, migration, worker
└── ComputeFailed   a child process ended without a result
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One wrong field: where it stands (JSON pointer) and how to mend it."""

    pointer: str
    detail: str


class OpsError(Exception):
    """Any error that Longrun raises on purpose; its message is fit for a user."""


class NotFound(OpsError):
    """The thing named does not exist."""


class Conflict(OpsError):
    """The present state of the thing forbids the change."""


class NotEnoughData(OpsError):
    """The analysis needs more values than the query found."""


class BadData(OpsError):
    """The input is wrong.

    Parameters
    ----------
    message
        One sentence with the value and the mend.
    problems
        The wrong fields, each with its JSON pointer.
    """

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class Unknown(OpsError):
    """Nobody knows who is calling: no key, or one that is wrong, expired or revoked."""


class Forbidden(OpsError):
    """The caller's role or sites do not allow it."""


class Stale(OpsError):
    """The thing was edited since the caller read it: read it again, then decide."""


class Unseen(OpsError):
    """A change must say which version of the thing it was made from."""


class TooLarge(OpsError):
    """More bytes than one call may send."""


class TooMany(OpsError):
    """More calls than one key may make in a while.

    Parameters
    ----------
    message
        One sentence with the limit.
    retry_after_s
        Whole seconds after which the next call is let in.
    """

    def __init__(self, message: str, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class NotReady(OpsError):
    """A part of the service is missing; the message says how to mend it."""


class ComputeFailed(OpsError):
    """A child process ended without a result: killed, out of memory, out of time."""
