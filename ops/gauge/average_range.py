"""Average and range method of a crossed gauge study, as on the form of AIAG.

Repeatability is the mean range over d2(trials); operators and parts take the range of their means
over d2*(m) = sqrt(d2^2 + d3^2), the constant for a single range. The factors 1/d2 and 1/d2* are K1,
K2 and K3 of the form, computed here instead of read. The interaction is not seen.

References
----------
AIAG, Measurement Systems Analysis, 4th ed. (2010), III-B (form) and appendix C (d2*);
Duncan (1974), Quality Control and Industrial Statistics, table D3 (d2*).
"""

from math import inf, nan, sqrt

import numpy as np

from ops.capability.index import Interval
from ops.capability.sigma import within_sigma
from ops.capability.study import sigma_interval
from ops.errors import BadData, NotEnoughData
from ops.gauge.breakdown import Breakdown, Component, categories_of, share_of
from ops.spc.constants import d2, d3
from ops.values import FloatArray, IntArray


def single_range_constant(m: int) -> float:
    """d2* of one range of `m` values: the range over it has mean square sigma squared.

    Examples
    --------
    >>> round(1 / single_range_constant(3), 4)  # K2 of three operators
    0.5231
    """
    return sqrt(d2(m) ** 2 + d3(m) ** 2)


def average_range_study(
    y: FloatArray, part: IntArray, operator: IntArray, *, confidence: float = 0.95
) -> Breakdown:
    """Split the variance of a balanced crossed study by ranges.

    Parameters
    ----------
    y : shape (n,)
        Finite measured values.
    part, operator : shape (n,)
        Codes, 0 or more; each combination occurs equally often, at least twice.

    Returns
    -------
    Breakdown
        Only repeatability has an interval; the other bounds are NaN.

    Raises
    ------
    NotEnoughData
        With fewer than 2 parts or 2 trials.
    BadData
        If the combinations do not occur equally often.
    """
    part_of = np.unique(part, return_inverse=True)[1]
    operator_of = np.unique(operator, return_inverse=True)[1]
    parts, operators = int(part_of.max(initial=-1)) + 1, int(operator_of.max(initial=-1)) + 1
    cell = part_of * operators + operator_of
    count = np.bincount(cell, minlength=parts * operators)
    trials = int(count.max(initial=0))
    if parts < 2 or trials < 2:
        raise NotEnoughData(
            f"the range method needs 2 parts and 2 trials, got {parts} parts, {trials} trials"
        )
    if int(count.min()) != trials:
        raise BadData(
            f"the combinations of part and operator hold {count.min()} to {trials} values, the"
            " range method needs equally many; choose the method reml"
        )
    ev = within_sigma(y, cell, "rbar")
    by_part = np.bincount(part_of, y - y.mean()) / (operators * trials)
    pv = float(np.ptp(by_part)) / single_range_constant(parts)
    av = 0.0
    if operators > 1:
        by_operator = np.bincount(operator_of, y - y.mean()) / (parts * trials)
        spread = float(np.ptp(by_operator)) / single_range_constant(operators)
        av = sqrt(max(spread**2 - ev.value**2 / (parts * trials), 0.0))
    bounds = sigma_interval(ev, confidence)
    repeatability = Interval(ev.value**2, bounds.lower**2, min(bounds.upper**2, inf))
    note = "one operator: reproducibility is not known" if operators == 1 else ""
    return _made(repeatability, av**2, pv**2, note)


def _made(repeatability: Interval, operator: float, part: float, note: str) -> Breakdown:
    def alone(value: float) -> Interval:
        return Interval(value, nan, nan)

    gauge = repeatability.value + operator
    return Breakdown(
        components=(
            Component("part", "part", alone(part)),
            Component("operator", "reproducibility", alone(operator)),
            Component("repeatability", "repeatability", repeatability),
        ),
        repeatability=repeatability,
        reproducibility=alone(operator),
        gauge=alone(gauge),
        part=alone(part),
        total=alone(gauge + part),
        share=alone(share_of(gauge, gauge + part)),
        categories=alone(categories_of(part, gauge)),
        squares=(),
        method="average and range",
        note=note,
    )
