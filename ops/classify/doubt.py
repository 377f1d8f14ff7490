"""A doubt about a dataset, with its number and its mend."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["refuse", "warn"]


@dataclass(frozen=True, slots=True)
class DataWarning:
    """A doubt about a dataset.

    Parameters
    ----------
    severity
        `refuse`: nothing honest can be learned; `warn`: told beside every score.
    pointer
        Where it stands: ``/columns/torque``, ``/rows``, ``/label``, ``/spec/...``.
    detail
        The fact with its number, and the mend.
    code
        Which check it is: ``one-class``, ``few-of-class``, ``more-features-than-rows``, ...
    """

    severity: Severity
    pointer: str
    detail: str
    code: str
