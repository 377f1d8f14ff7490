"""What lots without failures show: lot tolerance percent defective (JESD47)."""

from math import ceil

from scipy import special

from ops.errors import BadData, Problem
from ops.lifetime.planning.binomial import check_share, demonstrated_reliability, units_needed

CONSUMER_RISK = 0.1


def ltpd(units: int, accept: int = 0, *, risk: float = CONSUMER_RISK) -> float:
    """Share of bad units that a sample passes with probability `risk`, exact binomial.

    A sample that has passed shows, with confidence 1 - `risk`, that fewer are bad.

    Examples
    --------
    77 units of one lot, and 231 of three.

    >>> round(100 * ltpd(77), 2), round(100 * ltpd(231), 2)
    (2.95, 0.99)
    """
    check_share(risk, "risk")
    if units < 1:
        said = f"{units} units show nothing: give at least one"
        raise BadData(said, (Problem("/units", said),))
    return 1.0 - demonstrated_reliability(units, accept, 1.0 - risk)


def ltpd_sample_size(share: float, accept: int = 0, *, risk: float = CONSUMER_RISK) -> int:
    """Fewest units for an LTPD, exact binomial; 0.1 for LTPD 10.

    Examples
    --------
    >>> [ltpd_sample_size(0.1, c) for c in (0, 1, 2)]
    [22, 38, 52]
    """
    check_share(share, "share")
    return units_needed(1.0 - share, 1.0 - risk, accept).units


def jesd47_sample_size(share: float, accept: int = 0, *, risk: float = CONSUMER_RISK) -> int:
    """Sample size for an LTPD by the approximation that JESD47 prints.

    ``n >= 0.5 chi2(2 c + 2; risk) (1 / LTPD - 0.5) + c``, chi2 the upper quantile: a good
    approximation of the binomial.

    References
    ----------
    JEDEC JESD47, Stress-test-driven qualification of integrated circuits.

    Examples
    --------
    >>> jesd47_sample_size(0.1), jesd47_sample_size(0.01)
    (22, 230)
    """
    check_share(share, "share")
    half = float(special.gammaincinv(accept + 1, 1.0 - risk))
    return ceil(half * (1.0 / share - 0.5) + accept - 1e-9)
