"""What a plan uses of each capacity, and which one is the bottleneck."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from solvers.network.instance import Instance
from solvers.network.quantities import Quantities, handled, lane_load
from solvers.values import FloatArray, IntArray

ResourceKind = Literal["throughput", "hours", "lane", "supply", "production", "stock"]
BINDING = 1.0 - 1e-6  # utilisation from which on a capacity binds


@dataclass(frozen=True, slots=True)
class Resources:
    """Finite capacities R and their use.

    Parameters
    ----------
    kind, code
        What each is, and the code of the site, tool group, lane, or site and commodity; R of each.
    used, capacity : shape (R, T)
        In the unit of the capacity; capacity is infinite in periods without a limit, and that of a
        closed site is 0.
    """

    kind: tuple[ResourceKind, ...]
    code: tuple[str, ...]
    used: FloatArray
    capacity: FloatArray

    def utilisation(self) -> FloatArray:
        """Share of each capacity that is used, shape (R, T); 0 where there is no limit or none."""
        share = np.zeros_like(self.used)
        limited = np.isfinite(self.capacity) & (self.capacity > 0)
        return np.divide(self.used, self.capacity, out=share, where=limited)


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """A capacity in the period in which it is used most."""

    kind: ResourceKind
    code: str
    period: str
    used: float
    capacity: float
    utilisation: float

    @property
    def binding(self) -> bool:
        """Whether nothing is left of it."""
        return self.utilisation >= BINDING


def resources(instance: Instance, quantities: Quantities) -> Resources:
    """Every finite capacity of a network, and what a plan uses of it."""
    sites, stocks, made, bought = (
        instance.sites,
        instance.stocks,
        instance.productions,
        instance.supplies,
    )
    groups, lanes, T = instance.groups, instance.lanes, instance.horizon
    hours = np.zeros((len(groups.code), T))
    tooled = made.group >= 0
    np.add.at(hours, made.group[tooled], (made.hours[:, None] * quantities.make)[tooled])
    code, good = sites.code, instance.commodities
    parts: list[tuple[ResourceKind, list[str], FloatArray, FloatArray]] = [
        ("throughput", list(code), handled(instance, quantities.flow), room(instance, quantities)),
        ("hours", list(groups.code), hours, groups.hours),
        ("lane", list(lanes.code), lane_load(instance, quantities.flow), lanes.capacity),
        (
            "supply",
            _pairs(code, bought.site, [good[c] for c in bought.commodity]),
            quantities.buy,
            bought.maximum,
        ),
        (
            "production",
            _pairs(code, made.site, [good[c] for c in made.output]),
            quantities.make,
            made.capacity,
        ),
        (
            "stock",
            _pairs(code, stocks.site, [good[c] for c in stocks.commodity]),
            quantities.stock,
            stocks.capacity,
        ),
    ]
    kept = [np.flatnonzero(np.isfinite(part[3]).any(axis=1)) for part in parts]
    return Resources(
        kind=tuple(p[0] for p, rows in zip(parts, kept, strict=True) for _ in rows),
        code=tuple(p[1][int(r)] for p, rows in zip(parts, kept, strict=True) for r in rows),
        used=np.vstack([p[2][rows] for p, rows in zip(parts, kept, strict=True)]),
        capacity=np.vstack([p[3][rows] for p, rows in zip(parts, kept, strict=True)]),
    )


def room(instance: Instance, quantities: Quantities) -> FloatArray:
    """Throughput of each site with its expansions, 0 while it is closed; shape (S, T)."""
    sites, steps = instance.sites, instance.expansions
    open_ = quantities.open > 0.5
    limit = np.where(open_, sites.throughput, 0.0)
    bought = np.cumsum(quantities.expand, axis=1) * steps.capacity[:, None]
    added = np.zeros_like(limit)
    np.add.at(added, steps.site, bought)
    return limit + np.where(open_, added, 0.0)


def bottlenecks(instance: Instance, found: Resources, most: int = 10) -> tuple[Bottleneck, ...]:
    """Capacities by their highest utilisation, the tightest first; unused ones are left out."""
    share = found.utilisation()
    if not share.size:
        return ()
    at = share.argmax(axis=1)
    peak = share[np.arange(at.size), at]
    order = np.argsort(-peak, kind="stable")
    return tuple(
        Bottleneck(
            kind=found.kind[r],
            code=found.code[r],
            period=instance.periods[at[r]],
            used=float(found.used[r, at[r]]),
            capacity=float(found.capacity[r, at[r]]),
            utilisation=float(peak[r]),
        )
        for r in order[:most]
        if peak[r] > 0
    )


def _pairs(code: tuple[str, ...], site: IntArray, names: list[str]) -> list[str]:
    return [f"{code[s]}/{name}" for s, name in zip(site, names, strict=True)]
