"""A network in arrays: what a scenario resolves to, and all that the model is built from.

Everything is in base units: quantities in the unit of their commodity, loads in the basis of their
lane, money in the scenario's currency, CO2 in kg, time in periods where it says so. An absent upper
limit is infinite, an absent lower one is 0. Index arrays hold positions in the tables they name; T
is the number of periods. `docs/methods/network-plan.md` writes the model down in these letters.
"""

from dataclasses import dataclass, field

import numpy as np

from solvers.network.moves import Arcs, Lanes, Steps
from solvers.network.places import (
    Demands,
    Expansions,
    Groups,
    Productions,
    Sites,
    Stocks,
    Supplies,
    Tiers,
)
from solvers.values import FloatArray


@dataclass(frozen=True, slots=True)
class Rules:
    """Constraints over the network.

    Parameters
    ----------
    carbon_price
        Money for a kg of CO2.
    carbon_cap, carbon_cap_of
        kg of all periods, and of each period, shape (T,); inf is no cap.
    budget
        Money for opening and expanding; inf is no limit.
    service_level
        Share of all demand, in units, that must be served.
    count_kind, count_minimum, count_maximum
        Kinds of sites, and how many of them are open in each period; shape (K,) each.
    """

    carbon_price: float
    carbon_cap: float
    carbon_cap_of: FloatArray
    budget: float
    service_level: float
    count_kind: tuple[str, ...] = ()
    count_minimum: FloatArray = field(default_factory=lambda: np.zeros(0))
    count_maximum: FloatArray = field(default_factory=lambda: np.zeros(0))


@dataclass(frozen=True, slots=True)
class Instance:
    """A whole network; see the module for its conventions."""

    periods: tuple[str, ...]
    days: FloatArray
    commodities: tuple[str, ...]
    sites: Sites
    tiers: Tiers
    expansions: Expansions
    lanes: Lanes
    steps: Steps
    arcs: Arcs
    productions: Productions
    groups: Groups
    supplies: Supplies
    stocks: Stocks
    demands: Demands
    rules: Rules

    @property
    def horizon(self) -> int:
        """Number of periods."""
        return len(self.periods)
