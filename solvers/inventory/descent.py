"""Safety stock by descent: a quick placement in any network, the start of the exact search."""

import numpy as np

from solvers.inventory.placement import Placement, placement_of, self_covered
from solvers.inventory.stage import (
    NO_PROMISE,
    StageNetwork,
    links_out_of,
    longest_replenishment,
)

ROUNDS = 20


def place_by_descent(network: StageNetwork) -> Placement:
    """Placement that no change of one promised service time improves; nothing is proven.

    Starts from the stages all decoupled, and from none of them holding what it need not; the
    cheaper end is kept.
    """
    ends = [
        _descend(network, self_covered(network)),
        _descend(network, placement_of(network, np.full(network.size, NO_PROMISE))),
    ]
    best = min(ends, key=lambda end: end.total)
    return placement_of(network, best.service, bound=0.0)


def _descend(network: StageNetwork, start: Placement) -> Placement:
    best, reach, fed = start, longest_replenishment(network), links_out_of(network)
    for _ in range(ROUNDS):
        before = best.total
        for k in range(network.size):
            top = int(min(reach[k], network.outbound[k]))
            # with a concave cost a corner is best: no wait, all of it, or just in time for somebody
            just = {int(best.received[network.head[e]] - network.delay[e]) for e in fed[k]}
            for promise in sorted(t for t in {0, top} | just if 0 <= t <= top):
                service = best.service.copy()
                service[k] = promise
                found = placement_of(network, service)
                if found.total < best.total * (1 - 1e-12):
                    best = found
        if best.total >= before * (1 - 1e-9):
            break
    return best
