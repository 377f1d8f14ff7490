"""The Pyomo model, compiled once to sparse standard form."""
# Pyomo ships no types: what its templates give is numbers, and typed here.

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray
from pyomo.core.expr.symbol_map import SymbolMap
from pyomo.repn.linear_template import LinearTemplateRepnVisitor
from scipy.sparse import csc_array, csr_array

from solvers.errors import SolverError
from solvers.network.arrays import ROWS, places
from solvers.network.formulation import formulate
from solvers.network.instance import Instance
from solvers.network.layout import layout
from solvers.network.standard_form import Block, StandardForm
from solvers.network.templates import templating
from solvers.values import FloatArray


def standard_form(instance: Instance) -> StandardForm:
    """Build the model of `instance` in Pyomo, and compile it.

    Parameters
    ----------
    instance
        The network.

    Returns
    -------
    StandardForm
        Equal to that of `solvers.network.arrays.standard_form`, position for position.

    Raises
    ------
    SolverError
        If a constraint was not templated, or is not of the shape of its block.
    """
    net = layout(instance)
    rows = places({name: block(net) for name, block in ROWS.items()})
    with templating():
        return compile_form(formulate(instance), net.columns, rows)


def compile_form(
    model: Any, columns: Mapping[str, Block], rows: Mapping[str, Block]
) -> StandardForm:
    """Compile a templated model; `columns` and `rows` say where its components stand."""
    width = sum(block.size for block in columns.values())
    templates = _Templates(model, columns)
    objective = templates.expand(model.cost, Block(0, (1,)))
    cost = np.zeros(width)
    np.add.at(cost, objective.column, objective.value)
    parts = [
        _freed(templates.expand(model.component(name), block))
        for name, block in rows.items()
        if block.size
    ]
    row_lower, row_upper = (
        np.concatenate([np.zeros(0), *(getattr(part, side) for part in parts)])
        for side in ("lower", "upper")
    )
    bounds = np.full((width, 2), np.inf)
    integer = np.zeros(width, dtype=np.bool_)
    for name, block in columns.items():
        inside = slice(block.start, block.start + block.size)
        bounds[inside], integer[inside] = _bounds(model.component(name))
    return StandardForm(
        cost=cost,
        lower=bounds[:, 0].copy(),
        upper=bounds[:, 1].copy(),
        integer=integer,
        matrix=_matrix(parts, (row_lower.size, width)),
        row_lower=row_lower,
        row_upper=row_upper,
        offset=float(objective.constant[0]),
        columns=columns,
        rows=rows,
    )


def index_map(component: Any, block: Block) -> dict[Any, int]:
    """Map each index of a variable or constraint of the model to its number among all.

    Raises
    ------
    SolverError
        If the component has not as many members as the block.
    """
    return _numbered(component, list(component.index_set()), block)


def _numbered(component: Any, index: list[Any], block: Block) -> dict[Any, int]:
    if len(index) != block.size:
        raise SolverError(f"{component.name} has {len(index)} members, its block {block.size}")
    return dict(zip(index, range(block.start, block.start + block.size), strict=True))


def _bounds(variable: Any) -> tuple[FloatArray, bool]:
    """Bounds (size, 2) of a variable, and whether it is integral."""
    members = list(variable.values())
    if not members:
        return np.zeros((0, 2)), False
    if members[0].is_continuous():  # without a domain to heed, the plain sides are faster
        sides = [(v.lower, v.upper) for v in members]
    else:
        sides = [v.bounds for v in members]
    bounds = np.array(sides, dtype=np.float64)
    bounds[np.isnan(bounds[:, 1]), 1] = np.inf
    return bounds, not members[0].is_continuous()


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows of a component: entries, how many each has, bounds; free rows have no entries."""

    column: NDArray[np.int32]
    value: FloatArray
    count: NDArray[np.int32]
    constant: FloatArray
    lower: FloatArray
    upper: FloatArray


class _Columns:
    """Tells Pyomo's templates the number of each variable: its place in the blocks."""

    def __init__(self, blocks: Mapping[str, Block]) -> None:
        self.blocks = blocks
        self.symbolmap = SymbolMap(pyo.NumericLabeler("x"))
        self.env: dict[Any, Any] = {None: 0}
        self.var_map: dict[int, Any] = {}
        self.known: dict[tuple[int, ...], list[Any]] = {}

    def add(self, variable: Any) -> None:
        """Note the numbers of a variable before a template uses it."""
        component = variable.parent_component()
        name = self.symbolmap.getSymbol(component)
        if name not in self.env:
            index = self.index(component.index_set())
            self.env[name] = _numbered(component, index, self.blocks[component.local_name])

    def note(self, parameter: Any) -> None:
        """Note the values of a parameter."""
        if hasattr(parameter, "table"):
            sets = parameter.index_set()
            table = parameter.table[np.ix_(*(list(part) for part in sets.subsets()))]
            values = dict(zip(self.index(sets), table.ravel().tolist(), strict=True))
        else:
            values = parameter.extract_values()
        self.env[self.symbolmap.getSymbol(parameter)] = values

    def index(self, sets: Any) -> list[Any]:
        """Members of an index set; a product of the same sets is listed once."""
        key = tuple(id(part) for part in sets.subsets())
        if key not in self.known:
            self.known[key] = list(product(*sets.subsets()) if len(key) > 1 else sets)
        return self.known[key]


class _Templates:
    """Templates of a model, compiled by Pyomo to functions of an index."""

    def __init__(self, model: Any, columns: Mapping[str, Block]) -> None:
        self.recorder = _Columns(columns)
        self.visitor = LinearTemplateRepnVisitor({}, var_recorder=self.recorder)
        self.plain: dict[int, Any] = {}
        for parameter in model.component_objects(pyo.Param):
            self.visitor.indexed_params.add(parameter)
            self.recorder.note(parameter)

    def expand(self, component: Any, block: Block) -> _Part:
        """Write out the rows of a component, in the order of its index."""
        index = self._index(component)
        if len(index) != block.size:
            raise SolverError(f"{component.name} has {len(index)} members, its block {block.size}")
        if not component.is_indexed():
            return self._one(component)
        body, lower, upper = self._functions(component)
        columns: list[int] = []
        values: list[float] = []
        ends: list[int] = []
        constants: list[float] = []
        for arguments in index:
            constants.append(body(columns, values, *arguments))
            ends.append(len(columns))
        constant = np.array(constants, dtype=np.float64)
        return _Part(
            np.array(columns, dtype=np.int32),
            np.array(values, dtype=np.float64),
            np.diff(np.array(ends, dtype=np.int32), prepend=0).astype(np.int32),
            constant,
            _side(lower, index, -np.inf) - constant,
            _side(upper, index, np.inf) - constant,
        )

    def _one(self, component: Any) -> _Part:
        """Write out a component without an index."""
        constant, columns, values, lower, upper = self._expanded(component)
        return _Part(
            np.array(columns, dtype=np.int32),
            np.array(values, dtype=np.float64),
            np.array([len(columns)], dtype=np.int32),
            np.array([constant], dtype=np.float64),
            np.array([-np.inf if lower is None else lower - constant]),
            np.array([np.inf if upper is None else upper - constant]),
        )

    def _expanded(self, member: Any) -> tuple[float, list[int], list[float], Any, Any]:
        """Constant, columns, values and bounds of one member; compiles its template first."""
        if not hasattr(member, "template_expr"):
            raise SolverError(f"{member.name} cannot be templated")
        constant, columns, values, lower, upper = self.visitor.expand_expression(
            member, member.template_expr()
        )
        return constant, columns, values, lower, upper

    def _index(self, component: Any) -> list[tuple[Any, ...]]:
        """Arguments of the templates of a component, a tuple for each member."""
        if not component.is_indexed():
            return [()]
        index = self.recorder.index(component.index_set())
        return index if isinstance(index[0], tuple) else [(member,) for member in index]

    def _functions(self, component: Any) -> tuple[Any, Any, Any]:
        """Functions of the body and of the bounds, which add to lists, and return a constant."""
        first = next(iter(component.values()))
        self._expanded(first)
        for name, value in self.recorder.env.items():
            if isinstance(value, pyo.Set | pyo.RangeSet):  # tuples are faster to walk through
                self.recorder.env[name] = self._plain(value)
        body, lower, upper = self.visitor.expanded_templates[id(first.template_expr())]
        return body, lower, upper

    def _plain(self, members: Any) -> Any:
        if id(members) not in self.plain:
            indexed = members.is_indexed()
            self.plain[id(members)] = (
                {i: tuple(part) for i, part in members.items()} if indexed else tuple(members)
            )
        return self.plain[id(members)]


def _side(function: Any, index: list[tuple[Any, ...]], absent: float) -> FloatArray:
    if function is None:
        return np.full(len(index), absent)
    return np.array([function(None, None, *arguments) for arguments in index], dtype=np.float64)


def _freed(part: _Part) -> _Part:
    """Empty the rows that are free: without a bound, or with an infinite coefficient."""
    row = np.repeat(np.arange(part.count.size), part.count)
    free = np.isinf(part.lower) & np.isinf(part.upper)
    free[row[~np.isfinite(part.value)]] = True
    if not free.any():
        return part
    kept = ~free[row]
    return _Part(
        part.column[kept],
        part.value[kept],
        np.where(free, 0, part.count).astype(np.int32),
        part.constant,
        np.where(free, -np.inf, part.lower),
        np.where(free, np.inf, part.upper),
    )


def _matrix(parts: list[_Part], shape: tuple[int, int]) -> csc_array:
    """Coefficients of all rows, those that occur twice added up, without zeros."""
    column = np.concatenate([np.zeros(0, np.int32), *(part.column for part in parts)])
    value = np.concatenate([np.zeros(0), *(part.value for part in parts)])
    count = np.concatenate([np.zeros(1, np.int32), *(part.count for part in parts)])
    by_row = csr_array((value, column, np.cumsum(count, dtype=np.int32)), shape=shape)
    matrix = by_row.tocsc()
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    return matrix
