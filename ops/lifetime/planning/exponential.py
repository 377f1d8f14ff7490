"""Tests of a mean time between failures under a constant rate: how long, how many failures."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from ops.errors import BadData, Problem
from ops.lifetime.planning.binomial import check_share
from ops.values import FloatArray

MOST_FAILURES = 10_000


@dataclass(frozen=True, slots=True)
class FixedDurationPlan:
    """A time-terminated test of the mean time between failures (MTBF).

    Parameters
    ----------
    duration
        Total time on test of all units, in multiples of the lower test MTBF.
    accept
        Failures that still pass.
    ratio
        Upper over lower test MTBF: what should pass, over what should not.
    producer, consumer
        Risks that are reached: to fail at the upper, to pass at the lower test MTBF.
    """

    duration: float
    accept: int
    ratio: float
    producer: float
    consumer: float


def mtbf_multiple(confidence: float, failures: int = 0) -> float:
    """Total time on test, over the MTBF that it shows with `failures` by its end.

    chi-square(confidence; 2 failures + 2) / 2, for a test that ends at a time.

    References
    ----------
    NIST/SEMATECH e-Handbook of Statistical Methods, 8.3.1.

    Examples
    --------
    >>> round(mtbf_multiple(0.9), 3), round(mtbf_multiple(0.9, failures=1), 3)
    (2.303, 3.89)
    """
    check_share(confidence, "confidence")
    return float(special.gammaincinv(failures + 1, confidence))


def fixed_duration_plan(ratio: float, producer: float, consumer: float) -> FixedDurationPlan:
    """Shortest test that ends at a time and keeps both risks.

    Parameters
    ----------
    ratio
        Upper over lower test MTBF, > 1.
    producer, consumer
        Largest risks, in (0, 1): to fail units at the upper, to pass units at the lower MTBF.

    Raises
    ------
    BadData
        If the ratio is not above 1, or so near to it that 10000 failures do not tell.

    References
    ----------
    MIL-HDBK-781A (1996), fixed-duration test plans: IX-D to XVII-D are rounded forms of it.

    Examples
    --------
    >>> plan = fixed_duration_plan(3.0, 0.1, 0.1)
    >>> round(plan.duration, 1), plan.accept
    (9.3, 5)
    """
    check_share(producer, "producer")
    check_share(consumer, "consumer")
    if not ratio > 1.0:
        said = f"the upper test MTBF is {ratio:g} times the lower one: it must be above it"
        raise BadData(said, (Problem("/ratio", said),))
    c = _fewest(ratio, producer, consumer)
    duration = float(special.gammaincinv(c + 1, 1.0 - consumer))
    return FixedDurationPlan(
        duration=duration,
        accept=c,
        ratio=ratio,
        producer=float(special.gammainc(c + 1, duration / ratio)),
        consumer=float(special.gammaincc(c + 1, duration)),
    )


def pass_probability_of_mtbf(duration: float, accept: int, mtbf: FloatArray) -> FloatArray:
    """Probability of at most `accept` failures, shape as `mtbf`; both times in one unit."""
    return np.asarray(special.gammaincc(accept + 1, duration / np.asarray(mtbf)), dtype=np.float64)


def _fewest(ratio: float, producer: float, consumer: float) -> int:
    """Fewest failures to accept at which some duration keeps both risks."""
    for begin, end in ((0, 100), (100, 1000), (1000, MOST_FAILURES)):
        accept = np.arange(begin, end)
        shortest = special.gammaincinv(accept + 1, 1.0 - consumer)
        fits = np.flatnonzero(shortest <= ratio * special.gammaincinv(accept + 1, producer))
        if fits.size:
            return int(accept[fits[0]])
    said = f"a ratio of {ratio:g} needs over {MOST_FAILURES} failures: take a larger one"
    raise BadData(said, (Problem("/ratio", said),))
