"""What places can do, in arrays: handle, make, buy, hold, ask for.

Conventions are those of `solvers.network.instance`.
"""

from dataclasses import dataclass

from solvers.values import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Sites:
    """Places S.

    Parameters
    ----------
    code, kind
        Names, and kinds of `solvers.scenario.place.SiteKind`; S of each.
    designed : shape (S,)
        Whether opening is a variable; other sites are open throughout.
    initially_open : shape (S,)
        State before the first period.
    may_open, must_open : shape (S, T)
        Bounds of the state.
    fixed_cost : shape (S, T); open_cost, close_cost : shape (S,)
        Money.
    throughput : shape (S, T)
        Handling units that leave the site at most; inf is no limit.
    """

    code: tuple[str, ...]
    kind: tuple[str, ...]
    designed: BoolArray
    initially_open: BoolArray
    may_open: BoolArray
    must_open: BoolArray
    fixed_cost: FloatArray
    open_cost: FloatArray
    close_cost: FloatArray
    throughput: FloatArray


@dataclass(frozen=True, slots=True)
class Tiers:
    """Labour tiers H, in order for each site.

    Parameters
    ----------
    site : shape (H,)
        Position of the site; tiers of a site are neighbours, in order.
    size, unit_cost : shape (H,)
        Handling units (inf for the last one), and money for one.
    """

    site: IntArray
    size: FloatArray
    unit_cost: FloatArray


@dataclass(frozen=True, slots=True)
class Expansions:
    """Steps of throughput E: site, capacity (handling units a period), cost; each of shape (E,)."""

    code: tuple[str, ...]
    site: IntArray
    capacity: FloatArray
    cost: FloatArray


@dataclass(frozen=True, slots=True)
class Productions:
    """Making P: `quantity` units of `commodity` go into one unit started of production `of`.

    Parameters
    ----------
    site, output : shape (P,)
        Positions of the site and of the commodity made.
    group : shape (P,)
        Position of the tool group, -1 for none.
    hours : shape (P,)
        Tool hours of one unit started.
    yields, unit_cost, capacity : shape (P, T)
        Good share; money for one unit started; units started at most (0 where not qualified).
    input_of, input_commodity, input_quantity : shape (B,)
        The bill of materials, a row for each ingredient.
    """

    site: IntArray
    output: IntArray
    group: IntArray
    hours: FloatArray
    yields: FloatArray
    unit_cost: FloatArray
    capacity: FloatArray
    input_of: IntArray
    input_commodity: IntArray
    input_quantity: FloatArray


@dataclass(frozen=True, slots=True)
class Groups:
    """Tool groups G: site, and hours after OEE of shape (G, T)."""

    code: tuple[str, ...]
    site: IntArray
    hours: FloatArray


@dataclass(frozen=True, slots=True)
class Supplies:
    """Purchases U: positions of shape (U,); bounds in units and money, each of shape (U, T)."""

    site: IntArray
    commodity: IntArray
    minimum: FloatArray
    maximum: FloatArray
    unit_cost: FloatArray


@dataclass(frozen=True, slots=True)
class Stocks:
    """What can be held: I.

    Parameters
    ----------
    site, commodity : shape (I,)
        Positions.
    initial, final : shape (I,)
        Units at the start, and at the end at least.
    holding, capacity, safety : shape (I, T)
        Money for a unit at the end of a period; units at most; units at least.
    shelf_life : shape (I,)
        Periods it may be held, 0 for any.
    safety_of, safety_from, safety_cost : shape (C,)
        Points of the piecewise linear safety cost: position of the stock, its outflow in a
        period, money in a period; neighbours and rising, the first at outflow 0.
    """

    site: IntArray
    commodity: IntArray
    initial: FloatArray
    final: FloatArray
    holding: FloatArray
    capacity: FloatArray
    safety: FloatArray
    shelf_life: IntArray
    safety_of: IntArray
    safety_from: FloatArray
    safety_cost: FloatArray


@dataclass(frozen=True, slots=True)
class Demands:
    """What customers want: D.

    Parameters
    ----------
    site, commodity : shape (D,)
        Positions; a pair stands once.
    quantity, sd : shape (D, T)
        Units, and standard deviation.
    lost_cost, backlog_cost : shape (D,)
        Money for a unit lost, and for a unit that waits for a period; inf forbids.
    fill_rate : shape (D,)
        Share of the demand of all periods that must be served.
    price : shape (D,)
        Money for one unit.
    single : shape (D,)
        Whether one lane must bring it all, in every period.
    """

    site: IntArray
    commodity: IntArray
    quantity: FloatArray
    sd: FloatArray
    lost_cost: FloatArray
    backlog_cost: FloatArray
    fill_rate: FloatArray
    price: FloatArray
    single: BoolArray
