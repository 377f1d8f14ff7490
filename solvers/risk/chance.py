"""Monte Carlo draws of demand and lead times: one set, met by every case and contingency.

Draws are kept as factors of the mean, by the codes of what they belong to, so that a network with
an edit, or a surge, meets the same luck (common random numbers).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from solvers.network.instance import Instance
from solvers.scenario.document import Scenario
from solvers.values import FloatArray

LeadFamily = Literal["gamma", "lognormal"]


@dataclass(frozen=True, slots=True)
class Draws:
    """What chance decided, R times.

    Parameters
    ----------
    count
        R.
    demand
        Customer and commodity to factors of shape (R, T).
    lead
        Lane to factors of shape (R,); lanes that are not there take their mean.
    """

    count: int
    demand: Mapping[tuple[str, str], FloatArray]
    lead: Mapping[str, FloatArray]

    def demand_of(self, instance: Instance) -> FloatArray:
        """Factors of the demands of a network, shape (R, D, T); 1 where none was drawn."""
        demands, T = instance.demands, instance.horizon
        factors = np.ones((self.count, demands.site.size, T))
        for d, (site, good) in enumerate(zip(demands.site, demands.commodity, strict=True)):
            drawn = self.demand.get((instance.sites.code[site], instance.commodities[good]))
            if drawn is not None:
                factors[:, d] = drawn
        return factors

    def lead_of(self, instance: Instance) -> FloatArray | None:
        """Factors of the lead times of a network, shape (R, L); None if all are fixed."""
        drawn = {i: self.lead[c] for i, c in enumerate(instance.lanes.code) if c in self.lead}
        if not drawn:
            return None
        factors = np.ones((self.count, len(instance.lanes.code)))
        for lane, values in drawn.items():
            factors[:, lane] = values
        return factors


def draw(
    rng: np.random.Generator,
    scenario: Scenario,
    instance: Instance,
    count: int,
    lead: LeadFamily = "gamma",
) -> Draws:
    """Draw demands and lead times; each has a stream of its own.

    Parameters
    ----------
    rng
        Its spawned streams.
    scenario, instance
        Families of the spreads; means and standard deviations.
    count
        How many times, R.
    lead
        Family of the lead times that have a standard deviation.
    """
    demands, lanes = instance.demands, instance.lanes
    kinds = {
        (d.customer, d.commodity): d.spread.kind for d in scenario.demands if d.spread is not None
    }
    late = np.flatnonzero((lanes.lead_sd_days > 0) & (lanes.lead_days > 0))
    streams = iter(rng.spawn(demands.site.size + late.size))
    wanted: dict[tuple[str, str], FloatArray] = {}
    for d in range(demands.site.size):
        pair = (
            instance.sites.code[demands.site[d]],
            instance.commodities[demands.commodity[d]],
        )
        mean, sd = demands.quantity[d], demands.sd[d]
        kind = kinds.get(pair, "normal")
        values = sample(next(streams), kind, mean, sd, count)
        wanted[pair] = np.divide(values, mean, out=np.ones_like(values), where=mean > 0)
    times: dict[str, FloatArray] = {}
    for lane in late:
        mean, sd = lanes.lead_days[lane, None], lanes.lead_sd_days[lane, None]
        days = sample(next(streams), lead, mean, sd, count)[:, 0]
        times[lanes.code[lane]] = days / float(mean[0])
    return Draws(count, wanted, times)


def sample(
    rng: np.random.Generator, kind: str, mean: FloatArray, sd: FloatArray, count: int
) -> FloatArray:
    """Draw values of a family by mean and standard deviation, each of shape (T,); shape (R, T).

    A normal is cut at 0, which lifts its mean where `sd` is large. A Poisson has the spread of its
    mean, whatever `sd`; a negative binomial not wider than that is one.
    """
    shape, some = (count, mean.size), (mean > 0) & (sd > 0)
    safe = np.where(some, mean, 1.0)
    ratio = np.where(some, sd, 1.0) / safe
    if kind == "poisson":
        return rng.poisson(mean, shape).astype(np.float64)
    if kind == "negative-binomial":
        return _negative_binomial(rng, mean, np.square(np.where(some, sd, 0.0)), shape)
    if kind == "gamma":
        values = rng.gamma(1.0 / ratio**2, safe * ratio**2, shape)
    elif kind == "lognormal":
        sigma = np.sqrt(np.log1p(ratio**2))
        values = rng.lognormal(np.log(safe) - sigma**2 / 2, sigma, shape)
    else:
        values = np.maximum(rng.normal(safe, ratio * safe, shape), 0.0)
    return np.where(some, values, mean)


def _negative_binomial(
    rng: np.random.Generator, mean: FloatArray, variance: FloatArray, shape: tuple[int, int]
) -> FloatArray:
    """Poisson counts of a gamma rate: the same law, and open to a spread like Poisson's."""
    wide = variance > mean
    extra = np.where(wide, variance - mean, 1.0)
    safe = np.where(mean > 0, mean, 1.0)
    rate = np.where(wide, rng.gamma(safe**2 / extra, extra / safe, shape), mean)
    return rng.poisson(rate).astype(np.float64)
