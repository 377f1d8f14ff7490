"""The p-center: sites such that the customer farthest from its site is as near as can be."""

from dataclasses import dataclass

import numpy as np

from solvers.greenfield.exact import fewest_sites, least_share_of_sites
from solvers.greenfield.interchange import interchange
from solvers.values import BoolArray, FloatArray, IntArray

SMALL = 250_000  # ways up to which radii that covering greedily leaves open are decided by a MIP
_SURE = 1e-6  # above p: a number of sites that is more than one of rounding
_TRIED = 128  # radii that the bound of a large problem is sought among
_STEEP = 12  # power of the way in the exchanges


@dataclass(frozen=True, slots=True)
class Center:
    """Sites of shape (p,), the longest way to the nearest of them, and a bound of that way."""

    sites: IntArray
    radius: float
    bound: float

    @property
    def gap(self) -> float:
        """How far the radius may be above the least, as a share of it."""
        return max(0.0, self.radius - self.bound) / max(self.radius, 1e-12)


def p_center(way: FloatArray, p: int) -> Center:
    """Halve the list of ways: a radius is enough if p sites cover everybody within it.

    Parameters
    ----------
    way : shape (n, m)
        From customers to candidates; weighted, if far customers count less.
    p
        Number of sites, 1 to m.

    Returns
    -------
    Center
        Proven (`gap` 0) where each covering was decided; else with a bound, at worst from the
        radii that cannot cover.

    Raises
    ------
    ValueError
        If p is not between 1 and m.

    References
    ----------
    Minieka (1970), SIAM Review 12(1), 138-139. The first radius: Gonzalez (1985), Theoretical
    Computer Science 38, 293-306.
    """
    if not 1 <= p <= way.shape[1]:
        raise ValueError(f"the number of sites must be 1 to {way.shape[1]}, got {p}")
    sites = _farthest_first(way, p)
    sites = sites if p == 1 else _exchanged(way, sites)
    least = float(way.min(axis=1).max())  # even all candidates together are no nearer
    radii = np.unique(way[(way >= least) & (way <= _radius(way, sites))])
    enough, too_small, sure = radii.size - 1, -1, True
    while enough - too_small > 1:
        middle = (enough + too_small) // 2
        covers, certain = _covered_by(way <= radii[middle], p)
        if covers is not None:
            sites = covers
            enough = int(np.searchsorted(radii, _radius(way, covers)))
        else:
            too_small = middle
            sure &= certain
    bound = radii[enough] if sure or p == 1 else _certain(way, radii[: enough + 1], p)
    return Center(np.sort(sites), _radius(way, sites), float(bound))


def _certain(way: FloatArray, radii: FloatArray, p: int) -> float:
    """Bound by the linear relaxation: the last of `radii` is not ruled out, shorter ones may be.

    Of many radii some are tried; the longest that is ruled out is then the bound itself.
    """
    tried = radii[np.unique(np.linspace(0, radii.size - 1, _TRIED).astype(np.int64))]
    low, high = -1, tried.size - 1
    while high - low > 1:
        middle = (low + high) // 2
        if least_share_of_sites(way <= tried[middle]) > p + _SURE:
            low = middle
        else:
            high = middle
    return float(tried[high] if tried.size == radii.size else tried[max(low, 0)])


def _exchanged(way: FloatArray, sites: IntArray) -> IntArray:
    """Sites improved by exchanges that weigh long ways far more than short ones."""
    scale = max(_radius(way, sites), 1e-12)
    steep = np.minimum(way / scale, 2.0) ** _STEEP
    better = interchange(steep, np.zeros(way.shape[1]), sites)
    return better if _radius(way, better) < _radius(way, sites) else sites


def _radius(way: FloatArray, sites: IntArray) -> float:
    return float(way[:, sites].min(axis=1).max())


def _farthest_first(way: FloatArray, p: int) -> IntArray:
    """Open, again and again, the candidate nearest to the customer that is worst off."""
    chosen = [int(np.argmin(way.max(axis=0)))]
    while len(chosen) < p:
        worst = int(np.argmax(way[:, chosen].min(axis=1)))
        order = np.argsort(way[worst], kind="stable")
        chosen.append(next(int(j) for j in order if int(j) not in chosen))
    return np.array(chosen, dtype=np.int64)


def _covered_by(near: BoolArray, p: int) -> tuple[IntArray | None, bool]:
    """P sites that cover everybody, or None; and whether None is certain."""
    if not near.any(axis=1).all():
        return None, True
    greedy = _greedy_cover(near)
    if greedy.size <= p:
        return _filled(greedy, near.shape[1], p), True
    if near.size > SMALL:
        return None, False
    solved = fewest_sites(near)
    if solved.sites is not None and solved.sites.size <= p:
        return _filled(solved.sites, near.shape[1], p), True
    return None, solved.bound > p + _SURE


def _greedy_cover(near: BoolArray) -> IntArray:
    left, chosen = np.ones(near.shape[0], dtype=np.bool_), list[int]()
    while left.any():
        chosen.append(int(np.argmax(near[left].sum(axis=0))))
        left &= ~near[:, chosen[-1]]
    return np.array(chosen, dtype=np.int64)


def _filled(sites: IntArray, m: int, p: int) -> IntArray:
    """Sites made up to p with candidates that are not among them."""
    rest = np.setdiff1d(np.arange(m), sites)[: p - sites.size]
    return np.concatenate((sites, rest))
