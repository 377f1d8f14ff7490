"""What may go wrong between the client and the service.

LongrunError
├── Unreachable   the service does not answer, although it was asked several times
├── Refused       the service answered with a problem document
├── RunFailed     a run ended without a result
└── StillRunning  a run did not end in the time that the caller gave it
"""

from typing import Any


class LongrunError(Exception):
    """Any error of the client."""


class Unreachable(LongrunError):
    """The service does not answer."""


class Refused(LongrunError):
    """The service answered with a problem document (RFC 9457).

    Parameters
    ----------
    status
        HTTP status.
    problem
        The document: ``type``, ``title``, ``detail``, and ``errors`` with JSON pointers.
    """

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        self.status = status
        self.problem = problem
        wrong = [f"{e.get('pointer') or '/'}: {e.get('detail')}" for e in self.errors]
        detail = problem.get("detail") or problem.get("title") or "no detail was given"
        super().__init__("; ".join([f"{status}: {detail}", *wrong]))

    @property
    def errors(self) -> list[dict[str, Any]]:
        """Wrong fields, each with ``pointer`` and ``detail``."""
        return self.problem.get("errors") or []


class RunFailed(LongrunError):
    """A run failed or was cancelled.

    Parameters
    ----------
    run
        The run as the service describes it.
    """

    def __init__(self, run: dict[str, Any]) -> None:
        self.run = run
        error = run.get("error") or {}
        reason = error.get("message") or run.get("message") or "no reason was given"
        super().__init__(f"run {run['id']} {run['state']}: {reason}")


class StillRunning(LongrunError):
    """A run did not end in time; it goes on."""
