"""Equivalence: two one-sided tests, so that "no drift" is a finding and not a lack of data.

The null is that the difference lies outside the margin; a small p-value shows that it lies inside.
Beside it stands the test the other way round, that it is larger than the margin. The same holds for
ratios, on the logarithm.

References
----------
Schuirmann (1987), J. Pharmacokinetics and Biopharmaceutics 15(6), 657-680 (two one-sided tests);
Lakens (2017), Social Psychological and Personality Science 8(4), 355-362 (Welch's form);
Wellek (2010), Testing Statistical Hypotheses of Equivalence and Noninferiority, 2nd ed., 6.5.
"""

from dataclasses import dataclass
from math import exp, hypot, isfinite, log

from scipy.special import stdtr, stdtrit

from ops.drift.window_mean import WindowMean
from ops.errors import BadData


@dataclass(frozen=True, slots=True)
class Difference:
    """An estimated difference with its error: what both kinds of test need.

    Parameters
    ----------
    estimate
        Current minus reference.
    error, df
        Standard error and its degrees of freedom; None where chance cannot be told.
    """

    estimate: float
    error: float | None
    df: float


@dataclass(frozen=True, slots=True)
class Compared:
    """A difference (or a ratio) with its interval, tested both ways against a margin.

    Parameters
    ----------
    estimate, lower, upper
        With the two-sided interval; None where chance cannot be told.
    margin
        What counts as nothing: -margin to margin; of a ratio 1/(1 + margin) to 1 + margin.
    exceeds_p
        Of the null that it is within the margin: small means drift.
    equivalent_p
        Of the null that it is outside: small means that there is none; None without a margin.
    lower_p, upper_p
        Of its two one-sided tests: against the lower and the upper end of the margin.
    confidence
        Of the interval; 1 - confidence is the level of the tests.
    """

    estimate: float
    lower: float | None
    upper: float | None
    margin: float
    exceeds_p: float | None
    equivalent_p: float | None
    lower_p: float | None
    upper_p: float | None
    df: float
    confidence: float

    @property
    def is_present(self) -> bool | None:
        """Whether it is beyond the margin; None where chance cannot be told."""
        return None if self.exceeds_p is None else self.exceeds_p <= 1.0 - self.confidence

    @property
    def is_absent(self) -> bool:
        """Whether it is shown to be within the margin."""
        return self.equivalent_p is not None and self.equivalent_p <= 1.0 - self.confidence


def welch(reference: WindowMean, current: WindowMean) -> Difference:
    """Difference of two window means, each with an error of its own (Welch-Satterthwaite).

    Examples
    --------
    >>> two = WindowMean(1.0, 0.3, 9.0, 10.0, 10), WindowMean(2.0, 0.3, 9.0, 10.0, 10)
    >>> welch(*two).df
    18.0
    """
    estimate = current.value - reference.value
    if reference.error is None or current.error is None:
        return Difference(estimate, None, 0.0)
    error = hypot(reference.error, current.error)
    if error <= 0:
        return Difference(estimate, None, 0.0)
    a, b = (reference.error / error) ** 4, (current.error / error) ** 4
    return Difference(estimate, error, round(1.0 / (a / reference.df + b / current.df), 9))


def compare(of: Difference, *, margin: float, confidence: float = 0.95) -> Compared:
    """Test a difference both ways against a margin.

    Parameters
    ----------
    margin
        At least 0, in the unit of the difference.

    Raises
    ------
    BadData
        If `margin` is negative or no number.

    Examples
    --------
    >>> found = compare(Difference(0.1, 0.1, 60.0), margin=0.5)
    >>> found.is_absent, found.is_present
    (True, False)
    """
    if not (isfinite(margin) and margin >= 0):
        raise BadData(f"margin is {margin}; it is a width of at least 0 in the unit of the values")
    d, error, df = of.estimate, of.error, of.df
    if error is None:
        return Compared(d, None, None, margin, None, None, None, None, df, confidence)
    half = float(stdtrit(df, 0.5 + confidence / 2)) * error
    low = float(stdtr(df, -(d + margin) / error))
    high = float(stdtr(df, (d - margin) / error))
    # largest under the null: at the end of the margin that is nearer
    exceeds = float(stdtr(df, -(abs(d) - margin) / error) + stdtr(df, -(abs(d) + margin) / error))
    equivalent = max(low, high) if margin > 0 else None
    return Compared(
        d, d - half, d + half, margin, min(exceeds, 1.0), equivalent, low, high, df, confidence
    )


def compare_ratio(of: Difference, *, margin: float, confidence: float = 0.95) -> Compared:
    """Test a ratio both ways, given the difference of logarithms.

    Parameters
    ----------
    margin
        0.5 means that 1/1.5 to 1.5 counts as nothing.

    Examples
    --------
    >>> compare_ratio(Difference(0.0, 0.1, 60.0), margin=0.5).estimate
    1.0
    """
    if not (isfinite(margin) and margin >= 0):
        raise BadData(f"margin of the ratio is {margin}; it is a share of at least 0, as 0.5")
    found = compare(of, margin=log(1.0 + margin), confidence=confidence)
    lower, upper = (None if x is None else _exp(x) for x in (found.lower, found.upper))
    return Compared(
        _exp(found.estimate), lower, upper, margin, found.exceeds_p, found.equivalent_p,
        found.lower_p, found.upper_p, found.df, confidence,
    )  # fmt: skip


def _exp(x: float) -> float:
    return exp(min(max(x, -600.0), 600.0))
