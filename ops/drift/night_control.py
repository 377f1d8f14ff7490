"""The promise of a month of nights: of all findings (tool x mechanism), at most a share is false.

*One night.* The p-values of a tool's streams make one for each mechanism, and those one for the
tool (Simes). A finding stands where both it and its tool pass the thresholds of the p-filter: the
false discovery rate of findings and that of tools are both at most the level of the night
(Barber and Ramdas 2017, theorem 1: p-values positively dependent; with one layer it is the
procedure of Benjamini and Hochberg). Which streams of a finding moved is told inside it, at the
level times the share of findings that stand (Benjamini and Bogomolov 2014, theorem 1).

*A month.* With R = |union of R_t| findings of T nights, V of them false,
``V / R <= sum_t V_t / R <= sum_t V_t / R_t``, since R >= R_t: false discovery rates of nights add
up at most, however the nights depend on each other (they share nearly all of their data). Levels
that sum to the promise keep it; no night has to know of another. The same line holds for shards.

References
----------
Barber and Ramdas (2017), J. R. Statist. Soc. B 79(4), 1247-1268;
Benjamini and Bogomolov (2014), J. R. Statist. Soc. B 76(1), 297-318;
Simes (1986), Biometrika 73(3), 751-754; Sarkar (1998), Annals of Statistics 26(2), 494-504.
"""

from dataclasses import dataclass
from zlib import crc32

import numpy as np

from ops.values import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class NightFindings:
    """Which findings stand in one night.

    Parameters
    ----------
    tool, mechanism : shape (findings,)
        Codes of each that stands.
    p_value : shape (findings,)
        Of the finding, over its streams.
    stands : shape (hypotheses,)
        Streams within a finding that stands that moved themselves.
    tested
        Pairs of a tool and a mechanism that were tested.
    level
        False discovery rate of the night.
    """

    tool: IntArray
    mechanism: IntArray
    p_value: FloatArray
    stands: BoolArray
    tested: int
    level: float

    @property
    def expected_false(self) -> float:
        """False ones among the findings of the night, at most, on average."""
        return self.level * self.tool.size


def night_level(fdr: float, *, nights: int, shards: int = 1) -> float:
    """Level of one shard of one night, so that the promise holds for all of them together."""
    return fdr / (nights * shards)


def shard_of(name: str, shards: int) -> int:
    """Shard that a tool belongs to, from 0: the same on every machine, in every night.

    Examples
    --------
    >>> shard_of("PG1/WB-07", 1)
    0
    """
    return crc32(name.encode()) % shards


def night_findings(
    p: FloatArray, *, tool: IntArray, mechanism: IntArray, level: float
) -> NightFindings:
    """Choose the findings that stand in one night.

    Parameters
    ----------
    p : shape (hypotheses,)
        p-value of each stream and mechanism.
    tool, mechanism : shape (hypotheses,)
        Codes from 0.
    level
        False discovery rate of the night, see `night_level`.

    Examples
    --------
    >>> p, zero = np.array([1e-6, 0.5, 0.4]), np.zeros(3, dtype=np.int64)
    >>> night_findings(p, tool=np.array([0, 0, 1]), mechanism=zero, level=0.01).tool.tolist()
    [0]
    """
    kinds = int(mechanism.max(initial=0)) + 1
    pair, of_pair = np.unique(tool * kinds + mechanism, return_inverse=True)
    p_pair = simes_of(p, of_pair, pair.size)
    group, of_group = np.unique(pair // kinds, return_inverse=True)
    p_tool = simes_of(p_pair, of_group, group.size)
    found = np.flatnonzero(_filter(p_pair, p_tool, of_group, level))
    inside = np.zeros(p.size, dtype=bool)
    share = level * found.size / max(pair.size, 1)
    for i in found:
        rows = np.flatnonzero(of_pair == i)
        inside[rows] = _step_up(p[rows], share)
    return NightFindings(
        pair[found] // kinds, pair[found] % kinds, p_pair[found], inside, int(pair.size), level
    )


def simes_of(p: FloatArray, group: IntArray, groups: int) -> FloatArray:
    """One p-value of each group, by Simes.

    Parameters
    ----------
    p, group : shape (n,)
        p-values and the group of each, 0 to `groups` - 1.
    """
    order = np.lexsort((p, group))
    sizes = np.bincount(group, minlength=groups)
    first = np.cumsum(sizes) - sizes
    rank = np.arange(p.size) - np.repeat(first, sizes) + 1
    scaled = p[order] * np.repeat(sizes, sizes) / rank
    out = np.ones(groups)
    np.minimum.at(out, group[order], scaled)
    return out


def _step_up(p: FloatArray, level: float) -> BoolArray:
    """Benjamini and Hochberg."""
    ranked = np.sort(p)
    below = np.flatnonzero(ranked <= level * np.arange(1, p.size + 1) / p.size)
    return p <= ranked[below[-1]] if below.size else np.zeros(p.size, dtype=bool)


def _filter(p: FloatArray, p_tool: FloatArray, of_tool: IntArray, level: float) -> BoolArray:
    """Which pairs stand: the p-filter with the layers of pairs and of tools."""
    pairs, tools = level, level  # thresholds; they only fall
    of_pair = p_tool[of_tool]
    while True:
        passes = of_pair <= tools
        new_pairs = _threshold(np.where(passes, p, np.inf), p.size, pairs, level)
        smallest = np.full(p_tool.size, np.inf)
        np.minimum.at(smallest, of_tool, p)
        held = np.where(smallest <= new_pairs, p_tool, np.inf)
        new_tools = _threshold(held, p_tool.size, tools, level)
        if (new_pairs, new_tools) == (pairs, tools):
            return (p <= pairs) & (of_pair <= tools)
        pairs, tools = new_pairs, new_tools


def _threshold(p: FloatArray, count: int, most: float, level: float) -> float:
    """Largest threshold up to `most` at which count * threshold / passing is within the level."""
    ranked = np.sort(p[p <= most])
    passing = np.arange(1, ranked.size + 1)
    fits = np.flatnonzero(ranked * count <= level * passing)
    return min(most, float(level * passing[fits[-1]] / count)) if fits.size else 0.0
