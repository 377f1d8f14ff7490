"""Terms of one row of the log-likelihood of a standard W, in machine code, right in the tails.

With z = (x - mu) / sigma every row is a log-density, a log-survival, a log-cdf or the logarithm of
a difference of cdfs. A point gives (value, slope, curvature) in z. An interval (a, a + d) gives
its value, and slopes and curvatures along the two directions in which a location-scale family
moves: p shifts both ends alike (dz = 1), q stretches them about mu (dz = z). For a point these
are p = g, q = z g, pp = h, pq = z h, qq = z^2 h.

Differences of cdfs are never taken where they cancel: for the extreme value and the logistic they
factor; for the normal a series in the width takes over where the interval is narrow, and the
inverse Mills ratio as a continued fraction far out.
"""

from math import erf, erfc, exp, expm1, log, log1p, pi, sqrt

from ops.compiled import compiled

SEV, NORMAL, LOGISTIC = range(3)  # smallest extreme value, normal, logistic
EXACT, RIGHT, LEFT, INTERVAL = range(4)
ROOT_HALF = sqrt(0.5)
LOG_ROOT_TWO_PI = 0.5 * log(2.0 * pi)
FAR = 6.0  # standard deviations from which the continued fraction serves
FRACTION = 40  # its depth
NARROW = 0.03  # width times slope below which the series serves

Point = tuple[float, float, float]
Cell = tuple[float, float, float, float, float, float]


@compiled
def log_expm1(d: float) -> float:
    """Return log(e^d - 1), d > 0."""
    return d + log1p(-exp(-d)) if d > 1.0 else log(expm1(d))


@compiled
def _sev_left(z: float) -> Point:
    """Log of 1 - exp(-e^z)."""
    e = exp(z)
    if z < -30.0:
        return z - 0.5 * e, 1.0 - 0.5 * e, -0.5 * e
    if z > 6.5:
        return 0.0, 0.0, 0.0
    if e < 0.01:
        return (
            log(-expm1(-e)),
            1.0 - 0.5 * e + e * e / 12.0,
            (1.0 - 0.5 * e + e * e / 12.0) * (-0.5 * e - e * e / 12.0 + e**4 / 720.0),
        )
    ratio = e / expm1(e)
    value = log(-expm1(-e)) if e < 0.7 else log1p(-exp(-e))
    return value, ratio, ratio * (1.0 - e - ratio)


@compiled
def _sev(kind: int, z: float) -> Point:
    if kind == LEFT:
        return _sev_left(z)
    e = exp(z)
    if kind == RIGHT:
        return -e, -e, -e
    return z - e, 1.0 - e, -e


@compiled
def normal_tail(z: float) -> Point:
    """Log-survival of the standard normal, its hazard, and its hazard less z."""
    if z >= FAR:
        rest = 0.0
        for k in range(FRACTION, 0, -1):
            rest = k / (z + rest)
        hazard = z + rest
        return -0.5 * z * z - LOG_ROOT_TWO_PI - log(hazard), hazard, rest
    share = 0.5 * erfc(z * ROOT_HALF)
    value = log(share) if z > -1.0 else log1p(-0.5 * erfc(-z * ROOT_HALF))
    hazard = exp(-0.5 * z * z - LOG_ROOT_TWO_PI) / share
    return value, hazard, hazard - z


@compiled
def _normal(kind: int, z: float) -> Point:
    if kind == EXACT:
        return -0.5 * z * z - LOG_ROOT_TWO_PI, -z, -1.0
    if kind == RIGHT:
        value, hazard, rest = normal_tail(z)
        return value, -hazard, -hazard * rest
    value, hazard, rest = normal_tail(-z)
    return value, hazard, -hazard * rest


@compiled
def _logistic(kind: int, z: float) -> Point:
    small = exp(-abs(z))
    share = 1.0 / (1.0 + small) if z >= 0.0 else small / (1.0 + small)  # cdf
    both = small / ((1.0 + small) * (1.0 + small))  # cdf times survival
    log_cdf = -log1p(small) if z >= 0.0 else z - log1p(small)
    if kind == EXACT:
        return 2.0 * log_cdf - z, 1.0 - 2.0 * share, -2.0 * both
    if kind == RIGHT:
        return log_cdf - z, -share, -both
    rest = small / (1.0 + small) if z >= 0.0 else 1.0 / (1.0 + small)
    return log_cdf, rest, -both


@compiled
def point_terms(standard: int, kind: int, z: float) -> Point:
    """Value, slope and curvature in z of an exact, right- or left-censored row.

    Parameters
    ----------
    standard
        SEV, NORMAL or LOGISTIC.
    kind
        EXACT, RIGHT or LEFT.
    """
    if standard == SEV:
        return _sev(kind, z)
    if standard == NORMAL:
        return _normal(kind, z)
    return _logistic(kind, z)


@compiled
def _sev_cell(a: float, d: float) -> Cell:
    """-e^a plus the log-cdf at y = a + log(e^d - 1), which both directions move."""
    e = exp(a)
    value, g, h = _sev_left(a + log_expm1(d))
    odds = 1.0 / expm1(d) if d < 700.0 else 0.0
    y_q = a + d * (1.0 + odds)
    y_qq = -d * d * odds * (1.0 + odds)
    ae = a * e
    return value - e, g - e, g * y_q - ae, h - e, h * y_q - ae, h * y_q * y_q + g * y_qq - a * ae


@compiled
def _logistic_cell(a: float, d: float) -> Cell:
    """Log-survival at a, log-cdf at a + d and log(1 - e^-d)."""
    b = a + d
    alive, g_a, h_a = _logistic(RIGHT, a)
    failed, g_b, h_b = _logistic(LEFT, b)
    odds = 1.0 / expm1(d) if d < 700.0 else 0.0
    return (
        alive + failed + (log1p(-exp(-d)) if d > 0.7 else log(-expm1(-d))),
        g_a + g_b,
        a * g_a + b * g_b + d * odds,
        h_a + h_b,
        a * h_a + b * h_b,
        a * a * h_a + b * b * h_b - d * d * odds * (1.0 + odds),
    )


@compiled
def _normal_narrow(m: float, d: float) -> Cell:
    """Series in the width d about the middle m: log d + log phi(m) + c2 d^2 + c4 d^4."""
    s, m2 = d * d, m * m
    second = s * (m2 - 1.0) / 24.0
    fourth = s * s * (-m2 * m2 / 2880.0 - m2 / 720.0 + 1.0 / 1440.0)
    slope = s * s * (-m2 * m / 720.0 - m / 360.0)
    p = -m + s * m / 12.0 + slope
    pp = -1.0 + s / 12.0 - s * s * (m2 / 240.0 + 1.0 / 360.0)
    pd = s * m / 6.0 + 4.0 * slope  # d times the mixed curvature
    d_1 = 1.0 + 2.0 * second + 4.0 * fourth  # d times the slope in d
    d_2 = -1.0 + 2.0 * second + 12.0 * fourth
    value = log(d) - 0.5 * m2 - LOG_ROOT_TWO_PI + second + fourth
    return value, p, m * p + d_1, pp, m * pp + pd, m2 * pp + 2.0 * m * pd + d_2


@compiled
def _normal_ends(a: float, d: float) -> Point:
    """Log-probability of (a, a + d), middle at or above 0, and both densities relative to it."""
    b = a + d
    if a < 0.0:
        share = 0.5 * (erf(b * ROOT_HALF) - erf(a * ROOT_HALF))
        low = exp(-0.5 * a * a - LOG_ROOT_TWO_PI) / share
        return log(share), low, exp(-0.5 * b * b - LOG_ROOT_TWO_PI) / share
    value, hazard, _ = normal_tail(a)
    _, beyond, _ = normal_tail(b)
    decay = exp(-d * (a + 0.5 * d))  # phi(b) / phi(a)
    left = decay * hazard / beyond  # survival at b over survival at a
    low = hazard / (1.0 - left)
    return value + log1p(-left), low, low * decay


@compiled
def _normal_cell(a: float, d: float) -> Cell:
    middle = a + 0.5 * d
    if d * (1.0 + abs(middle)) < NARROW:
        return _normal_narrow(middle, d)
    turned = middle < 0.0
    if turned:
        a = -(a + d)
    b = a + d
    value, low, high = _normal_ends(a, d)
    aa, bb, ab = a * low - low * low, -b * high - high * high, low * high
    p = high - low
    pq = a * aa + (a + b) * ab + b * bb
    qq = a * a * aa + 2.0 * a * b * ab + b * b * bb
    return (
        value,
        -p if turned else p,
        b * high - a * low,
        aa + 2.0 * ab + bb,
        (-pq if turned else pq),
        qq,
    )


@compiled
def interval_terms(standard: int, a: float, d: float) -> Cell:
    """Value, p, q, pp, pq, qq of a row that failed in (a, a + d).

    Parameters
    ----------
    standard
        SEV, NORMAL or LOGISTIC.
    a, d
        Standardized beginning and width, d > 0.
    """
    if standard == SEV:
        return _sev_cell(a, d)
    if standard == NORMAL:
        return _normal_cell(a, d)
    return _logistic_cell(a, d)
