"""Demand points on the sphere, places where sites may stand, and what serving one costs."""

from dataclasses import dataclass
from math import inf

import numpy as np

from solvers.scenario.distance import great_circle_km
from solvers.values import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Points:
    """Places: codes, and degrees of shape (n,)."""

    code: tuple[str, ...]
    latitude: FloatArray
    longitude: FloatArray

    def __len__(self) -> int:
        return len(self.code)

    def only(self, rows: IntArray) -> "Points":
        """Take some of the places, in the order of `rows`."""
        code = tuple(self.code[i] for i in rows)
        return Points(code, self.latitude[rows], self.longitude[rows])


@dataclass(frozen=True, slots=True)
class Greenfield:
    """Where sites may stand, and whom they serve.

    Parameters
    ----------
    demand, candidates
        Places of n customers and of m possible sites.
    weight : shape (n,)
        Money for a kilometre of way to a customer (its quantity times a rate), not negative.
    circuity : shape (n,)
        Way over great circle, for each customer.
    fixed_cost : shape (m,)
        Money for a site that is opened.
    max_km
        Longest way from a customer to its site.
    cover_km, cover_share
        At least this share of `importance` is served within `cover_km`.
    importance : shape (n,)
        What a coverage share counts: quantities.
    """

    demand: Points
    candidates: Points
    weight: FloatArray
    circuity: FloatArray
    fixed_cost: FloatArray
    importance: FloatArray
    max_km: float = inf
    cover_km: float = inf
    cover_share: float = 0.0

    def way_km(self) -> FloatArray:
        """Ways from every customer to every candidate, shape (n, m)."""
        ways: FloatArray = self.circuity[:, None] * great_circle_km(
            self.demand.latitude[:, None],
            self.demand.longitude[:, None],
            self.candidates.latitude,
            self.candidates.longitude,
        )
        return ways


@dataclass(frozen=True, slots=True)
class Choice:
    """What a p-median is solved over, in arrays.

    Parameters
    ----------
    cost : shape (n, m)
        Money for serving a customer from a candidate; inf where the way is too long.
    fixed : shape (m,)
        Money for opening.
    near : shape (n, m)
        Whether the way counts as covered.
    importance : shape (n,)
        Weight of each customer in the coverage share.
    share
        Share of the importance that must be covered.
    """

    cost: FloatArray
    fixed: FloatArray
    near: BoolArray
    importance: FloatArray
    share: float = 0.0

    @classmethod
    def of(cls, problem: Greenfield) -> "Choice":
        """Measure all ways once."""
        way = problem.way_km()
        cost = np.where(way <= problem.max_km, way * problem.weight[:, None], inf)
        near = way <= problem.cover_km
        return cls(cost, problem.fixed_cost, near, problem.importance, problem.cover_share)

    @classmethod
    def plain(cls, cost: FloatArray, fixed: FloatArray | None = None) -> "Choice":
        """Choice without limits; `fixed` is 0 unless given."""
        n, m = cost.shape
        opening = np.zeros(m) if fixed is None else fixed
        return cls(cost, opening, np.ones((n, m), dtype=np.bool_), np.ones(n))

    @property
    def wanted(self) -> float:
        """Importance that must be covered."""
        return self.share * float(self.importance.sum())

    def covered(self, assigned: IntArray) -> float:
        """Sum up the importance that an assignment covers."""
        return float(self.importance[self.near[np.arange(assigned.size), assigned]].sum())

    def rewarded(self, reward: float) -> FloatArray:
        """Costs less a reward for covered importance, shape (n, m)."""
        if reward == 0.0:
            return self.cost
        return self.cost - reward * self.importance[:, None] * self.near


@dataclass(frozen=True, slots=True)
class Placement:
    """Sites, and who is served from where.

    Parameters
    ----------
    sites : shape (p,)
        Candidates that are opened, rising.
    assigned : shape (n,)
        Candidate that serves each customer.
    transport, fixed
        Money.
    bound
        No placement of as many sites costs less, transport and fixed together.
    feasible
        Whether every limit is kept.
    """

    sites: IntArray
    assigned: IntArray
    transport: float
    fixed: float
    bound: float
    feasible: bool = True

    @property
    def cost(self) -> float:
        """Transport and fixed cost."""
        return self.transport + self.fixed

    @property
    def gap(self) -> float:
        """How far the cost may be above the least, as a share of it; inf if infeasible."""
        if not self.feasible:
            return inf
        return max(0.0, self.cost - self.bound) / max(abs(self.cost), 1e-12)


def placed(choice: Choice, sites: IntArray, *, bound: float, reward: float = 0.0) -> Placement:
    """Assign every customer to the cheapest of some sites (with a reward for coverage)."""
    sites = np.sort(sites)
    costs = choice.rewarded(reward)[:, sites]
    assigned = sites[np.argmin(costs, axis=1)]
    paid = choice.cost[np.arange(assigned.size), assigned]
    reached = bool(np.isfinite(paid).all())
    covered = choice.covered(assigned) >= choice.wanted * (1 - 1e-9)
    transport = float(paid.sum()) if reached else inf
    return Placement(
        sites=sites,
        assigned=assigned,
        transport=transport,
        fixed=float(choice.fixed[sites].sum()),
        bound=bound,
        feasible=reached and covered,
    )
