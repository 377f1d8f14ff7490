"""Whether a process is shown to be stable: signals of the eight Nelson tests against chance.

Some points break a rule by chance. How many is known exactly for independent normal values; what is
more than chance explains is evidence against stability. Neighbours break a rule together, so the
count is compared as a Poisson number of clusters. No evidence is no proof: without enough points
stability is not shown.

References
----------
Nelson (1984), J. Quality Technology 16(4), 237-239 (the tests);
ISO 22514-2:2017, ch. 5 (stability before capability).
"""

from dataclasses import dataclass
from math import comb, erf, factorial, sqrt

import numpy as np
from scipy.special import pdtrc

from ops.errors import NotEnoughData
from ops.spc.control import control_chart
from ops.spc.rules import NELSON, Rule
from ops.values import FloatArray, IntArray

FEWEST = 25  # points of a chart that can show stability
_ALARM = 0.05  # of all rules together, for a stable process
_INSIDE_ONE = erf(1.0 / sqrt(2.0))
_CLUSTERS = (  # points that break one test together, on average
    1.0, 3.0, 1.4, 4.5, 1.6, 2.6,
    (1.0 + _INSIDE_ONE) / (1.0 - _INSIDE_ONE), (2.0 - _INSIDE_ONE) / _INSIDE_ONE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RuleEvidence:
    """One rule: points that break it, and how many would by chance."""

    rule: str
    sentence: str
    points: int
    expected: float
    p: float


@dataclass(frozen=True, slots=True)
class Stability:
    """The verdict with its evidence.

    Parameters
    ----------
    shown
        Whether stability is shown: enough points, and no rule broken more than chance explains.
    points
        Plotted points: individual values, or means of subgroups.
    broken
        Rules broken more often than chance explains, the least likely first.
    rules
        All of them.
    """

    shown: bool
    points: int
    broken: tuple[RuleEvidence, ...]
    rules: tuple[RuleEvidence, ...]


def chance() -> tuple[tuple[float, float], ...]:
    """Share of points that break each Nelson test by chance, and the size of their clusters.

    Examples
    --------
    >>> [round(share, 5) for share, _ in chance()][:3]
    [0.0027, 0.00391, 0.00278]
    """
    shares = (false_alarm_rate(rule) for rule in NELSON)
    return tuple(zip(shares, _CLUSTERS, strict=True))


def false_alarm_rate(rule: Rule) -> float:
    """Share of the points of a stable normal process that a rule flags, far from the start.

    Examples
    --------
    >>> from ops.spc.rules import NELSON, Rule
    >>> [round(1e4 * false_alarm_rate(rule), 1) for rule in NELSON[:2]]
    [27.0, 39.1]
    """
    if rule.pattern == "same-side":
        return 2.0 * 0.5**rule.n
    if rule.pattern == "trend":
        return 2.0 / factorial(rule.n)
    if rule.pattern == "alternating":
        return 2.0 * _zigzag(rule.n) / factorial(rule.n)
    inside = erf(rule.zone / sqrt(2.0))
    if rule.pattern == "within":
        return inside**rule.n
    p = 1.0 - inside if rule.either_side else 0.5 * (1.0 - inside)
    others, needed = rule.n - 1, rule.k - 1
    enough = sum(comb(others, j) * p**j * (1 - p) ** (others - j) for j in range(needed, rule.n))
    return (1.0 if rule.either_side else 2.0) * p * enough


def _zigzag(n: int) -> int:
    """Alternating permutations of n (Andre): the boustrophedon triangle."""
    row = [1]
    for _ in range(n):
        total, following = 0, [0]
        for value in reversed(row):
            total += value
            following.append(total)
        row = following
    return row[-1]


def stability(
    value: FloatArray,
    *,
    stream: IntArray,
    size: FloatArray | None = None,
    sigma: float | None = None,
) -> Stability:
    """Judge points in time order by their own control chart.

    Parameters
    ----------
    value : shape (n,)
        Individual values, or means of subgroups.
    stream : shape (n,)
        Code of the stream (the tool) of each point: runs are counted within one.
    size : shape (n,)
        Values behind each point; absent: individuals.
    sigma
        Within-subgroup sigma, for means; absent: moving ranges.
    """
    start = np.zeros(1, dtype=np.int64)
    own = None if sigma is None else np.array([sigma])
    try:
        chart = control_chart(value, stream=stream, starts=start, size=size, sigma=own)
    except NotEnoughData:
        return Stability(False, value.size, (), ())
    if chart.stages[0].sigma is None:
        return Stability(False, value.size, (), ())
    lengths = np.unique(stream, return_counts=True)[1]
    found: list[RuleEvidence] = []
    for bit, (rule, (share, cluster)) in enumerate(zip(NELSON, chance(), strict=True)):
        points = int(np.count_nonzero(chart.flags & np.uint16(1 << bit)))
        expected = share * float(np.sum(np.maximum(lengths - rule.n + 1, 0)))
        p = 1.0 if points == 0 else float(pdtrc((points - 1) / cluster, expected / cluster))
        found.append(RuleEvidence(rule.name, rule.sentence, points, expected, p))
    level = _ALARM / len(found)
    broken = sorted((one for one in found if one.points and one.p < level), key=lambda e: e.p)
    return Stability(value.size >= FEWEST and not broken, value.size, tuple(broken), tuple(found))
