"""Which bound is given for which data, and why, in words."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ops.errors import BadData, Problem
from ops.lifetime.bounds.scheme import Scheme, scheme_of
from ops.lifetime.data import LifeData

Method = Literal["likelihood-ratio", "calibrated", "pivot", "wald"]
Asked = Literal["auto", "likelihood-ratio", "calibrated", "pivot", "wald"]
MANY = 30  # failures from which the chi-square of the likelihood ratio is good enough
WALD_GOOD, WALD_LEAST = 50, 10  # failures below which Wald is approximate; is not given
UNITS_DRAWN = 10_000_000  # more whole units than this are not drawn

REASONS = {
    "many": "there are 30 failures or more: the likelihood ratio is close to its chi-square",
    "pivot": (
        "fewer than 30 failures, and the test ended at a failure or with all units failed: the"
        " distribution of the pivots is exact"
    ),
    "calibrated": (
        "fewer than 30 failures: the likelihood ratio is compared with its own distribution in"
        " tests drawn from the fit with the same censoring, not with a chi-square"
    ),
    "not drawn": (
        "fewer than 30 failures, but rows stand for parts of units, which cannot be drawn: the"
        " likelihood ratio is compared with a chi-square and is approximate"
    ),
    "asked": "the method was asked for",
    "as in": "the method was asked for, to compare with a report that was made with it",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A method, whether it is approximate for these data, and the reason in words.

    Parameters
    ----------
    scheme
        How the test was watched; None if it is not drawn.
    """

    method: Method
    approximate: bool
    reason: str
    scheme: Scheme | None = None


def choose(data: LifeData, asked: Asked, *, as_in: bool = False) -> Choice:
    """Choose the method for these data, or check the one that was asked for.

    Parameters
    ----------
    as_in
        Whether an old report is reproduced: then Wald bounds are given for few failures too.

    Raises
    ------
    BadData
        If the method that was asked for cannot serve these data; the mend is named.
    """
    if asked == "auto":
        return _automatic(data)
    reason = REASONS["as in" if as_in else "asked"]
    if asked == "likelihood-ratio":
        return Choice(asked, data.failures < MANY, reason)
    if asked == "wald":
        if data.failures < WALD_LEAST and not as_in:
            raise _refused(
                f"Wald bounds of {data.failures:g} failures mislead; ask for 'auto', or say that"
                " an old report is reproduced"
            )
        return Choice(asked, data.failures < WALD_GOOD, reason)
    scheme = scheme_of(data)
    if asked == "pivot" and scheme.kind not in ("complete", "failure-ended"):
        raise _refused(
            "pivots are exact only where all units failed or the test ended at a failure;"
            " ask for 'auto' or 'calibrated'"
        )
    return Choice(asked, False, reason, scheme)


def _automatic(data: LifeData) -> Choice:
    if data.failures >= MANY:
        return Choice("likelihood-ratio", False, REASONS["many"])
    whole = bool(np.allclose(data.weight, np.rint(data.weight), rtol=0.0, atol=1e-9))
    if not whole or data.units > UNITS_DRAWN:
        return Choice("likelihood-ratio", True, REASONS["not drawn"])
    scheme = scheme_of(data)
    if scheme.kind in ("complete", "failure-ended"):
        return Choice("pivot", False, REASONS["pivot"], scheme)
    return Choice("calibrated", False, REASONS["calibrated"], scheme)


def _refused(detail: str) -> BadData:
    return BadData(detail, (Problem("/method", detail),))
