"""Layers of a network that are often planned apart: whose money, decisions and rules are whose."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from solvers.network.column_values import allowed
from solvers.network.instance import Instance
from solvers.network.money import Category
from solvers.network.standard_form import StandardForm
from solvers.values import FloatArray

LayerName = Literal["transport", "sites", "sourcing", "inventory"]
Order = tuple[LayerName, ...]
SERVICE: tuple[Category, ...] = ("lost", "backlog")  # every layer's: none gains by not delivering


@dataclass(frozen=True, slots=True)
class Layer:
    """One department's share of a plan.

    Parameters
    ----------
    name
        What it is called.
    money
        Categories of cost that it answers for.
    decides
        Column blocks that it settles for the layers after it.
    rules
        Row blocks that only it looks at when layers plan blindly.
    """

    name: LayerName
    money: tuple[Category, ...]
    decides: tuple[str, ...]
    rules: tuple[str, ...]


LAYERS: dict[LayerName, Layer] = {
    "transport": Layer(
        "transport",
        ("transport", "tariff", "lane", "shipment", "carbon"),
        ("flow", "used", "shipments", "step_load", "step_on", "source"),
        (
            "lane_capacity",
            "lane_minimum",
            "lane_used",
            "shipment",
            "step_sum",
            "step_upper",
            "step_lower",
            "step_order",
            "carbon_cap",
            "carbon_cap_of",
        ),
    ),
    "sites": Layer(
        "sites",
        ("fixed", "opening", "closing", "expansion", "handling"),
        ("open", "opening", "closing", "expand"),
        (
            "throughput",
            "expand_open",
            "expand_once",
            "origin_link",
            "destination_link",
            "make_link",
            "change",
            "budget",
            "site_count",
        ),
    ),
    "sourcing": Layer("sourcing", ("production", "supply", "duty"), ("buy", "make"), ("hours",)),
    "inventory": Layer(
        "inventory",
        ("holding", "safety", "capital"),
        ("stock", "safety_load", "safety_on"),
        ("safety_sum", "safety_upper", "safety_lower", "shelf_life"),
    ),
}


def own_cost(instance: Instance, form: StandardForm, layer: Layer) -> FloatArray:
    """Objective of a layer over all columns, shape (n,): its own money, and that of service."""
    cost = np.zeros_like(form.cost)
    for category in (*layer.money, *SERVICE):
        for block, price in _prices(instance, form, category).items():
            form.columns[block].of(cost)[:] += price
    return cost


def _prices(instance: Instance, form: StandardForm, category: Category) -> dict[str, FloatArray]:
    """Money of a category for one unit in each column, by block, in its shape or fit for it."""
    arcs, demands = instance.arcs, instance.demands
    by_flow: dict[Category, FloatArray] = {
        "transport": arcs.transport,
        "duty": arcs.duty,
        "capital": arcs.capital,
        "carbon": instance.rules.carbon_price * arcs.co2_kg[:, None],
        "lost": allowed(demands.lost_cost)[:, None],
        "backlog": allowed(demands.backlog_cost)[:, None],
    }
    if category in by_flow:
        return {category if category in SERVICE else "flow": by_flow[category]}
    return {block: form.columns[block].of(form.cost) for block in _BLOCKS[category]}


_BLOCKS: dict[Category, tuple[str, ...]] = {  # of categories that have columns of their own
    "tariff": ("step_load", "step_on"),
    "lane": ("used",),
    "shipment": ("shipments",),
    "production": ("make",),
    "supply": ("buy",),
    "handling": ("tier_load", "tier_on"),
    "fixed": ("open",),
    "opening": ("opening",),
    "closing": ("closing",),
    "expansion": ("expand",),
    "holding": ("stock",),
    "safety": ("safety_load", "safety_on"),
}
