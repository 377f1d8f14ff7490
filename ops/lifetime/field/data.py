"""Field returns: what was shipped when, and which of it came back when."""

import hashlib
from dataclasses import dataclass

import numpy as np

from ops.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class FieldData:
    """Cohorts that were shipped, and their returns; days are counted since 1970-01-01.

    A Nevada chart gives returns between two days (a month), dated returns give exact ones.

    Parameters
    ----------
    shipped : shape (k,)
        Day on which each cohort went into service.
    quantity : shape (k,)
        Units of each cohort.
    cohort : shape (m,)
        Index of the cohort that each return row belongs to.
    failed_from, failed_to : shape (m,)
        Days between which the units failed; equal for an exact day.
    reported : shape (m,)
        Day on which the return became known; NaN where nobody noted it.
    returned : shape (m,)
        Units of each return row.
    mode : shape (m,)
        Index into `modes`; -1 where it is not known.
    group : shape (k,)
        Index into `groups` of each cohort.
    until
        Day up to which returns are known.
    """

    shipped: FloatArray
    quantity: FloatArray
    cohort: IntArray
    failed_from: FloatArray
    failed_to: FloatArray
    reported: FloatArray
    returned: FloatArray
    mode: IntArray
    group: IntArray
    until: float
    modes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ("",)

    def fingerprint(self) -> str:
        """SHA-256 of all cohorts and returns: equal data, equal fingerprint."""
        digest = hashlib.sha256(repr((self.modes, self.groups, self.until)).encode())
        columns = (
            self.shipped, self.quantity, self.cohort, self.failed_from, self.failed_to,
            self.reported, self.returned, self.mode, self.group,
        )  # fmt: skip
        for column in columns:
            digest.update(np.ascontiguousarray(column).tobytes())
        return digest.hexdigest()
