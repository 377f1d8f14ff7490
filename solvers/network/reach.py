"""Where the commodities of an instance come from and where they are wanted, as nodes."""

import numpy as np

from solvers.network.places import Demands, Productions, Stocks, Supplies
from solvers.scenario.reach import Making
from solvers.values import IntArray


def making_of(productions: Productions, commodities: int) -> Making:
    """Productions as nodes; one that may never run is idle."""
    site = productions.site
    return Making(
        output=site * commodities + productions.output,
        of=productions.input_of,
        input=site[productions.input_of] * commodities + productions.input_commodity,
        runs=((productions.capacity > 0) & (productions.yields > 0)).sum(axis=1) > 0,
    )


def sources_of(supplies: Supplies, stocks: Stocks, commodities: int) -> IntArray:
    """Nodes with a supply or an initial stock."""
    bought = (supplies.maximum > 0).any(axis=1)
    held = stocks.initial > 0
    return np.concatenate(
        [
            (supplies.site * commodities + supplies.commodity)[bought],
            (stocks.site * commodities + stocks.commodity)[held],
        ]
    )


def sinks_of(demands: Demands, stocks: Stocks, supplies: Supplies, commodities: int) -> IntArray:
    """Nodes with a demand, or with a stock that must be kept or may take what must be bought."""
    asked = (demands.quantity > 0).any(axis=1)
    pushed = np.zeros(commodities, dtype=np.bool_)
    pushed[supplies.commodity[(supplies.minimum > 0).any(axis=1)]] = True
    pushed[stocks.commodity[stocks.initial > 0]] = True
    kept = (stocks.final > 0) | (stocks.safety > 0).any(axis=1) | pushed[stocks.commodity]
    return np.concatenate(
        [
            (demands.site * commodities + demands.commodity)[asked],
            (stocks.site * commodities + stocks.commodity)[kept],
        ]
    )
