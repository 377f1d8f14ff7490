"""Constants of control charts, as the tables print them and as quadrature finds them."""

from collections.abc import Callable, Iterator
from functools import partial

from ops.spc.constants import c4, d2, d3
from ops.spc.variables import factors
from ops.validation.case import Case, Tolerance, printed
from ops.validation.published import entry

_CONSTANTS: dict[str, Callable[[int], float]] = {"d2": d2, "d3": d3, "c4": c4}
_PLACES = {"d2": 3, "d3": 3, "c4": 4}
_QUADRATURE = {"d2": 2e-10, "d3": 1e-8, "c4": 1e-12}


def cases() -> Iterator[Case]:
    """Cases of d2, d3, c4 and of the factors of limits."""
    found = entry("capability", "constants_d2_d3_c4")
    for name in _CONSTANTS:
        table = found["expected"]["published_3dp"][name]
        places = _PLACES[name]
        yield Case(
            f"capability/constants_d2_d3_c4/{name}",
            f"Constant {name} for {len(table)} subgroup sizes, as printed",
            found["source"],
            tuple(table.values()),
            printed(places),
            partial(_constants, name, tuple(map(int, table))),
        )
        exact = {n: row[name] for n, row in found["expected"]["high_precision"].items()}
        yield Case(
            f"capability/constants_d2_d3_c4/{name}/quadrature",
            f"Constant {name} for {len(exact)} subgroup sizes, to many digits",
            f"Quadrature at high precision. {found['source']}",
            tuple(exact.values()),
            Tolerance("digits that the quadrature gives", _QUADRATURE[name]),
            partial(_constants, name, tuple(map(int, exact))),
        )
    yield from _factors()


def _factors() -> Iterator[Case]:
    found = entry("control_charts", "constants_A2_D3_D4_A3_B3_B4")
    for n, table in found["expected"].items():
        yield Case(
            f"control_charts/constants_A2_D3_D4_A3_B3_B4/{n}",
            f"Factors {', '.join(table)} for subgroups of {n}",
            found["source"],
            tuple(table.values()),
            printed(4),
            partial(_of_factors, int(n), tuple(table)),
        )


def _constants(name: str, sizes: tuple[int, ...]) -> list[float]:
    return [_CONSTANTS[name](n) for n in sizes]


def _of_factors(n: int, names: tuple[str, ...]) -> list[float]:
    made = factors(n)
    return [made[name] for name in names]
