"""What the shipments of the network cost: a fee for each, a rate for its units, some noise."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from ops.simulate.chance import stream
from ops.simulate.network import NetworkPlan
from ops.simulate.shipments import ShipmentHistory
from ops.values import FloatArray

FEE: Mapping[str, float] = MappingProxyType({"truck": 60.0, "sea": 300.0, "air": 120.0})
SCATTER = 0.02  # standard deviation of the logarithm of a bill
_PRICED = 1000.0  # units that the cost of a lane is for


def simulate_freight(plan: NetworkPlan, shipped: ShipmentHistory, *, seed: int) -> FloatArray:
    """Freight of every shipment: ``(fee + rate * units) * noise``, the fee that of the mode.

    Returns
    -------
    shape (n,), US dollars
    """
    fee = np.array([FEE[lane.mode] for lane in plan.lanes])[shipped.lane]
    rate = np.array([lane.cost for lane in plan.lanes])[shipped.lane] / _PRICED
    noise = stream(seed, "freight").lognormal(-(SCATTER**2) / 2, SCATTER, shipped.day.size)
    bill: FloatArray = np.round((fee + rate * shipped.units) * noise, 2)
    return bill
