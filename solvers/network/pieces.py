"""Piecewise linear costs: their pieces, and which of them need a binary."""

from dataclasses import dataclass

import numpy as np

from solvers.network.moves import Steps
from solvers.network.places import Stocks, Tiers
from solvers.values import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces of the cost of some owners (lanes, sites, stocks); those of an owner are neighbours.

    Parameters
    ----------
    owner : shape (n,)
        Position of the lane, site or stock.
    start, length, slope : shape (n,)
        Where the piece begins, how long it is (inf for the last one of an owner), and money for
        a unit in it.
    last : shape (n,)
        Whether it is the last one of its owner.
    binary : shape (b,)
        Positions of the pieces that need a binary.
    binary_of : shape (n,)
        Position in `binary`, -1 for none.
    """

    owner: IntArray
    start: FloatArray
    length: FloatArray
    slope: FloatArray
    last: BoolArray
    binary: IntArray
    binary_of: IntArray

    @property
    def owners(self) -> IntArray:
        """Owners, each once, in order."""
        return np.unique(self.owner)


def step_pieces(steps: Steps) -> Pieces:
    """Pieces of the tariffs; all of a lane are binary if units are not independent."""
    pays = steps.all_units | (steps.fixed != 0)
    binary = np.isin(steps.lane, steps.lane[pays]) | _falls(steps.lane, steps.rate)
    return _pieces(steps.lane, steps.start, steps.end - steps.start, steps.rate, binary)


def tier_pieces(tiers: Tiers) -> Pieces:
    """Pieces of labour; all of a site are binary if its cost falls somewhere."""
    finite = np.where(_last(tiers.site), 0.0, tiers.size)
    begun = np.cumsum(finite) - finite
    first = _first(tiers.site)
    start = begun - begun[first][np.cumsum(first) - 1] if begun.size else begun
    falls = _falls(tiers.site, tiers.unit_cost)
    return _pieces(tiers.site, start, tiers.size, tiers.unit_cost, falls)


def safety_pieces(stocks: Stocks) -> Pieces:
    """Pieces of the safety cost, one from each point on; of a concave one all but the first."""
    owner, begin, cost = stocks.safety_of, stocks.safety_from, stocks.safety_cost
    last, first = _last(owner), _first(owner)
    length = np.full(owner.size, np.inf)
    slope = np.zeros(owner.size)
    inner = np.flatnonzero(~last)
    length[inner] = begin[inner + 1] - begin[inner]
    slope[inner] = (cost[inner + 1] - cost[inner]) / length[inner]
    tail = np.flatnonzero(last & ~first)
    slope[tail] = slope[tail - 1]
    return _pieces(owner, begin, length, slope, _falls(owner, slope) & ~first)


def _pieces(
    owner: IntArray, start: FloatArray, length: FloatArray, slope: FloatArray, binary: BoolArray
) -> Pieces:
    chosen = np.flatnonzero(binary)
    binary_of = np.full(owner.size, -1)
    binary_of[chosen] = np.arange(chosen.size)
    return Pieces(owner, start, length, slope, _last(owner), chosen, binary_of)


def _first(owner: IntArray) -> BoolArray:
    return np.not_equal(np.diff(owner, prepend=-1), 0)


def _last(owner: IntArray) -> BoolArray:
    return np.not_equal(np.diff(owner, append=-1), 0)


def _falls(owner: IntArray, slope: FloatArray) -> BoolArray:
    """Whether the slope of the piece's owner falls somewhere."""
    falling = (owner[1:] == owner[:-1]) & (slope[1:] < slope[:-1])
    return np.isin(owner, owner[1:][falling])
