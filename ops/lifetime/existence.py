"""Whether the likelihood of a location-scale family has a maximum, and why where it has none."""

from enum import IntEnum

from ops.errors import NotEnoughData


class Reason(IntEnum):
    """Why there is no maximum; `EXISTS` where there is one."""

    EXISTS = 0
    NO_ROWS = 1
    NO_FAILURES = 2
    ALL_BEFORE_READOUT = 3
    ONE_INSTANT = 4
    REVERSE_ORDER = 5
    TRUNCATION = 6
    NOT_CONVERGED = 7

    @property
    def words(self) -> str:
        """State the reason in one sentence."""
        return _WORDS[self]


_WORDS = {
    Reason.EXISTS: "the likelihood has one maximum",
    Reason.NO_ROWS: "there is no unit",
    Reason.NO_FAILURES: "no unit has failed: the likelihood grows with the scale without end",
    Reason.ALL_BEFORE_READOUT: (
        "every unit had failed at its first readout: the likelihood grows without end as the"
        " scale falls to 0"
    ),
    Reason.ONE_INSTANT: (
        "all failures can have come at one instant that no unit outlived: the likelihood grows"
        " without end as the spread falls to 0"
    ),
    Reason.REVERSE_ORDER: (
        "units found failed were looked at no later, on average, than units found alive: the"
        " likelihood grows as the spread grows without end"
    ),
    Reason.TRUNCATION: (
        "given how the units were truncated, the likelihood grows without end towards the edge"
        " of the family"
    ),
    Reason.NOT_CONVERGED: "the climb did not come to rest",
}

_MENDS = {
    Reason.NO_ROWS: "upload some",
    Reason.NO_FAILURES: "run on until some fail, or show a reliability by their time on test",
    Reason.ALL_BEFORE_READOUT: "look earlier at more units",
    Reason.ONE_INSTANT: "look more often, or run more units",
    Reason.REVERSE_ORDER: "look at units alive and failed at the same times",
    Reason.TRUNCATION: "watch units from a lower age on, or to a higher one",
}


class NoMaximum(NotEnoughData):
    """The likelihood has no maximum.

    Parameters
    ----------
    reason
        Why; its `words` are in the message, with what would mend it.
    """

    def __init__(self, reason: Reason) -> None:
        mend = _MENDS.get(reason)
        said = f"no maximum-likelihood estimate exists: {reason.words}"
        super().__init__(f"{said}; {mend}" if mend else said)
        self.reason = reason
