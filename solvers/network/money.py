"""What a plan costs, by category and period; the categories add up to the objective."""

from collections.abc import Mapping
from typing import Literal, get_args

import numpy as np

from solvers.network.instance import Instance
from solvers.network.quantities import Quantities
from solvers.network.standard_form import StandardForm
from solvers.values import FloatArray

Category = Literal[
    "transport",
    "tariff",
    "lane",
    "shipment",
    "duty",
    "capital",
    "production",
    "supply",
    "handling",
    "fixed",
    "opening",
    "closing",
    "expansion",
    "holding",
    "safety",
    "lost",
    "backlog",
    "carbon",
]
CATEGORIES: tuple[Category, ...] = get_args(Category)
Money = Mapping[Category, FloatArray]


def money(
    instance: Instance, form: StandardForm, x: FloatArray, quantities: Quantities
) -> dict[Category, FloatArray]:
    """Money by category, each of shape (T,), in the scenario's currency.

    Parameters
    ----------
    instance, form
        What was solved; of `form` the costs of tariffs, tiers and safety stock, and the constant.
    x, quantities
        The solution, and what was read of it.
    """
    arcs, sites, lanes = instance.arcs, instance.sites, instance.lanes
    of = quantities
    fixed = np.where(sites.designed[:, None], sites.fixed_cost * of.open, sites.fixed_cost)
    constant = float(sites.fixed_cost[~sites.designed].sum())
    jumps = (form.offset - constant) / instance.horizon  # of safety costs, alike in each period
    co2 = instance.rules.carbon_price * arcs.co2_kg
    return {
        "transport": (arcs.transport * of.flow).sum(axis=0),
        "tariff": _blocks(form, x, "step_load", "step_on"),
        "lane": (lanes.fixed_cost * of.used).sum(axis=0),
        "shipment": lanes.shipment_cost @ of.shipments,
        "duty": (arcs.duty * of.flow).sum(axis=0),
        "capital": (arcs.capital * of.flow).sum(axis=0),
        "production": (instance.productions.unit_cost * of.make).sum(axis=0),
        "supply": (instance.supplies.unit_cost * of.buy).sum(axis=0),
        "handling": _blocks(form, x, "tier_load", "tier_on"),
        "fixed": fixed.sum(axis=0),
        "opening": sites.open_cost @ of.opening,
        "closing": sites.close_cost @ of.closing,
        "expansion": instance.expansions.cost @ of.expand,
        "holding": (instance.stocks.holding * of.stock).sum(axis=0),
        "safety": _blocks(form, x, "safety_load", "safety_on") + jumps,
        "lost": _priced(instance.demands.lost_cost, of.lost),
        "backlog": _priced(instance.demands.backlog_cost, of.backlog),
        "carbon": co2 @ of.flow,
    }


def total(amounts: Money) -> float:
    """All money of all periods."""
    return float(sum(float(amount.sum()) for amount in amounts.values()))


def _blocks(form: StandardForm, x: FloatArray, *names: str) -> FloatArray:
    """Cost of component columns by period."""
    blocks = [form.columns[name] for name in names]
    parts = [(block.of(form.cost) * block.of(x)).sum(axis=0) for block in blocks]
    return np.asarray(sum(parts), dtype=np.float64)


def _priced(price: FloatArray, units: FloatArray) -> FloatArray:
    """Money for units; a forbidding price is infinite and stands beside 0 units."""
    return np.asarray(np.where(np.isfinite(price), price, 0.0) @ units, dtype=np.float64)
