"""Columns of the model by the names that the scenario gave them."""

from solvers.network.index_sets import index_sets
from solvers.network.instance import Instance
from solvers.network.numerics import block_at
from solvers.network.standard_form import StandardForm
from solvers.values import IntArray


def labels(instance: Instance, form: StandardForm, columns: IntArray) -> tuple[str, ...]:
    """Component, code and period of some columns: ``flow A>B/road of PIN in W1``.

    Parameters
    ----------
    instance, form
        The network and its model.
    columns : shape (k,)
        Numbers of the columns.
    """
    names = _names(instance)
    return tuple(_label(instance, form, names, int(column)) for column in columns)


def _label(instance: Instance, form: StandardForm, names: dict[str, list[str]], column: int) -> str:
    block_name = block_at(form.columns, column)
    block = form.columns[block_name]
    row, period = divmod(column - block.start, block.shape[1] if len(block.shape) > 1 else 1)
    known = names.get(block_name, [])
    name = known[row] if row < len(known) else str(row)
    when = f" in {instance.periods[period]}" if len(block.shape) > 1 else ""
    return f"{block_name.replace('_', ' ')} {name}{when}"


def _names(instance: Instance) -> dict[str, list[str]]:
    sets, lanes, code, good = (
        index_sets(instance),
        instance.lanes,
        instance.sites.code,
        instance.commodities,
    )
    arcs = [
        f"{lanes.code[lane]} of {good[c]}"
        for lane, c in zip(instance.arcs.lane, instance.arcs.commodity, strict=True)
    ]
    designed = [code[s] for s in sets.designed]
    wanted = _at(instance, instance.demands.site, instance.demands.commodity)
    return {
        "flow": arcs,
        "buy": _at(instance, instance.supplies.site, instance.supplies.commodity),
        "make": _at(instance, instance.productions.site, instance.productions.output),
        "stock": _at(instance, instance.stocks.site, instance.stocks.commodity),
        "lost": wanted,
        "backlog": wanted,
        "open": designed,
        "opening": designed,
        "closing": designed,
        "expand": list(instance.expansions.code),
        "used": [lanes.code[lane] for lane in sets.choice],
        "shipments": [lanes.code[lane] for lane in sets.shipped],
        "source": [arcs[a] for a in sets.single_arcs],
    }


def _at(instance: Instance, sites: IntArray, goods: IntArray) -> list[str]:
    return [
        f"{instance.commodities[good]} at {instance.sites.code[site]}"
        for site, good in zip(sites, goods, strict=True)
    ]
