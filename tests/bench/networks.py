"""Networks of a size for benchmarks: plants, distribution centres that may open, customers."""

import numpy as np

from solvers.network.instance import Instance
from tests.solvers.instances import (
    arcs,
    demands,
    instance,
    lanes,
    productions,
    sites,
    stocks,
)


def distribution(
    customers: int, *, plants: int = 10, centres: int = 40, commodities: int = 20, periods: int = 12
) -> Instance:
    """Every customer is served by 12 centres, every centre by all plants; strong links."""
    rng = np.random.default_rng(customers)
    near = min(12, centres)
    first, last = plants, plants + centres
    count = last + customers
    ends = [(p, first + c) for p in range(plants) for c in range(centres)]
    for customer in range(customers):
        ends += [(first + int(c), last + customer) for c in rng.permutation(centres)[:near]]
    origin, destination = (list(side) for side in zip(*ends, strict=True))
    lane = np.repeat(np.arange(len(ends)), commodities)
    demand = rng.uniform(1, 9, (customers * commodities, periods))
    peak = demand.reshape(customers, commodities, periods)
    total = np.tile(peak.sum(axis=0), (plants * centres, 1))
    limit = np.concatenate(
        [total, peak[np.array(destination[plants * centres :]) - last].reshape(-1, periods)]
    )
    designed = np.zeros(count, dtype=bool)
    designed[first:last] = True
    throughput = np.full((count, periods), np.inf)
    throughput[first:last] = 3.0 * total[:commodities].sum() / periods / centres
    return instance(
        periods,
        commodities,
        sites=sites(
            count,
            periods,
            kind=("plant",) * plants + ("dc",) * centres + ("customer",) * customers,
            designed=designed,
            fixed_cost=rng.uniform(100, 900, (count, periods)) * designed[:, None],
            throughput=throughput,
        ),
        lanes=lanes(origin, destination, periods),
        arcs=arcs(
            lane.tolist(),
            periods,
            commodity=np.tile(np.arange(commodities), len(ends)),
            transport=np.repeat(rng.uniform(1, 9, len(ends)), commodities),
            co2_kg=0.1,
            limit=limit,
        ),
        productions=productions(
            periods,
            site=np.repeat(np.arange(plants), commodities),
            output=np.tile(np.arange(commodities), plants),
            unit_cost=rng.uniform(1, 3, (plants * commodities, 1)),
            capacity=2.0 * np.tile(total[:commodities], (plants, 1)) / plants,
        ),
        stocks=stocks(
            periods,
            site=np.repeat(np.arange(first, last), commodities),
            commodity=np.tile(np.arange(commodities), centres),
            holding=0.2,
        ),
        demands=demands(
            periods,
            site=np.repeat(np.arange(last, count), commodities),
            commodity=np.tile(np.arange(commodities), customers),
            quantity=demand,
            lost_cost=100.0,
        ),
    )
