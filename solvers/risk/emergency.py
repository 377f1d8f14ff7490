"""What gives in an emergency: rules that a hit network may break, and the price of doing so."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import coo_array, csc_array, hstack

from solvers.network.index_sets import index_sets
from solvers.network.instance import Instance
from solvers.network.standard_form import Block, StandardForm
from solvers.values import BoolArray, FloatArray

TIMES_PRICE = 2.0  # a unit that must not be lost costs so many times what it is worth


@dataclass(frozen=True, slots=True)
class Penalty:
    """Money for a unit that is lost against the rules.

    Parameters
    ----------
    unit : shape (D,)
        Of each demand.
    forbidden : shape (D,)
        Whether the document forbids to lose it at all.
    """

    unit: FloatArray
    forbidden: BoolArray


def penalty_of(instance: Instance, stated: float | None, worth: float) -> Penalty:
    """Penalties: as stated, else twice the price or, if that is more, the cost of a unit served.

    Parameters
    ----------
    stated
        Money for a unit, of every demand; None: derived.
    worth
        Cost of a unit served in the plan.
    """
    demands = instance.demands
    derived = TIMES_PRICE * np.maximum(demands.price, max(worth, 0.0))
    unit = derived if stated is None else np.full(demands.price.size, stated)
    return Penalty(unit, np.isinf(demands.lost_cost))


def relaxed(instance: Instance, penalty: Penalty) -> Instance:
    """Network in an emergency.

    Sales may be lost at the penalty. Safety and final stocks, least purchases, single sources,
    shelf lives, caps on CO2, budget and numbers of sites do not bind. Fill rates and the service
    level stay: `elastic` says what breaking them costs.
    """
    demands, T = instance.demands, instance.horizon
    stocks, rules = instance.stocks, instance.rules
    return replace(
        instance,
        demands=replace(
            demands,
            lost_cost=np.where(penalty.forbidden, penalty.unit, demands.lost_cost),
            single=np.zeros_like(demands.single),
        ),
        stocks=replace(
            stocks,
            safety=np.zeros_like(stocks.safety),
            final=np.zeros_like(stocks.final),
            shelf_life=np.zeros_like(stocks.shelf_life),
        ),
        supplies=replace(instance.supplies, minimum=np.zeros_like(instance.supplies.minimum)),
        rules=replace(
            rules,
            carbon_cap=np.inf,
            carbon_cap_of=np.full(T, np.inf),
            budget=np.inf,
            count_kind=(),
            count_minimum=np.zeros(0),
            count_maximum=np.zeros(0),
        ),
    )


def elastic(instance: Instance, form: StandardForm, penalty: Penalty) -> StandardForm:
    """Form whose fill rates and service level give way, unit by unit, at the penalty.

    Columns ``short`` come last; one for each of these rows.
    """
    filled = index_sets(instance).filled
    level = form.rows["service_level"].index.ravel()
    dearest = penalty.unit.max(initial=0.0)
    rows = np.concatenate((form.rows["fill_rate"].index.ravel(), level))
    price = np.concatenate((penalty.unit[filled], np.full(level.size, dearest)))
    count, width = rows.size, form.cost.size
    if not count:
        return replace(form, columns={**form.columns, "short": Block(width, (0,))})
    entries = (-np.ones(count), (rows, np.arange(count)))
    extra = coo_array(entries, shape=(form.row_lower.size, count)).tocsc()
    return replace(
        form,
        cost=np.concatenate((form.cost, price)),
        lower=np.concatenate((form.lower, np.zeros(count))),
        upper=np.concatenate((form.upper, np.full(count, np.inf))),
        integer=np.concatenate((form.integer, np.zeros(count, np.bool_))),
        matrix=csc_array(hstack((form.matrix, extra), format="csc")),
        columns={**form.columns, "short": Block(width, (count,))},
    )


def paid(
    form: StandardForm, x: FloatArray, lost: FloatArray, penalty: Penalty, *, emergency: bool
) -> float:
    """Penalties in the cost of a solution of an elastic form; `lost` has shape (D, T)."""
    if not emergency:
        return 0.0
    block = form.columns["short"]
    broken = float(block.of(form.cost) @ block.of(x))
    return broken + float(penalty.unit[penalty.forbidden] @ lost[penalty.forbidden].sum(axis=1))
